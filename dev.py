"""Sets everything up on a fresh machine, then shows the program or passes its tests.

``python3 dev.py demo`` opens the sample chapter; without a display it writes its documents and
screenshots to a folder instead. ``python3 dev.py test`` checks format, lint, types and imports
and runs the tests; further arguments go to pytest. Uses only the standard library.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

TOP = Path(__file__).resolve().parent
VENV = TOP / ".venv"
STAMP = VENV / "dev-stamp"
OUTPUT = TOP / "demo-output"
NEEDED = (3, 11)

# Debian package: the library in it that Qt loads.
QT_LIBRARIES = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libcups2": "libcups.so.2",  # printing; without it only files are offered
}
XCB_LIBRARIES = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xinerama0": "libxcb-xinerama.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
PACKAGES = ("cit_desktop", "migrations", "resources", "ui")
BROWSER = "chromium"  # the Debian package and its program
BROWSER_SECONDS = 120.0  # the tests do without it where it takes longer


def say(text: str) -> None:
    """Print a line of our own, before what a command prints itself."""
    print(f"==> {text}", flush=True)


def stop(text: str) -> NoReturn:
    """End with a sentence about what is missing."""
    sys.exit(f"\nCannot go on: {text}")


def run(command: list[str], **environment: str) -> int:
    """Run a command in the project's folder; returns its exit code."""
    return subprocess.run(command, cwd=TOP, env=os.environ | environment, check=False).returncode


def venv_program(name: str) -> str:
    """Path of a program in the private environment."""
    windows = sys.platform == "win32"
    return str(VENV / ("Scripts" if windows else "bin") / (f"{name}.exe" if windows else name))


def python() -> str:
    """Path of the private environment's Python."""
    return venv_program("python")


# Debian packages


def can_apt() -> bool:
    """Whether this is root on a system with apt-get."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return sys.platform == "linux" and is_root and shutil.which("apt-get") is not None


def apt_install(packages: list[str], seconds: float | None = None) -> bool:
    """Install Debian packages; returns whether it worked, within so many seconds a step."""
    say(f"Installing with apt-get: {' '.join(packages)}")
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], install):
        try:
            subprocess.run(
                command,
                env=environment,
                capture_output=True,
                text=True,
                check=True,
                timeout=seconds,
            )
        except subprocess.TimeoutExpired:
            say(f"apt-get took longer than {seconds:.0f} seconds")
            return False
        except subprocess.CalledProcessError as failed:
            print(failed.stdout, failed.stderr, sep="\n")
            return False
    return True


def loads(library: str) -> bool:
    """Whether the system has a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(testing: bool) -> list[str]:
    """Debian packages whose library or program is not there yet."""
    wanted = QT_LIBRARIES | XCB_LIBRARIES if testing or has_display() else QT_LIBRARIES
    missing = [package for package, library in wanted.items() if not loads(library)]
    if testing and shutil.which("Xvfb") is None:
        missing.append("xvfb")
    return missing


def prepare_system(testing: bool) -> None:
    """Install the libraries that Qt needs on Linux, or say which command does."""
    if sys.platform != "linux":
        return
    missing = missing_packages(testing)
    if not missing:
        return
    command = f"apt-get install {' '.join(missing)}"
    if not can_apt():
        say(f"Qt may miss libraries of the system. On Debian or Ubuntu: sudo {command}")
    elif not apt_install(missing):
        say(f"apt-get failed. The window may not start until this works: {command}")


def prepare_browser() -> None:
    """Install the browser that a test opens the page for checking certificates in."""
    if sys.platform != "linux" or shutil.which(BROWSER) is not None:
        return
    if not can_apt() or not apt_install([BROWSER], BROWSER_SECONDS):
        say("There is no Chromium: the page is tried in Qt's script engine alone")


# The private environment


def make_venv() -> None:
    """Make the private environment in .venv unless a working one is there."""
    check = ["-c", f"import sys; sys.exit(sys.version_info < {NEEDED})"]
    if Path(python()).exists() and run([python(), *check]) == 0:
        return
    if (VENV / "pyvenv.cfg").exists():
        say("The private environment in .venv no longer works; making a new one")
        shutil.rmtree(VENV)
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        install_venv_module()
    say("Making a private environment in .venv")
    if run([sys.executable, "-m", "venv", str(VENV)]) != 0:
        stop("the private environment in .venv could not be made; see above.")


def install_venv_module() -> None:
    """Debian ships Python without venv; fetch it or say how."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if not can_apt():
        stop(f"this Python has no venv. On Debian or Ubuntu run: sudo apt-get install {package}")
    if not apt_install([package]) and not apt_install(["python3-venv"]):
        stop(f"apt-get could not install {package}; see above.")


def install(testing: bool) -> None:
    """Install the program and what it needs when pyproject.toml is not the one installed."""
    digest = hashlib.sha256((TOP / "pyproject.toml").read_bytes()).hexdigest()
    installed = STAMP.read_text(encoding="utf-8").split() if STAMP.exists() else []
    wanted = [digest, "test" if testing else "demo"]
    if installed in (wanted, [digest, "test"]):
        return
    say("Installing the program and its libraries into .venv; this takes a minute or two")
    target = ".[dev]" if testing else "."
    if run([python(), "-m", "pip", "install", "-q", "-e", target]) != 0:
        stop("pip could not install the libraries; see above. Is there a network?")
    STAMP.write_text(" ".join(wanted), encoding="utf-8")


def compile_modules() -> None:
    """Keep the modules compiled, for a quick start, even where Python is told to keep nothing."""
    run([python(), "-m", "compileall", "-qq", *PACKAGES])


# The two commands


def has_display() -> bool:
    """Whether a window can be shown."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def demo() -> int:
    """Show the sample chapter; returns the program's exit code."""
    if has_display():
        say("Opening the sample chapter")
        return run([python(), "main.py", "demo"])
    say(f"There is no display: writing the sample chapter's documents to {OUTPUT}")
    command = [python(), "main.py", "demo", "--out", str(OUTPUT), "--screenshots"]
    code = run(command, QT_QPA_PLATFORM="offscreen")
    if code == 0:
        say(f"Done. The documents and the screenshots are in {OUTPUT}")
    return code


def test(arguments: list[str]) -> int:
    """Run every check up to the first that fails; returns its exit code."""
    steps = {
        "Format": [python(), "-m", "ruff", "format", "--check", "."],
        "Lint": [python(), "-m", "ruff", "check", "."],
        "Types": [python(), "-m", "mypy"],
        "Imports": [venv_program("lint-imports")],
        "Tests": [python(), "-m", "pytest", "-n", "2", *arguments],
    }
    for name, command in steps.items():
        say(name)
        code = run(command, QT_QPA_PLATFORM="offscreen")
        if code != 0:
            say(f"{name}: failed with exit code {code}")
            return code
    say("Everything passed")
    return 0


def main() -> int:
    """Set up, then do what was asked."""
    if sys.version_info < NEEDED:
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    parser.add_argument("command", choices=["demo", "test"])
    asked, others = parser.parse_known_args()
    if others and asked.command == "demo":
        parser.error(f"demo takes no further arguments: {' '.join(others)}")
    testing = asked.command == "test"
    prepare_system(testing)
    if testing:
        prepare_browser()
    make_venv()
    install(testing)
    compile_modules()
    return test(others) if testing else demo()


if __name__ == "__main__":
    sys.exit(main())

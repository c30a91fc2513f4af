"""The set-up script, tried on copies of the project's folder."""

from __future__ import annotations

import _ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev

TOP = Path(dev.__file__).parent


@pytest.fixture
def copy(tmp_path):
    """A folder with the script, a pyproject.toml, and what stands for an installed .venv."""
    shutil.copy(TOP / "dev.py", tmp_path)
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True, timeout=60
    )
    return tmp_path


def write_stamp(copy, kind):
    digest = hashlib.sha256((copy / "pyproject.toml").read_bytes()).hexdigest()
    (copy / ".venv" / "dev-stamp").write_text(f"{digest} {kind}", encoding="utf-8")


def run_dev(copy, *arguments, **environment):
    clean = {key: value for key, value in os.environ.items() if not key.endswith("DISPLAY")}
    return subprocess.run(
        [sys.executable, "dev.py", *arguments],
        cwd=copy,
        env=clean | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""} | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def write_main(copy):
    """A program that says how it was started."""
    source = "import os, sys\nprint(sys.argv[1:], os.environ.get('QT_QPA_PLATFORM'))\n"
    (copy / "main.py").write_text(source, encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [((), "command"), (("build",), "invalid choice"), (("demo", "-x"), "no further arguments: -x")],
)
def test_an_unusable_command_line_is_refused_before_anything_is_set_up(arguments, complaint):
    result = run_dev(TOP, *arguments)
    assert result.returncode == 2
    assert complaint in result.stderr
    assert "==>" not in result.stdout


def test_without_a_display_the_demo_writes_files_and_says_where(copy):
    write_main(copy)
    write_stamp(copy, "demo")
    result = run_dev(copy, "demo", QT_QPA_PLATFORM="xcb")
    assert result.returncode == 0, result.stderr
    output = str(copy / "demo-output")
    assert f"['demo', '--out', '{output}', '--screenshots'] offscreen" in result.stdout
    assert result.stdout.rstrip().endswith(f"are in {output}")


def test_with_a_display_the_demo_opens_the_window(copy):
    write_main(copy)
    write_stamp(copy, "demo")
    result = run_dev(copy, "demo", DISPLAY=":99")
    assert "['demo']" in result.stdout


def test_a_demo_that_fails_hands_on_its_exit_code_and_promises_nothing(copy):
    (copy / "main.py").write_text("raise SystemExit(3)", encoding="utf-8")
    write_stamp(copy, "demo")
    result = run_dev(copy, "demo")
    assert result.returncode == 3
    assert "Done" not in result.stdout


def test_what_was_installed_for_the_tests_serves_the_demo_too(copy):
    write_main(copy)
    write_stamp(copy, "test")
    assert "Installing the program" not in run_dev(copy, "demo").stdout


@pytest.mark.parametrize("reason", ["changed", "demo only"])
def test_it_is_installed_again_when_something_is_missing(copy, reason):
    write_stamp(copy, "test" if reason == "changed" else "demo")
    if reason == "changed":
        (copy / "pyproject.toml").write_text("[project]\n# more\n", encoding="utf-8")
    result = run_dev(copy, "test")
    assert "Installing the program" in result.stdout
    assert "Cannot go on: pip could not install" in result.stderr
    assert result.returncode == 1


def test_the_modules_are_compiled_even_where_python_is_told_to_keep_nothing(copy):
    write_main(copy)
    write_stamp(copy, "demo")
    (copy / "ui").mkdir()
    (copy / "ui" / "app.py").write_text("", encoding="utf-8")
    result = run_dev(copy, "demo", PYTHONDONTWRITEBYTECODE="1")
    assert result.returncode == 0, result.stderr
    assert list((copy / "ui" / "__pycache__").glob("app.*.pyc"))
    assert "Can't list" not in result.stdout  # the folders that are missing


def test_the_first_check_that_fails_ends_the_tests(copy):
    write_stamp(copy, "test")
    result = run_dev(copy, "test")
    assert result.returncode == 1
    assert "==> Format: failed with exit code 1" in result.stdout
    assert "==> Lint" not in result.stdout


def test_a_broken_environment_is_made_anew(copy):
    write_main(copy)
    program = Path(dev.venv_program("python")).relative_to(TOP)
    (copy / program).unlink()
    result = run_dev(copy, "demo")
    assert "no longer works" in result.stdout
    assert (copy / program).exists()


def test_a_library_is_there_or_not():
    assert dev.loads(_ctypes.__file__)
    assert not dev.loads("libnothing-of-this-name.so.9")


@pytest.mark.parametrize(
    ("name", "shown"), [("DISPLAY", True), ("WAYLAND_DISPLAY", True), ("HOME", False)]
)
def test_a_display_is_known_by_the_environment(monkeypatch, name, shown):
    for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv(name, ":0")
    monkeypatch.setattr(sys, "platform", "linux")
    assert dev.has_display() is shown


def test_the_tests_need_what_a_window_needs_as_well(monkeypatch):
    monkeypatch.setattr(dev, "QT_LIBRARIES", {"one": "libnothing-1.so"})
    monkeypatch.setattr(dev, "XCB_LIBRARIES", {"two": "libnothing-2.so"})
    for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    assert dev.missing_packages(testing=False) == ["one"]
    assert dev.missing_packages(testing=True)[:2] == ["one", "two"]


@pytest.mark.parametrize(
    ("found", "works", "asked"),
    [("/usr/bin/chromium", True, []), (None, True, [["chromium"]]), (None, False, [["chromium"]])],
)
def test_a_browser_is_installed_once_and_missed_by_one_test_only(
    monkeypatch, capsys, found, works, asked
):
    wanted = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev.shutil, "which", lambda _program: found)
    monkeypatch.setattr(dev, "can_apt", lambda: True)

    def install(packages, _seconds):
        wanted.append(packages)
        return works

    monkeypatch.setattr(dev, "apt_install", install)
    dev.prepare_browser()
    assert wanted == asked
    assert ("no Chromium" in capsys.readouterr().out) is not works


@pytest.mark.parametrize(
    ("script", "told"),
    [("sleep 30", "took longer than 0 seconds"), ("echo no such package; exit 100", "no such")],
)
def test_packages_that_do_not_come_are_told_of(monkeypatch, capsys, tmp_path, script, told):
    program = tmp_path / "apt-get"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert not dev.apt_install(["nothing"], 0.2)
    assert told in capsys.readouterr().out

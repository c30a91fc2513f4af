"""The entry point: a window, or a command without one."""

from __future__ import annotations

import builtins
import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.program import Program

USAGE = 2
_GARBAGE = 200_000  # objects made since it was looked for last; Python's own number is 700


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; gives the exit code.

    Without a command a window opens; ``--data FILE`` opens it on that file, and ``demo`` on the
    sample chapter. Everything else is a command of :mod:`cit_desktop.cli`.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] == "demo" and "--out" in given and "--screenshots" in given:
        from ui.screenshots import run

        return run(given[1:])
    if not given or given == ["demo"] or given[0] == "--data":
        return _open_window(given)
    from cit_desktop.cli import main as run_command

    return run_command(given)


def _open_window(given: list[str]) -> int:
    if given[:1] == ["--data"] and len(given) != 2:
        sys.stderr.write("--data needs the name of one file.\n")
        return USAGE
    from ui.opening import instance
    from ui.opening.sample import sample_path

    app = make_application()
    path = Path(given[1]).absolute() if len(given) == 2 else None
    if path is None and not given:
        path = _last_file()
    wanted = sample_path() if given == ["demo"] else path
    if wanted is not None and instance.raise_other(wanted):
        return 0
    program = make_program(app)
    program.window.show()
    if given == ["demo"]:
        program.front.open_sample()
    elif path is not None:
        program.open(path)
    else:
        program.front.welcome()
    code = app.exec()
    program.crash.uninstall()
    return code


def make_application() -> QApplication:
    """The Qt application with its name, and the fonts we bring where the system has none."""
    from PySide6.QtWidgets import QApplication

    _start_quickly()
    from ui import theme

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - we made it
    app.setApplicationName("CIT Desktop")
    app.setApplicationDisplayName("CIT Desktop")
    app.setDesktopFileName("cit-desktop")
    if not theme.has_fonts():
        from ui.fonts import bundled

        theme.register_fonts(bundled())
    return app


def _start_quickly() -> None:
    """Leave out what slows the start and brings nothing here.

    PySide reads the source of every module imported after it, in case that wants other spellings
    of Qt's names, and Python looks for garbage a dozen times a second.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
    gc.set_threshold(_GARBAGE)


def make_program(app: QApplication) -> Program:
    """The window and what holds it to its file; nothing is open yet, and nothing heavy loaded."""
    from cit_desktop import log, paths
    from ui.entries import ENTRIES
    from ui.main_window import MainWindow
    from ui.preferences import Preferences
    from ui.program import Program
    from ui.theme import Theme

    log.start()
    preferences = Preferences(paths.data_folder() / "preferences.json")
    theme = Theme(app)
    theme.choose(
        preferences.get("theme/scheme", "system"), compact=preferences.get("theme/compact", False)
    )
    program = Program(MainWindow(ENTRIES, preferences, theme), preferences)
    program.crash_report = log.last_crash()  # before the hooks make the files anew
    program.crash.install()
    return program


def _last_file() -> Path | None:
    from cit_desktop import paths
    from ui.preferences import Preferences

    recent = Preferences(paths.data_folder() / "preferences.json").get("files/recent", [])
    found = Path(recent[0]) if recent else None
    return found if found is not None and found.exists() else None

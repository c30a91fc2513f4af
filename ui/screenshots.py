"""Pictures of every page of the sample chapter, made without a display."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.program import Program

SIZE = (1280, 780)
USAGE = 2
_QUIET = 300  # ms without work, longer than any page waits before it begins some
_TABS = ("class", "settings")
_OF_ONE = ("class", "person", "merge")


def run(arguments: Sequence[str]) -> int:
    """Write the sample chapter's documents, then pictures of the window beside them.

    Args:
        arguments: ``--out DIR --screenshots``, and whatever else the demo takes.
    """
    given = [argument for argument in arguments if argument != "--screenshots"]
    place = given.index("--out") + 1 if "--out" in given else len(given)
    if place >= len(given):
        sys.stderr.write("--out needs the name of a folder.\n")
        return USAGE
    from cit_desktop.cli import main as run_command

    code = run_command(["demo", *given])
    if code != 0:
        return code
    target = Path(given[place]).absolute() / "screenshots"
    made = take(target)
    sys.stdout.write(f"{len(made)} pictures of the window are in {target}\n")
    return 0


def take(folder: Path) -> list[Path]:
    """Pictures of every page in light and dark, from records that are thrown away after."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="cit-desktop-"))
    before = os.environ.get("CIT_DESKTOP_HOME")
    os.environ["CIT_DESKTOP_HOME"] = str(home)  # no preference, log or backup of anybody's own
    try:
        return _take(folder)
    finally:
        if before is None:
            del os.environ["CIT_DESKTOP_HOME"]
        else:
            os.environ["CIT_DESKTOP_HOME"] = before
        shutil.rmtree(home, ignore_errors=True)


def _take(folder: Path) -> list[Path]:
    from ui.app import make_application, make_program

    program = make_program(make_application())
    try:
        program.window.resize(*SIZE)
        program.window.show()
        _wait_for(program)
        found: list[Path] = []
        for scheme in ("light", "dark"):
            program.window.menus.choose_appearance(scheme, False)
            found += _every_page(program, folder, scheme)
        return found
    finally:
        program.window.close()
        program.crash.uninstall()


def _wait_for(program: Program) -> None:
    """Until the sample chapter is open and nothing runs any more."""
    opened = list[bool]()
    program.ready.connect(lambda: opened.append(True))
    program.front.open_sample()
    while not opened and program.jobs.running:
        _settle(program)
    _settle(program)


def _settle(program: Program) -> None:
    """Let jobs end and pages draw what they brought, also what they begin a moment later."""
    from PySide6.QtCore import QDeadlineTimer, QEventLoop, QThread
    from PySide6.QtWidgets import QApplication

    everything = QEventLoop.ProcessEventsFlag.AllEvents
    quiet = QDeadlineTimer(_QUIET)
    while not quiet.hasExpired():
        QApplication.processEvents(everything)
        if program.jobs.running:
            program.jobs.wait(100)
            quiet.setRemainingTime(_QUIET)
        else:
            QThread.msleep(5)


def _every_page(program: Program, folder: Path, scheme: str) -> list[Path]:
    found = []
    for key in program.window.entries:
        record = _record(program, key)
        if key in _OF_ONE and record is None:
            continue
        program.window.show_page(key, record)
        _settle(program)
        page = program.window.page()
        tabs = page.tabs.count() if key in _TABS else 1
        for tab in range(tabs):
            if tabs > 1:
                page.tabs.setCurrentIndex(tab)
                _settle(program)
            name = f"{key}_{page.tabs.tabText(tab).lower().replace(' ', '_')}" if tabs > 1 else key
            path = folder / f"{name}_{scheme}.png"
            program.window.grab().save(str(path))
            found.append(path)
    return found


def _record(program: Program, key: str) -> object:
    """What to show on a page of one: the class under way, who has a certificate, two alike."""
    from cit_desktop.services import certificates, classes, duplicates

    context = program.context
    if context is None or key not in _OF_ONE:
        return None
    with context.db.read() as session:
        if key == "class":
            return next(iter(classes.ids(session, classes.ClassFilter(status="open"))), None)
        if key == "merge":
            pairs = duplicates.likely(session).pairs
            return (pairs[0].one, pairs[0].other) if pairs else None
        newest = certificates.ids(session)[:1]
        rows = certificates.rows(session, newest)
    return next((row.person_id for row in rows.values()), None)

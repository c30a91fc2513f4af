"""Reading a file into plain cells, whatever its kind, without ever trusting it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cit_desktop.errors import FileProblem
from cit_desktop.imports import collector, former, limits, preflight, reader, text_file
from cit_desktop.imports.table import letters
from cit_desktop.imports.types import Cell, Sheet, Workbook
from cit_desktop.progress import Progress, silent

READER_FLAG = "--read-workbook"
_STEP = 0.1  # seconds between two looks at whether somebody cancelled
_LINES_AT_ONCE = 500
_COPY_ALONE = "Copy the list alone into a new workbook and import that one."
_DECODER = json.JSONDecoder(object_hook=reader.restore)


@dataclass(slots=True)
class _Answer:
    """What the reading process said: sheets and notes, or a problem."""

    sheets: list[tuple[dict[str, Any], list[tuple[Cell, ...]]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problem: str | None = "stopped"  # until the last line has come


def read(path: Path, progress: Progress = silent) -> Workbook:
    """Read a workbook or text file; spreadsheets are parsed in a process of their own.

    Raises:
        FileProblem: The file is damaged, hostile, protected, too large or of no known kind.
        Cancelled: ``progress`` asked to stop.
    """
    checked = preflight.check(path)
    if checked.kind in {"csv", "tsv"}:
        return text_file.read(path, checked.kind, checked.notes, progress)
    answer = _ask_reader(str(path.resolve()), checked.kind, None, path.name, progress)
    return _workbook(answer, path.name, checked.kind, checked.notes)


def read_pasted(
    text: str, html: str = "", source: str = "Pasted rows", progress: Progress = silent
) -> Workbook:
    """Read what was copied: a table of a document, an e-mail or a sheet, or else its text.

    Args:
        html: The same with its tables, where the program it comes from says so.

    Raises:
        FileProblem: It holds no rows, or a quotation mark has no partner.
        Cancelled: ``progress`` asked to stop.
    """
    if "<table" in html.lower():
        answer = _ask_reader("-", "html", html.encode("utf-8", "replace"), source, progress)
        if answer.problem is None and answer.sheets:
            return _workbook(answer, source, "html", ())
    return text_file.read_pasted(text, source, progress)


def _workbook(answer: _Answer, name: str, kind: str, notes: Iterable[str]) -> Workbook:
    if answer.problem is not None:
        raise _refusal(name, answer.problem)
    if not answer.sheets and kind == "html" and not answer.notes:
        raise FileProblem(
            f"“{name}” is a web page without a table of rows.",
            "Choose another file, or copy the list into a new workbook and import that one.",
        )
    if not answer.sheets:
        raise FileProblem(
            f"“{name}” has no sheet that can be read. {' '.join(answer.notes)}".strip(),
            "Copy the list into a new workbook and import that one.",
        )
    sheets = tuple(_sheet(*item) for item in answer.sheets)
    notes = (*notes, *answer.notes, *_hidden(sheets))
    return former.unwrap(Workbook(name, kind, sheets, notes))


def _sheet(about: dict[str, Any], rows: list[tuple[Cell, ...]]) -> Sheet:
    return Sheet(
        name=about["name"],
        rows=tuple(rows),
        lines=tuple(range(1, len(rows) + 1)),
        hidden=about.get("hidden", False),
        hidden_rows=tuple(about.get("hidden_rows", ())),
        hidden_columns=tuple(about.get("hidden_columns", ())),
        masks={(line, column): digits for line, column, digits in about.get("masks", ())},
        merged=tuple((top, bottom, column) for top, bottom, column in about.get("merged", ())),
    )


def _hidden(sheets: tuple[Sheet, ...]) -> list[str]:
    notes = [f"The sheet “{sheet.name}” is hidden in the file." for sheet in sheets if sheet.hidden]
    for sheet in sheets:
        if sheet.hidden_rows:
            count = len(sheet.hidden_rows)
            rows = "1 hidden row that was" if count == 1 else f"{count:,} hidden rows that were"
            notes.append(f"The sheet “{sheet.name}” has {rows} read, too.")
        if sheet.hidden_columns:
            named = ", ".join(map(letters, sheet.hidden_columns))
            columns = "column" if len(sheet.hidden_columns) == 1 else "columns"
            were = "was" if len(sheet.hidden_columns) == 1 else "were"
            notes.append(
                f"The sheet “{sheet.name}” has hidden {columns} ({named}) that {were} read, too."
            )
    return notes


def command() -> list[str]:
    """How the reading process is started: by module, or by a flag in the frozen program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, READER_FLAG]
    return [sys.executable, "-m", "cit_desktop.imports.reader"]


def _ask_reader(
    file: str, kind: str, content: bytes | None, name: str, progress: Progress
) -> _Answer:
    root = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH")
    environment = {
        **os.environ,
        "PYTHONPATH": root if not known else os.pathsep.join((root, known)),
    }
    process = subprocess.Popen(  # noqa: S603 - our own program, a list, no shell
        [*command(), file, kind],
        stdin=subprocess.DEVNULL if content is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    with process:
        try:
            output = _wait(process, content, name, progress)
        finally:
            process.kill()
    return _understood(output, name, progress)


def _wait(
    process: subprocess.Popen[bytes], content: bytes | None, name: str, progress: Progress
) -> bytes:
    until = time.monotonic() + limits.SECONDS
    while time.monotonic() < until:
        progress(0, 0, f"Reading {name}")
        try:
            return process.communicate(content, timeout=_STEP)[0]
        except subprocess.TimeoutExpired:
            content = None  # it is on its way
    return b'{"problem": "slow"}'


@collector.paused()
def _understood(output: bytes, name: str, progress: Progress) -> _Answer:
    answer = _Answer()
    for number, line in enumerate(output.splitlines()):
        if number % _LINES_AT_ONCE == 0:
            progress(0, 0, f"Reading {name}")
        try:
            said = _DECODER.decode(line.decode("ascii"))
        except ValueError:
            return _Answer()
        if isinstance(said, list):
            answer.sheets[-1][1].append(tuple(said))
        elif "problem" in said:
            return _Answer(problem=said["problem"])
        elif "notes" in said:
            answer.notes, answer.problem = said["notes"], None
        else:
            answer.sheets.append((said, []))
    return answer


def _refusal(name: str, problem: str) -> FileProblem:
    if problem == "password":
        return FileProblem(
            f"“{name}” is protected with a password.",
            "Open it in Excel, remove the password (File, Info), save it and choose it again.",
        )
    if problem == "slow":
        return FileProblem(
            f"“{name}” took longer than {limits.SECONDS} seconds to read and was given up.",
            _COPY_ALONE,
        )
    if problem.startswith("row "):
        return limits.long_cell(name, problem)
    if problem == "long":
        return FileProblem(f"“{name}” holds more text than any class list does.", _COPY_ALONE)
    if problem in {"stopped", "MemoryError"}:
        return FileProblem(
            f"“{name}” could not be read: it is damaged, or something stands far outside its list.",
            _COPY_ALONE,
        )
    return FileProblem(
        f"“{name}” is damaged: no sheet in it can be read.",
        "Open it in a spreadsheet program, save it as .xlsx and choose it again.",
    )

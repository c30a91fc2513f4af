"""Reading a file into plain cells, whatever its kind, without ever trusting it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from cit_desktop.errors import FileProblem
from cit_desktop.imports import preflight, reader, text_file
from cit_desktop.imports.types import Sheet, Workbook
from cit_desktop.progress import Progress, silent

READER_FLAG = "--read-workbook"
_STEP = 0.1  # seconds between two looks at whether somebody cancelled


def read(path: Path, progress: Progress = silent) -> Workbook:
    """Read a workbook or text file; spreadsheets are parsed in a process of their own.

    Raises:
        FileProblem: The file is damaged, hostile, protected, too large or of no known kind.
        Cancelled: ``progress`` asked to stop.
    """
    checked = preflight.check(path)
    if checked.kind in {"csv", "tsv"}:
        return text_file.read(path, checked.kind, checked.notes)
    answer = _ask_reader(path, checked.kind, progress)
    if "problem" in answer:
        raise _refusal(path.name, answer["problem"])
    notes = (*checked.notes, *answer["notes"])
    if not answer["sheets"]:
        raise FileProblem(
            f"“{path.name}” has no sheet that can be read. {' '.join(answer['notes'])}".strip(),
            "Copy the list into a new workbook and import that one.",
        )
    sheets = tuple(_sheet(item) for item in answer["sheets"])
    return Workbook(path.name, checked.kind, sheets, (*notes, *_hidden(sheets)))


def _sheet(item: dict[str, Any]) -> Sheet:
    rows = tuple(map(tuple, item["rows"]))
    return Sheet(
        name=item["name"],
        rows=rows,
        lines=tuple(range(1, len(rows) + 1)),
        hidden=item["hidden"],
        hidden_rows=tuple(item["hidden_rows"]),
        masks={(line, column): digits for line, column, digits in item["masks"]},
    )


def _hidden(sheets: tuple[Sheet, ...]) -> list[str]:
    notes = [f"The sheet “{sheet.name}” is hidden in the file." for sheet in sheets if sheet.hidden]
    for sheet in sheets:
        if sheet.hidden_rows:
            count = len(sheet.hidden_rows)
            rows = "1 hidden row that was" if count == 1 else f"{count:,} hidden rows that were"
            notes.append(f"The sheet “{sheet.name}” has {rows} read, too.")
    return notes


def command() -> list[str]:
    """How the reading process is started: by module, or by a flag in the frozen program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, READER_FLAG]
    return [sys.executable, "-m", "cit_desktop.imports.reader"]


def _ask_reader(path: Path, kind: str, progress: Progress) -> dict[str, Any]:
    root = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH")
    environment = {
        **os.environ,
        "PYTHONPATH": root if not known else os.pathsep.join((root, known)),
    }
    process = subprocess.Popen(  # noqa: S603 - our own program, a list, no shell
        [*command(), str(path.resolve()), kind],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    with process:
        try:
            output = _wait(process, path.name, progress)
        finally:
            process.kill()
    try:
        answer: dict[str, Any] = json.loads(output, object_hook=reader.restore)
    except ValueError:
        return {"problem": "stopped"}
    return answer


def _wait(process: subprocess.Popen[bytes], name: str, progress: Progress) -> bytes:
    until = time.monotonic() + reader.SECONDS
    while time.monotonic() < until:
        progress(0, 0, f"Reading {name}")
        try:
            return process.communicate(timeout=_STEP)[0]
        except subprocess.TimeoutExpired:
            continue
    return b'{"problem": "slow"}'


def _refusal(name: str, problem: str) -> FileProblem:
    if problem == "password":
        return FileProblem(
            f"“{name}” is protected with a password.",
            "Open it in Excel, remove the password (File, Info), save it and choose it again.",
        )
    if problem == "slow":
        return FileProblem(
            f"“{name}” took longer than {reader.SECONDS} seconds to read and was given up.",
            "Copy the list alone into a new workbook and import that one.",
        )
    if problem in {"stopped", "MemoryError"}:
        return FileProblem(
            f"“{name}” could not be read: it is damaged, or something stands far outside its list.",
            "Copy the list alone into a new workbook and import that one.",
        )
    return FileProblem(
        f"“{name}” is damaged: no sheet in it can be read.",
        "Open it in a spreadsheet program, save it as .xlsx and choose it again.",
    )

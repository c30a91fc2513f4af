"""Damaged and hostile files give rows or a sentence, soon, and the program lives on.

A small sample of the campaign; ``CIT_HOSTILE=1000`` reads as many, as tests/bench/hostile does.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pytest

from cit_desktop.errors import FileProblem
from cit_desktop.imports import limits, preflight, sheet
from cit_desktop.imports.reading import read_table
from tests.bench import hostile

COUNT = int(os.environ.get("CIT_HOSTILE", "16"))
SEED = 2026
TOP = Path(__file__).parents[2]
SLEEP = "import time; time.sleep(60)"


def test_every_damaged_file_is_read_or_refused_with_a_sentence_in_time_and_memory():
    campaign = [sys.executable, "-m", "tests.bench.hostile", str(COUNT), str(SEED)]
    done = subprocess.run(campaign, cwd=TOP, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    told = re.search(r"(\d+) files: (\d+) read, (\d+) refused, 0 wrong", done.stdout)
    assert told is not None
    count, read, refused = map(int, told.groups())
    assert count == read + refused == COUNT
    assert min(read, refused) > 0


@pytest.fixture(scope="module")
def sample():
    return (hostile.SAMPLES / "agency_sheet_a.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (hostile.bomb, "packed in a way"),
        (hostile.many_parts, "parts"),
        (hostile.twice_a_part, "packed in a way"),
        (hostile.protected, "protected with a password"),
        (hostile.in_sheet(hostile.entities), "declarations"),
        (hostile.in_sheet(hostile.long_text), "8,000,000 characters"),
    ],
)
def test_a_file_made_to_do_harm_is_refused_for_what_it_is(make_text, sample, damage, sentence):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        path = make_text(damage(hostile.Dice(1), sample), "list.xlsx")
    with pytest.raises(FileProblem, match=sentence) as caught:
        read_table(path)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"{\\rtf1 Name}", "RTF"),
        (b"MZ\x90\x00", "a program"),
        (b"SQLite format 3\x00", "a database"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
    ],
)
@pytest.mark.parametrize("name", ["list.csv", "list.xls"])
def test_another_kind_of_file_under_the_name_of_a_list_is_told(make_text, content, what, name):
    with pytest.raises(FileProblem, match=what):
        preflight.check(make_text(content, name))


def test_an_open_document_with_a_password_is_told(tmp_path):
    path = tmp_path / "list.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<m><e><encryption-data/></e></m>")
        archive.writestr("content.xml", "<x>" + "\x01\x02" * 50)
    with pytest.raises(FileProblem, match="protected with a password"):
        preflight.check(path)


def test_many_comments_before_a_page_take_no_time(make_text):
    path = make_text(b"<!-- --> " * 220 + b"x", "list.csv")
    assert preflight.check(path).kind == "csv"


def test_too_much_text_is_a_sentence(monkeypatch):
    said = """print('{"problem": "long"}')"""
    monkeypatch.setattr(sheet, "command", lambda: [sys.executable, "-c", said])
    with pytest.raises(FileProblem, match="more text"):
        sheet.read(hostile.SAMPLES / "agency_sheet_a.xlsx")
    assert limits.TEXT < 1 << 27


def test_a_reading_process_that_never_answers_is_given_up(monkeypatch):
    monkeypatch.setattr(sheet, "command", lambda: [sys.executable, "-c", SLEEP])
    monkeypatch.setattr(limits, "SECONDS", 0.3)
    with pytest.raises(FileProblem, match="longer than"):
        sheet.read(hostile.SAMPLES / "agency_sheet_a.xlsx")

import errno
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop.errors import FileProblem, Refused
from cit_desktop.exports import files
from cit_desktop.exports.files import (
    FreeNames,
    pattern_name,
    safe_name,
    write_atomically,
    write_bytes,
)


def held_open(number=32):
    error = PermissionError(errno.EACCES, "in use")
    error.winerror = number
    return error


def test_a_new_file_has_all_of_its_content_and_no_neighbour(tmp_path):
    write_bytes(tmp_path / "a.pdf", b"whole")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.pdf", b"whole")]


def test_a_second_writing_replaces_the_first(tmp_path):
    write_bytes(tmp_path / "a.pdf", b"a long first version")
    write_bytes(tmp_path / "a.pdf", b"second")
    assert (tmp_path / "a.pdf").read_bytes() == b"second"


def test_a_failing_writer_leaves_the_old_file_and_nothing_else(tmp_path):
    write_bytes(tmp_path / "a.pdf", b"old")

    def fail(file):
        file.write(b"half")
        raise ValueError("boom")

    with pytest.raises(ValueError, match="boom"):
        write_atomically(tmp_path / "a.pdf", fail)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.pdf", b"old")]


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.ENOSPC, "No space left"), "disk is full"),
        (OSError(errno.EDQUOT, "Quota"), "disk is full"),
        (PermissionError(errno.EACCES, "denied"), "no permission"),
        (OSError(errno.EROFS, "read-only"), "no permission"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
)
def test_what_the_disk_refuses_is_said_in_words(tmp_path, error, says):
    write_bytes(tmp_path / "a.pdf", b"old")

    def fail(file):
        file.write(b"half")
        raise error

    with pytest.raises(FileProblem, match=says) as caught:
        write_atomically(tmp_path / "a.pdf", fail)
    assert "a.pdf" in caught.value.message
    assert caught.value.hint
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.pdf", b"old")]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk always full")
def test_a_really_full_disk_is_told_from_other_errors():
    with pytest.raises(OSError, match="No space") as caught:
        Path("/dev/full").write_bytes(b"x")
    assert "disk is full" in files._problem(caught.value, Path("a.pdf")).message


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FileProblem, match=r"gone.*does not exist"):
        write_bytes(tmp_path / "gone" / "a.pdf", b"x")


@pytest.mark.parametrize("number", [5, 32, 33])
def test_a_file_held_open_for_a_moment_is_waited_for(tmp_path, monkeypatch, number):
    replace, failures = Path.replace, [held_open(number), held_open(number)]

    def busy(self, target):
        if failures:
            raise failures.pop()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", busy)
    write_bytes(tmp_path / "a.xlsx", b"new")
    assert (tmp_path / "a.xlsx").read_bytes() == b"new"


def test_a_file_that_stays_open_is_said_to_be_open_in_excel(tmp_path, monkeypatch):
    write_bytes(tmp_path / "a.xlsx", b"old")

    def busy(self, target):
        raise held_open()

    monkeypatch.setattr(Path, "replace", busy)
    monkeypatch.setattr(files, "RETRY_SECONDS", 0.1)
    with pytest.raises(FileProblem, match="open in Excel"):
        write_bytes(tmp_path / "a.xlsx", b"new")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.xlsx", b"old")]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_who_may_read_a_file_stays_as_it_was(tmp_path):
    write_bytes(tmp_path / "a.pdf", b"old")
    (tmp_path / "a.pdf").chmod(0o640)
    write_bytes(tmp_path / "a.pdf", b"new")
    assert (tmp_path / "a.pdf").stat().st_mode & 0o777 == 0o640


NAMES = [
    ("Ana Ito", "Ana Ito"),
    ("Jose\u0301", "José"),
    ("a/b\\c", "a-b-c"),
    ('<>:"|?*x', "x"),
    ("../../etc/passwd", "etc-passwd"),
    ("C:\\Windows", "C-Windows"),
    ("CON", "_CON"),
    ("con.txt", "_con.txt"),
    ("Nul", "_Nul"),
    ("COM1", "_COM1"),
    ("COM¹", "_COM¹"),
    ("LPT9.pdf", "_LPT9.pdf"),
    ("CONIN$", "_CONIN$"),
    ("COM10", "COM10"),
    ("Conrad", "Conrad"),
    ("name. ", "name"),
    ("name...", "name"),
    ("-rf", "rf"),
    ("~$lock", "$lock"),
    (".hidden", "hidden"),
    ("two\nlines\tand tab", "two lines and tab"),
    ("  many   spaces ", "many spaces"),
    ("a\u202egpj.exe", "agpj.exe"),
    ("zero\u200bwidth", "zerowidth"),
    ("bell\x07", "bell"),
    ("lone \ud800 surrogate", "lone surrogate"),
    ("", "document"),
    ("...", "document"),
    ("???", "document"),
    ("Đặng Thị Ánh", "Đặng Thị Ánh"),
    ("O'Brien-Łuczak", "O'Brien-Łuczak"),
    ("日本語", "日本語"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_a_name_loses_what_no_system_keeps(text, name):
    assert safe_name(text) == name


@given(st.text())
def test_any_text_becomes_a_name_that_every_system_keeps(text):
    name = safe_name(text)
    assert 1 <= len(name.encode()) <= files.NAME_BYTES
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(c).startswith("C") for c in name)
    assert name == unicodedata.normalize("NFC", name)
    assert name[0] not in " .-~"
    assert name[-1] not in " ."
    assert not files._RESERVED.fullmatch(name.split(".")[0])


@given(st.text())
def test_a_safe_name_stays_as_it_is(text):
    assert safe_name(safe_name(text)) == safe_name(text)


def test_a_long_name_is_cut_between_letters():
    name = safe_name("é" * 80)
    assert name == "é" * 49
    assert len(safe_name("ק\u05b8" * 60).encode()) <= 99
    assert safe_name("ק\u05b8" * 60).endswith("\u05b8")


def test_a_pattern_is_filled_with_the_values():
    values = {"Last": "O'Brien", "First": "Ana", "Course": "CIT40", "Date": "2026-03-06"}
    assert pattern_name("{Last}_{First}_{Course}_{Date}", values) == "O'Brien_Ana_CIT40_2026-03-06"


def test_an_empty_value_leaves_no_double_separator():
    values = {"Last": "Ito", "First": "", "Course": ""}
    assert pattern_name("{Last}_{First}_{Course}", values) == "Ito"


def test_an_unknown_field_is_refused_with_the_known_ones():
    with pytest.raises(Refused, match=r"\{Shoe\}.*\{Last\}"):
        pattern_name("{Last}_{Shoe}", {"Last": "Ito"})


def test_a_value_with_braces_or_slashes_is_only_text():
    assert pattern_name("{Last}", {"Last": "{Last}/../x"}) == "{Last}-..-x"


def test_two_people_of_one_name_get_two_files(tmp_path):
    names = FreeNames(tmp_path)
    given_names = [names.path(stem, ".pdf").name for stem in ("Ana", "ANA", "Ana")]
    assert given_names == ["Ana.pdf", "ANA (2).pdf", "Ana (3).pdf"]


def test_a_file_that_is_there_is_never_chosen(tmp_path):
    (tmp_path / "ana.pdf").write_bytes(b"old")
    assert FreeNames(tmp_path).path("Ana", ".pdf") == tmp_path / "Ana (2).pdf"


def test_a_name_cannot_leave_the_folder(tmp_path):
    assert FreeNames(tmp_path).path("../../x", ".pdf").parent == tmp_path


def test_long_names_stay_within_the_limits_and_apart(tmp_path):
    names = FreeNames(tmp_path)
    paths = [names.path("Wolfeschlegelsteinhausen " * 9, ".pdf") for _ in range(3)]
    assert len(set(paths)) == 3
    assert all(len(p.name.encode()) <= 100 and len(str(p)) <= 240 for p in paths)


def test_a_folder_too_deep_for_any_name_is_refused(tmp_path):
    deep = tmp_path
    while len(str(deep)) < 225:
        deep = deep / ("d" * min(40, 229 - len(str(deep))))
    deep.mkdir(parents=True)
    with pytest.raises(FileProblem, match="too long"):
        FreeNames(deep).path("Ana", ".pdf")


def test_names_for_a_missing_folder_are_refused(tmp_path):
    with pytest.raises(FileProblem, match="does not exist"):
        FreeNames(tmp_path / "gone")

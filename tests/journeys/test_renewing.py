"""Renewal letters without a window."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pypdfium2
import pytest

from cit_desktop import clock
from cit_desktop.db import Database
from cit_desktop.services import chapters
from cit_desktop.services.chapters import ChapterDraft
from tests.core.field import Field
from tests.journeys.conftest import Cli

FAR = "2030-01-01"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("renewals") / "chapter.cit"
    db = Database.create(path)
    with db.operation("Begin the records") as session:
        field = Field(session, chapters.create(session, ChapterDraft("Ozark Ridge", state="MO")))
        course = field.course("CIT40", refresher_months=12, validity_months=24)
        for name, ago in (("Due", 400), ("Over", 900), ("Soon", 300), ("New", 5)):
            day = clock.today() - timedelta(days=ago)
            class_id = field.training(
                f"C-{name}", starts=day, days=1, course_id=course, status="finalized"
            )
            mail = "" if name == "Due" else f"{name}@example.org"
            field.complete(class_id, field.person(name, email=mail))
    db.close()
    return path


@pytest.fixture
def file(made, tmp_path):
    return shutil.copyfile(made, tmp_path / "chapter.cit")


def waiting(cli: Cli, file: object) -> list[dict[str, object]]:
    people = cli("renewals", file, "--by", FAR, "--json").json["people"]
    return [one for one in people if not (one["written"] or one["enrolled"])]


def test_without_an_output_whoever_is_due_is_listed_and_nothing_is_written(cli, file):
    before = file.read_bytes()
    told = cli("renewals", file)
    assert told.code == 0
    first = told.lines[0].split("\t")
    found = cli("renewals", file, "--json").json["people"]
    assert [first[0], first[1]] == [found[0]["due"], found[0]["name"]]
    assert [one["due"] for one in found] == sorted(one["due"] for one in found)
    assert file.read_bytes() == before
    assert cli("renewals", file, "--by", "2001-01-01").out == "Nobody is due by 2001-01-01.\n"


def test_letters_are_written_once_unless_all_are_asked_for(cli, file, tmp_path):
    people, out = waiting(cli, file), tmp_path / "letters.pdf"
    told = cli("renewals", file, "--by", FAR, "--pdf", out)
    assert told.lines == [str(out), f"Letters to {len(people)} people. Nothing was sent."]
    with pypdfium2.PdfDocument(out) as pdf:
        assert len(pdf) == len(people)
    assert waiting(cli, file) == []
    again = cli("renewals", file, "--by", FAR, "--merge", tmp_path / "again.xlsx")
    assert again.out.startswith("No letter was made for a renewal due by 2030-01-01.")
    assert "see --all" in again.out
    assert not (tmp_path / "again.xlsx").exists()
    merge = tmp_path / "all.xlsx"
    assert cli("renewals", file, "--by", FAR, "--merge", merge, "--all", "--json").json["files"]
    assert merge.read_bytes().startswith(b"PK")
    assert cli("undo", file).out.startswith("Undone: Write renewal letters")


def test_drafts_name_whoever_has_no_address(cli, file, tmp_path):
    people = waiting(cli, file)
    reached = [one for one in people if one["email"]]
    told = cli("renewals", file, "--by", FAR, "--eml", tmp_path / "new" / "drafts")
    assert len(list((tmp_path / "new" / "drafts").glob("*.eml"))) == len(reached)
    assert told.code == int(len(reached) < len(people))
    assert len(waiting(cli, file)) == len(people) - len(reached)


@pytest.mark.parametrize(
    "arguments",
    [("--by", "soon"), ("--pdf", "a.pdf", "--eml", "b"), ("--merge", "a.xlsx", "--pdf", "a.pdf")],
)
def test_what_cannot_be_understood_is_refused(cli, file, arguments):
    assert cli("renewals", file, *arguments).code == 2


def test_a_folder_that_is_not_there_is_refused(cli, file, tmp_path):
    told = cli("renewals", file, "--pdf", tmp_path / "none" / "a.pdf")
    assert told.code == 1
    assert "There is no folder" in told.err

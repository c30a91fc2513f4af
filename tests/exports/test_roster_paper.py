"""The class roster on paper: every word of it, with nobody and with sixty people."""

from __future__ import annotations

import pytest

from cit_desktop.documents.tables import TableDocument
from cit_desktop.exports.table_pdf import draw_table
from cit_desktop.services.rosters import PRINTED_COLUMNS
from tests.exports.class_sheets import (
    CHAPTER,
    CODE,
    LONG_AGENCY,
    LONG_NAME,
    LONG_PLACE,
    LONG_TITLE,
    MONDAY,
    NAMES,
    TITLE,
)
from tests.exports.reference import held_against

PAPERS = ("letter", "a4")
JOB = "Crisis Intervention Coordinator and Shift Supervisor"
HEADER = (
    ("Class", CODE),
    ("Course", "Crisis Intervention Team, 40-hour course"),
    ("Dates", "October 12–16, 2026"),
    ("Location", LONG_PLACE),
    ("Lead instructor", "Dep. R. Hill"),
    ("Hours", "40, of which 36 needed"),
)


def person(number, long):
    name, title, agency = NAMES[number % 5], "Officer", "Rolla Police Department"
    if long and number % 2:
        name, title, agency = LONG_NAME, JOB, LONG_AGENCY
    discipline = "Community behavioral health" if long else "Municipal police"
    facts = (number, name, title, agency, discipline, f"MO-{number:07}")
    return (*facts, 2190, "Completed", f"OR-2026-{number:04}")


def roster(count, *, long=False, title=TITLE):
    return TableDocument(
        title=title,
        columns=PRINTED_COLUMNS,
        rows=tuple(person(number, long) for number in range(1, count + 1)),
        subtitle=(f"Class roster · {CHAPTER}",),
        header=HEADER,
        footer=(f"{count} trainees, {count} completed.",),
    )


AMOUNTS = {
    "none": lambda: roster(0),
    "short": lambda: roster(5),
    "long": lambda: roster(60, long=True, title=LONG_TITLE),
}


def drawn(document, paper):
    return draw_table(document, MONDAY, paper=paper)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("amount", AMOUNTS)
def test_rosters_look_as_they_were_judged(amount, paper, picture_of, tmp_path):
    picture = picture_of(drawn(AMOUNTS[amount](), paper))
    assert held_against(picture, f"roster-{paper}-{amount}", tmp_path) == ""


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_of_a_roster_is_cut_however_long_it_is(paper, pages):
    text = " ".join(pages(drawn(AMOUNTS["long"](), paper)))
    assert "…" not in text
    assert all(f"OR-2026-{number:04}" in text for number in range(1, 61))
    for word in (*LONG_NAME.split(), *JOB.split(), *LONG_AGENCY.split()):
        assert text.replace("\ufffe", "-").count(word) >= 30


@pytest.mark.parametrize("paper", PAPERS)
def test_sixty_people_take_three_pages(paper, pages):
    assert len(pages(drawn(roster(60), paper))) == 3


def test_a_word_wider_than_its_column_is_broken_rather_than_cut(pages):
    row = (1, "W" * 120, "", "X" * 120, "", "9" * 60, 2400, "Completed", "OR-2026-0001")
    document = TableDocument(TITLE, PRINTED_COLUMNS, (row,))
    (text,) = pages(drawn(document, "letter"))
    assert (text.count("W"), text.count("X"), "…" in text) == (120, 120, False)

"""What the import page says, as sentences that a clerk can act on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cit_desktop.imports.plan import make_plan
from cit_desktop.imports.planned import FieldChange, PlannedRow
from cit_desktop.imports.types import FIELDS, Column, Issue, Sheet, SourceRow
from tests.ui.imports.import_help import add_chapter, table_of
from ui.pages.imports import telling, words

CLEAN = "First\tLast\tEmail\nAna\tIto\tana@example.org\nBo\tLi\tbo@example.org\n"
DAYS = "First\tLast\tCompleted\nAna\tIto\t03/04/2025\nBo\tLi\t05/06/2025\n"


def column(field="agency", confidence=0.9, reason="heading", samples=("Rolla PD",)):
    return Column("Dept", 0, field, confidence, samples, reason)


def test_every_field_has_a_word_and_may_be_left_out():
    assert set(words.FIELDS) == {None, *FIELDS}
    assert words.FIELDS[None] == "Leave out"


@pytest.mark.parametrize(
    ("given", "chosen", "text", "shape"),
    [
        (column(), False, "Sure", "full"),
        (column(confidence=0.8), False, "Likely", "half"),
        (column(confidence=0.5), False, "To look at", "warning"),
        (column(confidence=1.0, reason="chosen"), True, "Your choice", "check"),
        (column(None, 0.0, "not known"), False, "Not known", "empty"),
        (column(None, 0.0, "not known", ()), False, "Left out", "empty"),
        (column(None, 0.9, "not kept in the records"), False, "Left out", "empty"),
    ],
)
def test_how_sure_a_guess_is_stands_in_a_word_and_a_shape(given, chosen, text, shape):
    pill = words.confidence(given, chosen=chosen)
    assert (pill.text, pill.shape) == (text, shape)


def test_only_a_weak_guess_that_nobody_confirmed_is_doubtful():
    assert words.is_doubtful(column(confidence=0.5))
    assert not words.is_doubtful(column(confidence=0.5), chosen=True)
    assert not words.is_doubtful(column(confidence=0.8))
    assert not words.is_doubtful(column(None, 0.0, "not known"))


def test_a_clean_list_needs_no_look_and_raises_no_question():
    table = table_of(CLEAN)
    assert not words.needs_a_look(table, {})
    assert words.question(table, {}) == ""


def test_days_that_can_be_read_in_two_ways_are_asked_about():
    table = table_of(DAYS)
    assert words.needs_a_look(table, {})
    assert words.question(table, {}).startswith("Say how the days are meant")
    settled = table_of(DAYS, day_orders={"Completed": "dmy"})
    assert not words.needs_a_look(settled, {})


def test_a_list_without_names_is_asked_for_them_first():
    table = table_of(CLEAN, mapping_override={"First": None})
    assert not words.has_names(table)
    assert "Which column holds the name?" in words.question(table, {})


def test_a_whole_name_is_enough():
    assert words.has_names(table_of("Full name\tAgency\nAna Ito\tRolla PD\nBo Li\tRolla PD\n"))


def test_what_was_found_names_the_line_of_the_headings():
    assert words.found(table_of(CLEAN)) == "2 rows below the headings in line 1."
    rows = "Ana Ito\tana@example.org\t573-555-0100\nBo Li\tbo@example.org\t573-555-0101\n"
    no_head = table_of(rows)
    assert words.found(no_head) == "2 rows without a line of headings."
    assert words.needs_a_look(no_head, {})


def test_columns_with_something_in_them_that_are_not_used_are_named():
    table = table_of("First\tLast\tShoe\tNothing\nAna\tIto\tred\t\nBo\tLi\tblue\t\n")
    assert words.left_out(table) == ["Shoe"]


def planned(kind="update", *changes, **more):
    values = {"first": "Ana", "last": "Ito", "suffix": "Jr."}
    return PlannedRow(2, kind, values, changes=tuple(changes), **more)


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (planned("new"), "New"),
        (planned("update", FieldChange("phone", "", "5735550100")), "Filled in"),
        (planned("update", FieldChange("county", "Dent", "Phelps")), "Changed"),
        (planned("update", FieldChange("class", "", "CIT40-2026-01")), "Enrolled"),
        (
            planned("update", FieldChange("class", "", "X"), FieldChange("phone", "", "1")),
            "Filled in",
        ),
        (planned("same"), "Unchanged"),
        (planned("skipped"), "Skipped"),
        (planned("problem"), "Not taken"),
    ],
)
def test_what_becomes_of_a_row_is_a_word(row, text):
    assert words.kind(row).text == text


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (planned("new"), "Added"),
        (planned("new", enrolls=True), "Added, enrolled"),
        (planned("update", FieldChange("phone", "", "5735550100")), "Phone: (573) 555-0100"),
        (planned("update", FieldChange("county", "Dent", "Phelps")), "County: Dent → Phelps"),
        (planned("update", FieldChange("class", "", "X")), "Enrolled"),
        (planned("same"), "Nothing differs"),
        (
            planned("same", same_as_row=2, reasons=("Same person as row 2", "x")),
            "Same person as row 2",
        ),
        (planned("skipped", reasons=("It holds totals.",)), "It holds totals."),
        (planned("problem", issues=(Issue("Name", "error", "No name."),)), "No name."),
        (planned("problem"), "Cannot be taken as it is."),
    ],
)
def test_what_happens_to_a_row_is_said_in_a_few_words(row, text):
    assert words.will(row) == text


def test_a_name_is_written_as_in_lists():
    assert words.name(planned("new")) == "Ito, Ana Jr."
    assert words.name(PlannedRow(2, "problem", {})) == ""


def test_a_row_without_a_name_shows_what_stands_in_it():
    row = SourceRow(9, {}, {"A": "Total", "C": 24})
    assert words.raw_text(row) == "Total · 24"
    assert words.raw_text(None) == ""


def test_values_are_shown_as_people_write_them():
    assert words.shown("phone", "5735550100") == "(573) 555-0100"
    assert words.shown("phone", "+49 89 1234") == "+49 89 1234"
    assert words.shown("discipline", "municipal_police") == "Municipal police"
    assert words.shown("state_number", "0000000001") == "0000000001"
    assert words.label("state_number") == "State number"


@pytest.fixture
def plan(db):
    add_chapter(db)

    def make(text, **more):
        with db.read() as session:
            return make_plan(session, table_of(text), **more)

    return make


def test_nothing_is_said_while_there_is_something_to_do(plan):
    assert telling.nothing_to_do(plan(CLEAN)) == ""
    made = plan(CLEAN)
    assert words.people(made) == 2
    again = replace(made.rows[1], kind="update", same_as_row=made.rows[0].row)
    assert words.people(replace(made, rows=(made.rows[0], again))) == 1


def test_why_there_is_nothing_to_do_is_said(plan):
    skipped = plan(CLEAN, choices={2: "skip", 3: "skip"})
    assert "all of its rows are skipped" in telling.nothing_to_do(skipped)
    useless = plan("First\tLast\tEmail\nAna\t\tana@example.org\nBo\t\tbo@example.org\n")
    assert useless.counts["problem"] == 2
    assert telling.nothing_to_do(useless).startswith("Nothing can be taken from this list: 2 rows")


@pytest.mark.parametrize(
    ("count", "hidden", "told"),
    [(1, False, "Class list · 1 row"), (1_200, True, "Class list · 1,200 rows (hidden)")],
)
def test_a_sheet_is_offered_with_its_rows(count, hidden, told):
    lines = tuple(range(1, count + 2))
    sheet = Sheet("Class list", (*((("Al",),) * count), (None,)), lines, hidden=hidden)
    assert words.sheet(sheet) == told

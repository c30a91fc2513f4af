"""A column explained once is understood the next time, by its heading and not by its place."""

from __future__ import annotations

import pytest

from cit_desktop.imports import apply, column_memory, sheets
from cit_desktop.imports.types import Column, SourceTable
from cit_desktop.services import settings, undo

LIST = "Last name,First name,Shoe\nIto,Ana,Blue\nLi,Bo,Red\n"
MOVED = "SHOE:,First name,Last name\nGreen,Cy,Chan\n"


@pytest.fixture
def explained(db, make_text):
    """The odd heading was taken for the title, and the list went in."""
    path = make_text(LIST, "first.csv")
    return apply.run(db, path, mapping_override={"Shoe": "title"}, backup=False)


def remembered(db):
    with db.read() as session:
        return column_memory.remembered(session)


def fields(table):
    return {heading: column.field for heading, column in table.columns.items()}


def test_what_was_chosen_is_kept_by_the_letters_of_the_heading(db, explained):
    assert remembered(db) == {"shoe": "title"}


def test_the_next_list_is_understood_wherever_the_column_stands(db, explained, make_text):
    planned, _ = apply.run(db, make_text(MOVED, "second.csv"), backup=False)
    assert planned.columns["SHOE:"] == "title"
    assert [row.values["title"] for row in planned.rows] == ["Green"]


def test_without_memory_the_column_is_not_known(make_text):
    assert fields(sheets.read_list(make_text(MOVED, "second.csv")))["SHOE:"] is None


def test_what_is_chosen_now_counts_more_than_what_was_chosen_before(db, explained, make_text):
    path = make_text(MOVED, "second.csv")
    planned, _ = apply.run(db, path, mapping_override={"SHOE:": None}, backup=False)
    assert planned.columns["SHOE:"] is None
    assert remembered(db) == {"shoe": None}


def test_a_column_left_out_stays_left_out(db, make_text):
    path = make_text("Last name,First name,County\nIto,Ana,Phelps\n", "first.csv")
    apply.run(db, path, mapping_override={"County": None}, backup=False)
    again = make_text("Last name,First name,County\nLi,Bo,Dent\n", "second.csv")
    planned, _ = apply.run(db, again, backup=False)
    assert planned.columns["County"] is None


def test_undo_of_the_import_forgets_what_it_learned(db, explained):
    undo.undo(db)
    assert remembered(db) == {}


def test_nothing_is_kept_of_a_list_that_explained_itself(db, make_text):
    apply.run(db, make_text("Last name,First name\nIto,Ana\n", "plain.csv"), backup=False)
    with db.read() as session:
        assert settings.get(session, "import.columns") is None


def table(**columns):
    made = {
        name: Column(name, index, field, 0.9) for index, (name, field) in enumerate(columns.items())
    }
    return SourceTable("list.csv", "list", 1, (), made, ())


@pytest.mark.parametrize(
    ("memory", "chosen", "expected"),
    [
        ({"a": "email"}, {}, {"A": "email"}),
        ({"a": "last"}, {}, {}),
        ({"a": None}, {}, {"A": None}),
        ({"a": "email"}, {"A": "phone"}, {}),
        ({"a": "email"}, {"B": "email"}, {}),
        ({"a": "email", "b": "email"}, {}, {"A": "email"}),
        ({"other": "email"}, {}, {}),
    ],
)
def test_memory_changes_only_what_fits(memory, chosen, expected):
    assert column_memory.fitting(table(A="last", B=None), memory, chosen) == expected

"""The lists that go out to be edited: their values, and what is taken as a value of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cit_desktop import clock
from cit_desktop.documents.edits import (
    EditColumn,
    EditDocument,
    EditRow,
    base_text,
    cell_value,
    fingerprint,
)
from cit_desktop.errors import NotFound, Refused
from cit_desktop.services import agencies, attendance, chapters, editing, enrollment, people
from cit_desktop.services.editing_attendance import shown
from cit_desktop.services.editing_parts import phone_shown


@pytest.fixture(autouse=True)
def fixed_day():
    clock.set_source(lambda: datetime(2026, 3, 10, 12, tzinfo=UTC))
    yield
    clock.set_source(None)


@pytest.fixture
def normal(world_db, world):
    """A typed value as it would be shown."""

    def make(kind, column, text, **whole):
        with world_db.read() as session:
            class_id = world.open_class if kind in editing.OF_CLASS else None
            return editing.editable(session, kind, class_id).normal(column, text, whole)

    return make


@pytest.fixture
def listed(world_db, world):
    def make(kind, **how):
        with world_db.read() as session:
            if kind in editing.OF_CLASS:
                how.setdefault("class_id", world.open_class)
            found = editing.document(session, kind, **how)
        keys = [column.key for column in found.columns]
        return [dict(zip(keys, row.values, strict=True)) for row in found.rows]

    return make


def test_people_go_out_by_name_with_work_and_main_number(listed):
    rows = listed("people")
    assert [row["last"] for row in rows] == ["Diaz", "Ito", "Moss", "Okafor"]
    assert rows[1] == {
        "last": "Ito",
        "first": "Ana",
        "middle": "María",
        "suffix": "",
        "nickname": "",
        "discipline": "Municipal police",
        "agency": "Rolla Police Department",
        "title": "Officer",
        "county": "",
        "state_number": "0045-12",
        "email": "",
        "phone": "",
        "note": "",
    }


def test_the_county_of_an_agency_is_not_taken_for_the_persons_own(listed):
    assert {row["last"]: row["county"] for row in listed("people")}["Ito"] == ""


def test_archived_people_stay_at_home_unless_they_are_chosen(world_db, world, listed):
    with world_db.operation("Archive") as session:
        people.archive(session, world.dan)
    assert "Moss" not in {row["last"] for row in listed("people")}
    assert [row["last"] for row in listed("people", ids=[world.dan])] == ["Moss"]


def test_a_roster_goes_out_with_what_the_class_knows_of_each(world_db, world, listed):
    with world_db.operation("Edit") as session:
        enrollment.set_score(session, world.open_enrolled[0], 90)
        enrollment.set_scenario(session, world.open_enrolled[0], False)
        enrollment.set_number(session, world.open_enrolled[0], 3)
    first = listed("roster")[0]
    assert (first["number"], first["score"], first["scenario"]) == ("3", "90", "Not passed")
    assert (first["role"], first["result"], first["agency"]) == (
        "trainee",
        "open",
        "Rolla Police Department",
    )


def test_attendance_goes_out_without_who_withdrew(world_db, world, listed):
    assert [row["name"] for row in listed("attendance")] == ["Ito, Ana María", "Okafor, Ben"]
    with world_db.operation("Withdraw") as session:
        enrollment.withdraw(session, world.open_enrolled[1])
    assert [row["name"] for row in listed("attendance")] == ["Ito, Ana María"]


def test_marks_go_out_in_words_and_blank_stays_blank(world_db, world, listed):
    with world_db.operation("Mark") as session:
        block = world.open_blocks[0]
        attendance.mark(session, block, world.open_enrolled[0], "partial", 100)
    first, second = (f"b{block}" for block in world.open_blocks)
    rows = listed("attendance")
    assert (rows[0][first], rows[0][second]) == ("1.6667 h", "absent")
    assert (rows[1][first], rows[1][second]) == ("", "")


def test_an_agency_goes_out_with_kind_in_words(listed):
    rows = {row["name"]: row for row in listed("agencies")}
    assert rows["Rolla Police Department"]["county"] == "Phelps"
    assert rows["Rolla Police Department"]["kind"] not in ("", "municipal_police")


@pytest.mark.parametrize(
    ("mark", "minutes", "text"),
    [
        ("present", 240, "present"),
        ("absent", 0, "absent"),
        ("excused", 0, "excused"),
        ("late", 240, "late"),
        ("late", 210, "late 3.5 h"),
        ("left early", 200, "left early 3.3333 h"),
        ("partial", 150, "2.5 h"),
        ("partial", 1, "0.0167 h"),
    ],
)
def test_a_mark_reads_in_words_and_is_read_again_to_the_minute(normal, world, mark, minutes, text):
    assert shown(mark, minutes, 240) == text
    assert normal("attendance", f"b{world.open_blocks[0]}", text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PRESENT", "present"),
        (" Left  Early ", "left early"),
        ("4", "present"),
        ("4 h", "present"),
        ("0", "absent"),
        ("2.25h", "2.25 h"),
        ("Late 4 h", "late"),
        ("late 1", "late 1 h"),
        ("", ""),
    ],
)
def test_marks_and_hours_are_understood(normal, world, text, expected):
    assert normal("attendance", f"b{world.open_blocks[0]}", text) == expected


@pytest.mark.parametrize(
    ("kind", "column", "text", "expected"),
    [
        ("people", "phone", "(573) 555-0100", "573-555-0100"),
        ("people", "phone", "+44 20 7946 0018", "+44 20 7946 0018"),
        ("people", "email", " Ana@X.org ", "ana@x.org"),
        ("people", "discipline", "MUNICIPAL POLICE", "Municipal police"),
        ("people", "county", "phelps", "Phelps"),
        ("people", "county", "Elsewhere", "Elsewhere"),
        ("people", "agency", "rolla police department", "Rolla Police Department"),
        ("people", "last", "O’Brien\u200b ", "O’Brien"),
        ("people", "note", "One\r\ntwo ", "One\ntwo"),
        ("roster", "number", "007", "7"),
        ("roster", "scenario", "not passed", "Not passed"),
        ("roster", "agency", "ROLLA POLICE DEPARTMENT", "Rolla Police Department"),
        ("agencies", "patrol_strength", "040", "40"),
        ("agencies", "strength_on", "2026-01-02", "2026-01-02"),
        ("agencies", "ori", " MO081 ", "MO081"),
    ],
)
def test_what_is_typed_becomes_what_is_shown(normal, kind, column, text, expected):
    assert normal(kind, column, text) == expected


@pytest.mark.parametrize(
    ("kind", "column", "text", "words"),
    [
        ("people", "last", "", "needs a last name"),
        ("people", "discipline", "Wizard", "not in the list"),
        ("people", "title", "Chief", "no agency"),
        ("people", "suffix", "x" * 201, "at most 200"),
        ("roster", "role", "boss", "not in the list"),
        ("roster", "score", "100.5", "no score in percent"),
        ("roster", "number", "0", "expected 1 to 9,999"),
        ("agencies", "name", "—", "neither letters nor digits"),
        ("agencies", "kind", "club", "not in the list"),
        ("agencies", "patrol_strength", "-4", "no number of patrol officers"),
        ("agencies", "strength_on", "soon", "is no date"),
        ("attendance", "b1", "5", "do not fit a block"),
        ("attendance", "b1", "maybe", "is no mark"),
    ],
)
def test_what_is_no_value_is_refused_with_its_field(normal, kind, column, text, words):
    with pytest.raises(Refused, match=words):
        normal(kind, column, text)


def test_nobody_was_there_in_a_block_still_to_come(normal, world):
    clock.set_source(lambda: datetime(2025, 1, 1, tzinfo=UTC))
    column = f"b{world.open_blocks[0]}"
    assert normal("attendance", column, "excused") == "excused"
    with pytest.raises(Refused, match="still to come"):
        normal("attendance", column, "present")


def test_a_list_that_is_too_long_for_a_workbook_is_refused(world_db, monkeypatch):
    monkeypatch.setattr(editing, "MOST", 3)
    with world_db.read() as session, pytest.raises(Refused, match="has 4 rows; at most 3"):
        editing.document(session, "people")


def test_records_without_a_chapter_have_no_list(db):
    with db.read() as session, pytest.raises(NotFound, match="no chapter yet"):
        editing.document(session, "people")


def test_the_list_belongs_to_the_chapter_that_is_worked_for(world_db, world):
    with world_db.read() as session:
        found = editing.document(session, "agencies")
        assert found.chapter == chapters.view(session, world.chapter).uid
        assert agencies.view(session, world.police).uid in {row.key for row in found.rows}


def test_a_document_cannot_have_two_columns_of_one_key_or_label():
    twice = (
        (EditColumn("a", "A"), EditColumn("a", "B")),
        (EditColumn("a", "A"), EditColumn("b", "A")),
    )
    for columns in twice:
        with pytest.raises(ValueError, match="have the same"):
            EditDocument("people", "People", "uid", columns, ())


def test_the_fingerprint_notices_every_change_of_what_went_out():
    head = {"kind": "people", "rows": 1}
    rows = [("key", base_text(EditRow("key", ("Ito", "Ana"))))]
    own = fingerprint(head, rows)
    assert own == fingerprint(dict(reversed(head.items())), rows)
    others = (
        fingerprint({**head, "rows": 2}, rows),
        fingerprint(head, [("other", rows[0][1])]),
        fingerprint(head, [("key", base_text(EditRow("key", ("Ito", "Ann"))))]),
        fingerprint(head, rows * 2),
        fingerprint(head, []),
    )
    assert own not in others
    assert len(set(others)) == len(others)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "007", "007"),
        ("int", "7", 7),
        ("date", "2026-01-02", datetime(2026, 1, 2).date()),
        ("mark", "2.5 h", "2.5 h"),
        ("note", "", None),
        ("int", "", None),
    ],
)
def test_a_cell_holds_days_and_numbers_as_such_and_all_else_as_text(kind, text, value):
    assert cell_value(EditColumn("a", "A", kind), text) == value


@pytest.mark.parametrize(
    ("stored", "text"),
    [("5735550100", "573-555-0100"), ("911", "911"), ("", ""), ("57a5550100",) * 2],
)
def test_a_us_number_has_dashes(stored, text):
    assert phone_shown(stored) == text

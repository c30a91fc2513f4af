from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt

from cit_desktop.services.certificates import Candidate, CertificateRow
from ui.pages.classes.candidate_table import COLUMNS, CandidateTable, Line, Lines
from ui.preferences import Preferences
from ui.widgets.record_table import Sort

OFFICER = Candidate(1, "Ito, Ana", "officer", 2400)
TEACHER = Candidate(2, "Ray, Sam", "community", 2400)
THANKS = Candidate(3, "Hill, Robert", "instructor", 960, on_wish=True)
AWAY = Candidate(4, "Dahl, Leo", "letter", 0, reason="Withdrew from the class.", on_wish=True)
EVERYBODY = (OFFICER, TEACHER, THANKS, AWAY)


def certificate(**values):
    usual = {
        "id": 7,
        "number": "OR-2026-0001",
        "person_id": 1,
        "name": "Ito, Ana",
        "class_id": 1,
        "class_code": "CIT40-2026-1",
        "class_title": "March",
        "kind": "officer",
        "minutes": 2400,
        "completed": date(2026, 3, 6),
        "issued": datetime(2026, 3, 9, tzinfo=UTC),
        "status": "issued",
        "printed": None,
    }
    return CertificateRow(**(usual | values))


def with_certificate(candidate, row):
    sentence = f"Certificate {row.number} was issued already."
    return replace(candidate, reason=sentence, certificate_number=row.number)


@pytest.fixture
def lines():
    made = Lines()
    made.fill(EVERYBODY, {})
    return made


@pytest.mark.parametrize(
    ("line", "state", "issue"),
    [
        (Line(OFFICER, chosen=True), "Ready", "Yes"),
        (Line(OFFICER), "Left out", "No"),
        (Line(OFFICER, revoked=True), "Left out, was revoked", "No"),
        (Line(THANKS), "On request", "No"),
        (Line(THANKS, chosen=True), "Ready", "Yes"),
        (Line(AWAY), "Withdrew from the class.", ""),
    ],
)
def test_a_line_says_how_somebody_stands(line, state, issue):
    assert line.state == state
    pill = next(column.pill for column in COLUMNS if column.key == "chosen")(line)
    assert ("" if pill is None else pill.text) == issue


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "OR-2026-0001"),
        ({"printed": datetime(2026, 3, 9, tzinfo=UTC)}, "OR-2026-0001, printed"),
        ({"status": "on record", "number": "OLD-7"}, "OLD-7, on record"),
    ],
)
def test_a_line_shows_the_certificate_that_is_valid(values, state):
    assert Line(OFFICER, certificate(**values)).state == state


def test_an_issued_one_shows_its_own_wording_and_hours():
    line = Line(OFFICER, certificate(kind="community", minutes=2100))
    assert (line.wording, line.minutes) == ("Community", 2100)


def test_those_who_completed_are_chosen_from_the_start(lines):
    assert lines.chosen() == [OFFICER, TEACHER]


def test_what_was_chosen_outlasts_new_facts(lines):
    lines.toggle([1])
    lines.toggle([3])
    lines.fill(EVERYBODY, {})
    assert lines.chosen() == [TEACHER, THANKS]


def test_somebody_who_becomes_ready_is_chosen(lines):
    lines.fill((replace(OFFICER, reason="No result was recorded."),), {})
    assert lines.chosen() == []
    lines.fill((OFFICER,), {})
    assert lines.chosen() == [OFFICER]


def test_after_a_revocation_another_one_is_not_offered_unasked(lines):
    row = certificate()
    lines.fill((with_certificate(OFFICER, row),), {row.number: row})
    lines.fill((OFFICER,), {}, revoked={1})
    assert lines.chosen() == []
    lines.toggle([1])
    lines.fill((OFFICER,), {}, revoked={1})
    assert lines.chosen() == [OFFICER]


def test_a_wording_chosen_by_hand_stays_and_the_usual_one_follows_the_work(lines):
    lines.word([1], "responder")
    lines.fill((OFFICER, replace(TEACHER, kind="responder")), {})
    assert [line.candidate.kind for line in lines.lines.values()] == ["responder", "responder"]
    lines.fill((OFFICER, replace(TEACHER, kind="officer")), {})
    assert [line.candidate.kind for line in lines.lines.values()] == ["responder", "officer"]


def test_only_certificates_of_those_who_completed_are_worded(lines):
    lines.word([1, 3, 4], "community")
    kinds = [line.candidate.kind for line in lines.lines.values()]
    assert kinds == ["community", "community", "instructor", "letter"]


def test_valid_ones_are_those_that_can_be_printed(lines):
    row, old = certificate(), certificate(id=8, number="OLD-7", status="on record")
    everybody = (with_certificate(OFFICER, row), with_certificate(TEACHER, old))
    lines.fill(everybody, {row.number: row, old.number: old})
    assert lines.valid() == [row]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (None, [1, 2, 3, 4]),
        (Sort("name", True), [4, 3, 2, 1]),
        (Sort("wording"), [2, 3, 4, 1]),
        (Sort("minutes", True), [2, 1, 3, 4]),
    ],
)
def test_lines_can_be_ordered(lines, sort, order):
    assert lines.ids(sort, {}) == order


def test_somebody_removed_meanwhile_is_left_out(lines):
    assert list(lines.rows([1, 99])) == [1]


@pytest.fixture
def table(qtbot):
    made = CandidateTable(Preferences())
    qtbot.addWidget(made)
    made.source.fill(EVERYBODY, {})
    made.reload()
    made.resize(700, 300)
    made.show()
    return made


def test_the_model_is_sound(table, qtmodeltester):
    qtmodeltester.check(table.records)


def test_a_cell_is_read_out_with_name_and_column(table):
    index = table.records.index(0, 4)
    spoken = table.records.data(index, int(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "Ito, Ana, Certificate, Ready"


def test_space_tells_the_selected_rows(table, qtbot):
    table.choose(2)
    with qtbot.waitSignal(table.toggled) as blocker:
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert blocker.args == [[2]]
    assert table.current_line().candidate == TEACHER
    assert [line.id for line in table.selected_lines()] == [2]


def test_a_click_on_a_name_only_selects(table, qtbot):
    toggled = []
    table.toggled.connect(toggled.append)
    rect = table.visualRect(table.records.index(1, 0))
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert toggled == []
    assert table.current_id() == 2


def test_other_keys_do_what_they_do_in_every_table(table, qtbot):
    table.choose(1)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.current_id() == 2
    with qtbot.waitSignal(table.opened) as blocker:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert blocker.args == [2]

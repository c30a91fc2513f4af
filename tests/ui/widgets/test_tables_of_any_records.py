"""A table of any records: whatever comes, goes and is typed, it shows what the source says."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from tests.ui.keys import press
from ui.preferences import Preferences
from ui.widgets.record_model import PAGE, PAGES_KEPT, RecordModel
from ui.widgets.record_table import RIGHT, Column, Pill, RecordTable

HOSTILE = ("", "\t", "a\tb", "a\nb", "=1+1", "<b>x</b>", "🙂", "x" * 2000, "\u202eabc")
MOVES = (
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp),
    *(Qt.Key.Key_PageDown, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape),
    *(Qt.Key.Key_F2, Qt.Key.Key_Space, Qt.Key.Key_Tab),
)
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
some = settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True)
class Thing:
    name: str
    number: int | None


class Things:
    """Records in a dictionary, by id."""

    def __init__(self, things):
        self.things = dict(things)

    def ids(self, sort, filter):
        found = [n for n, t in self.things.items() if filter.get("text", "") in t.name]
        if sort is not None:
            found.sort(key=lambda n: (str(getattr(self.things[n], sort.key)), n))
            if sort.descending:
                found.reverse()
        return found

    def rows(self, ids):
        return {n: self.things[n] for n in ids if n in self.things}


def state(thing):
    return None if thing.number is None else Pill(f"No. {thing.number}", "good")


COLUMNS = (
    Column("name", "Name", width=200, bold=True),
    Column("number", "Number", align=RIGHT, width=0),
    Column("number", "State", pill=state, width=90, sortable=False),
)
THINGS = st.dictionaries(
    st.integers(1, 400),
    st.builds(Thing, st.sampled_from(("Ada", "Ben", "Zoë", *HOSTILE)), st.none() | st.integers()),
    max_size=40,
)


@pytest.fixture
def table(qtbot):
    made = RecordTable(COLUMNS, Things({}), Preferences(), "things")
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    made.setFocus()
    return made


def fill(table, things):
    table.records.source = Things(things)
    table.records.filter = {}
    table.reload()


@some
@given(THINGS)
def test_every_record_has_its_row_and_every_row_its_record(things):
    model = RecordModel(COLUMNS, Things(things))
    model.reload()
    assert model.rowCount() == len(things)
    for record_id, thing in things.items():
        row = model.row_of(record_id)
        assert model.id_at(row) == record_id
        assert model.record(row) == thing
        assert model.text(row, 0) == thing.name
        assert model.text(row, 1) == ("" if thing.number is None else str(thing.number))


@some
@given(THINGS, THINGS)
def test_after_reading_again_only_the_new_records_are_there(things, others):
    model = RecordModel(COLUMNS, Things(things))
    model.reload()
    model.source.things = dict(others)
    model.reload()
    shown = {model.id_at(row): model.record(row) for row in range(model.rowCount())}
    assert shown == others


@some
@given(THINGS, st.sets(st.integers(1, 400)))
def test_records_deleted_behind_the_table_are_blank_and_the_others_stay(things, gone):
    model = RecordModel(COLUMNS, Things(things))
    model.reload()
    for record_id in gone & things.keys():
        del model.source.things[record_id]
    model.update_rows(gone)
    for record_id, thing in things.items():
        expected = "" if record_id in gone else thing.name
        assert model.text(model.row_of(record_id), 0) == expected


@some
@given(THINGS)
def test_the_other_order_is_the_same_rows_the_other_way(things):
    model = RecordModel(COLUMNS, Things(things))
    for column in (0, 1):
        model.sort(column, Qt.SortOrder.AscendingOrder)
        up = [model.id_at(row) for row in range(model.rowCount())]
        model.sort(column, Qt.SortOrder.DescendingOrder)
        assert [model.id_at(row) for row in range(model.rowCount())] == up[::-1]


@pytest.mark.parametrize("count", [0, 1, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE])
def test_the_edges_of_pages_lose_no_row(count):
    things = {n: Thing(f"Thing {n}", n) for n in range(count)}
    model = RecordModel(COLUMNS, Things(things))
    model.reload()
    assert [model.text(row, 0) for row in range(count)] == [f"Thing {n}" for n in range(count)]


def test_going_through_more_pages_than_are_kept_shows_all_of_them():
    count = (PAGES_KEPT + 3) * PAGE
    model = RecordModel(COLUMNS, Things({n: Thing(str(n), n) for n in range(count)}))
    model.reload()
    for row in (*range(0, count, PAGE), 0, count - 1):
        assert model.text(row, 0) == str(row)


@some
@given(THINGS, st.lists(st.sampled_from(MOVES), max_size=15), st.booleans())
def test_keys_move_within_the_rows_and_change_no_record(table, things, moves, extend):
    fill(table, things)
    for move in moves:
        press(table, move, SHIFT if extend else Qt.KeyboardModifier.NoModifier)
    assert table.current_id() is None or table.current_id() in things
    assert set(table.selected_ids()) <= things.keys()
    assert table.records.source.things == things


@some
@given(THINGS)
def test_all_rows_can_be_chosen_copied_and_offered_to_be_archived(table, things):
    fill(table, things)
    asked = []
    connection = table.archive_requested.connect(asked.append)
    press(table, Qt.Key.Key_A, CONTROL)
    assert sorted(table.selected_ids()) == sorted(things)
    press(table, Qt.Key.Key_Delete)
    table.archive_requested.disconnect(connection)
    assert asked == ([table.selected_ids()] if things else [])


@some
@given(THINGS)
def test_a_copy_has_one_line_a_row_and_one_cell_a_column(table, things):
    fill(table, things)
    QApplication.clipboard().setText("before")
    press(table, Qt.Key.Key_A, CONTROL)
    press(table, Qt.Key.Key_C, CONTROL)
    text = QApplication.clipboard().text()
    if not things:
        assert text == "before"
        return
    lines = text.split("\n")
    assert lines[0] == "Name\tNumber\tState"
    assert len(lines) == len(things) + 1
    assert {line.count("\t") for line in lines} == {len(COLUMNS) - 1}


@some
@given(THINGS, THINGS, st.integers(1, 400))
def test_the_current_record_stays_current_while_it_is_there(table, things, others, record_id):
    fill(table, things)
    chosen = table.choose(record_id)
    assert chosen == (record_id in things)
    table.records.source.things = dict(others)
    table.reload()
    if chosen and record_id in others:
        assert table.current_id() == record_id


@some
@given(THINGS, st.sampled_from(("", "Ada", "Z", "nobody", "<", "🙂")))
def test_a_filter_shows_what_fits_and_taking_it_off_shows_all(table, things, text):
    fill(table, things)
    table.set_filter({"text": text})
    assert table.count() == sum(text in thing.name for thing in things.values())
    table.set_filter({})
    assert table.count() == len(things)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_drawn_and_hinted_at_as_it_is(table, text):
    fill(table, {1: Thing(text, 1)})
    index = table.records.index(0, 0)
    assert table.records.data(index) == text
    tip = table.records.data(index, Qt.ItemDataRole.ToolTipRole)
    assert tip == "" or "<b>" not in tip
    assert not table.grab().isNull()


def test_a_table_of_nothing_takes_keys_and_the_mouse(table, qtbot):
    opened = []
    table.opened.connect(opened.append)
    for key in (*MOVES, Qt.Key.Key_Return, Qt.Key.Key_Delete):
        press(table, key)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    assert opened == []
    assert table.current_id() is None


@pytest.mark.parametrize(
    "saved",
    [
        {"table/things/sort": ["number", True]},
        {"table/things/sort": ["gone", True]},
        {"table/things/sort": "number"},
        {"table/things/sort": [1, 2, 3]},
        {"table/things/widths": {"name": -5, "number": "x"}},
        {"table/things/widths": [1, 2]},
    ],
)
def test_what_was_remembered_wrongly_does_no_harm(qtbot, saved):
    preferences = Preferences()
    for key, value in saved.items():
        preferences.set(key, value)
    made = RecordTable(COLUMNS, Things({1: Thing("Ada", 1)}), preferences, "things")
    qtbot.addWidget(made)
    made.reload()
    assert made.count() == 1
    assert made.records.order.key in ("name", "number")
    assert all(made.columnWidth(n) > 0 for n in range(len(COLUMNS)))

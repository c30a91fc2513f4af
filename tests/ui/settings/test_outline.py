"""The outline of a course as a table: what is typed, moved, added and taken away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyle, QStyleOptionViewItem

from cit_desktop import catalogs
from cit_desktop.catalogs import Module
from tests.ui.keys import press
from ui import theme
from ui.pages.settings.outline_model import (
    AREA,
    CHOICES,
    DAY,
    DELIVERY,
    HOURS,
    TITLE,
    OutlineModel,
    parse_hours,
)
from ui.pages.settings.outline_table import OutlineTable

LAW = Module(1, "Law", 60, "lecture", "legal")
PLAY = Module(1, "Play", 90, "scenario", "skill")
VISIT = Module(2, "Visit", 240, "", "interpersonal")
THREE = (LAW, PLAY, VISIT)
Role = Qt.ItemDataRole


@pytest.fixture
def model():
    made = OutlineModel()
    made.show_modules(THREE)
    return made


@pytest.fixture
def table(qtbot):
    """A table whose outlines are kept and shown again, as a page does it."""
    made = OutlineTable()
    qtbot.addWidget(made)
    made.kept = []
    made.changed.connect(made.kept.append)
    made.changed.connect(made.show_modules)
    made.resize(700, 300)
    made.show_modules(THREE)
    made.show()
    return made


def at(table, row, column=TITLE):
    table.table.setCurrentIndex(table.model.index(row, column))


def told(model, row, column, value):
    """What typing into a cell would make of the outline; None when it changes nothing."""
    heard = []
    model.changed.connect(heard.append)
    taken = model.setData(model.index(row, column), value)
    assert taken is bool(heard)
    return heard[0] if heard else None


@pytest.mark.parametrize(
    ("column", "typed", "field", "value"),
    [
        (TITLE, "  Law  and\tethics ", "title", "Law and ethics"),
        (HOURS, "1.5", "minutes", 90),
        (HOURS, "45 min", "minutes", 45),
        (HOURS, "24", "minutes", 1440),
        (DELIVERY, "scenario", "delivery", "scenario"),
        (AREA, "technical", "area", "technical"),
    ],
)
def test_a_cell_is_told_in_its_stored_form_and_the_others_stay(model, column, typed, field, value):
    changed = told(model, 0, column, typed)
    assert getattr(changed[0], field) == value
    assert changed[1:] == THREE[1:]
    assert model.modules == THREE  # whoever keeps it shows it again


@pytest.mark.parametrize(
    ("column", "typed"),
    [
        (TITLE, "Law"),
        (TITLE, "  Law "),
        (HOURS, "1"),
        (HOURS, "60 min"),
        (HOURS, "24.1"),
        (HOURS, "0"),
        (HOURS, "soon"),
        (DAY, "1"),
        (DAY, "1.5"),
        (DAY, ""),
        (DAY, "-2"),
    ],
)
def test_what_is_no_change_is_not_told(model, column, typed):
    assert told(model, 0, column, typed) is None


def test_a_part_with_another_day_takes_its_place_among_the_days(model):
    assert told(model, 0, DAY, "2") == (PLAY, Module(2, "Law", 60, "lecture", "legal"), VISIT)


def test_a_cell_can_be_seen_heard_and_pointed_at(model):
    hours = model.index(1, HOURS)
    assert [hours.data(int(role)) for role in (Role.DisplayRole, Role.EditRole)] == ["1.5", "1.5"]
    assert hours.data(Role.AccessibleTextRole) == "Play, Hours, 1.5"
    assert model.index(1, AREA).data(Role.AccessibleTextRole) == "Play, Credit area, skill"
    assert hours.data(Role.ToolTipRole) is None
    assert "Play" in model.index(1, TITLE).data(Role.ToolTipRole)
    assert hours.data(Role.TextAlignmentRole) == Qt.AlignmentFlag.AlignCenter
    assert hours.data(Role.DecorationRole) is None
    assert model.data(QModelIndex(), Role.DisplayRole) is None


def test_the_headings_name_the_columns(model):
    heads = [model.headerData(n, Qt.Orientation.Horizontal, Role.DisplayRole) for n in range(5)]
    assert heads == ["Day", "Part", "Hours", "Delivery", "Credit area"]
    assert model.headerData(0, Qt.Orientation.Vertical, Role.DisplayRole) is None
    middle = [
        model.headerData(n, Qt.Orientation.Horizontal, Role.TextAlignmentRole) for n in range(5)
    ]
    assert [n for n, found in enumerate(middle) if found is not None] == [DAY, HOURS]


def test_a_title_with_marks_of_a_page_is_pointed_at_as_text(model):
    model.show_modules((Module(1, "<b>Law</b>", 60, "", "legal"),))
    assert "<b>" not in model.index(0, TITLE).data(Role.ToolTipRole)
    assert model.index(0, TITLE).data(Role.DisplayRole) == "<b>Law</b>"


def test_an_outline_of_the_same_length_keeps_the_rows(model, qtbot):
    with qtbot.waitSignal(model.dataChanged), qtbot.assertNotEmitted(model.modelReset):
        model.show_modules((PLAY, LAW, VISIT))
    with qtbot.waitSignal(model.modelReset):
        model.show_modules((LAW,))
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.modelReset):
        model.show_modules([LAW])


def test_nothing_is_edited_in_an_outline_for_reading(model):
    assert model.flags(model.index(0, TITLE)) & Qt.ItemFlag.ItemIsEditable
    model.editable = False
    assert not model.flags(model.index(0, TITLE)) & Qt.ItemFlag.ItemIsEditable


@pytest.mark.parametrize(("after", "place", "day"), [(0, 1, 1), (2, 3, 2), (-1, 3, 1), (9, 3, 1)])
def test_a_new_part_stands_under_the_chosen_one_on_its_day(model, after, place, day):
    made = model.with_new(after)
    assert made[place] == Module(day, "New part", 60, "lecture", "technical")
    assert len(made) == 4


days = st.lists(st.integers(0, 3), min_size=1, max_size=7).map(
    lambda steps: [1 + sum(min(step, 1) for step in steps[1 : n + 1]) for n in range(len(steps))]
)


@given(days, st.data())
def test_whatever_is_taken_away_or_moved_the_days_have_no_gap(given_days, data):
    model = OutlineModel()
    model.show_modules([Module(day, f"M{n}", 60, "", "legal") for n, day in enumerate(given_days)])
    row = data.draw(st.integers(0, len(given_days) - 1))
    step = data.draw(st.sampled_from([-1, 1]))
    for changed in (model.without(row), model.moved(row, step), model.with_new(row)):
        if not changed:
            continue
        found = [module.day for module in changed]
        assert found == sorted(found)
        assert set(found) == set(range(1, max(found) + 1))


@given(st.integers(1, 24 * 60))
def test_any_length_is_read_from_its_minutes(minutes):
    assert parse_hours(f"{minutes} min") == minutes
    assert parse_hours(f" {minutes}M ") == minutes


@pytest.mark.parametrize(
    ("text", "most", "minutes"),
    [
        ("40", 24, None),
        ("40", 400, 2400),
        ("400", 400, 24_000),
        ("400.1", 400, None),
        ("inf", 9, None),
    ],
)
def test_a_length_has_a_bound(text, most, minutes):
    assert parse_hours(text, most) == minutes


# The table


def test_the_sum_counts_parts_and_hours(table):
    assert table.sum.text() == "3 parts, 6.5 hours"
    table.show_modules((LAW,))
    assert table.sum.text() == "1 part, 1 hour"


def test_buttons_can_do_what_the_chosen_part_allows(table):
    buttons = (table.remove, table.up, table.down)
    wanted = {0: (True, False, True), 1: (True, True, True), 2: (True, False, False)}
    for row, allowed in wanted.items():
        at(table, row)
        assert tuple(button.isEnabled() for button in buttons) == allowed, row


def test_the_only_part_stays(table, qtbot):
    table.show_modules((LAW,))
    at(table, 0)
    assert not table.remove.isEnabled()
    table.table.setFocus()
    press(table.table, Qt.Key.Key_Delete)
    assert table.kept == []


def test_delete_takes_the_chosen_part_and_its_day_closes_up(table):
    at(table, 0)
    press(table.table, Qt.Key.Key_Delete)
    assert table.kept == [(PLAY, VISIT)]
    at(table, 0)
    press(table.table, Qt.Key.Key_Delete)
    assert table.kept[-1] == (Module(1, "Visit", 240, "", "interpersonal"),)


def test_a_moved_part_stays_chosen_also_into_the_next_day(table, qtbot):
    at(table, 0)
    qtbot.mouseClick(table.down, Qt.MouseButton.LeftButton)
    assert table.kept[-1] == (PLAY, LAW, VISIT)
    assert table.table.currentIndex().row() == 1
    qtbot.mouseClick(table.down, Qt.MouseButton.LeftButton)
    assert [module.day for module in table.kept[-1]] == [1, 2, 2]
    assert table.table.currentIndex().row() == 1
    qtbot.mouseClick(table.up, Qt.MouseButton.LeftButton)
    assert [module.day for module in table.kept[-1]] == [1, 1, 2]


def test_a_part_is_added_to_an_empty_outline_and_waits_for_its_title(table, qtbot):
    table.show_modules(())
    qtbot.mouseClick(table.add, Qt.MouseButton.LeftButton)
    assert table.kept == [(Module(1, "New part", 60, "lecture", "technical"),)]
    editor = table.table.viewport().findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "New part"


def test_an_outline_for_reading_has_no_buttons(table):
    table.set_read_only(True)
    assert not any(b.isVisible() for b in (table.add, table.remove, table.up, table.down))
    table.set_read_only(False)
    assert table.add.isVisible()


@pytest.mark.parametrize("column", [DELIVERY, AREA])
def test_what_is_one_of_a_few_is_chosen_from_a_list(table, column):
    table.table.edit(table.model.index(0, column))
    box = table.table.viewport().findChild(QComboBox)
    assert [box.itemText(n) for n in range(box.count())] == list(CHOICES[column])
    assert box.currentText() == str(table.model.index(0, column).data())
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.count() - 1)
    field = "delivery" if column == DELIVERY else "area"
    assert getattr(table.kept[-1][0], field) == CHOICES[column][-1]


def test_the_choices_are_those_of_the_catalogue():
    assert {DELIVERY: ("", *catalogs.DELIVERIES), AREA: catalogs.AREAS} == CHOICES


def test_a_chosen_row_is_drawn_on_the_ground_of_the_accent(table):
    option = QStyleOptionViewItem()
    option.rect = table.rect()
    option.state = QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Selected
    image = QImage(table.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    table.table.itemDelegate().paint(painter, option, table.model.index(0, TITLE))
    painter.end()
    corner = image.pixelColor(option.rect.width() - 2, 2)
    assert corner.rgb() == theme.colors().accent_ground.rgb()

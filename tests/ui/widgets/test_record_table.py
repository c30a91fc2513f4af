from array import array
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.keys import press
from ui import format as fmt
from ui import theme
from ui.preferences import Preferences
from ui.theme import Scheme
from ui.widgets.record_model import PAGE, PAGES_KEPT, RecordModel
from ui.widgets.record_table import CENTER, RIGHT, Column, Pill, RecordTable, Sort


@dataclass(frozen=True)
class Person:
    name: str
    agency: str | None
    minutes: int


NAMES = ("Allen, Margaret", "Björnsson, Siobhán A", "Nguyễn, Thị Ánh", "<b>Torres</b>, Deborah")


class People:
    """Invented people; remembers what it was asked."""

    def __init__(self, count=40):
        self.people = {
            n: Person(f"{NAMES[n % 4]} {n:04}", None if n % 5 == 0 else f"Agency {n % 3}", n * 30)
            for n in range(count)
        }
        self.asked: list[list[int]] = []

    def ids(self, sort, filter):
        wanted = str(filter.get("text", ""))
        found = [n for n, person in self.people.items() if wanted in person.name]
        if sort is not None:
            found.sort(key=lambda n: str(getattr(self.people[n], sort.key) or ""))
            if sort.descending:
                found.reverse()
        return array("q", found)

    def rows(self, ids):
        self.asked.append(list(ids))
        return {n: self.people[n] for n in ids if n in self.people}


def standing(person):
    return Pill("Ready", "good") if person.minutes > 300 else Pill("Short", "care", "half")


COLUMNS = (
    Column("name", "Name", width=180, bold=True),
    Column("agency", "Agency", width=0, soft=True),
    Column("minutes", "Hours", fmt.hours, RIGHT, width=80),
    Column("minutes", "Standing", align=CENTER, pill=standing, width=110, sortable=False),
)


@pytest.fixture
def people():
    return People()


@pytest.fixture
def model(people):
    made = RecordModel(COLUMNS, people)
    made.reload()
    return made


@pytest.fixture
def table(qtbot, people):
    made = RecordTable(COLUMNS, people, Preferences(), "people")
    qtbot.addWidget(made)
    made.resize(720, 420)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.reload()
    made.setFocus()
    return made


# The model


def test_the_model_keeps_qts_rules(model, qtmodeltester):
    qtmodeltester.check(model, force_py=True)


def test_cells_show_values_as_their_columns_write_them(model):
    assert model.index(3, 0).data() == "<b>Torres</b>, Deborah 0003"
    assert model.index(3, 2).data() == "1.5"
    assert model.index(5, 1).data() == ""
    assert model.index(3, 3).data() == "Short"


def test_numbers_stand_at_the_right(model):
    align = model.index(0, 2).data(Qt.ItemDataRole.TextAlignmentRole)
    assert align & int(Qt.AlignmentFlag.AlignRight)


def test_every_cell_is_read_with_its_row_and_column(model):
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, 0).data(spoken) == "Allen, Margaret 0000"
    assert model.index(1, 1).data(spoken) == "Björnsson, Siobhán A 0001, Agency, Agency 1"
    assert model.index(0, 1).data(spoken) == "Allen, Margaret 0000, Agency, empty"


def test_a_tooltip_shows_a_name_like_markup_as_it_is(model):
    assert "&lt;b>Torres" in model.index(3, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_other_roles_are_answered_with_nothing(model):
    assert model.index(0, 0).data(Qt.ItemDataRole.FontRole) is None


def test_headings_come_from_the_columns(model):
    titles = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(4)]
    assert titles == ["Name", "Agency", "Hours", "Standing"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_one_page_is_asked_for_all_its_rows(model, people):
    for row in range(40):
        model.text(row, 0)
    assert people.asked == [list(range(40))]


def test_only_the_last_pages_are_kept():
    people = People(PAGE * (PAGES_KEPT + 2))
    model = RecordModel(COLUMNS[:1], people)
    model.reload()
    for page in range(PAGES_KEPT + 2):
        model.text(page * PAGE, 0)
    assert len(people.asked) == PAGES_KEPT + 2
    model.text(0, 0)
    assert people.asked[-1][0] == 0
    assert len(people.asked) == PAGES_KEPT + 3


def test_a_record_deleted_meanwhile_is_blank(model, people):
    del people.people[2]
    assert model.text(2, 0) == ""
    assert model.pill(2, 3) is None
    assert model.text(3, 0) != ""


def test_a_changed_record_is_read_again_where_it_stands(model, people, qtbot):
    model.text(0, 0)
    people.people[4] = Person("Young, Zoë", None, 0)
    with qtbot.waitSignal(model.dataChanged):
        model.update_rows({4})
    assert model.text(4, 0) == "Young, Zoë"
    assert model.rowCount() == 40


def test_a_change_elsewhere_reads_nothing(model, people):
    model.text(0, 0)
    asked = len(people.asked)
    model.update_rows({4711})
    model.text(0, 0)
    assert len(people.asked) == asked


def test_sorting_is_left_to_the_source(model):
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert model.order == Sort("minutes", descending=True)
    assert model.id_at(0) == 33


def test_a_column_that_cannot_be_sorted_is_not(model):
    model.sort(3, Qt.SortOrder.AscendingOrder)
    assert model.order is None


def test_a_filter_is_left_to_the_source(model, qtbot):
    with qtbot.waitSignal(model.reloaded) as blocker:
        model.set_filter({"text": "Torres"})
    assert blocker.args == [10]
    assert model.row_of(3) == 0
    assert model.row_of(4) == -1


# The view


def test_enter_opens_the_current_record(table, qtbot):
    table.choose(7)
    with qtbot.waitSignal(table.opened) as blocker:
        press(table, Qt.Key.Key_Return)
    assert blocker.args == [7]


def test_a_double_click_opens_a_record(table, qtbot):
    place = table.visualRect(table.records.index(2, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(table.opened) as blocker:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert blocker.args == [table.records.id_at(2)]


def test_arrows_move_and_tell_the_current_record(table, qtbot):
    table.choose(table.records.id_at(0))
    with qtbot.waitSignal(table.current_changed) as blocker:
        press(table, Qt.Key.Key_Down)
    assert blocker.args == [table.records.id_at(1)]


def test_arrows_move_from_a_chosen_record_whose_first_column_is_left_out(table):
    table.hide_column(table.records.columns[0].key, True)
    table.choose(table.records.id_at(0))
    press(table, Qt.Key.Key_Down)
    assert table.selected_ids() == [table.records.id_at(1)]


def test_choosing_a_record_that_is_not_here_does_nothing(table):
    table.choose(7)
    assert not table.choose(4711)
    assert table.current_id() == 7


def test_the_current_record_stays_current_when_the_order_changes(table):
    table.choose(7)
    table.horizontalHeader().setSortIndicator(2, Qt.SortOrder.DescendingOrder)
    assert table.current_id() == 7
    assert table.records.order == Sort("minutes", descending=True)


def test_the_current_record_stays_current_after_reading_again(table, people):
    table.choose(7)
    del people.people[3]
    table.reload()
    assert table.current_id() == 7
    assert table.count() == 39


def test_a_filter_keeps_the_current_record_if_it_fits(table):
    table.choose(3)
    table.set_filter({"text": "Torres"})
    assert table.current_id() == 3
    table.set_filter({"text": "nobody"})
    assert table.current_id() is None


def test_rows_are_copied_as_excel_reads_them(table, people):
    people.people[1] = Person("Two\nlines\tand a tab", "Phelps Health", 90)
    table.reload()
    table.choose(1)
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().split("\n")
    assert lines == [
        "Name\tAgency\tHours\tStanding",
        "Two lines and a tab\tPhelps Health\t1.5\tShort",
    ]


def test_copying_nothing_leaves_the_clipboard_alone(table):
    QApplication.clipboard().setText("before")
    table.clearSelection()
    table.copy()
    assert QApplication.clipboard().text() == "before"


def test_delete_asks_for_the_chosen_rows_to_be_archived(table, qtbot):
    first = table.records.id_at(0)
    table.choose(first)
    press(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(table.archive_requested) as blocker:
        press(table, Qt.Key.Key_Delete)
    assert blocker.args == [[first, table.records.id_at(1)]]


def test_choosing_all_of_many_rows_is_told_once(qtbot):
    table = RecordTable(COLUMNS, People(5000))
    qtbot.addWidget(table)
    table.reload()
    with qtbot.waitSignal(table.selection_changed):
        table.selectAll()
    assert len(table.selected_ids()) == 5000


def test_an_empty_table_has_no_current_record(qtbot):
    table = RecordTable(COLUMNS, People(0))
    qtbot.addWidget(table)
    table.reload()
    press(table, Qt.Key.Key_Return)
    press(table, Qt.Key.Key_Delete)
    assert table.current_id() is None
    assert table.selected_ids() == []


def test_widths_and_order_are_remembered(qtbot, people, tmp_path):
    path = tmp_path / "window.json"
    table = RecordTable(COLUMNS, people, Preferences(path), "people")
    qtbot.addWidget(table)
    table.setColumnWidth(0, 233)
    table.horizontalHeader().setSortIndicator(2, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(path.exists)
    again = RecordTable(COLUMNS, people, Preferences(path), "people")
    qtbot.addWidget(again)
    assert again.columnWidth(0) == 233
    assert again.records.order == Sort("minutes", descending=True)


@pytest.mark.parametrize("saved", [["nothing", True], ["name"], [1, 2, 3], "name"])
def test_an_order_that_no_longer_exists_is_forgotten(qtbot, people, saved):
    preferences = Preferences()
    preferences.set("table/people/sort", saved)
    table = RecordTable(COLUMNS, people, preferences, "people")
    qtbot.addWidget(table)
    assert table.records.order == Sort("name")


def test_the_column_of_no_width_takes_what_is_left(table):
    before = table.columnWidth(1)
    table.resize(table.width() + 100, table.height())
    assert table.columnWidth(1) == before + 100
    assert sum(table.columnWidth(n) for n in range(4)) == table.viewport().width()


def test_compact_rows_take_effect_at_once(table, the_theme):
    assert table.rowHeight(0) == 34
    the_theme.choose(Scheme.LIGHT, compact=True)
    assert table.rowHeight(0) == 28


def pixel(table, row, x):
    rect = table.visualRect(table.records.index(row, 0))
    return table.viewport().grab().toImage().pixelColor(x, rect.center().y())


def test_the_row_under_the_mouse_is_marked(table, qtbot):
    assert pixel(table, 4, 300) == theme.LIGHT.surface or pixel(table, 4, 300).alpha() == 0
    place = table.visualRect(table.records.index(4, 1)).center()
    qtbot.mouseMove(table.viewport(), place)
    qtbot.waitUntil(lambda: pixel(table, 4, 3) == theme.LIGHT.hover)
    QApplication.sendEvent(table.viewport(), leave())
    assert pixel(table, 4, 3) != theme.LIGHT.hover


def leave():
    from PySide6.QtCore import QEvent

    return QEvent(QEvent.Type.Leave)


def test_a_chosen_row_is_on_accent_ground_with_a_ring_while_it_has_the_focus(table, qtbot):
    table.choose(table.records.id_at(2))
    assert pixel(table, 2, 4) == theme.LIGHT.accent_ground
    assert pixel(table, 2, 0) == theme.LIGHT.accent
    table.clearFocus()
    qtbot.waitUntil(lambda: not table.hasFocus())
    assert pixel(table, 2, 0) == theme.LIGHT.accent_ground


def test_a_state_is_drawn_with_its_shape(table):
    image = table.viewport().grab().toImage()
    rect = table.visualRect(table.records.index(0, 3))
    spots = [QPoint(x, rect.center().y() + 1) for x in range(rect.left(), rect.right())]
    colors = {image.pixelColor(spot).name() for spot in spots}
    assert theme.LIGHT.care.name() in colors


def test_rows_are_drawn_in_dark_too(table, the_theme):
    the_theme.choose(Scheme.DARK)
    table.choose(table.records.id_at(2))
    assert pixel(table, 2, 4) == theme.DARK.accent_ground


def test_tab_leaves_the_table(qtbot, people):
    window = QWidget()
    table = RecordTable(COLUMNS, people, parent=window)
    qtbot.addWidget(window)
    assert not table.tabKeyNavigation()


NARROWED = (
    Column("name", "Name", width=200),
    Column("agency", "Agency", width=200, spare=True),
    Column("minutes", "Hours", width=100, spare=True),
)


def narrowed(qtbot, width):
    made = RecordTable(NARROWED, People(40))
    qtbot.addWidget(made)
    made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.resize(width, 300)
    made.show()
    made.reload()
    return made, [made.isColumnHidden(n) for n in range(3)]


@pytest.mark.parametrize(
    ("width", "hidden"),
    [(600, [False] * 3), (450, [False, False, True]), (300, [False, True, True])],
)
def test_what_can_be_spared_is_left_out_from_the_last_where_there_is_no_room(qtbot, width, hidden):
    made, found = narrowed(qtbot, width)
    assert found == hidden
    assert made.horizontalScrollBar().maximum() == 0


def test_what_was_left_out_comes_back_as_wide_as_it_was(qtbot):
    made, _ = narrowed(qtbot, 300)
    made.resize(600, 300)
    assert [made.columnWidth(n) for n in range(3)] == [200, 200, 100]


def test_columns_become_a_little_narrower_before_a_table_scrolls(qtbot):
    made, _ = narrowed(qtbot, 170)
    assert made.columnWidth(0) == 170
    made.resize(100, 300)
    assert made.columnWidth(0) == 200

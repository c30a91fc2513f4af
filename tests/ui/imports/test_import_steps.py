"""The steps of an import by themselves: file, columns, rows with their detail, and the end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cit_desktop.imports.intake import Decisions, Opened
from cit_desktop.imports.plan import make_plan
from cit_desktop.imports.reading import from_workbook
from cit_desktop.imports.sheet import read
from cit_desktop.services import people
from cit_desktop.services.people import PersonDraft
from cit_desktop.text import sort_key
from tests.ui.imports.import_help import AGENCY_SHEET, add_chapter, add_class, table_of
from ui.pages.imports import rows as import_rows
from ui.pages.imports.columns import ImportColumns
from ui.pages.imports.detail import ImportDetail
from ui.pages.imports.lines import lines_of
from ui.pages.imports.preview import ImportPreview
from ui.pages.imports.source import ImportSource
from ui.preferences import Preferences
from ui.theme import Scheme
from ui.widgets.record_table import Sort

LIST = (
    "First\tLast\tAgency\tEmail\tPhone\tShoe\n"
    "Ana\tIto\tRolla PD\tana@example.org\t573-555-0100\tred\n"
    "Zoë\tMüller\tPhelps Health\tzoe@example.org\t12\tred\n"
    "Bo\t\tRolla PD\tbo(at)example\t\tred\n"
    "Ana\tIto\tRolla PD\tana@example.org\t573-555-0100\tred\n"
    "Total: 4\t\t\t\t\t\n"
)


@pytest.fixture
def show(qtbot):
    def make(widget):
        holder = QWidget()
        QVBoxLayout(holder).addWidget(widget)
        qtbot.addWidget(holder)
        holder.resize(1000, 600)
        holder.show()
        qtbot.waitExposed(holder)
        holder.activateWindow()
        widget.holder = holder
        return widget

    return make


@pytest.fixture
def plan(db):
    add_chapter(db)

    def make(text=LIST, class_id=None, **more):
        with db.read() as session:
            return make_plan(session, table_of(text), class_id, **more)

    return make


# The file ------------------------------------------------------------------------------------


@pytest.fixture
def source(show):
    return show(ImportSource())


def test_without_a_file_the_page_says_what_it_takes(source, qtbot):
    assert source.empty.title.text() == "Drop a list here"
    assert "The file itself is never changed." in source.empty.text.text()
    assert not source.facts.isVisible()
    assert not source.sheet.isVisible()
    with qtbot.waitSignal(source.file_wanted):
        qtbot.keyClick(source.empty.action, Qt.Key.Key_Space)


def test_what_was_found_in_a_file_is_told(source):
    book = read(AGENCY_SHEET)
    source.show_opened(Opened(book, from_workbook(book)), Decisions())
    assert source.name.text() == "agency_sheet_a.xlsx"
    assert source.found.text().endswith("below the headings in line 5.")
    assert "Above the list: “Crisis Intervention Team" in source.notes.text()
    assert source.empty.action.property("kind") == "plain"


def test_another_sheet_is_chosen_by_key(source, qtbot):
    book = read(AGENCY_SHEET)
    source.show_opened(Opened(book, from_workbook(book)), Decisions())
    assert source.sheet.isVisible()
    names = [source.sheet.itemData(n) for n in range(source.sheet.count())]
    assert names == [*(one.name for one in book.sheets), None]
    assert source.sheet.currentData() == "Class list"
    other = next(name for name in names if name != "Class list")
    key = Qt.Key.Key_Down if names.index(other) > names.index("Class list") else Qt.Key.Key_Up
    with qtbot.waitSignal(source.sheet_chosen) as chosen:
        qtbot.keyClick(source.sheet, key)
    assert chosen.args == [other, False]


def test_open_classes_are_offered_and_the_asked_for_one(source, db):
    add_chapter(db)
    first, closed = add_class(db), add_class(db, "CIT40-2025-09", status="finalized")
    assert list(source.show_classes(db, None)) == [first]
    assert source.into.currentData() is None
    assert set(source.show_classes(db, closed)) == {first, closed}
    assert source.into.currentData() == closed


# The columns ---------------------------------------------------------------------------------


@pytest.fixture
def columns(show):
    return show(ImportColumns())


def test_each_column_shows_three_samples_and_its_field(columns):
    columns.show_table(table_of(LIST), Decisions())
    line = columns.lines["Agency"]
    assert line.heading.text() == "Agency"
    assert line.samples.text() == "Rolla PD · Phelps Health"
    assert line.field.currentText() == "Agency"
    assert line.sure.pill.text == "Sure"
    assert line.sure.toolTip() == "<span>By its heading</span>"


def test_a_column_that_is_not_known_is_marked_and_left_out(columns):
    columns.show_table(table_of(LIST), Decisions())
    assert columns.lines["Shoe"].field.currentData() is None
    assert columns.lines["Shoe"].sure.pill.text == "Not known"


def test_a_choice_by_key_is_told_with_its_heading(columns, qtbot):
    columns.show_table(table_of(LIST), Decisions())
    with qtbot.waitSignal(columns.field_chosen) as chosen:
        qtbot.keyClicks(columns.lines["Shoe"].field, "Note")
    assert chosen.args == ["Shoe", "note"]


def test_the_wheel_over_a_column_changes_nothing(columns):
    columns.show_table(table_of(LIST), Decisions())
    field = columns.lines["Shoe"].field
    assert field.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_what_somebody_chose_is_called_their_choice(columns):
    columns.show_table(table_of(LIST), Decisions())
    chosen = {"Shoe": "note"}
    columns.update_table(table_of(LIST, mapping_override=chosen), Decisions(columns=chosen))
    assert columns.lines["Shoe"].field.currentText() == "Note"
    assert columns.lines["Shoe"].sure.pill.text == "Your choice"
    assert columns.lines["Shoe"].sure.toolTip() == ""


DAYS = "First\tLast\tDone\nAna\tIto\t03/04/2025\nBo\tLi\t05/06/2025\n"


def test_a_doubtful_column_comes_first_with_its_question(columns, qtbot):
    columns.show_table(table_of(DAYS, mapping_override={"Done": "completed"}), Decisions())
    assert list(columns.lines) == ["Done", "First", "Last"]
    question = columns.lines["Done"].question
    assert not any(made.isChecked() for made in question.choices.values())
    with qtbot.waitSignal(columns.order_chosen) as chosen:
        question.choices["dmy"].click()
    assert chosen.args == ["Done", "dmy"]


def test_an_answered_question_stays_so_that_it_can_be_answered_otherwise(columns):
    kept = {"mapping_override": {"Done": "completed"}}
    columns.show_table(table_of(DAYS, **kept), Decisions())
    columns.lines["Done"].question.choices["dmy"].setChecked(True)
    orders = {"Done": "dmy"}
    columns.update_table(table_of(DAYS, day_orders=orders, **kept), Decisions(orders=orders))
    assert columns.lines["Done"].question.choices["dmy"].isChecked()


def test_a_column_that_holds_no_days_any_more_asks_nothing(columns):
    columns.show_table(table_of(DAYS, mapping_override={"Done": "completed"}), Decisions())
    decided = Decisions(columns={"Done": None})
    columns.update_table(table_of(DAYS, mapping_override={"Done": None}), decided)
    assert columns.lines["Done"].question is None


def test_the_focus_goes_to_the_first_column(columns):
    columns.show_table(table_of(LIST), Decisions())
    columns.focus_first()
    assert columns.lines["First"].field.hasFocus()


def test_headings_stay_text_and_long_ones_end_in_dots(columns):
    heading = "<b>Which agency do you work for, and since when, please?</b> " * 3
    columns.show_table(
        table_of(f"First\tLast\t{heading.strip()}\nAna\tIto\tx\nBo\tLi\ty\n"), Decisions()
    )
    line = columns.lines[heading.strip()]
    assert line.heading.textFormat() == Qt.TextFormat.PlainText
    assert line.heading.is_elided()


# The rows ------------------------------------------------------------------------------------


@pytest.fixture
def rows(plan):
    made = import_rows.PlanRows()
    made.show(plan())
    return made


def test_rows_stand_in_the_order_of_the_file_or_of_a_column(rows):
    assert rows.ids(None, {}) == [2, 3, 4, 5, 6]
    assert rows.ids(Sort("line", True), {}) == [6, 5, 4, 3, 2]
    assert [rows.planned(n).kind for n in rows.ids(Sort("kind"), {})] == [
        "new",
        "new",
        "same",
        "skipped",
        "problem",
    ]
    assert rows.ids(Sort("name"), {"kind": "new"}) == [2, 3]


@pytest.mark.parametrize("key", ["line", "kind", "name", "agency", "number", "will"])
def test_every_column_can_be_sorted(rows, key):
    ids = rows.ids(Sort(key), {})
    assert sorted(ids) == [2, 3, 4, 5, 6]
    lines = rows.rows(ids)
    if key in ("line", "agency", "number", "will"):
        shown = [sort_key(str(getattr(lines[number], key))) for number in ids]
        assert shown == sorted(shown)


def test_what_was_prepared_beside_the_window_is_not_made_again(plan):
    made = plan()
    lines = lines_of(made)
    lines.prepare()
    keys = {key: lines.sort_keys(key) for key in lines.sorted_by}
    rows = import_rows.PlanRows()
    rows.show(made, lines)
    assert set(keys) == {column.key for column in import_rows.COLUMNS if column.sortable} - {
        "line",
        "kind",
    }
    lines.rows = {}  # nothing is asked of the rows again
    assert all(lines.sort_keys(key) is keys[key] for key in keys)
    assert rows.has_numbers is False
    assert (rows.tells_who, lines.doubtful) == (True, 2)


def test_equal_rows_stay_in_the_order_of_the_file(rows):
    assert rows.ids(Sort("kind"), {"kind": "new"}) == [2, 3]
    assert rows.ids(Sort("kind", True), {"kind": "new"}) == [2, 3]


def test_filters_and_their_counts_agree(rows):
    for chip in rows.chips():
        assert len(rows.ids(None, {"kind": chip.key})) == chip.count
    assert sum(chip.count for chip in rows.chips()[1:-1]) == rows.chips()[0].count


def test_a_row_that_is_nobody_shows_what_stands_in_it(rows):
    line = rows.rows([6])[6]
    assert line.name == "Total: 4"
    assert not import_rows.can_choose(rows.planned(6), rows.source(6))


def test_rows_without_a_plan_are_none():
    empty = import_rows.PlanRows()
    assert empty.ids(None, {}) == []
    assert empty.rows([1]) == {}


# The preview ---------------------------------------------------------------------------------


@pytest.fixture
def preview(show, plan):
    made = show(ImportPreview(Preferences()))
    made.show_plan(plan(), Decisions())
    return made


def test_chips_filter_the_rows(preview, qtbot):
    assert preview.table.count() == 5
    preview.chips.chips["problem"].click()
    assert preview.table.count() == 1
    preview.chips.chips["problem"].setFocus()
    qtbot.keyClick(preview.chips.chips["problem"], Qt.Key.Key_Right)
    assert preview.chips.current() == "look"


def test_a_filter_or_another_plan_chooses_no_row(preview, plan):
    preview.table.setFocus()  # which makes the first row the current one
    preview.chips.choose("new")
    preview.show_plan(plan(default="update"), Decisions())
    assert preview.table.selected_ids() == []
    assert preview.detail.texts()[0] == "About this list"


def test_the_choice_for_known_people_shows_only_where_there_are_some(preview, plan, db):
    assert not preview.bar.isVisible()
    with db.operation("Add person") as session:
        people.add(session, PersonDraft(last="Ito", first="Ana", email="ana@example.org"))
    preview.show_plan(plan(), Decisions())
    assert preview.bar.isVisible()


def test_without_a_row_the_pane_tells_of_the_whole_list(preview, plan, db):
    said = preview.detail.texts()
    assert said[0] == "About this list"
    assert "Left out: “Shoe”." in said
    assert "2 agencies are added" in said
    crowded = add_class(db, seats=1)
    preview.show_plan(plan(class_id=crowded), Decisions())
    assert any("has 1 seat and would have 2 people" in text for text in preview.detail.texts())


def test_a_new_person_is_shown_field_by_field(preview):
    preview.table.selectRow(0)
    said = preview.detail.texts()
    assert said[:3] == ["Ito, Ana", "Row 2 of Pasted rows", "New"]
    assert said[said.index("Phone") + 1] == "(573) 555-0100"
    assert said[said.index("E-mail") + 1] == "ana@example.org"
    assert said[said.index("Agency") + 1] == "Rolla PD"


def test_a_problem_says_where_what_and_what_to_do(preview):
    preview.table.selectRow(2)
    said = preview.detail.texts()
    where = said.index("Row 4, column “Email”")
    assert said[where - 1] == "Wrong"
    assert "Expected something like name@example.org" in said[where + 1]
    assert preview.detail.choices == {}
    assert "As it stands in the file" in said


def test_old_and_new_stand_beside_each_other(preview, plan, db):
    with db.operation("Add person") as session:
        draft = PersonDraft(last="Ito", first="Ana", email="ana@example.org", phone="5735550199")
        people.add(session, draft)
    preview.show_plan(plan(default="update"), Decisions())
    preview.table.selectRow(0)
    said = preview.detail.texts()
    place = said.index("Phone")
    assert said[place + 1 : place + 3] == ["(573) 555-0199", "(573) 555-0100"]
    preview.show_plan(plan(), Decisions())
    assert "Differs and stays" in preview.detail.texts()


def test_the_person_of_a_known_row_can_be_opened(preview, plan, db, qtbot):
    with db.operation("Add person") as session:
        known = people.add(session, PersonDraft(last="Ito", first="Ana", email="ana@example.org"))
    preview.show_plan(plan(), Decisions())
    preview.table.selectRow(0)
    link = next(b for b in preview.detail.findChildren(QWidget) if "Open in" in _text(b))
    with qtbot.waitSignal(preview.person_wanted) as wanted:
        link.click()
    assert wanted.args == [known]


def _text(widget):
    return widget.text() if hasattr(widget, "text") else ""


def test_nothing_can_be_decided_about_totals_and_notes(preview, qtbot):
    with qtbot.assertNotEmitted(preview.decided):
        preview.table.selectRow(4)
        qtbot.keyClick(preview.table, Qt.Key.Key_Delete)


def test_a_chosen_row_stays_chosen_when_the_plan_changes(preview, plan):
    preview.table.selectRow(1)
    preview.show_plan(plan(choices={3: "skip"}), Decisions())
    assert preview.table.selected_ids() == [3]
    assert preview.detail.choices["skip"].isChecked()


def test_another_list_starts_without_a_choice(preview, plan):
    preview.table.selectRow(1)
    preview.chips.chips["new"].click()
    preview.forget()
    preview.show_plan(plan(), Decisions())
    assert preview.table.selected_ids() == []
    assert preview.chips.current() == "all"


def test_the_pane_breaks_long_addresses_but_speaks_them_whole(show, plan):
    detail = show(ImportDetail())
    long = "a.very.long.address.of.somebody@department.of.a.county.example.org"
    made = plan(f"First\tLast\tEmail\nAna\tIto\t{long}\nBo\tLi\tbo@example.org\n")
    detail.show_row(made.rows[0], made)
    assert long in detail.texts()
    assert detail.widget().width() <= detail.viewport().width()


def test_old_and_new_fit_into_the_pane_however_long(show, plan, db):
    with db.operation("Add person") as session:
        draft = PersonDraft(last="Ito", first="Ana", email="ana@example.org", note="Old " * 40)
        people.add(session, draft)
    detail = show(ImportDetail())
    note = "A much longer note " * 20
    text = f"First\tLast\tEmail\tNote\nAna\tIto\tana@example.org\t{note}\nBo\tLi\t\ty\n"
    made = plan(text, default="update")
    assert made.rows[0].changes[0].before.startswith("Old")
    detail.holder.resize(320, 600)
    detail.show_row(made.rows[0], made)
    assert detail.widget().minimumSizeHint().width() <= detail.viewport().width()


def test_a_shorter_text_of_an_empty_page_takes_less_room(source):
    high = source.empty.text.height()
    source.empty.say("Drop a list here", "One line.", "&Choose a file…")
    assert source.empty.text.maximumHeight() < high


def test_markup_in_a_file_stays_text(show, plan):
    detail = show(ImportDetail())
    made = plan("First\tLast\tNote\nAna\tIto\t<b>x</b>\nBo\tLi\ty\n")
    detail.show_row(made.rows[0], made)
    assert "<b>x</b>" in detail.texts()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_the_preview_draws_in_both_schemes(preview, theme, scheme):
    theme.choose(scheme)
    preview.table.selectRow(2)
    picture = preview.grab().toImage()
    colors = {picture.pixelColor(x, y).name() for x in range(0, 900, 9) for y in range(0, 500, 9)}
    assert theme_surface(scheme) in colors


def theme_surface(scheme):
    return {Scheme.LIGHT: "#ffffff", Scheme.DARK: "#1b2026"}[scheme]

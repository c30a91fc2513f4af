"""The parts that forms of people are made of, each by itself."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from cit_desktop.errors import Refused
from cit_desktop.services import agencies, people
from cit_desktop.services.people import EmploymentView, NumberDraft, NumberView
from tests.ui.keys import press, type_text
from ui.pages.agencies.spellings_editor import SpellingsEditor
from ui.pages.people import fields as person_fields
from ui.pages.people import saving as person_saving
from ui.pages.people.employments_editor import EmploymentsEditor
from ui.pages.people.numbers_editor import NumbersEditor
from ui.pages.pill_label import PillLabel
from ui.widgets.marks import Pill
from ui.widgets.record_view import RecordView

POST = NumberView(1, "MO POST license", "0001")
EMT = NumberView(2, "EMT", "77")
ROLLA = EmploymentView(1, 1, "Rolla Police Department", "Officer", date(2020, 1, 1), None, True)
SALEM = EmploymentView(2, 2, "Salem Police Department", "", None, date(2019, 12, 31), False)


@pytest.fixture
def window(qtbot):
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.resize(600, 600)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def put(window, widget):
    window.layout().addWidget(widget)
    widget.show()
    return widget


# State numbers


@pytest.fixture
def numbers(window):
    made = put(window, NumbersEditor())
    made.told = []
    made.added.connect(lambda draft: made.told.append(("added", draft)))
    made.changed.connect(lambda key, draft: made.told.append(("changed", key, draft)))
    made.removed.connect(lambda key: made.told.append(("removed", key)))
    made.show_numbers([POST, EMT], "MO POST license")
    return made


def test_each_number_has_a_row_and_there_is_one_to_add(numbers):
    shown = [(kind.text(), number.text()) for kind, number in numbers.lines]
    assert shown == [("MO POST license", "0001"), ("EMT", "77"), ("MO POST license", "")]


def test_leaving_a_row_as_it_was_tells_nobody(numbers):
    for kind, number in numbers.lines:
        kind.editingFinished.emit()
        number.editingFinished.emit()
    assert numbers.told == []


def test_a_kind_is_changed_with_its_number(numbers):
    kind, _number = numbers.lines[1]
    kind.setText("EMT  license")
    kind.editingFinished.emit()
    assert numbers.told == [("changed", 2, NumberDraft("EMT license", "77"))]


def test_a_cross_removes_the_number_of_its_row(numbers):
    crosses = [w for w in numbers.findChildren(QWidget) if "Remove" in w.accessibleName()]
    assert [cross.accessibleName() for cross in crosses] == [
        "Remove MO POST license 0001",
        "Remove EMT 77",
    ]
    crosses[1].click()
    assert numbers.told == [("removed", 2)]


def test_a_refused_number_is_told_once_until_it_differs(numbers):
    _kind, number = numbers.lines[-1]
    for text in ("5", "5", "6"):
        number.setText(text)
        number.editingFinished.emit()
    assert [draft.number for _what, draft in numbers.told] == ["5", "6"]


def test_the_cursor_stays_where_it_was_when_the_rows_are_made_anew(numbers):
    numbers.lines[2][1].setFocus()
    numbers.show_numbers([POST, EMT, NumberView(3, "EMT", "78")], "MO POST license")
    assert numbers.lines[2][1].hasFocus()


def test_the_same_numbers_leave_what_is_typed(numbers):
    numbers.lines[2][1].setText("half")
    numbers.show_numbers([POST, EMT], "MO POST license")
    assert numbers.lines[2][1].text() == "half"


# Employments


@pytest.fixture
def employments(window):
    made = put(window, EmploymentsEditor(lambda: ["Rolla Police Department", "Phelps Health"]))
    made.told = []
    made.saved.connect(lambda view, values: made.told.append((view, values)))
    made.show_employments([ROLLA, SALEM])
    return made


def test_each_employment_has_its_days(employments):
    values = [line.values() for line in employments.rows]
    assert values[0]["starts"] == date(2020, 1, 1)
    assert values[1]["ends"] == date(2019, 12, 31)
    assert values[2] == {"agency": "", "title": "", "starts": None, "ends": None}


def test_leaving_an_employment_as_it_was_tells_nobody(employments):
    for line in employments.rows:
        for editor in line.editors.values():
            editor.committed.emit()
    assert employments.told == []


def test_a_title_alone_does_not_add_an_employment(employments):
    title = employments.rows[2].editors["title"]
    title.widget.setText("Officer")
    title.committed.emit()
    assert employments.told == []


def test_a_changed_day_is_told_with_the_whole_row(employments):
    ends = employments.rows[0].editors["ends"]
    ends.line.setText("6/30/2026")
    ends.line.editingFinished.emit()
    view, values = employments.told[0]
    assert view is ROLLA
    assert values == {
        "agency": "Rolla Police Department",
        "title": "Officer",
        "starts": date(2020, 1, 1),
        "ends": date(2026, 6, 30),
    }


def test_an_emptied_day_is_told_as_none(employments):
    starts = employments.rows[0].editors["starts"]
    starts.line.setText("")
    starts.line.editingFinished.emit()
    assert employments.told[0][1]["starts"] is None


def test_a_text_that_is_no_day_is_not_told(employments):
    starts = employments.rows[0].editors["starts"]
    starts.line.setText("sometime")
    starts.line.editingFinished.emit()
    assert employments.told == []


def test_a_refused_employment_is_told_once_until_it_differs(employments):
    ends = employments.rows[0].editors["ends"]
    for text in ("1/1/2001", "1/1/2001", "1/2/2001"):
        ends.line.setText(text)
        ends.line.editingFinished.emit()
    assert len(employments.told) == 2


def test_the_cross_of_an_employment_names_it(employments, qtbot):
    crosses = [w for w in employments.findChildren(QWidget) if "Remove" in w.accessibleName()]
    assert crosses[0].accessibleName() == "Remove the employment at Rolla Police Department"
    with qtbot.waitSignal(employments.removed) as blocker:
        crosses[1].click()
    assert blocker.args == [2]


def test_every_field_of_an_employment_has_a_name_for_screen_readers(employments):
    names = [editor.widget.accessibleName() for editor in employments.rows[0].editors.values()]
    assert names == [
        "Agency, Rolla Police Department",
        "Title, Rolla Police Department",
        "From, Rolla Police Department",
        "To, Rolla Police Department",
    ]


def test_the_cursor_stays_in_its_employment(employments):
    employments.rows[1].editors["title"].widget.setFocus()
    employments.show_employments([ROLLA])
    assert employments.rows[1].editors["title"].widget.hasFocus()


# Spellings


def test_spellings_are_lines_with_a_cross_each(window, qtbot):
    editor = put(window, SpellingsEditor())
    editor.show_spellings([(7, "Rolla PD"), (9, "RPD")])
    crosses = [w for w in editor.findChildren(QWidget) if "Remove" in w.accessibleName()]
    with qtbot.waitSignal(editor.removed) as blocker:
        crosses[1].click()
    assert blocker.args == [9]


def test_an_empty_spelling_is_not_told(window):
    editor = put(window, SpellingsEditor())
    told = []
    editor.added.connect(told.append)
    editor.line.setText("   ")
    press(editor.line, Qt.Key.Key_Return)
    editor.line.setText("  Rolla   PD ")
    press(editor.line, Qt.Key.Key_Return)
    assert told == ["Rolla PD"]


# Pills


def test_a_pill_is_said_to_screen_readers_and_hidden_without_a_state(window):
    label = put(window, PillLabel())
    label.show_pill(Pill("Refresher due", "care", "half"))
    assert label.accessibleName() == "Refresher due"
    assert label.isVisible()
    wide = label.sizeHint().width()
    label.show_pill(Pill("Current", "good", "check"))
    assert label.sizeHint().width() < wide
    label.show_pill(None)
    assert not label.isVisible()


def test_a_pill_is_drawn_in_its_color(window):
    label = put(window, PillLabel())
    label.show_pill(Pill("Expired", "wrong", "cross"))
    picture = label.grab().toImage()
    colors = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    assert "#b3261e" in colors


# Fields


def test_known_values_are_offered_when_one_begins_to_type(window):
    line = put(window, QLineEdit())
    offer = person_fields.Offer(line, lambda: ["Rolla Police Department", "Phelps Health"])
    assert offer.model.stringList() == []
    line.setFocus()
    assert offer.model.stringList() == ["Rolla Police Department", "Phelps Health"]
    type_text(line, "poli")
    assert line.completer().currentCompletion() == "Rolla Police Department"


def test_counties_offered_begin_with_those_of_the_chapter(chapter):
    found = person_fields.known_counties(chapter.context)
    assert found[:2] == ["Phelps", "Pulaski"]
    assert "Dent" in found
    assert len(found) == len(set(found))


def test_the_number_is_called_as_in_the_state_of_the_chapter(chapter, context):
    assert person_fields.number_kind(context) == "MO POST license"


def test_boxes_can_be_narrower_than_their_longest_choice(window):
    form = RecordView(person_fields.kind_fields())
    person_fields.narrow_combos(form)
    put(window, form)
    box = form.editor("discipline")
    assert isinstance(box, QComboBox)
    assert box.minimumSizeHint().width() < 200


def test_what_is_being_typed_is_left_alone_and_the_rest_follows(window):
    form = put(window, RecordView(person_fields.name_fields()))
    form.set_values({"first": "Ana", "last": "Ito"})
    line = form.editor("first")
    line.setFocus()
    type_text(line, "belle")
    typed = line.text()
    person_fields.show_values(form, {"first": "Anna", "last": "Smith"})
    assert line.text() == typed
    assert form.values()["last"] == "Smith"


# Saving


def test_a_title_without_an_agency_is_refused(chapter):
    with pytest.raises(Refused, match="needs an agency"):
        chapter.do(person_saving.set_title, chapter.people["Young"], None, "Officer")


def test_the_same_agency_again_changes_nothing(chapter):
    view = chapter.person("Ito")
    before = chapter.steps()
    said = chapter.do(person_saving.set_agency, view.id, view.current, "rolla police department")
    assert said == ""
    assert chapter.steps() <= before + 1
    assert len(chapter.person("Ito").employments) == 1


def test_no_agency_where_there_was_none_changes_nothing(chapter):
    before = chapter.steps()
    assert chapter.do(person_saving.set_agency, chapter.people["Young"], None, "") == ""
    assert chapter.steps() == before


def test_the_first_agency_has_no_former_one_to_speak_of(chapter):
    said = chapter.do(person_saving.set_agency, chapter.people["Young"], None, "Phelps Health")
    assert said == "Saved as the agency of today."
    assert chapter.person("Young").current.starts is None


def test_a_title_that_was_empty_is_filled_in(chapter):
    chapter.do(person_saving.set_agency, chapter.people["Young"], None, "Phelps Health")
    view = chapter.person("Young")
    assert chapter.do(person_saving.set_title, view.id, view.current, "Nurse") == ""
    assert [e.title for e in chapter.person("Young").employments] == ["Nurse"]


def test_a_draft_tells_which_agency_is_new(chapter):
    with chapter.context.db.read() as session:
        draft, new = person_saving.draft_of(session, {"last": "Cruz", "agency": "Salem PD"})
        assert (draft.agency_id, new) == (None, "Salem PD")
        draft, new = person_saving.draft_of(session, {"last": "Cruz", "agency": "Phelps Health"})
        assert (draft.agency_id, new) == (chapter.agencies["Phelps Health"], "")


def test_a_refused_person_leaves_no_new_agency(chapter):
    result = chapter.context.commands.do(
        "Add person", person_saving.add_person, {"last": "", "agency": "Salem PD"}
    )
    assert result.error is not None
    assert chapter.ask(agencies.by_spelling, "Salem PD") is None


def test_an_empty_number_is_no_number(chapter):
    added = chapter.do(person_saving.add_person, {"last": "Cruz", "number": "", "kind": "EMT"})
    assert chapter.ask(people.view, added).numbers == ()

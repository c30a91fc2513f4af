from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from cit_desktop.errors import Busy, FileProblem
from tests.ui.keys import press, type_text
from ui.opening.first_chapter import STEPS
from ui.opening.welcome import Trouble, Welcome, choose_records
from ui.widgets.rail import Rail


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CIT_DESKTOP_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def welcome(qtbot):
    made = Welcome()
    qtbot.addWidget(made)
    made.resize(1084, 740)
    made.show()
    made.activateWindow()
    return made


def next_step(first, qtbot):
    qtbot.mouseClick(first.forward, Qt.MouseButton.LeftButton)


def test_the_first_choice_has_the_focus_and_enter_begins(welcome, qtbot):
    welcome.setFocus()
    assert welcome.begin.hasFocus()
    press(welcome.begin, Qt.Key.Key_Space)
    assert welcome.stack.currentIndex() == 1
    assert welcome.first.name.hasFocus()


def test_the_three_questions_make_a_draft(welcome, qtbot, home):
    first = welcome.first
    welcome.ask()
    assert first.heading.text() == STEPS[0]
    type_text(first.name, "Ozark Ridge CIT Council")
    first.word.setCurrentIndex(1)
    press(first.name, Qt.Key.Key_Return)
    assert first.heading.text() == STEPS[1]
    names = [first.counties.list.item(row).text() for row in range(first.counties.list.count())]
    assert len(names) == 115
    first.counties.list.setCurrentRow(names.index("Phelps"))
    press(first.counties.list, Qt.Key.Key_Space)
    assert first.counties.chosen.text() == "1 chosen: Phelps"
    next_step(first, qtbot)
    type_text(first.signers[0][0], "Dana Reyes")
    type_text(first.signers[0][1], "Coordinator")
    assert first.forward.text() == "Be&gin"
    assert not first.skip.isVisible()
    with qtbot.waitSignal(welcome.created) as made:
        next_step(first, qtbot)
    path, draft = made.args
    assert path == home / "Ozark Ridge CIT Council.cit"
    assert draft == {
        "name": "Ozark Ridge CIT Council",
        "word": "council",
        "state": "MO",
        "counties": ["Phelps"],
        "signers": [{"name": "Dana Reyes", "title": "Coordinator"}],
    }


def test_every_question_can_be_skipped(welcome, qtbot):
    welcome.ask()
    with qtbot.waitSignal(welcome.created) as made:
        qtbot.mouseClick(welcome.first.skip, Qt.MouseButton.LeftButton)
    path, draft = made.args
    assert path.name == "My CIT chapter.cit"
    assert (draft["counties"], draft["signers"]) == ([], [])


def test_a_state_without_a_list_takes_typed_counties(welcome, qtbot):
    first = welcome.first
    welcome.ask()
    next_step(first, qtbot)
    first.state.setCurrentIndex(first.state.findData("WY"))
    assert first.counties.typed.isVisible()
    assert not first.counties.list.isVisible()
    type_text(first.counties.typed, "Albany, Teton ,")
    assert first.counties.counties() == ["Albany", "Teton"]


def test_a_name_that_is_taken_goes_back_to_the_first_question(welcome, qtbot, home):
    (home / "My CIT chapter.cit").touch()
    welcome.ask()
    next_step(welcome.first, qtbot)
    qtbot.mouseClick(welcome.first.skip, Qt.MouseButton.LeftButton)
    assert welcome.first.heading.text() == STEPS[0]
    assert "already" in welcome.first.problem.text()
    assert welcome.first.problem.isVisible()


def test_escape_goes_back_question_by_question(welcome, qtbot):
    qtbot.mouseClick(welcome.begin, Qt.MouseButton.LeftButton)
    next_step(welcome.first, qtbot)
    press(welcome.first, Qt.Key.Key_Escape)
    assert welcome.first.heading.text() == STEPS[0]
    press(welcome.first, Qt.Key.Key_Escape)
    assert welcome.stack.currentIndex() == 0
    assert welcome.begin.hasFocus()


def test_each_question_begins_with_its_first_field(welcome, qtbot):
    first = welcome.first
    welcome.ask()
    assert first.name.hasFocus()
    next_step(first, qtbot)
    assert first.state.hasFocus()
    next_step(first, qtbot)
    assert first.signers[0][0].hasFocus()


def test_the_folder_can_be_changed(welcome, tmp_path):
    welcome.ask()
    welcome.first._take_folder(str(tmp_path / "elsewhere"))
    assert welcome.first.path().parent == tmp_path / "elsewhere"
    assert str(tmp_path / "elsewhere") in welcome.first.place.text()


def test_files_opened_before_are_offered_while_they_exist(qtbot, tmp_path):
    there, gone = tmp_path / "Ozark.cit", tmp_path / "Gone.cit"
    there.touch()
    page = Welcome([there, gone])
    qtbot.addWidget(page)
    assert [again.text() for again in page.recent] == ["Ozark"]
    with qtbot.waitSignal(page.opened) as found:
        page.recent[0].click()
    assert found.args == [there]


def test_the_sample_is_one_click_away(welcome, qtbot):
    with qtbot.waitSignal(welcome.sample_wanted):
        qtbot.mouseClick(welcome.sample, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("can_return", [True, False])
def test_the_way_back_is_there_when_records_are_open(qtbot, can_return):
    page = Welcome(can_return=can_return)
    qtbot.addWidget(page)
    page.show()
    assert page.back.isVisible() is can_return


def test_records_are_chosen_with_the_systems_dialog(welcome, qtbot, tmp_path):
    chosen = []
    dialog = choose_records(welcome, chosen.append)
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFile
    dialog.fileSelected.emit(str(tmp_path / "x.cit"))
    assert chosen == [Path(tmp_path / "x.cit")]
    dialog.close()


def test_every_field_has_a_name_to_be_heard(welcome):
    first = welcome.first
    fields = [first.name, first.counties.list, first.counties.typed]
    fields += [field for pair in first.signers for field in pair]
    assert all(field.accessibleName() for field in fields)


# Trouble


def labels(page):
    return [choice.text() for choice in page.buttons]


def test_trouble_says_what_is_wrong_and_what_to_do(qtbot, tmp_path):
    error = FileProblem("“a.cit” is damaged.", "Restore the newest backup.")
    page = Trouble(error, tmp_path / "a.cit")
    qtbot.addWidget(page)
    assert page.message.text() == "“a.cit” is damaged."
    assert labels(page) == ["&Try again", "Restore a &backup…", "Choose &another file…"]
    with qtbot.waitSignal(page.restore):
        page.buttons[1].click()


def test_records_in_use_are_not_offered_to_be_replaced(qtbot, tmp_path):
    page = Trouble(Busy("In use."), tmp_path / "a.cit", in_use=True, can_take_over=True)
    qtbot.addWidget(page)
    assert labels(page) == [
        "&Try again",
        "Open for &reading only",
        "Take the fi&le over",
        "Choose &another file…",
    ]
    with qtbot.waitSignal(page.take_over):
        page.buttons[2].click()


def test_the_rail_is_dimmed_while_it_cannot_be_used(qtbot):
    rail = Rail()
    qtbot.addWidget(rail)
    rail.add("today", "Today", "today")
    rail.select("today")
    rail.show()
    lively = rail.grab().toImage()
    rail.setEnabled(False)
    assert rail.grab().toImage() != lively

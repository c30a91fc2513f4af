from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QWidget

from tests.ui.answers import Answers
from ui.saving import FileDialogs, Opener, Saved, Saver
from ui.widgets.saved_banner import SavedBanner


@pytest.fixture
def answers(tmp_path):
    return Answers(tmp_path / "out" / "Class roster.xlsx")


@pytest.fixture
def saver(context, qtbot, answers, tmp_path, monkeypatch):
    monkeypatch.setenv("CIT_DESKTOP_HOME", str(tmp_path))
    (tmp_path / "out").mkdir()
    parent = QWidget()
    qtbot.addWidget(parent)
    made = Saver(context, parent, answers, Opener(lambda _url: True))
    made.keep = parent
    return made


def test_a_file_is_written_where_the_dialog_said(saver, qtbot, answers):
    told = []
    with qtbot.waitSignal(saver.saved) as blocker:
        saver.save_file(
            "Save class roster", "A/B: roster", ".xlsx", lambda _p: b"book", then=told.append
        )
    saved = blocker.args[0]
    assert answers.answer.read_bytes() == b"book"
    assert saved.paths == (answers.answer,)
    assert saved.text == "Saved “Class roster.xlsx” in out."
    assert told == [saved]


def test_the_name_offered_is_fit_for_a_file(saver, answers):
    answers.answer = None
    saver.save_file("Save class roster", "A/B: roster", ".xlsx", lambda _p: b"")
    title, suggested = answers.asked[0]
    assert title == "Save class roster"
    assert suggested.name == "A-B- roster.xlsx"


def test_cancelling_the_dialog_does_nothing(saver, answers, tmp_path):
    answers.answer = None
    saver.save_file("Save", "x", ".pdf", lambda _p: pytest.fail("was made"))
    assert list((tmp_path / "out").iterdir()) == []


def test_the_next_dialog_starts_in_the_folder_of_the_last(saver, qtbot, answers):
    with qtbot.waitSignal(saver.saved):
        saver.save_file("Save", "x", ".xlsx", lambda _p: b"1")
    saver.save_file("Save", "y", ".xlsx", lambda _p: b"2")
    assert answers.asked[1][1] == answers.answer.parent / "y.xlsx"


def test_a_forgotten_ending_is_added_without_replacing_another_file(saver, qtbot, answers):
    there = answers.answer
    there.write_bytes(b"old")
    answers.answer = there.with_suffix("")
    with qtbot.waitSignal(saver.saved) as blocker:
        saver.save_file("Save", "x", ".xlsx", lambda _p: b"new")
    assert there.read_bytes() == b"old"
    assert blocker.args[0].paths[0].name == "Class roster (2).xlsx"


def test_what_cannot_be_written_is_told_and_leaves_nothing(saver, qtbot, answers, context):
    answers.answer = answers.answer.parent / "gone" / "x.xlsx"
    with qtbot.waitSignal(context.commands.failed) as blocker:
        saver.save_file("Save", "x", ".xlsx", lambda _p: b"new")
    assert "does not exist" in blocker.args[0].message


def test_several_files_go_into_one_folder(saver, qtbot, answers, tmp_path):
    folder = answers.answer = tmp_path / "out"

    def write(where, told, progress):
        for number in range(3):
            progress(number, 3)
            path = where / f"{number}.pdf"
            path.write_bytes(b"x")
            told(path)

    with qtbot.waitSignal(saver.saved) as blocker:
        saver.save_each("Save certificates", write, ("certificate", "certificates"))
    assert blocker.args[0].text == "3 certificates saved in out."
    assert [path.name for path in blocker.args[0].paths] == ["0.pdf", "1.pdf", "2.pdf"]
    assert len(list(folder.iterdir())) == 3


def test_a_cancelled_run_says_what_was_written_until_then(saver, qtbot, answers, tmp_path, context):
    answers.answer = tmp_path / "out"

    def write(where, told, progress):
        path = where / "first.pdf"
        path.write_bytes(b"x")
        told(path)
        context.commands.jobs.cancel_all()
        progress(1, 3)

    with qtbot.waitSignal(saver.saved) as blocker:
        saver.save_each("Save certificates", write, ("certificate", "certificates"))
    saved = blocker.args[0]
    assert saved.text == "Cancelled: 1 certificate saved in out."
    assert not saved.whole


# The real dialogs


def dialog_of(parent):
    return next(child for child in parent.children() if isinstance(child, QFileDialog))


@pytest.fixture
def drawn_dialogs(qapp):
    way = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    QApplication.setAttribute(way, True)
    yield
    QApplication.setAttribute(way, False)


def test_the_dialog_for_a_file_offers_its_name_and_kind(qtbot, tmp_path, drawn_dialogs):
    parent = QWidget()
    qtbot.addWidget(parent)
    chosen = []
    FileDialogs().save(parent, "Save roster", tmp_path / "Roster.xlsx", chosen.append)
    dialog = dialog_of(parent)
    assert dialog.windowTitle() == "Save roster"
    assert dialog.selectedNameFilter() == "Excel workbook (*.xlsx)"
    assert dialog.defaultSuffix() == "xlsx"
    box = dialog.findChild(QDialogButtonBox)
    qtbot.mouseClick(box.button(QDialogButtonBox.StandardButton.Save), Qt.MouseButton.LeftButton)
    assert chosen == [tmp_path / "Roster.xlsx"]


def test_the_dialog_for_a_folder_gives_a_folder(qtbot, tmp_path, drawn_dialogs):
    parent = QWidget()
    qtbot.addWidget(parent)
    chosen = []
    FileDialogs().folder(parent, "Save certificates", tmp_path, chosen.append)
    dialog = dialog_of(parent)
    assert dialog.fileMode() == QFileDialog.FileMode.Directory
    dialog.selectFile(str(tmp_path))
    dialog.accept()
    assert chosen == [tmp_path]


# Opening what was written


@pytest.fixture
def opened():
    return []


@pytest.fixture
def opener(opened):
    return Opener(lambda url: opened.append(url) or True)


def test_a_written_document_is_opened_as_a_local_file(opener, opened, tmp_path):
    path = tmp_path / "a b#?.pdf"
    path.write_bytes(b"x")
    opener.add([path])
    assert opener.open(path)
    assert opener.open_folder(path)
    assert opened == [QUrl.fromLocalFile(str(path)), QUrl.fromLocalFile(str(tmp_path))]


@pytest.mark.parametrize(
    "name", [r"\\server\share\x.pdf", "javascript:alert(1)", "ms-msdt:/id", "x.bat", "other.pdf"]
)
def test_nothing_else_is_opened(opener, opened, tmp_path, name):
    written = tmp_path / "x.bat"
    written.write_bytes(b"x")
    (tmp_path / "other.pdf").write_bytes(b"x")
    opener.add([written])
    assert not opener.open(tmp_path / name)
    assert not opener.open(Path(name))
    assert opened == []


def test_a_file_that_is_gone_is_not_opened(opener, opened, tmp_path):
    opener.add([tmp_path / "gone.pdf"])
    assert not opener.open(tmp_path / "gone.pdf")
    assert opened == []


# The banner


@pytest.fixture
def banner(qtbot, opener):
    made = SavedBanner(opener)
    qtbot.addWidget(made)
    return made


def test_one_document_can_be_opened_and_its_folder(banner, opener, opened, tmp_path, qtbot):
    path = tmp_path / "Roster.pdf"
    path.write_bytes(b"x")
    opener.add([path])
    banner.tell(Saved((path,), "Saved “Roster.pdf”."))
    assert banner.label.text() == "Saved “Roster.pdf”."
    qtbot.mouseClick(banner.link, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(banner.folder_link, Qt.MouseButton.LeftButton)
    assert [url.toLocalFile() for url in opened] == [str(path), str(tmp_path)]


def test_of_several_documents_the_folder_is_offered(banner, tmp_path):
    banner.tell(Saved((tmp_path / "a.pdf", tmp_path / "b.pdf"), "2 certificates saved."))
    assert banner.link.isHidden()
    assert not banner.folder_link.isHidden()


def test_what_is_incomplete_calls_for_care(banner, tmp_path):
    banner.tell(Saved((tmp_path / "a.pdf",), "Cancelled: 1 certificate saved.", whole=False))
    assert banner.tone == "care"


def test_a_file_moved_meanwhile_is_said_to_be(banner, tmp_path, qtbot):
    banner.tell(Saved((tmp_path / "gone.pdf",), "Saved."))
    qtbot.mouseClick(banner.link, Qt.MouseButton.LeftButton)
    assert "moved or removed" in banner.label.text()
    banner.tell(Saved((tmp_path / "gone.pdf",), "Saved."))
    qtbot.mouseClick(banner.folder_link, Qt.MouseButton.LeftButton)
    assert "moved or removed" in banner.label.text()

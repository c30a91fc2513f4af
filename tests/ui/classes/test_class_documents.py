from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from sqlalchemy import delete

from cit_desktop.models import Block, BlockPart
from cit_desktop.services import certificates
from tests.ui.answers import Answers
from tests.ui.certificate_field import world  # noqa: F401 - a fixture
from ui.pages.classes.documents import ClassDocuments
from ui.widgets.pdf_pages import PdfPages
from ui.work import document_files


@pytest.fixture
def answers(tmp_path):
    return Answers(tmp_path / "out.xlsx")


@pytest.fixture
def page(world, qtbot, answers):  # noqa: F811
    made = ClassDocuments(world.context, answers)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    show(made, qtbot, world.classes["done"])
    yield made
    world.context.commands.jobs.wait()


def show(page, qtbot, class_id):
    page.show_class(class_id)
    qtbot.waitUntil(lambda: "generic_full" in page.rows, timeout=10_000)


def press(qtbot, row, number=0):
    qtbot.mouseClick(row.buttons[number], Qt.MouseButton.LeftButton)


def cells(path):
    sheet = load_workbook(path).active
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]


def test_a_class_has_its_roster_a_sheet_a_day_certificates_and_state_rosters(page):
    keys = list(page.rows)
    assert keys[:2] == ["roster", "sheets"]
    assert date(2026, 3, 2) in keys
    assert date(2026, 3, 3) in keys
    assert page.rows[date(2026, 3, 2)].title.text() == "Monday, Mar 2, 2026"
    assert page.rows[date(2026, 3, 2)].text.text() == "2 blocks, 8:00 AM–5:00 PM"
    assert page.rows["roster"].state.text() == "4 people"
    assert keys.index("certificates") < keys.index("mo_clee")


def test_state_rosters_of_the_chapters_state_come_before_the_general_one(page):
    states = [key for key in page.rows if key in ("mo_clee", "mo_cit", "generic_full")]
    assert states[-1] == "generic_full"
    assert "tn_post" not in page.rows


def test_a_state_roster_says_what_would_be_rejected(page, world):  # noqa: F811
    row = page.rows["mo_clee"]
    assert "would be rejected" in row.state.text() or "nothing missing" in row.state.text()
    assert "unofficial" in row.text.text()


def test_a_roster_with_rejected_rows_is_only_saved_after_a_look_at_them(page, qtbot, world):  # noqa: F811
    row = next(one for one in page.rows.values() if "would be rejected" in one.state.text())
    check, save = row.buttons
    assert not save.isEnabled()
    with qtbot.waitSignal(page.go) as blocker:
        qtbot.mouseClick(check, Qt.MouseButton.LeftButton)
    assert blocker.args[0] == "rosters"
    assert blocker.args[1][1] == world.classes["done"]


def test_a_roster_without_problems_is_saved_at_once(page, qtbot, answers):
    row = page.rows["generic_full"]
    assert "✓" in row.state.text()
    with qtbot.waitSignal(page.saver.saved, timeout=10_000):
        press(qtbot, row, 1)
    assert "Abbott" in cells(answers.answer)


def test_the_class_roster_is_saved_as_a_workbook(page, qtbot, answers):
    with qtbot.waitSignal(page.saver.saved, timeout=10_000):
        press(qtbot, page.rows["roster"], 1)
    assert answers.asked[0][1].name == "CIT40-2026-1 class roster.xlsx"
    assert "Ito" in cells(answers.answer)
    assert "out.xlsx" in page.saved_banner.label.text()
    assert page.saved_banner.isVisible()


def preview(page, qtbot, act):
    act()
    qtbot.waitUntil(
        lambda: page.papers.dialog is not None and page.papers.dialog.isVisible(), timeout=10_000
    )
    return page.papers.dialog


def test_the_class_roster_is_shown_as_it_prints(page, qtbot):
    dialog = preview(page, qtbot, lambda: press(qtbot, page.rows["roster"]))
    assert dialog.windowTitle() == "CIT40-2026-1 class roster"
    assert dialog.pdf.sheets.pages.count() == 1
    dialog.reject()


def test_the_sheets_of_all_days_are_one_document(page, qtbot):
    dialog = preview(page, qtbot, page.show_sign_in)
    assert dialog.pdf.sheets.pages.count() == 2
    assert "2 days" in dialog.windowTitle()
    dialog.reject()


def test_one_day_has_its_own_sheet(page, qtbot):
    dialog = preview(page, qtbot, lambda: press(qtbot, page.rows[date(2026, 3, 3)]))
    assert dialog.windowTitle() == "CIT40-2026-1 sign-in sheets, Mar 3, 2026"
    dialog.reject()


def test_sign_in_sheets_have_a_row_a_day_and_none_among_the_papers(page):
    assert "sign-in" not in page.rows
    assert {"schedule", "evaluation"} <= page.rows.keys()


@pytest.mark.parametrize(
    ("key", "said", "count"),
    [("schedule", "class schedule", 1), ("evaluation", "evaluation form", 2)],
)
def test_a_paper_of_the_class_is_shown_as_it_prints(page, qtbot, key, said, count):
    dialog = preview(page, qtbot, lambda: press(qtbot, page.rows[key]))
    assert dialog.windowTitle() == f"CIT40-2026-1 {said}"
    assert dialog.pdf.sheets.pages.count() == count
    dialog.reject()


def test_what_is_previewed_can_be_saved_as_it_is(page, qtbot, answers, tmp_path):
    answers.answer = tmp_path / "sheets.pdf"
    dialog = preview(page, qtbot, page.print_preview)
    with qtbot.waitSignal(page.saver.saved, timeout=10_000):
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    pages = PdfPages(tmp_path / "sheets.pdf")
    assert pages.count() == 2
    pages.close()
    dialog.reject()


def test_esc_closes_the_preview_and_lets_go_of_the_document(page, qtbot):
    dialog = preview(page, qtbot, page.show_sign_in)
    pdf = dialog.pdf
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert pdf.sheets.pages is None


def test_a_class_without_blocks_has_no_sheets(page, qtbot, world):  # noqa: F811
    def bare(f):
        class_id = f.training("BARE", days=1)
        f.session.execute(delete(BlockPart))
        f.session.execute(delete(Block).where(Block.class_id == class_id))
        return class_id

    show(page, qtbot, world.work(bare))
    assert page.rows["sheets"].title.text() == "No blocks yet"
    page.show_sign_in()
    assert "no blocks yet" in page.saved_banner.label.text()


def test_certificates_say_how_many_are_not_printed_and_lead_to_their_tab(page, qtbot, world):  # noqa: F811
    assert page.rows["certificates"].state.text() == "None issued yet"
    ids = world.issue()
    world.work(lambda f: certificates.mark_printed(f.session, ids[:1]))
    show(page, qtbot, world.classes["done"])
    assert page.rows["certificates"].state.text() == "3 issued, 2 not printed yet"
    world.work(lambda f: certificates.mark_printed(f.session, ids))
    page.refresh(None)
    assert page.rows["certificates"].state.text() == "✓ 3 issued and printed"
    with qtbot.waitSignal(page.certificates_requested):
        press(qtbot, page.rows["certificates"])


def test_every_layout_is_one_step_away(page, qtbot, world):  # noqa: F811
    with qtbot.waitSignal(page.go) as blocker:
        press(qtbot, page.rows["others"])
    assert blocker.args == ["rosters", ("", world.classes["done"])]


def test_a_class_that_is_gone_is_told(page, qtbot, world):  # noqa: F811
    with qtbot.waitSignal(world.context.commands.failed):
        page.show_class(99)


def test_every_button_says_what_it_is_for(page):
    for row in page.rows.values():
        for made in row.buttons:
            assert row.title.text() in made.accessibleName()


def test_a_due_day_follows_the_last_day():
    assert document_files.due_day(date(2026, 3, 6), 30) == date(2026, 4, 5)
    assert document_files.due_day(date(2026, 3, 6), None) is None
    assert document_files.due_day(None, 30) is None


def test_another_class_is_read_from_the_top_and_the_same_from_where_one_was(page, world, qtbot):  # noqa: F811
    page.resize(700, 240)
    page.show()
    bar = page.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 120)
    bar.setValue(120)
    page.refresh(None)
    assert bar.value() == 120
    page.show_class(next(key for key in world.classes.values() if key != page._class.id))
    assert bar.value() == 0

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from sqlalchemy import update

from cit_desktop.models import Enrollment
from cit_desktop.services import certificates
from tests.ui.answers import Answers
from tests.ui.certificate_field import world  # noqa: F401 - a fixture
from tests.ui.printers import file_printer, paper_printer
from ui.pages.classes import certificates as class_certificates
from ui.pages.classes.certificates import ClassCertificates
from ui.widgets.pdf_pages import PdfPages


@pytest.fixture
def answers(tmp_path):
    return Answers(tmp_path / "All.pdf")


@pytest.fixture
def page(world, qtbot, answers):  # noqa: F811
    made = ClassCertificates(world.context, answers)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    made.show_class(world.classes["done"])
    made.table.setFocus()
    yield made
    world.context.commands.jobs.wait()


def line(page, last):
    return next(one for one in page.table.source.lines.values() if one.name.startswith(last))


def choose(page, *lasts):
    page.table.clearSelection()
    page.table.choose(line(page, lasts[0]).id)
    for last in lasts[1:]:
        row = page.table.records.row_of(line(page, last).id)
        flags = page.table.selectionModel().SelectionFlag
        index = page.table.records.index(row, 0)
        page.table.selectionModel().select(index, flags.Select | flags.Rows)


def ask(page, qtbot):
    with qtbot.waitSignal(page.issuing.busy, timeout=10_000, check_params_cb=lambda on: not on):
        qtbot.mouseClick(page.primary, Qt.MouseButton.LeftButton)
    return page.issuing.dialog


def confirm(page, qtbot):
    dialog = ask(page, qtbot)
    with qtbot.waitSignal(page.issuing.issued, timeout=10_000):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def numbers(page):
    return [row.number for row in page.table.source.valid()]


def cell(page, last, key):
    place = [column.key for column in page.table.records.columns].index(key)
    return page.table.records.text(page.table.records.row_of(line(page, last).id), place)


# Who gets one


def test_those_who_completed_are_chosen_and_others_say_why_not(page):
    assert [c.name for c in page.table.source.chosen()] == ["Abbott, Sam", "Cruz, Eva", "Ito, Ana"]
    assert cell(page, "Dahl", "state") == "Withdrew from the class."
    assert cell(page, "Dahl", "chosen") == ""
    assert cell(page, "Hill", "state") == "On request"
    assert page.summary.text() == "3 to issue · 1 cannot have one"
    assert page.primary.text().replace("&", "") == "Issue 3 certificates…"


def test_space_leaves_somebody_out_and_takes_him_in_again(page, qtbot):
    choose(page, "Ito")
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert cell(page, "Ito", "state") == "Left out"
    assert page.primary.text().replace("&", "") == "Issue 2 certificates…"
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert cell(page, "Ito", "state") == "Ready"


def test_a_click_in_the_column_chooses_an_instructor(page, qtbot):
    row = page.table.records.row_of(line(page, "Hill").id)
    rect = page.table.visualRect(page.table.records.index(row, page.table._issue))
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert line(page, "Hill").chosen
    assert cell(page, "Hill", "wording") == "Instructor"


def test_space_does_nothing_for_somebody_without_a_claim(page, qtbot):
    choose(page, "Dahl")
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert not line(page, "Dahl").chosen


def test_several_people_are_chosen_together(page, qtbot):
    choose(page, "Ito", "Abbott", "Hill")
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert all(line(page, last).chosen for last in ("Ito", "Abbott", "Hill"))
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert not any(line(page, last).chosen for last in ("Ito", "Abbott", "Hill"))


def test_the_wording_follows_the_work_and_can_be_changed_for_a_row(page, qtbot):
    assert [cell(page, last, "wording") for last in ("Ito", "Cruz", "Abbott")] == [
        "Officer",
        "Responder",
        "Community",
    ]
    choose(page, "Ito")
    page.wording.setFocus()
    qtbot.keyClick(page.wording, Qt.Key.Key_End)
    page.wording.activated.emit(page.wording.currentIndex())
    assert cell(page, "Ito", "wording") == "Community"
    assert cell(page, "Cruz", "wording") == "Responder"


def test_a_chosen_wording_outlasts_a_refresh(page):
    page.table.source.word([line(page, "Ito").id], "responder")
    page.refresh(None)
    assert cell(page, "Ito", "wording") == "Responder"


def test_instructors_and_those_without_a_claim_have_no_wording_to_choose(page):
    choose(page, "Ito")
    assert page.wording.isVisible()
    choose(page, "Hill")
    assert not page.wording.isVisible()
    choose(page, "Dahl")
    assert not page.wording.isVisible()


def test_the_lines_can_be_ordered_by_hours(page):
    place = [column.key for column in page.table.records.columns].index("minutes")
    page.table.records.sort(place, Qt.SortOrder.AscendingOrder)
    first = page.table.source.lines[page.table.records.id_at(0)]
    assert first.name.startswith("Dahl")


# The preview


def test_before_issuing_a_draft_is_shown_that_cannot_be_printed(page, qtbot):
    qtbot.waitUntil(lambda: page.preview.pdf.sheets.pages is not None, timeout=10_000)
    assert page.preview.pdf.sheets.mark == "Draft"
    assert not page.preview.pdf.print_button.isEnabled()
    assert page.preview.shown == ()


def test_somebody_without_a_claim_shows_why(page):
    choose(page, "Dahl")
    assert page.preview.note.text() == "No certificate: Withdrew from the class."
    assert page.preview.stack.currentWidget() is page.preview.note


def test_several_chosen_are_a_page_each(page, qtbot):
    choose(page, "Ito", "Abbott", "Cruz")
    assert page.who.text() == "3 people"
    qtbot.waitUntil(
        lambda: (
            page.preview.pdf.sheets.pages is not None and page.preview.pdf.sheets.pages.count() == 3
        ),
        timeout=10_000,
    )


def test_a_name_that_cannot_be_drawn_is_said_in_the_preview(world, page, qtbot):  # noqa: F811
    world.work(lambda f: rename(f, world.people["Ito"], "伊藤"))
    page.refresh(None)
    choose(page, "伊藤")
    qtbot.waitUntil(lambda: "cannot be printed" in page.preview.note.text(), timeout=10_000)


def rename(f, person_id, last):
    from cit_desktop.models import Person

    person = f.session.get_one(Person, person_id)
    person.last, person.sort_key = last, last


# Issuing


def test_the_question_says_how_many_which_numbers_and_that_it_is_final(page, qtbot):
    dialog = ask(page, qtbot)
    assert dialog.heading.text() == "Issue 3 certificates?"
    text = dialog.text.text()
    assert "1 community, 1 responder, 1 officer" in text
    assert "-0001 to OR-" in text
    assert "final" in text
    assert dialog.lines.count() == 3
    assert dialog.lines.item(2).text().endswith("Ito, Ana (officer)")
    dialog.reject()


def test_issuing_gives_numbers_in_the_order_of_names(page, qtbot, world):  # noqa: F811
    confirm(page, qtbot)
    assert [n.rsplit("-", 1)[1] for n in numbers(page)] == ["0001", "0002", "0003"]
    assert line(page, "Abbott").certificate.number.endswith("0001")
    assert page.summary.text() == "3 issued · 1 cannot have one"
    assert page.banner.label.text() == "3 certificates were issued. Print or save them now."
    step = world.read(lambda s: certificates.check(s))
    assert step == []


def test_issuing_cannot_be_undone(page, qtbot, world):  # noqa: F811
    from cit_desktop.services import undo

    confirm(page, qtbot)
    with world.context.db.read() as session:
        assert undo.next_undo(session).why_not


def test_those_left_out_get_none_and_the_chosen_wording_is_issued(page, qtbot):
    choose(page, "Cruz")
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    page.table.source.word([line(page, "Ito").id], "community")
    choose(page, "Abbott")
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    confirm(page, qtbot)
    assert page.banner.label.text() == "1 certificate was issued. Print or save it now."
    assert line(page, "Cruz").certificate is None
    assert line(page, "Ito").certificate.kind == "community"


def test_cancelling_the_question_issues_nothing(page, qtbot):
    qtbot.keyClick(ask(page, qtbot), Qt.Key.Key_Escape)
    assert numbers(page) == []


def test_nothing_is_issued_when_one_cannot_be_drawn(world, page, qtbot):  # noqa: F811
    world.work(lambda f: rename(f, world.people["Ito"], "伊藤"))
    page.refresh(None)
    with qtbot.waitSignal(world.context.commands.failed, timeout=10_000) as blocker:
        qtbot.mouseClick(page.primary, Qt.MouseButton.LeftButton)
    assert "伊" in blocker.args[0].message
    assert "伊藤, Ana: " in blocker.args[0].message
    assert blocker.args[0].hint.startswith("Nothing was issued. Correct")
    assert page.issuing.dialog is None
    qtbot.waitUntil(page.primary.isEnabled)
    assert world.read(certificates.ids) == []


def test_names_that_shrink_or_wrap_are_listed_before_anything_is_issued(world, page, qtbot):  # noqa: F811
    long = "Featherstonehaugh-Cholmondeley-Marjoribanks of Woolfardisworthy and Beauchamp"
    world.work(lambda f: rename(f, world.people["Ito"], long))
    page.refresh(None)
    dialog = ask(page, qtbot)
    told = [dialog.notes.item(n).text() for n in range(dialog.notes.count())]
    assert dialog.notes.isVisible()
    assert f"The name Ana {long} stands on 2 lines." in told
    assert all(long in sentence for sentence in told)
    assert world.read(certificates.ids) == []
    with qtbot.waitSignal(page.issuing.issued, timeout=10_000):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert len(numbers(page)) == 3


def test_names_that_fit_are_not_listed(page, qtbot):
    dialog = ask(page, qtbot)
    assert dialog.notes.count() == 0
    assert not dialog.notes.isVisible()
    dialog.reject()


def test_after_issuing_printing_is_the_next_step(page, qtbot):
    assert page.print_button.isHidden()
    confirm(page, qtbot)
    assert page.print_button.text().replace("&", "") == "Print 3…"
    assert page.print_button.property("kind") == "primary"
    assert not page.primary.isEnabled()


# Papers and files


@pytest.fixture
def issued(page, world, qtbot):  # noqa: F811
    ids = world.issue()
    page.refresh(None)
    return ids


def print_on(page, printer):
    """Print as after somebody chose this printer in the dialog."""
    page.preview.pdf.dialog.reject()
    page.preview.pdf.print_on(printer)


def shown_to_print(page, qtbot, issued):
    with qtbot.waitSignal(page.preview.ready, timeout=10_000):
        qtbot.mouseClick(page.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.preview.shown == tuple(issued), timeout=10_000)


def test_print_shows_all_of_them_then_asks_for_a_printer(page, issued, qtbot, world, tmp_path):  # noqa: F811
    shown_to_print(page, qtbot, issued)
    with qtbot.waitSignal(page.preview.pdf.printed, timeout=20_000):
        print_on(page, paper_printer(tmp_path / "paper.pdf"))
    pages = PdfPages(tmp_path / "paper.pdf")
    assert pages.count() == 3
    pages.close()
    assert all(world.row(key).printed for key in issued)


def test_only_the_pages_that_came_on_paper_count_as_printed(page, issued, qtbot, world, tmp_path):  # noqa: F811
    shown_to_print(page, qtbot, issued)
    printer = paper_printer(tmp_path / "paper.pdf")
    printer.setFromTo(2, 3)
    with qtbot.waitSignal(page.preview.pdf.printed, timeout=20_000):
        print_on(page, printer)
    assert [bool(world.row(key).printed) for key in issued] == [False, True, True]


def test_printing_to_a_file_is_not_taken_for_paper(page, issued, qtbot, world, tmp_path):  # noqa: F811
    shown_to_print(page, qtbot, issued)
    with qtbot.waitSignal(page.preview.pdf.printed, timeout=20_000):
        print_on(page, file_printer(tmp_path / "kept.pdf"))
    assert (tmp_path / "kept.pdf").exists()
    assert not any(world.row(key).printed for key in issued)


def test_what_is_looked_at_meanwhile_does_not_count_as_printed(
    page,
    issued,
    qtbot,
    world,  # noqa: F811
    tmp_path,
):
    choose(page, "Abbott", "Cruz")
    shown_to_print(page, qtbot, issued[:2])
    printing = page.preview.pdf
    print_on(page, paper_printer(tmp_path / "paper.pdf"))
    with qtbot.waitSignal(printing.printed, timeout=20_000):
        page.preview.show_issued(issued[2:], then=page.preview.pdf.setFocus)
        page.preview.shown = tuple(issued[2:])
    assert [bool(world.row(key).printed) for key in issued] == [True, True, False]


def test_printing_that_was_stopped_leaves_all_unprinted(page, issued, qtbot, world, tmp_path):  # noqa: F811
    shown_to_print(page, qtbot, issued)
    print_on(page, paper_printer(tmp_path / "paper.pdf"))
    with qtbot.waitSignal(page.preview.pdf.printing.cancelled, timeout=20_000):
        qtbot.mouseClick(page.preview.pdf.cancel_button, Qt.MouseButton.LeftButton)
    assert not any(world.row(key).printed for key in issued)


def test_several_chosen_rows_are_what_is_printed(page, issued):
    choose(page, "Ito", "Cruz")
    assert page.print_button.text().replace("&", "") == "Print 2…"
    assert page._targets() == [line(page, "Cruz").certificate.id, line(page, "Ito").certificate.id]


def test_printing_again_asks_first(page, issued, qtbot, world):  # noqa: F811
    world.work(lambda f: certificates.mark_printed(f.session, issued[:1]))
    page.refresh(None)
    assert cell(page, "Abbott", "state").endswith("-0001, printed")
    qtbot.mouseClick(page.print_button, Qt.MouseButton.LeftButton)
    dialog = page.work.dialog
    assert dialog.heading.text() == "Print 3 certificates, 1 of them again?"
    assert "printed on" in dialog.lines.item(0).text()
    assert "already" in dialog.lines.item(0).text()
    assert not hasattr(page.preview.pdf, "dialog")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hasattr(page.preview.pdf, "dialog"), timeout=10_000)
    page.preview.pdf.dialog.reject()


def test_one_pdf_holds_all_and_is_not_taken_for_printing(page, issued, qtbot, world, answers):  # noqa: F811
    with qtbot.waitSignal(page.work.saver.saved, timeout=10_000):
        qtbot.mouseClick(page.one_file, Qt.MouseButton.LeftButton)
    assert answers.asked[0][1].name == "CIT40-2026-1 certificates.pdf"
    pages = PdfPages(answers.answer)
    assert pages.count() == 3
    pages.close()
    assert not any(world.row(key).printed for key in issued)
    assert "All.pdf" in page.saved_banner.label.text()


def test_one_file_a_person_is_named_by_the_pattern(page, issued, qtbot, answers, tmp_path):
    answers.answer = tmp_path
    qtbot.mouseClick(page.each, Qt.MouseButton.LeftButton)
    dialog = page.work.dialog
    assert dialog.shown.text() == "First file: Abbott_Sam_CIT40_2026-03-03.pdf"
    dialog.pattern.setText("{Number} {Last}")
    with qtbot.waitSignal(page.work.saver.saved, timeout=10_000):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not any(line(page, last).certificate.printed for last in ("Abbott", "Cruz", "Ito"))
    names = sorted(path.name for path in tmp_path.glob("*.pdf"))
    assert [name.split(" ", 1)[1] for name in names] == ["Abbott.pdf", "Cruz.pdf", "Ito.pdf"]


def test_a_file_that_is_there_is_never_overwritten(page, issued, qtbot, answers, tmp_path):
    answers.answer = tmp_path
    there = tmp_path / "Abbott_Sam_CIT40_2026-03-03.pdf"
    there.write_bytes(b"mine")
    qtbot.mouseClick(page.each, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.work.saver.saved, timeout=10_000):
        qtbot.keyClick(page.work.dialog, Qt.Key.Key_Return)
    assert there.read_bytes() == b"mine"
    assert (tmp_path / "Abbott_Sam_CIT40_2026-03-03 (2).pdf").exists()


def test_a_pattern_that_asks_for_something_unknown_cannot_be_used(page, issued, qtbot):
    qtbot.mouseClick(page.each, Qt.MouseButton.LeftButton)
    dialog = page.work.dialog
    dialog.pattern.setText("{Badge}")
    assert "{Badge}" in dialog.shown.text()
    assert not dialog.action.isEnabled()
    dialog.pattern.setText("")
    assert not dialog.action.isEnabled()
    dialog.reject()


# Outdated ones


@pytest.fixture
def outdated(page, issued, world):  # noqa: F811
    """Ana Ito was found, after her certificate was issued, to have earned half of it."""

    def earn_less(f):
        who = Enrollment.class_id == world.classes["done"]
        who &= Enrollment.person_id == world.people["Ito"]
        f.session.execute(update(Enrollment).where(who).values(credited_minutes=480))

    world.work(earn_less)
    page.refresh(None)
    return issued[2]


def test_an_outdated_certificate_is_marked_with_why_and_what_to_do(page, outdated):
    place = [column.key for column in page.table.records.columns].index("state")
    index = page.table.records.index(page.table.records.row_of(line(page, "Ito").id), place)
    pill = page.table.records.pill(index.row(), place)
    assert (pill.text, pill.tone) == ("OR-2026-0003, outdated", "care")
    sentence = "It shows 16 hours, but 8 were earned. Reissue or revoke it."
    assert sentence in index.data(Qt.ItemDataRole.ToolTipRole)
    assert page.summary.text() == "3 issued · 1 outdated · 1 cannot have one"
    choose(page, "Cruz")
    assert page.outdated.isHidden()
    choose(page, "Ito")
    assert page.outdated.isVisible()
    assert page.outdated.label.text() == sentence
    assert page.reissue.isVisible()


def test_reissuing_an_outdated_certificate_settles_it(page, outdated, qtbot, world):  # noqa: F811
    choose(page, "Ito")
    qtbot.mouseClick(page.reissue, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.work.dialog.reason, "Left early on Wednesday")
    with qtbot.waitSignal(page.work.reissued, timeout=10_000) as blocker:
        qtbot.keyClick(page.work.dialog, Qt.Key.Key_Return)
    page.refresh(None)
    assert world.row(blocker.args[0]).minutes == 480
    assert cell(page, "Ito", "state") == "OR-2026-0003-R1"
    assert page.outdated.isHidden()


def test_an_outdated_certificate_is_not_printed_unasked(page, outdated, qtbot):
    qtbot.mouseClick(page.print_button, Qt.MouseButton.LeftButton)
    dialog = page.work.dialog
    assert dialog.heading.text() == "Print 3 certificates, 1 of them outdated?"
    assert dialog.lines.count() == 1
    assert dialog.lines.item(0).text().startswith("OR-2026-0003, Ito, Ana: It shows 16 hours")
    dialog.reject()
    page.work.print([outdated])
    assert page.work.dialog.heading.text() == "Print OR-2026-0003, which is outdated?"
    page.work.dialog.reject()


# Corrections


def test_revoking_needs_a_reason_and_does_not_offer_another_one_unasked(page, issued, qtbot):
    choose(page, "Ito")
    qtbot.mouseClick(page.revoke, Qt.MouseButton.LeftButton)
    dialog = page.work.dialog
    assert not dialog.action.isEnabled()
    qtbot.keyClicks(dialog.reason, "Wrong person")
    qtbot.mouseClick(dialog.action, Qt.MouseButton.LeftButton)
    page.refresh(None)
    assert line(page, "Ito").certificate is None
    assert cell(page, "Ito", "state") == "Left out, was revoked"
    assert "was revoked" in page.banner.label.text()


def test_reissuing_gives_a_new_one_worded_as_chosen(page, issued, qtbot, world):  # noqa: F811
    choose(page, "Ito")
    qtbot.mouseClick(page.reissue, Qt.MouseButton.LeftButton)
    dialog = page.work.dialog
    assert dialog.wording.currentData() == "officer"
    dialog.wording.setCurrentIndex(dialog.wording.findData("community"))
    qtbot.keyClicks(dialog.reason, "Name misspelt")
    with qtbot.waitSignal(page.work.reissued, timeout=10_000) as blocker:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    new = world.row(blocker.args[0])
    assert new.number.endswith("-0003-R1")
    assert new.kind == "community"


def test_a_reissue_that_cannot_be_drawn_leaves_the_old_one(page, issued, qtbot, world):  # noqa: F811
    world.work(lambda f: rename(f, world.people["Ito"], "伊藤"))
    page.refresh(None)
    choose(page, "伊藤")
    qtbot.mouseClick(page.reissue, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.work.dialog.reason, "Married")
    with qtbot.waitSignal(world.context.commands.failed, timeout=10_000):
        qtbot.keyClick(page.work.dialog, Qt.Key.Key_Return)
    assert world.row(issued[2]).status == "issued"


# The rest


def test_a_class_that_is_not_finalized_says_so_and_leads_on(page, world, qtbot):  # noqa: F811
    page.show_class(world.classes["open"])
    assert page.stack.currentIndex() == 0
    assert page.empty.title.text() == "The class is not finalized yet"
    with qtbot.waitSignal(page.attendance_requested):
        qtbot.mouseClick(page.empty.action, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("status", ["cancelled", "on record"])
def test_other_classes_without_certificates_say_why(page, world, qtbot, status):  # noqa: F811
    class_id = world.work(lambda f: f.training("OLD", status=status))
    page.show_class(class_id)
    assert page.empty.title.text() == class_certificates._NONE_YET[status][0]


def test_the_papers_of_a_class_on_record_lead_to_the_register(page, world, qtbot):  # noqa: F811
    page.show_class(world.work(lambda f: f.training("OLD", status="on record")))
    with qtbot.waitSignal(page.go) as blocker:
        qtbot.mouseClick(page.empty.action, Qt.MouseButton.LeftButton)
    assert blocker.args == ["certificates", None]


def test_a_class_that_is_gone_is_told(page, world, qtbot):  # noqa: F811
    with qtbot.waitSignal(world.context.commands.failed):
        page.show_class(99)


def test_enter_on_somebody_with_a_certificate_opens_the_register(page, issued, qtbot):
    choose(page, "Ito")
    with qtbot.waitSignal(page.go) as blocker:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert blocker.args == ["certificates", issued[2]]


def test_the_same_class_again_keeps_what_was_chosen(page, world, qtbot):  # noqa: F811
    choose(page, "Ito")
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    page.show_class(world.classes["done"])
    assert not line(page, "Ito").chosen
    page.show_class(world.classes["open"])
    page.show_class(world.classes["done"])
    assert line(page, "Ito").chosen


def test_the_status_line_counts_what_is_printed(page, issued, qtbot, world):  # noqa: F811
    world.work(lambda f: certificates.mark_printed(f.session, issued[:2]))
    with qtbot.waitSignal(page.status) as blocker:
        page.refresh(None)
    assert blocker.args == ["2 of 3 certificates printed"]


def test_everything_can_be_reached_and_named(page):
    for made in page.findChildren(QPushButton):
        if made.isVisible():
            assert made.focusPolicy() & Qt.FocusPolicy.TabFocus
            assert made.text() or made.accessibleName()
    assert page.table.accessibleName()
    assert page.wording.accessibleName() == "Wording"

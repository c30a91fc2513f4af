from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from sqlalchemy import update

from cit_desktop.models import Certificate, Enrollment
from cit_desktop.services import certificates
from tests.ui.answers import Answers
from tests.ui.certificate_field import world  # noqa: F401 - a fixture
from ui.pages.certificates.listing import CertificatesPage


@pytest.fixture
def issued(world):  # noqa: F811
    """Numbers 1 to 3; 1 was printed, 2 revoked, 3 replaced by 3-R1."""
    ids = world.issue()
    world.work(lambda f: certificates.mark_printed(f.session, ids[:1]))
    world.work(lambda f: certificates.revoke(f.session, ids[1], "Wrong person"))
    ids.append(world.work(lambda f: certificates.reissue(f.session, ids[2], "Misspelt")))
    return ids


@pytest.fixture
def answers(tmp_path):
    return Answers(tmp_path / "out.pdf")


@pytest.fixture
def page(world, qtbot, answers):  # noqa: F811
    made = CertificatesPage(world.context, answers)
    qtbot.addWidget(made)
    made.resize(1084, 754)
    made.show()
    world.context.commands.changed.connect(made.refresh)
    yield made
    world.context.commands.jobs.wait()


@pytest.fixture
def full(issued, page):
    page.refresh(None)
    return page


def shown(page):
    return [page.table.records.record(row).id for row in range(page.table.count())]


def choose_in(qtbot, box, text):
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def fact(page, label):
    grid = page.detail.grid
    for line in range(grid.rowCount()):
        item = grid.itemAtPosition(line, 0)
        if item is not None and item.widget().text() == label:
            value = grid.itemAtPosition(line, 1).widget()
            found = value.findChild(QPushButton)
            return found.text() if found else value.text()
    return None


def test_an_empty_register_says_what_it_is_for(page, qtbot):
    page.refresh(None)
    assert page.empty.title.text() == "No certificates yet"
    with qtbot.waitSignal(page.go) as blocker:
        qtbot.mouseClick(page.empty.action, Qt.MouseButton.LeftButton)
    assert blocker.args == ["classes", None]


def test_the_newest_number_comes_first_and_is_shown(full, issued):
    assert shown(full) == [issued[3], issued[2], issued[1], issued[0]]
    assert full.table.current_id() == issued[3]
    assert full.detail.number.text().endswith("-0003-R1")
    assert full.subtitle.text() == "4 certificates"


def test_each_state_has_its_word_and_shape(full):
    model = full.table.records
    place = [column.key for column in model.columns].index("status")
    found = [(model.pill(row, place).text, model.pill(row, place).shape) for row in range(4)]
    assert found == [
        ("Issued", "check"),
        ("Replaced", "half"),
        ("Revoked", "cross"),
        ("Issued", "check"),
    ]


def test_a_table_can_be_ordered_by_the_class(full, issued):
    place = [column.key for column in full.table.records.columns].index("class_code")
    full.table.horizontalHeader().setSortIndicator(place, Qt.SortOrder.AscendingOrder)
    assert shown(full)[0] == issued[0]


def test_words_find_a_number_or_a_person(full, issued, qtbot):
    qtbot.keyClicks(full.words, "abb")
    qtbot.waitUntil(lambda: shown(full) == [issued[0]])
    assert full.subtitle.text() == "1 certificate with the words “abb”"


def test_filters_narrow_by_state_kind_and_year(full, issued, qtbot):
    choose_in(qtbot, full.state, "Revoked")
    assert shown(full) == [issued[1]]
    choose_in(qtbot, full.state, "Any status")
    choose_in(qtbot, full.kind, "Community")
    assert shown(full) == [issued[0]]
    choose_in(qtbot, full.kind, "All kinds")
    choose_in(qtbot, full.year, "2026")
    assert len(shown(full)) == 4


def test_what_hides_everything_is_named_and_can_be_lifted(full, qtbot):
    choose_in(qtbot, full.state, "On record")
    assert full.empty.title.text() == "No certificate matches"
    assert "the state on record" in full.empty.text.text()
    qtbot.mouseClick(full.empty.action, Qt.MouseButton.LeftButton)
    assert len(shown(full)) == 4


def test_ctrl_f_goes_to_the_filter(full):
    full.focus_filter()
    assert full.words.hasFocus()


def test_another_page_can_open_one_even_when_a_filter_hides_it(full, issued, qtbot):
    choose_in(qtbot, full.state, "Revoked")
    full.open_record(issued[0])
    assert full.table.current_id() == issued[0]
    assert full.state.currentData() is None


def test_another_page_can_open_those_of_a_class(full, world):  # noqa: F811
    full.open_record(("class", world.classes["open"]))
    assert shown(full) == []
    assert "the class CIT40-2026-2" in full.empty.text.text()
    full.open_record(("class", world.classes["done"]))
    assert len(shown(full)) == 4


def test_the_pane_tells_the_facts(full, issued):
    full.table.choose(issued[1])
    assert fact(full, "Person") == "Cruz, Eva"
    assert fact(full, "Kind") == "Responder, 16 hours"
    assert fact(full, "Completed") == "Mar 3, 2026"
    assert fact(full, "State").startswith("Revoked on ")
    assert fact(full, "State").endswith(": Wrong person")
    assert fact(full, "Printed") == "Not yet"
    full.table.choose(issued[0])
    assert fact(full, "Printed") != "Not yet"


def test_an_outdated_one_is_marked_in_the_list_and_says_why_beside_it(full, issued, world):  # noqa: F811
    def earn_less(f):
        of = certificates.view(f.session, issued[0]).enrollment_id
        f.session.get_one(Enrollment, of).credited_minutes = 480

    world.work(earn_less)
    full.refresh(None)
    full.table.choose(issued[0])
    row = full.table.records.row_of(issued[0])
    place = [column.key for column in full.table.records.columns].index("status")
    assert full.table.records.pill(row, place).text == "Outdated"
    assert full.detail.flaw.isVisible()
    assert full.detail.flaw.label.text() == (
        "It shows 16 hours, but 8 were earned. Reissue or revoke it."
    )
    assert full.detail.reissue.isVisible()


def test_only_what_stands_can_be_revoked_or_reissued(full, issued):
    full.table.choose(issued[1])
    assert not full.detail.revoke.isVisible()
    assert not full.detail.reissue.isVisible()
    full.table.choose(issued[0])
    assert full.detail.revoke.isVisible()
    assert full.detail.reissue.isVisible()


def test_links_lead_to_the_person_the_class_and_the_certificate_before(
    full,
    issued,
    qtbot,
    world,  # noqa: F811
):
    links = full.detail.links
    with qtbot.waitSignal(full.go) as blocker:
        qtbot.mouseClick(links["Person"], Qt.MouseButton.LeftButton)
    assert blocker.args == ["person", world.people["Ito"]]
    with qtbot.waitSignal(full.go) as blocker:
        qtbot.mouseClick(links["Class"], Qt.MouseButton.LeftButton)
    assert blocker.args == ["class", world.classes["done"]]
    qtbot.mouseClick(links["Replaces"], Qt.MouseButton.LeftButton)
    assert full.table.current_id() == issued[2]
    qtbot.mouseClick(full.detail.links["Replaced by"], Qt.MouseButton.LeftButton)
    assert full.table.current_id() == issued[3]


def test_enter_opens_the_person(full, qtbot, world):  # noqa: F811
    full.table.setFocus()
    with qtbot.waitSignal(full.go) as blocker:
        qtbot.keyClick(full.table, Qt.Key.Key_Return)
    assert blocker.args == ["person", world.people["Ito"]]


def test_a_valid_one_is_shown_as_it_prints_and_a_revoked_one_marked(full, issued, qtbot):
    pdf = full.detail.preview.pdf
    qtbot.waitUntil(lambda: full.detail.preview.shown == (issued[3],), timeout=10_000)
    assert pdf.sheets.mark == ""
    full.table.choose(issued[1])
    qtbot.waitUntil(lambda: full.detail.preview.shown == (issued[1],), timeout=10_000)
    assert pdf.sheets.mark == "Revoked"


def test_one_from_old_papers_has_nothing_to_draw(full, world):  # noqa: F811
    def on_record(f):
        values = {"person_id": world.people["Ito"], "class_id": world.classes["done"]}
        enrollment = f.enroll(f.training("OLD-1", status="on record"), world.people["Ito"])
        return f.add(
            Certificate(
                **values,
                number="OLD-7",
                enrollment_id=enrollment,
                kind="officer",
                status="on record",
            )
        )

    full.open_record(world.work(on_record))
    assert "old papers" in full.detail.preview.note.text()
    assert full.detail.revoke.isVisible()
    assert not full.detail.reissue.isVisible()


def test_one_that_was_tampered_with_is_said_to_be(full, issued, world):  # noqa: F811
    def tamper(f):
        f.session.execute(
            update(Certificate).where(Certificate.id == issued[0]).values(snapshot="{}")
        )

    world.work(tamper)
    full.table.choose(issued[0])
    assert full.detail.flaw.isVisible()
    assert "not as it was issued" in full.detail.flaw.label.text()


def test_a_revoked_one_is_not_printed(full, issued, qtbot, world):  # noqa: F811
    full.table.choose(issued[1])
    with qtbot.waitSignal(world.context.commands.failed) as blocker:
        full.print_preview()
    assert "revoked" in blocker.args[0].message


def test_printing_one_again_asks_with_the_day_it_was_printed(full, issued, qtbot):
    full.table.choose(issued[0])
    qtbot.mouseClick(full.print_button, Qt.MouseButton.LeftButton)
    dialog = full.work.dialog
    assert dialog.heading.text().endswith("-0001 again?")
    assert "already" in dialog.lines.item(0).text()
    dialog.reject()


def test_the_chosen_one_is_saved_under_its_number_and_name(full, issued, qtbot, answers):
    full.table.choose(issued[3])
    with qtbot.waitSignal(full.work.saver.saved, timeout=10_000):
        full.one_file.trigger()
    assert answers.asked[0][1].name.endswith("-0003-R1 Ito, Ana.pdf")
    assert answers.answer.read_bytes().startswith(b"%PDF")


def test_of_several_only_those_that_stand_are_saved(full, issued, qtbot, answers, tmp_path):
    answers.answer = tmp_path
    full.table.selectAll()
    full.each.trigger()
    with qtbot.waitSignal(full.work.saver.saved, timeout=10_000) as blocker:
        qtbot.keyClick(full.work.dialog, Qt.Key.Key_Return)
    assert len(blocker.args[0].paths) == 2


def test_reissuing_here_goes_to_the_new_one(full, issued, qtbot):
    full.table.choose(issued[0])
    qtbot.mouseClick(full.detail.reissue, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(full.work.dialog.reason, "New agency")
    with qtbot.waitSignal(full.work.reissued, timeout=10_000) as blocker:
        qtbot.keyClick(full.work.dialog, Qt.Key.Key_Return)
    assert full.table.current_id() == blocker.args[0]
    assert "was replaced" in full.banner.label.text()


def test_everything_in_sight_can_be_reached_and_named(full):
    for made in full.findChildren(QPushButton):
        if made.isVisible():
            assert made.focusPolicy() & Qt.FocusPolicy.TabFocus
            assert made.text() or made.accessibleName()
    for box in (full.year, full.state, full.kind, full.words, full.table):
        assert box.accessibleName()

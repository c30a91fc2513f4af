from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from cit_desktop import clock
from cit_desktop.models import Chapter, Enrollment
from cit_desktop.services import certificates, classes, renewals
from tests.core.field import MONDAY, Field
from tests.ui.keys import press
from ui.pages.today.page import TodayPage
from ui.pages.today.words import day_near

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def wednesday():
    clock.set_source(lambda: NOW)
    yield
    clock.set_source(None)


@pytest.fixture
def field(db):
    """Something to add records with; each ``with field() as f`` is one operation."""

    class Opened:
        def __enter__(self):
            self.operation = db.operation("Add records")
            session = self.operation.__enter__()
            chapter = session.query(Chapter).first()
            if chapter is None:
                chapter = Chapter(name="Ozark Ridge", word="council", code="OR", state="MO")
                session.add(chapter)
                session.flush()
            return Field(session, chapter.id)

        def __exit__(self, *why):
            return self.operation.__exit__(*why)

    return Opened


@pytest.fixture
def show(context, qtbot):
    """The page, once it has read the day."""

    def made():
        page = TodayPage(context)
        qtbot.addWidget(page)
        page.resize(1084, 700)
        page.show()
        with qtbot.waitSignal(page.shown):
            page.refresh(None)
        return page

    return made


def texts(section):
    return [(line.task.title, line.task.detail, line.task.link) for line in section.lines]


def test_a_new_chapter_is_told_what_to_do_first(show, field, qtbot):
    with field():
        pass
    page = show()
    assert page.first_steps.isVisible()
    assert page.first_steps.heading.text() == "What to do first in your council"
    links = [line.task.link for line in page.first_steps.lines]
    assert links == ["New class…", "Import a list…", "Look at help"]
    assert not page.totals.isVisible()
    assert page.next_step.text() == "&New class…"


def test_the_first_steps_lead_where_they_say(show, qtbot):
    page = show()
    new, bring, look = page.first_steps.lines
    with qtbot.waitSignal(page.asked) as asked:
        press(new, Qt.Key.Key_Return)
    assert asked.args == ["new", "classes"]
    with qtbot.waitSignal(page.go) as gone:
        qtbot.mouseClick(bring, Qt.MouseButton.LeftButton)
    assert gone.args == ["import", 0]
    with qtbot.waitSignal(page.asked) as asked:
        press(look, Qt.Key.Key_Space)
    assert asked.args == ["help", "start"]


def test_a_class_under_way_names_its_blanks_and_its_next_block(show, field):
    with field() as f:
        class_id = f.training(starts=MONDAY + timedelta(days=1), days=3)
        f.enroll(class_id, f.person("Ito"))
    page = show()
    ((title, detail, link),) = texts(page.under_way)
    assert (title, link) == ("Basic class", "Mark attendance")
    assert detail == "4 marks are still blank · Next block today, 8:00 AM: Basics"
    assert page.next_step.text() == "&Mark attendance"


def test_enter_on_a_class_opens_it(show, field, qtbot):
    with field() as f:
        class_id = f.training(starts=MONDAY + timedelta(days=9))
        f.enroll(class_id, f.person("Ito"))
    page = show()
    (line,) = page.under_way.lines
    assert line.task.detail.endswith("Mar 11, 2026, 8:00 AM: Basics · 1 enrolled")
    with qtbot.waitSignal(page.go) as gone:
        press(line, Qt.Key.Key_Enter)
    assert gone.args == ["class", class_id]


def test_a_class_without_people_asks_for_them(show, field):
    with field() as f:
        f.training(starts=MONDAY + timedelta(days=3))
    page = show()
    ((_title, detail, link),) = texts(page.under_way)
    assert detail.startswith("Nobody is enrolled yet · Next block tomorrow")
    assert link == "Add people"
    assert page.next_step.text() == "&Open next class"


def test_a_class_that_is_over_waits_to_be_finalized(show, field, qtbot):
    with field() as f:
        class_id = f.training()
        f.attend(f.enroll(class_id, f.person("Ito")))
        blank = f.training("CIT40-2026-2", starts=MONDAY - timedelta(days=7))
        f.enroll(blank, f.person("Lee"))
    page = show()
    details = [(detail, link) for _title, detail, link in texts(page.over)]
    assert ("Ended Mar 3, 2026 · every mark is made", "Finalize…") in details
    assert ("Ended Feb 24, 2026 · 4 marks are still blank", "Mark attendance") in details
    assert page.next_step.text() == "Finali&ze class…"
    with qtbot.waitSignal(page.go) as gone:
        qtbot.mouseClick(page.next_step, Qt.MouseButton.LeftButton)
    assert gone.args == ["class", class_id]


def test_certificates_that_wait_are_counted(show, field):
    with field() as f:
        class_id = f.training(status="finalized")
        for name in ("Ito", "Lee", "Abbott"):
            f.complete(class_id, f.person(name, number=name))
    page = show()
    ((_title, detail, link),) = texts(page.ready)
    assert detail.startswith("3 certificates to issue")
    assert link == "Issue"
    assert page.ready.count.text() == "3"
    assert page.next_step.text() == "&Issue certificates"
    assert page.subtitle.text() == "Wednesday, Mar 4, 2026 · 3 certificates ready"


def test_people_whose_refresher_is_due_are_listed_with_how_many_more(show, field, qtbot):
    with field() as f:
        course = f.course(refresher_months=12)
        class_id = f.training(
            status="finalized", course_id=course, starts=MONDAY - timedelta(days=800)
        )
        ids = [f.person(f"Ito{n}", number=f"N{n}") for n in range(7)]
        for person_id in ids:
            f.complete(class_id, person_id)
    page = show()
    assert page.refresher.count.text() == "7"
    assert [line.task.title for line in page.refresher.lines][-1] == "And 2 people more"
    first = page.refresher.lines[0]
    assert first.task.title == "Ito0, Ana"
    assert first.task.detail.startswith("Refresher due since ")
    with qtbot.waitSignal(page.go) as gone:
        first.click()
    assert gone.args == ["person", ids[0]]
    with qtbot.waitSignal(page.go) as gone:
        page.refresher.lines[-1].click()
    assert gone.args == ["renewals", None]


def test_it_is_said_who_was_written_to_about_a_refresher(show, field):
    with field() as f:
        course = f.course(refresher_months=12)
        day = MONDAY - timedelta(days=365)
        class_id = f.training(status="finalized", course_id=course, starts=day, days=1)
        ids = [f.person(name, number=name) for name in ("Ito", "Lee")]
        for person_id in ids:
            f.complete(class_id, person_id)
        renewals.remember(f.session, [(ids[0], MONDAY)], "pdf")
    (_title, written, _link), (_name, other, _go), (invite, _how, link) = texts(show().refresher)
    assert written == "Written Mar 4, 2026 · refresher due since Mar 2, 2026"
    assert "ritten" not in other
    assert (invite, link) == ("Invite them", "Write letters")


def test_people_whose_certification_ran_out_have_a_card_of_their_own(show, field):
    with field() as f:
        course = f.course(validity_months=12)
        class_id = f.training(
            status="finalized", course_id=course, starts=MONDAY - timedelta(days=800)
        )
        f.complete(class_id, f.person("Ito", number="1"))
    page = show()
    (title, detail, _link), (invite, _how, _letters) = texts(page.expired)
    assert invite == "Invite them"
    assert title == "Ito, Ana"
    assert detail.startswith("Expired on ")
    assert not page.refresher.isVisible()


def test_an_officer_without_a_number_is_something_to_put_right(show, field):
    with field() as f:
        f.complete(f.training(status="finalized"), f.person("Ito"))
    page = show()
    ((title, detail, _link),) = texts(page.problems)
    assert title == "State number missing"
    assert detail == "1 person who completed CIT40-2026-1 has no state number."


def test_outdated_certificates_are_something_to_put_right(show, field, qtbot):
    with field() as f:
        class_id = f.training(status="finalized")
        enrollment_id = f.complete(class_id, f.person("Ito", number="1"))
        certificates.issue(f.session, class_id)
        f.session.get_one(Enrollment, enrollment_id).credited_minutes = 480
    page = show()
    ((title, detail, link),) = texts(page.problems)
    assert title == "Certificates to reissue or revoke"
    assert detail.startswith("1 certificate of CIT40-2026-1 is not what was earned")
    assert link == "Put right"
    with qtbot.waitSignal(page.go) as gone:
        page.problems.lines[0].click()
    assert gone.args == ["class", class_id]


def test_a_roster_that_is_due_leads_to_its_class(show, field, qtbot):
    with field() as f:
        chapter = f.session.get(Chapter, f.chapter_id)
        chapter.state = "TN"
        class_id = f.training(status="finalized")
        f.complete(class_id, f.person("Ito", number="1"))
    page = show()
    ((title, detail, link),) = texts(page.deadlines)
    assert title.startswith("Due ")
    assert "CIT40-2026-1 is due by" in detail
    assert link == "Prepare"
    with qtbot.waitSignal(page.go) as gone:
        page.deadlines.lines[0].click()
    assert gone.args == ["rosters", ("", class_id)]


def test_totals_lead_to_their_pages(show, field, qtbot):
    with field() as f:
        f.enroll(f.training(), f.person("Ito"))
    page = show()
    assert page.numbers["People"].text() == "1"
    assert page.numbers["Classes"].text() == "1"
    assert page.totals.isVisible()


def test_a_change_is_shown_by_reading_the_day_again(show, field, context, qtbot):
    with field() as f:
        class_id = f.training(starts=MONDAY + timedelta(days=9))
    page = show()
    context.commands.changed.connect(page.refresh)
    with qtbot.waitSignal(page.shown):
        context.commands.do("Archive class", classes.archive, class_id)
    assert not page.under_way.isVisible()
    assert page.next_step.text() == "&New class…"


def test_a_second_refresh_while_reading_is_not_lost(context, qtbot):
    page = TodayPage(context)
    qtbot.addWidget(page)
    read = []
    page.shown.connect(lambda: read.append(True))
    page.refresh(None)
    page.refresh(None)
    page.refresh(None)
    qtbot.waitUntil(lambda: len(read) == 2)
    qtbot.waitUntil(lambda: page._job is None)
    assert len(read) == 2


def test_the_first_line_has_the_focus_and_arrows_move_on(show, field, qtbot):
    with field() as f:
        for week in (1, 2):
            f.training(f"CIT40-2026-{week}", starts=MONDAY + timedelta(days=7 * week))
    page = show()
    page.activateWindow()
    page.focus_start()
    first, second = page.lines()
    assert first.hasFocus()
    press(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    press(second, Qt.Key.Key_Up)
    assert first.hasFocus()


def test_every_line_can_be_heard(show, field):
    with field() as f:
        f.training(starts=MONDAY + timedelta(days=9), title="Ñ <b>long</b> " * 20)
    page = show()
    for line in page.lines():
        assert line.task.title in line.accessibleName()
        assert line.task.link in line.accessibleName()
        assert "<b>" not in line.toolTip()
    assert not page.grab().isNull()


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "tomorrow"), (3, "Thursday"), (7, "Mar 9, 2026"), (-1, "Mar 1, 2026")],
)
def test_a_day_is_named_as_people_say_it(days, words):
    assert day_near(MONDAY + timedelta(days=days), MONDAY) == words

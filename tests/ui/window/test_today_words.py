"""What the first page says of each thing that waits, and what it asks for first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cit_desktop.services.certification import Due, Standing
from cit_desktop.services.today import Counts, OpenClass, People, Problem, Ready, Today
from ui.pages.today import words

DAY = date(2026, 3, 4)
NONE = People(0, ())
CLASS = OpenClass(
    class_id=7,
    code="CIT40-2026-1",
    title="Spring class",
    location="Rolla",
    starts=DAY - timedelta(days=2),
    ends=DAY + timedelta(days=2),
    enrolled=26,
    seats=30,
    next_block_id=3,
    next_day=DAY,
    next_starts_at=780,
    next_title="De-escalation",
    unmarked=0,
)
EMPTY = Today(
    day=DAY,
    open_classes=(),
    to_finalize=(),
    ready=(),
    refresher=NONE,
    expired=NONE,
    problems=(),
    counts=Counts(0, 0, 0, 0, 0),
)


def open_class(**changes):
    task = words.open_class(replace(CLASS, **changes), DAY)
    return task.detail, task.link, task.shape, task.tone


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {},
            (
                "Next block today, 1:00 PM: De-escalation · 26 of 30 enrolled",
                "Open", "half", "accent",
            ),
        ),
        (
            {"seats": None, "next_title": "", "next_day": DAY + timedelta(days=1)},
            ("Next block tomorrow, 1:00 PM · 26 enrolled", "Open", "half", "accent"),
        ),
        (
            {"next_starts_at": None, "next_day": DAY + timedelta(days=6)},
            ("Next block Tuesday: De-escalation · 26 of 30 enrolled", "Open", "half", "accent"),
        ),
        (
            {"starts": DAY + timedelta(days=1)},
            (
                "Next block today, 1:00 PM: De-escalation · 26 of 30 enrolled",
                "Open", "empty", "accent",
            ),
        ),
        (
            {"starts": None, "next_day": None},
            ("No block is planned · 26 of 30 enrolled", "Open", "empty", "accent"),
        ),
        (
            {"unmarked": 1},
            (
                "1 mark is still blank · Next block today, 1:00 PM: De-escalation",
                "Mark attendance", "half", "care",
            ),
        ),
        (
            {"unmarked": 1_200},
            (
                "1,200 marks are still blank · Next block today, 1:00 PM: De-escalation",
                "Mark attendance", "half", "care",
            ),
        ),
        (
            {"enrolled": 0, "unmarked": 3},
            (
                "Nobody is enrolled yet · Next block today, 1:00 PM: De-escalation",
                "Add people", "empty", "accent",
            ),
        ),
    ],
)  # fmt: skip
def test_an_open_class_says_what_it_lacks_before_what_comes(changes, told):
    assert open_class(**changes) == told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, ("Ended Mar 6, 2026 · every mark is made", "Finalize…", "full", "accent")),
        (
            {"ends": None},
            ("All blocks are over · every mark is made", "Finalize…", "full", "accent"),
        ),
        (
            {"unmarked": 1},
            ("Ended Mar 6, 2026 · 1 mark is still blank", "Mark attendance", "warning", "care"),
        ),
        (
            {"unmarked": 2},
            ("Ended Mar 6, 2026 · 2 marks are still blank", "Mark attendance", "warning", "care"),
        ),
        (
            {"enrolled": 0, "unmarked": 2},
            ("Ended Mar 6, 2026 · nobody was enrolled", "Open", "warning", "care"),
        ),
    ],
)
def test_a_class_that_is_over_says_what_keeps_it_open(changes, told):
    task = words.to_finalize(replace(CLASS, **changes))
    assert (task.detail, task.link, task.shape, task.tone) == told
    assert (task.title, task.to) == ("Spring class", ("class", 7))


@pytest.mark.parametrize(
    ("count", "ends", "detail"),
    [
        (1, None, "1 certificate to issue"),
        (12, date(2026, 3, 6), "12 certificates to issue · ended Mar 6, 2026"),
    ],
)
def test_certificates_to_issue_are_counted_with_the_end_of_their_class(count, ends, detail):
    task = words.ready(Ready(7, "C", "Spring class", ends, count))
    assert (task.detail, task.link, task.to) == (detail, "Issue", ("class", 7))


def due(day: date, **standing) -> Due:
    told = {"state": "current", "since": date(2024, 3, 4), "text": "Expired on Mar 1, 2026."}
    return Due(5, "Ito, Ana", "", "", Standing(**(told | standing)), day)


@pytest.mark.parametrize(
    ("found", "detail", "shape"),
    [
        (due(DAY, refresher_due=DAY), "Refresher due today", "half"),
        (
            due(DAY + timedelta(days=1), refresher_due=DAY + timedelta(days=1)),
            "Refresher due tomorrow",
            "half",
        ),
        (
            due(DAY - timedelta(days=3), state="refresher due", refresher_due=DAY),
            "Refresher due since Mar 1, 2026",
            "warning",
        ),
        (
            due(DAY + timedelta(days=5), expires=DAY + timedelta(days=5)),
            "Certification ends Monday",
            "half",
        ),
        (due(DAY, expires=DAY), "Certification ends today", "half"),
        (
            due(DAY - timedelta(days=3), state="expired", expires=DAY - timedelta(days=3)),
            "Expired on Mar 1, 2026",
            "warning",
        ),
    ],
)
def test_somebody_who_is_due_says_when_and_why(found, detail, shape):
    task = words.person(found, DAY)
    assert (task.title, task.detail, task.shape, task.tone) == ("Ito, Ana", detail, shape, "care")
    assert task.to == ("person", 5)
    written = words.person(found, DAY, date(2026, 2, 3))
    assert written.detail == f"Written Feb 3, 2026 · {detail[0].lower()}{detail[1:]}"
    assert written.tone == "soft"


@pytest.mark.parametrize(
    ("count", "last"),
    [
        (1, "Invite them"),
        (2, "And 1 person more"),
        (3, "And 2 people more"),
        (1_501, "And 1,500 people more"),
    ],
)
def test_those_who_have_no_line_are_counted_in_the_last_one(count, last):
    tasks = words.people(People(count, (due(DAY),)), DAY, {5: date(2026, 2, 3)})
    assert [task.title for task in tasks] == ["Ito, Ana", last]
    assert tasks[0].detail.startswith("Written Feb 3, 2026")
    assert (tasks[1].link, tasks[1].to) == ("Write letters", ("renewals", None))


def test_nobody_due_gives_no_line_at_all():
    assert words.people(NONE, DAY, {}) == []


def test_a_problem_of_no_class_leads_to_the_people():
    task = words.problem(Problem("state number", "3 people have no state number."))
    assert (task.title, task.to) == ("State number missing", ("people", None))
    wrong = words.problem(Problem("certificate", "1 certificate is wrong.", 7))
    assert (wrong.title, wrong.to) == ("Certificates to reissue or revoke", ("class", 7))


def test_a_deadline_leads_to_the_roster_of_its_class():
    task = words.deadline(Problem("deadline", "The roster is due.", 7, date(2026, 3, 20)))
    assert (task.title, task.detail) == ("Due Mar 20, 2026", "The roster is due.")
    assert (task.link, task.to) == ("Prepare", ("rosters", ("", 7)))


# The most urgent step

BLANK = replace(CLASS, class_id=1, unmarked=2)
OVER = replace(CLASS, class_id=2)
OVER_BLANK = replace(CLASS, class_id=3, unmarked=1)
READY = Ready(4, "C", "Winter class", None, 3)
NUMBER = Problem("state number", "1 person has none.", 5)
DEADLINE = Problem("deadline", "It is due.", 6, DAY)


@pytest.mark.parametrize(
    ("found", "text", "to"),
    [
        ({}, "&New class…", ("new", "classes")),
        ({"problems": (NUMBER,)}, "&New class…", ("new", "classes")),
        ({"open_classes": (CLASS,)}, "&Open next class", ("class", 7)),
        (
            {"open_classes": (CLASS,), "problems": (NUMBER, DEADLINE)},
            "&Prepare state roster",
            ("rosters", ("", 6)),
        ),
        ({"problems": (DEADLINE,), "ready": (READY,)}, "&Issue certificates", ("class", 4)),
        ({"ready": (READY,), "to_finalize": (OVER,)}, "Finali&ze class…", ("class", 2)),
        ({"to_finalize": (OVER_BLANK,)}, "&Mark attendance", ("class", 3)),
        # what can be finalized at once goes before what must be marked first
        ({"to_finalize": (OVER_BLANK, OVER)}, "Finali&ze class…", ("class", 2)),
        # the class that goes on goes before the one that is over
        (
            {"to_finalize": (OVER,), "open_classes": (CLASS, BLANK)},
            "&Mark attendance",
            ("class", 1),
        ),
    ],
)
def test_the_step_to_take_first_is_the_one_that_is_latest(found, text, to):
    urgent = words.urgent(replace(EMPTY, **found))
    assert (urgent.text, urgent.to) == (text, to)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ({}, "nothing waits"),
        ({"open_classes": (CLASS,)}, "1 open class"),
        ({"open_classes": (CLASS, BLANK), "to_finalize": (OVER,)}, "2 open classes, 1 to finalize"),
        ({"ready": (READY, READY)}, "6 certificates ready"),
        ({"ready": (replace(READY, count=1),), "to_finalize": (OVER,)},
         "1 to finalize, 1 certificate ready"),
    ],
)  # fmt: skip
def test_the_day_in_short_counts_what_waits(found, text):
    assert words.in_short(replace(EMPTY, **found)) == text


def test_the_totals_lead_to_the_pages_that_list_them():
    counts = words.counts(Counts(people=5, agencies=4, classes=3, certificates=2, certified=1))
    assert counts == (
        ("People", 5, "people"),
        ("Certified today", 1, "people"),
        ("Agencies", 4, "agencies"),
        ("Classes", 3, "classes"),
        ("Certificates", 2, "certificates"),
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-1, "Mar 3, 2026"),
        (0, "today"),
        (1, "tomorrow"),
        (2, "Friday"),
        (6, "Tuesday"),
        (7, "Mar 11, 2026"),
        (365, "Mar 4, 2027"),
    ],
)
def test_a_day_of_the_week_to_come_is_called_by_its_name(days, said):
    assert words.day_near(DAY + timedelta(days=days), DAY) == said

"""What the pages of classes say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cit_desktop.services import classes, enrollment, finalize, hours
from ui.pages.classes import words
from ui.widgets.marks import Pill

SUMMARY = hours.Summary(
    enrollment_id=1,
    minutes=2190,
    by_area={"technical": 1200, "legal": 990},
    required=2400,
    total=2400,
    blanks=0,
    missing_text="missing Wed 1:00–4:30",
    state="short",
    short_minutes=210,
    reasons=("36.5 of 40 hours: missing Wed 1:00–4:30.",),
)
READY = replace(SUMMARY, minutes=2400, missing_text="", state="ready", short_minutes=0, reasons=())


@pytest.mark.parametrize(
    ("status", "starts", "ends", "text"),
    [
        ("open", date(2026, 10, 21), date(2026, 10, 25), "Planned"),
        ("open", None, None, "Planned"),
        ("open", date(2026, 10, 19), date(2026, 10, 23), "Under way"),
        ("open", date(2026, 10, 16), date(2026, 10, 20), "Under way"),
        ("open", date(2026, 10, 12), date(2026, 10, 16), "To finalize"),
        ("finalized", date(2026, 10, 12), date(2026, 10, 16), "Finalized"),
        ("on record", date(2016, 1, 4), date(2016, 1, 8), "On record"),
        ("cancelled", date(2026, 10, 12), date(2026, 10, 16), "Cancelled"),
    ],
)
def test_a_class_is_called_by_its_state_and_by_where_it_is_in_time(status, starts, ends, text):
    assert words.status_pill(status, starts, ends).text == text


@pytest.mark.parametrize(
    ("location", "county", "text"),
    [
        ("Courthouse", "Phelps", "Courthouse, Phelps County"),
        ("Phelps County Courthouse", "Phelps", "Phelps County Courthouse"),
        ("", "St. Louis City", "St. Louis City"),
        ("Library", "", "Library"),
        ("", "", ""),
    ],
)
def test_a_place_names_its_county_once(location, county, text):
    assert words.place(location, county) == text


def test_the_line_under_the_title_says_dates_place_seats_and_lead(training):
    assert words.subtitle(training.view()) == (
        "Oct 12–16, 2026 · Courthouse, Rolla, Phelps County · 5 of 30 seats · "
        "Lead instructor: Dep. R. Hill"
    )


def test_without_seats_and_lead_the_line_counts_people(empty):
    class_id = empty.add_class()
    view = empty.ask(classes.view, class_id)
    assert words.subtitle(view) == "Oct 12–16, 2026 · 0 people"


def test_the_next_step_follows_the_life_of_a_class(training):
    empty = training.add_class("Empty", code="X-1")
    assert words.next_step(training.ask(classes.view, empty)) == "import"
    future = training.add_class("Later", start=date(2026, 12, 7), code="X-2")
    training.do(enrollment.enroll, future, training.people["Allen"])
    assert words.next_step(training.ask(classes.view, future)) == "sheets"
    assert words.next_step(training.view()) == "finalize"
    training.all_present()
    training.do(finalize.finalize, training.class_id)
    assert words.next_step(training.view()) == "issue"
    training.do(classes.cancel, empty)
    assert words.next_step(training.ask(classes.view, empty)) == "reinstate"


def test_nothing_is_left_but_the_report_when_every_certificate_is_issued(training):
    view = training.view()
    counts = replace(view.counts, completed=5, certificates=5)
    assert words.next_step(replace(view, status="finalized", counts=counts)) == "report"
    assert words.next_step(replace(view, status="on record")) == "report"


@pytest.mark.parametrize(
    ("short", "blanks", "text"),
    [
        (0, 0, ""),
        (1, 0, "One person is short of 40 hours."),
        (
            3,
            5,
            "Three people are short of 40 hours and five marks are still blank. Blank is not "
            "present: mark each before the class is finalized.",
        ),
        (
            0,
            1,
            "One mark is still blank. Blank is not present: mark each before the class is "
            "finalized.",
        ),
        (13, 0, "13 people are short of 40 hours."),
    ],
)
def test_the_banner_counts_people_and_blanks_in_words(short, blanks, text):
    assert words.standing_text(words.Standing(tuple(range(short)), blanks, "40 hours")) == text


def test_blanks_of_blocks_to_come_are_not_missed(training):
    later = training.add_class("Later", start=date(2026, 10, 19), code="L-1")
    training.do(enrollment.enroll, later, training.people["Allen"])
    grid = training.ask(hours.grid, later)
    found = words.standing(grid, grid.summaries.values(), grid.marks.keys())
    assert found.blanks == 4  # Monday and Tuesday, the twentieth


def test_whoever_only_has_blanks_is_not_short(training):
    grid = training.grid()
    found = words.standing(grid, grid.summaries.values(), grid.marks.keys())
    assert found.short == ()
    assert found.blanks == 50
    assert found.required == "40 hours"


@pytest.mark.parametrize(
    ("summary", "pill"),
    [
        (READY, Pill("Ready", "good", "full")),
        (SUMMARY, Pill("3.5 short", "care", "half")),
        (replace(SUMMARY, blanks=2, state="blank"), Pill("3.5 short", "care", "half")),
        (
            replace(SUMMARY, blanks=2, state="blank", missing_text=""),
            Pill("2 to mark", "soft", "empty"),
        ),
        (
            replace(READY, state="short", reasons=("The test score is not entered.",)),
            Pill("Enter score", "care", "warning"),
        ),
        (
            replace(READY, state="short", reasons=("The scenario test is not entered.",)),
            Pill("Enter result", "care", "warning"),
        ),
        (
            replace(READY, state="short", reasons=("The test score is 60; 80 is needed.",)),
            Pill("Not passed", "care", "half"),
        ),
    ],
)
def test_each_person_has_a_state_with_a_shape(summary, pill):
    assert words.person_pill(summary) == pill


def test_the_reason_is_said_once_with_hours_first():
    assert words.why_text(SUMMARY) == "36.5 of 40 hours: missing Wed 1:00–4:30."
    scored = replace(SUMMARY, reasons=(*SUMMARY.reasons, "The test score is not entered."))
    assert words.why_text(scored).endswith("4:30. The test score is not entered.")
    assert words.why_text(READY) == "40 of 40 hours."


def test_hours_by_area_come_in_the_order_of_the_areas():
    assert words.areas_text(SUMMARY.by_area.items()) == "Legal 16.5, Technical 20"
    assert words.areas_text([("", 60), ("custom", 30)]) == "Other 1, custom 0.5"


def test_the_rule_names_every_condition(training):
    view = training.view()
    assert words.rule_text(view) == "40 hours, all of it; make-ups allowed"
    strict = replace(
        view, min_attendance=90, min_score=80, scenario_required=True, makeup_allowed=False
    )
    assert words.rule_text(strict) == (
        "40 hours, at least 90 %; test score of 80 or more; scenario passed; no make-ups"
    )


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (480, 720, "8:00 AM – 12:00 PM"),
        (780, 1020, "1:00 – 5:00 PM"),
        (0, 60, "12:00 – 1:00 AM"),
    ],
)
def test_times_of_day_are_written_the_american_way(start, end, text):
    assert words.time_range(start, end) == text


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("8", 480),
        ("8:30 AM", 510),
        ("1:30 pm", 810),
        ("1:30", 810),
        ("13:30", 810),
        ("1330", 810),
        ("12:00 PM", 720),
        ("12 a.m.", 0),
        ("7", 420),
    ],
)
def test_a_time_may_be_typed_as_people_do(typed, minutes):
    assert words.parse_time(typed) == minutes


@pytest.mark.parametrize("typed", ["", "noon", "25:00", "8:75", "13 PM", "0 am"])
def test_what_is_no_time_is_not_taken_for_one(typed):
    assert words.parse_time(typed) is None


def test_the_suggested_title_is_short_for_the_full_course():
    day = date(2026, 10, 12)
    title = "Crisis Intervention Team, 40-hour course"
    assert words.suggested_title(title, 2400, day) == "40-hour CIT, October 2026"
    assert words.suggested_title("CIT refresher", 480, day) == "CIT refresher, October 2026"

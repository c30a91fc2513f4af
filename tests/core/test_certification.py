from __future__ import annotations

from datetime import date, timedelta

import pytest

from cit_desktop.models import Person
from cit_desktop.services import certification
from tests.core.field import Field

TODAY = date(2026, 6, 1)


@pytest.fixture
def field(db, chapter_id):
    with db.operation("Add history") as session:
        yield Field(session, chapter_id)


def basic(field: Field, **more: object) -> int:
    return field.course("CIT40", **more)


def completed(field: Field, person_id: int, course_id: int, day: date, **more: object) -> int:
    status = more.pop("status", "finalized")
    code = f"C{course_id}-{day}-{person_id}"
    class_id = field.training(code, starts=day, days=1, course_id=course_id, status=status)
    return field.complete(class_id, person_id, **more)


def of(field: Field, person_id: int, today: date = TODAY) -> certification.Standing:
    return certification.standing(field.session, [person_id], today)[person_id]


def test_without_a_basic_course_there_is_no_standing(field):
    person_id = field.person("Ito")
    refresher = field.course("REF8", basic=False, refresher=True)
    completed(field, person_id, refresher, date(2026, 1, 5))
    assert of(field, person_id) == certification.Standing()


def test_without_months_a_certification_holds_for_ever(field):
    person_id = field.person("Ito")
    completed(field, person_id, basic(field), date(1999, 3, 1))
    found = of(field, person_id)
    assert (found.state, found.since, found.expires) == ("current", date(1999, 3, 1), None)
    assert found.text == "Certified since Mar 1, 1999."


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 2, 27), "current"),
        (date(2026, 2, 28), "refresher due"),
        (date(2027, 2, 28), "refresher due"),
        (date(2027, 3, 1), "expired"),
    ],
)
def test_months_are_counted_by_the_calendar(field, today, state):
    course_id = basic(field, refresher_months=24, validity_months=36)
    person_id = field.person("Ito")
    completed(field, person_id, course_id, date(2024, 2, 28))
    assert of(field, person_id, today).state == state


def test_the_end_of_february_of_a_leap_year_is_the_end_of_february(field):
    person_id = field.person("Ito")
    completed(field, person_id, basic(field, refresher_months=12), date(2024, 2, 29))
    assert of(field, person_id).refresher_due == date(2025, 2, 28)


def test_the_text_says_what_comes(field):
    course_id = basic(field, refresher_months=24, validity_months=36)
    person_id = field.person("Ito")
    completed(field, person_id, course_id, date(2025, 3, 3))
    texts = [of(field, person_id, date(year, 4, 1)).text for year in (2026, 2027, 2028)]
    assert texts == [
        "Certified since Mar 3, 2025; refresher due Mar 3, 2027; expires Mar 3, 2028.",
        "Certified since Mar 3, 2025; refresher due since Mar 3, 2027.",
        "Expired on Mar 3, 2028.",
    ]


def test_a_refresher_counts_the_months_anew(field):
    course_id = basic(field, refresher_months=24, validity_months=36)
    refresher = field.course("REF8", basic=False, refresher=True)
    person_id = field.person("Ito")
    completed(field, person_id, course_id, date(2023, 1, 2))
    assert of(field, person_id).state == "expired"
    completed(field, person_id, refresher, date(2025, 6, 2))
    found = of(field, person_id)
    assert (found.state, found.since) == ("current", date(2023, 1, 2))
    assert (found.refresher_due, found.expires) == (date(2027, 6, 2), date(2028, 6, 2))


def test_the_latest_basic_course_sets_the_rule(field):
    person_id = field.person("Ito")
    completed(field, person_id, basic(field, validity_months=12), date(2020, 1, 2))
    newer = field.course("CIT-N", validity_months=60)
    completed(field, person_id, newer, date(2025, 1, 2))
    found = of(field, person_id)
    assert (found.since, found.expires) == (date(2020, 1, 2), date(2030, 1, 2))


@pytest.mark.parametrize(
    "more",
    [
        {"result": "partial"},
        {"result": "withdrawn"},
        {"result": "open"},
        {"role": "observer"},
        {"role": "instructor"},
        {"status": "open"},
        {"status": "cancelled"},
    ],
)
def test_only_trainees_who_completed_are_certified(field, more):
    person_id = field.person("Ito")
    completed(field, person_id, basic(field), date(2025, 1, 6), **more)
    assert of(field, person_id).state == "none"


def test_classes_of_old_papers_count(field):
    person_id = field.person("Ito")
    completed(field, person_id, basic(field), date(2015, 1, 5), status="on record")
    assert of(field, person_id).state == "current"


def test_without_a_day_of_completion_the_last_day_of_the_class_counts(field):
    person_id = field.person("Ito")
    completed(field, person_id, basic(field), date(2015, 1, 5), completed_on=None)
    assert of(field, person_id).since == date(2015, 1, 5)


def test_what_is_completed_later_does_not_count_yet(field):
    person_id = field.person("Ito")
    completed(field, person_id, basic(field), TODAY + timedelta(days=1))
    assert of(field, person_id).state == "none"
    assert of(field, person_id, TODAY + timedelta(days=1)).state == "current"


def test_everybody_asked_for_is_answered(field):
    people = [field.person("Ito"), field.person("Abbott")]
    found = certification.standing(field.session, [*people, 999], TODAY)
    assert set(found) == {*people, 999}


def test_those_due_are_listed_by_urgency(field):
    course_id = basic(field, refresher_months=24, validity_months=36)
    for last, day in (
        ("Soon", date(2024, 7, 1)),
        ("Gone", date(2022, 1, 3)),
        ("Later", date(2026, 1, 5)),
        ("Due", date(2024, 3, 4)),
    ):
        completed(field, field.person(last), course_id, day)
    found = certification.due(field.session, TODAY, 60)
    assert [(d.name, d.standing.state) for d in found] == [
        ("Gone, Ana", "expired"),
        ("Due, Ana", "refresher due"),
        ("Soon, Ana", "current"),
    ]
    assert found[2].day == date(2026, 7, 1)


def test_standings_that_are_known_are_not_read_again(field):
    completed(field, field.person("Gone"), basic(field, refresher_months=12), date(2022, 1, 3))
    known = certification.everybody(field.session, TODAY)
    assert certification.due(field.session, TODAY, 60, known) == certification.due(
        field.session, TODAY, 60
    )
    assert certification.due(field.session, TODAY, 60, {}) == []


def test_archived_people_are_not_invited(field):
    person_id = field.person("Ito")
    completed(field, person_id, basic(field, refresher_months=1), date(2024, 7, 1))
    field.session.get_one(Person, person_id).archived = True
    field.session.flush()
    assert certification.due(field.session, TODAY, 60) == []
    assert of(field, person_id).state == "refresher due"

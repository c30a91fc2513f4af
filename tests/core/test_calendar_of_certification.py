"""When a certification begins, is due and ends: any day, any months, any number of classes."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cit_desktop.services import certification
from cit_desktop.services.certification import Standing, _Completed, _standing

some = settings(max_examples=40)
DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))
MONTHS = st.none() | st.integers(1, 120)
HISTORIES = st.lists(st.builds(_Completed, DAYS, st.booleans(), MONTHS, MONTHS), max_size=6)


def basic(day: date, validity: int | None = 24, refresher: int | None = 18) -> _Completed:
    return _Completed(day, True, validity, refresher)


def refresher(day: date, validity: int | None = None) -> _Completed:
    return _Completed(day, False, validity, None)


@some
@given(HISTORIES, DAYS)
def test_somebody_without_a_basic_course_has_no_standing(history, today):
    found = _standing([entry for entry in history if not entry.basic], today)
    assert found == Standing()


@some
@given(HISTORIES, DAYS)
def test_certified_since_the_first_basic_course(history, today):
    past = [entry.day for entry in history if entry.basic and entry.day <= today]
    assert _standing(history, today).since == min(past, default=None)


@some
@given(HISTORIES, DAYS)
def test_what_comes_later_changes_nothing_today(history, today):
    known = [entry for entry in history if entry.day <= today]
    assert _standing(history, today) == _standing(known, today)


@some
@given(HISTORIES, DAYS, st.randoms())
def test_the_order_of_the_classes_does_not_matter(history, today, random):
    distinct = list({entry.day: entry for entry in history}.values())
    mixed = list(distinct)
    random.shuffle(mixed)
    assert _standing(mixed, today) == _standing(distinct, today)


@some
@given(HISTORIES, DAYS)
def test_the_state_says_what_the_days_say(history, today):
    found = _standing(history, today)
    if found.state == "none":
        assert (found.since, found.refresher_due, found.expires) == (None, None, None)
        return
    expired = found.expires is not None and today > found.expires
    due = found.refresher_due is not None and today >= found.refresher_due
    assert found.state == ("expired" if expired else "refresher due" if due else "current")


@some
@given(HISTORIES, DAYS, st.integers(0, 2000))
def test_time_alone_never_makes_a_standing_better(history, today, later):
    order = ("current", "refresher due", "expired")
    known = [entry for entry in history if entry.day <= today]
    found = _standing(known, today)
    if found.state != "none":
        then = _standing(known, today + timedelta(days=later))
        assert order.index(then.state) >= order.index(found.state)
        assert (then.since, then.expires) == (found.since, found.expires)


@some
@given(HISTORIES, DAYS)
def test_a_refresher_today_never_makes_a_standing_worse(history, today):
    order = ("current", "refresher due", "expired", "none")
    before, after = _standing(history, today), _standing([*history, refresher(today)], today)
    assert order.index(after.state) <= order.index(before.state)
    if before.expires is not None:
        assert after.expires >= before.expires


@some
@given(HISTORIES, DAYS)
def test_the_text_is_one_sentence_with_the_year_of_what_counts(history, today):
    found = _standing(history, today)
    assert found.text.endswith(".")
    assert found.text.count(".") == 1
    if found.state == "expired":
        assert str(found.expires.year) in found.text
    elif found.since:
        assert str(found.since.year) in found.text


@some
@given(DAYS, st.integers(1, 120))
def test_months_end_on_the_same_day_or_on_the_last_of_a_shorter_month(day, months):
    expires = _standing([basic(day, months, None)], day).expires
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    assert (expires.year, expires.month) == (year, month + 1)
    assert expires.day == min(day.day, monthrange(year, month + 1)[1])


@some
@given(DAYS, st.integers(1, 120))
def test_the_last_day_still_holds_and_the_next_does_not(day, months):
    history = [basic(day, months, None)]
    last = _standing(history, day).expires
    assert _standing(history, last).state == "current"
    assert _standing(history, last + timedelta(days=1)).state == "expired"


@some
@given(DAYS, st.integers(1, 120))
def test_a_refresher_is_due_from_its_day_on(day, months):
    history = [basic(day, None, months)]
    due = _standing(history, day).refresher_due
    assert _standing(history, due - timedelta(days=1)).state == "current"
    assert _standing(history, due).state == "refresher due"


@pytest.mark.parametrize(
    ("completed", "months", "expires"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 8, 31), 1, date(2025, 9, 30)),
        (date(2025, 12, 31), 1, date(2026, 1, 31)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2099, 2, 28), 12, date(2100, 2, 28)),
        (date(2096, 2, 29), 48, date(2100, 2, 28)),
    ],
)
def test_leap_days_and_the_ends_of_months(completed, months, expires):
    assert _standing([basic(completed, months, None)], completed).expires == expires


def test_a_refresher_before_the_basic_course_counts_for_nothing():
    early, day = refresher(date(2020, 1, 1)), date(2021, 1, 1)
    assert _standing([early, basic(day)], day) == _standing([basic(day)], day)


def test_two_classes_that_end_on_one_day_count_once():
    day = date(2025, 5, 2)
    assert _standing([basic(day), refresher(day)], day) == _standing([basic(day)], day)


def test_the_rule_of_a_later_basic_course_holds_from_then_on():
    first, again = basic(date(2020, 1, 1), 12), basic(date(2024, 1, 1), None, None)
    found = _standing([first, again], date(2026, 1, 1))
    assert (found.state, found.since, found.expires) == ("current", date(2020, 1, 1), None)


def test_an_expired_certification_is_taken_up_again_by_a_refresher():
    first, late = basic(date(2020, 1, 1), 12, None), refresher(date(2025, 1, 1))
    assert _standing([first], date(2025, 1, 1)).state == "expired"
    found = _standing([first, late], date(2025, 1, 1))
    assert (found.state, found.expires) == ("current", date(2026, 1, 1))


def test_without_anybody_the_answer_is_empty(world_db):
    with world_db.read() as session:
        assert certification.standing(session, [], date(2026, 1, 1)) == {}
        assert certification.everybody(session, date(1990, 1, 1)) == {}
        assert certification.due(session, date(1990, 1, 1), 36_500) == []


def test_whoever_is_not_in_the_records_has_no_standing(world_db):
    with world_db.read() as session:
        assert certification.standing(session, [9999], date(2026, 1, 1)) == {9999: Standing()}

from datetime import UTC, date, datetime, timedelta

import pytest

from ui import format as fmt

NOW = datetime(2026, 10, 12, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (None, ""),
        (0, "0"),
        (60, "1"),
        (90, "1.5"),
        (2190, "36.5"),
        (2400, "40"),
        (20, "0.33"),
        (50, "0.83"),
        (6, "0.1"),
        (-90, "-1.5"),
        (60_000, "1000"),
    ],
)
def test_hours_have_no_more_decimals_than_they_need(minutes, text):
    assert fmt.hours(minutes) == text


def test_no_minutes_of_an_hour_look_like_the_next_hour():
    assert [m for m in range(60) if fmt.hours(m).split(".")[0] != "0"] == []


def test_one_hour_is_singular():
    assert (fmt.hours_long(60), fmt.hours_long(90)) == ("1 hour", "1.5 hours")


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 10, 12), date(2026, 10, 16), "Oct 12–16, 2026"),
        (date(2026, 10, 12), None, "Oct 12, 2026"),
        (None, date(2026, 10, 12), "Oct 12, 2026"),
        (None, None, ""),
    ],
)
def test_a_range_of_days_is_made_of_what_is_known(first, last, text):
    assert fmt.day_range(first, last) == text


def test_a_day_is_written_one_way_on_the_screen_and_one_on_paper():
    assert fmt.day(date(2026, 3, 4)) == "Mar 4, 2026"
    assert fmt.paper_day(date(2026, 3, 4)) == "March 4, 2026"
    assert fmt.day(None) == fmt.paper_day(None) == fmt.local_day(None) == ""


def test_a_moment_in_a_column_of_days_shows_its_local_day():
    assert fmt.local_day(date(2026, 3, 4)) == "Mar 4, 2026"
    assert fmt.local_day(NOW) == fmt.day(NOW.astimezone().date())


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("5735550101", "(573) 555-0101"), ("+49 30 1234567", "+49 30 1234567"), ("", "")],
)
def test_a_phone_of_ten_digits_is_shown_as_americans_write_it(kept, shown):
    assert fmt.phone(kept) == shown


def test_a_moment_is_told_in_local_time():
    local = NOW.astimezone()
    time = fmt.clock_time(local.hour * 60 + local.minute)
    assert fmt.clock(NOW) == time
    assert fmt.moment(NOW) == f"{fmt.day(local.date())}, {time}"
    assert fmt.moment(None) == ""


@pytest.mark.parametrize(
    ("passed", "text"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=12), "12 min ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=5, minutes=40), "5 hours ago"),
    ],
)
def test_a_short_while_ago_is_counted(passed, text):
    assert fmt.ago(NOW - passed, NOW) == text


def test_a_long_while_ago_is_a_day():
    then = NOW - timedelta(days=3)
    assert fmt.ago(then, NOW) == fmt.day(then.astimezone().date())


@pytest.mark.parametrize(
    ("parts", "listed", "spoken"),
    [
        (("Carter", "Andrew", "Lynn", "Jr"), "Carter, Andrew Lynn Jr", "Andrew Lynn Carter Jr"),
        (("Allen", "Margaret"), "Allen, Margaret", "Margaret Allen"),
        (("Sukarno", ""), "Sukarno", "Sukarno"),
        (("", "Zoë"), "Zoë", "Zoë"),
        (("Nguyễn", "Ánh", "Thị"), "Nguyễn, Ánh Thị", "Ánh Thị Nguyễn"),
    ],
)
def test_names_are_listed_last_first_and_spoken_first_last(parts, listed, spoken):
    assert fmt.person(*parts) == listed
    assert fmt.person_spoken(*parts) == spoken


def test_counts_have_thousands_and_a_cap():
    assert fmt.count(12345) == "12,345"
    assert fmt.count(999, cap=1000) == "999"
    assert fmt.count(1000, cap=1000) == "1,000+"


def test_words_follow_their_number():
    assert fmt.plural(1, "person", "people") == "1 person"
    assert fmt.plural(1200, "person", "people") == "1,200 people"
    assert fmt.plural(0, "class", "classes") == "0 classes"
    assert fmt.plural(2, "hour") == "2 hours"


def test_a_part_of_nothing_is_blank():
    assert fmt.percent(9, 10) == "90\u00a0%"
    assert fmt.percent(0, 0) == ""


@pytest.mark.parametrize(
    ("octets", "text"), [(0, "0 B"), (999, "999 B"), (312_400, "312 kB"), (1_440_000, "1.4 MB")]
)
def test_sizes_are_readable(octets, text):
    assert fmt.size(octets) == text

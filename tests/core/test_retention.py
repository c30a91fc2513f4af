"""Which backups stay, to the hour at which each rule begins and ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cit_desktop import backup, retention
from cit_desktop.backup import Backup

NOW = datetime(2026, 10, 14, 12, tzinfo=UTC)  # a Wednesday
NEWEST = NOW - timedelta(minutes=1)


def made_at(moment: datetime, reason: str = "change", name: str = "") -> Backup:
    path = Path(f"{name or moment.isoformat()}-{reason}.cit")
    return Backup(path, moment, reason, "", {}, (0, ""))


def ago(**past: float) -> datetime:
    return NOW - timedelta(**past)


def kept(*moments: datetime, reason: str = "change") -> list[datetime]:
    """Which of these stay beside a newer one, in the order given."""
    backups = [made_at(moment, reason) for moment in moments]
    stay = retention.kept([made_at(NEWEST, name="newest"), *backups], NOW)
    return [one.made for one in backups if one.path in stay]


def test_every_backup_of_two_days_stays():
    moments = [ago(hours=hours) for hours in (1, 2, 3, 25, 26, 47.9)]
    assert kept(*moments) == moments


def test_after_two_days_the_last_of_each_day_stays():
    morning, noon, evening = (datetime(2026, 10, 10, hour, tzinfo=UTC) for hour in (8, 12, 20))
    assert kept(morning, noon, evening) == [evening]
    just = ago(hours=48)
    later = just.replace(hour=13)  # less than 48 hours old
    assert kept(just, later) == [just, later]


def test_of_one_day_the_last_stays_for_two_weeks():
    near = [datetime(2026, 9, 30, hour, tzinfo=UTC) for hour in (13, 14)]  # less than 14 days
    assert kept(*near) == near[1:]
    days = [datetime(2026, 10, day, 20, tzinfo=UTC) for day in (5, 6, 7, 8)]
    assert kept(*days) == days


def test_after_two_weeks_the_last_of_each_week_stays():
    monday, sunday = (datetime(2026, 9, day, 12, tzinfo=UTC) for day in (14, 20))
    next_monday = datetime(2026, 9, 21, 12, tzinfo=UTC)
    assert kept(monday, sunday, next_monday) == [sunday, next_monday]


def test_after_eight_weeks_the_last_of_each_month_stays():
    first, last = (datetime(2026, 6, day, 12, tzinfo=UTC) for day in (2, 29))
    other = datetime(2026, 5, 31, 12, tzinfo=UTC)
    assert kept(first, last, other) == [last, other]


def test_months_stay_for_two_years_and_years_for_ten():
    within = [ago(days=days) for days in (700, 730)]  # of two months
    assert kept(*within) == within
    beyond = [datetime(2023, month, 5, tzinfo=UTC) for month in (3, 8)]
    assert kept(*beyond) == beyond[1:]
    assert kept(ago(days=3652)) == [ago(days=3652)]
    assert kept(ago(days=3653)) == []


@pytest.mark.parametrize(("age", "stays"), [(365, True), (366, False)])
def test_all_of_those_made_before_an_upgrade_stay_for_a_year(age, stays):
    upgrades = [made_at(ago(days=days), "upgrade") for days in (10, 11, 12)]
    old = made_at(ago(days=age), "upgrade")
    newer = made_at(ago(days=age) + timedelta(hours=1))  # of the same month, so it is the last
    stay = retention.kept([made_at(NEWEST, name="newest"), *upgrades, old, newer], NOW)
    assert newer.path in stay
    assert (old.path in stay) is stays


def test_the_last_three_before_an_upgrade_stay_whatever_their_age():
    days = (4000, 4001, 4002, 4003)
    moments = [ago(days=day) for day in days]
    assert kept(*moments, reason="upgrade") == moments[:3]
    assert kept(*moments) == []


def test_the_newest_stays_even_when_it_is_older_than_all_rules():
    alone = made_at(ago(days=9000))
    assert retention.kept([alone, made_at(ago(days=9001))], NOW) == {alone.path}
    assert retention.kept([], NOW) == set()


def test_of_two_made_in_one_moment_one_stays_the_same_in_any_order():
    moment = ago(days=5)
    one, two = made_at(moment, name="a"), made_at(moment, name="b")
    rest = [made_at(NEWEST, name="newest")]
    first = retention.kept([*rest, one, two], NOW)
    assert first == retention.kept([two, one, *rest], NOW)
    assert first == {rest[0].path, two.path}


@pytest.fixture
def folder(path):
    """A folder with three backups, all made now."""
    for _ in range(3):
        made = backup.make(path)
    return made.path.parent


def test_nothing_goes_while_a_backup_seems_to_come_from_the_future(folder):
    newest = backup.listed(folder)[0].made
    assert retention.prune(folder, newest - timedelta(seconds=1)) == []
    assert len(backup.listed(folder)) == 3


def test_backups_that_go_take_their_descriptions_along(folder):
    before = backup.listed(folder)
    gone = retention.prune(folder, before[0].made + timedelta(days=4000))
    assert sorted(gone) == sorted(one.path for one in before[1:])
    assert [one.path for one in backup.listed(folder)] == [before[0].path]
    assert not any(backup.manifest_path(path).exists() for path in gone)


def test_a_folder_without_backups_has_none_to_lose(tmp_path):
    (tmp_path / "other.cit").write_text("kept by somebody else")
    assert retention.prune(tmp_path, NOW) == []
    assert [path.name for path in tmp_path.iterdir()] == ["other.cit"]

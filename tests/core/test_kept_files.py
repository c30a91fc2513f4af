"""Backups and lock files that somebody else touched: told, passed over, never trusted."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cit_desktop import backup, holder, retention
from cit_desktop.backup import Backup
from cit_desktop.errors import FileProblem

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SPOILED = {
    "nothing": "",
    "no JSON": "{",
    "a list": "[]",
    "a number": "7",
    "no day": {"made": None},
    "an impossible day": {"made": "2026-13-45T00:00:00Z"},
    "a day in words": {"made": "yesterday"},
    "no head": {"head": None},
    "half a head": {"head": [1]},
    "a head of words": {"head": ["x", "y"]},
    "rows that are a number": {"rows": 7},
    "rows that are nothing": {"rows": None},
}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CIT_DESKTOP_HOME", str(tmp_path / "home"))


@pytest.fixture
def made(world_db, tmp_path) -> Backup:
    return backup.make(world_db.path, tmp_path / "backups")


def spoil(made: Backup, how: object) -> None:
    manifest = backup.manifest_path(made.path)
    if isinstance(how, dict):
        how = json.dumps(json.loads(manifest.read_text(encoding="utf-8")) | how)
    manifest.write_text(str(how), encoding="utf-8")


@pytest.mark.parametrize("how", SPOILED)
def test_a_description_that_cannot_be_read_makes_no_backup(made, how):
    spoil(made, SPOILED[how])
    assert backup.listed(made.path.parent) == []
    with pytest.raises(FileProblem, match="no readable description"):
        backup.read_manifest(made.path)


@pytest.mark.parametrize("missing", ["made", "reason", "sha256", "rows", "head"])
def test_a_description_that_lacks_a_part_makes_no_backup(made, missing):
    manifest = backup.manifest_path(made.path)
    known = json.loads(manifest.read_text(encoding="utf-8"))
    del known[missing]
    manifest.write_text(json.dumps(known), encoding="utf-8")
    assert backup.listed(made.path.parent) == []


@pytest.mark.parametrize(
    "how",
    [{"sha256": "0" * 64}, {"rows": {"person": 5_000}}, {"head": [99, "x"]}, {"rows": {}}],
)
def test_a_description_that_says_something_else_is_not_believed(made, how):
    spoil(made, how)
    with pytest.raises(FileProblem):
        backup.verify(backup.read_manifest(made.path))
    (_, problem) = backup.verify_all(made.path.parent)[0]
    assert problem


def test_a_sound_backup_is_proven(made):
    backup.verify(made)
    assert backup.verify_all(made.path.parent) == [(made, "")]
    assert backup.contents(made.path) == made.rows


@pytest.mark.parametrize("cut", [0, 1, 16, 100, 4096, 10_000])
def test_a_backup_cut_off_anywhere_is_found(made, cut):
    made.path.write_bytes(made.path.read_bytes()[:cut])
    with pytest.raises(FileProblem):
        backup.verify(made)


@pytest.mark.parametrize("place", [0, 18, 100, 5_000, -1])
def test_one_changed_byte_is_found(made, place):
    content = bytearray(made.path.read_bytes())
    content[place] ^= 0xFF
    made.path.write_bytes(content)
    with pytest.raises(FileProblem):
        backup.verify(made)


def test_a_backup_that_is_gone_is_told(made):
    made.path.unlink()
    with pytest.raises(FileProblem, match="There is no file"):
        backup.verify(made)


def test_other_files_in_the_folder_are_left_alone(made):
    folder = made.path.parent
    for name in ("notes.txt", "other.cit", "photo.cit.json"):
        (folder / name).write_text("mine", encoding="utf-8")
    retention.prune(folder, NOW + timedelta(days=36_500))
    assert {"notes.txt", "other.cit", "photo.cit.json"} <= {p.name for p in folder.iterdir()}
    assert made.path.exists()


def fake(hours: int, reason: str = "regular") -> Backup:
    moment = NOW - timedelta(hours=hours)
    return Backup(Path(f"{hours}-{reason}.cit"), moment, reason, "", {}, (0, ""))


AGES = st.lists(st.integers(0, 24 * 365 * 12), max_size=60, unique=True)
REASONS = st.sampled_from(("regular", "import", "upgrade", "by hand"))


@settings(max_examples=30)
@given(AGES, REASONS)
def test_what_is_kept_is_among_what_is_there_and_never_nothing(ages, reason):
    backups = [fake(age, reason) for age in ages]
    kept = retention.kept(backups, NOW)
    assert kept <= {one.path for one in backups}
    assert bool(kept) == bool(backups)


@settings(max_examples=30)
@given(AGES)
def test_all_of_two_days_and_one_of_each_later_day_week_and_month_is_kept(ages):
    backups = [fake(age) for age in ages]
    kept = retention.kept(backups, NOW)
    for one in backups:
        age = NOW - one.made
        if age < timedelta(days=2):
            assert one.path in kept
        for longest, pattern in ((14, "%F"), (56, "%G-%V"), (731, "%Y-%m"), (3653, "%Y")):
            if age < timedelta(days=longest):
                period = one.made.strftime(pattern)
                assert any(b.path in kept for b in backups if b.made.strftime(pattern) == period)


@settings(max_examples=30)
@given(AGES, AGES)
def test_the_order_in_a_folder_makes_no_difference(ages, others):
    backups = [fake(age) for age in {*ages, *others}]
    assert retention.kept(backups, NOW) == retention.kept(backups[::-1], NOW)


LOCKS = (
    *("", "{", "[]", "7", "null", '"x"', "{}", '{"user": "Ann"}', "\udcff"),
    json.dumps({"user": "A", "host": "H", "pid": "x", "since": "now", "seen": "now"}),
    json.dumps({"user": "A", "host": "H", "pid": 1, "since": 5, "seen": 5}),
    json.dumps({"user": "A", "host": "H", "pid": None, "since": "", "seen": ""}),
    json.dumps(
        {"user": "A", "host": "H", "pid": 1, "since": "0001-01-01", "seen": "9999-12-31T23:59:59"}
    ),
)


@pytest.mark.parametrize("words", LOCKS)
def test_a_lock_file_of_any_words_keeps_nobody_from_opening(tmp_path, words):
    records = tmp_path / "chapter.cit"
    path = holder.lock_path(records)
    path.write_text(words, encoding="utf-8", errors="surrogateescape")
    found = holder.read(records)
    if found is None:
        hold = holder.Hold.take(records)
        assert holder.read(records) is not None
        hold.release()
        assert not path.exists()
    else:
        assert found.sentence("chapter.cit")

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cit_desktop import backup, paths, retention
from cit_desktop.backup import Backup
from cit_desktop.db import Database
from cit_desktop.errors import Busy, FileProblem, TooNew
from cit_desktop.models import Certificate, Person
from cit_desktop.restore import restore
from cit_desktop.services import certificates, check
from tests.core.helpers.world import World

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CIT_DESKTOP_HOME", str(tmp_path / "home"))


def add(path: Path, last: str) -> None:
    db = Database.open(path)
    with db.operation("Add person") as session:
        session.add(Person(last=last, sort_key=last.casefold()))
    db.close()


def people(path: Path) -> list[str]:
    db = Database.open(path)
    with db.read() as session:
        names = [person.last for person in session.query(Person).order_by(Person.id)]
    db.close()
    return names


def test_a_backup_holds_what_the_records_hold(path):
    add(path, "Ito")
    made = backup.make(path)
    assert people(made.path) == ["Ito"]
    assert made.rows["person"] == 1
    assert made.head[0] == 1
    backup.verify(made)


def test_a_backup_of_a_file_in_use_is_whole(path):
    db = Database.open(path)
    with db.operation("Add") as session:
        session.add(Person(last="Ito", sort_key="ito"))
    made = backup.make(path)
    db.close()
    assert people(made.path) == ["Ito"]


def test_two_backups_in_one_second_do_not_overwrite_each_other(path):
    first, second = backup.make(path), backup.make(path)
    assert first.path != second.path
    assert len(backup.listed(paths.backup_folder(path))) == 2


def test_backups_of_two_files_of_one_name_stay_apart(path, tmp_path):
    other = tmp_path / "elsewhere" / path.name
    other.parent.mkdir()
    other.write_bytes(path.read_bytes())
    assert paths.backup_folder(path) != paths.backup_folder(other)


def test_a_folder_that_cannot_be_written_gives_a_sentence(path, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    with pytest.raises(FileProblem, match="No backup could be made"):
        backup.make(path, blocked)


def test_a_home_that_cannot_be_made_gives_a_sentence(path, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("CIT_DESKTOP_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(FileProblem, match="folder for backups cannot be made"):
        backup.make(path)


def test_a_changed_backup_is_reported_and_only_that_one(path):
    good, bad = backup.make(path), backup.make(path)
    content = bytearray(bad.path.read_bytes())
    content[-1] ^= 1
    bad.path.write_bytes(content)
    found = {b.path: wrong for b, wrong in backup.verify_all(paths.backup_folder(path))}
    assert found[good.path] == ""
    assert "was changed after it was made" in found[bad.path]


def test_a_file_without_a_description_is_not_taken_for_a_backup(path, tmp_path):
    copy = tmp_path / "copy.cit"
    copy.write_bytes(path.read_bytes())
    assert backup.listed(tmp_path) == []
    with pytest.raises(FileProblem, match="no readable description"):
        backup.read_manifest(copy)


def test_a_writer_elsewhere_ends_the_wait_with_a_sentence(path, monkeypatch):
    monkeypatch.setattr(backup, "DEADLINE", 0.2)
    monkeypatch.setattr(backup.connect.driver_connection, "__defaults__", (0.1,))
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    with pytest.raises((FileProblem, Busy)):
        backup.make(path)
    writer.close()
    assert list(paths.backup_folder(path).iterdir()) == []


def test_restoring_brings_back_the_records_and_keeps_the_former_ones(path):
    add(path, "Ito")
    chosen = backup.make(path)
    add(path, "Sato")
    former = restore(path, chosen)
    assert people(path) == ["Ito"]
    assert people(former) == ["Ito", "Sato"]


def test_a_restore_stands_in_the_history(path):
    chosen = backup.make(path)
    restore(path, chosen)
    db = Database.open(path)
    with db.read() as session:
        label = session.connection().exec_driver_sql("SELECT label FROM operation").scalar()
    db.close()
    assert label.startswith("Restore the backup of")


def test_damaged_records_are_put_aside_and_replaced(path):
    add(path, "Ito")
    chosen = backup.make(path)
    damaged = b"SQLite format 3\x00" + b"\xff" * 5000
    path.write_bytes(damaged)
    former = restore(path, chosen)
    assert people(path) == ["Ito"]
    assert former.read_bytes() == damaged


def test_missing_records_come_back_from_a_backup(path):
    add(path, "Ito")
    chosen = backup.make(path)
    path.unlink()
    restore(path, chosen)
    assert people(path) == ["Ito"]


def test_a_backup_that_is_not_whole_restores_nothing(path):
    chosen = backup.make(path)
    add(path, "Ito")
    chosen.path.write_bytes(chosen.path.read_bytes()[:-4096])
    with pytest.raises(FileProblem):
        restore(path, chosen)
    assert people(path) == ["Ito"]


def test_a_restore_while_somebody_writes_is_refused(path, monkeypatch):
    chosen = backup.make(path)
    monkeypatch.setattr("cit_desktop.restore.backup.make", lambda *_, **__: chosen)
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("cit_desktop.restore.WAIT", 0.1)
    with pytest.raises(Busy):
        restore(path, chosen)
    writer.close()


def issued_since(db: Database, world: World) -> Backup:
    """A backup, and a certificate issued after it."""
    chosen = backup.make(db.path)
    with db.operation("Issue", undoable=False) as session:
        certificates.issue(session, world.done_class, [world.done_enrolled[1]])
    return chosen


def test_a_number_given_out_since_the_backup_is_not_given_out_again(world_db, world):
    chosen = issued_since(world_db, world)
    with world_db.read() as session:
        on_paper = session.scalars(select(Certificate.number).order_by(Certificate.id)).all()[-1]
    world_db.close()
    restore(world_db.path, chosen)
    with world_db.operation("Issue", undoable=False) as session:
        certificates.issue(session, world.done_class, [world.done_enrolled[1]])
        numbers = session.scalars(select(Certificate.number)).all()
        lost = [finding for finding in check.run(session) if on_paper in finding.sentence]
    assert on_paper not in numbers
    assert [(found.severity, found.hint[:21]) for found in lost] == [
        ("warning", "A backup was restored")
    ]


def reissued(db: Database, certificate_id: int, reason: str = "Name") -> tuple[int, str]:
    """Id and number of the certificate that takes the place of another."""
    with db.operation("Reissue", undoable=False) as session:
        made = certificates.reissue(session, certificate_id, reason)
        return made, session.get_one(Certificate, made).number


@pytest.mark.parametrize("times", [1, 2])
def test_a_reissue_lost_by_a_restore_keeps_its_number_to_itself(world_db, world, times):
    chosen = backup.make(world_db.path)
    on_paper = set()
    for _ in range(times):
        on_paper.add(reissued(world_db, world.certificate)[1])
        world_db.close()
        restore(world_db.path, chosen)
    assert len(on_paper) == times
    assert reissued(world_db, world.certificate)[1] not in on_paper


def test_a_number_known_by_a_later_backup_alone_is_not_given_again(world_db, world):
    chosen = backup.make(world_db.path)
    on_paper = reissued(world_db, world.certificate)[1]
    backup.make(world_db.path)
    world_db.close()
    world_db.path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    restore(world_db.path, chosen)
    assert reissued(world_db, world.certificate)[1] != on_paper


@pytest.mark.parametrize("damaged", [False, True])
def test_a_restore_cut_off_before_its_end_changes_nothing(path, monkeypatch, damaged):
    add(path, "Ito")
    chosen = backup.make(path)
    add(path, "Sato")
    if damaged:
        path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 5000)
    before = path.read_bytes()

    def cut_off(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("cit_desktop.restore._replace", cut_off)
    monkeypatch.setattr("cit_desktop.restore._write_over", cut_off)
    with pytest.raises(KeyboardInterrupt):
        restore(path, chosen)
    assert path.read_bytes() == before
    assert list(path.parent.glob("*.part*")) == []


def test_damaged_records_are_there_until_the_backup_is_in_their_place(path, monkeypatch):
    chosen = backup.make(path)
    damaged = b"SQLite format 3\x00" + b"\xff" * 5000
    path.write_bytes(damaged)

    def cut_off(part, target):
        assert target.read_bytes() == damaged
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", cut_off)
    with pytest.raises(KeyboardInterrupt):
        restore(path, chosen)
    kept = next(path.parent.glob("*.damaged-*"))
    assert path.read_bytes() == kept.read_bytes() == damaged


def test_a_restore_is_refused_when_the_records_changed_meanwhile(path, monkeypatch):
    chosen = backup.make(path)
    add(path, "Ito")
    monkeypatch.setattr("cit_desktop.restore.backup.make", lambda *_, **__: chosen)
    with pytest.raises(Busy, match="changed elsewhere"):
        restore(path, chosen)
    assert people(path) == ["Ito"]


def test_what_a_restore_cut_off_left_is_cleared_away_later(path):
    chosen = backup.make(path)
    left, other = (path.with_name(f"{name}.7.part") for name in (path.name, "else.cit"))
    for file in (left, other):
        file.touch()
        os.utime(file, (0, 0))
    restore(path, chosen)
    assert (left.exists(), other.exists()) == (False, True)


def as_newer(path: Path) -> None:
    """Make a file look as if a newer version had written it."""
    with closing(sqlite3.connect(path)) as driver:
        driver.execute("PRAGMA user_version = 9999")


def test_a_backup_of_a_newer_version_is_told_as_newer_and_restores_nothing(path):
    add(path, "Ito")
    chosen = backup.make(path)
    as_newer(chosen.path)
    with pytest.raises(TooNew, match="written by a newer version"):
        restore(path, chosen)
    assert people(path) == ["Ito"]


def test_records_of_a_newer_version_are_backed_up_and_not_put_aside_as_damaged(path):
    add(path, "Ito")
    chosen = backup.make(path)
    as_newer(path)
    former = restore(path, chosen)
    assert people(path) == ["Ito"]
    assert former == backup.listed(paths.backup_folder(path))[0].path
    assert list(path.parent.glob("*damaged*")) == []
    with pytest.raises(TooNew):
        backup.verify(backup.read_manifest(former))


def test_a_restore_that_cannot_write_says_so_and_leaves_the_damaged_file(path, monkeypatch):
    chosen = backup.make(path)
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    (path.parent / f"{path.name}.{os.getpid()}.part").mkdir()
    with pytest.raises(FileProblem, match="could not be replaced"):
        restore(path, chosen)
    assert path.read_bytes().endswith(b"\xff" * 5000)


def test_a_restore_that_waits_too_long_says_so(path, monkeypatch):
    chosen = backup.make(path)
    monkeypatch.setattr("cit_desktop.restore.backup.make", lambda *_, **__: chosen)
    monkeypatch.setattr("cit_desktop.backup.DEADLINE", -1.0)
    with pytest.raises(Busy, match="was not replaced"):
        restore(path, chosen)


def fake(made: datetime, reason: str = "regular") -> Backup:
    return Backup(Path(f"{made:%Y%m%dT%H%M%S}-{reason}.cit"), made, reason, "", {}, (0, ""))


def test_of_five_years_a_few_dozen_backups_are_kept():
    hours = [fake(NOW - timedelta(hours=4 * n)) for n in range(5 * 365 * 6)]
    kept = retention.kept(hours, NOW)
    assert 12 + 12 <= len(kept) <= 80
    for days in range(14):
        day = (NOW - timedelta(days=days)).date()
        assert any(b.path in kept for b in hours if b.made.date() == day)


@given(st.lists(st.integers(0, 5 * 365 * 24), min_size=1, max_size=60))
def test_the_newest_backup_always_stays(ages):
    backups = [fake(NOW - timedelta(hours=age)) for age in ages]
    newest = max(backups, key=lambda b: b.made)
    assert newest.path in retention.kept(backups, NOW)


@given(st.lists(st.integers(0, 5 * 365 * 24), min_size=1, max_size=60))
def test_pruning_twice_removes_no_more(ages):
    backups = [fake(NOW - timedelta(hours=age)) for age in ages]
    stay = retention.kept(backups, NOW)
    assert retention.kept([b for b in backups if b.path in stay], NOW) == stay


def test_the_last_backups_before_an_upgrade_stay_for_years():
    old = [fake(NOW - timedelta(days=2000 + n), "upgrade") for n in range(5)]
    stay = retention.kept([fake(NOW), *old], NOW)
    assert {b.path for b in old[:3]} <= stay


def test_pruning_removes_files_and_their_descriptions(path, monkeypatch):
    from cit_desktop import clock

    folder = paths.backup_folder(path)
    for days in (400, 399, 0):
        clock.set_source(lambda days=days: NOW - timedelta(days=days))
        backup.make(path)
    clock.set_source(None)
    assert len(retention.prune(folder, NOW)) == 1
    assert len(list(folder.iterdir())) == 4


def test_nothing_is_pruned_while_the_clock_is_behind(path):
    backup.make(path)
    assert retention.prune(paths.backup_folder(path), datetime(2001, 1, 1, tzinfo=UTC)) == []

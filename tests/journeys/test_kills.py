"""A process is killed at a random moment: nothing is half done, nothing that was saved is lost.

``CIT_KILLS`` says how often each kind of work is killed; 100 in all take about a minute.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from cit_desktop import backup, journal, paths
from cit_desktop.db import Database
from cit_desktop.models import Attendance, Certificate, NumberSeries, Operation, Person
from tests.journeys import kill_work

KILLS = int(os.environ.get("CIT_KILLS", "8"))
PEOPLE_OF_SHEET = 31


@pytest.fixture(scope="module")
def nursery():
    """Where processes are born with everything imported, so that each kill costs little."""
    kind = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(kind)
    if kind == "forkserver":
        context.set_forkserver_preload(["tests.journeys.kill_work"])
    return context


@pytest.fixture(scope="module")
def chapter(tmp_path_factory):
    path = tmp_path_factory.mktemp("kills") / "chapter.cit"
    kill_work.build(path)
    return path


@pytest.fixture
def records(chapter, tmp_path, monkeypatch):
    monkeypatch.setenv("CIT_DESKTOP_HOME", str(tmp_path / "home"))
    path = tmp_path / "chapter.cit"
    shutil.copyfile(chapter, path)
    return path


def kill_during(nursery, work, records: Path, chance: random.Random, longest: float) -> list[str]:
    """Start the work, kill it within so many seconds of its start, give what it had shown."""
    log = records.with_name("shown.txt")
    log.touch()
    home = os.environ["CIT_DESKTOP_HOME"]
    child = nursery.Process(target=kill_work.begin, args=(work, home, records, log))
    child.start()
    time.sleep(chance.uniform(0.0, longest))
    child.kill()
    child.join()
    return log.read_text().splitlines()


def opened(records: Path) -> Database:
    """The records after the kill, with everything sound that must be."""
    db = Database.open(records)
    with db.read() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
        assert journal.verify(connection) is None
        left = connection.exec_driver_sql("SELECT count(*) FROM operation WHERE hash = ''")
        assert left.scalar() == 0
    return db


@pytest.mark.parametrize("seed", range(KILLS))
def test_marks_that_were_shown_as_saved_are_there(nursery, records, seed):
    shown = kill_during(nursery, kill_work.edit, records, random.Random(seed), 0.6)
    db = opened(records)
    with db.read() as session:
        marks = {(m.block_id, m.enrollment_id) for m in session.query(Attendance)}
    db.close()
    assert {tuple(map(int, line.split())) for line in shown} <= marks


@pytest.mark.parametrize("seed", range(KILLS))
def test_an_import_is_there_whole_or_not_at_all(nursery, records, seed):
    shown = kill_during(nursery, kill_work.import_people, records, random.Random(seed), 1.2)
    db = opened(records)
    with db.read() as session:
        count = session.query(Person).count() - kill_work.TRAINEES
        connection = session.connection()
        batches = connection.exec_driver_sql("SELECT count(*) FROM import_batch").scalar()
        labels = connection.exec_driver_sql("SELECT label FROM operation").scalars().all()
    db.close()
    assert count in (0, PEOPLE_OF_SHEET)
    assert (count > 0) == bool(batches) == ("Import web_form_a.csv" in labels)
    if shown:
        assert count == PEOPLE_OF_SHEET


@pytest.mark.parametrize("seed", range(KILLS))
def test_certificates_are_issued_all_or_none_and_numbered_without_gaps(nursery, records, seed):
    shown = kill_during(nursery, kill_work.issue, records, random.Random(seed), 0.6)
    db = opened(records)
    with db.read() as session:
        numbers = sorted(c.number for c in session.query(Certificate))
        following = [series.next_number for series in session.query(NumberSeries)]
    db.close()
    assert len(numbers) in (0, kill_work.TRAINEES)
    if shown:
        assert len(numbers) == kill_work.TRAINEES
    if numbers:
        assert [int(n.rsplit("-", 1)[1]) for n in numbers] == list(range(1, len(numbers) + 1))
        assert following == [len(numbers) + 1]


@pytest.mark.parametrize("seed", range(KILLS))
def test_what_has_the_name_of_a_backup_is_one(nursery, records, seed):
    shown = kill_during(nursery, kill_work.back_up, records, random.Random(seed), 0.5)
    opened(records).close()
    found = backup.verify_all(paths.backup_folder(records))
    assert [problem for _, problem in found if problem] == []
    assert {kept.path.name for kept, _ in found} >= set(shown)


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_restore_leaves_the_records_of_before_or_of_the_backup(nursery, records, seed):
    backup.make(records, records.parent / "before")
    db = Database.open(records)
    with db.operation("Add later") as session:
        session.add(Person(last="Later", sort_key="later"))
    db.close()
    kill_during(nursery, kill_work.bring_back, records, random.Random(seed), 0.5)
    db = opened(records)
    with db.read() as session:
        names = {person.last for person in session.query(Person)}
        labels = [step.label for step in session.query(Operation)]
    db.close()
    assert len(names - {"Later"}) == kill_work.TRAINEES
    assert ("Later" in names) != any(label.startswith("Restore") for label in labels)


def test_a_second_process_is_told_who_is_writing(nursery, records):
    writer = sqlite3.connect(records, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    second = Database.open(records, timeout=0.1)
    with pytest.raises(Exception, match="is being written to by another window"):
        with second.operation("Add"):
            pass
    second.close()
    writer.close()

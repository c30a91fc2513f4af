"""The sample chapter: what the first command shows is lifelike, sound, and the same for a day."""

from __future__ import annotations

import json
import random
import sqlite3
from datetime import UTC, date, datetime, timedelta

import pytest

from cit_desktop import clock, journal, sample
from cit_desktop.db import Database
from cit_desktop.progress import Cancelled
from cit_desktop.sample_classes import plan_classes
from cit_desktop.services import certificates, check, class_reading, hours, liaisons, today
from cit_desktop.services.class_views import ClassFilter

DAY = datetime(2026, 11, 23, 16, tzinfo=UTC)
# What is new each time, or follows from it.
OWN = {"uid", "hash", "digest", "signature", "key_id", "public_key", "private_key"}
SIGNED = {"snapshot_sha256"}  # of what the key of the chapter signed, as is the proof in a snapshot
HISTORY = {"operation", "change"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The sample of one day, twice."""
    folder = tmp_path_factory.mktemp("sample")
    clock.set_source(lambda: DAY)
    try:
        return [sample.make(folder / name) for name in ("one.cit", "two.cit")]
    finally:
        clock.set_source(None)


@pytest.fixture(autouse=True)
def that_day(made):
    clock.set_source(lambda: DAY)
    yield
    clock.set_source(None)


@pytest.fixture
def db(made):
    database = Database.open(made[0], readonly=True)
    yield database
    database.close()


@pytest.fixture
def ask(made):
    driver = sqlite3.connect(made[0])

    def one(sql):
        rows = driver.execute(sql).fetchall()
        return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows

    yield one
    driver.close()


def unsigned(snapshot):
    return {key: value for key, value in json.loads(snapshot).items() if key != "proof"}


def dump(path):
    driver = sqlite3.connect(path)
    driver.row_factory = sqlite3.Row
    names = [
        row["name"]
        for row in driver.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
            "AND name NOT LIKE 'search%' ORDER BY name"
        )
    ]
    found = {
        name: [
            {
                key: unsigned(row[key]) if key == "snapshot" else row[key]
                for key in row.keys()  # noqa: SIM118
                if key not in OWN | SIGNED
            }
            for row in driver.execute(f'SELECT * FROM "{name}" ORDER BY rowid')
        ]
        for name in names
        if name not in HISTORY
    }
    labels = driver.execute("SELECT label, at, actor, undoable FROM operation ORDER BY id")
    found["operation"] = [dict(row) for row in labels]
    driver.close()
    return found


def test_the_same_day_gives_the_same_chapter(made):
    one, two = map(dump, made)
    assert one.keys() == two.keys()
    for name in one:
        assert one[name] == two[name], name


def test_it_has_liaisons_and_a_county_that_nobody_serves(ask, made):
    assert ask("SELECT count(*) FROM liaison") == 4
    assert ask("SELECT count(*) FROM liaison WHERE phone NOT GLOB '???555????'") == 0
    assert ask("SELECT count(DISTINCT county) FROM liaison_county") == 6
    db = Database.open(made[0], readonly=True)
    with db.read() as session:
        assert liaisons.uncovered(session) == ["Wright"]
    db.close()


def test_it_has_agencies_people_and_classes_as_a_chapter_of_six_years_has(ask):
    assert 24 <= ask("SELECT count(*) FROM agency") <= 27
    counties = "SELECT count(DISTINCT county) FROM agency WHERE county <> ''"
    assert ask(counties) == 7
    assert ask("SELECT count(*) FROM person") == sample.PEOPLE == 420
    assert ask("SELECT count(*) FROM training_class") == 30
    years = "SELECT count(DISTINCT substr(starts, 1, 4)) FROM training_class"
    assert 6 <= ask(years) <= 7
    first = date.fromisoformat(ask("SELECT min(starts) FROM training_class"))
    assert first > date(2026 - 7, 11, 23)


def test_on_any_day_of_a_year_thirty_classes_lie_behind_or_go_on():
    for number in range(0, 366, 5):
        day = DAY.date() + timedelta(days=number)
        plans = plan_classes(random.Random(1), day, [("Rolla", "Phelps"), ("Salem", "Dent")])
        assert len(plans) == 30
        assert [plan.stage for plan in plans[-2:]] == ["waiting", "under way"]
        assert all(plan.start < day for plan in plans)
        assert min(plan.start for plan in plans) > day - timedelta(days=7 * 365)


def test_people_of_every_kind_of_work_are_there(ask):
    from cit_desktop import catalogs

    groups = {one.key: one.group for one in catalogs.disciplines()}
    found = {groups[key] for (key,) in ask("SELECT DISTINCT discipline FROM person")}
    assert {"law_enforcement", "communications", "corrections", "fire_ems", "community"} <= found
    assert ask("SELECT count(*) FROM person WHERE discipline = ''") == 0


def test_every_sort_of_course_was_held(ask):
    codes = ask(
        "SELECT DISTINCT course.code FROM training_class "
        "JOIN course ON course.id = course_id ORDER BY course.code"
    )
    assert [code for (code,) in codes] == ["CIT40", "COMM4", "DISP8", "REF8"]


def test_one_class_is_under_way_and_one_waits_to_be_finalized(db):
    with db.read() as session:
        ids = class_reading.ids(session, ClassFilter(status="open"))
        grids = [hours.grid(session, class_id) for class_id in ids]
    blank = [
        any((person.id, block.id) not in grid.marks for block in grid.blocks)
        for grid in grids
        for person in grid.people[:1]
    ]
    assert sorted(blank) == [False, True]
    under_way = grids[blank.index(True)]
    assert under_way.blocks[0].day < DAY.date() < under_way.blocks[-1].day
    waiting = grids[blank.index(False)]
    assert waiting.blocks[-1].day < DAY.date()


def test_attendance_has_gaps_and_make_ups(ask):
    marks = {mark for (mark,) in ask("SELECT DISTINCT mark FROM attendance")}
    assert {"present", "absent", "excused", "late", "left early"} & marks >= {"present", "absent"}
    assert ask("SELECT count(*) FROM makeup") >= 10
    assert ask("SELECT count(*) FROM enrollment WHERE result = 'partial'") >= 5
    assert ask("SELECT count(*) FROM certificate WHERE status = 'issued'") >= 400


def test_nobody_is_in_the_basic_course_twice_or_in_a_refresher_before_it(ask):
    lines = ask(
        "SELECT person_id, course.code, training_class.starts FROM enrollment "
        "JOIN training_class ON training_class.id = class_id "
        "JOIN course ON course.id = course_id WHERE role = 'trainee'"
    )
    basic = [(person, day) for person, code, day in lines if code == "CIT40"]
    assert len(dict(basic)) == len(basic) > 300
    refreshed = [(person, day) for person, code, day in lines if code == "REF8"]
    assert all(dict(basic)[person] < day for person, day in refreshed)


def test_some_people_are_due_for_a_refresher(db):
    with db.read() as session:
        shown = today.summary(session, DAY.date())
    assert shown.refresher.count >= 10


def test_nothing_in_it_contradicts_itself(db):
    with db.read() as session:
        assert check.run(session) == []
        assert certificates.check(session) == []
        assert journal.verify(session.connection()) is None


def test_no_step_of_its_history_names_a_person(ask):
    labels = " ".join(label for (label,) in ask("SELECT label FROM operation"))
    words = set(labels.replace(",", " ").split())
    names = {name for (name,) in ask("SELECT DISTINCT last FROM person")}
    assert not names & words


def test_cancelling_leaves_no_file(tmp_path):
    def stop(done, total, what=""):
        if done > 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        sample.make(tmp_path / "sample.cit", stop)
    assert list(tmp_path.glob("sample*")) == []


def test_an_older_sample_is_replaced(tmp_path):
    file = tmp_path / "sample.cit"
    file.write_text("an older one")

    def stop(done, total, what=""):
        raise Cancelled

    with pytest.raises(Cancelled):
        sample.make(file, stop)
    assert not file.exists()

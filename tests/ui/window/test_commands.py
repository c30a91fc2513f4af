import sys

import pytest
from sqlalchemy import select

from cit_desktop.errors import Refused
from cit_desktop.models import Agency
from ui.commands import Commands


@pytest.fixture
def commands(db, qapp):
    made = Commands(db)
    yield made
    made.jobs.cancel_all()
    assert made.jobs.wait()


def add_agency(session, name, *, county="", progress=None):
    agency = Agency(name=name, sort_key=name.casefold(), county=county)
    session.add(agency)
    session.flush()
    if progress is not None:
        progress(1, 1, name)
    return agency.id


def refuse(session):
    add_agency(session, "Half done")
    raise Refused("This is not possible.")


def names(db):
    with db.read() as session:
        return list(session.scalars(select(Agency.name)))


def test_do_runs_the_service_and_returns_its_value(commands, db):
    result = commands.do("Add agency", add_agency, "Phelps Health", county="Phelps")
    assert result
    assert names(db) == ["Phelps Health"]
    assert isinstance(result.value, int)


def test_views_hear_what_changed(commands, qtbot):
    with qtbot.waitSignal(commands.changed) as blocker:
        result = commands.do("Add agency", add_agency, "Phelps Health")
    changes = blocker.args[0]
    assert changes.label == "Add agency"
    assert changes.rows["agency"] == {result.value}


def test_a_refusal_is_told_and_leaves_nothing(commands, db, qtbot):
    with qtbot.waitSignal(commands.failed) as blocker:
        result = commands.do("Add agency", refuse)
    assert not result
    assert result.error is blocker.args[0]
    assert names(db) == []


def test_an_operation_that_changes_nothing_tells_nobody(commands, qtbot):
    with qtbot.assertNotEmitted(commands.changed):
        assert commands.do("Look", lambda session: 7).value == 7


def test_start_does_the_same_beside_the_window(commands, db, qtbot):
    with qtbot.waitSignal(commands.changed) as changed:
        job = commands.start("Add agency", add_agency, "Compass Health", county="Phelps")
    assert changed.args[0].touches({"agency"})
    assert job.label == "Add agency"
    assert names(db) == ["Compass Health"]


def test_started_work_gets_progress_when_it_takes_it(commands, qtbot):
    job = commands.start("Add agency", add_agency, "Compass Health")
    with qtbot.waitSignal(job.progressed) as blocker:
        pass
    assert blocker.args == [1, 1, "Compass Health"]
    qtbot.waitUntil(lambda: commands.jobs.running == [])


def test_started_work_that_is_refused_leaves_nothing(commands, db, qtbot):
    with qtbot.waitSignal(commands.failed) as blocker:
        commands.start("Add agency", refuse)
    assert isinstance(blocker.args[0], Refused)
    qtbot.waitUntil(lambda: commands.jobs.running == [])
    assert names(db) == []


def test_a_mistake_in_started_work_reaches_the_crash_hook(commands, qtbot, monkeypatch):
    caught = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: caught.append(kind))
    job = commands.start("Break", lambda session: 1 / 0)
    with qtbot.waitSignal(job.finished):
        pass
    assert caught == [ZeroDivisionError]


def test_work_without_an_operation_is_not_in_the_history(commands, qtbot):
    with qtbot.assertNotEmitted(commands.changed):
        job = commands.run("Export", "{} {}".format, 1, 2)
        with qtbot.waitSignal(job.done) as blocker:
            pass
    assert blocker.args == ["1 2"]


def test_a_final_act_cannot_be_undone(commands, db):
    from cit_desktop.models import Operation

    commands.do("Issue", add_agency, "A", undoable=False)
    commands.do("Add", add_agency, "B")
    with db.read() as session:
        assert list(session.scalars(select(Operation.undoable))) == [False, True]


def test_work_beside_the_window_may_keep_something_in_an_operation_of_its_own(commands, db, qtbot):
    def number_the_roster():
        with db.operation("Number the roster") as session:
            add_agency(session, "Compass Health")

    with qtbot.waitSignal(commands.changed) as changed:
        commands.run("Draw sign-in sheets", number_the_roster)
    assert changed.args[0].touches({"agency"})
    assert names(db) == ["Compass Health"]

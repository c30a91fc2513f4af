"""Two windows on one file: nobody's work is overwritten, lost or given out twice in silence."""

from __future__ import annotations

from datetime import date

import pytest

from cit_desktop import journal
from cit_desktop.db import Database
from cit_desktop.errors import Busy, Conflict, NotFound, Refused
from cit_desktop.services import (
    agencies,
    attendance,
    blocks,
    certificates,
    chapters,
    check,
    classes,
    courses,
    enrollment,
    finalize,
    hours,
    people,
    search,
    settings,
    undo,
)
from cit_desktop.services.people import NumberDraft, PersonDraft
from tests.core.helpers.world import NEW, World, records, steps

WAIT = 0.05


@pytest.fixture
def here(world_db):
    return world_db


@pytest.fixture
def there(world_db):
    """The window on another desk."""
    other = Database.open(world_db.path, timeout=WAIT)
    yield other
    other.close()


def do(db, label, function, *arguments, **more):
    with db.operation(label) as session:
        return function(session, *arguments, **more)


def ask(db, function, *arguments, **more):
    with db.read() as session:
        return function(session, *arguments, **more)


@pytest.fixture(autouse=True)
def sound(here):
    """Whatever two people do, the records and their history stay sound."""
    yield
    with here.read() as session:
        assert [found for found in check.run(session) if found.severity == "error"] == []
        assert journal.verify(session.connection()) is None


# Forms that were open on both desks

FORMS = {
    "a person": (
        lambda s, w: people.view(s, w.ana).version,
        lambda s, w, v, text: people.update(s, w.ana, v, nickname=text),
        lambda s, w: people.view(s, w.ana).nickname,
    ),
    "an agency": (
        lambda s, w: agencies.view(s, w.police).version,
        lambda s, w, v, text: agencies.update(s, w.police, v, note=text),
        lambda s, w: agencies.view(s, w.police).note,
    ),
    "a class": (
        lambda s, w: classes.view(s, w.open_class).version,
        lambda s, w, v, text: classes.update(s, w.open_class, v, location=text),
        lambda s, w: classes.view(s, w.open_class).location,
    ),
    "a course": (
        lambda s, w: courses.view(s, w.course).version,
        lambda s, w, v, text: courses.update(s, w.course, v, title=text),
        lambda s, w: courses.view(s, w.course).title,
    ),
    "a chapter": (
        lambda s, w: chapters.view(s, w.chapter).version,
        lambda s, w, v, text: chapters.update(s, w.chapter, v, provider=text),
        lambda s, w: chapters.view(s, w.chapter).provider,
    ),
    "a block": (
        lambda s, w: hours.grid(s, w.open_class).blocks[0].version,
        lambda s, w, v, text: blocks.rename(s, w.open_blocks[0], v, text),
        lambda s, w: hours.grid(s, w.open_class).blocks[0].title,
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_who_saves_second_is_told_and_overwrites_nothing(here, there, world, form):
    version_of, save, value_of = FORMS[form]
    seen = ask(here, version_of, world)
    do(there, "Change", save, world, seen, "First")
    before = records(here)
    with pytest.raises(Conflict, match="was changed elsewhere while it was open here"):
        do(here, "Change", save, world, seen, "Second")
    assert records(here) == before
    assert ask(here, value_of, world) == "First"
    do(here, "Change", save, world, ask(here, version_of, world), "Second")
    assert ask(there, value_of, world) == "Second"


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_was_open_during_an_undo_is_stale(here, there, world, form):
    version_of, save, value_of = FORMS[form]
    first = ask(here, value_of, world)
    do(here, "Change", save, world, ask(here, version_of, world), "First")
    seen = ask(there, version_of, world)
    undo.undo(here)
    with pytest.raises(Conflict):
        do(there, "Change", save, world, seen, "Second")
    assert ask(there, value_of, world) == first


# Undo beside the work of others


def test_undo_takes_back_the_newest_step_of_the_file_whoever_made_it(here, there, world):
    do(here, "Archive Dan", people.archive, world.dan)
    do(there, "Archive Ben", people.archive, world.ben)
    assert undo.undo(here).label == "Archive Ben"
    assert undo.undo(there).label == "Archive Dan"
    assert undo.redo(here).label == "Archive Dan"


def test_an_own_step_cannot_be_taken_back_from_under_the_work_of_another(here, there, world):
    added = do(here, "Add person", people.add, PersonDraft("Reyes", "Dana"))
    step = steps(here)
    do(there, "Enroll", enrollment.enroll, world.open_class, added)
    before = records(here)
    with pytest.raises(Conflict):
        undo.undo_operation(here, step)
    assert records(here) == before
    assert ask(there, people.view, added).last == "Reyes"


def test_a_step_of_another_ends_redo_here(here, there, world):
    do(here, "Archive Dan", people.archive, world.dan)
    undo.undo(here)
    do(there, "Archive Ben", people.archive, world.ben)
    with pytest.raises(Refused):
        undo.redo(here)
    assert ask(here, people.view, world.ben).archived


# The same work on both desks


def test_one_state_number_is_given_to_one_person_only(here, there, world):
    do(there, "Give", people.add_number, world.dan, NumberDraft("PSID", "00-77"))
    with pytest.raises(Refused, match="PSID 0077 belongs to Dan Moss"):
        do(here, "Give", people.add_number, world.cara, NumberDraft("PSID", "0077"))


def test_one_roster_number_is_given_to_one_person_only(here, there, world):
    first, second = world.open_enrolled
    do(there, "Number", enrollment.set_number, first, 7)
    with pytest.raises(Refused, match="Number 7 belongs to Ana María Ito"):
        do(here, "Number", enrollment.set_number, second, 7)


def test_numbers_shown_here_are_those_that_the_other_window_stored(here, there, world):
    shown = ask(here, enrollment.numbering, [world.open_class])
    stored = do(there, "Number", enrollment.assign_numbers, world.open_class)
    assert shown == stored == ask(here, enrollment.numbering, [world.open_class])


def test_one_agency_is_added_once(here, there):
    one = do(here, "Add", agencies.find_or_add, "Dent County 911")
    assert do(there, "Add", agencies.find_or_add, "DENT COUNTY-911") == one


def test_somebody_is_enrolled_once(here, there, world):
    do(there, "Enroll", enrollment.enroll, world.open_class, world.dan)
    with pytest.raises(Refused, match="Dan Moss is in this class already"):
        do(here, "Enroll", enrollment.enroll, world.open_class, world.dan)


def test_the_later_mark_stands_and_both_are_in_the_history(here, there, world):
    block, enrolled = world.open_blocks[0], world.open_enrolled[1]
    do(here, "Mark late", attendance.mark, block, enrolled, "late")
    do(there, "Mark absent", attendance.mark, block, enrolled, "absent")
    marks = ask(here, hours.grid, world.open_class).marks
    assert marks[enrolled, block].mark == "absent"
    undo.undo(here)
    marks = ask(there, hours.grid, world.open_class).marks
    assert marks[enrolled, block].mark == "late"


def test_filling_here_keeps_what_was_marked_there(here, there, world):
    block, enrolled = world.open_blocks[0], world.open_enrolled[1]
    do(there, "Mark", attendance.mark, block, enrolled, "excused")
    do(here, "Everybody", attendance.all_present, world.open_class)
    marks = ask(here, hours.grid, world.open_class).marks
    assert marks[enrolled, block].mark == "excused"
    assert marks[enrolled, world.open_blocks[1]].mark == "present"


def test_a_class_is_finalized_once(here, there, world):
    do(here, "Everybody", attendance.all_present, world.open_class)
    do(here, "Finalize", finalize.finalize, world.open_class)
    with pytest.raises(Refused, match="is finalized, so its records are locked"):
        do(there, "Finalize", finalize.finalize, world.open_class)


def test_marks_of_a_class_finalized_on_the_other_desk_are_refused(here, there, world):
    do(here, "Everybody", attendance.all_present, world.open_class)
    do(here, "Finalize", finalize.finalize, world.open_class)
    with pytest.raises(Refused) as caught:
        do(there, "Mark", attendance.mark, world.open_blocks[0], world.open_enrolled[0], "absent")
    assert caught.value.hint == "Reopen the class, with a reason, to correct them."


def issue(db, world: World, place: int) -> str:
    with db.operation("Issue", undoable=False) as session:
        (made,) = certificates.issue(
            session, world.done_class, world.done_enrolled[place : place + 1]
        )
        return certificates.view(session, made).row.number


def test_certificates_are_numbered_on_across_windows(here, there, world):
    with here.read() as session:
        first = certificates.view(session, world.certificate).row.number
    second = issue(there, world, 1)
    assert int(second.rpartition("-")[2]) == int(first.rpartition("-")[2]) + 1
    with pytest.raises(Refused, match="No certificate can be issued"):
        issue(here, world, 1)


def test_a_certificate_revoked_there_is_not_reissued_here(here, there, world):
    with there.operation("Revoke", undoable=False) as session:
        certificates.revoke(session, world.certificate, "Wrong class")
    with pytest.raises(Refused, match="it was revoked already"):
        with here.operation("Reissue", undoable=False) as session:
            certificates.reissue(session, world.certificate, "Wrong name")


def test_a_block_removed_there_is_gone_here(here, there, world):
    more = do(here, "Add", blocks.add, world.open_class, date(2025, 6, 9), 480, 60, "More")
    do(there, "Remove", blocks.remove, more)
    with pytest.raises(NotFound):
        do(here, "Mark", attendance.mark, more, world.open_enrolled[0], "present")
    with pytest.raises(NotFound):
        do(here, "Move", blocks.move, more, 1, NEW, 1000, 60)


def test_a_block_moved_there_takes_its_time_here(here, there, world):
    do(there, "Move", blocks.move, world.open_blocks[1], 1, date(2025, 6, 3), 480, 240)
    with pytest.raises(Refused, match="already"):
        do(here, "Add", blocks.add, world.open_class, date(2025, 6, 3), 500, 60, "More")
    do(here, "Add", blocks.add, world.open_class, NEW, 780, 60, "In its old place")


def test_an_enrollment_removed_there_cannot_be_changed_here(here, there, world):
    do(there, "Remove", enrollment.remove, world.open_enrolled[1])
    with pytest.raises(NotFound, match="This enrollment"):
        do(here, "Score", enrollment.set_score, world.open_enrolled[1], 90)


def test_a_setting_is_whatever_was_chosen_last(here, there):
    do(here, "Choose", settings.put, "view", "weeks")
    do(there, "Choose", settings.put, "view", "days")
    assert ask(here, settings.get, "view") == "days"


# What is seen


def test_what_was_added_there_is_found_here_at_once(here, there):
    do(there, "Add", people.add, PersonDraft("Quillfeather", "Ann"))
    hits = ask(here, search.find, "quillf")
    assert [hit.title for hit in hits] == ["Quillfeather, Ann"]


def test_one_look_at_the_records_sees_one_state_of_them(here, there, world):
    with here.read() as session:
        assert not people.view(session, world.dan).archived
        with pytest.raises(Busy):
            do(there, "Archive", people.archive, world.dan)
        assert world.dan in people.ids(session)
    do(there, "Archive", people.archive, world.dan)
    assert world.dan not in ask(here, people.ids)


def test_whoever_waits_too_long_to_write_is_told_and_may_try_again(here, there, world):
    with here.operation("Archive Ben") as session:
        people.archive(session, world.ben)
        session.flush()
        with pytest.raises(Busy) as caught:
            do(there, "Archive Dan", people.archive, world.dan)
    assert "Wait a moment and try again." in caught.value.hint
    do(there, "Archive Dan", people.archive, world.dan)
    assert ask(here, people.view, world.dan).archived


def test_a_refused_step_lets_the_next_one_write(here, there, world):
    with pytest.raises(Refused):
        do(here, "Add", people.add, PersonDraft(""))
    do(there, "Archive Dan", people.archive, world.dan)
    assert steps(here) == 4

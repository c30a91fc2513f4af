"""Whatever a service does in one operation, undo takes back whole, and redo does again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from cit_desktop.catalogs import Module
from cit_desktop.db import Database
from cit_desktop.models import Agency, AgencySpelling, Block, Chapter, Course, Person, TrainingClass
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
    numbering,
    people,
    people_many,
    profiles,
    settings,
    undo,
)
from cit_desktop.services.agencies import AgencyDraft
from cit_desktop.services.chapters import ChapterDraft, SignerDraft
from cit_desktop.services.classes import ClassDraft
from cit_desktop.services.courses import CourseDraft
from cit_desktop.services.employments import EmploymentDraft
from cit_desktop.services.layout import PartPlan
from cit_desktop.services.people import NumberDraft, PersonDraft
from tests.core.helpers.world import NEW, OLD, World, records, steps

Act = Callable[[Session, World], object]
HOSTILE = "=1+1; DROP TABLE person; 'x' \"y\" <b>&amp; {0} %s \\ Ünï–cödé 🙂"


def version(session: Session, model: type, record_id: int) -> int:
    return session.get_one(model, record_id).version


def put_job(session: Session, w: World) -> int:
    return people.add_employment(
        session, w.dan, EmploymentDraft(w.hospital, "Nurse", OLD, date(2025, 4, 1))
    )


def swap_numbers(session: Session, w: World) -> None:
    first, second = w.open_enrolled
    enrollment.assign_numbers(session, w.open_class)
    enrollment.set_number(session, first, None)
    enrollment.set_number(session, second, 1)
    enrollment.set_number(session, first, 2)


def own_spelling(session: Session, w: World) -> None:
    agencies.add_spelling(session, w.police, "RPD")
    spelling = session.query(AgencySpelling).filter_by(spelling="RPD").one()
    agencies.remove_spelling(session, spelling.id)
    agencies.add_spelling(session, w.hospital, "RPD")


def make_up(session: Session, w: World) -> int:
    return attendance.add_makeup(
        session, w.open_enrolled[0], w.open_blocks[1], 60, date(2025, 6, 9), "Ruth Vance", "At home"
    )


def fill_and_finalize(session: Session, w: World) -> None:
    attendance.all_present(session, w.open_class)
    finalize.finalize(session, w.open_class)


def shorter_block(session: Session, w: World) -> None:
    blocks.move(session, w.open_blocks[1], 1, NEW, 800, 120)


def other_outline(session: Session, w: World) -> None:
    modules = (Module(1, "Law", 90, "lecture", "legal"), Module(2, "Play", 30, "", "skill"))
    courses.set_outline(session, w.course, version(session, Course, w.course), modules)


def change_person(**fields: object) -> Act:
    def act(session: Session, w: World) -> None:
        people.update(session, w.ana, version(session, Person, w.ana), **fields)

    return act


def change_agency(**fields: object) -> Act:
    def act(session: Session, w: World) -> None:
        agencies.update(session, w.police, version(session, Agency, w.police), **fields)

    return act


def change_class(**fields: object) -> Act:
    def act(session: Session, w: World) -> None:
        number = version(session, TrainingClass, w.open_class)
        classes.update(session, w.open_class, number, **fields)

    return act


def change_course(**fields: object) -> Act:
    def act(session: Session, w: World) -> None:
        courses.update(session, w.course, version(session, Course, w.course), **fields)

    return act


def change_chapter(**fields: object) -> Act:
    def act(session: Session, w: World) -> None:
        chapters.update(session, w.chapter, version(session, Chapter, w.chapter), **fields)

    return act


ACTS: dict[str, Act] = {
    # people
    "add a person with everything": lambda s, w: people.add(
        s,
        PersonDraft(
            HOSTILE,
            "Zoë",
            note=HOSTILE,
            numbers=(NumberDraft("MO POST license", "007"), NumberDraft("PSID", "007")),
            agency_id=w.hospital,
            title="Nurse",
            starts=OLD,
        ),
    ),
    "rename a person": change_person(last="Nguyễn", first="", middle="Thị"),
    "empty a person's fields": change_person(first="", middle="", discipline=""),
    "write a person's note": change_person(note=f"{HOSTILE}\n\nsecond\tline"),
    "archive a person": lambda s, w: people.archive(s, w.ana),
    "give a number": lambda s, w: people.add_number(s, w.ben, NumberDraft("PSID", "00012")),
    "correct a number": lambda s, w: people.change_number(s, w.number, NumberDraft("PSID", "1")),
    "take a number away": lambda s, w: people.remove_number(s, w.number),
    "move to another agency": lambda s, w: people.set_current(s, w.ana, w.hospital, "Nurse", OLD),
    "get a title": lambda s, w: people.set_current(s, w.cara, w.hospital, "Nurse"),
    "leave an agency": lambda s, w: people.end_current(s, w.ana, NEW),
    "add a former employment": put_job,
    "correct an employment": lambda s, w: people.update_employment(
        s, w.employment, EmploymentDraft(w.hospital, "Guard", OLD, NEW)
    ),
    "remove an employment": lambda s, w: people.remove_employment(s, w.employment),
    "give many people a county": lambda s, w: people_many.update_all(
        s, [w.ana, w.ben, w.cara, w.dan], county="Phelps", discipline="education"
    ),
    "archive many people": lambda s, w: people_many.archive_all(s, [w.ana, w.dan]),
    # agencies
    "add an agency": lambda s, w: agencies.add(s, AgencyDraft("Salem 911", patrol_strength=12)),
    "rename an agency": change_agency(name="Rolla PD"),
    "change an agency": change_agency(patrol_strength=32, strength_on=OLD, ori="MO0810100"),
    "archive an agency": lambda s, w: agencies.archive(s, w.hospital),
    "find an agency or add it": lambda s, w: agencies.find_or_add(s, "Sheriff", "Dent"),
    "know another spelling": lambda s, w: agencies.add_spelling(s, w.police, "RPD"),
    "hand a spelling over": own_spelling,
    # chapters
    "make a chapter": lambda s, w: chapters.create(
        s, ChapterDraft("Third", counties=("Dent", "Maries"), signers=(SignerDraft("Al Ng"),))
    ),
    "change a chapter": change_chapter(
        name=HOSTILE, code="OZ", email="a@b.org", phone="5551234567"
    ),
    "serve other counties": lambda s, w: chapters.set_counties(s, w.chapter, ["Dent", "Maries"]),
    "let others sign": lambda s, w: chapters.set_signers(
        s, w.chapter, [SignerDraft("Omar Diaz", "Director"), SignerDraft("New One")]
    ),
    "archive a chapter": lambda s, w: chapters.set_archived(s, w.second_chapter, True),
    "choose a chapter": lambda s, w: chapters.set_current(s, w.second_chapter),
    # courses
    "add a course": lambda s, w: courses.add(
        s, CourseDraft("OWN", "Own", modules=(Module(1, "One", 45, "lecture", "legal"),))
    ),
    "change a course": change_course(title="Basic", validity_months=24, min_score=70),
    "take a rule away": change_course(validity_months=None, refresher_months=None),
    "write another outline": other_outline,
    "archive a course": lambda s, w: courses.set_archived(
        s, w.course, version(s, Course, w.course)
    ),
    # classes
    "make a class": lambda s, w: classes.create(
        s, w.chapter, ClassDraft(HOSTILE, NEW, course_code="CIT40", weekly=True)
    ),
    "make a class a block a module": lambda s, w: classes.create(
        s, w.chapter, ClassDraft("", NEW, course_code="CIT40", layout="modules")
    ),
    "change a class": change_class(title=HOSTILE, seats=30, location="Rolla", min_attendance=90),
    "ask for less": change_class(min_attendance=0, min_score=0, minutes=1),
    "cancel a class": lambda s, w: classes.cancel(s, w.open_class),
    "archive a class": lambda s, w: classes.archive(s, w.done_class),
    # blocks
    "move a block": lambda s, w: blocks.move(s, w.open_blocks[1], 1, date(2025, 6, 7), 60, 240),
    "make a block longer": lambda s, w: blocks.move(s, w.open_blocks[0], 1, NEW, 420, 300),
    "make a block shorter": shorter_block,
    "rename a block": lambda s, w: blocks.rename(s, w.open_blocks[0], 1, HOSTILE),
    "add a block": lambda s, w: blocks.add(s, w.open_class, date(2025, 6, 3), 0, 1440, "All day"),
    "teach otherwise": lambda s, w: blocks.set_parts(
        s,
        w.open_blocks[0],
        1,
        (PartPlan("Law", 200, "lecture", "legal"), PartPlan("Play", 40, "", "skill")),
    ),
    "say who teaches": lambda s, w: blocks.set_instructors(
        s, w.open_blocks[0], [(w.cara, "Nurse"), (w.dan, "")]
    ),
    "remove a block": lambda s, w: (
        blocks.remove(s, blocks.add(s, w.open_class, date(2025, 6, 9), 480, 60, "More"))
        or blocks.add(s, w.open_class, date(2025, 6, 9), 480, 61, "Another")
    ),
    # who is in a class
    "enroll somebody": lambda s, w: enrollment.enroll(s, w.open_class, w.dan, "observer"),
    "enroll many": lambda s, w: enrollment.enroll_many(s, w.open_class, [w.ana, w.cara, w.dan]),
    "withdraw somebody": lambda s, w: enrollment.withdraw(s, w.open_enrolled[0]),
    "take somebody off the roster": lambda s, w: enrollment.remove(s, w.open_enrolled[1]),
    "give another role": lambda s, w: enrollment.set_role(s, w.open_enrolled[1], "instructor"),
    "give a roster number": lambda s, w: enrollment.set_number(s, w.open_enrolled[1], 9999),
    "number everybody": lambda s, w: enrollment.assign_numbers(s, w.open_class),
    "exchange two numbers": swap_numbers,
    "enter a score": lambda s, w: enrollment.set_score(s, w.open_enrolled[0], 0),
    "enter a scenario": lambda s, w: enrollment.set_scenario(s, w.open_enrolled[0], False),
    "correct the agency of a class": lambda s, w: enrollment.set_agency(
        s, w.open_enrolled[0], w.hospital, "Nurse"
    ),
    "leave the agency of a class open": lambda s, w: enrollment.set_agency(
        s, w.open_enrolled[0], None
    ),
    # attendance
    "mark a blank": lambda s, w: attendance.mark(s, w.open_blocks[0], w.open_enrolled[1], "late"),
    "mark again": lambda s, w: attendance.mark(
        s, w.open_blocks[0], w.open_enrolled[0], "partial", 100
    ),
    "clear a mark": lambda s, w: attendance.clear(s, w.open_blocks[0], w.open_enrolled[0]),
    "fill a block": lambda s, w: attendance.fill_blanks(s, w.open_blocks[1], "excused"),
    "overwrite a block": lambda s, w: attendance.overwrite(s, w.open_blocks[1]),
    "mark all present": lambda s, w: attendance.all_present(s, w.open_class),
    "mark by number": lambda s, w: attendance.mark_numbers(s, w.open_blocks[1], "1-2"),
    "mark by state number": lambda s, w: attendance.mark_numbers(s, w.open_blocks[1], "0045-12"),
    "make up time": make_up,
    "take a make-up back": lambda s, w: (
        attendance.remove_makeup(s, make_up(s, w)),
        make_up(s, w),
    ),
    # results and settings
    "finalize a class": fill_and_finalize,
    "reopen a class": lambda s, w: finalize.reopen(s, w.done_class, "A mark was wrong."),
    "revoke a certificate": lambda s, w: certificates.revoke(s, w.certificate, "Wrong name"),
    "note the printing": lambda s, w: certificates.mark_printed(s, [w.certificate]),
    "number otherwise": lambda s, w: numbering.set_pattern(s, "{year}/{seq:03}"),
    "put a setting": lambda s, w: settings.put(s, "x", {"a": [1, None, HOSTILE]}),
    "keep an own profile": lambda s, w: profiles.save_copy(
        s, "mo_cit", profiles.text(s, "mo_cit") + "\n# ours\n"
    ),
}


def do(db: Database, world: World, name: str) -> None:
    with db.operation(name.capitalize()) as session:
        ACTS[name](session, world)


@pytest.mark.parametrize("name", ACTS)
def test_undo_takes_back_all_of_a_step_and_redo_does_it_again(world_db, world, name):
    before = records(world_db)
    do(world_db, world, name)
    after = records(world_db)
    assert after != before
    assert undo.undo(world_db).label == name.capitalize()
    assert records(world_db) == before
    assert undo.redo(world_db).label == name.capitalize()
    assert records(world_db) == after


@pytest.mark.parametrize("name", ACTS)
def test_a_step_that_fails_at_its_end_leaves_no_trace(world_db, world, name):
    before, count = records(world_db, but=frozenset()), steps(world_db)
    with pytest.raises(ZeroDivisionError):
        with world_db.operation(name.capitalize()) as session:
            ACTS[name](session, world)
            session.flush()
            raise ZeroDivisionError
    assert records(world_db, but=frozenset()) == before
    assert steps(world_db) == count


def test_a_row_that_counts_its_edits_counts_the_undo_too(world_db, world):
    with world_db.read() as session:
        seen = version(session, Person, world.ana)
    do(world_db, world, "rename a person")
    undo.undo(world_db)
    with world_db.read() as session:
        assert version(session, Person, world.ana) > seen


CHAIN = (
    *("add a person with everything", "rename a person", "rename an agency", "change a course"),
    *("move a block", "number everybody", "mark all present", "enter a score", "cancel a class"),
)


def test_a_chain_of_steps_is_taken_back_to_the_start_and_done_again(world_db, world):
    before, done = records(world_db), []
    for name in CHAIN:
        do(world_db, world, name)
        done.append(records(world_db))
    for expected in reversed([before, *done[:-1]]):
        undo.undo(world_db)
        assert records(world_db) == expected
    for expected in done:
        undo.redo(world_db)
        assert records(world_db) == expected


def test_undo_of_a_step_is_seen_by_the_next_reader(world_db, world):
    do(world_db, world, "archive a person")
    with world_db.read() as session:
        assert world.ana not in people.ids(session)
    undo.undo(world_db)
    with world_db.read() as session:
        assert world.ana in people.ids(session)


def test_an_agency_undone_is_searched_for_in_vain(world_db, world):
    do(world_db, world, "find an agency or add it")
    with world_db.read() as session:
        assert agencies.by_spelling(session, "sheriff") is not None
    undo.undo(world_db)
    with world_db.read() as session:
        assert agencies.by_spelling(session, "sheriff") is None


def test_blocks_keep_their_order_after_a_move_was_taken_back(world_db, world):
    do(world_db, world, "move a block")
    undo.undo(world_db)
    with world_db.read() as session:
        found = [session.get_one(Block, key).starts_at for key in world.open_blocks]
        shown = classes.view(session, world.open_class)
    assert found == [480, 780]
    assert (shown.starts, shown.ends) == (NEW, NEW)


def test_the_world_of_these_tests_is_in_order(world_db):
    with world_db.read() as session:
        assert [found for found in check.run(session) if found.severity == "error"] == []

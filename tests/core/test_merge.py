"""Two people become one, and two again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text

from cit_desktop import clock
from cit_desktop.errors import Conflict, NotFound, Refused
from cit_desktop.models import (
    Attendance,
    BlockInstructor,
    Certificate,
    Enrollment,
    Person,
    PersonAlias,
)
from cit_desktop.services import (
    attendance,
    certificates,
    check,
    classes,
    duplicates,
    enrollment,
    finalize,
    history,
    merge,
    people,
    search,
    undo,
    unmerge,
)
from tests.core.helpers.world import records
from tests.core.helpers_records import number

DAY = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fixed_day():
    clock.set_source(lambda: DAY)
    yield
    clock.set_source(None)


@pytest.fixture
def join(world_db):
    """Merge, in a step of its own; gives the id of the alias."""

    def make(keep, other, **choices):
        with world_db.operation("Merge two people") as session:
            return merge.merge(session, keep, other, choices)

    return make


@pytest.fixture
def part(world_db):
    def make(alias_id):
        with world_db.operation("Separate two people") as session:
            return unmerge.unmerge(session, alias_id)

    return make


@pytest.fixture
def do(world_db):
    """Call a service in a step of its own."""

    def make(function, *args, **more):
        with world_db.operation("Do") as session:
            return function(session, *args, **more)

    return make


@pytest.fixture
def ask(world_db):
    def make(function, *args, **more):
        with world_db.read() as session:
            return function(session, *args, **more)

    return make


@pytest.fixture
def twin(do, world):
    """Ana again, as another list had her."""
    return do(
        people.add,
        people.PersonDraft(
            "Ito-Reyes",
            "Annie",
            nickname="Annie",
            email="annie@example.org",
            phone="573 555 0199",
            note="Night shift",
            county="Phelps",
            numbers=(number("77001"), number("0045-12", "TX PID")),
            agency_id=world.hospital,
            title="Nurse",
        ),
    )


def test_a_preview_shows_both_values_of_each_field_and_which_stays(ask, world, twin):
    shown = ask(merge.preview, world.ana, twin)
    lines = {line.field: line for line in shown.fields}
    assert [(lines[f].keep, lines[f].other, lines[f].result) for f in ("last", "email")] == [
        ("Ito", "Ito-Reyes", "Ito"),
        ("", "annie@example.org", "annie@example.org"),
    ]
    assert lines["work"].keep == "Officer, Rolla Police Department"
    assert lines["work"].result == lines["work"].keep
    assert lines["state_number"].result == "MO POST license 0045-12"
    assert dict(shown.moves) == {"employments": 1, "state numbers": 2}
    assert shown.obstacles == ()
    assert any("0045-12 and 77001" in remark for remark in shown.remarks)
    assert any("ends yesterday" in remark for remark in shown.remarks)


def test_merging_fills_blanks_and_keeps_the_rest(ask, join, world, twin):
    join(world.ana, twin)
    person = ask(people.view, world.ana)
    assert (person.name, person.nickname, person.email) == (
        "Ana María Ito",
        "Annie",
        "annie@example.org",
    )
    assert [found.number for found in person.numbers] == ["0045-12", "77001", "0045-12"]
    assert person.current is not None
    assert person.current.title == "Officer"
    assert [(job.title, job.ends) for job in person.employments if not job.current] == [
        ("Nurse", date(2026, 3, 9))
    ]
    with pytest.raises(NotFound):
        ask(people.view, twin)


def test_what_is_chosen_of_the_other_wins(ask, join, world, twin):
    join(world.ana, twin, last="other", work="other", state_number="other")
    person = ask(people.view, world.ana)
    assert person.listed_name == "Ito-Reyes, Ana María"
    assert person.numbers[0].number == "77001"
    assert person.current is not None
    assert person.current.title == "Nurse"
    assert [hit.id for hit in ask(people.find, "Ito-Reyes, Ana")] == [world.ana]


def test_notes_of_both_stay_unless_one_is_chosen(ask, do, join, part, world, twin):
    version = ask(people.view, world.ana).version
    do(people.update, world.ana, version, note="Instructor")
    alias = join(world.ana, twin)
    assert ask(people.view, world.ana).note == "Instructor\nNight shift"
    part(alias)
    join(world.ana, twin, note="keep")
    assert ask(people.view, world.ana).note == "Instructor"


@pytest.mark.parametrize("old", ["Ito-Reyes", "annie@example.org", "77001", "5735550199"])
def test_old_names_numbers_and_addresses_lead_to_who_was_kept(ask, join, world, twin, old):
    join(world.ana, twin, email="keep")
    assert [hit.id for hit in ask(people.find, old)] == [world.ana]
    assert [(hit.kind, hit.id) for hit in ask(search.find, old)] == [("person", world.ana)]
    assert ask(people.ids, people.PersonFilter(text=old)) == [world.ana]
    assert ask(merge.resolve, twin) == world.ana


def test_classes_attendance_and_certificates_move_and_the_printed_text_stays(
    world_db, ask, join, world
):
    before = ask(lambda session: session.get_one(Certificate, world.certificate).snapshot)
    join(world.dan, world.ana)
    person = ask(people.view, world.dan)
    assert len(person.trainings) == 2
    assert [paper.number for paper in person.certificates] != []
    paper = ask(lambda session: session.get_one(Certificate, world.certificate))
    assert (paper.person_id, paper.snapshot) == (world.dan, before)
    assert ask(check.run) == []
    assert ask(history.verify).whole


def test_two_records_of_one_class_become_one_with_the_marks_of_both(
    world_db, ask, do, join, part, world
):
    do(attendance.clear, world.open_blocks[0], world.open_enrolled[0])
    for block, mark in zip(world.open_blocks, ("present", "absent"), strict=True):
        do(attendance.mark, block, world.open_enrolled[1], mark)
    do(drop, world.done_enrolled[1])
    before = records(world_db)
    shown = ask(merge.preview, world.ana, world.ben)
    assert [(line.what, line.class_id) for line in shown.classes] == [("joined", world.open_class)]
    alias = join(world.ana, world.ben)
    rows = ask(
        lambda session: session.execute(
            select(Attendance.block_id, Attendance.mark)
            .where(Attendance.enrollment_id == world.open_enrolled[0])
            .order_by(Attendance.block_id)
        ).all()
    )
    assert [tuple(row) for row in rows] == [
        (world.open_blocks[0], "present"),
        (world.open_blocks[1], "absent"),
    ]
    assert ask(check.run) == []
    part(alias)
    assert records(world_db) == before


def drop(session, enrollment_id):
    session.execute(text("DELETE FROM attendance WHERE enrollment_id = :id"), {"id": enrollment_id})
    session.delete(session.get_one(Enrollment, enrollment_id))


@pytest.mark.parametrize("what", ["marks", "result", "role", "score"])
def test_records_of_a_class_that_contradict_each_other_are_refused_with_the_reason(
    world_db, ask, do, join, world, what
):
    if what != "result":
        do(drop, world.done_enrolled[1])
    ana, ben = world.open_enrolled
    if what == "marks":
        do(attendance.mark, world.open_blocks[0], ben, "excused")
    if what == "role":
        do(enrollment.set_role, ben, "observer")
    if what == "score":
        do(enrollment.set_score, ana, 80)
        do(enrollment.set_score, ben, 90)
    before = records(world_db)
    expected = {
        "marks": r"marked differently on Jun 2, 2025, 8:00 AM: present and excused",
        "result": r"both have a certificate|result for each",
        "role": "one is a trainee and the other an observer",
        "score": "different test score",
    }[what]
    if what == "result":  # both completed with the same marks; now their hours differ
        with world_db.operation("Break") as session:
            session.execute(
                text("UPDATE enrollment SET credited_minutes = 1 WHERE id = :id"),
                {"id": world.done_enrolled[1]},
            )
        before = records(world_db)
    assert len(ask(merge.preview, world.ana, world.ben).obstacles) == 1
    with pytest.raises(Refused, match=expected):
        join(world.ana, world.ben)
    assert records(world_db) == before


def test_of_two_certificates_of_one_class_one_must_be_revoked_first(world_db, ask, do, world):
    with world_db.operation("Issue", undoable=False) as session:
        [second] = certificates.issue(session, world.done_class, world.done_enrolled[1:])
    assert "Revoke one of them first" in ask(merge.preview, world.ana, world.ben).obstacles[0]
    with world_db.operation("Revoke") as session:
        certificates.revoke(session, second, "Issued twice")
    assert ask(merge.preview, world.ana, world.ben).obstacles == ()


def test_a_block_both_have_taught_is_taught_once(world_db, ask, do, join, part, world, twin):
    def teach(session):
        for person_id in (world.cara, twin):
            session.add(BlockInstructor(block_id=world.open_blocks[0], person_id=person_id))

    do(teach)
    before = records(world_db)
    alias = join(world.cara, twin)
    taught = ask(lambda session: session.scalars(select(BlockInstructor.person_id)).all())
    assert list(taught) == [world.cara]
    part(alias)
    assert records(world_db) == before


def test_apart_again_everything_is_as_before(world_db, join, part, world, twin):
    before = records(world_db)
    alias = join(world.ana, twin, last="other", state_number="other", work="other")
    assert records(world_db) != before
    assert part(alias) == twin
    assert records(world_db) == before


def test_apart_again_after_other_work_that_work_stays(world_db, ask, do, join, part, world):
    before = records(world_db)
    alias = join(world.dan, world.ana)
    do(people.add, people.PersonDraft("New", "Somebody"))
    do(attendance.clear, world.open_blocks[1], world.open_enrolled[0])
    version = ask(people.view, world.dan).version
    do(people.update, world.dan, version, phone="573 555 0142")
    part(alias)
    assert ask(people.view, world.dan).phone == "5735550142"
    assert len(ask(people.view, world.ana).trainings) == 2
    after = records(world_db)
    assert {name for name in before if before[name] != after[name]} == {"person", "attendance"}
    assert ask(check.run) == []
    assert [hit.id for hit in ask(people.find, "Ito")] == [world.ana]


def test_what_the_merge_wrote_and_somebody_changed_keeps_them_together(
    world_db, ask, do, join, part, world, twin
):
    alias = join(world.ana, twin)
    version = ask(people.view, world.ana).version
    do(people.update, world.ana, version, email="ana@example.org")
    before = records(world_db)
    with pytest.raises(Conflict, match=r"e-mail in the person of Ana María Ito.*annie@example.org"):
        part(alias)
    assert records(world_db) == before


def test_a_certificate_issued_since_keeps_them_together(world_db, join, part, world):
    alias = join(world.dan, world.ben)
    with world_db.operation("Issue", undoable=False) as session:
        certificates.issue(session, world.done_class, world.done_enrolled[1:])
    with pytest.raises(Conflict, match="was issued since"):
        part(alias)


def test_a_class_finalized_since_keeps_its_two_records_together(
    world_db, ask, do, join, part, world
):
    do(drop, world.done_enrolled[1])
    alias = join(world.ana, world.ben)
    do(attendance.all_present, world.open_class)
    do(finalize.finalize, world.open_class)
    with pytest.raises(Conflict, match=r"finalized since|changed since"):
        part(alias)


def test_people_merged_in_a_row_come_apart_from_the_last_one_on(world_db, join, part, world, twin):
    before = records(world_db)
    first = join(world.ana, twin)
    second = join(world.dan, world.ana)
    with pytest.raises(Conflict, match="Separate Ana María Ito from Dan María Moss first"):
        part(first)
    part(second)
    part(first)
    assert records(world_db) == before


def test_undo_takes_a_merge_back_and_does_it_again(world_db, ask, join, part, world, twin):
    before = records(world_db)
    alias = join(world.ana, twin)
    merged = records(world_db)
    undo.undo(world_db)
    assert records(world_db) == before
    undo.redo(world_db)
    assert records(world_db) == merged
    part(alias)
    assert records(world_db) == before
    undo.undo(world_db)
    assert records(world_db) == merged


def test_merged_people_are_listed_with_who_was_kept(ask, join, world, twin):
    join(world.ana, twin)
    [row] = ask(unmerge.merged)
    assert (row.name, row.person, row.former_id) == ("Annie Ito-Reyes", "Ana María Ito", twin)
    assert ask(unmerge.merged, world.ana) == [row]
    assert ask(unmerge.merged, world.ben) == []


def test_who_was_not_the_other_is_not_the_kept_one_and_after_parting_the_other_again(
    world_db, ask, do, join, part, world, twin
):
    do(duplicates.keep_apart, twin, world.ben)
    do(duplicates.keep_apart, twin, world.ana)
    before = records(world_db)
    assert "not the same" in ask(merge.preview, world.ana, twin).remarks[0]
    alias = join(world.ana, twin)
    assert ask(duplicates.known_apart) == {(world.ana, world.ben)}
    part(alias)
    assert records(world_db) == before


@pytest.mark.parametrize(
    ("keep", "other", "choices", "error", "words"),
    [
        (1, 1, {}, Refused, "one person"),
        (1, 999, {}, NotFound, "no longer"),
        (1, 2, {"shoe": "keep"}, Refused, "no field"),
        (1, 2, {"first": "both"}, Refused, "keep or other"),
    ],
)
def test_a_merge_that_makes_no_sense_is_refused(ask, world, keep, other, choices, error, words):
    with pytest.raises(error, match=words):
        ask(merge.preview, keep, other, choices)


def test_a_merge_of_somebody_changed_since_the_preview_is_refused(world_db, ask, do, world):
    seen = ask(merge.preview, world.dan, world.cara).versions
    do(people.update, world.cara, seen[1], nickname="C")
    with world_db.operation("Merge") as session, pytest.raises(Conflict, match="changed elsewhere"):
        merge.merge(session, world.dan, world.cara, versions=seen)


def test_a_merge_shares_its_step_with_nothing_else(world_db, world):
    with world_db.operation("Merge") as session:
        people.add(session, people.PersonDraft("X", "Y"))
        with pytest.raises(Refused, match="step of their own"):
            merge.merge(session, world.dan, world.cara)


def test_a_form_open_on_who_moved_is_refused_its_stale_version(world_db, ask, do, join, world):
    version = ask(people.view, world.dan).version
    join(world.dan, world.cara, discipline="other", county="other")
    assert ask(lambda session: session.scalars(select(PersonAlias.uid)).one())
    if ask(people.view, world.dan).version != version:
        with pytest.raises(Conflict):
            do(people.update, world.dan, version, nickname="D")
    assert ask(lambda session: session.get(Person, world.cara)) is None


def test_classes_are_listed_once_for_who_was_kept(ask, join, world):
    join(world.dan, world.ben)
    assert ask(classes.view, world.open_class).code
    assert sorted(ask(enrollment.ids, world.open_class)) == sorted(world.open_enrolled)

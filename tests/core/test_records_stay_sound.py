"""After every step of a service the records pass their own check, the history is whole, and
everything that is shown of them can be shown."""

from __future__ import annotations

from datetime import date

import pytest

from cit_desktop.errors import Refused
from cit_desktop.models import Certificate
from cit_desktop.services import (
    agencies,
    certificates,
    certification,
    chapters,
    check,
    classes,
    courses,
    hours,
    people,
    privacy,
    profiles,
    rosters,
    search,
    state_rosters,
    today,
    transcript,
)
from cit_desktop.services import history as history_service
from tests.core.helpers.world import NEW
from tests.core.test_undo_of_everything import ACTS, HOSTILE


def errors(db):
    with db.read() as session:
        return [found.sentence for found in check.run(session) if found.severity == "error"]


def show_everything(session, world):
    """What the pages of the window, the documents and the command line read."""
    day = date(2025, 6, 2)
    today.summary(session, day)
    certification.due(session, day, 365)
    for person_id in people.ids(session):
        people.view(session, person_id)
        transcript.of(session, person_id, day)
        history_service.of_person(session, person_id)
    for agency_id in agencies.ids(session):
        agencies.view(session, agency_id)
    for course_id in courses.ids(session)[:2]:
        courses.view(session, course_id)
    chapters.chapters(session, archived=True)
    for class_id in classes.ids(session, classes.ClassFilter(archived=True)):
        classes.view(session, class_id)
        hours.grid(session, class_id, roles=("trainee", "observer"), withdrawn=True)
        rosters.class_roster_document(session, class_id)
        certificates.eligible(session, class_id)
        state_rosters.state_roster(session, profiles.get(session, "mo_clee"), class_id)
    certificates.view(session, world.certificate)
    shown = history_service.rows(session, history_service.ids(session))
    for operation_id in list(shown)[:2]:
        for change in history_service.details(session, operation_id):
            assert change.field or change.record == "(erased)"


@pytest.mark.parametrize("name", ACTS)
def test_the_records_are_sound_after_a_step(world_db, world, name):
    with world_db.operation(name.capitalize()) as session:
        ACTS[name](session, world)
    assert errors(world_db) == []  # the history is part of the check


@pytest.mark.parametrize("name", list(ACTS)[::7])
def test_the_records_can_be_shown_after_a_step(world_db, world, name):
    with world_db.operation(name.capitalize()) as session:
        ACTS[name](session, world)
    with world_db.read() as session:
        show_everything(session, world)


def test_a_person_made_nameless_leaves_records_that_pass_the_check(world_db, world):
    with world_db.operation("Erase", undoable=False) as session:
        privacy.erase(session, world.ana, "asked in writing", anonymise=True)
    assert errors(world_db) == []
    with world_db.read() as session:
        show_everything(session, world)
        assert session.get_one(Certificate, world.certificate).number
        assert search.find(session, "Ito") == []


def test_a_certificate_without_its_text_is_not_drawn(world_db, world):
    with world_db.operation("Erase", undoable=False) as session:
        privacy.erase(session, world.ana, "asked in writing", anonymise=True)
    with world_db.read() as session, pytest.raises(Refused, match="erased since") as caught:
        certificates.snapshots(session, [world.certificate])
    assert caught.value.hint


def test_a_person_removed_leaves_records_that_pass_the_check(world_db, world):
    with world_db.operation("Erase", undoable=False) as session:
        privacy.erase(session, world.dan, "asked in writing")
    assert errors(world_db) == []
    with world_db.read() as session:
        show_everything(session, world)


PERSON = ("last", "first", "middle", "suffix", "nickname", "county", "note")
CLASS = ("code", "title", "location", "lead_instructor", "course_number", "county", "note")
AGENCY = ("name", "contact", "ori", "county", "note")
CHAPTER = ("name", "council_line", "provider", "address")


def write_person(session, world, **fields):
    people.update(session, world.ana, people.view(session, world.ana).version, **fields)
    return people.view(session, world.ana)


def write_class(session, world, **fields):
    version = classes.view(session, world.open_class).version
    classes.update(session, world.open_class, version, **fields)
    session.flush()
    return classes.view(session, world.open_class)


def write_agency(session, world, **fields):
    agencies.update(session, world.police, agencies.view(session, world.police).version, **fields)
    return agencies.view(session, world.police)


def write_chapter(session, world, **fields):
    version = chapters.view(session, world.chapter).version
    chapters.update(session, world.chapter, version, **fields)
    return chapters.view(session, world.chapter)


WRITERS = [
    (write_person, PERSON),
    (write_class, CLASS),
    (write_agency, AGENCY),
    (write_chapter, CHAPTER),
]


@pytest.mark.parametrize(("write", "fields"), WRITERS, ids=["person", "class", "agency", "chapter"])
def test_hostile_text_is_kept_and_shown_as_it_is(world_db, world, write, fields):
    with world_db.operation("Write") as session:
        shown = write(session, world, **dict.fromkeys(fields, HOSTILE))
    assert {getattr(shown, field) for field in fields} == {HOSTILE}
    with world_db.read() as session:
        show_everything(session, world)


@pytest.mark.parametrize("text", ["a\0b", "a\x1fb", "a\u200bb", "a\u202eb", "a\ufeffb", "a\ud800b"])
@pytest.mark.parametrize(("write", "fields"), WRITERS, ids=["person", "class", "agency", "chapter"])
def test_invisible_signs_never_reach_the_records(world_db, world, write, fields, text):
    with world_db.operation("Write") as session:
        shown = write(session, world, **dict.fromkeys(fields, text))
    for field in fields:
        assert getattr(shown, field) in ("ab", "a b")


def test_a_class_of_a_day_to_come_can_be_shown_before_and_after_it(world_db, world):
    with world_db.read() as session:
        for day in (date(2000, 1, 1), NEW, date(2099, 12, 31)):
            found = today.summary(session, day)
            assert found.day == day

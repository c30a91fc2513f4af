"""What the history says of each thing that can be done, as somebody reads it a year later."""

from __future__ import annotations

import re

import pytest

from cit_desktop.services import certificates, chapters, history, settings, undo
from tests.core.helpers.world import World
from tests.core.test_undo_of_everything import ACTS, HOSTILE, do

Said = tuple[str, str, str, str, str]  # table, record, field, before, after
RAW = re.compile(r"\d{4}-\d\d-\d\d|T\d\d:\d\d|[a-z]+_[a-z]+")
OWN_WORDS = {"keep an own profile", "put a setting"}  # they show what somebody typed


def said(db, operation_id: int | None = None) -> list[Said]:
    """The lines of a step, of the newest unless another is named."""
    with db.read() as session:
        wanted = history.ids(session)[0] if operation_id is None else operation_id
        lines = history.details(session, wanted)
    return [(x.table, x.record, x.field, x.before, x.after) for x in lines]


def counted(db) -> dict[str, int]:
    with db.read() as session:
        newest = history.ids(session)[0]
        return history.rows(session, [newest])[newest].changes


ANA, BEN = "Ana María Ito", "Ben Okafor"
IN_SERVICE = "CIT in-service"
MORNING, AFTERNOON = "Jun 2, 2025, 8:00 AM", "Jun 2, 2025, 1:00 PM"
POLICE, HOSPITAL = "Rolla Police Department", "Phelps Health Hospital"
COURSE = "Crisis Intervention Team, 40-hour course"

SAID: dict[str, list[Said]] = {
    # people
    "rename a person": [
        ("Person", "Thị Nguyễn", "Last name", "Ito", "Nguyễn"),
        ("Person", "Thị Nguyễn", "First name", "Ana", ""),
        ("Person", "Thị Nguyễn", "Middle name", "María", "Thị"),
    ],
    "empty a person's fields": [
        ("Person", "Ito", "First name", "Ana", ""),
        ("Person", "Ito", "Middle name", "María", ""),
        ("Person", "Ito", "Discipline", "Municipal police", ""),
    ],
    "write a person's note": [("Person", ANA, "Note", "", f"{HOSTILE}\n\nsecond line")],
    "archive a person": [("Person", ANA, "Archived", "No", "Yes")],
    "give a number": [
        ("State number", BEN, "Kind", "", "PSID"),
        ("State number", BEN, "Number", "", "00012"),
    ],
    "correct a number": [
        ("State number", ANA, "Kind", "MO POST license", "PSID"),
        ("State number", ANA, "Number", "0045-12", "1"),
    ],
    "take a number away": [
        ("State number", ANA, "Kind", "MO POST license", ""),
        ("State number", ANA, "Number", "0045-12", ""),
    ],
    "move to another agency": [
        ("Employment", ANA, "Last day", "", "Mar 2, 2025"),
        ("Employment", ANA, "Agency", "", HOSPITAL),
        ("Employment", ANA, "Rank or job title", "", "Nurse"),
        ("Employment", ANA, "First day", "", "Mar 3, 2025"),
    ],
    "get a title": [("Employment", "Cara Diaz", "Rank or job title", "", "Nurse")],
    "leave an agency": [("Employment", ANA, "Last day", "", "Jun 2, 2025")],
    "correct an employment": [
        ("Employment", ANA, "Agency", POLICE, HOSPITAL),
        ("Employment", ANA, "Rank or job title", "Officer", "Guard"),
        ("Employment", ANA, "First day", "", "Mar 3, 2025"),
        ("Employment", ANA, "Last day", "", "Jun 2, 2025"),
    ],
    "remove an employment": [
        ("Employment", ANA, "Agency", POLICE, ""),
        ("Employment", ANA, "Rank or job title", "Officer", ""),
    ],
    "archive many people": [
        ("Person", ANA, "Archived", "No", "Yes"),
        ("Person", "Dan Moss", "Archived", "No", "Yes"),
    ],
    # agencies
    "add an agency": [
        ("Agency", "Salem 911", "Kind", "", "911 or communications center"),
        ("Agency", "Salem 911", "Patrol strength", "", "12"),
    ],
    "rename an agency": [("Agency", "Rolla PD", "Name", POLICE, "Rolla PD")],
    "change an agency": [
        ("Agency", POLICE, "ORI", "", "MO0810100"),
        ("Agency", POLICE, "Patrol strength", "", "32"),
        ("Agency", POLICE, "Strength as of", "", "Mar 3, 2025"),
    ],
    "archive an agency": [("Agency", HOSPITAL, "Archived", "No", "Yes")],
    "know another spelling": [("Agency spelling", POLICE, "Spelling", "", "RPD")],
    "hand a spelling over": [
        ("Agency spelling", POLICE, "Spelling", "", "RPD"),
        ("Agency spelling", POLICE, "Spelling", "RPD", ""),
        ("Agency spelling", HOSPITAL, "Spelling", "", "RPD"),
    ],
    # chapters and courses
    "change a chapter": [
        ("Chapter", HOSTILE, "Name", "Ozark Ridge CIT Council", HOSTILE),
        ("Chapter", HOSTILE, "Code", "OR", "OZ"),
        ("Chapter", HOSTILE, "Phone", "", "5551234567"),
        ("Chapter", HOSTILE, "E-mail", "", "a@b.org"),
    ],
    "archive a chapter": [("Chapter", "Kansas City", "Archived", "No", "Yes")],
    "change a course": [
        ("Course", "Basic", "Title", COURSE, "Basic"),
        ("Course", "Basic", "Validity months", "", "24"),
        ("Course", "Basic", "Score required, percent", "", "70"),
    ],
    "take a rule away": [("Course", COURSE, "Refresher months", "24", "")],
    "archive a course": [("Course", COURSE, "Archived", "No", "Yes")],
    # classes and blocks
    "ask for less": [
        ("Class", IN_SERVICE, "Hours", "8 h", "0.02 h"),
        ("Class", IN_SERVICE, "Attendance required, percent", "100", "0"),
        ("Class", IN_SERVICE, "Score required, percent", "", "0"),
    ],
    "cancel a class": [("Class", IN_SERVICE, "Status", "open", "cancelled")],
    "archive a class": [("Class", IN_SERVICE, "Archived", "No", "Yes")],
    "move a block": [
        ("Block", IN_SERVICE, "Day", "Jun 2, 2025", "Jun 7, 2025"),
        ("Block", IN_SERVICE, "Starts at", "1:00 PM", "1:00 AM"),
        ("Class", IN_SERVICE, "Last day", "Jun 2, 2025", "Jun 7, 2025"),
    ],
    "rename a block": [("Block", IN_SERVICE, "Title", "Course day 1, morning", HOSTILE)],
    "say who teaches": [
        ("Instructor of a block", "Cara Diaz", "Block", "", MORNING),
        ("Instructor of a block", "Cara Diaz", "Rank or job title", "", "Nurse"),
        ("Instructor of a block", "Dan Moss", "Block", "", MORNING),
    ],
    # who is in a class
    "enroll somebody": [
        ("Enrollment", "Dan Moss", "Class", "", IN_SERVICE),
        ("Enrollment", "Dan Moss", "Role", "", "observer"),
        ("Enrollment", "Dan Moss", "Result", "", "open"),
    ],
    "withdraw somebody": [("Enrollment", ANA, "Result", "open", "withdrawn")],
    "take somebody off the roster": [
        ("Enrollment", BEN, "Class", IN_SERVICE, ""),
        ("Enrollment", BEN, "Role", "trainee", ""),
        ("Enrollment", BEN, "Result", "open", ""),
    ],
    "give another role": [("Enrollment", BEN, "Role", "trainee", "instructor")],
    "give a roster number": [("Enrollment", BEN, "Number", "", "9999")],
    "enter a score": [("Enrollment", ANA, "Score", "", "0")],
    "enter a scenario": [("Enrollment", ANA, "Scenario passed", "", "No")],
    "correct the agency of a class": [
        ("Enrollment", ANA, "Agency", POLICE, HOSPITAL),
        ("Enrollment", ANA, "Rank or job title", "Officer", "Nurse"),
    ],
    "leave the agency of a class open": [("Enrollment", ANA, "Agency", POLICE, "")],
    # attendance
    "mark a blank": [
        ("Attendance", f"{BEN}, {IN_SERVICE}", "Block", "", MORNING),
        ("Attendance", f"{BEN}, {IN_SERVICE}", "Mark", "", "late"),
        ("Attendance", f"{BEN}, {IN_SERVICE}", "Hours", "", "4 h"),
    ],
    "mark again": [
        ("Attendance", f"{ANA}, {IN_SERVICE}", "Mark", "present", "partial"),
        ("Attendance", f"{ANA}, {IN_SERVICE}", "Hours", "4 h", "1.67 h"),
    ],
    "clear a mark": [
        ("Attendance", f"{ANA}, {IN_SERVICE}", "Block", MORNING, ""),
        ("Attendance", f"{ANA}, {IN_SERVICE}", "Mark", "present", ""),
        ("Attendance", f"{ANA}, {IN_SERVICE}", "Hours", "4 h", ""),
    ],
    "fill a block": [
        ("Attendance", f"{BEN}, {IN_SERVICE}", "Block", "", AFTERNOON),
        ("Attendance", f"{BEN}, {IN_SERVICE}", "Mark", "", "excused"),
        ("Attendance", f"{BEN}, {IN_SERVICE}", "Hours", "", "0 h"),
    ],
    "make up time": [
        ("Make-up", f"{ANA}, {IN_SERVICE}", "Block", "", AFTERNOON),
        ("Make-up", f"{ANA}, {IN_SERVICE}", "Hours", "", "1 h"),
        ("Make-up", f"{ANA}, {IN_SERVICE}", "Day", "", "Jun 9, 2025"),
        ("Make-up", f"{ANA}, {IN_SERVICE}", "Approved by", "", "Ruth Vance"),
        ("Make-up", f"{ANA}, {IN_SERVICE}", "Note", "", "At home"),
    ],
    # settings
    "number otherwise": [
        ("Setting", "Pattern of certificate numbers", "Value", "", "{year}/{seq:03}")
    ],
}


@pytest.mark.parametrize("name", SAID)
def test_the_history_says_what_a_step_did_before_and_after(world_db, world, name):
    do(world_db, world, name)
    assert said(world_db) == SAID[name]


@pytest.mark.parametrize("name", sorted(ACTS.keys() - OWN_WORDS))
def test_no_step_is_told_in_the_words_of_the_tables(world_db, world, name):
    do(world_db, world, name)
    for table, record, field, before, after in said(world_db):
        assert not RAW.search(f"{table} {field}"), (table, field)
        for value in (before, after):
            assert HOSTILE in value or not RAW.search(value), (field, value)
        assert record
        assert before != after


COUNTS = {
    "add a person with everything": {"Employment": 1, "Person": 1, "State number": 2},
    "rename an agency": {"Agency": 1, "Agency spelling": 1},
    "give many people a county": {"Person": 4},
    "make a chapter": {"Chapter": 1, "County of the chapter": 2, "Signer": 1},
    "serve other counties": {"County of the chapter": 3},
    "let others sign": {"Signer": 3},
    "exchange two numbers": {"Enrollment": 2},
    "mark by number": {"Attendance": 2, "Enrollment": 2},
    "finalize a class": {"Attendance": 2, "Class": 1, "Enrollment": 2},
    "take a make-up back": {"Make-up": 2},
}


@pytest.mark.parametrize("name", COUNTS)
def test_a_record_that_a_step_touched_twice_is_counted_once(world_db, world, name):
    do(world_db, world, name)
    assert counted(world_db) == COUNTS[name]


def test_reopening_and_revoking_keep_their_reasons_in_the_history(world_db, world):
    do(world_db, world, "revoke a certificate")
    revoked = {field: after for _, _, field, _, after in said(world_db)}
    assert (revoked["Status"], revoked["Revoked reason"]) == ("revoked", "Wrong name")
    do(world_db, world, "reopen a class")
    lines = said(world_db)
    assert ("Class", IN_SERVICE, "Reopen reason", "", "A mark was wrong.") in lines
    assert ("Enrollment", BEN, "Result", "completed", "open") in lines
    assert ("Enrollment", BEN, "Completed on", "Mar 3, 2025", "") in lines


def test_what_was_printed_is_told_by_its_moment(world_db, world):
    do(world_db, world, "note the printing")
    ((table, record, field, before, after),) = said(world_db)
    assert (table, record, field, before) == ("Certificate", f"{ANA}, {IN_SERVICE}", "Printed", "")
    assert re.fullmatch(r"[A-Z][a-z]{2} \d{1,2}, \d{4}, \d{1,2}:\d\d [AP]M", after)


def test_a_step_that_was_taken_back_is_told_the_other_way_round(world_db, world):
    do(world_db, world, "archive a person")
    undo.undo(world_db)
    assert said(world_db) == [("Person", ANA, "Archived", "Yes", "No")]


def test_a_course_says_whether_time_may_be_made_up(world_db, world):
    do(world_db, world, "add a course")
    assert ("Course", "Own", "Make-ups allowed", "", "Yes") in said(world_db)


def test_a_setting_that_is_no_text_is_told_as_it_is_stored(world_db):
    with world_db.operation("Put") as session:
        settings.put(session, "certificate.number", "{year}-{seq}")
        settings.put(session, "odd", {"a": [1, None]})
    assert said(world_db) == [
        ("Setting", "Pattern of certificate numbers", "Value", "", "{year}-{seq}"),
        ("Setting", "odd", "Value", "", '{"a": [1, null]}'),
    ]


def test_the_order_of_those_who_sign_is_told(world_db, world):
    with world_db.read() as session:
        ruth, omar = chapters.view(session, world.chapter).signers
    drafts = [chapters.SignerDraft(one.name, one.title) for one in (omar, ruth)]
    with world_db.operation("Exchange") as session:
        chapters.set_signers(session, world.chapter, drafts)
    assert sorted(said(world_db)) == [
        ("Signer", "Omar Diaz", "Position", "1", "0"),
        ("Signer", "Ruth Vance", "Position", "0", "1"),
    ]


def issue_for(db, world: World, place: int) -> None:
    with db.operation("Issue", undoable=False) as session:
        certificates.issue(session, world.done_class, world.done_enrolled[place : place + 1])


def test_a_certificate_is_told_without_its_signed_text(world_db, world):
    issue_for(world_db, world, 1)
    fields = {
        field: after for table, _, field, _, after in said(world_db) if table == "Certificate"
    }
    assert fields["Number"].endswith("-0002")
    assert fields["Status"] == "issued"
    assert not {"Snapshot", "Signature", "Key", "Uid"} & set(fields)


def test_the_same_step_of_two_people_is_told_of_each_alone(world_db, world):
    do(world_db, world, "give many people a county")
    with world_db.read() as session:
        of_ben = history.of_person(session, world.ben)[0:2]
        of_dan = {line.what.record for line in history.of_person(session, world.dan)}
    assert [(line.what.record, line.what.field, line.what.after) for line in of_ben] == [
        (BEN, "Discipline", "Education"),
        (BEN, "County", "Phelps"),
    ]
    assert of_dan == {"Dan Moss"}

"""What a refusal tells to do next; a clerk reads it when the sentence alone does not help."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cit_desktop import clock
from cit_desktop.errors import Refused
from cit_desktop.models import TrainingClass
from cit_desktop.services import (
    attendance,
    blocks,
    certificates,
    classes,
    enrollment,
    finalize,
    makeups,
)
from tests.core.helpers.world import GONE, NEW
from tests.core.test_refusals import MISSING, REFUSED, mark, refusal

HINTS: dict[str, tuple[str, ...]] = {
    "Where somebody has only one name, write it here.": ("a person without a last name",),
    "Shorten it, or put the rest into a note.": (
        "a last name over a line", "a note over a page", "a title over a line",
        "a county over a line for many",
    ),
    "Write it like ana@example.org, or leave it empty.": (
        "an address without a host", "an agency's wrong address",
    ),
    "Check the number. If it is the same person, use that record instead of a second one.": (
        "somebody's number", "the number of somebody archived", "a correction to somebody's number",
    ),
    "Check the two dates.": ("an employment that ends first",),
    "Correct the dates in the employment history.": ("an employment before the one before",),
    "Check its first day.": ("a class after the last of days",),
    "Leave it out.": (
        "erasing with the name as reason", "erasing with somebody's",
        "erasing without the accents of the name",
    ),
    "Make the person nameless instead: the records of classes stay, the name goes.": (
        "erasing somebody with records",
    ),
    "Use that agency, or choose another name.": (
        "a known agency", "a known agency that is archived", "a spelling of another agency",
    ),
    "Write the number of patrol officers, or leave it empty where it is not known.": (
        "no patrol at all", "too large a patrol",
    ),
    "Write two letters, like MO.": ("a state that is none",),
    "Try OR or KC2.": ("a code with a sign", "a code of nine", "a code of other letters"),
    "Add another one first.": ("archiving the only chapter",),
    "Restore it first.": ("working for an archived chapter",),
    "Save it as a PNG or JPEG picture of up to 5 MB and 25 million pixels, then try again.": (
        "a picture that is none", "a picture that is damaged",
    ),
    "Choose one of the catalogue.": ("a class without a course",),
    "Reopen the class, with a reason, to change more.": ("a finalized class",),
    "Only an open class can be cancelled.": ("cancelling a finalized class",),
    "Choose another time, or move that block first.": ("a block over another",),
    "Make a block for each day if it goes on past midnight.": (
        "a block before the day", "a block past midnight", "a block of no time",
        "a block of two days",
    ),
    "Shorten or clear these marks first.": ("a block shorter than its marks",),
    "Clear its marks first, or move the block.": ("removing a block with marks",),
    "Change the minutes of a module, or the length of the block.": (
        "parts that do not add up", "no parts", "a part of no time",
    ),
    "Keep one line for each person.": ("an instructor named twice",),
    "Look for the name in the roster.": ("enrolling twice",),
    "Choose one of trainee, instructor, observer.": ("an unknown role",),
    "Reopen the class, with a reason, to correct them.": (
        "enrolling into a finalized class", "marking in a finalized class", "finalizing twice",
    ),
    "Withdraw the person instead: the records stay, and nothing is asked for any more.": (
        "removing somebody with marks",
    ),
    "Choose a free number.": ("a number of somebody else",),
    "Use one of present, absent, late, excused, left early, partial.": ("an unknown mark",),
    "Type the hours, such as 2.5.": ("part without time", "filling with part"),
    "Check the time, or the length of the block.": ("more than the block", "less than nothing"),
    "Give the minutes without it.": ("absent for an hour",),
    "Reinstate the person to mark attendance.": ("marking who withdrew",),
    "Remove the make-up first; then clear the mark.": ("clearing what was made up",),
    "Remove the make-up first; then mark the person again.": ("marking over what was made up",),
    "Remove the make-up first, or mark the others one by one.": ("overwriting what was made up",),
    "Mark first what was missed: absent, late, left early or the hours there.": (
        "making up a blank",
    ),
    "Mend these, then finalize again.": ("finalizing with blanks",),
    "It is kept in the history.": ("reopening without a reason",),
    "The class is not finalized yet.": ("certificates of an open class",),
    "Nothing was issued. To correct a certificate, reissue it.": ("a second certificate",),
    "Look at the person's other certificates.": ("revoking twice", "reissuing what was revoked"),
    "Write it like {chapter}-{year}-{seq:04}, which gives OR-2026-0001.": (
        "numbers without a year", "numbers without a counter", "numbers with two counters",
    ),
    "Choose a class, or the first and the last day of the period.": ("a roster of nothing",),
    "Exchange the two days.": ("a period that ends first",),
    "Choose a day of the class.": ("a sheet for a free day", "a page of a day that was moved"),
    "Open that class to enter it.": ("a page of another class",),
    "Write id = “mo_cit”.": ("a profile under another name",),
}  # fmt: skip

GONE_HINTS: dict[str, tuple[str, ...]] = {
    "Refresh the list.": ("person", "agency", "course", "chapter", "block to move"),
    "It was removed, or an undo took it back.": ("class", "block to fill", "class with a grid"),
    "The course list has every code.": ("course by its code",),
    "The list of classes has every code.": ("class by its code",),
    "Choose another class.": ("class on a roster", "class to certify", "class to sign in"),
    "The one that ships with the program is in use.": ("profile to revert",),
    "Choose somebody else for this block.": ("instructor",),
    "Nobody was enrolled. Search for the person again.": ("one of many to enroll",),
    "An undo took the name back.": ("enrollment to sum up", "enrollment to mark"),
    "Show the class again.": ("block to mark", "block of another class"),
    "Nothing was issued. Look at the roster and choose again.": ("trainee to certify",),
}


@pytest.mark.parametrize("hint", HINTS)
def test_a_refusal_tells_what_to_do_instead(world_db, world, hint):
    for name in HINTS[hint]:
        assert refusal(world_db, world, REFUSED[name][0]).hint == hint, name


@pytest.mark.parametrize("hint", GONE_HINTS)
def test_what_is_gone_tells_where_to_look(world_db, world, hint):
    for name in GONE_HINTS[hint]:
        assert refusal(world_db, world, MISSING[name]).hint == hint, name


FIELDS = {
    "an address without a host": "email",
    "a note over a page": "note",
    "a title over a line": "title",
    "a number without a kind": "kind",
    "an employment before the one before": "starts",
    "a spelling of another agency": "spelling",
    "a code that is taken": "code",
    "a signer named twice": "signers",
    "a picture that is none": "data",
    "a validity of nothing": "validity_months",
    "a module of an unknown area": "modules",
    "a class without seats": "seats",
    "a block over another": "starts_at",
    "a block past midnight": "minutes",
    "a part of no area": "parts",
    "a number of somebody else": "number",
    "a score of 101": "score",
    "more than the block": "minutes",
    "making up without approval": "approved_by",
    "making up in itself": "other_block_id",
    "reopening without a reason": "reason",
    "numbers without a year": "pattern",
    "a profile under another name": "toml",
    "a period that ends first": "end",
}


@pytest.mark.parametrize("name", FIELDS)
def test_the_field_that_is_wrong_is_named_so_that_a_form_can_show_it(world_db, world, name):
    error = refusal(world_db, world, REFUSED[name][0])
    assert isinstance(error, Refused)
    assert set(error.fields) == {FIELDS[name]}
    assert error.fields[FIELDS[name]] in error.message


# Locks and days to come

TOUCHING = {
    "enroll": lambda s, w: enrollment.enroll(s, w.open_class, w.dan),
    "mark": mark("absent"),
    "fill": lambda s, w: attendance.fill_blanks(s, w.open_blocks[0]),
    "make up": lambda s, w: makeups.add_makeup(
        s, w.open_enrolled[0], w.open_blocks[1], 60, NEW, "R"
    ),
    "rename a block": lambda s, w: blocks.rename(s, w.open_blocks[0], 1, "A"),
    "finalize": lambda s, w: finalize.finalize(s, w.open_class),
}


@pytest.mark.parametrize("name", TOUCHING)
def test_a_cancelled_class_tells_how_to_go_on_with_it(world_db, world, name):
    with world_db.operation("Cancel") as session:
        classes.cancel(session, world.open_class)
    error = refusal(world_db, world, TOUCHING[name])
    assert error.message == "INS8-2025-01 is cancelled."
    assert error.hint == "Reinstate the class to go on with it."


@pytest.mark.parametrize("name", TOUCHING)
def test_a_class_of_old_papers_tells_to_make_a_new_one(world_db, world, name):
    with world_db.operation("Enter") as session:
        session.get_one(TrainingClass, world.open_class).status = "on record"
    error = refusal(world_db, world, TOUCHING[name])
    assert error.message == (
        "INS8-2025-01 was entered from old papers and has no attendance to change."
    )
    assert error.hint == "Make a new class if attendance is to be kept."


@pytest.fixture
def the_day_before():
    """The day before the class of the world."""
    clock.set_source(lambda: datetime(NEW.year, NEW.month, NEW.day - 1, 12, tzinfo=UTC))
    yield
    clock.set_source(None)


@pytest.mark.usefixtures("the_day_before")
def test_nobody_was_in_a_block_to_come_and_the_day_is_named(world_db, world):
    error = refusal(world_db, world, mark("present"))
    assert error.message == "Jun 2, 2025 is still to come, so nobody can have been there yet."
    assert error.hint == "Mark it on that day, or move the block if it was held already."


def test_time_cannot_be_made_up_tomorrow(world_db, world):
    tomorrow = clock.today() + timedelta(days=1)

    def act(s, w):
        makeups.add_makeup(s, w.open_enrolled[0], w.open_blocks[1], 60, tomorrow, "Ruth")

    error = refusal(world_db, world, act)
    assert set(error.fields) == {"day"}
    assert error.fields["day"].endswith(" is still to come.")


def test_a_block_shorter_than_the_time_made_up_in_it_is_named(world_db, world):
    with world_db.operation("Add") as session:
        short = blocks.add(session, world.open_class, date(2025, 6, 3), 480, 30, "Quick look")

    def act(s, w):
        makeups.add_makeup(
            s, w.open_enrolled[0], w.open_blocks[1], 60, NEW, "Ruth", other_block_id=short
        )

    error = refusal(world_db, world, act)
    assert error.fields == {"other_block_id": "“Quick look” is only 30 min long."}


def test_everything_wrong_with_a_make_up_is_said_at_once(world_db, world):
    tomorrow = clock.today() + timedelta(days=1)

    def act(s, w):
        makeups.add_makeup(s, w.open_enrolled[0], w.open_blocks[1], 0, tomorrow, " \t")

    error = refusal(world_db, world, act)
    assert set(error.fields) == {"minutes", "day", "approved_by"}
    assert error.message.startswith("The time made up is at least 1 minute.")


def test_a_make_up_for_a_block_of_another_class_is_told(world_db, world):
    def act(s, w):
        makeups.add_makeup(s, w.open_enrolled[0], w.done_blocks[0], 60, NEW, "Ruth")

    error = refusal(world_db, world, act)
    assert error.message == "This block belongs to another class."
    assert error.hint == "Choose a block of this class."


def test_a_class_without_make_ups_tells_who_decides(world_db, world):
    with world_db.operation("Forbid") as session:
        version = classes.view(session, world.open_class).version
        classes.update(session, world.open_class, version, makeup_allowed=False)
    error = refusal(world_db, world, TOUCHING["make up"])
    assert error.message == "INS8-2025-01 does not allow time to be made up."
    assert error.hint == "Allow it in the rule of the class if the course's provider does."


def test_the_last_block_stays_and_the_way_out_is_told(world_db, world):
    with world_db.operation("Remove") as session:
        attendance.clear(session, world.open_blocks[1], world.open_enrolled[0])
        blocks.remove(session, world.open_blocks[1])
        attendance.clear(session, world.open_blocks[0], world.open_enrolled[0])
    error = refusal(world_db, world, lambda s, w: blocks.remove(s, w.open_blocks[0]))
    assert error.message == "“Course day 1, morning” is the only block of INS8-2025-01."
    assert error.hint == "Add another block before removing this one, or cancel the class."


def test_people_are_counted_where_a_block_has_marks(world_db, world):
    with world_db.operation("Fill") as session:
        attendance.fill_blanks(session, world.open_blocks[0])
    error = refusal(world_db, world, lambda s, w: blocks.remove(s, w.open_blocks[0]))
    assert "has attendance of 2 people and cannot be removed" in error.message


def test_several_who_are_gone_are_counted(world_db, world):
    error = refusal(
        world_db, world, lambda s, w: certificates.issue(s, w.done_class, [GONE, GONE + 1])
    )
    assert error.message == "2 of the people chosen are not in this class any more."
    alone = refusal(world_db, world, MISSING["trainee to certify"])
    assert alone.message == "1 of the people chosen is not in this class any more."

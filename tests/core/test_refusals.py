"""What is refused, said in a sentence one can act on; a refused step leaves no trace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from cit_desktop.catalogs import Module
from cit_desktop.documents.sign_ins import PageCode
from cit_desktop.errors import CitError, Conflict, NotFound, Refused
from cit_desktop.services import (
    agencies,
    assets,
    attendance,
    blocks,
    certificates,
    chapters,
    class_schedules,
    classes,
    courses,
    enrollment,
    finalize,
    history,
    hours,
    numbering,
    people,
    people_many,
    privacy,
    profiles,
    rosters,
    sign_in_sheets,
    state_rosters,
    transcript,
)
from cit_desktop.services.agencies import AgencyDraft
from cit_desktop.services.chapters import ChapterDraft, SignerDraft
from cit_desktop.services.classes import ClassDraft
from cit_desktop.services.courses import CourseDraft
from cit_desktop.services.employments import EmploymentDraft
from cit_desktop.services.layout import PartPlan
from cit_desktop.services.people import NumberDraft, PersonDraft
from tests.core.helpers.world import GONE, NEW, OLD, World, records, steps

Act = Callable[[Session, World], object]
LONG = "x" * 201
LICENSE = "MO POST license"


def course(**values: object) -> Act:
    return lambda s, w: courses.add(s, CourseDraft(**{"code": "OWN", "title": "Own"} | values))


def outline(*modules: Module) -> Act:
    return lambda s, w: courses.add(s, CourseDraft("OWN", "Own", modules=modules))


def new_class(**values: object) -> Act:
    given = {"title": "", "start": NEW, "course_code": "INS8"} | values
    return lambda s, w: classes.create(s, w.chapter, ClassDraft(**given))


def change_class(**fields: object) -> Act:
    return lambda s, w: classes.update(
        s, w.open_class, classes.view(s, w.open_class).version, **fields
    )


def person(last: str = "Ng", **values: object) -> Act:
    return lambda s, w: people.add(s, PersonDraft(last, **values))


def number(kind: str, text: str) -> Act:
    return lambda s, w: people.add_number(s, w.ben, NumberDraft(kind, text))


def agency(name: str = "Salem", **values: object) -> Act:
    return lambda s, w: agencies.add(s, AgencyDraft(name, **values))


def chapter(name: str = "Third", **values: object) -> Act:
    return lambda s, w: chapters.create(s, ChapterDraft(name, **values))


def move(starts_at: int, minutes: int, day: date = NEW) -> Act:
    return lambda s, w: blocks.move(s, w.open_blocks[1], 1, day, starts_at, minutes)


def parts(*given: PartPlan) -> Act:
    return lambda s, w: blocks.set_parts(s, w.open_blocks[0], 1, given)


def mark(kind: str, minutes: int | None = None) -> Act:
    return lambda s, w: attendance.mark(s, w.open_blocks[0], w.open_enrolled[1], kind, minutes)


def makeup(minutes: int = 60, *, block: int = 1, approved_by: str = "R", other: int | None = None):
    def act(s: Session, w: World) -> None:
        missed, where = w.open_blocks[block], None if other is None else w.open_blocks[other]
        attendance.add_makeup(
            s, w.open_enrolled[0], missed, minutes, NEW, approved_by, other_block_id=where
        )

    return act


def roster(session: Session, **which: object) -> object:
    return state_rosters.state_roster(session, profiles.get(session, "mo_cit"), **which)


def after(first: Act, then: Act) -> Act:
    def act(s: Session, w: World) -> None:
        first(s, w)
        s.flush()
        then(s, w)

    return act


def part(minutes: int = 240, title: str = "Law", area: str = "legal") -> PartPlan:
    return PartPlan(title, minutes, "lecture", area)


REFUSED: dict[str, tuple[Act, str]] = {
    # people
    "a person without a last name": (person(" \u200b "), "The person needs a last name."),
    "a last name over a line": (person(LONG), "This text has 201 characters; at most 200 fit"),
    "a note over a page": (person(note="x" * 10_001), "This text has 10,001 characters; at most"),
    "an address without a host": (person(email="ana@"), "“ana@” is not an e-mail address."),
    "an unknown discipline": (person(discipline="magic"), "There is no discipline “magic”."),
    "an unknown discipline for many": (
        lambda s, w: people_many.update_all(s, [w.ana], discipline="magic"),
        "There is no discipline “magic”.",
    ),
    "a county over a line for many": (
        lambda s, w: people_many.update_all(s, [w.ana], county=LONG),
        "This text has 201 characters",
    ),
    "a number without a kind": (number(" ", "12"), "The number needs a kind, such as"),
    "an empty number": (number("PSID", "\t"), "The number is empty."),
    "a number of signs": (number("PSID", "-/-"), "“-/-” has neither letters nor digits."),
    "somebody's number": (
        number(LICENSE.upper(), "0045 12"),
        "MO POST LICENSE 0045 12 belongs to Ana María Ito.",
    ),
    "the number of somebody archived": (
        after(lambda s, w: people.archive(s, w.ana), number(LICENSE, "004512")),
        "belongs to Ana María Ito (archived).",
    ),
    "a correction to somebody's number": (
        lambda s, w: people.change_number(
            s, people.add_number(s, w.ben, NumberDraft("PSID", "1")), NumberDraft(LICENSE, "004512")
        ),
        "belongs to Ana María Ito.",
    ),
    "an employment that ends first": (
        lambda s, w: people.add_employment(s, w.dan, EmploymentDraft(w.police, "", NEW, OLD)),
        "The last day, Mar 3, 2025, is before the first one, Jun 2, 2025.",
    ),
    "the end of no employment": (
        lambda s, w: people.end_current(s, w.dan, NEW),
        "This person has no current employment.",
    ),
    "a title over a line": (
        lambda s, w: people.set_current(s, w.dan, w.police, LONG),
        "This text has 201 characters",
    ),
    "a class after the last of days": (
        new_class(start=date(9999, 12, 31), course_code="CIT40"),
        "The class would run past the year 9999.",
    ),
    "erasing with the name of many words": (
        lambda s, w: privacy.erase(
            s, people.add(s, PersonDraft("De la Cruz")), "As Ms. de la  cruz asked"
        ),
        "The reason names the person",
    ),
    "erasing with somebody's": (
        lambda s, w: privacy.erase(s, w.dan, "Moss’s own wish"),
        "The reason names the person",
    ),
    "erasing without the accents of the name": (
        lambda s, w: privacy.erase(s, people.add(s, PersonDraft("Muñoz")), "Munoz/HR"),
        "The reason names the person",
    ),
    "an employment before the one before": (
        after(
            lambda s, w: people.set_current(s, w.dan, w.police, "", NEW),
            lambda s, w: people.set_current(s, w.dan, w.hospital, "", OLD),
        ),
        "The employment at Rolla Police Department began on Jun 2, 2025, which is after",
    ),
    "erasing without a reason": (
        lambda s, w: privacy.erase(s, w.dan, " "),
        "Say why the person is erased.",
    ),
    "erasing with the name as reason": (
        lambda s, w: privacy.erase(s, w.dan, "Moss asked for it"),
        "The reason names the person",
    ),
    "erasing somebody with records": (
        lambda s, w: privacy.erase(s, w.ana, "Asked"),
        "This person has attendance, results, certificates or teaching on record",
    ),
    # agencies
    "an agency without a name": (agency("  "), "The agency needs a name."),
    "an agency named by signs": (agency("---"), "“---” has neither letters nor digits."),
    "a known agency": (
        agency("ROLLA police-department"),
        "“ROLLA police-department” is known already as “Rolla Police Department”.",
    ),
    "a known agency that is archived": (
        after(lambda s, w: agencies.archive(s, w.police), agency("Rolla Police Department")),
        "It is archived.",
    ),
    "an unknown kind of agency": (agency(kind="zoo"), "There is no kind of agency “zoo”."),
    "no patrol at all": (agency(patrol_strength=0), "A patrol strength of 0 cannot be right."),
    "too large a patrol": (
        agency(patrol_strength=100_001),
        "A patrol strength of 100,001 cannot be right.",
    ),
    "an agency's wrong address": (agency(email="a b@c"), "“a b@c” is not an e-mail address."),
    "a spelling of another agency": (
        lambda s, w: agencies.add_spelling(s, w.hospital, "Rolla Police Department"),
        "is known already as",
    ),
    "finding an agency without a name": (
        lambda s, w: agencies.find_or_add(s, "?!"),
        "“?!” has neither letters nor digits.",
    ),
    # chapters
    "a chapter without a name": (chapter(""), "The chapter needs a name."),
    "a state that is none": (chapter(state="XX"), "“XX” is not the postal code of a state."),
    "a code with a sign": (chapter(code="A-1"), "The code “A-1” must be one to eight letters"),
    "a code of nine": (chapter(code="ABCDEFGHI"), "must be one to eight letters or digits."),
    "a code of other letters": (chapter(code="ÄÖ"), "must be one to eight letters or digits."),
    "a code that is taken": (chapter(code="or"), "Another chapter of this file has the code OR."),
    "a signer without a name": (
        chapter(signers=(SignerDraft("", "Chair"),)),
        "Whoever signs needs a name.",
    ),
    "a signer named twice": (
        chapter(signers=(SignerDraft("Al Ng"), SignerDraft("AL  NG"))),
        "AL NG stands twice among those who sign.",
    ),
    "archiving the only chapter": (
        after(
            lambda s, w: chapters.set_archived(s, w.second_chapter, True),
            lambda s, w: chapters.set_archived(s, w.chapter, True),
        ),
        "“Ozark Ridge CIT Council” is the only council of this file.",
    ),
    "working for an archived chapter": (
        after(
            lambda s, w: chapters.set_archived(s, w.second_chapter, True),
            lambda s, w: chapters.set_current(s, w.second_chapter),
        ),
        "“Kansas City” is archived.",
    ),
    "a picture that is none": (
        lambda s, w: assets.add_asset(s, b"GIF89a", "image/gif", "logo.gif"),
        "is not a PNG or JPEG picture",
    ),
    "a picture that is damaged": (
        lambda s, w: assets.add_asset(s, b"\x89PNG\r\n\x1a\nxx", "image/png", "logo.png"),
        "logo.png",
    ),
    # courses
    "a course without a code": (course(code=" "), "A course needs a code, such as CIT40."),
    "a code with a space": (course(code="CIT 40"), "The code “CIT 40” must not have a space."),
    "the code of a course": (course(code="cit40"), "The code CIT40 belongs to"),
    "a course without a title": (course(title="", minutes=1), "A course needs a title."),
    "a course of no time": (course(minutes=0), "A course lasts between 1 minute and 400 hours."),
    "a course of 401 hours": (course(minutes=24_001), "between 1 minute and 400 hours."),
    "a validity of nothing": (
        course(minutes=60, validity_months=0),
        "It is valid for 1 to 1,200 months, or for ever.",
    ),
    "a refresher after ages": (
        course(minutes=60, refresher_months=1201),
        "A refresher is due after 1 to 1,200 months, or never.",
    ),
    "attendance above all": (
        course(minutes=60, min_attendance=101),
        "The attendance needed is between 0 and 100 percent.",
    ),
    "a score above all": (
        course(minutes=60, min_score=101),
        "The score needed is between 0 and 100 percent, or none.",
    ),
    "an unknown audience": (
        course(minutes=60, audience="dogs"),
        "The audience “dogs” is not known.",
    ),
    "a module without a title": (
        outline(Module(1, " ", 60, "lecture", "legal")),
        "Module 1 needs a title.",
    ),
    "a module of no time": (
        outline(Module(1, "A", 0, "lecture", "legal")),
        "Module 1 lasts between 1 minute and 24 hours.",
    ),
    "a module of an unknown area": (
        outline(Module(1, "A", 60, "", "legal"), Module(1, "B", 60, "", "art")),
        "Module 2 has the credit area “art”; known are",
    ),
    "a module taught in an unknown way": (
        outline(Module(1, "A", 60, "song", "legal")),
        "Module 1 has the delivery “song”, which is not known.",
    ),
    "an outline with a gap": (
        outline(Module(1, "A", 60, "", "legal"), Module(3, "B", 60, "", "legal")),
        "The days of the outline must run from 1 upward without a gap.",
    ),
    "an outline that begins late": (
        outline(Module(2, "A", 60, "", "legal")),
        "must run from 1 upward",
    ),
    # classes
    "a class without a course": (new_class(course_code=" "), "A class needs a course."),
    "the code of a class": (new_class(code="ins8-2025-01"), "There is a class ins8-2025-01"),
    "a class without seats": (new_class(seats=0), "A class has at least one seat."),
    "a class of no title": (change_class(title=" "), "A class needs a title."),
    "a class of no code": (change_class(code=""), "A class needs a code."),
    "a class of no time": (change_class(minutes=0), "A class counts at least 1 minute."),
    "attendance below nothing": (
        change_class(min_attendance=-1),
        "The attendance needed is between 0 and 100 percent.",
    ),
    "a score below nothing": (change_class(min_score=-1), "The score needed is between 0 and 100"),
    "a finalized class": (
        lambda s, w: classes.update(
            s, w.done_class, classes.view(s, w.done_class).version, title="Other"
        ),
        "is finalized; only its note and course number can change.",
    ),
    "cancelling a finalized class": (
        lambda s, w: classes.cancel(s, w.done_class),
        "is finalized and cannot be cancelled.",
    ),
    "reinstating an open class": (
        lambda s, w: classes.reinstate(s, w.open_class),
        "INS8-2025-01 is not cancelled; it is open.",
    ),
    # blocks
    "a block over another": (move(700, 60), "On Mon this class has “"),
    "a block before the day": (move(-1, 60), "A block starts between 0:00 and 23:59."),
    "a block past midnight": (move(1400, 60), "A block ends by midnight."),
    "a block of no time": (move(800, 0), "A block lasts 1 minute to 24 hours."),
    "a block of two days": (move(0, 1441), "A block lasts 1 minute to 24 hours."),
    "a block without a title": (
        lambda s, w: blocks.rename(s, w.open_blocks[0], 1, " "),
        "A block needs a title.",
    ),
    "a block shorter than its marks": (
        lambda s, w: blocks.move(s, w.open_blocks[0], 1, NEW, 480, 239),
        "cannot be 3 h 59 min long: more time is marked for Ana María Ito (4 h).",
    ),
    "removing a block with marks": (
        lambda s, w: blocks.remove(s, w.open_blocks[0], 1),
        "has attendance of 1 person and cannot be removed.",
    ),
    "parts that do not add up": (parts(part(200)), "The modules add up to 200 minutes, but the"),
    "no parts": (parts(), "The modules add up to 0 minutes, but the block has 240."),
    "a part without a title": (parts(part(title="")), "Each module needs a title."),
    "a part of no time": (parts(part(), part(0, "Play")), "“Play” needs at least 1 minute."),
    "a part of no area": (parts(part(area="art")), "“Law” has the credit area “art”; known are"),
    "an instructor named twice": (
        lambda s, w: blocks.set_instructors(s, w.open_blocks[0], [(w.cara, ""), (w.cara, "Dr")]),
        "An instructor is named twice for this block.",
    ),
    # enrollment
    "enrolling twice": (
        lambda s, w: enrollment.enroll(s, w.open_class, w.ana),
        "Ana María Ito is in this class already.",
    ),
    "an unknown role": (
        lambda s, w: enrollment.enroll(s, w.open_class, w.dan, "guest"),
        "“guest” is no role in a class.",
    ),
    "enrolling into a finalized class": (
        lambda s, w: enrollment.enroll(s, w.done_class, w.dan),
        "is finalized, so its records are locked.",
    ),
    "removing somebody with marks": (
        lambda s, w: enrollment.remove(s, w.open_enrolled[0]),
        "Ana María Ito has marked attendance in this class.",
    ),
    "the number nought": (
        lambda s, w: enrollment.set_number(s, w.open_enrolled[0], 0),
        "A roster number is between 1 and 9999.",
    ),
    "the number ten thousand": (
        lambda s, w: enrollment.set_number(s, w.open_enrolled[0], 10_000),
        "A roster number is between 1 and 9999.",
    ),
    "a number of somebody else": (
        after(
            lambda s, w: enrollment.set_number(s, w.open_enrolled[1], 1),
            lambda s, w: enrollment.set_number(s, w.open_enrolled[0], 1),
        ),
        "Number 1 belongs to Ben Okafor.",
    ),
    "a score of 101": (
        lambda s, w: enrollment.set_score(s, w.open_enrolled[0], 101),
        "A test score is between 0 and 100 percent, not 101.",
    ),
    # attendance
    "an unknown mark": (mark("maybe"), "“maybe” is no mark of attendance."),
    "part without time": (mark("partial"), "For part of a block its time is needed."),
    "more than the block": (mark("partial", 241), "241 minutes do not fit a block of 240 minutes."),
    "less than nothing": (mark("late", -1), "-1 minutes do not fit a block of 240 minutes."),
    "absent for an hour": (mark("absent", 60), "“absent” is 0 minutes of this block, not 60."),
    "filling with part": (
        lambda s, w: attendance.fill_blanks(s, w.open_blocks[0], "partial"),
        "For part of a block its time is needed.",
    ),
    "marking in a finalized class": (
        lambda s, w: attendance.mark(s, w.done_blocks[0], w.done_enrolled[0], "absent"),
        "INS8-2025-02 is finalized, so its records are locked.",
    ),
    "marking who withdrew": (
        after(
            lambda s, w: enrollment.withdraw(s, w.open_enrolled[1]),
            mark("present"),
        ),
        "This person withdrew from the class.",
    ),
    "clearing what was made up": (
        after(makeup(), lambda s, w: attendance.clear(s, w.open_blocks[1], w.open_enrolled[0])),
        "1 h were made up for this block.",
    ),
    "marking over what was made up": (
        after(
            makeup(),
            lambda s, w: attendance.mark(s, w.open_blocks[1], w.open_enrolled[0], "present"),
        ),
        "1 h were made up for this block already.",
    ),
    "overwriting what was made up": (
        after(makeup(), lambda s, w: attendance.overwrite(s, w.open_blocks[1])),
        "Time was made up for this block by Ana María Ito.",
    ),
    "making up nothing": (makeup(0), "The time made up is at least 1 minute."),
    "making up more than missed": (makeup(241), "Only 4 h of “"),
    "making up what was not missed": (makeup(1, block=0), "Only 0 min of “"),
    "making up without approval": (makeup(approved_by=" "), "Somebody must have approved"),
    "making up in itself": (makeup(other=1), "A block cannot be made up in itself."),
    "making up a blank": (
        lambda s, w: attendance.add_makeup(s, w.open_enrolled[1], w.open_blocks[0], 60, NEW, "R"),
        "The person is not marked in “",
    ),
    # finalizing and certificates
    "finalizing with blanks": (
        lambda s, w: finalize.finalize(s, w.open_class),
        "INS8-2025-01 cannot be finalized yet. Mon Jun 2 8:00–12:00: Okafor, Ben is not marked.",
    ),
    "finalizing twice": (
        lambda s, w: finalize.finalize(s, w.done_class),
        "is finalized, so its records are locked.",
    ),
    "reopening an open class": (
        lambda s, w: finalize.reopen(s, w.open_class, "Why not"),
        "INS8-2025-01 is not finalized; it is open.",
    ),
    "reopening without a reason": (
        lambda s, w: finalize.reopen(s, w.done_class, "\n "),
        "Reopening a class needs a reason.",
    ),
    "certificates of an open class": (
        lambda s, w: certificates.issue(s, w.open_class),
        "There is no certificate to issue.",
    ),
    "a second certificate": (
        lambda s, w: certificates.issue(s, w.done_class, w.done_enrolled[:1]),
        "No certificate can be issued for 1 of those chosen. Ito, Ana María:",
    ),
    "revoking without a reason": (
        lambda s, w: certificates.revoke(s, w.certificate, " "),
        "A reason is needed; it is kept with the certificate.",
    ),
    "revoking twice": (
        after(
            lambda s, w: certificates.revoke(s, w.certificate, "Wrong"),
            lambda s, w: certificates.revoke(s, w.certificate, "Wrong"),
        ),
        "cannot be revoked: it was revoked already.",
    ),
    "reissuing what was revoked": (
        after(
            lambda s, w: certificates.revoke(s, w.certificate, "Wrong"),
            lambda s, w: certificates.reissue(s, w.certificate, "Wrong"),
        ),
        "cannot be reissued: it was revoked already.",
    ),
    "numbers without a year": (
        lambda s, w: numbering.set_pattern(s, "{chapter}-{seq}"),
        "The pattern “{chapter}-{seq}” lacks {year}.",
    ),
    "numbers without a counter": (
        lambda s, w: numbering.set_pattern(s, "{year}"),
        "The pattern “{year}” lacks {seq}.",
    ),
    "numbers with two counters": (
        lambda s, w: numbering.set_pattern(s, "{year}{seq}{seq}"),
        "has a part that is not known.",
    ),
    # rosters
    "a roster of nothing": (
        lambda s, w: roster(s),
        "A state roster is made for a class or for a period.",
    ),
    "a period that ends first": (
        lambda s, w: roster(s, start=NEW, end=OLD),
        "The period ends on Mar 3, 2025, before it begins.",
    ),
    "a sheet for a free day": (
        lambda s, w: sign_in_sheets.sheets(s, w.open_class, [OLD]),
        "INS8-2025-01 has no block on Mar 3, 2025.",
    ),
    "a page of another class": (
        lambda s, w: sign_in_sheets.block_of_page(s, w.open_class, PageCode("X-1", NEW, 1)),
        "This page belongs to the class X-1, not to INS8-2025-01.",
    ),
    "a page of a day that was moved": (
        lambda s, w: sign_in_sheets.block_of_page(
            s, w.open_class, PageCode("INS8-2025-01", OLD, 1)
        ),
        "INS8-2025-01 has no block on Mar 3, 2025.",
    ),
    "a profile under another name": (
        lambda s, w: profiles.save_copy(s, "mo_cit", profiles.text(s, "mn_post")),
        "The id is “mn_post”, but this is the profile “mo_cit”.",
    ),
}

MISSING: dict[str, Act] = {
    "person": lambda s, w: people.view(s, GONE),
    "person to change": lambda s, w: people.update(s, GONE, 1, last="A"),
    "person to archive": lambda s, w: people.archive(s, GONE),
    "person to take up again": lambda s, w: people.unarchive(s, GONE),
    "person to give a number": lambda s, w: people.add_number(s, GONE, NumberDraft("PSID", "1")),
    "person to employ": lambda s, w: people.set_current(s, GONE, w.police),
    "agency to work for": lambda s, w: people.set_current(s, w.dan, GONE),
    "agency of a new person": lambda s, w: people.add(s, PersonDraft("A", agency_id=GONE)),
    "number to correct": lambda s, w: people.change_number(s, GONE, NumberDraft("PSID", "1")),
    "number to remove": lambda s, w: people.remove_number(s, GONE),
    "employment to correct": lambda s, w: people.update_employment(
        s, GONE, EmploymentDraft(w.police)
    ),
    "employment to remove": lambda s, w: people.remove_employment(s, GONE),
    "person to erase": lambda s, w: privacy.erase(s, GONE, "Asked"),
    "person with a transcript": lambda s, w: transcript.of(s, GONE),
    "agency": lambda s, w: agencies.view(s, GONE),
    "agency to change": lambda s, w: agencies.update(s, GONE, 1, name="A"),
    "agency to archive": lambda s, w: agencies.archive(s, GONE),
    "agency to take up again": lambda s, w: agencies.unarchive(s, GONE),
    "agency to spell": lambda s, w: agencies.add_spelling(s, GONE, "A"),
    "spelling": lambda s, w: agencies.remove_spelling(s, GONE),
    "chapter": lambda s, w: chapters.view(s, GONE),
    "chapter to change": lambda s, w: chapters.update(s, GONE, 1, name="A"),
    "chapter to archive": lambda s, w: chapters.set_archived(s, GONE, True),
    "chapter to work for": lambda s, w: chapters.set_current(s, GONE),
    "chapter to serve": lambda s, w: chapters.set_counties(s, GONE, ["Dent"]),
    "chapter to sign for": lambda s, w: chapters.set_signers(s, GONE, []),
    "chapter of a logo": lambda s, w: chapters.set_logo(s, GONE, None),
    "logo": lambda s, w: chapters.set_logo(s, w.chapter, GONE),
    "picture": lambda s, w: assets.asset(s, GONE),
    "picture of a signer": lambda s, w: chapters.set_signers(
        s, w.chapter, [SignerDraft("Al Ng", "", GONE)]
    ),
    "course": lambda s, w: courses.view(s, GONE),
    "course to change": lambda s, w: courses.update(s, GONE, 1, title="A"),
    "course to outline": lambda s, w: courses.set_outline(s, GONE, 1, ()),
    "course to archive": lambda s, w: courses.set_archived(s, GONE, 1),
    "course by its code": lambda s, w: courses.by_code(s, "NOWHERE"),
    "course of a class": new_class(course_id=GONE),
    "chapter of a class": lambda s, w: classes.create(
        s, GONE, ClassDraft("", NEW, course_code="INS8")
    ),
    "class": lambda s, w: classes.view(s, GONE),
    "class by its code": lambda s, w: classes.by_code(s, "NOWHERE"),
    "class to change": lambda s, w: classes.update(s, GONE, 1, title="A"),
    "class to cancel": lambda s, w: classes.cancel(s, GONE),
    "class to reinstate": lambda s, w: classes.reinstate(s, GONE),
    "class to archive": lambda s, w: classes.archive(s, GONE),
    "class to put back": lambda s, w: classes.unarchive(s, GONE),
    "class to enroll in": lambda s, w: enrollment.enroll(s, GONE, w.ana),
    "class to mark": lambda s, w: attendance.all_present(s, GONE),
    "class with a grid": lambda s, w: hours.grid(s, GONE),
    "class to finalize": lambda s, w: finalize.finalize(s, GONE),
    "class to reopen": lambda s, w: finalize.reopen(s, GONE, "Wrong"),
    "class on a roster": lambda s, w: rosters.class_roster_document(s, GONE),
    "class to sign in": lambda s, w: sign_in_sheets.sheets(s, GONE),
    "class to be rated": lambda s, w: class_schedules.evaluation(s, GONE),
    "class with a schedule": lambda s, w: class_schedules.schedule(s, GONE),
    "class on a state roster": lambda s, w: roster(s, class_id=GONE),
    "class to certify": lambda s, w: certificates.issue(s, GONE),
    "profile": lambda s, w: profiles.get(s, "nowhere"),
    "profile to revert": lambda s, w: profiles.revert(s, "mo_cit"),
    "block to move": lambda s, w: blocks.move(s, GONE, 1, NEW, 480, 60),
    "block to rename": lambda s, w: blocks.rename(s, GONE, 1, "A"),
    "block to remove": lambda s, w: blocks.remove(s, GONE),
    "block to teach": lambda s, w: blocks.set_parts(s, GONE, 1, (part(),)),
    "block to be taught": lambda s, w: blocks.set_instructors(s, GONE, []),
    "block to add to": lambda s, w: blocks.add(s, GONE, NEW, 480, 60, "A"),
    "instructor": lambda s, w: blocks.set_instructors(s, w.open_blocks[0], [(GONE, "")]),
    "person to enroll": lambda s, w: enrollment.enroll(s, w.open_class, GONE),
    "one of many to enroll": lambda s, w: enrollment.enroll_many(s, w.open_class, [w.dan, GONE]),
    "enrollment to withdraw": lambda s, w: enrollment.withdraw(s, GONE),
    "enrollment to reinstate": lambda s, w: enrollment.reinstate(s, GONE),
    "enrollment to remove": lambda s, w: enrollment.remove(s, GONE),
    "enrollment with a role": lambda s, w: enrollment.set_role(s, GONE, "trainee"),
    "enrollment to number": lambda s, w: enrollment.set_number(s, GONE, 1),
    "enrollment to score": lambda s, w: enrollment.set_score(s, GONE, 1),
    "enrollment with a scenario": lambda s, w: enrollment.set_scenario(s, GONE, True),
    "enrollment with an agency": lambda s, w: enrollment.set_agency(s, GONE, None),
    "agency of an enrollment": lambda s, w: enrollment.set_agency(s, w.open_enrolled[0], GONE),
    "enrollment to sum up": lambda s, w: hours.summary(s, GONE),
    "enrollment to mark": lambda s, w: attendance.mark(s, w.open_blocks[0], GONE, "present"),
    "block to mark": lambda s, w: attendance.mark(s, GONE, w.open_enrolled[0], "present"),
    "block of another class": lambda s, w: attendance.mark(
        s, w.done_blocks[0], w.open_enrolled[0], "present"
    ),
    "block to fill": lambda s, w: attendance.fill_blanks(s, GONE),
    "block to overwrite": lambda s, w: attendance.overwrite(s, GONE),
    "block to count": lambda s, w: attendance.would_overwrite(s, GONE),
    "block to mark by number": lambda s, w: attendance.mark_numbers(s, GONE, "1"),
    "make-up": lambda s, w: attendance.remove_makeup(s, GONE),
    "enrollment to make up": lambda s, w: attendance.add_makeup(
        s, GONE, w.open_blocks[0], 1, NEW, "R"
    ),
    "block to make up": lambda s, w: attendance.add_makeup(
        s, w.open_enrolled[0], GONE, 1, NEW, "R"
    ),
    "block to make up in": lambda s, w: attendance.add_makeup(
        s, w.open_enrolled[0], w.open_blocks[1], 1, NEW, "R", other_block_id=GONE
    ),
    "certificate": lambda s, w: certificates.view(s, GONE),
    "certificate to revoke": lambda s, w: certificates.revoke(s, GONE, "Wrong"),
    "certificate to reissue": lambda s, w: certificates.reissue(s, GONE, "Wrong"),
    "trainee to certify": lambda s, w: certificates.issue(s, w.done_class, [GONE]),
    "step of the history": lambda s, w: history.details(s, GONE),
}

STALE: dict[str, Act] = {
    "person": lambda s, w: people.update(s, w.ana, 77, last="A"),
    "agency": lambda s, w: agencies.update(s, w.police, 77, name="A"),
    "chapter": lambda s, w: chapters.update(s, w.chapter, 77, name="A"),
    "course": lambda s, w: courses.update(s, w.course, 77, title="A"),
    "outline": lambda s, w: courses.set_outline(s, w.course, 77, ()),
    "archived course": lambda s, w: courses.set_archived(s, w.course, 77),
    "class": lambda s, w: classes.update(s, w.open_class, 77, title="A"),
    "moved block": lambda s, w: blocks.move(s, w.open_blocks[0], 77, NEW, 480, 60),
    "renamed block": lambda s, w: blocks.rename(s, w.open_blocks[0], 77, "A"),
    "removed block": lambda s, w: blocks.remove(s, w.open_blocks[0], 77),
    "parts of a block": lambda s, w: blocks.set_parts(s, w.open_blocks[0], 77, ()),
}


def is_sentence(text: str) -> bool:
    begins = text[:1].isupper() or not text[:1].isalpha()
    return begins and text.rstrip("”)").endswith((".", "!", "?", "…"))


def refusal(db, world, act: Act) -> CitError:
    """Run an act that must be refused, and see that nothing of it is left."""
    before, count = records(db, but=frozenset()), steps(db)
    with pytest.raises(CitError) as caught:
        with db.operation("Try") as session:
            act(session, world)
            session.flush()
    assert records(db, but=frozenset()) == before
    assert steps(db) == count
    return caught.value


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_why_and_leaves_no_trace(world_db, world, name):
    act, sentence = REFUSED[name]
    error = refusal(world_db, world, act)
    assert isinstance(error, Refused), error
    assert sentence in error.message
    assert is_sentence(error.message)
    assert not error.hint or is_sentence(error.hint)
    assert all(is_sentence(text) for text in error.fields.values())


@pytest.mark.parametrize("name", MISSING)
def test_what_is_gone_is_said_to_be_gone(world_db, world, name):
    error = refusal(world_db, world, MISSING[name])
    assert isinstance(error, NotFound), error
    assert is_sentence(error.message)
    assert str(GONE) not in error.message


@pytest.mark.parametrize("name", STALE)
def test_an_older_state_overwrites_nothing(world_db, world, name):
    error = refusal(world_db, world, STALE[name])
    assert isinstance(error, Conflict), error
    assert "was changed elsewhere while it was open here." in error.message
    assert "Nothing was overwritten." in error.hint


def test_a_reason_may_contain_a_part_of_another_word_of_the_name(world_db, world):
    with world_db.operation("Erase", undoable=False) as session:
        privacy.erase(session, world.dan, "Mossy records are dandy: asked in writing")
    with world_db.read() as session:
        assert world.dan not in people.ids(session)

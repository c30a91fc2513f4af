"""Who stands on a sign-in sheet, in which order, and where a page that is scanned belongs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cit_desktop.documents.sign_ins import PageCode, SignInLine, SignInSpan, read_page_code, spans
from cit_desktop.errors import Refused
from cit_desktop.models import Enrollment
from cit_desktop.services import attendance, enrollment, sign_in_sheets
from tests.core.field import MONDAY, Field

TUESDAY = MONDAY + timedelta(days=1)
CODE = "CIT40-2026-1"


@pytest.fixture
def field(db, chapter_id):
    with db.operation("Add class") as session:
        field = Field(session, chapter_id)
        field.furnish_chapter()
        yield field


def sheet(field, class_id, day=MONDAY):
    (made,) = sign_in_sheets.sheets(field.session, class_id, [day])
    return made


# Who and what is on a sheet


def test_a_sheet_names_the_class_the_day_and_who_leads(field):
    class_id = field.training(lead_instructor="Sgt. Lee")
    made = sheet(field, class_id, TUESDAY)
    assert (made.code, made.title, made.day) == (CODE, "Basic class", TUESDAY)
    assert (made.location, made.lead_instructor) == ("Rolla", "Sgt. Lee")
    assert made.chapter == "Ozark Ridge CIT Council"


def test_without_a_lead_whoever_teaches_most_stands_there(field):
    class_id = field.training()
    field.teach(class_id, field.person("Hill", "Bo"), blocks=1)
    field.teach(class_id, field.person("Diaz", "Cara"), blocks=3)
    assert sheet(field, class_id).lead_instructor == "Cara Diaz"


def test_each_block_of_the_day_is_signed_for(field):
    class_id = field.training()
    assert sheet(field, class_id).spans == (
        SignInSpan("Basics", 480, 720),
        SignInSpan("Basics", 780, 1020),
    )


def test_rows_stand_in_the_order_of_their_numbers_whoever_came_late(field):
    class_id = field.training()
    field.enroll(class_id, field.person("Ito", number="00123"))
    enrollment.assign_numbers(field.session, class_id)
    field.enroll(class_id, field.person("Abbott", "Sam"), agency="")
    assert sheet(field, class_id).lines == (
        SignInLine(1, "Ito, Ana", "Rolla Police Department", "00123"),
        SignInLine(2, "Abbott, Sam"),
    )


def test_instructors_and_observers_sign_without_a_number_after_the_trainees(field):
    class_id = field.training()
    field.enroll(class_id, field.person("Abbott"), role="observer")
    field.teach(class_id, field.person("Abel"))
    field.enroll(class_id, field.person("Young"))
    found = [(line.number, line.name, line.role) for line in sheet(field, class_id).lines]
    assert found == [
        (1, "Young, Ana", ""),
        (None, "Abel, Ana", "Instructor"),
        (None, "Abbott, Ana", "Observer"),
    ]


def test_who_teaches_without_being_enrolled_signs_on_the_days_of_his_blocks(field):
    class_id = field.training()
    field.enroll(class_id, field.person("Young"))
    field.visit(class_id, field.person("Hill"), slice(2, 4))
    monday, tuesday = (sheet(field, class_id, day) for day in (MONDAY, TUESDAY))
    assert [line.name for line in monday.lines] == ["Young, Ana"]
    assert tuesday.lines[1:] == (SignInLine(None, "Hill, Ana", role="Instructor"),)
    assert monday.walk_ins == tuesday.walk_ins == tuple(range(2, 12))


def test_ten_lines_for_walk_ins_go_on_counting(field):
    class_id = field.training()
    assert sheet(field, class_id).walk_ins == tuple(range(1, 11))
    for last in ("Ito", "Okafor"):
        field.enroll(class_id, field.person(last))
    assert sheet(field, class_id).walk_ins == tuple(range(3, 13))


def test_the_number_of_who_withdrew_is_not_given_to_a_walk_in(field):
    class_id = field.training()
    for last in ("Ito", "Okafor"):
        field.enroll(class_id, field.person(last))
    enrollment.assign_numbers(field.session, class_id)
    okafor = max(enrollment.numbering(field.session, [class_id]))
    enrollment.withdraw(field.session, okafor)
    field.session.flush()
    made = sheet(field, class_id)
    assert [line.number for line in made.lines] == [1]
    assert made.walk_ins[0] == 3


def test_without_a_day_there_is_a_sheet_for_each(field):
    class_id = field.training(days=3)
    made = sign_in_sheets.sheets(field.session, class_id)
    assert [one.day for one in made] == [MONDAY, TUESDAY, MONDAY + timedelta(days=2)]


def test_a_day_without_a_block_has_no_sheet(field):
    class_id = field.training()
    with pytest.raises(Refused, match="no block on Mar 9, 2026"):
        sheet(field, class_id, date(2026, 3, 9))
    with pytest.raises(Refused, match="no block on any day"):
        sign_in_sheets.sheets(field.session, field.training("C-2", days=0))


def test_numbers_have_to_be_stored_only_once_and_only_in_an_open_class(field):
    class_id = field.training()
    assert not sign_in_sheets.unnumbered(field.session, class_id)
    field.enroll(class_id, field.person("Ito"))
    assert sign_in_sheets.unnumbered(field.session, class_id)
    enrollment.assign_numbers(field.session, class_id)
    assert not sign_in_sheets.unnumbered(field.session, class_id)
    done = field.training("DONE", status="finalized")
    field.complete(done, field.person("Diaz"))
    assert not sign_in_sheets.unnumbered(field.session, done)


def newcomer(field, class_id, last, *, walked_in=True):
    key = field.enroll(class_id, field.person(last))
    sign_in_sheets.number_newcomer(field.session, key, walked_in=walked_in)
    return field.session.get_one(Enrollment, key).number


def test_walk_ins_get_the_numbers_of_the_free_lines_in_the_order_they_came(field):
    class_id = field.training()
    field.enroll(class_id, field.person("Ito"))
    free = sheet(field, class_id).walk_ins
    enrollment.assign_numbers(field.session, class_id)
    came = [newcomer(field, class_id, last) for last in ("Young", "Abbott", "Moss")]
    assert came == list(free[:3])
    assert newcomer(field, class_id, "Aalto", walked_in=False) == free[3]


def test_the_first_to_walk_into_a_class_of_nobody_is_number_one(field):
    class_id = field.training()
    assert [newcomer(field, class_id, last) for last in ("Young", "Abbott")] == [1, 2]


def test_who_is_enrolled_before_sheets_are_printed_waits_for_the_numbers_by_name(field):
    class_id = field.training()
    assert newcomer(field, class_id, "Young", walked_in=False) is None
    assert newcomer(field, class_id, "Abbott", walked_in=False) is None
    assert newcomer(field, class_id, "Moss") is None
    enrollment.assign_numbers(field.session, class_id)
    names = [line.name for line in sheet(field, class_id).lines]
    assert names == ["Abbott, Ana", "Moss, Ana", "Young, Ana"]


# Columns


def blocks(*hours):
    return [SignInSpan(f"Block {hour}", hour * 60, hour * 60 + 60) for hour in hours]


@pytest.mark.parametrize("count", range(5))
def test_up_to_four_blocks_have_their_own_columns(count):
    found = blocks(*range(8, 8 + count))
    assert spans(found) == tuple(found)


def test_many_blocks_are_signed_for_by_the_half_day():
    assert spans(blocks(8, 9, 10, 11, 13, 14, 15, 16)) == (
        SignInSpan("Morning", 480, 720),
        SignInSpan("Afternoon", 780, 1020),
    )


def test_an_evening_counts_for_itself_and_a_half_without_blocks_is_left_out():
    assert spans(blocks(8, 9, 10, 17, 18)) == (
        SignInSpan("Morning", 480, 660),
        SignInSpan("Evening", 1020, 1140),
    )
    assert spans(blocks(13, 14, 15, 16, 12)) == (SignInSpan("Afternoon", 780, 1020),)


# Codes of pages


@pytest.mark.parametrize("code", ["CIT40-2026-01", "A/B", "Ünïcode 7", "1"])
def test_a_page_code_is_read_as_it_was_printed(code):
    page = PageCode(code, date(2026, 10, 12), 2)
    assert str(page) == f"{code}/2026-10-12/2"
    assert read_page_code(f"  {page}\t") == page


@pytest.mark.parametrize(
    "typed",
    ["7", "12-15", "1-14,16", "0045-12", "2026-10-12", "/2026-10-12/1", "X/2026-13-12/1", "X/2/1"],
)
def test_what_marks_people_is_no_page_code(typed):
    assert read_page_code(typed) is None


def test_a_page_leads_to_the_first_block_of_its_day_with_a_blank(field):
    class_id = field.training()
    enrolled = [field.enroll(class_id, field.person(last)) for last in ("Ito", "Okafor")]
    morning, afternoon = field.blocks(class_id)[:2]
    page = PageCode(CODE, MONDAY, 1)

    def leads():
        return sign_in_sheets.block_of_page(field.session, class_id, page)

    assert leads() == morning
    attendance.mark(field.session, morning, enrolled[0], "present")
    assert leads() == morning
    attendance.mark(field.session, morning, enrolled[1], "absent")
    assert leads() == afternoon
    for enrollment_id in enrolled:
        attendance.mark(field.session, afternoon, enrollment_id, "present")
    assert leads() == morning


def test_a_page_leads_to_its_day_even_when_nobody_is_enrolled(field):
    class_id = field.training()
    page = PageCode(CODE.lower(), TUESDAY, 2)  # scanners and people mind no capitals
    assert sign_in_sheets.block_of_page(field.session, class_id, page) == field.blocks(class_id)[2]


def test_a_page_of_another_class_says_which(field):
    class_id = field.training()
    with pytest.raises(Refused, match="belongs to the class X-1, not to CIT40-2026-1"):
        sign_in_sheets.block_of_page(field.session, class_id, PageCode("X-1", MONDAY, 1))


def test_a_page_of_a_day_that_was_moved_is_refused(field):
    class_id = field.training()
    page = PageCode(CODE, date(2026, 3, 9), 1)
    with pytest.raises(Refused, match="no block on Mar 9, 2026"):
        sign_in_sheets.block_of_page(field.session, class_id, page)


# Marking from a sheet


def test_ranges_and_single_numbers_of_a_sheet_mark_all_of_them(field):
    class_id = field.training()
    for number in range(1, 19):
        field.enroll(class_id, field.person(f"Person {number:02}"))
    block = field.blocks(class_id)[0]
    marked = attendance.mark_numbers(field.session, block, "1-14,16")
    assert marked == [f"Ana Person {number:02}" for number in [*range(1, 15), 16]]

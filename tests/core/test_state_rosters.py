from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cit_desktop import catalogs
from cit_desktop.catalogs import COLUMN_FIELDS, HEADER_FIELDS, ProfileColumn, ProfileField
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Chapter
from cit_desktop.services import certificates, classes, rosters
from tests.core.field import MONDAY, Field

CLEE = catalogs.profile("mo_clee")
CLEET = catalogs.profile("ok_cleet")
FULL = catalogs.profile("generic_full")
TENNESSEE = catalogs.profile("tn_post")


@pytest.fixture
def field(db, chapter_id):
    with db.operation("Add class") as session:
        field = Field(session, chapter_id)
        field.furnish_chapter()
        yield field


def rows(roster) -> list[dict[str, object]]:
    keys = [column.key for column in roster.document.columns]
    return [dict(zip(keys, row, strict=True)) for row in roster.document.rows]


def sentences(roster) -> list[tuple[int, str, str]]:
    """Everything found but empty lines above the rows, which a bare class has many of."""
    return [
        (p.row, p.sentence, p.severity)
        for p in roster.problems
        if not p.sentence.endswith("above the rows is empty.")
    ]


def with_columns(profile, *columns: tuple[str, str]):
    made = tuple(ProfileColumn(field, field, False, kind, 14) for field, kind in columns)
    return replace(profile, columns=made)


def test_a_course_number_given_later_is_on_rosters_and_not_on_certificates_issued_before(field):
    class_id = field.training(status="finalized", course_number="1850")
    field.complete(class_id, field.person("Ito"))
    (issued,) = certificates.issue(field.session, class_id)
    version = classes.view(field.session, class_id).version
    classes.update(field.session, class_id, version, course_number="2077")
    column = with_columns(FULL, ("course_number", "text"))
    roster = rosters.state_roster(field.session, column, class_id=class_id)
    assert rows(roster) == [{"course_number": "2077"}]
    (frozen,) = certificates.snapshots(field.session, [issued])
    assert frozen.control_number == "1850"
    again = certificates.reissue(field.session, issued, "The state gave another number")
    (corrected,) = certificates.snapshots(field.session, [again])
    assert corrected.control_number == "2077"


def test_the_hours_of_a_row_are_given_by_area(field):
    class_id = field.training(status="finalized")
    field.complete(class_id, field.person("Ito", middle="María", number="00123"))
    roster = rosters.state_roster(field.session, CLEE, class_id)
    assert rows(roster) == [
        {
            "state_number": "00123",
            "last": "Ito",
            "first": "Ana",
            "mi": "M",
            "agency": "Rolla Police Department",
            "legal": 240,
            "technical": 720,
            "interpersonal": 0,
            "skill": 0,
            "hours_credited": 960,
            "completed_yes_no": True,
            "completed": MONDAY + timedelta(days=1),
        }
    ]
    assert sentences(roster) == []


def test_areas_of_a_part_add_up_to_the_hours(field):
    class_id = field.training(status="finalized")
    enrollment = field.enroll(
        class_id, field.person("Ito", number="1"), result="partial", credited_minutes=404
    )
    field.attend(enrollment, 101)
    row = rows(rosters.state_roster(field.session, CLEE, class_id))[0]
    areas = [row[area] for area in catalogs.AREAS]
    assert sum(areas) == row["hours_credited"] == 404
    assert row["completed_yes_no"] is False
    assert row["completed"] is None


def test_every_field_of_the_vocabulary_has_a_value(field):
    class_id = field.training(status="finalized", county="Phelps", course_number="4201")
    person_id = field.person(
        "Ito", middle="María", suffix="Jr.", email="a@b.org", phone="5735551234"
    )
    field.number(person_id, "00123")
    field.teach(class_id, field.person("Lee"), blocks=3)
    field.complete(class_id, person_id, title="Sergeant", score=91, scenario_passed=1)
    certificates.issue(field.session, class_id)
    profile = with_columns(FULL, *((name, "text") for name in COLUMN_FIELDS))
    row = rows(rosters.state_roster(field.session, profile, class_id))[0]
    expected = {
        "full_name": "Ito, Ana M Jr.",
        "discipline": "Municipal police",
        "title": "Sergeant",
        "agency_ori": "MO0810100",
        "county": "Phelps",
        "state_number_kind": "MO POST license",
        "hours": "16",
        "attendance_percent": "100",
        "score": "91",
        "scenario": "Passed",
        "result": "Completed",
        "certificate": certificates.rows(field.session, [1])[1].number,
        "completed": "03/03/2026",
        "completed_yes_no": "Yes",
        "technical": "12",
        "role": "Trainee",
        "chapter": "Ozark Ridge CIT Council",
        "course_number": "4201",
        "dates": "03/02/2026, 03/03/2026",
        "location": "Rolla",
    }
    assert {key: row[key] for key in expected} == expected
    empty = {key for key, value in row.items() if value in (None, "")}
    assert empty == {"firearms", "status", "signature", "instructed_hours"}


def test_every_line_of_the_header_has_a_value(field):
    class_id = field.training(status="finalized", county="Phelps", course_number="4201")
    field.teach(class_id, field.person("Lee", "Kim"), blocks=3)
    lines = tuple(ProfileField(name, name) for name in HEADER_FIELDS)
    profile = replace(FULL, header=lines)
    header = dict(rosters.state_roster(field.session, profile, class_id).document.header)
    assert header == {
        "chapter": "Ozark Ridge CIT Council",
        "course": "Crisis Intervention Team",
        "course_number": "4201",
        "class_title": "Basic class",
        "class_code": "CIT40-2026-1",
        "dates": "03/02/2026, 03/03/2026",
        "starts": "03/02/2026",
        "ends": "03/03/2026",
        "location": "Rolla",
        "county": "Phelps",
        "instructors": "Kim Lee (12 h)",
        "hours": "16",
        "provider": "Ozark Ridge, Approved Provider",
        "coordinator": "Ruth Vance, Coordinator",
        "period": "",
    }


@pytest.mark.parametrize("profile", catalogs.profiles(), ids=lambda profile: profile.id)
def test_every_shipped_profile_can_be_filled(field, profile):
    class_id = field.training(status="finalized")
    person_id = field.person("Ito")
    field.number(person_id, "00123", profile.state_number_kind or "MO POST license")
    field.complete(class_id, person_id, title="Sergeant", score=91)
    roster = rosters.state_roster(field.session, profile, class_id)
    listed = [row for row in roster.row_people if row == person_id]
    assert listed or roster.skipped
    assert roster.errors == ()


@pytest.mark.parametrize(
    ("name_format", "written"),
    [
        ("Last, First MI Suffix", "Ito, Ana M Jr."),
        ("Last, First Middle Suffix", "Ito, Ana María Jr."),
        ("First MI Last Suffix", "Ana M Ito Jr."),
        ("First Middle Last Suffix", "Ana María Ito Jr."),
    ],
)
def test_names_are_written_as_the_state_wants_them(field, name_format, written):
    class_id = field.training(status="finalized")
    field.complete(class_id, field.person("Ito", middle="María", suffix="Jr."))
    profile = replace(with_columns(FULL, ("full_name", "text")), name_format=name_format)
    assert rosters.state_roster(field.session, profile, class_id).document.rows == ((written,),)


@pytest.mark.parametrize(
    ("date_format", "written"),
    [
        ("mm/dd/yyyy", "03/03/2026"),
        ("m/d/yyyy", "3/3/2026"),
        ("mm-dd-yyyy", "03-03-2026"),
        ("yyyy-mm-dd", "2026-03-03"),
    ],
)
def test_days_are_written_as_the_state_wants_them(field, date_format, written):
    class_id = field.training(status="finalized")
    field.complete(class_id, field.person("Ito"))
    profile = replace(with_columns(FULL, ("completed", "text")), date_format=date_format)
    roster = rosters.state_roster(field.session, profile, class_id)
    assert roster.document.rows == ((written,),)
    assert roster.document.date_format == date_format


def test_a_kind_that_does_not_fit_its_field_gives_way(field):
    class_id = field.training(status="finalized")
    field.complete(class_id, field.person("Ito"), score=91)
    profile = with_columns(FULL, ("score", "hours"), ("completed", "yesno"), ("last", "int"))
    roster = rosters.state_roster(field.session, profile, class_id)
    assert [column.kind for column in roster.document.columns] == ["int", "date", "text"]
    assert roster.document.rows == ((91, date(2026, 3, 3), "Ito"),)


def test_a_row_without_the_number_the_state_asks_for_is_an_error(field):
    class_id = field.training(status="finalized")
    other = field.person("Other")
    field.number(other, "77", "OK CLEET number")
    field.complete(class_id, field.person("None"))
    field.complete(class_id, other)
    found = rosters.state_roster(field.session, CLEE, class_id)
    assert sentences(found) == [
        (1, "There is no MO POST license.", "error"),
        (2, "There is no MO POST license, only OK CLEET number 77.", "error"),
    ]
    assert [(p.column, p.name) for p in found.errors] == [
        ("License Number", "None, Ana"),
        ("License Number", "Other, Ana"),
    ]


def test_two_people_with_one_number_are_an_error_for_both(field):
    class_id = field.training(status="finalized")
    field.complete(class_id, field.person("Ito", number="00-123"))
    field.complete(class_id, field.person("Abbott", number="00123"))
    assert sentences(rosters.state_roster(field.session, CLEE, class_id)) == [
        (1, "The same number belongs to Ito, Ana.", "error"),
        (2, "The same number belongs to Abbott, Ana.", "error"),
    ]


def test_missing_values_are_named_by_their_column(field):
    class_id = field.training(status="finalized")
    person_id = field.person("Ito", first="")
    field.number(person_id, "1", "TN PSID")
    field.complete(class_id, person_id, agency="")
    assert sentences(rosters.state_roster(field.session, TENNESSEE, class_id)) == [
        (1, "“Rank” is missing.", "error"),
        (1, "“Employing Agency” is missing.", "error"),
        (1, "“Test Score” is missing.", "error"),
    ]


def test_a_score_of_nothing_is_not_missing(field):
    class_id = field.training(status="finalized")
    person_id = field.person("Ito")
    field.number(person_id, "1", "TN PSID")
    field.complete(class_id, person_id, title="Deputy", score=0)
    assert sentences(rosters.state_roster(field.session, TENNESSEE, class_id)) == []


def test_no_hours_are_an_error(field):
    class_id = field.training(status="finalized")
    field.enroll(class_id, field.person("Ito", number="1"), result="partial", credited_minutes=0)
    assert sentences(rosters.state_roster(field.session, CLEE, class_id)) == [
        (1, "“Total” is 0: nothing was attended or credited.", "error")
    ]


def test_what_is_filled_in_by_hand_is_said_once(field):
    class_id = field.training(status="finalized")
    for last in ("Ito", "Abbott"):
        field.complete(class_id, field.person(last))
    roster = rosters.state_roster(field.session, catalogs.profile("wy_post"), class_id)
    assert sentences(roster) == [
        (0, "The column “Certification Status” is to be filled in by hand.", "warning")
    ]


def test_who_is_left_out_is_told_with_the_reason(field):
    class_id = field.training(status="finalized")
    field.complete(class_id, field.person("A", discipline="education"))
    field.enroll(class_id, field.person("B"), result="partial")
    field.teach(class_id, field.person("C"))
    field.complete(class_id, field.person("D", discipline=""))
    roster = rosters.state_roster(field.session, CLEET, class_id)
    assert [(s.name, s.sentence) for s in roster.skipped] == [
        ("A, Ana", "The roster lists law enforcement only."),
        ("B, Ana", "Did not complete the class."),
        ("C, Ana", "This roster does not list anybody as instructor."),
        ("D, Ana", "No discipline is recorded, and the roster lists only some."),
    ]
    assert sentences(roster) == [
        (0, "The roster lists nobody.", "warning"),
        (0, "D, Ana is left out: no discipline is recorded.", "warning"),
    ]


def test_a_class_that_is_not_finalized_is_warned_about(field):
    class_id = field.training()
    field.attend(field.enroll(class_id, field.person("Ito", number="1")), blocks=1)
    roster = rosters.state_roster(field.session, CLEE, class_id)
    assert rows(roster)[0]["hours_credited"] == 240
    assert sentences(roster) == [
        (0, "CIT40-2026-1 is not finalized: its hours and results can still change.", "warning")
    ]


def test_a_period_covers_the_classes_that_end_in_it(field):
    for number, starts in enumerate((date(2026, 1, 30), date(2026, 2, 27), date(2026, 3, 31)), 1):
        class_id = field.training(f"C-{number}", starts=starts, status="finalized")
        field.complete(class_id, field.person(f"P{number}", number=str(number)))
    field.training("C-X", starts=date(2026, 2, 10), status="cancelled")
    roster = rosters.state_roster(
        field.session, CLEE, start=date(2026, 1, 31), end=date(2026, 2, 28)
    )
    assert roster.class_codes == ("C-1", "C-2")
    assert [row["last"] for row in rows(roster)] == ["P1", "P2"]
    header = dict(roster.document.header)
    assert header["Dates"] == "01/31/2026 – 02/28/2026"
    assert header["Course"] == "Crisis Intervention Team"


def test_a_period_can_be_kept_to_one_chapter(field):
    field.training(status="finalized")
    roster = rosters.state_roster(
        field.session, CLEE, start=MONDAY, end=date(2026, 12, 31), chapter_id=field.chapter_id + 1
    )
    assert roster.class_codes == ()
    assert sentences(roster) == [(0, "No class ended in this period.", "warning")]


def test_the_same_person_twice_in_a_course_is_warned_about(field):
    person_id = field.person("Ito", number="1")
    for number in (1, 2):
        class_id = field.training(f"C-{number}", starts=date(2026, number, 5), status="finalized")
        field.complete(class_id, person_id)
    roster = rosters.state_roster(field.session, CLEE, start=date(2026, 1, 1), end=date(2026, 3, 1))
    assert sentences(roster) == [(2, "Is listed 2 times for Crisis Intervention Team.", "warning")]
    assert roster.errors == ()


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ({}, "for a class or for a period"),
        ({"start": MONDAY}, "for a class or for a period"),
        ({"start": MONDAY, "end": date(2026, 1, 1)}, "before it begins"),
    ],
)
def test_neither_class_nor_period_is_refused(field, period, sentence):
    with pytest.raises(Refused, match=sentence):
        rosters.state_roster(field.session, CLEE, **period)


def test_a_class_that_is_gone_is_said_to_be(field):
    with pytest.raises(NotFound):
        rosters.state_roster(field.session, CLEE, 99)


def test_an_unofficial_layout_says_so(field):
    class_id = field.training(status="finalized")
    assert "unofficial" in rosters.state_roster(field.session, CLEE, class_id).document.subtitle[0]
    assert rosters.state_roster(field.session, TENNESSEE, class_id).document.subtitle == ()


def test_hours_of_old_papers_are_those_credited(field):
    class_id = field.training(status="on record", days=0, minutes=2400)
    field.enroll(
        class_id, field.person("Ito", number="1"), result="completed", credited_minutes=2400
    )
    row = rows(rosters.state_roster(field.session, FULL, class_id))[0]
    assert (row["hours"], row["attendance_percent"]) == (2400, 100)


def test_a_chapter_is_not_called_an_approved_provider_unless_it_says_so(field):
    field.session.get_one(Chapter, field.chapter_id).provider = ""
    class_id = field.training(status="finalized")
    field.complete(class_id, field.person("Ito", number="0042"))
    roster = rosters.state_roster(field.session, catalogs.profile("mo_clee"), class_id)
    assert dict(roster.document.header)["Approved provider"] == ""
    found = [(p.sentence, p.severity) for p in roster.problems]
    assert ("The line “Approved provider” above the rows is empty.", "warning") in found

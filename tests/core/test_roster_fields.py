"""Each field of a roster's vocabulary, for somebody of whom everything is known, and nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop import catalogs
from cit_desktop.catalogs import COLUMN_FIELDS, DATE_FORMATS, HEADER_FIELDS, NAME_FORMATS
from cit_desktop.services import names, roster_values
from cit_desktop.services.earned import Earned
from cit_desktop.services.roster_facts import ClassFacts, PersonFacts

CLEE = catalogs.profile("mo_clee")
PLAIN = replace(
    catalogs.profile("generic_full"),
    date_format="mm/dd/yyyy",
    name_format="Last, First MI Suffix",
    state_number_kind="",
)
TRAINING = ClassFacts(
    id=1,
    code="OR-26-01",
    title="Spring class",
    status="finalized",
    course_id=1,
    course="Crisis Intervention Team",
    course_number="4201",
    chapter="Ozark Ridge",
    provider="Ozark Ridge, Approved Provider",
    location="Rolla",
    county="Phelps",
    starts=date(2026, 3, 2),
    ends=date(2026, 3, 6),
    minutes=2400,
    min_attendance=100,
    days=(date(2026, 3, 2), date(2026, 3, 6)),
    instructors=(("Ruth Vance", 480), ("Omar Diaz", 90)),
    lead_instructor="Ruth Vance",
    coordinator="Ruth Vance, Coordinator",
)
SOMEBODY = PersonFacts(
    enrollment_id=1,
    person_id=1,
    training=TRAINING,
    number=7,
    first="Ana",
    middle="María",
    last="Ito",
    suffix="Jr.",
    discipline="municipal_police",
    email="ana@example.org",
    phone="5735550100",
    title="Sergeant",
    agency="Rolla Police Department",
    agency_ori="MO0810100",
    agency_county="Phelps",
    role="trainee",
    result="completed",
    score=92,
    scenario_passed=1,
    credited=2400,
    completed=date(2026, 3, 6),
    certificate="OR-2026-0001",
    numbers=(("MO POST license", "00123"), ("PSID", "77")),
    earned=Earned(
        attended=2400,
        areas={"legal": 240, "technical": 1200, "interpersonal": 480, "skill": 480},
        taught=90,
    ),
)
NOBODY = replace(
    SOMEBODY,
    number=None,
    first="",
    middle="",
    suffix="",
    discipline="",
    email="",
    phone="",
    title="",
    agency="",
    agency_ori="",
    agency_county="",
    result="open",
    score=None,
    scenario_passed=None,
    credited=None,
    completed=None,
    certificate="",
    numbers=(),
    earned=Earned(attended=0, areas={}, taught=0),
)


def column(field: str, kind: str = "text"):
    return roster_values.column(catalogs.ProfileColumn(field, field, False, kind, 14))


def shown(person: PersonFacts, field: str, kind: str = "text", profile=PLAIN):
    return roster_values.cell(person, profile, column(field, kind))


WRITTEN = {
    "last": ("Ito", "Ito"),
    "first": ("Ana", ""),
    "middle": ("María", ""),
    "mi": ("M", ""),
    "suffix": ("Jr.", ""),
    "full_name": ("Ito, Ana M Jr.", "Ito"),
    "discipline": (catalogs.discipline("municipal_police").name, ""),
    "title": ("Sergeant", ""),
    "agency": ("Rolla Police Department", ""),
    "agency_ori": ("MO0810100", ""),
    "county": ("Phelps", ""),
    "state_number_kind": ("MO POST license", ""),
    "state_number": ("00123", ""),
    "email": ("ana@example.org", ""),
    "phone": ("5735550100", ""),
    "hours": ("40", "0"),
    "hours_credited": ("40", "0"),
    "attendance_percent": ("100", "0"),
    "score": ("92", None),
    "scenario": ("Passed", None),
    "result": ("Completed", ""),
    "certificate": ("OR-2026-0001", ""),
    "completed": ("03/06/2026", None),
    "completed_yes_no": ("Yes", "No"),
    "legal": ("4", None),
    "technical": ("20", None),
    "interpersonal": ("8", None),
    "skill": ("8", None),
    "firearms": (None, None),
    "role": ("Trainee", "Trainee"),
    "status": (None, None),
    "instructed_hours": ("1.5", None),
    "signature": (None, None),
    "chapter": ("Ozark Ridge", "Ozark Ridge"),
    "course": ("Crisis Intervention Team", "Crisis Intervention Team"),
    "course_number": ("4201", "4201"),
    "dates": ("03/02/2026, 03/06/2026", "03/02/2026, 03/06/2026"),
    "location": ("Rolla", "Rolla"),
}
NATURAL = {
    "hours": ("hours", 2400, 0),
    "hours_credited": ("hours", 2400, 0),
    "attendance_percent": ("int", 100, 0),
    "score": ("int", 92, None),
    "scenario": ("yesno", True, None),
    "completed": ("date", date(2026, 3, 6), None),
    "completed_yes_no": ("yesno", True, False),
    "legal": ("hours", 240, None),
    "technical": ("hours", 1200, None),
    "interpersonal": ("hours", 480, None),
    "skill": ("hours", 480, None),
    "instructed_hours": ("hours", 90, None),
}
HEADS = {
    "chapter": "Ozark Ridge",
    "course": "Crisis Intervention Team",
    "course_number": "4201",
    "class_title": "Spring class",
    "class_code": "OR-26-01",
    "dates": "03/02/2026, 03/06/2026",
    "starts": "03/02/2026",
    "ends": "03/06/2026",
    "location": "Rolla",
    "county": "Phelps",
    "instructors": "Ruth Vance (8 h); Omar Diaz (1.5 h)",
    "hours": "40",
    "provider": "Ozark Ridge, Approved Provider",
    "coordinator": "Ruth Vance, Coordinator",
    "period": "",
}


def test_these_tests_know_every_field():
    assert set(WRITTEN) == set(COLUMN_FIELDS)
    assert set(HEADS) == set(HEADER_FIELDS)


@pytest.mark.parametrize("field", WRITTEN)
def test_a_field_as_text_is_what_a_clerk_would_type(field):
    full, empty = WRITTEN[field]
    assert shown(SOMEBODY, field) == full
    assert shown(NOBODY, field) == empty


@pytest.mark.parametrize("field", NATURAL)
def test_a_field_of_its_own_kind_is_a_real_value(field):
    kind, full, empty = NATURAL[field]
    assert column(field, kind).kind == kind
    assert shown(SOMEBODY, field, kind) == full
    assert shown(NOBODY, field, kind) == empty


@pytest.mark.parametrize("field", sorted(set(WRITTEN) - set(NATURAL)))
@pytest.mark.parametrize("kind", ["int", "hours", "date", "yesno"])
def test_words_are_never_made_numbers_or_days(field, kind):
    assert column(field, kind).kind == "text"
    assert shown(SOMEBODY, field, kind) == WRITTEN[field][0]


@pytest.mark.parametrize("field", HEADS)
def test_a_line_of_the_header_over_one_class(field):
    assert roster_values.header(field, [TRAINING], "", PLAIN) == HEADS[field]


def test_a_header_over_several_classes_names_what_differs_once():
    others = [replace(TRAINING, id=n, code=f"OR-26-0{n}") for n in range(1, 6)]
    assert roster_values.header("chapter", others, "", PLAIN) == "Ozark Ridge"
    wanted = "OR-26-01; OR-26-02; OR-26-03 and 2 more"
    assert roster_values.header("class_code", others, "", PLAIN) == wanted


def test_a_period_stands_for_the_dates_of_its_classes():
    period = "01/01/2026 – 03/31/2026"
    assert roster_values.header("period", [TRAINING], period, PLAIN) == period
    assert roster_values.header("dates", [TRAINING], period, PLAIN) == period


def test_a_class_without_teachers_of_its_blocks_names_the_lead_instructor():
    bare = replace(TRAINING, instructors=())
    assert roster_values.header("instructors", [bare], "", PLAIN) == "Ruth Vance"
    assert roster_values.header("instructors", [replace(bare, lead_instructor="")], "", PLAIN) == ""


def test_a_class_without_days_has_an_empty_header():
    bare = replace(TRAINING, starts=None, ends=None, days=())
    for field in ("starts", "ends", "dates"):
        assert roster_values.header(field, [bare], "", PLAIN) == ""


def test_a_header_over_no_class_is_empty():
    for field in HEADS:
        assert roster_values.header(field, [], "", PLAIN) == ""


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("", ("MO POST license", "00123")),
        ("MO POST license", ("MO POST license", "00123")),
        ("PSID", ("PSID", "77")),
        (" mo post-license", ("MO POST license", "00123")),
        ("DPSST", ("", "")),
    ],
)
def test_the_number_is_of_the_kind_the_state_goes_by(kind, found):
    profile = replace(PLAIN, state_number_kind=kind)
    assert roster_values.state_number(SOMEBODY, profile) == found
    assert roster_values.state_number(NOBODY, profile) == ("", "")


@pytest.mark.parametrize(
    ("attended", "minutes", "percent"),
    [
        (0, 2400, 0),
        (1, 2400, 0),
        (2159, 2400, 89),
        (2160, 2400, 90),
        (2399, 2400, 99),
        (2400, 2400, 100),
        (2500, 2400, 100),
        (240, 0, None),
    ],
)
def test_percent_is_rounded_down_so_that_99_9_is_not_all(attended, minutes, percent):
    training = replace(TRAINING, minutes=minutes)
    got = Earned(attended=attended, areas={}, taught=0)
    person = replace(SOMEBODY, training=training, credited=None, earned=got)
    assert roster_values.percent(person) == percent


@pytest.mark.parametrize("result", ["partial", "withdrawn", "open"])
def test_only_who_completed_has_a_day_of_completion(result):
    person = replace(SOMEBODY, result=result)
    assert shown(person, "completed", "date") is None
    assert shown(person, "completed_yes_no", "yesno") is False


@pytest.mark.parametrize(("passed", "text"), [(1, "Passed"), (0, "Not passed"), (None, None)])
def test_a_scenario_not_taken_is_not_one_failed(passed, text):
    assert shown(replace(SOMEBODY, scenario_passed=passed), "scenario") == text


def test_hours_of_old_papers_count_as_attended_and_credited():
    old = replace(SOMEBODY, earned=Earned(attended=0, areas={}, taught=0), credited=480)
    assert (shown(old, "hours"), shown(old, "hours_credited")) == ("8", "8")
    assert shown(old, "legal", "hours") is None


def test_hours_credited_are_shared_among_the_areas_attended():
    part = replace(SOMEBODY, credited=1200)
    found = [shown(part, area, "hours") for area in catalogs.AREAS]
    assert sum(found) == 1200
    assert dict(zip(catalogs.AREAS, found, strict=True))["technical"] == 600


@given(
    st.dictionaries(st.sampled_from(catalogs.AREAS), st.integers(1, 2400), min_size=1),
    st.integers(0, 2400),
)
def test_the_areas_of_a_row_add_up_to_the_hours_credited(areas, credited):
    got = Earned(attended=sum(areas.values()), areas=areas, taught=0)
    person = replace(SOMEBODY, earned=got, credited=credited)
    assert sum(shown(person, area, "hours") for area in catalogs.AREAS) == credited


@given(st.dates())
def test_a_day_is_written_in_the_format_of_the_state(day):
    forms = {name: names.figures(day, name) for name in DATE_FORMATS}
    assert forms["yyyy-mm-dd"] == day.isoformat()
    month, number, year = forms["mm/dd/yyyy"].split("/")
    assert date(int(year), int(month), int(number)) == day
    assert forms["mm-dd-yyyy"] == forms["mm/dd/yyyy"].replace("/", "-")
    assert forms["m/d/yyyy"].split("/")[:2] == [str(day.month), str(day.day)]


@pytest.mark.parametrize(
    ("name_format", "full", "bare"),
    [
        ("Last, First MI Suffix", "Ito, Ana M Jr.", "Ito, Ana"),
        ("Last, First Middle Suffix", "Ito, Ana María Jr.", "Ito, Ana"),
        ("First MI Last Suffix", "Ana M Ito Jr.", "Ana Ito"),
        ("First Middle Last Suffix", "Ana María Ito Jr.", "Ana Ito"),
    ],
)
def test_a_name_is_written_in_the_format_of_the_state(name_format, full, bare):
    assert name_format in NAME_FORMATS
    profile = replace(PLAIN, name_format=name_format)
    assert shown(SOMEBODY, "full_name", profile=profile) == full
    short = replace(SOMEBODY, middle="", suffix="")
    assert shown(short, "full_name", profile=profile) == bare
    only = replace(short, first="")
    assert shown(only, "full_name", profile=profile) == "Ito"


@given(
    st.sampled_from(NAME_FORMATS),
    st.tuples(*[st.text("abc ñÉ'’-", max_size=6).map(str.strip)] * 4),
)
def test_no_name_has_a_loose_comma_or_a_double_space(name_format, parts):
    first, middle, last, suffix = (" ".join(part.split()) for part in parts)
    text = names.written(name_format, first, middle, last or "Ito", suffix)
    assert "  " not in text
    assert not text.endswith((" ", ","))
    assert (last or "Ito") in text


@pytest.mark.parametrize("profile", catalogs.profiles(), ids=lambda profile: profile.id)
def test_every_column_of_every_profile_shows_a_value_of_its_kind(profile):
    kinds = {"text": str, "int": int, "hours": int, "date": date, "yesno": bool}
    for wanted in profile.columns:
        made = roster_values.column(wanted)
        for person in (SOMEBODY, NOBODY):
            value = roster_values.cell(person, profile, made)
            assert value is None or isinstance(value, kinds[made.kind]), (made.key, value)
        assert made.label == wanted.label
        assert made.required == wanted.required


def test_missouri_gets_four_areas_in_hours():
    found = {made.key: made.kind for made in map(roster_values.column, CLEE.columns)}
    assert {found[area] for area in catalogs.AREAS} == {"hours"}

import contextlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop import catalogs
from cit_desktop.errors import FileProblem, NotFound

FIXTURES = Path(__file__).parents[1] / "fixtures"
RESOURCES = Path(catalogs.__file__).parents[2] / "resources"
COURSES = catalogs.courses()
PROFILES = catalogs.profiles()

COURSE = """
code = "X1"
title = "A course"
minutes = 90
audience = "LE"

[[modules]]
day = 1
title = "One"
minutes = 60
area = "legal"

[[modules]]
day = 2
title = "Two"
minutes = 30
area = "skill"
"""

PROFILE = """
id = "mine"
title = "My roster"

[[header]]
field = "dates"
label = "Dates"

[[columns]]
field = "full_name"
label = "Name"
required = true

[[columns]]
field = "hours"
label = "Hours"
kind = "hours"
"""


# Courses


def test_the_basic_course_comes_first_and_lasts_forty_hours():
    assert (COURSES[0].code, COURSES[0].minutes, COURSES[0].basic) == ("CIT40", 2400, True)


def test_only_one_course_is_the_basic_one():
    assert [course.code for course in COURSES if course.basic] == ["CIT40"]


def test_the_areas_of_the_forty_hours_are_the_published_split():
    hours = {area: minutes / 60 for area, minutes in COURSES[0].area_minutes.items()}
    assert hours == {"legal": 2, "technical": 22, "interpersonal": 12, "skill": 4}


def test_each_of_the_five_days_lasts_eight_hours():
    assert [sum(m.minutes for m in day) for day in COURSES[0].days] == [480] * 5


def test_a_module_ends_at_noon_on_each_day_but_the_last():
    def ends(day):
        return [sum(m.minutes for m in day[: n + 1]) for n in range(len(day))]

    assert [240 in ends(day) for day in COURSES[0].days] == [True, True, True, True, False]


def test_a_certificate_of_the_basic_course_asks_for_nothing_but_full_attendance():
    rule = COURSES[0].completion
    assert rule == catalogs.Completion(100, None, scenario_required=False, makeup_allowed=True)


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.code)
def test_the_modules_fill_the_course(course):
    assert sum(module.minutes for module in course.modules) == course.minutes
    assert sum(course.area_minutes.values()) == course.minutes


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.code)
def test_no_day_of_a_course_is_longer_than_eight_hours(course):
    assert max(sum(module.minutes for module in day) for day in course.days) <= 480


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.code)
def test_a_course_says_where_its_hours_come_from(course):
    assert course.source.endswith(".")


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.code)
def test_a_prerequisite_is_a_course_of_the_catalogue(course):
    assert course.prerequisite is None or catalogs.course(course.prerequisite) != course


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.code)
def test_the_text_of_a_course_reads_back_as_the_course(course):
    assert catalogs.course_from_toml(catalogs.course_text(course.code)) == course


def test_codes_of_courses_are_unique():
    assert len({course.code for course in COURSES}) == len(COURSES)


def test_somebody_whose_refresher_is_due_has_a_course_to_take():
    assert COURSES[0].refresher_months == 24
    assert "REF8" in [course.code for course in COURSES if course.refresher]


def test_there_is_a_course_for_every_audience():
    assert {course.audience for course in COURSES} == set(catalogs.AUDIENCES)


def test_an_unknown_course_is_named_in_the_error():
    with pytest.raises(NotFound, match="NOPE"):
        catalogs.course("NOPE")


def test_a_course_without_rules_asks_for_full_attendance_and_never_expires():
    course = catalogs.course_from_toml(COURSE)
    assert course.completion.min_attendance == 100
    assert (course.validity_months, course.refresher_months) == (None, None)
    assert course.modules[0].delivery == "lecture"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("minutes = 90", "minutes = 91", "“minutes” is 91, but the modules add up to 90 minutes"),
        ("minutes = 90", 'minutes = "90"', "“minutes” must be a whole number, but is '90'"),
        ("minutes = 90", "minutes = true", "“minutes” must be a whole number, but is True"),
        ("minutes = 90", "minutes = 0", "“minutes” is 0, but must be from 1 to"),
        ('code = "X1"', "", "“code” is missing"),
        ('code = "X1"', 'code = " "', "“code” must not be empty"),
        ('"LE"', '"Le"', "“audience” is “Le”"),
        ('area = "skill"', 'area = "skills"', r"number 2: the key “area” is “skills”.*“skill”"),
        ("day = 2", "day = 3", "“day” must run from 1 upward"),
        ("day = 1", "day = 2", "“day” must run from 1 upward"),
        ('title = "One"', 'titel = "One"', "number 1: the key “title” is missing"),
        ("\nminutes = 90", "\nminuts = 9\nminutes = 90", "“minuts” is not known.*“minutes”"),
    ],
)
def test_a_mistake_in_a_course_file_is_named(old, new, sentence):
    assert old in COURSE
    with pytest.raises(FileProblem) as caught:
        catalogs.course_from_toml(COURSE.replace(old, new, 1), "mine.toml")
    assert str(caught.value).startswith("mine.toml")
    assert_matches(sentence, str(caught.value))


def test_a_file_that_is_not_toml_says_where():
    with pytest.raises(FileProblem, match=r"mine.toml cannot be read as TOML: .*line 2"):
        catalogs.course_from_toml('code = "X1"\ntitle = A course', "mine.toml")


def test_modules_that_are_no_sections_are_refused():
    text = COURSE.split("[[modules]]", maxsplit=1)[0] + "modules = [1]"
    with pytest.raises(FileProblem, match=r"must be written as sections \[\[modules\]\]"):
        catalogs.course_from_toml(text)


def test_a_file_saved_with_a_byte_order_mark_is_read():
    assert catalogs.course_from_toml("\ufeff" + COURSE).code == "X1"


# Profiles


def test_the_promised_profiles_ship():
    wanted = (
        "generic_full mo_clee mo_cit mo_911 tn_post ok_cleet "
        "wy_post ut_post tx_tcole or_f6e mn_post fl_cjstc"
    )
    assert {profile.id for profile in PROFILES} == set(wanted.split())


@pytest.mark.parametrize(
    ("profile_id", "labels"),
    [
        (
            "generic_full",
            "Last Name, First Name, Middle, Suffix, Discipline, Rank/Title, Agency, Agency ORI, "
            "County, State ID Type, State ID, Email, Hours Attended, Hours Credited, "
            "Attendance %, Post-test %, Scenario, Result, Certificate No., Completion Date",
        ),
        (
            "mo_clee",
            "License Number, Last Name, First Name, MI, Agency, Legal, Technical, Interpersonal, "
            "Skill, Total, Completed (Y/N), Completion Date",
        ),
        (
            "mo_cit",
            "Council, Course Dates, Location, Last Name, First Name, Discipline, Title, Agency, "
            "County, Email, Completed 40 h (Y/N), Hours",
        ),
        (
            "mo_911",
            "Last Name, First Name, Agency, Legal, Technical, Interpersonal, Skill, Total, "
            "Completion Date",
        ),
        ("tn_post", "Name, Rank, PSID, Employing Agency, Test Score, Firearm Qualification"),
        ("ok_cleet", "Name, CLEET Number, Employing Agency"),
        ("wy_post", "Name, Certification Status, Employing Agency"),
        ("ut_post", "Name, POST ID, Hours"),
        ("tx_tcole", "PID, Last Name, First Name, Hours"),
        ("or_f6e", "DPSST Number, Last Name, First Name, Hours, Instructed Hours, Status"),
        ("mn_post", "Name, License Number, Signature"),
        ("fl_cjstc", "Full Legal Name, Test Score, Attendance"),
    ],
)
def test_the_columns_stand_in_the_order_of_the_form(profile_id, labels):
    found = catalogs.profile(profile_id)
    assert ", ".join(column.label for column in found.columns) == labels


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_an_unofficial_layout_of_a_state_says_so(profile):
    if profile.state:
        assert profile.official != profile.note.startswith("Layout unofficial: check")


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_only_a_layout_seen_in_a_rule_is_called_official(profile):
    assert not profile.official or profile.status == "A"


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_a_profile_names_its_source_and_must_have_columns(profile):
    assert profile.source.endswith(".")
    assert profile.required


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_a_state_that_needs_a_number_names_its_kind(profile):
    needs = "state_number" in {column.field for column in profile.required}
    assert not needs or profile.state_number_kind == catalogs.state_number_kind(profile.state)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_the_text_of_a_profile_reads_back_as_the_profile(profile):
    assert catalogs.profile_from_toml(catalogs.profile_text(profile.id)) == profile


def test_hours_are_hours_in_every_profile():
    hours = {"hours", "hours_credited", "instructed_hours", *catalogs.AREAS}
    columns = [column for profile in PROFILES for column in profile.columns]
    assert {c.kind for c in columns if c.field in hours} == {"hours"}
    assert {c.field for c in columns if c.kind == "hours"} == hours


def test_the_profiles_of_each_state_are_found_by_the_names_of_their_files():
    states = {profile.state for profile in catalogs.profiles()} - {""}
    found = [profile for state in sorted(states) for profile in catalogs.profiles_of(state)]
    assert found == [profile for profile in catalogs.profiles() if profile.state]


def test_the_general_profile_comes_first():
    assert PROFILES[0].id == "generic_full"


def test_due_days_are_known_only_where_a_rule_names_them():
    due = {profile.id: profile.due_days for profile in PROFILES if profile.due_days}
    assert due == {"tn_post": 30, "wy_post": 5, "tx_tcole": 30, "mn_post": 14}


def test_an_unknown_profile_is_named_with_those_there_are():
    with pytest.raises(NotFound, match=r"“zz_post”.*tn_post"):
        catalogs.profile("zz_post")


def test_a_short_profile_gets_the_usual_rest():
    profile = catalogs.profile_from_toml(PROFILE)
    assert (profile.state, profile.status, profile.official) == ("", "C", False)
    assert (profile.roles, profile.groups) == (("trainee",), ())
    assert profile.date_format == "mm/dd/yyyy"
    assert profile.header == (catalogs.ProfileField("dates", "Dates"),)
    assert [column.label for column in profile.required] == ["Name"]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('id = "mine"', "", "“id” is missing"),
        ('"full_name"', '"fullname"', "number 1: the key “field” is “fullname”.*“full_name”"),
        ('field = "hours"', 'field = "full_name"', "“field” is “full_name” in two columns"),
        ('kind = "hours"', 'kind = "hour"', "number 2: the key “kind” is “hour”.*“hours”"),
        ("required = true", 'required = "yes"', "“required” must be true or false, but is 'yes'"),
        ('field = "dates"', 'field = "email"', r"\[\[header\]\] number 1: the key “field”"),
        ('id = "mine"', 'id = "mine"\nroles = ["student"]', "“roles” holds “student”"),
        ('id = "mine"', 'id = "mine"\nroles = [1]', "“roles” must hold texts in quotes"),
        ('id = "mine"', 'id = "mine"\ndue_days = 0', "“due_days” is 0, but must be from 1"),
        ('id = "mine"', 'id = "mine"\ndate_format = "dd.mm.yy"', "“date_format” is “dd.mm.yy”"),
        ('id = "mine"', 'id = "mine"\nstatus = "D"', "“status” is “D”. It can be: A, B, C."),
    ],
)
def test_a_mistake_in_a_profile_is_named(old, new, sentence):
    assert old in PROFILE
    with pytest.raises(FileProblem) as caught:
        catalogs.profile_from_toml(PROFILE.replace(old, new, 1), "mine.toml")
    assert str(caught.value).startswith("mine.toml")
    assert_matches(sentence, str(caught.value))


def test_a_profile_without_columns_is_refused():
    with pytest.raises(FileProblem, match="“columns” is missing"):
        catalogs.profile_from_toml(PROFILE.split("[[columns]]", maxsplit=1)[0])


@given(st.text())
def test_any_text_is_a_profile_or_a_clear_refusal(text):
    with pytest.raises(FileProblem):
        catalogs.profile_from_toml(text)


@given(
    st.sampled_from(["id", "title", "columns", "header", "due_days", "roles", "official"]),
    st.sampled_from(["1", "true", '"x"', "[]", "[1]", "{}", "[{}]", "1.5", "2026-01-01", "{a=1}"]),
)
def test_a_value_of_any_type_is_taken_or_clearly_refused(key, value):
    kept = "\n".join(line for line in PROFILE.splitlines() if not line.startswith(f"{key} "))
    with contextlib.suppress(FileProblem):
        assert catalogs.profile_from_toml(f"{key} = {value}\n{kept}").columns


# Places


def test_missouri_has_its_hundred_and_fifteen_jurisdictions():
    missouri = catalogs.counties("MO")
    assert len({county.fips for county in missouri}) == 115
    assert len({county.name for county in missouri}) == 115
    assert all(county.fips.startswith("29") and len(county.fips) == 5 for county in missouri)


def test_the_city_of_st_louis_is_not_its_county():
    titles = {county.fips: county.title for county in catalogs.counties("MO")}
    assert titles["29189"] == "St. Louis County"
    assert titles["29510"] == "St. Louis City"


@pytest.mark.parametrize(
    ("fips", "name"),
    [
        ("29001", "Adair"),
        ("29063", "DeKalb"),
        ("29119", "McDonald"),
        ("29161", "Phelps"),
        ("29186", "Ste. Genevieve"),
        ("29229", "Wright"),
    ],
)
def test_a_county_has_its_federal_code(fips, name):
    assert catalogs.County("MO", fips, name) in catalogs.counties("MO")


def test_a_state_whose_counties_do_not_ship_has_none():
    assert catalogs.counties("KS") == ()


def test_there_are_fifty_states_and_the_district():
    codes = [state.code for state in catalogs.states()]
    assert len(set(codes)) == 51
    assert {"MO", "DC", "AK", "HI"} <= set(codes)


def test_a_state_number_is_called_as_the_state_calls_it():
    assert catalogs.state_number_kind("MO") == "MO POST license"
    assert catalogs.state_number_kind("KS") == "KS state number"


# Disciplines and agencies


def test_every_discipline_belongs_to_a_group():
    groups = {group.key for group in catalogs.discipline_groups()}
    assert groups == {"law_enforcement", "communications", "corrections", "fire_ems", "community"}
    assert {discipline.group for discipline in catalogs.disciplines()} == groups


def test_a_word_suggests_only_one_discipline():
    titles = [word for entry in catalogs.disciplines() for word in entry.titles]
    agencies = [word for entry in catalogs.disciplines() for word in entry.agencies]
    assert len(set(titles)) == len(titles)
    assert len(set(agencies)) == len(agencies)


def test_words_are_small_letters_and_figures():
    words = [word for entry in catalogs.disciplines() for word in entry.words]
    assert [w for w in words if w != w.lower() or not w.replace(" ", "").isalnum()] == []


def test_every_key_is_unique():
    for entries in (catalogs.disciplines(), catalogs.agency_kinds()):
        assert len({entry.key for entry in entries}) == len(entries)


def test_an_unknown_discipline_is_named_in_the_error():
    assert catalogs.discipline("ems").name == "EMS"
    with pytest.raises(NotFound, match="astronaut"):
        catalogs.discipline("astronaut")


@pytest.mark.parametrize(
    ("title", "agency", "key"),
    [
        ("Officer", "Rolla Police Department", "municipal_police"),
        ("Dispatcher", "Rolla Police Department", "dispatch"),
        ("Shift supervisor", "Phelps County 911", "dispatch"),
        ("Deputy Juvenile Officer", "25th Circuit", "juvenile_officer"),
        ("", "PHELPS COUNTY SHERIFF’S OFFICE", "sheriff"),
        ("", "Phelps Co. Sheriff's Dept.", "sheriff"),
        ("Tpr.", "", "highway_patrol"),
        ("Security Officer", "Phelps Health", "hospital_security"),
        ("Security Officer", "Acme Guards", "private_security"),
        ("Counselor", "Rolla 31 School District", "education"),
        ("Peer Support Specialist", "Compass Health Network", "peer"),
        ("", "Phelps-Maries County Health Department", "government"),
        ("Manager", "Acme", None),
        ("", "", None),
        ("Update clerk", "Hospitality Inc", None),
    ],
)
def test_title_and_agency_point_to_a_discipline(title, agency, key):
    assert catalogs.suggest_discipline(title, agency) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Rolla Police Department", "police"),
        ("Missouri State Highway Patrol", "state_police"),
        ("Lincoln University Police", "campus_police"),
        ("Phelps County 911", "communications"),
        ("Compass Health Network", "behavioral_health"),
        ("St. James R-I School District", "school"),
        ("Acme", None),
    ],
)
def test_a_name_points_to_a_kind_of_agency(name, key):
    assert catalogs.suggest_agency_kind(name) == key


def test_sample_rows_with_a_title_and_an_agency_fall_into_the_right_group():
    meant = {"law enforcement": "law_enforcement", "dispatch": "communications"}
    for name in ("web_form_a.csv", "agency_sheet_a.xlsx"):
        truth = json.loads((FIXTURES / f"{name}.truth.json").read_text(encoding="utf-8"))
        for row in truth["rows"]:
            key = catalogs.suggest_discipline(row["title"], row["agency"])
            group = catalogs.discipline(key or "other").group
            assert group == meant.get(row["discipline"], "community"), row


def test_every_file_of_the_catalogs_is_read():
    stems = {course.code.lower() for course in COURSES}
    assert {file.stem for file in (RESOURCES / "courses").glob("*.toml")} == stems


def assert_matches(pattern: str, text: str) -> None:

    assert re.search(pattern, text), text

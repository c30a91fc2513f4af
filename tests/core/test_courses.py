from __future__ import annotations

import pytest

from cit_desktop import catalogs
from cit_desktop.catalogs import Module
from cit_desktop.errors import Conflict, NotFound, Refused
from cit_desktop.services import courses
from cit_desktop.services.courses import CourseDraft
from tests.core.helpers import training


@pytest.fixture
def session(db, chapter_id):
    with db.operation("Test") as session:
        yield session


@pytest.fixture
def course_id(session):
    return courses.add(session, CourseDraft("DOGS4", "Therapy dogs", 240))


def outline(*minutes: int) -> tuple[Module, ...]:
    return tuple(Module(1, f"Part {n}", m, "lecture", "skill") for n, m in enumerate(minutes, 1))


def test_seeding_takes_every_shipped_course(session):
    assert courses.seed(session) == len(catalogs.courses())
    assert {row.code for row in courses.listing(session)} == {c.code for c in catalogs.courses()}


def test_seeding_again_adds_nothing(session):
    courses.seed(session)
    assert courses.seed(session) == 0


def test_seeding_leaves_a_course_of_the_chapter_as_it_is(session):
    own = courses.add(session, CourseDraft("CIT40", "Our own forty hours", 2400))
    assert courses.seed(session) == len(catalogs.courses()) - 1
    assert courses.view(session, own).title == "Our own forty hours"


def test_a_seeded_course_equals_the_shipped_one(session):
    courses.seed(session)
    shipped = catalogs.course("CIT40")
    found = courses.view(session, courses.by_code(session, "CIT40"))
    assert (found.title, found.minutes, found.audience) == (
        shipped.title,
        shipped.minutes,
        shipped.audience,
    )
    assert (found.modules, found.area_minutes) == (shipped.modules, shipped.area_minutes)
    rule = (found.min_attendance, found.min_score, found.scenario_required, found.makeup_allowed)
    assert rule == (
        shipped.completion.min_attendance,
        shipped.completion.min_score,
        shipped.completion.scenario_required,
        shipped.completion.makeup_allowed,
    )


def test_basic_courses_come_first_in_the_list(session):
    courses.seed(session)
    basic = [row.basic for row in courses.listing(session)]
    assert basic == sorted(basic, reverse=True)
    assert basic[0]


def test_the_list_counts_modules_and_classes(session, chapter_id):
    training.run(session, chapter_id)
    row = courses.rows(session, [courses.by_code(session, "CIT40")]).popitem()[1]
    assert (row.modules, row.classes) == (25, 1)


def test_rows_are_given_by_id_and_leave_out_what_is_gone(session, course_id):
    assert set(courses.rows(session, [course_id, 999])) == {course_id}


def test_a_code_is_found_whatever_its_case(session, course_id):
    assert courses.by_code(session, " dogs4 ") == course_id


def test_a_wrong_code_is_answered_with_those_that_look_like_it(session):
    courses.seed(session)
    with pytest.raises(NotFound, match="no course with the code “CIT4”") as raised:
        courses.by_code(session, "CIT4")
    assert "CIT40" in raised.value.hint


def test_a_code_like_nothing_points_to_the_list(session, course_id):
    with pytest.raises(NotFound) as raised:
        courses.by_code(session, "%%%")
    assert raised.value.hint == "The course list has every code."


def test_a_course_is_stored_with_a_clean_title_and_a_code_in_capitals(session):
    found = courses.view(
        session, courses.add(session, CourseDraft(" dogs8 ", "  Dogs \u200b II ", 60))
    )
    assert (found.code, found.title, found.version) == ("DOGS8", "Dogs II", 1)


def test_a_course_with_an_outline_lasts_as_long_as_its_modules(session):
    made = courses.add(session, CourseDraft("DOGS8", "Dogs", 1, modules=outline(60, 90)))
    found = courses.view(session, made)
    assert (found.minutes, found.modules) == (150, outline(60, 90))
    assert found.area_minutes == {"legal": 0, "technical": 0, "interpersonal": 0, "skill": 150}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": " "}, "code"),
        ({"code": "DO GS"}, "code"),
        ({"code": "dogs4"}, "code"),
        ({"title": ""}, "title"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 24_001}, "minutes"),
        ({"validity_months": 0}, "validity_months"),
        ({"refresher_months": 1201}, "refresher_months"),
        ({"min_attendance": 101}, "min_attendance"),
        ({"min_score": -1}, "min_score"),
        ({"audience": "cats"}, "audience"),
    ],
)
def test_a_wrong_value_is_refused_by_its_field(session, course_id, values, field):
    with pytest.raises(Refused) as raised:
        courses.add(session, CourseDraft(**({"code": "X1", "title": "X", "minutes": 60} | values)))
    assert list(raised.value.fields) == [field]


def test_all_that_is_wrong_is_said_at_once(session):
    with pytest.raises(Refused) as raised:
        courses.add(session, CourseDraft("", "", 0))
    assert set(raised.value.fields) == {"code", "title", "minutes"}


def test_a_refused_course_is_not_stored(session):
    with pytest.raises(Refused):
        courses.add(session, CourseDraft("X1", "", 60))
    assert courses.listing(session) == []


@pytest.mark.parametrize(
    ("module", "sentence"),
    [
        (Module(1, " ", 60, "lecture", "skill"), "needs a title"),
        (Module(1, "A", 0, "lecture", "skill"), "between 1 minute and 24 hours"),
        (Module(1, "A", 60, "lecture", "magic"), "credit area “magic”"),
        (Module(1, "A", 60, "séance", "skill"), "delivery “séance”"),
        (Module(2, "A", 60, "lecture", "skill"), "from 1 upward"),
    ],
)
def test_a_wrong_module_is_refused(session, course_id, module, sentence):
    with pytest.raises(Refused, match=sentence):
        courses.set_outline(session, course_id, 1, [module])
    assert courses.outline(session, course_id) == ()


def test_an_update_changes_the_fields_named_and_counts_the_version(session, course_id):
    courses.update(session, course_id, 1, title="Therapy dogs I", min_score=80)
    session.flush()
    found = courses.view(session, course_id)
    assert (found.title, found.min_score, found.minutes, found.version) == (
        "Therapy dogs I",
        80,
        240,
        2,
    )


def test_an_update_of_an_older_state_is_a_conflict(session, course_id):
    courses.update(session, course_id, 1, title="Dogs")
    session.flush()
    with pytest.raises(Conflict, match="This course was changed"):
        courses.update(session, course_id, 1, title="Cats")
    assert courses.view(session, course_id).title == "Dogs"


def test_a_course_may_keep_its_own_code(session, course_id):
    courses.update(session, course_id, 1, code="DOGS4", title="Dogs")
    assert courses.view(session, course_id).title == "Dogs"


def test_the_code_of_another_course_is_refused_with_its_title(session, course_id):
    other = courses.add(session, CourseDraft("CATS4", "Cats", 240))
    with pytest.raises(Refused, match="DOGS4 belongs to “Therapy dogs” already"):
        courses.update(session, other, 1, code="DOGS4")


def test_minutes_against_the_outline_are_refused(session, course_id):
    courses.set_outline(session, course_id, 1, outline(60, 60))
    with pytest.raises(Refused, match="adds up to 120 minutes, not 240"):
        courses.update(session, course_id, 2, minutes=240)


def test_an_unknown_field_is_a_mistake_of_the_program(session, course_id):
    with pytest.raises(TypeError, match="colour"):
        courses.update(session, course_id, 1, colour="blue")


def test_a_new_outline_replaces_the_old_one_and_sets_the_minutes(session, course_id):
    courses.set_outline(session, course_id, 1, outline(60, 60, 60))
    courses.set_outline(session, course_id, 2, outline(30, 45))
    found = courses.view(session, course_id)
    assert (found.modules, found.minutes, found.version) == (outline(30, 45), 75, 3)


def test_an_outline_of_the_same_length_is_a_new_version_too(session, course_id):
    courses.set_outline(session, course_id, 1, outline(60, 60))
    with pytest.raises(Conflict):
        courses.set_outline(session, course_id, 1, outline(120))
    courses.set_outline(session, course_id, 2, outline(120))
    assert courses.view(session, course_id).version == 3


def test_an_empty_outline_is_refused(session, course_id):
    with pytest.raises(Refused, match="at least one module"):
        courses.set_outline(session, course_id, 1, [])


def test_an_archived_course_leaves_the_list_and_comes_back(session, course_id):
    courses.set_archived(session, course_id, 1)
    session.flush()
    assert courses.ids(session) == []
    assert courses.ids(session, archived=True) == [course_id]
    courses.set_archived(session, course_id, 2, archived=False)
    session.flush()
    assert courses.ids(session) == [course_id]


def test_a_course_that_is_gone_is_not_found(session):
    with pytest.raises(NotFound, match="course"):
        courses.view(session, 999)

"""The schedule of a class, and the form that rates what stands on it."""

from __future__ import annotations

from datetime import date

import pytest

from cit_desktop import catalogs
from cit_desktop.documents.schedules import RatedPart, ScheduleBlock
from cit_desktop.errors import FileProblem, Refused
from cit_desktop.models import Block, BlockPart
from cit_desktop.services import class_schedules, classes, courses
from tests.core.field import MONDAY, Field

BASICS = (("technical", 180), ("legal", 60))


@pytest.fixture
def field(db, chapter_id):
    with db.operation("Add class") as session:
        yield Field(session, chapter_id)


def outlined(field, **more):
    """A class of the 40-hour course."""
    courses.seed(field.session)
    draft = classes.ClassDraft("Fall", date(2026, 10, 12), course_code="CIT40", **more)
    return classes.create(field.session, field.chapter_id, draft)


# The schedule


def test_a_schedule_has_days_blocks_modules_and_hours(field):
    class_id = field.training(lead_instructor="Sgt. Lee")
    found = class_schedules.schedule(field.session, class_id)
    assert (found.code, found.title, found.course) == (
        *("CIT40-2026-1", "Basic class", "Crisis Intervention Team"),
    )
    assert (found.location, found.lead_instructor) == ("Rolla", "Sgt. Lee")
    assert found.days[0].day == MONDAY
    assert found.days[0].blocks[1] == ScheduleBlock("Basics", 780, 1020, 240, BASICS, ())
    assert [day.minutes for day in found.days] == [480, 480]
    assert found.minutes == 960


def test_instructors_stand_with_the_title_as_which_they_teach(field):
    class_id = field.training()
    field.teach(class_id, field.person("Hill", "Bo"))
    blocks = class_schedules.schedule(field.session, class_id).days[0].blocks
    assert [block.instructors for block in blocks] == [("Bo Hill, Sergeant",), ()]


def test_a_title_made_of_modules_is_not_said_twice(field):
    days = class_schedules.schedule(field.session, outlined(field)).days
    blocks = [block for day in days for block in day.blocks]
    assert {block.named for block in blocks if len(block.modules) > 1} == {False}
    (visits,) = [block for block in blocks if block.title == "Site visits"]
    assert (visits.named, visits.modules) == (True, ())


def test_a_module_over_noon_is_named_by_its_parts(field):
    days = class_schedules.schedule(field.session, outlined(field, layout="modules")).days
    last = {block.title: block.modules for block in days[-1].blocks}
    assert last["Scenario evaluation, part 1"] == last["Scenario evaluation, part 2"] == ()


def test_a_class_without_blocks_has_no_schedule_and_no_form(field):
    class_id = field.training(days=0)
    for make in (class_schedules.schedule, class_schedules.evaluation):
        with pytest.raises(Refused, match="has no blocks yet"):
            make(field.session, class_id)


# The form


def test_modules_are_rated_with_who_taught_them(field):
    class_id = field.training(days=1)
    field.teach(class_id, field.person("Hill", "Bo"), blocks=1)
    (day,) = class_schedules.evaluation(field.session, class_id).days
    assert day.day == MONDAY
    assert day.parts == (
        RatedPart("technical", ("Bo Hill, Sergeant",)),
        RatedPart("legal", ("Bo Hill, Sergeant",)),
        RatedPart("technical", ()),
        RatedPart("legal", ()),
    )


def test_a_module_that_goes_on_after_lunch_is_rated_once(field):
    form = class_schedules.evaluation(field.session, outlined(field))
    titles = [part.title for part in form.days[-1].parts]
    assert titles.count("Scenario evaluation") == 1
    assert sum(len(day.parts) for day in form.days) == len(catalogs.course("CIT40").modules)


def test_of_very_many_modules_the_blocks_are_rated(field):
    class_id = field.training(days=1)
    block_id = field.blocks(class_id)[0]
    for position in range(2, class_schedules.MOST_RATED + 2):
        title = f"Module {position}"
        field.add(
            BlockPart(
                block_id=block_id, position=position, title=title, minutes=1, area="technical"
            )
        )
    afternoon = field.session.get_one(Block, field.blocks(class_id)[1])
    afternoon.title = "Scenarios"
    field.session.flush()
    (day,) = class_schedules.evaluation(field.session, class_id).days
    assert [part.title for part in day.parts] == ["Basics", "Scenarios"]


def test_the_form_asks_what_the_program_ships_with(field):
    form = class_schedules.evaluation(field.session, field.training())
    assert form.asked == catalogs.evaluation()


# Its wording

WORDING = """
about = "What it
  is for"
low = "bad"
high = "good"
parts_title = "Parts"
overall_title = "All"
statements = ["It was good."]
[[questions]]
text = "Why?"
lines = 3
""".replace('"What it\n  is for"', '"""\nWhat it\n  is for"""')


def test_wording_is_read_from_a_file():
    found = catalogs.read_evaluation(WORDING)
    assert found.about == "What it is for"
    assert found.statements == ("It was good.",)
    assert found.questions == (("Why?", 3),)
    assert found.thanks == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('low = "bad"', "", "the key “low” is missing"),
        ('high = "good"', "high = 5", "the key “high” must be a text"),
        ("lines = 3", "lines = 99", "the key “lines” is 99, but must be from 1 to 12"),
        ("lines = 3", "lines = 3\nline = 1", "the key “line” is not known"),
        ("statements", "statement", "the key “statement” is not known"),
    ],
)
def test_a_mistake_in_the_wording_is_told_with_its_key(old, new, said):
    with pytest.raises(FileProblem, match=said):
        catalogs.read_evaluation(WORDING.replace(old, new))


def test_the_shipped_wording_asks_for_no_name():
    asked = catalogs.evaluation()
    assert "do not write your name" in asked.about
    assert 5 <= len(asked.statements) <= 10
    assert all(question.endswith("?") for question, _ in asked.questions)
    assert all(statement.endswith(".") for statement in asked.statements)

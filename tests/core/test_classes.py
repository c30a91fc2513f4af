from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from cit_desktop import clock
from cit_desktop.errors import Conflict, NotFound, Refused
from cit_desktop.models import Certificate, TrainingClass
from cit_desktop.services import attendance, blocks, classes, courses, enrollment, finalize
from cit_desktop.services.classes import ClassDraft, ClassFilter
from tests.core.helpers import training
from tests.core.helpers.training import MONDAY


@pytest.fixture(autouse=True)
def after_the_class():
    clock.set_source(lambda: datetime(2026, 3, 20, 12, tzinfo=UTC))
    yield
    clock.set_source(None)


@pytest.fixture
def session(db, chapter_id):
    with db.operation("Test") as session:
        courses.seed(session)
        yield session


@pytest.fixture
def run(session, chapter_id):
    return training.run(session, chapter_id)


def draft(**values) -> ClassDraft:
    return ClassDraft(**({"title": "", "start": MONDAY, "course_code": "CIT40"} | values))


def certify(session, run, person=0, status="issued"):
    issued = Certificate(
        number=f"OR-{person}-{status}",
        person_id=1,
        class_id=run.id,
        enrollment_id=run.enrolled[person],
        kind="officer",
        status=status,
    )
    session.add(issued)
    session.flush()


def test_a_class_runs_five_days_in_a_row(session, chapter_id):
    found = classes.view(session, classes.create(session, chapter_id, draft()))
    assert (found.starts, found.ends) == (MONDAY, date(2026, 3, 6))
    assert len({block.day for block in found.blocks}) == 5


def test_a_weekly_class_runs_one_day_a_week(session, chapter_id):
    found = classes.view(session, classes.create(session, chapter_id, draft(weekly=True)))
    assert (found.starts, found.ends) == (MONDAY, date(2026, 3, 30))


def test_half_days_are_the_usual_layout(session, chapter_id):
    found = classes.view(session, classes.create(session, chapter_id, draft()))
    assert [block.minutes for block in found.blocks] == [240] * 10
    assert found.block_minutes == found.minutes == 2400


def test_a_class_can_have_a_block_for_each_module(session, chapter_id):
    found = classes.view(session, classes.create(session, chapter_id, draft(layout="modules")))
    assert len(found.blocks) == 26  # 25 modules, one of them on both sides of noon
    assert found.block_minutes == 2400


def test_the_parts_of_each_block_add_up_to_it(session, chapter_id):
    found = classes.view(session, classes.create(session, chapter_id, draft()))
    for block in found.blocks:
        assert sum(part.minutes for part in block.parts) == block.minutes


def test_a_course_without_outline_becomes_a_class_with_blocks(session, chapter_id):
    courses.add(session, courses.CourseDraft("RIDE10", "Ride-along", 600))
    made = classes.create(session, chapter_id, draft(course_code="RIDE10"))
    found = classes.view(session, made)
    assert [block.minutes for block in found.blocks] == [240, 240, 120]
    assert (found.title, found.minutes) == ("Ride-along", 600)


def test_the_preview_is_what_the_class_gets(session, chapter_id):
    planned = classes.preview(session, draft(weekly=True))
    found = classes.view(session, classes.create(session, chapter_id, draft(weekly=True)))
    shown = [(block.day, block.starts_at, block.minutes, block.title) for block in found.blocks]
    assert [(p.day, p.starts_at, p.minutes, p.title) for p in planned] == shown


def test_the_completion_rule_is_a_copy(session, chapter_id):
    made = classes.create(session, chapter_id, draft())
    course = courses.view(session, courses.by_code(session, "CIT40"))
    courses.update(session, course.id, course.version, min_attendance=90, min_score=70)
    found = classes.view(session, made)
    assert (found.min_attendance, found.min_score) == (100, None)


def test_codes_count_up_by_course_and_year(session, chapter_id):
    made = [
        classes.create(session, chapter_id, draft()),
        classes.create(session, chapter_id, draft()),
        classes.create(session, chapter_id, draft(start=date(2027, 1, 4))),
        classes.create(session, chapter_id, draft(course_code="REF8")),
    ]
    assert [classes.view(session, key).code for key in made] == [
        "CIT40-2026-01",
        "CIT40-2026-02",
        "CIT40-2027-01",
        "REF8-2026-01",
    ]


def test_a_code_is_never_made_twice_after_a_gap(session, chapter_id):
    classes.create(session, chapter_id, draft(code="CIT40-2026-07"))
    classes.create(session, chapter_id, draft(code="CIT40-2026-spring"))
    made = classes.create(session, chapter_id, draft())
    assert classes.view(session, made).code == "CIT40-2026-08"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "cit40-2026-01"}, "code"),
        ({"seats": 0}, "seats"),
        ({"course_code": ""}, "course_id"),
    ],
)
def test_a_wrong_draft_is_refused_by_its_field(session, chapter_id, run, values, field):
    with pytest.raises(Refused) as raised:
        classes.create(session, chapter_id, draft(**values))
    assert list(raised.value.fields) == [field]


def test_a_class_needs_a_chapter_and_a_course_that_exist(session, chapter_id):
    with pytest.raises(NotFound, match="chapter"):
        classes.create(session, 999, draft())
    with pytest.raises(NotFound, match="course"):
        classes.create(session, chapter_id, draft(course_code="", course_id=999))
    with pytest.raises(NotFound, match="code “NO”"):
        classes.create(session, chapter_id, draft(course_code="NO"))


def test_the_facts_of_a_class_are_shown_as_typed_but_clean(session, chapter_id):
    made = classes.create(
        session,
        chapter_id,
        draft(
            title="  Spring  class ",
            location="Library\u200b",
            county="Howell",
            seats=28,
            lead_instructor="Sgt. Ray",
            course_number="1850",
            note="Bring lunch \n twice",
        ),
    )
    found = classes.view(session, made)
    assert (found.title, found.location, found.county, found.seats) == (
        "Spring class",
        "Library",
        "Howell",
        28,
    )
    assert (found.lead_instructor, found.course_number, found.note) == (
        "Sgt. Ray",
        "1850",
        "Bring lunch\ntwice",
    )
    assert (found.chapter, found.course_code, found.status, found.locked) == (
        "Ozark Ridge CIT Council",
        "CIT40",
        "open",
        False,
    )


def test_an_update_changes_only_what_it_names(session, run):
    classes.update(session, run.id, 1, location="Library", seats=30)
    session.flush()
    found = classes.view(session, run.id)
    assert (found.location, found.seats, found.version) == ("Library", 30, 2)
    assert found.title == "Crisis Intervention Team, 40-hour course"


def test_an_update_that_changes_nothing_keeps_the_version(session, run):
    classes.update(session, run.id, 1, location="")
    session.flush()
    assert classes.view(session, run.id).version == 1


def test_an_update_of_an_older_state_is_a_conflict(session, run):
    classes.update(session, run.id, 1, location="Library")
    session.flush()
    with pytest.raises(Conflict, match="This class was changed"):
        classes.update(session, run.id, 1, location="Church")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"code": ""}, "code"),
        ({"minutes": 0}, "minutes"),
        ({"min_attendance": 101}, "min_attendance"),
        ({"min_score": 101}, "min_score"),
    ],
)
def test_a_wrong_update_is_refused_by_its_field(session, run, values, field):
    with pytest.raises(Refused) as raised:
        classes.update(session, run.id, 1, **values)
    assert list(raised.value.fields) == [field]


def test_an_unknown_field_is_a_mistake_of_the_program(session, run):
    with pytest.raises(TypeError, match="status"):
        classes.update(session, run.id, 1, status="finalized")


def finalized(session, run):
    attendance.all_present(session, run.id)
    finalize.finalize(session, run.id)
    return classes.view(session, run.id).version


def test_a_finalized_class_keeps_its_facts(session, run):
    version = finalized(session, run)
    with pytest.raises(Refused, match="finalized") as raised:
        classes.update(session, run.id, version, title="Other", note="x")
    assert set(raised.value.fields) == {"title"}
    assert "Reopen" in raised.value.hint
    assert classes.view(session, run.id).note == ""


def test_a_finalized_class_still_takes_its_course_number_and_a_note(session, run):
    version = finalized(session, run)
    classes.update(session, run.id, version, course_number="77", note="Sent to the state")
    found = classes.view(session, run.id)
    assert (found.course_number, found.note) == ("77", "Sent to the state")


def test_a_finalized_class_may_be_saved_unchanged(session, run):
    version = finalized(session, run)
    classes.update(session, run.id, version, title=classes.view(session, run.id).title)
    assert classes.view(session, run.id).version == version


def test_a_cancelled_class_is_locked_until_reinstated(session, run):
    classes.cancel(session, run.id)
    with pytest.raises(Refused, match="is cancelled"):
        run.mark(0, 0, "present")
    classes.reinstate(session, run.id)
    run.mark(0, 0, "present")
    assert len(run.marks(run.blocks[0])) == 1


def test_only_an_open_class_can_be_cancelled(session, run):
    finalized(session, run)
    with pytest.raises(Refused, match="is finalized and cannot be cancelled"):
        classes.cancel(session, run.id)


def test_a_class_with_certificates_in_force_is_not_cancelled(session, run):
    certify(session, run, 0, "revoked")
    certify(session, run, 1)
    with pytest.raises(Refused, match="Certificates of CIT40-2026-01 are in force"):
        classes.cancel(session, run.id)


def test_revoked_certificates_do_not_keep_a_class_from_being_cancelled(session, run):
    certify(session, run, 0, "revoked")
    classes.cancel(session, run.id)
    assert classes.view(session, run.id).status == "cancelled"


def test_an_open_class_cannot_be_reinstated(session, run):
    with pytest.raises(Refused, match="is not cancelled; it is open"):
        classes.reinstate(session, run.id)


def test_an_archived_class_leaves_the_lists_until_put_back(session, run):
    classes.archive(session, run.id)
    session.flush()
    assert classes.ids(session) == []
    assert classes.ids(session, ClassFilter(archived=True)) == [run.id]
    classes.unarchive(session, run.id)
    session.flush()
    assert classes.ids(session) == [run.id]


def test_a_class_is_found_by_its_code_whatever_the_case(session, run):
    assert classes.by_code(session, "CIT40-2026-01") == run.id
    assert classes.by_code(session, " cit40-2026-01") == run.id


def test_a_wrong_code_is_answered_with_those_that_look_like_it(session, run):
    with pytest.raises(NotFound, match="no class with the code “CIT40-2026-1”") as raised:
        classes.by_code(session, "CIT40-2026-1")
    assert "CIT40-2026-01" in raised.value.hint


def test_a_code_like_nothing_points_to_the_list(session, run):
    with pytest.raises(NotFound) as raised:
        classes.by_code(session, "zzz")
    assert raised.value.hint == "The list of classes has every code."


@pytest.fixture
def three(session, chapter_id):
    """A class of 2025, one of 2026 in Salem, and a refresher of 2026 that is cancelled."""
    old = classes.create(session, chapter_id, draft(start=date(2025, 3, 3), title="Beta"))
    salem = classes.create(session, chapter_id, draft(title="alpha", location="Salem Library"))
    called_off = classes.create(
        session, chapter_id, draft(course_code="REF8", start=date(2026, 6, 1), title="Gamma")
    )
    classes.cancel(session, called_off)
    session.flush()
    return old, salem, called_off


def test_the_newest_class_comes_first(session, three):
    old, salem, called_off = three
    assert classes.ids(session) == [called_off, salem, old]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("starts", (0, 1, 2)),
        ("code", (0, 1, 2)),
        ("title", (1, 0, 2)),
        ("course", (0, 1, 2)),
        ("status", (2, 0, 1)),
        ("location", (0, 2, 1)),
    ],
)
def test_classes_are_sorted_by_any_column(session, three, sort, expected):
    found = classes.ids(session, ClassFilter(), sort, descending=False)
    assert found == [three[place] for place in expected]
    assert classes.ids(session, ClassFilter(), sort, descending=True) == found[::-1]


def test_classes_are_narrowed_by_year_status_course_and_chapter(session, chapter_id, three):
    old, salem, called_off = three
    assert classes.ids(session, ClassFilter(year=2025)) == [old]
    assert classes.ids(session, ClassFilter(status="cancelled")) == [called_off]
    course_id = courses.by_code(session, "CIT40")
    assert set(classes.ids(session, ClassFilter(course_id=course_id))) == {old, salem}
    assert len(classes.ids(session, ClassFilter(chapter_id=chapter_id))) == 3
    assert classes.ids(session, ClassFilter(chapter_id=999)) == []
    assert classes.ids(session, ClassFilter(year=2026, status="open")) == [salem]


def test_the_years_of_classes_are_listed_latest_first(session, three):
    assert classes.years(session) == [2026, 2025]


@pytest.mark.parametrize("typed", ["sal", "SALEM lib", "alph", "cit40-2026"])
def test_classes_are_found_by_beginnings_of_words(db, chapter_id, typed):
    with db.operation("Add classes") as session:
        courses.seed(session)
        classes.create(session, chapter_id, draft(start=date(2025, 3, 3), title="Beta"))
        wanted = classes.create(session, chapter_id, draft(title="Álpha", location="Salem Library"))
    with db.read() as session:
        assert classes.ids(session, ClassFilter(text=typed)) == [wanted]


def test_a_row_says_how_far_a_class_is(session, run):
    run.mark(0, 0, "present")
    enrollment.withdraw(session, run.enrolled[2])
    certify(session, run)
    certify(session, run, 0, "revoked")
    session.flush()
    row = classes.rows(session, [run.id])[run.id]
    assert (row.code, row.course_code, row.starts, row.blocks) == (
        "CIT40-2026-01",
        "CIT40",
        MONDAY,
        10,
    )
    assert (row.trainees, row.unmarked, row.certificates, row.completed) == (2, 19, 1, 0)


def test_blocks_to_come_are_not_unmarked_yet(session, run):
    clock.set_source(lambda: datetime(2026, 3, 3, 12, tzinfo=UTC))
    assert classes.rows(session, [run.id])[run.id].unmarked == 3 * 4


def test_marks_of_those_who_withdrew_do_not_lower_the_unmarked(session, run):
    run.mark(2, 0, "present")
    enrollment.withdraw(session, run.enrolled[2])
    session.flush()
    assert classes.rows(session, [run.id])[run.id].unmarked == 20


def test_a_class_that_is_not_open_has_nothing_unmarked(session, run):
    classes.cancel(session, run.id)
    session.flush()
    assert classes.rows(session, [run.id])[run.id].unmarked == 0


def test_a_finalized_class_counts_those_who_completed(session, run):
    run.mark(0, 0, "absent")
    finalized(session, run)
    row = classes.rows(session, [run.id])[run.id]
    counts = classes.view(session, run.id).counts
    assert (row.completed, counts.completed, counts.partial) == (2, 2, 1)


def test_the_page_counts_people_by_what_they_are(session, run):
    enrollment.set_role(session, run.enrolled[0], "instructor")
    enrollment.withdraw(session, run.enrolled[1])
    enrollment.enroll(session, run.id, training.person(session, "Dee Fox"), "observer")
    session.flush()
    counts = classes.view(session, run.id).counts
    assert (counts.trainees, counts.instructors, counts.observers, counts.withdrawn) == (1, 1, 1, 1)
    assert counts.unmarked == 10


def test_the_page_shows_blocks_with_instructors_and_marks(session, run):
    teacher = training.person(session, "Ray Stone")
    blocks.set_instructors(session, run.blocks[0], [(teacher, "Sergeant")])
    run.mark(0, 0, "absent")
    block = classes.view(session, run.id).blocks[0]
    assert [(i.person_id, i.name, i.title) for i in block.instructors] == [
        (teacher, "Ray Stone", "Sergeant")
    ]
    assert (block.marks, block.starts_at, block.ends_at) == (1, 480, 720)


def test_the_page_of_a_class_on_record_is_locked(session, chapter_id):
    old = TrainingClass(
        chapter_id=chapter_id,
        course_id=courses.by_code(session, "CIT40"),
        code="OLD",
        title="Old papers",
        minutes=2400,
        status="on record",
    )
    session.add(old)
    session.flush()
    found = classes.view(session, old.id)
    assert (found.locked, found.blocks, found.starts) == (True, (), None)


def test_a_class_that_is_gone_is_not_found(session):
    with pytest.raises(NotFound, match="class no longer exists"):
        classes.view(session, 999)


def statements(session, work):
    seen: list[str] = []
    connection = session.connection()

    def note(_c, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    work()
    event.remove(connection, "before_cursor_execute", note)
    return len(seen)


def test_a_list_takes_one_select_for_its_ids_and_one_for_its_rows(session, three):
    assert statements(session, lambda: classes.ids(session)) == 1
    assert statements(session, lambda: classes.rows(session, list(three))) == 1

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop.models import Makeup
from cit_desktop.services import earned
from tests.core.field import Field


@pytest.fixture
def field(db, chapter_id):
    with db.operation("Add class") as session:
        yield Field(session, chapter_id)


def makeup(field: Field, enrollment_id: int, block_id: int, minutes: int) -> None:
    field.add(
        Makeup(
            enrollment_id=enrollment_id,
            block_id=block_id,
            minutes=minutes,
            day=date(2026, 3, 20),
            approved_by="Sgt. Lee",
        )
    )


def test_time_made_up_counts_for_the_block_that_was_missed(field):
    class_id = field.training()
    enrollment_id = field.enroll(class_id, field.person("Ito"))
    field.attend(enrollment_id, 60, blocks=1)
    first, second, *_ = field.blocks(class_id)
    makeup(field, enrollment_id, first, 120)
    makeup(field, enrollment_id, second, 240)
    found = earned.of(field.session, [enrollment_id])[enrollment_id]
    assert found.attended == 420
    assert found.areas == {"legal": 105, "technical": 315}


def test_nobody_is_longer_in_a_block_than_it_lasts(field):
    class_id = field.training()
    enrollment_id = field.enroll(class_id, field.person("Ito"))
    field.attend(enrollment_id, blocks=1)
    makeup(field, enrollment_id, field.blocks(class_id)[0], 60)
    assert earned.of(field.session, [enrollment_id])[enrollment_id].attended == 240


def test_teaching_counts_the_blocks_taught(field):
    class_id = field.training()
    enrollment_id = field.teach(class_id, field.person("Lee"), blocks=2)
    found = earned.of(field.session, [enrollment_id])[enrollment_id]
    assert (found.taught, found.taught_blocks, found.attended) == (480, 2, 0)
    assert found.taught_areas == {"legal": 120, "technical": 360}


def test_who_teaches_earns_the_same_without_being_enrolled(field):
    class_id = field.training()
    guest = field.visit(class_id, field.person("Hill"), slice(2))
    enrollment_id = field.teach(class_id, field.person("Lee"), blocks=2)
    found = earned.of_teachers(field.session, class_id)
    assert found[guest] == earned.of(field.session, [enrollment_id])[enrollment_id]
    assert len(found) == 2


def test_an_enrollment_without_marks_earned_nothing(field):
    enrollment_id = field.enroll(field.training(), field.person("Ito"))
    assert earned.of(field.session, [enrollment_id]) == {enrollment_id: earned.Earned()}


def test_areas_come_in_the_order_of_the_catalogue():
    areas = {"zeal": 1, "skill": 2, "legal": 3, "technical": 0, "interpersonal": 4}
    assert earned.in_order(areas) == (
        ("legal", 3),
        ("interpersonal", 4),
        ("skill", 2),
        ("zeal", 1),
    )


@given(
    minutes=st.integers(0, 3000),
    parts=st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 500)), min_size=1),
)
def test_shared_minutes_add_up(minutes, parts):
    assert sum(earned.share(minutes, parts).values()) == minutes

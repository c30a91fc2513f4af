"""SQL that tells who has completed a basic class, and when; for lists of people and agencies."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ScalarSelect, Select, func, select

from cit_desktop.models import Course, Enrollment, Person, TrainingClass


def trained_people() -> Select[tuple[int]]:
    """SQL: the ids of everybody who has completed a basic class."""
    return _completed_basic().with_only_columns(Enrollment.person_id)


def trained_on() -> ScalarSelect[date]:
    """SQL, beside ``person``: the day of the latest completed basic class."""
    latest = func.max(func.coalesce(Enrollment.completed_on, TrainingClass.ends))
    own = _completed_basic().where(Enrollment.person_id == Person.id).correlate(Person)
    return own.with_only_columns(latest).scalar_subquery()


def _completed_basic() -> Select[tuple[int]]:
    return (
        select(Enrollment.id)
        .join(TrainingClass, TrainingClass.id == Enrollment.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(Enrollment.role == "trainee", Enrollment.result == "completed", Course.basic)
    )

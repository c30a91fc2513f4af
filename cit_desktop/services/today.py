"""What the day asks for: classes under way, certificates to issue, refreshers, problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from cit_desktop import catalogs
from cit_desktop.models import (
    Agency,
    Attendance,
    Block,
    Certificate,
    Chapter,
    Enrollment,
    Person,
    StateNumber,
    TrainingClass,
)
from cit_desktop.models.certificates import ACTIVE
from cit_desktop.services import certification, names, outdated, profiles, renewals
from cit_desktop.services.today_views import Counts, OpenClass, People, Problem, Ready, Today

__all__ = ["Counts", "OpenClass", "People", "Problem", "Ready", "Today", "summary"]

REFRESHER_DAYS: Final = 60
RECENT_DAYS: Final = 365
DEADLINE_DAYS: Final = 45
NAMES_SHOWN: Final = 5


def summary(session: Session, today: date) -> Today:
    """Everything that the day asks for."""
    open_classes = _open_classes(session, today)
    over = [c for c in open_classes if _is_over(c, today)]
    standing = certification.everybody(session, today)
    due = certification.due(session, today, REFRESHER_DAYS, standing)
    soon = today + timedelta(days=REFRESHER_DAYS)
    expired = [d for d in due if d.standing.expires is not None and d.standing.expires <= soon]
    refresher = [d for d in due if d not in expired]
    named = (*expired[:NAMES_SHOWN], *refresher[:NAMES_SHOWN])
    return Today(
        day=today,
        open_classes=tuple(c for c in open_classes if c not in over),
        to_finalize=tuple(over),
        ready=tuple(_ready(session)),
        refresher=People(len(refresher), tuple(refresher[:NAMES_SHOWN])),
        expired=People(len(expired), tuple(expired[:NAMES_SHOWN])),
        problems=(
            *_deadlines(session, today),
            *_outdated(session),
            *_without_number(session, today),
        ),
        counts=_counts(session, sum(s.state != "expired" for s in standing.values())),
        written=renewals.written(session, {d.person_id: d.standing for d in named}),
    )


def _open_classes(session: Session, today: date) -> list[OpenClass]:
    found = session.execute(
        select(
            TrainingClass.id,
            TrainingClass.code,
            TrainingClass.title,
            TrainingClass.location,
            TrainingClass.starts,
            TrainingClass.ends,
            TrainingClass.seats,
        )
        .where(TrainingClass.status == "open", TrainingClass.archived.is_(False))
        .order_by(TrainingClass.starts.is_(None), TrainingClass.starts, TrainingClass.id)
    ).all()
    ids = [row.id for row in found]
    coming, enrolled = _coming_blocks(session, ids, today), _enrolled(session, ids)
    unmarked = _unmarked(session, ids, today)
    return [
        OpenClass(
            class_id=row.id,
            code=row.code,
            title=row.title,
            location=row.location,
            starts=row.starts,
            ends=row.ends,
            enrolled=enrolled[row.id],
            seats=row.seats,
            next_block_id=coming[row.id].id if row.id in coming else None,
            next_day=coming[row.id].day if row.id in coming else None,
            next_starts_at=coming[row.id].starts_at if row.id in coming else None,
            next_title=coming[row.id].title if row.id in coming else "",
            unmarked=unmarked[row.id],
        )
        for row in found
    ]


def _is_over(training: OpenClass, today: date) -> bool:
    if training.ends is None or training.ends > today:
        return False
    return training.ends < today or (training.enrolled > 0 and training.unmarked == 0)


def _coming_blocks(session: Session, class_ids: Sequence[int], today: date) -> dict[int, Any]:
    """The first block of each class from this day on."""
    found: dict[int, Any] = {}
    for block in session.execute(
        select(Block.id, Block.class_id, Block.day, Block.starts_at, Block.title)
        .where(Block.class_id.in_(class_ids), Block.day >= today)
        .order_by(Block.day, Block.starts_at, Block.id)
    ):
        found.setdefault(block.class_id, block)
    return found


def _enrolled(session: Session, class_ids: Sequence[int]) -> Counter[int]:
    rows = session.execute(
        select(Enrollment.class_id, func.count())
        .where(Enrollment.class_id.in_(class_ids), *_attending())
        .group_by(Enrollment.class_id)
    )
    return Counter(dict(rows.tuples().all()))


def _unmarked(session: Session, class_ids: Sequence[int], today: date) -> Counter[int]:
    marked = exists().where(
        Attendance.enrollment_id == Enrollment.id, Attendance.block_id == Block.id
    )
    rows = session.execute(
        select(Block.class_id, func.count())
        .join(Enrollment, Enrollment.class_id == Block.class_id)
        .where(Block.class_id.in_(class_ids), Block.day <= today, *_attending(), ~marked)
        .group_by(Block.class_id)
    )
    return Counter(dict(rows.tuples().all()))


def _attending() -> tuple[Any, ...]:
    return (Enrollment.role == "trainee", Enrollment.result != "withdrawn")


def _ready(session: Session) -> Iterable[Ready]:
    issued = exists().where(
        Certificate.enrollment_id == Enrollment.id, Certificate.status.in_(ACTIVE)
    )
    rows = session.execute(
        select(
            TrainingClass.id,
            TrainingClass.code,
            TrainingClass.title,
            TrainingClass.ends,
            func.count(Enrollment.id).label("waiting"),
        )
        .join(Enrollment, Enrollment.class_id == TrainingClass.id)
        .where(
            TrainingClass.status == "finalized",
            TrainingClass.archived.is_(False),
            Enrollment.role == "trainee",
            Enrollment.result == "completed",
            Enrollment.credited_minutes > 0,
            ~issued,
        )
        .group_by(TrainingClass.id)
        .order_by(TrainingClass.ends, TrainingClass.id)
    )
    return [Ready(row.id, row.code, row.title, row.ends, row.waiting) for row in rows]


def _deadlines(session: Session, today: date) -> list[Problem]:
    """Rosters that a state expects soon, by the profiles of each chapter's state."""
    recent = session.execute(
        select(TrainingClass.id, TrainingClass.code, TrainingClass.ends, Chapter.state)
        .join(Chapter, Chapter.id == TrainingClass.chapter_id)
        .where(
            TrainingClass.status == "finalized",
            TrainingClass.archived.is_(False),
            TrainingClass.ends > today - timedelta(days=RECENT_DAYS),
        )
    ).all()
    found = []
    for profile in profiles.of_states(session, {row.state for row in recent}):
        for row in recent:
            if profile.due_days is None or profile.state != row.state:
                continue
            due = row.ends + timedelta(days=profile.due_days)
            if today <= due <= today + timedelta(days=DEADLINE_DAYS):
                sentence = f"{profile.title} of {row.code} is due by {names.day(due)}."
                found.append(Problem("deadline", sentence, row.id, due))
    return sorted(found, key=lambda problem: (problem.day or today, problem.sentence))


def _outdated(session: Session) -> list[Problem]:
    """Classes that were corrected after certificates had been issued."""
    query = select(TrainingClass.id, TrainingClass.code, func.count().label("issued"))
    rows = session.execute(
        outdated.joined(query.select_from(Certificate))
        .where(outdated.rule(), TrainingClass.archived.is_(False))
        .group_by(TrainingClass.id)
        .order_by(TrainingClass.ends.desc(), TrainingClass.id)
    )
    return [Problem("certificate", _not_earned(row.issued, row.code), row.id) for row in rows]


def _not_earned(count: int, code: str) -> str:
    if count == 1:
        return f"1 certificate of {code} is not what was earned."
    return f"{count} certificates of {code} are not what was earned."


def _without_number(session: Session, today: date) -> list[Problem]:
    """Officers who completed a class of the past year and have no state number."""
    officers = [d.key for d in catalogs.disciplines() if d.group == "law_enforcement"]
    rows = session.execute(
        select(TrainingClass.id, TrainingClass.code, func.count().label("people"))
        .join(Enrollment, Enrollment.class_id == TrainingClass.id)
        .join(Person, Person.id == Enrollment.person_id)
        .where(
            TrainingClass.status == "finalized",
            TrainingClass.archived.is_(False),
            TrainingClass.ends > today - timedelta(days=RECENT_DAYS),
            Enrollment.role == "trainee",
            Enrollment.result == "completed",
            Person.discipline.in_(officers),
            ~exists().where(StateNumber.person_id == Person.id),
        )
        .group_by(TrainingClass.id)
        .order_by(TrainingClass.ends.desc())
    )
    return [
        Problem("state number", _lacking(row.people, row.code), class_id=row.id) for row in rows
    ]


def _lacking(people: int, code: str) -> str:
    if people == 1:
        return f"1 person who completed {code} has no state number."
    return f"{people} people who completed {code} have no state number."


def _counts(session: Session, certified: int) -> Counts:
    def count(model: Any, *where: Any) -> int:
        found = session.scalar(select(func.count()).select_from(model).where(*where))
        return int(found or 0)

    return Counts(
        people=count(Person, Person.archived.is_(False)),
        agencies=count(Agency, Agency.archived.is_(False)),
        classes=count(
            TrainingClass, TrainingClass.archived.is_(False), TrainingClass.status != "cancelled"
        ),
        certificates=count(Certificate, Certificate.status.in_(ACTIVE)),
        certified=certified,
    )

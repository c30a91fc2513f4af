"""Who was in which class, what they attended, and what came of it."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cit_desktop.tables import (
    ADay,
    Base,
    Blank,
    Key,
    MaybeDay,
    MaybeNumber,
    Number,
    Uid,
    Versioned,
    Words,
)


class Enrollment(Versioned, Base):
    """A person in a class, with the agency and title of that time.

    ``role`` is ``trainee``, ``instructor`` or ``observer``. ``result`` is ``open`` until the class
    is finalized, then ``completed``, ``partial`` or ``withdrawn``. ``credited_minutes`` and
    ``completed_on`` are set when the class is finalized. ``scenario_passed`` None: not taken.
    """

    __tablename__ = "enrollment"
    __table_args__ = (
        UniqueConstraint("class_id", "person_id"),
        CheckConstraint("role IN ('trainee','instructor','observer')", name="role"),
        CheckConstraint("result IN ('open','completed','partial','withdrawn')", name="result"),
        Base.__table_args__,
    )
    id: Mapped[Key]
    uid: Mapped[Uid]
    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    title: Mapped[Blank]
    role: Mapped[str] = mapped_column(default="trainee")
    number: Mapped[MaybeNumber]
    score: Mapped[MaybeNumber]
    scenario_passed: Mapped[MaybeNumber]
    result: Mapped[str] = mapped_column(default="open")
    credited_minutes: Mapped[MaybeNumber]
    completed_on: Mapped[MaybeDay]
    note: Mapped[Blank]


class Attendance(Base):
    """One mark: how many minutes of a block somebody was there. No row: not marked yet."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("enrollment_id", "block_id"),
        CheckConstraint("minutes >= 0", name="minutes"),
        CheckConstraint(
            "mark IN ('present','absent','late','excused','left early','partial')", name="mark"
        ),
        Base.__table_args__,
    )
    id: Mapped[Key]
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"))
    block_id: Mapped[int] = mapped_column(ForeignKey("block.id"), index=True)
    mark: Mapped[Words]
    minutes: Mapped[Number]


class Makeup(Base):
    """Time made up for a block that was missed, where, when, and who approved it."""

    __tablename__ = "makeup"
    __table_args__ = (CheckConstraint("minutes > 0", name="minutes"), Base.__table_args__)
    id: Mapped[Key]
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), index=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("block.id"), index=True)
    minutes: Mapped[Number]
    day: Mapped[ADay]
    other_block_id: Mapped[int | None] = mapped_column(ForeignKey("block.id"))
    approved_by: Mapped[Words]
    note: Mapped[Blank]


class ImportBatch(Base):
    """A file that was taken in: what it was, and what became of its rows (JSON)."""

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_sha256", "sha256"), Base.__table_args__)
    id: Mapped[Key]
    source: Mapped[Words]
    sheet: Mapped[Blank]
    sha256: Mapped[Words]
    class_id: Mapped[int | None] = mapped_column(ForeignKey("training_class.id"))
    counts: Mapped[Words]
    report: Mapped[Words]

"""Courses of the catalogue and the classes that are runs of them."""

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cit_desktop.tables import (
    ADay,
    Base,
    Blank,
    Key,
    MaybeDay,
    MaybeMoment,
    MaybeNumber,
    Number,
    Uid,
    Versioned,
    Words,
    YesNo,
)


class Course(Versioned, Base):
    """An entry of the catalogue: title, hours, completion rule, validity.

    ``validity_months`` None: what it certifies never expires. ``prerequisite`` is a course code.
    """

    __tablename__ = "course"
    id: Mapped[Key]
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[Words]
    minutes: Mapped[Number]
    audience: Mapped[Blank]
    basic: Mapped[YesNo]
    refresher: Mapped[YesNo]
    post_credit: Mapped[YesNo]
    prerequisite: Mapped[Blank]
    validity_months: Mapped[MaybeNumber]
    refresher_months: Mapped[MaybeNumber]
    min_attendance: Mapped[int] = mapped_column(default=100)
    min_score: Mapped[MaybeNumber]
    scenario_required: Mapped[YesNo]
    makeup_allowed: Mapped[YesNo]
    source: Mapped[Blank]
    archived: Mapped[YesNo]


class CourseModule(Base):
    """One part of a course's outline; ``area`` is the credit area its minutes count for."""

    __tablename__ = "course_module"
    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    position: Mapped[Number]
    day: Mapped[Number]
    title: Mapped[Words]
    minutes: Mapped[Number]
    delivery: Mapped[Blank]
    area: Mapped[Words]


class TrainingClass(Versioned, Base):
    """One run of a course. Its completion rule is a copy, so that later course edits leave it.

    ``status`` is ``open``, ``finalized``, ``on record`` (entered from old papers) or
    ``cancelled``. ``starts`` and ``ends`` follow the blocks.
    """

    __tablename__ = "training_class"
    __table_args__ = (
        CheckConstraint("status IN ('open','finalized','on record','cancelled')", name="status"),
        CheckConstraint("min_attendance BETWEEN 0 AND 100", name="min_attendance"),
        Base.__table_args__,
    )
    id: Mapped[Key]
    uid: Mapped[Uid]
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[Words]
    location: Mapped[Blank]
    county: Mapped[Blank]
    seats: Mapped[MaybeNumber]
    lead_instructor: Mapped[Blank]
    course_number: Mapped[Blank]
    starts: Mapped[MaybeDay]
    ends: Mapped[MaybeDay]
    status: Mapped[str] = mapped_column(default="open")
    minutes: Mapped[Number]
    min_attendance: Mapped[int] = mapped_column(default=100)
    min_score: Mapped[MaybeNumber]
    scenario_required: Mapped[YesNo]
    makeup_allowed: Mapped[YesNo]
    finalized_at: Mapped[MaybeMoment]
    reopen_reason: Mapped[Blank]
    note: Mapped[Blank]
    archived: Mapped[YesNo]


class Block(Versioned, Base):
    """One dated part of a class, with one mark a person.

    ``starts_at`` is in minutes after midnight; ``minutes`` is how long it counts.
    """

    __tablename__ = "block"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes"),
        CheckConstraint("starts_at BETWEEN 0 AND 1439", name="starts_at"),
        Base.__table_args__,
    )
    id: Mapped[Key]
    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"), index=True)
    day: Mapped[ADay]
    starts_at: Mapped[Number]
    minutes: Mapped[Number]
    title: Mapped[Words]


class BlockPart(Base):
    """A module taught in a block: the parts' minutes add up to the block's.

    ``planned`` are its minutes before the block was given another length; none where it was not.
    """

    __tablename__ = "block_part"
    id: Mapped[Key]
    block_id: Mapped[int] = mapped_column(ForeignKey("block.id"), index=True)
    position: Mapped[Number]
    title: Mapped[Words]
    minutes: Mapped[Number]
    planned: Mapped[MaybeNumber]
    delivery: Mapped[Blank]
    area: Mapped[Words]


class BlockInstructor(Base):
    """Who taught a block, and as what."""

    __tablename__ = "block_instructor"
    __table_args__ = (UniqueConstraint("block_id", "person_id"), Base.__table_args__)
    id: Mapped[Key]
    block_id: Mapped[int] = mapped_column(ForeignKey("block.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[Blank]

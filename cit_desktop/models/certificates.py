"""Certificates: issued once, numbered for ever."""

from typing import Final

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cit_desktop.tables import (
    AMoment,
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
)

ACTIVE: Final = ("issued", "on record")  # a certificate of such a status is valid


class Certificate(Versioned, Base):
    """A certificate as it was issued. ``snapshot`` holds every printed value, canonical JSON.

    Only ``revoked_at``, ``revoked_reason``, ``replaced_by_id`` and ``printed_at`` change later.
    A certificate of old papers has an empty snapshot and ``status`` ``on record``.
    """

    __tablename__ = "certificate"
    id: Mapped[Key]
    uid: Mapped[Uid]
    number: Mapped[str] = mapped_column(Text, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"), index=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), index=True)
    kind: Mapped[Words]
    status: Mapped[str] = mapped_column(default="issued")
    completed_on: Mapped[MaybeDay]
    minutes: Mapped[MaybeNumber]
    issued_at: Mapped[MaybeMoment]
    snapshot: Mapped[Blank]
    snapshot_sha256: Mapped[Blank]
    signature: Mapped[Blank]
    key_id: Mapped[Blank]
    code: Mapped[Blank]
    printed_at: Mapped[MaybeMoment]
    revoked_at: Mapped[MaybeMoment]
    revoked_reason: Mapped[Blank]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))


class NumberSeries(Base):
    """The next certificate number of a chapter in a year."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("chapter_id", "year"), Base.__table_args__)
    id: Mapped[Key]
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    year: Mapped[Number]
    next_number: Mapped[int] = mapped_column(default=1)


class Operation(Base):
    """One step of the history: who did what and when, chained to the one before by its hash."""

    __tablename__ = "operation"
    id: Mapped[Key]
    uid: Mapped[Uid]
    label: Mapped[Words]
    at: Mapped[AMoment]
    actor: Mapped[Words]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("operation.id"))
    undoable: Mapped[int] = mapped_column(default=1)
    schema: Mapped[Number]
    hash: Mapped[Blank]


class Change(Base):
    """One changed row of an operation, with its values before and after as JSON.

    The chain covers ``digest``, a salted hash of the rest, so that erasing a person's values
    leaves the chain whole.
    """

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_table_row_id", "table", "row_id"), Base.__table_args__)
    id: Mapped[Key]
    operation_id: Mapped[int] = mapped_column(ForeignKey("operation.id"), index=True)
    table: Mapped[Words]
    row_id: Mapped[Number]
    kind: Mapped[Words]
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[Words]

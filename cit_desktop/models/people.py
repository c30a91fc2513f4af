"""People and the agencies they work for."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cit_desktop.tables import (
    Base,
    Blank,
    Key,
    MaybeDay,
    MaybeNumber,
    Number,
    Uid,
    Versioned,
    Words,
    YesNo,
)


class Agency(Versioned, Base):
    """An employer: a department, a 911 center, a hospital, a school district, …"""

    __tablename__ = "agency"
    __table_args__ = (Index("ix_agency_sort_key_id", "sort_key", "id"), Base.__table_args__)
    id: Mapped[Key]
    uid: Mapped[Uid]
    name: Mapped[Words]
    sort_key: Mapped[Words]
    kind: Mapped[Blank]
    county: Mapped[Blank]
    ori: Mapped[Blank]
    patrol_strength: Mapped[MaybeNumber]
    strength_on: Mapped[MaybeDay]
    contact: Mapped[Blank]
    address: Mapped[Blank]
    phone: Mapped[Blank]
    email: Mapped[Blank]
    note: Mapped[Blank]
    archived: Mapped[YesNo]


class AgencySpelling(Base):
    """A way an agency's name was written in some file; ``key`` is its folded letters."""

    __tablename__ = "agency_spelling"
    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    spelling: Mapped[Words]
    key: Mapped[str] = mapped_column(Text, unique=True)


class AgencyApart(Base):
    """Two spellings, by their folded letters in order, that somebody said are two agencies."""

    __tablename__ = "agency_apart"
    __table_args__ = (UniqueConstraint("one", "other"), Base.__table_args__)
    id: Mapped[Key]
    one: Mapped[Words]
    other: Mapped[Words]


class Person(Versioned, Base):
    """Anybody trained or teaching. ``discipline`` is a key of the discipline catalog."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_sort_key_id", "sort_key", "id"), Base.__table_args__)
    id: Mapped[Key]
    uid: Mapped[Uid]
    last: Mapped[Words]
    first: Mapped[Blank]
    middle: Mapped[Blank]
    suffix: Mapped[Blank]
    nickname: Mapped[Blank]
    sort_key: Mapped[Words]
    discipline: Mapped[Blank]
    county: Mapped[Blank]
    email: Mapped[str] = mapped_column(Text, default="", server_default="", index=True)
    phone: Mapped[Blank]
    note: Mapped[Blank]
    archived: Mapped[YesNo]


class StateNumber(Base):
    """A number a state gave a person: POST licence, PSID, … ``number`` is text with its zeros."""

    __tablename__ = "state_number"
    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[Words]
    number: Mapped[Words]
    key: Mapped[str] = mapped_column(Text, index=True)


class Employment(Base):
    """Who works for whom, as what, from and to which day. Without ``ends`` it goes on."""

    __tablename__ = "employment"
    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    title: Mapped[Blank]
    starts: Mapped[MaybeDay]
    ends: Mapped[MaybeDay]


class PersonAlias(Base):
    """Somebody who was found to be another person: what leads from their old data to that one.

    ``former_id`` and ``uid`` are those that the person had; ``operation_id`` is the step that
    merged the two, from which everything can be taken apart again.
    """

    __tablename__ = "person_alias"
    id: Mapped[Key]
    uid: Mapped[Uid]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    former_id: Mapped[int] = mapped_column(unique=True)
    operation_id: Mapped[Number]
    last: Mapped[Words]
    first: Mapped[Blank]
    middle: Mapped[Blank]
    suffix: Mapped[Blank]
    nickname: Mapped[Blank]
    sort_key: Mapped[Words]
    email: Mapped[Blank]
    phone: Mapped[Blank]


class NotSame(Base):
    """Two people who look like one and are not, as somebody said; the smaller id comes first."""

    __tablename__ = "not_same"
    __table_args__ = (
        UniqueConstraint("person_id", "other_id"),
        CheckConstraint("person_id < other_id", name="order"),
        Base.__table_args__,
    )
    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)

"""The behavioral-health liaisons that officers and courts can call, and where."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cit_desktop.tables import Base, Blank, Key, Uid, Versioned, Words, YesNo


class Liaison(Versioned, Base):
    """Whom to call about somebody in crisis. ``kind`` is what liaisons are called, as typed."""

    __tablename__ = "liaison"
    __table_args__ = (Index("ix_liaison_sort_key_id", "sort_key", "id"), Base.__table_args__)
    id: Mapped[Key]
    uid: Mapped[Uid]
    name: Mapped[Words]
    sort_key: Mapped[Words]
    kind: Mapped[Blank]
    employer: Mapped[Blank]
    phone: Mapped[Blank]
    after_hours: Mapped[Blank]
    email: Mapped[Blank]
    note: Mapped[Blank]
    archived: Mapped[YesNo]


class LiaisonCounty(Base):
    """A county that a liaison serves."""

    __tablename__ = "liaison_county"
    __table_args__ = (UniqueConstraint("liaison_id", "county"), Base.__table_args__)
    id: Mapped[Key]
    liaison_id: Mapped[int] = mapped_column(ForeignKey("liaison.id"))
    county: Mapped[Words] = mapped_column(index=True)

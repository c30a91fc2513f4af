"""The chapter: who keeps these records, for which counties, and who signs."""

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cit_desktop.tables import (
    AMoment,
    Base,
    Blank,
    Key,
    MaybeDay,
    MaybeMoment,
    Number,
    Uid,
    Versioned,
    Words,
    YesNo,
)

# Columns that the history leaves out: large, or secret.
UNJOURNALED = {"journal": False}


class Chapter(Versioned, Base):
    """The local CIT body. ``word`` is what it calls itself; ``code`` begins its numbers."""

    __tablename__ = "chapter"
    id: Mapped[Key]
    uid: Mapped[Uid]
    name: Mapped[Words]
    word: Mapped[str] = mapped_column(default="chapter")
    code: Mapped[Words]
    state: Mapped[Words]
    council_line: Mapped[Blank]
    provider: Mapped[Blank]
    address: Mapped[Blank]
    phone: Mapped[Blank]
    email: Mapped[Blank]
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    archived: Mapped[YesNo]


class ChapterCounty(Base):
    """A county that a chapter serves, from a day to a day."""

    __tablename__ = "chapter_county"
    id: Mapped[Key]
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"), index=True)
    county: Mapped[Words]
    starts: Mapped[MaybeDay]
    ends: Mapped[MaybeDay]


class Signer(Versioned, Base):
    """A person whose name and signature stand on certificates, in the order of ``position``."""

    __tablename__ = "signer"
    id: Mapped[Key]
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"), index=True)
    name: Mapped[Words]
    title: Mapped[Blank]
    position: Mapped[Number]
    signature_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    archived: Mapped[YesNo]


class Asset(Base):
    """A logo or a signature, found by its SHA-256. Rows are only ever added."""

    __tablename__ = "asset"
    id: Mapped[Key]
    sha256: Mapped[str] = mapped_column(unique=True)
    media_type: Mapped[Words]
    name: Mapped[Blank]
    data: Mapped[bytes] = mapped_column(LargeBinary, info=UNJOURNALED)


class SigningKey(Base):
    """An Ed25519 key that signs certificates. Public keys are kept for ever.

    ``private_key`` is plain or wrapped by a passphrase, and empty once the key is retired.
    ``keepings`` counts how often that changed: by it the history, which holds no secrets, tells.
    """

    __tablename__ = "signing_key"
    id: Mapped[Key]
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"), index=True)
    key_id: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[Words]
    private_key: Mapped[str] = mapped_column(default="", server_default="", info=UNJOURNALED)
    keepings: Mapped[int] = mapped_column(default=0, server_default="0")
    created: Mapped[AMoment]
    retired: Mapped[YesNo]
    retired_at: Mapped[MaybeMoment]


class Setting(Base):
    """One setting that belongs to the records and travels with the file; the value is JSON."""

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("name"), Base.__table_args__)
    id: Mapped[Key]
    name: Mapped[Words]
    value: Mapped[Words]


class RosterProfile(Versioned, Base):
    """The chapter's own copy of a roster profile, as TOML; it wins over the one shipped."""

    __tablename__ = "roster_profile"
    id: Mapped[Key]
    profile: Mapped[str] = mapped_column(unique=True)
    toml: Mapped[Words]

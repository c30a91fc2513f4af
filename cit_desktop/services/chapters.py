"""Chapters: who keeps these records, for which counties, and who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import Unpack

from cit_desktop import catalogs
from cit_desktop.models import Asset, Chapter, ChapterCounty, Signer
from cit_desktop.services import records, settings
from cit_desktop.services.assets import AssetView, add_asset, asset
from cit_desktop.services.chapter_codes import code_for, suggest_code
from cit_desktop.services.chapter_parts import (
    SignerDraft,
    SignerView,
    named_counties,
    set_counties,
    set_signers,
)
from cit_desktop.text import fold

WORDS: Final = ("chapter", "council", "program")
_CURRENT: Final = "chapter.current"


@dataclass(frozen=True, slots=True)
class ChapterDraft:
    """A chapter to be made.

    Attributes:
        word: What it calls itself: chapter, council, program.
        state: Postal code.
        code: Begins its numbers; empty: made from the initials of the name.
    """

    name: str
    word: str = "chapter"
    state: str = ""
    code: str = ""
    counties: Sequence[str] = ()
    signers: Sequence[SignerDraft] = ()
    council_line: str = ""
    provider: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter with the counties it serves today and those who sign."""

    id: int
    uid: str
    version: int
    name: str
    word: str
    code: str
    state: str
    council_line: str
    provider: str
    address: str
    phone: str
    email: str
    logo_id: int | None
    archived: bool
    counties: tuple[str, ...]
    signers: tuple[SignerView, ...]


class ChapterFields(TypedDict, total=False):
    """What :func:`update` can change."""

    name: str
    word: str
    code: str
    state: str
    council_line: str
    provider: str
    address: str
    phone: str
    email: str


def create(session: Session, draft: ChapterDraft) -> int:
    """Make a chapter; the first one of a file becomes the current one. Gives its id.

    Raises:
        Refused: A field is missing or wrong.
    """
    values = _checked(session, _fields_of(draft), draft.name, None)
    chapter = Chapter(**values)
    session.add(chapter)
    session.flush()
    for county in named_counties(draft.counties):
        session.add(ChapterCounty(chapter_id=chapter.id, county=county))
    set_signers(session, chapter.id, draft.signers)
    session.flush()
    return chapter.id


def update(session: Session, chapter_id: int, version: int, **fields: Unpack[ChapterFields]) -> int:
    """Change some fields; gives the version the chapter has then.

    Raises:
        Conflict: It was changed elsewhere.
        Refused: A field is missing or wrong.
    """
    chapter = records.fetch(session, Chapter, chapter_id, "chapter")
    records.expect_version(chapter, version, "chapter")
    records.known_only(fields, frozenset(ChapterFields.__annotations__))
    called = fields.get("name", chapter.name)
    records.assign(chapter, _checked(session, dict(fields), called, chapter_id))
    session.flush()
    return chapter.version


def set_logo(session: Session, chapter_id: int, asset_id: int | None) -> None:
    """Choose the logo of new certificates; those issued keep theirs.

    Raises:
        NotFound: There is no such chapter or picture.
    """
    chapter = records.fetch(session, Chapter, chapter_id, "chapter")
    if asset_id is not None:
        records.fetch(session, Asset, asset_id, "picture")
    chapter.logo_id = asset_id
    session.flush()


def set_archived(session: Session, chapter_id: int, archived: bool) -> None:
    """Put a chapter aside, or take it up again.

    Raises:
        Refused: It is the only one left.
    """
    chapter = records.fetch(session, Chapter, chapter_id, "chapter")
    others = select(Chapter.id).where(Chapter.id != chapter_id, Chapter.archived.is_(False))
    if archived and session.scalar(others.limit(1)) is None:
        raise records.refused(
            "archived",
            f"“{chapter.name}” is the only {chapter.word} of this file.",
            "Add another one first.",
        )
    chapter.archived = archived
    session.flush()


def current(session: Session) -> ChapterView | None:
    """The chapter that is being worked for: the one chosen, else the oldest; None in a new file."""
    active = list(
        session.scalars(select(Chapter).where(Chapter.archived.is_(False)).order_by(Chapter.id))
    )
    if not active:
        return None
    chosen = settings.get(session, _CURRENT)
    return _view(session, next((found for found in active if found.id == chosen), active[0]))


def set_current(session: Session, chapter_id: int) -> None:
    """Choose the chapter that is being worked for.

    Raises:
        NotFound: There is no such chapter.
        Refused: It is archived.
    """
    chapter = records.fetch(session, Chapter, chapter_id, "chapter")
    if chapter.archived:
        raise records.refused("chapter_id", f"“{chapter.name}” is archived.", "Restore it first.")
    settings.put(session, _CURRENT, chapter_id)


def chapters(session: Session, *, archived: bool = False) -> tuple[ChapterView, ...]:
    """Every chapter of the file by name; archived ones only when asked for."""
    statement = select(Chapter).order_by(Chapter.name, Chapter.id)
    if not archived:
        statement = statement.where(Chapter.archived.is_(False))
    return tuple(_view(session, found) for found in session.scalars(statement).all())


def view(session: Session, chapter_id: int) -> ChapterView:
    """One chapter.

    Raises:
        NotFound: There is no such chapter.
    """
    return _view(session, records.fetch(session, Chapter, chapter_id, "chapter"))


def _fields_of(draft: ChapterDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in ChapterFields.__annotations__}


def _checked(
    session: Session, fields: dict[str, Any], called: str, chapter_id: int | None
) -> dict[str, Any]:
    """The stored form of the given fields."""
    values = {name: records.line(name, value) for name, value in fields.items()}
    if "name" in values:
        values["name"] = records.required("name", values["name"], "The chapter needs a name.")
    if "word" in values:
        values["word"] = values["word"].lower() or WORDS[0]
    if "state" in values:
        values["state"] = _state(values["state"])
    if "code" in values:
        values["code"] = code_for(session, values["code"], called, chapter_id)
    if "email" in values:
        values["email"] = records.email("email", values["email"])
    if "phone" in values:
        values["phone"] = records.phone("phone", values["phone"])
    if "address" in values:
        values["address"] = records.note("address", fields["address"])
    return values


def _state(text: str) -> str:
    code = text.upper()
    if code and code not in {state.code for state in catalogs.states()}:
        raise records.refused(
            "state", f"“{text}” is not the postal code of a state.", "Write two letters, like MO."
        )
    return code


def _view(session: Session, chapter: Chapter) -> ChapterView:
    counties = session.scalars(
        select(ChapterCounty.county).filter_by(chapter_id=chapter.id, ends=None)
    )
    signers = session.execute(
        select(Signer.id, Signer.name, Signer.title, Signer.signature_id)
        .where(Signer.chapter_id == chapter.id, Signer.archived.is_(False))
        .order_by(Signer.position, Signer.id)
    )
    own = {name: getattr(chapter, name) for name in ChapterFields.__annotations__}
    return ChapterView(
        id=chapter.id,
        uid=chapter.uid,
        version=chapter.version,
        logo_id=chapter.logo_id,
        archived=chapter.archived,
        counties=tuple(sorted(counties, key=fold)),
        signers=tuple(SignerView(*row) for row in signers),
        **own,
    )


__all__ = [
    "WORDS",
    "AssetView",
    "ChapterDraft",
    "ChapterFields",
    "ChapterView",
    "SignerDraft",
    "SignerView",
    "add_asset",
    "asset",
    "chapters",
    "create",
    "current",
    "set_archived",
    "set_counties",
    "set_current",
    "set_logo",
    "set_signers",
    "suggest_code",
    "update",
    "view",
]

"""Chapters: who keeps these records, for which counties, and who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import Unpack

from cit_desktop import catalogs, clock
from cit_desktop.models import Asset, Chapter, ChapterCounty, Signer
from cit_desktop.services import records, settings
from cit_desktop.services.assets import AssetView, add_asset, asset
from cit_desktop.text import clean, fold

WORDS: Final = ("chapter", "council", "program")
_CURRENT: Final = "chapter.current"
_SMALL: Final = frozenset(
    {"a", "an", "and", "at", "for", "in", "of", "on", "the"}
    | {"cit", "crisis", "intervention", "team", "chapter", "council", "program"}
)


@dataclass(frozen=True, slots=True)
class SignerDraft:
    """Somebody who signs certificates; ``signature_id`` is a picture of the records."""

    name: str
    title: str = ""
    signature_id: int | None = None


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
class SignerView:
    """Somebody who signs now."""

    id: int
    name: str
    title: str
    signature_id: int | None


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
    values = _checked(session, _fields_of(draft), None)
    chapter = Chapter(**values)
    session.add(chapter)
    session.flush()
    for county in _counties(draft.counties):
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
    named: dict[str, Any] = {**fields}
    if named.get("code") == "":
        named["code"] = _free_code(
            suggest_code(named.get("name", chapter.name)), _codes(session, chapter_id)
        )
    records.assign(chapter, _checked(session, named, chapter_id))
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


def set_counties(session: Session, chapter_id: int, counties: Sequence[str]) -> None:
    """Say which counties the chapter serves from today on; those left out end, and are kept.

    Raises:
        NotFound: There is no such chapter.
    """
    records.fetch(session, Chapter, chapter_id, "chapter")
    today, wanted = clock.today(), {fold(county): county for county in _counties(counties)}
    served = session.scalars(select(ChapterCounty).filter_by(chapter_id=chapter_id)).all()
    for row in served:
        if row.ends is None and fold(row.county) not in wanted:
            row.ends = today
        elif row.ends == today and fold(row.county) in wanted:
            row.ends = None
    open_now = {fold(row.county) for row in served if row.ends is None}
    for key, county in wanted.items():
        if key not in open_now:
            session.add(ChapterCounty(chapter_id=chapter_id, county=county, starts=today))
    session.flush()


def set_signers(session: Session, chapter_id: int, drafts: Sequence[SignerDraft]) -> None:
    """Say who signs, in this order; whoever is left out is archived.

    Raises:
        Refused: A name is missing or stands twice.
        NotFound: There is no such chapter or picture.
    """
    records.fetch(session, Chapter, chapter_id, "chapter")
    wanted = _signers(session, drafts)
    known = session.scalars(
        select(Signer).filter_by(chapter_id=chapter_id).order_by(Signer.archived, Signer.id)
    ).all()
    left = list(known)
    for position, values in enumerate(wanted):
        signer = next((found for found in left if fold(found.name) == fold(values["name"])), None)
        if signer is None:
            session.add(Signer(chapter_id=chapter_id, position=position, **values))
        else:
            left.remove(signer)
            records.assign(signer, {**values, "position": position, "archived": False})
    for signer in left:
        signer.archived = True
    session.flush()


def suggest_code(name: str) -> str:
    """A code from the initials of a name: ``OR`` of “Ozark Ridge CIT Council”."""
    plain = "".join(char if char.isalnum() else " " for char in fold(name).replace("'", ""))
    words = [word for word in plain.split() if word.isascii()]
    telling = [word for word in words if word not in _SMALL] or words
    if len(telling) == 1:
        return telling[0][:3].upper()
    return "".join(word[0] for word in telling[:4]).upper() or "CIT"


def _fields_of(draft: ChapterDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in ChapterFields.__annotations__}


def _checked(session: Session, fields: dict[str, Any], chapter_id: int | None) -> dict[str, Any]:
    """The stored form of the given fields."""
    values = {name: records.line(name, value) for name, value in fields.items()}
    if "name" in values:
        values["name"] = records.required("name", values["name"], "The chapter needs a name.")
    if "word" in values:
        values["word"] = values["word"].lower() or WORDS[0]
    if "state" in values:
        values["state"] = _state(values["state"])
    if "code" in values:
        values["code"] = _code(session, values["code"], fields.get("name", ""), chapter_id)
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


def _code(session: Session, text: str, name: str, chapter_id: int | None) -> str:
    taken = _codes(session, chapter_id)
    if not text:
        return _free_code(suggest_code(name), taken)
    code = text.upper()
    if not (code.isascii() and code.isalnum() and len(code) <= 8):
        raise records.refused(
            "code", f"The code “{text}” must be one to eight letters or digits.", "Try OR or KC2."
        )
    if code in taken:
        raise records.refused("code", f"Another chapter of this file has the code {code}.")
    return code


def _codes(session: Session, but: int | None) -> set[str]:
    found = session.execute(select(Chapter.id, Chapter.code))
    return {code for chapter_id, code in found if chapter_id != but}


def _free_code(base: str, taken: set[str]) -> str:
    code, number = base, 2
    while code in taken:
        code, number = f"{base}{number}", number + 1
    return code


def _counties(counties: Sequence[str]) -> list[str]:
    named = {fold(county): records.line("counties", county) for county in counties}
    return [county for county in named.values() if county]


def _signers(session: Session, drafts: Sequence[SignerDraft]) -> list[dict[str, Any]]:
    wanted: dict[str, dict[str, Any]] = {}
    for draft in drafts:
        if not clean(draft.name) and not clean(draft.title) and draft.signature_id is None:
            continue
        name = records.required("signers", draft.name, "Whoever signs needs a name.")
        if fold(name) in wanted:
            raise records.refused("signers", f"{name} stands twice among those who sign.")
        if draft.signature_id is not None:
            records.fetch(session, Asset, draft.signature_id, "picture")
        wanted[fold(name)] = {
            "name": name,
            "title": records.line("signers", draft.title),
            "signature_id": draft.signature_id,
        }
    return list(wanted.values())


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

"""The counties a chapter serves and those who sign for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.models import Asset, Chapter, ChapterCounty, Signer
from cit_desktop.services import records
from cit_desktop.text import clean, fold


@dataclass(frozen=True, slots=True)
class SignerDraft:
    """Somebody who signs certificates; ``signature_id`` is a picture of the records."""

    name: str
    title: str = ""
    signature_id: int | None = None


@dataclass(frozen=True, slots=True)
class SignerView:
    """Somebody who signs now."""

    id: int
    name: str
    title: str
    signature_id: int | None


def set_counties(session: Session, chapter_id: int, counties: Sequence[str]) -> None:
    """Say which counties the chapter serves from today on; those left out end, and are kept.

    Raises:
        NotFound: There is no such chapter.
    """
    records.fetch(session, Chapter, chapter_id, "chapter")
    today, wanted = clock.today(), {fold(county): county for county in named_counties(counties)}
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


def named_counties(counties: Sequence[str]) -> list[str]:
    """The counties in their stored form, each once, empty ones left out."""
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

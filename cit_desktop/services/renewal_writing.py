"""What renewal letters of the chapter say, and the letters to the people chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.day_words import formal
from cit_desktop.documents import letters as renewal_letters
from cit_desktop.documents.certificates import CertificateSnapshot
from cit_desktop.documents.letters import USUAL, Letter, Letterhead, Wording
from cit_desktop.errors import NotFound
from cit_desktop.services import (
    assets,
    certificate_designs,
    chapters,
    drafts,
    names,
    settings,
)
from cit_desktop.services.chapters import ChapterView
from cit_desktop.services.editing_parts import phone_shown
from cit_desktop.services.renewals import Renewal

_NAME: Final = "renewal.letter"


def wording(session: Session) -> Wording:
    """What the letters of the chapter say: its own text, or the usual one.

    Raises:
        NotFound: The records have no chapter yet.
        FileProblem: What is kept cannot be read.
    """
    stored = settings.get(session, _setting(_chapter(session)))
    return USUAL if stored is None else renewal_letters.from_values(stored)


def save(session: Session, typed: Wording) -> Wording:
    """Keep what the letters say from now on; gives it as it is kept.

    Raises:
        NotFound: The records have no chapter yet.
        Refused: A text is missing, too long, or asks for a field that there is not.
    """
    kept = renewal_letters.checked(typed)
    name = _setting(_chapter(session))
    if kept == USUAL:
        settings.remove(session, name)
    else:
        settings.put(session, name, renewal_letters.to_values(kept))
    return kept


def letters(
    session: Session, renewals: Sequence[Renewal], typed: Wording | None = None
) -> list[Letter]:
    """A letter to each of these people, dated today.

    Args:
        typed: What they say; the chapter's own wording unless given.

    Raises:
        NotFound: The records have no chapter yet.
        Refused: The wording cannot be used.
    """
    said = wording(session) if typed is None else renewal_letters.checked(typed)
    head = letterhead(session)
    return [_letter(renewal, head, said) for renewal in renewals]


def letterhead(session: Session) -> Letterhead:
    """The chapter as it stands at the top of a letter, and who signs.

    Raises:
        NotFound: The records have no chapter yet.
    """
    chapter = _chapter(session)
    design = certificate_designs.of(session, chapter.id)
    facts: CertificateSnapshot = drafts.chapter_facts(session, chapter.id, design)
    phone = phone_shown(chapter.phone)
    reached = " or ".join(part for part in (phone, chapter.email) if part)
    return Letterhead(
        chapter=chapter.name,
        council=facts.council,
        address=tuple(filter(None, chapter.address.splitlines())),
        phone=phone,
        email=chapter.email,
        logo=facts.logo,
        signer=facts.signers[0] if facts.signers else None,
        accent=design.accent,
        contact=reached or f"the office of the {chapter.word}",
    )


def images(session: Session, made: Iterable[Letter]) -> dict[str, bytes]:
    """The pictures that letters need, by their SHA-256.

    Raises:
        FileProblem: One of them was altered outside the program.
    """
    return assets.images(session, {sha for one in made for sha in one.head.images()})


def _letter(renewal: Renewal, head: Letterhead, said: Wording) -> Letter:
    values = {
        "name": renewal.full_name,
        "first": renewal.first or renewal.full_name,
        "course": renewal.course,
        "completed": formal(renewal.completed),
        "hours": _hours(renewal.minutes),
        "due": formal(renewal.due),
        "agency": renewal.agency or "your agency",
        "chapter": head.chapter,
        "contact": head.contact,
    }
    subject, greeting, paragraphs = renewal_letters.fill(said, values)
    return Letter(
        person_id=renewal.person_id,
        head=head,
        made=clock.today(),
        name=renewal.full_name,
        listed=renewal.name,
        address=tuple(filter(None, (renewal.agency, *renewal.address.splitlines()))),
        email=renewal.email,
        due=renewal.due,
        subject=subject,
        greeting=greeting,
        paragraphs=paragraphs,
        values=values,
    )


def _hours(minutes: int) -> str:
    return f"{names.hours(minutes)} {'hour' if minutes == 60 else 'hours'}"


def _chapter(session: Session) -> ChapterView:
    chapter = chapters.current(session)
    if chapter is None:
        raise NotFound("These records have no chapter yet.", "Add it under Settings.")
    return chapter


def _setting(chapter: ChapterView) -> str:
    return f"{_NAME}.{chapter.uid}"

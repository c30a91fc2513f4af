"""Blank forms of the field, for the chapter's state and counties."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from sqlalchemy.orm import Session

from cit_desktop import catalogs
from cit_desktop.documents.forms import Contact, Form, FormCopy
from cit_desktop.errors import NotFound, Refused
from cit_desktop.services import chapters, form_copies, liaison_list
from cit_desktop.services.editing_parts import phone_shown
from cit_desktop.text import clean, fold


def by_county(form: Form) -> bool:
    """Whether a form shows the liaisons of a county."""
    return any(section.contacts for section in form.sections)


def copies(session: Session, key: str, county: str | None = None) -> tuple[FormCopy, ...]:
    """The copies of a form that are to be drawn.

    Args:
        county: Whose liaisons it shows; None: a copy for each county of the chapter, "": one
            copy for no county. Forms without liaisons have a single copy.

    Raises:
        NotFound: There is no such form or county.
        FileProblem: The chapter's own copy of the form cannot be read.
        Refused: A county is given for a form that is the same everywhere.
    """
    form = form_copies.get(session, key)
    chapter = chapters.current(session)
    name = "" if chapter is None else chapter.name
    if not by_county(form):
        if county:
            raise Refused(
                f"The form “{form.title}” is the same for every county.",
                "Leave the county out.",
            )
        return (FormCopy(form, name),)
    named = [_known(session, county)] if county else []
    if county is None:
        named = liaison_list.of_chapter(session)
    if not named:
        return (FormCopy(form, name),)
    return tuple(_copy(session, form, name, one, number) for number, one in enumerate(named, 1))


def counties(session: Session) -> list[str]:
    """The counties that a form can be made for: the chapter's, and others that are served."""
    own = liaison_list.of_chapter(session)
    known = {fold(county) for county in own}
    return [*own, *(one for one in liaison_list.served(session) if fold(one) not in known)]


def _copy(session: Session, form: Form, chapter: str, county: str, number: int) -> FormCopy:
    found = liaison_list.for_county(session, county)
    contacts = tuple(
        Contact(
            row.name,
            row.kind,
            row.employer,
            phone_shown(row.phone),
            phone_shown(row.after_hours),
            row.email,
        )
        for row in found
    )
    return FormCopy(form, chapter, _title(session, county), contacts, f"c{number}")


def _title(session: Session, county: str) -> str:
    """The county as it stands alone; as it was typed where no list of counties ships."""
    shipped = catalogs.counties(_state(session))
    return next((one.title for one in shipped if fold(one.name) == fold(county)), county)


def _known(session: Session, typed: str) -> str:
    shipped = catalogs.counties(_state(session))
    found = _by_words([*counties(session), *(one.name for one in shipped)])
    found |= {fold(one.title): one.name for one in shipped}
    county = found.get(fold(clean(typed)))
    if county is None:
        close = difflib.get_close_matches(fold(typed), list(found), n=1)
        hint = f"Perhaps {found[close[0]]} is meant." if close else "Check how it is spelled."
        raise NotFound(f"No county “{clean(typed)}” is known here.", hint)
    return county


def _by_words(names: Iterable[str]) -> dict[str, str]:
    """The first of each name by its folded letters."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(fold(name), name)
    return found


def _state(session: Session) -> str:
    chapter = chapters.current(session)
    return "" if chapter is None else chapter.state

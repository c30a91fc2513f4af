"""The code that begins a chapter's numbers: made from its name, or chosen."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.models import Chapter
from cit_desktop.services import records
from cit_desktop.text import fold

_SMALL: Final = frozenset(
    {"a", "an", "and", "at", "for", "in", "of", "on", "the"}
    | {"cit", "crisis", "intervention", "team", "chapter", "council", "program"}
)


def suggest_code(name: str) -> str:
    """A code from the initials of a name: ``OR`` of “Ozark Ridge CIT Council”."""
    plain = "".join(char if char.isalnum() else " " for char in fold(name).replace("'", ""))
    words = [word for word in plain.split() if word.isascii()]
    telling = [word for word in words if word not in _SMALL] or words
    if len(telling) == 1:
        return telling[0][:3].upper()
    return "".join(word[0] for word in telling[:4]).upper() or "CIT"


def code_for(session: Session, text: str, name: str, chapter_id: int | None) -> str:
    """The chosen code in its stored form, or for an empty text a free one made from the name.

    Raises:
        Refused: It has other signs than letters and digits, or another chapter has it.
    """
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

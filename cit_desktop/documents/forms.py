"""Blank forms of the field: what stands on them, before anybody fills them in.

Nothing that is filled in ever comes back here: there is no place for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cit_desktop.text import fold

BLANK: Final = "Blank form. CIT Desktop keeps nothing of what is filled in."


@dataclass(frozen=True, slots=True)
class FormField:
    """Something to be filled in.

    Attributes:
        width: Its share of the row.
        lines: How many lines fit into it.
        grow: It takes what is left of the page.
        choices: What can be ticked; without choices it is written into.
        columns: In how many columns the choices stand; 0: one after the other.
        pen: It is only written on paper.
        one: Of its choices only one can be ticked.
    """

    key: str
    label: str
    width: int = 1
    lines: int = 1
    grow: bool = False
    choices: tuple[str, ...] = ()
    columns: int = 0
    pen: bool = False
    one: bool = False


@dataclass(frozen=True, slots=True)
class FormRow:
    """Fields side by side.

    Attributes:
        repeat: How many times the row stands there; the labels stand once.
    """

    fields: tuple[FormField, ...]
    repeat: int = 1


@dataclass(frozen=True, slots=True)
class FormSection:
    """Rows under a heading.

    Attributes:
        contacts: It shows whom to call; the rows stand there only where nobody is on record.
    """

    key: str
    title: str
    rows: tuple[FormRow, ...]
    contacts: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A blank form as one state has it.

    Attributes:
        about: What it is for, in a line on the screen.
        lead: What it is for, above its fields.
        notices: What must not be missed, before anything is filled in.
        facts: What to know, with sources, in small letters.
    """

    key: str
    title: str
    about: str
    lead: str
    notices: tuple[str, ...]
    facts: tuple[str, ...]
    sections: tuple[FormSection, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call."""

    name: str
    kind: str = ""
    employer: str = ""
    phone: str = ""
    after_hours: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class FormCopy:
    """One copy of a form, to be drawn.

    Attributes:
        chapter: Whose form it is.
        place: The county it is for, as it stands alone; may be empty.
        contacts: Whom to call there.
        prefix: Begins the names of its fields where several copies are in one file.
    """

    form: Form
    chapter: str = ""
    place: str = ""
    contacts: tuple[Contact, ...] = ()
    prefix: str = ""


def field_name(*parts: object) -> str:
    """The name of a field in a file: letters and digits of its parts, joined by lines."""
    return "_".join(_plain(str(part)) for part in parts if part not in ("", 0))


def _plain(text: str) -> str:
    return "_".join("".join(c if c.isalnum() else " " for c in fold(text)).split())

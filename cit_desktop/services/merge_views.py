"""What a merge of two people would do, to be looked at and decided on before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

Side: TypeAlias = Literal["keep", "other", "both"]
Joining: TypeAlias = Literal["moves", "joined", "refused"]

FIELDS = (
    "last", "first", "middle", "suffix", "nickname", "discipline", "county", "email", "phone",
    "note", "work", "state_number",
)  # fmt: skip
LABELS = {
    "last": "Last name", "first": "First name", "middle": "Middle name", "suffix": "Suffix",
    "nickname": "Nickname", "discipline": "Discipline", "county": "County", "email": "E-mail",
    "phone": "Phone", "note": "Note", "work": "Works as", "state_number": "Main state number",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of both people as shown, and whose value stays.

    Attributes:
        side: ``both`` joins the two; only a note can be.
        sides: What can be chosen; one alone where the two agree.
    """

    field: str
    label: str
    keep: str
    other: str
    side: Side
    sides: tuple[Side, ...]

    @property
    def result(self) -> str:
        """What stays."""
        if self.side == "both":
            return "\n".join((self.keep, self.other))
        return self.keep if self.side == "keep" else self.other


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class of the one who goes, and what becomes of it.

    Attributes:
        what: ``joined``: both are in it, and their attendance becomes one.
        sentence: For ``joined`` and ``refused``, what is done or stands in the way.
    """

    class_id: int
    code: str
    title: str
    what: Joining
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging two people would do. With ``obstacles`` it cannot be done.

    Attributes:
        versions: Of the kept person and the other one, for :func:`merge.merge`.
        moves: How many records move, by what people call them, such as ``certificates``.
        remarks: Sentences worth reading that stand in nobody's way.
    """

    keep_id: int
    other_id: int
    keep_name: str
    other_name: str
    versions: tuple[int, int]
    fields: tuple[FieldLine, ...]
    classes: tuple[ClassLine, ...]
    moves: tuple[tuple[str, int], ...]
    obstacles: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergedRow:
    """Somebody who was merged into a person.

    Attributes:
        id: For :func:`unmerge.unmerge`.
        former_id: The id that the one who went had.
        person_id, person: Who was kept.
    """

    id: int
    former_id: int
    name: str
    email: str
    phone: str
    person_id: int
    person: str
    at: datetime
    actor: str

"""What can be chosen about a paper of a class before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Final, Literal, TypeAlias

from cit_desktop.errors import Refused

Who: TypeAlias = Literal["all", "trainees", "instructors"]
WHO: Final[dict[Who, str]] = {
    "all": "Everybody",
    "trainees": "Trainees",
    "instructors": "Instructors",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What was chosen; every paper takes some of it, and what it does not take stays as it is.

    Attributes:
        stock: Id of the labels or cards printed on; empty for the first on the chapter's paper.
        start_at: Number of the first label of the first sheet that is still there.
        numbers: The numbers of certificates are printed, too.
        test: Instead of the paper, a grid to hold against the stock.
        right, up: By how many millimeters all of it is moved, as the printer is off.
        day: The day of the class that it is for; every day if none.
    """

    stock: str = ""
    start_at: int = 1
    who: Who = "all"
    numbers: bool = False
    test: bool = False
    right: float = 0.0
    up: float = 0.0
    day: date | None = None


USUAL: Final = Options()
SHIFT_MOST: Final = 10.0  # millimeters
_WORDS: Final = {
    "stock": "stock to choose",
    "start_at": "label to start at",
    "who": "choice of people",
    "numbers": "certificate numbers to leave out or in",
    "test": "test page",
    "right": "shift to the right",
    "up": "shift upwards",
    "day": "day to choose",
}
_HAVE: Final = {"day": "only sign-in sheets are of a day"}


def check(options: Options, takes: frozenset[str], title: str) -> None:
    """Refuse what was chosen of a paper that has no such choice.

    Raises:
        Refused: Says which choice it is.
    """
    for field in fields(Options):
        chosen = getattr(options, field.name) != getattr(USUAL, field.name)
        if chosen and field.name not in takes:
            raise Refused(
                f"The paper “{title}” has no {_WORDS[field.name]}.",
                f"Leave it out; {_HAVE.get(field.name, 'name tents, badges and labels have it')}.",
            )

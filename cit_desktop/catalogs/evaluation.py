"""What the evaluation form of a class asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from cit_desktop.catalogs.toml import Table, shipped

_NAME: Final = "evaluation.toml"
_MOST_LINES: Final = 12


class OpenQuestion(NamedTuple):
    """A question that is answered in words, on so many lines."""

    text: str
    lines: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Wording of the form; what was taught comes from the class.

    Attributes:
        about: What the form is for and how it is filled in.
        low: What 1 means.
        high: What 5 means.
        parts_title: Above what was taught.
        overall_title: Above the statements.
        statements: What is rated of the class as a whole.
    """

    about: str
    low: str
    high: str
    parts_title: str
    overall_title: str
    statements: tuple[str, ...]
    questions: tuple[OpenQuestion, ...]
    thanks: str


def read_evaluation(text: str, name: str = _NAME) -> Evaluation:
    """The wording in a TOML file.

    Raises:
        FileProblem: Says which key is missing, unknown or wrong.
    """
    top = Table.parse(text, name)
    made = Evaluation(
        about=" ".join(top.text("about").split()),
        low=top.text("low"),
        high=top.text("high"),
        parts_title=top.text("parts_title"),
        overall_title=top.text("overall_title"),
        statements=top.texts("statements"),
        questions=tuple(_question(table) for table in top.tables("questions")),
        thanks=top.text("thanks", ""),
    )
    top.finish()
    return made


@cache
def evaluation() -> Evaluation:
    """The wording that the program ships with."""
    return read_evaluation(shipped(_NAME))


def _question(table: Table) -> OpenQuestion:
    found = OpenQuestion(table.text("text"), table.number("lines", 1, _MOST_LINES))
    table.finish()
    return found

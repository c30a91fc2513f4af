"""Sheets of labels, badges and table cards that can be bought, and plain card to be cut."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal, TypeAlias, cast

from cit_desktop.catalogs.toml import Table, shipped_in
from cit_desktop.documents.tables import Paper
from cit_desktop.errors import NotFound

StockKind: TypeAlias = Literal["tents", "badges", "labels"]

_POINTS: Final = {"in": 72.0, "mm": 72.0 / 25.4}
_LONGEST: Final = {"in": 17.0, "mm": 432.0}


@dataclass(frozen=True, slots=True)
class Stock:
    """A sheet with places to print on, all alike; lengths are in points.

    Attributes:
        lying: The sheet is printed with its long side at the top.
        precut: Its places come apart as bought; others get marks to cut and fold at.
        first: It is taken where nobody chose another for its kind and paper.
        left: From the left edge of the sheet to the first place; ``top`` is meant likewise.
        across: From the left of a place to the left of the next; ``down`` is meant likewise.
    """

    id: str
    name: str
    kind: StockKind
    paper: Paper
    lying: bool
    precut: bool
    first: bool
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    across: float
    down: float

    def moved(self, right: float, up: float) -> Stock:
        """The same, printed further to the right and up by millimeters."""
        by = _POINTS["mm"]
        return replace(self, left=self.left + right * by, top=self.top - up * by)

    @property
    def places(self) -> int:
        """How many a sheet has."""
        return self.columns * self.rows


@cache
def stocks() -> tuple[Stock, ...]:
    """All of them; those that are taken unless others are chosen come first."""
    found = [stock_from_toml(text, stem) for stem, text in shipped_in("stock")]
    return tuple(sorted(found, key=lambda stock: (not stock.first, stock.name)))


def stocks_for(kind: StockKind, paper: Paper) -> tuple[Stock, ...]:
    """What there is for a paper of a class; that on the given sheets comes first."""
    found = [stock for stock in stocks() if stock.kind == kind]
    return tuple(sorted(found, key=lambda stock: stock.paper != paper))


def stock(kind: StockKind, paper: Paper, stock_id: str = "") -> Stock:
    """The stock of this id, or the usual one for the kind and the sheets.

    Raises:
        NotFound: There is none for the kind; says which there are.
    """
    fitting = stocks_for(kind, paper)
    for found in fitting:
        if stock_id in ("", found.id):
            return found
    known = ", ".join(found.id for found in fitting)
    raise NotFound(f"There is no stock “{stock_id}” for {kind}.", f"Choose one of these: {known}.")


def stock_from_toml(text: str, stem: str) -> Stock:
    """A stock from the text of its file.

    Args:
        stem: The file's name without its ending; it becomes the stock's id.

    Raises:
        FileProblem: Something of it is missing or wrong; says what.
    """
    table = Table.parse(text, f"{stem}.toml")
    unit = table.choice("unit", list(_POINTS))

    def length(key: str) -> float:
        return table.decimal(key, 0.0, _LONGEST[unit]) * _POINTS[unit]

    made = Stock(
        id=stem,
        name=table.text("name"),
        kind=cast(StockKind, table.choice("kind", ("tents", "badges", "labels"))),
        paper=cast(Paper, table.choice("paper", ("letter", "a4"))),
        lying=table.flag("lying"),
        precut=table.flag("precut"),
        first=table.flag("first"),
        columns=table.number("columns", 1, 20),
        rows=table.number("rows", 1, 40),
        width=length("width"),
        height=length("height"),
        left=length("left"),
        top=length("top"),
        across=length("across"),
        down=length("down"),
    )
    table.finish()
    return made

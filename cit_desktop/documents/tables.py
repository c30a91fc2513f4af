"""Tables to print or to write as a workbook, and the roster of a class as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

Cell: TypeAlias = str | int | date | bool | None
CellKind: TypeAlias = Literal["text", "int", "hours", "date", "yesno"]
Paper: TypeAlias = Literal["letter", "a4"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a document.

    Attributes:
        key: Name of the column for code; unique within its table.
        label: Heading as printed.
        kind: What the values are. ``hours`` are given in whole minutes and shown as hours,
            ``yesno`` are booleans; ``None`` is an empty cell in every kind.
        width: Width in characters of the interface font.
        required: The receiver rejects rows where it is empty.
    """

    key: str
    label: str
    kind: CellKind = "text"
    width: int = 16
    required: bool = False


@dataclass(frozen=True, slots=True)
class TableDocument:
    """A table to print or to write as a workbook: a roster, a state roster, a plain list.

    Attributes:
        title: The heading of the document.
        columns: The columns in the order in which they appear.
        rows: One tuple of values a row, in the order of the columns.
        subtitle: Lines under the title.
        header: Pairs of label and value above the table, such as dates and location.
        footer: Lines under the table.
        sheet_name: Name of the sheet in a workbook; the title if empty.
        date_format: How a workbook shows days, in its own words.
    """

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    subtitle: tuple[str, ...] = ()
    header: tuple[tuple[str, str], ...] = ()
    footer: tuple[str, ...] = ()
    sheet_name: str = ""
    date_format: str = "mm/dd/yyyy"

    def __post_init__(self) -> None:
        if len({column.key for column in self.columns}) != len(self.columns):
            raise ValueError(f"Two columns of “{self.title}” have the same key.")
        width = len(self.columns)
        for number, row in enumerate(self.rows, 1):
            if len(row) != width:
                raise ValueError(f"Row {number} has {len(row)} values for {width} columns.")


class RosterRow(NamedTuple):
    """One person on a class roster; a row for the columns of ``ROSTER_COLUMNS``."""

    number: int | None
    last: str
    first: str
    middle: str
    suffix: str
    agency: str
    title: str
    discipline: str
    state_number: str
    email: str
    phone: str
    minutes: int
    required: int
    result: str
    certificate: str


ROSTER_COLUMNS = (
    TableColumn("number", "#", "int", 5),
    TableColumn("last", "Last name", width=18),
    TableColumn("first", "First name", width=14),
    TableColumn("middle", "Middle", width=9),
    TableColumn("suffix", "Suffix", width=7),
    TableColumn("agency", "Agency", width=30),
    TableColumn("title", "Title", width=16),
    TableColumn("discipline", "Discipline", width=18),
    TableColumn("state_number", "State number", width=14),
    TableColumn("email", "E-mail", width=28),
    TableColumn("phone", "Phone", width=15),
    TableColumn("minutes", "Hours", "hours", 8),
    TableColumn("required", "Required", "hours", 9),
    TableColumn("result", "Result", width=13),
    TableColumn("certificate", "Certificate no.", width=16),
)


def class_roster(
    title: str,
    people: Iterable[RosterRow],
    *,
    subtitle: tuple[str, ...] = (),
    header: tuple[tuple[str, str], ...] = (),
    footer: tuple[str, ...] = (),
) -> TableDocument:
    """The roster of a class as a table.

    Args:
        header: Label and value of what stands above the people: code, dates, location,
            lead instructor, provider.
    """
    return TableDocument(
        title=title,
        columns=ROSTER_COLUMNS,
        rows=tuple(people),
        subtitle=subtitle,
        header=header,
        footer=footer,
        sheet_name="Roster",
    )

"""Tables about a state roster: its rows, what the state would reject, who is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any, Final

from cit_desktop.documents.tables import TableColumn
from cit_desktop.services import names
from cit_desktop.services.rosters import RowProblem, Skipped, StateRoster
from ui import format as fmt
from ui.widgets.marks import Pill
from ui.widgets.record_table import LEFT, RIGHT, Column, Filter, RecordTable, Sort

_CHARACTER = 8  # pixels
_NARROWEST, _WIDEST = 64, 280


class Listed:
    """A source over rows that are all in memory; the place of a row is its id."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = rows

    def replace(self, rows: Sequence[Any]) -> None:
        """Hold other rows; the table is to be loaded again."""
        self._rows = rows

    def ids(self, sort: Sort | None, filter: Filter) -> Sequence[int]:
        """Every row, in the order given."""
        return range(len(self._rows))

    def rows(self, ids: Sequence[int]) -> Mapping[int, Any]:
        """Some of them."""
        return {place: self._rows[place] for place in ids}


class _RosterRows(Listed):
    def __init__(self, roster: StateRoster) -> None:
        super().__init__(roster.document.rows)
        self._keys = [column.key for column in roster.document.columns]
        self._wrong = Counter(problem.row for problem in roster.errors)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Any]:
        return {place: self._row(place) for place in ids}

    def _row(self, place: int) -> SimpleNamespace:
        values = dict(zip(self._keys, self._rows[place], strict=True))
        return SimpleNamespace(
            **values,
            row_number=place + 1,
            row_name=_name(values),
            problems=self._wrong[place + 1],
        )


def rows_table(roster: StateRoster) -> RecordTable:
    """The rows as they will be written, each with what is wrong with it."""
    first = Column("row_number", "#", text=str, align=RIGHT, width=52, soft=True, sortable=False)
    check = Column("problems", "Check", pill=_check, width=118, sortable=False)
    columns = [_column(column, roster.document.date_format) for column in roster.document.columns]
    who = Column("row_name", "Name", bold=True, width=190, sortable=False)
    made = RecordTable([first, who, check, *columns], _RosterRows(roster))
    made.setAccessibleName("Rows of the roster")
    made.reload()
    return made


def _name(values: Mapping[str, Any]) -> str:
    """Whose row it is, wherever the layout has the name."""
    if values.get("full_name"):
        return str(values["full_name"])
    return fmt.person(*(_plain(values.get(key)) for key in ("last", "first", "middle", "suffix")))


def _check(row: Any) -> Pill:
    if row.problems:
        return Pill(fmt.plural(row.problems, "problem"), "wrong", "cross")
    return Pill("Fine", "good", "check")


def _column(column: TableColumn, date_format: str) -> Column:
    width = max(_NARROWEST, min(_WIDEST, max(column.width, len(column.label) + 2) * _CHARACTER))
    return Column(
        column.key,
        f"{column.label} *" if column.required else column.label,
        text=_TEXTS.get(column.kind, _plain) if column.kind != "date" else _day(date_format),
        align=RIGHT if column.kind in ("int", "hours") else LEFT,
        width=width,
        sortable=False,
    )


def _day(date_format: str) -> Callable[[Any], str]:
    return partial(_figures, date_format)


def _figures(date_format: str, value: Any) -> str:
    return "" if value is None else names.figures(value, date_format)


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _yes_no(value: object) -> str:
    return "" if value is None else "Yes" if value else "No"


_TEXTS: Final[dict[str, Callable[[Any], str]]] = {"hours": fmt.hours, "yesno": _yes_no}


@dataclass(frozen=True)
class ProblemLine:
    """A problem as a line of the list."""

    problem: RowProblem

    @property
    def row(self) -> str:
        """Its row, or nothing where it is about the whole."""
        return str(self.problem.row) if self.problem.row else ""

    @property
    def name(self) -> str:
        """Whom it is about."""
        return self.problem.name or "The roster"

    @property
    def sentence(self) -> str:
        """What is wrong."""
        return self.problem.sentence

    @property
    def severity(self) -> str:
        """What the state would do about it."""
        return self.problem.severity


_SEVERITIES: Final = {
    "error": Pill("Rejected", "wrong", "cross"),
    "warning": Pill("Look at it", "care", "warning"),
}
_PROBLEMS = (
    Column("row", "Row", align=RIGHT, width=56, soft=True, sortable=False),
    Column("name", "Person", bold=True, width=210, sortable=False),
    Column(
        "severity",
        "Check",
        width=118,
        pill=lambda line: _SEVERITIES[line.severity],
        sortable=False,
    ),
    Column("sentence", "What is wrong", width=0, sortable=False),
)
_SKIPPED = (
    Column("name", "Person", bold=True, width=210, sortable=False),
    Column("class_code", "Class", width=140, soft=True, sortable=False),
    Column("sentence", "Why", width=0, sortable=False),
)


def problems_table(problems: Sequence[RowProblem]) -> RecordTable:
    """What the state would reject, and what to look at."""
    ordered = sorted(problems, key=lambda one: (one.severity != "error", one.row))
    lines = [ProblemLine(problem) for problem in ordered]
    made = RecordTable(_PROBLEMS, Listed(lines))
    made.setAccessibleName("Problems; Enter opens the person")
    made.reload()
    return made


def skipped_table(skipped: Sequence[Skipped]) -> RecordTable:
    """Who is not on the roster, and why."""
    made = RecordTable(_SKIPPED, Listed(skipped))
    made.setAccessibleName("People left out; Enter opens the person")
    made.reload()
    return made


def person_of(table: RecordTable, roster: StateRoster, place: int) -> int:
    """The person that a row of one of the three tables is about; 0 for nobody."""
    record = table.records.record(place)
    if isinstance(record, ProblemLine):
        return record.problem.person_id
    if isinstance(record, Skipped):
        return record.person_id
    return roster.row_people[place]

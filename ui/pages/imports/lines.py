"""One row of an import as its table shows it, whichever kind of plan the row is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from typing_extensions import override

from cit_desktop.imports import places
from cit_desktop.imports.intake import AnyPlan
from cit_desktop.imports.marked import MarkedRow, SheetPlan
from cit_desktop.imports.planned import PlannedRow
from cit_desktop.imports.returned_plan import ReturnedPlan, ReturnedRow
from cit_desktop.imports.rows import NAME_FIELDS
from cit_desktop.imports.types import Issue, SourceRow, SourceTable
from cit_desktop.text import fold
from ui import format as fmt
from ui.pages.imports import words
from ui.widgets.marks import Pill

_KNOWN = Pill("Known", "good", "check")
_NAME = ("last", "first", "middle", "suffix")
_PARTS = ("first", "last")  # which nobody goes without
_LOOK = Pill("Look", words.LOOK.tone, words.LOOK.shape)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a plan as the table shows it.

    Attributes:
        sheet: The name of its sheet where several are read.
        who: Whether the person is known, or to be looked at; None for somebody new.
    """

    row: int
    sheet: str
    line: int
    kind: Pill
    who: Pill | None
    name: str
    will: str
    agency: str = ""
    number: str = ""


class Lines:
    """The rows of one plan.

    Attributes:
        kinds: What can become of a row, in order.
        has_people: Whether agency and number of a person are told.
        rows: By their number.
        sorted_by: The columns of text that they can be sorted by.
    """

    kinds: ClassVar[Mapping[str, Pill]] = {}
    has_people: ClassVar[bool] = False
    sorted_by: ClassVar[tuple[str, ...]] = ("name", "will")

    def __init__(self, rows: Mapping[int, Any], table: SourceTable | None = None) -> None:
        self.rows = rows
        self._table = table
        self._raw = {row.row: row for row in table.rows} if table is not None else {}
        self._keys: dict[str, dict[int, Any]] = {}

    def prepare(self) -> None:
        """Find out what takes long with thousands of rows; done beside the window."""
        for key in self.sorted_by:
            self.sort_keys(key)
        self.has_numbers, self.tells_anybody, self.doubtful  # noqa: B018 - kept from here on

    def sort_keys(self, key: str) -> Mapping[int, Any]:
        """What every row is sorted by in one column; made once."""
        if key not in self._keys:
            self._keys[key] = self._make_keys(key)
        return self._keys[key]

    def _make_keys(self, key: str) -> dict[int, Any]:
        if key == "kind":
            order = {kind: place for place, kind in enumerate(self.kinds)}
            return {number: order[row.kind] for number, row in self.rows.items()}
        texts = {number: self.text(number, key) for number in self.rows}
        folded = {text: fold(text) for text in set(texts.values())}
        return {number: folded[text] for number, text in texts.items()}

    @property
    def has_sheets(self) -> bool:
        """Whether rows of several sheets stand below each other."""
        return self._table is not None and bool(self._table.sheets)

    @cached_property
    def has_numbers(self) -> bool:
        """Whether some row has the number of a person."""
        return False

    @cached_property
    def tells_anybody(self) -> bool:
        """Whether some row is about somebody who is known, or is to be looked at."""
        return any(map(self.tells_who, self.rows.values()))

    @cached_property
    def doubtful(self) -> int:
        """How many rows are to be looked at."""
        return sum(is_doubtful(row.issues) for row in self.rows.values())

    def source(self, number: int) -> SourceRow | None:
        """The row as it stands in the file, where that is known."""
        return self._raw.get(number)

    def heading(self, number: int, heading: str) -> str:
        """The column of a row's own sheet that means what a column of the list does.

        Empty where the cell cannot be told.
        """
        source, table = self.source(number), self._table
        if source is None or table is None or heading not in table.columns:
            return ""
        if heading in source.raw or not table.sheets:
            return heading
        field = table.columns[heading].field
        names = NAME_FIELDS if field in NAME_FIELDS else {field}
        found = (name for name, one in table.columns.items() if one.field in names)
        return next((name for name in found if name in source.raw), "")

    def cell(self, number: int, heading: str) -> str:
        """What stands in a cell, as somebody would type it."""
        source = self.source(number)
        return "" if source is None else words.cell(source.raw.get(heading))

    def where(self, number: int) -> str:
        """The line of a row, with its sheet where several are read: ``2019 · 14``."""
        line = str(places.line_of(number))
        return f"{self._sheet(number)} · {line}" if self.has_sheets else line

    def _sheet(self, number: int) -> str:
        table = self._table
        return table.sheets[places.sheet_of(number)] if table is not None and table.sheets else ""

    def name(self, number: int) -> str:
        """Whose row it is, or what stands in it."""
        return self.rows[number].name or words.raw_text(self.source(number))

    def text(self, number: int, key: str) -> str:
        """What one column says of a row."""
        return self.name(number) if key == "name" else self.will(self.rows[number])

    def line(self, number: int) -> Line:
        """A row as it is shown."""
        row = self.rows[number]
        look = is_doubtful(row.issues)
        return Line(
            row=number,
            sheet=self._sheet(number),
            line=places.line_of(number),
            kind=self.kinds[row.kind],
            who=_LOOK if look else None,
            name=self.name(number),
            will=self.will(row),
        )

    def tells_who(self, row: Any) -> bool:
        """Whether a row is about somebody who is known, or is to be looked at."""
        return is_doubtful(row.issues)

    def will(self, row: Any) -> str:
        """What is going to happen to a row, in a few words."""
        raise NotImplementedError


def lines_of(plan: AnyPlan) -> Lines:
    """The rows of a plan, for the table."""
    if isinstance(plan, SheetPlan):
        return MarkLines({row.row: row for row in plan.rows}, plan.table)
    if isinstance(plan, ReturnedPlan):
        return ReturnedLines(plan)
    return ListLines({row.row: row for row in plan.rows}, plan.table)


def is_doubtful(issues: tuple[Issue, ...]) -> bool:
    """Whether something about a row is wrong or doubtful."""
    return bool(issues) and any(one.severity != "note" for one in issues)


class ListLines(Lines):
    """People, a class roster, or finished classes."""

    kinds = words.KINDS
    has_people = True
    sorted_by = ("name", "agency", "number", "will")

    @cached_property
    @override
    def has_numbers(self) -> bool:
        return any(row.values.get("state_number") for row in self.rows.values())

    @override
    def name(self, number: int) -> str:
        return words.name(self.rows[number]) or words.raw_text(self.source(number))

    @override
    def heading(self, number: int, heading: str) -> str:
        """Of a name of which a part is missing: the column that is blank, as it is to be filled."""
        found = super().heading(number, heading)
        values, source, table = self.rows[number].values, self.source(number), self._table
        if source is None or table is None or found not in table.columns:
            return found
        field = table.columns[found].field
        if field not in _PARTS or not values.get(field):
            return found
        there = source.raw if table.sheets else table.columns  # a sheet has its own columns
        fields = ((name, table.columns[name].field) for name in there)
        blank = (name for name, part in fields if part in _PARTS and not values.get(part))
        return next(blank, found)

    @override
    def text(self, number: int, key: str) -> str:
        row: PlannedRow = self.rows[number]
        if key == "agency":
            return _agency(row)
        if key == "name" and row.name:  # its parts as they are: thousands are sorted at once
            return " ".join([str(row.values.get(part, "")) for part in _NAME])
        return self._number(number) if key == "number" else super().text(number, key)

    def _number(self, number: int) -> str:
        return str(self.rows[number].values.get("state_number", ""))

    @override
    def line(self, number: int) -> Line:
        row: PlannedRow = self.rows[number]
        found = super().line(number)
        return replace(
            found,
            kind=words.kind(row),
            who=found.who or (_KNOWN if _is_known(row) else None),
            agency=_agency(row),
            number=self._number(number),
        )

    @override
    def tells_who(self, row: PlannedRow) -> bool:
        return _is_known(row) or super().tells_who(row)

    @override
    def will(self, row: PlannedRow) -> str:
        return words.will(row)


def _agency(row: PlannedRow) -> str:
    """Where somebody works: as it goes by in the records, where that was decided."""
    named = row.agency.name if row.agency is not None else ""
    return named or str(row.values.get("agency", ""))


def _is_known(row: PlannedRow) -> bool:
    return row.person_id is not None or row.same_as_row is not None


class MarkLines(Lines):
    """A sign-in sheet."""

    kinds: ClassVar[Mapping[str, Pill]] = {
        "marked": Pill("Marked", "good", "full"),
        "same": words.KINDS["same"],
        "skipped": words.KINDS["skipped"],
        "problem": words.KINDS["problem"],
    }

    @override
    def will(self, row: MarkedRow) -> str:
        if row.kind in ("problem", "skipped"):
            return row.issues[0].message if row.issues else ""
        counts: dict[str, int] = {}
        for mark in row.marks:
            counts[mark.mark] = counts.get(mark.mark, 0) + 1
        said = [", ".join(f"{count} {mark}" for mark, count in counts.items())] if counts else []
        if row.kept:
            said.append(f"{fmt.plural(row.kept, 'mark')} kept")
        if row.blank:
            said.append(f"{row.blank} blank")
        return "; ".join(said) or "Nothing differs"


class ReturnedLines(Lines):
    """An edited list that came back."""

    kinds: ClassVar[Mapping[str, Pill]] = {
        "changed": words.KINDS["update"],
        "new": words.KINDS["new"],
        "conflict": Pill("Conflict", "care", "warning"),
        "error": words.KINDS["problem"],
        "same": words.KINDS["same"],
    }

    def __init__(self, plan: ReturnedPlan) -> None:
        super().__init__({row.line: row for row in plan.rows})
        there = (column for column in plan.returned.columns if column.index is not None)
        self._fields = {column.label: column.key for column in there}
        self._texts = {line.line: line.texts for line in plan.returned.lines}

    @override
    def heading(self, number: int, heading: str) -> str:
        return heading if heading in self._fields and number in self._texts else ""

    @override
    def cell(self, number: int, heading: str) -> str:
        return self._texts[number].get(self._fields[heading], "")

    @override
    def will(self, row: ReturnedRow) -> str:
        wrong = [one.message for one in row.issues if one.severity == "error"]
        if wrong:
            return wrong[0]
        if row.kind == "new":
            return "Added"
        said = []
        for edit in row.edits:
            before, after = edit.now or "blank", edit.ours or "blank"
            stays = "" if edit.side == "workbook" else " (the records stay)"
            said.append(f"{edit.label}: {before} → {after}{stays}")
        return "; ".join(said) or "Nothing differs"

"""The people whose renewal is due, each with a tick for a letter."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cit_desktop import day_words
from cit_desktop.services.renewals import Need, Renewal
from cit_desktop.text import fold
from ui import format as fmt
from ui.preferences import Preferences
from ui.widgets.marks import Pill
from ui.widgets.record_table import Column, Filter, RecordTable, Sort

NEEDS: Final[dict[Need, Pill]] = {
    "expired": Pill("Expired", "wrong", "warning"),
    "refresher due": Pill("Refresher due", "care", "half"),
    "soon": Pill("Due soon", "soft", "empty"),
}


@dataclass(frozen=True)
class Line:
    """A row: the renewal, and whether a letter is to be made."""

    renewal: Renewal
    chosen: bool

    @property
    def name(self) -> str:
        """As in a sorted list."""
        return self.renewal.name

    @property
    def agency(self) -> str:
        """Where the person works."""
        return self.renewal.agency

    @property
    def need(self) -> str:
        """What the pill says."""
        return NEEDS[self.renewal.need].text

    @property
    def due(self) -> date:
        """The day of the renewal."""
        return self.renewal.due

    @property
    def email(self) -> str:
        """Whether an address is known."""
        return "Known" if self.renewal.email else "Missing"

    @property
    def certificate(self) -> str:
        """The last certificate's number."""
        return self.renewal.certificate


def _letter(line: Line) -> Pill:
    """Whether one is to be made; where none is, what was done already."""
    if line.chosen:
        return Pill("Yes", "accent", "check")
    if line.renewal.written is not None:
        return Pill(f"Written {day_words.month_day(line.renewal.written)}", "soft", "full")
    return Pill("Enrolled" if line.renewal.enrolled else "No", "soft", "none")


COLUMNS = (
    Column("name", "Name", bold=True, width=206),
    Column("chosen", "Letter", pill=_letter, width=142, sortable=False,
           tip=lambda line: line.renewal.note),
    Column("need", "Standing", pill=lambda line: NEEDS[line.renewal.need], width=134,
           tip=lambda line: line.renewal.why),
    Column("due", "Due", text=fmt.day, width=114),
    Column("agency", "Agency", width=0, soft=True, spare=True),
    Column("email", "E-mail", width=76, soft=True, spare=True),
    Column("certificate", "Certificate", width=116, soft=True, spare=True),
)  # fmt: skip


class Lines:
    """The source of the table, kept in memory.

    Attributes:
        lines: Everybody who is due, by person, the most pressing first.
    """

    def __init__(self) -> None:
        self.lines: dict[int, Line] = {}

    def fill(self, found: Sequence[Renewal]) -> None:
        """Take new facts; what was ticked by hand stays as long as the renewal is the same."""
        before = self.lines
        self.lines = {}
        for renewal in found:
            old = before.get(renewal.person_id)
            same = old is not None and (old.renewal.due, old.renewal.note) == (
                renewal.due,
                renewal.note,
            )
            chosen = old.chosen if old is not None and same else renewal.waits
            self.lines[renewal.person_id] = Line(renewal, chosen)

    def toggle(self, person_ids: Collection[int]) -> None:
        """Tick these people, or none of them when all are ticked already."""
        wanted = not all(self.lines[key].chosen for key in person_ids)
        for key in person_ids:
            self.lines[key] = replace(self.lines[key], chosen=wanted)

    def ids(self, sort: Sort | None, filter: Filter) -> list[int]:
        """Those who fit the filter, in order."""
        words = fold(str(filter.get("text", ""))).split()
        need = filter.get("need")
        found = [
            key
            for key, line in self.lines.items()
            if (need is None or line.renewal.need == need) and _has(line.renewal, words)
        ]
        if sort is not None:
            found.sort(key=lambda key: _sortable(self.lines[key], sort.key))
            found = found[::-1] if sort.descending else found
        return found

    def rows(self, ids: Sequence[int]) -> dict[int, Line]:
        """The lines of some people."""
        return {key: self.lines[key] for key in ids if key in self.lines}


def _has(renewal: Renewal, words: Sequence[str]) -> bool:
    said = f" {fold(f'{renewal.name} {renewal.agency} {renewal.county}')}"
    return all(f" {word}" in said for word in words)


def _sortable(line: Line, key: str) -> str:
    if key == "due":
        return line.due.isoformat()
    return fold(str(getattr(line, key)))


class RenewalTable(RecordTable):
    """Space, or a click in the column Letter, ticks people on and off."""

    toggled = Signal(list)  # person ids

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        self.source = Lines()
        super().__init__(COLUMNS, self.source, preferences, "renewals", parent)
        self.setAccessibleName("People whose renewal is due")
        if not preferences.get("table/renewals/sort", []):
            due = next(n for n, column in enumerate(COLUMNS) if column.key == "due")
            self.horizontalHeader().setSortIndicator(due, Qt.SortOrder.AscendingOrder)
        self._letter = next(n for n, column in enumerate(COLUMNS) if column.key == "chosen")
        self.clicked.connect(self._clicked)

    def shown(self) -> list[Line]:
        """The lines in sight, from top to bottom."""
        records = self.records
        ids = [records.id_at(row) for row in range(records.rowCount())]
        return [self.source.lines[key] for key in ids if key in self.source.lines]

    def current_line(self) -> Line | None:
        """The line that the cursor is on."""
        key = self.current_id()
        return None if key is None else self.source.lines.get(key)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == self._letter:
            self.toggled.emit([self.records.id_at(index.row())])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.selected_ids():
            self.toggled.emit(self.selected_ids())
        else:
            super().keyPressEvent(event)

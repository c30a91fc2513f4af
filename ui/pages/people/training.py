"""What somebody was trained in: classes, hours by area and year, certificates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cit_desktop.services import certificates
from cit_desktop.services.transcript import Line, Transcript, YearOfAreas
from ui import format as fmt
from ui.pages.certificates import words as certificate_words
from ui.pages.classes.words import AREAS
from ui.pages.list_sources import ListSource
from ui.pages.people import words
from ui.preferences import Preferences
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import TextLabel
from ui.widgets.record_table import RIGHT, Column, RecordTable


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class in somebody's history."""

    id: int
    title: str
    days: str
    starts: date | None
    role: str
    minutes: int
    result: str
    status: str
    certificate: str
    work: str


CLASSES = (
    Column("title", "Class", bold=True, width=264),
    Column("starts", "Dates", text=fmt.day, width=112),
    Column("role", "Role", width=92),
    Column("minutes", "Hours", text=fmt.hours, align=RIGHT, width=64),
    Column(
        "result",
        "Result",
        width=116,
        pill=lambda line: words.result_pill(line.result, line.status),
    ),
    Column("certificate", "Certificate", width=136),
    Column("work", "Agency and title then", soft=True, width=0),
)
CERTIFICATES = (
    Column("number", "Number", bold=True, width=148),
    Column("kind", "Kind", text=certificate_words.kind, width=150),
    Column("status", "State", width=116, pill=certificate_words.status),
    Column("completed", "Completed", text=fmt.local_day, align=RIGHT, width=112),
    Column("issued", "Issued", text=fmt.local_day, align=RIGHT, width=112),
    Column("class_title", "Class", soft=True, width=0),
)
_AREAS = [key for key in AREAS if key]
HOURS = (
    Column("name", "Year", bold=True, width=132, sortable=False),
    *(
        Column(key, AREAS[key], text=fmt.hours, align=RIGHT, width=112, sortable=False)
        for key in _AREAS
    ),
    Column("other", "Other", text=fmt.hours, align=RIGHT, width=112, sortable=False),
    Column("total", "Total", text=fmt.hours, align=RIGHT, width=112, sortable=False),
    Column("blank", "", width=0, sortable=False),
)


class TableTab(QWidget):
    """A card with a table of lines at hand, and what is said while there are none.

    Args:
        newest: The column of days by which the table is in order at first, newest above.
    """

    def __init__(
        self,
        columns: tuple[Column, ...],
        name: str,
        empty: tuple[str, str, str],
        preferences: Preferences,
        parent: QWidget | None = None,
        *,
        newest: int | None = None,
    ) -> None:
        super().__init__(parent)
        self.source = ListSource()
        kept = f"person {name.lower()}"
        self.table = RecordTable(columns, self.source, preferences, kept)
        if newest is not None and not preferences.get(f"table/{kept}/sort", []):
            down = Qt.SortOrder.DescendingOrder
            self.table.horizontalHeader().setSortIndicator(newest, down)
        self.table.setAccessibleName(name)
        card = Card()
        card.body.addWidget(self.table)
        nothing = Card()
        nothing.body.addWidget(EmptyState(*empty))
        self.stack = QStackedWidget()
        self.stack.addWidget(card)
        self.stack.addWidget(nothing)
        self.foot = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.stack, 1)
        column.addLayout(self.foot)

    def show_items(self, items: list[Any]) -> None:
        """Show these lines."""
        self.source.items = items
        self.table.reload()
        self.stack.setCurrentIndex(0 if items else 1)
        if items and self.table.current_id() is None:
            self.table.choose(self.table.records.id_at(0))

    def item(self, place: int) -> Any:
        """The line of a row's id."""
        return self.source.items[place]


class TrainingTab(TableTab):
    """Every class somebody was in."""

    go = Signal(str, object)

    def __init__(self, preferences: Preferences) -> None:
        text = "Classes appear here once this person is on the roster of one."
        empty = ("classes", "In no class yet", text)
        super().__init__(CLASSES, "Training", empty, preferences, newest=1)
        self.table.opened.connect(lambda place: self.go.emit("class", self.item(place).id))

    def show_transcript(self, found: Transcript) -> None:
        """Show the classes of a person, the newest first."""
        self.show_items([class_line(line) for line in found.lines])


def class_line(line: Line) -> ClassLine:
    """A class as the table shows it."""
    return ClassLine(
        id=line.class_id,
        title=line.title,
        days=fmt.day_range(line.starts, line.ends),
        starts=line.starts,
        role=words.role(line.role),
        minutes=line.minutes,
        result=line.result,
        status=line.status,
        certificate=line.certificate,
        work=" · ".join(part for part in (line.agency, line.job_title) if part),
    )


class CertificatesTab(TableTab):
    """Every certificate somebody holds or held."""

    go = Signal(str, object)

    def __init__(self, preferences: Preferences) -> None:
        text = "Certificates are issued on the page of a class, once it is finalized."
        empty = ("certificates", "No certificates", text)
        super().__init__(CERTIFICATES, "Certificates", empty, preferences, newest=3)
        self.table.opened.connect(lambda place: self.go.emit("certificate", self.item(place).id))

    def show_transcript(self, found: Transcript) -> None:
        """Show the certificates of a person."""
        held: list[certificates.CertificateRow] = list(found.certificates)
        self.show_items(held)


@dataclass(frozen=True, slots=True)
class YearLine:
    """Minutes of a year by area."""

    name: str
    legal: int | None
    technical: int | None
    interpersonal: int | None
    skill: int | None
    other: int | None
    total: int
    blank: str = ""


class HoursTab(TableTab):
    """Credited hours by calendar year and area, and below them what was taught."""

    def __init__(self, preferences: Preferences) -> None:
        text = "Hours count here once a class with this person as a trainee is finalized."
        super().__init__(HOURS, "Hours", ("history", "No hours credited yet", text), preferences)
        self.note = TextLabel("", role="soft", wrap=True)
        self.foot.addWidget(self.note)

    def show_transcript(self, found: Transcript) -> None:
        """Show the years of a person, the newest first, and their sum."""
        lines = [_year(str(year.year), [year]) for year in found.years]
        if len(lines) > 1:
            lines.append(_year("All years", list(found.years)))
        self.show_items(list(lines))
        taught = f" Taught besides: {fmt.hours_long(found.taught)}." if found.taught else ""
        self.note.setText(f"A class counts in the year in which it was completed.{taught}")


def _year(name: str, years: list[YearOfAreas]) -> YearLine:
    sums = dict.fromkeys(_AREAS, 0)
    other = sum(year.other for year in years)
    for year in years:
        for area, minutes in year.areas:
            if area in sums:
                sums[area] += minutes
            else:
                other += minutes
    total = sum(year.total for year in years)
    areas: dict[str, Any] = {area: minutes or None for area, minutes in sums.items()}
    return YearLine(name, other=other or None, total=total, **areas)

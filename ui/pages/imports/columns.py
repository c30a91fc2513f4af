"""The second step of an import: their columns at the left, what they mean at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cit_desktop.imports.intake import Decisions
from cit_desktop.imports.types import Column, DayOrder, Doubt, SourceTable
from ui import theme
from ui.pages.imports import words
from ui.pages.imports.constants import ImportConstants
from ui.pages.imports.order import keep_order
from ui.widgets.card import Card
from ui.widgets.fields import ComboBox
from ui.widgets.label import ElidedLabel, TextLabel
from ui.widgets.pill_label import PillLabel

_FIELD, _SURE = 212, 104  # pixels; heading and samples share the rest
_STRETCH = (2, 3, 0, 0)
_ORDERS: tuple[tuple[DayOrder, str], ...] = (
    ("mdy", "Month first: 10/3 is October 3"),
    ("dmy", "Day first: 10/3 is March 10"),
)


class DayQuestion(QWidget):
    """Asks once how the days of a column are meant."""

    chosen = Signal(str)

    def __init__(self, doubt: Doubt, order: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices: dict[str, QRadioButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        column.addWidget(TextLabel(doubt.question, role="care", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(16)
        self._group = QButtonGroup(self)
        for key, text in _ORDERS:
            made = self.choices[key] = QRadioButton(text)
            made.setAccessibleName(f"{doubt.column}: {text}")
            made.setChecked(key == order)
            made.clicked.connect(lambda _on, key=key: self.chosen.emit(key))
            self._group.addButton(made)
            row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colors().care_ground)
        painter.drawRoundedRect(self.rect(), 5, 5)


class ColumnRow(QWidget):
    """One column of the file.

    Attributes:
        field_chosen: What somebody says it means; None leaves it out.
        order_chosen: How somebody says that its days are meant.
    """

    field_chosen = Signal(object)
    order_chosen = Signal(str)

    def __init__(self, column: Column, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = ElidedLabel(column.heading, bold=True)
        samples = " · ".join(column.samples) or "Nothing stands in this column"
        self.samples = ElidedLabel(samples, role="soft")
        self.field = ComboBox(words.FIELDS.items())
        self.field.setAccessibleName(f"What “{column.heading}” means")
        self.field.setMaxVisibleItems(len(words.FIELDS))
        self.sure = PillLabel()
        self.question: DayQuestion | None = None
        self._grid = _grid(self, (self.heading, self.samples, self.field, self.sure))
        self.field.activated.connect(
            lambda _place: self.field_chosen.emit(self.field.currentData())
        )

    def show_column(self, column: Column, *, chosen: bool) -> None:
        """Show what the column is taken to mean, and how sure that is."""
        self.field.choose(column.field)
        reason = (
            ""
            if chosen
            else {
                "heading": "By its heading",
                "values": "By what stands in it",
            }.get(column.reason, column.reason.capitalize())
        )
        self.sure.set_pill(words.confidence(column, chosen=chosen), reason)

    def ask(self, doubt: Doubt | None, order: str) -> None:
        """Ask how its days are meant; an answered question stays to be answered otherwise."""
        if doubt is None or self.question is not None:
            return
        self.question = DayQuestion(doubt, order)
        self.question.chosen.connect(self.order_chosen)
        self._grid.addWidget(self.question, 1, 0, 1, 4)

    def drop_question(self) -> None:
        """The column holds no days any more."""
        if self.question is not None:
            self.question.hide()
            self.question.deleteLater()
            self.question = None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colors().line)


class ImportColumns(QWidget):
    """Every column of the file, the doubtful ones first."""

    field_chosen = Signal(str, object)  # heading, field or None
    order_chosen = Signal(str, str)  # heading, order
    constant_chosen = Signal(str, str)  # field, what holds for all rows

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: dict[str, ColumnRow] = {}
        self.constants = ImportConstants()
        self.constants.chosen.connect(self.constant_chosen)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.card = Card()
        self.card.body.addWidget(self._build_head())
        self.card.body.addWidget(self.area, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.card, 1)
        column.addWidget(self.constants)

    def _build_head(self) -> QWidget:
        head = _Head()
        titles = ("Column of the file", "What stands in it", "Means", "How sure")
        _grid(head, [ElidedLabel(text, role="soft", points=theme.SMALL) for text in titles])
        return head

    def show_table(self, table: SourceTable, decided: Decisions) -> None:
        """Show the columns of another table; doubtful ones come first."""
        chosen = decided.columns
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        asked = {doubt.column for doubt in table.doubts}
        doubtful = [
            name
            for name, one in table.columns.items()
            if name in asked or words.is_doubtful(one, chosen=name in chosen)
        ]
        self.lines = {}
        for name in dict.fromkeys((*doubtful, *table.columns)):
            self._add(column, table.columns[name])
        column.addStretch(1)
        self.area.setWidget(inside)
        inside.setAutoFillBackground(False)  # the card's own ground
        self.update_table(table, decided)

    def _add(self, column: QVBoxLayout, shown: Column) -> None:
        line = self.lines[shown.heading] = ColumnRow(shown)
        name = shown.heading
        line.field_chosen.connect(lambda field: self.field_chosen.emit(name, field))
        line.order_chosen.connect(lambda order: self.order_chosen.emit(name, order))
        column.addWidget(line)

    def update_table(self, table: SourceTable, decided: Decisions) -> None:
        """Show the same columns with another meaning; nothing moves."""
        self.constants.show_table(table, decided)
        chosen, orders = decided.columns, decided.orders
        doubts = {doubt.column: doubt for doubt in table.doubts}
        for name, column in table.columns.items():
            line = self.lines[name]
            line.show_column(column, chosen=name in chosen)
            line.ask(doubts.get(name), orders.get(name, ""))
            if column.field != "completed":
                line.drop_question()
        keep_order(self, self.card, self.constants)

    def focus_first(self) -> None:
        """Go to the first question, or the first column."""
        for line in self.lines.values():
            first = line.field if line.question is None else line.question.choices["mdy"]
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            return


class _Head(QWidget):
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colors().line)


def _grid(line: QWidget, parts: Sequence[QWidget]) -> QGridLayout:
    """Stand four parts beside each other, alike in every line."""
    grid = QGridLayout(line)
    grid.setContentsMargins(16, 7, 16, 8)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    for place, (part, stretch) in enumerate(zip(parts, _STRETCH, strict=True)):
        grid.addWidget(part, 0, place)
        grid.setColumnStretch(place, stretch)
        if stretch:
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    parts[2].setFixedWidth(_FIELD)
    parts[3].setFixedWidth(_SURE)
    return grid

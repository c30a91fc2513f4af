"""What can be chosen about a paper, in a row above its pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from cit_desktop.documents.options import SHIFT_MOST, WHO, Options
from ui.widgets.fields import ComboBox, Millimeters, SpinBox
from ui.widgets.label import TextLabel


class StockItem(NamedTuple):
    """Labels or cards that can be chosen.

    Attributes:
        places: How many a sheet has.
        shift: By how many millimeters they are moved to the right and up.
    """

    id: str
    name: str
    places: int
    shift: tuple[float, float] = (0.0, 0.0)


class PaperChoices(QWidget):
    """Says each time what is chosen now.

    Args:
        takes: Names of the options that the paper has; see :class:`Options`.
        stocks: What it can be printed on, at least one.
        stock_id: The one to begin with; the first if it is not among them.
    """

    changed = Signal(object)  # Options

    def __init__(
        self,
        takes: Collection[str],
        stocks: Sequence[StockItem],
        stock_id: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._stocks = {item.id: item for item in stocks}
        self.stock = ComboBox((item.id, item.name) for item in stocks)
        if not self.stock.choose(stock_id):
            self.stock.setCurrentIndex(0)
        self.start_at = SpinBox(1)
        self.who = ComboBox(WHO.items())
        self.numbers = QCheckBox("Certificate &numbers")
        self.test = QCheckBox("Test pa&ge")
        self.right, self.up = Millimeters(SHIFT_MOST), Millimeters(SHIFT_MOST)
        self._lay_out()
        self.numbers.setVisible("numbers" in takes)
        self._take_stock()
        self.stock.currentIndexChanged.connect(self._change_stock)
        self.start_at.valueChanged.connect(self._tell)
        self.who.currentIndexChanged.connect(self._tell)
        self.numbers.toggled.connect(self._tell)
        self.test.toggled.connect(self._tell)
        self.right.valueChanged.connect(self._tell)
        self.up.valueChanged.connect(self._tell)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(8)
        column.addLayout(self._first_row())
        column.addWidget(self._second_row())

    def _first_row(self) -> QHBoxLayout:
        self.start_at.setToolTip("Labels before it are used up already")
        self.test.setToolTip("Print it on plain paper and hold it against the labels or cards")
        row = QHBoxLayout()
        row.setSpacing(8)
        _add(row, "Stoc&k", self.stock)
        _add(row, "Start &at", self.start_at)
        _add(row, "Fo&r", self.who)
        row.addWidget(self.numbers)
        row.addStretch(1)
        row.addWidget(self.test)
        return row

    def _second_row(self) -> QWidget:
        """By how much a printer is off; in sight with the test page, and once it is known."""
        self.shifts = QWidget()
        row = QHBoxLayout(self.shifts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        _add(row, "&Move right", self.right)
        _add(row, "Move &up", self.up)
        row.addWidget(TextLabel("Kept on this computer for this stock", role="soft"))
        row.addStretch(1)
        return self.shifts

    def options(self) -> Options:
        """What is chosen now."""
        stock = str(self.stock.currentData())
        right, up = self.right.value(), self.up.value()
        if self.test.isChecked():
            return Options(stock, test=True, right=right, up=up)
        who, numbers = self.who.currentData(), self.numbers.isChecked()
        return Options(stock, self.start_at.value(), who, numbers, right=right, up=up)

    def _change_stock(self) -> None:
        self._take_stock()
        self._tell()

    def _take_stock(self) -> None:
        """Another stock has other places, and its own shift; all that is told once."""
        item = self._stocks[self.stock.currentData()]
        for field in (self.start_at, self.right, self.up):
            field.blockSignals(True)
        self.start_at.setMaximum(item.places)
        self.right.setValue(item.shift[0])
        self.up.setValue(item.shift[1])
        for field in (self.start_at, self.right, self.up):
            field.blockSignals(False)
        self._show_shifts()

    def _show_shifts(self) -> None:
        moved = bool(self.right.value() or self.up.value())
        self.shifts.setVisible(self.test.isChecked() or moved)

    def _tell(self) -> None:
        for field in (self.start_at, self.who, self.numbers):
            field.setEnabled(not self.test.isChecked())
        item = self._stocks[self.stock.currentData()]
        shift = (self.right.value(), self.up.value())
        self._stocks[item.id] = item._replace(shift=shift)
        self._show_shifts()
        self.changed.emit(self.options())


def _add(row: QHBoxLayout, text: str, field: QWidget) -> None:
    label = TextLabel(text, role="soft")
    label.setBuddy(field)
    field.setAccessibleName(text.replace("&", ""))
    row.addWidget(label)
    row.addWidget(field)
    row.addSpacing(8)

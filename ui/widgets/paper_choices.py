"""What can be chosen about a paper, in a row above its pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from cit_desktop.paper_options import WHO, Options
from ui.widgets.fields import ComboBox, SpinBox
from ui.widgets.label import TextLabel


class StockItem(NamedTuple):
    """Labels or cards that can be chosen, and how many a sheet has."""

    id: str
    name: str
    places: int


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
        self._places = {item.id: item.places for item in stocks}
        self.stock = ComboBox((item.id, item.name) for item in stocks)
        if not self.stock.choose(stock_id):
            self.stock.setCurrentIndex(0)
        self.start_at = SpinBox(1, self._places[self.stock.currentData()])
        self.who = ComboBox(WHO.items())
        self.numbers = QCheckBox("Certificate &numbers")
        self.test = QCheckBox("Test pa&ge")
        self._lay_out()
        self.numbers.setVisible("numbers" in takes)
        self.stock.currentIndexChanged.connect(self._count_places)
        self.start_at.valueChanged.connect(self._tell)
        self.who.currentIndexChanged.connect(self._tell)
        self.numbers.toggled.connect(self._tell)
        self.test.toggled.connect(self._tell)

    def _lay_out(self) -> None:
        self.start_at.setToolTip("Labels before it are used up already")
        self.test.setToolTip("Print it on plain paper and hold it against the labels or cards")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 8)
        row.setSpacing(8)
        named = ((self.stock, "Stoc&k"), (self.start_at, "Start &at"), (self.who, "Fo&r"))
        for field, text in named:
            label = TextLabel(text, role="soft")
            label.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            row.addWidget(label)
            row.addWidget(field)
            row.addSpacing(8)
        row.addWidget(self.numbers)
        row.addStretch(1)
        row.addWidget(self.test)

    def options(self) -> Options:
        """What is chosen now."""
        stock = str(self.stock.currentData())
        if self.test.isChecked():
            return Options(stock, test=True)
        return Options(
            stock,
            self.start_at.value(),
            self.who.currentData(),
            self.numbers.isChecked(),
        )

    def _count_places(self) -> None:
        """Another stock has other places; it is told once."""
        self.start_at.blockSignals(True)
        self.start_at.setMaximum(self._places[self.stock.currentData()])
        self.start_at.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        for field in (self.start_at, self.who, self.numbers):
            field.setEnabled(not self.test.isChecked())
        self.changed.emit(self.options())

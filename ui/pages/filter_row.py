"""A row of chips under the line of words: together they say what a list is narrowed to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.pages.filter_chip import FilterChip
from ui.widgets.button import button

_TYPED_MS = 200


class FilterRow(QWidget):
    """Tells when the words, after a short pause, or a chip changed.

    Args:
        words: The line to type in; it stands where the page puts it.
    """

    changed = Signal()

    def __init__(
        self, words: QLineEdit, chips: Sequence[FilterChip], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.words = words
        self.chips = tuple(chips)
        self.clear_link = button("C&lear filters", self.clear, kind="link")
        self.clear_link.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 10)
        row.setSpacing(8)
        for chip in self.chips:
            row.addWidget(chip)
            chip.changed.connect(self.tell)
        row.addWidget(self.clear_link)
        row.addStretch(1)
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._typed.timeout.connect(self.tell)
        words.textChanged.connect(lambda _text: self._typed.start())

    def text(self) -> str:
        """The words."""
        return self.words.text().strip()

    def hiding(self) -> list[str]:
        """The filters in force, in words."""
        found = [f"the words “{self.text()}”"] if self.text() else []
        for chip in self.chips:
            if chip.value is not None:
                plain = chip.value in (True, False)
                name = "filter" if plain else chip.name.lower()
                found.append(f"the {name} “{chip.shown}”")
        return found

    def clear(self) -> None:
        """Show everything again."""
        self.reset()
        self.tell()

    def reset(self) -> None:
        """Take every filter away without telling."""
        self.words.clear()
        for chip in self.chips:
            chip.set_value(None)

    def tell(self) -> None:
        """Say at once that something changed."""
        self._typed.stop()
        self.clear_link.setVisible(any(chip.value is not None for chip in self.chips))
        self.changed.emit()

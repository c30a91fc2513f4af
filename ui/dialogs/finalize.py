"""Says what keeps a class from being finalized, or what finalizing will do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui import format as fmt
from ui import icons, theme
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import TextLabel

_LOCKED = (
    "Marks, hours and the roster are locked then; reopening asks for a reason. "
    "Certificates are issued in the next step."
)
_BLANK = "Blank is not present. Enter on a line goes to the place."

_WIDTH = 520
_BESIDE = 110  # margins, icon and scroll bar


@dataclass(frozen=True)
class Hindrance:
    """A line of the list: what it says, and where it is mended."""

    text: str
    enrollment_id: int | None = None
    block_id: int | None = None
    blocking: bool = True
    kind: str = ""


class _Lines(QListWidget):
    """Enter and a click open a line."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self._calm()
        self.setSpacing(2)
        self.setIconSize(self.iconSize().scaled(16, 16, Qt.AspectRatioMode.IgnoreAspectRatio))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda item: self.opened.emit(self.row(item)))

    def _calm(self) -> None:
        """The chosen line is marked as in the tables."""
        palette, roles = self.palette(), theme.colors()
        palette.setColor(QPalette.ColorRole.Highlight, roles.accent_ground)
        palette.setColor(QPalette.ColorRole.HighlightedText, roles.text)
        self.setPalette(palette)

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        if e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.opened.emit(self.currentRow())
        else:
            super().keyPressEvent(e)


class FinalizeDialog(QDialog):
    """Lists hindrances, each of which leads to its place, or asks to go ahead."""

    confirmed = Signal()
    jumped = Signal(object)  # Hindrance

    def __init__(
        self,
        title: str,
        hindrances: Sequence[Hindrance],
        completed: int,
        partial: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Finalize class")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._hindrances = tuple(hindrances)
        self.possible = not any(found.blocking for found in hindrances)
        self.heading = TextLabel(title, points=12, bold=True, wrap=True)
        self.text = TextLabel(self._words(completed, partial), role="soft", wrap=True)
        self.lines = _Lines()
        self.lines.setAccessibleName("What is still to be done")
        self.lines.opened.connect(self._jump)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.text)
        if self._hindrances:
            column.addWidget(self._build_lines(), 1)
        column.addSpacing(8)
        column.addLayout(self._build_buttons())

    def _words(self, completed: int, partial: int) -> str:
        if not self.possible:
            return f"Fix these first. {_BLANK}"
        done = fmt.plural(completed, "person completes", "people complete")
        part = fmt.plural(partial, "attends", "attend")
        rest = f"; {part} in part" if partial else ""
        return f"{done} the class{rest}. {_LOCKED}"

    def _build_lines(self) -> QWidget:
        for found in self._hindrances:
            self.lines.addItem(found.text)
            item = self.lines.item(self.lines.count() - 1)
            item.setIcon(icons.icon("wrong" if found.blocking else "warning", "care"))
        self.lines.setCurrentRow(0)
        card = Card(margin=6)
        card.body.addWidget(self.lines)
        card.setFixedHeight(min(320, 24 + sum(map(self._height, self._hindrances))))
        return card

    def _height(self, found: Hindrance) -> int:
        """What a line takes up; a long one is broken."""
        flags = Qt.TextFlag.TextWordWrap
        room = QRect(0, 0, _WIDTH - _BESIDE, 1000)
        return self.lines.fontMetrics().boundingRect(room, flags, found.text).height() + 12

    def _build_buttons(self) -> QHBoxLayout:
        self.finalize = button("&Finalize class", self.accept, kind="primary")
        self.cancel = button("Cancel" if self.possible else "C&lose", self.reject)
        if not self.possible:
            self.finalize.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.finalize)
        if self.possible:
            self.finalize.setDefault(True)
            self.accepted.connect(self.confirmed)
        return row

    def _jump(self, row: int) -> None:
        found = self._hindrances[row]
        self.reject()
        self.jumped.emit(found)


__all__ = ["FinalizeDialog", "Hindrance"]

"""The pane beside the rows of an import: headings, paragraphs, and values old → new."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui import icons, theme
from ui.pages.imports.order import keep_order
from ui.widgets.label import TextLabel
from ui.widgets.pill_label import PillLabel

_BREAK = "\u200b"


class _Arrow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(16, 18)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), "forward", QRectF(2, 3, 12, 12), theme.colors().soft)


class ImportPane(QScrollArea):
    """Is filled from top to bottom, anew for each row: ``begin``, the parts, ``end``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # arrows scroll it
        self.setProperty("pane", True)  # the frame shows the focus
        self.begin()

    def texts(self) -> list[str]:
        """All that is said here, from top to bottom."""
        inside = self.widget()
        found = inside.findChildren(QWidget) if inside is not None else []
        return [
            part.text().replace(_BREAK, "") if isinstance(part, TextLabel) else part.pill.text
            for part in found
            if isinstance(part, (TextLabel, PillLabel))
        ]

    def begin(self) -> None:
        """Start with nothing."""
        self._inside = QWidget()
        self.parts = QVBoxLayout(self._inside)
        self.parts.setContentsMargins(14, 12, 14, 12)
        self.parts.setSpacing(6)

    def end(self) -> None:
        """Show what was added."""
        self.parts.addStretch(1)
        self.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)  # the card's own ground
        keep_order(self, self._inside)

    def head(self, title: str, below: str) -> None:
        """What this is about."""
        self.parts.addWidget(TextLabel(title, points=12, bold=True, wrap=True))
        if below:
            self.parts.addWidget(TextLabel(below, role="soft", wrap=True))
        self.parts.addSpacing(4)

    def section(self, title: str) -> None:
        """A small heading."""
        self.parts.addSpacing(8)
        self.parts.addWidget(TextLabel(title, role="soft", points=theme.SMALL))

    def paragraph(self, text: str, *, role: str = "text", bold: bool = False) -> None:
        """A sentence that can be copied."""
        made = TextLabel(text, role="soft" if role == "soft" else "text", bold=bold, wrap=True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.parts.addWidget(made)

    def values(
        self, title: str, values: Iterable[tuple[str, str, str]], *, kept: bool = False
    ) -> None:
        """Values by label: label, before, after; ``kept``: what was before stays."""
        self.section(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for label, before, after in values:
            line = grid.rowCount()
            name = TextLabel(label, role="soft")
            name.setMinimumWidth(80)
            grid.addWidget(name, line, 0, top)
            if before:
                grid.addWidget(_value(before, soft=not kept), line, 1, 1, 2)
                grid.addWidget(_Arrow(), line + 1, 1, top)
                grid.addWidget(_value(after or "blank", soft=kept), line + 1, 2)
            else:
                grid.addWidget(_value(after), line, 1, 1, 2)
        self.parts.addLayout(grid)


def _value(text: str, *, soft: bool = False) -> TextLabel:
    made = TextLabel(_breakable(text), wrap=True, role="soft" if soft else "text")
    made.setAccessibleName(text)
    return made


def _breakable(text: str) -> str:
    """The text with places where a long address may go on in the next line."""
    return text.replace("@", f"{_BREAK}@").replace(".", f".{_BREAK}") if "@" in text else text

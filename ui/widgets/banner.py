"""A line that says what needs doing, with the link that does it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from ui import icons, theme
from ui.widgets.button import button, icon_button
from ui.widgets.label import TextLabel

Tone = Literal["info", "good", "care", "wrong"]
_ICONS = {"info": "info", "good": "done", "care": "warning", "wrong": "wrong"}
_COLORS = {
    "info": ("accent", "accent_ground"),
    "good": ("good", "good_ground"),
    "care": ("care", "care_ground"),
    "wrong": ("wrong", "wrong_ground"),
}


class Banner(QWidget):
    """Hidden until it has something to say; ``gap`` pixels under it go with it."""

    acted = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None, *, gap: int = 0) -> None:
        super().__init__(parent)
        self._gap = gap
        self.tone: Tone = "info"
        self.label = TextLabel(wrap=True)
        self.link = button("", self.acted.emit, kind="link")
        self.close_button = icon_button("close", "Dismiss", self._dismiss, size=12)
        row = QHBoxLayout(self)
        row.setContentsMargins(36, 5, 8, 5 + gap)
        row.setSpacing(12)
        row.addWidget(self.label, 1)
        row.addWidget(self.link)
        row.addWidget(self.close_button)
        self.setMinimumHeight(32 + gap)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(
        self,
        text: str,
        tone: Tone = "care",
        *,
        link: str = "",
        closable: bool = False,
        seconds: float = 0,
    ) -> None:
        """Show a sentence; ``seconds`` hides it again, 0 keeps it."""
        self.tone = tone
        self.label.setText(text)
        self.label.set_role(_COLORS[tone][0])  # type: ignore[arg-type]
        self.link.setText(link)
        self.link.setProperty("tone", tone)
        self.link.style().unpolish(self.link)
        self.link.style().polish(self.link)
        self.link.setVisible(bool(link))
        self.close_button.setVisible(closable)
        self.setAccessibleName(text)
        self.show()
        self.update()
        if seconds:
            self._timer.start(round(seconds * 1000))
        else:
            self._timer.stop()

    def clear(self) -> None:
        """Hide it."""
        self._timer.stop()
        self.hide()

    def _dismiss(self) -> None:
        self.clear()
        self.dismissed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        color, ground = (theme.colors().role(name) for name in _COLORS[self.tone])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(color if ground == theme.colors().surface else ground)
        painter.setBrush(ground)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5 - self._gap)
        painter.drawRoundedRect(box, 5, 5)
        middle = QRectF(11, box.center().y() - 8, 16, 16)
        icons.draw(painter, _ICONS[self.tone], middle, color)


class UndoBanner(Banner):
    """Says what was just done and offers to undo it; goes away by itself."""

    undo = Signal()

    def __init__(self, parent: QWidget | None = None, *, gap: int = 0, seconds: float = 12) -> None:
        super().__init__(parent, gap=gap)
        self._seconds = seconds
        self.acted.connect(self._undo)

    def done(self, text: str) -> None:
        """Show what was done, for example "Carter, Andrew was archived."."""
        self.say(text, "info", link="Undo", closable=True, seconds=self._seconds)

    def _undo(self) -> None:
        self.clear()
        self.undo.emit()

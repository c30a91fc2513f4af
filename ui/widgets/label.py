"""Labels that show text as it is: a name such as ``<b>`` stays a name."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QToolTip, QWidget
from typing_extensions import override

from ui import theme

LabelRole = Literal["text", "soft", "good", "care", "wrong", "accent"]


class TextLabel(QLabel):
    """Plain text in one of the theme's roles."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        role: LabelRole = "text",
        points: float = theme.BODY,
        bold: bool = False,
        wrap: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setFont(theme.font(points, bold=bold))
        self.setWordWrap(wrap)
        self.setText(text)

    def set_role(self, role: LabelRole) -> None:
        """Change the color."""
        self.setProperty("role", role)
        self.style().unpolish(self)
        self.style().polish(self)


class ElidedLabel(TextLabel):
    """One line that ends in "…" when it does not fit; the tooltip has the whole."""

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(
            min(hint.width(), self.fontMetrics().horizontalAdvance("x" * 6)), hint.height()
        )

    def is_elided(self) -> bool:
        """Whether part of the text is not visible."""
        width = self.fontMetrics().horizontalAdvance(self.text())
        return width > self.contentsRect().width()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        role = str(self.property("role"))
        painter.setPen(theme.colors().role(role) if self.isEnabled() else theme.colors().soft)
        rect: QRect = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(self.alignment()) | Qt.TextFlag.TextSingleLine, text)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            if self.is_elided():
                QToolTip.showText(event.globalPos(), plain_tip(self.text()), self)
            return True
        return super().event(event)


def plain_tip(text: str) -> str:
    """A tooltip text that Qt cannot take for markup."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    return f"<span>{escaped}</span>" if text else ""

"""A color in a form: typed, or chosen from the system's dialog."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QColorDialog, QDialog, QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from ui import theme
from ui.widgets.button import button


class Swatch(QWidget):
    """A small square of a color; empty while the text is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.color = QColor()
        self.setFixedSize(26, 26)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colors().soft)
        painter.setBrush(self.color if self.color.isValid() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


class ColorField(QWidget):
    """A color as ``#RRGGBB``, with how it looks and a button to choose one."""

    edited = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.line = QLineEdit(maxLength=9)
        self.line.setFixedWidth(104)
        self.line.setAccessibleName(f"{name}, as #RRGGBB")
        self.swatch = Swatch()
        self.choose = button("Choose…", self._choose)
        self.choose.setAccessibleName(f"Choose {name.lower()}")
        self.dialog: QColorDialog | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.line, self.swatch, self.choose):
            row.addWidget(part)
        row.addStretch(1)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._paint)
        self.line.textEdited.connect(lambda _text: self.edited.emit())

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Show a color."""
        self.line.setText(text)

    def _paint(self, text: str) -> None:
        self.swatch.color = QColor(text.strip()) if text.strip().startswith("#") else QColor()
        self.swatch.update()

    def _choose(self) -> None:
        self.dialog = QColorDialog(self.swatch.color, self)
        self.dialog.setWindowTitle(self._name)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.colorSelected.connect(self._chosen)
        QDialog.open(self.dialog)

    def _chosen(self, color: QColor) -> None:
        self.set_text(color.name().upper())
        self.edited.emit()

"""A logo or signature in the settings: shown, chosen from a file, taken away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.widgets.button import button

_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
MOST = 5 * 1024 * 1024 + 1  # one more than is taken, so that the refusal is the service's


class Picture(QWidget):
    """A frame with a picture on white, as it will be printed."""

    def __init__(self, name: str, size: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFixedSize(size)
        self.pixmap = QPixmap()

    def show_data(self, data: bytes) -> None:
        """Show a picture; empty data shows none."""
        self.pixmap = QPixmap()
        if data:
            self.pixmap.loadFromData(data)
        self.setAccessibleDescription("" if self.pixmap.isNull() else "A picture is chosen")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        roles = theme.colors()
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.pixmap.isNull():
            painter.setPen(QPen(roles.soft, 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(roles.soft)
            painter.setFont(theme.font(theme.SMALL))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "None")
            return
        painter.setPen(roles.line)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(box, 4, 4)
        inner = self.size() - QSize(10, 10)
        size = self.pixmap.size().scaled(inner, Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        painter.drawPixmap(
            QRectF(left, top, size.width(), size.height()),
            self.pixmap,
            QRectF(self.pixmap.rect()),
        )


class PictureField(QWidget):
    """A picture with the buttons that choose and remove it."""

    picked = Signal(Path)
    removed = Signal()

    def __init__(self, name: str, size: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.picture = Picture(name, size)
        self.choose = button("Choose…", self._choose)
        self.choose.setAccessibleName(f"Choose {name}")
        self.remove = button("Remove", self.removed.emit, kind="quiet")
        self.remove.setAccessibleName(f"Remove {name}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.picture, self.choose, self.remove):
            row.addWidget(part)
        row.addStretch(1)
        self.show_data(b"")

    def show_data(self, data: bytes) -> None:
        """Show a picture; empty data shows none."""
        self.picture.show_data(data)
        self.remove.setVisible(bool(data))

    def _choose(self) -> None:
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        start = QStandardPaths.writableLocation(pictures)
        dialog = QFileDialog(self, f"Choose {self._name}", start)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("Pictures (*.png *.jpg *.jpeg)")
        dialog.fileSelected.connect(lambda name: self.picked.emit(Path(name)))
        QDialog.open(dialog)


def media_type(path: Path) -> str:
    """What a picture is taken for by the end of its name."""
    return _TYPES.get(path.suffix.lower(), "")

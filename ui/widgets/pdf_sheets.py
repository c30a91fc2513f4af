"""The pages of a PDF under each other, as they will look on paper."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from typing_extensions import override

from ui import theme
from ui.widgets.pdf_pages import PdfPages

STEP = 1.25
_GAP = 16
_ZOOM = (0.1, 6.0)


class PdfSheets(QAbstractScrollArea):
    """The pages under each other; only those in sight are drawn.

    Attributes:
        mark: A word across each page, such as "Draft"; it is never printed.
    """

    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages: PdfPages | None = None
        self.zoom = 1.0  # pixels a point
        self.fits = True
        self.mark = ""
        self._shown = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._moved())

    def show_pages(self, pages: PdfPages | None) -> None:
        """Show a document from its first page, a whole page in sight."""
        self.pages = pages
        self.fits = True
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.page_changed.emit(0)

    def set_zoom(self, zoom: float) -> None:
        """Pixels a point; the current page stays in sight."""
        self.fits = False
        self.zoom = max(_ZOOM[0], min(_ZOOM[1], zoom))
        page = self.current_page()
        self._lay_out()
        self.go_to(page)

    def fit(self) -> None:
        """A whole page in sight."""
        page = self.current_page()
        self.fits = True
        self._lay_out()
        self.go_to(page)

    def _sizes(self) -> list[QSizeF]:
        return self.pages.sizes if self.pages is not None else []

    def _lay_out(self) -> None:
        sizes = self._sizes()
        room = self.viewport().size()
        if self.fits and sizes:
            widest = max(size.width() for size in sizes)
            highest = max(size.height() for size in sizes)
            across = (room.width() - 2 * _GAP) / widest
            down = (room.height() - 2 * _GAP) / highest
            self.zoom = max(_ZOOM[0], min(across, down))
        high = sum(size.height() * self.zoom + _GAP for size in sizes) + _GAP
        wide = max((size.width() * self.zoom for size in sizes), default=0) + 2 * _GAP
        for bar, whole, part in (
            (self.verticalScrollBar(), high, room.height()),
            (self.horizontalScrollBar(), wide, room.width()),
        ):
            bar.setRange(0, max(0, round(whole) - part))
            bar.setPageStep(part)
            bar.setSingleStep(40)
        self.viewport().update()

    def _top(self, number: int) -> float:
        above = self._sizes()[:number]
        return _GAP + sum(size.height() * self.zoom + _GAP for size in above)

    def current_page(self) -> int:
        """The page that fills most of the view."""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        count = len(self._sizes())
        return next((n for n in range(count) if self._top(n + 1) > middle), max(0, count - 1))

    def go_to(self, number: int) -> None:
        """Bring a page in sight."""
        if 0 <= number < len(self._sizes()):
            self.verticalScrollBar().setValue(round(self._top(number) - _GAP))

    def _moved(self) -> None:
        self.viewport().update()
        page = self.current_page()
        if page != self._shown:
            self._shown = page
            self.page_changed.emit(page)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus zoom, Page Up and Down turn pages, Home and End go to the ends."""
        page, last = self.current_page(), len(self._sizes()) - 1
        steps = {
            Qt.Key.Key_PageDown: min(page + 1, last),
            Qt.Key.Key_PageUp: max(page - 1, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.set_zoom(self.zoom * (STEP if key == Qt.Key.Key_Plus else 1 / STEP))
        elif key in steps:
            self.go_to(steps[key])
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, e: QWheelEvent) -> None:
        if e.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * (STEP if e.angleDelta().y() > 0 else 1 / STEP))
        else:
            super().wheelEvent(e)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colors().background)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ratio = self.devicePixelRatioF()
        view = QRectF(self.viewport().rect())
        for number, size in enumerate(self._sizes()):
            sheet = self._sheet(number, size)
            if self.pages is not None and sheet.intersects(view):
                image = self.pages.image(number, self.zoom * ratio)
                image.setDevicePixelRatio(ratio)
                painter.drawImage(sheet.topLeft(), image)
                painter.setPen(theme.colors().line)
                painter.drawRect(sheet.adjusted(-0.5, -0.5, 0.5, 0.5))
                if self.mark:
                    self._draw_mark(painter, sheet)

    def _draw_mark(self, painter: QPainter, sheet: QRectF) -> None:
        """The same on light and dark ground: paper is white in both."""
        painter.save()
        painter.translate(sheet.center())
        painter.rotate(-24)
        made = QFont(theme.font(bold=True))
        across = 1.1 * sheet.width() / len(self.mark)
        made.setPixelSize(max(12, round(min(sheet.height() / 4, across))))
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 112)
        painter.setFont(made)
        color = QColor(theme.LIGHT.wrong)
        color.setAlphaF(0.16)
        painter.setPen(color)
        box = QRectF(sheet)
        box.moveCenter(QPointF(0, 0))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, self.mark)
        painter.restore()

    def _sheet(self, number: int, size: QSizeF) -> QRectF:
        wide = size.width() * self.zoom
        left = max(_GAP, (self.viewport().width() - wide) / 2) - self.horizontalScrollBar().value()
        top = self._top(number) - self.verticalScrollBar().value()
        return QRectF(round(left), round(top), wide, size.height() * self.zoom)

"""A PDF as it will look on paper, with zoom and printing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui import format as fmt
from ui import theme
from ui.widgets.button import button, icon_button
from ui.widgets.label import TextLabel
from ui.widgets.pdf_pages import PdfPages

_GAP = 16
_PRINT_DPI = 300
_STEP = 1.25
_ZOOM = (0.1, 6.0)


class PdfSheets(QAbstractScrollArea):
    """The pages under each other; only those in sight are drawn."""

    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages: PdfPages | None = None
        self.zoom = 1.0  # pixels a point
        self.fits = True
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
    def wheelEvent(self, e: QWheelEvent) -> None:
        if e.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * (_STEP if e.angleDelta().y() > 0 else 1 / _STEP))
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

    def _sheet(self, number: int, size: QSizeF) -> QRectF:
        wide = size.width() * self.zoom
        left = max(_GAP, (self.viewport().width() - wide) / 2) - self.horizontalScrollBar().value()
        top = self._top(number) - self.verticalScrollBar().value()
        return QRectF(round(left), round(top), wide, size.height() * self.zoom)


class PdfPreview(QWidget):
    """Sheets with a bar: page n of m, zoom, print.

    Attributes:
        printed: How many pages were handed to the printer.
    """

    printed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = "Document"
        self.sheets = PdfSheets()
        self.place = TextLabel("", role="soft")
        self.previous = icon_button("up", "Page before", lambda: self._step(-1))
        self.next = icon_button("down", "Next page", lambda: self._step(1))
        self.smaller = icon_button("minus", "Smaller", lambda: self._zoom(1 / _STEP))
        self.larger = icon_button("plus", "Larger", lambda: self._zoom(_STEP))
        self.whole = button("Whole page", self.sheets.fit, kind="quiet")
        self.print_button = button("&Print…", self.ask_printer, icon="print")
        self.bar = QHBoxLayout()
        self.bar.setContentsMargins(12, 8, 12, 8)
        self.bar.setSpacing(6)
        for part in (self.previous, self.next, self.place):
            self.bar.addWidget(part)
        self.bar.addStretch(1)
        for part in (self.smaller, self.larger, self.whole, self.print_button):
            self.bar.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.bar)
        column.addWidget(self.sheets, 1)
        self.sheets.page_changed.connect(lambda _number: self._say_place())
        self.setFocusProxy(self.sheets)
        self._say_place()

    def load(self, source: bytes | Path, title: str = "Document") -> None:
        """Show a PDF from memory or from a file.

        Raises:
            FileProblem: It is no PDF that can be shown.
        """
        pages = PdfPages(source)
        self.clear()
        self.title = title
        self.sheets.show_pages(pages)
        self._say_place()

    def clear(self) -> None:
        """Show nothing and let go of the file."""
        if self.sheets.pages is not None:
            self.sheets.pages.close()
        self.sheets.show_pages(None)
        self._say_place()

    def _say_place(self) -> None:
        count = len(self.sheets.pages.sizes) if self.sheets.pages is not None else 0
        here = self.sheets.current_page() + 1
        self.place.setText(f"Page {fmt.count(here)} of {fmt.count(count)}" if count else "")
        for part in (self.previous, self.next, self.smaller, self.larger, self.whole):
            part.setEnabled(count > 0)
        self.print_button.setEnabled(count > 0)

    def _step(self, pages: int) -> None:
        self.sheets.go_to(self.sheets.current_page() + pages)

    def _zoom(self, factor: float) -> None:
        self.sheets.set_zoom(self.sheets.zoom * factor)

    def ask_printer(self) -> None:
        """Ask for a printer, then print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.title)
        if self.sheets.pages is not None:
            fit_paper(printer, self.sheets.pages.sizes[0])
        self.dialog = QPrintDialog(printer, self)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(self.dialog)  # QPrintDialog's own wants an old-style slot

    def print_on(self, printer: QPrinter) -> None:
        """Print every page, or the range that the printer was asked for."""
        pages = self.sheets.pages
        if pages is None:
            return
        first = max(1, printer.fromPage()) - 1
        last = min(pages.count(), printer.toPage() or pages.count())
        printer.setFullPage(True)
        painter = QPainter(printer)
        for number in range(first, last):
            if number > first:
                printer.newPage()
            _print_page(painter, printer, pages, number)
        painter.end()
        self.printed.emit(last - first)


def fit_paper(printer: QPrinter, size: QSizeF) -> None:
    """Offer the paper that a document was made for, in points, lying or standing."""
    upright = QSizeF(min(size.width(), size.height()), max(size.width(), size.height()))
    fuzzy = QPageSize.SizeMatchPolicy.FuzzyMatch
    printer.setPageSize(QPageSize(upright, QPageSize.Unit.Point, "", fuzzy))
    lying = size.width() > size.height()
    way = QPageLayout.Orientation
    printer.setPageOrientation(way.Landscape if lying else way.Portrait)


def _print_page(painter: QPainter, printer: QPrinter, pages: PdfPages, number: int) -> None:
    size = pages.sizes[number]
    image = pages.render(number, _PRINT_DPI / 72)
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    unit = printer.resolution() / 72
    wanted = QRectF(0, 0, size.width() * unit, size.height() * unit)
    shrink = min(1.0, paper.width() / wanted.width(), paper.height() / wanted.height())
    wanted.setSize(QSizeF(wanted.width() * shrink, wanted.height() * shrink))
    wanted.moveCenter(QRectF(0, 0, paper.width(), paper.height()).center())
    painter.drawImage(wanted, image)

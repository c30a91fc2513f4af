"""Printing the pages of a PDF: which ones, and one after the other beside other work."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, QSizeF, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QTransform
from PySide6.QtPrintSupport import QPrinter

from cit_desktop.errors import FileProblem
from ui.widgets.pdf_pages import PdfPages

DPI = 300


class Printing(QObject):
    """Hands pages to a printer, one a turn of the event loop, so that one can stop it.

    Exactly one of ``done``, ``failed`` and ``cancelled`` comes, then ``finished``.
    """

    progressed = Signal(int, int)
    done = Signal(list)  # the pages on paper, from 0, each once
    failed = Signal(object)  # FileProblem
    cancelled = Signal()
    finished = Signal()

    def __init__(
        self, pages: PdfPages, printer: QPrinter, current: int = 0, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.pages = pages
        self._printer = printer
        self._numbers = wanted_pages(printer, pages.count(), current)
        self._sheets = copies(printer, self._numbers)
        self._at = 0
        self._painter = QPainter()
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._next)

    def start(self) -> None:
        """Begin; a printer that does not answer is told as ``failed``."""
        self._printer.setFullPage(True)
        if self._sheets and self._painter.begin(self._printer):
            self._painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
            self._turn.start()
            return
        self.failed.emit(
            FileProblem(
                "Nothing was printed: the printer did not take the document.",
                "Check that it is switched on, or that the file to print to can be written.",
            )
        )
        self.finished.emit()

    def cancel(self) -> None:
        """Stop; what the printer has already may still come out."""
        if self._turn.isActive():
            self._turn.stop()
            self._printer.abort()
            self._painter.end()
            self.cancelled.emit()
            self.finished.emit()

    def _next(self) -> None:
        if self._at:
            self._printer.newPage()
        print_page(self._painter, self._printer, self.pages, self._sheets[self._at])
        self._at += 1
        self.progressed.emit(self._at, len(self._sheets))
        if self._at == len(self._sheets):
            self._turn.stop()
            self._painter.end()
            self.done.emit(sorted(set(self._numbers)))
            self.finished.emit()


def wanted_pages(printer: QPrinter, count: int, current: int = 0) -> list[int]:
    """The pages asked for, from 0, in the order in which they print."""
    ranges = printer.pageRanges()
    if printer.printRange() == QPrinter.PrintRange.CurrentPage:
        numbers = [current]
    elif ranges.isEmpty():
        numbers = list(range(count))
    else:
        numbers = [number for number in range(count) if ranges.contains(number + 1)]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        numbers.reverse()
    return numbers


def copies(printer: QPrinter, numbers: list[int]) -> list[int]:
    """The sheets to hand over: each page once where the printer itself makes the copies."""
    times = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    if printer.collateCopies():
        return numbers * times
    return [number for number in numbers for _ in range(times)]


def fit_paper(printer: QPrinter, size: QSizeF) -> None:
    """Offer the paper that a document was made for, in points, lying or standing."""
    upright = QSizeF(min(size.width(), size.height()), max(size.width(), size.height()))
    fuzzy = QPageSize.SizeMatchPolicy.FuzzyMatch
    printer.setPageSize(QPageSize(upright, QPageSize.Unit.Point, "", fuzzy))
    lying = size.width() > size.height()
    way = QPageLayout.Orientation
    printer.setPageOrientation(way.Landscape if lying else way.Portrait)


def print_page(painter: QPainter, printer: QPrinter, pages: PdfPages, number: int) -> None:
    """Draw a page in its own size in the middle of the paper, smaller where it must be.

    Where one lies and the other stands, as in documents of both, the page is turned.
    """
    size = pages.sizes[number]
    image = pages.render(number, DPI / 72)
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    if (size.width() > size.height()) != (paper.width() > paper.height()):
        size, image = size.transposed(), image.transformed(QTransform().rotate(-90))
    unit = printer.resolution() / 72
    wanted = QRectF(0, 0, size.width() * unit, size.height() * unit)
    shrink = min(1.0, paper.width() / wanted.width(), paper.height() / wanted.height())
    wanted.setSize(QSizeF(wanted.width() * shrink, wanted.height() * shrink))
    wanted.moveCenter(QRectF(0, 0, paper.width(), paper.height()).center())
    painter.drawImage(wanted, image)

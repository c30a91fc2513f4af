"""A PDF as it will look on paper, with zoom and printing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui import format as fmt
from ui.widgets.button import button, icon_button
from ui.widgets.label import TextLabel
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.pdf_printing import Printing, fit_paper
from ui.widgets.pdf_sheets import STEP, PdfSheets


class PdfPreview(QWidget):
    """Sheets with a bar: page n of m, zoom, print.

    Args:
        asks_first: Pressing Print only tells ``print_requested``, and whoever listens calls
            ``ask_printer``; otherwise the printer is asked for at once.
    """

    print_requested = Signal()
    printed = Signal(list)  # the pages handed to the printer or written to a file, from 0
    on_paper = Signal(list, object)  # those that a printer took, and what ``load`` said they are
    failed = Signal(object)  # CitError: nothing was printed

    def __init__(self, parent: QWidget | None = None, *, asks_first: bool = False) -> None:
        super().__init__(parent)
        self.title = "Document"
        self.printing: Printing | None = None
        self._what: object = None
        self.sheets = PdfSheets()
        self.sheets.setAccessibleName("Preview")
        self.place = TextLabel("", role="soft")
        self.previous = icon_button("up", "Page before", lambda: self._step(-1))
        self.next = icon_button("down", "Next page", lambda: self._step(1))
        self.smaller = icon_button("minus", "Smaller", lambda: self._zoom(1 / STEP))
        self.larger = icon_button("plus", "Larger", lambda: self._zoom(STEP))
        self.whole = icon_button("file", "Whole page", self.sheets.fit)
        self.cancel_button = button("Cancel", self._cancel, kind="link")
        self.print_button = button("Prin&t…", self.print_requested.emit, icon="print")
        self._lay_out()
        self.sheets.page_changed.connect(lambda _number: self._say_place())
        if not asks_first:
            self.print_requested.connect(self.ask_printer)
        self.setFocusProxy(self.sheets)
        self._say_place()

    def _lay_out(self) -> None:
        self.bar = QHBoxLayout()
        self.bar.setContentsMargins(12, 8, 12, 8)
        self.bar.setSpacing(6)
        for part in (self.previous, self.next, self.place, self.cancel_button):
            self.bar.addWidget(part)
        self.bar.addStretch(1)
        for part in (self.smaller, self.larger, self.whole, self.print_button):
            self.bar.addWidget(part)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addLayout(self.bar)
        self.column.addWidget(self.sheets, 1)

    def load(
        self, source: bytes | Path, title: str = "Document", mark: str = "", what: object = None
    ) -> None:
        """Show a PDF from memory or from a file.

        Args:
            mark: A word across each page, such as "Draft"; what bears one cannot be printed.
            what: Told with ``on_paper``, whatever is shown by then.

        Raises:
            FileProblem: It is no PDF that can be shown.
        """
        pages = PdfPages(source)
        self.clear()
        self.title, self._what = title, what
        self.sheets.mark = mark
        self.sheets.show_pages(pages)
        self._say_place()

    def clear(self) -> None:
        """Show nothing and let go of the file."""
        pages = self.sheets.pages
        self.sheets.mark = ""
        self.sheets.show_pages(None)
        if pages is not None and self.printing is not None and self.printing.pages is pages:
            self.printing.finished.connect(pages.close)
        elif pages is not None:
            pages.close()
        self._say_place()

    def _say_place(self) -> None:
        count = len(self.sheets.pages.sizes) if self.sheets.pages is not None else 0
        here = self.sheets.current_page() + 1
        busy = self.printing is not None
        if not busy:
            self.place.setText(f"Page {fmt.count(here)} of {fmt.count(count)}" if count else "")
        for part in (self.previous, self.next, self.smaller, self.larger, self.whole):
            part.setEnabled(count > 0)
        for shown in (self.previous, self.next):
            shown.setVisible(count != 1 and not busy)  # room to say how far printing is
        self.whole.setVisible(not busy)
        self.place.setVisible(count != 1 or busy)
        self.cancel_button.setVisible(busy)
        self.print_button.setEnabled(count > 0 and not busy and not self.sheets.mark)

    def _step(self, pages: int) -> None:
        self.sheets.go_to(self.sheets.current_page() + pages)

    def _zoom(self, factor: float) -> None:
        self.sheets.set_zoom(self.sheets.zoom * factor)

    def ask_printer(self) -> None:
        """Ask for a printer, then print."""
        pages = self.sheets.pages
        if pages is None or not self.print_button.isEnabled():
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.title)
        fit_paper(printer, pages.sizes[0])
        self.dialog = QPrintDialog(printer, self)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.setMinMax(1, pages.count())
        self.dialog.setFromTo(1, pages.count())
        self.dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintCurrentPage)
        self.dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(self.dialog)  # QPrintDialog's own wants an old-style slot

    def print_on(self, printer: QPrinter) -> None:
        """Print the pages that the printer was asked for, as many times as it was."""
        pages = self.sheets.pages
        if pages is None or self.printing is not None:
            return
        printing = Printing(pages, printer, self.sheets.current_page(), self)
        self.printing = printing
        printing.progressed.connect(self._say_progress)
        printing.done.connect(self.printed)
        if printer.outputFormat() == QPrinter.OutputFormat.NativeFormat:
            what = self._what
            printing.done.connect(lambda pages: self.on_paper.emit(pages, what))
        printing.failed.connect(self.failed)
        printing.finished.connect(self._printing_ended)
        self._say_place()
        self.place.setText("Printing…")
        printing.start()

    def _say_progress(self, done: int, total: int) -> None:
        self.place.setText(f"Printing page {fmt.count(done)} of {fmt.count(total)}")

    def _printing_ended(self) -> None:
        if self.printing is not None:
            self.printing.deleteLater()
        self.printing = None
        self._say_place()

    def _cancel(self) -> None:
        if self.printing is not None:
            self.printing.cancel()

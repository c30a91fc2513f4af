"""Shows a document as it will print."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from cit_desktop.errors import CitError
from ui import format as fmt
from ui.saving import Opener
from ui.widgets.button import button
from ui.widgets.pdf_preview import PdfPreview
from ui.widgets.saved_banner import SavedBanner


class DocumentPreview(QDialog):
    """The pages of a PDF, to be printed or saved from here; none while it is not drawn yet.

    What became of it is said here, for the window behind is out of reach.

    Attributes:
        content: The PDF in sight; empty while there is none.
        file_name: What a file of it is offered as.
    """

    save_requested = Signal()

    def __init__(
        self,
        title: str,
        content: bytes,
        parent: QWidget | None = None,
        opener: Opener | None = None,
    ) -> None:
        super().__init__(parent)
        self.content, self.file_name = content, title
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(980, 720)
        self.pdf = PdfPreview()
        self.save_button = button("&Save as PDF…", self.save_requested.emit)
        self.pdf.bar.insertWidget(self.pdf.bar.indexOf(self.pdf.print_button), self.save_button)
        self.saved_banner = SavedBanner(opener or Opener(), gap=8)
        self.pdf.printed.connect(self._say_printed)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self.saved_banner)
        self.pdf.column.insertLayout(1, row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pdf)
        if content:
            self.pdf.load(content, title)
        self.pdf.print_button.setDefault(True)
        self.finished.connect(lambda _code: self.pdf.clear())
        self.pdf.setFocus()

    def refuse(self, error: CitError) -> None:
        """Say why it was not saved or printed."""
        self.saved_banner.note(str(error), "wrong")

    def _say_printed(self, pages: list[int]) -> None:
        self.saved_banner.note(f"Printed {fmt.plural(len(pages), 'page')}.", "good")

"""Shows a document as it will print."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.widgets.button import button
from ui.widgets.pdf_preview import PdfPreview


class DocumentPreview(QDialog):
    """The pages of a PDF, to be printed or saved from here; none while it is not drawn yet."""

    save_requested = Signal()

    def __init__(self, title: str, content: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(980, 720)
        self.pdf = PdfPreview()
        self.save_button = button("&Save as PDF…", self.save_requested.emit)
        self.pdf.bar.insertWidget(self.pdf.bar.indexOf(self.pdf.print_button), self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pdf)
        if content:
            self.pdf.load(content, title)
        self.pdf.print_button.setDefault(True)
        self.finished.connect(lambda _code: self.pdf.clear())
        self.pdf.setFocus()

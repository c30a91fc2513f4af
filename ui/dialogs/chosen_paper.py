"""Shows a paper as it will print, with what can be chosen about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.dialogs.document_preview import DocumentPreview
from ui.saving import Opener
from ui.widgets.label import TextLabel
from ui.widgets.paper_choices import PaperChoices


class ChosenPaperDialog(DocumentPreview):
    """Emits what is chosen, and shows what comes of it."""

    chosen = Signal(object)  # Options

    def __init__(
        self,
        title: str,
        choices: PaperChoices,
        parent: QWidget | None = None,
        opener: Opener | None = None,
    ) -> None:
        super().__init__(title, b"", parent, opener)
        self.choices = choices
        self.note = TextLabel("", role="soft", wrap=True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setContentsMargins(32, 24, 32, 24)
        self.pdf.column.insertWidget(1, choices)
        self.pdf.column.addWidget(self.note, 1)
        choices.changed.connect(self.chosen)
        self.say("Drawing…")

    def show_content(self, content: bytes, name: str) -> None:
        """Show the pages of a PDF, which is saved and printed under a name."""
        self.content, self.file_name = content, name
        self.note.hide()
        self.pdf.sheets.show()
        self.pdf.load(content, name)
        self.save_button.setEnabled(True)

    def say(self, text: str) -> None:
        """Show a sentence instead of pages; there is nothing to print or to save then."""
        self.wait()
        self.pdf.clear()
        self.pdf.sheets.hide()
        self.note.setText(text)
        self.note.show()

    def wait(self) -> None:
        """What is in sight is not what was chosen: it can neither be printed nor saved."""
        self.content = b""
        self.save_button.setEnabled(False)
        self.pdf.print_button.setEnabled(False)

"""Draws a paper beside the window and shows it as it prints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.dialogs.document_preview import DocumentPreview
from ui.receiving import while_alive
from ui.saving import Saver


class PaperPreview(QObject):
    """The papers of a page, one at a time; from the preview they are printed or saved.

    Attributes:
        dialog: The preview opened last.
        failed: A paper could not be drawn or printed; gives why.
    """

    failed = Signal(object)

    def __init__(self, context: Context, page: QWidget, saver: Saver) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._saver = saver
        self.dialog: DocumentPreview | None = None

    def draw(self, title: str, function: Callable[..., bytes], *args: Any) -> None:
        """Call a function that draws on the job thread, then show what it gave.

        Args:
            title: Of the window, and the name that a file is offered.
            function: Takes the database, these arguments and ``progress=``.
        """
        job = self._context.commands.run(
            f"Draw {title[:1].lower()}{title[1:]}",
            function,
            self._context.db,
            *args,
            wants_progress=True,
        )
        job.done.connect(while_alive(self, lambda content: self._show(title, content)))
        job.failed.connect(while_alive(self, self.failed.emit))

    def _show(self, title: str, content: bytes) -> None:
        self.dialog = DocumentPreview(title, content, self._page)
        self.dialog.save_requested.connect(
            lambda: self._saver.save_file(f"Save {title}", title, ".pdf", lambda _p: bytes(content))
        )
        self.dialog.pdf.failed.connect(self.failed)
        self.dialog.open()

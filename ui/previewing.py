"""Drawn documents in their preview, from where they are printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.dialogs.document_preview import DocumentPreview
from ui.receiving import while_alive
from ui.saving import Saver

Then = Callable[[DocumentPreview], object]


def preview(
    parent: QWidget, context: Context, saver: Saver, title: str, content: bytes
) -> DocumentPreview:
    """Show the pages of what was drawn."""
    dialog = DocumentPreview(title, content, parent, saver.opener)
    open_preview(dialog, context, saver)
    return dialog


def open_preview(dialog: DocumentPreview, context: Context, saver: Saver) -> None:
    """Open a preview that saves what it shows, and that says itself how saving and printing went.

    The page behind hears of it as well, for whoever closes the preview at once.
    """
    commands = context.commands
    dialog.pdf.failed.connect(commands.failed)
    commands.failed.connect(dialog.refuse)
    tell = while_alive(dialog, dialog.saved_banner.tell)

    def save() -> None:
        content, name = dialog.content, dialog.file_name
        saver.save_file("Save as PDF", name, ".pdf", lambda _p: content, then=tell, parent=dialog)

    dialog.save_requested.connect(save)
    dialog.open()


class PaperDrawing(QObject):
    """Draws the papers of a page beside the window, and shows each as it prints.

    Attributes:
        dialog: The preview opened last.
    """

    def __init__(self, context: Context, page: QWidget, saver: Saver) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._saver = saver
        self.dialog: DocumentPreview | None = None

    def draw(
        self,
        label: str,
        title: str,
        function: Callable[..., bytes],
        *args: Any,
        then: Then | None = None,
    ) -> None:
        """Call a function that draws on the job thread, then show what it gave.

        Args:
            label: What the work is called: "Draw class roster".
            title: Of the preview, and the name that a file is offered.
            function: Takes the database, these arguments and ``progress=``.
            then: Called with the preview once it is open.
        """
        job = self._context.commands.run(
            label, function, self._context.db, *args, wants_progress=True
        )
        job.done.connect(while_alive(self, partial(self._show, title, then)))

    def _show(self, title: str, then: Then | None, content: bytes) -> None:
        self.dialog = preview(self._page, self._context, self._saver, title, content)
        if then is not None:
            then(self.dialog)

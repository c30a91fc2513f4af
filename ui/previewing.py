"""A drawn document in its preview, from where it is printed or saved."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.dialogs.document_preview import DocumentPreview
from ui.saving import Saver


def preview(
    parent: QWidget, context: Context, saver: Saver, title: str, content: bytes
) -> DocumentPreview:
    """Show the pages; what fails on the way to the printer is told as of any other work."""
    dialog = DocumentPreview(title, content, parent)
    dialog.pdf.failed.connect(context.commands.failed)
    dialog.save_requested.connect(
        lambda: saver.save_file("Save as PDF", title, ".pdf", lambda _progress: content)
    )
    dialog.open()
    return dialog

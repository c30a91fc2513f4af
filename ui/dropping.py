"""Files that are dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent


def files_of(data: QMimeData) -> list[Path]:
    """The files of this computer that are dragged; none where it is something else."""
    if not data.hasUrls():
        return []
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def welcome(event: QDragEnterEvent, *, wanted: bool = True) -> bool:
    """Say to whoever drags files that they can be dropped here; false when they cannot."""
    if not (wanted and files_of(event.mimeData())):
        event.ignore()
        return False
    take(event)
    return True


def take(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    """The files of a drop, which stay where they are: it is a copy, never a move."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
    return files_of(event.mimeData())

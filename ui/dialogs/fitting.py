"""Dialogs with wrapped sentences open just as high as these need."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

WIDTH = 480


def fit_height(dialog: QDialog, width: int = WIDTH) -> None:
    """Take the height that the content has at this width; Qt alone gives labels too much."""
    dialog.ensurePolished()
    layout = dialog.layout()
    if layout is not None:
        dialog.setMinimumWidth(width)
        layout.activate()
        dialog.resize(width, layout.totalHeightForWidth(width))

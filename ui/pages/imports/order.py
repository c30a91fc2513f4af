"""The order of Tab in what is built anew while the page is in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def keep_order(step: QWidget, *inside: QWidget) -> None:
    """Let Tab go through these and what is in them, in this order, where the step has its turn.

    Widgets that come later would be reached after everything else in the window.
    """
    last = step
    for part in (one for whole in inside for one in (whole, *whole.findChildren(QWidget))):
        takes_tab = part.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes_tab and part.window() is step.window():
            QWidget.setTabOrder(last, part)
            last = part

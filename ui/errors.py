"""Showing what went wrong: refusals as a banner or box, everything else as a crash report."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from cit_desktop import log
from cit_desktop.errors import CitError
from ui import theme
from ui.widgets.banner import Banner
from ui.widgets.button import button
from ui.widgets.label import TextLabel


def show(error: CitError, banner: Banner | None, parent: QWidget | None = None) -> None:
    """Say it in the page's banner, or in a box where there is no banner."""
    if banner is not None:
        banner.say(str(error), "wrong", closable=True)
    else:
        message_box(error, parent).open()


def message_box(error: CitError, parent: QWidget | None = None) -> QMessageBox:
    """A box with the sentence and what to do; it is opened by whoever asks for it."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("CIT Desktop")
    box.setText(error.message)
    box.setInformativeText(error.hint)
    return box


_DETAILS = "The details below help whoever repairs it: they hold no names."
_CRASH = {
    False: (
        "The program made a mistake.",
        "What you were doing just now was not saved; everything before it is. "
        f"You can go on working. {_DETAILS}",
    ),
    True: (
        "The program stopped by itself last time.",
        f"Everything that was shown as saved is in the records. {_DETAILS}",
    ),
}


class CrashDialog(QDialog):
    """Says that the program made a mistake, that the records are safe, and offers the details.

    Args:
        earlier: It happened when the program ran last, not just now.
    """

    def __init__(
        self, report: str, parent: QWidget | None = None, *, earlier: bool = False
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.details = QPlainTextEdit(report, readOnly=True)
        self.details.setMinimumSize(560, 180)
        self.copy = button("&Copy details", self._copy)
        self.close_button = button("C&lose", self.accept, kind="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(TextLabel(_CRASH[earlier][0], points=12, bold=True))
        column.addWidget(TextLabel(_CRASH[earlier][1], role="soft", wrap=True, points=theme.BODY))
        column.addWidget(self.details, 1)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column.addLayout(row)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.details.toPlainText())


class CrashHook(QObject):
    """Shows what nobody caught, on any thread, on the thread of the window.

    :mod:`cit_desktop.log` writes the report and keeps it for the next start.
    """

    _reported = Signal(str)
    _refused = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.dialog: CrashDialog | None = None
        self._reported.connect(self._show)
        self._refused.connect(self._show_refusal)

    def install(self, folder: Path | None = None) -> None:
        """From now on uncaught errors come here."""
        log.install_crash_hooks(
            self._reported.emit, folder, refused=self._refused.emit, stopped=QApplication.quit
        )

    def uninstall(self) -> None:
        """No longer; closes the log."""
        log.stop()

    def _show_refusal(self, error: CitError) -> None:
        show(error, None, self._window)

    def _show(self, report: str) -> None:
        if self.dialog is not None:  # one box is enough when an error repeats
            return
        self.dialog = CrashDialog(report, self._window)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _forget(self) -> None:
        self.dialog = None

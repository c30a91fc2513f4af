"""Showing what went wrong: refusals as a banner or box, everything else as a crash report."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

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

from cit_desktop.errors import CitError
from ui import theme
from ui.widgets.banner import Banner
from ui.widgets.button import button
from ui.widgets.label import TextLabel

_log = logging.getLogger("cit_desktop.crash")


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


class CrashDialog(QDialog):
    """Says that the program made a mistake, that the records are safe, and offers the details."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
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
        column.addWidget(TextLabel("The program made a mistake.", points=12, bold=True))
        text = (
            "What you were doing just now was not saved; everything before it is. "
            "You can go on working. The details below help whoever mends it: they hold no names."
        )
        column.addWidget(TextLabel(text, role="soft", wrap=True, points=theme.BODY))
        column.addWidget(self.details, 1)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column.addLayout(row)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.details.toPlainText())


def report_of(error: BaseException) -> str:
    """Type and place of an error without its message, which may hold names."""
    lines = []
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}")
    return "\n".join([f"{type(error).__module__}.{type(error).__qualname__}", *lines])


class CrashHook(QObject):
    """Catches what nobody caught, on any thread, and shows it on the thread of the window."""

    _caught = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.dialog: CrashDialog | None = None
        self._caught.connect(self._show)

    def install(self) -> None:
        """From now on uncaught errors come here."""
        sys.excepthook = self.handle
        threading.excepthook = lambda args: self.handle(
            args.exc_type, args.exc_value, args.exc_traceback
        )

    def handle(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Log an error and show it; what somebody can mend is shown as a refusal."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        caught = error if error is not None else kind()
        if not isinstance(caught, CitError):
            _log.error("%s", report_of(caught))
        self._caught.emit(caught)

    def _show(self, error: BaseException) -> None:
        if isinstance(error, CitError):
            show(error, None, self._window)
            return
        if self.dialog is not None:  # one box is enough when an error repeats
            return
        self.dialog = CrashDialog(report_of(error), self._window)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _forget(self) -> None:
        self.dialog = None

"""Showing what went wrong: refusals as a banner or box, everything else as a crash report."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
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
from ui.widgets.button import button, set_kind
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
_DIALOGS = 5  # in one run; after that a banner has to do
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

    quitting = Signal()

    def __init__(
        self, report: str, parent: QWidget | None = None, *, earlier: bool = False
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.details = QPlainTextEdit(report, readOnly=True)
        self.details.setMinimumSize(560, 180)
        self.save = button("&Save report…", self._save)
        self.copy = button("&Copy details", self._copy)
        self.told = TextLabel("", role="soft", wrap=True)
        self.told.hide()
        self.quit = button("&Quit", self._quit)
        self.quit.setVisible(not earlier)
        self.close_button = button("C&lose" if earlier else "C&ontinue", self.accept)
        set_kind(self.close_button, "primary")
        self.close_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(TextLabel(_CRASH[earlier][0], points=12, bold=True))
        column.addWidget(TextLabel(_CRASH[earlier][1], role="soft", wrap=True, points=theme.BODY))
        column.addWidget(self.details, 1)
        column.addWidget(self.told)
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self.save, self.copy):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self.quit, self.close_button):
            row.addWidget(part)
        column.addLayout(row)
        self.close_button.setFocus()

    def add(self, report: str) -> None:
        """Another mistake, while this one is still shown."""
        self.details.appendPlainText(f"\n{report}")

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.details.toPlainText())
        self._tell("The details are on the clipboard.")

    def _save(self) -> None:
        dialog = QFileDialog(self, "Save report", "", "Text (*.txt)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile("CIT Desktop report.txt")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.write)
        QDialog.open(dialog)  # QFileDialog's own wants an old-style slot

    def write(self, path: str) -> None:
        """Write the report into a file; says how that went."""
        try:
            Path(path).write_text(self.details.toPlainText(), encoding="utf-8")
        except OSError:
            self._tell(f"“{path}” cannot be written. Choose another folder.")
        else:
            self._tell(f"The report was saved as “{path}”.")

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.show()

    def _quit(self) -> None:
        self.accept()
        self.quitting.emit()


class CrashHook(QObject):
    """Shows what nobody caught, on any thread, on the thread of the window.

    :mod:`cit_desktop.log` writes the report and keeps it for the next start. Each mistake is
    shown in a dialog once: one that comes back whenever the window is painted would otherwise
    never let go of it.
    """

    again = Signal()  # a mistake that was shown in a dialog before
    _reported = Signal(str)
    _refused = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.dialog: CrashDialog | None = None
        self._known: set[str] = set()
        later = Qt.ConnectionType.QueuedConnection  # never while something is being painted
        self._reported.connect(self._show, later)
        self._refused.connect(self._show_refusal, later)

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
        place = log.place_of(report)
        if place in self._known or len(self._known) >= _DIALOGS:
            if self.dialog is None:
                self.again.emit()
            return
        self._known.add(place)
        if self.dialog is not None:
            self.dialog.add(report)
            return
        self.dialog = CrashDialog(report, self._window)
        self.dialog.finished.connect(self._forget)
        self.dialog.quitting.connect(self._window.close, Qt.ConnectionType.QueuedConnection)
        self.dialog.open()

    def _forget(self) -> None:
        self.dialog = None

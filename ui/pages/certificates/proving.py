"""Verifying a certificate from a file or a text, and the page for a website that does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QPushButton, QWidget

from cit_desktop.db import Database
from cit_desktop.progress import Progress
from cit_desktop.proving.verdicts import Verdict
from ui.commands import report_crash
from ui.context import Context
from ui.dialogs.verify_certificate import VerifyCertificate
from ui.receiving import while_alive
from ui.saving import Saver
from ui.widgets.button import button
from ui.work import certificate_proofs

_FILES = "Certificates (*.pdf *.png *.jpg *.jpeg)"
_NOTE = "Put it on the chapter’s website, and write it again after a certificate is revoked."


class CertificateProving(QObject):
    """A button with both, for the page of certificates.

    Attributes:
        dialog: The dialog opened last, for tests.
    """

    def __init__(self, context: Context, parent: QWidget, saver: Saver) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self._saver = saver
        self._asked = 0
        self.dialog: VerifyCertificate | None = None

    def button(self) -> QPushButton:
        """The button whose menu leads to both."""
        made = button("Verif&y ▾", tip="Verify a certificate, or let others do so")
        menu = QMenu(made)
        self.verify_action = menu.addAction("Verify a &certificate…", self.verify)
        self.page_action = menu.addAction("&Write verification page…", self.write_page)
        made.setMenu(menu)
        return made

    def verify(self) -> None:
        """Ask for a certificate and show what is to be said of it."""
        self.dialog = dialog = VerifyCertificate(self._parent)
        dialog.text_given.connect(self.check_text)
        dialog.file_wanted.connect(self._choose)
        dialog.open()

    def write_page(self) -> None:
        """Ask for a place and write the page that checks certificates in any browser."""
        db = self._context.db
        make = partial(_page, db)
        self._saver.save_file(
            "Write verification page", "Verify certificates", ".html", make, _NOTE
        )

    def check_text(self, text: str) -> None:
        """Check what was pasted."""
        work = partial(certificate_proofs.of_text, self._context.db, text)
        self._check(work, "The pasted text")

    def check_file(self, path: Path) -> None:
        """Check a file."""
        self._check(partial(certificate_proofs.of_file, self._context.db, path), f"“{path.name}”")

    def _check(self, work: Callable[[], list[Verdict]], source: str) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        self._asked += 1
        asked = self._asked
        dialog.say("Checking…")

        def show(found: list[Verdict]) -> None:
            if asked == self._asked:
                dialog.show_verdicts(found, source)

        job = self._context.commands.jobs.start("Verify certificate", work)
        job.done.connect(while_alive(dialog, show))
        job.failed.connect(while_alive(dialog, lambda error: dialog.say(str(error), "wrong")))
        job.crashed.connect(report_crash)

    def _choose(self) -> None:
        chooser = QFileDialog(self.dialog, "Choose a certificate", str(self._saver.folder()))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilter(_FILES)
        chooser.fileSelected.connect(lambda name: self.check_file(Path(name)))
        QDialog.open(chooser)


def _page(db: Database, _progress: Progress) -> bytes:
    return certificate_proofs.page(db)

"""What is done with issued certificates: print, save, revoke, reissue."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cit_desktop.errors import Refused
from cit_desktop.services import certificates, classes
from cit_desktop.services.certificates import Candidate, CertificateRow
from ui import format as fmt
from ui.context import Context
from ui.dialogs.certificate_reason import CertificateReason
from ui.dialogs.file_pattern import FilePattern
from ui.dialogs.question import Question
from ui.pages.certificates import words
from ui.pages.certificates.preview import CertificatePreview
from ui.pages.certificates.unlocking import Unlocking
from ui.receiving import while_alive
from ui.saving import FileDialogs, Saver
from ui.work import certificate_files

_PATTERN = "certificates/pattern"
_WHAT = ("certificate", "certificates")


class CertificateWork(QObject):
    """Asks what has to be asked, then does it; used wherever certificates are shown.

    Attributes:
        dialog: The question asked last, for tests.
        unlocking: Asks for the passphrase of the key that signs a reissued one.
    """

    done = Signal(str)  # a sentence
    reissued = Signal(int)  # the new certificate

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        preview: CertificatePreview,
        dialogs: FileDialogs | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self._preview = preview
        self.saver = Saver(context, parent, dialogs)
        self.dialog: Any = None
        self.unlocking = Unlocking(context, parent)
        preview.pdf.print_requested.connect(lambda: self.print(preview.shown))
        preview.pdf.on_paper.connect(self._printed)
        preview.pdf.failed.connect(context.commands.failed)

    # On paper -------------------------------------------------------------------------------

    def print(self, certificate_ids: Sequence[int]) -> None:
        """Show certificates and ask for a printer; before a second time ask whether it is meant."""
        rows = self._valid(certificate_ids)
        if not rows:
            return
        print_them = partial(self._print, [row.id for row in rows])
        asked = _doubt(rows)
        if asked is None:
            print_them()
            return
        title, text, lines = asked
        self._ask(Question(title, text, "&Print…", lines=lines, parent=self._parent), print_them)

    def _print(self, certificate_ids: Sequence[int]) -> None:
        self._preview.show_issued(certificate_ids, self._preview.pdf.ask_printer)

    def _printed(self, pages: list[int], shown: tuple[int, ...]) -> None:
        self._mark([shown[page] for page in pages if page < len(shown)])

    def _mark(self, certificate_ids: Sequence[int]) -> None:
        if certificate_ids:
            label = f"Note as printed: {self._named(certificate_ids)}"
            self._context.commands.do(label, certificates.mark_printed, certificate_ids)

    def _named(self, certificate_ids: Sequence[int]) -> str:
        if len(certificate_ids) > 1:
            return fmt.plural(len(certificate_ids), "certificate")
        row = self._row(certificate_ids[0])
        return "1 certificate" if row is None else f"certificate {row.number}"

    # In files -------------------------------------------------------------------------------

    def save_one_file(self, certificate_ids: Sequence[int], name: str) -> None:
        """Save certificates as one PDF, a page each."""
        ids = tuple(row.id for row in self._valid(certificate_ids))
        if not ids:
            return
        make = partial(certificate_files.drawn, self._context.db, ids)
        self.saver.save_file("Save certificates", name, ".pdf", make)

    def save_each(self, certificate_ids: Sequence[int]) -> None:
        """Save a PDF a person into a folder, named by a pattern."""
        rows = self._valid(certificate_ids)
        if not rows:
            return
        title = f"Save {fmt.plural(len(rows), 'file')}, one a person"
        pattern = self._context.preferences.get(_PATTERN, "") or certificate_files.PATTERN
        example = partial(certificate_files.file_name, row=rows[0], course=self._course(rows[0].id))
        fields = certificate_files.FIELDS
        dialog = FilePattern(title, pattern, fields, example, self._parent)
        dialog.chosen.connect(lambda wanted: self._save_each([row.id for row in rows], wanted))
        self._open(dialog)

    def _save_each(self, certificate_ids: Sequence[int], pattern: str) -> None:
        kept = None if pattern == certificate_files.PATTERN else pattern
        self._context.preferences.set(_PATTERN, kept)
        ids = tuple(certificate_ids)
        work = partial(certificate_files.save_each, self._context.db, ids, pattern)
        self.saver.save_each("Save certificates", work, _WHAT)

    def _course(self, certificate_id: int) -> str:
        with self._context.db.read() as session:
            snapshot = certificates.view(session, certificate_id).snapshot
        return (snapshot.course_code or snapshot.course) if snapshot else ""

    # Corrections ----------------------------------------------------------------------------

    def revoke(self, certificate_id: int) -> None:
        """Ask why, then take a certificate back."""
        row = self._row(certificate_id)
        if row is None:
            return
        dialog = CertificateReason(
            f"Revoke {row.number}?",
            f"{row.name} no longer holds it. The number stays taken, the certificate stays in the "
            "register, and the reason is kept with it.",
            "&Revoke",
            kind="danger",
            parent=self._parent,
        )
        dialog.given.connect(lambda reason, _wording: self._revoke(row, reason))
        self._open(dialog)

    def _revoke(self, row: CertificateRow, reason: str) -> None:
        if self._context.commands.do(
            f"Revoke certificate {row.number}", certificates.revoke, row.id, reason
        ):
            self.done.emit(f"{row.number} was revoked.")

    def reissue(self, certificate_id: int) -> None:
        """Ask why and how it is worded, check that it can be drawn, then replace it."""
        row = self._row(certificate_id)
        if row is None:
            return
        choices = words.WORDINGS if row.kind in dict(words.WORDINGS) else ()
        dialog = CertificateReason(
            f"Reissue {row.number}?",
            f"{row.name} gets a new certificate with today's facts, numbered after this one. This "
            "one stays in the register as replaced. It is final.",
            "&Reissue",
            wordings=choices,
            current=row.kind,
            parent=self._parent,
        )
        dialog.given.connect(lambda reason, wording: self._check(row, reason, wording))
        self._open(dialog)

    def _check(self, row: CertificateRow, reason: str, wording: str) -> None:
        job = self._context.commands.run("Check certificate", self._checked, row.id, wording)
        job.done.connect(while_alive(self, lambda who: self._unlock(row, reason, who)))

    def _checked(self, certificate_id: int, wording: str) -> Candidate:
        db = self._context.db
        class_id, candidate = certificate_files.reissue_candidate(db, certificate_id, wording)
        if not candidate.reason:
            certificate_files.checked(db, class_id, [candidate])
        return candidate

    def _unlock(self, row: CertificateRow, reason: str, candidate: Candidate) -> None:
        with self._context.db.read() as session:
            chapter_id = classes.view(session, row.class_id).chapter_id
        self.unlocking.then(chapter_id, partial(self._reissue, row, reason, candidate))

    def _reissue(self, row: CertificateRow, reason: str, candidate: Candidate) -> None:
        from cit_desktop.exports.certificate_pdf import undrawable

        result = self._context.commands.do(
            f"Reissue certificate {row.number}",
            certificates.reissue,
            row.id,
            reason,
            undrawable,
            candidate.kind,
            undoable=False,
        )
        if result and result.value is not None:
            self.done.emit(f"{row.number} was replaced by a new certificate.")
            self.reissued.emit(result.value)

    # Helpers --------------------------------------------------------------------------------

    def _valid(self, certificate_ids: Sequence[int]) -> list[CertificateRow]:
        """Those that stand and can be drawn; when there is none it is said why."""
        rows = self._rows(certificate_ids)
        valid = [row for row in rows if row.status == "issued"]
        if rows and not valid:
            state = words.status(rows[0]).text.lower()
            self._context.commands.failed.emit(
                Refused(
                    f"{rows[0].number} is not printed or saved: its state is “{state}”.",
                    "Choose certificates that are issued.",
                )
            )
        return valid

    def _rows(self, certificate_ids: Sequence[int]) -> list[CertificateRow]:
        with self._context.db.read() as session:
            found = certificates.rows(session, certificate_ids)
        return [found[key] for key in certificate_ids if key in found]

    def _row(self, certificate_id: int) -> CertificateRow | None:
        return next(iter(self._rows([certificate_id])), None)

    def _ask(self, question: Question, then: Any) -> None:
        question.confirmed.connect(then)
        self._open(question)

    def _open(self, dialog: Any) -> None:
        self.dialog = dialog
        dialog.open()


def _doubt(rows: Sequence[CertificateRow]) -> tuple[str, str, list[str]] | None:
    """What to ask before these are printed: a title, a sentence, and the ones it is about."""
    stale = [row for row in rows if row.outdated]
    again = [row for row in rows if row.printed and not row.outdated]
    lines = [f"{row.number}, {row.name}: {row.outdated}" for row in stale]
    lines += [
        f"{row.number}, {row.name}: printed on {fmt.moment(row.printed)} already" for row in again
    ]
    some, one = f"Print {len(rows)} certificates", len(rows) == 1
    if stale:
        title = f"{some}, {len(stale)} of them outdated?"
        text = "An outdated certificate says something else than what was earned. Reissue it first."
        return f"Print {rows[0].number}, which is outdated?" if one else title, text, lines
    if again:
        title = f"{some}, {len(again)} of them again?"
        title = f"Print all {len(rows)} again?" if len(again) == len(rows) else title
        text = "A second paper with the same number is a copy of the first. Was it lost or spoilt?"
        return f"Print {rows[0].number} again?" if one else title, text, lines
    return None

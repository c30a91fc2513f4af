"""From chosen people to certificates: the check, the question, and the act that is final."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cit_desktop import clock
from cit_desktop.services import certificates, classes, numbering
from cit_desktop.services.certificates import Candidate
from cit_desktop.services.classes import ClassView
from ui import format as fmt
from ui.context import Context
from ui.dialogs.question import Question
from ui.pages.certificates import words
from ui.pages.certificates.unlocking import Unlocking
from ui.receiving import while_alive
from ui.work import certificate_files

_FINAL = (
    "Each is frozen as it is now and keeps its number. That is final: a mistake is corrected by "
    "revoking or reissuing it."
)


class CertificateIssuing(QObject):
    """Issues certificates once they can all be drawn and were confirmed.

    Attributes:
        dialog: The question asked last, for tests.
        unlocking: Asks for the passphrase of the key that signs them.
    """

    issued = Signal(list)  # the new certificates
    busy = Signal(bool)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self.dialog: Question | None = None
        self.unlocking = Unlocking(context, parent)

    def ask(self, shown: ClassView, chosen: Sequence[Candidate]) -> None:
        """Look through the names, then ask; nothing is asked when one cannot be printed."""
        if not chosen:
            return
        people = list(chosen)
        self.busy.emit(True)
        job = self._context.commands.run(
            "Check certificates",
            certificate_files.checked,
            self._context.db,
            shown.id,
            people,
            wants_progress=True,
        )
        job.done.connect(while_alive(self, lambda notes: self._ask(shown, people, notes)))
        job.finished.connect(while_alive(self, lambda: self.busy.emit(False)))

    def _ask(self, shown: ClassView, chosen: list[Candidate], notes: list[str]) -> None:
        """Say how many certificates get which numbers, how names look, and that it is final."""
        with self._context.db.read() as session:
            numbers = numbering.upcoming(session, shown.chapter_id, clock.today().year, len(chosen))
        title = f"Issue {fmt.plural(len(chosen), 'certificate')}?"
        one = len(numbers) == 1
        given = f"number {numbers[0]}" if one else f"numbers {numbers[0]} to {numbers[-1]}"
        text = f"{counted(chosen)}. {'It gets' if one else 'They get'} the {given}. {_FINAL}"
        lines = [
            f"{number}   {candidate.name} ({words.kind(candidate.kind).lower()})"
            for number, candidate in zip(numbers, chosen, strict=True)
        ]
        self.dialog = Question(title, text, "&Issue", lines=lines, parent=self._parent)
        self.dialog.add_notes("Long names, to look at in the preview first", notes)
        issue = partial(self._issue, shown.id, chosen)
        self.dialog.confirmed.connect(lambda: self.unlocking.then(shown.chapter_id, issue))
        self.dialog.open()

    def _issue(self, class_id: int, chosen: list[Candidate]) -> None:
        from cit_desktop.exports.certificate_pdf import undrawable

        with self._context.db.read() as session:
            code = classes.view(session, class_id).code
        result = self._context.commands.do(
            f"Issue certificates of {code}",
            certificates.issue,
            class_id,
            [candidate.enrollment_id for candidate in chosen],
            drawable=undrawable,
            wordings={candidate.enrollment_id: candidate.kind for candidate in chosen},
            undoable=False,
        )
        if result.value:
            self.issued.emit(result.value)


def counted(chosen: Sequence[Candidate]) -> str:
    """How many of which kind: "10 officer, 2 community"."""
    found = Counter(words.kind(candidate.kind).lower() for candidate in chosen)
    return ", ".join(f"{count} {kind}" for kind, count in found.items())

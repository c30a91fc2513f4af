"""What is made of the chosen letters: paper, a workbook, drafts; and that it is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cit_desktop.documents.letters import Letter, Way
from cit_desktop.progress import Progress
from cit_desktop.services import renewals
from cit_desktop.services.renewals import Renewal
from ui import format as fmt
from ui.context import Context
from ui.dialogs.document_preview import DocumentPreview
from ui.previewing import preview
from ui.receiving import while_alive
from ui.saving import FileDialogs, Saver
from ui.work import renewal_files
from ui.work.renewal_files import Drawn

_TITLE = "Renewal letters"
_NOT_SENT = "Nothing was sent: open the drafts in your mail program, look at them, and send them."
_LISTED = 12  # so many names are said of those without an address

Sent = tuple[int, date]  # person and due day


class RenewalWork(QObject):
    """Makes letters of those who are ticked, and remembers whom they went to.

    Attributes:
        dialog: The preview opened last, for tests.
    """

    noted = Signal(str)  # a sentence about what can be undone
    left_out = Signal(str)  # a sentence about those who get nothing

    def __init__(
        self, context: Context, parent: QWidget, dialogs: FileDialogs | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self.saver = Saver(context, parent, dialogs)
        self.dialog: DocumentPreview | None = None

    # On paper -------------------------------------------------------------------------------

    def print(self, chosen: Sequence[Renewal]) -> None:
        """Show the pages, to be printed from there; those that a printer took are remembered."""
        db = self._context.db
        if not chosen:
            return
        job = self._context.commands.run(
            _TITLE,
            lambda progress: renewal_files.drawn(db, chosen, progress=progress),
            wants_progress=True,
        )
        job.done.connect(while_alive(self, self._show))

    def _show(self, drawn: Drawn) -> None:
        shown = preview(self._parent, self._context, self.saver, _TITLE, drawn.content)
        shown.pdf.on_paper.connect(
            lambda pages, _what: self._remember(
                [drawn.pages[page] for page in pages if page < len(drawn.pages)], "print"
            )
        )
        self.dialog = shown

    # In files -------------------------------------------------------------------------------

    def save_pdf(self, chosen: Sequence[Renewal]) -> None:
        """Save the letters as one PDF."""
        db = self._context.db

        def make(progress: Progress) -> bytes:
            return renewal_files.drawn(db, chosen, progress=progress).content

        self._save("Save letters", ".pdf", make, chosen, "pdf")

    def save_workbook(self, chosen: Sequence[Renewal]) -> None:
        """Save a workbook for the mail merge of a word processor."""
        db = self._context.db

        def make(progress: Progress) -> bytes:
            return renewal_files.workbook(db, chosen, progress)

        self._save("Save workbook for mail merge", ".xlsx", make, chosen, "merge")

    def save_drafts(self, chosen: Sequence[Renewal], *, attach: bool = False) -> None:
        """Save a draft of an e-mail a person; who has no address is named."""
        known = [one for one in chosen if one.email]
        if not known:
            self._say_left_out(chosen)
            return
        db, sent = self._context.db, list[Sent]()

        def write(folder: Path, told: Callable[[Path], object], progress: Progress) -> None:
            def written(path: Path, letter: Letter) -> None:
                told(path)
                sent.append((letter.person_id, letter.due))

            renewal_files.write_drafts(db, known, folder, written, progress, attach=attach)

        def then(_saved: Any) -> None:
            self._remember(sent, "eml", _NOT_SENT)
            reached = {person_id for person_id, _due in sent}
            self._say_left_out([one for one in chosen if one.person_id not in reached])

        self.saver.save_each("Save drafts of e-mails", write, ("draft", "drafts"), then)

    def _save(
        self,
        label: str,
        suffix: str,
        make: Callable[[Progress], bytes],
        chosen: Sequence[Renewal],
        way: Way,
    ) -> None:
        sent = [(one.person_id, one.due) for one in chosen]
        then: Callable[[Any], object] = lambda _saved: self._remember(sent, way)  # noqa: E731
        if chosen:
            self.saver.save_file(label, _TITLE, suffix, make, then=then)

    # What is remembered ---------------------------------------------------------------------

    def _remember(self, sent: Iterable[Sent], way: Way, more: str = "") -> None:
        people = list(dict.fromkeys(sent))
        if not people or self._context.db.readonly:
            return
        who = fmt.plural(len(people), "person", "people")
        label = f"Write renewal letters to {who}"
        if self._context.commands.do(label, renewals.remember, people, way):
            self.noted.emit(f"Remembered as written today: {who}. {more}".strip())

    def _say_left_out(self, without: Sequence[Renewal]) -> None:
        if not without:
            return
        named = "; ".join(one.name for one in without[:_LISTED])
        rest = f" and {fmt.count(len(without) - _LISTED)} more" if len(without) > _LISTED else ""
        self.left_out.emit(f"Without an e-mail address, and so without a draft: {named}{rest}.")

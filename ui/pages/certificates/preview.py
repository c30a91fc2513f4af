"""Certificates as they will print, issued ones or drafts, drawn beside other work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cit_desktop.errors import CitError
from cit_desktop.services.certificates import Candidate
from ui import format as fmt
from ui.context import Context
from ui.receiving import while_alive
from ui.widgets.label import TextLabel
from ui.widgets.pdf_preview import PdfPreview
from ui.work import certificate_files

_PAUSE_MS = 120


class CertificatePreview(QWidget):
    """Shows what was asked for last; a slower answer to an older question is dropped.

    Attributes:
        shown: The certificates in sight, a page each; empty while there is a draft or nothing.
    """

    ready = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asked = 0
        self.shown: tuple[int, ...] = ()
        self.pdf = PdfPreview(asks_first=True)
        self.note = TextLabel("", role="soft", wrap=True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setContentsMargins(32, 24, 32, 24)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.note)
        self.stack.addWidget(self.pdf)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.setFocusProxy(self.pdf)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._start)
        self._work: Callable[[], bytes] = bytes
        self._then: Callable[[], object] | None = None
        self._next: tuple[tuple[int, ...], str, str] = ((), "", "")

    def say(self, text: str) -> None:
        """Show a sentence instead of a document."""
        self._pause.stop()
        self._asked += 1
        self.shown = ()
        self.note.setText(text)
        self.pdf.clear()
        self.stack.setCurrentWidget(self.note)

    def show_issued(
        self,
        certificate_ids: Sequence[int],
        then: Callable[[], object] | None = None,
        mark: str = "",
    ) -> None:
        """Show issued certificates; ``then`` is called once they are in sight.

        Args:
            mark: A word across them, such as "Revoked"; they cannot be printed then.
        """
        ids = tuple(certificate_ids)
        title = fmt.plural(len(ids), "certificate")
        work = partial(certificate_files.drawn, self._context.db, ids)
        self._ask(work, (ids, title, mark), then)

    def show_draft(self, class_id: int, chosen: Sequence[Candidate]) -> None:
        """Show what would be issued today, marked as a draft; it cannot be printed."""
        work = partial(certificate_files.drafted, self._context.db, class_id, tuple(chosen))
        self._ask(work, ((), "Draft", certificate_files.DRAFT), None)

    def _ask(
        self,
        work: Callable[[], bytes],
        what: tuple[tuple[int, ...], str, str],
        then: Callable[[], object] | None,
    ) -> None:
        self._asked += 1
        self._work, self._next, self._then = work, what, then
        if then is None:
            self._pause.start()
        else:
            self._pause.stop()
            self._start()

    def _start(self) -> None:
        asked, what, then = self._asked, self._next, self._then
        job = self._context.commands.jobs.start("Preview", self._work)
        job.done.connect(while_alive(self, lambda pdf: self._show(asked, what, then, pdf)))
        job.failed.connect(while_alive(self, lambda error: self._fail(asked, error)))
        job.crashed.connect(_raise)

    def _show(
        self,
        asked: int,
        what: tuple[tuple[int, ...], str, str],
        then: Callable[[], object] | None,
        content: bytes,
    ) -> None:
        if asked != self._asked:
            return
        self.shown, title, mark = what
        self.pdf.load(content, title, mark, self.shown)
        self.stack.setCurrentWidget(self.pdf)
        self.ready.emit()
        if then is not None:
            then()

    def _fail(self, asked: int, error: CitError) -> None:
        if asked == self._asked:
            self.say(str(error))


def _raise(error: BaseException) -> None:
    """A mistake of the program goes where all of them go."""
    raise error

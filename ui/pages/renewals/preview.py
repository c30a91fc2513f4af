"""The letter to one person as it will print, drawn anew after every key."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cit_desktop.documents.letters import Wording
from cit_desktop.errors import CitError
from cit_desktop.services.renewals import Renewal
from ui.commands import report_crash
from ui.context import Context
from ui.receiving import while_alive
from ui.widgets.card import Card
from ui.widgets.label import ElidedLabel, TextLabel
from ui.widgets.pdf_preview import PdfPreview
from ui.work import renewal_files
from ui.work.renewal_files import Drawn

_PAUSE_MS = 60


@dataclass(frozen=True)
class Asked:
    """What is to be shown; without a wording what the chapter says."""

    renewal: Renewal
    wording: Wording | None = None


class LetterPreview(Card):
    """Draws what was asked for last, one letter at a time; what came between is never drawn."""

    drawn = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asked: Asked | None = None
        self._running = False
        self.who = ElidedLabel("", bold=True)
        self.why = TextLabel("", role="soft", wrap=True)
        self.who.setContentsMargins(14, 10, 14, 0)
        self.why.setContentsMargins(14, 2, 14, 4)
        self.body.addWidget(self.who)
        self.body.addWidget(self.why)
        self.pdf = PdfPreview()
        self.pdf.print_button.hide()  # the page prints what is ticked
        self.note = TextLabel("", role="soft", wrap=True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setContentsMargins(32, 24, 32, 24)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.note)
        self.stack.addWidget(self.pdf)
        self.body.addWidget(self.stack, 1)
        self.setMinimumWidth(330)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._start)

    def show_letter(self, asked: Asked, why: str) -> None:
        """Draw a letter soon.

        Args:
            why: The line under the name.
        """
        self.who.setText(asked.renewal.full_name)
        self.why.setText(why)
        self._asked = asked
        self._pause.start()

    def say(self, text: str) -> None:
        """Say why there is no letter to be seen."""
        self._asked = None
        self._pause.stop()
        self.note.setText(text)
        self.pdf.clear()
        self.stack.setCurrentWidget(self.note)

    def _start(self) -> None:
        asked = self._asked
        if self._running or asked is None:
            return
        self._running = True
        jobs, db = self._context.commands.jobs, self._context.db
        job = jobs.start("Preview", renewal_files.drawn, db, [asked.renewal], asked.wording)
        job.done.connect(while_alive(self, lambda found: self._show(asked, found)))
        job.failed.connect(while_alive(self, lambda error: self._fail(asked, error)))
        job.crashed.connect(report_crash)
        job.finished.connect(while_alive(self, lambda: self._go_on(asked)))

    def _show(self, asked: Asked, found: Drawn) -> None:
        if asked is self._asked:
            self.pdf.load(found.content, f"Letter to {asked.renewal.full_name}")
            self.stack.setCurrentWidget(self.pdf)

    def _fail(self, asked: Asked, error: CitError) -> None:
        if asked is self._asked:
            self.say(str(error))

    def _go_on(self, asked: Asked) -> None:
        self._running = False
        if self._asked is not None and asked is not self._asked:
            self._pause.start()
        else:
            self.drawn.emit()

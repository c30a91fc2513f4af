"""A paper of a class in its own window, drawn anew whenever something about it is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from cit_desktop.catalogs.stock import StockKind
from cit_desktop.documents.options import Options
from cit_desktop.errors import CitError
from cit_desktop.papers import class_papers, name_papers
from cit_desktop.papers.class_papers import ClassPaper
from cit_desktop.services.classes import ClassView
from ui.commands import report_crash
from ui.context import Context
from ui.dialogs.chosen_paper import ChosenPaperDialog
from ui.previewing import open_preview
from ui.receiving import while_alive
from ui.saving import Saver
from ui.widgets.paper_choices import PaperChoices, StockItem

if TYPE_CHECKING:
    from ui.jobs import Job

_PAUSE_MS = 150  # while a number is typed
_SHIFT = "papers/shift"
_CRASHED = "The program made a mistake while drawing it. Choose something else, or close this."


class ChosenPaper(QObject):
    """Draws one paper of one class; lives as long as its window.

    The stock chosen last for a paper, and by how much the printer is off on it, are remembered
    on this computer.

    Attributes:
        dialog: The window with the pages.

    Raises:
        NotFound: The class is gone.
    """

    def __init__(
        self, context: Context, paper: ClassPaper, shown: ClassView, saver: Saver, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._paper, self._class_id = context, paper, shown.id
        self._job: Job | None = None
        with context.db.read() as session:
            kind = cast(StockKind, paper.key)
            found = name_papers.usual_stocks(session, shown.id, kind)
        stocks = [StockItem(one.id, one.name, one.places, self._shift(one.id)) for one in found]
        choices = PaperChoices(paper.takes, stocks, context.preferences.get(self._preference, ""))
        title = f"{shown.code} {paper.title.lower()}"
        self.dialog = ChosenPaperDialog(title, choices, parent, saver.opener)
        self.dialog.finished.connect(self._close)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        self.dialog.chosen.connect(self._wait)
        open_preview(self.dialog, context, saver)
        self._draw()

    @property
    def _preference(self) -> str:
        return f"papers/stock/{self._paper.key}"

    def _shift(self, stock_id: str) -> tuple[float, float]:
        """By how much this computer's printer is off on a stock."""
        kept = self._context.preferences.get(f"{_SHIFT}/{stock_id}", [])
        if len(kept) != 2 or not all(isinstance(part, int | float) for part in kept):
            return 0.0, 0.0
        return float(kept[0]), float(kept[1])

    def _remember(self, options: Options) -> None:
        preferences, shift = self._context.preferences, [options.right, options.up]
        preferences.set(self._preference, options.stock)
        preferences.set(f"{_SHIFT}/{options.stock}", shift if any(shift) else None)

    def _wait(self) -> None:
        self.dialog.wait()
        self._pause.start()

    def _draw(self) -> None:
        if self._job is not None:
            self._job.cancel()
        options = self.dialog.choices.options()
        self._remember(options)
        job = self._context.commands.jobs.start(
            f"Draw {self._paper.title.lower()}",
            class_papers.draw,
            self._context.db,
            self._paper.key,
            self._class_id,
            options,
            wants_progress=True,
        )
        self._job = job
        name = self.dialog.windowTitle() + (" test page" if options.test else "")
        job.done.connect(while_alive(self, lambda content: self._show(job, content, name)))
        job.failed.connect(while_alive(self, lambda error: self._tell(job, error)))
        job.crashed.connect(while_alive(self, lambda _error: self._tell(job, _CRASHED)))
        job.crashed.connect(report_crash)

    def _show(self, job: Job, content: bytes, name: str) -> None:
        if job is self._job:
            self._job = None
            self.dialog.show_content(content, name)

    def _tell(self, job: Job, error: CitError | str) -> None:
        if job is self._job:
            self._job = None
            self.dialog.say(str(error))

    def _close(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = None
        self._pause.stop()
        self.deleteLater()

"""What stands in the window before records are open, and what leads from there to open records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from cit_desktop.errors import Busy, CitError
from ui.opening.records_file import create_records
from ui.opening.sample import make_sample

if TYPE_CHECKING:
    from ui.opening.welcome import Welcome
    from ui.program import Program


class Front(QObject):
    """Shows the welcome, or why a file did not open.

    Attributes:
        page: The welcome, while it is in sight.
    """

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self.page: Welcome | None = None

    def welcome(self, *, begin: bool = False) -> None:
        """Offer to begin, to open, or to look at the sample chapter."""
        from ui.opening.welcome import Welcome

        program = self._program
        page = Welcome(program.recent(), can_return=program.context is not None)
        page.created.connect(self.create)
        page.opened.connect(program.open_chosen)
        page.sample_wanted.connect(self.open_sample)
        page.returned.connect(self.close)
        program.window.show_front(page)
        self.page = page
        if begin:
            page.ask()

    def trouble(self, error: CitError, path: Path) -> None:
        """Say why a file did not open, with the ways on."""
        from ui.opening.welcome import Trouble

        program = self._program
        in_use = isinstance(error, Busy)
        page = Trouble(error, path, can_take_over=_may_take_over(error, path), in_use=in_use)
        page.again.connect(lambda: program.open(path))
        page.readonly.connect(lambda: program.open(path, readonly=True))
        page.take_over.connect(lambda: program.open(path, take_over=True))
        page.restore.connect(lambda: program.restoring.offer(path))
        page.other.connect(lambda: self.welcome())
        program.window.show_front(page)
        program.menu.follow()

    def close(self) -> None:
        """Show the pages again."""
        self.page = None
        self._program.window.close_front()

    def create(self, path: Path, draft: dict[str, Any]) -> None:
        """Begin a new file of records and work on it."""
        self._prepare("Making the records", create_records, path, draft)

    def open_sample(self) -> None:
        """Work on the sample chapter: made anew, in the program's own folder."""
        self._program.let_go()
        self._prepare("Making the sample chapter", make_sample, wants_progress=True)

    def _prepare(self, label: str, make: Callable[..., Path], *args: Any, **more: Any) -> None:
        """Make a file beside the window, then open it."""
        if self.page is not None:
            self.page.setEnabled(False)
        job = self._program.start(label, make, *args, **more)
        job.done.connect(self._program.open)
        for ended in (job.failed, job.crashed, job.cancelled):
            ended.connect(self._not_made)

    def _not_made(self) -> None:
        if self.page is not None:
            self.page.setEnabled(True)
        elif self._program.context is None:
            self.welcome()


def _may_take_over(error: CitError, path: Path) -> bool:
    from cit_desktop import holder

    return isinstance(error, Busy) and holder.is_stale(path)

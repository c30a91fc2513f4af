"""Undo and redo in the window: what they would do, and saying what they did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from cit_desktop.errors import CitError
from ui.context import Context
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from cit_desktop.services.undo import Step


class Undoing(QObject):
    """Takes steps back and forth in the open records."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.context: Context | None = None
        window.undo_requested.connect(self.undo)
        window.redo_requested.connect(self.redo)

    def attach(self, context: Context | None) -> None:
        """Work with these records, or with none."""
        self.context = context
        self.name_steps()

    def undo(self) -> None:
        """Take back the last operation, and say what it was."""
        from cit_desktop.services import undo

        self._step(undo.undo, "Undone")

    def redo(self) -> None:
        """Do again what was taken back last."""
        from cit_desktop.services import undo

        self._step(undo.redo, "Done again")

    def _step(self, take: Any, word: str) -> None:
        if self.context is None:
            return
        try:
            step: Step = take(self.context.db)
        except CitError as error:
            self._window.on_failed(error)
            return
        banner = self._window.page().undo_banner
        banner.say(f"{word}: {step.label}.", "info", closable=True, seconds=6)

    def name_steps(self) -> None:
        """Name in the menu what undo and redo would do."""
        if self.context is None or self.context.db.readonly:
            self._window.set_undo("", "")
            return
        from cit_desktop.services import undo

        with self.context.db.read() as session:
            back, again = undo.next_undo(session), undo.next_redo(session)
        self._window.set_undo(
            back.label if back and not back.why_not else "",
            again.label if again and not again.why_not else "",
        )

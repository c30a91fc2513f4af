"""Unlocking the chapter's key before something is signed with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cit_desktop.errors import CitError
from cit_desktop.services import chapter_keys, chapters
from ui.commands import report_crash
from ui.context import Context
from ui.dialogs.passphrase import PassphraseDialog
from ui.receiving import while_alive


class Unlocking(QObject):
    """Asks for the passphrase where it was not given today, then goes on.

    Attributes:
        dialog: The question asked last, for tests.
    """

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self.dialog: PassphraseDialog | None = None

    def then(self, chapter_id: int, go_on: Callable[[], object]) -> None:
        """Go on at once where the key is open; else once the passphrase was given, or never."""
        with self._context.db.read() as session:
            locked = chapter_keys.is_locked(session, chapter_id)
            chapter = chapters.view(session, chapter_id).name
        if not locked:
            go_on()
            return
        dialog = PassphraseDialog(chapter, self._parent)
        dialog.given.connect(lambda text: self._try(dialog, chapter_id, text, go_on))
        self.dialog = dialog
        dialog.open()

    def _try(
        self,
        dialog: PassphraseDialog,
        chapter_id: int,
        passphrase: str,
        go_on: Callable[[], object],
    ) -> None:
        def unlocked(_nothing: object) -> None:
            if dialog.isVisible():  # nobody cancelled meanwhile
                dialog.accept()
                go_on()

        def refused(error: CitError) -> None:
            dialog.refuse(str(error))

        def crashed(error: BaseException) -> None:
            dialog.reject()
            report_crash(error)

        job = self._context.commands.jobs.start("Unlock key", self._unlock, chapter_id, passphrase)
        job.done.connect(while_alive(dialog, unlocked))
        job.failed.connect(while_alive(dialog, refused))
        job.crashed.connect(while_alive(dialog, crashed))

    def _unlock(self, chapter_id: int, passphrase: str) -> None:
        """On the job thread: a passphrase is slow to check, so that it is slow to guess."""
        with self._context.db.read() as session:
            chapter_keys.unlock(session, chapter_id, passphrase)

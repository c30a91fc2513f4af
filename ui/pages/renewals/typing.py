"""Changing what the letters say: until it is saved, only the preview follows what is typed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from cit_desktop.documents import letters as renewal_letters
from cit_desktop.documents.letters import USUAL, Wording
from cit_desktop.errors import Refused
from cit_desktop.services import renewal_writing
from ui.context import Context
from ui.pages.renewals.wording import WordingForm
from ui.widgets.button import button, set_kind
from ui.work.renewal_files import Listed

_KEEP_MS = 300
_MEND = "The letter follows once what is marked is corrected."


class WordingTyping(QObject):
    """The way from the kept wording to another one; what is typed outlasts the program.

    Attributes:
        on: The text is being changed.
        changed: Another letter is to be shown.
        kept: A sentence about what was saved.
        ended: The list is to be shown again.
        here_again: What was typed when the program was open last is in the fields.
    """

    changed = Signal()
    kept = Signal(str)
    ended = Signal()
    here_again = Signal()

    def __init__(self, context: Context, form: WordingForm, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._form = form
        self._chapter = ""  # its uid
        self.stored = USUAL
        self.on = False
        self.usual = button("&Use the usual text", lambda: self._show(USUAL))
        self.done_button = button("&Back to the list", self._end)
        self.save = button("&Save text", self._save)
        set_kind(self.save, "primary")
        self._draft = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._draft.timeout.connect(self._keep_draft)
        form.edited.connect(self._edited)

    def buttons(self) -> list[QPushButton]:
        """What can be done with the text, from left to right."""
        return [self.done_button, self.usual, self.save]

    def take(self, found: Listed) -> None:
        """What is kept was read anew; what is being typed stays."""
        another = found.chapter != self._chapter
        self._chapter, self.stored = found.chapter, found.wording
        if another:
            self._take_draft()
        if self.on:
            self._follow()

    def begin(self) -> None:
        """Show what the letters say, to be changed."""
        if not self.on:
            self._form.show_wording(self.stored)
        self.on = True
        self._follow()

    def wording(self) -> tuple[Wording | None, str]:
        """What is typed, or None for what is kept; and why there is no letter to be seen."""
        if not self.on:
            return None, ""
        typed, problems = self._checked()
        return typed, _MEND if problems else ""

    def _checked(self) -> tuple[Wording, dict[str, str]]:
        typed = self._form.wording()
        try:
            return renewal_letters.checked(typed), {}
        except Refused as refusal:
            return typed, dict(refusal.fields)

    def _edited(self) -> None:
        self._draft.start()
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        typed, problems = self._checked()
        writable = bool(self._chapter) and not self._context.db.readonly
        self._form.show_problems(problems)
        self._form.setEnabled(writable)
        self.save.setEnabled(writable and not problems and typed != self.stored)
        self.usual.setEnabled(writable and typed != USUAL)
        changed = typed != self.stored
        self.done_button.setText("Dis&card changes" if changed else "&Back to the list")

    def _show(self, wording: Wording) -> None:
        self._form.show_wording(wording)
        self._edited()

    def _save(self) -> None:
        typed, _problems = self._checked()
        label = "Change the text of renewal letters"
        result = self._context.commands.do(label, renewal_writing.save, typed)
        if result.error is not None:
            self._form.show_problems(
                result.error.fields if isinstance(result.error, Refused) else {}
            )
            return
        self.stored = typed
        self._end()
        self.kept.emit("The text was saved. New letters have it.")

    def _end(self) -> None:
        self._draft.stop()
        self.on = False
        self._context.preferences.set(self._key(), None)
        self.ended.emit()

    # What is not saved yet ------------------------------------------------------------------

    def _key(self) -> str:
        return f"renewals/draft/{self._chapter}"

    def _keep_draft(self) -> None:
        if self._chapter and not self._context.db.readonly:
            self._context.preferences.set(self._key(), asdict(self._form.wording()))

    def _take_draft(self) -> None:
        values: Any = self._context.preferences.get(self._key(), {})
        if not self._chapter or self._context.db.readonly or not isinstance(values, dict):
            return
        if set(values) == set(asdict(USUAL)) and all(isinstance(v, str) for v in values.values()):
            self.on = True
            self._form.show_wording(Wording(**values))
            self.here_again.emit()

"""The chapter's key: its passphrase, its recovery sheet, a new one for an old one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from cit_desktop.services import chapter_keys
from cit_desktop.services.chapter_keys import KeyView
from ui import format as fmt
from ui.context import Context
from ui.dialogs.document_preview import DocumentPreview
from ui.dialogs.new_passphrase import NewPassphrase
from ui.dialogs.question import Question
from ui.dialogs.recovery_lines import RecoveryLines
from ui.pages.certificates.unlocking import Unlocking
from ui.pages.settings.section import card, form
from ui.receiving import while_alive
from ui.widgets.button import button
from ui.widgets.label import TextLabel
from ui.work import certificate_proofs

if TYPE_CHECKING:
    from cit_desktop.db import Database

_TEXT = (
    "Every certificate is signed with it, so that anybody can check it years later without a "
    "network. It is made when the first certificate is issued, and kept in the file of records."
)
_PROTECTED = "With a passphrase, a copy of the records is not enough to sign certificates."
_FORGOTTEN = "Print the recovery sheet, too: nothing else helps when it is forgotten."
_STATES = {
    "open": "None: whoever has the records can sign",
    "locked": "Set; it is asked for before certificates are issued",
    "unlocked": "Set, and given today",
}
_ROTATE = (
    "New certificates are signed with it. The old key signs no more; what it signed stays valid. "
    "Write the verification page and print the recovery sheet again afterwards."
)
_UNPROTECT = "Whoever has a copy of the records can sign certificates as this chapter then."


class KeyCard(QWidget):
    """The key as it is, and what can be done with it.

    Attributes:
        dialog: What was asked last, for tests.
    """

    said = Signal(str, str)  # text, tone

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._chapter_id = 0
        self.keys: tuple[KeyView, ...] = ()
        self.dialog: Any = None
        self.unlocking = Unlocking(context, self)
        self.key, self.passphrase, self.older = TextLabel(""), TextLabel(""), TextLabel("")
        self.protect = button("", self._protect)
        self.sheet = button("Print recovery shee&t…", self._sheet)
        self.more = button("&More ▾")
        menu = QMenu(self.more)
        self.unprotect = menu.addAction("&Remove the passphrase…", self._unprotect)
        self.restore = menu.addAction("&Take the key back from its sheet…", self._restore)
        self.rotate = menu.addAction("Make a &new key…", self._rotate)
        self.more.setMenu(menu)
        self._lay_out()

    def _lay_out(self) -> None:
        made = card("The chapter’s key", _TEXT)
        grid = form()
        facts = (("Key", self.key), ("Passphrase", self.passphrase), ("Older keys", self.older))
        for row, (name, label) in enumerate(facts):
            grid.addWidget(TextLabel(name, role="soft"), row, 0)
            grid.addWidget(label, row, 1)
        row_of_buttons = QHBoxLayout()
        row_of_buttons.setSpacing(8)
        for part in (self.protect, self.sheet, self.more):
            row_of_buttons.addWidget(part)
        row_of_buttons.addStretch(1)
        made.body.addLayout(grid)
        made.body.addSpacing(8)
        made.body.addLayout(row_of_buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(made)

    def show_chapter(self, chapter_id: int) -> None:
        """Show the keys of a chapter; 0 for none."""
        self._chapter_id = chapter_id
        with self._context.db.read() as session:
            self.keys = chapter_keys.keys(session, chapter_id) if chapter_id else ()
        state, older = self._state(), sum(key.state == "retired" for key in self.keys)
        self.key.setText("".join(map(_named, self._in_use())) or "None yet")
        self.passphrase.setText(_STATES.get(state, "None"))
        self.older.setText(
            f"{older}, kept for ever: what they signed stays valid" if older else "–"
        )
        protected = state in ("locked", "unlocked")
        self.protect.setText("Change the &passphrase…" if protected else "Set a &passphrase…")
        self.unprotect.setEnabled(protected)
        self.rotate.setEnabled(bool(state))
        self.setEnabled(bool(chapter_id) and not self._context.db.readonly)

    def _in_use(self) -> list[KeyView]:
        return [key for key in self.keys if key.state != "retired"][:1]

    def _state(self) -> str:
        """Of the key in use; an empty text while there is none."""
        return "".join(key.state for key in self._in_use())

    # What is done ---------------------------------------------------------------------------

    def _protect(self) -> None:
        self.unlocking.then(self._chapter_id, self._ask_passphrase)

    def _ask_passphrase(self) -> None:
        title = self.protect.text().replace("&", "").removesuffix("…")
        dialog = NewPassphrase(title, f"{_PROTECTED} {_FORGOTTEN}", "&Set passphrase", self)
        told = "The passphrase was set. Print the recovery sheet if there is none yet."
        label = "Protect the chapter's key"
        dialog.given.connect(lambda text: self._start(label, told, chapter_keys.protect, text))
        self._open(dialog)

    def _unprotect(self) -> None:
        dialog = Question("Remove the passphrase?", _UNPROTECT, "&Remove", parent=self)
        label, told = "Remove the passphrase of the chapter's key", "The passphrase was removed."
        act = partial(self._start, label, told, chapter_keys.unprotect)
        dialog.confirmed.connect(lambda: self.unlocking.then(self._chapter_id, act))
        self._open(dialog)

    def _rotate(self) -> None:
        label, told = "Make a new key", "New certificates are signed with a new key."
        act = partial(self._start, label, told, chapter_keys.rotate)
        if self._state() == "open":
            question = Question("Make a new key?", _ROTATE, "Make a &new key", parent=self)
            question.confirmed.connect(act)
            self._open(question)
            return
        text = f"{_ROTATE} It needs a passphrase, as the old one had."
        dialog = NewPassphrase("Make a new key", text, "Make a &new key", self)
        dialog.given.connect(act)
        self._open(dialog)

    def _restore(self) -> None:
        dialog = RecoveryLines(self)
        label, told = "Take back the chapter's key", "The key was taken back. It signs again."
        dialog.given.connect(lambda text: self._start(label, told, chapter_keys.restore, text))
        self._open(dialog)

    def _sheet(self) -> None:
        self.unlocking.then(self._chapter_id, self._draw_sheet)

    def _draw_sheet(self) -> None:
        db, chapter_id, new = self._context.db, self._chapter_id, not self._state()
        job = self._context.commands.run("Draw recovery sheet", _drawn, db, chapter_id, new=new)
        job.done.connect(while_alive(self, self._show_sheet))

    def _show_sheet(self, content: bytes) -> None:
        self.show_chapter(self._chapter_id)
        dialog = DocumentPreview("Recovery sheet", content, self)
        dialog.save_button.hide()  # whoever has the file can sign: it belongs on paper alone
        self._open(dialog)

    def _start(self, label: str, told: str, act: Callable[..., Any], *values: str) -> None:
        commands, chapter_id = self._context.commands, self._chapter_id
        job = commands.start(label, act, chapter_id, *values, undoable=False)
        job.done.connect(while_alive(self, lambda _value: self._done(told)))

    def _done(self, told: str) -> None:
        self.show_chapter(self._chapter_id)
        self.said.emit(told, "good")
        db = self._context.db
        self._context.commands.run("Read keys", certificate_proofs.remember_keys, db)

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()


def _named(key: KeyView) -> str:
    return f"{key.key_id}, in use since {fmt.local_day(key.created)}"


def _drawn(db: Database, chapter_id: int, *, new: bool) -> bytes:
    """The sheet; the key is made where there is none yet."""
    from cit_desktop.exports.recovery_pdf import draw_sheet

    label = "Print the recovery sheet"
    with db.operation(label, undoable=False) if new else db.read() as session:
        sheet = chapter_keys.recovery_sheet(session, chapter_id)
    return draw_sheet(sheet)

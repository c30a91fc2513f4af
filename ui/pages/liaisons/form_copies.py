"""The chapter's own layouts of the forms: edited, kept, given up."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from cit_desktop.services import form_copies
from ui.context import Context
from ui.dialogs.profile_text import ProfileText
from ui.widgets.button import button

_INTRO = (
    "The text says which sections, rows and fields the form has; its first lines say how. Your "
    "copy is kept with these records and wins over the one that ships with the program."
)


class FormCopies(QObject):
    """Each act can be undone.

    Attributes:
        dialog: The editor opened last, for tests.
        reverting: The button of each form that gives the own copy up.
    """

    done = Signal(str)  # a sentence

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self.dialog: ProfileText | None = None
        self.reverting: dict[str, QPushButton] = {}

    def buttons(self, key: str, title: str) -> list[QPushButton]:
        """Those of a form: to edit its layout, and to go back to the one that ships."""
        self.reverting[key] = button("Revert", partial(self.revert, key, title), kind="quiet")
        self.reverting[key].hide()
        edit = button("Layout…", partial(self.edit, key, title), kind="quiet")
        for made in (edit, self.reverting[key]):
            made.setEnabled(not self._context.db.readonly)
        return [edit, self.reverting[key]]

    def show_own(self, key: str, own: bool) -> None:
        """Offer to give up a copy only where there is one."""
        self.reverting[key].setVisible(own)

    def edit(self, key: str, title: str) -> None:
        """Edit the text of a form; saving it makes it the chapter's own copy."""
        with self._context.db.read() as session:
            text = form_copies.text(session, key)
        self.dialog = ProfileText(
            title,
            text,
            partial(form_copies.problem, key),
            self._parent,
            what="layout of a form",
            intro=_INTRO,
        )
        self.dialog.chosen.connect(partial(self._save, key, title))
        self.dialog.open()

    def _save(self, key: str, title: str, text: str) -> None:
        if self._context.commands.do("Change layout of a form", form_copies.save_copy, key, text):
            self.done.emit(f"Your layout of “{title}” is used from now on.")

    def revert(self, key: str, title: str) -> None:
        """Give up the chapter's own copy."""
        if self._context.commands.do("Revert layout of a form", form_copies.revert, key):
            self.done.emit(f"“{title}” is as it was shipped again.")

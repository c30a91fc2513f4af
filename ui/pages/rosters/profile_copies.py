"""The chapter's own copies of roster profiles: edited, kept, given up."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cit_desktop import catalogs
from cit_desktop.catalogs import Profile
from cit_desktop.errors import CitError
from cit_desktop.services import profiles
from ui.context import Context
from ui.dialogs.profile_text import ProfileText


class ProfileCopies(QObject):
    """Each act can be undone.

    Attributes:
        dialog: The editor opened last, for tests.
    """

    done = Signal(str)  # a sentence

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self.dialog: ProfileText | None = None

    def edit(self, profile: Profile | None) -> None:
        """Edit the text of a profile; saving it makes it the chapter's own copy."""
        if profile is None:
            return
        try:
            with self._context.db.read() as session:
                text = profiles.text(session, profile.id)
        except CitError as error:
            self._context.commands.failed.emit(error)
            return
        self.dialog = ProfileText(profile.title, text, partial(problem, profile.id), self._parent)
        self.dialog.chosen.connect(partial(self._save, profile))
        self.dialog.open()

    def _save(self, profile: Profile, text: str) -> None:
        label = "Change roster profile"
        if self._context.commands.do(label, profiles.save_copy, profile.id, text):
            self.done.emit(f"Your copy of “{profile.title}” is used from now on.")

    def revert(self, profile: Profile | None) -> None:
        """Give up the chapter's own copy."""
        if profile is None:
            return
        if self._context.commands.do("Revert roster profile", profiles.revert, profile.id):
            self.done.emit(f"“{profile.title}” is as it was shipped again.")


def ships(profile_id: str) -> bool:
    """Whether a profile of this id comes with the program."""
    return any(profile.id == profile_id for profile in catalogs.profiles())


def problem(profile_id: str, text: str) -> str:
    """What is wrong with a profile's text, as a sentence, or an empty text."""
    try:
        read = catalogs.profile_from_toml(text)
    except CitError as error:
        return str(error)
    return "" if read.id == profile_id else f"The id must stay “{profile_id}”."

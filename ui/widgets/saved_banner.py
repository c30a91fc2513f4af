"""Says what was saved, and offers to open it or the folder it is in."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.saving import OPENABLE, Opener, Saved
from ui.widgets.banner import Banner, Tone
from ui.widgets.button import button


class SavedBanner(Banner):
    """A banner with two links; it stays until it is dismissed or something else is saved."""

    def __init__(self, opener: Opener, parent: QWidget | None = None, *, gap: int = 0) -> None:
        super().__init__(parent, gap=gap)
        self._opener = opener
        self._saved = Saved((), "")
        self.folder_link = button("Open folder", self._open_folder, kind="link")
        self.folder_link.setProperty("tone", "good")
        row = self.layout()
        assert isinstance(row, QHBoxLayout)  # noqa: S101 - as the banner made it
        row.insertWidget(row.indexOf(self.close_button), self.folder_link)
        self.acted.connect(self._open)

    def tell(self, saved: Saved) -> None:
        """Show what was saved."""
        self._saved = saved
        one = len(saved.paths) == 1 and saved.paths[0].suffix.lower() in OPENABLE
        tone: Tone = "good" if saved.whole else "care"
        self.folder_link.setProperty("tone", tone)
        self.folder_link.style().unpolish(self.folder_link)
        self.folder_link.style().polish(self.folder_link)
        self.folder_link.setVisible(bool(saved.paths))
        self.say(saved.text, tone, link="Open" if one else "", closable=True)

    def note(self, text: str, tone: Tone) -> None:
        """Say something about which there is nothing to open."""
        self.folder_link.hide()
        self.say(text, tone, closable=True)

    def _open(self) -> None:
        if not self._opener.open(self._saved.paths[0]):
            self._cannot(f"“{self._saved.paths[0].name}” cannot be opened from here.")

    def _open_folder(self) -> None:
        if not self._opener.open_folder(self._saved.paths[0]):
            self._cannot(f"The folder “{self._saved.paths[0].parent}” cannot be opened from here.")

    def _cannot(self, sentence: str) -> None:
        self.note(f"{sentence} It may have been moved or removed.", "care")

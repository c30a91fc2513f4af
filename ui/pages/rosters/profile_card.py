"""What a roster profile is: whose layout, how sure it is, when it is due, where it comes from."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cit_desktop.catalogs import Profile
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import ElidedLabel, LabelRole, TextLabel

STATUSES: Final[dict[str, str]] = {
    "A": "The columns are named in a rule or on an official page",
    "B": "The columns are known in part",
    "C": "The columns are not public; this is how others describe them",
}
UNOFFICIAL: Final = "Layout unofficial: check with your state"


class ProfileCard(Card):
    """The facts of a profile, and making, editing or giving up an own copy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=0)
        self.title = ElidedLabel("", points=12, bold=True)
        self.status = TextLabel("", wrap=True)
        self.due = TextLabel("", role="soft", wrap=True)
        self.note = TextLabel("", role="soft", wrap=True)
        self.source = TextLabel("", role="soft", points=8.5, wrap=True)
        self.copy = button("&Make my own copy…")
        self.revert = button("&Revert to the shipped one", kind="quiet")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.revert)
        head.addWidget(self.copy)
        self.body.setContentsMargins(16, 12, 12, 12)
        self.body.addLayout(head)
        words = QVBoxLayout()
        words.setContentsMargins(0, 2, 4, 0)
        words.setSpacing(3)
        for part in (self.status, self.due, self.note, self.source):
            words.addWidget(part)
        self.body.addLayout(words)

    def show_profile(self, profile: Profile, *, own: bool, shipped: bool) -> None:
        """Show one.

        Args:
            own: It is the chapter's own copy.
            shipped: There is one that ships with the program.
        """
        self.title.setText(f"{profile.title} (your copy)" if own else profile.title)
        official = profile.official
        status = STATUSES.get(profile.status, "")
        self.status.setText(f"✓ {status}" if official else f"△ {UNOFFICIAL}. {status}.")
        role: LabelRole = "good" if official else "care"
        self.status.set_role(role)
        self.due.setText(_due(profile))
        self.note.setText(" ".join(profile.note.replace(UNOFFICIAL + ".", "").split()))
        self.source.setText(f"Source: {profile.source}" if profile.source else "")
        for part in (self.note, self.source):
            part.setVisible(bool(part.text()))
        self.copy.setText("E&dit my copy…" if own else "&Make my own copy…")
        self.revert.setVisible(own and shipped)


def _due(profile: Profile) -> str:
    if profile.due_text:
        return profile.due_text
    if profile.due_days is not None:
        return f"Due {profile.due_days} days after the class."
    return "No due date is known."

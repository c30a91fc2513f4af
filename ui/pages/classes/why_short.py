"""One person of a class in a line: how many hours, by area, and what is missing."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from cit_desktop.services.hours import Summary
from ui.pages.classes.words import areas_text, why_text
from ui.widgets.label import ElidedLabel, TextLabel


class WhyShort(QWidget):
    """Says why somebody falls short: "36.5 of 40 hours: missing Wed 1:00–4:30"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = TextLabel("", bold=True)
        self.why = ElidedLabel("")
        self.areas = TextLabel("", role="soft")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.name)
        row.addWidget(self.why, 1)
        row.addWidget(self.areas)
        self.setAccessibleName("Hours of the chosen person")

    def show_summary(self, name: str, summary: Summary | None) -> None:
        """Show one person; nothing when there is none."""
        self.setVisible(summary is not None)
        if summary is None:
            return
        self.name.setText(name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…")
        self.why.setText(why_text(summary))
        self.areas.setText(areas_text(summary.by_area.items()))
        self.setAccessibleDescription(f"{name}, {self.why.text()} {self.areas.text()}")


_LONGEST = 40  # the reason matters more than the end of a name

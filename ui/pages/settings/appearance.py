"""Settings of how the window looks on this computer."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QWidget
from typing_extensions import override

from ui.context import Context
from ui.pages.settings.section import Section, card
from ui.theme import Scheme

_TITLES = {"system": "As the &system", "light": "&Light", "dark": "&Dark"}


class AppearanceSection(Section):
    """Light or dark, and how high rows are; at once, and only on this computer."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        colors = card("Colors", "A high-contrast theme of the system always wins.")
        self.group = QButtonGroup(self)
        self.schemes: dict[Scheme, QRadioButton] = {}
        for scheme in Scheme:
            choice = self.schemes[scheme] = QRadioButton(_TITLES[scheme.value])
            self.group.addButton(choice)
            choice.clicked.connect(self._choose)
            colors.body.addWidget(choice)
        rows = card("Rows of tables")
        self.compact = QCheckBox("&Compact: more rows on a screen")
        self.compact.clicked.connect(self._choose)
        rows.body.addWidget(self.compact)
        self.column.addWidget(colors)
        self.column.addWidget(rows)
        self.column.addStretch(1)

    def follow(self) -> None:
        """Show what is chosen, which the menu can change too."""
        keep = self.context.preferences
        self.schemes[Scheme(keep.get("theme/scheme", "system"))].setChecked(True)
        self.compact.setChecked(keep.get("theme/compact", False))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()

    def _choose(self) -> None:
        scheme = next(name for name, choice in self.schemes.items() if choice.isChecked())
        self.asked.emit("appearance", (scheme, self.compact.isChecked()))

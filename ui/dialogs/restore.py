"""Shows the backups, and what going back to one of them would change."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cit_desktop import clock
from ui import format as fmt
from ui import theme
from ui.opening.backup_list import COLUMNS, COUNTED, BackupSource, reason
from ui.widgets.banner import Banner
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import TextLabel
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from cit_desktop.backup import Backup

_TEXT = (
    "The records become what they were then. What is in them now is kept as a backup first, so "
    "that one can come back to it."
)
_NONE = (
    "There are no backups of these records on this computer. If there is one elsewhere, choose it."
)


class RestoreDialog(QDialog):
    """Emits the backup to go back to."""

    chosen = Signal(object)  # Backup
    other_wanted = Signal()

    def __init__(
        self,
        name: str,
        backups: Sequence[Backup],
        now: Mapping[str, int] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Restore a backup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 560)
        self._now = now
        self.source = BackupSource()
        self.source.backups = list(backups)
        self.banner = Banner(gap=8)
        self.table = RecordTable(
            (COLUMNS[0], dataclasses.replace(COLUMNS[1], width=0)), self.source
        )
        self.table.setAccessibleName("Backups")
        self.when = TextLabel("", points=12, bold=True, wrap=True)
        self.why = TextLabel("", role="soft", wrap=True)
        self.counts: dict[str, tuple[TextLabel, TextLabel]] = {}
        self.replace = button("&Replace the records", self._accept, kind="primary")
        self.cancel = button("Cancel", self.reject)
        self.other = button("Choose another &file…", self.other_wanted.emit)
        self._build(name)
        self.table.current_changed.connect(lambda _row: self._preview())
        self.table.reload()
        self.choose(backups[0] if backups else None)

    def _build(self, name: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(TextLabel(f"Go back to a backup of “{name}”", points=12, bold=True))
        column.addWidget(TextLabel(_TEXT, role="soft", wrap=True))
        column.addSpacing(4)
        column.addWidget(self.banner)
        both = QHBoxLayout()
        both.setSpacing(16)
        card = Card()
        card.body.addWidget(self.table)
        both.addWidget(card, 5)
        both.addWidget(self._build_preview(), 4)
        column.addLayout(both, 1)
        column.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.other)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.replace)
        column.addLayout(row)

    def _build_preview(self) -> QWidget:
        card = Card(margin=20)
        card.body.setSpacing(6)
        card.body.addWidget(self.when)
        card.body.addWidget(self.why)
        card.body.addSpacing(12)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(0, 1)
        for place, title in ((1, "In the backup"), (2, "Now")):
            heading = TextLabel(title, role="soft", points=theme.SMALL)
            self.grid.addWidget(heading, 0, place, Qt.AlignmentFlag.AlignRight)
        for line, (key, title) in enumerate((*COUNTED, ("operation", "Steps of history")), 1):
            pair = (TextLabel(bold=True), TextLabel())
            self.counts[key] = pair
            self.grid.addWidget(TextLabel(title), line, 0)
            for place, label in enumerate(pair, 1):
                self.grid.addWidget(label, line, place, Qt.AlignmentFlag.AlignRight)
        card.body.addLayout(self.grid)
        card.body.addStretch(1)
        return card

    def choose(self, backup: Backup | None) -> None:
        """Show one of them."""
        if backup is not None and backup in self.source.backups:
            self.table.choose(self.source.backups.index(backup) + 1)
        self._preview()

    def add(self, backup: Backup) -> None:
        """Offer one more, and show it."""
        if backup not in self.source.backups:
            self.source.backups = [backup, *self.source.backups]
            self.table.reload()
        self.choose(backup)

    def current(self) -> Backup | None:
        """The backup in sight."""
        number = self.table.current_id()
        return None if number is None else self.source.backups[number - 1]

    def _preview(self) -> None:
        shown = self.current()
        self.replace.setEnabled(shown is not None)
        if shown is None:
            self.when.setText("No backups" if not self.source.backups else "")
            self.why.setText(_NONE if not self.source.backups else "")
            return
        self.when.setText(fmt.moment(shown.made))
        self.why.setText(f"{reason(shown.reason)}, {fmt.ago(shown.made, clock.now())}")
        for key, (then, now) in self.counts.items():
            then.setText(fmt.count(shown.rows.get(key, 0)))
            now.setText("–" if self._now is None else fmt.count(self._now.get(key, 0)))

    def _accept(self) -> None:
        shown = self.current()
        if shown is not None:
            self.accept()
            self.chosen.emit(shown)

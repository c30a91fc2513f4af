"""Settings of backups: what there is, whether it is whole, the second folder, going back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QWidget
from typing_extensions import override

from cit_desktop import backup, clock
from cit_desktop.backup import Backup
from cit_desktop.errors import CitError
from cit_desktop.paths import backup_folder
from cit_desktop.progress import Progress
from cit_desktop.services import settings
from ui import format as fmt
from ui.context import Context
from ui.opening.backup_list import COLUMNS, STATE, BackupSource, backups_of
from ui.pages.settings.section import Section, card
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import ElidedLabel, TextLabel
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from cit_desktop.journal import Changes
    from ui.jobs import Job

SECOND = "backup/second"
_SECOND_TEXT = (
    "A stick, another disk, or a folder on the server: if this computer is lost, that copy is not."
)


def verify(backups: list[Backup], progress: Progress) -> dict[Path, str]:
    """What is wrong with each backup, or an empty text."""
    found = {}
    for done, one in enumerate(backups, 1):
        try:
            backup.verify(one)
            found[one.path] = ""
        except CitError as error:
            found[one.path] = str(error)
        progress(done, len(backups), "Verifying backups")
    return found


class BackupsSection(Section):
    """The list of backups with the actions on it.

    Attributes:
        job: What runs now, for whoever waits for it.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.job: Job | None = None
        self.second = ""
        self.source = BackupSource()
        self.table = RecordTable((*COLUMNS, STATE), self.source, context.preferences, "backups")
        self.table.setAccessibleName("Backups")
        self.make = button("&Back up now", lambda: self.asked.emit("back up", None), kind="primary")
        self.verify_all = button("Verif&y all", self._verify)
        self.restore = button("&Restore…", self._restore)
        self.open_folder = button("&Open folder", self._open_folder)
        self.newest = TextLabel("", role="soft")
        self.list_card = Card()
        self.list_card.body.addWidget(self.table)
        self.empty = EmptyState(
            "backup", "No backups yet", "One is made whenever the records have changed."
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.newest, 1)
        for one in (self.open_folder, self.verify_all, self.restore, self.make):
            row.addWidget(one)
        self.column.addLayout(row)
        self.column.addWidget(self.list_card, 1)
        self.column.addWidget(self.empty, 1)
        self.column.addWidget(self._build_second())
        self.table.opened.connect(lambda _number: self._restore())
        self._list([])
        self.empty.hide()  # until it is known that there are none

    def _build_second(self) -> Card:
        made = card("Second folder", _SECOND_TEXT)
        self.second_label = ElidedLabel("", role="soft")
        self.choose = button("&Choose…", self._choose)
        self.forget = button("Use &none", lambda: self.set_second(""), kind="quiet")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.second_label, 1)
        row.addWidget(self.forget)
        row.addWidget(self.choose)
        made.body.addLayout(row)
        return made

    @override
    def refresh(self, changes: Changes | None) -> None:
        with self.context.db.read() as session:
            stored = settings.get(session, SECOND, "")
        self.second = stored if isinstance(stored, str) else ""
        self.second_label.setText(self._second_text())
        self.forget.setVisible(bool(self.second))
        self.choose.setEnabled(not self.context.db.readonly)
        self.forget.setEnabled(not self.context.db.readonly)
        self.look()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()  # backups are made while nobody looks

    def _second_text(self) -> str:
        if not self.second:
            return "None is chosen"
        here = Path(self.second).is_dir()
        return self.second if here else f"{self.second} (cannot be reached now)"

    def look(self) -> None:
        """Read which backups there are; also called when one was made."""
        job = self.context.commands.run(
            "Looking at the backups", backups_of, self.context.db.path, self.second
        )
        job.done.connect(self._list)

    def _list(self, found: list[Backup]) -> None:
        self.source.backups = found
        self.table.reload()
        if found and self.table.current_id() is None:
            self.table.choose(1)
        self.list_card.setVisible(bool(found))
        self.empty.setVisible(not found)
        for one in (self.verify_all, self.restore):
            one.setEnabled(bool(found) and not (one is self.restore and self.context.db.readonly))
        now = clock.now()
        age = f", the newest {fmt.ago(found[0].made, now)}" if found else ""
        self.newest.setText(f"{fmt.plural(len(found), 'backup')}{age}" if found else "")

    def current(self) -> Backup | None:
        """The backup that is chosen."""
        number = self.table.current_id()
        return None if number is None else self.source.backups[number - 1]

    def _restore(self) -> None:
        if self.restore.isEnabled():
            self.asked.emit("restore", self.current())

    def _verify(self) -> None:
        self.job = self.context.commands.run(
            "Verifying backups", verify, list(self.source.backups), wants_progress=True
        )
        self.verify_all.setEnabled(False)
        self.job.done.connect(self._verified)
        self.job.finished.connect(lambda: self.verify_all.setEnabled(True))

    def _verified(self, states: dict[Path, str]) -> None:
        self.source.states = states
        self.table.reload()
        bad = {path: why for path, why in states.items() if why}
        if not bad:
            whole = f"All {len(states):,} backups are" if len(states) > 1 else "The backup is"
            self.said.emit(f"{whole} whole.", "good")
            return
        first = next(iter(bad.values()))
        self.said.emit(f"{fmt.plural(len(bad), 'backup')} cannot be used. {first}", "wrong")

    def _open_folder(self) -> None:
        folder = backup_folder(self.context.db.path)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.said.emit(f"The backups are in “{folder}”.", "info")

    def _choose(self) -> None:
        dialog = QFileDialog(self, "Second folder for backups", self.second)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.set_second)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def set_second(self, folder: str) -> None:
        """Keep a second copy of each backup in a folder from now on; none for an empty text."""
        label = "Choose second backup folder" if folder else "Use no second backup folder"
        if self.act(label, settings.put, SECOND, folder):
            self.asked.emit("back up", None)

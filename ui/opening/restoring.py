"""Going back to a backup: what there is, what it would change, and then the replacing itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from cit_desktop.errors import CitError
from ui import errors
from ui import format as fmt
from ui.dialogs.restore import RestoreDialog
from ui.opening.backup_list import backups_of

if TYPE_CHECKING:
    from cit_desktop.backup import Backup
    from cit_desktop.progress import Progress
    from ui.program import Program


@dataclass(frozen=True)
class Offer:
    """What somebody chooses from; ``now`` is None for records that cannot be read."""

    backups: tuple[Backup, ...]
    now: Mapping[str, int] | None


def look(records: Path, second: str = "") -> Offer:
    """The backups there are, and how much is in the records now."""
    from cit_desktop import backup

    try:
        now = backup.contents(records)
    except CitError:
        now = None
    return Offer(tuple(backups_of(records, second)), now)


def replace(records: Path, chosen: Backup, progress: Progress) -> Path:
    """Put a backup in the place of the records, which nobody here may hold; tells what is kept."""
    from cit_desktop import restore
    from cit_desktop.holder import Hold

    hold = Hold.take(records) if records.exists() else None
    try:
        return restore.restore(records, chosen, progress)
    finally:
        if hold is not None:
            hold.release()


class Restoring(QObject):
    """Lets somebody choose a backup, lets go of the file, replaces it, and opens it again.

    Attributes:
        outcome: What to say once the records are open again.
        dialog: The dialog that is open, if one is.
    """

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self.outcome = ""
        self.dialog: RestoreDialog | None = None

    def offer(self, records: Path | None, chosen: Backup | None = None) -> None:
        """Show the backups of a file; ``chosen`` is the one to show first."""
        if records is None or self.dialog is not None:
            return
        second = self._program.backups.second if self._program.backups is not None else ""
        job = self._program.start("Looking at the backups", look, records, second)
        job.done.connect(lambda found: self._show(records, found, chosen))

    def _show(self, records: Path, found: Offer, chosen: Backup | None) -> None:
        if self.dialog is not None:
            return
        dialog = RestoreDialog(records.name, found.backups, found.now, self._program.window)
        self.dialog = dialog
        dialog.chosen.connect(lambda backup: self.restore(records, backup))
        dialog.other_wanted.connect(lambda: self._ask_for_file(dialog))
        dialog.finished.connect(self._forget)
        if chosen is not None:
            dialog.choose(chosen)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _ask_for_file(self, dialog: RestoreDialog) -> None:
        asking = QFileDialog(dialog, "Choose a backup")
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.setFileMode(QFileDialog.FileMode.ExistingFile)
        asking.setNameFilter("Backups (*.cit)")
        asking.fileSelected.connect(lambda name: self.add_file(dialog, Path(name)))
        asking.open()

    def add_file(self, dialog: RestoreDialog, path: Path) -> None:
        """Offer a backup from somewhere else, such as a stick."""
        from cit_desktop import backup

        try:
            dialog.add(backup.read_manifest(path))
        except CitError as error:
            errors.show(error, dialog.banner)

    def restore(self, records: Path, chosen: Backup) -> None:
        """Replace the records by a backup and open them again."""
        program = self._program
        program.let_go()
        job = program.start("Restoring the backup", replace, records, chosen, wants_progress=True)
        job.done.connect(lambda former: self._restored(records, chosen, former))
        for ended in (job.failed, job.crashed, job.cancelled):
            ended.connect(lambda *_why: program.open(records))

    def _restored(self, records: Path, chosen: Backup, former: Any) -> None:
        self.outcome = (
            f"The records are as they were on {fmt.moment(chosen.made)}. What was there before is "
            f"kept as “{Path(former).name}”."
        )
        self._program.open(records)

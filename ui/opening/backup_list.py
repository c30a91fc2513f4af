"""The backups of a file of records, as tables show them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ui import format as fmt
from ui.opening.backups import second_folder
from ui.widgets.marks import Pill
from ui.widgets.record_table import RIGHT, Column, Filter, Sort

if TYPE_CHECKING:
    from cit_desktop.backup import Backup

_STAMP = re.compile(r"-\d{8}T\d{6}Z-")
_REASONS = {
    "regular": "Regular",
    "import": "Before an import",
    "merge": "Before a merge",
    "upgrade": "Before an upgrade",
    "restore": "Before a restore",
    "closing": "On closing",
    "by hand": "By hand",
}
COUNTED = (("person", "People"), ("training_class", "Classes"), ("certificate", "Certificates"))


def reason(word: str) -> str:
    """Why a backup was made, in words."""
    return _REASONS.get(word, word.capitalize())


def backups_of(records: Path, second: str = "") -> list[Backup]:
    """The backups of a file in its own folder and in a second one, newest first."""
    from cit_desktop import backup
    from cit_desktop.paths import backup_folder

    found = backup.listed(backup_folder(records))
    if second and Path(second).is_dir():
        folder = second_folder(records, second)
        found += backup.listed(folder) if folder.is_dir() else []
    own = [b for b in found if _STAMP.match(b.path.name.removeprefix(records.stem))]
    return sorted(own, key=lambda made: (made.made, made.path.name), reverse=True)


@dataclass(frozen=True)
class BackupRow:
    """A backup as a table shows it; ``state`` is what verifying it found."""

    made: datetime
    reason: str
    person: int
    training_class: int
    certificate: int
    place: str
    state: Pill


COLUMNS = (
    Column("made", "Made", width=210, bold=True, text=fmt.moment, sortable=False),
    Column("reason", "Why", width=130, sortable=False),
    *(
        Column(key, title, width=width, align=RIGHT, text=fmt.count, sortable=False)
        for (key, title), width in zip(COUNTED, (80, 80, 100), strict=True)
    ),
    Column("place", "Folder", width=0, soft=True, sortable=False),
)
STATE = Column(
    "state",
    "State",
    width=180,
    text=lambda pill: str(pill.text),
    pill=lambda shown: shown.state,
    sortable=False,
)


class BackupSource:
    """A list of backups for a table, numbered from 1."""

    def __init__(self) -> None:
        self.backups: Sequence[Backup] = ()
        self.states: Mapping[Path, str] | None = None  # what is wrong, by file

    def ids(self, sort: Sort | None, filter: Filter) -> Sequence[int]:
        """Every backup, newest first."""
        return range(1, len(self.backups) + 1)

    def rows(self, ids: Sequence[int]) -> Mapping[int, BackupRow]:
        """Some of them."""
        return {number: self._row(self.backups[number - 1]) for number in ids}

    def _row(self, made: Backup) -> BackupRow:
        counts = {key: made.rows.get(key, 0) for key, _title in COUNTED}
        place, state = made.path.parent.name, self._state(made)
        return BackupRow(made.made, reason(made.reason), **counts, place=place, state=state)

    def _state(self, made: Backup) -> Pill:
        if self.states is None or made.path not in self.states:
            return Pill("Proven when made", "soft", "empty")
        if self.states[made.path]:
            return Pill("Not usable", "wrong", "warning")
        return Pill("Verified now", "good", "check")

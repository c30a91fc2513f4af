"""Which backups are kept: many of the last days, few of the years before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from cit_desktop.backup import Backup, listed, manifest_path

_STEPS: tuple[tuple[timedelta, str], ...] = (
    (timedelta(days=14), "%Y-%m-%d"),
    (timedelta(weeks=8), "%G-%V"),
    (timedelta(days=731), "%Y-%m"),
    (timedelta(days=3653), "%Y"),
)


def kept(backups: Iterable[Backup], now: datetime) -> set[Path]:
    """Which backups stay: all of two days, then the last of each day for two weeks, of each week
    for eight, of each month for two years, of each year for ten; of those made before an upgrade
    the last three and all of a year; the newest always.
    """
    found = sorted(backups, key=lambda b: (b.made, b.path.name), reverse=True)
    stay = {backup.path for backup in found[:1]}
    upgrades = [backup for backup in found if backup.reason == "upgrade"]
    stay.update(backup.path for backup in upgrades[:3])
    taken: set[str] = set()
    for backup in found:
        age = now - backup.made
        if age < timedelta(days=2) or (backup in upgrades and age < timedelta(days=366)):
            stay.add(backup.path)
            continue
        for longest, pattern in _STEPS:
            period = pattern + backup.made.strftime(pattern)
            if age < longest and period not in taken:
                taken.add(period)
                stay.add(backup.path)
    return stay


def prune(folder: Path, now: datetime) -> list[Path]:
    """Remove the backups that are no longer kept; none while the clock runs behind the newest."""
    found = listed(folder)
    if not found or found[0].made > now:
        return []
    stay = kept(found, now)
    gone = [backup.path for backup in found if backup.path not in stay]
    for path in gone:
        path.unlink()
        manifest_path(path).unlink(missing_ok=True)
    return gone

"""Where the program keeps what is not the records: settings, logs, backups."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

APP = "CIT Desktop"
SUFFIX = ".cit"


def data_folder() -> Path:
    """The folder of the program's own files for this account; made when it is missing.

    ``CIT_DESKTOP_HOME`` chooses another one, for a portable installation or a test.
    """
    chosen = os.environ.get("CIT_DESKTOP_HOME")
    if chosen:
        folder = Path(chosen)
    else:
        import platformdirs

        folder = Path(platformdirs.user_data_dir(APP, appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def log_folder() -> Path:
    """Where the log and reports of crashes are written."""
    folder = data_folder() / "logs"
    folder.mkdir(exist_ok=True)
    return folder


def documents_folder() -> Path:
    """Where a new chapter's file is offered to be kept."""
    chosen = os.environ.get("CIT_DESKTOP_HOME")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_documents_dir()) / APP


def remove_records(records: Path) -> None:
    """Delete a file of records, and the journal that SQLite keeps beside it."""
    records.unlink(missing_ok=True)
    records.with_name(f"{records.name}-journal").unlink(missing_ok=True)


def backup_folder(records: Path) -> Path:
    """The folder of the backups of one file of records, told from others by its full path."""
    full = str(records.absolute()).casefold() if os.name == "nt" else str(records.absolute())
    mark = hashlib.sha256(full.encode()).hexdigest()[:8]
    folder = data_folder() / "backups" / f"{records.stem}-{mark}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder

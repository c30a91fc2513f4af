"""The lists of keys that this account has seen, so that certificates are checked without records.

One file a chapter in the program's own folder; the records themselves are not needed for it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cit_desktop import paths
from cit_desktop.errors import FileProblem
from cit_desktop.proving import verdicts
from cit_desktop.proving.verdicts import KeyList

_NAME: Final = "keys"
_LARGEST: Final = 64 * 2**20
_DATA: Final = re.compile(r'<script type="application/json" id="keys">(.*?)</script>', re.DOTALL)
_log = logging.getLogger(__name__)


def remember(lists: Mapping[str, KeyList]) -> None:
    """Keep the lists of chapters, by their uid, in the place of what was kept of them before.

    Where that fails nothing is lost but comfort; the log says it.
    """
    try:
        folder = paths.data_folder() / _NAME
        folder.mkdir(exist_ok=True)
        for uid, known in lists.items():
            part = folder / f"{uid}.part"
            part.write_text(verdicts.to_json(known), encoding="ascii")
            part.replace(folder / f"{uid}.json")
    except OSError:
        _log.warning("The keys of a chapter could not be remembered", exc_info=True)


def remembered() -> list[KeyList]:
    """Every list kept; one that cannot be read is passed over."""
    found = []
    for path in sorted((paths.data_folder() / _NAME).glob("*.json")):
        try:
            found.append(read(path))
        except FileProblem:
            _log.warning("A list of keys cannot be read")
    return found


def read(path: Path) -> KeyList:
    """The list of keys in a file: one that was kept, or a chapter's page for checking.

    Raises:
        FileProblem: It cannot be read, or holds no list of keys.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise FileProblem(f"“{path.name}” is too large for a list of keys.")
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise FileProblem(
            f"“{path.name}” cannot be read: {error.strerror}.", "Check its name and folder."
        ) from error
    inside = _DATA.search(text)
    return verdicts.from_json(inside[1] if inside else text)

"""What this computer remembers about the window: sizes, columns, colors; never records."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any


class Preferences:
    """Named values in one small JSON file; without a file they last as long as the program.

    A damaged or missing file means that nothing is remembered, never an error.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._values: dict[str, Any] = self._read()

    def _read(self) -> dict[str, Any]:
        if self.path is None:
            return {}
        try:
            values = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return values if isinstance(values, dict) else {}

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or ``default`` when there is none or it is of another type."""
        value = self._values.get(key, default)
        if default is not None and not isinstance(value, type(default)):
            return default
        return value

    def set(self, key: str, value: Any) -> None:
        """Remember a value made of text, numbers, lists and dictionaries; ``None`` forgets it."""
        if self._values.get(key) == value:
            return
        if value is None:
            self._values.pop(key, None)
        else:
            self._values[key] = value
        self._write()

    def _write(self) -> None:
        if self.path is None:
            return
        text = json.dumps(self._values, ensure_ascii=False, indent=1, sort_keys=True)
        part = self.path.with_suffix(f".{os.getpid()}.part")
        with contextlib.suppress(OSError):  # a folder one may not write to costs only comfort
            self.path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(text, encoding="utf-8")
            part.replace(self.path)

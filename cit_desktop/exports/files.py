"""Files that appear whole or not at all, under names that every system can keep."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from cit_desktop.errors import FileProblem, Refused

NAME_BYTES = 100
PATH_LENGTH = 240
RETRY_SECONDS = 2.5

_IN_USE = {5, 32, 33}  # Windows: access denied, sharing violation, lock violation
_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_FIELD = re.compile(r"\{([^{}]*)\}")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)


def write_atomically(path: Path, writer: Callable[[BinaryIO], object]) -> None:
    """Write a file so that others see the old content or all of the new, never a part.

    Args:
        writer: Writes the whole content into the open file it is given.

    Raises:
        FileProblem: It cannot be written; what stood there before is untouched.
    """
    target = path.resolve()
    temporary = target.parent / f".{secrets.token_hex(8)}.tmp"
    try:
        with temporary.open("xb") as file:
            writer(file)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        _replace(temporary, target)
    except OSError as error:
        raise _problem(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole; see ``write_atomically``."""
    write_atomically(path, lambda file: file.write(content))


def safe_name(text: str, fallback: str = "document", limit: int = NAME_BYTES) -> str:
    """The text as the name of a file, without its ending, that Windows, macOS and Linux accept.

    Args:
        fallback: The name when nothing usable is left.
        limit: The most bytes that the name may take in UTF-8.
    """
    name = unicodedata.normalize("NFC", text)
    name = "".join(" " if c.isspace() else c for c in name if c.isspace() or _visible(c))
    name = unicodedata.normalize("NFC", _FORBIDDEN.sub("-", name))
    name = _trim(_cut(_trim(" ".join(name.split())), limit - 1))
    if _RESERVED.fullmatch(name.split(".")[0].strip()):
        name = f"_{name}"
    return name or fallback


def pattern_name(pattern: str, values: Mapping[str, str]) -> str:
    """A file's name, without its ending, from a pattern such as ``{Last}_{First}_{Date}``.

    Raises:
        Refused: The pattern names a field that is not among the values.
    """
    unknown = [name for name in _FIELD.findall(pattern) if name not in values]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in values)
        raise Refused(
            f"The file name pattern asks for {{{unknown[0]}}}, which is not known.",
            hint=f"Use any of {known}.",
        )
    name = _FIELD.sub(lambda match: values[match[1]].strip(), pattern)
    return safe_name(re.sub(r"([_-])[_-]+", r"\1", name).strip("_"))


class FreeNames:
    """Hands out paths in one folder that no file has yet and no two of which are alike.

    Names that differ only in upper and lower case count as alike: Windows keeps one of them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        try:
            self._taken = {_key(entry.name) for entry in self._folder.iterdir()}
        except OSError as error:
            raise _problem(error, folder) from error

    def path(self, stem: str, suffix: str) -> Path:
        """A path for a file of this name; with a number behind the name where it is taken.

        Args:
            suffix: The ending with its dot, such as ``.pdf``.

        Raises:
            FileProblem: The folder's own path leaves no room for a name.
        """
        room = PATH_LENGTH - len(str(self._folder)) - 1 - len(suffix)
        limit = min(NAME_BYTES - len(suffix.encode()), room)
        if limit < 24:
            raise FileProblem(
                f"The path of the folder “{self._folder}” is too long for files in it.",
                hint="Choose a folder nearer to the top of the drive.",
            )
        name, number = safe_name(stem, limit=limit) + suffix, 1
        while _key(name) in self._taken:
            number += 1
            behind = f" ({number})"
            name = safe_name(stem, limit=limit - len(behind)) + behind + suffix
        self._taken.add(_key(name))
        return self._folder / name


def _replace(temporary: Path, target: Path) -> None:
    """Put the new file in place; waits a little for virus scanners and sync programs."""
    deadline = time.monotonic() + RETRY_SECONDS
    while True:
        try:
            temporary.replace(target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _IN_USE or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            break
    if os.name == "posix":
        with contextlib.suppress(OSError):
            folder = os.open(target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _problem(error: OSError, path: Path) -> FileProblem:
    name, windows = path.name or str(path), getattr(error, "winerror", None)
    if windows in _IN_USE:
        return FileProblem(
            f"“{name}” cannot be replaced because it is open in Excel or another program.",
            hint="Close it there and try again, or save under another name.",
        )
    if error.errno in _FULL or windows == 112:
        return FileProblem(
            f"The disk is full: “{name}” was not written.",
            hint="Make room on the disk or choose another one. Nothing was changed.",
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileProblem(
            f"The folder “{path.parent}” does not exist.",
            hint="It may have been moved, or its drive is not connected. Choose another folder.",
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return FileProblem(
            f"You have no permission to write “{name}” in “{path.parent}”.",
            hint="Choose another folder, such as your Documents.",
        )
    return FileProblem(
        f"“{name}” could not be written in “{path.parent}”: {error.strerror or error}.",
        hint="Try another folder. Nothing was changed.",
    )


def _visible(character: str) -> bool:
    return not unicodedata.category(character).startswith("C")


def _trim(name: str) -> str:
    return name.lstrip(" .-~").rstrip(" .")


def _cut(name: str, limit: int) -> str:
    """The longest beginning within so many bytes that parts no letter from its accents."""
    if len(name.encode()) <= limit:
        return name
    cut = len(name.encode()[:limit].decode(errors="ignore"))
    while cut and unicodedata.combining(name[cut]):
        cut -= 1
    return name[:cut]


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()

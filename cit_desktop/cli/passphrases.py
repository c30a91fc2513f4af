"""Passphrases for commands: from the environment or the keyboard, never from arguments."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from typing import Final

from sqlalchemy.orm import Session

from cit_desktop.errors import Locked, Refused
from cit_desktop.proving import keyring
from cit_desktop.services import chapter_keys

PRESENT: Final = "CIT_DESKTOP_PASSPHRASE"
NEW: Final = "CIT_DESKTOP_NEW_PASSPHRASE"


def unlock(session: Session, chapter_id: int) -> None:
    """Unlock the chapter's key where it is locked.

    Raises:
        Locked: The passphrase is neither in the environment nor can it be asked for.
        Refused: It is another one.
    """
    if chapter_keys.is_locked(session, chapter_id):
        chapter_keys.unlock(session, chapter_id, _asked(PRESENT, "Passphrase of the chapter's key"))


def new() -> str:
    """A new passphrase, typed twice where somebody types it.

    Raises:
        Locked: It is neither in the environment nor can it be asked for.
        Refused: It is too short, or typed in two ways.
    """
    first = _asked(NEW, "New passphrase")
    keyring.check_passphrase(first)
    if NEW not in os.environ and getpass("The same again: ") != first:
        raise Refused("The two passphrases differ.", "Nothing was changed. Try again.")
    return first


def _asked(variable: str, question: str) -> str:
    given = os.environ.get(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise Locked(
            "A passphrase is needed, and there is no keyboard to ask for it.",
            f"Put it into the variable {variable}.",
        )
    return getpass(f"{question}: ")

"""What a page gets to work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.commands import Commands
from ui.preferences import Preferences

if TYPE_CHECKING:
    from cit_desktop.db import Database


@dataclass(frozen=True)
class Context:
    """The open records, the two verbs that work on them, and what the window remembers."""

    db: Database
    commands: Commands
    preferences: Preferences

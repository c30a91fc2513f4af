"""How long work says how far it is, and learns that it should stop."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):  # noqa: N818 - not an error: somebody asked for it
    """The person asked to stop; nothing of the work may remain."""


class Progress(Protocol):
    """Told by long work after each step."""

    def __call__(self, done: int, total: int, what: str = "") -> None:
        """Report ``done`` of ``total`` steps.

        Raises:
            Cancelled: The work is to stop here.
        """


def silent(done: int, total: int, what: str = "") -> None:
    """A progress that nobody watches."""

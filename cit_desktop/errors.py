"""What can go wrong in a way that a person can mend. Everything else is a bug."""

from __future__ import annotations

from collections.abc import Mapping


class CitError(Exception):
    """Something a person can mend; shown as it is.

    Attributes:
        message: A full sentence that says what is wrong.
        hint: What to do about it, or an empty text.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class NotFound(CitError):
    """What was asked for is not, or no longer, in the records."""


class Refused(CitError):
    """A rule of the records forbids it.

    Attributes:
        fields: Which input is wrong, by field name, with the sentence for each.
    """

    def __init__(
        self, message: str, hint: str = "", fields: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message, hint)
        self.fields = dict(fields or {})


class Locked(Refused):
    """The chapter's key must be unlocked with its passphrase first."""


class Conflict(CitError):
    """The records have changed since they were read."""


class Busy(CitError):
    """Another program or person is writing to the file."""


class FileProblem(CitError):
    """A file cannot be read or written."""


class TooNew(FileProblem):
    """The file was written by a newer version of the program."""

"""What the services of classes share: refusing a locked class, collecting faults of an input."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.errors import Refused
from cit_desktop.models import TrainingClass
from cit_desktop.services import names
from cit_desktop.services.records import fetch

_LOCKED = {
    "finalized": (
        "is finalized, so its records are locked.",
        "Reopen the class, with a reason, to correct them.",
    ),
    "on record": (
        "was entered from old papers and has no attendance to change.",
        "Make a new class if attendance is to be kept.",
    ),
    "cancelled": ("is cancelled.", "Reinstate the class to go on with it."),
}


def refuse_to_come(day: date | None) -> None:
    """Refuse to say who was there before the day has come.

    Raises:
        Refused: The day is after today.
    """
    if day is not None and day > clock.today():
        raise Refused(
            f"{names.day(day)} is still to come, so nobody can have been there yet.",
            "Mark it on that day, or move the block if it was held already.",
        )


def refuse_locked(status: str, code: str) -> None:
    """Refuse to change what belongs to a class that is not open.

    Raises:
        Refused: The class is finalized, on record or cancelled; the hint says what to do.
    """
    if status != "open":
        sentence, hint = _LOCKED[status]
        raise Refused(f"{code} {sentence}", hint)


def open_class(session: Session, class_id: int) -> TrainingClass:
    """A class that may be changed.

    Raises:
        NotFound: There is no such class.
        Refused: It is finalized, on record or cancelled.
    """
    training_class = fetch(session, TrainingClass, class_id, "class")
    refuse_locked(training_class.status, training_class.code)
    return training_class


class Faults:
    """Collects what is wrong with an input, field by field, to refuse all of it at once."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}

    def unless(self, right: bool, field: str, sentence: str) -> None:
        """Note the sentence for a field unless it is right; the first fault of a field counts."""
        if not right:
            self.fields.setdefault(field, sentence)

    def refuse(self, hint: str = "") -> None:
        """Refuse when anything was noted.

        Raises:
            Refused: With every sentence, and each by its field.
        """
        if self.fields:
            raise Refused(" ".join(self.fields.values()), hint, self.fields)

"""What is handed out in class: sheets to sign in on, the schedule, the evaluation form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cit_desktop import clock
from cit_desktop.documents.options import Options
from cit_desktop.errors import Refused
from cit_desktop.progress import Progress
from cit_desktop.services import (
    class_schedules,
    enrollment,
    papers,
    sign_in_sheets,
)

if TYPE_CHECKING:
    from cit_desktop.db import Database

SIGN_IN_TAKES: Final = frozenset({"day"})


def sign_in(db: Database, class_id: int, options: Options, progress: Progress) -> bytes:
    """The sheets to sign on a day, or on every day of the class.

    The numbers on them are stored first: they mark people, whoever comes to the class later.

    Raises:
        Refused: There are numbers to be stored, and the records are open for reading only.
    """
    from cit_desktop.exports import sign_in_pdf

    _keep_numbers(db, class_id)
    days = None if options.day is None else [options.day]
    with db.read() as session:
        sheets = sign_in_sheets.sheets(session, class_id, days)
        size = papers.of_class(session, class_id)
    return sign_in_pdf.draw_sheets(sheets, clock.today(), paper=size, progress=progress)


def schedule(db: Database, class_id: int, _options: Options, _progress: Progress) -> bytes:
    """What is taught when, by whom and where."""
    from cit_desktop.exports import schedule_pdf

    with db.read() as session:
        found = class_schedules.schedule(session, class_id)
        size = papers.of_class(session, class_id)
    return schedule_pdf.draw_schedule(found, clock.today(), paper=size)


def evaluation(db: Database, class_id: int, _options: Options, _progress: Progress) -> bytes:
    """The form on which people say, without their name, how the class was."""
    from cit_desktop.exports import evaluation_pdf

    with db.read() as session:
        found = class_schedules.evaluation(session, class_id)
        size = papers.of_class(session, class_id)
    return evaluation_pdf.draw_evaluation(found, clock.today(), paper=size)


def _keep_numbers(db: Database, class_id: int) -> None:
    """Store the roster numbers of a class that people can still come to.

    Raises:
        Refused: They cannot be stored; on paper they could mean somebody else later.
    """
    with db.read() as session:
        wanted = sign_in_sheets.unnumbered(session, class_id)
    if wanted and db.readonly:
        raise Refused(
            "Not everybody on the roster has a number yet, and none can be stored: "
            "these records are open for reading only.",
            "Print the sheets once where the records can be changed. "
            "After that they can be printed here, too.",
        )
    if wanted:
        with db.operation("Number the roster") as session:
            enrollment.assign_numbers(session, class_id)

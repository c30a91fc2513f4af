"""Lists that go out to be edited in a spreadsheet: which there are, and what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.documents.edits import EditDocument, EditKind, EditRow
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import TrainingClass
from cit_desktop.services import chapters, records
from cit_desktop.services.editing_agencies import Agencies
from cit_desktop.services.editing_attendance import Grid
from cit_desktop.services.editing_parts import Editable
from cit_desktop.services.editing_people import People
from cit_desktop.services.editing_roster import Roster

OF_CLASS: Final = frozenset({"roster", "attendance"})
MOST: Final = 18_000  # leaves room for new rows below what an import takes
_TITLES: Final[dict[EditKind, str]] = {
    "people": "People",
    "roster": "Roster",
    "attendance": "Attendance",
    "agencies": "Agencies",
}


def document(
    session: Session,
    kind: EditKind,
    *,
    class_id: int | None = None,
    ids: Sequence[int] | None = None,
) -> EditDocument:
    """A list as it stands now, to be written as a workbook.

    Args:
        class_id: For a roster and for attendance.
        ids: Only these records, in this order: people, enrollments or agencies.

    Raises:
        NotFound: There is no such class, or no chapter yet.
        Refused: The class is not open, or the list is too long for one workbook.
    """
    source = editable(session, kind, class_id)
    keys = source.keys(ids)
    if len(keys) > MOST:
        raise Refused(
            f"The list has {len(keys):,} rows; at most {MOST:,} can be edited in one workbook.",
            "Narrow the list first, by county or agency.",
        )
    kept = source.kept(keys)
    columns = source.columns()
    rows = [EditRow(key, tuple(kept[key].values[column.key] for column in columns)) for key in keys]
    about, title = _about(session, kind, class_id)
    return EditDocument(
        kind=kind,
        title=title,
        chapter=chapter_uid(session),
        columns=columns,
        rows=tuple(rows),
        about=about,
        adds=kind != "attendance",
    )


def editable(session: Session, kind: EditKind, class_id: int | None = None) -> Editable:
    """What can be asked and told about a list that is edited.

    Raises:
        NotFound: There is no such class.
        Refused: The class is not open.
    """
    if kind == "people":
        return People(session)
    if kind == "agencies":
        return Agencies(session)
    if class_id is None:
        raise Refused("A roster and attendance are those of a class.", "Choose the class.")
    return Roster(session, class_id) if kind == "roster" else Grid(session, class_id)


def chapter_uid(session: Session) -> str:
    """The identity of the chapter that is being worked for.

    Raises:
        NotFound: There is none yet.
    """
    chapter = chapters.current(session)
    if chapter is None:
        raise NotFound("These records have no chapter yet.", "Add it in Settings.")
    return chapter.uid


def class_of(session: Session, uid: str) -> int:
    """The class with this uid.

    Raises:
        NotFound: It is not in these records.
    """
    found = session.scalar(select(TrainingClass.id).filter_by(uid=uid))
    if found is None:
        raise NotFound(
            "The class of this workbook is not in these records.",
            "Open the file that it came from, or restore the class.",
        )
    return found


def _about(session: Session, kind: EditKind, class_id: int | None) -> tuple[str, str]:
    title = _TITLES[kind]
    if kind not in OF_CLASS or class_id is None:
        return "", title
    held = records.fetch(session, TrainingClass, class_id, "class")
    return held.uid, f"{title} of {held.code}"

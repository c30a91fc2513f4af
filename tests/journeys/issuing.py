"""A program that issues certificates one by one, beside another that does the same."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from cit_desktop.db import Database
from cit_desktop.services import (
    attendance_columns,
    certificates,
    chapters,
    classes,
    finalize,
    joining,
    people,
)


def prepared(path: Path, count: int) -> None:
    """Hold a class that so many people complete."""
    db = Database.open(path)
    with db.operation("Hold a class") as session:
        draft = classes.ClassDraft(title="Spring", start=date(2026, 3, 2), course_code="INS8")
        class_id = classes.create(session, chapters.current(session).id, draft)
        who = [
            people.add(session, people.PersonDraft(last=f"Number {n:03}", first="Ana"))
            for n in range(count)
        ]
        joining.enroll_many(session, class_id, who)
        attendance_columns.all_present(session, class_id)
        finalize.finalize(session, class_id)
    db.close()


def main(path: Path, half: str, count: int) -> None:
    """Issue to the first or the second half of the class, and say the numbers."""
    db = Database.open(path, timeout=120)
    with db.read() as session:
        (class_id,) = classes.ids(session)
        everybody = [c.enrollment_id for c in certificates.eligible(session, class_id)]
    mine = everybody[:count] if half == "first" else everybody[count:]
    for enrollment_id in mine:
        with db.operation("Issue", undoable=False) as session:
            (made,) = certificates.issue(session, class_id, [enrollment_id])
            number = certificates.snapshots(session, [made])[0].number
        sys.stdout.write(f"{number}\n")
    db.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))

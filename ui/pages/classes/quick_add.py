"""Adding people to a class: a line that finds who is known, and a form for who is not."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cit_desktop import catalogs
from cit_desktop.errors import CitError, Refused
from cit_desktop.services import (
    agencies,
    attendance,
    chapters,
    enrollment,
    people,
    sign_in_sheets,
)
from cit_desktop.services.people import NumberDraft, PersonDraft
from ui.context import Context
from ui.pages.people.line import PersonLine
from ui.pages.people.new_person_form import NewPerson, NewPersonForm

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HINT = "Add a person: type a name, a number or an e-mail"


class QuickAdd(QWidget):
    """Enrolls one person after the other in a class.

    Attributes:
        added: Enrollment id and name of whoever came into the class.
        refused: The :class:`CitError` of what could not be done.
        block_id: The block to mark people present in at once, for walk-ins.
    """

    added = Signal(int, str)
    refused = Signal(object)

    def __init__(self, context: Context, hint: str = HINT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.class_id = 0
        self.block_id: int | None = None
        self.line = PersonLine(self._find, hint)
        self.form = NewPersonForm()
        self.top = QHBoxLayout()
        self.top.setSpacing(8)
        self.top.addWidget(self.line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.top)
        column.addWidget(self.form)
        self.setFocusProxy(self.line)
        self.line.picked.connect(self.add_known)
        self.line.new_wanted.connect(self._open_form)
        self.form.submitted.connect(self._add_new)
        self.form.known_wanted.connect(self.add_known)
        self.form.cancelled.connect(self._close_form)

    def show_class(self, class_id: int, here: Collection[int]) -> None:
        """Add to this class; the people of ``here`` are in it."""
        if class_id != self.class_id:
            self.form.hide()
            self.line.clear()
        self.class_id = class_id
        self.line.here = frozenset(here)

    def _find(self, text: str) -> list[people.PersonHit]:
        with self.context.db.read() as session:
            return people.find(session, text)

    def add_known(self, person_id: int) -> None:
        """Take a known person into the class."""
        self._do(_enroll, person_id)

    def _open_form(self, text: str) -> None:
        with self.context.db.read() as session:
            known = agencies.ids(session)
            names = [row.name for row in agencies.rows(session, known).values()]
        self.form.start(text, sorted(names))

    def _close_form(self) -> None:
        self.form.hide()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_new(self, typed: NewPerson, looked: bool) -> None:
        if not looked and self._warned_of_namesake(typed):
            return
        self._do(_add_and_enroll, typed)

    def _warned_of_namesake(self, typed: NewPerson) -> bool:
        with self.context.db.read() as session:
            agency_id = agencies.by_spelling(session, typed.agency)
            found = people.duplicates_of(session, _draft(session, typed, agency_id))
            if not found:
                return False
            person_id, reason = found[0]
            name = people.view(session, person_id).name
        self.form.warn_of(person_id, name, reason)
        return True

    def _do(self, function: Callable[..., tuple[int, str]], what: Any) -> None:
        label = "Add to class" if self.block_id is None else "Add walk-in"
        done = self.context.commands.do(label, function, self.class_id, self.block_id, what)
        if done.error is not None:
            self._refuse(done.error)
        elif done.value is not None:
            self._close_form()
            self.added.emit(*done.value)

    def _refuse(self, error: CitError) -> None:
        if self.form.isVisible():
            fields = error.fields if isinstance(error, Refused) else {}
            self.form.set_problems(fields or {"": str(error)})
            return
        self.refused.emit(error)


def _enroll(
    session: Session, class_id: int, block_id: int | None, person_id: int
) -> tuple[int, str]:
    """Take a person into a class, and mark them present where a block is given."""
    key = enrollment.enroll(session, class_id, person_id)
    sign_in_sheets.number_newcomer(session, key, walked_in=block_id is not None)
    if block_id is not None:
        attendance.mark(session, block_id, key, "present")
    return key, enrollment.rows(session, [key])[key].name


def _add_and_enroll(
    session: Session, class_id: int, block_id: int | None, typed: NewPerson
) -> tuple[int, str]:
    """Add a person, with the agency if it is new, and take them into a class."""
    agency_id = agencies.find_or_add(session, typed.agency) if typed.agency else None
    person_id = people.add(session, _draft(session, typed, agency_id))
    return _enroll(session, class_id, block_id, person_id)


def _draft(session: Session, typed: NewPerson, agency_id: int | None) -> PersonDraft:
    chapter = chapters.current(session)
    kind = catalogs.state_number_kind(chapter.state if chapter is not None else "")
    return PersonDraft(
        last=typed.last,
        first=typed.first,
        middle=typed.middle,
        suffix=typed.suffix,
        discipline=typed.discipline,
        email=typed.email,
        numbers=[NumberDraft(kind, typed.number)] if typed.number else [],
        agency_id=agency_id,
        title=typed.title,
    )

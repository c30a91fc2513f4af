"""The Record tab of a person: facts at the left, employments at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from cit_desktop.errors import Refused
from cit_desktop.services import agencies, people
from cit_desktop.services.people import EmploymentDraft, EmploymentView, PersonView
from ui.commands import Result
from ui.context import Context
from ui.pages.people.employments_editor import EmploymentsEditor
from ui.pages.people.record import PersonRecord
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import TextLabel

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_FACTS_WIDTH = 344


_PACKET = "For an audit, all there is of a person can be put into one PDF."
_ERASE = "For privacy, a person can be taken out of the records. Archiving keeps them."


class PersonFacts(QWidget):
    """Everything about a person that can be edited.

    Attributes:
        done: A sentence about something that can be undone.
        refused: The :class:`CitError` of what could not be done; None when it is said already.
        erase_wanted: The person is to be erased for good.
        packet_wanted: Everything about the person is to be shown for an audit.
    """

    done = Signal(str)
    refused = Signal(object)
    erase_wanted = Signal()
    packet_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.view: PersonView | None = None
        self.record = PersonRecord(context, with_work=False)
        self.employments = EmploymentsEditor(self._agency_names)
        self.packet_button = button("Audit packet…", self.packet_wanted.emit)
        self.erase_button = button("Erase for &good…", self.erase_wanted.emit, kind="danger")
        facts = Card()
        facts.body.addWidget(self.record)
        facts.setFixedWidth(_FACTS_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(facts)
        row.addWidget(self._build_work(), 1)
        self.record.done.connect(self.done)
        self.record.refused.connect(self.refused)
        self.employments.saved.connect(self._save)
        self.employments.removed.connect(self._remove)

    def _build_work(self) -> Card:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 16, 16, 16)
        column.addWidget(self.employments)
        column.addStretch(1)
        for text, made in ((_PACKET, self.packet_button), (_ERASE, self.erase_button)):
            column.addSpacing(8)
            column.addLayout(_foot(text, made))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        card = Card()
        card.body.addWidget(scroll)
        return card

    def show_person(self, view: PersonView) -> None:
        """Show somebody."""
        self.view = view
        self.erase_button.setEnabled(not self.context.db.readonly)
        self.record.show_person(view)
        self.employments.show_employments(view.employments)
        self.employments.setEnabled(not self.context.db.readonly)

    def _agency_names(self) -> Sequence[str]:
        with self.context.db.read() as session:
            return [name for _id, name in agencies.all_names(session)]

    def _save(self, employment: EmploymentView | None, values: dict[str, Any]) -> None:
        if self.view is None:
            return
        label = "Add employment" if employment is None else "Change employment"
        do = self.context.commands.do
        self._saved(do(label, save_employment, self.view.id, employment, values))

    def _remove(self, employment_id: int) -> None:
        do = self.context.commands.do
        result = do("Remove employment", people.remove_employment, employment_id)
        self._saved(result)
        if result:
            self.done.emit("The employment was removed.")

    def _saved(self, result: Result[Any]) -> None:
        if result.error is not None:
            self.employments.say_problem(str(result.error))
            self.refused.emit(None)
        elif self.view is not None:
            with self.context.db.read() as session:
                self.show_person(people.view(session, self.view.id))


def save_employment(
    session: Session, person_id: int, employment: EmploymentView | None, values: dict[str, Any]
) -> None:
    """Add an employment or correct one; an agency that is not known is added.

    Raises:
        Refused: There is no agency, or it ends before it begins.
    """
    if not values["agency"]:
        sentence = "An employment needs an agency."
        hint = "To take it out, use the cross at its end."
        raise Refused(sentence, hint, {"agency": sentence})
    agency_id = (
        employment.agency_id
        if employment is not None and employment.agency == values["agency"]
        else agencies.find_or_add(session, values["agency"])
    )
    draft = EmploymentDraft(agency_id, values["title"], values["starts"], values["ends"])
    if employment is None:
        people.add_employment(session, person_id, draft)
    else:
        people.update_employment(session, employment.id, draft)


def _foot(text: str, made: QPushButton) -> QHBoxLayout:
    """What is done less often: why, and its button."""
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(TextLabel(text, role="soft", wrap=True), 1)
    row.addWidget(made, 0, Qt.AlignmentFlag.AlignBottom)
    return row

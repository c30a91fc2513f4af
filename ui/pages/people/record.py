"""What is on record of a person, edited in place and saved field by field."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cit_desktop.errors import CitError, Refused
from cit_desktop.services import people
from cit_desktop.services.people import NumberDraft, PersonView
from ui.commands import Result
from ui.context import Context
from ui.pages.people import fields, saving
from ui.pages.people.numbers_editor import NumbersEditor
from ui.widgets.record_view import RecordView


class PersonRecord(QWidget):
    """The form of one person.

    Args:
        with_work: Also agency and title of today; the page of a person has all employments.

    Attributes:
        done: A sentence about what came of a change beside what was typed.
        refused: The :class:`CitError` of what could not be done and belongs to no field.
    """

    done = Signal(str)
    refused = Signal(object)

    def __init__(
        self, context: Context, *, with_work: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.view: PersonView | None = None
        work = fields.work_fields("Work today") if with_work else []
        kinds = fields.kind_fields()
        self.form = RecordView(
            [*fields.name_fields(), *work, *kinds, *fields.reach_fields("Contact")]
        )
        self.numbers = NumbersEditor()
        fields.offer_known(self.form, context)
        put_below(self.form, self.numbers)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.form.edited.connect(self._save)
        self.numbers.added.connect(self._add_number)
        self.numbers.changed.connect(self._change_number)
        self.numbers.removed.connect(self._remove_number)

    def show_person(self, view: PersonView) -> None:
        """Show somebody; what is being typed about the same person stays."""
        values = fields.values_of(view)
        if self.view is not None and self.view.id == view.id:
            fields.show_values(self.form, values)
        else:
            self.form.set_values(values)
            self.form.set_problems({})
            self.form.verticalScrollBar().setValue(0)
        self.view = view
        if "title" in self.form.rows:
            self.form.editor("title").setEnabled(view.current is not None)
        self.numbers.show_numbers(view.numbers, fields.number_kind(self.context))
        read_only = self.context.db.readonly
        self.form.set_read_only(read_only)
        self.numbers.set_read_only(read_only)

    def _save(self, key: str, value: Any) -> None:
        if self.view is None:
            return
        result = saving.save_field(self.context, self.view, key, value)
        if self._refuse(result, key):
            return
        self._read_again()
        if isinstance(result.value, str) and result.value:
            self.done.emit(result.value)

    def _read_again(self) -> None:
        """The version counts up with each change, and a value may have been put in form."""
        if self.view is None:
            return
        with self.context.db.read() as session:
            self.show_person(people.view(session, self.view.id))

    def _refuse(self, result: Result[Any], key: str) -> bool:
        error = result.error
        if error is None:
            return False
        problems = dict(error.fields) if isinstance(error, Refused) else {}
        shown = {name: text for name, text in problems.items() if name in self.form.rows}
        if problems and not shown and key in self.form.rows:
            shown = {key: str(error)}
        if shown:
            self.form.set_problems({name: _with_hint(text, error) for name, text in shown.items()})
        else:
            self._take_back()
        self.refused.emit(None if shown else error)
        return True

    def _take_back(self) -> None:
        """Show what is on record now: somebody else was quicker, or the person is gone."""
        if self.view is None:
            return
        try:
            with self.context.db.read() as session:
                view = people.view(session, self.view.id)
        except CitError:
            return
        self.form.set_values(fields.values_of(view))
        self.show_person(view)

    # State numbers

    def _add_number(self, draft: NumberDraft) -> None:
        if self.view is not None:
            do = self.context.commands.do
            self._number_done(do("Add state number", people.add_number, self.view.id, draft))

    def _change_number(self, number_id: int, draft: NumberDraft) -> None:
        do = self.context.commands.do
        self._number_done(do("Change state number", people.change_number, number_id, draft))

    def _remove_number(self, number_id: int) -> None:
        do = self.context.commands.do
        result = do("Remove state number", people.remove_number, number_id)
        self._number_done(result)
        if result:
            self.done.emit("The state number was removed.")

    def _number_done(self, result: Result[Any]) -> None:
        if result.error is None:
            self._read_again()
            return
        self.numbers.say_problem(str(result.error))
        self.refused.emit(None)


def put_below(form: RecordView, widget: QWidget) -> None:
    """Put something below the fields of a form, where it scrolls with them."""
    inside = form.takeWidget()
    column = inside.layout()
    assert isinstance(column, QVBoxLayout)  # noqa: S101 - as the form made it
    column.insertSpacing(column.count() - 1, 16)
    column.insertWidget(column.count() - 1, widget)
    form.setWidget(inside)
    inside.setAutoFillBackground(False)


def _with_hint(text: str, error: CitError) -> str:
    return f"{text} {error.hint}".strip() if text == error.message else text

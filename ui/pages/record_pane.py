"""The pane beside a list: one record, edited in place and saved field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cit_desktop.errors import CitError, Refused
from ui.context import Context
from ui.pages.people.fields import show_values
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import ElidedLabel, TextLabel
from ui.widgets.record_view import RecordView

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class RecordPane(Card):
    """One record: its name, a line about it, and its fields.

    A kind of record says how it is read and changed, and what its changes are called.

    Attributes:
        go: A page and a record to show there.
        done: A sentence about something that can be undone.
        refused: The :class:`CitError` of what could not be done; None when it is said already.
        archive_wanted: A record, and whether to archive or to take up again.
    """

    labels: ClassVar[dict[str, str]]  # what changing a field is called
    none_fields: ClassVar[frozenset[str]] = frozenset()  # those whose empty value is None
    go = Signal(str, object)
    done = Signal(str)
    refused = Signal(object)
    archive_wanted = Signal(int, bool)

    def __init__(self, context: Context, form: RecordView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.view: Any = None
        self.name = ElidedLabel("", points=12, bold=True)
        self.about = TextLabel("", role="soft", wrap=True)
        self.archive = button("Archive", self._archive, kind="quiet")
        self.form = form
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.name, 1)
        top.addWidget(self.archive)
        head = QVBoxLayout()
        head.setContentsMargins(20, 12, 16, 4)
        head.setSpacing(4)
        head.addLayout(top)
        head.addWidget(self.about)
        self.body.addLayout(head)
        self.body.addWidget(self.form, 1)
        self.form.edited.connect(self._save)

    def read(self, session: Session, record_id: int) -> Any:
        """The record as it is now, with id, version, name and archived."""
        raise NotImplementedError

    def change(self, session: Session, record_id: int, version: int, **fields: Any) -> int:
        """Change some fields of the record."""
        raise NotImplementedError

    def show_record(self, view: Any) -> None:
        """Show one; what is being typed about the same record stays."""
        values = {key: getattr(view, key) for key in self.form.rows}
        if self.view is not None and self.view.id == view.id:
            show_values(self.form, values)
        else:
            self.form.set_values(values)
            self.form.set_problems({})
            self.form.verticalScrollBar().setValue(0)
        self.view = view
        self.name.setText(view.name)
        self.archive.setText("Take up again" if view.archived else "Archive")
        self.form.set_read_only(self.context.db.readonly)
        self.archive.setEnabled(not self.context.db.readonly)

    def read_again(self) -> None:
        """Show the record as it is now."""
        if self.view is None:
            return
        with self.context.db.read() as session:
            self.show_record(self.read(session, self.view.id))

    def _save(self, key: str, value: Any) -> None:
        view = self.view
        if view is None:
            return
        fields: dict[str, Any] = {key: value if key in self.none_fields else value or ""}
        do = self.context.commands.do
        result = do(
            f"{self.labels[key]}: {view.name}", self.change, view.id, view.version, **fields
        )
        if result.error is None:
            self.read_again()
            return
        problems = dict(result.error.fields) if isinstance(result.error, Refused) else {}
        if problems:
            self.form.set_problems({key: str(result.error)})
        else:
            self.view = None
            self._show_what_is(view.id)
        self.refused.emit(None if problems else result.error)

    def _show_what_is(self, record_id: int) -> None:
        """Somebody else was quicker: show what is on record now."""
        try:
            with self.context.db.read() as session:
                self.show_record(self.read(session, record_id))
        except CitError:
            return

    def _archive(self) -> None:
        if self.view is not None:
            self.archive_wanted.emit(self.view.id, not self.view.archived)

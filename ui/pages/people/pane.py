"""The pane beside the list of people: one of them, or several at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cit_desktop.services.certification import Standing
from cit_desktop.services.people import PersonView
from ui import format as fmt
from ui.context import Context
from ui.pages.people import fields, words
from ui.pages.people.record import PersonRecord
from ui.pages.pill_label import PillLabel
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import ElidedLabel, TextLabel
from ui.widgets.record_view import SEVERAL, RecordView


class PersonPane(Card):
    """One person: standing, what is on record, and where to go from here."""

    opened = Signal(int)
    archive_wanted = Signal(int, bool)  # id, archive or take up again

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: PersonView | None = None
        self.name = ElidedLabel("", points=12, bold=True)
        self.standing = PillLabel()
        self.why = TextLabel("", role="soft", wrap=True)
        self.open = button("&Open", self._open)
        self.archive = button("Archive", self._archive, kind="quiet")
        self.record = PersonRecord(context)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.name, 1)
        top.addWidget(self.archive)
        top.addWidget(self.open)
        head = QVBoxLayout()
        head.setContentsMargins(20, 12, 16, 8)
        head.setSpacing(4)
        head.addLayout(top)
        head.addWidget(self.standing)
        head.addWidget(self.why)
        self.body.addLayout(head)
        self.body.addWidget(self.record, 1)

    def show_person(self, view: PersonView, standing: Standing) -> None:
        """Show somebody."""
        self.view = view
        self.name.setText(view.name)
        self.standing.show_pill(words.standing_pill(standing))
        self.why.setText(words.why(standing))
        self.archive.setText("Take up again" if view.archived else "Archive")
        self.archive.setEnabled(not self.record.context.db.readonly)
        self.record.show_person(view)

    def _open(self) -> None:
        if self.view is not None:
            self.opened.emit(self.view.id)

    def _archive(self) -> None:
        if self.view is not None:
            self.archive_wanted.emit(self.view.id, not self.view.archived)


class ManyPane(Card):
    """Several people: only the fields that are touched will change, all in one operation."""

    applied = Signal(object)  # values by field
    merge_wanted = Signal()  # the two who are chosen
    archive_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.touched: dict[str, str] = {}
        self._shared: dict[str, str | None] = {}
        self._count = 0
        self.heading = TextLabel("", points=12, bold=True)
        self.text = TextLabel("What you leave alone stays as it is.", role="soft", wrap=True)
        self.form = RecordView(fields.kind_fields())
        fields.offer_known(self.form, context)
        self.archive = button("Archive", self.archive_wanted.emit, kind="quiet")
        self.merge = button("Merge these t&wo…", self.merge_wanted.emit)
        self.apply = button("", self._apply, kind="primary")
        self.reset = button("&Reset", self._reset)
        head = QVBoxLayout()
        head.setContentsMargins(20, 12, 16, 0)
        head.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.archive)
        head.addLayout(top)
        head.addWidget(self.text)
        head.addWidget(self.merge, 0, Qt.AlignmentFlag.AlignLeft)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 10, 20, 12)
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.reset)
        foot.addWidget(self.apply)
        self.body.addLayout(head)
        self.body.addWidget(self.form, 1)
        self.body.addLayout(foot)
        self.form.edited.connect(self._touch)

    def show_people(self, count: int, shared: dict[str, str | None]) -> None:
        """Show what so many people agree on; where they do not, "(several values)"."""
        self._count, self._shared = count, shared
        self.merge.setVisible(count == 2)
        self.heading.setText(f"{fmt.plural(count, 'person', 'people')} chosen")
        self._reset()

    def _reset(self) -> None:
        self.touched = {}
        shown = {key: SEVERAL if v is None else v for key, v in self._shared.items()}
        self.form.set_values(shown)
        self._say_touched()

    def _touch(self, key: str, value: object) -> None:
        if value is SEVERAL or value == self._shared.get(key):
            self.touched.pop(key, None)
        else:
            self.touched[key] = str(value or "")
        self._say_touched()

    def _say_touched(self) -> None:
        what = " and ".join(self.touched) or "them"
        self.apply.setText(f"&Change {what} of {fmt.count(self._count)}")
        for part in (self.apply, self.reset):
            part.setEnabled(bool(self.touched))

    def _apply(self) -> None:
        if self.touched:
            self.applied.emit(dict(self.touched))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.touched:
            self._reset()
        else:
            super().keyPressEvent(event)


def chosen_text(ids: Sequence[int]) -> str:
    """What the status line says about the selection."""
    return f"{fmt.count(len(ids))} chosen" if len(ids) > 1 else ""

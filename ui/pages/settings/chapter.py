"""Settings of the chapter: its name, its state and counties, how to reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from cit_desktop import catalogs
from cit_desktop.services import chapters
from cit_desktop.services.chapters import ChapterView
from ui.context import Context
from ui.pages.settings.section import Section, card
from ui.widgets.card import Card
from ui.widgets.county_list import CountyList
from ui.widgets.record_view import Field, RecordView

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

_FIELDS = (
    Field("name", "&Name", required=True, section="Who keeps these records"),
    Field(
        "word",
        "It calls itself &a",
        "combo",
        choices=[(word, word.capitalize()) for word in chapters.WORDS],
    ),
    Field("code", "C&ode", hint="Begins certificate numbers, such as OR"),
    Field("state", "&State", "combo"),
    Field("provider", "Provi&der", hint="For example: POST provider number", section="On papers"),
    Field("council_line", "State &council", hint="A line under the name on certificates"),
    Field("address", "Add&ress", "text"),
    Field("phone", "&Phone", "phone"),
    Field("email", "E-mai&l"),
)


def _fields() -> list[Field]:
    states = [("", "–"), *((state.code, state.name) for state in catalogs.states())]
    return [
        Field(f.key, f.label, f.kind, choices=states) if f.key == "state" else f for f in _FIELDS
    ]


class ChapterSection(Section):
    """The chapter that is being worked for."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.chapter: ChapterView | None = None
        self.view = RecordView(_fields())
        self.counties = CountyList()
        left = Card()
        left.body.addWidget(self.view)
        right = card("Counties served", "Offered wherever a place is asked for. History is kept.")
        right.body.addWidget(self.counties, 1)
        right.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(left, 3)
        both.addWidget(right, 2)
        self.column.addLayout(both, 1)
        self.view.edited.connect(self._edit)
        self.counties.changed.connect(self._set_counties)

    @override
    def refresh(self, changes: Changes | None) -> None:
        with self.context.db.read() as session:
            self.chapter = chapters.current(session)
        found = self.chapter
        self.view.set_read_only(self.context.db.readonly)
        self.counties.setEnabled(found is not None and not self.context.db.readonly)
        if found is None:
            self.view.set_values({"word": "chapter", "state": ""})
            self.counties.show_state("")
            return
        self.view.set_values({row.key: getattr(found, row.key) for row in _FIELDS})
        if self.counties.counties() != list(found.counties) or not self.counties.list.count():
            self.counties.show_state(found.state, found.counties)

    @override
    def show_problems(self, problems: dict[str, str]) -> bool:
        self.view.set_problems(problems)
        return any(key in self.view.rows for key in problems)

    def _edit(self, key: str, value: Any) -> None:
        if self.chapter is None:
            self._begin(key, value)
            return
        if key == "state":
            self.counties.list.clear()  # those of the other state are no longer offered
        fields = {key: value or ""}
        self.act("Change chapter", chapters.update, self.chapter.id, self.chapter.version, **fields)

    def _begin(self, key: str, value: Any) -> None:
        """A file without a chapter gets one with its name."""
        values = {k: v for k, v in self.view.values().items() if v} | {key: value or ""}
        if values.get("name"):
            self.act("Add chapter", chapters.create, chapters.ChapterDraft(**values))

    def _set_counties(self) -> None:
        if self.chapter is not None:
            chosen = self.counties.counties()
            self.act("Change counties", chapters.set_counties, self.chapter.id, chosen)

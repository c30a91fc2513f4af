"""Settings of courses: the catalogue at the left, one course and its outline at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cit_desktop import catalogs
from cit_desktop.catalogs import Module
from cit_desktop.db import Database
from cit_desktop.services import courses
from cit_desktop.services.courses import CourseDraft, CourseRow, CourseView
from ui import format as fmt
from ui.context import Context
from ui.pages.settings.outline_model import parse_hours
from ui.pages.settings.outline_table import OutlineTable
from ui.pages.settings.section import Section
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import ElidedLabel, TextLabel
from ui.widgets.record_table import RIGHT, Column, Filter, RecordTable, Sort
from ui.widgets.record_view import Field, RecordView
from ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

COLUMNS = (
    Column("code", "Code", width=98, bold=True, sortable=False),
    Column("title", "Course", width=0, sortable=False),
    Column("minutes", "Hours", width=64, text=fmt.hours, align=RIGHT, sortable=False),
)
_AUDIENCES = {
    "LE": "Law enforcement",
    "dispatch": "Dispatch",
    "corrections": "Corrections",
    "community": "Community",
    "mixed": "Mixed",
}
_FIELDS = (
    Field("title", "Tit&le", required=True, section="Course"),
    Field("code", "Co&de", required=True),
    Field("audience", "F&or", "combo", choices=[(a, _AUDIENCES[a]) for a in catalogs.AUDIENCES]),
    Field("minutes", "Hou&rs", hint="For example 40 or 1.5"),
    Field("basic", "", "check", hint="&Basic course: certifies whoever completes it"),
    Field("refresher", "", "check", hint="Refresher: rene&ws a certification"),
    Field("post_credit", "", "check", hint="Earns credit of the state (&POST)"),
    Field(
        "min_attendance",
        "A&ttendance",
        "spin",
        maximum=100,
        suffix=" % of the minutes",
        section="Completed with",
    ),
    Field(
        "min_score", "&Score", "spin", maximum=100, suffix=" % in the test", hint="Not asked for"
    ),
    Field("scenario_required", "", "check", hint="A passed scenar&io is needed"),
    Field("makeup_allowed", "", "check", hint="&Make-up of missed blocks counts"),
    Field(
        "refresher_months",
        "Refresher d&ue after",
        "spin",
        minimum=1,
        maximum=1200,
        suffix=" months",
        hint="Never",
        section="Afterwards",
    ),
    Field(
        "validity_months",
        "E&xpires after",
        "spin",
        minimum=1,
        maximum=1200,
        suffix=" months",
        hint="Never",
    ),
    Field("source", "Sour&ce of the hours", "text"),
)


class CourseSource:
    """Courses for the table."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def ids(self, sort: Sort | None, filter: Filter) -> Sequence[int]:
        """Every course, with the archived ones when the filter asks for them."""
        with self._db.read() as session:
            return courses.ids(session, archived=bool(filter.get("archived")))

    def rows(self, ids: Sequence[int]) -> Mapping[int, CourseRow]:
        """Some of them."""
        with self._db.read() as session:
            return courses.rows(session, ids)


class CoursesSection(Section):
    """The catalogue of the records."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.course: CourseView | None = None
        self.table = RecordTable(COLUMNS, CourseSource(context.db))
        self.table.setAccessibleName("Courses")
        self.archived = QCheckBox("Show &archived ones")
        self.new = button("&New course", self._add, icon="plus")
        self.view = RecordView(_FIELDS)
        self.outline = OutlineTable()
        self.heading = ElidedLabel("", points=12, bold=True)
        self.archive = button("Archive", self._archive, kind="quiet")
        self.sides = Tabs(("Rules", "Outline"))
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(self._build_list(), 5)
        both.addWidget(self._build_course(), 7)
        self.column.addLayout(both, 1)
        self.table.current_changed.connect(self._show)
        self.table.archive_requested.connect(lambda _ids: self._archive())
        self.table.opened.connect(lambda _id: self.view.editor("title").setFocus())
        self.archived.clicked.connect(lambda on: self.table.set_filter({"archived": on}))
        self.view.edited.connect(self._edit)
        self.outline.changed.connect(self._set_outline)

    def _build_list(self) -> QVBoxLayout:
        card = Card()
        card.body.addWidget(self.table)
        row = QHBoxLayout()
        row.addWidget(self.new)
        row.addStretch(1)
        row.addWidget(self.archived)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(card, 1)
        column.addLayout(row)
        return column

    def _build_course(self) -> Card:
        card = Card()
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 4)
        head.addWidget(self.heading, 1)
        head.addWidget(self.archive)
        card.body.addLayout(head)
        self.sides.setUsesScrollButtons(False)
        line = QHBoxLayout()
        line.setContentsMargins(10, 0, 16, 4)
        line.addWidget(self.sides)
        line.addStretch(1)
        card.body.addLayout(line)
        self.outline.setContentsMargins(16, 4, 16, 14)
        self.note = TextLabel("", role="soft", wrap=True)
        self.note.setContentsMargins(20, 4, 16, 12)
        for part in (self.view, self.outline, self.note):
            card.body.addWidget(part, 0 if part is self.note else 1)
        self.outline.hide()
        self.sides.currentChanged.connect(self._turn)
        return card

    def _turn(self, side: int) -> None:
        self.view.setVisible(side == 0)
        self.outline.setVisible(side == 1)

    @override
    def refresh(self, changes: Changes | None) -> None:
        kept = self.table.current_id()
        self.table.reload()
        if self.table.current_id() is None and self.table.count():
            self.table.choose(self.table.records.id_at(0))
        if self.table.current_id() == kept:
            self._show(kept)
        self.new.setEnabled(not self.context.db.readonly)

    def _show(self, course_id: Any) -> None:
        if course_id is None:
            self.course = None
            return
        with self.context.db.read() as session:
            found = self.course = courses.view(session, course_id)
        self.heading.setText(f"{found.code} · {found.title}")
        values = {key: getattr(found, key) for key in self.view.rows}
        self.view.set_values(values | {"minutes": fmt.hours(found.minutes)})
        self.outline.show_modules(found.modules)
        self.outline.set_read_only(self.context.db.readonly)
        self.view.set_read_only(self.context.db.readonly)
        self.view.rows["minutes"].editor.set_enabled(not found.modules)
        self.archive.setText("Take back" if found.archived else "Archive")
        self.archive.setVisible(not self.context.db.readonly)
        made = fmt.plural(found.classes, "class was", "classes were")
        kept = (
            "They keep the rules they were made with."
            if found.classes > 1
            else ("It keeps the rules it was made with." if found.classes else "")
        )
        self.note.setText(f"{made} made from it. {kept}" if found.classes else "")
        self.note.setVisible(bool(found.classes))

    def _edit(self, key: str, value: Any) -> None:
        if key == "minutes" and (value := parse_hours(str(value), most=400)) is None:
            self.show_problems({"minutes": "Write hours, such as 40 or 1.5."})
        elif self.course is not None:
            known = self.course
            self.act("Change course", courses.update, known.id, known.version, **{key: value})

    def _set_outline(self, modules: tuple[Module, ...]) -> None:
        if self.course is not None:
            known = self.course
            self.act("Change outline", courses.set_outline, known.id, known.version, modules)

    @override
    def show_problems(self, problems: dict[str, str]) -> bool:
        self.view.set_problems(problems)
        return any(key in self.view.rows for key in problems)

    def _add(self) -> None:
        with self.context.db.read() as session:
            taken = {row.code for row in courses.listing(session, archived=True)}
        code = next(c for c in ("NEW", *(f"NEW{n}" for n in range(2, 999))) if c not in taken)
        result = self.act("Add course", courses.add, CourseDraft(code, "New course", minutes=480))
        if result.value is not None:
            self.table.reload()
            self.table.choose(result.value)
            self.sides.setCurrentIndex(0)
            title = self.view.editor("title")
            title.setFocus(Qt.FocusReason.OtherFocusReason)
            title.selectAll()  # type: ignore[attr-defined]

    def _archive(self) -> None:
        if self.course is None:
            return
        known, wanted = self.course, not self.course.archived
        label = "Archive course" if wanted else "Take course back"
        if self.act(label, courses.set_archived, known.id, known.version, wanted):
            self.done.emit(f"{known.code} was {'archived' if wanted else 'taken back'}.")

"""The fields of a person in forms, and lines that offer what is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit
from typing_extensions import override

from cit_desktop import catalogs
from cit_desktop.services import agencies, chapters, people_many
from cit_desktop.services.people import PersonView
from ui.context import Context
from ui.widgets.record_view import Field, RecordView


def disciplines(none: str = "Not set") -> list[tuple[str, str]]:
    """Every discipline, after the choice of none."""
    return [("", none), *((found.key, found.name) for found in catalogs.disciplines())]


def name_fields(section: str = "") -> list[Field]:
    """The parts of a name."""
    return [
        Field("first", "First name", section=section),
        Field("middle", "Middle name"),
        Field("last", "Last name", required=True),
        Field("suffix", "Suffix", hint="Jr, III"),
        Field("nickname", "Nickname"),
    ]


def work_fields(section: str = "") -> list[Field]:
    """Agency and title of today."""
    return [
        Field("agency", "Agency", section=section, hint="Where this person works today"),
        Field("title", "Title", hint="Rank or job title"),
    ]


def kind_fields(none: str = "Not set") -> list[Field]:
    """What kind of work, and where."""
    return [
        Field("discipline", "Discipline", "combo", choices=disciplines(none)),
        Field("county", "County", hint="That of the agency"),
    ]


def reach_fields(section: str = "") -> list[Field]:
    """How to reach somebody, and what else is to be known."""
    return [
        Field("email", "E-mail", section=section, hint="name@example.org"),
        Field("phone", "Phone", "phone"),
        Field("note", "Note", "text"),
    ]


def values_of(view: PersonView) -> dict[str, Any]:
    """A person's values by field."""
    own = ("first", "middle", "last", "suffix", "nickname", "discipline", "county")
    reach = ("email", "phone", "note")
    current = view.current
    return {
        **{key: getattr(view, key) for key in own + reach},
        "agency": current.agency if current else "",
        "title": current.title if current else "",
    }


def show_values(view: RecordView, values: dict[str, Any]) -> None:
    """Show values, but leave alone what somebody is typing right now."""
    for key, row in view.rows.items():
        widget = row.editor.widget
        typing = widget.hasFocus() and row.editor.value() != row.value
        if not typing:
            view.set_value(key, values.get(key))
            row.problem.hide()
            row.editor.set_wrong(False)


class Offer(QObject):
    """Offers known values under a line; they are read when somebody begins to type."""

    def __init__(self, line: QLineEdit, read: Callable[[], Sequence[str]]) -> None:
        super().__init__(line)
        self._read = read
        self.model = QStringListModel(self)
        completer = QCompleter(self.model, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(8)
        line.setCompleter(completer)
        line.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.model.setStringList(list(self._read()))
        return super().eventFilter(watched, event)


def offer_known(view: RecordView, context: Context) -> None:
    """Offer the known agencies and counties in a form that has such fields."""

    def agency_names() -> Sequence[str]:
        with context.db.read() as session:
            return [name for _id, name in agencies.all_names(session)]

    narrow_combos(view)
    for key, read in (("agency", agency_names), ("county", lambda: known_counties(context))):
        line = view.editor(key) if key in view.rows else None
        if isinstance(line, QLineEdit):
            Offer(line, read)


def narrow_combos(view: RecordView) -> None:
    """Let boxes be as narrow as the pane; by itself each is as wide as its longest choice."""
    for box in view.findChildren(QComboBox):
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)


def known_counties(context: Context) -> list[str]:
    """The counties of the chapter, those in use, and those of its state."""
    with context.db.read() as session:
        chapter = chapters.current(session)
        used = people_many.counties(session)
    own = list(chapter.counties) if chapter is not None else []
    state = catalogs.counties(chapter.state) if chapter is not None else ()
    return list(dict.fromkeys([*own, *used, *(county.name for county in state)]))


def number_kind(context: Context) -> str:
    """What the state number is called where the chapter is."""
    with context.db.read() as session:
        chapter = chapters.current(session)
    return catalogs.state_number_kind(chapter.state if chapter is not None else "")

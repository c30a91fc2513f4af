"""The pane beside the list of liaisons: one of them, and the counties served."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cit_desktop import catalogs
from cit_desktop.services import chapters, liaisons
from cit_desktop.services.liaisons import LiaisonView
from ui import format as fmt
from ui.context import Context
from ui.pages.people.fields import Offer
from ui.pages.people.record import put_below
from ui.pages.record_pane import RecordPane
from ui.widgets.county_list import CountyList
from ui.widgets.label import TextLabel
from ui.widgets.record_view import Field, RecordView

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_LIST = 252
FIELDS = (
    Field("name", "Name", required=True),
    Field("kind", "Kind", hint="CBHL, YBHL (youth), …"),
    Field("employer", "Organization", hint="Who employs the liaison"),
    Field("phone", "Phone", "phone"),
    Field("after_hours", "After hours", "phone", hint="Answered at night"),
    Field("email", "E-mail", hint="name@example.org"),
    Field("note", "Note", "text"),
)
LABELS = {
    "name": "Rename liaison",
    "kind": "Change kind",
    "employer": "Change organization",
    "phone": "Change phone",
    "after_hours": "Change after-hours phone",
    "email": "Change e-mail",
    "note": "Change note",
}


def make_form(context: Context) -> RecordView:
    """A form of a liaison that offers the known kinds and organizations."""

    def kinds() -> Sequence[str]:
        with context.db.read() as session:
            return list(dict.fromkeys([*catalogs.liaison_kinds(), *liaisons.kinds(session)]))

    def employers() -> Sequence[str]:
        with context.db.read() as session:
            return liaisons.employers(session)

    form = RecordView(FIELDS)
    for key, read in (("kind", kinds), ("employer", employers)):
        line = form.editor(key)
        if isinstance(line, QLineEdit):
            Offer(line, read)
    meanings = (f"{letters}: {name}" for letters, name in catalogs.liaison_kinds().items())
    form.editor("kind").setToolTip("\n".join(meanings))
    return form


class ServedCounties(QWidget):
    """The counties of a liaison, to be chosen; those of the chapter stand at the top."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown = False
        self.counties = CountyList()
        self.counties.frame.setFixedHeight(_LIST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(TextLabel("Counties served", bold=True))
        column.addWidget(self.counties)
        self.counties.changed.connect(self.changed)

    def show_counties(self, chosen: Sequence[str]) -> None:
        """Show these as chosen, unless they are so already."""
        if self._shown and set(self.counties.counties()) == set(chosen):
            return
        self._shown = True
        with self._context.db.read() as session:
            chapter = chapters.current(session)
        own = chapter.counties if chapter is not None else ()
        self.counties.show_state(chapter.state if chapter is not None else "", chosen, own)

    def chosen(self) -> list[str]:
        """Those that are chosen."""
        return self.counties.counties()


class LiaisonPane(RecordPane):
    """One liaison, edited in place."""

    labels = LABELS

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, make_form(context), parent)
        self.served = ServedCounties(context)
        put_below(self.form, self.served)
        self.served.changed.connect(self._serve)

    @override
    def read(self, session: Session, record_id: int) -> LiaisonView:
        return liaisons.view(session, record_id)

    @override
    def change(self, session: Session, record_id: int, version: int, **fields: Any) -> int:
        return liaisons.update(session, record_id, version, **fields)

    @override
    def show_record(self, view: LiaisonView) -> None:
        super().show_record(view)
        self.about.setText(about_text(view))
        self.served.show_counties(view.counties)
        self.served.setEnabled(not self.context.db.readonly)

    def _serve(self) -> None:
        view = self.view
        if view is None:
            return
        label = f"Change counties: {view.name}"
        chosen = self.served.chosen()
        result = self.context.commands.do(label, liaisons.set_counties, view.id, chosen)
        if result.error is None:
            self.read_again()
        else:
            self.refused.emit(result.error)


def about_text(view: LiaisonView) -> str:
    """What the letters of the kind stand for, and how many counties are served."""
    kind = catalogs.liaison_kinds().get(view.kind, view.kind)
    count = len(view.counties)
    served = (
        f"serves {fmt.plural(count, 'county', 'counties')}" if count else "serves no county yet"
    )
    return f"{kind}, {served}." if kind else f"{served[0].upper()}{served[1:]}."

"""Every agency: what it is, how many of its people are trained, and how much of its patrol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cit_desktop import catalogs
from cit_desktop.errors import CitError, Refused
from cit_desktop.services import agencies, people_many
from cit_desktop.services.agencies import AgencyDraft, AgencyFilter, AgencyRow, AgencySort
from ui import format as fmt
from ui.context import Context
from ui.pages.agencies.form import AgencyForm
from ui.pages.agencies.pane import AgencyPane
from ui.pages.edit_in_excel import EditInExcel
from ui.pages.filter_chip import Choice, FilterChip
from ui.pages.filter_row import FilterRow
from ui.pages.list_page import ListPage
from ui.pages.list_sources import LiveSource
from ui.widgets.button import button
from ui.widgets.record_table import RIGHT, Column, Filter, Sort

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def coverage(percent: int | None) -> str:
    """Percent of patrol trained; "n/a" where the strength is not known."""
    return "n/a" if percent is None else fmt.percent(percent, 100)


COLUMNS = (
    Column("name", "Agency", bold=True, width=214),
    Column("kind_name", "Kind", width=122, soft=True, spare=True),
    Column("county", "County", width=88, soft=True, spare=True),
    Column("people", "People", text=fmt.count, align=RIGHT, width=62),
    Column("trained", "Trained", text=fmt.count, align=RIGHT, width=66),
    Column("coverage", "Coverage", text=coverage, align=RIGHT, width=0, sortable=False),
)


def agency_ids(session: Session, sort: Sort | None, filter: Filter) -> Sequence[int]:
    """The agencies of the list, in its order."""
    order = sort or Sort("name")
    key = "kind" if order.key == "kind_name" else order.key
    wanted = AgencyFilter(**cast(dict[str, Any], dict(filter)))
    return agencies.ids(session, wanted, cast(AgencySort, key), order.descending)


def _rows(session: Session, ids: Sequence[int]) -> Mapping[int, AgencyRow]:
    return agencies.rows(session, ids)


class AgencyFilters(FilterRow):
    """A line for words, and a chip for each way of narrowing the list."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._context = context
        words = QLineEdit(placeholderText="Filter by name, spelling or ORI")
        words.setAccessibleName("Filter agencies by name, spelling or ORI")
        words.setClearButtonEnabled(True)
        words.setFixedWidth(300)
        self.kind = FilterChip("&Kind", "All kinds", _kinds)
        self.county = FilterChip("C&ounty", "All counties", self._counties)
        self.archived = FilterChip("A&rchived")
        super().__init__(words, (self.kind, self.county, self.archived), parent)

    def filter(self) -> dict[str, object]:
        """What the source is asked for."""
        return {
            "text": self.text(),
            "kinds": (self.kind.value,) if self.kind.value else (),
            "counties": (self.county.value,) if self.county.value else (),
            "archived": bool(self.archived.value),
        }

    def _counties(self) -> Sequence[Choice]:
        with self._context.db.read() as session:
            return [(name, name) for name in people_many.counties(session)]


def _kinds() -> Sequence[Choice]:
    return [(kind.key, kind.name) for kind in catalogs.agency_kinds()]


class AgenciesPage(ListPage):
    """The list of agencies with a pane for the one that is chosen."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"agency", "agency_spelling", "employment", "person", "enrollment", "training_class"}
    )
    help_topic = "agencies"
    new_text = "New agency…"
    has_workbook = True
    noun = ("agency", "agencies")
    none_matches = "No agency matches"
    nothing = (
        "agencies",
        "No agencies yet",
        "An agency is where people work: a department, a 911 center, a hospital, a school "
        "district. New ones also come with a list of people that you import.",
        "&New agency…",
    )
    pane_width = 356

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.filters: AgencyFilters = AgencyFilters(context)
        source = LiveSource(context, agency_ids, _rows, people_many.count)
        super().__init__("Agencies", context, COLUMNS, source, self.filters, parent)
        self.pane = AgencyPane(context)
        self.agency_form = AgencyForm(context)
        self.add_panes(self.agency_form, self.pane)
        self.excel = EditInExcel(context, self)
        self.excel_button = button("Edit in E&xcel…", self.edit_in_excel, icon="export")
        self.set_actions([self.excel_button], self.new_button)
        self.table.opened.connect(lambda _id: self._edit())
        self.table.archive_requested.connect(self.archive)
        self.pane.go.connect(self.go)
        self.pane.done.connect(self.undo_banner.done)
        self.pane.refused.connect(self.refuse)
        self.pane.archive_wanted.connect(lambda key, away: self.archive([key], away))
        self.agency_form.submitted.connect(self._add)
        self.agency_form.cancelled.connect(self.close_form)

    @override
    def wanted(self) -> dict[str, object]:
        return self.filters.filter()

    @override
    def start_form(self) -> None:
        self.agency_form.start()

    @override
    def show_chosen(self, ids: Sequence[int]) -> None:
        current = self.table.current_id()
        chosen = current if len(ids) > 1 and current is not None else ids[0]
        try:
            with self.context.db.read() as session:
                view = agencies.view(session, chosen)
        except CitError as error:
            self.refuse(error)
            return
        self.pane.show_agency(view)
        self.right.setCurrentWidget(self.pane)

    @override
    def edit_in_excel(self) -> None:
        self.excel.save_list("agencies", "Agencies", self.table, agency_ids)

    def _edit(self) -> None:
        """Enter on a row goes to the first field of the pane."""
        self.show_now()
        self.pane.form.editor("name").setFocus()

    def _add(self, values: dict[str, Any]) -> None:
        kept: dict[str, Any] = {key: "" if v is None else v for key, v in values.items()}
        kept |= {key: values[key] for key in ("patrol_strength", "strength_on")}
        result = self.context.commands.do(
            f"Add agency {kept['name']}".strip(), agencies.add, AgencyDraft(**kept)
        )
        if result.error is not None:
            fields = result.error.fields if isinstance(result.error, Refused) else {}
            self.banner.clear()
            self.agency_form.set_problems(
                {key: str(result.error) for key in fields} or {"": str(result.error)}
            )
        elif result.value is not None:
            self.source.forget()
            self.filter_list()
            self.choose(result.value)
            self.undo_banner.done(f"{self.pane.name.text()} was added.")

    def archive(self, ids: Sequence[int], away: bool = True) -> None:
        """Put agencies aside, or take them up again where the list is of archived ones."""
        away = away and self.filters.archived.value is None
        with self.context.db.read() as session:
            names = [row.name for row in agencies.rows(session, ids).values()]
        if not names:
            return
        which = names[0] if len(names) == 1 else fmt.plural(len(names), *self.noun)
        label = f"Archive {which}" if away else f"Take {which} up again"
        result = self.context.commands.do(label, archive_all, ids, away)
        if result.error is not None:
            self.refuse(result.error)
            return
        self.source.forget()
        self.filter_list()
        one = len(names) == 1
        what = names[0] if one else fmt.plural(len(names), *self.noun)
        verb = "archived" if away else "taken up again"
        self.undo_banner.done(f"{what} {'was' if one else 'were'} {verb}.")


def archive_all(session: Session, ids: Sequence[int], away: bool) -> None:
    """Put several agencies aside, or take them up again, in one operation."""
    for agency_id in ids:
        (agencies.archive if away else agencies.unarchive)(session, agency_id)

"""Every agency: what it is, how many of its people are trained, and how much of its patrol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cit_desktop import catalogs
from cit_desktop.services import agencies, people_many
from cit_desktop.services.agencies import AgencyDraft, AgencyFilter, AgencyRow, AgencySort
from ui import format as fmt
from ui.context import Context
from ui.pages.agencies.form import AgencyForm
from ui.pages.agencies.pane import AgencyPane
from ui.pages.directory_page import DirectoryPage
from ui.pages.edit_in_excel import EditInExcel
from ui.pages.filter_chip import Choice, FilterChip
from ui.pages.filter_row import FilterRow
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
        words.setFixedWidth(250)
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


class AgenciesPage(DirectoryPage):
    """The list of agencies with a pane for the one that is chosen."""

    service = agencies
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
        self.agency_form = AgencyForm(context)
        self.use_panes(self.agency_form, AgencyPane(context), self.filters.archived)
        self.excel = EditInExcel(context, self)
        self.excel_button = button("Edit in E&xcel…", self.edit_in_excel, icon="export")
        self.liaisons_button = button("L&iaisons", lambda: self.go.emit("liaisons", None))
        self.set_actions([self.liaisons_button, self.excel_button], self.new_button)

    @override
    def wanted(self) -> dict[str, object]:
        return self.filters.filter()

    @override
    def edit_in_excel(self) -> None:
        self.excel.save_list("agencies", "Agencies", self.table, agency_ids)

    @override
    def draft(self, values: dict[str, Any]) -> AgencyDraft:
        kept: dict[str, Any] = {key: "" if v is None else v for key, v in values.items()}
        kept |= {key: values[key] for key in ("patrol_strength", "strength_on")}
        return AgencyDraft(**kept)

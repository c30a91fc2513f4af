"""People as the table shows them, and what narrows the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtWidgets import QLineEdit, QWidget

from cit_desktop import catalogs, clock
from cit_desktop.services import agencies, certification, people, people_many
from cit_desktop.services.people import PersonFilter, PersonRow, PersonSort
from ui.context import Context
from ui.pages.filter_chip import Choice, FilterChip
from ui.pages.filter_row import FilterRow
from ui.pages.list_sources import LiveSource
from ui.pages.people import words
from ui.widgets.record_table import Column, Filter, Sort

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in the table."""

    row: PersonRow
    standing: certification.Standing
    name: str
    agency: str
    title: str
    discipline: str
    county: str
    state_number: str
    trained_on: date | None


NOT_SET = "Not set"
COLUMNS = (
    Column("name", "Name", bold=True, width=174),
    Column("agency", "Agency", width=150),
    Column("title", "Title", width=86, soft=True, spare=True),
    Column("trained_on", "Trained", width=136, pill=lambda line: words.trained_pill(line)),
    Column("discipline", "Discipline", width=120, soft=True, spare=True),
    Column("county", "County", width=84, soft=True, spare=True),
    Column("state_number", "State number", width=0, sortable=False, spare=True),
)


def people_ids(session: Session, sort: Sort | None, filter: Filter) -> Sequence[int]:
    """The people of the list, in its order."""
    wanted = PersonFilter(**cast(dict[str, Any], dict(filter)))
    order = sort or Sort("name")
    return people.ids(session, wanted, cast(PersonSort, order.key), order.descending)


def _rows(session: Session, ids: Sequence[int]) -> Mapping[int, PersonLine]:
    found = people.rows(session, ids)
    standings = certification.standing(session, ids, clock.today())
    return {key: _line(row, standings[key]) for key, row in found.items()}


def _line(row: PersonRow, standing: certification.Standing) -> PersonLine:
    return PersonLine(
        row=row,
        standing=standing,
        name=row.name,
        agency=row.agency,
        title=row.title,
        discipline=row.discipline_name or NOT_SET,
        county=row.county,
        state_number=row.state_number,
        trained_on=row.trained_on,
    )


def people_source(context: Context) -> LiveSource:
    """The people of the records."""
    return LiveSource(context, people_ids, _rows, people_many.count)


class PeopleFilters(FilterRow):
    """A line for words, and a chip for each way of narrowing the list."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._context = context
        words = QLineEdit(placeholderText="Filter by name, number, e-mail or phone")
        words.setAccessibleName("Filter people by name, number, e-mail or phone")
        words.setClearButtonEnabled(True)
        words.setFixedWidth(300)
        self.group = FilterChip("&Discipline", "All disciplines", _groups)
        self.agency = FilterChip("A&gency", "All agencies", self._agencies)
        self.county = FilterChip("C&ounty", "All counties", self._counties)
        self.trained = FilterChip("&Trained", "Trained or not", _trained)
        self.archived = FilterChip("A&rchived")
        chips = (self.group, self.agency, self.county, self.trained, self.archived)
        super().__init__(words, chips, parent)

    def filter(self) -> dict[str, object]:
        """What the source is asked for."""
        return {
            "text": self.text(),
            "groups": (self.group.value,) if self.group.value else (),
            "agency_id": self.agency.value,
            "county": self.county.value or "",
            "archived": bool(self.archived.value),
            "trained": self.trained.value,
        }

    def only_agency(self, agency_id: int, name: str) -> None:
        """Show the people of one agency."""
        self.reset()
        self.agency.set_value(agency_id, name)
        self.tell()

    def _agencies(self) -> Sequence[Choice]:
        with self._context.db.read() as session:
            return agencies.all_names(session)

    def _counties(self) -> Sequence[Choice]:
        with self._context.db.read() as session:
            return [(name, name) for name in people_many.counties(session)]


def _groups() -> Sequence[Choice]:
    listed = [(group.key, group.name) for group in catalogs.discipline_groups()]
    return [*listed, (people.NO_DISCIPLINE, NOT_SET)]


def _trained() -> Sequence[Choice]:
    return [(True, "Trained"), (False, "Not trained")]

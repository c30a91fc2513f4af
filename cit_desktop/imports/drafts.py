"""A row of a file as it would be stored: names of fields, agencies and disciplines settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from cit_desktop import catalogs
from cit_desktop.imports.agencies import Agencies
from cit_desktop.imports.clean import is_nothing
from cit_desktop.imports.disciplines import guess_discipline
from cit_desktop.imports.known import Records
from cit_desktop.imports.likeness import Clues, Subject, written_name
from cit_desktop.imports.matching import Match, number_key
from cit_desktop.imports.planned import AgencyRef, Choice
from cit_desktop.imports.types import Issue, SourceRow, SourceTable, Value
from cit_desktop.services.records import LINE, NOTE
from cit_desktop.text import clean, fold, sort_key

NAME_FIELDS = ("full_name", "first", "middle", "last", "suffix")
_STORED = (
    "first", "middle", "last", "suffix", "nickname", "county", "email", "phone", "note",
    "state_number", "title",
)  # fmt: skip
_FREE = ("agency", "title", "county", "discipline")  # columns where people write N/A


@dataclass(slots=True)
class Draft:
    """A row on its way into the plan.

    Attributes:
        stored: What would be written, by field.
        first: The earlier row of the file that is the same person.
        fills: Fields that this row adds to the earlier row.
        not_person: Who of the records somebody said it is not.
    """

    row: int
    values: Mapping[str, Value]
    stored: dict[str, str]
    issues: list[Issue]
    choice: Choice
    agency: AgencyRef | None = None
    suggested: bool = False
    match: Match | None = None
    subject: Subject | None = None
    first: Draft | None = None
    fills: list[str] = field(default_factory=list)
    not_person: int | None = None


class Drafter:
    """Makes drafts of the rows of one table, whose columns and records it knows."""

    def __init__(
        self, table: SourceTable, records: Records, agencies: Agencies | None = None
    ) -> None:
        self._records = records
        self._agencies = agencies or Agencies(records.agencies, spelled(table), records.state)
        self._headings = {
            column.field: heading for heading, column in table.columns.items() if column.field
        }
        self._name_headings = {
            heading for heading, column in table.columns.items() if column.field in NAME_FIELDS
        }
        self._counties = _county_names(records.state)

    def heading(self, name: str) -> str:
        """The heading of the column that holds a field, or an empty text."""
        if not name:
            name = next((part for part in NAME_FIELDS if part in self._headings), "")
        return self._headings.get(name, "")

    def draft(self, source: SourceRow, choice: Choice) -> Draft:
        """The row in its stored form; what cannot be stored is left out and told."""
        values = dict(source.values)
        issues = list(source.issues)
        for name in _FREE:
            if name in values and is_nothing(str(values[name])):
                del values[name]
        self._leave_out(values, issues)
        stored = {name: str(values[name]) for name in _STORED if name in values}
        if "county" in stored:
            stored["county"] = self._county(stored["county"])
        agency = self._agency(values)
        made = Draft(source.row, values, stored, issues, choice, agency)
        self._discipline(made)
        return made

    def is_unusable(self, draft: Draft) -> bool:
        """Whether the row's name cannot be taken; tells so if nobody has yet."""
        if any(
            one.severity == "error" and one.column in self._name_headings for one in draft.issues
        ):
            return True
        if draft.stored.get("last") and draft.stored.get("first"):
            return False
        missing = "last name" if draft.stored.get("first") else "name"
        if draft.stored.get("last"):
            missing = "first name"
        draft.issues.append(
            Issue(
                self.heading(""),
                "error",
                f"This row has no {missing}. Expected a first and a last name; add them, "
                "choose the columns that hold them, or skip the row.",
            )
        )
        return True

    def clues(self, draft: Draft) -> Clues:
        """What the row tells of who it is."""
        stored = draft.stored
        written = stored.get("state_number", "")
        return Clues(
            key=sort_key(stored["last"], stored.get("first", ""), stored.get("middle", "")),
            name=written_name(stored),
            suffix=stored.get("suffix", ""),
            nickname=stored.get("nickname", ""),
            email=stored.get("email", ""),
            phone=stored.get("phone", ""),
            number=number_key(written),
            number_written=written,
            agency=draft.agency.match if draft.agency else "",
            known_as=self._records.before.get(draft.row),
        )

    def _leave_out(self, values: dict[str, Value], issues: list[Issue]) -> None:
        number = values.get("state_number")
        if number is not None and not number_key(str(number)):
            del values["state_number"]
            issues.append(
                Issue(
                    self.heading("state_number"),
                    "warning",
                    f"“{number}” is nobody's state number; it was left out.",
                )
            )
        for name, value in list(values.items()):
            longest = NOTE if name == "note" else LINE
            if isinstance(value, str) and len(value) > longest:
                del values[name]
                issues.append(
                    Issue(
                        self.heading(name if name not in NAME_FIELDS else ""),
                        "error",
                        f"This text has {len(value):,} characters; at most {longest:,} fit. "
                        "It was left out; shorten it.",
                    )
                )

    def _county(self, written: str) -> str:
        return self._counties.get(_plain_county(written), clean(written))

    def _agency(self, values: dict[str, Value]) -> AgencyRef | None:
        found = self._agencies.ref(str(values.get("agency", "")))
        if found is None:
            values.pop("agency", None)
        return found

    def infer_discipline(self, draft: Draft) -> None:
        """For somebody new: what the known name of the agency points to, if nothing else did."""
        agency_id = draft.agency.id if draft.agency else None
        if agency_id is not None and "discipline" not in draft.stored:
            title = draft.stored.get("title", "")
            key = _guess(title, self._records.agencies.names[agency_id], "")
            if key:
                draft.stored["discipline"] = key

    def _discipline(self, draft: Draft) -> None:
        written = str(draft.values.get("discipline", ""))
        title = draft.stored.get("title", "")
        agency = draft.agency.written.replace(".", "") if draft.agency else ""
        own = _guess("", "", written) if written else ""
        key = own or _guess(title, agency, written)
        if key:
            draft.stored["discipline"] = key
        draft.suggested = not own
        if written and not key:
            draft.issues.append(
                Issue(
                    self.heading("discipline"),
                    "warning",
                    f"“{written}” is no discipline of this program; it was left blank. "
                    "Choose one on the person's page.",
                )
            )


def spelled(table: SourceTable) -> list[tuple[int, str]]:
    """The rows of a list that name an agency, with the agency as it is written."""
    return [(row.row, str(row.values["agency"])) for row in table.records if "agency" in row.values]


@lru_cache(maxsize=8192)
def _guess(title: str, agency: str, written: str) -> str:
    return guess_discipline(title, agency, written) or ""


def _county_names(state: str) -> dict[str, str]:
    known = catalogs.counties(state)
    plain = Counter(_plain_county(county.name) for county in known)
    found = {_plain_county(county.name): county.name for county in known}
    return {key: name for key, name in found.items() if plain[key] == 1}


def _plain_county(written: str) -> str:
    return " ".join(fold(written).replace(".", "").removesuffix("county").split()).replace(
        "saint ", "st "
    )

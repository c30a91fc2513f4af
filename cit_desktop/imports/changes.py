"""What a row would change about somebody of the records: blanks filled, or values replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cit_desktop import catalogs
from cit_desktop.errors import NotFound
from cit_desktop.imports.known import Records
from cit_desktop.imports.matching import agency_key, number_key
from cit_desktop.imports.planned import AgencyRef, Choice, FieldChange
from cit_desktop.text import letters

PERSON_FIELDS = (
    "first", "middle", "last", "suffix", "nickname", "discipline", "county", "email", "phone",
    "note",
)  # fmt: skip


@dataclass(slots=True)
class Difference:
    """What would be changed about somebody, and what differs but is kept."""

    choice: Choice
    changes: list[FieldChange] = field(default_factory=list)
    kept: list[FieldChange] = field(default_factory=list)

    def settle(self, name: str, before: str, after: str) -> None:
        """Fill a blank, replace a value where that was chosen, or keep it. Blanks erase nothing."""
        if after and after != before:
            taken = not before or self.choice == "update"
            (self.changes if taken else self.kept).append(FieldChange(name, before, after))


def compare(
    records: Records,
    person_id: int,
    stored: Mapping[str, str],
    agency: AgencyRef | None,
    choice: Choice,
    suggested: bool,
) -> Difference:
    """How a row differs from somebody of the records.

    Args:
        stored: Values of the row in their stored form.
        suggested: The discipline was only inferred, so it never replaces another one.
    """
    found = Difference(choice)
    person = records.people[person_id]
    for name in PERSON_FIELDS:
        if name != "discipline":
            found.settle(name, person[name], stored.get(name, ""))
        elif not (suggested and person[name]):
            written = discipline_name(stored.get(name, ""))
            found.settle(name, discipline_name(person[name]), written)
    number = stored.get("state_number", "")
    known_number = records.numbers.get(person_id, "")
    if number_key(number) != number_key(known_number):
        found.settle("state_number", known_number, number)
    _employment(found, records, person_id, stored.get("title", ""), agency)
    return found


def _employment(
    found: Difference, records: Records, person_id: int, title: str, agency: AgencyRef | None
) -> None:
    job = records.jobs.get(person_id)
    if job is not None and (agency is None or agency_key(job.agency_id, "") == agency.match):
        found.settle("title", job.title, title)
    elif job is not None and agency is not None:
        found.settle("agency", records.agencies.names[job.agency_id], agency.name or agency.written)
    elif agency is not None:
        found.settle("agency", "", agency.written)
        found.settle("title", "", title)


def discipline_name(key: str) -> str:
    """The name of a discipline as shown; an unknown key stays as it is."""
    try:
        return catalogs.discipline(key).name if key else ""
    except NotFound:
        return key


def alike(one: str, two: str) -> bool:
    """Whether two values are the same but for case, accents and punctuation."""
    return one == two or letters(one) == letters(two)

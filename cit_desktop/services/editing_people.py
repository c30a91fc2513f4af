"""People as a list to be edited in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import catalogs
from cit_desktop.documents.edits import EditColumn
from cit_desktop.models import Person
from cit_desktop.services import agencies, names, people, records, state_numbers
from cit_desktop.services import editing_parts as parts
from cit_desktop.services.editing_parts import Added, Kept, Lists, Match, Values
from cit_desktop.services.person_draft import PersonDraft
from cit_desktop.services.state_numbers import NumberDraft

OWN = ("last", "first", "middle", "suffix", "nickname", "discipline", "county", "email", "phone",
       "note")  # fmt: skip
FIELDS = (*OWN[:6], "agency", "title", *OWN[6:7], "state_number", *OWN[7:])


class People:
    """The people of the records; keys are their uids."""

    unique = frozenset({"state_number"})
    required = frozenset({"last"})

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lists = Lists.of(session)
        self._kind = catalogs.state_number_kind(self._lists.state)

    def columns(self) -> tuple[EditColumn, ...]:
        """The columns, in order."""
        lists = self._lists
        return (
            EditColumn("last", "Last name", width=20),
            EditColumn("first", "First name", width=16),
            EditColumn("middle", "Middle name", width=14),
            EditColumn("suffix", "Suffix", width=8),
            EditColumn("nickname", "Nickname", width=14),
            EditColumn("discipline", "Discipline", "choice", 24, tuple(lists.disciplines.values())),
            EditColumn(
                "agency",
                "Agency",
                "choice",
                34,
                lists.agencies,
                strict=False,
                hint="Another agency begins a new employment; the former one ends the day before.",
            ),
            EditColumn("title", "Rank or job title", width=20),
            EditColumn("county", "County", "choice", 16, lists.counties, strict=False),
            EditColumn(
                "state_number", "State number", width=16, hint=f"{self._kind}, as text with zeros."
            ),
            EditColumn("email", "E-mail", width=30),
            EditColumn("phone", "Phone", width=16),
            EditColumn("note", "Note", "note", 40),
        )

    def keys(self, ids: Sequence[int] | None) -> list[str]:
        """The keys of the people with these ids, or of all who are not archived, by name."""
        chosen = people.ids(self._session) if ids is None else ids
        return parts.uids(self._session, Person, chosen)

    def kept(self, keys: Sequence[str]) -> dict[str, Kept]:
        """These people as they stand."""
        ids = parts.by_uid(self._session, Person, keys)
        found: dict[int, Kept] = {}
        for some in parts.chunks(list(ids.values())):
            found.update(values_of(self._session, some))
        return {key: found[person_id] for key, person_id in ids.items()}

    def normal(self, column: str, text: str, whole: Values) -> str:
        """A typed value as it would be stored and shown."""
        if column == "discipline":
            return parts.chosen(column, text, list(self._lists.disciplines.values()))
        if column in ("agency", "county"):
            known = self._lists.agencies if column == "agency" else self._lists.counties
            return parts.chosen(column, records.line(column, text), known, strict=False)
        if column == "title" and text and not whole.get("agency"):
            raise records.refused(
                column, f"“{text}” has no agency to be kept with.", "Add the agency."
            )
        if column in ("state_number", "title"):
            return records.line(column, text)
        return plain(column, text)

    def problem(self, column: str, text: str, record: Kept | None) -> str:
        """Why a value cannot be written although it is one."""
        if column == "state_number" and text:
            draft = NumberDraft(self._number_kind(record), text)
            owner = None if record is None else record.person_id
            return parts.refusal(lambda: state_numbers.checked(self._session, draft, owner))
        if column == "agency" and not text and record is not None:
            return (
                "An empty cell does not tell since when. Write the new agency, or end the "
                "employment on the person's page."
            )
        return ""

    def match(self, values: Values) -> Match:
        """Whether a new row is somebody who is known."""
        return known_person(self._session, self._draft(values))

    def write(self, record: Kept, changes: Values) -> None:
        """Write the changed values of a person."""
        assert record.person_id is not None  # noqa: S101 - it is a person
        write_person(self._session, record.person_id, changes, self._lists)
        if "agency" in changes or "title" in changes:
            self._write_work(record.person_id, {**record.values, **changes}, changes)
        if "state_number" in changes:
            number = changes["state_number"]
            write_number(self._session, record.person_id, self._kind, number)

    def add(self, values: Values, match: Match) -> Added:
        """Add a person."""
        made = people.add(self._session, self._draft(values, adding=True))
        return Added(made, made)

    def _draft(self, values: Values, *, adding: bool = False) -> PersonDraft:
        agency = values.get("agency", "")
        if adding:
            agency_id = agencies.find_or_add(self._session, agency) if agency else None
        else:
            agency_id = agencies.by_spelling(self._session, agency)
        return person_draft(values, agency_id, self._kind, self._lists)

    def _number_kind(self, record: Kept | None) -> str:
        if record is not None and record.person_id is not None:
            for number in state_numbers.numbers(self._session, record.person_id):
                return number.kind
        return self._kind

    def _write_work(self, person_id: int, whole: Values, changes: Values) -> None:
        now = next(
            (job for job in people.employments(self._session, person_id) if job.current), None
        )
        title = whole.get("title", "")
        if now is not None and "agency" not in changes and not title:
            draft = people.EmploymentDraft(now.agency_id, "", now.starts, now.ends)
            people.update_employment(self._session, now.id, draft)
            return
        agency_id = agencies.find_or_add(self._session, whole["agency"])
        people.set_current(self._session, person_id, agency_id, title)


def values_of(session: Session, person_ids: Sequence[int]) -> dict[int, Kept]:
    """What lists show of these people, at most as many as fit into one statement."""
    rows = people.rows(session, person_ids)
    own: dict[int, Any] = {
        row.id: row
        for row in session.execute(
            select(Person.id, Person.nickname, Person.county, Person.note).where(
                Person.id.in_(person_ids)
            )
        )
    }
    found = {}
    for person_id, row in rows.items():
        values = {name: str(getattr(row, name)) for name in FIELDS if hasattr(row, name)}
        more = {name: getattr(own[person_id], name) for name in ("nickname", "county", "note")}
        shown = {"discipline": row.discipline_name, "phone": parts.phone_shown(row.phone)}
        name = names.full(row.first, row.middle, row.last, row.suffix)
        found[person_id] = Kept(person_id, name, values | more | shown, person_id)
    return found


def plain(column: str, text: str) -> str:
    """A value of a person that depends on nothing else."""
    value = people.checked({column: text})[column]
    return parts.phone_shown(value) if column == "phone" else str(value)


def write_person(session: Session, person_id: int, changes: Values, lists: Lists) -> None:
    """Write what of the changes is the person's own."""
    fields: Any = {name: value for name, value in changes.items() if name in OWN}
    if "discipline" in fields:
        fields["discipline"] = parts.key_of(fields["discipline"], lists.disciplines)
    if fields:
        people.update(session, person_id, parts.version_of(session, Person, person_id), **fields)


def write_number(session: Session, person_id: int, kind: str, number: str) -> None:
    """Give, correct or take away the main state number of a person."""
    main = next(iter(state_numbers.numbers(session, person_id)), None)
    if main is None:
        state_numbers.add_number(session, person_id, NumberDraft(kind, number))
    elif number:
        state_numbers.change_number(session, main.id, NumberDraft(main.kind, number))
    else:
        state_numbers.remove_number(session, main.id)


def person_draft(values: Values, agency_id: int | None, kind: str, lists: Lists) -> PersonDraft:
    """A person to be added, from the values of a row."""
    number = values.get("state_number", "")
    own = ("first", "middle", "suffix", "nickname", "county", "email", "phone", "note")
    texts: Any = {name: values.get(name, "") for name in own}
    return PersonDraft(
        values.get("last", ""),
        numbers=(NumberDraft(kind, number),) if number else (),
        agency_id=agency_id,
        title=values.get("title", "") if agency_id is not None else "",
        discipline=parts.key_of(values.get("discipline", ""), lists.disciplines),
        **texts,
    )


def known_person(session: Session, draft: PersonDraft) -> Match:
    """Whether a draft is somebody of the records: surely, perhaps, or not."""
    found = people.duplicates_of(session, draft)
    sure = [
        (person_id, why)
        for person_id, why in found
        if why not in ("same name", "same name and agency")
    ]
    if sure:
        person_id, why = sure[0]
        return Match(person_id, problem=f"{_who(session, person_id)} is in the records: {why}.")
    if found:
        person_id, why = found[0]
        name = _who(session, person_id)
        return Match(
            None, remark=f"{name} is in the records already: {why}. A second one is added."
        )
    return Match()


def _who(session: Session, person_id: int) -> str:
    row = people.rows(session, [person_id])[person_id]
    return names.full(row.first, row.middle, row.last, row.suffix)

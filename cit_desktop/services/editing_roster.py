"""The roster of a class as a list to be edited in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import catalogs
from cit_desktop.documents.edits import EditColumn
from cit_desktop.models import Enrollment
from cit_desktop.services import agencies, enrollment, people, records, state_numbers
from cit_desktop.services import editing_parts as parts
from cit_desktop.services.class_guard import open_class
from cit_desktop.services.editing_parts import Added, Kept, Lists, Match, Values
from cit_desktop.services.editing_people import (
    known_person,
    person_draft,
    plain,
    values_of,
    write_number,
    write_person,
)
from cit_desktop.services.enrollment import ROLES, Role
from cit_desktop.services.state_numbers import NumberDraft

_SCENARIO = {"1": "Passed", "0": "Not passed"}
_OF_PERSON = ("last", "first", "middle", "suffix", "email", "phone")
_HIGHEST = 9_999


class Roster:
    """The people of one open class; keys are the uids of their enrollments."""

    unique = frozenset({"number", "state_number"})
    required = frozenset({"last"})

    def __init__(self, session: Session, class_id: int) -> None:
        open_class(session, class_id)
        self._session = session
        self._class_id = class_id
        self._lists = Lists.of(session)
        self._kind = catalogs.state_number_kind(self._lists.state)

    def columns(self) -> tuple[EditColumn, ...]:
        """The columns, in order."""
        agency_hint = "The agency of the time of the class, as the roster shows it."
        return (
            EditColumn("number", "No.", "int", 6),
            EditColumn("last", "Last name", width=20),
            EditColumn("first", "First name", width=16),
            EditColumn("middle", "Middle name", width=14),
            EditColumn("suffix", "Suffix", width=8),
            EditColumn(
                "agency", "Agency", "choice", 34, self._lists.agencies, False, hint=agency_hint
            ),
            EditColumn("title", "Rank or job title", width=20),
            EditColumn("role", "Role", "choice", 12, ROLES),
            EditColumn("score", "Score", "int", 8, hint="Percent of the post-test: 0 to 100."),
            EditColumn("scenario", "Scenario", "choice", 13, tuple(_SCENARIO.values())),
            EditColumn("state_number", "State number", width=16),
            EditColumn("email", "E-mail", width=30),
            EditColumn("phone", "Phone", width=16),
            EditColumn("result", "Result", width=12, editable=False),
        )

    def keys(self, ids: Sequence[int] | None) -> list[str]:
        """The keys of these enrollments, or of the whole class, by name."""
        chosen = enrollment.ids(self._session, self._class_id) if ids is None else ids
        return parts.uids(self._session, Enrollment, chosen)

    def kept(self, keys: Sequence[str]) -> dict[str, Kept]:
        """These enrollments as they stand."""
        found: dict[str, Kept] = {}
        for some in parts.chunks(keys):
            held = self._session.execute(
                select(Enrollment.uid, Enrollment.id, Enrollment.number).where(
                    Enrollment.uid.in_(some), Enrollment.class_id == self._class_id
                )
            ).all()
            rows = enrollment.rows(self._session, [row.id for row in held])
            persons = values_of(self._session, [row.person_id for row in rows.values()])
            for uid, enrollment_id, number in held:
                row = rows[enrollment_id]
                person = persons[row.person_id]
                values = {name: person.values[name] for name in (*_OF_PERSON, "state_number")}
                values |= {
                    "number": "" if number is None else str(number),
                    "agency": row.agency,
                    "title": row.title,
                    "role": row.role,
                    "score": "" if row.score is None else str(row.score),
                    "scenario": _SCENARIO.get(str(row.scenario_passed), ""),
                    "result": row.result,
                }
                found[uid] = Kept(row.id, person.name, values, row.person_id)
        return found

    def normal(self, column: str, text: str, whole: Values) -> str:
        """A typed value as it would be stored and shown."""
        if column in _OF_PERSON:
            return plain(column, text)
        if column == "number":
            return parts.whole_number(column, text, 1, _HIGHEST, "roster number")
        if column == "score":
            return parts.whole_number(column, text, 0, 100, "score in percent")
        if column == "scenario":
            return parts.chosen(column, text, list(_SCENARIO.values()))
        if column == "role":
            if not text:
                raise records.refused(column, "The role is missing.", "Choose one from the list.")
            return parts.chosen(column, text, ROLES)
        line = records.line(column, text)
        return (
            parts.chosen(column, line, self._lists.agencies, strict=False)
            if (column == "agency")
            else line
        )

    def problem(self, column: str, text: str, record: Kept | None) -> str:
        """Why a value cannot be written although it is one."""
        if column == "state_number" and text:
            person_id = None if record is None else record.person_id
            main = None
            if person_id is not None:
                main = next(iter(state_numbers.numbers(self._session, person_id)), None)
            draft = NumberDraft(main.kind if main else self._kind, text)
            return parts.refusal(lambda: state_numbers.checked(self._session, draft, person_id))
        return ""

    def match(self, values: Values) -> Match:
        """Who a new row is: known by number, e-mail or name and agency, or somebody new."""
        agency_id = agencies.by_spelling(self._session, values.get("agency", ""))
        draft = person_draft(values, agency_id, self._kind, self._lists)
        found = people.duplicates_of(self._session, draft)
        sure = [person_id for person_id, why in found if why != "same name"]
        if not sure:
            return known_person(self._session, draft)
        if self._is_in(sure[0]):
            return Match(problem="This person is in the class already. Edit that row instead.")
        return Match(sure[0], remark=f"Known already ({dict(found)[sure[0]]}); enrolled as known.")

    def write(self, record: Kept, changes: Values) -> None:
        """Write the changed values of an enrollment and its person."""
        assert record.person_id is not None  # noqa: S101 - it is a person's
        own = {name: value for name, value in changes.items() if name in _OF_PERSON}
        write_person(self._session, record.person_id, own, self._lists)
        if "state_number" in changes:
            number = changes["state_number"]
            write_number(self._session, record.person_id, self._kind, number)
        self._write_place(record.id, changes, {**record.values, **changes})

    def add(self, values: Values, match: Match) -> Added:
        """Enroll somebody known, or a new person."""
        person_id = match.person_id
        agency = values.get("agency", "")
        agency_id = agencies.find_or_add(self._session, agency) if agency else None
        if person_id is None:
            draft = person_draft(values, agency_id, self._kind, self._lists)
            person_id = people.add(self._session, replace(draft, title=values.get("title", "")))
        role = cast(Role, values.get("role") or "trainee")
        made = enrollment.enroll(self._session, self._class_id, person_id, role)
        given = {name: value for name, value in values.items() if value and name != "role"}
        self._write_place(made, given, values)
        return Added(made, person_id)

    def _write_place(self, enrollment_id: int, changes: Values, whole: Values) -> None:
        """Write what belongs to the place in the class."""
        session = self._session
        if "agency" in changes or "title" in changes:
            agency = whole.get("agency", "")
            agency_id = agencies.find_or_add(session, agency) if agency else None
            enrollment.set_agency(session, enrollment_id, agency_id, whole.get("title", ""))
        writers: dict[str, Callable[[str], Any]] = {
            "role": lambda text: enrollment.set_role(session, enrollment_id, cast(Role, text)),
            "number": lambda text: enrollment.set_number(session, enrollment_id, _int(text)),
            "score": lambda text: enrollment.set_score(session, enrollment_id, _int(text)),
            "scenario": lambda text: enrollment.set_scenario(
                session, enrollment_id, text == _SCENARIO["1"] if text else None
            ),
        }
        for column in changes.keys() & writers.keys():
            writers[column](changes[column])
        session.flush()

    def _is_in(self, person_id: int) -> bool:
        found = select(Enrollment.id).filter_by(class_id=self._class_id, person_id=person_id)
        return self._session.scalar(found.where(Enrollment.result != "withdrawn")) is not None


def _int(text: str) -> int | None:
    return int(text) if text else None

"""What each field of a roster profile shows: one function a field, for columns and header."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final, TypeAlias

from cit_desktop.catalogs import Profile, ProfileColumn
from cit_desktop.documents.tables import Cell, CellKind, TableColumn
from cit_desktop.services import earned, names
from cit_desktop.services.roster_facts import ClassFacts, PersonFacts, discipline_name
from cit_desktop.text import letters

Value: TypeAlias = Callable[[PersonFacts, Profile], Cell]

BY_HAND: Final = frozenset({"firearms", "signature", "status"})
RESULTS: Final = {
    "open": "",
    "completed": "Completed",
    "partial": "Partial",
    "withdrawn": "Withdrew",
}
_MANY: Final = 3


def column(wanted: ProfileColumn) -> TableColumn:
    """The column of the document; a kind that does not fit its field gives way to one that does."""
    natural = _KINDS.get(wanted.field, "text")
    kind: CellKind = "text" if wanted.kind == "text" else natural
    return TableColumn(wanted.field, wanted.label, kind, wanted.width, wanted.required)


def cell(person: PersonFacts, profile: Profile, wanted: TableColumn) -> Cell:
    """What stands in a column for a person."""
    value = _FIELDS[wanted.key](person, profile)
    natural = _KINDS.get(wanted.key, "text")
    if wanted.kind == natural or value is None:
        return value
    return _as_text(value, natural, wanted.key, profile)


def header(field: str, trainings: Sequence[ClassFacts], period: str, profile: Profile) -> str:
    """What stands in a line of the header, over one class or several."""
    if field == "period":
        return period
    if field == "dates":
        return period or _dates(trainings, profile)
    return _several(_HEADERS[field](training, profile) for training in trainings)


def state_number(person: PersonFacts, profile: Profile) -> tuple[str, str]:
    """Kind and text of the number that the profile asks for; empty where there is none."""
    wanted = letters(profile.state_number_kind)
    for kind, number in person.numbers:
        if not wanted or letters(kind) == wanted:
            return kind, number
    return "", ""


def percent(person: PersonFacts) -> int | None:
    """Percent of the class attended, rounded down: 99.9 is not all of it."""
    whole = person.training.minutes
    return None if whole <= 0 else min(100, person.minutes * 100 // whole)


def _as_text(value: Cell, natural: CellKind, field: str, profile: Profile) -> str:
    if isinstance(value, bool):
        yes, no = ("Passed", "Not passed") if field == "scenario" else ("Yes", "No")
        return yes if value else no
    if isinstance(value, date):
        return names.figures(value, profile.date_format)
    if isinstance(value, int):
        return names.hours(value) if natural == "hours" else str(value)
    return str(value)


def _area(area: str) -> Value:
    def minutes(person: PersonFacts, _profile: Profile) -> Cell:
        areas = person.earned.areas
        if not areas:
            return None
        return earned.share(person.credit, areas.items()).get(area, 0)

    return minutes


def _hours(person: PersonFacts, _profile: Profile) -> Cell:
    return person.minutes


def _credit(person: PersonFacts, _profile: Profile) -> Cell:
    return person.credit


def _full_name(person: PersonFacts, profile: Profile) -> Cell:
    return names.written(
        profile.name_format, person.first, person.middle, person.last, person.suffix
    )


def _scenario(person: PersonFacts, _profile: Profile) -> Cell:
    return None if person.scenario_passed is None else bool(person.scenario_passed)


def _dates(trainings: Sequence[ClassFacts], profile: Profile) -> str:
    days = {day for training in trainings for day in training.days}
    return ", ".join(names.figures(day, profile.date_format) for day in sorted(days))


def _day(day: date | None, profile: Profile) -> str:
    return "" if day is None else names.figures(day, profile.date_format)


def _instructors(training: ClassFacts, _profile: Profile) -> str:
    taught = [f"{name} ({names.hours(minutes)} h)" for name, minutes in training.instructors]
    return "; ".join(taught) or training.lead_instructor


def _several(values: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(value for value in values if value))
    if len(distinct) <= _MANY:
        return "; ".join(distinct)
    return f"{'; '.join(distinct[:_MANY])} and {len(distinct) - _MANY} more"


def _blank(_person: PersonFacts, _profile: Profile) -> Cell:
    return None


_KINDS: Final[dict[str, CellKind]] = {
    "hours": "hours",
    "hours_credited": "hours",
    "attendance_percent": "int",
    "score": "int",
    "scenario": "yesno",
    "completed": "date",
    "completed_yes_no": "yesno",
    "legal": "hours",
    "technical": "hours",
    "interpersonal": "hours",
    "skill": "hours",
    "instructed_hours": "hours",
}
_FIELDS: Final[dict[str, Value]] = {
    "last": lambda person, _: person.last,
    "first": lambda person, _: person.first,
    "middle": lambda person, _: person.middle,
    "mi": lambda person, _: names.initial(person.middle),
    "suffix": lambda person, _: person.suffix,
    "full_name": _full_name,
    "discipline": lambda person, _: discipline_name(person.discipline),
    "title": lambda person, _: person.title,
    "agency": lambda person, _: person.agency,
    "agency_ori": lambda person, _: person.agency_ori,
    "county": lambda person, _: person.agency_county,
    "state_number_kind": lambda person, profile: state_number(person, profile)[0],
    "state_number": lambda person, profile: state_number(person, profile)[1],
    "email": lambda person, _: person.email,
    "phone": lambda person, _: person.phone,
    "hours": _hours,
    "hours_credited": _credit,
    "attendance_percent": lambda person, _: percent(person),
    "score": lambda person, _: person.score,
    "scenario": _scenario,
    "result": lambda person, _: RESULTS.get(person.result, person.result),
    "certificate": lambda person, _: person.certificate,
    "completed": lambda person, _: person.completed if person.result == "completed" else None,
    "completed_yes_no": lambda person, _: person.result == "completed",
    "legal": _area("legal"),
    "technical": _area("technical"),
    "interpersonal": _area("interpersonal"),
    "skill": _area("skill"),
    "firearms": _blank,
    "role": lambda person, _: person.role.capitalize(),
    "status": _blank,
    "instructed_hours": lambda person, _: person.earned.taught or None,
    "signature": _blank,
    "chapter": lambda person, _: person.training.chapter,
    "course": lambda person, _: person.training.course,
    "course_number": lambda person, _: person.training.course_number,
    "dates": lambda person, profile: _dates([person.training], profile),
    "location": lambda person, _: person.training.location,
}
_HEADERS: Final[dict[str, Callable[[ClassFacts, Profile], str]]] = {
    "chapter": lambda training, _: training.chapter,
    "course": lambda training, _: training.course,
    "course_number": lambda training, _: training.course_number,
    "class_title": lambda training, _: training.title,
    "class_code": lambda training, _: training.code,
    "starts": lambda training, profile: _day(training.starts, profile),
    "ends": lambda training, profile: _day(training.ends, profile),
    "location": lambda training, _: training.location,
    "county": lambda training, _: training.county,
    "instructors": _instructors,
    "hours": lambda training, _: names.hours(training.minutes),
    "provider": lambda training, _: training.provider,
    "coordinator": lambda training, _: training.coordinator,
}

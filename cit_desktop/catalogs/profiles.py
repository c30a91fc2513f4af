"""Roster profiles: which columns a state body wants, in which order.

A profile is a TOML file. ``COLUMN_FIELDS`` and ``HEADER_FIELDS`` are the whole vocabulary
of what a column or a line of the header can show.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from cit_desktop.catalogs.kinds import discipline_groups
from cit_desktop.catalogs.toml import Table, shipped, shipped_in
from cit_desktop.errors import NotFound

STATUSES: Final = ("A", "B", "C")
ROLES: Final = ("trainee", "instructor", "observer")
COLUMN_KINDS: Final = ("text", "int", "hours", "date", "yesno")
DATE_FORMATS: Final = ("mm/dd/yyyy", "m/d/yyyy", "mm-dd-yyyy", "yyyy-mm-dd")
NAME_FORMATS: Final = (
    "Last, First MI Suffix",
    "Last, First Middle Suffix",
    "First MI Last Suffix",
    "First Middle Last Suffix",
)

COLUMN_FIELDS: Final = {
    "last": "last name",
    "first": "first name",
    "middle": "middle name",
    "mi": "first letter of the middle name",
    "suffix": "Jr., III",
    "full_name": "the name as the profile's name_format says",
    "discipline": "kind of work",
    "title": "rank or job title at the time of the class",
    "agency": "agency at the time of the class",
    "agency_ori": "the agency's ORI number",
    "county": "county of the agency",
    "state_number_kind": "POST license, PSID, …",
    "state_number": "the number of the profile's state_number_kind, or the person's main one",
    "email": "e-mail",
    "phone": "phone",
    "hours": "hours attended",
    "hours_credited": "hours that count for credit",
    "attendance_percent": "percent of the class attended",
    "score": "percent in the post-test",
    "scenario": "scenario evaluation passed",
    "result": "completed, partial, …",
    "certificate": "certificate number",
    "completed": "day of completion",
    "completed_yes_no": "completed or not",
    "legal": "hours in legal studies",
    "technical": "hours in technical studies",
    "interpersonal": "hours in interpersonal perspectives",
    "skill": "hours in skill development",
    "firearms": "firearm qualification; left empty to be filled by hand",
    "role": "trainee, instructor or observer",
    "status": "certification status with the state; left empty where it is not known",
    "instructed_hours": "hours taught",
    "signature": "left empty to be signed",
    "chapter": "the chapter",
    "course": "course title",
    "course_number": "the state's number of the course",
    "dates": "dates of the class",
    "location": "where the class was held",
}

HEADER_FIELDS: Final = {
    "chapter": "the chapter",
    "course": "course title",
    "course_number": "the state's number of the course",
    "class_title": "title of the class",
    "class_code": "code of the class",
    "dates": "every date of the class",
    "starts": "first day",
    "ends": "last day",
    "location": "where the class was held",
    "county": "county of the class",
    "instructors": "who taught, with the hours of each",
    "hours": "hours of the class",
    "provider": "training provider",
    "coordinator": "who signs for the class",
    "period": "from and to, for a roster over a period",
}


@dataclass(frozen=True, slots=True)
class ProfileField:
    """A line above the table."""

    field: str
    label: str


@dataclass(frozen=True, slots=True)
class ProfileColumn:
    """A column of the table; ``width`` is in characters."""

    field: str
    label: str
    required: bool
    kind: str
    width: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The layout of one state's roster.

    Attributes:
        state: Postal code, or an empty text for any state.
        status: A: columns named in a rule or an official page; B: in part; C: not public.
        official: False where the layout is our own.
        due_days: Days after the class until it is due, or None when unknown.
        date_format: One of ``DATE_FORMATS``, as a workbook understands it.
        only_completed: Leave out those who did not complete.
        roles: Which roles are listed.
        groups: Which discipline groups are listed; empty means all.
        state_number_kind: Which kind of number the state goes by; empty means any.
    """

    id: str
    state: str
    title: str
    status: str
    official: bool
    note: str
    due_days: int | None
    due_text: str
    source: str
    date_format: str
    name_format: str
    only_completed: bool
    roles: tuple[str, ...]
    groups: tuple[str, ...]
    state_number_kind: str
    header: tuple[ProfileField, ...]
    columns: tuple[ProfileColumn, ...]

    @property
    def required(self) -> tuple[ProfileColumn, ...]:
        """The columns that must be filled in every row."""
        return tuple(column for column in self.columns if column.required)


@cache
def profiles() -> tuple[Profile, ...]:
    """Every shipped profile: the general one first, then by state and title."""
    return _read("")


@cache
def profiles_of(state: str) -> tuple[Profile, ...]:
    """The shipped profiles of one state, by title; the files of the others are not read."""
    return _read(f"{state.lower()}_") if state else ()


def _read(prefix: str) -> tuple[Profile, ...]:
    named = shipped_in("profiles", prefix)
    read = [profile_from_toml(text, f"{stem}.toml") for stem, text in named]
    return tuple(sorted(read, key=lambda profile: (profile.state, profile.title)))


def profile(profile_id: str) -> Profile:
    """The shipped profile with this id.

    Raises:
        NotFound: There is none.
    """
    for found in profiles():
        if found.id == profile_id:
            return found
    known = ", ".join(entry.id for entry in profiles())
    raise NotFound(f"There is no roster profile “{profile_id}”.", hint=f"There are: {known}.")


def profile_text(profile_id: str) -> str:
    """The TOML of a shipped profile, to copy and edit."""
    return shipped("profiles", f"{profile(profile_id).id}.toml")


def profile_from_toml(text: str, name: str = "The profile") -> Profile:
    """Read a profile file.

    Args:
        name: What errors call the file.

    Raises:
        FileProblem: A key is missing, unknown or wrong; the sentence names it.
    """
    top = Table.parse(text, name)
    columns = tuple(_column(table) for table in top.tables("columns"))
    if not columns:
        raise top.problem("columns", "is missing", hint="A roster needs at least one [[columns]].")
    fields = [column.field for column in columns]
    for field in fields:
        if fields.count(field) > 1:
            raise top.problem("field", f"is “{field}” in two columns", hint="Remove one of them.")
    read = Profile(
        id=top.text("id"),
        state=top.text("state", ""),
        title=top.text("title"),
        status=top.choice("status", STATUSES, "C"),
        official=top.flag("official"),
        note=top.text("note", ""),
        due_days=top.number_or_none("due_days", 1, 366),
        due_text=top.text("due_text", ""),
        source=top.text("source", ""),
        date_format=top.choice("date_format", DATE_FORMATS, DATE_FORMATS[0]),
        name_format=top.choice("name_format", NAME_FORMATS, NAME_FORMATS[0]),
        only_completed=top.flag("only_completed"),
        roles=top.texts("roles", ROLES) or ("trainee",),
        groups=top.texts("groups", [group.key for group in discipline_groups()]),
        state_number_kind=top.text("state_number_kind", ""),
        header=tuple(_field(table) for table in top.tables("header")),
        columns=columns,
    )
    top.finish()
    return read


def _field(table: Table) -> ProfileField:
    read = ProfileField(table.choice("field", tuple(HEADER_FIELDS)), table.text("label"))
    table.finish()
    return read


def _column(table: Table) -> ProfileColumn:
    column = ProfileColumn(
        field=table.choice("field", tuple(COLUMN_FIELDS)),
        label=table.text("label"),
        required=table.flag("required"),
        kind=table.choice("kind", COLUMN_KINDS, "text"),
        width=table.number("width", 2, 120, 14),
    )
    table.finish()
    return column

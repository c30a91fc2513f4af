"""What an import would do, row by row: values to look at, decide on, and then apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from cit_desktop.imports.likeness import written_name
from cit_desktop.imports.types import Issue, SourceTable, Value
from cit_desktop.text import letters

Kind = Literal["new", "update", "same", "skipped", "problem"]
Choice = Literal["skip", "fill", "update"]
# What a spelling is: an agency of the records by id, another name by which it goes, or, with None,
# an agency of its own.
AgencyDecision: TypeAlias = int | str | None
Decision = Literal["", "known", "join", "apart"]

Purpose = Literal["people", "history"]

KINDS: tuple[Kind, ...] = ("new", "update", "same", "skipped", "problem")
CHOICES: tuple[Choice, ...] = ("skip", "fill", "update")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a person as it stands and as it would stand, both as shown.

    Besides the fields of a file, ``class`` is the enrollment.
    """

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AgencyRef:
    """An agency as a row names it.

    Attributes:
        id: None: not in the records yet.
        written: As in the file.
        key: What spellings are compared by; equal for rows that mean the same agency.
        name: What the agency is called where the spelling was joined with another.
        alike: Key of the agency that it seems to be, as long as nobody decided.
    """

    id: int | None
    written: str
    key: str
    name: str = ""
    alike: str = ""

    @property
    def match(self) -> str:
        """The key by which people of one agency are known again."""
        return self.alike or self.key


@dataclass(frozen=True, slots=True)
class AgencyChoice:
    """One way in which a list writes an agency, and what it is or seems to be.

    Attributes:
        rows: The rows that have it.
        agency_id: The agency of the records that it is or seems to be.
        name: Of that agency, or of another spelling of the list; its own when it is like nothing.
        confidence: 0 to 1, that it is this agency.
        reasons: What speaks for it.
        decision: ``known``: the records know the spelling; ``join`` and ``apart`` were decided;
            empty: it is taken as it is written until somebody decides.
        apart_from: Key of the spelling that it seemed to be before it was kept apart.
    """

    key: str
    written: str
    rows: tuple[int, ...]
    agency_id: int | None
    name: str
    confidence: float
    reasons: tuple[str, ...]
    decision: Decision
    apart_from: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it seems to be another agency and nobody has decided."""
        return self.decision == "" and letters(self.name) != self.key


@dataclass(frozen=True, slots=True)
class NewAgency:
    """An agency that would be added, named as in the file.

    Attributes:
        kind: Key of the agency kinds that the name points to, or an empty text.
        rows: The rows that name it.
    """

    name: str
    key: str
    kind: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What somebody decided about a list beyond its rows.

    Attributes:
        agencies: What spellings of agencies are: the id of one of the records, another spelling,
            or None for an agency of its own. Undecided ones stay as they are written.
        join_agencies: Take every proposal that is certain.
        purpose: ``history`` puts finished classes of past years on record.
        courses: Of a history: code of the course by the minutes of rows; 0 for rows without hours.
        course: Of a history: code of the course of all rows that ``courses`` does not name.
        past_day: Of a history: the day of completion for rows that have none.
        strangers: Rows that are somebody new, whoever they seem to be.
    """

    agencies: Mapping[str, AgencyDecision] = field(default_factory=dict)
    join_agencies: bool = False
    purpose: Purpose = "people"
    courses: Mapping[int, str] = field(default_factory=dict)
    course: str = ""
    past_day: date | None = None
    strangers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PastTraining:
    """A finished class of past years that a row tells of.

    Attributes:
        certificate: Its old number, or an empty text.
        result: ``completed``, or ``partial`` for less than the whole without a certificate.
        class_id: Of the class on record, if there is one of this course and day.
    """

    day: date
    minutes: int
    course_id: int
    course: str
    course_title: str
    certificate: str
    result: str
    class_id: int | None


@dataclass(frozen=True, slots=True)
class CourseChoice:
    """Which course the rows of so many hours were.

    Attributes:
        minutes: 0 for rows without hours.
        sure: False: it was assumed, and somebody should look.
    """

    minutes: int
    rows: tuple[int, ...]
    code: str
    title: str
    sure: bool


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What would become of one row.

    Attributes:
        row: Its line in the source.
        kind: ``same``: nothing to do, or ``same_as_row`` is this person already.
        values: Cleaned values of the row by field, as in the source.
        person_id: Who of the records it is; None for somebody new.
        same_as_row: The earlier row of this file that is the same person.
        changes: What would be filled or changed about a person of the records.
        kept: What differs from the records and stays, since only blanks are filled.
        reasons: Why it is this person, or why the row is skipped.
        enrolls: Whether the person would be added to the class.
        stored: What would be written about the person by field, with what later rows of the
            same person add; disciplines by key.
        training: The past class that would be put on record.
        not_person: Who of the records somebody said it is not.
    """

    row: int
    kind: Kind
    values: Mapping[str, Value]
    person_id: int | None = None
    same_as_row: int | None = None
    issues: tuple[Issue, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    kept: tuple[FieldChange, ...] = ()
    agency: AgencyRef | None = None
    reasons: tuple[str, ...] = ()
    choice: Choice = "fill"
    enrolls: bool = False
    stored: Mapping[str, str] = field(default_factory=dict)
    training: PastTraining | None = None
    not_person: int | None = None

    @property
    def name(self) -> str:
        """The person's name as in a sentence; empty where the row has none."""
        return written_name(self.values)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. ``counts``: read = new + update + same + skipped + problem.

    Attributes:
        columns: Field by heading; None: left out.
        sha256: Of the list that was read; the same list again has the same one.
        notes: Sentences about the whole file.
        class_code: Of the class with ``class_id``, or an empty text.
        number_kind: What the state numbers of the file are called.
        choices: What somebody chose, by row; ``default`` holds for all other rows.
        head: Id and hash of the last step of the history that the plan knows of.
        agencies: Every way the file writes an agency, with what it seems to be.
        courses: Of a history: which course rows of so many hours were.
        offered_day: Of a history: the day that a title names, for rows without one.
    """

    source: str
    sheet: str
    header_row: int
    columns: Mapping[str, str | None]
    rows: tuple[PlannedRow, ...]
    counts: Mapping[str, int]
    class_id: int | None
    sha256: str
    notes: tuple[str, ...]
    new_agencies: tuple[NewAgency, ...]
    class_code: str
    number_kind: str
    choices: Mapping[int, Choice]
    default: Choice
    table: SourceTable = field(repr=False, compare=False)
    head: tuple[int, str] = field(compare=False)
    agencies: tuple[AgencyChoice, ...] = ()
    options: PlanOptions = field(default_factory=PlanOptions)
    courses: tuple[CourseChoice, ...] = ()
    offered_day: date | None = None

    @property
    def enrolls(self) -> int:
        """How many people would be added to the class."""
        return sum(row.enrolls for row in self.rows)

    @property
    def changes_anything(self) -> bool:
        """Whether applying it would write anything."""
        return bool(self.remembered) or any(row.kind in ("new", "update") for row in self.rows)

    @property
    def remembered(self) -> tuple[AgencyChoice, ...]:
        """The spellings whose decision is kept for the next file."""
        made = {agency.key for agency in self.new_agencies}
        return tuple(
            one
            for one in self.agencies
            if one.apart_from
            or (one.decision == "join" and (one.agency_id or letters(one.name) in made))
        )

"""What the import page calls things: fields, how sure a guess is, what becomes of a row."""

from __future__ import annotations

from collections.abc import Mapping

from cit_desktop.imports.changes import discipline_name
from cit_desktop.imports.clean import as_text
from cit_desktop.imports.planned import PastTraining, Plan, PlannedRow
from cit_desktop.imports.report import LABELS
from cit_desktop.imports.types import Cell, Column, Sheet, SourceRow, SourceTable
from ui import format as fmt
from ui.widgets.marks import Pill

FIELDS: dict[str | None, str] = {
    None: "Leave out",
    "full_name": "Full name",
    "last": "Last name",
    "first": "First name",
    "middle": "Middle name",
    "suffix": "Suffix (Jr., III)",
    "agency": "Agency",
    "title": "Title or rank",
    "discipline": "Discipline",
    "county": "County",
    "state_number": "State number",
    "email": "E-mail",
    "phone": "Phone",
    "note": "Note",
    "completed": "Completed on",
    "minutes": "Hours",
    "certificate": "Certificate number",
}
KINDS: dict[str, Pill] = {
    "new": Pill("New", "good", "full"),
    "update": Pill("Changed", "accent", "half"),
    "same": Pill("Unchanged", "soft", "check"),
    "skipped": Pill("Skipped", "soft", "empty"),
    "problem": Pill("Not taken", "wrong", "cross"),
}
LOOK = Pill("To look at", "care", "warning")
SURE, LIKELY = 0.85, 0.75
_ORDERS = {"mdy": "Month first", "dmy": "Day first"}


def confidence(column: Column, *, chosen: bool) -> Pill:
    """How sure it is what a column means, in a word with a shape."""
    if chosen:
        return Pill("Your choice", "accent", "check")
    if column.field is None:
        unknown = column.reason == "not known" and bool(column.samples)
        return Pill("Not known", "care", "empty") if unknown else Pill("Left out", "soft", "empty")
    if column.confidence >= SURE:
        return Pill("Sure", "good", "full")
    return Pill("Likely", "good", "half") if column.confidence >= LIKELY else LOOK


def is_doubtful(column: Column, *, chosen: bool = False) -> bool:
    """Whether somebody should look at what a column was taken to mean."""
    return not chosen and column.field is not None and column.confidence < LIKELY


def has_names(table: SourceTable) -> bool:
    """Whether the columns say who the rows are."""
    fields = {column.field for column in table.columns.values()}
    return "full_name" in fields or {"first", "last"} <= fields


def needs_a_look(table: SourceTable, chosen: Mapping[str, object]) -> bool:
    """Whether the columns should be looked at before anything else is shown."""
    doubtful = any(
        is_doubtful(column, chosen=heading in chosen) for heading, column in table.columns.items()
    )
    return bool(doubtful or table.doubts or not table.header_row or not has_names(table))


def question(table: SourceTable, chosen: Mapping[str, object]) -> str:
    """What is to be settled about the columns; nothing when all is clear."""
    if not has_names(table):
        return "Which column holds the name? Choose “Full name”, or a first and a last name."
    if table.doubts:
        return "Say how the days are meant: both ways of reading them are possible."
    count = sum(
        is_doubtful(column, chosen=heading in chosen) for heading, column in table.columns.items()
    )
    if count:
        verb = "is" if count == 1 else "are"
        return f"{fmt.plural(count, 'column')} {verb} not certain: see whether the guess is right."
    if not table.header_row:
        return "No line of headings was found. See whether each column means what it says."
    return ""


def found(table: SourceTable) -> str:
    """What was found in a file, in a sentence."""
    rows = fmt.plural(len(table.records), "row")
    if not table.header_row:
        return f"{rows} without a line of headings."
    if table.sheets:
        return f"{rows} on {len(table.sheets)} sheets that look alike."
    return f"{rows} below the headings in line {table.header_row}."


def sheet(one: Sheet) -> str:
    """A sheet as it is offered: its name, its rows, and whether it is hidden."""
    rows = "1 row" if one.filled == 1 else f"{one.filled:,} rows"
    return f"{one.name} · {rows} (hidden)" if one.hidden else f"{one.name} · {rows}"


def left_out(table: SourceTable) -> list[str]:
    """The headings of the columns with something in them that are not used."""
    return [name for name, one in table.columns.items() if one.field is None and one.samples]


def order_words(order: str) -> str:
    """How the days of a column are read."""
    return _ORDERS[order]


def kind(row: PlannedRow) -> Pill:
    """What becomes of a row; a change says of which sort it is."""
    if row.kind != "update":
        return KINDS[row.kind]
    others = [one for one in row.changes if one.field != "class"]
    if not others:
        return Pill("Enrolled", "accent", "half")
    filled = not any(one.before for one in others)
    return Pill("Filled in", "accent", "half") if filled else KINDS["update"]


def name(row: PlannedRow) -> str:
    """``Carter, Andrew Lynn Jr``; blank where the row has no name."""
    values = row.values
    last, first, middle, suffix = (
        str(values.get(part, "")) for part in ("last", "first", "middle", "suffix")
    )
    return fmt.person(last, first, middle, suffix)


def raw_text(row: SourceRow | None) -> str:
    """A row as it stands in the file, for what has no name."""
    return "" if row is None else " · ".join(str(cell) for cell in row.raw.values())


def will(row: PlannedRow) -> str:
    """What is going to happen to a row, in a few words."""
    if row.kind == "new":
        past = "" if row.training is None else f", {row.training.course} on record"
        return "Added, enrolled" if row.enrolls else f"Added{past}"
    if row.kind == "problem":
        errors = [one.message for one in row.issues if one.severity == "error"]
        return errors[0] if errors else "Cannot be taken as it is."
    if row.changes:
        return "; ".join(_change(one.field, one.before, one.after) for one in row.changes)
    if row.kind == "skipped" or row.same_as_row is not None:
        return "; ".join(row.reasons[:1])
    return "Nothing differs"


def _change(field: str, before: str, after: str) -> str:
    if field == "class":
        return "Enrolled"
    after = shown(field, after)
    return (
        f"{label(field)}: {shown(field, before)} → {after}"
        if before
        else (f"{label(field)}: {after}")
    )


def label(field: str) -> str:
    """A field as a heading: ``State number``."""
    text = LABELS.get(field, field)
    return text[:1].upper() + text[1:]


def shown(field: str, value: str) -> str:
    """A value as people write it; telephone numbers are kept as ten digits."""
    if field == "phone":
        return fmt.phone(value)
    return discipline_name(value) if field == "discipline" else value


def cell(value: Cell) -> str:
    """A cell as somebody would type it."""
    return as_text(value)


def training(past: PastTraining) -> list[tuple[str, str, str]]:
    """A past class as labels and values."""
    told = [
        ("Course", "", past.course_title),
        ("Completed on", "", fmt.day(past.day)),
        ("Hours", "", fmt.hours(past.minutes)),
        ("Result", "", past.result.capitalize()),
    ]
    return [*told, ("Certificate", "", past.certificate)] if past.certificate else told


def can_be_stranger(row: PlannedRow) -> bool:
    """Whether somebody may say that a row is another person than it was taken for."""
    found = row.person_id is not None or row.same_as_row is not None
    return found and not any("state number" in reason for reason in row.reasons)


def people(plan: Plan) -> int:
    """How many people an import writes; whoever is in several classes counts once."""
    written = [row for row in plan.rows if row.kind in ("new", "update")]
    known = {row.person_id for row in written if row.person_id}
    return len(known) + len({row.same_as_row or row.row for row in written if not row.person_id})

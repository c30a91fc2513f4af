"""What each kind of import says of itself: its button, its reasons, and what it has done."""

from __future__ import annotations

from cit_desktop.imports.intake import AnyPlan, Decisions, Purpose
from cit_desktop.imports.marked import SheetPlan
from cit_desktop.imports.planned import Plan
from cit_desktop.imports.returned_plan import ReturnedPlan
from ui import format as fmt
from ui.pages.imports import words

PURPOSES: dict[Purpose, str] = {
    "people": "People, without a class",
    "roster": "The roster of a class",
    "attendance": "A sign-in sheet: attendance of a class",
    "history": "Finished classes of past years, with old certificates",
}
RETURNED = "An edited list that comes back"
CHOICES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "people": (
        "&Known people",
        (("fill", "Fill blanks"), ("update", "Update what differs"), ("skip", "Skip them")),
    ),
    "attendance": (
        "Mar&ks that differ",
        (("fill", "Keep what is marked"), ("update", "Take the sheet")),
    ),
    "returned": (
        "Changed on &both sides",
        (("records", "Keep the records"), ("workbook", "Take the workbook")),
    ),
}
_VERBS = {
    "new": "came into the records",
    "update": "were completed or changed",
    "same": "were as they are in the records",
    "skipped": "were passed over",
    "problem": "could not be taken",
    "marked": "were marked",
    "changed": "were changed",
    "conflict": "were changed on both sides",
    "error": "could not be taken",
}


def choices(purpose: Purpose) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What can be decided for all rows at once, with its label."""
    return CHOICES.get(purpose, CHOICES["people"])


def chosen(decided: Decisions) -> str:
    """What was decided for all rows."""
    if decided.purpose == "attendance":
        return "update" if decided.overwrite else "fill"
    return decided.side if decided.purpose == "returned" else decided.default


def question(decided: Decisions) -> str:
    """What has to be said before anything can be compared."""
    if not decided.needs_class:
        return ""
    what = "whose attendance this is" if decided.purpose == "attendance" else "of these people"
    return f"Choose the class {what}."


def go(plan: AnyPlan) -> str:
    """What the button that writes says: ``&Import 31 people``."""
    if isinstance(plan, SheetPlan):
        return f"&Set {fmt.plural(len(plan.marks), 'mark')}"
    if isinstance(plan, ReturnedPlan):
        rows = sum(row.kind == "new" or bool(row.changes) for row in plan.rows)
        return f"&Change {fmt.plural(rows, 'row')}"
    count = words.people(plan)
    return f"&Import {fmt.plural(count, 'person', 'people')}" if count else "&Keep the spellings"


def title(plan: AnyPlan) -> str:
    """What was done, as a heading."""
    if isinstance(plan, SheetPlan):
        return f"{fmt.plural(len(plan.marks), 'mark')} set"
    if isinstance(plan, ReturnedPlan):
        rows = sum(row.kind == "new" or bool(row.changes) for row in plan.rows)
        return f"{fmt.plural(rows, 'row')} changed"
    return f"{fmt.plural(words.people(plan), 'person', 'people')} imported"


def verb(kind: str, count: int) -> str:
    """What became of the rows of a kind."""
    text = _VERBS[kind]
    if count > 1:
        return text
    return text.replace("were ", "was ").replace("as they are", "as it is")


def nothing_to_do(plan: AnyPlan) -> str:
    """Why importing would write nothing; blank when it would."""
    if plan.changes_anything:
        return ""
    wrong = plan.counts["error" if isinstance(plan, ReturnedPlan) else "problem"]
    if wrong:
        rows = fmt.plural(wrong, "row")
        return f"Nothing can be taken from this list: {rows} cannot be used as they are."
    if isinstance(plan, SheetPlan):
        return "Nothing new: everything on this sheet is marked already."
    if isinstance(plan, ReturnedPlan):
        return "Nothing was changed in this workbook since it went out."
    if plan.counts["same"]:
        return "Nothing new: everybody in this list is in the records already."
    return "Nothing is taken from this list: all of its rows are skipped."


def class_of(plan: AnyPlan | None) -> int | None:
    """The class that an import went into."""
    return plan.class_id if plan is not None else None


def where(source: str, into: str) -> str:
    """Which list goes where, as one line."""
    parts = [source, f"into {into}" if into else ""]
    return " · ".join(part for part in parts if part) or "No file yet"


def history(plan: Plan) -> str:
    """What finished classes a plan puts on record, in a sentence; blank without any."""
    trainings = [row.training for row in plan.rows if row.training is not None]
    if not trainings:
        return ""
    classes = {(one.course_id, one.day) for one in trainings if one.class_id is None}
    certificates = sum(bool(one.certificate) for one in trainings)
    made = fmt.plural(len(classes), "class", "classes")
    numbers = fmt.plural(certificates, "certificate")
    return f"{made} and {numbers} of past years are put on record, with their old numbers."

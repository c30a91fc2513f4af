"""What the first page says: a line for everything that waits, and the most urgent of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cit_desktop.services.certification import Due
from cit_desktop.services.today import Counts, OpenClass, People, Problem, Ready, Today
from ui import format as fmt
from ui.pages.classes.words import seats_text
from ui.pages.today.lines import Task
from ui.widgets.marks import Shape, Tone

FIRST_STEPS = (
    Task(
        "Make your first class",
        "The course brings its blocks: five days in a row, or one day a week.",
        "New class…",
        ("new", "classes"),
    ),
    Task(
        "Bring your people in",
        "From a workbook or a web form: names, agencies and numbers are cleaned and matched.",
        "Import a list…",
        ("import", 0),
    ),
    Task(
        "See how the work goes",
        "From the sign-up list to the state roster, on one page.",
        "Look at help",
        ("help", "start"),
    ),
)

_PROBLEMS = {
    "state number": "State number missing",
    "certificate": "Certificates to reissue or revoke",
}


@dataclass(frozen=True)
class Urgent:
    """The next sensible step: the words of its button, and where it leads."""

    text: str
    to: tuple[str, object]


def day_near(day: date, today: date) -> str:
    """``today``, ``tomorrow``, the weekday within a week, else the day."""
    if day == today:
        return "today"
    if day == today + timedelta(days=1):
        return "tomorrow"
    if today < day < today + timedelta(days=7):
        return fmt.weekday(day)
    return fmt.day(day)


def _next_block(found: OpenClass, today: date) -> str:
    if found.next_day is None:
        return "No block is planned"
    at = "" if found.next_starts_at is None else f", {fmt.clock_time(found.next_starts_at)}"
    title = f": {found.next_title}" if found.next_title else ""
    return f"Next block {day_near(found.next_day, today)}{at}{title}"


def open_class(found: OpenClass, today: date) -> Task:
    """A class under way or to come."""
    to = ("class", found.class_id)
    people = f"{seats_text(found.enrolled, found.seats)} enrolled"
    coming = _next_block(found, today)
    if not found.enrolled:
        return Task(found.title, f"Nobody is enrolled yet · {coming}", "Add people", to)
    if found.unmarked:
        blanks = fmt.plural(found.unmarked, "mark")
        are = "is" if found.unmarked == 1 else "are"
        text = f"{blanks} {are} still blank · {coming}"
        return Task(found.title, text, "Mark attendance", to, "half", "care")
    under_way = found.starts is not None and found.starts <= today
    return Task(found.title, f"{coming} · {people}", "Open", to, "half" if under_way else "empty")


def to_finalize(found: OpenClass) -> Task:
    """A class that is over and still open."""
    to = ("class", found.class_id)
    ended = f"Ended {fmt.day(found.ends)}" if found.ends else "All blocks are over"
    if not found.enrolled:
        return Task(found.title, f"{ended} · nobody was enrolled", "Open", to, "warning", "care")
    if found.unmarked:
        blanks = fmt.plural(found.unmarked, "mark")
        are = "is" if found.unmarked == 1 else "are"
        text = f"{ended} · {blanks} {are} still blank"
        return Task(found.title, text, "Mark attendance", to, "warning", "care")
    return Task(found.title, f"{ended} · every mark is made", "Finalize…", to, "full", "accent")


def ready(found: Ready) -> Task:
    """A class with certificates to issue."""
    text = fmt.plural(found.count, "certificate") + " to issue"
    if found.ends is not None:
        text += f" · ended {fmt.day(found.ends)}"
    return Task(found.title, text, "Issue", ("class", found.class_id), "full", "good")


def person(due: Due, today: date, written: date | None = None) -> Task:
    """Somebody whose refresher is due or whose certification runs out."""
    passed = due.day < today
    if due.standing.state == "expired":
        text = due.standing.text.rstrip(".")
    elif due.standing.expires == due.day:
        text = f"Certification ends {day_near(due.day, today)}"
    else:
        text = f"Refresher due {'since ' if passed else ''}{day_near(due.day, today)}"
    if written is not None:
        text = f"Written {fmt.day(written)} · {text[0].lower()}{text[1:]}"
    shape: Shape = "warning" if passed else "half"
    tone: Tone = "care" if written is None else "soft"
    return Task(due.name, text, "Open", ("person", due.person_id), shape, tone)


def people(found: People, today: date, written: Mapping[int, date]) -> list[Task]:
    """The most pressing people of a group, how many more there are, and the way to their letters.

    Args:
        written: When they were written to, by person.
    """
    tasks = [person(due, today, written.get(due.person_id)) for due in found.first]
    more = found.count - len(tasks)
    if tasks:
        text = f"And {fmt.plural(more, 'person', 'people')} more" if more > 0 else "Invite them"
        detail = "By letter or e-mail, all at once."
        tasks.append(Task(text, detail, "Write letters", ("renewals", None), "none", "soft"))
    return tasks


def deadline(found: Problem) -> Task:
    """A state roster that is due."""
    to = ("rosters", ("", found.class_id))
    return Task(f"Due {fmt.day(found.day)}", found.sentence, "Prepare", to, "half", "care")


def problem(found: Problem) -> Task:
    """Something to put right."""
    to = ("people", None) if found.class_id is None else ("class", found.class_id)
    title = _PROBLEMS.get(found.kind, "")
    return Task(title, found.sentence, "Put right", to, "warning", "care")


def counts(found: Counts) -> Sequence[tuple[str, int, str]]:
    """How much there is: the word, the number, and the page that lists it."""
    return (
        ("People", found.people, "people"),
        ("Certified today", found.certified, "people"),
        ("Agencies", found.agencies, "agencies"),
        ("Classes", found.classes, "classes"),
        ("Certificates", found.certificates, "certificates"),
    )


def urgent(found: Today) -> Urgent:
    """The step to take first: what is late, then what waits, then what comes."""
    over = sorted(found.to_finalize, key=lambda c: bool(c.unmarked))
    blank = [c for c in found.open_classes if c.unmarked]
    if blank:
        return Urgent("&Mark attendance", ("class", blank[0].class_id))
    if over:
        word = "&Mark attendance" if over[0].unmarked else "Finali&ze class…"
        return Urgent(word, ("class", over[0].class_id))
    if found.ready:
        return Urgent("&Issue certificates", ("class", found.ready[0].class_id))
    due = [p for p in found.problems if p.kind == "deadline"]
    if due:
        return Urgent("&Prepare state roster", ("rosters", ("", due[0].class_id)))
    if found.open_classes:
        return Urgent("&Open next class", ("class", found.open_classes[0].class_id))
    return Urgent("&New class…", ("new", "classes"))


def in_short(found: Today) -> str:
    """How the day looks, in a few words."""
    parts = []
    if found.open_classes:
        parts.append(fmt.plural(len(found.open_classes), "open class", "open classes"))
    if found.to_finalize:
        parts.append(f"{len(found.to_finalize)} to finalize")
    if found.certificates_ready:
        parts.append(f"{fmt.plural(found.certificates_ready, 'certificate')} ready")
    return ", ".join(parts) or "nothing waits"

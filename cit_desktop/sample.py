"""The sample chapter: invented, lifelike, the same for the same day; made through the services."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from cit_desktop import catalogs, clock, paths
from cit_desktop.catalogs.toml import shipped
from cit_desktop.db import Database
from cit_desktop.progress import Progress, silent
from cit_desktop.sample_classes import Cast, ClassPlan, plan_classes, run_class
from cit_desktop.services import agencies, chapters, courses, liaisons, people
from cit_desktop.services.state_numbers import NumberDraft
from cit_desktop.text import fold

PEOPLE = 420
_SEED = 20_261_123
_WITH_NUMBERS = ("law_enforcement", "corrections")


def make(path: Path, progress: Progress = silent) -> Path:
    """Make the sample chapter anew in a file; one of that name is replaced.

    Raises:
        FileProblem: The file cannot be written.
        Cancelled: Somebody asked to stop; no file is left.
    """
    import tomllib

    facts = tomllib.loads(shipped("sample.toml"))
    chance = random.Random(_SEED)
    today = clock.today()
    paths.remove_records(path)
    with ExitStack() as undo:
        undo.callback(paths.remove_records, path)
        db = Database.create(path)
        undo.callback(db.close)
        db.actor = "d.reyes@office"
        plans = plan_classes(chance, today, facts["locations"])
        with _at(plans[0].start - timedelta(days=30)):
            chapter_id = _begin(db, facts)
            _liaisons(db, facts)
            cast = _people(db, facts, chance, plans[0].start)
        for number, plan in enumerate(plans):
            progress(number, len(plans), "Making the sample chapter")
            _run(db, chapter_id, plan, cast, chance)
        progress(len(plans), len(plans))
        undo.pop_all()
    db.close()
    return path


def _run(db: Database, chapter_id: int, plan: ClassPlan, cast: Cast, chance: random.Random) -> None:
    with _at(plan.start - timedelta(days=21)) as turn:
        run_class(db, chapter_id, plan, cast, chance, turn)


@contextmanager
def _at(day: date) -> Iterator[Any]:
    """The clock stands at a day's morning; the value given turns it to another day."""
    moment = [datetime.combine(day, time(15), UTC)]

    def turn(later: date) -> None:
        moment[0] = datetime.combine(later, time(22), UTC)

    clock.set_source(lambda: moment[0])
    try:
        yield turn
    finally:
        clock.set_source(None)


def _begin(db: Database, facts: dict[str, Any]) -> int:
    with db.operation("Begin the records", undoable=False) as session:
        names = ("word", "state", "council_line", "provider", "address", "email", "counties")
        draft = chapters.ChapterDraft(
            name=facts["chapter"],
            signers=[chapters.SignerDraft(name, title) for name, title in facts["signers"]],
            **{name: facts[name] for name in names},
        )
        courses.seed(session)
        return chapters.create(session, draft)


def _liaisons(db: Database, facts: dict[str, Any]) -> None:
    with db.operation("Enter the liaisons") as session:
        for name, kind, employer, phone, after_hours, counties in facts["liaisons"]:
            host = "".join(word[0] for word in employer.split()).lower()
            plain = ".".join(fold(name).split())
            email = f"{plain}@{host}.example"
            draft = liaisons.LiaisonDraft(
                name, kind, employer, phone, after_hours, email, counties=counties
            )
            liaisons.add(session, draft)


def _people(db: Database, facts: dict[str, Any], chance: random.Random, since: date) -> Cast:
    cast = Cast()
    groups = {d.key: d.group for d in catalogs.disciplines()}
    with db.operation("Import the members of 26 agencies", bulk=True) as session:
        employers = [_agency(session, row, since) for row in facts["agencies"]]
        weights = [row[2] for row in facts["agencies"]]
        taken: set[tuple[str, str]] = set()
        for number in range(PEOPLE):
            agency_id, row = chance.choices(employers, weights)[0]
            draft = _person(facts, chance, number, agency_id, row, taken, since)
            person_id = people.add(session, draft)
            group = groups.get(draft.discipline, "community")
            cast.groups.setdefault(group, []).append(person_id)
            cast.names[person_id] = f"{draft.first} {draft.last}"
    return cast


def _agency(session: Any, row: list[Any], since: date) -> tuple[int, list[Any]]:
    name, county, _weight, strength, _titles = row
    draft = agencies.AgencyDraft(
        name=name,
        county=county,
        patrol_strength=strength or None,
        strength_on=since if strength else None,
    )
    return agencies.add(session, draft), row


def _person(
    facts: dict[str, Any],
    chance: random.Random,
    number: int,
    agency_id: int,
    row: list[Any],
    taken: set[tuple[str, str]],
    since: date,
) -> people.PersonDraft:
    while True:
        first, last = chance.choice(facts["first"]), chance.choice(facts["last"])
        if (first, last) not in taken:
            taken.add((first, last))
            break
    title = chance.choice(row[4])
    discipline = catalogs.suggest_discipline(title, row[0]) or "other"
    group = next(d.group for d in catalogs.disciplines() if d.key == discipline)
    numbers = []
    if group in _WITH_NUMBERS and chance.random() > 0.03:
        digits = f"{chance.randrange(10**7):08d}"
        numbers.append(NumberDraft(kind=catalogs.state_number_kind("MO"), number=digits))
    plain = "".join(c for c in f"{fold(first)}.{fold(last)}" if c.isalnum() or c == ".")
    return people.PersonDraft(
        last=last,
        first=first,
        middle=chance.choice(facts["middle"]),
        suffix=chance.choice(facts["suffix"]),
        discipline=discipline,
        email=f"{plain}@{'agency' if number % 3 else 'county'}.example",
        phone=f"573555{chance.randrange(100, 10_000):04d}" if chance.random() > 0.1 else "",
        numbers=numbers,
        agency_id=agency_id,
        title=title,
        starts=since - timedelta(days=chance.randrange(3000)),
    )

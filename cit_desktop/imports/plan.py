"""The plan of an import: every row of a list exactly once, with what would become of it.

Making a plan only reads, with as many queries for 20,000 rows as for one.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from cit_desktop.imports import collector, known, overview, past, places, result
from cit_desktop.imports.agencies import Agencies
from cit_desktop.imports.changes import Difference, alike, compare
from cit_desktop.imports.drafts import Draft, Drafter, spelled
from cit_desktop.imports.known import Records
from cit_desktop.imports.likeness import Subject
from cit_desktop.imports.matching import People
from cit_desktop.imports.overview import needs_agency
from cit_desktop.imports.planned import (
    CHOICES,
    KINDS,
    AgencyRef,
    Choice,
    FieldChange,
    Kind,
    NewAgency,
    Plan,
    PlannedRow,
    PlanOptions,
)
from cit_desktop.imports.types import Issue, SourceRow, SourceTable
from cit_desktop.progress import Progress, silent

NO_OPTIONS = PlanOptions()
_STEP = 50  # rows between two looks at whether to stop


@collector.paused()
def make_plan(
    session: Session,
    table: SourceTable,
    class_id: int | None = None,
    choices: Mapping[int, Choice] | None = None,
    default: Choice = "fill",
    options: PlanOptions = NO_OPTIONS,
    progress: Progress = silent,
) -> Plan:
    """Compare a list with the records and say what importing it would do; nothing is written.

    Args:
        class_id: The class that the people are enrolled in.
        choices: What was chosen, by row. ``fill`` completes blanks, ``update`` replaces what
            differs, ``skip`` leaves the row out.
        default: For all other rows that are somebody of the records; new people come in.
        options: What else was decided.

    Raises:
        NotFound: There is no such class or course.
        Refused: The class is not open.
        Cancelled: ``progress`` asked to stop.
    """
    chosen = dict(choices or {})
    digest = fingerprint(table)
    records = result.known_again(session, table, known.load(session, class_id, digest))
    spellings = Agencies(records.agencies, spelled(table), records.state, options)
    rows = _Planner(table, records, chosen, default, spellings, options.strangers).rows(progress)
    history = None
    if options.purpose == "history":
        history = past.Past(session, table, options)
        rows = history.attach(rows)
    counts = Counter(row.kind for row in rows)
    return Plan(
        source=table.source,
        sheet=table.sheet,
        header_row=table.header_row,
        columns={heading: column.field for heading, column in table.columns.items()},
        rows=rows,
        counts={"read": len(rows), **{kind: counts[kind] for kind in KINDS}},
        class_id=class_id,
        sha256=digest,
        notes=overview.notes(table, records, rows, history),
        new_agencies=overview.new_agencies(rows),
        class_code=records.target.code if records.target else "",
        number_kind=records.number_kind,
        choices=chosen,
        default=default,
        table=table,
        head=known.head(session),
        agencies=spellings.choices,
        options=options,
        courses=history.choices if history else (),
        offered_day=past.offered_day(table) if history else None,
    )


def fingerprint(table: SourceTable) -> str:
    """SHA-256 of all that stands below the headings, by which the same list is known again."""
    encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
    digest = hashlib.sha256(encode(table.sheet).encode("utf-8", "surrogatepass"))
    for row in table.rows:  # one by one: a single text of all rows would hold up the window
        cells = {name: str(cell) for name, cell in row.raw.items()}
        digest.update(encode([row.row, cells]).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


class _Planner:
    """Goes through the rows once: who is it, then what changes."""

    def __init__(
        self,
        table: SourceTable,
        records: Records,
        choices: Mapping[int, Choice],
        default: Choice,
        agencies: Agencies,
        strangers: Collection[int],
    ) -> None:
        self._table = table
        self._records = records
        self._choices = choices
        self._default = default
        self._strangers = strangers
        self._drafter = Drafter(table, records, agencies)
        self._people = People(records.subjects)
        self._firsts: dict[int, Draft] = {}

    def rows(self, progress: Progress) -> tuple[PlannedRow, ...]:
        settled: list[PlannedRow | Draft] = []
        for done, source in enumerate(self._table.rows):
            if done % _STEP == 0:
                progress(done, len(self._table.rows), "Comparing with the records")
            settled.append(self._settled(source))
        return tuple(one if isinstance(one, PlannedRow) else self._planned(one) for one in settled)

    def _settled(self, source: SourceRow) -> PlannedRow | Draft:
        """Who the row is; a finished row where that needs no other row."""
        choice = self._choices.get(source.row, self._default)
        if source.skipped_reason is not None:
            return PlannedRow(
                source.row,
                "skipped",
                source.values,
                issues=source.issues,
                reasons=(source.skipped_reason,),
                choice=choice,
            )
        draft = self._drafter.draft(source, choice)
        if self._choices.get(source.row) == "skip":
            return _finished(draft, "skipped", reasons=("You chose to skip it.",))
        if self._drafter.is_unusable(draft):
            return _finished(draft, "problem")
        return self._matched(draft)

    def _matched(self, draft: Draft) -> PlannedRow | Draft:
        clues = self._drafter.clues(draft)
        match = self._people.find(clues)
        if draft.row in self._strangers:
            draft.not_person = match.subject.person_id if match.subject else None
            match = self._people.stranger(clues)
        for remark in match.warnings:
            self._say(draft, remark.field, "warning", remark.message)
        if match.problem is not None:
            self._say(draft, match.problem.field, "error", match.problem.message)
            return _finished(draft, "problem")
        subject = match.subject
        if subject is not None and subject.person_id is not None and draft.choice == "skip":
            reasons = ("Known already; known people are skipped.", *match.reasons)
            return _finished(draft, "skipped", person_id=subject.person_id, reasons=reasons)
        draft.match = match
        if subject is None:
            subject = Subject(clues.name, clues.key, clues.suffix, clues.nickname)
            self._people.add(subject)
        self._people.learn(subject, clues)
        draft.subject = subject
        if subject.row is None:
            subject.row = draft.row
            self._firsts[draft.row] = draft
        else:
            draft.first = self._firsts[subject.row]
            self._merge(draft, draft.first)
        return draft

    def _merge(self, draft: Draft, first: Draft) -> None:
        """Complete the first row of a person with what a later one adds."""
        for name, value in draft.stored.items():
            before = first.stored.get(name, "")
            if not before or (name == "discipline" and first.suggested and not draft.suggested):
                first.stored[name] = value
                draft.fills.append(name)
            elif not alike(before, value) and name not in ("discipline", "note"):
                self._differs(draft, name, before, value)
        if draft.agency is not None and first.agency is None:
            first.agency = draft.agency
            draft.fills.append("agency")
        elif draft.agency and first.agency and draft.agency.match != first.agency.match:
            self._differs(draft, "agency", first.agency.written, draft.agency.written)
        first.suggested = first.suggested and draft.suggested

    def _differs(self, draft: Draft, name: str, before: str, value: str) -> None:
        assert draft.first is not None  # noqa: S101 - only called for later rows
        there = places.words(draft.first.row).capitalize()
        self._say(
            draft,
            name,
            "warning",
            f"{there} is the same person and has “{before}”, this row “{value}”. "
            f"{there} counts; correct whichever is wrong.",
        )

    def _say(self, draft: Draft, name: str, severity: str, message: str) -> None:
        heading = self._drafter.heading(name)
        draft.issues.append(Issue(heading, severity, message))  # type: ignore[arg-type]

    def _planned(self, draft: Draft) -> PlannedRow:
        assert draft.subject is not None  # noqa: S101 - every draft that is left was matched
        assert draft.match is not None  # noqa: S101
        if draft.first is not None:
            return self._repeated(draft, draft.first)
        person_id = draft.subject.person_id
        target = self._records.target
        enrolls = target is not None and person_id not in self._records.enrolled
        if person_id is None:
            self._drafter.infer_discipline(draft)
            self._without_agency(draft)
            return _finished(draft, "new", enrolls=enrolls)
        found = Difference(draft.choice)
        if draft.row not in self._records.settled:
            found = compare(
                self._records, person_id, draft.stored, draft.agency, draft.choice, draft.suggested
            )
        if enrolls and target is not None:
            found.changes.append(FieldChange("class", "", target.code))
        if target is not None and person_id in self._records.withdrawn:
            message = f"Withdrew from {target.code} and stays so; reinstate on the class's page."
            self._say(draft, "", "warning", message)
        return _finished(
            draft,
            "update" if found.changes else "same",
            person_id=person_id,
            changes=tuple(found.changes),
            kept=tuple(found.kept),
            reasons=draft.match.reasons,
            enrolls=enrolls,
        )

    def _repeated(self, draft: Draft, first: Draft) -> PlannedRow:
        assert draft.subject is not None  # noqa: S101
        assert draft.match is not None  # noqa: S101
        if draft.fills:
            added = ", ".join(name.replace("_", " ") for name in draft.fills)
            self._say(draft, "", "note", f"Adds to {places.words(first.row)}: {added}.")
        return _finished(
            draft,
            "same",
            person_id=draft.subject.person_id,
            same_as_row=first.row,
            reasons=(f"Same person as {places.words(first.row)}", *draft.match.reasons),
        )

    def _without_agency(self, draft: Draft) -> None:
        title = draft.stored.get("title")
        if title and draft.agency is None:
            self._say(
                draft,
                "title",
                "warning",
                f"The title “{title}” has no agency to be kept with. Add the agency.",
            )


def _finished(
    draft: Draft,
    kind: Kind,
    *,
    person_id: int | None = None,
    same_as_row: int | None = None,
    changes: tuple[FieldChange, ...] = (),
    kept: tuple[FieldChange, ...] = (),
    reasons: tuple[str, ...] = (),
    enrolls: bool = False,
) -> PlannedRow:
    return PlannedRow(
        row=draft.row,
        kind=kind,
        values=draft.values,
        person_id=person_id,
        same_as_row=same_as_row,
        issues=tuple(draft.issues),
        changes=changes,
        kept=kept,
        agency=draft.agency,
        reasons=reasons,
        choice=draft.choice,
        enrolls=enrolls,
        stored=draft.stored,
        not_person=draft.not_person,
    )


__all__ = [
    "CHOICES",
    "KINDS",
    "AgencyRef",
    "Choice",
    "FieldChange",
    "Kind",
    "NewAgency",
    "Plan",
    "PlannedRow",
    "fingerprint",
    "make_plan",
    "needs_agency",
]

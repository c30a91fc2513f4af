"""What bringing an edited list back would do, row by row and field by field.

Three values meet in each field: as it went out, as it stands now, and as it came back. Only what
came back otherwise than it went is written; where it stands otherwise too, it is a conflict.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from sqlalchemy.orm import Session

from cit_desktop.documents.edits import EditKind
from cit_desktop.errors import FileProblem, Refused
from cit_desktop.imports import known
from cit_desktop.imports.returned import Returned, ReturnedLine
from cit_desktop.imports.types import Issue
from cit_desktop.services import editing, merge
from cit_desktop.services.editing_parts import NOBODY, Editable, Kept, Match
from cit_desktop.text import letters

Kind: TypeAlias = Literal["same", "changed", "new", "conflict", "error"]
Side: TypeAlias = Literal["records", "workbook"]

KINDS: tuple[Kind, ...] = ("changed", "new", "conflict", "error", "same")


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """A field that came back otherwise than it stands.

    Attributes:
        base: As it went out.
        now: As it stands in the records.
        ours: As it came back.
        conflict: It was changed in the records meanwhile, to something else.
        side: Which value stays.
    """

    column: str
    label: str
    base: str
    now: str
    ours: str
    conflict: bool = False
    side: Side = "workbook"


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """What would become of one row.

    Attributes:
        name: Whose row it is, as the records call them.
        edits: The fields that differ; those of side ``workbook`` are written.
        values: All values of a new row, by column.
    """

    line: int
    kind: Kind
    key: str
    name: str
    edits: tuple[FieldEdit, ...] = ()
    issues: tuple[Issue, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    record: Kept | None = field(default=None, compare=False)
    match: Match = NOBODY

    @property
    def changes(self) -> dict[str, str]:
        """What is written, by column."""
        if self.kind == "error":
            return {}
        return {edit.column: edit.ours for edit in self.edits if edit.side == "workbook"}


@dataclass(frozen=True, slots=True)
class ReturnedPlan:
    """What bringing a list back would do. ``counts``: read = the sum of the kinds.

    Attributes:
        gone: Names of those whose rows were removed; nothing happens to them.
        choices: Which value stays in the conflicts, by line; ``default`` for all other lines.
        head: Id and hash of the last step of the history that the plan knows of.
    """

    source: str
    sheet: str
    kind: EditKind
    class_id: int | None
    rows: tuple[ReturnedRow, ...]
    counts: Mapping[str, int]
    notes: tuple[str, ...]
    gone: tuple[str, ...]
    choices: Mapping[int, Side]
    default: Side
    returned: Returned = field(repr=False, compare=False)
    head: tuple[int, str] = field(compare=False)

    @property
    def changes_anything(self) -> bool:
        """Whether applying it would write anything."""
        return any(row.kind == "new" or row.changes for row in self.rows)

    @property
    def left_over(self) -> bool:
        """Whether a row is not taken, or a conflict was decided by nobody."""
        open_conflict = any(
            row.kind == "conflict" and row.line not in self.choices for row in self.rows
        )
        return bool(self.counts["error"]) or (open_conflict and self.default == "records")


def make_plan(
    session: Session,
    returned: Returned,
    choices: Mapping[int, Side] | None = None,
    default: Side = "records",
) -> ReturnedPlan:
    """Compare a list that came back with the records; nothing is written.

    Args:
        choices: Which value stays where both sides changed a field, by line.
        default: The same for all other lines.

    Raises:
        FileProblem: It came from other records.
        NotFound: Its class is gone.
        Refused: Its class is no longer open.
    """
    if returned.chapter != editing.chapter_uid(session):
        raise FileProblem(
            f"“{returned.source}” came from the records of another chapter.",
            "Open the file that it was made from, then import it there.",
        )
    class_id = editing.class_of(session, returned.about) if returned.about else None
    planner = _Planner(session, returned, class_id, dict(choices or {}), default)
    rows = planner.rows()
    counts = Counter(row.kind for row in rows)
    return ReturnedPlan(
        source=returned.source,
        sheet=returned.sheet,
        kind=returned.kind,
        class_id=class_id,
        rows=rows,
        counts={"read": len(rows), **{kind: counts[kind] for kind in KINDS}},
        notes=tuple(planner.notes()),
        gone=planner.gone,
        choices=dict(choices or {}),
        default=default,
        returned=returned,
        head=known.head(session),
    )


class _Planner:
    """Goes through the rows once."""

    def __init__(
        self,
        session: Session,
        returned: Returned,
        class_id: int | None,
        choices: Mapping[int, Side],
        default: Side,
    ) -> None:
        self._session = session
        self._returned = returned
        self._choices, self._default = choices, default
        self._source: Editable = editing.editable(session, returned.kind, class_id)
        self._columns = {column.key: column for column in self._source.columns()}
        self._kept = self._source.kept(list(returned.base))
        self._first: dict[str, int] = {}
        came = {line.key for line in returned.lines}
        self.gone = tuple(
            self._kept[key].name for key in returned.base if key not in came and key in self._kept
        )

    def rows(self) -> tuple[ReturnedRow, ...]:
        return tuple(self._without_twins([self._row(line) for line in self._returned.lines]))

    def notes(self) -> Iterator[str]:
        if self.gone:
            who = "1 row was" if len(self.gone) == 1 else f"{len(self.gone):,} rows were"
            yield f"{who} removed from the workbook. Nothing is removed from the records by that."
        if self._returned.missing:
            listed = ", ".join(self._returned.missing)
            yield f"Columns that are gone from the workbook stay as they are: {listed}."

    def _row(self, line: ReturnedLine) -> ReturnedRow:
        if not line.key:
            return self._new(line)
        record = self._kept.get(line.key)
        if line.key in self._first:
            return self._error(
                line,
                f"This row is a copy of row {self._first[line.key]}, with the same hidden id. For "
                "somebody new, insert an empty row and type there.",
            )
        self._first[line.key] = line.line
        if line.key not in self._returned.base:
            return self._error(line, "The hidden id of this row is none that went out.")
        if record is None:
            return self._gone(line)
        return self._compared(line, record)

    def _gone(self, line: ReturnedLine) -> ReturnedRow:
        base = self._returned.base[line.key]
        if self._returned.kind == "people":
            kept = merge.kept_of(self._session, line.key)
            if kept:
                return self._unless_same(
                    line, base, f"This person was merged into {kept} since. Edit that row instead."
                )
        return self._unless_same(line, base, "This record is no longer there. Remove the row.")

    def _unless_same(
        self, line: ReturnedLine, base: Mapping[str, str], message: str
    ) -> ReturnedRow:
        """A row of what is gone matters only if it was edited."""
        if all(base.get(key) == text for key, text in line.texts.items()):
            return ReturnedRow(line.line, "same", line.key, self._name(line))
        return self._error(line, message)

    def _compared(self, line: ReturnedLine, record: Kept) -> ReturnedRow:
        base = self._returned.base[line.key]
        edits, issues = [], []
        for key, text in line.texts.items():
            before = base[key]
            column = self._columns.get(key)
            if text == before or text == record.values.get(key):
                continue
            if column is None:
                issues.append(
                    self._issue(key, "warning", "The records no longer have this column.")
                )
                continue
            if not column.editable:
                message = f"“{before}” is only shown here; the change was left out."
                issues.append(self._issue(key, "warning", message))
                continue
            edit = self._edit(line, record, key, text, issues)
            if edit is not None:
                edits.append(edit)
        kind: Kind = "changed" if edits else "same"
        if any(edit.conflict for edit in edits):
            kind = "conflict"
        if any(issue.severity == "error" for issue in issues):
            kind = "error"
        return ReturnedRow(
            line.line, kind, line.key, record.name, tuple(edits), tuple(issues), record=record
        )

    def _edit(
        self, line: ReturnedLine, record: Kept, key: str, text: str, issues: list[Issue]
    ) -> FieldEdit | None:
        before, now = self._returned.base[line.key][key], record.values[key]
        try:
            whole = {**record.values, **line.texts}
            ours = self._source.normal(key, text, whole)
        except Refused as error:
            issues.append(self._issue(key, "error", str(error)))
            return None
        if ours in (before, now):
            return None
        problem = self._source.problem(key, ours, record)
        if problem:
            issues.append(self._issue(key, "error", problem))
        conflict = now != before
        side: Side = "workbook"
        if conflict:
            side = self._choices.get(line.line, self._default)
        return FieldEdit(key, self._columns[key].label, before, now, ours, conflict, side)

    def _new(self, line: ReturnedLine) -> ReturnedRow:
        values: dict[str, str] = {}
        issues: list[Issue] = []
        for key, text in line.texts.items():
            column = self._columns.get(key)
            if column is None or not column.editable:
                continue
            if not text and key not in self._source.required:
                continue
            try:
                values[key] = self._source.normal(key, text, line.texts)
            except Refused as error:
                issues.append(self._issue(key, "error", str(error)))
        match = NOBODY
        if not issues:
            match = self._source.match(values)
            if match.problem:
                issues.append(Issue("", "error", match.problem))
            elif match.remark:
                issues.append(Issue("", "warning", match.remark))
        if match.person_id is None:
            for key, text in values.items():
                problem = self._source.problem(key, text, None) if text and not issues else ""
                if problem:
                    issues.append(self._issue(key, "error", problem))
        wrong = any(issue.severity == "error" for issue in issues)
        return ReturnedRow(
            line.line,
            "error" if wrong else "new",
            "",
            self._name(line),
            issues=tuple(issues),
            values=values,
            match=match,
        )

    def _without_twins(self, rows: list[ReturnedRow]) -> list[ReturnedRow]:
        """Refuse what two rows of the workbook cannot both have."""
        found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for row in rows:
            written = row.values if row.kind == "new" else row.changes
            for key in self._source.unique:
                value = letters(written.get(key, ""))
                if value:
                    found[key, value].append(row.line)
        twins = {
            (line, key): lines
            for (key, _), lines in found.items()
            if len(lines) > 1
            for line in lines
        }
        if not twins:
            return rows
        return [self._with_twin(row, twins) for row in rows]

    def _with_twin(
        self, row: ReturnedRow, twins: Mapping[tuple[int, str], list[int]]
    ) -> ReturnedRow:
        issues = [
            self._issue(
                key,
                "error",
                f"Row {next(one for one in lines if one != row.line)} was given the same value. "
                "Correct whichever is wrong.",
            )
            for (line, key), lines in twins.items()
            if line == row.line
        ]
        return replace(row, kind="error", issues=(*row.issues, *issues)) if issues else row

    def _error(self, line: ReturnedLine, message: str) -> ReturnedRow:
        issue = Issue("", "error", message)
        return ReturnedRow(line.line, "error", line.key, self._name(line), issues=(issue,))

    def _issue(self, key: str, severity: Literal["error", "warning"], message: str) -> Issue:
        column = self._columns.get(key)
        return Issue(column.label if column else key, severity, message)

    def _name(self, line: ReturnedLine) -> str:
        texts = line.texts
        if texts.get("name"):
            return texts["name"]
        return " ".join(filter(None, (texts.get("first", ""), texts.get("last", ""))))

"""Beside the rows of an import: the one that is chosen, old → new, and what to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from cit_desktop.imports.intake import AnyPlan
from cit_desktop.imports.marked import MarkedRow
from cit_desktop.imports.planned import FieldChange, Plan, PlannedRow
from cit_desktop.imports.returned_plan import ReturnedRow
from cit_desktop.imports.types import Issue, SourceRow
from ui import format as fmt
from ui.pages.imports import words
from ui.pages.imports.lines import Lines, lines_of
from ui.pages.imports.mend import MendLine
from ui.pages.imports.pane import ImportPane
from ui.pages.imports.rows import can_choose
from ui.widgets.button import button
from ui.widgets.marks import Pill
from ui.widgets.pill_label import PillLabel

_TONES = {
    "error": Pill("Wrong", "wrong", "cross"),
    "warning": Pill("Look at this", "care", "warning"),
    "note": Pill("Changed on the way", "soft", "check"),
}
_WORST_FIRST = ("error", "warning", "note")
_LISTED = 12
_SKIP = ("skip", "&Skip")
_KNOWN = (("fill", "Fi&ll blanks"), ("update", "&Update what differs"), _SKIP)
_SIDES = (("records", "Keep the rec&ords"), ("workbook", "Take the &workbook"))


class ImportDetail(ImportPane):
    """Shows a row, or what is to be known of the whole list while no row is chosen.

    Attributes:
        decided: What was chosen for the rows in sight: skip, fill or update; records or workbook.
        mended: Row, heading, and the text that takes the place of the cell.
        stranger: A row that is somebody else than it was taken for; False: it is that person.
    """

    decided = Signal(str)
    person_wanted = Signal(int)
    mended = Signal(int, str, str)
    stranger = Signal(int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("The chosen row")
        self.choices: dict[str, QRadioButton] = {}
        self.edits: dict[str, MendLine] = {}
        self._person = 0
        self.clear()
        self.end()

    def clear(self) -> None:
        """Start with nothing to decide."""
        self.choices, self.edits = {}, {}
        self.begin()

    # The whole list -------------------------------------------------------------------------

    def show_plan(self, plan: AnyPlan) -> None:
        """Say what is to be known of the list."""
        self.clear()
        self.head("About this list", plan.source)
        table = None if not isinstance(plan, Plan) else plan.table
        own = () if table is None else table.notes
        care = [note for note in plan.notes if note not in own]
        if care:
            self.parts.addWidget(PillLabel(_TONES["warning"]))
        for sentence in care:
            self.paragraph(sentence)
        for sentence in own:
            self.paragraph(sentence)
        if isinstance(plan, Plan):
            self._unread(plan)
            self._new_agencies(plan)
        self.paragraph("Choose a row to see what happens to it.", role="soft")
        self.end()

    def _unread(self, plan: Plan) -> None:
        sheets = plan.table.other_sheets
        if sheets:
            names = ", ".join(f"“{name}”" for name in sheets[:_LISTED])
            was = "Another sheet was" if len(sheets) == 1 else "Other sheets were"
            self.paragraph(f"{was} not read: {names}.")
        left_out = words.left_out(plan.table)
        if left_out:
            self.paragraph(f"Left out: {', '.join(f'“{one}”' for one in left_out[:_LISTED])}.")

    def _new_agencies(self, plan: Plan) -> None:
        names = [one.name for one in plan.new_agencies]
        if names:
            many = fmt.plural(len(names), "agency is", "agencies are")
            self.section(f"{many} added")
            self.paragraph("\n".join(names[:_LISTED]))
            if len(names) > _LISTED:
                self.paragraph(f"and {len(names) - _LISTED} more")

    # One row --------------------------------------------------------------------------------

    def show_row(self, row: Any, plan: AnyPlan) -> None:
        """Show one row and what may be decided about it."""
        lines = lines_of(plan)
        self.clear()
        number = row.line if isinstance(row, ReturnedRow) else row.row
        shown, source = lines.line(number), lines.source(number)
        named = isinstance(row, ReturnedRow) or bool(row.name)
        self.head(
            shown.name if named else "A row without a name",
            f"Row {lines.where(number)} of {plan.source}",
        )
        self.parts.addWidget(PillLabel(shown.kind))
        if isinstance(row, PlannedRow):
            self._reasons(row)
        if can_choose(row, source):
            self._choice(*_options(row))
        self._issues(row, number, lines)
        self._more(row, plan, source)
        self.end()

    def _more(self, row: Any, plan: AnyPlan, source: SourceRow | None) -> None:
        if isinstance(row, PlannedRow) and isinstance(plan, Plan):
            self._changes(row, plan)
            if row.kind in ("problem", "skipped") and source is not None:
                self._as_written(source)
            self._person_links(row, plan)
        elif isinstance(row, MarkedRow):
            self._marks(row, plan)
        elif isinstance(row, ReturnedRow):
            self._edited(row)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Several rows: decide on all of them at once."""
        self.clear()
        self.head(f"{fmt.plural(len(rows), 'row')} chosen", "")
        self._choice(_options(rows[0])[0], "")
        self.end()

    def _reasons(self, row: PlannedRow) -> None:
        if row.reasons:
            said = (reason.rstrip(".") for reason in row.reasons)
            text = ". ".join(reason[:1].upper() + reason[1:] for reason in said) + "."
            self.paragraph(text, role="soft")

    def _choice(self, options: Sequence[tuple[str, str]], chosen: str) -> None:
        self._group = QButtonGroup(self)
        box = QVBoxLayout()
        box.setSpacing(0)
        for key, text in options:
            made = self.choices[key] = QRadioButton(text)
            made.setChecked(key == chosen)
            made.clicked.connect(lambda _on, key=key: self.decided.emit(key))
            self._group.addButton(made)
            box.addWidget(made)
        self.parts.addLayout(box)

    def _issues(self, row: Any, number: int, lines: Lines) -> None:
        for issue in sorted(row.issues, key=lambda one: _WORST_FIRST.index(one.severity)):
            self.parts.addSpacing(4)
            self.parts.addWidget(PillLabel(_TONES[issue.severity]))
            at = f"Row {lines.where(number)}"
            self.paragraph(f"{at}, column “{issue.column}”" if issue.column else at, bold=True)
            self.paragraph(issue.message)
            self._mend(issue, number, lines)

    def _mend(self, issue: Issue, number: int, lines: Lines) -> None:
        heading = lines.heading(number, issue.column)
        if not heading or issue.severity == "note" or heading in self.edits:
            return
        cell = lines.cell(number, heading)
        made = self.edits[heading] = MendLine(number, heading, cell, lines.where(number))
        made.mended.connect(self.mended)
        self.parts.addWidget(made)

    def _changes(self, row: PlannedRow, plan: Plan) -> None:
        if row.kind == "new":
            stored = dict(row.stored)
            if row.agency is not None:
                stored["agency"] = row.agency.name or row.agency.written
            if row.enrolls:
                stored["class"] = plan.class_code
            self._fields("Will be added", [FieldChange(k, "", v) for k, v in stored.items()])
        elif row.changes:
            self._fields("Will change", row.changes)
        if row.kept:
            self._fields("Differs and stays", row.kept, kept=True)
        if row.training is not None:
            self.values("Put on record", words.training(row.training))

    def _fields(self, title: str, changes: Sequence[FieldChange], *, kept: bool = False) -> None:
        values = [
            (
                words.label(one.field),
                words.shown(one.field, one.before),
                words.shown(one.field, one.after),
            )
            for one in changes
        ]
        self.values(title, values, kept=kept)

    def _as_written(self, source: SourceRow) -> None:
        self.section("As it stands in the file")
        for heading, cell in list(source.raw.items())[:_LISTED]:
            self.paragraph(f"{heading}: {cell}", role="soft")

    def _person_links(self, row: PlannedRow, plan: Plan) -> None:
        if row.person_id is not None:
            self._person = row.person_id
            self._link("Open in &people", lambda: self.person_wanted.emit(self._person))
        if row.row in plan.options.strangers:
            self._link("It is the same perso&n", lambda: self.stranger.emit(row.row, False))
        elif words.can_be_stranger(row):
            self._link("&Not the same person", lambda: self.stranger.emit(row.row, True))

    def _link(self, text: str, clicked: Any) -> None:
        self.parts.addWidget(button(text, clicked, kind="link"), 0, Qt.AlignmentFlag.AlignLeft)

    # Sign-in sheets and edited lists ----------------------------------------------------------

    def _marks(self, row: MarkedRow, plan: Any) -> None:
        headings = {block: name for name, blocks in plan.columns.items() for block in blocks}
        marks: defaultdict[str, list[str]] = defaultdict(list)
        for mark in row.marks:
            told = f"{mark.mark}, {fmt.hours(mark.minutes)} h" if mark.minutes else mark.mark
            marks[headings[mark.block_id]].append(told)
        if marks:
            listed = [(name, "", "; ".join(told)) for name, told in marks.items()]
            self.values("Will be marked", listed)

    def _edited(self, row: ReturnedRow) -> None:
        quiet = [(one.label, one.now, one.ours) for one in row.edits if not one.conflict]
        if row.kind == "new":
            quiet = [(words.label(key), "", text) for key, text in row.values.items() if text]
        if quiet:
            self.values("Will be added" if row.kind == "new" else "Will change", quiet)
        for edit in row.edits:
            if edit.conflict:
                told = (("Before", edit.base), ("Records", edit.now), ("Workbook", edit.ours))
                values = [(label, "", text or "blank") for label, text in told]
                self.values(f"{edit.label} was changed on both sides", values)


def _options(row: Any) -> tuple[Sequence[tuple[str, str]], str]:
    """What may be decided about a row, and what holds now."""
    if isinstance(row, ReturnedRow):
        return _SIDES, next((edit.side for edit in row.edits if edit.conflict), "records")
    if row.person_id is not None or row.same_as_row is not None:
        return _KNOWN, row.choice
    if row.kind == "skipped":  # nobody has looked who it is
        return (("fill", "&Take this row"), _SKIP), "skip"
    return (("fill", "A&dd this person"), _SKIP), "fill"

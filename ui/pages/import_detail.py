"""Beside the rows of an import: the one that is chosen, old → new, and what to look at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cit_desktop.imports.planned import Choice, FieldChange, Plan, PlannedRow
from cit_desktop.imports.types import Issue, SourceRow
from ui import format as fmt
from ui import icons, theme
from ui.pages import import_words as words
from ui.pages.import_rows import can_choose
from ui.widgets.button import button
from ui.widgets.label import TextLabel
from ui.widgets.marks import Pill
from ui.widgets.pill_label import PillLabel

_TONES = {
    "error": Pill("Wrong", "wrong", "cross"),
    "warning": Pill("Look at this", "care", "warning"),
    "note": Pill("Changed on the way", "soft", "check"),
}
_WORST_FIRST = ("error", "warning", "note")
_LISTED = 12
_BREAK = "\u200b"
_SKIP: tuple[Choice, str] = ("skip", "&Skip")
_KNOWN: tuple[tuple[Choice, str], ...] = (
    ("fill", "Fi&ll blanks"),
    ("update", "&Update what differs"),
    _SKIP,
)


class _Arrow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(16, 18)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), "forward", QRectF(2, 3, 12, 12), theme.colors().soft)


class ImportDetail(QScrollArea):
    """Shows a row, or what is to be known of the whole list while no row is chosen.

    Attributes:
        decided: What was chosen for the rows in sight: skip, fill or update.
    """

    decided = Signal(str)
    person_wanted = Signal(int)
    columns_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("The chosen row")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # arrows scroll it
        self.setProperty("pane", True)  # the frame shows the focus
        self.choices: dict[str, QRadioButton] = {}
        self._person = 0
        self._column = QVBoxLayout()
        self._show_overview("", (), ())

    def texts(self) -> list[str]:
        """All that is said here, from top to bottom."""
        inside = self.widget()
        found = inside.findChildren(QWidget) if inside is not None else []
        return [
            part.text().replace(_BREAK, "") if isinstance(part, TextLabel) else part.pill.text
            for part in found
            if isinstance(part, (TextLabel, PillLabel))
        ]

    # The whole list -------------------------------------------------------------------------

    def show_plan(self, plan: Plan, left_out: Sequence[str], sheets: Sequence[str]) -> None:
        """Say what is to be known of the list."""
        said = [note for note in plan.notes if note in plan.table.notes]
        care = [note for note in plan.notes if note not in plan.table.notes]
        if sheets:
            one = len(sheets) == 1
            names = ", ".join(f"“{name}”" for name in sheets[:_LISTED])
            said.append(f"{'Another sheet was' if one else 'Other sheets were'} not read: {names}.")
        if left_out:
            names = ", ".join(f"“{name}”" for name in left_out[:_LISTED])
            said.append(f"Left out: {names}.")
        agencies = [one.name for one in plan.new_agencies]
        self._show_overview(plan.source, said, agencies, care)

    def _show_overview(
        self,
        source: str,
        said: Sequence[str],
        agencies: Sequence[str],
        care: Sequence[str] = (),
    ) -> None:
        self._begin()
        self._head("About this list", source)
        if care:
            self._column.addWidget(PillLabel(_TONES["warning"]))
        for sentence in care:
            self._paragraph(sentence)
        for sentence in said:
            self._paragraph(sentence)
        if agencies:
            many = fmt.plural(len(agencies), "agency is", "agencies are")
            self._section(f"{many} added")
            self._paragraph("\n".join(agencies[:_LISTED]))
            if len(agencies) > _LISTED:
                self._paragraph(f"and {len(agencies) - _LISTED} more")
        self._paragraph("Choose a row to see what happens to it.", role="soft")
        self._end()

    # One row --------------------------------------------------------------------------------

    def show_row(self, row: PlannedRow, source: SourceRow | None, plan: Plan) -> None:
        """Show one row and what may be decided about it."""
        self._begin()
        self._head(words.name(row) or "A row without a name", f"Row {row.row} of {plan.source}")
        self._column.addWidget(PillLabel(words.kind(row)))
        self._reasons(row)
        if can_choose(row, source):
            self._choice(row, many=1)
        self._issues(row.issues, row.row)
        self._changes(row, plan)
        if row.kind in ("problem", "skipped") and source is not None:
            self._as_written(source)
        if row.person_id is not None:
            self._person = row.person_id
            link = button("Open in &people", self._open_person, kind="link")
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self._end()

    def show_rows(self, rows: Sequence[PlannedRow]) -> None:
        """Several rows: decide on all of them at once."""
        self._begin()
        self._head(f"{fmt.plural(len(rows), 'row')} chosen", "")
        self._choice(rows[0], many=len(rows))
        self._end()

    def _open_person(self) -> None:
        self.person_wanted.emit(self._person)

    def _reasons(self, row: PlannedRow) -> None:
        if row.reasons:
            said = (reason.rstrip(".") for reason in row.reasons)
            text = ". ".join(reason[:1].upper() + reason[1:] for reason in said) + "."
            self._paragraph(text, role="soft")

    def _choice(self, row: PlannedRow, *, many: int) -> None:
        options, chosen = _options(row) if many == 1 else (_KNOWN, "")
        self._group = QButtonGroup(self)
        box = QVBoxLayout()
        box.setSpacing(0)
        for key, text in options:
            made = self.choices[key] = QRadioButton(text)
            made.setChecked(key == chosen)
            made.clicked.connect(lambda _on, key=key: self.decided.emit(key))
            self._group.addButton(made)
            box.addWidget(made)
        self._column.addLayout(box)

    def _issues(self, issues: Sequence[Issue], row: int) -> None:
        for issue in sorted(issues, key=lambda one: _WORST_FIRST.index(one.severity)):
            self._column.addSpacing(4)
            self._column.addWidget(PillLabel(_TONES[issue.severity]))
            where = f"Row {row}, column “{issue.column}”" if issue.column else f"Row {row}"
            self._paragraph(where, bold=True)
            self._paragraph(issue.message)

    def _changes(self, row: PlannedRow, plan: Plan) -> None:
        if row.kind == "new":
            stored = dict(row.stored)
            if row.agency is not None:
                stored["agency"] = row.agency.written
            if row.enrolls:
                stored["class"] = plan.class_code
            self._fields("Will be added", [FieldChange(k, "", v) for k, v in stored.items()])
        elif row.changes:
            self._fields("Will change", row.changes)
        if row.kept:
            self._fields("Differs and stays", row.kept, kept=True)

    def _fields(self, title: str, changes: Sequence[FieldChange], *, kept: bool = False) -> None:
        self._section(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for one in changes:
            line = grid.rowCount()
            name = TextLabel(words.label(one.field), role="soft")
            name.setMinimumWidth(80)
            grid.addWidget(name, line, 0, top)
            before, after = (words.shown(one.field, text) for text in (one.before, one.after))
            if before:
                grid.addWidget(self._value(before, soft=not kept), line, 1, 1, 2)
                grid.addWidget(_Arrow(), line + 1, 1, top)
                grid.addWidget(self._value(after, soft=kept), line + 1, 2)
            else:
                grid.addWidget(self._value(after), line, 1, 1, 2)
        self._column.addLayout(grid)

    def _value(self, text: str, *, soft: bool = False) -> TextLabel:
        made = TextLabel(_breakable(text), wrap=True, role="soft" if soft else "text")
        made.setAccessibleName(text)
        return made

    def _as_written(self, source: SourceRow) -> None:
        self._section("As it stands in the file")
        for heading, cell in list(source.raw.items())[:_LISTED]:
            self._paragraph(f"{heading}: {cell}", role="soft")

    # Parts ----------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.choices = {}
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(14, 12, 14, 12)
        self._column.setSpacing(6)

    def _end(self) -> None:
        self._column.addStretch(1)
        self.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)  # the card's own ground

    def _head(self, title: str, below: str) -> None:
        self._column.addWidget(TextLabel(title, points=12, bold=True, wrap=True))
        if below:
            self._column.addWidget(TextLabel(below, role="soft", wrap=True))
        self._column.addSpacing(4)

    def _section(self, title: str) -> None:
        self._column.addSpacing(8)
        self._column.addWidget(TextLabel(title, role="soft", points=theme.SMALL))

    def _paragraph(self, text: str, *, role: str = "text", bold: bool = False) -> None:
        made = TextLabel(text, role="soft" if role == "soft" else "text", bold=bold, wrap=True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(made)


def _options(row: PlannedRow) -> tuple[tuple[tuple[Choice, str], ...], Choice]:
    """What may be decided about a row, and what holds now."""
    if row.person_id is not None or row.same_as_row is not None:
        return _KNOWN, row.choice
    if row.kind == "skipped":  # nobody has looked who it is
        return (("fill", "&Take this row"), _SKIP), "skip"
    return (("fill", "A&dd this person"), _SKIP), "fill"


def _breakable(text: str) -> str:
    """The text with places where a long address may go on in the next line."""
    return text.replace("@", f"{_BREAK}@").replace(".", f".{_BREAK}") if "@" in text else text

"""What merging two people would do, what is chosen about it, and doing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cit_desktop import backup
from cit_desktop.db import Database
from cit_desktop.errors import CitError
from cit_desktop.progress import Progress
from cit_desktop.services import duplicates, merge, people
from cit_desktop.services.merge_views import MergePreview, Side
from cit_desktop.services.people import PersonView
from ui import format as fmt
from ui.context import Context
from ui.pages.merging import grid as merge_grid
from ui.pages.merging import words
from ui.pages.merging.grid import MergeGrid
from ui.receiving import while_alive
from ui.widgets.button import button
from ui.widgets.card import Card, LinedBar
from ui.widgets.label import TextLabel
from ui.widgets.marks import Pill
from ui.widgets.pill_label import PillLabel

_CANNOT = Pill("Cannot be merged yet", "wrong", "cross")
_OPPOSITE: Mapping[Side, Side] = {"keep": "other", "other": "keep", "both": "both"}
_LISTED = 4


class MergePane(Card):
    """Two people side by side.

    Attributes:
        merged: The id of who was kept, and a sentence.
        kept_apart: The two ids, and a sentence.
        refused: The :class:`CitError` of what could not be done.
        preview: What is shown; None before there is anybody to show.
    """

    merged = Signal(int, str)
    kept_apart = Signal(int, int, str)
    refused = Signal(object)
    opened = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.preview: MergePreview | None = None
        self.grid: MergeGrid | None = None
        self.choices: dict[str, Side] = {}
        self._pill, self._reasons = Pill("", shape="none"), ""
        self._busy = False
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.apart_button = button("&Not the same", self.keep_apart, tip="Remembered")
        self.swap_button = button("Keep the &other one", self.swap)
        self.merge_button = button("&Merge", self.merge, kind="primary")
        self.body.addWidget(self.area, 1)
        self.body.addWidget(self._build_foot())

    def _build_foot(self) -> QWidget:
        foot = LinedBar()
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 11, 16, 10)
        row.setSpacing(8)
        row.addWidget(self.apart_button)
        row.addStretch(1)
        row.addWidget(self.swap_button)
        row.addWidget(self.merge_button)
        return foot

    # What is shown --------------------------------------------------------------------------

    def show_pair(self, keep_id: int, other_id: int, why: duplicates.Likely | None = None) -> bool:
        """Show two people; false when one of them is not in the records any more.

        The same two as before keep what was chosen about them, and which of them stays.
        """
        shown = self.preview
        if shown is not None and {shown.keep_id, shown.other_id} == {keep_id, other_id}:
            keep_id, other_id = shown.keep_id, shown.other_id
        else:
            self.choices = {}
        self._pill = words.level(why) if why is not None else Pill("", shape="none")
        self._reasons = words.reasons(why) if why is not None else ""
        return self._read(keep_id, other_id)

    def _read(self, keep_id: int, other_id: int) -> bool:
        try:
            with self.context.db.read() as session:
                found = merge.preview(session, keep_id, other_id, self.choices)
                both = people.view(session, keep_id), people.view(session, other_id)
        except CitError as error:
            if self.choices:
                self.choices = {}  # what was chosen may not be one any more
                return self._read(keep_id, other_id)
            self.preview = None
            self.refused.emit(error)
            return False
        self.preview = found
        self._fill(found, both)
        self._set_buttons()
        return True

    def _fill(self, found: MergePreview, both: tuple[PersonView, PersonView]) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(6)
        if self._reasons:
            column.addWidget(PillLabel(self._pill))
            column.addWidget(merge_grid.sentence(f"{self._reasons}.", "soft"))
            column.addSpacing(6)
        if found.obstacles:
            column.addWidget(PillLabel(_CANNOT))
            _add_sentences(column, found.obstacles)
            column.addSpacing(6)
        self.grid = MergeGrid(found, _facts(*both))
        self.grid.chosen.connect(self._choose)
        self.grid.opened.connect(self.opened)
        column.addWidget(self.grid)
        if not found.obstacles:
            column.addSpacing(10)
            column.addWidget(TextLabel("What happens", bold=True))
            _add_sentences(column, [words.moves(found), *words.joined(found), *found.remarks])
        column.addStretch(1)
        self.area.setWidget(inside)
        inside.setAutoFillBackground(False)  # the card behind is the ground

    def texts(self) -> list[str]:
        """All that is said here, from top to bottom."""
        inside = self.area.widget() or QWidget()
        return [part.accessibleName() or part.text() for part in inside.findChildren(TextLabel)]

    def focus_choices(self) -> None:
        """Put the focus where something can be decided first."""
        grid = self.grid
        first = next(iter(grid.choices.values()), None) if grid is not None else None
        checked = first.radio.group().checkedButton() if first is not None else None
        target = checked or (self.merge_button if self.merge_button.isEnabled() else None)
        (target or self.apart_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_buttons(self) -> None:
        free = self.preview is not None and not self._busy and not self.context.db.readonly
        can = free and self.preview is not None and not self.preview.obstacles
        self.apart_button.setEnabled(free)
        self.swap_button.setEnabled(free)
        self.merge_button.setEnabled(can)

    # What is decided ------------------------------------------------------------------------

    def _choose(self, field: str, side: Side) -> None:
        self.choices[field] = side

    def swap(self) -> None:
        """Let the other one stay; the values that were chosen stay chosen."""
        shown = self.preview
        if shown is not None:
            self.choices = {field: _OPPOSITE[side] for field, side in self.choices.items()}
            self._read(shown.other_id, shown.keep_id)

    def keep_apart(self) -> None:
        """Remember that these two are not the same person."""
        shown = self.preview
        if shown is None:
            return
        one, other = shown.keep_id, shown.other_id
        label = "Say that two people are not the same"
        result = self.context.commands.do(label, duplicates.keep_apart, one, other)
        if result.error is not None:
            self.refused.emit(result.error)
            return
        text = f"{shown.keep_name} and {shown.other_name} will not be taken for one person."
        self.kept_apart.emit(one, other, text)

    def merge(self) -> None:
        """Make a backup and the two people one, beside the window."""
        shown = self.preview
        if shown is None or self._busy:
            return
        self._busy = True
        self._set_buttons()
        args = (self.context.db, shown.keep_id, shown.other_id, dict(self.choices), shown.versions)
        job = self.context.commands.run(
            "Merging two people", merge_people, *args, wants_progress=True
        )
        said = words.merged(shown.other_name, shown.keep_name)
        job.finished.connect(while_alive(self, self._free))
        job.done.connect(while_alive(self, lambda _id: self.merged.emit(shown.keep_id, said)))
        job.failed.connect(while_alive(self, self.refused.emit))

    def _free(self) -> None:
        self._busy = False
        self._set_buttons()


def merge_people(
    db: Database,
    keep_id: int,
    other_id: int,
    choices: Mapping[str, Side],
    versions: tuple[int, int],
    progress: Progress,
) -> int:
    """Make a backup, then two people one; gives the id of the former name."""
    backup.make(db.path, reason="merge", progress=progress)
    with db.operation("Merge two people") as session:
        return merge.merge(session, keep_id, other_id, choices, versions)


def _facts(keep: PersonView, other: PersonView) -> list[tuple[str, str, str]]:
    """What tells two people apart and is not chosen: all of it stays."""
    made: tuple[tuple[str, Callable[[PersonView], Sequence[str]]], ...] = (
        ("More numbers", lambda view: [f"{one.kind} {one.number}" for one in view.numbers[1:]]),
        ("Classes", _classes),
        ("Certificates", lambda view: [one.number for one in view.certificates]),
    )
    found = [(label, _listed(tell(keep)), _listed(tell(other))) for label, tell in made]
    return [line for line in found if line[1] or line[2]]


def _classes(view: PersonView) -> list[str]:
    taken = [f"{one.class_title} ({one.role})" for one in view.trainings]
    return [*taken, *(f"{one.class_title} (taught)" for one in view.teachings)]


def _listed(values: Sequence[str]) -> str:
    more = len(values) - _LISTED
    shown = values[:_LISTED] if more > 1 else values
    return "\n".join([*shown, f"and {fmt.count(more)} more"] if more > 1 else shown)


def _add_sentences(column: QVBoxLayout, sentences: Sequence[str]) -> None:
    for sentence in sentences:
        made = merge_grid.sentence(sentence)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(made)


__all__ = ["MergePane", "merge_people"]

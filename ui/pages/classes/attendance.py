"""The Attendance tab of a class: one key, one mark, saved before the next frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cit_desktop import clock
from cit_desktop.documents.sign_ins import PageCode, read_page_code
from cit_desktop.errors import CitError, Refused
from cit_desktop.services import attendance, hours, sign_in_sheets
from ui import format as fmt
from ui.context import Context
from ui.dialogs.makeup import MadeUp, MakeupDialog, made_up_text
from ui.dialogs.question import Question
from ui.pages.classes.attendance_data import grid_data, grid_mark, grid_summary
from ui.pages.classes.quick_add import QuickAdd
from ui.pages.classes.why_short import WhyShort
from ui.pages.classes.words import Standing, standing
from ui.widgets.attendance_grid import AttendanceGrid
from ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from cit_desktop.journal import Changes

_WALK_IN = "Walk-in: type a name, a number or an e-mail"
_EMPTY = (
    "Nobody is enrolled yet",
    "Attendance is marked here once the class has people. Add them to its roster, one by one or "
    "from a list.",
    "Go to the &roster",
)
_LABELS = {
    "present": "Mark present",
    "absent": "Mark absent",
    "late": "Mark late",
    "excused": "Mark excused",
    "left early": "Mark left early",
    "partial": "Mark part of a block",
}


class ClassAttendance(QWidget):
    """Wires the grid to the records; single marks change single cells, never the whole grid.

    Attributes:
        standing_changed: How far the class is from being finalized, after each mark.
        done: What was just done and can be undone, as a sentence.
        refused: The :class:`CitError` of what could not be done.
    """

    go = Signal(str, object)
    status = Signal(str)
    done = Signal(str)
    refused = Signal(object)
    standing_changed = Signal(object)
    roster_requested = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.class_id = 0
        self.code = ""  # of the class, for the history
        self.hours: hours.AttendanceGrid | None = None
        self.question: Question | None = None
        self.makeup_dialog: MakeupDialog | None = None
        self._marks: dict[tuple[int, int], hours.Mark] = {}
        self._summaries: dict[int, hours.Summary] = {}
        self._busy = False
        self._own = 0  # the last operation whose changes are drawn already
        self._last_shown = -1
        self.walk_in = QuickAdd(context, _WALK_IN)
        self.walk_in.hide()
        self.grid = AttendanceGrid()
        self.empty = EmptyState("people", *_EMPTY)
        self.empty.hide()
        self.why = WhyShort()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.walk_in)
        column.addWidget(self.grid, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.why)
        self.setFocusProxy(self.grid)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show_why)
        self._connect()

    def _connect(self) -> None:
        grid = self.grid
        grid.marked.connect(self._mark)
        grid.cleared.connect(self._clear)
        grid.fill_requested.connect(self._fill)
        grid.makeup_requested.connect(self._ask_makeup)
        grid.number_entered.connect(self._enter_number)
        grid.walk_in_requested.connect(self._toggle_walk_in)
        grid.sheet_requested.connect(lambda: self.go.emit("import", ("attendance", self.class_id)))
        grid.status.connect(self.status)
        grid.panes.cursor_moved.connect(self._cursor_moved)
        self.empty.acted.connect(self.roster_requested)
        self.walk_in.added.connect(self._walked_in)
        self.walk_in.refused.connect(self.refused)
        self.context.commands.changed.connect(self._note_own)

    # What is shown

    def show_hours(self, found: hours.AttendanceGrid) -> None:
        """Show the attendance of a class as it was read."""
        self.code = found.code
        opened = found.class_id != self.class_id
        if opened:
            self.walk_in.hide()
        self.class_id = found.class_id
        self.hours = found
        self._marks, self._summaries = dict(found.marks), dict(found.summaries)
        self.grid.set_data(grid_data(found))
        self.grid.setVisible(bool(found.people))
        self.empty.setVisible(not found.people)
        if opened:
            self.grid.start(clock.today())
        self.walk_in.show_class(found.class_id, [person.person_id for person in found.people])
        if found.locked:
            self.walk_in.hide()
        self.why.show_summary("", None)
        self._show_why()

    def refresh(self, changes: Changes | None) -> None:
        """Read everything again, unless the changes are drawn already."""
        if not self.class_id or (changes is not None and self.is_own(changes)):
            return
        with self.context.db.read() as session:
            found = hours.grid(session, self.class_id)
        self.show_hours(found)
        self.standing_changed.emit(self.standing())

    def is_own(self, changes: Changes) -> bool:
        """Whether the changes came from a key in this grid and are drawn already."""
        self._note_own(changes)
        return changes.operation_id == self._own

    def _note_own(self, changes: Changes) -> None:
        if self._busy:
            self._own = changes.operation_id

    def standing(self) -> Standing:
        """How far the class is from being finalized."""
        if self.hours is None:
            return Standing()
        return standing(self.hours, self._summaries.values(), self._marks.keys())

    def show_place(self, enrollment_id: int | None, block_id: int | None) -> None:
        """Put the cursor where something is to be mended."""
        self.grid.setFocus()
        if enrollment_id is not None:
            self.grid.choose(enrollment_id, block_id)
        elif block_id is not None and self.grid.data.people:
            self.grid.choose(self.grid.data.people[0].enrollment_id, block_id)

    def show_next_problem(self) -> None:
        """Go to the next blank mark of a past block; without any, to the next one who is short."""
        self.grid.setFocus()
        found = self.standing()
        if found.blanks and self.grid.next_blank():
            return
        if found.short:
            self._last_shown = (self._last_shown + 1) % len(found.short)
            self.grid.choose(found.short[self._last_shown])

    def _cursor_moved(self) -> None:
        block = self.grid.current_block()
        self.walk_in.block_id = None if block is None else block.block_id
        self._later.start()

    def _show_why(self) -> None:
        person = self.grid.current_person()
        if person is None:
            self.why.show_summary("", None)
        else:
            self.why.show_summary(person.name, self._summaries.get(person.enrollment_id))

    # What keys do

    def _mark(self, enrollment_id: int, block_id: int, kind: str, minutes: int | None) -> None:
        args = (block_id, enrollment_id, kind, minutes)
        summary = self._do(self._label(_LABELS[kind], block_id), mark_and_sum, *args)
        if summary is None:
            return
        before = self._marks.get((enrollment_id, block_id))
        longest = next(b.minutes for b in self.grid.data.blocks if b.block_id == block_id)
        stored, there = attendance.resolved(
            kind, minutes, longest, None if before is None else before.mark
        )
        made_up = 0 if before is None else before.made_up
        self._draw(enrollment_id, block_id, hours.Mark(stored, there, made_up), summary)

    def _clear(self, enrollment_id: int, block_id: int) -> None:
        summary = self._do(
            self._label("Clear mark", block_id), clear_and_sum, block_id, enrollment_id
        )
        if summary is not None:
            self._draw(enrollment_id, block_id, None, summary)

    def _draw(
        self, enrollment_id: int, block_id: int, mark: hours.Mark | None, summary: hours.Summary
    ) -> None:
        key = enrollment_id, block_id
        if mark is None:
            self._marks.pop(key, None)
        else:
            self._marks[key] = mark
        self._summaries[enrollment_id] = summary
        self.grid.set_mark(*key, None if mark is None else grid_mark(mark))
        self.grid.set_summary(enrollment_id, grid_summary(summary))
        self._later.start()
        self.standing_changed.emit(self.standing())

    def _do(self, label: str, function: Callable[..., Any], *args: Any) -> Any:
        """Do it; the value, or nothing when it was refused."""
        self._busy = True
        done = self.context.commands.do(label, function, *args)
        self._busy = False
        if done.error is not None:
            self.refused.emit(done.error)
            return None
        return done.value

    def _fill(self, block_id: int, overwrite: bool) -> None:
        counts = self.grid.overwrite_text(block_id) if overwrite else ""
        if not counts:
            service = attendance.overwrite if overwrite else attendance.fill_blanks
            self._fill_with(service, block_id)
            return
        text = f"Everybody will be present: {self._block_text(block_id)}."
        action = "&Mark everybody present"
        self.question = Question(f"{counts}.", text, action, parent=self)
        self.question.confirmed.connect(lambda: self._fill_with(attendance.overwrite, block_id))
        self.question.open()

    def _fill_with(self, service: Callable[..., int], block_id: int) -> None:
        label = "Fill blanks" if service is attendance.fill_blanks else "Mark everybody present"
        changed = self._do(self._label(label, block_id), service, block_id)
        if changed is None:
            return
        if not changed:
            self.status.emit("Everybody is marked in this block already.")
            return
        self.refresh(None)
        self.done.emit(
            f"{fmt.plural(changed, 'mark')} set to present: {self._block_text(block_id)}."
        )

    def _label(self, label: str, block_id: int) -> str:
        """What the history calls it: ``Fill blanks: CIT40-2026-1, Mon Oct 12 AM``."""
        block = next(b for b in self.grid.data.blocks if b.block_id == block_id)
        return f"{label}: {self.code}, {fmt.weekday_short(block.day)} {block.heading[1]}"

    def _block_text(self, block_id: int) -> str:
        block = next(b for b in self.grid.data.blocks if b.block_id == block_id)
        return self.grid.panes.model.block_text(block)

    def _enter_number(self, text: str) -> None:
        page = read_page_code(text)
        if page is None:
            self._mark_numbers(text)
        else:
            self._show_page(page)

    def _show_page(self, page: PageCode) -> None:
        """Go to the block of a sign-in sheet whose page was typed or scanned."""
        try:
            with self.context.db.read() as session:
                block_id = sign_in_sheets.block_of_page(session, self.class_id, page)
        except CitError as error:
            self.grid.answer_number(str(error), known=False)
            return
        person = self.grid.current_person()
        if person is not None:
            self.grid.choose(person.enrollment_id, block_id)
        sheet = f"{fmt.weekday_short(page.day)}, page {page.page}"
        self.grid.answer_number(f"{sheet}: type who signed, such as 1-14,16", known=True)

    def _mark_numbers(self, text: str) -> None:
        block = self.grid.current_block()
        if block is None:
            return
        self._busy = True
        done = self.context.commands.do(
            self._label("Mark by number", block.block_id),
            attendance.mark_numbers,
            block.block_id,
            text,
        )
        self._busy = False
        if done.error is not None:
            self.grid.answer_number(str(done.error), known=False)
            return
        self.refresh(None)
        names = done.value or []
        self.grid.answer_number(f"{fmt.count(len(names))} present: {', '.join(names)}", known=True)

    # Walk-ins and make-ups

    def _toggle_walk_in(self) -> None:
        self.walk_in.setVisible(not self.walk_in.isVisible())
        self.walk_in.line.setFocus()

    def _walked_in(self, enrollment_id: int, name: str) -> None:
        self.refresh(None)
        self.grid.choose(enrollment_id)
        self.done.emit(f"{name} walked in and was added to the class.")

    def _ask_makeup(self, enrollment_id: int, block_id: int) -> None:
        mark = self._marks.get((enrollment_id, block_id))
        block = next(b for b in self.grid.data.blocks if b.block_id == block_id)
        if mark is None:
            self._say("Mark first what was missed; then the make-up can be entered.")
            return
        missing = block.minutes - mark.minutes - mark.made_up
        with self.context.db.read() as session:
            found = attendance.makeups(session, enrollment_id)
        before = [
            (made.id, made_up_text(made.minutes, made.day, made.approved_by))
            for made in found
            if made.block_id == block_id
        ]
        if missing <= 0 and not before:
            self._say("Nothing of this block was missed.")
            return
        person = self.grid.current_person()
        name = "" if person is None else person.name
        words = self._block_text(block_id)
        self.makeup_dialog = dialog = MakeupDialog(name, words, max(0, missing), before, self)
        dialog.chosen.connect(lambda made: self._add_makeup(enrollment_id, block_id, made))
        dialog.removed.connect(lambda key: self._remove_makeup(enrollment_id, block_id, key))
        dialog.open()

    def _say(self, text: str) -> None:
        self.refused.emit(Refused(text))

    def _add_makeup(self, enrollment_id: int, block_id: int, made: MadeUp) -> None:
        label = self._label("Enter make-up", block_id)
        summary = self._do(label, makeup_and_sum, enrollment_id, block_id, made)
        before = self._marks.get((enrollment_id, block_id))
        if summary is None or before is None:
            return
        self._draw(
            enrollment_id, block_id, before._replace(made_up=before.made_up + made.minutes), summary
        )
        self.done.emit(f"{fmt.hours_long(made.minutes)} made up.")

    def _remove_makeup(self, enrollment_id: int, block_id: int, makeup_id: int) -> None:
        self._do(f"Remove make-up: {self.code}", attendance.remove_makeup, makeup_id)
        self.refresh(None)
        self.done.emit("The make-up was removed.")


def mark_and_sum(
    session: Session,
    block_id: int,
    enrollment_id: int,
    kind: attendance.MarkKind,
    minutes: int | None,
) -> hours.Summary:
    """Mark somebody and say where they stand then."""
    attendance.mark(session, block_id, enrollment_id, kind, minutes)
    return hours.summary(session, enrollment_id)


def clear_and_sum(session: Session, block_id: int, enrollment_id: int) -> hours.Summary:
    """Make a mark blank and say where the person stands then."""
    attendance.clear(session, block_id, enrollment_id)
    return hours.summary(session, enrollment_id)


def makeup_and_sum(
    session: Session, enrollment_id: int, block_id: int, made: MadeUp
) -> hours.Summary:
    """Enter a make-up and say where the person stands then."""
    attendance.add_makeup(
        session, enrollment_id, block_id, made.minutes, made.day, made.approved_by, made.note
    )
    return hours.summary(session, enrollment_id)

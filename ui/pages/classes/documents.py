"""The documents of a class: rosters, sign-in sheets, certificates, state rosters."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from cit_desktop.documents.options import Options
from cit_desktop.errors import CitError
from cit_desktop.papers import class_papers
from cit_desktop.papers.class_papers import ClassPaper
from cit_desktop.services import certificates, classes, names
from cit_desktop.services.certificates import CertificateRow
from cit_desktop.services.classes import BlockView, ClassView
from ui import format as fmt
from ui.context import Context
from ui.pages.classes.chosen_paper import ChosenPaper
from ui.pages.classes.document_row import DocumentRow
from ui.previewing import PaperDrawing
from ui.receiving import while_alive
from ui.saving import FileDialogs, Saver
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import TextLabel
from ui.widgets.saved_banner import SavedBanner
from ui.work import document_files
from ui.work.document_files import Preflight

if TYPE_CHECKING:
    from cit_desktop.journal import Changes


class ClassDocuments(QWidget):
    """What a class has on paper, on a tab of its page.

    Attributes:
        rows: The rows in sight by what they are: the key of a paper, ``sheets``, a day,
            ``certificates``, the id of a profile, ``others``.
        papers: Draws the papers and shows them.
    """

    watches: ClassVar[frozenset[str]] = frozenset(
        {"training_class", "block", "enrollment", "attendance", "certificate", "person", "agency"}
        | {"state_number", "roster_profile", "chapter"}
    )
    print_text: ClassVar[str] = "Print sign-in sheets…"
    go = Signal(str, object)
    status = Signal(str)
    certificates_requested = Signal()

    def __init__(self, context: Context, dialogs: FileDialogs | None = None) -> None:
        super().__init__()
        self._context = context
        self._class: ClassView | None = None
        self._asked = 0
        self._built = 0  # the class whose rows are in sight
        self.rows: dict[object, DocumentRow] = {}
        self.saver = Saver(context, self, dialogs)
        self.papers = PaperDrawing(context, self, self.saver)
        self.saved_banner = SavedBanner(self.saver.opener, gap=10)
        self.saver.saved.connect(self.saved_banner.tell)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        card = Card()
        card.body.addWidget(self.area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.saved_banner)
        column.addWidget(card, 1)

    # What is shown --------------------------------------------------------------------------

    def show_class(self, class_id: int) -> None:
        """Show a class; the same one again is only read again."""
        if self._class is None or self._class.id != class_id:
            self.saved_banner.clear()
        try:
            with self._context.db.read() as session:
                shown = classes.view(session, class_id)
                wanted = certificates.Filter(class_id=class_id, statuses=("issued",))
                rows = certificates.rows(session, certificates.ids(session, wanted))
        except CitError as error:
            self._context.commands.failed.emit(error)
            return
        self._class = shown
        self._build(shown, list(rows.values()))
        self._check(class_id)

    def refresh(self, changes: Changes | None) -> None:
        """Show the records as they are now."""
        if self._class is not None and (changes is None or changes.touches(self.watches)):
            self.show_class(self._class.id)

    def _build(self, shown: ClassView, issued: list[CertificateRow]) -> None:
        self.rows = {}
        place = self.area.verticalScrollBar().value() if shown.id == self._built else 0
        self._built = shown.id
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(0)
        self._add_roster(shown)
        self._add_sheets(shown)
        self._add_papers()
        self._add_certificates(issued)
        self._heading("State rosters")
        self._states = QVBoxLayout()
        self._states.setSpacing(0)
        self._column.addLayout(self._states)
        self._add_others()
        self._column.addStretch(1)
        self.area.setWidget(inside)
        inside.setAutoFillBackground(False)  # the card behind is the ground
        self.area.verticalScrollBar().setValue(place)

    def _heading(self, text: str) -> None:
        label = TextLabel(text, role="soft", points=8.5)
        label.setContentsMargins(16, 14, 16, 4)
        self._column.addWidget(label)

    def _add(self, key: object, row: DocumentRow, into: QVBoxLayout | None = None) -> DocumentRow:
        self.rows[key] = row
        (into or self._column).addWidget(row)
        return row

    def _add_roster(self, shown: ClassView) -> None:
        self._heading("Class roster")
        people = shown.counts.trainees + shown.counts.instructors + shown.counts.observers
        buttons = (
            button("&Preview…", partial(self.show_paper, class_papers.ROSTER)),
            button("&Save Excel…", self.save_roster),
        )
        paper = class_papers.ROSTER
        row = self._add(paper.key, DocumentRow(paper.icon, paper.title, paper.about, buttons))
        row.say(fmt.plural(people, "person", "people") if people else "Nobody yet")

    def _add_sheets(self, shown: ClassView) -> None:
        self._heading("Sign-in sheets")
        days = _days(shown)
        if not days:
            text = "A sheet lists the blocks of a day to sign in and out of."
            self._add("sheets", DocumentRow("edit", "No blocks yet", text))
            return
        if len(days) > 1:
            made = button("Preview &all…", self.show_sign_in)
            title = f"All {fmt.plural(len(days), 'day')}"
            text = "One sheet a day, with ten lines left free for walk-ins."
            self._add("sheets", DocumentRow("edit", title, text, (made,)))
        for day, blocks in days.items():
            made = button("Preview…", partial(self.show_sign_in, day))
            title = f"{fmt.weekday(day)}, {fmt.day(day)}"
            self._add(day, DocumentRow("today", title, _hours_of(blocks), (made,)))

    def _add_papers(self) -> None:
        own = (class_papers.ROSTER, class_papers.SIGN_IN)  # these have rows of their own
        others = [paper for paper in class_papers.PAPERS if paper not in own]
        if others:
            self._heading("Papers for the class")
        for paper in others:
            made = button("Preview…", partial(self.show_paper, paper))
            self._add(paper.key, DocumentRow(paper.icon, paper.title, paper.about, (made,)))

    def _add_certificates(self, issued: list[CertificateRow]) -> None:
        self._heading("Certificates")
        waiting = sum(row.printed is None for row in issued)
        made = button("&Open certificates", self.certificates_requested.emit)
        text = "Issued, previewed, printed and saved on their own tab."
        row = self._add("certificates", DocumentRow("certificates", "Certificates", text, (made,)))
        if not issued:
            row.say("None issued yet")
        elif waiting:
            row.say(f"{len(issued)} issued, {waiting} not printed yet", "care")
        else:
            row.say(f"✓ {len(issued)} issued and printed", "good")

    def _add_others(self) -> None:
        class_id = self._class.id if self._class is not None else None
        made = button("&Choose…", lambda: self.go.emit("rosters", ("", class_id)))
        text = "Every layout there is, also for a period, and your own copies of them."
        self._add("others", DocumentRow("rosters", "Another state's roster", text, (made,)))

    # State rosters --------------------------------------------------------------------------

    def _check(self, class_id: int) -> None:
        self._asked += 1
        asked = self._asked
        job = self._context.commands.run(
            "Check state rosters",
            document_files.preflights,
            self._context.db,
            class_id,
            wants_progress=True,
        )
        job.done.connect(while_alive(self, lambda found: self._show_states(asked, class_id, found)))

    def _show_states(self, asked: int, class_id: int, found: list[Preflight]) -> None:
        if asked != self._asked:
            return
        for one in found:
            goal = (one.profile_id, class_id)
            check = button("Chec&k…", partial(self.go.emit, "rosters", goal))
            save = button("Save Excel…", partial(self._save_state, one, class_id))
            save.setEnabled(one.rows > 0 and not one.errors)
            due = f"Due {fmt.day(one.due)}" if one.due else "No due date is known"
            layout = "" if one.official else " · Layout unofficial: check with your state"
            row = DocumentRow("rosters", one.title, due + layout, (check, save))
            self._add(one.profile_id, row, self._states)
            row.say(*_standing(one))

    def _save_state(self, found: Preflight, class_id: int) -> None:
        if self._class is None:
            return
        db = self._context.db

        def make(progress: Any) -> bytes:
            roster = document_files.state_roster(db, found.profile_id, class_id)
            return document_files.table_workbook(roster.document, progress)

        name = f"{self._class.code} {found.title}"
        self.saver.save_file("Save state roster", name, ".xlsx", make)

    # Previews and files ---------------------------------------------------------------------

    def save_roster(self) -> None:
        """Save the class roster as a workbook."""
        if self._class is not None:
            make = partial(document_files.roster_workbook, self._context.db, self._class.id)
            name = f"{self._class.code} class roster"
            self.saver.save_file("Save class roster", name, ".xlsx", make)

    def show_paper(self, paper: ClassPaper) -> None:
        """Show a paper of the class as it prints."""
        if self._class is None:
            return
        if "stock" in paper.takes:
            self._show_chosen(paper, self._class)
            return
        what = paper.title.lower()
        title, args = f"{self._class.code} {what}", (paper.key, self._class.id)
        self.papers.draw(f"Draw {what}", title, class_papers.draw, *args)

    def _show_chosen(self, paper: ClassPaper, shown: ClassView) -> None:
        try:
            chosen = ChosenPaper(self._context, paper, shown, self.saver, self)
        except CitError as error:
            self._context.commands.failed.emit(error)
        else:
            self.papers.dialog = chosen.dialog

    def show_sign_in(self, day: date | None = None) -> None:
        """Show the sheets to sign as they print: of one day, or of every day of the class."""
        if self._class is None:
            return
        days = _days(self._class)
        if not days:
            text = "The class has no blocks yet, so there is nothing to sign in to."
            self.saved_banner.note(text, "care")
            return
        which = fmt.day(day) if day is not None else fmt.plural(len(days), "day")
        title = f"{self._class.code} sign-in sheets, {which}"
        args = (class_papers.SIGN_IN.key, self._class.id, Options(day=day))
        self.papers.draw("Draw sign-in sheets", title, class_papers.draw, *args)

    def print_preview(self) -> None:
        """Show what Ctrl+P prints here."""
        self.show_sign_in()


def _days(shown: ClassView) -> dict[date, list[BlockView]]:
    found: dict[date, list[BlockView]] = {}
    for block in shown.blocks:
        found.setdefault(block.day, []).append(block)
    return found


def _hours_of(blocks: list[BlockView]) -> str:
    start, end = min(b.starts_at for b in blocks), max(b.ends_at for b in blocks)
    span = f"{names.clock_time(start)}–{names.clock_time(end)}"
    return f"{fmt.plural(len(blocks), 'block')}, {span}"


def _standing(found: Preflight) -> tuple[str, Any]:
    if found.errors:
        rows = fmt.plural(found.errors, "row")
        return f"△ {rows} would be rejected", "wrong"
    if not found.rows:
        return "Lists nobody", "soft"
    rows = fmt.plural(found.rows, "row")
    if found.warnings:
        return f"{rows}, {fmt.plural(found.warnings, 'thing')} to look at", "care"
    return f"✓ {rows}, nothing missing", "good"

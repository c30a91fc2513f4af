"""The certificates of a class: who gets one, issuing them, and what is done with them then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cit_desktop.errors import CitError
from cit_desktop.services import certificates, classes
from cit_desktop.services.certificates import CertificateRow
from cit_desktop.services.classes import ClassView
from ui import format as fmt
from ui.context import Context
from ui.pages.certificates import words
from ui.pages.certificates.issuing import CertificateIssuing
from ui.pages.certificates.preview import CertificatePreview
from ui.pages.certificates.work import CertificateWork
from ui.pages.classes.candidate_table import CandidateTable, Line
from ui.saving import FileDialogs
from ui.widgets.banner import Banner
from ui.widgets.button import button, set_kind
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import ElidedLabel, TextLabel
from ui.widgets.saved_banner import SavedBanner

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

_NONE_YET = {
    "open": (
        "The class is not finalized yet",
        "Certificates are issued when every mark is in and the class is finalized: only then do "
        "hours and results stand. Mark the attendance first.",
        "Go to attendance",
    ),
    "cancelled": (
        "This class was cancelled",
        "Nobody completed it, so there are no certificates to issue.",
        "",
    ),
    "on record": (
        "This class was entered from old papers",
        "Its certificates were issued elsewhere; those that are on record stand in the register.",
        "Open the register",
    ),
}


class ClassCertificates(QWidget):
    """Certificates of one class, on a tab of its page.

    Attributes:
        primary: The next sensible step, as on a page.
        work: What is done with issued certificates.
        issuing: The way from the chosen people to their certificates.
    """

    watches: ClassVar[frozenset[str]] = frozenset(
        {"certificate", "enrollment", "person", "training_class", "chapter", "signer", "agency"}
    )
    print_text: ClassVar[str] = "Print certificates…"
    go = Signal(str, object)
    status = Signal(str)
    attendance_requested = Signal()

    def __init__(self, context: Context, dialogs: FileDialogs | None = None) -> None:
        super().__init__()
        self._context = context
        self._class: ClassView | None = None
        self.table = CandidateTable(context.preferences)
        self.preview = CertificatePreview(context)
        self.work = CertificateWork(context, self, self.preview, dialogs)
        self.issuing = CertificateIssuing(context, self)
        self.saved_banner = SavedBanner(self.work.saver.opener, gap=10)
        self.banner = Banner(gap=10)
        self.outdated = Banner()
        self.stack = QStackedWidget()
        self.empty = EmptyState("certificates", "", "")
        self._build()
        self._connect()

    # Building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(12)
        self.split.setChildrenCollapsible(False)
        left, right = Card(), Card()
        left.body.addWidget(self.table)
        right.body.addWidget(self._build_side())
        right.body.addWidget(self.outdated)
        right.body.addWidget(self.preview, 1)
        right.setMinimumWidth(300)
        self.split.addWidget(left)
        self.split.addWidget(right)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([600, 416])
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._build_bar())
        for banner in (self.banner, self.saved_banner):
            column.addWidget(banner)
        column.addWidget(self.split, 1)
        nothing = Card()
        nothing.body.addWidget(self.empty)
        self.stack.addWidget(nothing)
        self.stack.addWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def _build_bar(self) -> QHBoxLayout:
        self.summary = ElidedLabel("", role="soft")
        self.print_button = button("&Print…", self.print_preview, icon="print")
        self.one_file = button("Save as &one PDF…", self._save_one_file)
        self.each = button("Save one file &a person…", self._save_each)
        self.primary = button("&Issue certificates…", self._issue, kind="primary")
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 0, 0, 12)
        bar.setSpacing(8)
        bar.addWidget(self.summary, 1)
        for part in (self.print_button, self.one_file, self.each, self.primary):
            bar.addWidget(part)
        return bar

    def _build_side(self) -> QWidget:
        self.side = QWidget()
        self.who = ElidedLabel("", bold=True)
        self.wording = QComboBox()
        self.wording.setAccessibleName("Wording")
        for kind, shown in words.WORDINGS:
            self.wording.addItem(shown, kind)
        self.wording_label = TextLabel("&Wording", role="soft")
        self.wording_label.setBuddy(self.wording)
        self.reissue = button("Rei&ssue…", lambda: self._with_current(self.work.reissue))
        self.revoke = button(
            "Revo&ke…", lambda: self._with_current(self.work.revoke), kind="danger"
        )
        row = QHBoxLayout(self.side)
        row.setContentsMargins(14, 10, 12, 2)
        row.setSpacing(8)
        row.addWidget(self.who, 1)
        for part in (self.wording_label, self.wording, self.reissue, self.revoke):
            row.addWidget(part)
        return self.side

    def _connect(self) -> None:
        self.table.current_changed.connect(lambda _key: self._show_current())
        self.table.selection_changed.connect(self._show_current)
        self.table.toggled.connect(self._toggle)
        self.table.opened.connect(self._open)
        self.wording.activated.connect(lambda _place: self._word())
        set_kind(self.empty.action, "plain")  # the page has the next step
        self.empty.acted.connect(self._go_on)
        self.work.saver.saved.connect(self.saved_banner.tell)
        self.issuing.issued.connect(self._issued)
        self.issuing.busy.connect(self._busy)
        self.work.done.connect(lambda text: self.banner.say(text, "good", closable=True))

    # What is shown --------------------------------------------------------------------------

    def show_class(self, class_id: int) -> None:
        """Show a class; the same one again is only read again."""
        if self._class is None or self._class.id != class_id:
            self.banner.clear()
            self.saved_banner.clear()
            self.table.source.lines = {}
        self._load(class_id)

    def refresh(self, changes: Changes | None) -> None:
        """Show the records as they are now."""
        if self._class is not None and (changes is None or changes.touches(self.watches)):
            self._load(self._class.id)

    def _load(self, class_id: int) -> None:
        try:
            with self._context.db.read() as session:
                self._class = classes.view(session, class_id)
                everybody = certificates.eligible(session, class_id)
                wanted = certificates.Filter(class_id=class_id, statuses=("issued", "on record"))
                rows = certificates.rows(session, certificates.ids(session, wanted))
                revoked = certificates.Filter(class_id=class_id, statuses=("revoked",))
                before = {
                    certificates.view(session, key).enrollment_id
                    for key in certificates.ids(session, revoked)
                }
        except CitError as error:
            self._context.commands.failed.emit(error)
            return
        self.table.source.fill(everybody, {row.number: row for row in rows.values()}, before)
        self.table.reload()
        if self._class.status in _NONE_YET and not rows:
            self.empty.say(*_NONE_YET[self._class.status])
            self.stack.setCurrentIndex(0)
        elif not everybody:
            self.empty.say("Nobody is in this class yet", "Add people on the roster first.")
            self.stack.setCurrentIndex(0)
        else:
            self.stack.setCurrentIndex(1)
            if self.table.current_id() is None:
                self.table.choose(everybody[0].enrollment_id)
        self._say_counts()
        self._show_current()

    def _say_counts(self) -> None:
        lines = self.table.source.lines.values()
        chosen = len(self.table.source.chosen())
        issued = self.table.source.valid()
        without = sum(1 for line in lines if line.certificate is None and not line.candidate.ready)
        parts = [f"{fmt.count(chosen)} to issue" if chosen else ""]
        parts.append(f"{fmt.count(len(issued))} issued" if issued else "")
        outdated = sum(bool(line.outdated) for line in lines)
        parts.append(f"{fmt.count(outdated)} outdated" if outdated else "")
        parts.append(f"{fmt.count(without)} cannot have one" if without else "")
        self.summary.setText(" · ".join(part for part in parts if part))
        what = fmt.plural(chosen, "certificate") if chosen else "certificates"
        self.primary.setText(f"&Issue {what}…")
        self.primary.setVisible(any(line.candidate.ready for line in lines))
        self.primary.setEnabled(chosen > 0)
        printed = sum(row.printed is not None for row in issued)
        set_kind(self.primary, "primary" if chosen else "plain")
        set_kind(self.print_button, "plain" if chosen or printed == len(issued) else "primary")
        self.status.emit(
            f"{printed} of {fmt.plural(len(issued), 'certificate')} printed" if issued else ""
        )

    def _show_current(self) -> None:
        line = self.table.current_line()
        selected = self.table.selected_lines()
        many = len(selected) > 1
        self.side.setVisible(line is not None)
        self._say_targets()
        if line is None or self._class is None:
            self.preview.say("")
            return
        self.who.setText(f"{fmt.count(len(selected))} people" if many else line.name)
        self._say_outdated(None if many else line.certificate)
        worded = [one for one in (selected or [line]) if _can_be_worded(one)]
        self.wording.setVisible(bool(worded))
        self.wording_label.setVisible(bool(worded))
        if worded:
            kinds = {one.candidate.kind for one in worded}
            place = self.wording.findData(kinds.pop()) if len(kinds) == 1 else -1
            with QSignalBlocker(self.wording):
                self.wording.setCurrentIndex(place)
        valid = line.certificate is not None and line.certificate.status == "issued"
        for part in (self.reissue, self.revoke):
            part.setVisible(valid and not many)
        self._show_pages(selected if many else [line], self._class.id)

    def _say_outdated(self, row: CertificateRow | None) -> None:
        if row is not None and row.outdated:
            self.outdated.say(words.why(row), "care")
        else:
            self.outdated.clear()

    def _show_pages(self, lines: Sequence[Line], class_id: int) -> None:
        rows = [line.certificate for line in lines if line.certificate]
        issued = [row.id for row in rows if row.status == "issued"]
        ready = [line.candidate for line in lines if line.candidate.ready]
        if issued:
            self.preview.show_issued(issued)
        elif ready:
            self.preview.show_draft(class_id, ready)
        elif rows:
            self.preview.say(
                f"{rows[0].number} was entered from old papers. There is nothing to draw it from."
            )
        else:
            self.preview.say(f"No certificate: {lines[0].candidate.reason}")

    def _targets(self) -> list[int]:
        """What Print and Save concern: the chosen rows where they are several, else all."""
        selected = [line.certificate for line in self.table.selected_lines()]
        some = [row.id for row in selected if row is not None and row.status == "issued"]
        return some if len(selected) > 1 and some else [row.id for row in self.table.source.valid()]

    def _say_targets(self) -> None:
        count = len(self._targets())
        self.print_button.setText(f"&Print {fmt.count(count)}…")
        for part in (self.print_button, self.one_file, self.each):
            part.setVisible(count > 0)

    # What is done ---------------------------------------------------------------------------

    def print_preview(self) -> None:
        """Show what is printed, then ask for a printer."""
        self.work.print(self._targets())

    def _save_one_file(self) -> None:
        code = self._class.code if self._class is not None else ""
        self.work.save_one_file(self._targets(), f"{code} certificates")

    def _save_each(self) -> None:
        self.work.save_each(self._targets())

    def _issue(self) -> None:
        if self._class is not None:
            self.issuing.ask(self._class, self.table.source.chosen())

    def _busy(self, busy: bool) -> None:
        if busy:
            self.primary.setEnabled(False)
        else:
            self._say_counts()

    def _issued(self, certificate_ids: list[int]) -> None:
        count = fmt.plural(len(certificate_ids), "certificate was", "certificates were")
        them = "it" if len(certificate_ids) == 1 else "them"
        self.banner.say(f"{count} issued. Print or save {them} now.", "good", closable=True)
        self.refresh(None)
        self.table.setFocus()

    def _toggle(self, enrollment_ids: list[int]) -> None:
        self.table.source.toggle(enrollment_ids)
        self._redraw(enrollment_ids)

    def _word(self) -> None:
        selected = [line.id for line in self.table.selected_lines()]
        kind = self.wording.currentData()
        self.table.source.word(selected, kind)
        self._redraw(selected)
        self._show_current()

    def _redraw(self, enrollment_ids: Sequence[int]) -> None:
        self.table.records.update_rows(set(enrollment_ids))
        self._say_counts()

    def _open(self, enrollment_id: int) -> None:
        certificate = self.table.source.lines[enrollment_id].certificate
        if certificate is not None:
            self.go.emit("certificates", certificate.id)
        else:
            self._toggle([enrollment_id])

    def _with_current(self, action: Any) -> None:
        line = self.table.current_line()
        if line is not None and line.certificate is not None:
            action(line.certificate.id)

    def _go_on(self) -> None:
        if self._class is not None and self._class.status == "open":
            self.attendance_requested.emit()
        else:
            self.go.emit("certificates", None)


def _can_be_worded(line: Line) -> bool:
    return line.candidate.ready and line.candidate.kind in dict(words.WORDINGS)

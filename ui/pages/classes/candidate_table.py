"""The people of a class and the certificate each has, can have, or cannot have."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cit_desktop.documents.certificates import CertificateKind
from cit_desktop.services import candidates
from cit_desktop.services.certificates import Candidate, CertificateRow
from ui import format as fmt
from ui.pages.certificates import words
from ui.preferences import Preferences
from ui.widgets.marks import Pill
from ui.widgets.record_table import CENTER, RIGHT, Column, Filter, RecordTable, Sort


@dataclass(frozen=True)
class Line:
    """A row: a candidate, the certificate that is valid already, and what was chosen.

    Attributes:
        chosen: A certificate is to be issued.
        worded: The wording was chosen by hand.
        revoked: One was issued before and taken back.
    """

    candidate: Candidate
    certificate: CertificateRow | None = None
    chosen: bool = False
    worded: bool = False
    revoked: bool = False

    @property
    def id(self) -> int:
        """The enrollment."""
        return self.candidate.enrollment_id

    @property
    def name(self) -> str:
        """As in a sorted list."""
        return self.candidate.name

    @property
    def wording(self) -> str:
        """The kind, as issued or as chosen."""
        return words.kind(self.certificate.kind if self.certificate else self.candidate.kind)

    @property
    def minutes(self) -> int | None:
        """What the certificate shows, or would show."""
        return self.certificate.minutes if self.certificate else self.candidate.minutes

    @property
    def state(self) -> str:
        """What the last column says."""
        return _state(self).text

    @property
    def outdated(self) -> str:
        """What its certificate says that was not earned, or an empty text."""
        return self.certificate.outdated if self.certificate else ""


def _state(line: Line) -> Pill:
    if line.certificate is not None:
        printed = ", printed" if line.certificate.printed else ""
        if line.certificate.status == "on record":
            return Pill(f"{line.certificate.number}, on record", "soft", "empty")
        if line.outdated:
            return Pill(f"{line.certificate.number}, outdated", "care", "warning")
        return Pill(f"{line.certificate.number}{printed}", "good", "check")
    if line.candidate.reason:
        return Pill(line.candidate.reason, "care", "half")
    if line.candidate.on_wish and not line.chosen:
        return Pill("On request", "soft", "empty")
    if line.chosen:
        return Pill("Ready", "accent", "full")
    return Pill("Left out, was revoked" if line.revoked else "Left out", "soft", "empty")


def _why(line: Line) -> str:
    return words.why(line.certificate) if line.certificate else ""


def _issue(line: Line) -> Pill | None:
    if not line.candidate.ready:
        return None
    return Pill("Yes", "accent", "check") if line.chosen else Pill("No", "soft", "none")


COLUMNS = (
    Column("name", "Name", bold=True, width=160),
    Column("chosen", "Issue", pill=_issue, align=CENTER, width=60, sortable=False),
    Column("wording", "Wording", soft=True, width=100, spare=True),
    Column("minutes", "Hours", text=fmt.hours, align=RIGHT, width=66),
    Column("state", "Certificate", pill=_state, tip=_why, width=0),
)


class Lines:
    """The source of the table, kept in memory: a class has few people."""

    def __init__(self) -> None:
        self.lines: dict[int, Line] = {}

    def fill(
        self,
        everybody: Sequence[Candidate],
        rows: Mapping[str, CertificateRow],
        revoked: Collection[int] = (),
    ) -> None:
        """Take new facts; what was chosen before stays chosen where that is still possible.

        Args:
            rows: The valid certificates by number.
            revoked: Whose certificate was taken back; another one is not offered unasked.
        """
        before = self.lines
        self.lines = {}
        for candidate in everybody:
            key = candidate.enrollment_id
            usual = not candidate.on_wish and key not in revoked
            old = before.get(key)
            worded = old is not None and old.worded and candidate.kind in candidates.WORDINGS
            self.lines[key] = Line(
                replace(candidate, kind=old.candidate.kind) if old and worded else candidate,
                rows.get(candidate.certificate_number),
                candidate.ready and (old.chosen if old and old.candidate.ready else usual),
                worded,
                key in revoked,
            )

    def toggle(self, enrollment_ids: Sequence[int]) -> None:
        """Choose these people, or none of them when all are chosen already."""
        possible = [key for key in enrollment_ids if self.lines[key].candidate.ready]
        wanted = not all(self.lines[key].chosen for key in possible)
        for key in possible:
            self.lines[key] = replace(self.lines[key], chosen=wanted)

    def word(self, enrollment_ids: Sequence[int], kind: CertificateKind) -> None:
        """Word the certificates that can still be issued to these people for this kind."""
        for key in enrollment_ids:
            line = self.lines[key]
            if line.candidate.ready and line.candidate.kind in candidates.WORDINGS:
                worded = candidates.worded(line.candidate, kind)
                self.lines[key] = replace(line, candidate=worded, worded=True)

    def chosen(self) -> list[Candidate]:
        """Who gets one."""
        return [line.candidate for line in self.lines.values() if line.chosen]

    def valid(self) -> list[CertificateRow]:
        """The certificates that were issued and hold."""
        rows = (line.certificate for line in self.lines.values())
        return [row for row in rows if row is not None and row.status == "issued"]

    def ids(self, sort: Sort | None, filter: Filter) -> list[int]:
        """Every person of the class, in order."""
        if sort is None or sort.key == "name":
            ordered = list(self.lines)  # by name already
        else:
            ordered = sorted(self.lines, key=lambda key: getattr(self.lines[key], sort.key))
        return ordered[::-1] if sort is not None and sort.descending else ordered

    def rows(self, ids: Sequence[int]) -> dict[int, Line]:
        """The lines of some people."""
        return {key: self.lines[key] for key in ids if key in self.lines}


class CandidateTable(RecordTable):
    """Space, or a click in the column Issue, chooses who gets a certificate."""

    toggled = Signal(list)  # enrollment ids

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        self.source = Lines()
        super().__init__(COLUMNS, self.source, preferences, "candidates", parent)
        self.setAccessibleName("People and their certificates")
        self._issue = next(n for n, column in enumerate(COLUMNS) if column.key == "chosen")
        self.clicked.connect(self._clicked)

    def current_line(self) -> Line | None:
        """The line that the cursor is on."""
        key = self.current_id()
        return None if key is None else self.source.lines.get(key)

    def selected_lines(self) -> list[Line]:
        """The selected lines from top to bottom."""
        return [self.source.lines[key] for key in self.selected_ids()]

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == self._issue:
            self.toggled.emit([self.records.id_at(index.row())])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.selected_ids():
            self.toggled.emit(self.selected_ids())
        else:
            super().keyPressEvent(event)

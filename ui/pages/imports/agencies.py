"""Spellings that seem to be one agency: each is joined or kept apart, never without being asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QWidget

from cit_desktop.imports.agencies import CERTAIN
from cit_desktop.imports.planned import AgencyChoice, AgencyDecision, Decision
from cit_desktop.text import letters
from ui import format as fmt
from ui.pages.imports.group import Group
from ui.widgets.button import button
from ui.widgets.label import ElidedLabel
from ui.widgets.marks import Pill
from ui.widgets.pill_label import PillLabel

LISTED = 60  # decided, they make room for the next
_WORDS = (
    "Joined, the spelling is remembered as a name of that agency; kept apart, that is remembered, "
    "too. What you leave open comes in as an agency of its own, and is asked again next time."
)


def proposals(
    agencies: Sequence[AgencyChoice], decided: Mapping[str, AgencyDecision]
) -> list[AgencyChoice]:
    """The spellings that are asked about, and those that were decided, in the order of names."""
    keys = {letters(name) for name in decided}
    asked = [one for one in agencies if one.is_open or one.key in keys]
    return sorted(asked, key=lambda one: one.written.casefold())


def sure(agencies: Sequence[AgencyChoice]) -> list[AgencyChoice]:
    """The open ones that are certain enough to be joined all at once."""
    return [one for one in agencies if one.is_open and one.confidence >= CERTAIN]


class AgencyLine(QWidget):
    """One spelling, what it seems to be, and why.

    Attributes:
        decided: The spelling, and the id or name it goes by; None keeps it apart.
    """

    decided = Signal(str, object)

    def __init__(self, choice: AgencyChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        self._target: int | str = choice.name if choice.agency_id is None else choice.agency_id
        rows = fmt.plural(len(choice.rows), "row")
        self.written = ElidedLabel(f"{choice.written}", bold=True)
        self.count = ElidedLabel(rows, role="soft")
        self.name = ElidedLabel(f"→  {choice.name}")
        self.why = ElidedLabel(", ".join(choice.reasons), role="soft")
        self.pill = PillLabel(_confidence(choice))
        self.join = QRadioButton("Join")
        self.apart = QRadioButton("Keep apart")
        self._group = QButtonGroup(self)
        for made in (self.join, self.apart):
            self._group.addButton(made)
            made.setAccessibleName(f"{choice.written}: {made.text()}")
        self.join.clicked.connect(lambda: self.decided.emit(choice.written, self._target))
        self.apart.clicked.connect(lambda: self.decided.emit(choice.written, None))
        self.show_decision(choice.decision)
        self._build()

    def show_decision(self, decision: Decision) -> None:
        """Show what was decided; nothing while it is open."""
        self._group.setExclusive(False)
        self.join.setChecked(decision == "join")
        self.apart.setChecked(decision == "apart")
        self._group.setExclusive(True)

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 6, 16, 7)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(1)
        grid.addWidget(self.written, 0, 0)
        grid.addWidget(self.name, 0, 1)
        grid.addWidget(self.pill, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.count, 1, 0)
        grid.addWidget(self.why, 1, 1)
        choices = QHBoxLayout()
        choices.setSpacing(14)
        choices.addWidget(self.join)
        choices.addWidget(self.apart)
        grid.addLayout(choices, 0, 3, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.setColumnMinimumWidth(2, 88)


class ImportAgencies(Group):
    """All proposals of a list.

    Attributes:
        chosen: What was decided, by spelling.
    """

    chosen = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Agencies that seem to be one", _WORDS, parent)
        self.join_all = button("&Join all", self._join_all)
        self.add_action(self.join_all)
        self.lines: dict[str, AgencyLine] = {}
        self._seemed: dict[str, AgencyChoice] = {}
        self._sure: list[AgencyChoice] = []

    def forget(self) -> None:
        """Another list comes."""
        self._seemed = {}
        self.lines = {}

    def show_agencies(
        self, agencies: Sequence[AgencyChoice], decided: Mapping[str, AgencyDecision]
    ) -> int:
        """Show the proposals; gives how many wait for a decision."""
        for one in agencies:
            if one.is_open:
                self._seemed[one.key] = one
        shown = [
            self._with_proposal(one) for one in proposals(agencies, decided) if self._asks(one)
        ]
        self._sure = sure(agencies)
        open_ones = sum(one.is_open for one in shown)
        self.setVisible(bool(shown))
        self.join_all.setVisible(bool(self._sure))
        count = len(self._sure)
        self.join_all.setText(
            f"&Join all {count}" if count == open_ones else f"&Join the {count} likely ones"
        )
        self._show_lines(shown if len(shown) <= LISTED else _most_open(shown))
        return open_ones

    def _show_lines(self, shown: Sequence[AgencyChoice]) -> None:
        """Show the lines; those that stay keep the focus that they have."""
        if list(self.lines) == [one.key for one in shown]:
            for one in shown:
                self.lines[one.key].show_decision(one.decision)
            return
        self.begin_lines()
        self.lines = {}
        for one in shown:
            line = self.lines[one.key] = AgencyLine(one)
            line.decided.connect(lambda written, what: self.chosen.emit({written: what}))
            self.add_line(line)

    def _asks(self, one: AgencyChoice) -> bool:
        return one.is_open or one.key in self._seemed

    def _with_proposal(self, one: AgencyChoice) -> AgencyChoice:
        """A decided spelling, with what it was asked about."""
        if one.is_open or one.key not in self._seemed:
            return one
        return replace(self._seemed[one.key], decision=one.decision)

    def _join_all(self) -> None:
        self.chosen.emit(
            {
                one.written: one.name if one.agency_id is None else one.agency_id
                for one in self._sure
            }
        )


def _most_open(shown: Sequence[AgencyChoice]) -> list[AgencyChoice]:
    """As many as fit, those that nobody has decided first."""
    return sorted(shown, key=lambda one: not one.is_open)[:LISTED]


def _confidence(choice: AgencyChoice) -> Pill:
    """How sure it is that a spelling is that agency, in a word with a shape."""
    percent = f"{round(choice.confidence * 100)} %"
    if choice.confidence >= CERTAIN:
        return Pill(f"Likely {percent}", "good", "full")
    return Pill(f"Perhaps {percent}", "care", "half")

"""The modules of a block: titles, minutes and credit areas that add up to the block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cit_desktop import catalogs
from cit_desktop.services.classes import PartView
from cit_desktop.services.layout import PartPlan
from ui import theme
from ui.pages.classes.words import AREAS
from ui.widgets.button import button, icon_button
from ui.widgets.fields import ComboBox, SpinBox
from ui.widgets.label import TextLabel


@dataclass
class _Line:
    box: QWidget
    title: QLineEdit
    minutes: SpinBox
    area: ComboBox
    delivery: str


class PartsEditor(QWidget):
    """Tells the modules once they add up to the block and are saved."""

    changed = Signal(list)  # of PartPlan

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[_Line] = []
        self._total = 0
        self._given: list[PartPlan] = []
        self._locked = False
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.sum = TextLabel("", role="soft", points=theme.SMALL, wrap=True)
        self.add = button("Add a mo&dule", self._add_empty)
        self.save = button("&Save modules", self._save)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.add)
        foot.addWidget(self.save)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._rows)
        column.addWidget(self.sum)
        column.addLayout(foot)

    def show_parts(self, parts: Sequence[PartView], total: int, *, locked: bool) -> None:
        """Show what is taught; ``total`` is what the minutes have to add up to."""
        while self.lines:
            self._drop(self.lines[-1])
        self._total, self._locked = total, locked
        for part in parts:
            self._append(PartPlan(part.title, part.minutes, part.delivery, part.area))
        self._given = self.plans()
        self.add.setVisible(not locked)
        self._count()

    def plans(self) -> list[PartPlan]:
        """What the lines say now."""
        return [
            PartPlan(
                " ".join(line.title.text().split()),
                line.minutes.value(),
                line.delivery,
                str(line.area.currentData()),
            )
            for line in self.lines
        ]

    def say(self, problem: str) -> None:
        """Say what was refused; nothing shows the sum again."""
        if problem:
            self.sum.set_role("wrong")
            self.sum.setText(problem)
        else:
            self._count()

    def _append(self, part: PartPlan) -> _Line:
        box = QWidget()
        line = _Line(
            box,
            QLineEdit(part.title, placeholderText="Title"),
            SpinBox(1, 1440, " min"),
            ComboBox([(key, AREAS[key]) for key in catalogs.AREAS]),
            part.delivery,
        )
        line.title.setCursorPosition(0)
        line.minutes.setValue(part.minutes)
        line.area.choose(part.area)
        line.minutes.setFixedWidth(100)
        line.area.setMaximumWidth(130)
        names = {line.title: "Module", line.minutes: "Minutes", line.area: "Credit area"}
        for widget, name in names.items():
            widget.setAccessibleName(f"{name} {len(self.lines) + 1}")
            widget.setEnabled(not self._locked)
        drop = icon_button("close", "Remove this module", lambda: self._removed(line), size=12)
        if self._locked:
            drop.hide()
        below = QHBoxLayout()
        below.setSpacing(6)
        for widget in (line.minutes, line.area):
            below.addWidget(widget)
        below.addStretch(1)
        below.addWidget(drop)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        column.addWidget(line.title)
        column.addLayout(below)
        self._rows.addWidget(box)
        self.lines.append(line)
        line.title.textEdited.connect(lambda _text: self._count())
        line.minutes.valueChanged.connect(lambda _value: self._count())
        line.area.activated.connect(lambda _place: self._count())
        return line

    def _add_empty(self) -> None:
        left = self._total - sum(plan.minutes for plan in self.plans())
        line = self._append(PartPlan("", max(1, left), "lecture", "technical"))
        self._count()
        line.title.setFocus()

    def _removed(self, line: _Line) -> None:
        self._drop(line)
        self._count()

    def _drop(self, line: _Line) -> None:
        self.lines.remove(line)
        self._rows.removeWidget(line.box)
        line.box.hide()
        line.box.deleteLater()

    def _count(self) -> None:
        """Say the sum, and offer to save what differs and adds up."""
        plans = self.plans()
        total = sum(plan.minutes for plan in plans)
        fits = total == self._total and all(plan.title for plan in plans)
        self.sum.set_role("soft" if total == self._total else "care")
        self.sum.setText(f"{total} of {self._total} minutes of the block")
        self.save.setVisible(not self._locked and plans != self._given)
        self.save.setEnabled(fits)

    def _save(self) -> None:
        self.changed.emit(self.plans())

"""The fields of a design of certificates; what is wrong is said at its field while one types."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cit_desktop.documents.design import PARTS, SHIFT_MOST, Design
from ui import theme
from ui.pages.design.color import ColorField
from ui.pages.design.wording import LABELS, WordingFields
from ui.pages.settings.picture import PictureField
from ui.pages.settings.section import card, form
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.fields import ComboBox, Millimeters
from ui.widgets.label import TextLabel

TEMPLATES: Final = {
    "classic": "Classic, with an engraved border",
    "modern": "Modern",
    "plain": "Plain, for pre-printed stock",
}
PAPERS: Final = {"letter": "US letter", "a4": "A4"}
_STOCK = (
    "Only text is printed, where the stock has room for it. Print a test page on plain paper and "
    "hold it against the stock: it says by how much to move the text."
)
_PARTS = "What is not ticked is left out."


class DesignForm(QWidget):
    """All fields of a design.

    Attributes:
        seal: SHA-256 of the seal's picture, or an empty text.
        problems: The labels for what is wrong, by field.
    """

    edited = Signal()
    seal_picked = Signal(Path)
    seal_removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seal = ""
        self.problems: dict[str, TextLabel] = {}
        self.template = ComboBox(TEMPLATES.items())
        self.paper = ComboBox(PAPERS.items())
        for box in (self.template, self.paper):
            box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.accent, self.ink = ColorField("Accent color"), ColorField("Text color")
        self.seal_field = PictureField("the seal", QSize(48, 48))
        self.right, self.up = Millimeters(SHIFT_MOST), Millimeters(SHIFT_MOST)
        self.test_page = button("Save test pa&ge…")
        self.wording = WordingFields()
        self.approval = QLineEdit(placeholderText="As the chapter has it")
        self.parts = {key: QCheckBox(name) for key, name in PARTS.items()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        self.stock = self._build_stock()
        for part in (self._build_look(), self.stock, self.wording, self._build_parts()):
            column.addWidget(part)
        column.addStretch(1)
        self._connect()

    def _build_look(self) -> Card:
        made = card("Look")
        grid = form()
        grid.setColumnMinimumWidth(0, LABELS)
        self._row(grid, "&Template", "Template", self.template, "template")
        self._row(grid, "Paper si&ze", "Paper size", self.paper, "paper")
        self._row(grid, "Accent co&lor", "", self.accent, "accent")
        self._row(grid, "Te&xt color", "", self.ink, "ink")
        self._row(grid, "Seal", "", self.seal_field, "seal")
        made.body.addLayout(grid)
        return made

    def _build_stock(self) -> Card:
        made = card("Pre-printed stock", _STOCK)
        grid = form()
        grid.setColumnMinimumWidth(0, LABELS)
        self._row(grid, "Move &right", "Move right, in millimeters", self.right, "right")
        self._row(grid, "Move &up", "Move up, in millimeters", self.up, "up")
        grid.addWidget(self.test_page, grid.rowCount(), 1)
        grid.setColumnStretch(1, 0)
        grid.setColumnStretch(2, 1)
        made.body.addLayout(grid)
        return made

    def _build_parts(self) -> Card:
        made = card("What is printed", _PARTS)
        grid = form()
        grid.setColumnMinimumWidth(0, LABELS)
        self._row(grid, "A&pproval text", "Approval text", self.approval, "approval")
        made.body.addLayout(grid)
        made.body.addSpacing(6)
        boxes = QGridLayout()
        boxes.setHorizontalSpacing(16)
        for place, box in enumerate(self.parts.values()):
            boxes.addWidget(box, place // 2, place % 2)
        made.body.addLayout(boxes)
        return made

    def _row(self, grid: QGridLayout, text: str, name: str, field: QWidget, key: str) -> None:
        label = TextLabel(text, role="soft")
        label.setBuddy(field)
        if name:
            field.setAccessibleName(name)
        problem = self.problems[key] = TextLabel("", role="wrong", points=theme.SMALL, wrap=True)
        problem.hide()
        row = grid.rowCount()
        grid.addWidget(label, row, 0)
        grid.addWidget(field, row, 1)
        grid.addWidget(problem, row + 1, 1)

    def _connect(self) -> None:
        for box in (self.template, self.paper):
            box.currentIndexChanged.connect(lambda _place: self._told())
        for color in (self.accent, self.ink):
            color.edited.connect(self._told)
        for spin in (self.right, self.up):
            spin.valueChanged.connect(lambda _value: self._told())
        self.approval.textEdited.connect(lambda _text: self._told())
        for check in self.parts.values():
            check.clicked.connect(self._told)
        self.wording.edited.connect(self._told)
        self.seal_field.picked.connect(self.seal_picked)
        self.seal_field.removed.connect(self.seal_removed)

    def _told(self) -> None:
        self.stock.setVisible(self.template.currentData() == "plain")
        self.edited.emit()

    def show_design(self, design: Design, seal: bytes) -> None:
        """Show a design and the picture of its seal; nothing is told as edited."""
        self.blockSignals(True)
        self.template.choose(design.template)
        self.paper.choose(design.paper)
        self.accent.set_text(design.accent)
        self.ink.set_text(design.ink)
        self.show_seal(design.seal, seal)
        self.right.setValue(design.right)
        self.up.setValue(design.up)
        self.approval.setText(design.approval)
        for key, box in self.parts.items():
            box.setChecked(key not in design.hidden)
        self.wording.show_design(design)
        self.stock.setVisible(design.template == "plain")
        self.blockSignals(False)

    def show_seal(self, sha256: str, picture: bytes) -> None:
        """Show the picture of a seal, or none."""
        self.seal = sha256
        self.seal_field.show_data(picture)

    def design(self) -> Design:
        """The design as the fields say, right or wrong."""
        made = Design(
            template=self.template.currentData(),
            paper=self.paper.currentData(),
            accent=self.accent.text(),
            ink=self.ink.text(),
            seal=self.seal,
            approval=self.approval.text(),
            hidden=tuple(key for key, box in self.parts.items() if not box.isChecked()),
            right=self.right.value(),
            up=self.up.value(),
        )
        return self.wording.into(made)

    def show_problems(self, problems: dict[str, str]) -> None:
        """Say what is wrong at the fields; those that are right say nothing."""
        for key, label in self.problems.items():
            label.setText(problems.get(key, ""))
            label.setVisible(key in problems)
        self.wording.show_problems(problems)

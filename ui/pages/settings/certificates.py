"""Settings of certificates: their numbers, the way to their design, and the key that signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cit_desktop import clock
from cit_desktop.errors import Refused
from cit_desktop.services import chapters, numbering
from ui import theme
from ui.context import Context
from ui.pages.design import draft
from ui.pages.settings.key import KeyCard
from ui.pages.settings.section import Section, card, form
from ui.widgets.button import button
from ui.widgets.label import TextLabel

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

_TEXT = (
    "How the numbers of new certificates are made. Those that were issued keep theirs, and no "
    "number is ever given twice."
)
_PARTS = (
    ("{chapter}", "the chapter's code"),
    ("{year}", "the year of issue"),
    ("{seq:04}", "a counter of at least four digits, from 1 each year"),
)


_DESIGN = (
    "Template, paper, colors, seal, wording and what is printed, with a sample that follows while "
    "you type. Certificates that were issued stay as they are."
)
_UNSAVED = "It was changed and not saved yet: new certificates have the design from before."


class CertificatesSection(Section):
    """The pattern, with the number it gives next; and the design."""

    design_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.code, self._chapter = "CIT", ""
        self.pattern = QLineEdit()
        self.pattern.setFixedWidth(360)
        self.example = TextLabel("", bold=True)
        self.problem = TextLabel("", role="wrong", points=theme.SMALL, wrap=True)
        self.usual = button("&Use the usual pattern", self._use_usual, kind="link")
        numbers = card("Certificate numbers", _TEXT)
        grid = form()
        label = TextLabel("&Pattern", role="soft")
        label.setBuddy(self.pattern)
        self.pattern.setAccessibleName("Pattern of certificate numbers")
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.pattern, 0, 1)
        grid.addWidget(self.problem, 1, 1)
        grid.addWidget(TextLabel("Next number", role="soft"), 2, 0)
        grid.addWidget(self.example, 2, 1)
        for row, (part, meaning) in enumerate(_PARTS, 3):
            grid.addWidget(TextLabel(part, role="soft"), row, 0)
            grid.addWidget(TextLabel(meaning, role="soft", wrap=True), row, 1)
        grid.setColumnStretch(1, 0)
        grid.setColumnStretch(2, 1)
        numbers.body.addLayout(grid)
        numbers.body.addSpacing(4)
        numbers.body.addWidget(self.usual)
        design = card("Design", _DESIGN)
        self.design = button("&Design of certificates…", self.design_wanted.emit)
        design.body.addWidget(self.design, 0, Qt.AlignmentFlag.AlignLeft)
        self.unsaved = TextLabel(_UNSAVED, role="care", points=theme.SMALL, wrap=True)
        self.unsaved.hide()
        design.body.addWidget(self.unsaved)
        self.column.addWidget(numbers)
        self.column.addWidget(design)
        self.key = KeyCard(context)
        self.key.said.connect(self.said)
        self.column.addWidget(self.key)
        self.column.addStretch(1)
        self.pattern.textEdited.connect(lambda _text: self._preview())
        self.pattern.editingFinished.connect(self._keep)

    @override
    def refresh(self, changes: Changes | None) -> None:
        with self.context.db.read() as session:
            chapter = chapters.current(session)
            stored = numbering.pattern(session)
            year = clock.today().year
            coming = numbering.upcoming(session, chapter.id, year, 1) if chapter else []
        self.code = chapter.code if chapter is not None else "CIT"
        self._chapter = chapter.uid if chapter is not None else ""
        self._say_unsaved()
        self.key.show_chapter(chapter.id if chapter is not None else 0)
        self._stored, self._coming = stored, coming
        if not self.pattern.hasFocus() or changes is None:
            self.pattern.setText(stored)
        self._preview()
        self.pattern.setReadOnly(self.context.db.readonly)

    def _say_unsaved(self) -> None:
        self.unsaved.setVisible(draft.kept(self.context.preferences, self._chapter) is not None)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._say_unsaved()
        super().showEvent(event)

    def _preview(self) -> None:
        text = self.pattern.text().strip()
        self.usual.setVisible(text != numbering.USUAL and not self.context.db.readonly)
        try:
            numbering.check_pattern(text)
        except Refused as error:
            self.example.setText("–")
            self.problem.setText(str(error))
            self.problem.show()
            return
        self.problem.hide()
        same = text == self._stored and self._coming
        year = clock.today().year
        number = self._coming[0] if same else numbering.rendered(text, self.code, year, 1)
        self.example.setText(number)

    def _keep(self) -> None:
        text = self.pattern.text().strip()
        if text != self._stored:
            self.act("Change certificate numbers", numbering.set_pattern, text)

    def _use_usual(self) -> None:
        self.pattern.setText(numbering.USUAL)
        self._keep()

    @override
    def show_problems(self, problems: dict[str, str]) -> bool:
        if "pattern" not in problems:
            return False
        self._preview()
        self.pattern.setFocus()
        return True

"""About: version, where the records are, checking them, and the chapters of the file."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cit_desktop import __version__, paths
from cit_desktop.db import Database
from cit_desktop.services import chapters, check
from cit_desktop.services.chapters import ChapterDraft, ChapterView
from cit_desktop.services.findings import Finding
from ui import format as fmt
from ui.context import Context
from ui.pages.settings.section import Section, card, form
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import TextLabel

if TYPE_CHECKING:
    from cit_desktop.journal import Changes
    from ui.jobs import Job

MOST_SHOWN = 100
_CHECK = "Looks for anything in the records that contradicts itself, and changes nothing."
_CHAPTERS = "Several chapters can be kept in one file. New classes belong to the chosen one."


def run_check(db: Database) -> list[Finding]:
    """What is not as it should be, errors first."""
    with db.read() as session:
        return check.run(session)


class AboutSection(Section):
    """What this program and these records are.

    Attributes:
        findings: The labels of what the last check found.
        job: The check that runs now.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.job: Job | None = None
        self.findings: list[TextLabel] = []
        self.column.addWidget(self._build_facts())
        self.column.addWidget(self._build_check())
        self.column.addWidget(self._build_chapters())
        self.column.addStretch(1)

    def _build_facts(self) -> Card:
        made = card("CIT Desktop")
        grid = form()
        facts = (
            (
                "Version",
                f"{__version__} · Python {platform.python_version()} · Qt {PySide6.__version__}",
            ),
            ("Records", str(self.context.db.path)),
            ("Backups", str(paths.backup_folder(self.context.db.path))),
            ("Log", str(paths.log_folder())),
        )
        for row, (title, text) in enumerate(facts):
            value = TextLabel(text, wrap=True)
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            value.setAccessibleName(title)
            grid.addWidget(TextLabel(title, role="soft"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        made.body.addLayout(grid)
        return made

    def _build_check(self) -> Card:
        made = card("Check records", _CHECK)
        self.check = button("Chec&k now", self.run)
        self.outcome = TextLabel("", role="soft")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.check)
        row.addWidget(self.outcome, 1)
        made.body.addLayout(row)
        self.found = QVBoxLayout()
        self.found.setSpacing(6)
        made.body.addLayout(self.found)
        return made

    def _build_chapters(self) -> Card:
        self.chapters_card = made = card("Chapters in this file", _CHAPTERS)
        self.chapters = QGridLayout()
        self.chapters.setHorizontalSpacing(12)
        self.chapters.setColumnStretch(0, 1)
        made.body.addLayout(self.chapters)
        self.new_name = QLineEdit(placeholderText="Name of another chapter")
        self.new_name.setAccessibleName("Name of another chapter")
        self.add = button("Add ch&apter", self._add)
        self.new_name.returnPressed.connect(self._add)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.new_name, 1)
        row.addWidget(self.add)
        made.body.addSpacing(4)
        made.body.addLayout(row)
        return made

    @override
    def refresh(self, changes: Changes | None) -> None:
        with self.context.db.read() as session:
            current, found = chapters.current(session), chapters.chapters(session)
        while (item := self.chapters.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for row, chapter in enumerate(found):
            self._list_chapter(row, chapter, current is not None and current.id == chapter.id)
        for widget in (self.new_name, self.add):
            widget.setEnabled(not self.context.db.readonly)

    def _list_chapter(self, row: int, chapter: ChapterView, chosen: bool) -> None:
        text = f"{chapter.name} · {chapter.code}"
        self.chapters.addWidget(TextLabel(text, bold=chosen), row, 0)
        if chosen:
            self.chapters.addWidget(TextLabel("Chosen", role="accent"), row, 1)
            return
        choose = button("Work for this one", partial(self._choose, chapter), kind="link")
        choose.setAccessibleName(f"Work for {chapter.name}")
        choose.setEnabled(not self.context.db.readonly)
        self.chapters.addWidget(choose, row, 1)

    def _choose(self, chapter: ChapterView) -> None:
        if self.act("Choose chapter", chapters.set_current, chapter.id):
            self.done.emit(f"New classes belong to {chapter.name} now.")

    def _add(self) -> None:
        name = self.new_name.text().strip()
        if not name:
            self.new_name.setFocus()
            return
        with self.context.db.read() as session:
            known = chapters.current(session)
        state, word = (known.state, known.word) if known is not None else ("", "chapter")
        draft = ChapterDraft(name=name, state=state, word=word)
        if self.act("Add chapter", chapters.create, draft):
            self.new_name.clear()
            self.done.emit(f"{name} was added.")

    def run(self) -> None:
        """Check the records beside the window."""
        if self.job is not None:
            return
        self.check.setEnabled(False)
        self.outcome.setText("Checking…")
        self.job = self.context.commands.run("Checking the records", run_check, self.context.db)
        self.job.done.connect(self._show_findings)
        self.job.finished.connect(self._checked)

    def _checked(self) -> None:
        self.job = None
        self.check.setEnabled(True)
        if self.outcome.text() == "Checking…":
            self.outcome.setText("")

    def _show_findings(self, found: Sequence[Finding]) -> None:
        for old in self.findings:
            self.found.removeWidget(old)
            old.deleteLater()
        self.findings = []
        self.outcome.set_role("care" if found else "good")
        more = f", the first {MOST_SHOWN} are listed" if len(found) > MOST_SHOWN else ""
        count = fmt.plural(len(found), "finding")
        self.outcome.setText(f"{count}{more}" if found else "The records are sound")
        for finding in found[:MOST_SHOWN]:
            word = "Error" if finding.severity == "error" else "Look at it"
            role = "wrong" if finding.severity == "error" else "care"
            text = f"{word}: {finding.sentence} {finding.hint}".strip()
            label = TextLabel(text, role=role, wrap=True)  # type: ignore[arg-type]
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.findings.append(label)
            self.found.addWidget(label)

"""The first step of an import: the file, its sheet, and the class that people come into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QVBoxLayout, QWidget

from cit_desktop.db import Database
from cit_desktop.imports.types import SourceTable, Workbook
from cit_desktop.services import classes
from cit_desktop.services.class_views import ClassFilter
from ui.pages import import_words as words
from ui.saving import FileDialogs
from ui.widgets.button import set_kind
from ui.widgets.card import Card
from ui.widgets.drop_zone import DropZone
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import ComboBox
from ui.widgets.label import ElidedLabel, TextLabel

_KINDS = "Lists (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt);;All files (*)"
_EMPTY = (
    "Drop a list here",
    "An Excel workbook, an OpenDocument sheet, a CSV or text file: a form's answers, an agency's "
    "sign-up sheet. Rows copied from a sheet or an e-mail can be pasted with Ctrl+V. "
    "The file itself is never changed.",
    "&Choose a file…",
)
_ANOTHER = ("Drop another list here", "It takes the place of this one.", "&Choose another file…")
_FIELD_WIDTH = 520


class ImportDialogs(FileDialogs):
    """Asks for the file to read, too."""

    def open(self, parent: QWidget, folder: Path, chosen: Callable[[Path], object]) -> None:
        """Ask for one list."""
        dialog = QFileDialog(parent, "Choose a list", str(folder), _KINDS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._open(dialog, chosen)


class ImportSource(QWidget):
    """Says where a list comes from and what was found in it.

    Attributes:
        file_wanted: Somebody wants to choose a file.
    """

    file_wanted = Signal()
    sheet_chosen = Signal(str)
    class_chosen = Signal(object)  # id or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zone = DropZone()
        self.empty = EmptyState("import", *_EMPTY)
        self.zone.body.addWidget(self.empty)
        self.name = ElidedLabel("", points=12, bold=True)
        self.found = TextLabel("", wrap=True)
        self.notes = TextLabel("", role="soft", wrap=True)
        self.sheet = ComboBox()
        self.sheet.setAccessibleName("Sheet")
        self.into = ComboBox()
        self.into.setAccessibleName("Class to enroll the people in")
        for box in (self.sheet, self.into):
            box.setFixedWidth(_FIELD_WIDTH)
        self.facts = self._build_facts()
        self.card = Card(margin=20)
        self.card.body.setSpacing(14)
        self.card.body.addWidget(self.facts)
        self.card.body.addLayout(self._build_form())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.card)
        column.addWidget(self.zone, 1)
        self._connect()
        self.show_table(None, None)

    def _build_facts(self) -> QWidget:
        facts = QWidget()
        column = QVBoxLayout(facts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.name, self.found, self.notes):
            column.addWidget(part)
        return facts

    def _build_form(self) -> QFormLayout:
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(10)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.sheet_label = self._label("Shee&t", self.sheet)
        self.into_label = self._label("Enr&oll in", self.into)
        self.form.addRow(self.sheet_label, self.sheet)
        self.form.addRow(self.into_label, self.into)
        return self.form

    def _label(self, text: str, field: QWidget) -> TextLabel:
        made = TextLabel(text, role="soft")
        made.setBuddy(field)
        made.setMinimumWidth(72)
        return made

    def _connect(self) -> None:
        self.empty.acted.connect(self.file_wanted)
        self.sheet.activated.connect(lambda _n: self.sheet_chosen.emit(self.sheet.currentData()))
        self.into.activated.connect(lambda _n: self.class_chosen.emit(self.into.currentData()))

    def show_classes(self, db: Database, chosen: int | None) -> dict[int, str]:
        """Offer the open classes, with the chosen one chosen; gives their titles by id."""
        with db.read() as session:
            ids = classes.ids(session, ClassFilter(status="open"))
            if chosen is not None and chosen not in ids:
                ids.append(chosen)
            rows = classes.rows(session, ids)
        found = {key: f"{rows[key].title} · {rows[key].code}" for key in ids if key in rows}
        with QSignalBlocker(self.into):
            self.into.clear()
            self.into.addItem("No class: only take the people in", None)
            for class_id, title in found.items():
                self.into.addItem(title, class_id)
            if not self.into.choose(chosen):
                self.into.setCurrentIndex(0)
        return found

    def show_table(self, book: Workbook | None, table: SourceTable | None) -> None:
        """Show what was found in a file; without one, ask for it."""
        self.facts.setVisible(table is not None)
        for part in (self.sheet, self.sheet_label):
            part.setVisible(book is not None and len(book.sheets) > 1)
        if book is None or table is None:
            set_kind(self.empty.action, "primary")
            self.empty.say(*_EMPTY)
            return
        self.name.setText(book.source)
        self.found.setText(words.found(table))
        told = list(table.notes)
        if table.titles:
            told.append(f"Above the list: “{'”, “'.join(table.titles)}”.")
        self.notes.setText("\n".join(told))
        self.notes.setVisible(bool(told))
        with QSignalBlocker(self.sheet):
            self.sheet.clear()
            for one in book.sheets:
                self.sheet.addItem(f"{one.name} (hidden)" if one.hidden else one.name, one.name)
            self.sheet.choose(table.sheet)
        set_kind(self.empty.action, "plain")
        self.empty.say(*_ANOTHER)

"""The first step of an import: the file, its sheet, and the class that people come into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QVBoxLayout, QWidget

from cit_desktop.db import Database
from cit_desktop.imports.intake import Decisions, Opened
from cit_desktop.imports.types import SourceTable, Workbook
from cit_desktop.services import classes
from cit_desktop.services.class_views import ClassFilter
from ui import format as fmt
from ui.pages.imports import telling, words
from ui.saving import FileDialogs
from ui.widgets.button import set_kind
from ui.widgets.card import Card
from ui.widgets.drop_zone import DropZone
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import ComboBox
from ui.widgets.label import ElidedLabel, TextLabel

_KINDS = "Lists (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt *.html *.htm);;All files (*)"
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
    sheet_chosen = Signal(object, bool)  # name, and whether those that look like it are read, too
    purpose_chosen = Signal(str)
    class_chosen = Signal(object)  # id or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zone = DropZone()
        self.empty = EmptyState("import", *_EMPTY)
        self.zone.body.addWidget(self.empty)
        self.name = ElidedLabel("", points=12, bold=True)
        self.found = TextLabel("", wrap=True)
        self.notes = TextLabel("", role="soft", wrap=True)
        self.purpose = ComboBox(telling.PURPOSES.items())
        self.purpose.setAccessibleName("What the list is")
        self.sheet = ComboBox()
        self.sheet.setAccessibleName("Sheet")
        self.into = ComboBox()
        self.into.setAccessibleName("Class that the list is for")
        for box in (self.purpose, self.sheet, self.into):
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
        self._main: str | None = None
        self.show_opened(None, Decisions())

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
        self.into_label = self._label("C&lass", self.into)
        self.purpose_label = self._label("&What is it", self.purpose)
        self.form.addRow(self.purpose_label, self.purpose)
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
        self.purpose.activated.connect(
            lambda _n: self.purpose_chosen.emit(self.purpose.currentData())
        )
        self.sheet.activated.connect(lambda _n: self._choose_sheet(self.sheet.currentData()))
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
            self.into.addItem("No class", None)
            for class_id, title in found.items():
                self.into.addItem(title, class_id)
            if not self.into.choose(chosen):
                self.into.setCurrentIndex(0)
        return found

    def _choose_sheet(self, name: str | None) -> None:
        self.sheet_chosen.emit(self._main if name is None else name, name is None)

    def show_opened(self, opened: Opened | None, decided: Decisions) -> None:
        """Show what was found in a file; without one, ask for it."""
        book = opened.book if opened is not None else None
        table = opened.table if opened is not None else None
        self.facts.setVisible(opened is not None)
        several = table is not None and book is not None and len(book.sheets) > 1
        for part in (self.sheet, self.sheet_label):
            part.setVisible(several)
        for part in (self.purpose, self.purpose_label):
            part.setVisible(table is not None)
        came_back = opened is not None and table is None
        for part in (self.into, self.into_label):
            part.setVisible(not came_back and decided.purpose != "history")
        self.purpose.choose(decided.purpose)
        if opened is None or book is None:
            set_kind(self.empty.action, "primary")
            self.empty.say(*_EMPTY)
            return
        self.name.setText(book.source)
        self.found.setText(_found(opened))
        told = [] if table is None else list(table.notes)
        if table is not None and table.titles:
            told.append(f"Above the list: “{'”, “'.join(table.titles)}”.")
        self.notes.setText("\n".join(told))
        self.notes.setVisible(bool(told))
        if table is not None and several:
            self._list_sheets(book, table)
        set_kind(self.empty.action, "plain")
        self.empty.say(*_ANOTHER)

    def _list_sheets(self, book: Workbook, table: SourceTable) -> None:
        self._main = (table.sheets or (table.sheet,))[0]
        with QSignalBlocker(self.sheet):
            self.sheet.clear()
            for one in book.sheets:
                self.sheet.addItem(words.sheet(one), one.name)
            count = f" ({len(table.sheets)})" if table.sheets else ""
            self.sheet.addItem(f"All sheets that look alike{count}", None)
            self.sheet.choose(None if table.sheets else table.sheet)


def _found(opened: Opened) -> str:
    """What was found in a file, in a sentence."""
    if opened.returned is not None:
        rows = fmt.plural(len(opened.returned.lines), "row")
        return f"{telling.RETURNED}: {rows} of the {opened.returned.kind} list."
    return "" if opened.table is None else words.found(opened.table)

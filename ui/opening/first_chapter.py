"""The three questions of a first start: who, where, and who signs. Each can be skipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui import theme
from ui.widgets.button import button
from ui.widgets.county_list import CountyList
from ui.widgets.label import ElidedLabel, TextLabel

WORDS = ("chapter", "council", "program")
STEPS = ("Who keeps these records?", "Where do you train?", "Who signs certificates?")
_HINTS = (
    "The name stands on every roster and certificate.",
    "The counties are offered wherever a place is asked for.",
    "One to three people. Pictures of signatures can be added in Settings.",
)


class FirstChapter(QWidget):
    """Asks for the name and word, the state and counties, and who signs."""

    finished = Signal(object, object)  # Path, fields of a ChapterDraft
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = TextLabel("", points=theme.TITLE, bold=True)
        self.hint = TextLabel("", role="soft", wrap=True)
        self.steps = QStackedWidget()
        self.problem = TextLabel("", role="wrong", wrap=True)
        self.problem.hide()
        self._folder: Path | None = None
        for page in (self._build_who(), self._build_where(), self._build_signers()):
            self.steps.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.heading, self.hint, self.steps, self.problem):
            column.addWidget(part)
        column.addLayout(self._build_buttons())
        self.show_step(0)

    def _build_who(self) -> QWidget:
        self.name = QLineEdit(placeholderText="Ozark Ridge CIT Council")
        self.name.setAccessibleName("Name")
        self.word = QComboBox()
        for word in WORDS:
            self.word.addItem(word.capitalize(), word)
        self.place = ElidedLabel("", role="soft")
        self.change_place = button("Chan&ge…", self._choose_folder, kind="link")
        where = QHBoxLayout()
        where.addWidget(self.place, 1)
        where.addWidget(self.change_place)
        self.name.textChanged.connect(lambda _text: self._show_place())
        form = _form()
        form.addRow("Na&me", self.name)
        form.addRow("It calls itself &a", self.word)
        form.addRow("Kept in", where)
        return _page(form)

    def _build_where(self) -> QWidget:
        from cit_desktop import catalogs

        self.state = QComboBox()
        for state in catalogs.states():
            self.state.addItem(state.name, state.code)
        self.state.setCurrentIndex(self.state.findData("MO"))
        self.counties = CountyList()
        self.counties.list.setMinimumHeight(220)
        self.state.currentIndexChanged.connect(lambda _index: self._list_counties())
        form = _form()
        form.addRow("&State", self.state)
        label = TextLabel("&Counties")
        label.setBuddy(self.counties)
        form.addRow(label, self.counties)
        self._list_counties()
        return _page(form)

    def _list_counties(self) -> None:
        self.counties.show_state(self.state.currentData())

    def _build_signers(self) -> QWidget:
        form = _form()
        self.signers: list[tuple[QLineEdit, QLineEdit]] = []
        for number, sample in enumerate(("Lt. Dana Reyes", "", ""), 1):
            name = QLineEdit(placeholderText=sample)
            title = QLineEdit(placeholderText="Coordinator" if number == 1 else "Title")
            name.setAccessibleName(f"Name of signer {number}")
            title.setAccessibleName(f"Title of signer {number}")
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(name, 3)
            row.addWidget(title, 2)
            label = TextLabel(f"&{number}. Name and title")
            label.setBuddy(name)
            form.addRow(label, row)
            self.signers.append((name, title))
        return _page(form)

    def _build_buttons(self) -> QHBoxLayout:
        self.back = button("&Back", self._go_back)
        self.skip = button("S&kip the rest", self._finish, kind="quiet")
        self.forward = button("&Next", self._go_on, kind="primary")
        self.forward.setDefault(True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 12, 0, 0)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.skip)
        row.addWidget(self.forward)
        others = (field for pair in self.signers for field in pair)
        for field in (self.name, self.counties.typed, *others):
            field.returnPressed.connect(self._go_on)
        return row

    def start(self) -> None:
        """Begin with the first question."""
        self.show_step(0)
        self._show_place()
        self.name.setFocus()

    def show_step(self, step: int) -> None:
        """Show one of the three questions."""
        self.steps.setCurrentIndex(step)
        self.heading.setText(STEPS[step])
        self.hint.setText(_HINTS[step])
        last = step == len(STEPS) - 1
        self.forward.setText("Be&gin" if last else "&Next")
        self.skip.setVisible(not last)
        self.problem.hide()
        first = (self.name, self.state, self.signers[0][0])[step]
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_back(self) -> None:
        if self.steps.currentIndex() == 0:
            self.cancelled.emit()
        else:
            self.show_step(self.steps.currentIndex() - 1)

    def _go_on(self) -> None:
        step = self.steps.currentIndex()
        if step == len(STEPS) - 1:
            self._finish()
        else:
            self.show_step(step + 1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        path = self.path()
        if path.exists():
            self.show_step(0)
            self.problem.setText(
                f"There is a file “{path.name}” in that folder already. Choose another name or "
                "folder, or open that file instead."
            )
            self.problem.show()
            return
        self.finished.emit(path, self.draft())

    def draft(self) -> dict[str, Any]:
        """What was answered, as the fields of a ``ChapterDraft``."""
        return {
            "name": self._name(),
            "word": self.word.currentData(),
            "state": self.state.currentData(),
            "counties": self.counties.counties(),
            "signers": [
                {"name": name.text().strip(), "title": title.text().strip()}
                for name, title in self.signers
                if name.text().strip()
            ],
        }

    def _name(self) -> str:
        return self.name.text().strip() or f"My CIT {self.word.currentData()}"

    def path(self) -> Path:
        """Where the file will be made."""
        from cit_desktop.exports.files import safe_name
        from cit_desktop.paths import SUFFIX, documents_folder

        folder = self._folder or documents_folder()
        return folder / f"{safe_name(self._name())}{SUFFIX}"

    def _show_place(self) -> None:
        self.place.setText(str(self.path()))

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, "Folder for the records")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._take_folder)
        dialog.open()

    def _take_folder(self, name: str) -> None:
        self._folder = Path(name)
        self._show_place()


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setContentsMargins(0, 12, 0, 0)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(10)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _page(form: QFormLayout) -> QWidget:
    page = QWidget()
    page.setLayout(form)
    return page

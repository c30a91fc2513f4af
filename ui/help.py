"""Help in the window: short pages of our own, found by topic or by words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QKeyEvent, QTextTable, QTextTableFormat
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui import theme
from ui.widgets.button import button
from ui.widgets.label import TextLabel

TOPICS = (
    "start",
    "people",
    "merging",
    "agencies",
    "liaisons",
    "forms",
    "classes",
    "import",
    "excel",
    "attendance",
    "finalize",
    "certificates",
    "design",
    "renewals",
    "proving",
    "labels",
    "rosters",
    "history",
    "audits",
    "backups",
    "share",
    "commands",
    "keys",
)
_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Topic:
    """One page of help, as Markdown."""

    key: str
    title: str
    text: str

    def has(self, words: str) -> bool:
        """Whether every word stands in it."""
        inside = self.text.casefold()
        return all(word in inside for word in words.casefold().split())


@cache
def topics() -> tuple[Topic, ...]:
    """Every page, in the order of a class's life."""
    folder = files("resources") / "help"
    found = []
    for key in TOPICS:
        text = (folder / f"{key}.md").read_text(encoding="utf-8")
        found.append(Topic(key, text.partition("\n")[0].lstrip("# "), text))
    return tuple(found)


def _calm(found: QTextTableFormat) -> QTextTableFormat:
    """Air instead of lines."""
    found.setBorder(0)
    found.setCellPadding(4)
    found.setTopMargin(8)
    found.setBottomMargin(12)
    return found


class HelpDialog(QDialog):
    """Topics at the left, the chosen one at the right; it stays open beside the work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Help")
        self.setModal(False)
        self.resize(820, 600)
        self.words = QLineEdit(placeholderText="Search help", clearButtonEnabled=True)
        self.words.setAccessibleName("Search help")
        self.list = QListWidget()
        self.list.setAccessibleName("Topics")
        self.list.setProperty("kind", "choices")
        self.nothing = TextLabel("No topic has these words.", role="soft", wrap=True)
        self.nothing.hide()
        self.page = QTextBrowser()
        self.page.setAccessibleName("Help text")
        self.page.setOpenLinks(False)
        self.page.anchorClicked.connect(self._follow)
        self.close_button = button("&Close", self.close)
        self._build()
        self.words.textChanged.connect(lambda _text: self._list())
        self.list.currentItemChanged.connect(lambda *_items: self._read())

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.words)
        left.addWidget(self.nothing)
        left.addWidget(self.list, 1)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(left, 2)
        both.addWidget(self.page, 5)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 14)
        column.setSpacing(12)
        column.addLayout(both, 1)
        column.addLayout(row)

    def show_topic(self, key: str = "") -> None:
        """Open help on a topic; an unknown one leads to the first page."""
        if self.words.text():
            self.words.clear()
        if not self.list.count():
            self._list()
        self._choose(key if key in TOPICS else TOPICS[0])
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def topic(self) -> str:
        """Key of the page in sight, or an empty text."""
        item = self.list.currentItem()
        return "" if item is None else str(item.data(_KEY))

    def _list(self) -> None:
        kept = self.topic()
        found = [topic for topic in topics() if topic.has(self.words.text())]
        self.list.clear()
        for topic in found:
            item = QListWidgetItem(topic.title, self.list)
            item.setData(_KEY, topic.key)
            item.setSizeHint(QSize(0, 30))
        self.nothing.setVisible(not found)
        self._choose(kept if kept in [topic.key for topic in found] else "")

    def _choose(self, key: str) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(_KEY) == key:
                self.list.setCurrentRow(row)
                return
        self.list.setCurrentRow(0 if self.list.count() else -1)

    def _read(self) -> None:
        shown = next((topic for topic in topics() if topic.key == self.topic()), None)
        if shown is None:
            return
        document = self.page.document()
        document.setDefaultFont(theme.font())
        document.setDocumentMargin(18)
        self.page.setMarkdown(shown.text)  # our own pages only, never a text of the records
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                frame.setFormat(_calm(frame.format()))

    def _follow(self, link: QUrl) -> None:
        self._choose(link.toString().removesuffix(".md"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.words.text():
            self.words.clear()
        else:
            super().keyPressEvent(event)

"""Search at the upper right of every page, and the palette of commands (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ui import theme

if TYPE_CHECKING:
    from ui.widgets.hit_list import HitList

PLACEHOLDER = "Search people, classes, certificates"
WIDTH = 320


@dataclass(frozen=True)
class Hit:
    """Something found: a record, or a command when ``kind`` is ``command``."""

    kind: str
    id: int
    title: str
    subtitle: str = ""


@dataclass(frozen=True)
class Command:
    """A menu action as the palette shows it."""

    title: str
    run: Callable[[], object]
    shortcut: str = ""


Find = Callable[[str], Sequence[Hit]]


def matching(commands: Sequence[Command], text: str, limit: int = 6) -> list[Hit]:
    """Commands whose words start with what was typed, as hits numbered by their place."""
    wanted = text.casefold().split()
    found = []
    for number, command in enumerate(commands):
        words = command.title.casefold().split()
        if all(any(word.startswith(part) for word in words) for part in wanted):
            found.append(Hit("command", number, command.title, command.shortcut))
    return found[:limit]


class SearchBox(QLineEdit):
    """Lists what it finds as one types; arrows, Enter and Esc work in the list.

    Attributes:
        finder: Returns hits for a text; called on each change, so it must be quick.
        commands: What the palette offers besides the records.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finder: Find = lambda _text: ()
        self.commands: Sequence[Command] = ()
        self.setPlaceholderText(PLACEHOLDER)
        self.setAccessibleName(PLACEHOLDER)
        self.setFixedWidth(WIDTH)
        self.setTextMargins(7, 0, 52, 0)
        self.textEdited.connect(lambda: self.refresh_hits())

    @cached_property
    def list(self) -> HitList:
        """What was found; made when it is first shown."""
        from ui.widgets.hit_list import HitList

        made = HitList(self)
        made.picked.connect(self._pick)
        return made

    def _is_listing(self) -> bool:
        return "list" in self.__dict__ and self.list.isVisible()

    def _hide_list(self) -> None:
        if self._is_listing():
            self.list.hide()

    def open_palette(self) -> None:
        """Focus it and list the commands at once."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self.refresh_hits()

    def refresh_hits(self) -> None:
        """List what the text finds now."""
        text = self.text().strip()
        records = list(self.finder(text)) if text else []
        hits = [*records, *matching(self.commands, text, 5 if records else 9)]
        self.list.show_hits(hits, self._empty_text(text))
        self._place()

    def _empty_text(self, text: str) -> str:
        return f"Nothing found for “{text}”. Check the spelling or type less of it." if text else ""

    def _place(self) -> None:
        window = self.window()
        if not self.list.has_content() or not self.isVisible():
            self.list.hide()
            return
        self.list.setParent(window)
        width = max(self.width(), 400)
        corner = self.mapTo(window, QPoint(self.width() - width, self.height() + 4))
        self.list.setGeometry(max(8, corner.x()), corner.y(), width, self.list.wanted_height())
        self.list.show()
        self.list.raise_()

    def _pick(self, hit: Hit) -> None:
        self.list.hide()
        self.clear()
        self.clearFocus()
        if hit.kind == "command":
            self.commands[hit.id].run()
        else:
            self.chosen.emit(hit)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._is_listing():
            self.list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._is_listing():
            self.list.pick_current()
        elif key == Qt.Key.Key_Escape:
            self._hide_list()
            self.clear()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._hide_list()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_listing():
            self._place()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text():
            return
        painter = QPainter(self)
        painter.setPen(theme.colors().soft)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(self.rect().adjusted(0, 0, -15, 0), side, "Ctrl K")

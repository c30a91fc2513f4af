"""A line that finds whoever is known by name, number or e-mail, and offers to add who is not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cit_desktop.services.people import PersonHit
from ui.widgets.hit_list import HitList
from ui.widgets.search_box import Hit

Find = Callable[[str], Sequence[PersonHit]]
_NEW = -1
_LEAST_WIDTH = 480


class PersonLine(QLineEdit):
    """Lists people as one types; arrows, Enter and Esc work in the list.

    Attributes:
        picked: The id of the person who was chosen.
        new_wanted: The text, when nobody of the list is meant.
        here: Ids of people who are marked "already here" in the list.
    """

    picked = Signal(int)
    new_wanted = Signal(str)

    def __init__(
        self, find: Find, hint: str, *, can_add: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.finder = find
        self.here: Collection[int] = ()
        self._can_add = can_add
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self.list = HitList(self)
        self.list.picked.connect(self._pick)
        self.textEdited.connect(lambda _text: self.show_hits())

    def show_hits(self) -> None:
        """List who the text finds now."""
        text = " ".join(self.text().split())
        hits = [self._hit(found) for found in self.finder(text)] if text else []
        if text and self._can_add:
            hits.append(Hit("command", _NEW, f"Add “{text}” as a new person"))
        nothing = f"Nobody is known by “{text}”." if text else ""
        self.list.show_hits(hits, nothing)
        self._place()

    def _hit(self, found: PersonHit) -> Hit:
        parts = [found.title, found.agency, found.state_number]
        if found.id in self.here:
            parts = ["already here"]
        elif found.archived:
            parts.insert(0, "archived")
        return Hit("person", found.id, found.name, " · ".join(part for part in parts if part))

    def _place(self) -> None:
        if not self.list.has_content() or not self.isVisible():
            self.list.hide()
            return
        window = self.window()
        self.list.setParent(window)
        width = max(self.width(), _LEAST_WIDTH)
        corner = self.mapTo(window, QPoint(0, self.height() + 4))
        height = self.list.wanted_height()
        if corner.y() + height > window.height():
            corner = self.mapTo(window, QPoint(0, -4 - height))
        left = max(8, min(corner.x(), window.width() - width - 8))
        self.list.setGeometry(left, max(8, corner.y()), width, height)
        self.list.show()
        self.list.raise_()

    def _pick(self, hit: Hit) -> None:
        text = " ".join(self.text().split())
        self.list.hide()
        self.clear()
        if hit.id == _NEW:
            self.new_wanted.emit(text)
        else:
            self.picked.emit(hit.id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.list.isVisible():
            self.list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.text().strip() and not self.list.isVisible():
                self.show_hits()
            self.list.pick_current()
        elif key == Qt.Key.Key_Escape and (self.text() or self.list.isVisible()):
            self.list.hide()
            self.clear()
        else:
            super().keyPressEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.list.hide()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.list.hide()

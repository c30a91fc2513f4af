"""What every section of the settings has in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from cit_desktop.errors import CitError, Refused
from ui.commands import Result
from ui.context import Context
from ui.widgets.card import Card
from ui.widgets.label import TextLabel

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

T = TypeVar("T")


class Section(QWidget):
    """One tab. What it does is told with ``done``; a refusal stands in the page's banner.

    Attributes:
        asked: What only the program can do.
        done: A sentence about what can be undone.
        refused: A CitError that no field of the section shows.
        settled: Something worked; an older refusal no longer stands.
    """

    asked = Signal(str, object)
    done = Signal(str)
    refused = Signal(object)
    settled = Signal()
    said = Signal(str, str)  # text, tone

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def refresh(self, changes: Changes | None) -> None:
        """Show the records as they are now."""

    def act(self, label: str, function: Callable[..., T], *args: Any, **more: Any) -> Result[T]:
        """Do it, or show the refusal and what the records hold."""
        result = self.context.commands.do(label, function, *args, **more)
        if result.error is None:
            self.settled.emit()
        else:
            self.show_refusal(result.error)
        return result

    def show_refusal(self, error: CitError) -> None:
        """Say why something was not done, beside its field where there is one."""
        problems = error.fields if isinstance(error, Refused) else {}
        if self.show_problems(problems):
            self.settled.emit()
        else:
            self.refused.emit(error)
            self.refresh(None)

    def show_problems(self, problems: dict[str, str]) -> bool:
        """Show what is wrong with fields; false when none of them is here."""
        return False


def form() -> QGridLayout:
    """A grid of labels and fields."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, 130)
    return grid


def card(title: str, text: str = "") -> Card:
    """A card with a heading and a line that says what it is for."""
    made = Card(margin=20)
    made.body.setSpacing(6)
    made.body.addWidget(TextLabel(title, bold=True))
    if text:
        made.body.addWidget(TextLabel(text, role="soft", wrap=True))
    made.body.addSpacing(6)
    return made


def scrolling(inside: QWidget) -> QScrollArea:
    """A section that is longer than the window."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    inside.setAutoFillBackground(False)
    return area

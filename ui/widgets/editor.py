"""What every editor of a form can do."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class Several:
    """The value of a field that differs between the chosen records."""

    @override
    def __repr__(self) -> str:
        return "(several values)"


SEVERAL = Several()
SEVERAL_TEXT = "(several values)"


class Editor(QObject):
    """Holds a widget; ``committed`` comes when a person has finished with it."""

    committed = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget = widget

    def value(self) -> Any:
        """What it holds; ``SEVERAL`` while untouched."""

    def set_value(self, value: Any) -> None:
        """Show a value."""

    def set_wrong(self, wrong: bool) -> None:
        """Frame it in the color of mistakes."""
        self.widget.setProperty("wrong", wrong)
        self.widget.style().unpolish(self.widget)
        self.widget.style().polish(self.widget)

    def set_enabled(self, enabled: bool) -> None:
        """Whether it can be changed."""
        self.widget.setEnabled(enabled)

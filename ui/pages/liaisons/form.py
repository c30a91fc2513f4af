"""A new liaison, typed into the pane beside the list."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.context import Context
from ui.pages.liaisons.pane import ServedCounties, make_form
from ui.pages.new_form import NewForm
from ui.pages.people.record import put_below


class LiaisonForm(NewForm):
    """Emits what was typed, by field, and the counties."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        form = make_form(context)
        self.served = ServedCounties(context)
        put_below(form, self.served)
        super().__init__("New liaison", "&Add liaison", form, parent=parent)

    @override
    def start(self) -> None:
        self.served.show_counties(())
        super().start()

    @override
    def values(self) -> dict[str, Any]:
        return {**super().values(), "counties": self.served.chosen()}

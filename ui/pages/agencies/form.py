"""A new agency, typed into the pane beside the list."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.context import Context
from ui.pages.agencies.pane import make_form
from ui.pages.new_form import NewForm


class AgencyForm(NewForm):
    """Emits what was typed, by field."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        form = make_form(context, "By its name")
        super().__init__("New agency", "&Add agency", form, parent=parent)

    @override
    def empty(self) -> dict[str, Any]:
        return {"kind": ""}

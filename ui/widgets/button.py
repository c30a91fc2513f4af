"""Buttons of the kit: one filled at most, the rest quiet; clicks leave the focus where it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from ui import icons

Kind = Literal["plain", "primary", "danger", "quiet", "link"]


def button(
    text: str,
    clicked: Callable[[], object] | None = None,
    *,
    kind: Kind = "plain",
    icon: str = "",
    tip: str = "",
    parent: QWidget | None = None,
) -> QPushButton:
    """A push button; ``&`` in the text marks its access key."""
    made = QPushButton(text, parent)
    made.setProperty("icon_name", icon)
    set_kind(made, kind)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAutoDefault(True)  # Enter presses it as Space does, outside of dialogs, too
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setToolTip(tip)
    if clicked is not None:
        made.clicked.connect(lambda: clicked())
    return made


def set_kind(target: QPushButton, kind: Kind) -> None:
    """Change how much a button calls for attention."""
    target.setProperty("kind", kind)
    name = str(target.property("icon_name") or "")
    if name:
        target.setIcon(icons.icon(name, "on_accent" if kind == "primary" else "text"))
        target.setIconSize(QSize(20, 16))  # the icon stands at the left: a gap before the words
    target.style().unpolish(target)
    target.style().polish(target)


def icon_button(
    icon: str, name: str, clicked: Callable[[], object] | None = None, *, size: int = 16
) -> QPushButton:
    """A quiet button with only an icon; ``name`` is its tooltip and what a screen reader says."""
    made = button("", clicked, kind="quiet", icon=icon, tip=name)
    made.setIconSize(QSize(size, size))
    made.setAccessibleName(name)
    return made

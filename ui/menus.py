"""The menu bar, and the same actions as a list for the command palette."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from ui.widgets.search_box import Command

_NATIVE = QKeySequence.SequenceFormat.NativeText
TITLES = {"file": "&File", "edit": "&Edit", "view": "&View", "class": "&Class", "help": "&Help"}


class Menus:
    """File, Edit, View and Help; others appear when something is added to them."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._menus: dict[str, QMenu] = {}
        for name in TITLES:
            menu = window.menuBar().addMenu(TITLES[name])
            menu.menuAction().setVisible(False)
            self._menus[name] = menu

    def menu(self, name: str) -> QMenu:
        """One of the menus by its key in ``TITLES``."""
        menu = self._menus[name]
        menu.menuAction().setVisible(True)
        return menu

    def add(
        self,
        name: str,
        title: str,
        run: Callable[[], object],
        shortcut: QKeySequence | QKeySequence.StandardKey | str = "",
        *,
        before: QAction | None = None,
    ) -> QAction:
        """Add an action; ``&`` marks its access key, "…" says that a dialog follows."""
        action = QAction(title, self._window)
        action.triggered.connect(lambda: run())
        if isinstance(shortcut, str):
            action.setShortcut(QKeySequence(shortcut))
        else:
            action.setShortcut(shortcut)
        if before is None:
            self.menu(name).addAction(action)
        else:
            self.menu(name).insertAction(before, action)
        return action

    def separator(self, name: str) -> None:
        """A line under what a menu has so far."""
        self.menu(name).addSeparator()

    def commands(self) -> Sequence[Command]:
        """Every action that can be used now, for the palette."""
        found: list[Command] = []
        for menu in self._menus.values():
            _collect(menu, found)
        return found


def _collect(menu: QMenu, found: list[Command]) -> None:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            _collect(inner, found)
        elif action.isEnabled() and action.isVisible() and not action.isSeparator():
            title = action.text().replace("&", "")
            found.append(Command(title, action.trigger, action.shortcut().toString(_NATIVE)))

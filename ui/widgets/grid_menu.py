"""The attendance grid's menus: everything the keys do, for the mouse, with the keys shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from ui.widgets import grid_keys
from ui.widgets.grid_editor import GridEditor

_WORDS = {
    "P": "&Present",
    "A": "&Absent",
    "L": "&Late",
    "E": "&Excused",
    "X": "Left earl&y",
}


def _add(menu: QMenu, text: str, key: str, run: Callable[[], object], *, enabled: bool) -> None:
    """An action that shows its key without claiming it: the grid handles its own keys."""
    action = menu.addAction(f"{text}\t{key}")
    action.triggered.connect(lambda: run())
    action.setEnabled(enabled)


def for_cell(editor: GridEditor, parent: QWidget) -> QMenu:
    """Marks for the cursor's cell."""
    menu = QMenu(parent)
    free = not editor.data.locked
    for key, kind in grid_keys.MARKS.items():
        _add(menu, _WORDS[key], key, _marker(editor, key), enabled=free)
        menu.actions()[-1].setData(kind)
    cell = editor.cell()
    menu.addSeparator()
    _add(menu, "&Make-up…", "M", editor.makeup, enabled=free)
    filled = free and cell is not None and cell in editor.data.marks
    _add(menu, "&Clear the mark", "Del", lambda: editor.clear(stay=True), enabled=filled)
    return menu


def _marker(editor: GridEditor, key: str) -> Callable[[], None]:
    kind = grid_keys.MARKS[key]
    return lambda: editor.mark(kind, stay=True)


def for_block(editor: GridEditor, parent: QWidget) -> QMenu:
    """What can be done with the cursor's block as a whole."""
    menu = QMenu(parent)
    free = not editor.data.locked
    _add(menu, "&Fill blanks with present", "F", lambda: editor.fill(False), enabled=free)
    _add(menu, "Mark &everybody present…", "Shift+F", lambda: editor.fill(True), enabled=free)
    return menu

"""What stands in the window's menus, and which keys they have."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from ui.menus import Menus
from ui.theme import Scheme
from ui.widgets.page import Page

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_Key = QKeySequence.StandardKey
_FURTHER = {  # pages that are not on the rail
    "duplicates": "Likely &duplicates",
    "renewals": "Rene&wals",
    "liaisons": "&Liaisons",
    "forms": "Field for&ms",
}


class WindowMenus(Menus):
    """The menus that every window has; pages and the program add their own."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._main = window
        self._build_file()
        self._build_edit()
        self._build_view()
        self._build_help()
        self.name_undo("", "")
        self.follow(window.placeholder)

    def _build_file(self) -> None:
        main = self._main
        self.new = self.add("file", "&New…", lambda: main.page().new_record(), _Key.New)
        self.save = self.add("file", "&Save now", main.save_requested.emit, _Key.Save)
        self.print = self.add("file", "&Print…", lambda: main.page().print_preview(), _Key.Print)
        self.excel = self.add("file", "Edit in E&xcel…", lambda: main.page().edit_in_excel())
        self.separator("file")
        self.quit = self.add("file", "&Quit", main.close, "Ctrl+Q")

    def _build_edit(self) -> None:
        main = self._main
        self.undo = self.add("edit", "&Undo", main.undo_requested.emit, _Key.Undo)
        self.redo = self.add("edit", "&Redo", main.redo_requested.emit, "Ctrl+Y")
        self.redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self.separator("edit")
        self.add("edit", "&Filter this page", lambda: main.page().focus_filter(), _Key.Find)
        everything = self.add("edit", "&Search everything", main.open_palette, "Ctrl+K")
        everything.setShortcuts([QKeySequence("Ctrl+K"), QKeySequence("Ctrl+Shift+F")])

    def _build_view(self) -> None:
        main = self._main
        listed = [entry for entry in main.entries.values() if not entry.under]
        for number, entry in enumerate(listed, 1):
            key = f"Ctrl+{number}" if number < 10 else ""
            self.add("view", entry.title, partial(main.show_page, entry.key), key)
        for key, title in _FURTHER.items():
            if key in main.entries:
                self.add("view", title, partial(main.show_page, key))
        self.separator("view")
        self.add("view", "&Back", main.go_back, "Alt+Left")
        self.add("view", "Next &pane", main.next_pane, "F6")
        self.add("view", "Re&fresh", lambda: main.page().refresh(None), "F5")
        if main.theme is not None:
            self._build_appearance()

    def _build_appearance(self) -> None:
        menu = self.menu("view").addMenu("&Appearance")
        group = QActionGroup(menu)
        self.schemes: dict[Scheme, QAction] = {}
        titles = {"system": "&As the system", "light": "&Light", "dark": "&Dark"}
        for scheme in Scheme:
            action = menu.addAction(titles[scheme.value])
            action.setCheckable(True)
            action.triggered.connect(self._choose_appearance)
            group.addAction(action)
            self.schemes[scheme] = action
        menu.addSeparator()
        self.compact = menu.addAction("&Compact rows")
        self.compact.setCheckable(True)
        self.compact.triggered.connect(self._choose_appearance)
        theme = self._main.theme
        if theme is not None:
            self.schemes[theme.scheme].setChecked(True)
            self.compact.setChecked(theme.compact)

    def _choose_appearance(self) -> None:
        scheme = next(name for name, action in self.schemes.items() if action.isChecked())
        self.choose_appearance(scheme, self.compact.isChecked())

    def choose_appearance(self, scheme: Scheme | str, compact: bool) -> None:
        """Take colors and row height from now on, and remember them."""
        theme, keep = self._main.theme, self._main.preferences
        if theme is None:
            return
        chosen = Scheme(scheme)
        theme.choose(chosen, compact=compact)
        self.schemes[chosen].setChecked(True)
        self.compact.setChecked(compact)
        keep.set("theme/scheme", chosen.value)
        keep.set("theme/compact", compact)

    def _build_help(self) -> None:
        main = self._main
        self.add("help", "&Help on this page", self._ask_help, "F1")
        self.add("help", "&Keys and commands", main.open_palette)

    def _ask_help(self) -> None:
        self._main.help_requested.emit(self._main.page().topic())

    def name_undo(self, undo: str, redo: str) -> None:
        """Say what Undo and Redo would do; nothing switches them off."""
        for action, word, label in ((self.undo, "&Undo", undo), (self.redo, "&Redo", redo)):
            action.setEnabled(bool(label))
            action.setText(f"{word} {label[0].lower()}{label[1:]}" if label else word)

    def follow(self, page: Page) -> None:
        """Offer what the page in sight can make, print and save for Excel."""
        for action, text, word in (
            (self.new, page.new_text, "New…"),
            (self.print, page.print_text, "Print…"),
        ):
            action.setEnabled(bool(text))
            action.setText(f"&{text or word}")
        self.excel.setEnabled(page.has_workbook)


def build(window: MainWindow) -> WindowMenus:
    """The menus of a window."""
    return WindowMenus(window)

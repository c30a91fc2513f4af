"""What the program adds to the File and Help menus: records, backups, restoring, checking."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.widgets.label import plain_tip

if TYPE_CHECKING:
    from ui.program import Program


class FileMenu:
    """The actions of the program; those that need open records are off without them."""

    def __init__(self, program: Program) -> None:
        self._program = program
        menus, file = program.window.menus, program.window.menus.menu("file")
        before = menus.save

        file.insertSeparator(before)
        self.begin = menus.add("file", "New &records…", self._begin, before=before)
        self.open = menus.add("file", "&Open…", self._open, "Ctrl+O", before=before)
        self.recent = file.addMenu("Open r&ecent")
        file.insertMenu(before, self.recent)
        file.insertSeparator(before)
        self.take_in = menus.add(
            "file", "&Import a list…", self._import, "Ctrl+I", before=menus.excel
        )
        last = menus.quit
        self.back_up = menus.add("file", "&Back up now", program.save_now, before=last)
        self.restore = menus.add("file", "Res&tore…", self._restore, before=last)
        self.check = menus.add("file", "&Check records", self._check, before=last)
        file.insertSeparator(last)
        self.topics = menus.add("help", "&All topics", self._topics)
        self.recent.aboutToShow.connect(self._list_recent)
        self.follow()

    def follow(self) -> None:
        """Offer what can be done with the records that are open, if any are."""
        is_open = self._program.context is not None
        for action in (self.take_in, self.back_up, self.restore, self.check):
            action.setEnabled(is_open)
        self._list_recent()

    def _list_recent(self) -> None:
        self.recent.clear()
        for number, path in enumerate(self._program.recent(), 1):
            title = f"&{number} {path.stem.replace('&', '&&')}"
            action = self.recent.addAction(title, partial(self._program.open_chosen, path))
            action.setToolTip(plain_tip(str(path)))
        self.recent.setToolTipsVisible(True)
        self.recent.setEnabled(not self.recent.isEmpty())

    def _begin(self) -> None:
        self._program.front.welcome(begin=True)

    def _open(self) -> None:
        from ui.opening.welcome import choose_records

        choose_records(self._program.window, self._program.open_chosen)

    def _import(self) -> None:
        window = self._program.window
        window.show_page("import", window.page().import_into() or 0)

    def _restore(self) -> None:
        self._program.restoring.offer(self._program.file.path)

    def _topics(self) -> None:
        self._program.help.show_topic("start")

    def _check(self) -> None:
        self._program.window.show_page("settings", "check")

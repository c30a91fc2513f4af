"""What else can be done with the list of people: a workbook, and who may be here twice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from ui import format as fmt
from ui.context import Context
from ui.pages.merging import duplicate_pairs
from ui.receiving import while_alive
from ui.widgets.button import button

_TITLE = "Likely &duplicates"


class PeopleMore(QObject):
    """A button with a menu; the duplicates are counted when it is opened, beside the window."""

    def __init__(
        self,
        context: Context,
        page: QWidget,
        edit: Callable[[], None],
        duplicates: Callable[[], None],
    ) -> None:
        super().__init__(page)
        self._context = context
        self._known = self._counting = False
        self.menu = QMenu(page)
        self.menu.addAction("Edit in E&xcel…").triggered.connect(lambda: edit())
        self.duplicates = self.menu.addAction(_TITLE)
        self.duplicates.triggered.connect(lambda: duplicates())
        self.menu.aboutToShow.connect(self._count)
        self.button = button("&More", icon="more")
        self.button.setMenu(self.menu)

    def forget(self) -> None:
        """The records changed: what was counted may not be so any more."""
        self._known = False

    def _count(self) -> None:
        if self._known or self._counting:
            return
        self._known = self._counting = True
        job = self._context.commands.run(
            "Counting duplicates", duplicate_pairs.count, self._context.db, wants_progress=True
        )
        job.done.connect(while_alive(self, self._say))
        job.finished.connect(while_alive(self, self._counted))

    def _say(self, total: int) -> None:
        self.duplicates.setText(f"{_TITLE} ({fmt.count(total)})" if total else _TITLE)

    def _counted(self) -> None:
        self._counting = False

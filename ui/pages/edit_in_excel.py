"""Lists that go out to be edited in Excel; they come back through the import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cit_desktop.documents.edits import EditKind
from cit_desktop.errors import CitError
from cit_desktop.progress import Progress
from cit_desktop.services import editing
from ui import errors
from ui.context import Context
from ui.saving import Saver
from ui.widgets.page import Page
from ui.widgets.record_table import RecordTable, Sort
from ui.widgets.saved_banner import SavedBanner

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ui.widgets.record_table import Filter

BRING_BACK = "Edit and save it, then drop it on this window, or take Import on People."
Ids = Callable[["Session"], Sequence[int]]
ReadIds = Callable[["Session", Sort | None, "Filter"], Sequence[int]]


class EditInExcel(QObject):
    """Asks where to save a list as a workbook, writes it, and says how to bring it back."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self.saver = Saver(context, page)
        self.banner = SavedBanner(self.saver.opener, gap=10)
        page.column.insertWidget(page.column.indexOf(page.undo_banner), self.banner)
        self.saver.saved.connect(self.banner.tell)

    def save_list(self, kind: EditKind, name: str, table: RecordTable, read: ReadIds) -> None:
        """Save the records that a table lists now, in its order."""
        order, wanted = table.records.order, dict(table.records.filter)
        self._save(kind, name, ids=lambda session: read(session, order, wanted))

    def save_class(self, kind: EditKind, class_id: int, code: str) -> None:
        """Save the roster or the attendance of a class, or say why that cannot be."""
        try:
            with self._context.db.read() as session:
                editing.editable(session, kind, class_id)
        except CitError as error:
            errors.show(error, self._page.banner, self._page)
            return
        self._save(kind, f"{kind.capitalize()} {code}", class_id=class_id)

    def _save(
        self, kind: EditKind, name: str, *, class_id: int | None = None, ids: Ids | None = None
    ) -> None:
        self.banner.clear()
        make = partial(self._workbook, kind, class_id, ids)
        self.saver.save_file("Save for Excel", name, ".xlsx", make, BRING_BACK)

    def _workbook(
        self, kind: EditKind, class_id: int | None, ids: Ids | None, progress: Progress
    ) -> bytes:
        """Beside the window."""
        from cit_desktop.exports.edit_xlsx import workbook

        with self._context.db.read() as session:
            chosen = None if ids is None else ids(session)
            document = editing.document(session, kind, class_id=class_id, ids=chosen)
        return workbook(document, progress)

"""The register of certificates: every one that was issued or is on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QMenu,
    QSplitter,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from cit_desktop.db import Database
from cit_desktop.errors import CitError
from cit_desktop.services import certificates, classes
from cit_desktop.services.certificates import CertificateRow, Sort
from ui import errors
from ui import format as fmt
from ui.context import Context
from ui.pages.certificates import words
from ui.pages.certificates.detail import CertificateDetail
from ui.pages.certificates.proving import CertificateProving
from ui.pages.certificates.work import CertificateWork
from ui.saving import FileDialogs
from ui.widgets import record_table
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.record_table import Column, RecordTable
from ui.widgets.saved_banner import SavedBanner

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

_EMPTY = (
    "No certificates yet",
    "A certificate comes of a class: open one that is finalized, and issue them on its tab "
    "Certificates. All of them are kept here.",
    "Go to classes",
)
_SORTS = {"class_code": "class"}
_TYPED_MS = 200


COLUMNS = (
    Column("number", "Number", width=128),
    Column("name", "Name", bold=True, width=0),
    Column("class_code", "Class", width=118, soft=True, spare=True),
    Column("status", "State", width=104, pill=words.status, tip=words.why),
    Column("completed", "Completed", text=fmt.local_day, width=112, spare=True),
    Column("kind", "Kind", text=words.kind, width=104, soft=True, spare=True),
    Column("issued", "Issued", text=fmt.local_day, width=112, spare=True),
    Column("printed", "Printed", text=fmt.local_day, width=112, spare=True),
)


class Register:
    """The source of the table."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def ids(self, sort: record_table.Sort | None, filter: record_table.Filter) -> Sequence[int]:
        """The certificates that fit, in order."""
        wanted = certificates.Filter(**cast(dict[str, Any], dict(filter)))
        key = _SORTS.get(sort.key, sort.key) if sort is not None else "number"
        down = sort is None or sort.descending
        with self._db.read() as session:
            return certificates.ids(session, wanted, cast(Sort, key), down)

    def rows(self, ids: Sequence[int]) -> Mapping[int, CertificateRow]:
        """Some of them."""
        with self._db.read() as session:
            return certificates.rows(session, ids)


class CertificatesPage(Page):
    """The register with a pane for the one that is chosen."""

    watches: ClassVar[frozenset[str]] = frozenset({"certificate", "person", "training_class"})
    help_topic = "certificates"
    print_text = "Print certificate…"

    def __init__(
        self,
        context: Context,
        dialogs: FileDialogs | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Certificates", parent)
        self.context = context
        self.class_id: int | None = None
        self.table = RecordTable(COLUMNS, Register(context.db), context.preferences, "certificates")
        self.table.setAccessibleName("Certificates")
        if not context.preferences.get("table/certificates/sort", []):
            self.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
        self.detail = CertificateDetail(context)
        self.work = CertificateWork(context, self, self.detail.preview, dialogs)
        self.saved_banner = SavedBanner(self.work.saver.opener, gap=10)
        self.column.insertWidget(self.column.indexOf(self.undo_banner), self.saved_banner)
        self.detail.preview.pdf.print_button.hide()  # the page has one for what is chosen
        self._build_filters()
        self._build_content()
        self._connect()

    def _build_filters(self) -> None:
        self.words = QLineEdit(placeholderText="Number or person")
        self.words.setAccessibleName("Filter certificates by number or person")
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(88)
        self.words.setMaximumWidth(206)
        self.year = _box("Year of completion", [("All years", None)])
        self.state = _box(
            "State",
            [("Any status", None), *((pill.text, key) for key, pill in words.STATUSES.items())],
        )
        self.kind = _box(
            "Kind", [("All kinds", None), *((text, key) for key, text in words.KINDS.items())]
        )
        for tool in (self.words, self.year, self.state, self.kind):
            self.add_tool(tool)
        self.print_button = button("&Print…", self.print_preview, icon="print")
        self.save_button = button("&Save ▾", tip="Save the chosen certificates")
        menu = QMenu(self.save_button)
        self.one_file = menu.addAction("As &one PDF…", self._save_one_file)
        self.each = menu.addAction("One file e&ach…", self._save_each)
        self.save_button.setMenu(menu)
        self.proving = CertificateProving(self.context, self, self.work.saver)
        self.verify_button = self.proving.button()
        self.renewals_button = button("Rene&wals", lambda: self.go.emit("renewals", None))
        self.set_actions(
            [self.renewals_button, self.verify_button, self.print_button, self.save_button], None
        )

    def _build_content(self) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(12)
        self.split.setChildrenCollapsible(False)
        card = Card()
        card.body.addWidget(self.table)
        self.split.addWidget(card)
        self.split.addWidget(self.detail)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([640, 376])
        self.empty = EmptyState("certificates", *_EMPTY)
        nothing = Card()
        nothing.body.addWidget(self.empty)
        self.inside = QStackedWidget()
        self.inside.addWidget(self.split)
        self.inside.addWidget(nothing)
        self.add_content(self.inside)

    def _connect(self) -> None:
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._typed.timeout.connect(self._filter)
        self.words.textChanged.connect(lambda _text: self._typed.start())
        for box in (self.year, self.state, self.kind):
            box.activated.connect(lambda _place: self._filter())
        self.table.current_changed.connect(self._show)
        self.table.selection_changed.connect(self._say_targets)
        self.table.opened.connect(self._open)
        self.detail.go.connect(self._go)
        self.detail.reissue.clicked.connect(lambda: self._with_current(self.work.reissue))
        self.detail.revoke.clicked.connect(lambda: self._with_current(self.work.revoke))
        self.empty.acted.connect(self._empty_acted)
        self.work.saver.saved.connect(self.saved_banner.tell)
        self.work.done.connect(lambda text: self.banner.say(text, "good", closable=True))
        self.work.reissued.connect(self.open_record)

    # What is shown --------------------------------------------------------------------------

    @override
    def refresh(self, changes: Changes | None) -> None:
        with self.context.db.read() as session:
            years = classes.years(session)
        chosen = self.year.currentData()
        self.year.clear()
        self.year.addItem("All years", None)
        for year in years:
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(max(0, self.year.findData(chosen)))
        self._filter()

    @override
    def open_record(self, record_id: object) -> None:
        """Show a certificate, or with ``("class", id)`` those of a class."""
        if isinstance(record_id, tuple):
            self._clear_filters()
            self.class_id = int(record_id[1])
            self._filter()
        elif isinstance(record_id, int) and not self.table.choose(record_id):
            self._clear_filters()
            self._filter()
            self.table.choose(record_id)

    @override
    def focus_filter(self) -> None:
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    @override
    def panes(self) -> list[QWidget]:
        return [self.table, self.detail, self.words, self.search]

    def _filter(self) -> None:
        self._typed.stop()
        year, state, kind = (box.currentData() for box in (self.year, self.state, self.kind))
        self.table.set_filter(
            {
                "text": self.words.text(),
                "class_id": self.class_id,
                "statuses": (state,) if state else (),
                "kinds": (kind,) if kind else (),
                "completed_from": date(year, 1, 1) if year else None,
                "completed_to": date(year, 12, 31) if year else None,
            }
        )
        count, hiding = self.table.count(), self._hiding()
        found = fmt.plural(count, "certificate")
        self.subtitle.setText(f"{found} with {' and '.join(hiding)}" if hiding else found)
        self.inside.setCurrentIndex(0 if count else 1)
        if not count and hiding:
            text = f"The other certificates are hidden by {' and '.join(hiding)}."
            self.empty.say("No certificate matches", text, "&Show all certificates")
        elif not count:
            self.subtitle.setText("")
            self.empty.say(*_EMPTY)
        elif self.table.current_id() is None:
            self.table.choose(self.table.records.id_at(0))
        self._show(self.table.current_id())
        self._say_targets()

    def _hiding(self) -> list[str]:
        """The filters in force, in words."""
        found = []
        if self.words.text().strip():
            found.append(f"the words “{self.words.text().strip()}”")
        if self.class_id is not None:
            with self.context.db.read() as session:
                rows = classes.rows(session, [self.class_id])
            found += [f"the class {row.code}" for row in rows.values()]
        for box, name in ((self.year, "year"), (self.state, "state"), (self.kind, "kind")):
            if box.currentData() is not None:
                found.append(f"the {name} {box.currentText().lower()}")
        return found

    def _clear_filters(self) -> None:
        self.class_id = None
        self.words.clear()
        for box in (self.year, self.state, self.kind):
            box.setCurrentIndex(0)

    def _empty_acted(self) -> None:
        if self._hiding():
            self._clear_filters()
            self._filter()
        else:
            self.go.emit("classes", None)

    def _show(self, certificate_id: object) -> None:
        if not isinstance(certificate_id, int):
            return
        try:
            with self.context.db.read() as session:
                view = certificates.view(session, certificate_id)
        except CitError as error:
            errors.show(error, self.banner)
            return
        self.detail.show_certificate(view)

    def _say_targets(self) -> None:
        count = len(self.table.selected_ids())
        for part in (self.print_button, self.save_button):
            part.setEnabled(count > 0)
        self.status.emit(f"{fmt.count(count)} chosen" if count > 1 else "")

    # What is done ---------------------------------------------------------------------------

    @override
    def print_preview(self) -> None:
        self.work.print(self.table.selected_ids())

    def _save_one_file(self) -> None:
        ids = self.table.selected_ids()
        name = "Certificates"
        if len(ids) == 1 and self.detail.view is not None:
            name = f"{self.detail.view.row.number} {self.detail.view.row.name}"
        self.work.save_one_file(ids, name)

    def _save_each(self) -> None:
        self.work.save_each(self.table.selected_ids())

    def _with_current(self, action: Any) -> None:
        certificate_id = self.table.current_id()
        if certificate_id is not None:
            action(certificate_id)

    def _open(self, certificate_id: int) -> None:
        row = self.table.records.source.rows([certificate_id]).get(certificate_id)
        if row is not None:
            self.go.emit("person", row.person_id)

    def _go(self, key: str, record_id: object) -> None:
        if key == "certificates":
            self.open_record(record_id)
        else:
            self.go.emit(key, record_id)


def _box(name: str, choices: Sequence[tuple[str, object]]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(7)
    made.setMinimumWidth(88)
    for text, value in choices:
        made.addItem(text, value)
    return made

"""Renewals: who is due, the letter to each of them, and what is made of the letters."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QSplitter, QStackedWidget, QWidget
from typing_extensions import override

from cit_desktop import clock
from cit_desktop.documents.letters import USUAL
from cit_desktop.services import renewals
from cit_desktop.services.renewals import Renewal
from ui import errors
from ui import format as fmt
from ui.context import Context
from ui.jobs import Job
from ui.pages.renewals.preview import Asked, LetterPreview
from ui.pages.renewals.table import NEEDS, RenewalTable
from ui.pages.renewals.typing import WordingTyping
from ui.pages.renewals.wording import WordingForm
from ui.pages.renewals.work import RenewalWork
from ui.saving import FileDialogs
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.date_editor import DateEditor
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import TextLabel
from ui.widgets.page import Page
from ui.widgets.record_view import Field
from ui.widgets.saved_banner import SavedBanner
from ui.work import renewal_files
from ui.work.renewal_files import Listed

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

_TYPED_MS = 200
_AHEAD = 365
_ABOUT = (
    "Whoever has a refresher due, or a certification that ends, by the day above is listed here to "
    "be written to. After how many months that is, each course says under Settings."
)
_HERE_AGAIN = "What was typed here and not saved is here again. Save it, or discard it."
_LIST, _EMPTY, _WORDING = range(3)


class RenewalsPage(Page):
    """The list of who is due, with the letter to whoever is chosen beside it.

    Attributes:
        found: What was read last; None before.
    """

    watches: ClassVar[frozenset[str]] = frozenset(
        {"person", "enrollment", "training_class", "course", "certificate", "employment", "agency"}
        | {"renewal_letter", "setting", "chapter", "signer", "asset"}
    )
    help_topic: ClassVar[str] = "renewals"
    print_text: ClassVar[str] = "Print letters…"

    def __init__(
        self,
        context: Context,
        dialogs: FileDialogs | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Renewals", parent)
        self.context = context
        self.found: Listed | None = None
        self._job: Job | None = None
        self._again = False
        self.table = RenewalTable(context.preferences)
        self.preview = LetterPreview(context)
        self.form = WordingForm()
        self.typing = WordingTyping(context, self.form, self)
        self.work = RenewalWork(context, self, dialogs)
        self.saved_banner = SavedBanner(self.work.saver.opener, gap=10)
        self.column.insertWidget(self.column.indexOf(self.undo_banner), self.saved_banner)
        self._build_filters()
        self._build_actions()
        self._build_content()
        self._connect()

    def _build_filters(self) -> None:
        self.by = DateEditor(Field("by", "Due by", "date"))
        self.by.set_value(renewals.default_day(clock.today()))
        self.by.widget.setFixedWidth(146)
        self.by.line.setAccessibleName("Due by")
        label = TextLabel("&Due by", role="soft")
        label.setBuddy(self.by.line)
        self.words = QLineEdit(placeholderText="Filter by name or agency")
        self.words.setAccessibleName("Filter by name, agency or county")
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(72)
        self.words.setMaximumWidth(230)
        self.need = QComboBox()
        self.need.setAccessibleName("Standing")
        self.need.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.need.setMinimumContentsLength(7)
        self.need.setMinimumWidth(88)
        self.need.addItem("Any standing", None)
        for key, pill in NEEDS.items():
            self.need.addItem(pill.text, key)
        self._filters = (label, self.by.widget, self.words, self.need)
        for tool in self._filters:
            self.add_tool(tool)

    def _build_actions(self) -> None:
        self.edit_button = button("Te&xt…", self.edit_text, tip="What the letters say")
        self.save_button = button("&Save ▾", tip="Save the letters of those who are ticked")
        menu = QMenu(self.save_button)
        self.as_pdf = menu.addAction("As one &PDF…", lambda: self.work.save_pdf(self.chosen()))
        self.as_workbook = menu.addAction(
            "&Workbook for mail merge…", lambda: self.work.save_workbook(self.chosen())
        )
        self.as_drafts = menu.addAction(
            "&Drafts of e-mails…", lambda: self.work.save_drafts(self.chosen())
        )
        self.with_pdf = menu.addAction(
            "Drafts with the letter &attached…",
            lambda: self.work.save_drafts(self.chosen(), attach=True),
        )
        self.save_button.setMenu(menu)
        self.print_button = button("&Print…", self.print_preview, icon="print")
        self.set_actions(
            [*self.typing.buttons(), self.edit_button, self.save_button], self.print_button
        )

    def _build_content(self) -> None:
        listed, nothing = Card(), Card()
        listed.body.addWidget(self.table)
        self.empty = EmptyState("certificates", "", "")
        nothing.body.addWidget(self.empty)
        self.left = QStackedWidget()
        self.left.setMinimumWidth(300)  # with nobody in it, it has all the room
        for part in (listed, nothing, self.form):
            self.left.addWidget(part)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(12)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.left)
        self.split.addWidget(self.preview)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([620, 396])
        self.add_content(self.split)
        self._show_mode()

    def _connect(self) -> None:
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._typed.timeout.connect(self._filter)
        self.words.textChanged.connect(lambda _text: self._typed.start())
        self.need.activated.connect(lambda _place: self._filter())
        self.by.committed.connect(lambda: self.refresh(None))
        self.table.current_changed.connect(lambda _id: self._show_letter())
        self.table.toggled.connect(self._toggle)
        self.table.opened.connect(lambda person_id: self.go.emit("person", person_id))
        self.empty.acted.connect(self._empty_acted)
        self.typing.changed.connect(self._show_letter)
        self.typing.kept.connect(self.undo_banner.done)
        self.typing.ended.connect(self._end_text)
        self.typing.here_again.connect(lambda: self.banner.say(_HERE_AGAIN, "info", closable=True))
        self.work.noted.connect(self.undo_banner.done)
        self.work.left_out.connect(lambda text: self.banner.say(text, "care", closable=True))
        self.work.saver.saved.connect(self.saved_banner.tell)

    # What is shown --------------------------------------------------------------------------

    @override
    def refresh(self, changes: Changes | None) -> None:
        if self._job is not None:
            self._again = True
            return
        run = self.context.commands.run
        self._job = run("Looking for renewals", renewal_files.listed, self.context.db, self.day())
        self._job.done.connect(self._show)
        self._job.finished.connect(self._looked)

    def day(self) -> date:
        """The day by which renewals are due that are listed."""
        value = self.by.value()
        return value if isinstance(value, date) else renewals.default_day(clock.today())

    def _looked(self) -> None:
        self._job = None
        if self._again:
            self._again = False
            self.refresh(None)

    def _show(self, found: Listed) -> None:
        self.found = found
        self.table.source.fill(found.people)
        if found.problem is not None:
            errors.show(found.problem, self.banner)
        self.typing.take(found)
        self._filter()
        if self.window().focusWidget() in (None, self):
            self.focus_start()

    def _filter(self) -> None:
        self._typed.stop()
        if self.found is None:
            return
        self.table.set_filter({"text": self.words.text(), "need": self.need.currentData()})
        if self.table.current_id() is None and self.table.count():
            self.table.choose(self.table.records.id_at(0))
        self._say_counts()
        self._show_mode()
        self._show_letter()

    def _hides(self) -> bool:
        return bool(self.words.text().strip()) or self.need.currentData() is not None

    def _say_counts(self) -> None:
        shown, chosen = self.table.shown(), self.chosen()
        day = fmt.day(self.day())
        if not shown and self._hides():
            self.subtitle.setText("")
            text = "Others who are due are hidden by the filter."
            self.empty.say("Nobody matches", text, "Show &all of them")
        elif not shown:
            self.subtitle.setText("")
            self.empty.say(f"Nobody is due by {day}", _ABOUT, "&Look a year ahead")
        else:
            who = fmt.plural(len(shown), "person", "people")
            self.subtitle.setText(
                f"{who} due by {day} · {fmt.plural(len(chosen), 'letter')}{_unreachable(chosen)}"
            )
        self.print_button.setText(f"&Print {fmt.count(len(chosen))}…" if chosen else "&Print…")
        for part in (self.print_button, self.save_button):
            part.setEnabled(bool(chosen))

    def _show_mode(self) -> None:
        """Show the list or the fields of the text, with the buttons that go with it."""
        typing = self.typing.on
        place = _LIST if self.table.count() else _EMPTY
        self.left.setCurrentIndex(_WORDING if typing else place)
        self.preview.setVisible(typing or place == _LIST)
        for part in (*self._filters, self.edit_button, self.save_button, self.print_button):
            part.setVisible(not typing)
        for part in self.typing.buttons():
            part.setVisible(typing)

    def _show_letter(self) -> None:
        line = self.table.current_line()
        wording, problem = self.typing.wording()
        if problem:
            self.preview.say(problem)
        elif line is not None:
            self.preview.show_letter(Asked(line.renewal, wording), _why(line.renewal))
        elif self.typing.on:
            sample = renewals.sample(clock.today())
            self.preview.show_letter(Asked(sample, wording or USUAL), "A sample: nobody is due")

    def chosen(self) -> list[Renewal]:
        """Who gets a letter: those in sight that are ticked."""
        return [line.renewal for line in self.table.shown() if line.chosen]

    @override
    def focus_start(self) -> None:
        if self.found is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_start()

    @override
    def focus_filter(self) -> None:
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    @override
    def panes(self) -> list[QWidget]:
        return [self.left, self.preview.pdf, self.words, self.search]

    # What is done ---------------------------------------------------------------------------

    @override
    def print_preview(self) -> None:
        self.work.print(self.chosen())

    def _toggle(self, person_ids: list[int]) -> None:
        self.table.source.toggle(person_ids)
        self.table.records.update_rows(set(person_ids))
        self._say_counts()

    def _empty_acted(self) -> None:
        if self._hides():
            self.words.clear()
            self.need.setCurrentIndex(0)
            self._filter()
        else:
            self.by.set_value(clock.today() + timedelta(days=_AHEAD))
            self.refresh(None)

    def edit_text(self) -> None:
        """Show what the letters say, to be changed."""
        self.typing.begin()
        self._show_mode()
        self._show_letter()
        self.form.text.setFocus()

    def _end_text(self) -> None:
        self._show_mode()
        self._show_letter()
        start = self.table if self.table.count() else self.edit_button
        start.setFocus(Qt.FocusReason.OtherFocusReason)


def _why(renewal: Renewal) -> str:
    """The standing; below it what else is to be known."""
    number = f"Certificate {renewal.certificate}" if renewal.certificate else ""
    parts = (renewal.note, number, renewal.email or "No e-mail address")
    return f"{renewal.why}\n{' · '.join(part for part in parts if part)}"


def _unreachable(chosen: list[Renewal]) -> str:
    without = sum(not one.email for one in chosen)
    return f" · {fmt.count(without)} without e-mail" if without else ""

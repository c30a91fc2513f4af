"""One person: standing, training, hours, certificates, what is on record, and what changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from cit_desktop.errors import CitError, NotFound
from cit_desktop.papers import packets, person_papers
from cit_desktop.services import merge, people, people_many, privacy, transcript
from cit_desktop.services.people import PersonView
from cit_desktop.services.transcript import Transcript
from ui import errors
from ui.context import Context
from ui.dialogs.erase import EraseDialog
from ui.pages.people import words
from ui.pages.people.changes import ChangesTab
from ui.pages.people.facts import PersonFacts
from ui.pages.people.former_names import FormerNames
from ui.pages.people.training import CertificatesTab, HoursTab, TrainingTab
from ui.pages.pill_label import PillLabel
from ui.previewing import PaperDrawing
from ui.saving import FileDialogs, Saver
from ui.widgets.button import button
from ui.widgets.label import ElidedLabel
from ui.widgets.page import Page
from ui.widgets.saved_banner import SavedBanner

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

TRAINING, HOURS, CERTIFICATES, RECORD, CHANGES = range(5)
_ROOMY, _WIDE = 880, 1040
_TITLES = ("Training", "Hours", "Certificates", "Record", "Changes")


class PersonPage(Page):
    """The page of one person; the changes are read only when they are looked at."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {
            *("person", "employment", "agency", "state_number", "enrollment", "certificate"),
            *("training_class", "course", "attendance", "makeup", "block", "block_instructor"),
            "person_alias",
        }
    )
    help_topic = "people"
    print_text = "Print transcript…"

    def __init__(
        self,
        context: Context,
        dialogs: FileDialogs | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Person", parent)
        self.context = context
        self.view: PersonView | None = None
        self.transcript: Transcript | None = None
        self.erase_dialog: EraseDialog | None = None
        self._changes_stale = True
        self.saver = Saver(context, self, dialogs)
        self.papers = PaperDrawing(context, self, self.saver)
        self.saved_banner = SavedBanner(self.saver.opener, gap=10)
        self.column.insertWidget(self.column.indexOf(self.undo_banner), self.saved_banner)
        self.training = TrainingTab(context.preferences)
        self.hours = HoursTab(context.preferences)
        self.certificates = CertificatesTab(context.preferences)
        self.facts = PersonFacts(context)
        self.changes = ChangesTab(context)
        tabs = (self.training, self.hours, self.certificates, self.facts, self.changes)
        for title, tab in zip(_TITLES, tabs, strict=True):
            self.add_content(tab, title)
        self.tabs.setAccessibleName("Parts of the person's records")
        self._build_standing()
        self._build_actions()
        self._connect()

    def _build_standing(self) -> None:
        self.standing = PillLabel()
        self.why = ElidedLabel("", role="soft")
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.standing)
        row.addWidget(self.why, 1)
        self.former = FormerNames(self.context)
        self.column.insertWidget(1, line)
        self.column.insertWidget(2, self.former)

    def _build_actions(self) -> None:
        self.print_button = button("&Print transcript…", self.print_preview, icon="print")
        self.packet_button = button("A&udit packet…", self.show_packet, icon="lock")
        self.archive_button = button("&Archive", self.archive)
        self.merge_button = button("&Merge with…", self.ask_merge)
        actions = (self.archive_button, self.merge_button, self.packet_button, self.print_button)
        self.set_actions(actions, None)
        self.packet_button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.packet_button.setMinimumWidth(1)  # it keeps no window from getting narrow

    def _connect(self) -> None:
        for tab in (self.training, self.certificates, self.changes):
            tab.go.connect(self.go)
        self.facts.done.connect(self.undo_banner.done)
        self.facts.refused.connect(self._refuse)
        self.former.done.connect(self.undo_banner.done)
        self.former.refused.connect(self._refuse)
        self.facts.erase_wanted.connect(self.ask_erase)
        self.facts.packet_wanted.connect(self.show_packet)
        self.saver.saved.connect(self.saved_banner.tell)
        self.tabs.currentChanged.connect(lambda _place: self._tab_shown())
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._step_tab, step))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the tabs come first; menu and Record tab offer the papers, too."""
        super().resizeEvent(event)
        self.print_button.setVisible(self.width() >= _ROOMY)
        self.packet_button.setVisible(self.width() >= _WIDE)

    # What is shown --------------------------------------------------------------------------

    @override
    def open_record(self, record_id: object) -> None:
        if not isinstance(record_id, int):
            return
        if self.view is None or self.view.id != record_id:
            self.undo_banner.clear()
            self.banner.clear()
            self.saved_banner.clear()
            self.tabs.setCurrentIndex(TRAINING)
        self._load(record_id)

    @override
    def refresh(self, changes: Changes | None) -> None:
        if self.view is not None:
            self._load(self.view.id)

    def _load(self, person_id: int) -> None:
        try:
            with self.context.db.read() as session:
                person_id = merge.resolve(session, person_id)
                view = people.view(session, person_id)
                found = transcript.of(session, person_id)
        except NotFound:
            self.view = self.transcript = None
            self.go.emit("people", None)
            return
        self.view, self.transcript = view, found
        self.set_title(view.name, words.work_line(view))
        self.standing.show_pill(words.standing_pill(found.standing))
        self.why.setText(words.why(found.standing))
        self.archive_button.setText("T&ake up again" if view.archived else "&Archive")
        self.archive_button.setEnabled(not self.context.db.readonly)
        self.training.show_transcript(found)
        self.hours.show_transcript(found)
        self.certificates.show_transcript(found)
        self.facts.show_person(view)
        self.former.show_person(view.id)
        self.merge_button.setEnabled(not self.context.db.readonly)
        self._changes_stale = True
        self._tab_shown()

    def _tab_shown(self) -> None:
        if self.view is None or self.tabs.currentIndex() != CHANGES or not self._changes_stale:
            return
        self._changes_stale = False
        self.changes.show_person(self.view.id)

    def _step_tab(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    @override
    def panes(self) -> list[QWidget]:
        return [self.stack, self.tabs, self.search]

    # What is done ---------------------------------------------------------------------------

    def _refuse(self, error: CitError | None) -> None:
        """Say why something was not done; None: it stands beside the field already."""
        if error is None:
            self.banner.clear()
        else:
            errors.show(error, self.banner)

    def archive(self) -> None:
        """Put the person aside, or take them up again."""
        if self.view is None:
            return
        name, away = self.view.name, not self.view.archived
        label = "Archive person" if away else "Take person up again"
        result = self.context.commands.do(
            label, people_many.archive_all, [self.view.id], archived=away
        )
        if result.error is not None:
            self._refuse(result.error)
            return
        self._load(self.view.id)
        self.undo_banner.done(f"{name} was {'archived' if away else 'taken up again'}.")

    def ask_merge(self) -> None:
        """Find the other record of this person, to make one of both."""
        if self.view is not None:
            self.go.emit("merge", (self.view.id, 0))

    def ask_erase(self) -> None:
        """Say what erasing does, and ask for the reason."""
        if self.view is None:
            return
        person_id = self.view.id
        with self.context.db.read() as session:
            nameless = not privacy.can_remove(session, person_id)
        self.erase_dialog = EraseDialog(self.view.name, nameless=nameless, parent=self)
        self.erase_dialog.chosen.connect(partial(self._erase, person_id, nameless))
        self.erase_dialog.open()

    def _erase(self, person_id: int, nameless: bool, reason: str) -> None:
        job = self.context.commands.start(
            "Erase a person", privacy.erase, person_id, reason, anonymise=nameless, undoable=False
        )
        job.done.connect(lambda _none: self._erased(person_id, nameless))
        job.failed.connect(self._refuse)

    def _erased(self, person_id: int, nameless: bool) -> None:
        if self.view is None or self.view.id != person_id:
            return
        self.undo_banner.clear()
        if not nameless:
            self.view = None
            self.go.emit("people", None)
            return
        self._load(person_id)
        text = "The person was made nameless. Attendance, results and hours stayed."
        self.banner.say(text, "good", closable=True)

    @override
    def print_preview(self) -> None:
        if self.view is None:
            return
        title = f"Transcript of {self.view.name}"
        self.papers.draw("Draw transcript", title, person_papers.transcript, self.view.id)

    def show_packet(self) -> None:
        """Show everything there is of the person, for an audit."""
        if self.view is not None:
            title = f"Audit packet of {self.view.name}"
            self.papers.draw("Draw audit packet", title, packets.of_person, self.view.id)

"""Settings: what belongs to the records, and how the window looks on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cit_desktop.errors import CitError
from ui.context import Context
from ui.pages.settings.about import AboutSection
from ui.pages.settings.appearance import AppearanceSection
from ui.pages.settings.backups import BackupsSection
from ui.pages.settings.certificates import CertificatesSection
from ui.pages.settings.chapter import ChapterSection
from ui.pages.settings.courses import CoursesSection
from ui.pages.settings.section import Section, scrolling
from ui.pages.settings.signers import SignersSection
from ui.widgets.banner import Tone
from ui.widgets.page import Page

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

TABS = ("chapter", "signers", "courses", "certificates", "backups", "appearance", "about")
_TITLES = (
    "Chapter",
    "Signers and logo",
    "Courses",
    "Certificates",
    "Backups",
    "Appearance",
    "About",
)
_TOPICS = {"backups": "backups", "courses": "classes", "certificates": "certificates"}


class SettingsPage(Page):
    """One tab for each subject; every value is edited in place and saved at once."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {
            *("chapter", "chapter_county", "signer", "asset", "course", "course_module"),
            *("setting", "certificate", "training_class"),
        }
    )
    help_topic: ClassVar[str] = "start"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Settings", parent)
        self.context = context
        self.chapter = ChapterSection(context)
        self.signers = SignersSection(context)
        self.courses = CoursesSection(context)
        self.certificates = CertificatesSection(context)
        self.backups = BackupsSection(context)
        self.appearance = AppearanceSection(context)
        self.about = AboutSection(context)
        self._stale: set[Section] = set()
        self.sections: tuple[Section, ...] = (
            *(self.chapter, self.signers, self.courses, self.certificates),
            *(self.backups, self.appearance, self.about),
        )
        long = (self.signers, self.certificates, self.appearance, self.about)
        for title, section in zip(_TITLES, self.sections, strict=True):
            self.add_content(scrolling(section) if section in long else section, title)
            section.asked.connect(self.asked)
            section.done.connect(self.undo_banner.done)
            section.refused.connect(self._refused)
            section.settled.connect(self.banner.clear)
            section.said.connect(self._say)
        self.certificates.design_wanted.connect(lambda: self.go.emit("design", None))
        self.tabs.setAccessibleName("Sections of the settings")
        self.tabs.currentChanged.connect(lambda _place: self._turned())
        self.subtitle.setText("Every change is saved as you make it")

    def section(self) -> Section:
        """The section in sight."""
        return self.sections[self.tabs.currentIndex()]

    def _turned(self) -> None:
        self.banner.clear()
        if self.section() in self._stale:
            self._stale.discard(self.section())
            self.section().refresh(None)

    @override
    def refresh(self, changes: Changes | None) -> None:
        self._stale = set(self.sections) - {self.section()}
        self.section().refresh(changes)

    @override
    def open_record(self, record_id: object) -> None:
        """Show a tab by its name in ``TABS``; ``check`` also checks the records."""
        name = "about" if record_id == "check" else record_id
        if name in TABS:
            self.tabs.setCurrentIndex(TABS.index(str(name)))
        if record_id == "check":
            self.about.run()

    @override
    def topic(self) -> str:
        return _TOPICS.get(TABS[self.tabs.currentIndex()], self.help_topic)

    def _refused(self, error: CitError) -> None:
        self.banner.say(str(error), "wrong", closable=True)

    def _say(self, text: str, tone: Tone) -> None:
        self.banner.say(text, tone, closable=True)

    @override
    def focus_filter(self) -> None:
        if self.section() is self.courses:
            self.courses.table.setFocus()
        else:
            super().focus_filter()

    @override
    def panes(self) -> list[QWidget]:
        return [self.tabs, self.stack, self.search]

"""The buttons at the top of a class: the next sensible step, and whatever else there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from cit_desktop.services import classes
from cit_desktop.services.classes import ClassView
from ui.pages.classes.places import CERTIFICATES, SCHEDULE
from ui.pages.classes.words import Step, next_step
from ui.widgets.button import button

if TYPE_CHECKING:
    from ui.pages.classes.page import ClassPage

_ROOMY = 940


class ClassActions:
    """Makes the buttons anew whenever the state of the class changes."""

    def __init__(self, page: ClassPage) -> None:
        self._page = page
        self._made: object = None
        self.more: QPushButton | None = None
        self.sheets: QPushButton | None = None
        self.menu: QMenu | None = None

    def show_class(self, view: ClassView, *, issuing: bool) -> None:
        """Offer what fits the state of a class; ``issuing``: the tab has the button for that."""
        step = next_step(view)
        step = "none" if issuing and step == "issue" else step
        aside = issuing and step == "report"  # the tab has the next step: printing what was issued
        step = "none" if aside else step
        made = (view.id, view.status, view.archived, step, aside, bool(view.counts.trainees))
        if made == self._made:
            return
        self._made = made
        others = [self._more_button(view)]
        if aside:
            others.append(button("State &roster…", self._report))
        self.sheets = None
        if view.counts.trainees and view.status == "open" and step != "sheets":
            self.sheets = button("&Print sign-in sheets", self._page.print_sheets)
            others.append(self.sheets)
        self._page.set_actions(others, self._primary(step))
        self.fit()

    def fit(self) -> None:
        """In a narrow window the tabs come first; the menu has what makes room for them."""
        if self.sheets is not None:
            self.sheets.setVisible(self._page.width() >= _ROOMY)

    def _primary(self, step: Step) -> QPushButton | None:
        page = self._page
        offered: dict[Step, tuple[str, Callable[[], None]]] = {
            "import": ("Impor&t a list…", self._import),
            "sheets": ("&Print sign-in sheets", page.print_sheets),
            "finalize": ("Finali&ze class…", page.ask_finalize),
            "issue": ("&Issue certificates…", self._issue),
            "report": ("State &roster…", self._report),
            "reinstate": ("&Reinstate class", self._reinstate),
        }
        if step not in offered:
            return None
        text, run = offered[step]
        return button(text, run)

    def _more_button(self, view: ClassView) -> QPushButton:
        self.menu = menu = QMenu(self._page)
        more = self.more = button("&More", icon="more")
        if view.status == "open":
            menu.addAction("&Import a list…").triggered.connect(self._import)
            edit = self._page.save_for_excel
            roster = menu.addAction("Edit roster in E&xcel…")
            roster.triggered.connect(lambda: edit("roster"))
            attendance = menu.addAction("Edit a&ttendance in Excel…")
            attendance.triggered.connect(lambda: edit("attendance"))
        menu.addAction("&Print sign-in sheets").triggered.connect(self._page.print_sheets)
        menu.addAction("Class &details").triggered.connect(self._details)
        if view.status == "finalized":
            menu.addAction("&Reopen class…").triggered.connect(self._page.ask_reopen)
        menu.addSeparator()
        if view.status == "open":
            menu.addAction("&Cancel class").triggered.connect(self._cancel)
        text = "&Take out of the archive" if view.archived else "&Archive class"
        menu.addAction(text).triggered.connect(self._archive)
        more.setMenu(menu)
        return more

    def _class_id(self) -> int:
        view = self._page.view
        return 0 if view is None else view.id

    def _import(self) -> None:
        self._page.go.emit("import", self._class_id())

    def _issue(self) -> None:
        self._page.show_tab(CERTIFICATES)
        self._page.certificates.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _report(self) -> None:
        self._page.go.emit("rosters", ("", self._class_id()))

    def _details(self) -> None:
        self._page.show_tab(SCHEDULE)
        self._page.schedule.show_facts()

    def _do(self, label: str, service: Callable[..., None], said: str) -> None:
        done = self._page.context.commands.do(self._label(label), service, self._class_id())
        if done.error is not None:
            self._page.refuse(done.error)
            return
        self._page.refresh(None)
        self._page.undo_banner.done(said)

    def _label(self, label: str) -> str:
        view = self._page.view
        return label if view is None else f"{label} {view.code}"

    def _cancel(self) -> None:
        self._do("Cancel class", classes.cancel, "The class was cancelled.")

    def _reinstate(self) -> None:
        self._do("Reinstate class", classes.reinstate, "The class is open again.")

    def _archive(self) -> None:
        view = self._page.view
        if view is not None and view.archived:
            self._do("Unarchive class", classes.unarchive, "The class is in the lists again.")
        else:
            self._do("Archive class", classes.archive, "The class was archived.")

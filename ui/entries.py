"""Which pages the window has. Each module is loaded when its page is first shown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from ui.main_window import PageEntry

if TYPE_CHECKING:
    from ui.context import Context
    from ui.widgets.page import Page

_PLACES = {
    "today": ("ui.pages.today.page", "TodayPage"),
    "classes": ("ui.pages.classes.listing", "ClassesPage"),
    "class": ("ui.pages.classes.page", "ClassPage"),
    "people": ("ui.pages.people.listing", "PeoplePage"),
    "person": ("ui.pages.people.page", "PersonPage"),
    "duplicates": ("ui.pages.merging.duplicates", "DuplicatesPage"),
    "merge": ("ui.pages.merging.page", "MergePage"),
    "agencies": ("ui.pages.agencies.listing", "AgenciesPage"),
    "liaisons": ("ui.pages.liaisons.listing", "LiaisonsPage"),
    "forms": ("ui.pages.liaisons.forms", "FormsPage"),
    "certificates": ("ui.pages.certificates.listing", "CertificatesPage"),
    "renewals": ("ui.pages.renewals.page", "RenewalsPage"),
    "rosters": ("ui.pages.rosters.page", "StateRostersPage"),
    "history": ("ui.pages.history.page", "HistoryPage"),
    "settings": ("ui.pages.settings.page", "SettingsPage"),
    "import": ("ui.pages.imports.page", "ImportPage"),
    "design": ("ui.pages.design.page", "DesignPage"),
}


def _build(key: str) -> Callable[[Context], Page]:
    module, name = _PLACES[key]

    def build(context: Context) -> Page:
        page: Page = getattr(import_module(module), name)(context)
        return page

    return build


def _entry(key: str, title: str, *, bottom: bool = False, under: str = "") -> PageEntry:
    return PageEntry(key, title, key, _build(key), bottom, under)


def load(key: str) -> None:
    """Load what a page needs, beside the window, so that showing it takes less."""
    module, _name = _PLACES.get(key, _PLACES["today"])
    import_module(module)


ENTRIES = (
    _entry("today", "Today"),
    _entry("classes", "Classes"),
    _entry("people", "People"),
    _entry("agencies", "Agencies"),
    _entry("certificates", "Certificates"),
    _entry("rosters", "State rosters"),
    _entry("history", "History"),
    _entry("settings", "Settings", bottom=True),
    _entry("design", "Design of certificates", under="settings"),
    _entry("liaisons", "Liaisons", under="agencies"),
    _entry("forms", "Field forms", under="agencies"),
    _entry("renewals", "Renewals", under="certificates"),
    _entry("class", "Class", under="classes"),
    _entry("person", "Person", under="people"),
    _entry("duplicates", "Likely duplicates", under="people"),
    _entry("merge", "Merge", under="people"),
    _entry("import", "Import", under="people"),
)

"""Which pages the window has. Each module is loaded when its page is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.main_window import PageEntry

if TYPE_CHECKING:
    from ui.context import Context
    from ui.widgets.page import Page


def _today(context: Context) -> Page:
    from ui.pages.today import TodayPage

    return TodayPage(context)


def _classes(context: Context) -> Page:
    from ui.pages.classes import ClassesPage

    return ClassesPage(context)


def _class(context: Context) -> Page:
    from ui.pages.class_page import ClassPage

    return ClassPage(context)


def _people(context: Context) -> Page:
    from ui.pages.people import PeoplePage

    return PeoplePage(context)


def _person(context: Context) -> Page:
    from ui.pages.person import PersonPage

    return PersonPage(context)


def _agencies(context: Context) -> Page:
    from ui.pages.agencies import AgenciesPage

    return AgenciesPage(context)


def _certificates(context: Context) -> Page:
    from ui.pages.certificates import CertificatesPage

    return CertificatesPage(context)


def _rosters(context: Context) -> Page:
    from ui.pages.state_rosters import StateRostersPage

    return StateRostersPage(context)


def _history(context: Context) -> Page:
    from ui.pages.history import HistoryPage

    return HistoryPage(context)


def _settings(context: Context) -> Page:
    from ui.pages.settings import SettingsPage

    return SettingsPage(context)


def _import(context: Context) -> Page:
    from ui.pages.import_page import ImportPage

    return ImportPage(context)


ENTRIES = (
    PageEntry("today", "Today", "today", _today),
    PageEntry("classes", "Classes", "classes", _classes),
    PageEntry("people", "People", "people", _people),
    PageEntry("agencies", "Agencies", "agencies", _agencies),
    PageEntry("certificates", "Certificates", "certificates", _certificates),
    PageEntry("rosters", "State rosters", "rosters", _rosters),
    PageEntry("history", "History", "history", _history),
    PageEntry("settings", "Settings", "settings", _settings, bottom=True),
    PageEntry("class", "Class", "classes", _class, under="classes"),
    PageEntry("person", "Person", "people", _person, under="people"),
    PageEntry("import", "Import", "import", _import, under="people"),
)

"""The window's tests: one theme, and a fresh file of records."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from cit_desktop.db import Database
from ui import theme as theme_module
from ui.commands import Commands
from ui.context import Context
from ui.preferences import Preferences
from ui.theme import Scheme, Theme


@pytest.fixture(scope="session")
def the_theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture(autouse=True)
def theme(the_theme: Theme) -> Iterator[Theme]:
    if the_theme.scheme is not Scheme.LIGHT or theme_module.colors() is not theme_module.LIGHT:
        the_theme.choose(Scheme.LIGHT)
    yield the_theme
    if theme_module.colors() is not theme_module.LIGHT or the_theme.compact:
        the_theme.choose(Scheme.LIGHT)


@pytest.fixture(autouse=True)
def no_window_left(qapp: QApplication) -> Iterator[None]:
    """End what a test has shown. Left to the garbage collector, a page and its dialog could
    each delete the other.
    """
    yield
    for widget in QApplication.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.cit"
    Database.create(path).close()
    return path


@pytest.fixture
def db(template: Path, tmp_path: Path) -> Iterator[Database]:
    target = tmp_path / "chapter.cit"
    shutil.copyfile(template, target)
    database = Database.open(target)
    yield database
    database.close()


@pytest.fixture
def context(db: Database, qapp: QApplication) -> Iterator[Context]:
    """What a page gets: records of its own, and preferences that last as long as the test."""
    made = Context(db, Commands(db), Preferences())
    yield made
    made.commands.jobs.cancel_all()
    made.commands.jobs.wait()

"""The window's tests: one theme, a fresh file of records, and no warnings of Qt."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from cit_desktop.db import Database
from ui import theme as theme_module
from ui.theme import Scheme, Theme

_HARMLESS = "This plugin does not support"  # the display that shows nothing says so


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
def no_qt_warnings(qtlog) -> Iterator[None]:
    yield
    texts = [r.message for r in qtlog.records if r.type_name != "QtDebugMsg"]
    assert [text for text in texts if not text.startswith(_HARMLESS)] == []


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

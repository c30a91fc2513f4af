"""A fresh file of records for each test, copied from one that the migrations made."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cit_desktop.db import Database
from cit_desktop.models import Chapter
from tests.core.helpers.world import World, build


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.cit"
    Database.create(path).close()
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    target = tmp_path / "chapter.cit"
    shutil.copyfile(template, target)
    return target


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    database = Database.open(path)
    yield database
    database.close()


@pytest.fixture
def chapter_id(db: Database) -> int:
    with db.operation("Add chapter") as session:
        chapter = Chapter(name="Ozark Ridge CIT Council", word="council", code="OR", state="MO")
        session.add(chapter)
        session.flush()
        return chapter.id


@pytest.fixture(scope="session")
def made_world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    path = tmp_path_factory.mktemp("world") / "world.cit"
    return path, build(path)


@pytest.fixture
def world(made_world: tuple[Path, World]) -> World:
    """What is in ``world_db``."""
    return made_world[1]


@pytest.fixture
def world_db(made_world: tuple[Path, World], tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "world.cit"
    shutil.copyfile(made_world[0], path)
    database = Database.open(path)
    yield database
    database.close()

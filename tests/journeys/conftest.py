"""The program as it is started: its own folder for each test, and commands in this process."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ui import app


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> dict[str, Any]:
        """The one object on standard output; anything else there fails."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        assert len(self.lines) == 1
        return found


Cli = Callable[..., Answer]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("CIT_DESKTOP_HOME", str(folder))
    return folder


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run a command in this process."""

    def run(*arguments: object) -> Answer:
        code = app.main([str(one) for one in arguments])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return Answer(code, told.out, told.err)

    return run


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new chapter with its courses, made once."""
    path = tmp_path_factory.mktemp("begun") / "chapter.cit"
    assert app.main(["new", str(path), "--chapter", "Ozark Ridge CIT", "--state", "MO"]) == 0
    return path


@pytest.fixture
def chapter(begun: Path, tmp_path: Path) -> Path:
    """A new chapter of this test's own."""
    return Path(shutil.copyfile(begun, tmp_path / "chapter.cit"))


@pytest.fixture
def fixtures() -> Path:
    return Path(__file__).parents[1] / "fixtures"

"""SQLAlchemy is loaded without its asynchronous half, and nobody else misses what was put off."""

import subprocess
import sys
from pathlib import Path

import pytest

from cit_desktop import loading

PUT_OFF = ("asyncio", "importlib.metadata", "greenlet")


def run(code):
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\nfrom cit_desktop import loading\n{code}"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_records_are_read_without_what_was_put_off(tmp_path):
    code = f"""
loading.sqlalchemy()
from pathlib import Path
from cit_desktop.db import Database
from cit_desktop.services import chapters
db = Database.create(Path({str(tmp_path / "records.cit")!r}))
db.close()
db = Database.open(Path({str(tmp_path / "records.cit")!r}))
with db.operation("Begin") as session:
    chapters.create(session, chapters.ChapterDraft(name="Ozark Ridge"))
with db.read() as session:
    print(chapters.current(session).name)
"""
    assert run(code) == ["Ozark", "Ridge"]


def test_nothing_put_off_is_loaded_with_sqlalchemy():
    code = f"""
loading.sqlalchemy()
import sqlalchemy
sqlalchemy.create_engine("sqlite://").connect().close()
print([name for name in {PUT_OFF!r} if name in sys.modules])
"""
    assert run(code) == ["[]"]


def test_what_was_put_off_comes_when_it_is_imported():
    code = """
loading.sqlalchemy()
import asyncio.events
from importlib import metadata
import greenlet
import sqlalchemy.util.compat as inside
async def seven():
    return 7
print(asyncio.run(seven()), asyncio.events is sys.modules["asyncio.events"])
print(metadata.version("sqlalchemy")[0])
print(inside.asyncio.CancelledError is asyncio.CancelledError)
"""
    assert run(code) == ["7", "True", "2", "True"]


def test_a_stand_in_gives_what_the_module_has(monkeypatch):
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    stand_in = loading.Later("colorsys")
    monkeypatch.setitem(sys.modules, "colorsys", stand_in)
    assert stand_in.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
    assert sys.modules["colorsys"] is not stand_in


def test_looking_around_loads_no_module(monkeypatch):
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    stand_in = loading.Later("colorsys")
    with pytest.raises(AttributeError):
        stand_in.__file__  # noqa: B018 - the asking is what is tested
    assert "colorsys" not in sys.modules


def test_what_is_loaded_already_stays():
    code = "import asyncio\nloading.sqlalchemy()\nprint(sys.modules['asyncio'] is asyncio)"
    assert run(code) == ["True"]

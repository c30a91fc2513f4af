"""The window shows before anything heavy is loaded."""

import os
import subprocess
import sys
from pathlib import Path

HEAVY = (
    *("sqlalchemy", "alembic", "openpyxl", "reportlab", "PIL", "pypdfium2", "nameparser"),
    *("phonenumbers", "dateutil", "python_calamine", "cryptography", "typer"),
)
SCRIPT = """
import sys
from ui.app import make_application, make_program
program = make_program(make_application())
program.window.show()
{more}
assert program.window.isVisible()
print(",".join(sorted(set(sys.modules) & set({heavy!r}))))
program.window.close()
"""


def loaded(tmp_path, more=""):
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "CIT_DESKTOP_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(heavy=HEAVY, more=more)],
        cwd=Path(__file__).parents[3],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().split(",")


def test_nothing_heavy_is_loaded_when_the_window_shows(tmp_path):
    assert loaded(tmp_path) == [""]


def test_the_welcome_and_its_questions_load_nothing_heavy_either(tmp_path):
    assert loaded(tmp_path, "program.front.welcome(begin=True)") == [""]


def test_help_loads_nothing_heavy_either(tmp_path):
    assert loaded(tmp_path, "program.help.show_topic('start')") == [""]


def test_modules_are_imported_without_their_source_being_read(tmp_path):
    more = """
import linecache
import ui.help
assert ui.help.__file__ not in linecache.cache"""
    assert loaded(tmp_path, more) == [""]

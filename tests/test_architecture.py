"""The design's rules that neither ruff, mypy nor import-linter can check."""

from __future__ import annotations

import ast
import gc
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from statistics import median, quantiles

import pytest

TOP = Path(__file__).parents[1]
CODE_FOLDERS = ("cit_desktop", "ui", "migrations", "resources")
CATCH_ALL = {"ui/jobs.py", "cit_desktop/log.py"}  # the job runner and the crash hook
FOUNDATION = {"errors", "clock", "progress", "paths"}  # they import nothing of the rest
BLOCKING_BOXES = {
    "QMessageBox": {"question", "warning", "information", "critical", "about"},
    "QInputDialog": {"getText", "getInt", "getDouble", "getItem", "getMultiLineText"},
}
MACHINE_PATH = re.compile(r"^(/(home|Users|root|tmp|var|opt|work|mnt)/|[A-Z]:[\\/]\w)")

Finder = Callable[[ast.AST], bool]


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(parse(path)))


@pytest.fixture(scope="module", autouse=True)
def parsed() -> Iterator[None]:
    """Every module is parsed once, and its millions of nodes are no work for the collector."""
    for path in [*code_files(), *python_files("tests")]:
        nodes(path)
    gc.freeze()
    yield
    gc.unfreeze()
    for held in (nodes, parse, code_lines):
        held.cache_clear()


def python_files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((TOP / folder).rglob("*.py"))]


def code_files() -> list[Path]:
    return [*python_files(*CODE_FOLDERS), *sorted(TOP.glob("*.py"))]


def name_of(path: Path) -> str:
    return path.relative_to(TOP).as_posix()


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def docstring_lines(path: Path) -> set[int]:
    held = set[int]()
    for node in nodes(path):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if ast.get_docstring(node, clean=False) is not None:
            first = node.body[0]
            held |= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return held


@cache
def code_lines(path: Path) -> int:
    """Lines that hold code: blank lines, comments and docstrings are not what is measured.

    Otherwise explaining a module would make it "too long", and padding a test would count as one.
    """
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    held = {number for number, line in lines if line.strip() and not line.lstrip().startswith("#")}
    return len(held - docstring_lines(path))


def functions(paths: Iterable[Path]) -> Iterator[tuple[str, int]]:
    for path in paths:
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                end = node.end_lineno or node.lineno
                yield f"{name_of(path)}:{node.name}", end - node.lineno + 1


def found(finder: Finder, paths: Iterable[Path]) -> list[str]:
    return [
        f"{name_of(path)}:{getattr(node, 'lineno', 0)}"
        for path in paths
        for node in nodes(path)
        if finder(node)
    ]


def calls(node: ast.AST, *names: str) -> bool:
    """Whether the node calls something by one of these last names."""
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    last = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return last in names


def calls_on(node: ast.AST, owner: str, names: Iterable[str]) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in set(names)
        and ast.unparse(node.func.value).split(".")[-1] == owner
    )


def imported(path: Path) -> set[str]:
    names = set[str]()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def foreign_imports(path: Path) -> set[str]:
    """What it imports that is not in the standard library."""
    return {name for name in imported(path) if name.split(".")[0] not in sys.stdlib_module_names}


def foreign_roots(path: Path) -> set[str]:
    return {name.split(".")[0] for name in foreign_imports(path)}


# Sizes


def test_no_module_is_longer_than_450_lines():
    assert {name_of(p): lines(p) for p in code_files() if lines(p) > 450} == {}


def test_most_modules_are_short():
    modules = [path for path in code_files() if path.name != "__init__.py"]
    assert median(code_lines(path) for path in modules) <= 120
    assert quantiles([lines(path) for path in modules], n=10)[-1] <= 300


def test_no_function_is_longer_than_60_lines():
    assert [entry for entry in functions(code_files()) if entry[1] > 60] == []


def test_most_functions_are_short():
    assert quantiles([size for _, size in functions(code_files())], n=10)[-1] <= 25


def test_there_are_four_lines_of_tests_for_five_of_code():
    code = sum(code_lines(path) for path in code_files())
    tests = sum(code_lines(path) for path in python_files("tests"))
    assert tests >= 0.8 * code, f"{tests} lines of tests for {code} lines of code"


# What is not done


def is_dialog_exec(node: ast.AST) -> bool:
    if not calls(node, "exec", "exec_") or not isinstance(node, ast.Call):
        return False
    owner = ast.unparse(node.func).split(".")[-2:-1]
    return owner not in (["app"], ["application"], ["QApplication"], ["_app"])


def is_blocking_box(node: ast.AST) -> bool:
    return any(calls_on(node, owner, names) for owner, names in BLOCKING_BOXES.items())


def is_catch_all(node: ast.AST) -> bool:
    if not isinstance(node, ast.ExceptHandler):
        return False
    caught = "" if node.type is None else ast.unparse(node.type)
    return node.type is None or bool(re.search(r"\b(Exception|BaseException)\b", caught))


def is_insert_or_replace(node: ast.AST) -> bool:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    return bool(re.search(r"\b(insert\s+or\s+replace|replace\s+into)\b", node.value, re.I)) or (
        node.value.strip().upper() == "OR REPLACE"
    )


def is_script(node: ast.AST) -> bool:
    return calls(node, "executescript")


def is_clock_call(node: ast.AST) -> bool:
    return calls_on(node, "datetime", ("now", "utcnow", "today")) or calls_on(
        node, "date", ("today",)
    )


def is_rich_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in ("RichText", "AutoText", "MarkdownText")


def is_markup(node: ast.AST) -> bool:
    return calls(node, "setHtml", "setMarkdown", "insertHtml", "insertMarkdown")


def is_machine_path(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(MACHINE_PATH.match(node.value))
    )


def test_no_dialog_blocks_with_exec():
    assert found(is_dialog_exec, code_files()) == []


def test_no_question_is_asked_by_a_blocking_box():
    assert found(is_blocking_box, python_files("ui")) == []


def test_every_error_is_caught_in_two_places_only():
    others = [path for path in code_files() if name_of(path) not in CATCH_ALL]
    assert found(is_catch_all, others) == []


def test_no_statement_replaces_rows_behind_the_journal():
    assert found(is_insert_or_replace, code_files()) == []


def test_no_script_commits_an_open_transaction():
    assert found(is_script, code_files()) == []


def test_only_the_clock_asks_what_time_it_is():
    others = [path for path in code_files() if name_of(path) != "cit_desktop/clock.py"]
    assert found(is_clock_call, others) == []


def test_labels_are_made_by_the_label_module_that_makes_them_plain():
    others = [p for p in python_files("ui") if name_of(p) != "ui/widgets/label.py"]
    assert found(lambda node: calls(node, "QLabel"), others) == []
    assert found(is_rich_text, python_files("ui")) == []


def test_only_our_own_pages_of_help_are_read_as_markup():
    others = [p for p in python_files("ui") if name_of(p) != "ui/help.py"]
    assert found(is_markup, others) == []


def test_text_for_a_pdf_does_not_pass_through_markup():
    importers = [
        name_of(path)
        for path in code_files()
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and "Paragraph" in {alias.name for alias in node.names}
    ]
    assert importers == []
    assert found(lambda node: calls(node, "Paragraph"), code_files()) == []


def test_one_sqlite_library_touches_the_file():
    assert [name_of(p) for p in code_files() if "PySide6.QtSql" in imported(p)] == []


def test_no_path_of_a_machine_stands_in_the_code():
    assert found(is_machine_path, code_files()) == []


# What is imported


def test_revisions_import_sqlalchemy_and_alembic_only():
    for path in python_files("migrations/versions"):
        assert foreign_roots(path) <= {"sqlalchemy", "alembic"}, name_of(path)


def test_the_foundation_imports_nothing_of_the_rest():
    allowed = {f"cit_desktop.{name}" for name in FOUNDATION} | {"platformdirs"}
    for name in FOUNDATION:
        path = TOP / "cit_desktop" / f"{name}.py"
        if not path.exists():
            continue
        assert foreign_imports(path) <= allowed, name_of(path)


# The rules themselves


def test_a_line_counts_when_it_holds_code(tmp_path):
    module = tmp_path / "module.py"
    module.write_text(
        '"""What it is.\n\nMore."""\n\n# why\nA = (\n    1,  # one\n)\n\n\n'
        'def f():\n    """Says."""\n    return """two\nlines"""\n',
        encoding="utf-8",
    )
    assert code_lines(module) == 6


@pytest.mark.parametrize(
    ("finder", "source", "caught"),
    [
        (is_dialog_exec, "self.dialog.exec()", True),
        (is_dialog_exec, "QMenu(self).exec(point)", True),
        (is_dialog_exec, "app.exec()", False),
        (is_dialog_exec, "QApplication.exec()", False),
        (is_blocking_box, "QtWidgets.QMessageBox.question(self, 'a', 'b')", True),
        (is_blocking_box, "log.warning('a')", False),
        (is_catch_all, "try: pass\nexcept (OSError, Exception): pass", True),
        (is_catch_all, "try: pass\nexcept: pass", True),
        (is_catch_all, "try: pass\nexcept OSError: pass", False),
        (is_insert_or_replace, "sql = 'insert  or replace into t'", True),
        (is_insert_or_replace, "insert(t).prefix_with('OR REPLACE')", True),
        (is_insert_or_replace, "sql = 'insert into t'", False),
        (is_script, "cursor.executescript(sql)", True),
        (is_clock_call, "datetime.date.today()", True),
        (is_clock_call, "datetime.now(UTC)", True),
        (is_clock_call, "clock.now()", False),
        (is_rich_text, "label.setTextFormat(Qt.TextFormat.RichText)", True),
        (is_rich_text, "label.setTextFormat(Qt.TextFormat.PlainText)", False),
        (is_markup, "view.setHtml(name)", True),
        (is_markup, "view.setPlainText(name)", False),
        (is_machine_path, f"p = '/{'home'}/ann/x'", True),
        (is_machine_path, r"p = 'C:\\Users'", True),
        (is_machine_path, "p = 'C: no'", False),
    ],
)
def test_a_rule_catches_what_it_is_for(finder, source, caught):
    assert any(finder(node) for node in ast.walk(ast.parse(source))) is caught

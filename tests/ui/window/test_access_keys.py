"""Access keys of the pages against those of the menu bar."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import ui

_UI = Path(ui.__file__).parent
_MENU_KEYS = set("fevh")  # File, Edit, View, Help
_IN_MENUS = {"certificates.py", "grid_menu.py", "class_actions.py", "file_menu.py"}
_IN_WINDOW = sorted(
    path
    for path in [*_UI.glob("pages/**/*.py"), *_UI.glob("widgets/*.py"), *_UI.glob("*.py")]
    if path.name not in _IN_MENUS and not path.name.endswith("menus.py")
)


def access_keys(path: Path) -> set[tuple[str, str]]:
    texts = (
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {
        (text, key.lower()) for text in texts for key in re.findall(r"&([A-Za-z])(?!\w*;)", text)
    }


@pytest.mark.parametrize("path", _IN_WINDOW, ids=str)
def test_no_button_or_field_shares_its_access_key_with_a_menu(path: Path) -> None:
    assert [text for text, key in access_keys(path) if key in _MENU_KEYS] == []


def test_no_two_lines_of_the_view_menu_share_an_access_key() -> None:
    tree = ast.parse((_UI / "window_menus.py").read_text("utf-8"))
    (further,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_FURTHER"
    )
    (view,) = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "_build_view"
    )
    keys = [
        key.lower()
        for part in (further, view)
        for node in ast.walk(part)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for key in re.findall(r"&([A-Za-z])", node.value)
    ]
    assert len(keys) >= 7
    assert sorted(keys) == sorted(set(keys))

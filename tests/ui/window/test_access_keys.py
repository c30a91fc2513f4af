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

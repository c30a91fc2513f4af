"""The one small style sheet; what the palette can say is left to the palette."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from string import Template

_SHEET = Template("""
QToolTip { color: $text; background: $surface; border: 1px solid $line; padding: 4px 6px; }
QLabel { background: transparent; }
QLabel[role="soft"] { color: $soft; }
QLabel[role="good"] { color: $good; }
QLabel[role="care"] { color: $care; }
QLabel[role="wrong"] { color: $wrong; }
QLabel[role="accent"] { color: $accent; }

QPushButton { color: $text; background: $surface; border: 1px solid $line; border-radius: 4px;
  padding: ${pad}px 13px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $current; }
QPushButton:focus { border: 2px solid $accent; padding: ${pad_less}px 12px; }
QPushButton:disabled { color: $soft; background: $background; }
QPushButton::menu-indicator { width: 0; }
QPushButton[kind="primary"] { color: $on_accent; background: $accent; border-color: $accent;
  font-weight: bold; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { color: $soft; background: $current; border-color: $line; }
QPushButton[kind="danger"] { color: $wrong; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; padding: 4px 6px; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; padding: 3px 5px; }
QPushButton[kind="link"] { color: $accent; background: transparent; border: 2px solid transparent;
  padding: 0 2px; text-decoration: underline; }
StatusLine QPushButton[kind="link"] { font-size: ${small}pt; }
QPushButton[kind="link"]:focus { border-color: $accent; }
QPushButton[kind="link"][tone="care"] { color: $care; }
QPushButton[kind="link"][tone="good"] { color: $good; }
QPushButton[kind="link"][tone="wrong"] { color: $wrong; }

QAbstractScrollArea { background: transparent; border: 0; }
QFileDialog QHeaderView { background: $surface; }
QFileDialog QHeaderView::section { color: $soft; background: $surface; border: 0;
  padding: 4px 6px; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollArea[pane="true"] { border: 2px solid transparent; border-radius: 5px; }
QScrollArea[pane="true"]:focus { border-color: $accent; }
QLineEdit, QPlainTextEdit, QTextEdit { color: $text; background: $surface; border: 1px solid $line;
  border-radius: 4px; padding: ${pad_edit}px 7px; selection-background-color: $accent;
  selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent;
  padding: ${pad_edit_less}px 6px; }
QLineEdit:disabled, QLineEdit[readOnly="true"] { color: $soft; background: $background; }
QLineEdit[wrong="true"] { border-color: $wrong; }
QComboBox, QAbstractSpinBox { color: $text; background: $surface; border: 1px solid $line;
  border-radius: 4px; padding: ${pad_edit}px 7px; selection-background-color: $accent;
  selection-color: $on_accent; }
QComboBox { padding-right: 24px; }
QAbstractSpinBox { padding: ${pad_edit_less}px 1px ${pad_edit_less}px 8px; }
QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid $accent; }
QComboBox:focus { padding: ${pad_edit_less}px 23px ${pad_edit_less}px 6px; }
QAbstractSpinBox:focus { padding: ${pad_spin_less}px 0 ${pad_spin_less}px 7px; }
QComboBox:hover { background: $hover; }
QComboBox:disabled, QAbstractSpinBox:disabled { color: $soft; background: $background; }
QComboBox QLineEdit { border: 0; padding: 0; background: transparent; }
QAbstractSpinBox QLineEdit { border: 0; padding: 0; background: transparent; }
QComboBox::drop-down, QDateEdit::drop-down { border: 0; width: 24px; background: transparent;
  subcontrol-origin: border; subcontrol-position: center right; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("$icons/down.svg"); width: 12px;
  height: 12px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: 20px;
  background: transparent; subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; top: 2px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; bottom: 2px; }
QAbstractSpinBox::up-arrow { image: url("$icons/up.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$icons/down.svg"); width: 10px; height: 10px; }
QCheckBox, QRadioButton { spacing: 8px; padding: 3px; border: 2px solid transparent;
  border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $soft; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: 14px;
  height: 14px; border: 1px solid $outline; background: $surface; }
QCheckBox::indicator, QAbstractItemView::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: $accent;
  border-color: $accent; image: url("$icons/check-$ink.svg"); }
QCheckBox::indicator:indeterminate { background: $accent; border-color: $accent;
  image: url("$icons/dash-$ink.svg"); }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 6px; height: 6px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line; padding: 2px;
  selection-background-color: $accent_ground; selection-color: $text; }

QListWidget[kind="choices"] { border: 2px solid transparent; border-radius: 4px; outline: 0; }
QListWidget[kind="choices"]:focus { border-color: $accent; }
QListWidget[kind="choices"]::item { color: $text; padding: 2px 8px; border-radius: 4px; }
QListWidget[kind="choices"]::item:hover { background: $hover; }
QListWidget[kind="choices"]::item:selected { background: $accent_ground; color: $text; }

QMenuBar { background: $rail; color: $text; padding: 1px 6px; border-bottom: 1px solid $line; }
QMenuBar::item { padding: 4px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $accent_ground; color: $text; }
QMenu { background: $surface; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 24px; border-radius: 4px; color: $text; }
QMenu::item:selected { background: $accent_ground; }
QMenu::item:disabled { color: $soft; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $handle; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $soft; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $line; border: 0; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: transparent; }
""")


def build(names: Mapping[str, str], *, small: float, compact: bool) -> str:
    """The sheet in these colors (role to ``#rrggbb``); ``small`` is a font size in points."""
    pad = 4 if compact else 6
    sizes = {
        "pad": pad,
        "pad_less": pad - 1,
        "pad_edit": pad - 1,
        "pad_edit_less": pad - 2,
        "pad_spin_less": pad - 3,
        "small": small,
    }
    derived = {
        "icons": Path(str(files("resources") / "icons")).as_posix(),
        "ink": "light" if names["on_accent"] > "#7F" else "dark",
        "outline": _between(names["surface"], names["soft"], 0.75),
        "accent_hover": _between(names["accent"], names["text"], 0.15),
        "handle": _between(names["surface"], names["soft"], 0.4),
    }
    return _SHEET.substitute(names, **sizes, **derived)


def _between(one: str, other: str, part: float) -> str:
    """A color ``part`` of the way from one ``#rrggbb`` to another."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)

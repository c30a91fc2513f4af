"""A window furnished like ours, without data or a program behind it: what Qt itself takes.

As in ours, numbers stand at the right and labels are plain text, so the enumerations of ``Qt``
are made here too: PySide6 makes all of them when the first is asked for.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

SHEET = """
QWidget { font-size: 10pt; color: #1B2127; background: #F7F8F9 }
QPushButton { border: 1px solid #E1E5E9; border-radius: 4px; padding: 6px 12px; background: #FFF }
QLineEdit, QComboBox { border: 1px solid #E1E5E9; border-radius: 4px; padding: 5px }
QTableWidget { border: 1px solid #E1E5E9; gridline-color: #E1E5E9 }
QHeaderView::section { border: 0; padding: 8px; background: #FFFFFF }
QListWidget { border: 0; background: #F0F2F4 } QListWidget::item { padding: 9px }
"""
MENUS = ("File", "Edit", "View", "Class", "Help")
PAGES = ("Today", "Classes", "People", "Agencies", "Certificates", "State rosters", "History")


def build() -> QMainWindow:
    """Menus, rail, search, title, buttons, a table of a screenful, a form of twelve fields."""
    window = QMainWindow()
    for name in MENUS:
        menu = window.menuBar().addMenu(name)
        for number in range(7):
            action = menu.addAction(f"{name} {number}")
            action.setShortcut(QKeySequence(f"Ctrl+Alt+{number}"))
    rail = QListWidget()
    rail.addItems([*PAGES, "Settings"])
    rail.setFixedWidth(196)
    page = QVBoxLayout()
    head = QHBoxLayout()
    title = QLabel("Today")
    title.setTextFormat(Qt.TextFormat.PlainText)
    head.addWidget(title)
    head.addWidget(QLineEdit(placeholderText="Search"))
    page.addLayout(head)
    buttons = QHBoxLayout()
    for name in ("One", "Two", "Three"):
        buttons.addWidget(QPushButton(name))
    page.addLayout(buttons)
    body = QHBoxLayout()
    body.addWidget(_table(), 3)
    body.addWidget(_form(), 1)
    page.addLayout(body)
    stack = QStackedWidget()
    shown = QWidget()
    shown.setLayout(page)
    stack.addWidget(shown)
    inside = QWidget()
    row = QHBoxLayout(inside)
    row.addWidget(rail)
    row.addWidget(stack)
    window.setCentralWidget(inside)
    window.statusBar().showMessage("Ready")
    window.resize(1280, 800)
    return window


def _table() -> QTableWidget:
    table = QTableWidget(24, 8)
    for line in range(24):
        for column in range(8):
            item = QTableWidgetItem(f"Value {line} {column}")
            if column > 5:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(line, column, item)
    return table


def _form() -> QWidget:
    form = QWidget()
    rows = QFormLayout(form)
    for number in range(12):
        field = QComboBox() if number % 3 == 0 else QLineEdit()
        rows.addRow(f"Field {number}", field)
    return form


def application() -> QApplication:
    """The Fusion style and one style sheet, as ours."""
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    app.setStyleSheet(SHEET)
    return app

"""Chooses counties: from the list of the state where it ships, else typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.card import Card
from ui.widgets.label import ElidedLabel

_ROW = 28


class CountyList(QWidget):
    """Says which counties are chosen whenever that changes."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName("Counties")
        self.list.setProperty("kind", "choices")
        self.list.itemChanged.connect(lambda _item: self._touched())
        self.typed = QLineEdit(placeholderText="Separated by commas")
        self.typed.setAccessibleName("Counties, separated by commas")
        self.typed.editingFinished.connect(self._touched)
        self.chosen = ElidedLabel("", role="soft", points=theme.SMALL)
        self.frame = Card()
        self.frame.body.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.frame, 1)
        column.addWidget(self.typed)
        column.addWidget(self.chosen)
        column.addStretch(0)  # typed ones stand at the top, beside their label
        self.setFocusProxy(self.list)
        self.show_state("")

    def show_state(
        self, state: str, counties: Sequence[str] = (), first: Sequence[str] = ()
    ) -> None:
        """List the counties of a state with these chosen; those of elsewhere stay in the list.

        Args:
            first: Those that stand at the top.
        """
        from cit_desktop import catalogs

        known = [county.name for county in catalogs.counties(state)]
        known = list(dict.fromkeys([*first, *known])) if known else []
        for part in (self.list, self.typed):  # showing is no choice, nor is losing the focus by it
            part.blockSignals(True)
        self.list.clear()
        for name in [*(c for c in counties if c not in known), *known] if known else ():
            item = QListWidgetItem(name, self.list)
            item.setSizeHint(QSize(0, _ROW))
            on = name in counties
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.frame.setVisible(bool(known))
        self.typed.setVisible(not known)
        self.typed.setText(", ".join(counties))
        for part in (self.list, self.typed):
            part.blockSignals(False)
        self.setFocusProxy(self.list if known else self.typed)
        self._tell()
        chosen = (n for n, name in enumerate(known) if name in counties)
        top = 0 if first else next(chosen, 0)
        if known:
            self.list.setCurrentRow(top)
            at_top = QAbstractItemView.ScrollHint.PositionAtTop
            self.list.scrollToItem(self.list.item(top), at_top)

    def counties(self) -> list[str]:
        """Those that are chosen, in the order of the list."""
        if not self.list.count():
            return [c.strip() for c in self.typed.text().split(",") if c.strip()]
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item.text() for item in items if item.checkState() == Qt.CheckState.Checked]

    def _touched(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        names = self.counties()
        listed = f"{len(names)} chosen: {', '.join(names)}"
        self.chosen.setText(listed if names else "None chosen yet; Space chooses")
        self.chosen.setVisible(self.list.count() > 0)

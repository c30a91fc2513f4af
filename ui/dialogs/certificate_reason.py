"""Asks why a certificate is revoked or replaced, and how the new one is worded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.fitting import fit_height
from ui.widgets.button import Kind, button
from ui.widgets.label import TextLabel


class CertificateReason(QDialog):
    """Emits the reason and the kind of wording; the button waits for a reason.

    Args:
        wordings: Kind and what is shown of each; none for a question without that choice.
    """

    given = Signal(str, str)  # reason, kind or an empty text

    def __init__(
        self,
        title: str,
        text: str,
        action: str,
        *,
        wordings: Sequence[tuple[str, str]] = (),
        current: str = "",
        kind: Kind = "primary",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("CIT Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.reason = QLineEdit(maxLength=200)
        self.reason.setAccessibleName("Reason")
        self.wording = QComboBox()
        self.wording.setAccessibleName("Wording")
        for value, shown in wordings:
            self.wording.addItem(shown, value)
        self.wording.setCurrentIndex(max(0, self.wording.findData(current)))
        self.action = button(action, self.accept, kind=kind)
        self.action.setDefault(True)
        self.action.setEnabled(False)
        self.cancel = button("Cancel", self.reject)
        self._lay_out(title, text, bool(wordings))
        self.reason.textChanged.connect(
            lambda typed: self.action.setEnabled(bool(str(typed).strip()))
        )
        self.accepted.connect(self._give)

    def _lay_out(self, title: str, text: str, with_wording: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(TextLabel(title, points=12, bold=True, wrap=True))
        column.addWidget(TextLabel(text, role="soft", wrap=True))
        form = QFormLayout()
        form.setContentsMargins(0, 8, 0, 8)
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("&Reason", self.reason)
        if with_wording:
            form.addRow("&Wording", self.wording)
        column.addLayout(form)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.action)
        column.addLayout(row)
        self.reason.setFocus()
        fit_height(self)

    def _give(self) -> None:
        self.given.emit(self.reason.text().strip(), str(self.wording.currentData() or ""))

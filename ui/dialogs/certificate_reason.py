"""Asks why a certificate is revoked or replaced, and how the new one is worded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QWidget,
)

from ui.dialogs.fitting import fit_height
from ui.dialogs.frame import answers, framed
from ui.widgets.button import Kind, button


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
        column = framed(self, title, text)
        form = QFormLayout()
        form.setContentsMargins(0, 8, 0, 8)
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("&Reason", self.reason)
        if with_wording:
            form.addRow("&Wording", self.wording)
        column.addLayout(form)
        column.addLayout(answers(self.cancel, self.action))
        self.reason.setFocus()
        fit_height(self)

    def _give(self) -> None:
        self.given.emit(self.reason.text().strip(), str(self.wording.currentData() or ""))

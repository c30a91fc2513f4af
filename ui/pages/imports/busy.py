"""What stands in the place of the list while it is read or written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui.jobs import Job
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import TextLabel

_WIDTH = 320


class ImportBusy(Card):
    """How far the work is, with a way to stop it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.title = TextLabel("", points=12, bold=True)
        self.what = TextLabel("", role="soft")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedSize(_WIDTH, 6)
        self.bar.setAccessibleName("Progress")
        self.cancel = button("Ca&ncel", self._cancel)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addStretch(2)
        for part in (self.title, self.bar, self.what, self.cancel):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.body.addLayout(column)

    def follow(self, job: Job) -> None:
        """Show a job from its start."""
        self._job = job
        self.title.setText(job.label)
        self.what.setText("")
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        job.progressed.connect(self._progressed)

    def _progressed(self, done: int, total: int, what: str) -> None:
        if self.sender() is self._job or self.sender() is None:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.what.setText("" if what == self.title.text() else what)

    def _cancel(self) -> None:
        if self._job is not None:
            self.cancel.setEnabled(False)
            self._job.cancel()

    def let_go(self) -> None:
        """The work is over."""
        self._job = None

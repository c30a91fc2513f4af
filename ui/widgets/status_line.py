"""The line at the bottom: saved and backed up, what is going on, how far long work is."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QWidget
from typing_extensions import override

from ui import theme
from ui.widgets.button import button
from ui.widgets.label import ElidedLabel, LabelRole, TextLabel

DELAY_MS = 300


class StatusLine(QWidget):
    """26 px: a text at the left, one in the middle, progress at the right after 300 ms."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.STATUS_HEIGHT)
        self.left = ElidedLabel("", role="soft", points=theme.SMALL)
        self.center = ElidedLabel("", role="soft", points=theme.SMALL)
        self.center.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.what = TextLabel("", role="soft", points=theme.SMALL)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedSize(140, 6)
        self.cancel = button("Cancel", self.cancelled.emit, kind="link")
        self.work = QWidget()
        right = QHBoxLayout(self.work)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        right.addStretch(1)
        for part in (self.what, self.bar, self.cancel):
            right.addWidget(part)
        policy = self.work.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that the middle stays in the middle
        self.work.setSizePolicy(policy)
        self.work.setVisible(False)
        row = QGridLayout(self)
        row.setContentsMargins(14, 1, 14, 0)
        for place, widget in enumerate((self.left, self.center, self.work)):
            row.addWidget(widget, 0, place)
            row.setColumnStretch(place, (4, 5, 4)[place])
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(lambda: self.work.setVisible(True))

    def say(self, text: str, *, role: LabelRole = "soft") -> None:
        """The left text, for example "Saved 9:42 · Backed up 12 min ago"."""
        self.left.set_role(role)
        self.left.setText(text)

    def say_center(self, text: str) -> None:
        """The middle text, for example "23 of 26 present this block"."""
        self.center.setText(text)

    def begin(self, what: str, *, can_cancel: bool = True) -> None:
        """Long work starts; it is shown when it takes over 300 ms."""
        self.what.setText(what)
        self.bar.setRange(0, 0)
        self.cancel.setVisible(can_cancel)
        self._delay.start()

    def progress(self, done: int, total: int, what: str = "") -> None:
        """How far the work is; a total of 0 means that nobody knows."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if what:
            self.what.setText(what)

    def end(self) -> None:
        """The work is over."""
        self._delay.stop()
        self.work.setVisible(False)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colors().rail)
        painter.fillRect(0, 0, self.width(), 1, theme.colors().line)

"""The lines of the first page: what waits, and the link that does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from ui import theme
from ui.widgets.card import RADIUS, Card
from ui.widgets.label import TextLabel, plain_tip
from ui.widgets.marks import Shape, Tone, draw_shape

_LEFT, _WORDS, _RIGHT, _GAP = 18, 40, 18, 16
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True)
class Task:
    """A line as data.

    Attributes:
        link: The words of what Enter or a click does.
        to: Page key and record id that it leads to.
    """

    title: str
    detail: str
    link: str
    to: tuple[str, object]
    shape: Shape = "empty"
    tone: Tone = "accent"


class Line(QAbstractButton):
    """One thing that waits; the whole line is the link."""

    def __init__(self, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task = task
        self.last = False
        self.setText(task.title)
        self.setAccessibleName(f"{task.title}. {task.detail} {task.link}")
        self.setToolTip(plain_tip(f"{task.title}\n{task.detail}"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(280, theme.row_height() + 18)

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        if e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif Qt.Key(e.key()) in _STEPS:
            self.focusNextPrevChild(_STEPS[Qt.Key(e.key())] > 0)
        else:
            super().keyPressEvent(e)

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        roles = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.underMouse():
            painter.fillRect(box.adjusted(1, 0, -1, -1), roles.hover)
        if not self.last:
            painter.fillRect(
                QRectF(_LEFT, box.bottom() - 1, box.width() - 2 * _LEFT, 1), roles.line
            )
        color = roles.role(self.task.tone)
        draw_shape(painter, self.task.shape, QPointF(_LEFT + 6, box.center().y() - 8.5), 11, color)
        self._paint_words(painter, box, self._paint_link(painter, box))
        if self.hasFocus():
            painter.setPen(QPen(roles.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -3), 4, 4)

    def _paint_link(self, painter: QPainter, box: QRectF) -> float:
        font = theme.font()
        font.setUnderline(True)
        width = QFontMetrics(font).horizontalAdvance(self.task.link)
        painter.setFont(font)
        painter.setPen(theme.colors().accent)
        place = QRectF(box.right() - _RIGHT - width, box.top(), width + 1, box.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.task.link)
        return place.left() - _GAP

    def _paint_words(self, painter: QPainter, box: QRectF, right: float) -> None:
        roles, middle = theme.colors(), box.center().y()
        for text, bold, color, top in (
            (self.task.title, True, roles.text, middle - 19),
            (self.task.detail, False, roles.soft, middle + 0),
        ):
            font = theme.font(bold=bold)
            painter.setFont(font)
            painter.setPen(color)
            width = right - _WORDS
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(width))
            painter.drawText(QRectF(_WORDS, top, width, 19), Qt.AlignmentFlag.AlignVCenter, shown)


class Section(Card):
    """A card of lines under a heading; hidden while there are none."""

    chosen = Signal(str, object)  # page key, record id

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = TextLabel(title, bold=True)
        self.count = TextLabel("", role="soft")
        row = QHBoxLayout()
        row.setContentsMargins(_LEFT, 11, _RIGHT, 7)
        row.setSpacing(8)
        row.addWidget(self.heading)
        row.addWidget(self.count)
        row.addStretch(1)
        self.body.addLayout(row)
        self.lines: list[Line] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_tasks(self, tasks: Sequence[Task], count: int | None = None) -> None:
        """Show these lines; ``count`` stands beside the heading."""
        focused = next((n for n, line in enumerate(self.lines) if line.hasFocus()), None)
        if [line.task for line in self.lines] != list(tasks):
            self._fill(tasks)
            if focused is not None and self.lines:
                self.lines[min(focused, len(self.lines) - 1)].setFocus()
        self.count.setText("" if count is None else f"{count:,}")
        self.setVisible(bool(tasks))

    def _fill(self, tasks: Sequence[Task]) -> None:
        for line in self.lines:
            self.body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [Line(task) for task in tasks]
        for line in self.lines:
            line.clicked.connect(lambda _on=False, to=line.task.to: self.chosen.emit(*to))
            self.body.addWidget(line)
        if self.lines:
            self.lines[-1].last = True
            self.body.setContentsMargins(1, 1, 1, int(RADIUS) - 2)

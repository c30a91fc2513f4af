"""Line icons, drawn by the program on a 20 px grid with round 1.6 px strokes.

A shape is a text of commands in grid units: ``M x y`` move, ``L x y`` line, ``C`` cubic,
``Z`` close, ``O x y r`` circle, ``R x y w h r`` rounded rectangle, ``A x y r from sweep`` arc.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPen, QPixmap
from typing_extensions import override

from ui import theme
from ui.icon_shapes import SHAPES

GRID = 20.0
STROKE = 1.6
Role = Literal["text", "soft", "accent", "on_accent", "good", "care", "wrong"]
_ARGUMENTS = {"M": 2, "L": 2, "C": 6, "Z": 0, "O": 3, "R": 5, "A": 5}


def names() -> tuple[str, ...]:
    """Every icon there is."""
    return tuple(SHAPES)


@cache
def path(name: str) -> QPainterPath:
    """The strokes of an icon in grid units."""
    made = QPainterPath()
    words = SHAPES[name].split()
    while words:
        command = words.pop(0)
        numbers = [float(words.pop(0)) for _ in range(_ARGUMENTS[command])]
        _add(made, command, numbers)
    return made


def _add(made: QPainterPath, command: str, n: list[float]) -> None:
    match command:
        case "M":
            made.moveTo(n[0], n[1])
        case "L":
            made.lineTo(n[0], n[1])
        case "C":
            made.cubicTo(n[0], n[1], n[2], n[3], n[4], n[5])
        case "Z":
            made.closeSubpath()
        case "O":
            made.addEllipse(QPointF(n[0], n[1]), n[2], n[2])
        case "R":
            made.addRoundedRect(QRectF(n[0], n[1], n[2], n[3]), n[4], n[4])
        case _:
            box = QRectF(n[0] - n[2], n[1] - n[2], 2 * n[2], 2 * n[2])
            made.arcMoveTo(box, n[3])
            made.arcTo(box, n[3], n[4])


def draw(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """Draw an icon as large as fits, at the left of a rectangle that is wider than high."""
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(QPointF(rect.left(), rect.center().y() - side / 2))
    painter.scale(side / GRID, side / GRID)
    pen = QPen(color, STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path(name))
    painter.restore()


class _Engine(QIconEngine):
    """Draws when asked, so that an icon follows the theme and any pixel density."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def _color(self, mode: QIcon.Mode) -> QColor:
        roles = theme.colors()
        if mode == QIcon.Mode.Disabled:
            return theme.mix(roles.soft, roles.surface, 0.5)
        return roles.role(self._role)

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        draw(painter, self._name, QRectF(rect), self._color(mode))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    @override
    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)


def icon(name: str, role: Role = "text") -> QIcon:
    """An icon in a role's color, whichever theme is on when it is drawn.

    Raises:
        KeyError: There is no such icon.
    """
    path(name)
    return QIcon(_Engine(name, role))

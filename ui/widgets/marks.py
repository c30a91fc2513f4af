"""The shapes that go with every state, so that color never stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

Shape = Literal["full", "half", "empty", "check", "cross", "warning", "none"]
Tone = Literal["text", "soft", "accent", "good", "care", "wrong"]


@dataclass(frozen=True)
class Pill:
    """A state in words, with its shape and color: ``Pill("Ready", "good", "full")``."""

    text: str
    tone: Tone = "soft"
    shape: Shape = "full"


def draw_shape(
    painter: QPainter, shape: Shape, center: QPointF, size: float, color: QColor
) -> None:
    """Draw a shape of about ``size`` pixels around a point."""
    half = size / 2
    box = QRectF(center.x() - half, center.y() - half, size, size)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color, max(1.2, size * 0.14))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if shape in ("full", "half", "empty"):
        _draw_round(painter, shape, box, color)
    elif shape == "check":
        draw_check(painter, center, size, pen)
    elif shape == "cross":
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomLeft())
    elif shape == "warning":
        path = path_along(QPointF(center.x(), box.top()), box.bottomRight(), box.bottomLeft())
        path.closeSubpath()
        painter.drawPath(path)
    painter.restore()


def _draw_round(painter: QPainter, shape: str, box: QRectF, color: QColor) -> None:
    inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
    if shape == "full":
        painter.setBrush(color)
    painter.drawEllipse(inner)
    if shape == "half":
        painter.setBrush(color)
        painter.drawChord(inner, 90 * 16, 180 * 16)


def draw_check(painter: QPainter, center: QPointF, size: float, pen: QPen) -> None:
    """A tick around a point."""
    painter.setPen(pen)
    x, y, unit = center.x(), center.y(), size / 10
    path = path_along(
        QPointF(x - 4 * unit, y + 0.6 * unit),
        QPointF(x - 1.2 * unit, y + 3.4 * unit),
        QPointF(x + 4.2 * unit, y - 3.4 * unit),
    )
    painter.strokePath(path, pen)


def path_along(start: QPointF, *others: QPointF) -> QPainterPath:
    """A line through some points; a polygon made of a list of Python's has crashed."""
    path = QPainterPath(start)
    for point in others:
        path.lineTo(point)
    return path

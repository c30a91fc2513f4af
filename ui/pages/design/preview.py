"""A sample certificate beside the fields of its design, drawn anew after every key."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from cit_desktop.errors import CitError
from cit_desktop.services.certificate_samples import SAMPLE_NAMES
from ui import theme
from ui.commands import report_crash
from ui.context import Context
from ui.receiving import while_alive
from ui.widgets.card import Card
from ui.widgets.label import TextLabel
from ui.work import certificate_design_work
from ui.work.certificate_design_work import Asked, Preview

_PAUSE_MS = 5  # several changes at once are one picture
_DRAWING = "The sample is being drawn…"
_FITS = "This name fits at its usual size."


class Sheet(QWidget):
    """A picture of a page, as large as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = QImage()
        self.setMinimumSize(160, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Sample certificate")

    def show_image(self, image: QImage) -> None:
        """Show a page."""
        self.image = image
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self.size() - QSize(2, 2)
        size = self.image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        left = (self.width() - size.width()) / 2
        box = QRectF(left, 1, size.width(), size.height())
        painter.drawImage(box, self.image)
        painter.setPen(theme.colors().line)
        painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))


class DesignPreview(Card):
    """Draws what was asked for last, one picture at a time; what came between is never drawn."""

    name_edited = Signal()
    drawn = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=16)
        self._context = context
        self._asked: Asked | None = None
        self._running = False
        self.sheet = Sheet()
        self.note = TextLabel("", role="soft", wrap=True)
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.setAccessibleName("Name to try")
        self.name.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.name.setMinimumContentsLength(4)
        self.name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name.addItems(list(SAMPLE_NAMES))
        label = TextLabel("Na&me", role="soft")
        label.setBuddy(self.name)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label)
        row.addWidget(self.name, 1)
        self.body.setSpacing(10)
        self.body.addLayout(row)
        self.body.addWidget(self.note)
        self.body.addWidget(self.sheet, 1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._start)
        self.name.currentTextChanged.connect(lambda _text: self.name_edited.emit())

    def sample_name(self) -> str:
        """The name to try; the first of the samples while none is typed."""
        return self.name.currentText().strip() or SAMPLE_NAMES[0]

    def show_sample(self, asked: Asked) -> None:
        """Draw a sample soon."""
        if self._asked is None:
            self._note(_DRAWING, "soft")
        self._asked = asked
        self._pause.start()

    def say(self, text: str) -> None:
        """Say why the picture is not of what the fields say."""
        self._asked = None
        self._pause.stop()
        self._note(text, "wrong")

    def _start(self) -> None:
        asked = self._asked
        if self._running or asked is None:
            return
        self._running = True
        jobs, db = self._context.commands.jobs, self._context.db
        job = jobs.start("Preview", certificate_design_work.drawn, db, asked)
        job.done.connect(while_alive(self, lambda found: self._show(asked, found)))
        job.failed.connect(while_alive(self, lambda error: self._fail(asked, error)))
        job.crashed.connect(report_crash)
        job.finished.connect(while_alive(self, lambda: self._go_on(asked)))

    def _show(self, asked: Asked, found: Preview) -> None:
        size = (found.width, found.height, 3 * found.width)
        image = QImage(found.pixels, *size, QImage.Format.Format_RGB888).copy()
        self.sheet.show_image(image)
        if asked is self._asked:
            self._note(" ".join(found.notes) or _FITS, "care" if found.notes else "soft")

    def _fail(self, asked: Asked, error: CitError) -> None:
        if asked is self._asked:
            self._note(str(error), "wrong")

    def _go_on(self, asked: Asked) -> None:
        self._running = False
        if self._asked is not None and asked is not self._asked:
            self._pause.start()
        else:
            self.drawn.emit()

    def _note(self, text: str, role: str) -> None:
        self.note.set_role(role)  # type: ignore[arg-type]
        self.note.setText(text)

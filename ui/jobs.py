"""Long work beside the window: one thread, progress, cancel."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal

from cit_desktop.errors import CitError
from cit_desktop.progress import Cancelled

_REPORT_EVERY = 0.05  # seconds


class Job(QObject):
    """One piece of work; its signals arrive on the thread of the window.

    Exactly one of ``done``, ``failed``, ``crashed`` and ``cancelled`` comes, then ``finished``.
    """

    done = Signal(object)
    failed = Signal(object)  # CitError
    crashed = Signal(object)  # any other exception
    cancelled = Signal()
    progressed = Signal(int, int, str)
    finished = Signal()
    _ended = Signal(str, object)
    _reported = Signal(int, int, str)

    def __init__(self, label: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self.left = threading.Event()  # the job thread has let go of this object
        self._stop = threading.Event()
        self._last = 0.0
        self._ended.connect(self._announce)
        self._reported.connect(self._pass_on)

    def cancel(self) -> None:
        """Ask the work to stop at its next report of progress."""
        self._stop.set()

    def is_cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    def report(self, done: int, total: int, what: str = "") -> None:
        """The progress that is handed to the work.

        Raises:
            Cancelled: Somebody asked it to stop.
        """
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._last >= _REPORT_EVERY or done >= total:
            self._last = now
            self._reported.emit(done, total, what)

    def run(self, work: Callable[[], Any]) -> None:
        """Do the work on the calling thread and announce how it ended."""
        try:
            outcome = ("done", work())
        except Cancelled:
            outcome = ("cancelled", None)
        except CitError as error:
            outcome = ("failed", error)
        except Exception as error:  # noqa: BLE001 - handed to the window, which reports it
            outcome = ("crashed", error)
        self._ended.emit(*outcome)

    def _pass_on(self, done: int, total: int, what: str) -> None:
        self.progressed.emit(done, total, what)

    def _announce(self, kind: str, value: object) -> None:
        if kind == "cancelled":
            self.cancelled.emit()
        else:
            {"done": self.done, "failed": self.failed, "crashed": self.crashed}[kind].emit(value)
        self.finished.emit()


class Jobs(QObject):
    """Runs one job after the other on one thread beside the window."""

    started = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self.running: list[Job] = []
        self._over: list[Job] = []

    def start(
        self,
        label: str,
        function: Callable[..., Any],
        *args: Any,
        wants_progress: bool = False,
        **kwargs: Any,
    ) -> Job:
        """Call a function on the job thread; with ``wants_progress`` it gets ``progress=``.

        Connect to the job's signals before returning to the event loop.
        """
        job = Job(label, self)
        if wants_progress:
            kwargs["progress"] = job.report
        self.running.append(job)
        job.finished.connect(lambda: self._remove(job))
        self.started.emit(job)
        self._sweep()
        self._pool.start(lambda: self._run(job, lambda: function(*args, **kwargs)))
        return job

    @staticmethod
    def _run(job: Job, work: Callable[[], Any]) -> None:
        try:
            job.run(work)
        finally:
            job.left.set()

    def _sweep(self) -> None:
        """Delete jobs that are over; one whose last signal is still being sent has to wait."""
        for job in [job for job in self._over if job.left.is_set()]:
            self._over.remove(job)
            job.deleteLater()

    def _remove(self, job: Job) -> None:
        self.running.remove(job)
        self._over.append(job)
        if not self.running:
            self.idle.emit()

    def cancel_all(self) -> None:
        """Ask everything that runs or waits to stop."""
        for job in self.running:
            job.cancel()

    def wait(self, milliseconds: int = 5000) -> bool:
        """Let work end, for closing the window; true when all is over."""
        return self._pool.waitForDone(milliseconds)

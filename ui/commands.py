"""The two verbs of the window: ``do`` short work here, ``start`` long work beside it."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from cit_desktop.errors import CitError
from ui.jobs import Job, Jobs

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from cit_desktop.journal import Changes

T = TypeVar("T")


class Records(Protocol):
    """The part of the database that commands need."""

    committed: list[Callable[[Changes], None]]

    def operation(
        self, label: str, *, undoable: bool = ..., bulk: bool = ...
    ) -> AbstractContextManager[Session]:
        """One transaction and one entry of the history."""


@dataclass(frozen=True)
class Result(Generic[T]):
    """How ``do`` went; true when it worked."""

    value: T | None = None
    error: CitError | None = None

    def __bool__(self) -> bool:
        return self.error is None


class Commands(QObject):
    """Runs services as operations and tells every view what changed.

    Attributes:
        changed: The :class:`Changes` of each operation, on the thread of the window.
        failed: The :class:`CitError` of work that was refused.
        jobs: The thread for long work; ``jobs.start`` is for work without an operation.
    """

    changed = Signal(object)
    failed = Signal(object)
    _landed = Signal(object)

    def __init__(
        self, db: Records, jobs: Jobs | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.db = db
        self.jobs = jobs or Jobs(self)
        self._landed.connect(self._announce)
        db.committed.append(self._landed.emit)

    def _announce(self, changes: object) -> None:
        self.changed.emit(changes)

    def do(
        self,
        label: str,
        function: Callable[..., T],
        *args: Any,
        undoable: bool = True,
        **kwargs: Any,
    ) -> Result[T]:
        """Run ``function(session, *args, **kwargs)`` as one operation, now.

        A refusal is emitted as ``failed`` and returned; nothing was changed then.
        """
        try:
            with self.db.operation(label, undoable=undoable) as session:
                value = function(session, *args, **kwargs)
        except CitError as error:
            self.failed.emit(error)
            return Result(error=error)
        return Result(value)

    def start(
        self,
        label: str,
        function: Callable[..., Any],
        *args: Any,
        undoable: bool = True,
        **kwargs: Any,
    ) -> Job:
        """The same on the job thread; the function gets ``progress=`` when it takes one."""
        takes = "progress" in inspect.signature(function).parameters

        def work(**extra: Any) -> Any:
            with self.db.operation(label, undoable=undoable, bulk=True) as session:
                return function(session, *args, **kwargs, **extra)

        return self.run(label, work, wants_progress=takes)

    def run(
        self,
        label: str,
        function: Callable[..., Any],
        *args: Any,
        wants_progress: bool = False,
        **kwargs: Any,
    ) -> Job:
        """Long work on the job thread that is no operation itself, such as drawing a paper.

        What it keeps nevertheless, such as the numbers of a sign-in sheet, it writes in an
        operation of its own, which views hear of like any other.
        """
        job = self.jobs.start(label, function, *args, wants_progress=wants_progress, **kwargs)
        job.failed.connect(self.failed)
        job.crashed.connect(report_crash)
        return job


def report_crash(error: BaseException) -> None:
    """An unexpected error of a worker is reported as if it had happened in the window."""
    sys.excepthook(type(error), error, error.__traceback__)

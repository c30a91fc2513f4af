"""The one place that asks what time it is, so that tests and the sample chapter can say."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, date, datetime

Source = Callable[[], datetime]

# Of one thread only: while the sample chapter is made beside it, the window keeps the real time.
_source: ContextVar[Source | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """This moment in UTC, to the second."""
    source = _source.get()
    moment = datetime.now(UTC) if source is None else source()
    return moment.astimezone(UTC).replace(microsecond=0)


def today() -> date:
    """Today's date where the computer stands."""
    return now().date() if _source.get() is not None else now().astimezone().date()


def set_source(source: Source | None) -> None:
    """Replace this thread's clock, or give it back with ``None``."""
    _source.set(source)

"""The one place that asks what time it is, so that tests can say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

_source: Callable[[], datetime] | None = None


def now() -> datetime:
    """This moment in UTC, to the second."""
    moment = _source() if _source is not None else datetime.now(UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def today() -> date:
    """Today's date where the computer stands."""
    return now().astimezone().date() if _source is None else now().date()


def set_source(source: Callable[[], datetime] | None) -> None:
    """Replace the clock, or give it back with ``None``; for tests and the sample chapter."""
    global _source
    _source = source

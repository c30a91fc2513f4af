"""Where tables get their rows: from the records, beside the window when long, or from a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.context import Context
from ui.widgets.record_table import Filter, Sort

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LARGE = 10_000  # from here on a list is put in order beside the window
_SEEN = 512

Ids = Callable[["Session", Sort | None, Filter], Sequence[int]]
Rows = Callable[["Session", Sequence[int]], Mapping[int, Any]]
Asked = tuple[Sort | None, tuple[tuple[str, object], ...]]


class LiveSource(QObject):
    """Rows of the records.

    A short list is read at once. A long one is read on the job thread: until it is there the
    table keeps the list it had, then ``ready`` comes and the table is to be read again.

    Attributes:
        ready: What was asked for last is there now.
        size: Tells how many records there are, to know whether a list may be long.
    """

    ready = Signal()

    def __init__(
        self,
        context: Context,
        ids: Ids,
        rows: Rows,
        size: Callable[[Session], int] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._read_ids, self._read_rows, self._size = ids, rows, size
        self._ids: Sequence[int] = ()
        self._known: Asked | None = None  # what the list is an answer to
        self._asked: Asked | None = None  # what is being read
        self._turn = 0
        self._seen: dict[int, Any] = {}  # rows in sight, shown on while a list is being read

    def waiting(self) -> bool:
        """Whether a list is being read."""
        return self._asked is not None

    def forget(self) -> None:
        """The records changed: the list has to be read again."""
        self._known = self._asked = None

    def ids(self, sort: Sort | None, filter: Filter) -> Sequence[int]:
        """The records that fit, in order; those of before while they are being read."""
        asked: Asked = (sort, tuple(sorted(filter.items())))
        if asked in (self._known, self._asked):
            return self._ids
        read = partial(self._list, sort, dict(filter))
        if self._is_long():
            self._start(asked, read)
        else:
            self._ids, self._known, self._asked = read(), asked, None
        return self._ids

    def rows(self, ids: Sequence[int]) -> Mapping[int, Any]:
        """Some of the records; while a list is being read those in sight stay as they are."""
        if self._asked is not None and all(key in self._seen for key in ids):
            return {key: self._seen[key] for key in ids}
        with self._context.db.read() as session:
            found = self._read_rows(session, ids)
        kept = self._seen if len(self._seen) < _SEEN else {}
        self._seen = {**kept, **found}
        return found

    def _is_long(self) -> bool:
        if self._size is None:
            return False
        with self._context.db.read() as session:
            return self._size(session) >= LARGE

    def _list(self, sort: Sort | None, filter: Filter) -> Sequence[int]:
        with self._context.db.read() as session:
            return self._read_ids(session, sort, filter)

    def _start(self, asked: Asked, read: Callable[[], Sequence[int]]) -> None:
        self._asked = asked
        self._turn += 1
        job = self._context.commands.run("Reading the list", read)
        job.done.connect(partial(self._arrived, self._turn, asked))
        job.failed.connect(lambda _error: self.forget())

    def _arrived(self, turn: int, asked: Asked, ids: Sequence[int]) -> None:
        if turn != self._turn or asked != self._asked:
            return
        self._ids, self._known, self._asked = ids, asked, None
        self._seen = {}
        self.ready.emit()


class ListSource:
    """Rows that are all at hand, for tables of one record's few hundred lines."""

    def __init__(self) -> None:
        self.items: Sequence[Any] = ()

    def ids(self, sort: Sort | None, filter: Filter) -> Sequence[int]:
        """Their places, in order; without a value comes last."""
        places = range(len(self.items))
        if sort is None:
            return places
        values = [getattr(item, sort.key) for item in self.items]
        filled = [place for place in places if values[place] not in (None, "")]
        filled.sort(key=lambda place: _comparable(values[place]), reverse=sort.descending)
        return [*filled, *(place for place in places if values[place] in (None, ""))]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Any]:
        """Some of them."""
        return {place: self.items[place] for place in ids if 0 <= place < len(self.items)}


def _comparable(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value

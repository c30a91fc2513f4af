"""Loading SQLAlchemy without what only its asynchronous half needs, for a quicker start."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

_LATER = ("asyncio", "importlib.metadata")  # SQLAlchemy names them; nothing here uses them
_WITHOUT = "greenlet"  # without it SQLAlchemy leaves its asynchronous half out


class Later(ModuleType):
    """Stands for a module that is loaded once something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name != "__path__" and name.startswith("__"):
            raise AttributeError(name)  # somebody only looks around
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def sqlalchemy() -> None:
    """Load SQLAlchemy and its SQLite half. Whoever imports the put-off modules later gets them."""
    with _put_off():
        import_module("sqlalchemy.orm")
        import_module("sqlalchemy.dialects.sqlite")


@contextmanager
def _put_off() -> Iterator[None]:
    stand_ins: dict[str, Any] = {name: Later(name) for name in _LATER}
    stand_ins[_WITHOUT] = None
    ours = {name: module for name, module in stand_ins.items() if name not in sys.modules}
    sys.modules.update(ours)
    try:
        yield
    finally:
        for name, module in ours.items():
            if sys.modules.get(name, module) is module:
                sys.modules.pop(name, None)

"""Answers that come when whoever asked may be gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid


def while_alive(owner: QObject, function: Callable[..., object]) -> Callable[..., None]:
    """The function, called only as long as its owner exists.

    A page may be taken away while work that it asked for goes on; what is connected to the work
    as a function, and not as a method of the page, would still be called.
    """

    def call(*values: Any) -> None:
        if isValid(owner):
            function(*values)

    return call

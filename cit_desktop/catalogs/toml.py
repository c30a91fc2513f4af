"""Reading a TOML file that a person may have edited, with errors they can act on."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any, Final, TypeVar

from cit_desktop.errors import FileProblem

Value = TypeVar("Value")

_TYPES: Final[dict[type, str]] = {
    str: "a text in quotes",
    int: "a whole number",
    float: "a number with a decimal point",
    bool: "true or false",
    list: "a list in square brackets",
    dict: "a section in square brackets",
}


def shipped(*path: str) -> str:
    """The text of a file below ``resources``."""
    return resources.files("resources").joinpath(*path).read_text(encoding="utf-8")


def shipped_in(folder: str, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Stem and text of each TOML file in a folder below ``resources``, in order of name.

    Args:
        prefix: Only files whose name begins with it.
    """
    files = resources.files("resources").joinpath(folder).iterdir()
    for file in sorted(files, key=lambda entry: entry.name):
        if file.name.startswith(prefix) and file.name.endswith(".toml"):
            yield file.name.removesuffix(".toml"), file.read_text(encoding="utf-8")


class Table:
    """A section of a TOML file; each key is asked for once, and checked when it is.

    Attributes:
        where: The file and the section, as errors name it.
    """

    def __init__(self, values: dict[str, Any], where: str) -> None:
        self.where = where
        self._values = values
        self._asked: set[str] = set()

    @classmethod
    def parse(cls, text: str, name: str) -> Table:
        """The top section of a file.

        Raises:
            FileProblem: The text is not TOML.
        """
        try:
            return cls(tomllib.loads(text.removeprefix("\ufeff")), name)
        except tomllib.TOMLDecodeError as error:
            raise FileProblem(
                f"{name} cannot be read as TOML: {error}.",
                hint="Check the quotes, brackets and equals signs at that place.",
            ) from error

    def problem(self, key: str, complaint: str, hint: str = "") -> FileProblem:
        """The error about one key, to be raised by the caller."""
        return FileProblem(f"{self.where}: the key “{key}” {complaint}.", hint=hint)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there and must not be empty."""
        value = self._value(key, str, default)
        if default is None and not value.strip():
            raise self.problem(key, "must not be empty")
        return value.strip()

    def choice(self, key: str, choices: Sequence[str], default: str | None = None) -> str:
        """A text that must be one of ``choices``."""
        value = self.text(key, default)
        if value not in choices:
            raise self.problem(key, f"is “{value}”", hint=_one_of(value, choices))
        return value

    def number(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from ``low`` to ``high``."""
        value = self._value(key, int, default)
        if not low <= value <= high:
            raise self.problem(key, f"is {value}, but must be from {low} to {high}")
        return value

    def number_or_none(self, key: str, low: int, high: int) -> int | None:
        """A whole number from ``low`` to ``high``, or None when the key is absent."""
        self._asked.add(key)
        return self.number(key, low, high) if key in self._values else None

    def decimal(self, key: str, low: float, high: float) -> float:
        """A number with a decimal point from ``low`` to ``high``."""
        value = self._value(key, float, None)
        if not low <= value <= high:
            raise self.problem(key, f"is {value:g}, but must be from {low:g} to {high:g}")
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        return self._value(key, bool, default)

    def texts(self, key: str, choices: Sequence[str] | None = None) -> tuple[str, ...]:
        """A list of texts, empty when absent, each one of ``choices`` if these are given."""
        values = self._value(key, list, [])
        for value in values:
            if not isinstance(value, str):
                raise self.problem(key, f"must hold texts in quotes, but holds {value!r}")
            if choices is not None and value not in choices:
                raise self.problem(key, f"holds “{value}”", hint=_one_of(value, choices))
        return tuple(values)

    def table(self, key: str) -> Table:
        """The section ``[key]``, empty when absent."""
        return Table(self._value(key, dict, {}), f"{self.where}, [{key}]")

    def tables(self, key: str) -> Iterator[Table]:
        """The sections ``[[key]]``, in order; none when absent."""
        for number, values in enumerate(self._value(key, list, []), start=1):
            if not isinstance(values, dict):
                raise self.problem(key, f"must be written as sections [[{key}]]")
            yield Table(values, f"{self.where}, [[{key}]] number {number}")

    def names(self) -> tuple[str, ...]:
        """Every key, in its order; for sections whose keys are values themselves."""
        return tuple(self._values)

    def finish(self) -> None:
        """Refuse keys that nobody asked for: most are spelling mistakes."""
        for key in self._values:
            if key not in self._asked:
                raise self.problem(key, "is not known", hint=_one_of(key, sorted(self._asked)))

    def _value(self, key: str, kind: type[Value], default: Value | None) -> Value:
        self._asked.add(key)
        if key not in self._values:
            if default is None:
                raise self.problem(key, "is missing", hint=f"Add it: {_TYPES[kind]}.")
            return default
        value = self._values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.problem(key, f"must be {_TYPES[kind]}, but is {value!r}")
        return value


def _one_of(value: str, choices: Sequence[str]) -> str:
    import difflib  # only for a mistake: it takes a while to load

    close = difflib.get_close_matches(value, choices, n=1)
    if close:
        return f"Did you mean “{close[0]}”?"
    return f"It can be: {', '.join(choices)}."

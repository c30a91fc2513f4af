"""One cell made into one value. Nothing here raises, and what is doubtful is told.

Each cleaner returns the value and, where something is to be said, a problem. An answer of
None with a problem means: this cell cannot be taken as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Generic, TypeVar

from cit_desktop.imports.types import Cell, Severity
from cit_desktop.text import clean

T_co = TypeVar("T_co", covariant=True)

_NOTHING = {
    "", "-", "--", "---", "–", "—", ".", "/", "?", "n/a", "na", "n.a.", "none", "null", "nil",
    "tbd", "unknown", "not applicable", "#n/a", "pending",
}  # fmt: skip
_WHOLE_AS_DECIMAL = re.compile(r"^(\d+)\.0+$")
_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~\w-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~\w-]+)*"
    r"@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}"
)
_ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+\d+")
_LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be said about one cell."""

    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Cleaned(Generic[T_co]):
    """The value of a cell and what is to be said about it."""

    value: T_co | None = None
    problem: Problem | None = None


BLANK: Cleaned[str] = Cleaned()


def as_text(cell: Cell) -> str:
    """A cell as a person would read it out, in one line without anything invisible."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(cell)


def is_nothing(text: str) -> bool:
    """Whether the text only says that there is nothing: N/A, none, a dash."""
    return text.casefold() in _NOTHING


def plain(cell: Cell) -> Cleaned[str]:
    """Text as it was written."""
    return Cleaned(as_text(cell) or None)


def email(cell: Cell) -> Cleaned[str]:
    """An e-mail address in small letters."""
    text = as_text(cell)
    if is_nothing(text):
        return BLANK
    bracketed = re.findall(r"<([^<>]+)>", text) if text.endswith(">") else []
    written = (";".join(bracketed) or text).casefold().removeprefix("mailto:")
    pieces = [piece.strip(".") for piece in re.split(r"[;,\s]+|/(?=\S+@)", written) if piece]
    good = [piece for piece in pieces if _EMAIL.fullmatch(piece)]
    if len(pieces) == 1 and good:
        return Cleaned(good[0])
    if len(good) == len(pieces) and good:
        return Cleaned(
            good[0],
            Problem("warning", f"“{text}” holds several addresses; {good[0]} was taken."),
        )
    return Cleaned(
        None,
        Problem(
            "error",
            f"“{text}” is not an e-mail address. Expected something like name@example.org; "
            "correct it or leave it blank.",
        ),
    )


_LABEL = re.compile(r"\b(?:cell|mobile|home|work|office|phone|tel|c|h|w|m|o)\b[.:)]*", re.I)
_US_NUMBER = re.compile(r"(?:\+?1[ .-]*)?\(?([2-9]\d\d)\)?[ ./-]*([2-9]\d\d)[ .-]*(\d{4})")


def phone(cell: Cell) -> Cleaned[str]:
    """A telephone number: ten digits in the US, with a plus and the country elsewhere."""
    return _phone(as_text(cell))


@lru_cache(maxsize=4096)
def _phone(text: str) -> Cleaned[str]:
    if is_nothing(text):
        return BLANK
    simple = _US_NUMBER.fullmatch(_LABEL.sub("", text).strip())
    if simple:
        return Cleaned("".join(simple.groups()))
    first, *others = re.split(r"\s*(?:[;\n]|,|\bor\b|/(?=\s*[(\d]{3}))\s*", text)
    number, extension = _parsed(first)
    if number is None:
        return Cleaned(
            text,
            Problem(
                "warning",
                f"“{text}” is not a complete telephone number. Expected ten digits with the "
                "area code; it was kept as written.",
            ),
        )
    if any(re.search(r"\d", other) for other in others):
        return Cleaned(
            number, Problem("warning", f"“{text}” holds several numbers; {number} was taken.")
        )
    if extension:
        return Cleaned(f"{number} x{extension}")
    return Cleaned(number)


def _parsed(text: str) -> tuple[str | None, str]:
    import phonenumbers

    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        return None, ""
    if not phonenumbers.is_possible_number(number):
        return None, ""
    national = str(number.national_number)
    if number.country_code == 1:
        return (national if len(national) == 10 else None), number.extension or ""
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written, number.extension or ""


def state_number(cell: Cell) -> Cleaned[str]:
    """A licence or other number that is text: its zeros and letters stay."""
    text = as_text(cell)
    if is_nothing(text):
        return BLANK
    if isinstance(cell, (date, datetime, time, timedelta)):
        return Cleaned(
            None,
            Problem(
                "error",
                f"A spreadsheet turned this number into a day or time ({text}). "
                "Type the number again, as text.",
            ),
        )
    if (isinstance(cell, float) and not _whole(cell)) or _ROUNDED.fullmatch(text):
        return Cleaned(
            None,
            Problem(
                "error",
                f"“{text}” is a rounded number; some of its digits are lost. "
                "Type the whole number again, as text.",
            ),
        )
    text = _WHOLE_AS_DECIMAL.sub(r"\1", text).lstrip("'")
    if len(text) > _LONGEST_NUMBER:
        return Cleaned(
            None, Problem("error", f"“{text[:40]}…” is too long for a state number. Shorten it.")
        )
    return Cleaned(text or None)


def _whole(cell: Cell) -> bool:
    return isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15


def restore_zeros(values: Sequence[str], typed_as_number: Sequence[bool]) -> list[str]:
    """Give numbers back the zeros that a spreadsheet took, where the column shows how wide.

    The texts of the column say it when they have one width; without texts, the numbers do when
    nearly all of them have one width. Texts are never changed.
    """
    width = _width(values, typed_as_number)
    return [
        value.zfill(width)
        if number and value.isdigit() and width - 3 <= len(value) < width
        else value
        for value, number in zip(values, typed_as_number, strict=True)
    ]


def _is_shorter(value: str, width: int) -> bool:
    return value.isdecimal() and width - 3 <= len(value) < width


def _width(values: Sequence[str], typed_as_number: Sequence[bool]) -> int:
    """The width that the column's numbers have, or 0."""
    pairs = [pair for pair in zip(values, typed_as_number, strict=True) if pair[0].isdecimal()]
    texts = Counter(len(value) for value, number in pairs if not number)
    numbers = Counter(len(value) for value, number in pairs if number)
    if texts:
        width, count = texts.most_common(1)[0]
        zeros = any(value.startswith("0") for value, number in pairs if not number)
        sure = len(texts) == 1 and (count > 1 or zeros or numbers[width] > 0)
        return width if sure and max(numbers, default=0) <= width else 0
    if not numbers:
        return 0
    width = max(numbers)
    return width if numbers[width] >= 3 and numbers[width] >= 0.6 * sum(numbers.values()) else 0

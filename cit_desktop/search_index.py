"""The full-text index: which words lead to which record, kept true by each operation."""

from __future__ import annotations

import re
import sqlite3

from sqlalchemy import Connection

from cit_desktop.text import fold, letters

# The index row of a record is its id times STEP plus the place of its kind here.
KINDS = (
    "person", "agency", "training_class", "certificate", "state_number", "agency_spelling",
    "person_alias", "liaison",
)  # fmt: skip
STEP = 8

_WORDS = {
    "person": ("first", "nickname", "middle", "last", "suffix", "email", "phone"),
    "agency": ("name", "ori"),
    "training_class": ("title", "code", "location"),
    "certificate": ("number",),
    "state_number": ("number",),
    "agency_spelling": ("spelling",),
    "person_alias": ("first", "nickname", "middle", "last", "suffix", "email", "phone"),
    "liaison": ("name", "kind", "employer", "email", "phone", "after_hours"),
}


# A telephone number as people write it, whole or begun: "(573) 555-01", "+1 573.555.0101".
_PHONE = re.compile(r"(?:\+?1[ .-]*)?(\(?\d{3}\)?)[ ./-]*(\d{1,3})(?:[ ./-]+(\d{1,4}))?")
_LOCAL = 3  # digits before those that people call within their area


def index_words(*values: str | None) -> str:
    """The words a record is found by: folded, and names such as O'Brien also as one word.

    A telephone number is found without its area code, too.
    """
    words = fold(" ".join(value for value in values if value)).split()
    joined = [letters(word) for word in words if not word.isalnum()]
    local = [word[_LOCAL:] for word in words if len(word) == 10 and word.isdecimal()]
    return " ".join([*words, *joined, *local])


def match_query(text: str) -> str:
    """What to ask the index for a typed text: each word as the beginning of one; may be empty."""
    folded = fold(text)
    phone = _PHONE.fullmatch(folded) if "-" in folded or " " in folded else None
    words = folded.split() if phone is None else ["".join(filter(None, phone.groups()))]
    words = [letters(word) for word in words]
    return " ".join(f'"{word}"*' for word in words if word)


def make_known(driver: sqlite3.Connection) -> None:
    """Make the index's own function known on a new connection."""
    driver.create_function("index_words", -1, index_words, deterministic=True)


def follow(connection: Connection, operation_id: int) -> None:
    """Bring the index up to what an operation changed.

    Triggers could not do it: SQLite refuses a virtual table in a trigger unless every schema is
    trusted.
    """
    parameters = {"operation": operation_id}
    for place, table in enumerate(KINDS):
        changed = (
            f"SELECT row_id FROM change WHERE operation_id = :operation AND \"table\" = '{table}'"  # noqa: S608
        )
        connection.exec_driver_sql(
            f"DELETE FROM search WHERE rowid IN "  # noqa: S608 - names of our own tables
            f"(SELECT row_id * {STEP} + {place} FROM ({changed}))",
            parameters,
        )
        connection.exec_driver_sql(f"{_fill(place, table)} WHERE id IN ({changed})", parameters)


def rebuild(driver: sqlite3.Connection) -> None:
    """Fill the index anew from the records."""
    driver.execute("DELETE FROM search")
    for place, table in enumerate(KINDS):
        driver.execute(_fill(place, table))


def _fill(place: int, table: str) -> str:
    return (
        "INSERT INTO search(rowid, words) "  # noqa: S608
        f"SELECT id * {STEP} + {place}, index_words({', '.join(_WORDS[table])}) FROM {table}"
    )

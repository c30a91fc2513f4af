"""The full-text index: which words lead to which record, kept true by each operation."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection

from cit_desktop.text import fold, letters

# The index row of a record is its id times STEP plus the place of its kind here.
KINDS = (
    "person", "agency", "training_class", "certificate", "state_number", "agency_spelling",
    "person_alias",
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
}


def index_words(*values: str | None) -> str:
    """The words a record is found by: folded, and names such as O'Brien also as one word."""
    words = fold(" ".join(value for value in values if value)).split()
    joined = [letters(word) for word in words if not word.isalnum()]
    return " ".join([*words, *joined])


def match_query(text: str) -> str:
    """What to ask the index for a typed text: each word as the beginning of one; may be empty."""
    words = [letters(word) for word in fold(text).split()]
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

"""Files of records as each released schema left them, kept under ``tests/fixtures/``.

While a schema is not released its file is made anew whenever the migration changes::

    python -m tests.migrations.golden
"""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from cit_desktop import clock, schema
from tests.core.helpers import world

FOLDER = Path(__file__).parents[1] / "fixtures"
AGAIN = "While this schema is unreleased, run: python -m tests.migrations.golden"


def file_of(number: int) -> Path:
    """What the program made when this was the newest schema, compressed."""
    return FOLDER / f"schema_{number}.cit.gz"


def unpack(number: int, path: Path) -> Path:
    """Put the records of a schema somewhere."""
    path.write_bytes(gzip.decompress(file_of(number).read_bytes()))
    return path


def make_newest() -> Path:
    """Make the file of the newest schema: people, two classes, marks and a certificate."""
    kept = file_of(schema.NEWEST)
    clock.set_source(lambda: datetime(2025, 6, 2, 15, tzinfo=UTC))
    try:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "golden.cit"
            world.build(path)
            kept.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    finally:
        clock.set_source(None)
    return kept


if __name__ == "__main__":
    make_newest()

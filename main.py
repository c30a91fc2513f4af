"""Starts CIT Desktop from a checkout, or the process that reads a workbook for it."""

from __future__ import annotations

import sys

READER_FLAG = "--read-workbook"


def main() -> int:
    """Start whichever of the two is asked for."""
    if sys.argv[1:2] == [READER_FLAG]:
        from cit_desktop.imports import reader

        return reader.main(sys.argv[2:])
    from ui import app

    return app.main()


if __name__ == "__main__":
    sys.exit(main())

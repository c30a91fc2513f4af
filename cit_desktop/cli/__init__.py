"""The same services without a window."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence

import typer

from cit_desktop.cli import classwork, keeping
from cit_desktop.errors import CitError

DONE, REFUSED = 0, 1


def application() -> typer.Typer:
    """Every command, for help and for :func:`main`."""
    app = typer.Typer(
        name="cit-desktop",
        help="The records of a CIT chapter. Without a command a window opens.",
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    keeping.add_to(app)
    classwork.add_to(app)
    return app


def main(arguments: Sequence[str]) -> int:
    """Run one command; gives 0, 1 when something was refused or left over, 2 when unusable."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    command = typer.main.get_command(application())
    try:
        command.main(list(arguments), prog_name="cit-desktop")
    except SystemExit as end:  # how typer ends, also after unusable arguments
        return end.code if isinstance(end.code, int) else DONE
    except CitError as error:
        return _refused(error, as_json="--json" in arguments)
    return DONE


def _refused(error: CitError, *, as_json: bool) -> int:
    if as_json:
        told = {"error": {"message": error.message, "hint": error.hint}}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stderr.write(f"{error}\n")
    return REFUSED

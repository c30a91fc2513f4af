"""The same services without a window."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence

import typer

from cit_desktop.cli import (
    audits,
    classwork,
    editing,
    field,
    importing,
    keeping,
    merging,
    printing,
    proving,
    renewing,
)
from cit_desktop.errors import CitError

DONE, REFUSED, UNUSABLE = 0, 1, 2


def application() -> typer.Typer:
    """Every command, for help and for :func:`main`."""
    app = typer.Typer(
        name="cit-desktop",
        help="The records of a CIT chapter. Without a command a window opens, with --data FILE "
        "on that file.",
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    keeping.add_to(app)
    classwork.add_to(app)
    importing.add_to(app)
    proving.add_to(app)
    merging.add_to(app)
    editing.add_to(app)
    field.add_to(app)
    printing.add_to(app)
    renewing.add_to(app)
    audits.add_to(app)
    return app


def main(arguments: Sequence[str]) -> int:
    """Run one command; gives 0, 1 when something was refused or left over, 2 when unusable."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    command = typer.main.get_command(application())
    as_json = "--json" in arguments
    try:
        command.main(list(arguments), prog_name="cit-desktop")
    except SystemExit as end:  # how typer ends, also after unusable arguments
        code = end.code if isinstance(end.code, int) else DONE
        if code == UNUSABLE and as_json:
            _tell(str(end.__context__ or ""), "Add --help to see what the command takes.")
        return code
    except CitError as error:
        if as_json:
            _tell(error.message, error.hint)
        sys.stderr.write(f"{error}\n")
        return REFUSED
    return DONE


def _tell(message: str, hint: str) -> None:
    """What went wrong, for a machine."""
    told = {"error": {"message": message, "hint": hint}}
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")

"""What somebody said that a column means, kept by its heading, so that nobody is asked again."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from cit_desktop.imports.types import CHOSEN, SourceTable
from cit_desktop.services import settings
from cit_desktop.text import letters

_SETTING = "import.columns"


def remembered(session: Session) -> dict[str, str | None]:
    """The field of each heading that somebody decided about, by the letters of the heading.

    None: such a column is left out.
    """
    return dict(settings.get(session, _SETTING, {}))


def remember(session: Session, table: SourceTable) -> None:
    """Keep what was chosen for the columns of a list, within the operation that is open."""
    known = remembered(session)
    chosen = {
        letters(column.heading): column.field
        for column in table.columns.values()
        if column.reason == CHOSEN and letters(column.heading)
    }
    if chosen.items() - known.items():
        settings.put(session, _SETTING, known | chosen)


def fitting(
    table: SourceTable,
    memory: Mapping[str, str | None],
    chosen: Mapping[str, str | None],
) -> dict[str, str | None]:
    """Which columns of a list mean something else by memory than they were taken for, by heading.

    Args:
        chosen: What is said about this very list; it counts more than the memory.
    """
    taken = {field for field in chosen.values() if field}
    found: dict[str, str | None] = {}
    for name, column in table.columns.items():
        field = memory.get(letters(column.heading), column.field)
        if name in chosen or (field in taken and field is not None):
            continue
        if field is not None:
            taken.add(field)
        if field != column.field:
            found[name] = field
    return found

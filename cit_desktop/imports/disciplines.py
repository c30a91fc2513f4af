"""What kind of work a person does, as far as a list tells it."""

from __future__ import annotations

from cit_desktop import catalogs
from cit_desktop.text import fold


def guess_discipline(title: str, agency: str, written: str = "") -> str | None:
    """Key of the discipline, by what the list says itself, the job title and the agency.

    Args:
        written: The text of a discipline column. The name of a discipline decides; that of a
            group ("law enforcement") says too little, so title and agency do.
    """
    named = {fold(item.name): item.key for item in catalogs.disciplines()}
    named |= {fold(item.key.replace("_", " ")): item.key for item in catalogs.disciplines()}
    if fold(written) in named:
        return named[fold(written)]
    return catalogs.suggest_discipline(title, agency)

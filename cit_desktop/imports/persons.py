"""The name of a row, from one column or from several, and what is doubtful about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cit_desktop.imports import headings
from cit_desktop.imports.clean import Cleaned
from cit_desktop.imports.names import Name, join_parts, split_name
from cit_desktop.imports.types import Column, Issue, Value

PARTS = frozenset({"full_name", "first", "middle", "last", "suffix"})

_TWO = re.compile(r"\s(?:and|&|\+|und)\s|\s/\s?|/\s|\n", re.IGNORECASE)


def order_of_names(used: Sequence[Column], cleaned: Mapping[str, Sequence[Cleaned[Value]]]) -> bool:
    """Whether names without a comma start with the family name: the heading says so, and no
    name of the column has a comma that would make it plain."""
    for column in used:
        if column.field == "full_name":
            texts = [str(one.value) for one in cleaned[column.heading] if one.value]
            return headings.is_family_first(column.heading) and not any("," in t for t in texts)
    return False


def name_values(
    parts: Mapping[str, str], used: Sequence[Column], *, family_first: bool
) -> tuple[dict[str, Value], list[Issue]]:
    """The parts of a name by field, with what a person should look at.

    Besides the four parts there can be ``nickname``, ``credentials`` and ``title`` (a rank).
    """
    columns = {column.field: column.heading for column in used}
    if not PARTS & columns.keys():
        return {}, []
    whole = parts.get("full_name")
    if whole:
        found = split_name(whole, family_first=family_first)
        if "middle" in parts or "suffix" in parts:
            extra = join_parts("", parts.get("middle", ""), "", parts.get("suffix", ""))
            found = _filled(found, extra)
    else:
        found = join_parts(
            parts.get("first", ""),
            parts.get("middle", ""),
            parts.get("last", ""),
            parts.get("suffix", ""),
        )
    heading = columns.get("full_name") or columns.get("last") or columns.get("first") or ""
    values: dict[str, Value] = {
        field: text
        for field, text in (
            ("first", found.first),
            ("middle", found.middle),
            ("last", found.last),
            ("suffix", found.suffix),
            ("nickname", found.nickname),
            ("title", found.rank),
            ("credentials", found.credentials),
        )
        if text
    }
    return values, _issues(found, whole or "", heading)


def _filled(found: Name, extra: Name) -> Name:
    return Name(
        found.first,
        found.middle or extra.middle,
        found.last,
        found.suffix or extra.suffix,
        found.nickname,
        found.rank,
        found.credentials,
    )


def _issues(found: Name, whole: str, heading: str) -> list[Issue]:
    if not found.first and not found.last:
        return [
            Issue(
                heading,
                "error",
                "This row has no name. Expected a first and a last name; add them, or skip "
                "the row.",
            )
        ]
    if _TWO.search(whole):
        return [
            Issue(
                heading,
                "error",
                f"“{whole}” seems to hold two people. Give each of them a row of their own.",
            )
        ]
    if not found.first or not found.last:
        missing = "last" if found.first else "first"
        return [
            Issue(
                heading,
                "error",
                f"“{found.last or found.first}” has no {missing} name. Add it, or skip the row.",
            )
        ]
    return []

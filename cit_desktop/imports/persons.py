"""The name of a row, from one column or from several, and what is doubtful about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cit_desktop.imports import headings, letter_case
from cit_desktop.imports.clean import Cleaned
from cit_desktop.imports.names import Name, join_parts, split_name, suffix_of
from cit_desktop.imports.types import Column, Issue, Value

PARTS = frozenset({"full_name", "first", "middle", "last", "suffix"})

_TWO = re.compile(r"\s(?:and|&|\+|und)\s|\s/\s?|/\s|\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameStyle:
    """How the names of a list are written, which one name alone does not tell.

    Attributes:
        family_first: Without a comma the family name comes first.
        loud: Last names are in capitals, so that `MA, José` is Ma and no initials.
    """

    family_first: bool = False
    loud: bool = False


def style_of_names(
    used: Sequence[Column], cleaned: Mapping[str, Sequence[Cleaned[Value]]]
) -> NameStyle:
    """How the names are written: the heading tells the order, unless a comma makes it plain."""
    texts = {
        column.field: [str(one.value) for one in cleaned[column.heading] if one.value]
        for column in used
        if column.field in ("full_name", "last")
    }
    if "full_name" not in texts:
        return NameStyle(loud=_is_loud(texts.get("last", [])))
    heading = next(column.heading for column in used if column.field == "full_name")
    whole = texts["full_name"]
    family_first = headings.is_family_first(heading) and not any("," in text for text in whole)
    return NameStyle(family_first, _is_loud([_loudest(text) for text in whole]))


def _is_loud(lasts: Sequence[str]) -> bool:
    return len(lasts) > 1 and sum(map(str.isupper, lasts)) > 0.9 * len(lasts)


def _loudest(text: str) -> str:
    """A word of a whole name that may be its last name: one in capitals, if there is one."""
    words = [word for word in re.findall(r"[^\s,]{2,}", text) if suffix_of(word) is None]
    return next((word for word in words if word.isupper()), text)


def name_values(
    parts: Mapping[str, str], used: Sequence[Column], style: NameStyle
) -> tuple[dict[str, Value], list[Issue]]:
    """The parts of a name by field, with what a person should look at.

    Besides the four parts there can be ``nickname``, ``credentials`` and ``title`` (a rank).
    """
    columns = {column.field: column.heading for column in used}
    if not PARTS & columns.keys():
        return {}, []
    whole = parts.get("full_name")
    if whole:
        found = split_name(whole, family_first=style.family_first)
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
    if style.loud and found.last.isupper():
        found = replace(found, last=letter_case.name(found.last))
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

"""Agencies as a list to be edited in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.documents.edits import EditColumn
from cit_desktop.models import Agency
from cit_desktop.services import agencies, records
from cit_desktop.services import editing_parts as parts
from cit_desktop.services.agencies import AgencyDraft
from cit_desktop.services.editing_parts import Added, Kept, Lists, Match, Values

_FIELDS = (
    "name", "kind", "county", "ori", "patrol_strength", "strength_on", "contact", "phone", "email",
    "note",
)  # fmt: skip
_MOST_PATROL = 100_000


class Agencies:
    """The agencies of the records; keys are their uids."""

    unique = frozenset({"name"})
    required = frozenset({"name"})

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lists = Lists.of(session)

    def columns(self) -> tuple[EditColumn, ...]:
        """The columns, in order."""
        lists = self._lists
        return (
            EditColumn("name", "Name", width=36),
            EditColumn("kind", "Kind", "choice", 26, tuple(lists.kinds.values())),
            EditColumn("county", "County", "choice", 16, lists.counties, strict=False),
            EditColumn("ori", "ORI", width=12),
            EditColumn("patrol_strength", "Patrol officers", "int", 12),
            EditColumn("strength_on", "Counted on", "date", 13),
            EditColumn("contact", "Contact", width=24),
            EditColumn("phone", "Phone", width=16),
            EditColumn("email", "E-mail", width=30),
            EditColumn("note", "Note", "note", 40),
        )

    def keys(self, ids: Sequence[int] | None) -> list[str]:
        """The keys of the agencies with these ids, or of all that are not archived, by name."""
        chosen = agencies.ids(self._session) if ids is None else ids
        return parts.uids(self._session, Agency, chosen)

    def kept(self, keys: Sequence[str]) -> dict[str, Kept]:
        """These agencies as they stand."""
        found: dict[str, Kept] = {}
        for some in parts.chunks(keys):
            for agency in self._session.scalars(select(Agency).where(Agency.uid.in_(some))):
                found[agency.uid] = Kept(agency.id, agency.name, self._shown(agency))
        return found

    def normal(self, column: str, text: str, whole: Values) -> str:
        """A typed value as it would be stored and shown."""
        if column == "kind":
            return parts.chosen(column, text, list(self._lists.kinds.values()))
        if column == "county":
            known = self._lists.counties
            return parts.chosen(column, records.line(column, text), known, strict=False)
        if column == "patrol_strength":
            return parts.whole_number(column, text, 1, _MOST_PATROL, "number of patrol officers")
        if column == "strength_on":
            return parts.a_day(column, text)
        value = str(agencies.checked({column: text})[column])
        return parts.phone_shown(value) if column == "phone" else value

    def problem(self, column: str, text: str, record: Kept | None) -> str:
        """Why a value cannot be written although it is one."""
        if column != "name":
            return ""
        known = agencies.by_spelling(self._session, text)
        if known is None or (record is not None and known == record.id):
            return ""
        name = records.fetch(self._session, Agency, known, "agency").name
        return f"“{text}” is known already as “{name}”. Use that agency, or another name."

    def match(self, values: Values) -> Match:
        """An agency of a new row is new, or its name is refused."""
        return Match()

    def write(self, record: Kept, changes: Values) -> None:
        """Write the changed values of an agency."""
        version = parts.version_of(self._session, Agency, record.id)
        agencies.update(self._session, record.id, version, **self._stored(changes))

    def add(self, values: Values, match: Match) -> Added:
        """Add an agency."""
        return Added(agencies.add(self._session, AgencyDraft(**self._stored(values))))

    def _shown(self, agency: Agency) -> dict[str, str]:
        values = {name: str(getattr(agency, name) or "") for name in _FIELDS}
        kind = self._lists.kinds.get(agency.kind, agency.kind)
        return values | {"kind": kind, "phone": parts.phone_shown(agency.phone)}

    def _stored(self, values: Values) -> dict[str, Any]:
        stored: dict[str, Any] = dict(values)
        if "kind" in stored:
            stored["kind"] = parts.key_of(stored["kind"], self._lists.kinds)
        if "patrol_strength" in stored:
            text = stored["patrol_strength"]
            stored["patrol_strength"] = int(text) if text else None
        if "strength_on" in stored:
            stored["strength_on"] = parts.day_of(stored["strength_on"])
        return stored

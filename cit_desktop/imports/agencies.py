"""The agencies of a list: what each spelling seems to be, and what somebody decided about it.

Nothing is joined that nobody decided on. What seems to be one agency all the same helps to know
people again: who has the same name at `Rolla PD` and at `Rolla Police Department` is one person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from cit_desktop.imports.agency_groups import Group, Written, group
from cit_desktop.imports.clean import is_nothing
from cit_desktop.imports.matching import agency_key
from cit_desktop.imports.planned import AgencyChoice, AgencyRef, Decision, PlanOptions
from cit_desktop.text import clean, letters

CERTAIN = 0.8  # what joining all proposals takes, and what helps to know people again


@dataclass(frozen=True, slots=True)
class KnownAgencies:
    """The agencies of the records.

    Attributes:
        by_key: Id by the letters of the name and of each known spelling.
        names: Name by id.
        spellings: Every way an agency is known to be written, with its id.
        apart: Pairs of keys that somebody said are not one agency.
    """

    by_key: Mapping[str, int]
    names: Mapping[int, str]
    spellings: tuple[tuple[str, int], ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()


class Agencies:
    """The spellings of one list, compared with the records and with each other."""

    def __init__(
        self,
        known: KnownAgencies,
        rows: Iterable[tuple[int, str]],
        state: str,
        options: PlanOptions | None = None,
    ) -> None:
        options = options or PlanOptions()
        self._known = known
        self._written: dict[str, str] = {}
        self._rows: defaultdict[str, list[int]] = defaultdict(list)
        self._spelled: Counter[str] = Counter()
        for row, text in rows:
            self._add(row, clean(text))
        self._decisions = {letters(name): what for name, what in options.agencies.items()}
        apart = {key for key, what in self._decisions.items() if what is None}
        self._group_of = self._grouped(state, apart)
        self._before = self._grouped(state, set()) if apart else {}
        self.choices = tuple(self._choice(key, options.join_agencies) for key in self._rows)
        self._by_key = {one.key: one for one in self.choices}

    def ref(self, written: str) -> AgencyRef | None:
        """The agency that a row names, after what was decided; None when it names none."""
        text = clean(written)
        key = letters(text)
        if not key or is_nothing(text):
            return None
        known = self._known.by_key.get(key)
        if known is not None:
            return AgencyRef(known, text, agency_key(known, text))
        choice = self._by_key.get(key)
        if choice is None:
            return AgencyRef(None, text, key)
        joined = choice.decision == "join"
        match = agency_key(choice.agency_id, choice.name)
        if joined:
            return AgencyRef(choice.agency_id, text, match, name=choice.name)
        alike = choice.decision != "apart" and choice.confidence >= CERTAIN
        return AgencyRef(None, text, key, alike=match if alike else "")

    def _add(self, row: int, text: str) -> None:
        key = letters(text)
        if not key or is_nothing(text):
            return
        self._rows[key].append(row)
        self._spelled[text] += 1
        before = self._written.get(key)
        if before is None or _is_better(text, before):
            self._written[key] = text

    def _grouped(self, state: str, apart: Collection[str]) -> dict[str, Group]:
        unknown = [key for key in self._rows if key not in self._known.by_key]
        if not unknown:
            return {}
        spellings = [Written(text, agency_id) for text, agency_id in self._known.spellings]
        spellings += [
            Written(self._written[key], count=len(self._rows[key])) for key in sorted(unknown)
        ]
        others = {*self._rows, *self._known.by_key}
        pairs = {frozenset((key, other)) for key in apart for other in others if other != key}
        found = group(spellings, state, self._known.apart | pairs)
        return {key: one for one in found for key in one.sure}

    def _choice(self, key: str, join_all: bool) -> AgencyChoice:
        written, rows = self._written[key], tuple(self._rows[key])
        known = self._known.by_key.get(key)
        if known is not None:
            name = self._known.names[known]
            return AgencyChoice(key, written, rows, known, name, 1.0, ("known spelling",), "known")
        if key in self._decisions and (decided := self._decisions[key]) is not None:
            return self._decided(key, decided)
        if key in self._decisions:
            seemed = self._before[key].head.key
            apart_from = "" if seemed == key else seemed
            return AgencyChoice(key, written, rows, None, written, 1.0, (), "apart", apart_from)
        found = self._group_of[key]
        head = found.head
        if head.key == key:
            return AgencyChoice(key, written, rows, None, written, 1.0, (), "")
        name = head.text if head.agency_id is None else self._known.names[head.agency_id]
        sure = found.confidence(key)
        decision: Decision = "join" if join_all and sure >= CERTAIN else ""
        return AgencyChoice(
            key, written, rows, head.agency_id, name, sure, found.reasons(key), decision
        )

    def _decided(self, key: str, decided: int | str) -> AgencyChoice:
        written, rows = self._written[key], tuple(self._rows[key])
        agency_id = decided if isinstance(decided, int) else None
        name = clean(decided) if isinstance(decided, str) else ""
        if agency_id is None:
            agency_id = self._known.by_key.get(letters(name))
        if agency_id is not None:
            name = self._known.names.get(agency_id, name or written)
        same = agency_id is None and letters(name) == key
        decision: Decision = "" if same else "join"
        return AgencyChoice(key, written, rows, agency_id, name, 1.0, ("you chose it",), decision)


def _is_better(text: str, before: str) -> bool:
    """Whether a spelling of the same letters is the better name: not all in one case."""
    return (before.isupper() or before.islower()) and not (text.isupper() or text.islower())

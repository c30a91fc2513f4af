"""Which spellings of agencies seem to be one agency; nothing is joined here.

Names that share a signature are put together, the surest signatures first, unless that would make
one of two agencies that are known to be different. Initials that two agencies have say nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from cit_desktop.imports.agency_words import Signature, read, signatures
from cit_desktop.text import letters


@dataclass(frozen=True, slots=True)
class Written:
    """One way in which an agency is written.

    Attributes:
        agency_id: Of the records, if this is its name or a known spelling of it.
        count: How often the file has it; 0: it stands in the records only.
    """

    text: str
    agency_id: int | None = None
    count: int = 0

    @property
    def key(self) -> str:
        """The letters that spellings are compared by."""
        return letters(self.text)


@dataclass(slots=True)
class Group:
    """Spellings that seem to be one agency.

    Attributes:
        sure: By key of the spelling, how surely it belongs here; 1.0 for exactly the same.
        why: By key, what speaks for it.
    """

    members: list[Written] = field(default_factory=list)
    sure: dict[str, float] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    numbers: set[int] = field(default_factory=set)

    @property
    def agency_ids(self) -> set[int]:
        """The agencies of the records that are in it."""
        return {one.agency_id for one in self.members if one.agency_id is not None}

    def confidence(self, key: str) -> float:
        """How surely a spelling is what the head is."""
        return min(self.sure[key], self.sure[self.head.key])

    def reasons(self, key: str) -> tuple[str, ...]:
        """What speaks for a spelling being what the head is."""
        head = self.head.key
        said = self.why.get(key if self.sure[key] <= self.sure[head] else head, "")
        return (said,) if said else ()

    @property
    def head(self) -> Written:
        """The spelling that the others are proposed to be: of the records, or the fullest."""
        return max(self.members, key=_fullness)


def _fullness(one: Written) -> tuple[bool, bool, int, int, str]:
    shouted = one.text.isupper() or one.text.islower()
    return one.agency_id is not None, not shouted, len(one.text), one.count, one.text


def group(
    spellings: Iterable[Written], state: str, apart: Collection[frozenset[str]] = ()
) -> list[Group]:
    """Put spellings together that seem to be one agency.

    Args:
        state: Postal code of the chapter's state.
        apart: Pairs of keys that somebody said are not one agency.
    """
    return _Grouping(list(spellings), state, apart).groups()


class _Grouping:
    def __init__(
        self, spellings: Sequence[Written], state: str, apart: Collection[frozenset[str]]
    ) -> None:
        self._apart = frozenset(apart)
        self._names = {one.key: read(one.text, state) for one in spellings if one.key}
        self._group_of: dict[str, Group] = {}
        by_agency: dict[int, Group] = {}
        for one in spellings:
            if one.key:
                self._place(one, by_agency)

    def _place(self, one: Written, by_agency: dict[int, Group]) -> None:
        """Equal letters, and all that is one agency in the records, are one from the start."""
        found = self._group_of.get(one.key)
        if one.agency_id is not None:
            found = by_agency.setdefault(one.agency_id, found or Group())
        found = found or Group()
        found.members.append(one)
        found.sure.setdefault(one.key, 1.0)
        number = self._names[one.key].number
        if number is not None:
            found.numbers.add(number)
        self._group_of[one.key] = found

    def groups(self) -> list[Group]:
        sharing: defaultdict[tuple[object, ...], list[tuple[str, Signature]]] = defaultdict(list)
        for key, name in self._names.items():
            for one in signatures(name):
                sharing[one.key].append((key, one))
        links = [some for some in sharing.values() if len(some) > 1]
        for some in sorted(links, key=_sureness, reverse=True):
            self._link(some)
        return list({id(one): one for one in self._group_of.values()}.values())

    def _link(self, some: list[tuple[str, Signature]]) -> None:
        if any(one.is_initials or one.has_initials for _, one in some):
            self._link_initials(some)
            return
        self._unite(some)

    def _link_initials(self, some: list[tuple[str, Signature]]) -> None:
        """Initials mean the one name that has them, if there is but one."""
        short = [pair for pair in some if pair[1].is_initials]
        full = [pair for pair in some if pair[1].has_initials]
        if short and len({id(self._group_of[key]) for key, _ in full}) == 1:
            self._unite([*short, *full])

    def _unite(self, some: list[tuple[str, Signature]]) -> None:
        """Make one group of those that share a signature, if none of them rules out another."""
        groups = list({id(one): one for one in (self._group_of[key] for key, _ in some)}.values())
        if len(groups) < 2 or any(_contradict(*pair) for pair in combinations(groups, 2)):
            return
        own = dict(some)
        made: list[Group] = []
        for one in sorted(groups, key=lambda one: _fullness(one.head), reverse=True):
            whole = next((into for into in made if not self._said_apart(into, one)), None)
            if whole is None:
                made.append(one)
                continue
            self._lower(whole, own, some)
            self._lower(one, own, some)
            self._take(whole, one)

    def _take(self, whole: Group, other: Group) -> None:
        whole.members += other.members
        whole.sure |= other.sure
        whole.why |= other.why
        whole.numbers |= other.numbers
        for one in other.members:
            self._group_of[one.key] = whole

    def _lower(
        self, one: Group, own: Mapping[str, Signature], some: Sequence[tuple[str, Signature]]
    ) -> None:
        """What is known by a signature only belongs there no more surely than that."""
        linked = max(own[key].sure for key in one.sure if key in own)
        for key in one.sure:
            mine = own.get(key)
            if mine is not None and mine.has_initials:
                continue
            sure = mine.sure if mine is not None else linked
            if mine is not None and mine.is_initials:
                sure = min(sure, *(found.sure for _, found in some))
            if sure < one.sure[key]:
                one.sure[key], one.why[key] = sure, self._why(mine, some)

    def _why(self, mine: Signature | None, some: Sequence[tuple[str, Signature]]) -> str:
        if mine is not None and mine.is_initials:
            full = next(key for key, one in some if one.has_initials)
            return f"the initials of {' '.join(self._names[full].words).title()}"
        return (mine.why if mine is not None else "") or "the same words, written out"

    def _said_apart(self, one: Group, two: Group) -> bool:
        return any(frozenset((a, b)) in self._apart for a in one.sure for b in two.sure)


def _contradict(one: Group, two: Group) -> bool:
    """Whether they cannot be one: two agencies of the records, or districts of two numbers."""
    if one.agency_ids and two.agency_ids:
        return True
    return bool(one.numbers and two.numbers) and one.numbers != two.numbers


def _sureness(some: list[tuple[str, Signature]]) -> float:
    return min(one.sure for _, one in some)

"""States and counties."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from cit_desktop.catalogs.toml import shipped


@dataclass(frozen=True, slots=True)
class State:
    """A state, or the District of Columbia, by its postal code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class County:
    """A county, or a city that stands for one.

    Attributes:
        fips: Five digits: two of the state, three of the county.
        name: As people write it in a county column: “Phelps”, “St. Louis City”.
    """

    state: str
    fips: str
    name: str

    @property
    def title(self) -> str:
        """The name as it stands alone: “Phelps County”, “St. Louis City”."""
        return self.name if self.name.endswith(" City") else f"{self.name} County"


@cache
def states() -> tuple[State, ...]:
    """The fifty states and the District of Columbia, by name."""
    named = tomllib.loads(shipped("states.toml"))["names"]
    return tuple(State(code, name) for code, name in named.items())


@cache
def state_number_kind(state: str) -> str:
    """What the number is called that the state's standards body gives: “MO POST license”."""
    numbers = tomllib.loads(shipped("states.toml"))["numbers"]
    return str(numbers.get(state, f"{state} state number".strip()))


@cache
def counties(state: str) -> tuple[County, ...]:
    """The counties of a state by name; none for a state whose list does not ship."""
    listed = tomllib.loads(shipped("counties.toml")).get(state, {})
    return tuple(County(state, fips, name) for fips, name in listed.items())

"""Roster profiles: those that ship, and the chapter's own copies, which win."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import catalogs
from cit_desktop.catalogs import Profile
from cit_desktop.errors import FileProblem, NotFound, Refused
from cit_desktop.models import RosterProfile


def all(session: Session) -> tuple[Profile, ...]:
    """Every profile: the general one first, then by state and title.

    A copy that cannot be read any more leaves the shipped one in its place; :func:`get` says why.
    """
    return _with_own(session, catalogs.profiles())


def of_states(session: Session, states: Collection[str]) -> tuple[Profile, ...]:
    """The profiles of some states, in the order of :func:`all`; no others are read."""
    shipped = [profile for state in states for profile in catalogs.profiles_of(state)]
    found = _with_own(session, shipped)
    return tuple(profile for profile in found if profile.state in states)


def _with_own(session: Session, shipped: Iterable[Profile]) -> tuple[Profile, ...]:
    found = {profile.id: profile for profile in shipped}
    for own_id, toml in _own(session).items():
        try:
            found[own_id] = catalogs.profile_from_toml(toml, _called(own_id))
        except FileProblem:
            continue
    return tuple(sorted(found.values(), key=lambda profile: (profile.state, profile.title)))


def get(session: Session, profile_id: str) -> Profile:
    """The profile with this id, the chapter's own copy before the shipped one.

    Raises:
        NotFound: There is none.
        FileProblem: The chapter's own copy cannot be read.
    """
    toml = _own(session).get(profile_id)
    if toml is None:
        return catalogs.profile(profile_id)
    return catalogs.profile_from_toml(toml, _called(profile_id))


def own_ids(session: Session) -> frozenset[str]:
    """The ids of the profiles that the chapter has its own copy of."""
    return frozenset(_own(session))


def text(session: Session, profile_id: str) -> str:
    """The TOML of a profile, to be edited.

    Raises:
        NotFound: There is none.
    """
    own = _own(session).get(profile_id)
    return catalogs.profile_text(profile_id) if own is None else own


def save_copy(session: Session, profile_id: str, toml_text: str) -> None:
    """Keep the chapter's own copy of a profile; it wins over the shipped one from now on.

    Raises:
        FileProblem: A key is missing, unknown or wrong; the sentence names it.
        Refused: The text is of another profile.
    """
    read = catalogs.profile_from_toml(toml_text, _called(profile_id))
    if read.id != profile_id:
        sentence = f"The id is “{read.id}”, but this is the profile “{profile_id}”."
        raise Refused(sentence, f"Write id = “{profile_id}”.", {"toml": sentence})
    copy = session.scalar(select(RosterProfile).filter_by(profile=profile_id))
    if copy is None:
        copy = RosterProfile(profile=profile_id, toml="")
        session.add(copy)
    copy.toml = toml_text


def revert(session: Session, profile_id: str) -> None:
    """Give up the chapter's own copy; the shipped profile, if there is one, holds again.

    Raises:
        NotFound: The chapter has no copy of it.
    """
    copy = session.scalar(select(RosterProfile).filter_by(profile=profile_id))
    if copy is None:
        raise NotFound(
            f"There is no copy of the roster profile “{profile_id}”.",
            "The one that ships with the program is in use.",
        )
    session.delete(copy)


def _own(session: Session) -> dict[str, str]:
    rows = session.execute(select(RosterProfile.profile, RosterProfile.toml))
    return dict(rows.tuples().all())


def _called(profile_id: str) -> str:
    return f"The chapter's copy of the roster profile “{profile_id}”"

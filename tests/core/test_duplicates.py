"""Who may be one person, and of whom it was said that they are not."""

from __future__ import annotations

import pytest

from cit_desktop.errors import NotFound, Refused
from cit_desktop.services import duplicates
from tests.core.helpers_records import add_person


def apart(db):
    with db.read() as session:
        return duplicates.known_apart(session)


def test_two_people_are_kept_apart_once_whichever_is_named_first(db):
    one, other = add_person(db, "Ito"), add_person(db, "Ito")
    for first, second in ((other, one), (one, other)):
        with db.operation("Not the same") as session:
            duplicates.keep_apart(session, first, second)
    assert apart(db) == {(one, other)}
    with db.operation("Perhaps after all") as session:
        duplicates.forget_apart(session, other, one)
    assert apart(db) == frozenset()


def test_nobody_is_kept_apart_from_themselves_or_from_somebody_unknown(db):
    one = add_person(db)
    with db.operation("Not the same") as session:
        with pytest.raises(Refused, match="one person"):
            duplicates.keep_apart(session, one, one)
        with pytest.raises(NotFound):
            duplicates.keep_apart(session, one, 999)

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from cit_desktop import clock
from cit_desktop.db import Database
from cit_desktop.errors import Locked, NotFound, Refused
from cit_desktop.models import Change, SigningKey
from cit_desktop.proving import recovery
from cit_desktop.services import certificates, chapter_keys, signing
from tests.core.field import Field

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
PASSPHRASE = "river stone lamp orchard"


@pytest.fixture(autouse=True)
def at_noon():
    clock.set_source(lambda: NOON)
    yield
    clock.set_source(None)


@pytest.fixture
def key(db, chapter_id) -> signing.Key:
    with db.operation("Sign") as session:
        return signing.key_for(session, chapter_id)


def do(db, act, *arguments):
    with db.operation("Keep the key", undoable=False) as session:
        return act(session, *arguments)


def states(db, chapter_id):
    with db.read() as session:
        return [key.state for key in chapter_keys.keys(session, chapter_id)]


def reopened(db):
    """The same file in another program, which has unlocked nothing."""
    return Database.open(db.path)


@pytest.fixture
def protected(db, chapter_id, key):
    """The file opened anew after its key got a passphrase."""
    do(db, chapter_keys.protect, chapter_id, PASSPHRASE)
    other = reopened(db)
    yield other
    other.close()


def test_a_chapter_has_no_key_before_it_signs(db, chapter_id):
    assert states(db, chapter_id) == []
    with db.read() as session:
        assert not chapter_keys.is_locked(session, chapter_id)
        with pytest.raises(NotFound):
            chapter_keys.unlock(session, chapter_id, PASSPHRASE)


def test_a_protected_key_signs_only_after_its_passphrase(protected, chapter_id, key):
    assert states(protected, chapter_id) == ["locked"]
    with protected.operation("Sign") as session:
        with pytest.raises(Locked, match="Ozark Ridge CIT Council is locked") as caught:
            signing.key_for(session, chapter_id)
    assert "passphrase" in caught.value.hint
    with protected.read() as session:
        chapter_keys.unlock(session, chapter_id, PASSPHRASE)
    assert states(protected, chapter_id) == ["unlocked"]
    with protected.operation("Sign") as session:
        assert signing.key_for(session, chapter_id) == key


def test_a_wrong_passphrase_unlocks_nothing(protected, chapter_id):
    with protected.read() as session:
        with pytest.raises(Refused, match="not the passphrase"):
            chapter_keys.unlock(session, chapter_id, "river stone lamp garden")
        assert chapter_keys.is_locked(session, chapter_id)


def test_the_passphrase_is_asked_again_the_next_day(protected, chapter_id):
    with protected.read() as session:
        chapter_keys.unlock(session, chapter_id, PASSPHRASE)
        clock.set_source(lambda: NOON + timedelta(days=1))
        assert chapter_keys.is_locked(session, chapter_id)


def test_certificates_are_not_issued_with_a_locked_key_and_take_no_number(protected, chapter_id):
    with pytest.raises(Locked), protected.operation("Issue", undoable=False) as session:
        field = Field(session, chapter_id)
        class_id = field.training("C-1", status="finalized", days=1)
        field.complete(class_id, field.person("Ito"))
        certificates.issue(session, class_id)
    with protected.read() as session:
        assert certificates.ids(session) == []


def test_a_locked_key_can_neither_be_kept_otherwise_nor_printed(protected, chapter_id):
    for act in (chapter_keys.unprotect, chapter_keys.recovery_sheet):
        with pytest.raises(Locked):
            do(protected, act, chapter_id)
    with pytest.raises(Locked):
        do(protected, chapter_keys.protect, chapter_id, "another good passphrase")


def test_a_passphrase_is_changed_and_taken_away(protected, chapter_id):
    with protected.read() as session:
        chapter_keys.unlock(session, chapter_id, PASSPHRASE)
    do(protected, chapter_keys.protect, chapter_id, "another good passphrase")
    protected.keyring.lock()
    with protected.read() as session:
        with pytest.raises(Refused):
            chapter_keys.unlock(session, chapter_id, PASSPHRASE)
        chapter_keys.unlock(session, chapter_id, "another good passphrase")
    do(protected, chapter_keys.unprotect, chapter_id)
    assert states(protected, chapter_id) == ["open"]


def test_the_history_tells_of_a_passphrase_without_the_key(protected, key):
    with protected.read() as session:
        wrapped = session.scalars(select(SigningKey.private_key)).one()
        told = session.scalars(select(Change.after).where(Change.table == "signing_key")).all()
    assert len(told) == 2
    assert not any(key.private_key in after or wrapped in after for after in told)


def test_a_new_key_replaces_the_old_one_which_is_known_for_ever(db, chapter_id, key):
    new = do(db, chapter_keys.rotate, chapter_id)
    with db.read() as session:
        found = chapter_keys.keys(session, chapter_id)
        assert [(k.key_id, k.state) for k in found] == [(new, "open"), (key.key_id, "retired")]
        assert found[1].retired == NOON
        assert signing.public_keys(session)[key.key_id] == key.public_key
        old = session.scalars(select(SigningKey).filter_by(key_id=key.key_id)).one()
        assert old.private_key == ""


def test_certificates_of_an_old_key_stay_genuine(db, chapter_id):
    with db.operation("Issue", undoable=False) as session:
        field = Field(session, chapter_id)
        class_id = field.training("C-1", status="finalized", days=1)
        field.complete(class_id, field.person("Ito"))
        certificates.issue(session, class_id)
    do(db, chapter_keys.rotate, chapter_id)
    with db.read() as session:
        assert certificates.check(session) == []


def test_a_new_key_for_a_protected_one_needs_a_passphrase_but_not_the_old_one(
    protected, chapter_id
):
    with pytest.raises(Refused, match="at least 12"):
        do(protected, chapter_keys.rotate, chapter_id)
    do(protected, chapter_keys.rotate, chapter_id, "another good passphrase")
    assert states(protected, chapter_id) == ["unlocked", "retired"]


def test_a_recovery_sheet_brings_back_a_key_whose_passphrase_is_lost(protected, chapter_id, key):
    typed = "\n".join(recovery.lines_of(key.private_key))
    assert do(protected, chapter_keys.restore, chapter_id, typed) == key.key_id
    with protected.operation("Sign") as session:
        assert signing.key_for(session, chapter_id) == key


def test_a_recovery_sheet_says_which_chapter_and_key(db, chapter_id, key):
    sheet = do(db, chapter_keys.recovery_sheet, chapter_id)
    assert (sheet.chapter, sheet.key_id) == ("Ozark Ridge CIT Council", key.key_id)
    assert sheet.created == NOON.date()
    assert sheet.lines == recovery.lines_of(key.private_key)


def test_a_key_of_a_lost_file_signs_again_in_a_new_one(db, chapter_id, key):
    lost = signing.made()
    typed = "\n".join(recovery.lines_of(lost.private_key))
    do(db, chapter_keys.restore, chapter_id, typed, PASSPHRASE)
    assert states(db, chapter_id) == ["unlocked", "retired"]
    with db.operation("Sign") as session:
        assert signing.key_for(session, chapter_id) == lost


def test_a_retired_key_is_not_brought_back(db, chapter_id, key):
    do(db, chapter_keys.rotate, chapter_id)
    typed = "\n".join(recovery.lines_of(key.private_key))
    with pytest.raises(Refused, match="retired"):
        do(db, chapter_keys.restore, chapter_id, typed)

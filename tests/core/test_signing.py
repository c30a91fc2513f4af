from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cit_desktop.models import Change, SigningKey
from cit_desktop.services import signing


@pytest.fixture
def key(db, chapter_id) -> signing.Key:
    with db.operation("Sign") as session:
        return signing.key_for(session, chapter_id)


def test_the_key_is_made_once_and_then_used_again(db, chapter_id, key):
    with db.operation("Sign again") as session:
        assert signing.key_for(session, chapter_id) == key
        assert signing.public_keys(session) == {key.key_id: key.public_key}


def test_a_retired_key_gives_way_to_a_new_one_and_stays_known(db, chapter_id, key):
    with db.operation("Retire key") as session:
        session.scalars(select(SigningKey)).one().retired = True
        new = signing.key_for(session, chapter_id)
        assert new.key_id != key.key_id
        assert set(signing.public_keys(session)) == {key.key_id, new.key_id}


def test_a_signature_belongs_to_its_text_and_key_alone(db, chapter_id, key):
    signature = signing.sign(key, "forty hours")
    assert signing.verify("forty hours", signature, key.public_key)
    assert not signing.verify("forty-one hours", signature, key.public_key)
    other = base64.b64encode(bytes(32)).decode()
    assert not signing.verify("forty hours", signature, other)


@pytest.mark.parametrize("nonsense", ["", "not base64!", "AAAA"])
def test_nonsense_is_no_signature_and_no_key(key, nonsense):
    assert not signing.verify("text", nonsense, key.public_key)
    assert not signing.verify("text", signing.sign(key, "text"), nonsense)


def test_the_private_half_is_neither_shown_nor_in_the_history(db, key):
    assert key.private_key not in repr(key)
    with db.read() as session:
        images = session.scalars(select(Change.after).where(Change.table == "signing_key")).all()
    assert images
    assert not any(key.private_key in image for image in images)


@given(text=st.text(), place=st.integers(0, 511))
def test_every_flipped_bit_of_a_signature_is_noticed(text, place):
    key = signing.made()
    text = text.encode("utf-8", "replace").decode()
    raw = bytearray(base64.b64decode(signing.sign(key, text)))
    assert signing.verify(text, base64.b64encode(raw).decode(), key.public_key)
    raw[place // 8] ^= 1 << place % 8
    assert not signing.verify(text, base64.b64encode(raw).decode(), key.public_key)

from __future__ import annotations

import os
import random
from dataclasses import asdict, replace
from datetime import date

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from cit_desktop.documents.certificates import canonical_json, snapshot_from_json, verification_code
from cit_desktop.errors import Refused
from cit_desktop.proving import proof
from cit_desktop.services import signing
from tests.core.proofs import KEY, OTHER_KEY, certificate, proof_text

EVERY_BIT = bool(os.environ.get("CIT_EVERY_BIT"))  # else a sample of the bits is flipped
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=60)
DAYS = st.dates(date(1970, 1, 1), date(2149, 1, 1))


def read(text: str) -> proof.Proof:
    found = proof.read(text)
    assert found is not None
    return found


def test_a_proof_says_what_was_certified():
    record = read(proof_text()).record
    snapshot = certificate()
    assert asdict(record) == {
        name: KEY.key_id if name == "key_id" else getattr(snapshot, name) for name in asdict(record)
    }


def test_a_proof_is_written_in_one_way_that_never_changes():
    snapshot = replace(certificate(), code="ABCDE-FGHIJ")
    text = signing.proven(KEY, snapshot).proof
    assert text == (
        "CIT1.KZDVVJ2UMNDUYAAJMBICEUBGKATFAKIAIQZBJR2CIAGE6URNGIYDENRNGAYDIMQOIFXGCICNMFZMHLLBEBE"
        "XI3ZHINZGS43JOMQES3TUMVZHMZLOORUW63RAKRSWC3JAGQYC2SDPOVZCAQ3POVZHGZKRP4L4Z3NPWLDBTLWWYVQ"
        "EFW3GAXN3OCLRM4PLD3P6TS2ARGQKRY23FNZDOOK2ELONX4KSCLUU2MZYFDMXZN2JPNCWZNRPFVJH3Q7AW."
    )


@given(NAMES, NAMES, st.integers(0, 65535), DAYS)
@settings(max_examples=60)
def test_whatever_is_certified_is_read_as_it_was_and_fits_a_small_code(name, course, minutes, day):
    text = proof_text(recipient=name, course=course, minutes=minutes, completed=day)
    found = read(text)
    assert proof.genuine(found, KEY.public_key)
    assert found.signed == proof.signed_bytes(found.record)
    assert (found.record.minutes, found.record.completed) == (minutes, day)
    for said, shown in ((name, found.record.recipient), (course, found.record.course)):
        assert shown == said or (shown[-1] == "…" and said.startswith(shown[:-1]))
    assert len(text) <= proof.LONGEST


@pytest.mark.parametrize(
    "name",
    ["Ana Ito", "Łukasz Šimić-O'Brien Jr.", "Nguyễn Thị Ánh", "ж" * 40, "ễ" * 40],
)
def test_a_code_of_half_millimetre_modules_is_at_most_30_mm_wide_and_names_everybody(name):
    text = proof_text(recipient=name)
    assert read(text).record.recipient == name
    symbol = segno.make_qr(text, error="l", boost_error=False)
    assert symbol.mode == "alphanumeric"
    assert symbol.symbol_size(border=0)[0] * 0.5 <= 30


def test_a_usual_certificate_has_room_for_the_better_correction():
    assert segno.make_qr(proof_text(), error="m", boost_error=False).version <= 10


def test_what_has_no_room_is_cut_at_a_letter_and_marked():
    record = read(proof_text(recipient="ж" * 100, course="Krisenintervention " * 9)).record
    assert record.recipient == "ж" * 58 + "…"
    assert record.course.endswith("…")
    assert record.code == certificate(recipient="ж" * 100, course="Krisenintervention " * 9).code


def test_flipping_any_bit_of_a_proof_is_noticed():
    text = proof_text().encode()
    places = [(at, 1 << bit) for at in range(len(text)) for bit in range(8)]
    for at, bit in places if EVERY_BIT else random.Random(7).sample(places, 250):
        changed = bytearray(text)
        changed[at] ^= bit
        found = proof.read(changed.decode("latin-1"))
        assert found is None or not proof.genuine(found, KEY.public_key), (at, bit)


def test_flipping_any_bit_of_what_was_signed_is_noticed():
    genuine = read(proof_text())
    places = [(at, 1 << bit) for at in range(len(genuine.signed) + 64) for bit in range(8)]
    for at, bit in places if EVERY_BIT else random.Random(8).sample(places, 150):
        whole = bytearray(genuine.signed + genuine.signature)
        whole[at] ^= bit
        changed = proof.read(proof.text_of(bytes(whole[:-64]), bytes(whole[-64:])))
        assert changed is None or not proof.genuine(changed, KEY.public_key), (at, bit)


def test_a_proof_of_another_key_is_not_genuine():
    found = read(proof_text(OTHER_KEY))
    assert not proof.genuine(found, KEY.public_key)
    assert not proof.genuine(found, "no key")


def test_bits_beyond_the_last_byte_are_refused():
    text = proof_text(recipient="Ana I")
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567":
        other = f"{text[:-2]}{letter}."
        found = proof.read(other)
        assert other == text or found is None or not proof.genuine(found, KEY.public_key)


def test_spaces_and_line_breaks_within_a_proof_do_not_matter():
    text = proof_text()
    torn = "\r\n ".join(text[at : at + 40] for at in range(0, len(text), 40))
    assert proof.find(f"Certificate of Ana\n{torn}\nIssued") == [text]
    assert read(torn) == read(text) == read(text.removesuffix("."))


def test_every_proof_in_a_text_is_found():
    texts = [proof_text(number=f"OR-2026-{n:04}") for n in range(3)]
    assert proof.find(" and ".join(texts)) == texts
    assert proof.find("CIT1. A certificate") == []


@pytest.mark.parametrize(
    "nonsense", ["", "CIT1.", "CIT1.A.", "CIT1.AAAA.", "CIT2.AA.", "é", "x" * 9]
)
def test_nonsense_is_no_proof(nonsense):
    assert proof.read(nonsense) is None


@given(st.binary(max_size=200))
@settings(max_examples=60)
def test_any_bytes_are_read_or_refused_but_never_fail(data):
    found = proof.read(proof.text_of(data, bytes(64)))
    assert found is None or found.signed == proof.signed_bytes(found.record)


@pytest.mark.parametrize(
    "changes",
    [{"number": "N" * 41}, {"minutes": 70_000}, {"starts": date(1969, 12, 31)}],
)
def test_what_does_not_fit_a_proof_is_refused_with_what_to_do(changes):
    with pytest.raises(Refused) as caught:
        proof_text(**changes)
    assert caught.value.hint


def test_the_code_of_a_certificate_does_not_depend_on_its_proof():
    snapshot = signing.proven(KEY, certificate())
    assert snapshot.code == verification_code(snapshot)
    assert snapshot_from_json(canonical_json(snapshot)) == snapshot

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from cit_desktop import clock
from cit_desktop.errors import FileProblem, Refused
from cit_desktop.proving import keyring, recovery

PRIVATE = base64.b64encode(bytes(range(100, 132))).decode()
PASSPHRASE = "four words of náutica"
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon():
    clock.set_source(lambda: NOON)
    yield
    clock.set_source(None)


@pytest.fixture(scope="module")
def wrapped():
    return keyring.wrap(PRIVATE, "abcd", PASSPHRASE)


def test_only_its_passphrase_opens_a_key(wrapped):
    assert keyring.is_wrapped(wrapped)
    assert PRIVATE not in wrapped
    assert keyring.unwrap(wrapped, "abcd", PASSPHRASE) == PRIVATE
    with pytest.raises(Refused) as caught:
        keyring.unwrap(wrapped, "abcd", "four words of nautica")
    assert "passphrase" in caught.value.fields


def test_a_passphrase_holds_however_its_accents_were_typed(wrapped):
    decomposed = "four words of na\u0301utica"
    assert keyring.unwrap(wrapped, "abcd", f" {decomposed} ") == PRIVATE


def test_a_wrapped_key_cannot_be_passed_off_as_another(wrapped):
    with pytest.raises(Refused):
        keyring.unwrap(wrapped, "abce", PASSPHRASE)


def test_a_key_without_a_passphrase_is_given_as_it_is():
    assert not keyring.is_wrapped(PRIVATE)
    assert keyring.unwrap(PRIVATE, "abcd", "anything") == PRIVATE


@pytest.mark.parametrize("damaged", ["scrypt1$", "scrypt1$a$b$c", "scrypt1$AAAA$AAAA"])
def test_a_damaged_key_is_told_from_a_wrong_passphrase(damaged):
    with pytest.raises(FileProblem, match="cannot be read"):
        keyring.unwrap(damaged, "abcd", PASSPHRASE)


@pytest.mark.parametrize("short", ["", "eleven char", "   padded   with   "[:12]])
def test_a_short_passphrase_is_refused(short):
    with pytest.raises(Refused, match="at least 12"):
        keyring.wrap(PRIVATE, "abcd", short)


def test_an_unlocked_key_is_forgotten_when_the_day_is_over():
    ring = keyring.Keyring()
    ring.put("abcd", PRIVATE)
    assert ring.get("abcd") == PRIVATE
    assert ring.get("other") is None
    clock.set_source(lambda: NOON + timedelta(days=1))
    assert ring.get("abcd") is None
    clock.set_source(lambda: NOON)
    assert ring.get("abcd") is None


def test_locking_forgets_every_key():
    ring = keyring.Keyring()
    ring.put("abcd", PRIVATE)
    ring.lock()
    assert ring.get("abcd") is None


# The lines of a recovery sheet


def test_a_key_comes_back_from_its_lines():
    lines = recovery.lines_of(PRIVATE)
    assert [len(line) for line in lines] == [19] * recovery.LINES
    assert recovery.private_key_of("\n".join(lines)) == PRIVATE


@pytest.mark.parametrize(
    "retyped",
    [
        lambda lines: "\n\n".join(f"{n}. {line.lower()}" for n, line in enumerate(lines, 1)),
        lambda lines: "".join(lines).replace(" ", ""),
        lambda lines: "\n".join(lines).translate(str.maketrans("OIB", "018")),
        lambda lines: "\n".join(line.replace(" ", "-") for line in lines),
    ],
)
def test_lines_may_be_typed_in_other_ways(retyped):
    assert recovery.private_key_of(retyped(recovery.lines_of(PRIVATE))) == PRIVATE


def test_a_mistyped_letter_is_found_on_its_line():
    lines = list(recovery.lines_of(PRIVATE))
    for place in (0, 7, 18):
        for letter in "AZ27":
            if lines[2][place] == letter:
                continue
            typed = [*lines[:2], lines[2][:place] + letter + lines[2][place + 1 :], lines[3]]
            with pytest.raises(Refused, match="Line 3"):
                recovery.private_key_of("\n".join(typed))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (lambda lines: "\n".join(lines[:3]), "typed: 3"),
        (lambda lines: "", "typed: 0"),
        (lambda lines: "\n".join([lines[1], lines[0], *lines[2:]]), "Line 1"),
        (lambda lines: "\n".join([*lines[:3], lines[3][:-1]]), "15 letters instead of 16"),
        (lambda lines: "\n".join([*lines[:3], lines[3][:-1] + "€"]), "Line 4 has a letter"),
    ],
)
def test_what_is_wrong_with_typed_lines_is_said(typed, sentence):
    with pytest.raises(Refused, match=sentence):
        recovery.private_key_of(typed(recovery.lines_of(PRIVATE)))

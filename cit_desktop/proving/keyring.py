"""Private keys: wrapped by a passphrase in the file, unlocked in memory until the day is over."""

from __future__ import annotations

import base64
import binascii
import os
import unicodedata
from datetime import date
from typing import Final

from cit_desktop import clock
from cit_desktop.errors import FileProblem, Refused

SHORTEST: Final = 12

_MARK: Final = "scrypt1"  # scrypt with N = 2^16, r = 8, p = 1, then ChaCha20-Poly1305
_COST: Final = 2**16


class Keyring:
    """Private keys that a passphrase has unlocked. They leave memory when the day is over."""

    def __init__(self) -> None:
        self._unlocked: dict[str, tuple[date, str]] = {}

    def put(self, key_id: str, private_key: str) -> None:
        """Keep an unlocked key for the rest of this day."""
        self._unlocked[key_id] = (clock.today(), private_key)

    def get(self, key_id: str) -> str | None:
        """An unlocked key, or None if it was not unlocked today."""
        day, private_key = self._unlocked.get(key_id, (None, ""))
        if day != clock.today():
            self._unlocked.pop(key_id, None)
            return None
        return private_key

    def lock(self) -> None:
        """Forget every key."""
        self._unlocked.clear()


def is_wrapped(stored: str) -> bool:
    """Whether a stored private key needs a passphrase."""
    return stored.startswith(f"{_MARK}$")


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is guessed too easily.

    Raises:
        Refused: It is too short.
    """
    if len(passphrase.strip()) < SHORTEST:
        sentence = f"A passphrase needs at least {SHORTEST} letters."
        raise Refused(sentence, "Take four words that nobody connects.", {"passphrase": sentence})


def wrap(private_key: str, key_id: str, passphrase: str) -> str:
    """The stored form of a private key that only this passphrase opens.

    Raises:
        Refused: The passphrase is too short.
    """
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    check_passphrase(passphrase)
    salt, nonce = os.urandom(16), os.urandom(12)
    box = ChaCha20Poly1305(_stretched(passphrase, salt))
    closed = box.encrypt(nonce, private_key.encode(), key_id.encode())
    return "$".join((_MARK, *(base64.b64encode(part).decode() for part in (salt, nonce, closed))))


def unwrap(stored: str, key_id: str, passphrase: str) -> str:
    """The private key in a stored form; one without a passphrase is given as it is.

    Raises:
        Refused: It is another passphrase.
        FileProblem: The stored form is damaged.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    if not is_wrapped(stored):
        return stored
    try:
        salt, nonce, closed = (base64.b64decode(p, validate=True) for p in stored.split("$")[1:])
        box = ChaCha20Poly1305(_stretched(passphrase, salt))
        return box.decrypt(nonce, closed, key_id.encode()).decode()
    except InvalidTag as error:
        sentence = "This is not the passphrase of the chapter's key."
        hint = "Try again. If it is lost, restore the key from its recovery sheet."
        raise Refused(sentence, hint, {"passphrase": sentence}) from error
    except (binascii.Error, ValueError) as error:
        raise FileProblem(
            "The chapter's key cannot be read.", "Restore it from its recovery sheet."
        ) from error


def _stretched(passphrase: str, salt: bytes) -> bytes:
    """The key of a passphrase, however its accents were typed."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    said = unicodedata.normalize("NFKC", passphrase.strip())
    return Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(said.encode())

"""Proofs of made-up certificates, signed by a key that is the same in every test."""

from __future__ import annotations

import base64
from datetime import date

from cit_desktop.documents.certificates import CertificateSnapshot, verification_code
from cit_desktop.proving.verdicts import KeyList, KnownKey, Withdrawn
from cit_desktop.services import signing

KEY = signing.of_private(base64.b64encode(bytes(range(32))).decode())
OTHER_KEY = signing.of_private(base64.b64encode(bytes(32)).decode())

CHAPTER = "Ozark Ridge CIT Council"
LIST = KeyList(
    CHAPTER,
    date(2026, 11, 20),
    (KnownKey(KEY.key_id, KEY.public_key, CHAPTER),),
    (
        Withdrawn("OR-2026-0007", "revoked", date(2026, 5, 2), "Issued by mistake."),
        Withdrawn("OR-2026-0008", "replaced", date(2026, 6, 1), "", "OR-2026-0008-R1"),
    ),
)


def certificate(**changes: object) -> CertificateSnapshot:
    values: dict = {
        "number": "OR-2026-0042",
        "kind": "officer",
        "chapter": "Ozark Ridge CIT Council",
        "recipient": "Ana María Ito",
        "course": "Crisis Intervention Team 40-Hour Course",
        "starts": date(2026, 3, 2),
        "ends": date(2026, 3, 6),
        "completed": date(2026, 3, 6),
        "issued": date(2026, 3, 9),
        "minutes": 2400,
        "code": "",
    } | changes
    snapshot = CertificateSnapshot(**values)
    return CertificateSnapshot(**(values | {"code": verification_code(snapshot)}))


def proof_text(key: signing.Key = KEY, **changes: object) -> str:
    return signing.proven(key, certificate(**changes)).proof

"""The page judges as the program does, in Qt's script engine always and in Chromium if it is here.

Chromium is installed by ``dev.py test`` where it can be.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from importlib import resources
from urllib.parse import quote

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from PySide6.QtQml import QJSEngine

from cit_desktop.exports import certificate_pdf, verify_page
from cit_desktop.proving import known_keys, proof, verdicts
from cit_desktop.services import signing
from tests.core.proofs import KEY, LIST, OTHER_KEY, certificate, proof_text

EVERY_BIT = bool(os.environ.get("CIT_EVERY_BIT"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ORDER = 2**252 + 27742317777372353535851937790883648493
HOSTILE = "</script><script>alert(1)</script><b>&amp;"
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
        "cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d"
        "0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f7609"
        "84dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


def script(*names):
    return "\n".join(verify_page._resource(name) for name in names)


@pytest.fixture(scope="module")
def engine(qapp):
    """The script of the page without the page, in Qt's engine."""
    made = QJSEngine()
    told = made.evaluate(
        script("ed25519.js", "proof.js") + "\nthis.Ed25519 = Ed25519; this.Proof = Proof;"
    )
    assert not told.isError(), told.toString()
    return made


def numbers(data):
    return f"new Uint8Array({list(data)})"


def js_verify(engine, signature, message, public):
    arguments = ", ".join(map(numbers, (signature, message, public)))
    told = engine.evaluate(f"Ed25519.verify({arguments})")
    assert told.isBool(), told.toString()
    return told.toBool()


def js_judge(engine, text, known=LIST):
    """The page's verdicts, as the program would write them."""
    told = engine.evaluate(
        f"JSON.stringify(Proof.judge({json.dumps(text)}, {verdicts.to_json(known)}))"
    )
    assert not told.isError(), told.toString()
    return [(v["status"], v["sentence"], v["rows"]) for v in json.loads(told.toString())]


def program(text, known=LIST):
    return [
        (v.status, v.sentence, [list(row) for row in verdicts.told(v.record)] if v.record else [])
        for v in verdicts.judge(text, [known])
    ]


def torn(text):
    return "\r\n  ".join(text[at : at + 33] for at in range(0, len(text), 33))


def forged(text):
    """A proof of another name under the signature of this one."""
    other = proof.read(proof_text(recipient="Ana María Ibo"))
    return proof.text_of(other.signed, proof.read(text).signature)


GENUINE = proof_text()
CASES = {
    "genuine": GENUINE,
    "in lines": torn(GENUINE),
    "within words": f"Please check {GENUINE} for me",
    "many letters": proof_text(recipient="Nguyễn Thị Ánh Łukasz Šimić-O'Brien Жук", kind="letter"),
    "markup": proof_text(recipient="<img src=x onerror=alert(1)>", course=HOSTILE),
    "cut": proof_text(recipient="ж" * 100, course="Krisenintervention " * 9),
    "across years": proof_text(starts=date(2025, 12, 29), ends=date(2026, 1, 2), minutes=2190),
    "across months": proof_text(starts=date(2026, 2, 26), ends=date(2026, 3, 3), minutes=60_020),
    "one day": proof_text(starts=date(2028, 2, 29), ends=date(2028, 2, 29), kind="instructor"),
    "revoked": proof_text(number="OR-2026-0007"),
    "replaced": proof_text(number="OR-2026-0008"),
    "unknown key": proof_text(OTHER_KEY),
    "forged": forged(GENUINE),
    "damaged": GENUINE[:-8],
    "only a beginning": "CIT1.",
    "not base32": "CIT1.0189.",
    "nothing": "A letter from the council",
    "empty": "",
    "several": "\n".join([GENUINE, proof_text(number="OR-2026-0007"), proof_text(OTHER_KEY)]),
}


@pytest.mark.parametrize("case", CASES)
def test_the_page_says_what_the_program_says(engine, case):
    assert js_judge(engine, CASES[case]) == program(CASES[case])


def test_the_cases_show_every_verdict():
    shown = {status for text in CASES.values() for status, _, _ in program(text)}
    assert shown == set(verdicts.Status.__args__)


def test_the_page_refuses_every_flipped_bit_as_the_program_does(engine):
    text = GENUINE.encode()
    places = [(at, 1 << bit) for at in range(len(text)) for bit in range(8)]
    for at, bit in places if EVERY_BIT else random.Random(5).sample(places, 12):
        changed = bytearray(text)
        changed[at] ^= bit
        found = js_judge(engine, changed.decode("latin-1"))
        assert found == program(changed.decode("latin-1")), (at, bit)
        assert "valid" not in [status for status, _, _ in found]


def test_the_page_refuses_flipped_bits_of_record_and_signature(engine):
    genuine = proof.read(GENUINE)
    whole = genuine.signed.removeprefix(b"CIT1.") + genuine.signature
    places = [(at, 1 << bit) for at in range(len(whole)) for bit in range(8)]
    for at, bit in places if EVERY_BIT else random.Random(6).sample(places, 12):
        changed = bytearray(whole)
        changed[at] ^= bit
        text = f"CIT1.{base64.b32encode(changed).decode().rstrip('=')}."
        found = js_judge(engine, text)
        assert found == program(text), (at, bit)
        assert found[0][0] != "valid"


# Files

_UTF16 = "\ufeff".encode("utf-16-be") + GENUINE.encode("utf-16-be")


@pytest.mark.parametrize(
    "content",
    [
        lambda one: next(iter(certificate_pdf.draw_separately([one], {}))),
        lambda one: certificate_pdf.draw_certificates([one], {}),
        lambda _: b"/Keywords (" + GENUINE.encode() + b") /Title (One)",
        lambda _: b"/Keywords (" + _UTF16 + b")",
        lambda _: b"/Keywords <" + _UTF16.hex().encode() + b">",
        lambda _: b"/Keywords <" + _UTF16.hex("\n", 40).upper().encode() + b">",
    ],
    ids=["single", "batch", "plain", "two bytes", "hexadecimal", "hexadecimal in lines"],
)
def test_the_page_finds_the_proof_that_a_pdf_names(engine, content):
    letters = content(signing.proven(KEY, certificate())).decode("latin-1")
    told = engine.evaluate(f"Proof.findInFile({json.dumps(letters)}).join(' ')")
    assert told.toString() == GENUINE


def test_the_page_finds_nothing_in_a_file_that_names_no_proof(engine):
    letters = json.dumps((b"%PDF-1.7 <" + b"4f" * 300 + b"> CIT1 (CIT1.)").decode())
    assert engine.evaluate(f"Proof.findInFile({letters}).length").toInt() == 0


# The signatures


@pytest.mark.parametrize(("seed", "message", "signature"), RFC_8032)
def test_the_vectors_of_rfc_8032_verify(engine, seed, message, signature):
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
    public, said = private.public_key().public_bytes_raw(), bytes.fromhex(message)
    assert private.sign(said).hex() == signature
    assert js_verify(engine, bytes.fromhex(signature), said, public)
    assert not js_verify(engine, bytes.fromhex(signature), said + b"\0", public)


@pytest.mark.parametrize("length", [0, 47, 48, 111, 112, 127, 128, 129, 300])
def test_messages_of_every_length_of_block_verify(engine, length):
    message = random.Random(length).randbytes(length)
    private = Ed25519PrivateKey.from_private_bytes(random.Random(length + 1).randbytes(32))
    public = private.public_key().public_bytes_raw()
    assert js_verify(engine, private.sign(message), message, public)
    told = engine.evaluate(f"Array.from(Ed25519.sha512({numbers(message)})).join(' ')")
    assert told.toString() == " ".join(map(str, hashlib.sha512(message).digest()))


def _signed():
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    return private.sign(b"forty hours"), private.public_key().public_bytes_raw()


def _other_scalar(signature, public):
    """The same signature with its number raised by the group's order: a second way to write it."""
    scalar = int.from_bytes(signature[32:], "little") + ORDER
    return signature[:32] + scalar.to_bytes(32, "little"), public


@pytest.mark.parametrize(
    "changed",
    [
        lambda s, p: (s, p),
        _other_scalar,
        lambda s, p: (bytes(32) + s[32:], p),
        lambda s, p: (s[:32] + bytes(32), p),
        lambda s, p: (s, bytes([p[0] ^ 1, *p[1:]])),
        lambda s, p: (s, bytes(32)),
        lambda s, p: (s, b"\x02" + bytes(31)),
        lambda s, p: (s, b"\xff" * 32),
        lambda s, p: (s, p[:31] + bytes([p[31] ^ 128])),
        lambda s, p: (b"\x01" + bytes(63), b"\x01" + bytes(31)),
    ],
)
def test_strange_keys_and_signatures_are_judged_as_by_the_library(engine, changed):
    signature, public = changed(*_signed())
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, b"forty hours")
        genuine = True
    except (InvalidSignature, ValueError):
        genuine = False
    assert js_verify(engine, signature, b"forty hours", public) is genuine


def test_a_signature_of_another_length_is_none(engine):
    signature, public = _signed()
    assert not js_verify(engine, signature[:63], b"forty hours", public)
    assert not js_verify(engine, signature, b"forty hours", public[:31])


# The file


@pytest.fixture(scope="module")
def hostile():
    key = replace(LIST.keys[0], chapter=HOSTILE)
    gone = [replace(one, reason=HOSTILE) for one in LIST.withdrawn]
    return replace(LIST, chapter=HOSTILE, keys=(key,), withdrawn=tuple(gone))


def test_the_page_carries_the_list_it_was_made_from(tmp_path, hostile):
    path = tmp_path / "page.html"
    for known in (LIST, hostile):
        path.write_bytes(verify_page.page(known))
        assert known_keys.read(path) == known


def test_the_same_list_gives_the_same_page():
    assert verify_page.page(LIST) == verify_page.page(LIST)


def test_what_is_in_the_list_never_becomes_markup(hostile):
    page = verify_page.page(hostile).decode()
    assert page.count("<script") == 2
    assert "<b>" not in page
    assert "<title>Check a certificate – &lt;/script&gt;" in page


def test_only_the_script_and_style_of_the_page_may_run():
    page = verify_page.page(LIST).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    for tag, name in (("script", "script-src"), ("style", "style-src")):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_the_page_refers_to_nothing_outside_itself():
    page = verify_page.page(LIST).decode()
    assert not re.findall(r"https?:|//[a-z]|@import|url\(|\b(src|href|style|on[a-z]+)=", page)


def test_scripts_put_nothing_in_as_markup():
    for name in verify_page.SCRIPTS:
        source = (resources.files("resources") / "verify" / name).read_text(encoding="utf-8")
        assert not re.findall(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(",
                              source)  # fmt: skip


# In a browser


class Cards(HTMLParser):
    """The verdicts that the page shows: status, sentence, rows."""

    def __init__(self, html):
        super().__init__()
        self.found, self.age, self._kind = [], "", ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "article":
            self.found.append([values["data-status"], "", []])
        self._kind = {"dt": "dt", "dd": "dd"}.get(tag, values.get("class") or values.get("id", ""))
        if self._kind == "dt":
            self.found[-1][2].append(["", ""])

    def handle_endtag(self, tag):
        self._kind = ""

    def handle_data(self, data):
        if self._kind == "sentence":
            self.found[-1][1] += data
        elif self._kind in ("dt", "dd"):
            self.found[-1][2][-1][self._kind == "dd"] += data
        elif self._kind == "age":
            self.age += data


def in_chromium(path, text, profile):
    """What the page shows, opened from disk with a text after its ``#``."""
    command = [
        CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu",
        "--host-resolver-rules=MAP * 0.0.0.0", f"--user-data-dir={profile}",
        "--virtual-time-budget=5000", "--dump-dom", f"{path.as_uri()}#{quote(text)}",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return Cards(done.stdout)


if CHROMIUM:

    def test_a_browser_shows_what_the_program_says_from_disk_without_a_network(tmp_path, hostile):
        path = tmp_path / "page.html"
        path.write_bytes(verify_page.page(hostile))
        together = "\n".join(CASES[case] for case in CASES if len(program(CASES[case])) == 1
                             and proof.find(CASES[case]))  # fmt: skip
        for text in (together, CASES["not base32"]):
            shown = in_chromium(path, text, tmp_path / "profile")
            assert [tuple(card) for card in shown.found] == program(text, hostile)
            assert shown.age.startswith("As of November 20, 2026, ")

"""The page for a chapter's website that checks certificates: one file, no network, no server."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib import resources
from string import Template
from typing import Final

from cit_desktop.proving import verdicts
from cit_desktop.proving.verdicts import KeyList

SCRIPTS: Final = ("ed25519.js", "proof.js", "page.js")


def page(known: KeyList) -> bytes:
    """The page with a chapter's public keys and what it took back; the same list, the same bytes.

    Only the script and the style that stand in it may run or load, which a policy within says.
    """
    style, script = _resource("page.css"), "\n".join(map(_resource, SCRIPTS))
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    made = Template(_resource("page.html")).substitute(
        policy=escape(policy, quote=True).replace("&#x27;", "'"),
        chapter=escape(known.chapter),
        style=style,
        keys=_harmless(verdicts.to_json(known)),
        script=script,
    )
    return made.encode("utf-8")


def _resource(name: str) -> str:
    return (resources.files("resources") / "verify" / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _harmless(text: str) -> str:
    """JSON that no browser takes for markup, whatever it holds."""
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text

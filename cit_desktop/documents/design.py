"""How a chapter's certificates look and what they say, as frozen values that know no database.

A design is kept as JSON. What it leaves open follows the usual look and the usual wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final, get_args

from cit_desktop.documents.certificates import CertificateKind, usual_heading, usual_wording
from cit_desktop.errors import FileProblem, Refused
from cit_desktop.text import clean

TEMPLATES: Final = ("classic", "modern", "plain")
LETTER: Final = "letter"
PAPERS: Final = ("letter", "a4")
PARTS: Final = {
    "logo": "Logo",
    "chapter": "Name of the chapter",
    "council": "Line of the council",
    "heading": "Heading",
    "agency": "Agency of the person",
    "areas": "Hours by credit area",
    "provider": "Approval text",
    "control": "Control number",
    "signers": "Signatures",
}
FIELDS: Final = {
    "name": "Name of the person",
    "agency": "Agency of the person",
    "course": "Title of the course",
    "hours": "Credited hours",
    "days": "Days of the class",
    "date": "Day of completion",
    "chapter": "Name of the chapter",
    "council": "Line of the council",
    "class": "Code of the class",
    "number": "Number of the certificate",
}
SHIFT_MOST: Final = 50.0
_LINE_MOST, _CLOSING_MOST = 300, 4
_COLOR = re.compile(r"#[0-9A-F]{6}")
_FIELD = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class Wording:
    """What one kind of certificate says; every text may hold fields such as ``{name}``.

    Attributes:
        heading: The title of the certificate.
        above: The line above the name.
        below: The line between the name and the course.
        closing: Lines under the course.
    """

    heading: str
    above: str = ""
    below: str = ""
    closing: tuple[str, ...] = ()

    def texts(self) -> tuple[str, ...]:
        """All of it, from top to bottom."""
        return (self.heading, self.above, self.below, *self.closing)


@dataclass(frozen=True, slots=True)
class Design:
    """How certificates of a chapter look from now on; those issued stay as they are.

    Attributes:
        template: One of ``TEMPLATES``; letters of attendance always have the template of letters.
        paper: One of ``PAPERS``.
        accent: Color of ornaments and of the name, as ``#RRGGBB``.
        ink: Color of the text.
        seal: SHA-256 of the seal's picture, or an empty text.
        approval: Such as "POST Approved Provider"; the chapter's own line if empty.
        hidden: Those of ``PARTS`` that are not printed.
        wordings: By kind, where it is not the usual wording.
        right: How far text on pre-printed stock is moved to the right, in millimeters.
        up: How far it is moved up.
    """

    template: str = "classic"
    paper: str = "letter"
    accent: str = "#0B6E6E"
    ink: str = "#1B2127"
    seal: str = ""
    approval: str = ""
    hidden: tuple[str, ...] = ()
    wordings: tuple[tuple[CertificateKind, Wording], ...] = ()
    right: float = 0.0
    up: float = 0.0

    def wording(self, kind: CertificateKind) -> Wording:
        """What certificates of this kind say."""
        return dict(self.wordings).get(kind) or usual(kind)

    def worded(self, kind: CertificateKind, wording: Wording) -> Design:
        """This design with another wording for a kind of certificate."""
        others = {**dict(self.wordings), kind: wording}
        kept = tuple((k, others[k]) for k in get_args(CertificateKind) if k in others)
        return replace(self, wordings=tuple((k, w) for k, w in kept if w != usual(k)))

    def template_for(self, kind: CertificateKind) -> str:
        """The template that a certificate of this kind is drawn with."""
        return LETTER if kind == "letter" else self.template


def usual(kind: CertificateKind) -> Wording:
    """The wording of a kind of certificate, unless the chapter chose another."""
    above, below, *closing = usual_wording(kind)
    return Wording(usual_heading(kind), above, below, tuple(closing))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with the values of its fields, filled in at once: values are never read again."""
    return _FIELD.sub(lambda match: values[match[1]], text)


def checked(design: Design) -> Design:
    """The design in the form in which it is kept.

    Raises:
        Refused: Something of it cannot be drawn; its fields say what.
    """
    design = replace(
        design,
        accent=design.accent.strip().upper(),
        ink=design.ink.strip().upper(),
        approval=clean(design.approval),
        hidden=tuple(part for part in PARTS if part in design.hidden),
        wordings=tuple((kind, _cleaned(wording)) for kind, wording in design.wordings),
    )
    faults = dict(_faults(design))
    if faults:
        raise Refused(" ".join(dict.fromkeys(faults.values())), _hint(faults), faults)
    return design


def to_values(design: Design) -> dict[str, Any]:
    """The design as values for JSON."""
    values = asdict(design)
    values["wordings"] = {kind: asdict(wording) for kind, wording in design.wordings}
    return values


def from_values(values: Mapping[str, Any]) -> Design:
    """The design of stored values; what they lack is as usual.

    Raises:
        FileProblem: They are not those of a design.
    """
    try:
        return checked(_read(values))
    except (Refused, TypeError, ValueError, AttributeError) as error:
        raise FileProblem(
            "The design of certificates in this file cannot be read.",
            "Set it anew under Settings; certificates that were issued are not touched.",
        ) from error


def from_typed(values: Mapping[str, Any]) -> Design:
    """The design of values that somebody typed and did not save, right or wrong.

    Raises:
        TypeError, ValueError, AttributeError: They are not those of a design.
    """
    design = _read(values)
    with suppress(Refused):
        checked(design)
    return design


def contrast(color: str) -> float:
    """How much a color stands out on white paper: 1 not at all, 21 as black does."""
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _read(values: Mapping[str, Any]) -> Design:
    found = {field.name: values[field.name] for field in fields(Design) if field.name in values}
    found["hidden"] = tuple(found.get("hidden", ()))
    found["wordings"] = tuple(
        (kind, Wording(**{**wording, "closing": tuple(wording.get("closing", ()))}))
        for kind, wording in found.get("wordings", {}).items()
    )
    return Design(**found)


def _cleaned(wording: Wording) -> Wording:
    closing = tuple(line for line in map(clean, wording.closing) if line)
    return Wording(clean(wording.heading), clean(wording.above), clean(wording.below), closing)


def _faults(design: Design) -> Iterator[tuple[str, str]]:
    if design.template not in TEMPLATES:
        yield "template", f"There is no template “{design.template}”."
    if design.paper not in PAPERS:
        yield "paper", f"There is no paper “{design.paper}”."
    for name, least in (("accent", 3.0), ("ink", 4.5)):
        color = getattr(design, name)
        if not _COLOR.fullmatch(color):
            yield name, f"“{color}” is not a color."
        elif contrast(color) < least:
            yield name, f"The color {color} is too pale to be read on white paper."
    for name in ("right", "up"):
        if not abs(getattr(design, name)) <= SHIFT_MOST:
            yield name, f"Text can be moved by {SHIFT_MOST:.0f} mm at most."
    for kind, wording in design.wordings:
        for fault in _wording_faults(kind, wording):
            yield f"wording.{kind}", fault


def _wording_faults(kind: str, wording: Wording) -> Iterator[str]:
    if kind not in get_args(CertificateKind):
        yield f"There is no kind of certificate “{kind}”."
    if not wording.heading:
        yield "A certificate needs a heading."
    if len(wording.closing) > _CLOSING_MOST:
        yield f"There is room for {_CLOSING_MOST} lines under the course."
    for text in wording.texts():
        if len(text) > _LINE_MOST:
            yield f"“{text[:40]}…” is longer than {_LINE_MOST} letters."
        unknown = [name for name in _FIELD.findall(text) if name not in FIELDS]
        if unknown:
            yield f"The wording asks for {{{unknown[0]}}}, which is not known."
        elif _BRACE.search(_FIELD.sub("", text)):
            yield f"In “{text}” a brace stands alone."


def _hint(faults: Mapping[str, str]) -> str:
    if any(name.startswith("wording.") for name in faults):
        return f"Fields are {', '.join(f'{{{name}}}' for name in FIELDS)}."
    if "accent" in faults or "ink" in faults:
        return "Choose a darker color, written like #0B6E6E."
    return "Choose one of those offered."

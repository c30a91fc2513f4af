"""Work on designs of certificates for the job thread, and what one save does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from cit_desktop import clock
from cit_desktop.documents.certificates import CertificateKind
from cit_desktop.documents.design import Design
from cit_desktop.services import assets, certificate_designs, certificate_samples

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from cit_desktop.db import Database

WIDTH: Final = 840  # pixels of a preview


@dataclass(frozen=True, slots=True)
class Seal:
    """A picture chosen for the seal and not kept yet.

    Attributes:
        sha256: The hash it gets once it is kept.
        made: The data it is kept as.
        data, media_type, name: What was chosen.
    """

    sha256: str
    made: bytes
    data: bytes
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a preview is to show."""

    chapter_id: int
    design: Design
    name: str
    kind: CertificateKind
    seals: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Preview:
    """A drawn sample: rows of RGB bytes, and what to look at in its name."""

    width: int
    height: int
    pixels: bytes
    notes: tuple[str, ...]


def seal_of(data: bytes, media_type: str, name: str) -> Seal:
    """A picture as it would be kept.

    Raises:
        Refused: It is no PNG or JPEG picture, damaged, or too large.
    """
    sha256, made, _type = assets.kept_as(data, name)
    return Seal(sha256, made, data, media_type, name)


def drawn(db: Database, asked: Asked) -> Preview:
    """The sample as it would be printed on blank paper, without the shift of pre-printed stock.

    Raises:
        Refused: The name has a letter that cannot be printed.
    """
    from cit_desktop.exports.certificates import preview
    from cit_desktop.exports.certificates.names import look_through

    with db.read() as session:
        snapshot = certificate_samples.sample(
            session, asked.chapter_id, asked.design, asked.name, asked.kind
        )
        images = {**asked.seals, **certificate_samples.pictures(session, snapshot)}
    picture = preview.picture(snapshot, images, WIDTH)
    notes = tuple(finding.sentence for finding in look_through([snapshot]))
    return Preview(picture.width, picture.height, picture.tobytes(), notes)


def calibration_page(db: Database, chapter_id: int, design: Design) -> bytes:
    """A page to hold against pre-printed stock, with the shift that the design has.

    Raises:
        Refused: The design cannot be drawn.
    """
    from cit_desktop.exports.certificates import stock

    plain = replace(design, template="plain")
    with db.read() as session:
        snapshot = certificate_samples.sample(session, chapter_id, plain)
    return stock.calibration(snapshot, (design.right, design.up), clock.today())


def save(session: Session, chapter_id: int, design: Design, seal: Seal | None) -> Design:
    """Keep a design, and the picture of its seal where that is new.

    Raises:
        NotFound, Refused: See ``certificate_designs.save``.
    """
    if seal is not None and seal.sha256 == design.seal:
        assets.add_asset(session, seal.data, seal.media_type, seal.name)
    return certificate_designs.save(session, chapter_id, design)

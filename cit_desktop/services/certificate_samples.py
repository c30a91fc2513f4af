"""Certificates of nobody, to see a design by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from cit_desktop import clock
from cit_desktop.documents import design as certificate_design
from cit_desktop.documents.certificates import CertificateKind, CertificateSnapshot
from cit_desktop.documents.design import Design
from cit_desktop.services import assets, drafts

SAMPLE_NAMES: Final = (
    "Ana Ito",
    "Maximiliana Featherstonehaugh-Cholmondel",
    "Nguyễn Thị Ánh",
    "Łukasz Šimić-O'Brien Jr.",
)
SAMPLE: Final = "Sample"
SAMPLE_PROOF: Final = "A sample. " + "It certifies nothing. " * 12
_MINUTES: Final[dict[CertificateKind, int]] = {"letter": 16 * 60, "instructor": 6 * 60}
_AREAS: Final = (("legal", 0.2), ("interpersonal", 0.35))
_REST: Final = "skill"


def sample(
    session: Session,
    chapter_id: int,
    design: Design,
    name: str = SAMPLE_NAMES[0],
    kind: CertificateKind = "officer",
) -> CertificateSnapshot:
    """A certificate as a design would draw it, of nobody; its code proves nothing.

    Raises:
        NotFound: There is no such chapter.
        Refused: The design cannot be drawn.
    """
    checked = certificate_design.checked(design)
    friday = _last_friday(clock.today())
    minutes = _MINUTES.get(kind, 2400)
    areas = [(drafts.AREAS[area], round(minutes * part)) for area, part in _AREAS]
    facts = drafts.chapter_facts(session, chapter_id, checked)
    snapshot = replace(
        facts,
        kind=kind,
        recipient=name,
        agency="Cole County Sheriff’s Office",
        course="Crisis Intervention Team (CIT) 40-Hour Course",
        course_code="CIT40",
        class_code="CIT40-0000-00",
        control_number="00-0000",
        starts=friday - timedelta(days=4),
        ends=friday,
        completed=friday,
        issued=friday,
        minutes=minutes,
        areas=(*areas, (drafts.AREAS[_REST], minutes - sum(least for _, least in areas))),
        code="AAAAA-AAAAA",
        proof=SAMPLE_PROOF,
    )
    return drafts.dressed(snapshot, checked, SAMPLE)


def pictures(session: Session, snapshot: CertificateSnapshot) -> dict[str, bytes]:
    """The pictures that a sample needs, by their SHA-256.

    Raises:
        FileProblem: One of them was altered outside the program.
    """
    return assets.images(session, snapshot.images())


def _last_friday(today: date) -> date:
    return today - timedelta(days=(today.weekday() - 4) % 7)

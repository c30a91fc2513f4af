"""People of a class for tents, badges and labels: few short words, and as many as one can."""

from __future__ import annotations

from cit_desktop.documents.names import NameCard, NameCards

SHORT = (
    NameCard("Bo", "Bo Li", "Rolla PD"),
    NameCard("Ana", "Ana Ito", certificate="A-1"),
    NameCard("Cher", "Cher", "Troy PD", "Instructor", "Municipal police", "A-2"),
)
LONG = (
    NameCard(
        "Maximiliana",
        "Maximiliana Wolfeschlegelsteinhausenberger-Bergerdorff de la Vega y Santamaría III",
        "Bureau of Community Engagement and Behavioral Health Response of the Metropolitan "
        "Region of Central Missouri",
        "Instructor",
        "Telecommunications and emergency dispatch",
        "HEARTLAND-2026-000042-R12",
        ("1200 East Main Street, Suite 400", "Jefferson City, MO 65101-1234"),
    ),
    NameCard(
        "Thị Ánh Nguyệt Phương",
        "Nguyễn Thị Ánh Nguyệt Phương",
        "Compass Health Network",
        "Observer",
        "Behavioral health",
        "HEARTLAND-2026-000043",
    ),
    NameCard("Wolfeschlegelsteinhausenbergerdorff", "Wolfeschlegelsteinhausenbergerdorff"),
    NameCard("Łukasz", "Łukasz Šimić-O’Brien Jr.", "Cole County Sheriff", "", "County sheriff"),
)


def short(count: int = 3, logo: str = "") -> NameCards:
    """A class that says as little as one can."""
    people = (SHORT * count)[:count]
    return NameCards("Rolla CIT", "CIT40-2026-1", "Spring class", people, logo)


def long(count: int = 4, logo: str = "") -> NameCards:
    """A class that says as much as a chapter could think of."""
    return NameCards(
        "Heartland Regional Crisis Intervention Team Council of Central Missouri",
        "CIT40-ADVANCED-2026-01",
        "Advanced Crisis Intervention Team Training for Telecommunicators, Field Training "
        "Officers and Supervisors of Patrol",
        (LONG * count)[:count],
        logo,
    )

"""Certificates with very short and very long content, and names that are hard to print."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from cit_desktop.documents.certificates import CertificateSnapshot, Signer

TEMPLATES = ("classic", "modern", "plain", "letter")
PAPERS = ("letter", "a4")
PROOF = "CIT1." + "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43UOV3HO6DZPI" * 8
COUNCIL = "Missouri Crisis Intervention Team Council and its Regional Partners of the Heartland"
AREAS = (
    ("Legal Studies", 390),
    ("Interpersonal Perspectives", 720),
    ("Technical Studies", 480),
    ("Skill Development", 810),
    ("De-escalation and Officer Safety", 240),
)


def short(template: str, paper: str) -> CertificateSnapshot:
    """A certificate that says as little as one can."""
    return CertificateSnapshot(
        number="A-1",
        kind="letter" if template == "letter" else "officer",
        chapter="Rolla CIT",
        recipient="Bo Li",
        course="CIT",
        starts=date(2026, 3, 2),
        ends=date(2026, 3, 2),
        completed=date(2026, 3, 2),
        issued=date(2026, 3, 2),
        minutes=60,
        template=template,
        paper=paper,
    )


def long(
    template: str, paper: str, signers: int = 3, image: str = "", logo: str = "", seal: str = ""
) -> CertificateSnapshot:
    """A certificate that says as much as a chapter could think of."""
    people = (
        Signer(
            "Maximilian Featherstonehaugh-Cholmondeley", "Coordinator of Crisis Training", image
        ),
        Signer("Ewa Nowak", "Council Chair", image),
        Signer("Nguyễn Thị Ánh", "Lead Instructor and Director of Behavioral Health Partnerships"),
    )
    return replace(
        short(template, paper),
        number="HEARTLAND-2026-000042-R12",
        chapter="Heartland Regional Crisis Intervention Team Council of Central Missouri",
        chapter_word="council",
        council=COUNCIL,
        contact="1200 East Main Street, Suite 400, Jefferson City, MO 65101 · 573-555-0142",
        recipient="Maximiliana Wolfeschlegelsteinhausenberger-Bergerdorff de la Vega y Santamaría",
        agency="Bureau of Community Engagement and Behavioral Health Response of the Metropolitan "
        "Region",
        course="Advanced Crisis Intervention Team Training for Telecommunicators, Field Training "
        "Officers and Supervisors of Patrol",
        course_code="CIT40-ADVANCED",
        class_code="CIT40-ADVANCED-2026-01",
        control_number="MO-CLEE-26-1184-7",
        starts=date(2025, 12, 29),
        ends=date(2026, 1, 9),
        completed=date(2026, 4, 1),
        minutes=2640,
        areas=AREAS,
        wording=(
            "By the authority of its members, this council certifies that",
            "has successfully completed, with all scenarios and site visits,",
            "and is entrusted with helping people in crisis to find safety and care.",
        ),
        signers=(people * 2)[:signers],
        provider="The Central Missouri Law Enforcement Training Academy is a POST Approved "
        "Provider of continuing education",
        code="7QK2M-X4TWA",
        proof=PROOF,
        logo=logo,
        seal=seal,
    )


NAMES = (
    "Nguyễn Thị Ánh",
    "Łukasz Šimić-O'Brien Jr.",
    "<b>Ana</b> & <para>",
    "Robert'); DROP TABLE person;--",
    "%(name)s {name} %s \\n",
    "(unbalanced \\ parenthesis",
    "Ğülşen Yıldız İnönü",
    "Владимир Ильич Щёголев",
    "Αλέξανδρος Παπαδόπουλος",
    "Siobhán O’Brien–Mac Giolla",
    "Þórdís Ægisdóttir Ðuro",
    "ﬁona Fifer",
    "X",
    "N. R. V. Y. van der ’t Hooft-Łącki IV",
)
_LETTERS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áàâäãåāăąćčçďđéèêëēęěğģíìîïīįıķĺľłńňñóòôöõőøōŕřśšşșťțúùûüűůūųýÿźžżßæœðþ",
    "ÁÀÂÄÃÅĀĂĄĆČÇĎĐÉÈÊËĒĘĚĞĢÍÌÎÏĪĮİĶĹĽŁŃŇÑÓÒÔÖÕŐØŌŔŘŚŠŞȘŤȚÚÙÛÜŰŮŪŲÝŸŹŽŻÆŒÐÞ",
    "ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựỳỷỹỵđơưẮẰẤẦẾỀỐỒỚỜỨỪĐƠƯ",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯІЇЄҐ",
    "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ",
    "'’.-<>&{}()[]\\/%$#@!?\"=+*;:,_~^|`0123456789",
)


def hard_names(count: int, seed: int) -> list[str]:
    """Names to print letter for letter: those above, then any letters of any European script."""
    chance = random.Random(seed)
    found = list(NAMES)
    while len(found) < count:
        scripts = chance.sample(_LETTERS, chance.choice((1, 1, 2, 3)))
        parts = [
            "".join(chance.choice(chance.choice(scripts)) for _ in range(chance.randint(1, 14)))
            for _ in range(chance.randint(1, 6))
        ]
        found.append(" ".join(parts))
    return found[:count]

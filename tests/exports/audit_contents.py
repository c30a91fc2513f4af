"""Transcripts and packets to draw, one short and one with more of everything."""

from __future__ import annotations

from datetime import date

from cit_desktop.documents.packets import (
    CertificateProof,
    Chain,
    Packet,
    Part,
    Section,
    TranscriptDocument,
    sealed,
)
from cit_desktop.documents.tables import TableColumn, TableDocument

DAY = date(2026, 11, 23)
LONG_NAME = "María de los Ángeles Hernández-Villaseñor y Fernández de Córdoba III"
LONG_AGENCY = "Missouri Department of Mental Health, Behavioral Health, Southwest Region"

CLASSES = (
    TableColumn("title", "Class", width=34),
    TableColumn("days", "Dates", width=22),
    TableColumn("work", "Agency and title then", width=30),
    TableColumn("role", "Role", width=10),
    TableColumn("result", "Result", width=11),
    TableColumn("certificate", "Certificate no.", width=16),
    TableColumn("minutes", "Hours", "hours", 7),
)
HOURS = (
    TableColumn("year", "Year", width=12),
    TableColumn("legal", "Legal", "hours", 14),
    TableColumn("total", "Total", "hours", 12),
)
CERTIFICATES = (
    TableColumn("number", "Number", width=16),
    TableColumn("status", "State", width=34),
    TableColumn("issued", "Issued", "date", 12),
)


def short_transcript() -> TranscriptDocument:
    line = ("40-hour CIT", "March 2–6, 2026", "Rolla Police · Officer")
    row = (*line, "Trainee", "Completed", "OR-2026-0001", 2400)
    return TranscriptDocument(
        name="Ana Ito",
        chapter="Ozark Ridge CIT Council",
        facts=(("Agency", "Rolla Police"), ("State number", "MO POST license 0045")),
        standing="Current",
        reason="Basic course completed March 6, 2026; does not expire.",
        day=DAY,
        seal="168-d1c1b866",
        sections=(
            Section("Classes", tables=(TableDocument("", CLASSES, (row,)),)),
            Section(
                "Hours by year and credit area",
                sentences=("Credited as a trainee: 40 hours.",),
                tables=(TableDocument("", HOURS, (("2026", 120, 2400),)),),
            ),
            Section(
                "Certificates",
                tables=(TableDocument("", CERTIFICATES, (("OR-2026-0001", "Issued", DAY),)),),
            ),
        ),
    )


def long_transcript() -> TranscriptDocument:
    work = f"{LONG_AGENCY} · Crisis Services Coordinator"
    classes = tuple(
        (
            f"Crisis Intervention Team refresher for behavioral-health liaisons, part {number}",
            "September 28 – October 2, 2026",
            work,
            "Instructor" if number % 3 else "Trainee",
            "" if number % 3 else "Completed",
            f"OZARKRIDGE-2026-{number:04}",
            2400 + number,
        )
        for number in range(1, 27)
    )
    reason = "Revoked March 9, 2026: " + "the sign-in sheet of the last day was not signed; " * 5
    numbers = "MO POST license 0045-12, Missouri 911 telecommunicator 88231, PSID 0001234567"
    return TranscriptDocument(
        name=LONG_NAME,
        chapter="Saints Avenue Regional Crisis Intervention Team Council of Northeast Missouri",
        facts=(
            ("Agency", LONG_AGENCY),
            ("Title", "Crisis Services Coordinator"),
            ("Discipline", "Behavioral health"),
            ("State number", numbers),
        ),
        standing="Refresher due",
        reason="Basic course completed March 6, 2020; refresher due since March 6, 2022; "
        "expires March 6, 2027.",
        day=DAY,
        seal="1048576-d1c1b866",
        sections=(
            Section(
                "Classes",
                sentences=("Hours of open classes are those attended so far.",),
                tables=(TableDocument("", CLASSES, classes),),
            ),
            Section(
                "Certificates",
                tables=(TableDocument("", CERTIFICATES, (("OR-2026-0001", reason, DAY),)),),
            ),
        ),
    )


def wide_attendance(people: int = 60, blocks: int = 20) -> Section:
    """Attendance of a large class as services give it: ten blocks side by side."""
    tables = []
    for start in range(0, blocks, 10):
        columns = (
            TableColumn("name", "Name", width=26),
            *(
                TableColumn(f"b{n}", f"Mon {n % 12 + 1}/{n + 1} 10:00–12:00", width=11)
                for n in range(start, min(start + 10, blocks))
            ),
        )
        rows = tuple(
            (
                f"Hernández-Villaseñor, Person {n}",
                *("225 left early +15" if (n + b) % 7 == 0 else "240" for b in range(10)),
            )
            for n in range(1, people + 1)
        )
        tables.append(TableDocument(f"Blocks {start + 1} to {start + 10}", columns, rows))
    return Section("Attendance", sentences=("Minutes of each block.",), tables=tuple(tables))


def packet(*sections: Section, parts: int = 1, **more: object) -> Packet:
    """A packet of so many classes, each with these sections."""
    shown = sections or (
        Section("Class", (("Class", "CIT40-2026-01"), ("Hours", "40"))),
        short_transcript().sections[0],
    )
    classes = tuple(
        Part(f"40-hour CIT, part {n}", shown, f"CIT40-2026-{n:02}") for n in range(1, parts + 1)
    )
    values: dict[str, object] = {
        "kind": "class" if parts == 1 else "period",
        "subject": "40-hour CIT, April 2026" if parts == 1 else "2020–2026",
        "about": ("CIT40-2026-01", "April 13–17, 2026", "Rolla"),
        "chapter": "Ozark Ridge CIT Council",
        "day": DAY,
        "version": "0.1.0",
        "counts": (("Trainees", "24"), ("Completed", "22"), ("Certificates in force", "21")),
        "parts": classes,
        "chain": Chain(168, "d1c1b866" * 8, 168),
    }
    made = Packet(**(values | more))  # type: ignore[arg-type]
    proof = CertificateProof("OR-2026-0001", "Issued", "3fe7" * 16, "As issued.")
    return sealed(made, (proof,))


def short_packet() -> Packet:
    return packet()


def long_packet() -> Packet:
    long = f"{LONG_AGENCY}, {LONG_NAME}"
    return packet(
        Section("Class", tuple((f"Fact {n}", long) for n in range(1, 7)), (long,)),
        wide_attendance(12),
        long_transcript().sections[1],
        parts=45,
        subject=long,
        about=(long, long),
        chain=Chain(1_048_576, "d1c1b866" * 8, 1_048_576, 3, 12),
    )

"""Transcripts and packets to draw, one short and one with more of everything."""

from __future__ import annotations

from datetime import date

from cit_desktop.documents import TableColumn, TableDocument
from cit_desktop.packet_documents import Section, TranscriptDocument

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

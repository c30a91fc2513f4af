"""Audit packets: all that the records hold of a class, a person or a period, in one document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

import cit_desktop
from cit_desktop import day_words
from cit_desktop.documents.packets import CertificateProof, Packet, Part, Section, sealed
from cit_desktop.documents.tables import TableColumn, TableDocument
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Certificate, TrainingClass
from cit_desktop.progress import Progress, silent
from cit_desktop.services import (
    chapters,
    hours,
    merge,
    names,
    packet_attendance,
    packet_certificates,
    packet_classes,
    packet_history,
    packet_people,
    people,
    roster_facts,
    seal,
    transcript,
)
from cit_desktop.services.roster_facts import ClassFacts, PersonFacts

_ROLES = ("trainee", "instructor", "observer")
_LIST = (
    TableColumn("code", "Class", width=16),
    TableColumn("title", "Title", width=40),
    TableColumn("days", "Dates", width=34),
    TableColumn("location", "Location", width=26),
    TableColumn("trainees", "Trainees", "int", 9),
    TableColumn("completed", "Completed", "int", 10),
    TableColumn("certificates", "Certificates", "int", 11),
    TableColumn("minutes", "Hours", "hours", 8),
)


def of_class(session: Session, class_id: int, today: date, progress: Progress = silent) -> Packet:
    """The audit packet of a class.

    Raises:
        NotFound: There is no such class.
    """
    found = roster_facts.classes(session, TrainingClass.id == class_id)
    if not found:
        raise NotFound("This class no longer exists.", "Choose another class.")
    (training,) = found
    everybody = roster_facts.people(session, found)
    view = packet_classes.view(session, class_id)
    sections, proofs = _class_sections(session, training, everybody)
    progress(1, 2, "History")
    scope = packet_history.of_classes(session, [class_id])
    steps = packet_history.section(session, scope)
    packet = Packet(
        kind="class",
        subject=training.title,
        about=_about(training),
        chapter=training.chapter,
        day=today,
        version=cit_desktop.__version__,
        counts=(
            ("Trainees", _number(one.role == "trainee" for one in everybody)),
            ("Completed", _number(_completed(one) for one in everybody)),
            ("Instructors", f"{packet_classes.teachers(view, everybody):,}"),
            ("Certificates in force", _number(bool(one.certificate) for one in everybody)),
            ("Steps of the history", f"{len(scope.steps):,}"),
        ),
        parts=(Part(training.title, (*sections, steps), training.code),),
        chain=seal.checked(session),
    )
    return sealed(packet, proofs)


def of_person(session: Session, person_id: int, today: date, progress: Progress = silent) -> Packet:
    """The audit packet of a person, who may have been merged into another one since.

    Raises:
        NotFound: There is no such person.
    """
    known = merge.resolve(session, person_id)
    view = people.view(session, known)
    found = transcript.of(session, known, today)
    chapter = chapters.current(session)
    issued, proofs = packet_certificates.section(session, Certificate.person_id == known)
    sections = packet_people.sections(session, view, found)
    progress(1, 2, "History")
    scope = packet_history.of_person(session, known)
    steps = packet_history.section(session, scope)
    work = (view.current.agency if view.current else "", view.discipline_name)
    packet = Packet(
        kind="person",
        subject=view.name,
        about=tuple(filter(None, work)),
        chapter=chapter.name if chapter is not None else "",
        day=today,
        version=cit_desktop.__version__,
        counts=(
            ("Classes", f"{len(found.lines):,}"),
            ("Hours credited", names.hours(found.total)),
            ("Hours taught", names.hours(found.taught)),
            ("Certificates", f"{len(proofs):,}"),
            ("Steps of the history", f"{len(scope.steps):,}"),
        ),
        parts=(Part(view.name, (*sections, issued, steps)),),
        chain=seal.checked(session),
    )
    return sealed(packet, proofs)


def of_period(
    session: Session, first: date, last: date, today: date, progress: Progress = silent
) -> Packet:
    """The audit packet of all classes of the chapter that ended within these days.

    Raises:
        Refused: The last day is before the first.
        Cancelled: Progress asked to stop.
    """
    if last < first:
        raise Refused(
            f"The period ends on {names.day(last)}, before it begins.",
            "Choose a last day that is after the first.",
            {"end": "The last day is before the first."},
        )
    chapter = chapters.current(session)
    which: list[ColumnElement[bool]] = [TrainingClass.ends.between(first, last)]
    if chapter is not None:
        which.append(TrainingClass.chapter_id == chapter.id)
    found = roster_facts.classes(session, *which)
    everybody = roster_facts.people(session, found)
    parts, proofs = _class_parts(session, found, everybody, progress)
    scope = packet_history.of_classes(session, [training.id for training in found])
    codes = {training.id: training.code for training in found}
    steps = packet_history.section(session, scope, codes)
    trainees = [one for one in everybody if one.role == "trainee"]
    packet = Packet(
        kind="period",
        subject=_period(first, last),
        about=(
            f"All classes that ended from {day_words.formal(first)} to {day_words.formal(last)}",
        ),
        chapter=chapter.name if chapter is not None else "",
        day=today,
        version=cit_desktop.__version__,
        counts=(
            ("Classes", f"{len(found):,}"),
            ("Trainees", f"{len(trainees):,}"),
            ("Completed", _number(_completed(one) for one in trainees)),
            ("Hours credited", names.hours(sum(one.credited or 0 for one in trainees))),
            ("Certificates", f"{len(proofs):,}"),
            ("Steps of the history", f"{len(scope.steps):,}"),
        ),
        parts=(
            Part("Classes of the period", (_listed(found, everybody),)),
            *parts,
            Part("History of these classes", (steps,)),
        ),
        chain=seal.checked(session),
    )
    return sealed(packet, proofs)


def _period(first: date, last: date) -> str:
    """``2025``, ``2020–2026``, or the two days."""
    if (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
        return day_words.formal_days(first, last)
    return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"


def _class_parts(
    session: Session,
    found: Sequence[ClassFacts],
    everybody: Sequence[PersonFacts],
    progress: Progress,
) -> tuple[list[Part], list[CertificateProof]]:
    by_class: dict[int, list[PersonFacts]] = {training.id: [] for training in found}
    for one in everybody:
        by_class[one.training.id].append(one)
    parts: list[Part] = []
    proofs: list[CertificateProof] = []
    for number, training in enumerate(found):
        progress(number, len(found) + 1, training.code)
        sections, some = _class_sections(session, training, by_class[training.id])
        parts.append(Part(training.title, sections, training.code))
        proofs += some
    progress(len(found), len(found) + 1, "History")
    return parts, proofs


def _class_sections(
    session: Session, training: ClassFacts, everybody: Sequence[PersonFacts]
) -> tuple[tuple[Section, ...], tuple[CertificateProof, ...]]:
    view = packet_classes.view(session, training.id)
    grid = hours.grid(session, training.id, roles=_ROLES, withdrawn=True)
    issued, proofs = packet_certificates.section(session, Certificate.class_id == training.id)
    sections = (
        packet_classes.facts(view),
        packet_classes.roster(session, training.id, everybody),
        packet_attendance.section(session, grid),
        packet_classes.instructors(session, view, everybody),
        packet_classes.hours(grid, everybody),
        issued,
    )
    return sections, proofs


def _listed(found: Sequence[ClassFacts], everybody: Sequence[PersonFacts]) -> Section:
    if not found:
        return Section("Classes", sentences=("No class ended within these days.",))
    rows = []
    for training in found:
        own = [one for one in everybody if one.training.id == training.id]
        rows.append(
            (
                training.code,
                training.title,
                day_words.formal_list(training.days),
                training.location,
                sum(one.role == "trainee" for one in own),
                sum(_completed(one) for one in own),
                sum(bool(one.certificate) for one in own),
                training.minutes,
            )
        )
    return Section("Classes", tables=(TableDocument("", _LIST, tuple(rows)),))


def _about(training: ClassFacts) -> tuple[str, ...]:
    said = (training.code, day_words.formal_list(training.days), training.location)
    return tuple(part for part in said if part)


def _completed(one: PersonFacts) -> bool:
    return one.role == "trainee" and one.result == "completed"


def _number(found: Iterable[bool]) -> str:
    return f"{sum(found):,}"

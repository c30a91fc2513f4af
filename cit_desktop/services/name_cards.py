"""Who of a class gets a name tent, a badge or a label."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.documents.names import NameCard, NameCards
from cit_desktop.documents.options import Who
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import (
    Agency,
    Asset,
    Block,
    BlockInstructor,
    Chapter,
    Enrollment,
    Person,
    TrainingClass,
)
from cit_desktop.services import names, roster_facts
from cit_desktop.services.roster_facts import ClassFacts, PersonFacts

_ASKED: dict[Who, tuple[str, ...]] = {
    "all": ("trainee", "instructor", "observer"),
    "trainees": ("trainee",),
    "instructors": ("instructor",),
}


def of(session: Session, class_id: int, who: Who = "all", *, certified: bool = False) -> NameCards:
    """The people of a class: trainees, then instructors and observers, each by name.

    Who withdrew is left out; who teaches a block is an instructor, also without being enrolled.

    Args:
        certified: Only those with a valid certificate of this class.

    Raises:
        NotFound: There is no such class.
        Refused: Nobody of the class is meant.
    """
    found = roster_facts.classes(session, TrainingClass.id == class_id)
    if not found:
        raise NotFound("This class no longer exists.", "Choose another class.")
    (training,) = found
    people = [one for one in roster_facts.people(session, found) if one.result != "withdrawn"]
    used = _names_used(session, class_id)
    where = _addresses(session, {one.agency for one in people}) if certified else {}
    cards = {
        role: [_card(one, used, where) for one in people if _meant(one, role, certified)]
        for role in _ASKED[who]
    }
    if "instructor" in cards and not certified:
        here = {one.person_id for one in people}
        teaching = roster_facts.teachers(session, training, here)
        cards["instructor"] += [_card(one, used, where) for one in teaching]
    chosen = tuple(card for role in cards.values() for card in role)
    if not chosen:
        raise _nobody(training, who, certified)
    logo = _logo(session, class_id)
    return NameCards(training.chapter, training.code, training.title, chosen, logo)


def _meant(person: PersonFacts, role: str, certified: bool) -> bool:
    return person.role == role and bool(person.certificate or not certified)


def _card(
    person: PersonFacts, used: Mapping[int, str], where: Mapping[str, tuple[str, ...]]
) -> NameCard:
    return NameCard(
        called=used.get(person.person_id) or person.first or person.last,
        name=names.full(person.first, person.middle, person.last, person.suffix),
        agency=person.agency,
        role="" if person.role == "trainee" else person.role.capitalize(),
        work=roster_facts.discipline_name(person.discipline),
        certificate=person.certificate,
        address=where.get(person.agency, ()),
    )


def _names_used(session: Session, class_id: int) -> dict[int, str]:
    """The names that people go by, where these are not their first names."""
    enrolled = select(Enrollment.person_id).where(Enrollment.class_id == class_id)
    teaching = (
        select(BlockInstructor.person_id)
        .join(Block, Block.id == BlockInstructor.block_id)
        .where(Block.class_id == class_id)
    )
    query = select(Person.id, Person.nickname).where(
        Person.nickname != "", Person.id.in_(enrolled.union(teaching))
    )
    return dict(session.execute(query).tuples().all())


def _addresses(session: Session, agencies: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Where agencies of these names are, line by line."""
    query = select(Agency.name, Agency.address).where(
        Agency.name.in_(sorted(agencies)), Agency.address != ""
    )
    return {name: tuple(address.splitlines()) for name, address in session.execute(query)}


def _logo(session: Session, class_id: int) -> str:
    query = (
        select(Asset.sha256)
        .join(Chapter, Chapter.logo_id == Asset.id)
        .join(TrainingClass, TrainingClass.chapter_id == Chapter.id)
        .where(TrainingClass.id == class_id)
    )
    return session.scalar(query) or ""


def _nobody(training: ClassFacts, who: Who, certified: bool) -> Refused:
    if certified:
        whom = {"all": "Nobody", "trainees": "No trainee", "instructors": "No instructor"}[who]
        return Refused(
            f"{whom} of {training.code} has a valid certificate yet.",
            "Issue the certificates on the class's Certificates tab, then print the labels.",
        )
    whom = {"all": "nobody", "trainees": "no trainees", "instructors": "no instructors"}[who]
    return Refused(
        f"{training.code} has {whom} yet.",
        "Put people on the class's roster, or choose others for this paper.",
    )

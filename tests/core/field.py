"""A small chapter to test with: a two-day class of two areas, and whoever a test puts into it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.models import (
    Agency,
    Asset,
    Attendance,
    Block,
    BlockInstructor,
    BlockPart,
    Chapter,
    Course,
    Enrollment,
    Person,
    Signer,
    StateNumber,
    TrainingClass,
)
from cit_desktop.services import certificates
from cit_desktop.text import letters, sort_key

MONDAY = date(2026, 3, 2)
POLICE = "Rolla Police Department"
LOGO = b"the picture of a logo"
SIGNATURE = b"the picture of a signature"


@dataclass(frozen=True)
class Field:
    """Makes records in a session; everything gives ids."""

    session: Session
    chapter_id: int

    def add(self, record: object) -> int:
        self.session.add(record)
        self.session.flush()
        return record.id

    def furnish_chapter(self) -> None:
        chapter = self.session.get_one(Chapter, self.chapter_id)
        chapter.provider = "Ozark Ridge, Approved Provider"
        chapter.council_line = "Missouri Council"
        chapter.logo_id = self.asset(LOGO)
        signature = self.asset(SIGNATURE)
        self.add(self.signer("Ruth Vance", "Coordinator", 1, signature))
        self.add(self.signer("Omar Diaz", "Council chair", 2))

    def signer(self, name: str, title: str, position: int, image: int | None = None) -> Signer:
        return Signer(
            chapter_id=self.chapter_id,
            name=name,
            title=title,
            position=position,
            signature_id=image,
        )

    def asset(self, data: bytes) -> int:
        sha256 = hashlib.sha256(data).hexdigest()
        found = self.session.scalar(select(Asset.id).filter_by(sha256=sha256))
        return found or self.add(Asset(sha256=sha256, media_type="image/png", data=data))

    def course(self, code: str = "CIT40", **more: object) -> int:
        found = self.session.scalar(select(Course.id).filter_by(code=code))
        if found is not None:
            return found
        values = {"title": "Crisis Intervention Team", "minutes": 960, "basic": True} | more
        return self.add(Course(code=code, **values))

    def agency(self, name: str = POLICE) -> int:
        found = self.session.scalar(select(Agency.id).filter_by(name=name))
        key = sort_key(name)
        return found or self.add(Agency(name=name, sort_key=key, ori="MO0810100", county="Phelps"))

    def person(self, last: str, first: str = "Ana", *, number: str = "", **more: object) -> int:
        middle = str(more.get("middle", ""))
        values = {"discipline": "municipal_police"} | more
        person = Person(last=last, first=first, sort_key=sort_key(last, first, middle), **values)
        person_id = self.add(person)
        if number:
            self.number(person_id, number)
        return person_id

    def number(self, person_id: int, number: str, kind: str = "MO POST license") -> int:
        return self.add(
            StateNumber(person_id=person_id, kind=kind, number=number, key=letters(number))
        )

    def training(
        self,
        code: str = "CIT40-2026-1",
        *,
        starts: date = MONDAY,
        status: str = "open",
        course_id: int | None = None,
        days: int = 2,
        **more: object,
    ) -> int:
        """A class of two four-hour blocks a day: 3 h technical and 1 h legal in each."""
        values = {"title": "Basic class", "location": "Rolla", "minutes": days * 480} | more
        class_id = self.add(
            TrainingClass(
                chapter_id=self.chapter_id,
                course_id=course_id or self.course(),
                code=code,
                starts=starts,
                ends=starts + timedelta(days=max(days - 1, 0)),
                status=status,
                **values,
            )
        )
        for number in range(days):
            for start in (480, 780):
                self.block(class_id, starts + timedelta(days=number), start)
        return class_id

    def block(self, class_id: int, day: date, starts_at: int = 480) -> int:
        block_id = self.add(
            Block(class_id=class_id, day=day, starts_at=starts_at, minutes=240, title="Basics")
        )
        for position, (area, minutes) in enumerate((("technical", 180), ("legal", 60))):
            part = BlockPart(
                block_id=block_id, position=position, title=area, minutes=minutes, area=area
            )
            self.add(part)
        return block_id

    def blocks(self, class_id: int) -> Sequence[int]:
        query = select(Block.id).filter_by(class_id=class_id).order_by(Block.day, Block.starts_at)
        return self.session.scalars(query).all()

    def enroll(
        self,
        class_id: int,
        person_id: int,
        *,
        agency: str = POLICE,
        **more: object,
    ) -> int:
        agency_id = self.agency(agency) if agency else None
        return self.add(
            Enrollment(class_id=class_id, person_id=person_id, agency_id=agency_id, **more)
        )

    def attend(self, enrollment_id: int, minutes: int = 240, *, blocks: int | None = None) -> None:
        """Mark the first so many blocks, or all of them."""
        class_id = self.session.get_one(Enrollment, enrollment_id).class_id
        for block_id in self.blocks(class_id)[:blocks]:
            mark = "present" if minutes == 240 else "partial"
            self.add(
                Attendance(
                    enrollment_id=enrollment_id, block_id=block_id, mark=mark, minutes=minutes
                )
            )

    def complete(self, class_id: int, person_id: int, **more: object) -> int:
        """Somebody who attended everything and has the result."""
        training = self.session.get_one(TrainingClass, class_id)
        values = {
            "result": "completed",
            "credited_minutes": training.minutes,
            "completed_on": training.ends,
        } | more
        enrollment_id = self.enroll(class_id, person_id, **values)
        self.attend(enrollment_id)
        return enrollment_id

    def teach(self, class_id: int, person_id: int, *, blocks: int = 1) -> int:
        self.visit(class_id, person_id, slice(blocks))
        return self.enroll(class_id, person_id, role="instructor")

    def visit(self, class_id: int, person_id: int, which: slice) -> int:
        """Somebody who teaches these blocks and is not enrolled."""
        for block_id in self.blocks(class_id)[which]:
            self.add(BlockInstructor(block_id=block_id, person_id=person_id, title="Sergeant"))
        return person_id


def two_certificates(field: Field) -> list[int]:
    """Certificates 1 (Sam Abbott, a teacher) and 2 (Ana Ito, police) of a finalized class."""
    field.furnish_chapter()
    class_id = field.training(status="finalized", course_number="4201")
    field.complete(class_id, field.person("Ito", middle="María", suffix="Jr."))
    field.complete(class_id, field.person("Abbott", "Sam", discipline="education"), agency="")
    return certificates.issue(field.session, class_id)

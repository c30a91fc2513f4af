"""A chapter with five people, three agencies and a finished class, seen in November 2026."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from cit_desktop import clock
from cit_desktop.services import (
    agencies,
    attendance,
    certificates,
    chapters,
    classes,
    courses,
    enrollment,
    finalize,
    people,
)
from cit_desktop.services.agencies import AgencyDraft
from cit_desktop.services.chapters import ChapterDraft, SignerDraft
from cit_desktop.services.classes import ClassDraft
from cit_desktop.services.people import NumberDraft, PersonDraft
from ui.context import Context
from ui.widgets.page import Page

TODAY = date(2026, 11, 20)
PEOPLE = (
    ("Allen", "Margaret", "Rolla Police Department", "Officer"),
    ("Davis", "Mary-Kate", "Phelps County 911", "Dispatcher"),
    ("Ito", "Ana", "Rolla Police Department", "Sergeant"),
    ("O'Brien", "Donald", "Phelps Health", "Nurse"),
    ("Young", "Zoë", "", ""),
)


@dataclass
class Chapter:
    """What the tests ask of the records; people and agencies by name."""

    context: Context
    chapter_id: int = 0
    class_id: int = 0
    people: dict[str, int] = field(default_factory=dict)
    agencies: dict[str, int] = field(default_factory=dict)

    def do(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """One operation."""
        with self.context.db.operation("Prepare") as session:
            return function(session, *args, **kwargs)

    def ask(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """One look."""
        with self.context.db.read() as session:
            return function(session, *args, **kwargs)

    def person(self, last: str) -> people.PersonView:
        """Somebody as on record now."""
        return self.ask(people.view, self.people[last])

    def agency(self, name: str) -> agencies.AgencyView:
        """An agency as on record now."""
        return self.ask(agencies.view, self.agencies[name])

    def steps(self) -> int:
        """How many steps the history has."""
        from cit_desktop.services import history

        return len(self.ask(history.ids))

    def add_class(self) -> None:
        """A finished class with Allen and Davis, Ito teaching, and certificates issued."""
        draft = ClassDraft("40-hour CIT, October 2026", date(2026, 10, 12), course_code="CIT40")
        self.class_id = self.do(classes.create, self.chapter_id, draft)
        for last in ("Allen", "Davis"):
            self.do(enrollment.enroll, self.class_id, self.people[last])
        self.do(attendance.all_present, self.class_id)
        self.do(finalize.finalize, self.class_id)
        with self.context.db.operation("Issue certificates", undoable=False) as session:
            certificates.issue(session, self.class_id)


@pytest.fixture(autouse=True)
def today() -> Iterator[date]:
    clock.set_source(lambda: datetime(2026, 11, 20, 15, tzinfo=UTC))
    yield TODAY
    clock.set_source(None)


@pytest.fixture
def blank(context: Context) -> Chapter:
    """A chapter without people."""
    draft = ChapterDraft(
        "Ozark Ridge CIT Council",
        word="council",
        state="MO",
        counties=["Phelps", "Pulaski"],
        signers=[SignerDraft("Ruth Vance", "Coordinator")],
    )
    with context.db.operation("Begin") as session:
        chapter_id = chapters.create(session, draft)
        courses.seed(session)
    return Chapter(context, chapter_id)


@pytest.fixture
def chapter(blank: Chapter) -> Chapter:
    """Five people, none of them trained."""
    for name, county, strength in (
        ("Rolla Police Department", "Phelps", 20),
        ("Phelps County 911", "Phelps", None),
        ("Phelps Health", "Pulaski", None),
    ):
        agency = AgencyDraft(name, county=county, patrol_strength=strength)
        blank.agencies[name] = blank.do(agencies.add, agency)
    for number, (last, first, agency_name, title) in enumerate(PEOPLE, 1):
        draft = PersonDraft(
            last,
            first,
            agency_id=blank.agencies.get(agency_name),
            title=title,
            starts=date(2020, 1, 1) if agency_name else None,
            numbers=[NumberDraft("MO POST license", f"{number:07}")] if number < 4 else [],
            email=f"{first.lower()}@example.org" if first.isascii() else "",
        )
        blank.people[last] = blank.do(people.add, draft)
    return blank


@pytest.fixture
def trained(chapter: Chapter) -> Chapter:
    """The same after a class."""
    chapter.add_class()
    return chapter


@pytest.fixture
def show(qtbot: Any, context: Context) -> Iterator[Callable[[Page], Any]]:
    """Show a page as the window does: it is refreshed when what it watches changes."""
    kept: list[Page] = []

    def shown(page: Page) -> Any:
        kept.append(page)
        qtbot.addWidget(page)
        page.went = []  # type: ignore[attr-defined]
        page.go.connect(lambda key, record: page.went.append((key, record)))  # type: ignore[attr-defined]

        def follow(changes: Any) -> None:
            if changes.touches(page.watches):
                page.refresh(changes)

        context.commands.changed.connect(follow)
        page.resize(1084, 740)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.refresh(None)
        return page

    yield shown
    context.commands.jobs.wait()
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

"""A class of five people in October 2026, seen on the twentieth of that month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from cit_desktop import clock
from cit_desktop.services import (
    agencies,
    attendance,
    chapters,
    classes,
    courses,
    enrollment,
    hours,
    people,
)
from cit_desktop.services.chapters import ChapterDraft
from cit_desktop.services.people import NumberDraft, PersonDraft
from ui.context import Context

PEOPLE = (
    ("Allen", "Margaret", "Rolla Police Department", "Officer"),
    ("Davis", "Mary-Kate", "Phelps County 911", "Dispatcher"),
    ("Nguyễn", "Thị Ánh", "Compass Health Network", "Case manager"),
    ("O'Brien", "Donald", "Phelps Health", "Nurse"),
    ("Young", "Zoë", "Compass Health Network", "Peer specialist"),
)


@dataclass
class Training:
    """What the tests ask of the records."""

    context: Context
    chapter_id: int
    class_id: int = 0
    blocks: list[int] = field(default_factory=list)
    people: dict[str, int] = field(default_factory=dict)
    enrolled: dict[str, int] = field(default_factory=dict)

    def do(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """One operation."""
        with self.context.db.operation("Prepare") as session:
            return function(session, *args, **kwargs)

    def ask(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """One look."""
        with self.context.db.read() as session:
            return function(session, *args, **kwargs)

    def view(self) -> classes.ClassView:
        """The class as it is now."""
        return self.ask(classes.view, self.class_id)

    def grid(self) -> hours.AttendanceGrid:
        """Its hours as they are now."""
        return self.ask(hours.grid, self.class_id)

    def mark(self, name: str, block: int) -> str | None:
        """The mark of somebody in a block, by its place."""
        found = self.grid().marks.get((self.enrolled[name], self.blocks[block]))
        return None if found is None else found.mark

    def add_class(self, title: str = "40-hour CIT, October 2026", **fields: Any) -> int:
        """One more class."""
        values = {"start": date(2026, 10, 12), "course_code": "CIT40"} | fields
        return self.do(classes.create, self.chapter_id, classes.ClassDraft(title, **values))

    def add_person(self, last: str, first: str = "", agency: str = "", title: str = "") -> int:
        """Somebody in the records."""
        agency_id = self.do(agencies.find_or_add, agency) if agency else None
        number = NumberDraft("MO POST license", f"{len(self.people) + 1:07}")
        draft = PersonDraft(last, first, agency_id=agency_id, title=title, numbers=[number])
        self.people[last] = self.do(people.add, draft)
        return self.people[last]

    def all_present(self) -> None:
        """Everybody was everywhere."""
        self.do(attendance.all_present, self.class_id)


@pytest.fixture(autouse=True)
def today() -> Iterator[date]:
    clock.set_source(lambda: datetime(2026, 10, 20, 15, tzinfo=UTC))
    yield date(2026, 10, 20)
    clock.set_source(None)


@pytest.fixture
def empty(context: Context) -> Training:
    """A chapter with the course catalogue, and no class."""
    with context.db.operation("Begin") as session:
        chapter_id = chapters.create(
            session,
            ChapterDraft(
                "Ozark Ridge CIT Council",
                word="council",
                state="MO",
                counties=["Phelps", "Pulaski"],
            ),
        )
        courses.seed(session)
    return Training(context, chapter_id)


@pytest.fixture
def training(empty: Training) -> Training:
    """A class of five people without any mark."""
    empty.class_id = empty.add_class(
        location="Courthouse, Rolla", county="Phelps", seats=30, lead_instructor="Dep. R. Hill"
    )
    empty.blocks = [block.id for block in empty.view().blocks]
    for last, first, agency, title in PEOPLE:
        person_id = empty.add_person(last, first, agency, title)
        empty.enrolled[last] = empty.do(enrollment.enroll, empty.class_id, person_id)
    return empty


@pytest.fixture
def marked(training: Training) -> Training:
    """The same with marks: Davis missed two blocks, O'Brien has a blank, the rest was there."""
    training.all_present()
    davis, obrien = training.enrolled["Davis"], training.enrolled["O'Brien"]
    for place in (2, 5):
        training.do(attendance.mark, training.blocks[place], davis, "absent")
    training.do(attendance.clear, training.blocks[7], obrien)
    return training


@pytest.fixture
def show(qtbot: Any, context: Context) -> Iterator[Callable[[QWidget], QWidget]]:
    """Show a widget in the size of a window's page, and end it when the test is over.

    Here no window owns the page. Were it left to the garbage collector, the end of one of its
    dialogs could drop the last reference to it and delete the dialog twice.
    """
    kept: list[QWidget] = []

    def shown(widget: QWidget) -> QWidget:
        kept.append(widget)
        widget.resize(1084, 740)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    yield shown
    context.commands.jobs.cancel_all()
    context.commands.jobs.wait()
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for widget in kept:
        widget.close()
        shiboken6.delete(widget)

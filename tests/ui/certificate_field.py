"""A class with certificates to issue, for the tests of the pages that show them."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from cit_desktop.models import Chapter
from cit_desktop.services import certificates
from tests.core.field import Field
from ui.context import Context


@dataclass
class World:
    """Records to look at; ``classes`` and ``people`` by what a test calls them."""

    context: Context
    chapter_id: int = 0
    classes: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    def work(self, function):
        """Run a function on the records as an operation."""
        with self.context.db.operation("Set up", undoable=False) as session:
            return function(Field(session, self.chapter_id))

    def read(self, function, *args):
        """Ask a service."""
        with self.context.db.read() as session:
            return function(session, *args)

    def issue(self, name="done"):
        """Issue what can be issued of a class; gives the ids."""
        return self.work(lambda f: certificates.issue(f.session, self.classes[name]))

    def row(self, certificate_id):
        """The line of one certificate."""
        return self.read(certificates.rows, [certificate_id])[certificate_id]


@pytest.fixture
def world(context):
    made = World(context)
    with context.db.operation("Set up", undoable=False) as session:
        chapter = Chapter(name="Ozark Ridge CIT Council", word="council", code="OR", state="MO")
        session.add(chapter)
        session.flush()
        made.chapter_id = chapter.id
        f = Field(session, chapter.id)
        f.add(f.signer("Ruth Vance", "Coordinator", 1))
        _people(f, made.people)
        made.classes["done"] = _finalized(f, made.people)
        made.classes["open"] = f.training("CIT40-2026-2")
        f.enroll(made.classes["open"], made.people["Ito"])
    return made


def _people(f, people):
    for last, first, discipline, number in (
        ("Ito", "Ana", "municipal_police", "0001234"),
        ("Abbott", "Sam", "education", ""),
        ("Cruz", "Eva", "dispatch", "0005678"),
        ("Dahl", "Leo", "sheriff", ""),
        ("Hill", "Robert", "sheriff", "0009999"),
    ):
        people[last] = f.person(last, first, discipline=discipline, number=number)


def _finalized(f, people):
    """Three who completed, one who withdrew, and an instructor."""
    class_id = f.training(status="finalized", title="March class")
    for last in ("Ito", "Abbott", "Cruz"):
        f.complete(class_id, people[last])
    f.enroll(class_id, people["Dahl"], result="withdrawn")
    f.teach(class_id, people["Hill"])
    return class_id

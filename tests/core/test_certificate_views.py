from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from cit_desktop import clock
from cit_desktop.db import Database
from cit_desktop.errors import FileProblem, NotFound, Refused
from cit_desktop.models import Certificate, Person
from cit_desktop.services import certificates
from tests.core.field import Field, two_certificates

NOW = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    clock.set_source(lambda: NOW)
    yield
    clock.set_source(None)


@pytest.fixture
def work(db: Database, chapter_id: int) -> Callable[[], AbstractContextManager[Field]]:
    @contextmanager
    def make() -> Iterator[Field]:
        with db.operation("Issue certificates", undoable=False) as session:
            yield Field(session, chapter_id)

    return make


@pytest.fixture
def issued(work) -> list[int]:
    """Certificates 1 and 2 of a finalized class."""
    with work() as field:
        return two_certificates(field)


def row_of(db: Database, certificate_id: int) -> Certificate:
    with db.read() as session:
        return session.get_one(Certificate, certificate_id)


def test_printing_is_noted(db, work, issued):
    with work() as field:
        certificates.mark_printed(field.session, issued[:1])
    with db.read() as session:
        printed = certificates.ids(session, certificates.Filter(printed=True))
        not_printed = certificates.ids(session, certificates.Filter(printed=False))
        assert certificates.rows(session, printed)[issued[0]].printed == NOW
    assert (printed, not_printed) == (issued[:1], issued[1:])


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [1, 0]),
        ({"text": "ito"}, [1]),
        ({"text": "or-2026-0001"}, [0]),
        ({"text": "nobody"}, []),
        ({"kinds": ("community",)}, [0]),
        ({"statuses": ("revoked",)}, []),
        ({"statuses": ("issued",)}, [1, 0]),
        ({"class_id": 999}, []),
        ({"chapter_id": 999}, []),
        ({"completed_from": NOW.date()}, []),
        ({"completed_to": NOW.date()}, [1, 0]),
    ],
)
def test_the_list_is_filtered(db, issued, wanted, found):
    with db.read() as session:
        ids = certificates.ids(session, certificates.Filter(**wanted))
    assert ids == [issued[place] for place in found]


def test_the_list_of_a_person_holds_only_theirs(db, issued):
    person_id = row_of(db, issued[1]).person_id
    with db.read() as session:
        assert certificates.ids(session, certificates.Filter(person_id=person_id)) == [issued[1]]


@pytest.mark.parametrize("sort", ["number", "name", "class", "kind", "completed", "issued"])
def test_the_list_is_sorted_both_ways(db, issued, sort):
    with db.read() as session:
        up = certificates.ids(session, sort=sort, descending=False)
        assert up == list(reversed(certificates.ids(session, sort=sort, descending=True)))


def test_a_line_names_the_person_as_of_today(db, work, issued):
    with work() as field:
        field.session.execute(update(Person).values(last="Newname"))
    with db.read() as session:
        row = certificates.rows(session, issued)[issued[1]]
    assert row.name == "Newname, Ana María Jr."
    assert (row.class_code, row.kind, row.minutes) == ("CIT40-2026-1", "officer", 960)


def test_certificates_are_given_in_the_order_asked_for(db, issued):
    with db.read() as session:
        found = certificates.snapshots(session, [issued[1], issued[0], issued[1]])
    assert [s.number[-1] for s in found] == ["2", "1", "2"]


def test_a_certificate_that_is_not_there_is_said_to_be(db, issued):
    with db.read() as session:
        with pytest.raises(NotFound):
            certificates.snapshots(session, [*issued, 99])
        with pytest.raises(NotFound):
            certificates.view(session, 99)


def test_old_papers_have_nothing_to_draw(work, issued):
    with work() as field:
        old = field.session.get_one(Certificate, issued[0])
        old.snapshot, old.status = "", "on record"
        with pytest.raises(Refused, match="old papers"):
            certificates.snapshots(field.session, issued)
        assert certificates.view(field.session, issued[0]).snapshot is None
        assert certificates.check(field.session) == []


def alter(work, certificate_id: int, **values: str) -> None:
    with work() as field:
        field.session.execute(
            update(Certificate).where(Certificate.id == certificate_id).values(**values)
        )


def test_an_altered_text_is_found_and_not_drawn(db, work, issued):
    text = row_of(db, issued[0]).snapshot.replace("Sam", "Tom")
    alter(work, issued[0], snapshot=text)
    with db.read() as session:
        flaws = certificates.check(session)
        with pytest.raises(FileProblem, match="altered"):
            certificates.snapshots(session, issued)
    assert [(f.number, f.sentence) for f in flaws] == [
        ("OR-2026-0001", "Its text is not the one that was issued.")
    ]


def test_an_altered_text_with_its_hash_made_anew_lacks_the_signature(db, work, issued):
    text = row_of(db, issued[0]).snapshot.replace("Sam", "Tom")
    alter(work, issued[0], snapshot=text, snapshot_sha256=hashlib.sha256(text.encode()).hexdigest())
    with db.read() as session:
        assert "signature" in certificates.check(session)[0].sentence


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"number": "OR-2026-0009"}, "issued as OR-2026-0001"),
        ({"code": "AAAAA-AAAAA"}, "code"),
        ({"key_id": "unknown"}, "key unknown"),
        ({"snapshot": "", "snapshot_sha256": ""}, "not the one"),
    ],
)
def test_every_altered_column_is_found(db, work, issued, values, sentence):
    alter(work, issued[0], **values)
    with db.read() as session:
        assert sentence in certificates.check(session)[0].sentence
        assert sentence in certificates.view(session, issued[0]).flaw

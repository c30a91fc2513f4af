"""Whatever is done to a class and its certificates, what was printed stays as it was printed."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cit_desktop.db import Database
from cit_desktop.documents.certificates import snapshot_from_json, verification_code
from cit_desktop.errors import Refused
from cit_desktop.models import Certificate, Person, TrainingClass
from cit_desktop.services import (
    attendance,
    certificates,
    chapters,
    check,
    enrollment,
    finalize,
    numbering,
    people,
    signing,
)
from cit_desktop.services.chapters import SignerDraft

WHO = st.integers(0, 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("issue_all")),
        st.tuples(st.just("issue"), WHO),
        st.tuples(st.just("reissue"), st.integers(0, 5)),
        st.tuples(st.just("revoke"), st.integers(0, 5)),
        st.tuples(st.just("reopen")),
        st.tuples(st.just("finalize")),
        st.tuples(st.just("mark"), WHO, st.sampled_from(("present", "absent", "late"))),
        st.tuples(st.just("rename"), WHO, st.sampled_from(("Ruiz", "Öztürk", "<b>x</b>"))),
        st.tuples(st.just("signers")),
        st.tuples(st.just("number_otherwise")),
        st.tuples(st.just("withdraw"), WHO),
    ),
    max_size=10,
)


class TakenBackError(Exception):
    """Ends an example, so that nothing of it stays."""


@pytest.fixture(scope="module")
def shared(made_world, tmp_path_factory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("shared") / "world.cit"
    shutil.copyfile(made_world[0], path)
    database = Database.open(path)
    yield database
    database.close()


class Life:
    """Does what a coordinator does to one class, and remembers what was printed."""

    def __init__(self, session, world):
        self.session, self.world = session, world
        self.printed: dict[int, str] = {}
        self.remember()

    def everything(self):
        return list(self.session.scalars(select(Certificate).order_by(Certificate.id)))

    def remember(self):
        for found in self.everything():
            self.printed.setdefault(found.id, found.snapshot)

    def try_to(self, work, *given, **more):
        with suppress(Refused):
            work(self.session, *given, **more)
        self.session.flush()
        self.remember()

    def some(self, place):
        found = self.everything()
        return found[place % len(found)].id

    def issue_all(self):
        self.try_to(certificates.issue, self.world.done_class)

    def issue(self, who):
        self.try_to(certificates.issue, self.world.done_class, [self.world.done_enrolled[who]])

    def reissue(self, place):
        self.try_to(certificates.reissue, self.some(place), "A name was wrong")

    def revoke(self, place):
        self.try_to(certificates.revoke, self.some(place), "Issued by mistake")

    def reopen(self):
        self.try_to(finalize.reopen, self.world.done_class, "A mark was wrong")

    def finalize(self):
        self.try_to(finalize.finalize, self.world.done_class)

    def mark(self, who, kind):
        block = self.world.done_blocks[0]
        self.try_to(attendance.mark, block, self.world.done_enrolled[who], kind)

    def rename(self, who, last):
        person_id = (self.world.ana, self.world.ben)[who]
        version = self.session.get_one(Person, person_id).version
        self.try_to(people.update, person_id, version, last=last)

    def signers(self):
        self.try_to(chapters.set_signers, self.world.chapter, [SignerDraft("New Chair")])

    def number_otherwise(self):
        self.try_to(numbering.set_pattern, "{chapter}/{year}/{seq:05}")

    def withdraw(self, who):
        self.try_to(enrollment.withdraw, self.world.done_enrolled[who])

    def check(self):
        found = self.everything()
        assert {one.id: one.snapshot for one in found} == self.printed
        assert len({one.number for one in found}) == len(found)
        assert certificates.check(self.session) == []
        active = Counter(one.enrollment_id for one in found if one.status == "issued")
        assert all(count == 1 for count in active.values())
        for one in found:
            self.check_one(one, {other.replaces_id for other in found})

    def check_one(self, one, replaced):
        snapshot = snapshot_from_json(one.snapshot)
        assert (snapshot.number, snapshot.kind) == (one.number, one.kind)
        assert (snapshot.minutes, snapshot.completed) == (one.minutes, one.completed_on)
        assert snapshot.code == one.code == verification_code(snapshot)
        keys = signing.public_keys(self.session)
        assert signing.verify(one.snapshot, one.signature, keys[one.key_id])
        assert (one.status == "replaced") == (one.id in replaced)
        assert bool(one.revoked_reason) == (one.status in ("revoked", "replaced"))
        assert (one.revoked_at is not None) == (one.status == "revoked")


@settings(max_examples=10)
@given(steps=STEPS)
def test_what_was_printed_stays_whatever_is_done_afterwards(shared, made_world, steps):
    with pytest.raises(TakenBackError):
        with shared.operation("Try") as session:
            life = Life(session, made_world[1])
            for name, *given_ in steps:
                getattr(life, name)(*given_)
            life.check()
            raise TakenBackError


@settings(max_examples=6)
@given(steps=STEPS)
def test_the_check_of_the_records_blames_no_certificate(shared, made_world, steps):
    """It may say that a class was reopened, never that a certificate was altered or lost."""
    with pytest.raises(TakenBackError):
        with shared.operation("Try") as session:
            life = Life(session, made_world[1])
            for name, *given_ in steps:
                getattr(life, name)(*given_)
            sentences = [found.sentence for found in check.run(session)]
            assert [text for text in sentences if "not as it was issued" in text] == []
            assert numbering.gaps(session) == []
            raise TakenBackError


def test_a_certificate_of_a_renamed_person_keeps_the_name_until_it_is_reissued(world_db, world):
    with world_db.operation("Rename", undoable=False) as session:
        people.update(session, world.ana, people.view(session, world.ana).version, last="Ruiz")
        assert certificates.view(session, world.certificate).snapshot.recipient.endswith("Ito")
        new = certificates.reissue(session, world.certificate, "Married")
        shown = certificates.view(session, new)
    assert shown.snapshot.recipient.endswith("Ruiz")
    assert shown.replaces_id == world.certificate


def test_other_signers_sign_only_what_is_issued_from_now_on(world_db, world):
    with world_db.operation("Sign", undoable=False) as session:
        before = certificates.view(session, world.certificate).snapshot.signers
        chapters.set_signers(session, world.chapter, [SignerDraft("New Chair", "Chair")])
        new = certificates.issue(session, world.done_class, [world.done_enrolled[1]])[0]
        after = certificates.view(session, new).snapshot.signers
        assert certificates.view(session, world.certificate).snapshot.signers == before
    assert [signer.name for signer in after] == ["New Chair"]


@pytest.mark.parametrize("status", ["open", "cancelled", "on record"])
def test_a_class_that_is_not_finalized_gives_no_certificates(world_db, world, status):
    with world_db.operation("Look") as session:
        certificates.revoke(session, world.certificate, "To begin anew")
        session.get_one(TrainingClass, world.done_class).status = status
        session.flush()
        assert not any(found.ready for found in certificates.eligible(session, world.done_class))
        with pytest.raises(Refused):
            certificates.issue(session, world.done_class)


def test_a_revoked_certificate_makes_room_for_a_new_one_with_another_number(world_db, world):
    with world_db.operation("Revoke", undoable=False) as session:
        number = session.get_one(Certificate, world.certificate).number
        certificates.revoke(session, world.certificate, "Wrong class")
        new = certificates.issue(session, world.done_class, [world.done_enrolled[0]])[0]
        assert session.get_one(Certificate, new).number != number
        assert session.get_one(Certificate, new).replaces_id is None

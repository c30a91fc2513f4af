from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from cit_desktop import catalogs, clock
from cit_desktop.db import Database
from cit_desktop.documents.certificates import canonical_json, usual_wording, verification_code
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import (
    Certificate,
    Chapter,
    Enrollment,
    Operation,
    Person,
    Signer,
    TrainingClass,
)
from cit_desktop.services import certificates, drafts
from cit_desktop.services.candidates import kind_for
from tests.core.field import LOGO, SIGNATURE, Field, two_certificates

NOW = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
NOT_COMPLETED = "It says that the class was completed, which is not so any more."


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


def test_every_area_of_the_catalogue_is_printed_by_its_title():
    assert tuple(drafts.AREAS) == catalogs.AREAS


def test_the_snapshot_holds_every_printed_value(db, issued):
    with db.read() as session:
        snapshot = certificates.snapshots(session, issued)[1]
    assert snapshot.number == "OR-2026-0002"
    assert snapshot.kind == "officer"
    assert snapshot.chapter == "Ozark Ridge CIT Council"
    assert snapshot.chapter_word == "council"
    assert snapshot.council == "Missouri Council"
    assert snapshot.recipient == "Ana María Ito Jr."
    assert snapshot.agency == "Rolla Police Department"
    assert (snapshot.course, snapshot.course_code) == ("Crisis Intervention Team", "CIT40")
    assert (snapshot.class_code, snapshot.control_number) == ("CIT40-2026-1", "4201")
    assert snapshot.minutes == 960
    assert snapshot.areas == (("Legal Studies", 240), ("Technical Studies", 720))
    assert snapshot.wording == usual_wording("officer")
    assert snapshot.provider == "Ozark Ridge, Approved Provider"
    assert [(s.name, s.title, bool(s.image)) for s in snapshot.signers] == [
        ("Ruth Vance", "Coordinator", True),
        ("Omar Diaz", "Council chair", False),
    ]
    assert snapshot.issued == NOW.date()
    assert snapshot.code == verification_code(snapshot)


def test_numbers_follow_the_order_of_names(db, issued):
    with db.read() as session:
        found = [(s.number, s.recipient) for s in certificates.snapshots(session, issued)]
    assert found == [("OR-2026-0001", "Sam Abbott"), ("OR-2026-0002", "Ana María Ito Jr.")]


def test_the_pictures_of_the_snapshots_are_found(db, issued):
    with db.read() as session:
        found = certificates.images(session, certificates.snapshots(session, issued))
    assert sorted(found.values()) == sorted([LOGO, SIGNATURE])


def test_a_later_logo_signer_or_surname_changes_nothing_issued(db, work, issued):
    before = [row_of(db, certificate_id).snapshot for certificate_id in issued]
    with work() as field:
        chapter = field.session.get_one(Chapter, field.chapter_id)
        chapter.logo_id, chapter.name = field.asset(b"another logo"), "New name"
        field.session.execute(update(Signer).values(name="Somebody Else"))
        field.session.execute(update(Person).values(last="Married"))
        field.session.execute(update(TrainingClass).values(title="Renamed", course_number="1"))
    with db.read() as session:
        again = [canonical_json(s) for s in certificates.snapshots(session, issued)]
        assert certificates.check(session) == []
    assert again == before


@pytest.mark.parametrize(
    ("discipline", "kind"),
    [
        ("sheriff", "officer"),
        ("corrections", "officer"),
        ("dispatch", "responder"),
        ("fire", "responder"),
        ("ems", "responder"),
        ("education", "community"),
        ("clergy", "community"),
        ("", "community"),
    ],
)
def test_the_kind_follows_from_the_discipline(discipline, kind):
    assert kind_for(discipline) == kind


def test_letters_and_thanks_are_issued_on_wish_only(db, work):
    with work() as field:
        class_id = field.training(status="finalized")
        field.complete(class_id, field.person("Ito"))
        part = field.enroll(class_id, field.person("Part"), result="partial", credited_minutes=240)
        field.attend(part, blocks=1)
        field.teach(class_id, field.person("Teacher"), blocks=2)
        plain = certificates.issue(field.session, class_id)
        extra = certificates.issue(field.session, class_id, kinds=["letter", "instructor"])
        made = certificates.snapshots(field.session, plain + extra)
    assert [(s.kind, s.minutes) for s in made] == [
        ("officer", 960),
        ("letter", 240),
        ("instructor", 480),
    ]
    assert made[1].areas == (("Legal Studies", 60), ("Technical Studies", 180))
    assert made[2].areas == (("Legal Studies", 120), ("Technical Studies", 360))
    assert made[2].heading == "Certificate of Appreciation"


def test_somebody_named_is_issued_whatever_the_kind(work):
    with work() as field:
        class_id = field.training(status="finalized")
        field.complete(class_id, field.person("Ito"))
        teacher = field.teach(class_id, field.person("Teacher"))
        ids = certificates.issue(field.session, class_id, [teacher])
        assert [s.kind for s in certificates.snapshots(field.session, ids)] == ["instructor"]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("open", "not finalized yet"),
        ("cancelled", "was cancelled"),
        ("on record", "old papers"),
    ],
)
def test_only_a_finalized_class_has_certificates(work, status, reason):
    with work() as field:
        class_id = field.training(status=status)
        field.complete(class_id, field.person("Ito"))
        assert reason in certificates.eligible(field.session, class_id)[0].reason
        with pytest.raises(Refused, match="no certificate to issue") as caught:
            certificates.issue(field.session, class_id)
    assert reason in caught.value.hint


def test_candidates_say_what_keeps_them_from_a_certificate(work):
    with work() as field:
        class_id = field.training(status="finalized")
        field.complete(class_id, field.person("A"))
        field.complete(class_id, field.person("B"), credited_minutes=0)
        field.enroll(class_id, field.person("C"), result="partial", credited_minutes=0)
        field.enroll(class_id, field.person("D"), result="withdrawn")
        field.enroll(class_id, field.person("E"))
        field.enroll(class_id, field.person("F"), role="instructor")
        certificates.issue(field.session, class_id)
        found = certificates.eligible(field.session, class_id)
    assert [(c.name, c.reason) for c in found] == [
        ("A, Ana", "Certificate OR-2026-0001 was issued already."),
        ("B, Ana", "No hours were credited."),
        ("C, Ana", "No hours were attended."),
        ("D, Ana", "Withdrew from the class."),
        ("E, Ana", "No result was recorded."),
        ("F, Ana", "No block names this instructor, so there are no hours to show."),
    ]
    assert found[0].certificate_number == "OR-2026-0001"


@pytest.mark.parametrize(
    ("earned", "sentence"),
    [
        ({"credited_minutes": 480}, "It shows 16 hours, but 8 were earned."),
        ({"result": "partial"}, NOT_COMPLETED),
        ({"role": "observer"}, NOT_COMPLETED),
        (
            {"completed_on": date(2026, 3, 9)},
            "It gives Mar 3, 2026 as the last day, which was Mar 9, 2026.",
        ),
    ],
)
def test_a_certificate_of_what_was_not_earned_after_all_is_said_to_be(work, earned, sentence):
    with work() as field:
        class_id = field.training(status="finalized")
        enrollment_id = field.complete(class_id, field.person("Ito"))
        certificates.issue(field.session, class_id)
        assert not certificates.eligible(field.session, class_id)[0].outdated
        field.session.execute(
            update(Enrollment).where(Enrollment.id == enrollment_id).values(**earned)
        )
        found = certificates.eligible(field.session, class_id)
        rows = certificates.rows(field.session, certificates.ids(field.session))
    assert found[0].outdated == sentence
    assert found[0].reason == (
        f"Certificate OR-2026-0001 was issued already. {sentence} Reissue or revoke it."
    )
    assert [row.outdated for row in rows.values()] == [sentence]


def test_a_letter_of_who_completed_after_all_is_outdated(work):
    with work() as field:
        class_id = field.training(status="finalized")
        enrollment_id = field.complete(class_id, field.person("Ito"), result="partial")
        certificates.issue(field.session, class_id, [enrollment_id])
        field.session.execute(update(Enrollment).values(result="completed"))
        found = certificates.eligible(field.session, class_id)
    assert found[0].outdated == (
        "It is a letter of attendance, but the class was completed after all."
    )


def test_hours_that_an_instructor_taught_otherwise_make_the_thanks_outdated(work):
    with work() as field:
        class_id = field.training(status="finalized")
        enrollment_id = field.teach(class_id, field.person("Hill"))
        certificates.issue(field.session, class_id, [enrollment_id])
        assert not certificates.eligible(field.session, class_id)[0].outdated
        field.session.execute(update(Enrollment).values(credited_minutes=480))
        found = certificates.eligible(field.session, class_id)
    assert found[0].outdated == "It shows 4 hours, but 8 were earned."


@pytest.mark.parametrize("status", ["open", "cancelled"])
def test_while_a_class_is_open_none_of_its_certificates_is_outdated(work, status):
    with work() as field:
        class_id = field.training(status="finalized")
        field.complete(class_id, field.person("Ito"))
        certificates.issue(field.session, class_id)
        field.session.execute(update(Enrollment).values(credited_minutes=480))
        field.session.execute(update(TrainingClass).values(status=status))
        assert not certificates.eligible(field.session, class_id)[0].outdated


def test_nobody_gets_a_second_certificate(db, work, issued):
    enrollment_id = row_of(db, issued[0]).enrollment_id
    class_id = row_of(db, issued[0]).class_id
    with pytest.raises(Refused, match="issued already") as caught, work() as field:
        certificates.issue(field.session, class_id, [enrollment_id])
    assert "reissue" in caught.value.hint
    assert list(caught.value.fields) == [str(enrollment_id)]
    with db.read() as session:
        assert len(certificates.ids(session)) == 2


def test_one_without_a_claim_stops_all(db, work):
    with pytest.raises(Refused, match="Part, Ana: No hours"), work() as field:
        class_id = field.training(status="finalized")
        good = field.complete(class_id, field.person("Ito"))
        bad = field.enroll(class_id, field.person("Part"), result="partial")
        certificates.issue(field.session, class_id, [good, bad])
    with db.read() as session:
        assert certificates.ids(session) == []


def test_people_of_another_class_are_refused(work):
    with pytest.raises(NotFound, match="not in this class"), work() as field:
        class_id = field.training(status="finalized")
        certificates.issue(field.session, class_id, [12345])


def test_a_class_that_is_gone_is_said_to_be(work):
    with pytest.raises(NotFound, match="no longer exists"), work() as field:
        certificates.issue(field.session, 99)


def test_a_name_that_no_typeface_has_blocks_the_issue(db, work):
    def drawable(text: str) -> str:
        return "".join(letter for letter in text if letter > "\u2fff")

    with pytest.raises(Refused, match="山 田") as caught, work() as field:
        class_id = field.training(status="finalized")
        field.complete(class_id, field.person("Ito"))
        enrollment_id = field.complete(class_id, field.person("山田"))
        certificates.issue(field.session, class_id, drawable=drawable)
    assert "Ana 山田" in caught.value.message
    assert list(caught.value.fields) == [str(enrollment_id)]
    with db.read() as session:
        assert certificates.ids(session) == []
        assert session.scalars(select(Certificate.number)).all() == []


def test_a_refused_issue_uses_up_no_number(work):
    with pytest.raises(Refused), work() as field:
        class_id = field.training(status="finalized")
        field.complete(class_id, field.person("Ito"))
        certificates.issue(field.session, class_id, drawable=lambda text: text)
    with work() as field:
        class_id = field.training(status="finalized")
        field.complete(class_id, field.person("Ito"))
        ids = certificates.issue(field.session, class_id)
        assert certificates.snapshots(field.session, ids)[0].number == "OR-2026-0001"


def test_a_reissue_is_linked_and_drawn_from_the_facts_of_today(db, work, issued):
    with work() as field:
        person = field.session.get_one(Person, row_of(db, issued[1]).person_id)
        person.last = "Ito-Brown"
        new = certificates.reissue(field.session, issued[1], "Married name")
    with db.read() as session:
        old, view = certificates.view(session, issued[1]), certificates.view(session, new)
    assert (old.row.status, old.reason) == ("replaced", "Married name")
    assert (old.replaced_by_id, old.replaced_by) == (new, "OR-2026-0002-R1")
    assert (view.replaces_id, view.replaces) == (issued[1], "OR-2026-0002")
    assert view.snapshot is not None
    assert view.snapshot.recipient == "Ana María Ito-Brown Jr."
    assert old.snapshot is not None
    assert old.snapshot.recipient == "Ana María Ito Jr."
    assert (old.flaw, view.flaw) == ("", "")


def test_a_reissue_of_a_reissue_counts_on(work, issued):
    with work() as field:
        first = certificates.reissue(field.session, issued[0], "Name")
        second = certificates.reissue(field.session, first, "Name again")
        assert certificates.rows(field.session, [second])[second].number == "OR-2026-0001-R2"


def test_a_reissue_leaves_no_gap_in_the_numbers(work, issued):
    with work() as field:
        certificates.reissue(field.session, issued[0], "Name")
        class_id = field.training("CIT40-2026-2", status="finalized")
        field.complete(class_id, field.person("Next"))
        ids = certificates.issue(field.session, class_id)
        assert certificates.snapshots(field.session, ids)[0].number == "OR-2026-0003"


def test_a_replaced_certificate_cannot_be_reissued_or_revoked(work, issued):
    with work() as field:
        certificates.reissue(field.session, issued[0], "Name")
    with pytest.raises(Refused, match="replaced already"), work() as field:
        certificates.reissue(field.session, issued[0], "Again")
    with pytest.raises(Refused, match="replaced already"), work() as field:
        certificates.revoke(field.session, issued[0], "Again")


def test_a_reopened_class_gives_no_reissue(work, issued):
    with pytest.raises(Refused, match="not finalized yet"), work() as field:
        field.session.execute(update(TrainingClass).values(status="open"))
        certificates.reissue(field.session, issued[0], "Name")


def test_who_no_longer_completed_gets_a_letter_as_reissue(work, issued):
    with work() as field:
        field.session.execute(update(Enrollment).values(result="partial", credited_minutes=480))
        new = certificates.reissue(field.session, issued[0], "Attendance corrected")
        snapshot = certificates.snapshots(field.session, [new])[0]
    assert (snapshot.kind, snapshot.minutes) == ("letter", 480)


def test_a_revoked_certificate_keeps_its_number(db, work, issued):
    with work() as field:
        certificates.revoke(field.session, issued[0], "  Issued in  error ")
        class_id = row_of(db, issued[0]).class_id
        again = certificates.issue(field.session, class_id)
        assert certificates.rows(field.session, again)[again[0]].number == "OR-2026-0003"
    with db.read() as session:
        view = certificates.view(session, issued[0])
    assert (view.row.number, view.row.status) == ("OR-2026-0001", "revoked")
    assert (view.reason, view.revoked) == ("Issued in error", NOW)


@pytest.mark.parametrize("act", [certificates.revoke, certificates.reissue])
def test_revoking_and_reissuing_need_a_reason(work, issued, act):
    with pytest.raises(Refused, match="reason") as caught, work() as field:
        act(field.session, issued[0], "  ")
    assert "reason" in caught.value.fields


def test_issuing_cannot_be_undone(db, issued):
    with db.read() as session:
        assert session.scalars(select(Operation.undoable)).all()[-1] == 0


def test_another_wording_can_be_chosen_for_those_who_complete(work):
    with work() as field:
        class_id = field.training(status="finalized")
        enrollment_id = field.complete(class_id, field.person("Ito"))
        ids = certificates.issue(field.session, class_id, wordings={enrollment_id: "community"})
        again = certificates.reissue(field.session, ids[0], "Wording", wording="responder")
        made = certificates.snapshots(field.session, [*ids, again])
    assert [s.kind for s in made] == ["community", "responder"]
    assert made[0].wording == usual_wording("community")


def test_a_letter_cannot_be_worded_as_a_certificate(work):
    with pytest.raises(Refused, match="cannot be worded"), work() as field:
        class_id = field.training(status="finalized")
        part = field.enroll(class_id, field.person("Part"), result="partial", credited_minutes=60)
        certificates.issue(field.session, class_id, [part], wordings={part: "officer"})


def test_a_day_of_completion_of_ones_own_is_printed(work):
    later = NOW.date() - timedelta(days=1)
    with work() as field:
        class_id = field.training(status="finalized")
        field.complete(class_id, field.person("Ito"), completed_on=later)
        ids = certificates.issue(field.session, class_id)
        snapshot = certificates.snapshots(field.session, ids)[0]
    assert snapshot.completed == later

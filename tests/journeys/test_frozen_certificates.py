"""Certificates stay as they were issued, whatever changes afterwards."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image

from cit_desktop.db import Database
from cit_desktop.errors import Refused
from cit_desktop.exports import certificate_pdf
from cit_desktop.services import (
    agencies,
    assets,
    attendance_columns,
    certificates,
    chapters,
    check,
    classes,
    finalize,
    joining,
    people,
    undo,
)

MONDAY = date(2026, 3, 2)
NAMES = (("Ito", "Ana"), ("Vance", "Ruth"), ("Nguyễn", "Łukasz"))


def picture(color, kind="PNG"):
    made = io.BytesIO()
    Image.new("RGB", (120, 90), color).save(made, kind)
    return made.getvalue()


@pytest.fixture
def db(chapter):
    database = Database.open(chapter)
    with database.operation("Choose logo and signers") as session:
        current = chapters.current(session)
        sign(session, current.id, "Omar Diaz", "navy")
    yield database
    database.close()


def sign(session, chapter_id, name, color):
    """A logo and somebody who signs, both with a picture of this color."""
    image = assets.add_asset(session, picture(color), "image/png", f"{color}.png")
    chapters.set_logo(session, chapter_id, image)
    chapters.set_signers(session, chapter_id, [chapters.SignerDraft(name, "Chair", image)])


def finalized(db, names=NAMES, start=MONDAY):
    with db.operation("Hold a class") as session:
        chapter_id = chapters.current(session).id
        agency_id = agencies.add(session, agencies.AgencyDraft(name=f"Police of {start:%B %d}"))
        draft = classes.ClassDraft(title="Spring", start=start, course_code="CIT40")
        class_id = classes.create(session, chapter_id, draft)
        who = [
            people.add(
                session,
                people.PersonDraft(
                    last=last, first=first, discipline="municipal_police", agency_id=agency_id
                ),
            )
            for last, first in names
        ]
        joining.enroll_many(session, class_id, who)
        attendance_columns.all_present(session, class_id)
        finalize.finalize(session, class_id)
    return class_id


def issue(db, class_id):
    with db.operation("Issue certificates", undoable=False) as session:
        return certificates.issue(session, class_id, drawable=certificate_pdf.undrawable)


def drawn(db, ids):
    """The PDF of each certificate, as the records give it now."""
    with db.read() as session:
        snapshots = certificates.snapshots(session, ids)
        images = certificates.images(session, snapshots)
    return list(certificate_pdf.draw_separately(snapshots, images))


def numbers(db, ids):
    with db.read() as session:
        found = certificates.rows(session, ids)
    return [found[one].number for one in ids]


def status(db, certificate_id):
    with db.read() as session:
        return certificates.rows(session, [certificate_id])[certificate_id].status


def change_everything(db, person_id):
    """Another logo, signer, chapter, agency and surname."""
    with db.operation("Change everything") as session:
        current = chapters.current(session)
        sign(session, current.id, "Nora Beck", "maroon")
        version = chapters.view(session, current.id).version
        chapters.update(session, current.id, version, name="Another Council", word="council")
        person = people.view(session, person_id)
        people.update(session, person_id, person.version, last="Ito-Vance", suffix="III")
        agency_id = agencies.add(session, agencies.AgencyDraft(name="Somewhere Else"))
        people.set_current(session, person_id, agency_id, "Chief", date(2026, 3, 9))


def test_logo_signer_and_surname_leave_issued_certificates_identical_to_the_byte(db):
    ids = issue(db, finalized(db))
    before = drawn(db, ids)
    with db.read() as session:
        person_id = certificates.rows(session, ids)[ids[0]].person_id
    change_everything(db, person_id)
    assert drawn(db, ids) == before
    with db.read() as session:
        assert certificates.check(session) == []


def test_certificates_are_drawn_the_same_after_the_file_was_closed_and_opened(db):
    ids = issue(db, finalized(db))
    before = drawn(db, ids)
    db.close()
    again = Database.open(db.path)
    assert drawn(again, ids) == before
    again.close()


def test_certificates_of_after_the_change_show_it(db):
    ids = issue(db, finalized(db))
    with db.read() as session:
        change = certificates.rows(session, ids)[ids[0]].person_id
    change_everything(db, change)
    later = issue(db, finalized(db, [("Diaz", "Omar")], date(2026, 4, 6)))
    with db.read() as session:
        old, new = certificates.snapshots(session, [ids[0], later[0]])
    assert (old.chapter, old.signers[0].name) == ("Ozark Ridge CIT", "Omar Diaz")
    assert (new.chapter, new.signers[0].name) == ("Another Council", "Nora Beck")
    assert old.logo != new.logo


def test_a_reissue_shows_the_new_name_and_leaves_the_old_one_as_it_was(db):
    ids = issue(db, finalized(db))
    before = drawn(db, ids)
    with db.read() as session:
        person_id = certificates.rows(session, ids)[ids[0]].person_id
    change_everything(db, person_id)
    with db.operation("Reissue", undoable=False) as session:
        new = certificates.reissue(session, ids[0], "Married in April")
    assert drawn(db, ids) == before
    assert (status(db, ids[0]), status(db, new)) == ("replaced", "issued")
    assert numbers(db, [new]) == [f"{numbers(db, ids)[0]}-R1"]
    with db.read() as session:
        (snapshot,) = certificates.snapshots(session, [new])
    assert snapshot.recipient == "Ana Ito-Vance III"


def test_a_revoked_certificate_keeps_its_number_and_cannot_be_issued_again_by_undo(db):
    class_id = finalized(db)
    ids = issue(db, class_id)
    given = numbers(db, ids)
    with db.operation("Revoke", undoable=False) as session:
        certificates.revoke(session, ids[1], "Issued by mistake")
    assert status(db, ids[1]) == "revoked"
    with pytest.raises(Refused, match="final"):
        undo.undo(db)
    again = issue(db, class_id)
    assert not set(numbers(db, again)) & set(given)


@pytest.mark.parametrize("act", [certificates.reissue, certificates.revoke])
def test_what_was_revoked_is_neither_reissued_nor_revoked_again(db, act):
    ids = issue(db, finalized(db))
    with db.operation("Revoke", undoable=False) as session:
        certificates.revoke(session, ids[0], "Issued by mistake")
    with pytest.raises(Refused, match="revoked already"):
        with db.operation("Again", undoable=False) as session:
            act(session, ids[0], "Once more")


def test_numbers_run_through_several_classes_without_a_gap_whatever_fails_between(db):
    first = issue(db, finalized(db))
    broken = finalized(db, [("Abel", "Kim"), ("Baker", "Lee")], date(2026, 4, 6))
    with pytest.raises(RuntimeError):
        with db.operation("Issue certificates", undoable=False) as session:
            certificates.issue(session, broken)
            raise RuntimeError("the computer fails")
    third = issue(db, finalized(db, [("Cole", "Max")], date(2026, 5, 4)))
    second = issue(db, broken)
    counted = [int(number.rsplit("-", 1)[1]) for number in numbers(db, [*first, *third, *second])]
    assert counted == [1, 2, 3, 4, 5, 6]
    with db.read() as session:
        assert check.run(session) == []


def test_a_name_that_cannot_be_printed_takes_no_number(db):
    class_id = finalized(db, [("李", "明"), ("Ito", "Ana")])
    with pytest.raises(Refused, match="No typeface can print"):
        issue(db, class_id)
    ids = issue(db, finalized(db, [("Cole", "Max")], date(2026, 5, 4)))
    assert numbers(db, ids)[0].endswith("-0001")

from __future__ import annotations

import pytest

from cit_desktop import clock
from cit_desktop.errors import Refused
from cit_desktop.exports.certificate_pdf import undrawable
from cit_desktop.models import Chapter
from cit_desktop.services import candidates, certificates, numbering
from cit_desktop.services.candidates import Candidate
from tests.core.field import Field


@pytest.fixture
def issue(db, chapter_id):
    """Issues the certificates of a new class for an officer and a teacher, as worded."""

    def run(**wordings):
        with db.operation("Issue certificates", undoable=False) as session:
            field = Field(session, chapter_id)
            class_id = field.training(status="finalized")
            ids = {
                "officer": field.complete(class_id, field.person("Ito")),
                "teacher": field.complete(class_id, field.person("Ray", discipline="education")),
            }
            chosen = {ids[who]: kind for who, kind in wordings.items()}
            return certificates.issue(session, class_id, wordings=chosen)

    return run


def kinds(db, certificate_ids):
    with db.read() as session:
        return [one.kind for one in certificates.snapshots(session, certificate_ids)]


def test_a_wording_chosen_replaces_the_usual_one_for_that_person_alone(db, issue):
    assert kinds(db, issue(officer="community")) == ["community", "community"]


def test_without_a_choice_the_work_decides(db, issue):
    assert kinds(db, issue()) == ["officer", "community"]


def test_a_chosen_wording_prints_its_own_heading(db, issue):
    made = issue(officer="community")
    with db.read() as session:
        assert certificates.snapshots(session, made)[0].heading == "Certificate of Recognition"


def test_a_letter_has_no_other_wording():
    letter = Candidate(1, "Ito, Ana", "letter", 60)
    assert candidates.worded(letter, "letter") is letter
    with pytest.raises(Refused, match="cannot be worded"):
        candidates.worded(letter, "officer")


def test_nobody_is_worded_as_an_instructor(issue):
    with pytest.raises(Refused, match="cannot be worded"):
        issue(officer="instructor")


def test_a_reissue_keeps_to_the_wording_that_is_asked_for(db, issue):
    first = issue()[0]
    with db.operation("Reissue certificate", undoable=False) as session:
        new = certificates.reissue(session, first, "Asked for", wording="community")
    with db.operation("Reissue certificate", undoable=False) as session:
        usual = certificates.reissue(session, new, "Asked for again")
    assert kinds(db, [new, usual]) == ["community", "officer"]


def test_upcoming_numbers_are_those_that_are_given_and_are_not_taken_by_asking(db, issue):
    year = clock.today().year
    with db.read() as session:
        chapter_id = session.query(Chapter.id).scalar()
        before = numbering.upcoming(session, chapter_id, year, 2)
        assert numbering.upcoming(session, chapter_id, year, 2) == before
    made = issue()
    with db.read() as session:
        given = [one.number for one in certificates.snapshots(session, made)]
        assert given == before == [f"OR-{year}-0001", f"OR-{year}-0002"]
        assert numbering.upcoming(session, chapter_id, year, 1) == [f"OR-{year}-0003"]


def test_letters_that_no_typeface_has_are_named():
    assert undrawable("Nguyễn Łukasz Ω") == ""
    assert undrawable("Ana 伊藤") == "伊藤"

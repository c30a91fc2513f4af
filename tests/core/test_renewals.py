from __future__ import annotations

from datetime import date, datetime

import pytest

from cit_desktop import clock
from cit_desktop.documents.letters import USUAL, Wording
from cit_desktop.errors import FileProblem, NotFound, Refused
from cit_desktop.models import Person, RenewalLetter
from cit_desktop.services import (
    agencies,
    certification,
    chapters,
    employments,
    history,
    merge,
    papers,
    privacy,
    renewal_writing,
    renewals,
    settings,
    undo,
)
from tests.core.field import POLICE, Field

TODAY = date(2026, 6, 1)
MONTHS = {"refresher_months": 24, "validity_months": 36}


@pytest.fixture(autouse=True)
def the_day():
    clock.set_source(lambda: datetime(2026, 6, 1, 15, tzinfo=clock.UTC))
    yield
    clock.set_source(None)


@pytest.fixture
def field(db, chapter_id):
    with db.operation("Add history") as session:
        made = Field(session, chapter_id)
        made.course("CIT40", **MONTHS)
        yield made


def trained(field: Field, last: str, day: date, **more: object) -> int:
    """Somebody who completed the basic course on a day, and works for the police."""
    person_id = field.person(last, **more)
    course_id = field.course("CIT40")
    training = field.training(
        f"C-{last}", starts=day, days=1, course_id=course_id, status="finalized"
    )
    field.complete(training, person_id)
    employments.set_current(field.session, person_id, field.agency(), "Officer")
    return person_id


def by(field: Field, day: date = date(2026, 8, 30)) -> list[renewals.Renewal]:
    return renewals.until(field.session, day)


def test_whoever_is_due_by_the_day_is_listed_the_most_pressing_first(field):
    trained(field, "Later", date(2025, 1, 6))
    trained(field, "Soon", date(2024, 7, 1), email="soon@example.org")
    trained(field, "Due", date(2024, 2, 1))
    trained(field, "Over", date(2023, 1, 2))
    found = by(field)
    assert [(one.name, one.need, one.due) for one in found] == [
        ("Over, Ana", "expired", date(2026, 1, 2)),
        ("Due, Ana", "refresher due", date(2026, 2, 1)),
        ("Soon, Ana", "soon", date(2026, 7, 1)),
    ]
    assert found[2].email == "soon@example.org"
    assert (found[0].agency, found[0].county) == (POLICE, "Phelps")
    assert found[0].why == "Expired on Jan 2, 2026."
    assert all(one.waits for one in found)


def test_the_chosen_day_itself_counts_and_ninety_days_are_usual(field):
    trained(field, "Soon", date(2024, 7, 1))
    assert [one.name for one in by(field, date(2026, 7, 1))] == ["Soon, Ana"]
    assert by(field, date(2026, 6, 30)) == []
    assert renewals.default_day(TODAY) == date(2026, 8, 30)


def test_what_was_completed_last_is_named_with_its_hours_and_number(field):
    person_id = trained(field, "Due", date(2022, 2, 1))
    course = field.course("REF8", title="CIT Refresher", basic=False, refresher=True)
    training = field.training(
        "R-1", starts=date(2024, 3, 1), days=1, course_id=course, status="finalized"
    )
    field.complete(training, person_id)
    (one,) = by(field)
    assert (one.course, one.completed, one.minutes) == ("CIT Refresher", date(2024, 3, 1), 480)
    assert (one.due, one.certificate) == (date(2026, 3, 1), "")


def test_archived_people_are_left_out(field):
    person_id = trained(field, "Due", date(2024, 2, 1))
    field.session.get_one(Person, person_id).archived = True
    field.session.flush()
    assert by(field) == []


def test_a_place_in_a_class_to_come_is_said_and_no_letter_waits(field):
    person_id = trained(field, "Due", date(2024, 2, 1))
    course = field.course("REF8", basic=False, refresher=True)
    field.enroll(field.training("R-9", starts=date(2026, 9, 1), course_id=course), person_id)
    (one,) = by(field)
    assert (one.enrolled, one.note, one.waits) == ("R-9", "Enrolled in R-9", False)


@pytest.mark.parametrize("more", [{"result": "withdrawn"}, {"role": "instructor"}])
def test_who_withdrew_or_teaches_is_not_enrolled(field, more):
    person_id = trained(field, "Due", date(2024, 2, 1))
    field.enroll(field.training("C-9", starts=date(2026, 9, 1)), person_id, **more)
    assert by(field)[0].enrolled == ""


def test_a_letter_is_remembered_for_its_due_day_alone(field):
    person_id = trained(field, "Due", date(2024, 2, 1))
    (one,) = by(field)
    assert renewals.remember(field.session, [(one.person_id, one.due)], "pdf") == 1
    (again,) = by(field)
    assert (again.written, again.note) == (TODAY, "Written on Jun 1, 2026")
    assert not again.waits
    (expired,) = renewals.until(field.session, date(2027, 3, 1), date(2027, 3, 1))
    assert (expired.due, expired.written) == (date(2027, 2, 1), None)
    standings = certification.standing(field.session, [person_id], TODAY)
    assert renewals.written(field.session, standings) == {person_id: TODAY}


def test_a_letter_can_be_undone_and_stands_in_the_history(db, chapter_id):
    with db.operation("Add history") as session:
        field = Field(session, chapter_id)
        field.course("CIT40", **MONTHS)
        person_id = trained(field, "Due", date(2024, 2, 1))
    with db.operation("Write renewal letters") as session:
        renewals.remember(session, [(person_id, date(2026, 2, 1))], "eml")
    with db.read() as session:
        newest = history.of_person(session, person_id)[0]
        assert newest.label == "Write renewal letters"
        assert (newest.what.table, newest.what.record) == ("Renewal letter", "Ana Due")
    undo.undo(db)
    with db.read() as session:
        assert renewals.until(session, date(2026, 8, 30))[0].written is None


def test_merged_people_are_listed_once_and_keep_their_letters(db, chapter_id):
    with db.operation("Add history") as session:
        field = Field(session, chapter_id)
        field.course("CIT40", **MONTHS)
        keep, other = (trained(field, last, date(2024, 2, 1)) for last in ("Due", "Dew"))
        renewals.remember(session, [(other, date(2026, 2, 1))], "merge")
    with db.operation("Merge people") as session:
        merge.merge(session, keep, other)
    with db.read() as session:
        (one,) = renewals.until(session, date(2026, 8, 30))
    assert (one.person_id, one.written) == (keep, TODAY)


def test_letters_of_an_erased_person_go_too(field):
    person_id = trained(field, "Due", date(2024, 2, 1))
    renewals.remember(field.session, [(person_id, date(2026, 2, 1))], "print")
    privacy.erase(field.session, person_id, "asked", anonymise=True)
    assert field.session.query(RenewalLetter).count() == 0


def test_people_are_found_again_by_their_ids_and_who_is_renewed_is_missed(field):
    due, other = trained(field, "Due", date(2024, 2, 1)), field.person("Never")
    assert [one.person_id for one in renewals.of_people(field.session, [due])] == [due]
    with pytest.raises(NotFound, match="nothing to renew"):
        renewals.of_people(field.session, [due, other])


# Letters


def furnished(field: Field) -> None:
    field.furnish_chapter()
    chapter = chapters.view(field.session, field.chapter_id)
    chapters.update(
        field.session, chapter.id, chapter.version,
        address="900 Pine St\nRolla, MO 65401", phone="573 555 0100", email="cit@example.org",
    )  # fmt: skip


def test_a_letter_has_every_field_filled_in(field):
    furnished(field)
    trained(field, "Due", date(2024, 2, 1), middle="María", email="ana@example.org")
    agency = agencies.view(field.session, field.agency())
    agencies.update(field.session, agency.id, agency.version, address="1 Main St\nRolla, MO 65401")
    said = Wording(
        "{course} of {name}", "Hello {first},", "{completed} {hours} {due}\n{agency}\n\n{contact}"
    )
    (letter,) = renewal_writing.letters(field.session, by(field), said)
    assert letter.subject == "Crisis Intervention Team of Ana María Due"
    assert letter.greeting == "Hello Ana,"
    assert letter.paragraphs == (
        f"February 1, 2024 8 hours February 1, 2026\n{POLICE}",
        "573-555-0100 or cit@example.org",
    )
    assert letter.address == (POLICE, "1 Main St", "Rolla, MO 65401")
    assert (letter.listed, letter.email) == ("Due, Ana María", "ana@example.org")
    head = letter.head
    assert head.signer is not None
    assert (head.signer.name, head.chapter) == ("Ruth Vance", "Ozark Ridge CIT Council")
    assert head.reached() == ("900 Pine St", "Rolla, MO 65401", "573-555-0100", "cit@example.org")
    assert renewal_writing.images(field.session, [letter]).keys() == head.images()
    assert papers.of_chapter(field.session) == "letter"


def test_what_is_not_known_leaves_no_hole_in_the_letter(field):
    person_id = trained(field, "Due", date(2024, 2, 1), first="")
    employments.end_current(field.session, person_id, date(2026, 5, 1))
    (letter,) = renewal_writing.letters(field.session, by(field))
    assert (letter.name, letter.values["first"], letter.address) == ("Due", "Due", ())
    assert "which dates suit you and your agency" in letter.paragraphs[2]
    assert "reach us at the office of the council." in letter.paragraphs[2]
    assert letter.head.signer is None
    assert "{" not in letter.plain_text()


def test_a_name_with_braces_is_never_read_as_a_field(field):
    trained(field, "{due}", date(2024, 2, 1))
    (letter,) = renewal_writing.letters(field.session, by(field))
    assert letter.greeting == "Dear Ana {due}:"


def test_the_chapters_own_text_is_kept_until_it_goes_back_to_the_usual_one(field):
    own = Wording("Renew", "", "  Please come, {first}.  \n\n")
    assert renewal_writing.wording(field.session) == USUAL
    kept = renewal_writing.save(field.session, own)
    assert kept.text == "Please come, {first}."
    assert renewal_writing.wording(field.session) == kept
    renewal_writing.save(field.session, USUAL)
    assert settings.everything(field.session) == {}


@pytest.mark.parametrize(
    ("said", "fault", "sentence"),
    [
        (Wording("Hi {nme}", "", "x"), "subject", "There is no field {nme}."),
        (Wording("Hi", "{}", "x"), "greeting", "There is no field {}."),
        (Wording("Hi", "", "a } b"), "text", "In the text, a brace stands alone"),
        (Wording(" ", "", "x"), "subject", "The letter needs a subject."),
        (Wording("Hi", "", "\n"), "text", "The letter needs a text."),
        (Wording("Hi" * 101, "", "x"), "subject", "has 202 characters; at most 200 fit"),
        (Wording("Hi", "", "x" * 4_001), "text", "has 4,001 characters; at most 4,000 fit"),
    ],
)
def test_a_text_that_cannot_be_used_is_refused_at_its_field(field, said, fault, sentence):
    with pytest.raises(Refused) as caught:
        renewal_writing.save(field.session, said)
    assert list(caught.value.fields) == [fault]
    assert sentence in caught.value.fields[fault]
    assert "{name}, {first}" in caught.value.hint


@pytest.mark.parametrize(
    "stored", [7, {"subject": "a"}, {"subject": "a", "greeting": 1, "text": ""}]
)
def test_a_stored_text_that_is_none_is_told(field, stored):
    chapter = chapters.current(field.session)
    assert chapter is not None
    settings.put(field.session, f"renewal.letter.{chapter.uid}", stored)
    with pytest.raises(FileProblem, match="cannot be read"):
        renewal_writing.wording(field.session)


def test_records_without_a_chapter_have_no_letters(db):
    with db.read() as session, pytest.raises(NotFound, match="no chapter yet"):
        renewal_writing.letters(session, [])

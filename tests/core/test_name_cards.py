"""Who gets a tent, a badge or a label, and what stands on it."""

from __future__ import annotations

import hashlib

import pytest

from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Agency, Certificate, Chapter, Employment
from cit_desktop.services import certificates, name_cards
from tests.core.field import LOGO, MONDAY, Field


@pytest.fixture
def field(db, chapter_id):
    with db.operation("Add class") as session:
        yield Field(session, chapter_id)


@pytest.fixture
def class_id(field):
    """Two trainees, one who withdrew, an instructor of the roster and an observer."""
    made = field.training()
    field.enroll(made, field.person("Young", "Zoë"))
    field.enroll(made, field.person("Abbott", "Sam", nickname="Sammy", discipline="education"))
    field.enroll(made, field.person("Gone", "Gil"), result="withdrawn")
    field.teach(made, field.person("Diaz", "Cara", middle="M.", suffix="PhD"))
    field.enroll(made, field.person("Watson", "Amy"), role="observer", agency="")
    return made


def called(document):
    return [card.called for card in document.cards]


def test_trainees_come_first_then_instructors_and_observers_each_by_name(field, class_id):
    document = name_cards.of(field.session, class_id)
    assert called(document) == ["Sammy", "Zoë", "Cara", "Amy"]
    assert [card.role for card in document.cards] == ["", "", "Instructor", "Observer"]
    assert (document.class_code, document.class_title) == ("CIT40-2026-1", "Basic class")
    assert document.chapter == field.session.get_one(Chapter, field.chapter_id).name


def test_a_card_has_the_name_in_use_large_and_the_full_name_agency_and_work(field, class_id):
    sam, _, cara, amy = name_cards.of(field.session, class_id).cards
    assert (sam.called, sam.name, sam.work) == ("Sammy", "Sam Abbott", "Education")
    assert (cara.name, cara.agency) == ("Cara M. Diaz PhD", "Rolla Police Department")
    assert amy.agency == ""


@pytest.mark.parametrize(
    ("who", "expected"),
    [("all", 4), ("trainees", ["Sammy", "Zoë"]), ("instructors", ["Cara"])],
)
def test_only_those_asked_for_are_printed(field, class_id, who, expected):
    found = called(name_cards.of(field.session, class_id, who))
    assert expected in (found, len(found))


def test_who_teaches_a_block_gets_a_card_without_being_enrolled(field, class_id):
    guest = field.person("Hill", "Rob", nickname="Bobby", discipline="education")
    field.add(Employment(person_id=guest, agency_id=field.agency("Compass Health"), starts=MONDAY))
    field.visit(class_id, guest, slice(3))
    found = name_cards.of(field.session, class_id, "instructors").cards
    assert [card.called for card in found] == ["Cara", "Bobby"]
    assert (found[1].name, found[1].agency, found[1].role) == (
        "Rob Hill",
        "Compass Health",
        "Instructor",
    )
    assert "Bobby" not in called(name_cards.of(field.session, class_id, "trainees"))


def test_somebody_without_a_first_name_is_called_by_the_last(field):
    made = field.training()
    field.enroll(made, field.person("Cher", ""))
    (card,) = name_cards.of(field.session, made).cards
    assert (card.called, card.name) == ("Cher", "Cher")


@pytest.fixture
def finished(field):
    field.furnish_chapter()
    made = field.training(status="finalized")
    for last in ("Ito", "Abbott"):
        field.complete(made, field.person(last, last.lower()))
    field.enroll(made, field.person("Part", "Pat"))
    return made


def test_a_label_is_for_those_whose_certificate_is_valid(field, finished):
    issued = certificates.issue(field.session, finished)
    document = name_cards.of(field.session, finished, certified=True)
    assert called(document) == ["abbott", "ito"]
    numbers = [field.session.get_one(Certificate, one).number for one in issued]
    assert sorted(card.certificate for card in document.cards) == sorted(numbers)
    certificates.revoke(field.session, issued[0], "Wrong person")
    assert len(name_cards.of(field.session, finished, certified=True).cards) == 1


def test_a_label_has_the_address_of_the_agency_line_by_line(field, finished):
    agency = field.session.get_one(Agency, field.agency())
    agency.address = "1007 North Elm Street\nRolla, MO 65401"
    certificates.issue(field.session, finished)
    card, _ = name_cards.of(field.session, finished, certified=True).cards
    assert card.address == ("1007 North Elm Street", "Rolla, MO 65401")
    assert name_cards.of(field.session, finished).cards[0].address == ()


def test_the_logo_is_the_chapters(field, finished):
    logo = name_cards.of(field.session, finished).logo
    assert logo == hashlib.sha256(LOGO).hexdigest()


@pytest.mark.parametrize(
    ("who", "certified", "said"),
    [
        ("all", False, "EMPTY has nobody yet"),
        ("trainees", False, "EMPTY has no trainees yet"),
        ("instructors", False, "EMPTY has no instructors yet"),
        ("all", True, "Nobody of EMPTY has a valid certificate yet"),
        ("instructors", True, "No instructor of EMPTY has a valid certificate yet"),
    ],
)
def test_a_paper_for_nobody_is_refused(field, who, certified, said):
    empty = field.training("EMPTY")
    with pytest.raises(Refused, match=said) as raised:
        name_cards.of(field.session, empty, who, certified=certified)
    assert raised.value.hint


def test_a_class_that_is_gone_is_told(field):
    with pytest.raises(NotFound):
        name_cards.of(field.session, 99)

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cit_desktop.errors import NotFound
from cit_desktop.models import Employment
from cit_desktop.services import rosters
from tests.core.field import MONDAY, Field


@pytest.fixture
def field(db, chapter_id):
    with db.operation("Add class") as session:
        field = Field(session, chapter_id)
        field.furnish_chapter()
        yield field


def cells(document) -> list[dict[str, object]]:
    keys = [column.key for column in document.columns]
    return [dict(zip(keys, row, strict=True)) for row in document.rows]


def test_the_roster_lists_everybody_with_hours_and_certificate(field):
    class_id = field.training(min_attendance=90)
    whole = field.person("Ito", middle="María", suffix="Jr.", number="00123", email="a@b.org")
    field.complete(class_id, whole, title="Sergeant")
    part = field.enroll(class_id, field.person("Abbott", discipline="education"), agency="")
    field.attend(part, 120, blocks=2)
    first, second = cells(rosters.class_roster_document(field.session, class_id))
    assert (first["last"], first["minutes"], first["required"]) == ("Abbott", 240, 864)
    assert (first["discipline"], first["agency"], first["result"]) == ("Education", "", "")
    assert second == {
        "number": 2,
        "last": "Ito",
        "first": "Ana",
        "middle": "María",
        "suffix": "Jr.",
        "agency": "Rolla Police Department",
        "title": "Sergeant",
        "discipline": "Municipal police",
        "state_number": "00123",
        "email": "a@b.org",
        "phone": "",
        "minutes": 960,
        "required": 864,
        "result": "Completed",
        "certificate": "",
    }


def test_the_header_says_what_the_class_is(field):
    class_id = field.training(lead_instructor="Sgt. Lee")
    document = rosters.class_roster_document(field.session, class_id)
    assert (document.title, document.subtitle) == ("Basic class", ("Ozark Ridge CIT Council",))
    assert document.header == (
        ("Class", "CIT40-2026-1"),
        ("Course", "Crisis Intervention Team"),
        ("Dates", "March 2–3, 2026"),
        ("Location", "Rolla"),
        ("Lead instructor", "Sgt. Lee"),
        ("Provider", "Ozark Ridge, Approved Provider"),
        ("Hours", "16"),
    )


def test_on_paper_a_name_is_one_column_and_contacts_are_left_out(field):
    class_id = field.training()
    ito = field.person(
        "Ito", middle="María", suffix="Jr.", number="00123", email="a@b.org", phone="5735550100"
    )
    field.complete(class_id, ito, title="Sergeant")
    document = rosters.printed_roster_document(field.session, class_id)
    assert document.rows == (
        (
            *(1, "Ito, Ana María Jr.", "Sergeant", "Rolla Police Department"),
            *("Municipal police", "00123", 960, "Completed", ""),
        ),
    )
    assert document.subtitle == ("Class roster · Ozark Ridge CIT Council",)
    assert document.footer == ("1 trainee, 1 completed.",)


def test_a_printed_roster_says_which_hours_are_needed_and_that_nobody_is_there(field):
    class_id = field.training(min_attendance=90)
    document = rosters.printed_roster_document(field.session, class_id)
    assert dict(document.header)["Hours"] == "16, of which 14.4 needed"
    assert document.footer == ("Nobody is enrolled yet.",)


def test_a_weekly_class_is_dated_on_paper_by_its_first_and_last_day(field):
    class_id = field.training(days=1)
    for week in (1, 2):
        field.block(class_id, MONDAY + timedelta(weeks=week))
    header = dict(rosters.printed_roster_document(field.session, class_id).header)
    assert header["Dates"] == "March 2–16, 2026 (3 days)"
    two = field.training("C-2")
    assert dict(rosters.printed_roster_document(field.session, two).header)["Dates"] == (
        "March 2–3, 2026"
    )


def test_instructors_stand_after_trainees_with_the_hours_they_taught(field):
    class_id = field.training()
    field.teach(class_id, field.person("Aaron"), blocks=2)
    field.complete(class_id, field.person("Ito"))
    found = cells(rosters.class_roster_document(field.session, class_id))
    assert [(row["last"], row["minutes"], row["result"]) for row in found] == [
        ("Ito", 960, "Completed"),
        ("Aaron", 480, "Instructor"),
    ]


@pytest.mark.parametrize("make", [rosters.class_roster_document, rosters.printed_roster_document])
def test_who_teaches_without_being_enrolled_stands_among_the_instructors(field, make):
    class_id = field.training()
    field.teach(class_id, field.person("Young"), blocks=2)
    guest = field.person("Hill", number="77")
    field.add(Employment(person_id=guest, agency_id=field.agency("Compass Health"), title="MD"))
    field.visit(class_id, guest, slice(1, 4))
    found = cells(make(field.session, class_id))
    assert [row["minutes"] for row in found] == [720, 480]
    keys = ("number", "agency", "title", "state_number", "result", "certificate")
    assert [found[0][key] for key in keys] == [
        *(None, "Compass Health", "MD", "77", "Instructor", ""),
    ]


def test_a_class_with_teachers_alone_has_nobody_enrolled(field):
    class_id = field.training()
    field.visit(class_id, field.person("Hill"), slice(1))
    document = rosters.printed_roster_document(field.session, class_id)
    assert document.footer == ("Nobody is enrolled yet.",)


def test_a_trainee_who_teaches_a_block_stands_on_the_roster_once(field):
    class_id = field.training()
    ito = field.person("Ito")
    field.complete(class_id, ito)
    field.visit(class_id, ito, slice(1))
    (row,) = cells(rosters.class_roster_document(field.session, class_id))
    assert (row["minutes"], row["result"]) == (960, "Completed")


def test_the_numbers_of_the_sign_in_sheet_are_kept(field):
    class_id = field.training()
    field.complete(class_id, field.person("Ito"), number=17)
    assert cells(rosters.class_roster_document(field.session, class_id))[0]["number"] == 17


def test_the_roster_counts_its_trainees(field):
    class_id = field.training()
    field.complete(class_id, field.person("Ito"))
    field.enroll(class_id, field.person("Abbott"))
    document = rosters.class_roster_document(field.session, class_id)
    assert document.footer == ("2 trainees, 1 completed.",)


def test_the_agency_is_that_of_the_time_of_the_class(field):
    class_id = field.training()
    person_id = field.person("Ito")
    field.complete(class_id, person_id, agency="")
    for agency, starts, ends in (
        ("Before", None, date(2026, 2, 1)),
        ("Then", date(2026, 2, 1), date(2026, 4, 1)),
        ("After", date(2026, 4, 1), None),
    ):
        field.add(
            Employment(
                person_id=person_id,
                agency_id=field.agency(agency),
                title=f"{agency} title",
                starts=starts,
                ends=ends,
            )
        )
    row = cells(rosters.class_roster_document(field.session, class_id))[0]
    assert (row["agency"], row["title"]) == ("Then", "Then title")


@pytest.mark.parametrize("make", [rosters.class_roster_document, rosters.printed_roster_document])
def test_a_class_that_is_gone_is_said_to_be(field, make):
    with pytest.raises(NotFound):
        make(field.session, 99)

from __future__ import annotations

from datetime import date

import pytest

from cit_desktop.errors import Conflict, NotFound, Refused
from cit_desktop.models import Agency, AgencySpelling
from cit_desktop.services import agencies, people
from tests.core.helpers_records import add_agency, add_class, add_person, complete


def listed(db, which=None, sort="name", descending=False):
    with db.read() as session:
        found = agencies.ids(session, which or agencies.AgencyFilter(), sort, descending)
        rows = agencies.rows(session, found)
        return [rows[agency_id].name for agency_id in found]


def view(db, agency_id):
    with db.read() as session:
        return agencies.view(session, agency_id)


def by_spelling(db, text):
    with db.read() as session:
        return agencies.by_spelling(session, text)


def test_the_name_points_to_the_kind_when_none_is_given(db):
    agency_id = add_agency(db, "Phelps County Sheriff's Office")
    assert (view(db, agency_id).kind, view(db, agency_id).kind_name) == (
        "sheriff",
        "Sheriff's office",
    )


@pytest.mark.parametrize("text", ["St. Louis PD", "st louis p.d.", "ST LOUIS PD", "Sł.Louis  pd"])
def test_an_agency_is_known_by_the_letters_of_its_name(db, text):
    agency_id = add_agency(db, "St. Louis PD")
    expected = None if "ł" in text else agency_id
    assert by_spelling(db, text) == expected


def test_a_name_that_is_known_is_refused(db):
    add_agency(db, "Rolla PD")
    with pytest.raises(Refused, match="known already as “Rolla PD”"):
        add_agency(db, "ROLLA P.D.")


def test_an_archived_namesake_is_told_as_such(db):
    agency_id = add_agency(db, "Rolla PD")
    with db.operation("Archive") as session:
        agencies.archive(session, agency_id)
    with pytest.raises(Refused, match="It is archived"):
        add_agency(db, "Rolla PD")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "???"}, "name"),
        ({"kind": "wizardry"}, "kind"),
        ({"email": "x"}, "email"),
        ({"patrol_strength": 0}, "patrol_strength"),
        ({"patrol_strength": -3}, "patrol_strength"),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(db, fields, field):
    with pytest.raises(Refused) as caught:
        add_agency(db, **fields)
    assert set(caught.value.fields) == {field}
    assert listed(db) == []


def test_a_renamed_agency_is_still_known_by_its_former_name(db):
    agency_id = add_agency(db, "Rolla PD")
    with db.operation("Rename") as session:
        agencies.update(session, agency_id, 1, name="Rolla Police Department")
    assert by_spelling(db, "Rolla PD") == by_spelling(db, "rolla police department") == agency_id
    assert [text for _, text in view(db, agency_id).spellings] == ["Rolla PD"]


def test_a_name_cannot_be_taken_from_another_agency(db):
    add_agency(db, "Rolla PD")
    other = add_agency(db, "Salem PD")
    with pytest.raises(Refused, match="known already"), db.operation("Rename") as session:
        agencies.update(session, other, 1, name="Rolla P.D.")
    assert view(db, other).name == "Salem PD"


def test_an_update_of_an_old_version_is_a_conflict(db):
    agency_id = add_agency(db)
    with db.operation("One") as session:
        assert agencies.update(session, agency_id, 1, county="Phelps") == 2
    with pytest.raises(Conflict), db.operation("Two") as session:
        agencies.update(session, agency_id, 1, county="Dent")


def test_find_or_add_finds_what_was_written_otherwise_before(db):
    agency_id = add_agency(db, "Kansas City Police Department")
    with db.operation("Spell") as session:
        agencies.add_spelling(session, agency_id, "KCPD")
        assert agencies.find_or_add(session, "K.C.P.D.") == agency_id
        new = agencies.find_or_add(session, "Dent County 911", county="Dent")
        assert agencies.find_or_add(session, "dent county 911") == new
    assert view(db, new).county == "Dent"
    assert listed(db) == ["Dent County 911", "Kansas City Police Department"]


def test_a_spelling_belongs_to_one_agency(db):
    add_agency(db, "Rolla PD")
    other = add_agency(db, "Salem PD")
    with pytest.raises(Refused, match="“Rolla PD”"), db.operation("Spell") as session:
        agencies.add_spelling(session, other, "rolla-pd")


def test_a_spelling_can_be_forgotten_but_not_the_name(db):
    agency_id = add_agency(db, "Rolla PD")
    with db.operation("Spell") as session:
        agencies.add_spelling(session, agency_id, "RPD")
    [(spelling_id, _)] = view(db, agency_id).spellings
    with db.operation("Forget") as session:
        agencies.remove_spelling(session, spelling_id)
        own = session.query(AgencySpelling.id).one()[0]
    assert by_spelling(db, "RPD") is None
    with pytest.raises(Refused, match="the agency itself"), db.operation("Forget") as session:
        agencies.remove_spelling(session, own)


def test_an_agency_stored_without_spellings_is_known_by_its_name(db):
    with db.operation("Old") as session:
        session.add(Agency(name="Éire Clinic", sort_key="eire clinic"))
    assert by_spelling(db, "ÉIRE clinic") == 1
    assert by_spelling(db, "...") is None


def test_rows_count_the_people_of_today_and_the_trained_among_them(db):
    class_id, _ = add_class(db)
    agency_id = add_agency(db)
    trained = add_person(db, agency_id=agency_id)
    add_person(db, "Moss", agency_id=agency_id)
    gone = add_person(db, "Reyes", agency_id=agency_id)
    aside = add_person(db, "Zed", agency_id=agency_id)
    for person_id in (trained, gone):
        complete(db, class_id, person_id)
    with db.operation("Leave") as session:
        people.end_current(session, gone, date(2020, 1, 1))
        people.archive(session, aside)
    with db.read() as session:
        row = agencies.rows(session, [agency_id, 99])[agency_id]
    assert (row.people, row.trained, row.kind_name) == (2, 1, "Police department")


def test_a_class_that_is_not_basic_trains_nobody(db):
    class_id, _ = add_class(db, basic=False)
    agency_id = add_agency(db, patrol_strength=4)
    complete(db, class_id, add_person(db, agency_id=agency_id, title="Officer"))
    assert (view(db, agency_id).trained, view(db, agency_id).coverage) == (0, 0)


@pytest.mark.parametrize(("strength", "coverage"), [(None, None), (4, 25), (3, 33), (8, 13)])
def test_coverage_is_the_share_of_patrol_and_unknown_without_a_strength(db, strength, coverage):
    class_id, _ = add_class(db)
    agency_id = add_agency(db, patrol_strength=strength)
    complete(db, class_id, add_person(db, agency_id=agency_id, discipline="municipal_police"))
    complete(db, class_id, add_person(db, "Moss", agency_id=agency_id, discipline="dispatch"))
    seen = view(db, agency_id)
    assert (seen.trained, seen.coverage) == (2, coverage)
    assert [person.name for person in seen.people] == ["Ito, Ana", "Moss, Ana"]


def test_each_filter_narrows_the_list(db):
    add_agency(db, "Rolla Police Department", county="Phelps", ori="MO0810100")
    add_agency(db, "Salem Hospital", county="Dent", kind="hospital")
    filters = [
        agencies.AgencyFilter(text="pol rol"),
        agencies.AgencyFilter(text="mo081"),
        agencies.AgencyFilter(kinds=["police"]),
        agencies.AgencyFilter(counties=["Phelps"]),
    ]
    assert [listed(db, which) for which in filters] == [["Rolla Police Department"]] * 4


def test_an_agency_is_listed_by_a_spelling_too(db):
    agency_id = add_agency(db, "Kansas City Police Department")
    with db.operation("Spell") as session:
        agencies.add_spelling(session, agency_id, "KCPD")
    assert listed(db, agencies.AgencyFilter(text="kcp")) == ["Kansas City Police Department"]


@pytest.mark.parametrize(
    ("sort", "first"),
    [("name", "A"), ("kind", "B"), ("county", "B"), ("people", "A"), ("trained", "A")],
)
def test_a_list_is_sorted_both_ways(db, sort, first):
    class_id, _ = add_class(db)
    add_agency(db, "A", kind="police", county="Phelps")
    b = add_agency(db, "B", kind="hospital", county="Dent")
    complete(db, class_id, add_person(db, agency_id=b))
    assert listed(db, sort=sort)[0] == first
    assert listed(db, sort=sort, descending=True)[0] != first


def test_an_unknown_sort_is_a_mistake_of_the_program(db):
    with pytest.raises(ValueError, match="rowid"):
        listed(db, sort="rowid")


def test_archived_agencies_stand_in_a_list_of_their_own(db):
    agency_id = add_agency(db)
    with db.operation("Archive") as session:
        agencies.archive(session, agency_id)
    assert listed(db) == []
    assert listed(db, agencies.AgencyFilter(archived=True)) == ["Rolla Police Department"]
    with db.operation("Restore") as session:
        agencies.unarchive(session, agency_id)
    assert listed(db) == ["Rolla Police Department"]


def test_an_agency_that_is_gone_is_not_found(db):
    with pytest.raises(NotFound, match="This agency"):
        view(db, 99)


def test_the_address_of_an_agency_keeps_its_lines(db):
    agency_id = add_agency(db, address=" 900 Pine St \n\n Rolla, MO 65401 ")
    with db.read() as session:
        assert agencies.view(session, agency_id).address == "900 Pine St\n\nRolla, MO 65401"

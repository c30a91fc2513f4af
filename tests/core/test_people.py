from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop import clock
from cit_desktop.errors import Conflict, NotFound, Refused
from cit_desktop.models import Person
from cit_desktop.services import people, records
from cit_desktop.text import sort_key
from tests.core.helpers_records import (
    add_agency,
    add_class,
    add_person,
    certify,
    complete,
    number,
)


@pytest.fixture
def today():
    clock.set_source(lambda: datetime(2026, 6, 15, 12, tzinfo=UTC))
    yield date(2026, 6, 15)
    clock.set_source(None)


def view(db, person_id):
    with db.read() as session:
        return people.view(session, person_id)


def listed(db, which=None, sort="name", descending=False):
    with db.read() as session:
        found = people.ids(session, which or people.PersonFilter(), sort, descending)
        rows = people.rows(session, found)
        return [rows[person_id].name for person_id in found]


def found(db, text, limit=8):
    with db.read() as session:
        return [hit.name for hit in people.find(session, text, limit)]


# Adding and changing


def test_what_is_typed_is_stored_in_its_normal_form(db):
    person_id = add_person(
        db, "  O’Brien ", "Ana\u200b", email="Ana@Example.org ", phone="+1 (573) 555-0100"
    )
    person = view(db, person_id)
    assert (person.last, person.first) == ("O’Brien", "Ana")
    assert (person.email, person.phone) == ("ana@example.org", "5735550100")
    assert person.name == "Ana O’Brien"
    assert person.listed_name == "O’Brien, Ana"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("573.555.0100", "5735550100"),
        ("1-573-555-0100", "5735550100"),
        ("573-555-0100 x12", "573-555-0100 x12"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
        ("555-0100", "555-0100"),
    ],
)
def test_only_a_us_phone_number_becomes_ten_digits(typed, stored):
    assert records.phone("phone", typed) == stored


@pytest.mark.parametrize("email", ["ana", "ana@", "@x.org", "a b@x.org", "a@b@x.org"])
def test_an_impossible_address_is_refused_by_its_field(db, email):
    with pytest.raises(Refused, match="not an e-mail address") as caught:
        add_person(db, email=email)
    assert set(caught.value.fields) == {"email"}


def test_a_person_needs_a_last_name(db):
    with pytest.raises(Refused, match="needs a last name"):
        add_person(db, " \u200b ")
    assert listed(db) == []


def test_a_name_longer_than_a_line_is_refused(db):
    with pytest.raises(Refused, match="201 characters"):
        add_person(db, "x" * 201)


def test_an_unknown_discipline_is_refused(db):
    with pytest.raises(Refused, match="no discipline"):
        add_person(db, discipline="wizard")


def test_an_empty_discipline_is_what_title_and_agency_point_to(db):
    agency_id = add_agency(db, "Phelps County Sheriff's Office")
    person_id = add_person(db, agency_id=agency_id, title="Deputy")
    assert view(db, person_id).discipline == "sheriff"
    assert view(db, person_id).discipline_name == "Sheriff"


def test_a_changed_name_is_sorted_and_found_by_its_new_spelling(db):
    person_id = add_person(db, "Ito")
    add_person(db, "Moss", "Bea")
    with db.operation("Rename") as session:
        version = people.update(session, person_id, 1, last="Zimmer")
    assert version == 2
    assert listed(db) == ["Moss, Bea", "Zimmer, Ana"]
    assert found(db, "zim") == ["Zimmer, Ana"]
    assert found(db, "ito") == []


def test_an_update_of_an_old_version_is_a_conflict(db):
    person_id = add_person(db)
    with db.operation("First") as session:
        people.update(session, person_id, 1, note="one")
    with pytest.raises(Conflict, match="changed elsewhere"), db.operation("Second") as session:
        people.update(session, person_id, 1, note="two")
    assert view(db, person_id).note == "one"


def test_an_update_that_changes_nothing_leaves_no_trace(db):
    person_id = add_person(db)
    heard = []
    db.committed.append(heard.append)
    with db.operation("Nothing") as session:
        assert people.update(session, person_id, 1, last=" Ito ") == 1
    assert heard == []


def test_an_unknown_field_is_a_mistake_of_the_program(db):
    person_id = add_person(db)
    with pytest.raises(TypeError, match="uid"), db.operation("Wrong") as session:
        people.update(session, person_id, 1, uid="x")


def test_an_archived_person_leaves_the_lists_and_comes_back(db):
    person_id = add_person(db)
    with db.operation("Archive") as session:
        people.archive(session, person_id)
    assert listed(db) == []
    assert listed(db, people.PersonFilter(archived=True)) == ["Ito, Ana"]
    with db.operation("Restore") as session:
        people.unarchive(session, person_id)
    assert listed(db) == ["Ito, Ana"]


def test_a_person_who_is_gone_is_not_found(db):
    with pytest.raises(NotFound, match="This person"):
        view(db, 99)


# State numbers


def test_numbers_keep_their_zeros_and_their_order(db):
    person_id = add_person(db, numbers=[number("00123"), number("0-7", "PSID")])
    assert [(n.kind, n.number) for n in view(db, person_id).numbers] == [
        ("MO POST license", "00123"),
        ("PSID", "0-7"),
    ]


@pytest.mark.parametrize("written", ["AB-12", "ab 12", "Ab12"])
def test_a_number_somebody_has_is_refused_by_naming_that_person(db, written):
    add_person(db, "Moss", "Bea", numbers=[number("AB12")])
    with pytest.raises(Refused, match="belongs to Bea Moss") as caught:
        add_person(db, numbers=[number(written, "mo post LICENSE")])
    assert set(caught.value.fields) == {"number"}
    assert listed(db) == ["Moss, Bea"]


def test_the_same_digits_of_another_kind_are_another_number(db):
    add_person(db, "Moss", numbers=[number("12")])
    person_id = add_person(db, numbers=[number("12", "PSID")])
    assert len(view(db, person_id).numbers) == 1


def test_the_same_number_twice_stays_one(db):
    person_id = add_person(db, numbers=[number("12"), number("12")])
    assert len(view(db, person_id).numbers) == 1


def test_a_number_can_be_corrected_and_removed(db):
    person_id = add_person(db, numbers=[number("12")])
    [known] = view(db, person_id).numbers
    with db.operation("Correct") as session:
        people.change_number(session, known.id, number("13"))
        assert people.owner(session, "", "13") == person_id
        assert people.owner(session, "PSID", "13") is None
    assert found(db, "13") == ["Ito, Ana"]
    with db.operation("Remove") as session:
        people.remove_number(session, known.id)
    assert view(db, person_id).numbers == ()


@pytest.mark.parametrize("text", ["", "---"])
def test_a_number_without_digits_or_letters_is_refused(db, text):
    with pytest.raises(Refused):
        add_person(db, numbers=[number(text)])


# Employments


def test_a_new_employment_ends_the_former_one_the_day_before(db, today):
    first, second = add_agency(db), add_agency(db, "Salem Police Department")
    person_id = add_person(db, agency_id=first, title="Officer", starts=date(2020, 1, 1))
    with db.operation("Move") as session:
        people.set_current(session, person_id, second, "Sergeant", date(2026, 5, 1))
    person = view(db, person_id)
    assert [(e.agency, e.ends, e.current) for e in person.employments] == [
        ("Salem Police Department", None, True),
        ("Rolla Police Department", date(2026, 4, 30), False),
    ]
    assert person.current is not None
    assert person.current.title == "Sergeant"


def test_the_agency_of_a_day_is_the_one_of_that_time(db, today):
    first, second = add_agency(db), add_agency(db, "Salem Police Department")
    person_id = add_person(db, agency_id=first, title="Officer")
    with db.operation("Move") as session:
        people.set_current(session, person_id, second, "Chief", date(2026, 5, 1))
    with db.read() as session:

        def on(day):
            return people.agency_on(session, [person_id, 99], day)

        assert on(date(2026, 4, 30)) == {person_id: (first, "Officer")}
        assert on(date(2026, 5, 1)) == {person_id: (second, "Chief")}


def test_agencies_of_more_people_than_one_question_holds_are_all_found(db):
    agency_id = add_agency(db)
    with db.operation("Add many") as session:
        ids = [
            people.add(session, people.PersonDraft(f"P{i}", agency_id=agency_id))
            for i in range(501)
        ]
    with db.read() as session:
        assert len(people.agency_on(session, ids, date(2026, 1, 1))) == 501


def test_saying_the_same_again_changes_nothing_and_fills_a_missing_title(db):
    agency_id = add_agency(db)
    person_id = add_person(db, agency_id=agency_id)
    with db.operation("Title") as session:
        people.set_current(session, person_id, agency_id, "Officer")
        people.set_current(session, person_id, agency_id, "Officer")
        people.set_current(session, person_id, agency_id)
    [only] = view(db, person_id).employments
    assert (only.title, only.starts, only.ends) == ("Officer", None, None)


def test_a_new_title_begins_a_new_employment_today(db, today):
    agency_id = add_agency(db)
    person_id = add_person(db, agency_id=agency_id, title="Officer")
    with db.operation("Promote") as session:
        people.set_current(session, person_id, agency_id, "Sergeant")
    now, before = view(db, person_id).employments
    assert (now.title, now.starts) == ("Sergeant", today)
    assert (before.title, before.ends) == ("Officer", date(2026, 6, 14))


def test_an_employment_that_began_the_same_day_is_corrected_in_place(db, today):
    first, second = add_agency(db), add_agency(db, "Salem Police Department")
    person_id = add_person(db, agency_id=first, starts=today)
    with db.operation("Correct") as session:
        people.set_current(session, person_id, second, "Officer", today)
    [only] = view(db, person_id).employments
    assert (only.agency, only.title) == ("Salem Police Department", "Officer")


def test_a_new_employment_cannot_begin_before_the_former_one(db, today):
    first, second = add_agency(db), add_agency(db, "Salem Police Department")
    person_id = add_person(db, agency_id=first, starts=date(2026, 1, 1))
    with pytest.raises(Refused, match="began on Jan 1, 2026"), db.operation("Move") as session:
        people.set_current(session, person_id, second, "", date(2025, 1, 1))
    assert [e.agency for e in view(db, person_id).employments] == ["Rolla Police Department"]


def test_the_current_employment_can_end_without_a_new_one(db, today):
    person_id = add_person(db, agency_id=add_agency(db))
    with db.operation("Leave") as session:
        people.end_current(session, person_id, date(2026, 6, 1))
    assert view(db, person_id).current is None
    with pytest.raises(Refused, match="no current"), db.operation("Again") as session:
        people.end_current(session, person_id, date(2026, 6, 1))


def test_the_history_of_employments_can_be_corrected(db):
    agency_id = add_agency(db)
    person_id = add_person(db)
    with db.operation("Add") as session:
        draft = people.EmploymentDraft(agency_id, "Officer", date(2019, 1, 1), date(2019, 12, 31))
        employment_id = people.add_employment(session, person_id, draft)
    with db.operation("Correct") as session:
        draft = people.EmploymentDraft(agency_id, "Deputy", date(2018, 1, 1), date(2019, 12, 31))
        people.update_employment(session, employment_id, draft)
    with db.read() as session:
        on = people.agency_on(session, [person_id], date(2018, 6, 1))
        assert on == {person_id: (agency_id, "Deputy")}
    with db.operation("Remove") as session:
        people.remove_employment(session, employment_id)
    assert view(db, person_id).employments == ()


def test_an_employment_cannot_end_before_it_begins(db):
    agency_id, person_id = add_agency(db), add_person(db)
    draft = people.EmploymentDraft(agency_id, "", date(2020, 1, 2), date(2020, 1, 1))
    with pytest.raises(Refused, match="before the first one"), db.operation("Add") as session:
        people.add_employment(session, person_id, draft)


# Lists


def test_people_are_listed_by_name_without_regard_to_accents_and_case(db):
    for last in ("Zoe", "álvarez", "Alvarado", "de Vries", "Łukasz"):
        add_person(db, last, "")
    assert listed(db) == ["Alvarado", "álvarez", "de Vries", "Łukasz", "Zoe"]
    assert listed(db, descending=True) == ["Zoe", "Łukasz", "de Vries", "álvarez", "Alvarado"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("agency", ["B", "A", "C"]),
        ("title", ["A", "B", "C"]),
        ("email", ["B", "A", "C"]),
        ("county", ["B", "A", "C"]),
        ("discipline", ["B", "A", "C"]),
        ("trained_on", ["A", "B", "C"]),
    ],
)
def test_a_sorted_list_has_the_empty_values_last_both_ways(db, sort, order):
    class_id, _ = add_class(db)
    rolla = add_agency(db, "Rolla Police Department", county="Phelps")
    adair = add_agency(db, "Adair Sheriff's Office", county="Adair")
    a = add_person(db, "A", "", agency_id=rolla, title="Chief", email="b@x.org",
                   discipline="sheriff")  # fmt: skip
    b = add_person(db, "B", "", agency_id=adair, title="deputy", email="a@x.org",
                   discipline="municipal_police")  # fmt: skip
    add_person(db, "C", "")
    complete(db, class_id, a)
    with db.operation("Later class") as session:
        session.execute(Person.__table__.update().where(Person.id == b).values(note="x"))
    if sort == "trained_on":
        order = ["A", "B", "C"]
        assert listed(db, sort=sort, descending=True) == order
    else:
        assert listed(db, sort=sort, descending=True) == [order[1], order[0], "C"]
    assert listed(db, sort=sort) == order


def test_an_unknown_sort_is_a_mistake_of_the_program(db):
    with pytest.raises(ValueError, match="1; drop"):
        listed(db, sort="1; drop table person")


def test_each_filter_narrows_the_list(db):
    class_id, _ = add_class(db)
    rolla = add_agency(db, county="Phelps")
    ana = add_person(db, agency_id=rolla, title="Officer", numbers=[number("00123")])
    add_person(db, "Moss", "Bea", county="Dent", discipline="education")
    complete(db, class_id, ana)
    filters = {
        "text": people.PersonFilter(text="001"),
        "groups": people.PersonFilter(groups=["law_enforcement"]),
        "agency": people.PersonFilter(agency_id=rolla),
        "county": people.PersonFilter(county="Phelps"),
        "trained": people.PersonFilter(trained=True),
    }
    shown = {name: listed(db, which) for name, which in filters.items()}
    assert shown == {name: ["Ito, Ana"] for name in filters}
    others = [people.PersonFilter(trained=False), people.PersonFilter(county="Dent")]
    assert [listed(db, which) for which in others] == [["Moss, Bea"], ["Moss, Bea"]]


def test_a_filter_of_signs_alone_shows_nobody(db):
    add_person(db)
    assert listed(db, people.PersonFilter(text="%")) == []


def test_a_row_shows_work_number_and_training_of_today(db, today):
    class_id, _ = add_class(db)
    agency_id = add_agency(db, county="Phelps")
    person_id = add_person(db, agency_id=agency_id, title="Officer", numbers=[number("007")])
    complete(db, class_id, person_id)
    with db.read() as session:
        row = people.rows(session, [person_id, 99])[person_id]
    assert (row.agency, row.agency_id, row.title) == (
        "Rolla Police Department",
        agency_id,
        "Officer",
    )
    assert (row.county, row.state_number, row.trained_on) == ("Phelps", "007", date(2026, 3, 6))
    assert row.discipline_name == "Municipal police"


def test_the_page_of_a_person_has_classes_and_certificates(db):
    class_id, _ = add_class(db)
    person_id = add_person(db)
    enrollment_id = complete(db, class_id, person_id)
    certify(db, class_id, person_id, enrollment_id, "{}")
    person = view(db, person_id)
    [training], [certificate] = person.trainings, person.certificates
    assert (training.class_title, training.result, training.minutes) == (
        "Spring class", "completed", 240,
    )  # fmt: skip
    assert (certificate.number, certificate.class_title) == ("OR-2026-0001", "Spring class")


# Finding


@pytest.mark.parametrize(
    "typed",
    ["obr", "O'B", "o’brien", "ana o", "obrien ana", "O'Brien, A", "María", "maria", "00123",
     "ana.ob", "ANA.OB@X.ORG", "573555"],
)  # fmt: skip
def test_somebody_known_is_found_by_any_beginning(db, typed):
    add_person(db, "O'Brien", "Ana", middle="María", email="ana.ob@x.org", phone="573 555 0100",
               numbers=[number("00123")])  # fmt: skip
    add_person(db, "Moss", "Bea")
    assert found(db, typed) == ["O'Brien, Ana María"]


@pytest.mark.parametrize("typed", ["", "  ", "%", '"', "*", "zz", "ana zz"])
def test_what_fits_nobody_finds_nobody(db, typed):
    add_person(db)
    assert found(db, typed) == []


def test_the_best_match_stands_first(db):
    add_person(db, "Annable", "Joe")
    add_person(db, "Moss", "Ann")
    ann = add_person(db, "Ann", "Zed")
    assert found(db, "ann") == ["Ann, Zed", "Annable, Joe", "Moss, Ann"]
    assert found(db, "moss ann")[0] == "Moss, Ann"
    with db.operation("Archive") as session:
        people.archive(session, ann)
    assert found(db, "ann") == ["Annable, Joe", "Moss, Ann", "Ann, Zed"]


def test_an_exact_number_comes_before_longer_ones(db):
    add_person(db, "Aa", numbers=[number("1234")])
    add_person(db, "Zz", numbers=[number("123")])
    assert found(db, "123") == ["Zz, Ana", "Aa, Ana"]


def test_a_short_beginning_still_finds_the_first_names_of_many(db):
    with db.operation("Add many") as session:
        for i in range(300):
            people.add(session, people.PersonDraft(f"M{299 - i:03}", "Bo"))
    assert found(db, "m", 3) == ["M000, Bo", "M001, Bo", "M002, Bo"]


# Duplicates


def duplicates(db, last="Ito", first="Ana", **fields):
    with db.read() as session:
        return people.duplicates_of(session, people.PersonDraft(last, first, **fields))


def test_each_reason_for_a_duplicate_is_told_the_surest_first(db):
    agency_id = add_agency(db)
    by_name = add_person(db, "Ito", "Ana")
    by_work = add_person(db, "ITO", "Ána", agency_id=agency_id)
    by_mail = add_person(db, "Moss", email="ana@x.org")
    by_number = add_person(db, "Reyes", numbers=[number("0012")])
    assert duplicates(db, email="Ana@x.org", numbers=[number("00-12")], agency_id=agency_id) == [
        (by_number, "same MO POST license 00-12"),
        (by_mail, "same e-mail ana@x.org"),
        (by_work, "same name and agency"),
        (by_name, "same name"),
    ]


@pytest.mark.parametrize(
    ("known", "draft", "same"),
    [
        ({"middle": "Lee"}, {"middle": "L."}, True),
        ({"middle": "Lee"}, {}, True),
        ({"middle": "Lee"}, {"middle": "M"}, False),
        ({"middle": "Lee"}, {"middle": "Leo"}, False),
        ({"suffix": "Jr."}, {"suffix": "Sr."}, False),
        ({"suffix": "Jr."}, {"suffix": "jr"}, True),
        ({"suffix": "Jr."}, {}, True),
    ],
)
def test_middle_names_and_suffixes_tell_namesakes_apart(db, known, draft, same):
    add_person(db, **known)
    assert bool(duplicates(db, **draft)) is same


def test_a_longer_first_name_is_somebody_else(db):
    add_person(db, "Ito", "Anabel")
    assert duplicates(db, "Ito", "Ana") == []


names = st.text(alphabet="aAäÄßsSéÉ’' -\u0301łŁ", min_size=1, max_size=6)


@given(names, names)
def test_the_key_of_a_name_is_the_same_when_it_is_stored_again(last, first):
    key = sort_key(last, first)
    assert sort_key(*key.split("\x1f")) == key

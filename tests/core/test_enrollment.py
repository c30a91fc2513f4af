from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event, select

from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Agency, Certificate, Employment, Enrollment, Person, StateNumber
from cit_desktop.services import attendance, classes, enrollment, finalize
from cit_desktop.text import letters
from tests.core.helpers import training


@pytest.fixture
def session(db, chapter_id):
    with db.operation("Test") as session:
        yield session


@pytest.fixture
def run(session, chapter_id):
    return training.run(session, chapter_id)


def agency(session, name):
    made = Agency(name=name, sort_key=name.lower())
    session.add(made)
    session.flush()
    return made.id


def works(session, person_id, agency_id, title="", starts=None, ends=None):
    session.add(
        Employment(person_id=person_id, agency_id=agency_id, title=title, starts=starts, ends=ends)
    )
    session.flush()


def row(session, enrollment_id):
    return enrollment.rows(session, [enrollment_id])[enrollment_id]


def certify(session, run, person=0, status="issued", number="OR-1"):
    session.add(
        Certificate(
            number=number,
            person_id=row(session, run.enrolled[person]).person_id,
            class_id=run.id,
            enrollment_id=run.enrolled[person],
            kind="officer",
            status=status,
        )
    )
    session.flush()


def test_a_person_is_enrolled_as_a_trainee(session, run):
    made = enrollment.enroll(session, run.id, training.person(session, "Dee Fox"))
    found = row(session, made)
    assert (found.name, found.role, found.result, found.minutes) == (
        "Fox, Dee",
        "trainee",
        "open",
        0,
    )


def test_the_agency_is_that_of_the_first_day_of_the_class(session, run):
    police, sheriff = agency(session, "Salem PD"), agency(session, "Dent County SO")
    dee = training.person(session, "Dee Fox")
    works(session, dee, police, "Officer", date(2020, 1, 1), date(2026, 3, 1))
    works(session, dee, sheriff, "Deputy", date(2026, 3, 2))
    found = row(session, enrollment.enroll(session, run.id, dee))
    assert (found.agency, found.title) == ("Dent County SO", "Deputy")


def test_the_last_day_of_work_still_counts(session, run):
    police = agency(session, "Salem PD")
    dee = training.person(session, "Dee Fox")
    works(session, dee, police, "Officer", None, date(2026, 3, 2))
    assert row(session, enrollment.enroll(session, run.id, dee)).agency == "Salem PD"


def test_of_two_employments_the_one_begun_last_counts(session, run):
    police, hospital = agency(session, "Salem PD"), agency(session, "Salem Hospital")
    dee = training.person(session, "Dee Fox")
    works(session, dee, police, "Officer", date(2024, 1, 1))
    works(session, dee, hospital, "Guard", None)
    assert row(session, enrollment.enroll(session, run.id, dee)).title == "Officer"


def test_work_that_begins_after_the_class_does_not_count(session, run):
    dee = training.person(session, "Dee Fox")
    works(session, dee, agency(session, "Salem PD"), "Officer", date(2026, 3, 3))
    found = row(session, enrollment.enroll(session, run.id, dee))
    assert (found.agency, found.agency_id, found.title) == ("", None, "")


def test_a_later_change_of_work_leaves_the_roster_alone(session, run):
    police, sheriff = agency(session, "Salem PD"), agency(session, "Dent County SO")
    dee = training.person(session, "Dee Fox")
    works(session, dee, police)
    made = enrollment.enroll(session, run.id, dee)
    works(session, dee, sheriff, starts=date(2026, 1, 1))
    assert row(session, made).agency == "Salem PD"


def test_nobody_is_enrolled_twice(session, run):
    ana = row(session, run.enrolled[0]).person_id
    with pytest.raises(Refused, match="Ana Ito is in this class already"):
        enrollment.enroll(session, run.id, ana)


def test_many_are_enrolled_leaving_out_those_who_are_there(session, run):
    ana = row(session, run.enrolled[0]).person_id
    dee, eve = training.person(session, "Dee Fox"), training.person(session, "Eve Gray")
    added = enrollment.enroll_many(session, run.id, [ana, dee, eve, dee])
    assert [row(session, key).person_id for key in added] == [dee, eve]
    assert len(enrollment.ids(session, run.id)) == 5


def test_many_are_enrolled_in_few_statements(session, run):
    people = [training.person(session, f"P{n:03} Many") for n in range(60)]
    seen: list[str] = []

    def note(_c, _cursor, statement, *_rest):
        seen.append(statement)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    enrollment.enroll_many(session, run.id, people)
    event.remove(connection, "before_cursor_execute", note)
    assert len([statement for statement in seen if statement.startswith("SELECT")]) <= 4


def test_an_unknown_person_keeps_everybody_out(session, run):
    dee = training.person(session, "Dee Fox")
    with pytest.raises(NotFound, match="person who was to be enrolled"):
        enrollment.enroll_many(session, run.id, [dee, 999])
    assert len(enrollment.ids(session, run.id)) == 3


def test_there_are_three_roles(session, run):
    dee = training.person(session, "Dee Fox")
    with pytest.raises(Refused, match="“boss” is no role"):
        enrollment.enroll(session, run.id, dee, "boss")
    made = enrollment.enroll(session, run.id, dee, "observer")
    enrollment.set_role(session, made, "instructor")
    session.flush()
    assert row(session, made).role == "instructor"


def test_somebody_without_marks_is_removed(session, run):
    enrollment.remove(session, run.enrolled[0])
    assert run.enrolled[0] not in enrollment.ids(session, run.id)


def test_somebody_with_marks_is_withdrawn_instead_of_removed(session, run):
    run.mark(0, 0, "absent")
    with pytest.raises(Refused, match="Ana Ito has marked attendance in this class") as raised:
        enrollment.remove(session, run.enrolled[0])
    assert "Withdraw" in raised.value.hint
    enrollment.withdraw(session, run.enrolled[0])
    session.flush()
    assert row(session, run.enrolled[0]).result == "withdrawn"


def test_somebody_with_a_certificate_is_not_removed_even_if_revoked(session, run):
    certify(session, run, status="revoked")
    with pytest.raises(Refused, match="Ana Ito has a certificate in this class"):
        enrollment.remove(session, run.enrolled[0])


def test_somebody_with_a_certificate_in_force_is_not_withdrawn(session, run):
    certify(session, run)
    with pytest.raises(Refused, match="Ana Ito has a certificate of this class"):
        enrollment.withdraw(session, run.enrolled[0])


def test_whoever_withdrew_comes_back_with_the_marks_of_before(session, run):
    run.mark(0, 0, "present")
    enrollment.withdraw(session, run.enrolled[0])
    ana = row(session, run.enrolled[0]).person_id
    assert enrollment.enroll(session, run.id, ana) == run.enrolled[0]
    found = row(session, run.enrolled[0])
    assert (found.result, found.minutes) == ("open", 240)


def test_a_withdrawal_is_taken_back(session, run):
    enrollment.withdraw(session, run.enrolled[0])
    enrollment.reinstate(session, run.enrolled[0])
    session.flush()
    assert row(session, run.enrolled[0]).result == "open"


def test_numbers_go_by_name_before_and_after_they_are_stored(session, run):
    shown = {key: row(session, key).number for key in run.enrolled}
    assert [shown[key] for key in run.enrolled] == [2, 3, 1]  # Ito, Okafor, Diaz
    assert enrollment.assign_numbers(session, run.id) == shown
    stored = dict(session.execute(select(Enrollment.id, Enrollment.number)).tuples().all())
    assert stored == shown


def test_a_number_once_given_stays_when_others_come(session, run):
    first = enrollment.assign_numbers(session, run.id)
    adams = enrollment.enroll(session, run.id, training.person(session, "Zed Adams"))
    abel = enrollment.enroll(session, run.id, training.person(session, "Amy Abel"))
    assert enrollment.assign_numbers(session, run.id) == first | {abel: 4, adams: 5}


def test_numbers_move_with_the_names_until_they_are_used(session, run):
    assert row(session, run.enrolled[2]).number == 1
    enrollment.enroll(session, run.id, training.person(session, "Amy Abel"))
    assert row(session, run.enrolled[2]).number == 2


def test_those_who_do_not_train_have_no_number(session, run):
    enrollment.set_role(session, run.enrolled[0], "instructor")
    enrollment.withdraw(session, run.enrolled[1])
    assert enrollment.assign_numbers(session, run.id) == {run.enrolled[2]: 1}


def test_a_number_is_kept_through_a_withdrawal(session, run):
    first = enrollment.assign_numbers(session, run.id)
    enrollment.withdraw(session, run.enrolled[0])
    assert enrollment.assign_numbers(session, run.id) == first


def test_a_number_is_given_by_hand_and_the_rest_follow_it(session, run):
    enrollment.set_number(session, run.enrolled[1], 10)
    assert enrollment.assign_numbers(session, run.id) == {
        run.enrolled[1]: 10,
        run.enrolled[2]: 11,
        run.enrolled[0]: 12,
    }


def test_two_people_never_share_a_number(session, run):
    enrollment.assign_numbers(session, run.id)
    with pytest.raises(Refused, match="Number 1 belongs to Cara Diaz"):
        enrollment.set_number(session, run.enrolled[0], 1)
    enrollment.set_number(session, run.enrolled[2], None)
    enrollment.set_number(session, run.enrolled[0], 1)
    assert row(session, run.enrolled[0]).number == 1


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_a_number_is_between_1_and_9999(session, run, number):
    with pytest.raises(Refused, match="between 1 and 9999"):
        enrollment.set_number(session, run.enrolled[0], number)


def test_a_score_is_entered_and_taken_away(session, run):
    enrollment.set_score(session, run.enrolled[0], 0)
    session.flush()
    assert row(session, run.enrolled[0]).score == 0
    enrollment.set_score(session, run.enrolled[0], None)
    session.flush()
    assert row(session, run.enrolled[0]).score is None


@pytest.mark.parametrize("score", [-1, 101])
def test_a_score_is_a_percentage(session, run, score):
    with pytest.raises(Refused, match=f"between 0 and 100 percent, not {score}"):
        enrollment.set_score(session, run.enrolled[0], score)


@pytest.mark.parametrize(("passed", "stored"), [(True, 1), (False, 0), (None, None)])
def test_the_scenario_is_passed_failed_or_not_taken(session, run, passed, stored):
    enrollment.set_scenario(session, run.enrolled[0], passed)
    session.flush()
    assert row(session, run.enrolled[0]).scenario_passed == stored


def test_the_agency_on_the_roster_is_corrected(session, run):
    police = agency(session, "Salem PD")
    enrollment.set_agency(session, run.enrolled[0], police, " Sgt ")
    session.flush()
    found = row(session, run.enrolled[0])
    assert (found.agency, found.title) == ("Salem PD", "Sgt")
    enrollment.set_agency(session, run.enrolled[0], None)
    session.flush()
    found = row(session, run.enrolled[0])
    assert (found.agency, found.title) == ("", "Sgt")


def test_the_agency_on_the_roster_must_exist(session, run):
    with pytest.raises(NotFound, match="agency"):
        enrollment.set_agency(session, run.enrolled[0], 999)


@pytest.mark.parametrize(
    "work",
    [
        lambda s, r: enrollment.enroll(s, r.id, 1),
        lambda s, r: enrollment.enroll_many(s, r.id, []),
        lambda s, r: enrollment.remove(s, r.enrolled[0]),
        lambda s, r: enrollment.withdraw(s, r.enrolled[0]),
        lambda s, r: enrollment.reinstate(s, r.enrolled[0]),
        lambda s, r: enrollment.set_role(s, r.enrolled[0], "observer"),
        lambda s, r: enrollment.set_number(s, r.enrolled[0], 5),
        lambda s, r: enrollment.set_score(s, r.enrolled[0], 50),
        lambda s, r: enrollment.set_scenario(s, r.enrolled[0], True),
        lambda s, r: enrollment.set_agency(s, r.enrolled[0], None),
    ],
)
def test_the_roster_of_a_finalized_class_is_locked(session, run, work):
    attendance.all_present(session, run.id)
    finalize.finalize(session, run.id)
    before = enrollment.rows(session, run.enrolled)
    with pytest.raises(Refused, match="is finalized"):
        work(session, run)
    session.flush()
    assert enrollment.rows(session, run.enrolled) == before


def test_a_row_shows_what_a_roster_needs(session, run):
    ana = session.get(Person, row(session, run.enrolled[0]).person_id)
    ana.discipline, ana.email, ana.phone, ana.suffix = "dispatch", "a@x.org", "4175550100", "Jr."
    for number in ("00123", "999"):
        session.add(StateNumber(person_id=ana.id, kind="POST", number=number, key=letters(number)))
        session.flush()
    run.mark(0, 0, "present")
    run.mark(0, 1, "absent")
    attendance.add_makeup(
        session, run.enrolled[0], run.blocks[1], 60, date(2026, 4, 1), "Ray Stone"
    )
    certify(session, run, status="revoked", number="OR-1")
    certify(session, run, number="OR-1-R1")
    found = row(session, run.enrolled[0])
    assert (found.name, found.discipline, found.state_number) == (
        "Ito, Ana Jr.",
        "dispatch",
        "00123",
    )
    assert (found.email, found.phone) == ("a@x.org", "4175550100")
    assert (found.minutes, found.required, found.certificate) == (300, 2400, "OR-1-R1")


def test_rows_take_two_selects_for_any_number_of_people(session, run):
    seen: list[str] = []

    def note(_c, _cursor, statement, *_rest):
        seen.append(statement)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    enrollment.rows(session, run.enrolled)
    event.remove(connection, "before_cursor_execute", note)
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ("Diaz", "Ito", "Okafor")),
        ("number", ("Okafor", "Diaz", "Ito")),
        ("agency", ("Diaz", "Okafor", "Ito")),
        ("title", ("Diaz", "Okafor", "Ito")),
        ("discipline", ("Ito", "Okafor", "Diaz")),
        ("role", ("Okafor", "Diaz", "Ito")),
        ("score", ("Okafor", "Diaz", "Ito")),
        ("result", ("Diaz", "Ito", "Okafor")),
    ],
)
def test_the_roster_is_sorted_by_any_column(session, run, sort, expected):
    ana, ben, cara = run.enrolled
    enrollment.set_number(session, ben, 1)
    enrollment.set_agency(session, ana, agency(session, "Salem PD"), "Sergeant")
    enrollment.set_agency(session, ben, agency(session, "Ava PD"), "Officer")
    session.get(Person, row(session, cara).person_id).discipline = "fire"
    enrollment.set_role(session, ben, "instructor")
    enrollment.set_score(session, cara, 70)
    enrollment.set_score(session, ana, 90)
    session.flush()
    found = enrollment.ids(session, run.id, sort)
    names = [enrollment.rows(session, found)[key].name.split(",")[0] for key in found]
    assert names == list(expected)
    assert enrollment.ids(session, run.id, sort, descending=True) == found[::-1]


def test_the_roster_is_narrowed_by_role_and_withdrawal(session, run):
    ana, ben, cara = run.enrolled
    enrollment.set_role(session, ben, "instructor")
    enrollment.withdraw(session, cara)
    session.flush()
    assert enrollment.ids(session, run.id, role="instructor") == [ben]
    assert enrollment.ids(session, run.id, withdrawn=False) == [ana, ben]


def test_an_enrollment_that_is_gone_is_not_found(session, run):
    with pytest.raises(NotFound, match="enrollment"):
        enrollment.set_score(session, 999, 50)


def test_a_cancelled_class_takes_nobody_in(session, run):
    classes.cancel(session, run.id)
    with pytest.raises(Refused, match="is cancelled"):
        enrollment.enroll(session, run.id, 1)

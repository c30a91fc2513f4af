import pytest

from cit_desktop.errors import Refused
from cit_desktop.progress import Cancelled
from cit_desktop.services import agencies, history, people, people_many
from cit_desktop.services.agencies import AgencyDraft
from cit_desktop.services.people import PersonDraft


@pytest.fixture
def ids(db):
    with db.operation("Set up") as session:
        return [people.add(session, PersonDraft(f"Ito{n}", county="Phelps")) for n in range(5)]


def test_the_given_fields_of_all_change_and_no_others(db, ids):
    with db.operation("Change people") as session:
        assert people_many.update_all(session, ids, discipline="sheriff") == 5
    with db.read() as session:
        found = [people.view(session, key) for key in ids]
    assert {view.discipline for view in found} == {"sheriff"}
    assert {view.county for view in found} == {"Phelps"}


def test_only_those_that_differ_are_counted_and_recorded(db, ids):
    with db.operation("Change one") as session:
        people_many.update_all(session, ids[:1], county="Dent")
    with db.operation("Change all") as session:
        assert people_many.update_all(session, ids, county=" Dent ") == 4
    with db.read() as session:
        newest = history.ids(session)[0]
        assert len(history.details(session, newest)) == 4


def test_a_wrong_discipline_is_refused(db, ids):
    with pytest.raises(Refused, match="wizard"), db.operation("x") as session:
        people_many.update_all(session, ids, discipline="wizard")


def test_a_field_that_is_not_for_many_is_a_mistake_of_the_program(db, ids):
    with pytest.raises(TypeError, match="last"), db.operation("x") as session:
        people_many.update_all(session, ids, last="Ito")


def test_people_are_archived_and_taken_up_again(db, ids):
    with db.operation("Archive") as session:
        assert people_many.archive_all(session, ids[:2]) == 2
    with db.read() as session:
        assert people.ids(session) == ids[2:]
    with db.operation("Take up") as session:
        assert people_many.archive_all(session, ids, False) == 2


def test_cancelling_leaves_everybody_as_they_were(db, ids):
    def stop(done, total, what=""):
        raise Cancelled

    with pytest.raises(Cancelled), db.operation("x") as session:
        people_many.update_all(session, ids, county="Dent", progress=stop)
    with db.read() as session:
        assert people_many.counties(session) == ["Phelps"]


def test_progress_is_told(db, ids):
    told = []
    with db.operation("x") as session:
        people_many.archive_all(session, ids, progress=lambda *step: told.append(step))
    assert told == [(5, 5)]


def test_what_people_share_is_told_by_field(db, ids):
    with db.operation("x") as session:
        people_many.update_all(session, ids[:1], discipline="sheriff")
    with db.read() as session:
        assert people_many.shared(session, ids) == {"discipline": None, "county": "Phelps"}
        assert people_many.shared(session, ids[:1])["discipline"] == "sheriff"


def test_counties_of_people_and_agencies_are_listed_once_in_order(db, ids):
    with db.operation("x") as session:
        agencies.add(session, AgencyDraft("Salem Police Department", county="Dent"))
        agencies.add(session, AgencyDraft("Rolla Police Department", county="Phelps"))
    with db.read() as session:
        assert people_many.counties(session) == ["Dent", "Phelps"]


def test_everybody_is_counted_archived_or_not(db, ids):
    with db.operation("x") as session:
        people.archive(session, ids[0])
    with db.read() as session:
        assert people_many.count(session) == 5


def test_names_of_agencies_leave_out_the_archived(db):
    with db.operation("x") as session:
        salem = agencies.add(session, AgencyDraft("Salem Police Department"))
        cuba = agencies.add(session, AgencyDraft("Cuba Police Department"))
        old = agencies.add(session, AgencyDraft("Old Police Department"))
        agencies.archive(session, old)
    with db.read() as session:
        assert agencies.all_names(session) == [
            (cuba, "Cuba Police Department"),
            (salem, "Salem Police Department"),
        ]


def test_the_history_is_searched_by_words_in_any_case(db, ids):
    with db.read() as session:
        assert len(history.ids(session, text="SET")) == 1
        assert history.ids(session, text="set nothing") == []


def test_steps_that_were_counted_before_are_not_counted_again(db, ids):
    with db.read() as session:
        step = history.ids(session)[0]
        assert history.rows(session, [step])[step].changes == {"Person": 5}
        assert history.rows(session, [step], {step: {"Person": 7}})[step].changes == {"Person": 7}

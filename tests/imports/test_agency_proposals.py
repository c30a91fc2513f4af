"""Spellings of agencies in a list: proposed, decided on once, and remembered."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest
from sqlalchemy import select

from cit_desktop.imports.apply import commit, run
from cit_desktop.imports.plan import make_plan
from cit_desktop.imports.planned import PlanOptions
from cit_desktop.imports.reading import read_tables
from cit_desktop.models import Agency, AgencyApart, AgencySpelling, Employment, Person
from cit_desktop.services import agencies
from cit_desktop.services.agencies import AgencyDraft

SAMPLES = (
    "web_form_a.csv", "agency_sheet_a.xlsx", "old_a.xls", "semicolons_a.csv", "history_a.xlsx",
    "sign_in_a.xlsx",
)  # fmt: skip


def row(first, agency, **more):
    return {"first": first, "last": "Ito", "agency": agency, **more}


@pytest.fixture
def plan(db, table_of):
    def make(*rows, **options):
        with db.read() as session:
            return make_plan(session, table_of(*rows), options=PlanOptions(**options))

    return make


@pytest.fixture
def rolla(db):
    with db.operation("Add") as session:
        return agencies.add(session, AgencyDraft("Rolla Police Department"))


def named(db):
    with db.read() as session:
        return sorted(session.scalars(select(Agency.name)))


def spellings(db):
    with db.read() as session:
        found = session.execute(
            select(AgencySpelling.spelling, Agency.name).join(Agency).order_by(AgencySpelling.id)
        )
        return dict(found.tuples().all())


def pairs(told):
    """Every two spellings that are told to be one agency."""
    together = defaultdict(set)
    for written, agency in told.items():
        together[agency].add(written)
    return {(a, b) for some in together.values() for a in some for b in some if a < b}


def true_agencies(fixtures, name):
    """The agency that is meant, by its spelling in the file."""
    truth = json.loads((fixtures / f"{name}.truth.json").read_text("utf-8"))["rows"]
    if all("agency_written" in one for one in truth):
        return {one["agency_written"]: one["agency"] for one in truth}
    rows = [one for table in read_tables(fixtures / name) for one in table.records]
    return {one.values["agency"]: true["agency"] for one, true in zip(rows, truth, strict=True)}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_spellings_of_a_sample_are_proposed_as_in_its_truth(db, fixtures, table_of, name):
    true = true_agencies(fixtures, name)
    with db.read() as session:
        table = table_of(*(row("Ana", text) for text in true))
        found = make_plan(session, table).agencies
    told = {one.written: one.name for one in found}
    joined = {a: true[a] for a in told}
    assert pairs(told) <= pairs(joined)
    assert len(pairs(told)) >= 0.9 * len(pairs(joined))


def test_a_proposal_alone_joins_nothing(db, plan, rolla):
    made = plan(row("Ana", "Rolla PD"))
    (choice,) = made.agencies
    assert (choice.agency_id, choice.is_open, choice.rows) == (rolla, True, (2,))
    assert choice.confidence > 0.9
    commit(db, made, backup=False)
    assert named(db) == ["Rolla PD", "Rolla Police Department"]


def test_a_decision_joins_and_is_remembered_as_a_spelling(db, plan, rolla):
    made = plan(row("Ana", "Rolla PD"), agencies={"Rolla PD": rolla})
    commit(db, made, backup=False)
    assert named(db) == ["Rolla Police Department"]
    assert spellings(db)["Rolla PD"] == "Rolla Police Department"
    (choice,) = plan(row("Bo", "ROLLA PD")).agencies
    assert (choice.decision, choice.agency_id) == ("known", rolla)


def test_new_spellings_of_one_agency_become_one_by_the_name_that_was_chosen(db, plan):
    rows = [row("Ana", "ROLLA PD"), row("Bo", "Rolla Police Dept."), row("Cy", "Dent Co SO")]
    decided = {"ROLLA PD": "Rolla Police Dept.", "Rolla Police Dept.": "Rolla Police Dept."}
    made = plan(*rows, agencies=decided)
    assert [(one.name, one.rows) for one in made.new_agencies] == [
        ("Rolla Police Dept.", (2, 3)),
        ("Dent Co SO", (4,)),
    ]
    commit(db, made, backup=False)
    assert named(db) == ["Dent Co SO", "Rolla Police Dept."]
    assert spellings(db)["ROLLA PD"] == "Rolla Police Dept."


def test_joining_all_takes_what_is_certain_and_leaves_the_rest(db, plan):
    rows = [row("Ana", "Rolla Police Department"), row("Bo", "ROLLA PD"), row("Cy", "RPD")]
    made = plan(*rows, join_agencies=True)
    assert [one.decision for one in made.agencies] == ["", "join", ""]
    assert [one.is_open for one in made.agencies] == [False, False, True]
    commit(db, made, backup=False)
    assert named(db) == ["RPD", "Rolla Police Department"]


def test_whoever_is_kept_apart_is_not_asked_about_again(db, plan, rolla):
    made = plan(row("Ana", "Rolla PD"), agencies={"Rolla PD": None})
    assert [one.decision for one in made.agencies] == ["apart"]
    commit(db, made, backup=False)
    assert named(db) == ["Rolla PD", "Rolla Police Department"]
    with db.read() as session:
        kept = session.execute(select(AgencyApart.one, AgencyApart.other)).all()
    assert kept == [("rollapd", "rollapolicedepartment")]


def test_keeping_apart_is_remembered_even_when_nobody_new_comes_in(db, plan, rolla):
    commit(db, plan(row("Ana", "Rolla Police Department")), backup=False)
    again = row("Ana", "Rolla PD")
    made = plan(again, agencies={"Rolla PD": None})
    assert not plan(again).agencies[0].decision
    commit(db, made, backup=False)
    assert [one.is_open for one in plan(again).agencies] == [False]


def test_the_same_decision_twice_is_written_once(db, plan, rolla):
    for _ in range(2):
        commit(db, plan(row("Ana", "Rolla PD"), agencies={"Rolla PD": None}), backup=False)
    with db.read() as session:
        assert len(session.scalars(select(AgencyApart.id)).all()) == 1


def test_who_has_one_name_at_two_spellings_of_an_agency_is_one_person(db, plan, rolla):
    commit(db, plan(row("Ana", "Rolla Police Department")), backup=False)
    made = plan(row("Ana", "ROLLA POLICE DEPT"), row("Ana", "Rolla P.D."))
    assert [one.kind for one in made.rows] == ["same", "same"]
    assert not made.changes_anything


def test_whoever_works_at_an_agency_kept_apart_is_somebody_else(plan):
    rows = [row("Ana", "Rolla PD"), row("Ana", "Rolla Police Department")]
    assert [one.kind for one in plan(*rows).rows] == ["new", "same"]
    apart = plan(*rows, agencies={"Rolla PD": None})
    assert [one.kind for one in apart.rows] == ["new", "new"]


def test_a_person_comes_to_work_at_the_agency_that_was_joined(db, plan, rolla):
    commit(db, plan(row("Ana", "Rolla PD"), join_agencies=True), backup=False)
    with db.read() as session:
        employed = session.execute(select(Person.first, Employment.agency_id).join(Employment))
        assert employed.all() == [("Ana", rolla)]


def test_nobody_is_asked_about_agencies_that_are_alike_in_nothing(plan):
    made = plan(row("Ana", "Rolla PD"), row("Bo", "Dent Co SO"), row("Cy", "N/A"))
    assert [(one.written, one.is_open) for one in made.agencies] == [
        ("Rolla PD", False),
        ("Dent Co SO", False),
    ]


def test_a_sample_imported_with_joined_agencies_adds_nobody_again(db, fixtures):
    path = fixtures / "agency_sheet_a.xlsx"
    run(db, path, backup=False, options=PlanOptions(join_agencies=True))
    assert len(named(db)) < 12
    for join in (False, True):
        options = PlanOptions(join_agencies=join)
        again, result = run(db, path, backup=False, options=options)
        assert (again.counts["new"], result.batch_id) == (0, None)

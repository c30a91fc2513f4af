"""What the history, the check of the records and erasing make of people who were merged."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from cit_desktop.errors import Conflict, NotFound
from cit_desktop.models import ImportBatch, NotSame, PersonAlias
from cit_desktop.services import (
    check,
    duplicates,
    history,
    merge,
    people,
    privacy,
    search,
    undo,
    unmerge,
)
from tests.core.helpers_records import add_agency, add_class, add_person, attend, enroll, number

CANARIES = ("Quetzal", "quetzal", "xiomara@old", "77001234", "5735550199", "private note")


@pytest.fixture
def two(db):
    """Somebody twice: as Ana Ito, and under an old name with all that goes with it."""
    agency = add_agency(db)
    keep = add_person(db, "Ito", "Ana", agency_id=agency, title="Officer")
    other = add_person(
        db,
        "Quetzal",
        "Ana",
        email="xiomara@old.org",
        phone="573 555 0199",
        note="private note",
        numbers=[number("77001234")],
        agency_id=agency,
    )
    return keep, other


@pytest.fixture
def alias(db, two):
    return join(db, *two)


def join(db, keep, other, **choices):
    with db.operation("Merge two people") as session:
        return merge.merge(session, keep, other, choices)


def part(db, alias_id):
    with db.operation("Separate two people") as session:
        return unmerge.unmerge(session, alias_id)


def erase(db, person_id, **how):
    with db.operation("Erase") as session:
        privacy.erase(session, person_id, "asked to be removed", **how)


def traces(path):
    data = path.read_bytes()
    return [word for word in CANARIES if word.encode() in data]


def test_the_history_of_the_kept_one_has_what_was_done_to_the_other_before(db, two, alias):
    with db.read() as session:
        lines = history.of_person(session, two[0])
    assert {"Add person", "Merge two people"} == {line.label for line in lines}
    values = {line.what.after for line in lines}
    assert {"Quetzal", "xiomara@old.org", "77001234"} <= values


def test_apart_again_each_history_has_its_own_changes(db, two, alias):
    part(db, alias)
    with db.read() as session:
        kept, parted = (history.of_person(session, person_id) for person_id in two)
    added = [line for line in kept if line.label == "Add person"]
    assert "77001234" not in {line.what.after for line in added}
    assert "77001234" in {line.what.after for line in parted if line.label == "Add person"}


@pytest.mark.parametrize("separate_first", [False, True])
def test_erasing_leaves_nothing_of_who_was_merged(db, path, two, alias, separate_first):
    assert traces(path) != []
    if separate_first:
        part(db, alias)
        erase(db, two[1])
    else:
        erase(db, two[0])
    with db.read() as session:
        assert history.verify(session).whole
        assert check.run(session) == []
        assert session.query(PersonAlias).count() == 0
        assert search.find(session, "quetzal") == []
    db.close()
    assert traces(path) == []


def test_erasing_the_one_who_was_parted_leaves_the_other_as_it_is(db, two, alias):
    part(db, alias)
    erase(db, two[1])
    with db.read() as session:
        person = people.view(session, two[0])
        assert (person.name, person.current.title) == ("Ana Ito", "Officer")
        assert [hit.id for hit in people.find(session, "Ana Ito")] == [two[0]]


def test_a_nameless_person_takes_former_names_along(db, path, two, alias):
    class_id, block_id = add_class(db)
    attend(db, enroll(db, class_id, two[0]), block_id)
    erase(db, two[0], anonymise=True)
    with db.read() as session:
        assert unmerge.merged(session) == []
    db.close()
    assert traces(path) == []


def test_the_report_of_an_import_forgets_who_was_merged_and_erased(db, two):
    report = json.dumps({"rows": [{"row": 2, "kind": "new", "person": two[1], "x": "Quetzal"}]})
    with db.operation("Import") as session:
        batch = ImportBatch(source="a.csv", sha256="1", counts="{}", report=report)
        session.add(batch)
    join(db, *two)
    erase(db, two[0])
    with db.read() as session:
        [kept] = session.query(ImportBatch).all()
    assert json.loads(kept.report) == {"rows": [{"row": 2, "kind": "new"}]}


def test_what_was_erased_cannot_be_separated(db, two, alias):
    third = add_person(db, "Okafor", "Ben")
    second = join(db, third, two[0])
    part(db, second)
    erase(db, third)
    with pytest.raises(Conflict, match=r"erased since|changed since"):
        part(db, alias)


def test_who_is_kept_apart_can_be_erased(db, two):
    with db.operation("Not the same") as session:
        duplicates.keep_apart(session, *two)
    erase(db, two[1])
    with db.read() as session:
        assert session.query(NotSame).count() == 0


def test_nobody_is_separated_twice(db, two, alias):
    part(db, alias)
    with pytest.raises(NotFound, match="merged person"):
        part(db, alias)


def test_a_merge_leaves_the_records_sound(db, two, alias):
    with db.read() as session:
        assert check.run(session) == []
        assert merge.resolve(session, two[1]) == two[0]
        assert merge.resolve(session, two[0]) == two[0]


def test_somebody_merged_who_is_there_all_the_same_is_an_error(db, two, alias):
    with db.operation("Tamper") as session:
        session.execute(text("UPDATE person_alias SET former_id = :id"), {"id": two[0]})
    with db.read() as session:
        [finding] = check.run(session)
    assert finding.sentence == "Merged into somebody else and still in the records: Ana Ito."


def test_a_step_before_the_merge_can_be_undone_after_parting(db, two, alias):
    part(db, alias)
    with db.read() as session:
        added = history.ids(session, text="Add person")[0]
    undo.undo_operation(db, added)
    with db.read() as session, pytest.raises(NotFound):
        people.view(session, two[1])


def test_the_history_calls_merged_people_by_the_names_they_had(db, two, alias):
    with db.read() as session:
        merge_step = history.ids(session, text="Merge")[0]
        lines = history.details(session, merge_step)
        before = history.details(session, history.ids(session, text="Add person")[0])
    assert {"Merged person", "Person", "State number", "Employment"} >= {
        line.table for line in lines
    }
    moved = next(line for line in lines if line.table == "State number")
    assert (moved.before, moved.after) == ("Ana Quetzal", "Ana Ito")
    assert {line.record for line in before} == {"Ana Quetzal"}
    assert not any(line.field in ("Former", "Operation") for line in lines)

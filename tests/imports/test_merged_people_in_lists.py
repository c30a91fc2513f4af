"""Lists lead to people who were merged by what they were before."""

from __future__ import annotations

import pytest

from cit_desktop.imports import apply
from cit_desktop.imports.plan import make_plan
from cit_desktop.services import merge, people, unmerge
from cit_desktop.services.people import NumberDraft, PersonDraft

OLD = {
    "first": "Annie", "last": "Quetzal", "email": "old@example.org", "phone": "5735550199",
    "agency": "Rolla PD", "state_number": "0077",
}  # fmt: skip


@pytest.fixture
def merged(db, table_of):
    """Annie Quetzal came by a list, and was found to be Ana Ito; gives the id of the alias."""
    with db.operation("Add") as session:
        draft = PersonDraft(
            "Ito", "Ana", "M", email="ana@example.org", numbers=[NumberDraft("PSID", "1")]
        )
        people.add(session, draft)
    with db.read() as session:
        plan = make_plan(session, table_of(OLD))
    apply.commit(db, plan, backup=False)
    with db.operation("Merge two people") as session:
        return merge.merge(session, 1, 2, {"email": "keep"})


@pytest.fixture
def who(db, table_of):
    """The person that a row is, and why."""

    def make(**values):
        with db.read() as session:
            [row] = make_plan(session, table_of(values)).rows
        return row.person_id, row.reasons

    return make


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"state_number": "0077", "last": "Quetzal"}, "same state number"),
        ({"state_number": "0077", "last": "Ito", "first": "Ana"}, "same state number"),
        ({"email": "old@example.org", "last": "Quetzal"}, "same e-mail address"),
        ({"email": "old@example.org", "last": "Ito", "first": "Ana"}, "same e-mail address"),
        ({"last": "Quetzal", "agency": "Rolla PD"}, "same name and agency"),
        ({"last": "Quetzal", "phone": "5735550199"}, "same name and phone"),
        ({"last": "Quetzal", "middle": "Rosa", "agency": "Rolla PD"}, "same name and agency"),
    ],
)
def test_old_numbers_addresses_and_names_lead_to_who_was_kept(merged, who, row, reason):
    assert who(**{"first": "Annie"} | row) == (1, (reason,))


def test_the_list_that_brought_somebody_merged_changes_nothing_again(db, merged, table_of):
    with db.read() as session:
        [row] = make_plan(session, table_of(OLD)).rows
    assert (row.person_id, row.kind) == (1, "same")
    assert row.reasons == ("this row was imported before",)


def test_separated_people_are_found_apart_again(db, merged, who):
    with db.operation("Separate two people") as session:
        unmerge.unmerge(session, merged)
    assert who(first="Annie", last="Quetzal", agency="Rolla PD")[0] == 2
    assert who(first="Ana", last="Ito", email="ana@example.org")[0] == 1

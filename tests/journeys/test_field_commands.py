import pytest

from cit_desktop.db import Database
from cit_desktop.services import chapters, liaisons
from cit_desktop.services.liaisons import LiaisonDraft


@pytest.fixture
def staffed(chapter):
    """Two counties, one of them with a liaison."""
    db = Database.open(chapter)
    with db.operation("Enter the liaisons") as session:
        own = chapters.current(session)
        chapters.set_counties(session, own.id, ["Phelps", "Dent"])
        draft = LiaisonDraft(
            "Marisol Okafor", "CBHL", "Ozark Health", "5735550141", counties=("Phelps",)
        )
        liaisons.add(session, draft)
    db.close()
    return chapter


def test_liaisons_are_told_by_county_with_those_that_lack_one(cli, staffed):
    told = cli("liaisons", staffed)
    assert told.code == 0
    assert told.lines == [
        "Dent\tNobody on record",
        "Phelps\tMarisol Okafor\tCBHL\tOzark Health\t573-555-0141",
    ]


def test_liaisons_are_told_to_machines_with_their_counties(cli, staffed):
    found = cli("liaisons", staffed, "--json").json
    assert found["uncovered"] == ["Dent"]
    [one] = found["liaisons"]
    assert (one["name"], one["phone"], one["counties"]) == (
        "Marisol Okafor",
        "5735550141",
        ["Phelps"],
    )


def test_an_empty_directory_says_so(cli, chapter):
    assert cli("liaisons", chapter).lines == ["No liaison is on record yet."]
    assert cli("liaisons", chapter, "--json").json == {"liaisons": [], "uncovered": []}

from __future__ import annotations

import pytest

from cit_desktop import catalogs
from cit_desktop.documents.tables import TableDocument
from cit_desktop.errors import Conflict, NotFound, Refused
from cit_desktop.models import Liaison, LiaisonCounty
from cit_desktop.services import chapters, history, liaison_papers, liaisons, search, undo
from cit_desktop.services.liaisons import LiaisonDraft, LiaisonFilter
from tests.core.helpers.world import records

MARISOL = LiaisonDraft(
    "Marisol Okafor",
    "CBHL",
    "Ozark Ridge Behavioral Health",
    "(573) 555-0141",
    "573-555-0199",
    "M.Okafor@Example.org",
    "On leave in May",
    ("Phelps", "Maries"),
)
TOMAS = LiaisonDraft("Tomás Elgin", "YBHL", "Schools", counties=("Phelps", "Dent"))
GONE = 9_999


@pytest.fixture
def chapter(db, chapter_id):
    with db.operation("Serve counties") as session:
        chapters.set_counties(session, chapter_id, ["Phelps", "Dent", "Texas", "St. Louis"])
    return chapter_id


@pytest.fixture
def two(db, chapter):
    return add(db, MARISOL), add(db, TOMAS)


def add(db, draft):
    with db.operation(f"Add liaison {draft.name}") as session:
        return liaisons.add(session, draft)


def ask(db, service, *args, **more):
    with db.read() as session:
        return service(session, *args, **more)


def do(db, service, *args, **more):
    with db.operation("Change a liaison") as session:
        return service(session, *args, **more)


def names(db, which=None, sort="name", descending=False):
    found = ask(db, liaisons.ids, which or LiaisonFilter(), sort, descending)
    rows = ask(db, liaisons.rows, found)
    return [rows[key].name for key in found]


# Adding and changing


def test_what_is_typed_is_kept_in_one_form(db, two):
    view = ask(db, liaisons.view, two[0])
    assert (view.phone, view.after_hours) == ("5735550141", "5735550199")
    assert view.email == "m.okafor@example.org"
    assert view.counties == ("Maries", "Phelps")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"email": "nobody"}, "email"),
        ({"employer": "x" * 201}, "employer"),
        ({"kind": "x" * 201}, "kind"),
        ({"note": "x" * 10_001}, "note"),
        ({"counties": ("x" * 201,)}, "counties"),
    ],
)
def test_a_wrong_field_is_refused_and_named(db, fields, wrong):
    before = records(db)
    with pytest.raises(Refused) as caught:
        add(db, LiaisonDraft(**{"name": "Ana Ito", **fields}))
    assert list(caught.value.fields) == [wrong]
    assert records(db) == before


@pytest.mark.parametrize("name", ["MARISOL OKAFOR", "Marisol  Okáfor"])
def test_nobody_is_in_the_directory_twice(db, two, name):
    with pytest.raises(Refused, match="in the directory already"):
        add(db, LiaisonDraft(name))
    with pytest.raises(Refused, match="in the directory already"):
        do(db, liaisons.update, two[1], 1, name=name)


def test_a_namesake_among_the_archived_is_told_as_such(db, two):
    do(db, liaisons.archive, two[0])
    with pytest.raises(Refused, match="already, among the archived ones"):
        add(db, LiaisonDraft("Marisol Okafor"))


def test_a_liaison_may_keep_the_name_in_other_letters(db, two):
    assert do(db, liaisons.update, two[1], 1, name="Tomas Elgin", kind="CBHL") == 2
    assert ask(db, liaisons.view, two[1]).name == "Tomas Elgin"


def test_an_edit_of_what_was_changed_elsewhere_is_refused(db, two):
    do(db, liaisons.update, two[0], 1, phone="5735550100")
    with pytest.raises(Conflict):
        do(db, liaisons.update, two[0], 1, phone="5735550101")
    with pytest.raises(TypeError, match="sort_key"):
        do(db, liaisons.update, two[0], 2, sort_key="a")


@pytest.mark.parametrize(
    "act",
    [
        lambda session: liaisons.view(session, GONE),
        lambda session: liaisons.update(session, GONE, 1, name="A"),
        lambda session: liaisons.archive(session, GONE),
        lambda session: liaisons.unarchive(session, GONE),
        lambda session: liaisons.set_counties(session, GONE, ["Dent"]),
    ],
)
def test_who_is_gone_is_said_to_be_gone(db, act):
    with pytest.raises(NotFound, match="no longer"):
        do(db, act)


def test_only_counties_that_differ_are_written(db, two):
    do(db, liaisons.set_counties, two[0], ["Maries", "Texas", "texas", " "])
    assert ask(db, liaisons.view, two[0]).counties == ("Maries", "texas")
    with db.read() as session:
        newest = history.ids(session)[0]
        kinds = sorted(change.kind for change in history.details(session, newest))
    assert set(kinds) == {"delete", "insert"}
    with db.read() as session:
        assert session.query(LiaisonCounty).filter_by(county="Maries").one().id == 2


# Undo, history and search


@pytest.mark.parametrize(
    "act",
    [
        lambda session, one: liaisons.add(session, LiaisonDraft("Ana Ito", counties=("Dent",))),
        lambda session, one: liaisons.update(session, one, 1, name="Zoë", note="=1+1"),
        lambda session, one: liaisons.archive(session, one),
        lambda session, one: liaisons.set_counties(session, one, ["Dent", "Phelps"]),
        lambda session, one: liaisons.set_counties(session, one, []),
    ],
)
def test_undo_takes_back_all_of_a_step_and_redo_does_it_again(db, two, act):
    before = records(db)
    do(db, act, two[0])
    after = records(db)
    assert after != before
    undo.undo(db)
    assert records(db) == before
    undo.redo(db)
    assert records(db) == after


def test_the_history_names_the_liaison_whose_county_changed(db, two):
    do(db, liaisons.set_counties, two[1], ["Phelps"])
    with db.read() as session:
        found = history.details(session, history.ids(session)[0])
    said = {(change.table, change.record, change.field, change.before) for change in found}
    assert ("County of a liaison", "Tomás Elgin", "County", "Dent") in said


@pytest.mark.parametrize("text", ["okaf", "ozark ridge beh", "555-0141", "5550199", "m.okafor"])
def test_a_liaison_is_found_by_name_organization_and_phone(db, two, text):
    assert ask(db, search.find, text)[0].title == "Marisol Okafor"
    assert names(db, LiaisonFilter(text=text)) == ["Marisol Okafor"]


def test_a_hit_says_what_the_liaison_is(db, two):
    do(db, liaisons.archive, two[1])
    [hit] = ask(db, search.find, "elgin")
    assert (hit.kind, hit.subtitle) == ("liaison", "Archived · YBHL · Schools")


# Lists


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (LiaisonFilter(), ["Marisol Okafor", "Tomás Elgin"]),
        (LiaisonFilter(kinds=("YBHL",)), ["Tomás Elgin"]),
        (LiaisonFilter(counties=("Maries", "Texas")), ["Marisol Okafor"]),
        (LiaisonFilter(counties=("Phelps",)), ["Marisol Okafor", "Tomás Elgin"]),
        (LiaisonFilter(text="nobody"), []),
        (LiaisonFilter(archived=True), []),
    ],
)
def test_a_filter_narrows_the_list(db, two, which, found):
    assert names(db, which) == found


@pytest.mark.parametrize(
    ("sort", "first"),
    [("name", "Marisol"), ("kind", "Marisol"), ("employer", "Marisol"), ("counties", "Tomás")],
)
def test_the_list_is_sorted_by_its_columns(db, two, sort, first):
    assert names(db, sort=sort)[0].startswith(first)
    assert names(db, sort=sort, descending=True)[1].startswith(first)


def test_an_unknown_order_is_a_mistake_of_the_program(db):
    with pytest.raises(ValueError, match="color"):
        ask(db, liaisons.ids, LiaisonFilter(), "color")


def test_an_archived_liaison_serves_no_county(db, two):
    do(db, liaisons.archive, two[1])
    assert ask(db, liaisons.count) == 1
    assert [row.name for row in ask(db, liaisons.for_county, "Phelps")] == ["Marisol Okafor"]
    assert ask(db, liaisons.uncovered) == ["Dent", "St. Louis", "Texas"]
    assert ask(db, liaisons.served) == ["Maries", "Phelps"]
    do(db, liaisons.unarchive, two[1])
    assert ask(db, liaisons.uncovered) == ["St. Louis", "Texas"]


def test_a_county_has_its_liaisons_by_kind_and_without_one_last(db, two):
    add(db, LiaisonDraft("Ann Bell", counties=("PHELPS",)))
    found = [row.name for row in ask(db, liaisons.for_county, "phelps")]
    assert found == ["Marisol Okafor", "Tomás Elgin", "Ann Bell"]


def test_a_county_is_the_same_in_any_letters(db, chapter):
    add(db, LiaisonDraft("Ann Bell", counties=("DENT", "St.  Louis")))
    assert ask(db, liaisons.uncovered) == ["Phelps", "Texas"]
    listed = [row[0] for row in ask(db, liaison_papers.directory).rows]
    assert listed == ["Dent", "Phelps", "St. Louis", "Texas"]


def test_without_a_chapter_no_county_lacks_a_liaison(db):
    assert ask(db, liaisons.uncovered) == ask(db, liaisons.of_chapter) == []


def test_kinds_and_organizations_are_those_in_use(db, two):
    assert ask(db, liaisons.employers) == ["Ozark Ridge Behavioral Health", "Schools"]
    assert ask(db, liaisons.kinds) == ["CBHL", "YBHL"]
    assert catalogs.liaison_kinds()["CBHL"] == "Community behavioral health liaison"


# The directory


def test_the_directory_goes_by_county_and_tells_who_is_missing(db, two):
    found = ask(db, liaison_papers.directory)
    assert isinstance(found, TableDocument)
    assert [(row[0], row[1]) for row in found.rows] == [
        ("Dent", "Tomás Elgin"),
        ("Phelps", "Marisol Okafor"),
        ("Phelps", "Tomás Elgin"),
        ("St. Louis", "Nobody on record"),
        ("Texas", "Nobody on record"),
        ("Maries", "Marisol Okafor"),
    ]
    assert found.rows[1][4:] == ("573-555-0141", "573-555-0199", "m.okafor@example.org")
    assert dict(found.header)["Counties served"] == "2 of 4"
    assert found.footer == (
        "CBHL: Community behavioral health liaison.",
        "YBHL: Youth behavioral health liaison.",
    )


def test_a_liaison_who_serves_no_county_yet_stands_last_in_the_directory(db, two):
    add(db, LiaisonDraft("Ann Bell", phone="5735550141"))
    found = ask(db, liaison_papers.directory)
    assert found.rows[-1] == ("No county yet", "Ann Bell", "", "", "573-555-0141", "", "")
    assert dict(found.header)["Liaisons"] == "3"
    assert dict(found.header)["Counties served"] == "2 of 4"


def test_a_directory_of_nobody_is_empty_and_says_so(db):
    found = ask(db, liaison_papers.directory)
    assert (found.rows, found.subtitle) == ((), ())
    assert dict(found.header)["Counties served"] == "n/a"


def test_the_table_keeps_a_county_once_for_a_liaison(db, two):
    with pytest.raises(Exception, match="UNIQUE"), db.operation("Twice") as session:
        session.add(LiaisonCounty(liaison_id=two[0], county="Maries"))
        session.flush()
    with db.read() as session:
        assert session.query(Liaison).count() == 2

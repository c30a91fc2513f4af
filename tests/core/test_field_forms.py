from __future__ import annotations

import re

import pytest

from cit_desktop import catalogs
from cit_desktop.documents.forms import Contact
from cit_desktop.errors import FileProblem, NotFound, Refused
from cit_desktop.services import (
    chapters,
    field_forms,
    form_copies,
    history,
    liaisons,
    settings,
    undo,
)
from cit_desktop.services.liaisons import LiaisonDraft

SMALL = """
key = "small"
title = "Small"
about = "About"
lead = "Lead"
facts = ["Everywhere"]
[states.MO]
title = "Small in Missouri"
notices = ["Only there"]
[[sections]]
key = "one"
title = "One"
[[sections.rows]]
repeat = 3
fields = [{ key = "a", label = "A", width = 2 }, { key = "b", label = "B", choices = ["x"] }]
"""


@pytest.fixture
def chapter(db, chapter_id):
    with db.operation("Serve counties") as session:
        chapters.set_counties(session, chapter_id, ["Phelps", "Dent"])
        draft = LiaisonDraft(
            "Marisol Okafor", "CBHL", "Ozark", "5735550141", "988", "m@o.example", "", ("Phelps",)
        )
        liaisons.add(session, draft)
    return chapter_id


def copies(db, key, county=None):
    with db.read() as session:
        return field_forms.copies(session, key, county)


def move(db, chapter_id, state):
    with db.operation("Move") as session:
        seen = chapters.view(session, chapter_id).version
        chapters.update(session, chapter_id, seen, state=state)


def words(form):
    """Everything that stands on a form."""
    fields = [field for section in form.sections for row in section.rows for field in row.fields]
    said = [form.title, form.about, form.lead, *form.notices, *form.facts]
    said += [section.title for section in form.sections]
    said += [text for field in fields for text in (field.label, *field.choices)]
    return " ".join(said)


# What ships


@pytest.mark.parametrize("state", ["", "MO", "OK"])
@pytest.mark.parametrize("key", catalogs.FORMS)
def test_every_form_is_there_in_every_state(key, state):
    found = catalogs.form(key, state)
    assert found.key == key
    assert all(section.rows for section in found.sections)


@pytest.mark.parametrize(
    "part",
    [
        *("CAD", "Dispatched", "Badge", "CIT trained", "Co-responder", "Unhoused", "Veteran"),
        *("Juvenile", "Guardian", "Hallucinations", "Delusions", "Means at hand", "Dementia"),
        *("Diagnosis", "Taking it", "Earlier holds", "Weapon", "Injured", "Force", "Mobile crisis"),
        *("could it be avoided", "Time there", "Narrative", "Signature", "Supervisor"),
    ],
)
def test_the_contact_report_asks_what_the_field_asks(part):
    assert part in words(catalogs.form("contact-report"))


@pytest.mark.parametrize("number", ["DMH 128", "DMH 132", "DMH 133", "DMH 134-2", "DMH 142"])
def test_in_missouri_the_worksheet_points_to_the_states_own_forms(number):
    found = catalogs.form("hold-worksheet", "MO")
    assert found.title == "Fact worksheet for a 96-hour hold"
    assert number in found.notices[1]
    assert "RSMo 632.305" in found.facts[0]


def test_elsewhere_the_worksheet_names_no_form_of_missouri():
    found = catalogs.form("hold-worksheet", "KS")
    assert found.title == "Fact worksheet for an emergency hold"
    assert not re.search(r"DMH|RSMo|Missouri|96", words(found))


@pytest.mark.parametrize("state", ["", "MO"])
def test_the_worksheet_says_that_it_is_no_court_form(state):
    first = catalogs.form("hold-worksheet", state).notices[0]
    assert first.startswith("This is not a court form and cannot be filed.")
    assert "with your local court" in first


def test_an_unknown_form_is_refused_with_those_there_are():
    with pytest.raises(NotFound, match="no form “poster”") as caught:
        catalogs.form("poster")
    assert "hold-worksheet" in caught.value.hint


# Reading a form


def test_a_state_changes_words_and_leaves_the_rest():
    here, there = (catalogs.form_from_toml(SMALL, "own.toml", state) for state in ("MO", "KS"))
    assert (here.title, here.notices, here.facts) == (
        "Small in Missouri",
        ("Only there",),
        ("Everywhere",),
    )
    assert (there.title, there.notices) == ("Small", ())
    assert here.sections == there.sections
    assert here.sections[0].rows[0].repeat == 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('key = "b"', 'key = "a"', "holds the field “one.a” twice"),
        ('key = "b"', 'key = "A!"', "holds the field “one.A!” twice"),
        ("width = 2", 'choices = ["Yes", "yes"]', "holds the field “one.a.yes” twice"),
        ("[[sections.rows]]", "[[sections.lines]]", "must hold at least one row"),
        ("width = 2", "lines = 37", "must be from 1 to 36"),
        ("width = 2", "width = 0", "must be from 1 to 40"),
        ("width = 2", "width = 20", "holds a field that is too narrow"),
        ("repeat = 3", "repeats = 3", "“repeats” is not known"),
        ('title = "Small"', "", "“title” is missing"),
        ('notices = ["Only there"]', "notice = []", "“notice” is not known"),
        ("fields = [", "others = [", "must hold at least one field"),
        ("[states.MO]", "[states.MO", "cannot be read as TOML"),
    ],
)
def test_a_mistake_in_a_form_is_said_with_its_place(old, new, said):
    with pytest.raises(FileProblem, match=re.escape(said)) as caught:
        catalogs.form_from_toml(SMALL.replace(old, new, 1), "own.toml")
    assert "own.toml" in str(caught.value)


# Copies


def test_a_form_for_all_is_one_copy_with_the_chapters_name(db, chapter):
    [copy] = copies(db, "contact-report")
    assert (copy.chapter, copy.place, copy.contacts) == ("Ozark Ridge CIT Council", "", ())


def test_there_is_a_referral_for_each_county_with_its_liaisons(db, chapter):
    dent, phelps = copies(db, "liaison-referral")
    assert (dent.place, dent.contacts) == ("Dent County", ())
    assert phelps.contacts == (
        Contact("Marisol Okafor", "CBHL", "Ozark", "573-555-0141", "988", "m@o.example"),
    )
    assert dent.prefix != phelps.prefix


@pytest.mark.parametrize("typed", ["Phelps", "phelps county", " PHELPS "])
def test_a_county_is_known_by_its_name_in_any_letters(db, chapter, typed):
    [copy] = copies(db, "liaison-referral", typed)
    assert (copy.place, len(copy.contacts)) == ("Phelps County", 1)


def test_a_city_that_stands_for_a_county_is_called_by_its_own_name(db, chapter):
    [copy] = copies(db, "liaison-referral", "st. louis city")
    assert (copy.place, copy.contacts) == ("St. Louis City", ())


def test_a_referral_can_be_for_no_county(db, chapter):
    [copy] = copies(db, "liaison-referral", "")
    assert (copy.place, copy.prefix) == ("", "")


def test_an_unknown_county_is_refused_with_one_like_it(db, chapter):
    with pytest.raises(NotFound, match="No county “Phleps”") as caught:
        copies(db, "liaison-referral", "Phleps")
    assert caught.value.hint == "Perhaps Phelps is meant."
    with pytest.raises(NotFound, match="No county “Xqzv”") as caught:
        copies(db, "liaison-referral", "Xqzv")
    assert caught.value.hint == "Check how it is spelled."


def test_a_county_for_a_form_that_is_the_same_everywhere_is_refused(db, chapter):
    with pytest.raises(Refused, match="is the same for every county"):
        copies(db, "contact-report", "Phelps")


def test_where_no_list_of_counties_ships_they_are_called_as_typed(db, chapter):
    move(db, chapter, "WY")
    assert [copy.place for copy in copies(db, "liaison-referral")] == ["Dent", "Phelps"]
    assert copies(db, "hold-worksheet")[0].form.title == "Fact worksheet for an emergency hold"


def test_before_there_is_a_chapter_forms_are_nobodys(db):
    [copy] = copies(db, "liaison-referral")
    assert (copy.chapter, copy.place) == ("", "")
    with db.read() as session:
        assert field_forms.counties(session) == []
        titles = [form.title for form in form_copies.forms(session)]
    assert titles[2] == "Fact worksheet for an emergency hold"


def test_counties_to_choose_are_the_chapters_then_others_that_are_served(db, chapter):
    with db.operation("Add") as session:
        liaisons.add(session, LiaisonDraft("Ann Bell", counties=("DENT", "Adair")))
    with db.read() as session:
        assert field_forms.counties(session) == ["Dent", "Phelps", "Adair"]


# The chapter's own copies


def save(db, key, text):
    with db.operation("Save a copy") as session:
        form_copies.save_copy(session, key, text)


def own_text():
    return catalogs.form_text("liaison-referral").replace("Referred by", "From whom")


def test_an_own_copy_wins_travels_with_the_records_and_can_be_undone(db, chapter):
    save(db, "liaison-referral", own_text())
    [copy] = copies(db, "liaison-referral", "Phelps")
    assert [section.title for section in copy.form.sections][1] == "From whom"
    with db.read() as session:
        assert form_copies.has_own(session, "liaison-referral")
        assert not form_copies.has_own(session, "contact-report")
        assert form_copies.text(session, "liaison-referral") == own_text()
        assert settings.everything(session)["form.liaison-referral"] == own_text()
    undo.undo(db)
    [copy] = copies(db, "liaison-referral", "Phelps")
    assert [section.title for section in copy.form.sections][1] == "Referred by"


def test_an_own_copy_that_is_given_up_leaves_the_shipped_form(db, chapter):
    save(db, "liaison-referral", own_text())
    with db.operation("Revert") as session:
        form_copies.revert(session, "liaison-referral")
        form_copies.revert(session, "liaison-referral")
    with db.read() as session:
        assert not form_copies.has_own(session, "liaison-referral")
        assert form_copies.text(session, "liaison-referral") == catalogs.form_text(
            "liaison-referral"
        )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("key =", "cannot be read as TOML"),
        (catalogs.form_text("contact-report"), "The key must stay “liaison-referral”."),
    ],
)
def test_a_text_that_is_not_this_form_is_refused(db, chapter, text, said):
    with pytest.raises(Refused, match=said):
        save(db, "liaison-referral", text)
    with db.read() as session:
        assert not form_copies.has_own(session, "liaison-referral")


def test_a_copy_of_no_form_is_refused(db):
    with pytest.raises(NotFound, match="no form “poster”"):
        save(db, "poster", SMALL)


def test_a_copy_that_an_older_program_left_is_said_when_it_is_drawn(db, chapter):
    with db.operation("Spoil") as session:
        settings.put(session, "form.contact-report", "key =")
    with db.read() as session:
        assert form_copies.forms(session)[0].title == "CIT contact report"
    with pytest.raises(FileProblem, match="copy of the form “contact-report”"):
        copies(db, "contact-report")


def test_the_history_names_the_layout_that_changed(db, chapter):
    save(db, "liaison-referral", own_text())
    with db.read() as session:
        found = history.details(session, history.ids(session)[0])
    assert {change.record for change in found} == {"Own layout of a field form"}

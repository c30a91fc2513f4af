from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from cit_desktop import clock
from cit_desktop.errors import Conflict, NotFound, Refused
from cit_desktop.models import ChapterCounty, Signer
from cit_desktop.services import chapters
from cit_desktop.services.chapters import ChapterDraft, SignerDraft


def create(db, name="Ozark Ridge CIT Council", **fields):
    with db.operation("Add chapter") as session:
        return chapters.create(session, ChapterDraft(name, **fields))


def view(db, chapter_id):
    with db.read() as session:
        return chapters.view(session, chapter_id)


def test_a_chapter_is_made_with_counties_and_signers(db):
    chapter_id = create(
        db,
        word="Council",
        state="mo",
        counties=["Phelps", "dent", "Phelps", ""],
        signers=[SignerDraft("Ana Ito", "Coordinator"), SignerDraft(""), SignerDraft("Bo Moss")],
    )
    seen = view(db, chapter_id)
    assert (seen.word, seen.state, seen.code) == ("council", "MO", "OR")
    assert seen.counties == ("dent", "Phelps")
    assert [(signer.name, signer.title) for signer in seen.signers] == [
        ("Ana Ito", "Coordinator"),
        ("Bo Moss", ""),
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ozark Ridge CIT Council", "OR"),
        ("St. Louis Area Crisis Intervention Team", "SLA"),
        ("Greene", "GRE"),
        ("The CIT Program", "TCP"),
        ("Lake of the Ozarks", "LO"),
        ("Ñandú Río", "NR"),
        ("京都", "CIT"),
    ],
)
def test_the_code_is_made_of_the_telling_initials(name, code):
    assert chapters.suggest_code(name) == code


def test_two_chapters_of_one_file_have_different_codes(db):
    first, second = create(db), create(db, "Oak River CIT")
    assert (view(db, first).code, view(db, second).code) == ("OR", "OR2")
    with pytest.raises(Refused, match="has the code OR"):
        create(db, "Other", code="or")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"state": "Missouri"}, "state"),
        ({"code": "O-R"}, "code"),
        ({"email": "nobody"}, "email"),
        ({"signers": [SignerDraft("", "Coordinator")]}, "signers"),
        ({"signers": [SignerDraft("Ana Ito"), SignerDraft("ANA ITO")]}, "signers"),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(db, fields, field):
    with pytest.raises(Refused) as caught:
        create(db, **fields)
    assert set(caught.value.fields) == {field}
    with db.read() as session:
        assert chapters.chapters(session) == ()


def test_an_update_changes_only_what_is_given(db):
    chapter_id = create(db, provider="SEMO", code="KC")
    with db.operation("Change") as session:
        version = chapters.update(session, chapter_id, 1, phone="(573) 555-0100", address="A\nB")
    seen = view(db, chapter_id)
    assert (seen.version, seen.provider, seen.code) == (version, "SEMO", "KC")
    assert (seen.phone, seen.address) == ("5735550100", "A\nB")


def test_an_emptied_code_is_made_anew_from_the_name(db):
    chapter_id = create(db, code="KC")
    with db.operation("Change") as session:
        chapters.update(session, chapter_id, 1, code="")
    assert view(db, chapter_id).code == "OR"


def test_an_update_of_an_old_version_is_a_conflict(db):
    chapter_id = create(db)
    with db.operation("One") as session:
        chapters.update(session, chapter_id, 1, provider="A")
    with pytest.raises(Conflict), db.operation("Two") as session:
        chapters.update(session, chapter_id, 1, provider="B")


def test_a_county_that_is_left_out_ends_and_can_come_back(db):
    chapter_id = create(db, counties=["Phelps", "Dent"])
    clock.set_source(lambda: datetime(2026, 5, 1, 12, tzinfo=UTC))
    try:
        with db.operation("Counties") as session:
            chapters.set_counties(session, chapter_id, ["phelps", "Texas"])
    finally:
        clock.set_source(None)
    assert view(db, chapter_id).counties == ("Phelps", "Texas")
    with db.operation("Counties") as session:
        chapters.set_counties(session, chapter_id, ["Dent"])
    with db.read() as session:
        rows = session.scalars(select(ChapterCounty).order_by(ChapterCounty.id)).all()
    day, today = date(2026, 5, 1), clock.today()
    assert [(row.county, row.starts, row.ends) for row in rows] == [
        ("Phelps", None, today),
        ("Dent", None, day),
        ("Texas", day, today),
        ("Dent", today, None),
    ]


def test_a_county_ended_today_goes_on_when_it_is_chosen_again(db):
    chapter_id = create(db, counties=["Phelps"])
    with db.operation("Counties") as session:
        chapters.set_counties(session, chapter_id, [])
        chapters.set_counties(session, chapter_id, ["Phelps"])
    with db.read() as session:
        [row] = session.scalars(select(ChapterCounty)).all()
    assert (row.starts, row.ends) == (None, None)


def test_signers_are_ordered_kept_and_archived(db):
    chapter_id = create(db, signers=[SignerDraft("Ana Ito"), SignerDraft("Bo Moss")])
    with db.operation("Signers") as session:
        drafts = [SignerDraft("Cy Ray"), SignerDraft("ana ito", "Chief")]
        chapters.set_signers(session, chapter_id, drafts)
    assert [(s.id, s.name, s.title) for s in view(db, chapter_id).signers] == [
        (3, "Cy Ray", ""),
        (1, "ana ito", "Chief"),
    ]
    with db.operation("Signers") as session:
        chapters.set_signers(session, chapter_id, [SignerDraft("Bo Moss")])
    with db.read() as session:
        found = session.scalars(select(Signer).order_by(Signer.id)).all()
    assert [(signer.id, signer.archived) for signer in found] == [(1, True), (2, False), (3, True)]


def test_the_current_chapter_is_the_oldest_until_another_is_chosen(db):
    with db.read() as session:
        assert chapters.current(session) is None
    first, second = create(db), create(db, "Lake")
    with db.read() as session:
        assert getattr(chapters.current(session), "id", None) == first
    with db.operation("Choose") as session:
        chapters.set_current(session, second)
    with db.read() as session:
        assert getattr(chapters.current(session), "id", None) == second


def test_an_archived_chapter_is_not_current_and_the_last_one_stays(db):
    first, second = create(db), create(db, "Lake")
    with db.operation("Archive") as session:
        chapters.set_current(session, first)
        chapters.set_archived(session, first, True)
    with db.read() as session:
        assert getattr(chapters.current(session), "id", None) == second
        assert [seen.id for seen in chapters.chapters(session, archived=True)] == [second, first]
    with pytest.raises(Refused, match="is archived"), db.operation("Choose") as session:
        chapters.set_current(session, first)
    with pytest.raises(Refused, match="only"), db.operation("Archive") as session:
        chapters.set_archived(session, second, True)


def test_a_logo_must_be_a_picture_of_the_records(db):
    chapter_id = create(db)
    with pytest.raises(NotFound, match="picture"), db.operation("Logo") as session:
        chapters.set_logo(session, chapter_id, 99)
    assert view(db, chapter_id).logo_id is None

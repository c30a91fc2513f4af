import io
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from cit_desktop.documents.design import Design, Wording
from cit_desktop.errors import FileProblem, NotFound, Refused
from cit_desktop.exports.certificate_pdf import draw_certificates, undrawable
from cit_desktop.exports.certificates.names import look_through
from cit_desktop.models import Chapter
from cit_desktop.services import (
    assets,
    candidates,
    certificate_designs,
    certificate_samples,
    certificates,
    chapters,
    drafts,
    settings,
)
from tests.core.field import Field

KINDS = ("officer", "responder", "community", "instructor", "letter")


@pytest.fixture
def save(db, chapter_id):
    def run(design):
        with db.operation("Design certificates") as session:
            return certificate_designs.save(session, chapter_id, design)

    return run


@pytest.fixture
def seal(db):
    made = io.BytesIO()
    Image.new("RGB", (60, 60), "maroon").save(made, "PNG")
    with db.operation("Add seal") as session:
        asset_id = assets.add_asset(session, made.getvalue(), "image/png", "seal.png")
        return assets.asset(session, asset_id).sha256


@pytest.fixture
def finished(db, chapter_id):
    """A finalized class with one who completed it; gives the class."""
    with db.operation("Hold a class") as session:
        field = Field(session, chapter_id)
        class_id = field.training(status="finalized")
        field.complete(class_id, field.person("Ito"))
        return class_id


def issued(db, class_id):
    with db.operation("Issue certificates", undoable=False) as session:
        ids = certificates.issue(session, class_id, drawable=undrawable)
    with db.read() as session:
        return certificates.snapshots(session, ids)[0]


def test_a_chapter_without_a_design_has_the_usual_one(db, chapter_id):
    with db.read() as session:
        assert certificate_designs.of(session, chapter_id) == Design()


def test_a_saved_design_is_that_of_its_chapter_alone(db, chapter_id, save):
    save(Design(template="modern"))
    with db.operation("Add chapter") as session:
        other = Chapter(name="Another", code="AN", state="MO")
        session.add(other)
        session.flush()
        assert certificate_designs.of(session, chapter_id).template == "modern"
        assert certificate_designs.of(session, other.id) == Design()


def test_a_design_that_was_reset_is_the_usual_one(db, chapter_id, save):
    save(Design(template="modern"))
    with db.operation("Reset") as session:
        certificate_designs.reset(session, chapter_id)
        assert certificate_designs.of(session, chapter_id) == Design()


def test_a_wrong_design_is_refused_and_the_one_before_stays(db, chapter_id, save):
    save(Design(template="modern"))
    with pytest.raises(Refused, match="too pale"):
        save(Design(accent="#FFFFFF"))
    with db.read() as session:
        assert certificate_designs.of(session, chapter_id).template == "modern"


def test_a_seal_must_be_among_the_pictures(save, seal):
    assert save(Design(seal=seal)).seal == seal
    with pytest.raises(Refused, match="seal is not in the records"):
        save(Design(seal="ab" * 32))


def test_a_damaged_design_is_a_problem_of_the_file(db, chapter_id, save):
    save(Design())
    with db.operation("Damage") as session:
        name = next(name for name in settings.everything(session) if "design" in name)
        settings.put(session, name, {"template": "baroque"})
    with db.read() as session, pytest.raises(FileProblem, match="cannot be read"):
        certificate_designs.of(session, chapter_id)


def test_no_chapter_has_no_design(db):
    with db.read() as session:
        with pytest.raises(NotFound):
            certificate_designs.of(session, 77)
        assert certificate_designs.shift(session) == (0.0, 0.0)


def test_text_is_moved_as_the_current_chapter_chose(db, chapter_id, save):
    save(Design(template="plain", right=1.5, up=-2.0))
    with db.read() as session:
        assert certificate_designs.shift(session) == (1.5, -2.0)


def test_a_certificate_is_issued_as_designed(db, finished, save, seal):
    save(
        Design(
            template="modern", paper="a4", accent="#7A1F2B", seal=seal, approval="Approved",
            hidden=("council",),
        )
    )  # fmt: skip
    found = issued(db, finished)
    assert (found.template, found.paper, found.accent) == ("modern", "a4", "#7A1F2B")
    assert (found.seal, found.provider, found.hidden) == (seal, "Approved", ("council",))
    assert seal in found.images()


def test_a_later_design_leaves_issued_certificates_as_they_are(db, finished, save):
    before = issued(db, finished)
    save(Design(template="modern", accent="#7A1F2B").worded("officer", Wording("Graduation")))
    with db.read() as session:
        ids = certificates.ids(session, certificates.Filter())
        assert certificates.snapshots(session, ids) == [before]


def test_fields_of_the_wording_are_filled_from_the_certificate(db, finished, save):
    own = Wording(
        "{course}", "No. {number} of {chapter}", "finished {hours} on {date}", ("{days} {class}",)
    )
    save(Design().worded("officer", own))
    found = issued(db, finished)
    assert found.heading == found.course
    assert found.wording[0] == f"No. {found.number} of {found.chapter}"
    assert found.wording[1].startswith("finished ")
    assert "hour" in found.wording[1]
    assert "{" not in " ".join(found.wording)


def test_a_name_that_looks_like_a_field_stays_a_name(db, chapter_id, save):
    save(Design().worded("officer", Wording("Certificate", "{name} is no. {number}")))
    with db.operation("Hold a class") as session:
        field = Field(session, chapter_id)
        class_id = field.training(status="finalized")
        field.complete(class_id, field.person("{number}", first="Bo"))
    found = issued(db, class_id)
    assert found.wording[0] == f"Bo {{number}} is no. {found.number}"


def test_a_letter_of_the_wording_that_no_typeface_has_keeps_it_from_being_issued(
    db, finished, save
):
    save(Design().worded("officer", Wording("修了証")))
    with pytest.raises(Refused, match="修了証"):
        issued(db, finished)


def test_what_is_shown_before_has_a_code_in_its_place_and_no_number(db, finished, chapter_id):
    with db.read() as session:
        chosen = candidates.of_class(session, finished)
        (draft,) = drafts.of(session, finished, chosen, date(2026, 3, 9))
    shown = draft.shown("Draft")
    assert (shown.number, shown.proof, shown.code) == ("Draft", "Draft", "")
    assert replace(draft.numbered("X-1"), number="", code="") == draft.snapshot


def test_where_the_chapter_is_reached_stands_on_one_line(db, chapter_id):
    with db.operation("Add address") as session:
        version = chapters.view(session, chapter_id).version
        chapters.update(
            session, chapter_id, version, address="1 Main St\nRolla, MO", phone="5735550142"
        )
        facts = drafts.chapter_facts(session, chapter_id, Design())
    assert facts.contact == "1 Main St · Rolla, MO · 573-555-0142"


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_of_every_kind_can_be_drawn(db, chapter_id, kind):
    with db.read() as session:
        found = certificate_samples.sample(session, chapter_id, Design(), kind=kind)
        images = certificate_samples.pictures(session, found)
    assert found.template == ("letter" if kind == "letter" else "classic")
    assert sum(minutes for _, minutes in found.areas) == found.minutes
    assert draw_certificates([found], images).startswith(b"%PDF")


def test_a_sample_shows_the_design_before_it_is_saved(db, chapter_id, seal):
    design = Design(template="modern", seal=seal).worded("officer", Wording("Hello {name}"))
    with db.read() as session:
        found = certificate_samples.sample(session, chapter_id, design, "Bo Li")
        assert certificate_samples.pictures(session, found).keys() == {seal}
    assert (found.template, found.heading) == ("modern", "Hello Bo Li")


def test_sample_names_are_long_or_have_rare_letters_and_can_all_be_printed(db, chapter_id):
    assert max(map(len, certificate_samples.SAMPLE_NAMES)) == 40
    with db.read() as session:
        found = [
            certificate_samples.sample(session, chapter_id, Design(), name)
            for name in certificate_samples.SAMPLE_NAMES
        ]
    assert {finding.trouble for finding in look_through(found)} <= {"smaller", "wrapped"}


def test_a_wrong_design_has_no_sample(db, chapter_id):
    with db.read() as session, pytest.raises(Refused, match="no paper"):
        certificate_samples.sample(session, chapter_id, Design(paper="b5"))


@pytest.mark.parametrize("drawn_as", ["classic", "modern", "plain"])
@pytest.mark.parametrize("kind", ["officer", "letter"])
def test_the_longest_wording_that_a_design_takes_has_room_on_the_page(
    db, chapter_id, drawn_as, kind
):
    endless = ("as long as a line of wording may be " * 9)[:299].strip()
    wording = Wording(endless, endless, endless, (endless,) * 4)
    design = Design(template=drawn_as).worded(kind, wording)
    name = " ".join(["Wolfeschlegelsteinhausenbergerdorff"] * 4)
    with db.read() as session:
        found = certificate_samples.sample(session, chapter_id, design, name, kind)
    assert draw_certificates([found], {})

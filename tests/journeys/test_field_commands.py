import pypdfium2
import pytest

from cit_desktop import catalogs
from cit_desktop.db import Database
from cit_desktop.services import chapters, liaisons
from cit_desktop.services.liaisons import LiaisonDraft
from tests.exports import form_reading


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


@pytest.mark.parametrize("kind", catalogs.FORMS)
def test_every_form_is_written_with_fields_to_fill_in(cli, staffed, tmp_path, kind):
    before = staffed.read_bytes()
    told = cli("form", staffed, kind, tmp_path / "out.pdf")
    assert (told.code, told.lines) == (0, [str(tmp_path / "out.pdf")])
    assert len(form_reading.fields((tmp_path / "out.pdf").read_bytes())) > 20
    assert staffed.read_bytes() == before


@pytest.mark.parametrize(
    ("more", "pages", "wide"),
    [
        ((), 2, 612),
        (("--county", "Phelps"), 1, 612),
        (("--paper", "a4"), 2, 595),
        (("--county", "dent county", "--paper", "A4"), 1, 595),
    ],
)
def test_a_referral_is_for_a_county_or_for_each_on_the_paper_asked_for(
    cli, staffed, tmp_path, more, pages, wide
):
    out = tmp_path / "out.pdf"
    assert cli("form", staffed, "liaison-referral", out, *more, "--json").json == {"file": str(out)}
    pdf = pypdfium2.PdfDocument(out)
    sizes = [round(pdf.get_page_size(number)[0]) for number in range(len(pdf))]
    pdf.close()
    assert sizes == [wide] * pages


@pytest.mark.parametrize(
    ("order", "code", "sentence"),
    [
        (("poster",), 1, "There is no form “poster”."),
        (("liaison-referral", "--county", "Phleps"), 1, "Perhaps Phelps is meant."),
        (("hold-worksheet", "--county", "Phelps"), 1, "is the same for every county"),
        (("contact-report", "--paper", "a3"), 2, "it can be letter or a4"),
    ],
)
def test_what_cannot_be_written_is_refused_and_leaves_no_file(
    cli, staffed, tmp_path, order, code, sentence
):
    told = cli("form", staffed, order[0], tmp_path / "out.pdf", *order[1:])
    assert told.code == code
    assert sentence in " ".join(told.err.split())
    assert not (tmp_path / "out.pdf").exists()


def test_a_form_needs_a_folder_that_is_there(cli, staffed, tmp_path):
    told = cli("form", staffed, "contact-report", tmp_path / "nowhere" / "out.pdf")
    assert told.code == 1
    assert told.err.startswith("There is no folder")

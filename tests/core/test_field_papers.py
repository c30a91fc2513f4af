from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pypdfium2
import pytest

from cit_desktop import clock
from cit_desktop.errors import NotFound
from cit_desktop.papers import field_papers
from cit_desktop.services import certificate_designs, chapters, liaisons, papers
from cit_desktop.services.liaisons import LiaisonDraft
from tests.core.field import Field


@pytest.fixture(autouse=True)
def today():
    clock.set_source(lambda: datetime(2026, 11, 23, 15, tzinfo=UTC))
    yield
    clock.set_source(None)


@pytest.fixture
def chapter(db, chapter_id):
    with db.operation("Serve counties") as session:
        chapters.set_counties(session, chapter_id, ["Phelps", "Dent"])
        liaisons.add(session, LiaisonDraft("Marisol Okafor", "CBHL", counties=("Phelps",)))
    return chapter_id


def choose_a4(db, chapter_id):
    with db.operation("Choose paper") as session:
        design = certificate_designs.of(session, chapter_id)
        certificate_designs.save(session, chapter_id, replace(design, paper="a4"))


def test_papers_are_letter_before_there_is_a_chapter(db):
    with db.read() as session:
        assert papers.of_chapter(session) == "letter"


def test_papers_of_a_class_are_those_of_its_chapter_whichever_is_worked_for(db, chapter):
    choose_a4(db, chapter)
    with db.operation("Work for another chapter") as session:
        class_id = Field(session, chapter).training()
        other = chapters.create(session, chapters.ChapterDraft("Heartland"))
        chapters.set_current(session, other)
    with db.read() as session:
        assert papers.of_class(session, class_id) == "a4"
        assert papers.of_chapter(session) == "letter"
        with pytest.raises(NotFound, match="class is no longer"):
            papers.of_class(session, 99)


def first_page(content):
    pdf = pypdfium2.PdfDocument(content)
    size = tuple(round(edge) for edge in pdf.get_page_size(0))
    text = " ".join(pdf[0].get_textpage().get_text_range().split())
    pdf.close()
    return size, text


def test_the_directory_is_printed_with_its_day_and_those_who_are_missing(db, chapter):
    size, text = first_page(field_papers.directory_pdf(db))
    assert size == (792, 612)
    for part in ("Behavioral-health liaisons", "Ozark Ridge", "November 23, 2026", "1 of 2"):
        assert part in text
    assert "Dent Nobody on record" in text
    assert "CBHL: Community behavioral health liaison." in text


def test_no_address_in_the_directory_is_cut_however_long_it_is(db, chapter):
    address = f"{'night.team.' * 5}crisis@{'behavioral-health.' * 5}ozark.example"
    with db.operation("Add liaison") as session:
        draft = LiaisonDraft("Long", email=address, counties=("Dent",), employer="Clinic " * 25)
        liaisons.add(session, draft)
    text = first_page(field_papers.directory_pdf(db))[1]
    assert "…" not in text
    assert address in text.replace(" ", "").replace("\ufffe", "-")


def test_papers_of_the_field_are_on_the_paper_of_the_chapter(db, chapter):
    choose_a4(db, chapter)
    assert first_page(field_papers.directory_pdf(db))[0] == (842, 595)
    assert first_page(field_papers.form_pdf(db, "contact-report"))[0] == (595, 842)
    other = field_papers.form_pdf(db, "contact-report", paper="letter")
    assert first_page(other)[0] == (612, 792)


def test_before_there_is_a_chapter_papers_are_letter(db):
    assert first_page(field_papers.form_pdf(db, "hold-worksheet"))[0] == (612, 792)
    size, text = first_page(field_papers.directory_pdf(db))
    assert size == (792, 612)
    assert "n/a" in text


def test_the_directory_as_a_workbook_has_a_row_for_each_liaison_of_a_county(db, chapter):
    book = openpyxl.load_workbook(BytesIO(field_papers.directory_workbook(db)))
    rows = [[cell.value for cell in row] for row in book["Liaisons"].iter_rows()]
    heading = next(place for place, row in enumerate(rows) if row[0] == "County")
    assert [row[:3] for row in rows[heading + 1 : heading + 3]] == [
        ["Dent", "Nobody on record", None],
        ["Phelps", "Marisol Okafor", "CBHL"],
    ]


def test_equal_records_of_one_day_give_equal_papers(db, chapter):
    assert field_papers.directory_pdf(db) == field_papers.directory_pdf(db)
    one, two = (field_papers.form_pdf(db, "liaison-referral") for _ in range(2))
    assert one == two


def test_drawing_says_how_far_it_is(db, chapter):
    said = []
    field_papers.form_pdf(db, "liaison-referral", progress=lambda *step: said.append(step))
    assert [step[:2] for step in said] == [(0, 2), (1, 2), (2, 2)]
    assert said[1][2] == "Phelps County"

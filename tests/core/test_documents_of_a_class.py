"""What leaves the records of a class: every roster as a workbook and on paper, with its values."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from cit_desktop import catalogs
from cit_desktop.documents.tables import TableDocument
from cit_desktop.exports import certificate_pdf, table_pdf, words
from cit_desktop.exports.sign_in_pdf import draw_sheets
from cit_desktop.exports.table_xlsx import workbook
from cit_desktop.services import (
    attendance,
    certificates,
    classes,
    enrollment,
    people,
    rosters,
    sign_in_sheets,
    state_rosters,
)
from tests.core.helpers.world import NEW, World

PROFILES = catalogs.profiles()
NAME = "=cmd|'x'!A1 <b>&amp;"


def read_rows(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def paper(content: bytes) -> str:
    texts = []
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        for number in range(len(pdf)):
            page = pdf[number]
            text = page.get_textpage()
            texts.append(text.get_text_range())
            text.close()
            page.close()
    return " ".join(" ".join(texts).split())


def table(content: bytes, document: TableDocument) -> list[list[object]]:
    """The rows under the headings in a workbook."""
    labels = [column.label for column in document.columns]
    found = read_rows(content)
    start = next(n for n, row in enumerate(found) if row[: len(labels)] == labels)
    return [row[: len(labels)] for row in found[start + 1 : start + 1 + len(document.rows)]]


def full(profile: catalogs.Profile) -> catalogs.Profile:
    """The profile without what would leave somebody of the small chapter out."""
    return replace(profile, groups=(), only_completed=False)


def printed(document: TableDocument) -> bytes:
    return table_pdf.draw_table(document, date(2025, 6, 2))


@pytest.fixture
def roster(world_db, world: World):
    def make(profile, class_id=world.done_class):
        with world_db.read() as session:
            return state_rosters.state_roster(session, full(profile), class_id).document

    return make


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_a_state_roster_as_a_workbook_has_its_values(roster, profile):
    document = roster(profile)
    written = table(workbook(document), document)
    assert len(written) == len(document.rows) > 0
    for cells, row in zip(written, document.rows, strict=True):
        for cell, value, column in zip(cells, row, document.columns, strict=True):
            if value is None:
                assert cell in ("", None)
            elif column.kind == "hours":
                assert cell == pytest.approx(value / 60, abs=0.001)
            elif column.kind == "text":
                assert cell == value
            elif column.kind == "date":
                assert cell == value or str(cell).startswith(value.isoformat())


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_a_state_roster_on_paper_names_everybody_on_it(roster, profile):
    document = roster(profile)
    text = paper(printed(document))
    assert document.title in text
    for name in ("Ito", "Okafor"):
        assert name in text


def test_the_roster_of_a_class_says_hours_and_certificate(world_db, world):
    with world_db.read() as session:
        document = rosters.class_roster_document(session, world.done_class)
        number = certificates.view(session, world.certificate).row.number
    text = paper(printed(document))
    assert number in text
    ito = next(row for row in table(workbook(document), document) if "Ito" in row)
    assert number in ito
    assert 8 in ito


def test_a_sign_in_sheet_has_a_line_for_each_trainee_and_more(world_db, world):
    with world_db.read() as session:
        made = sign_in_sheets.sheets(session, world.open_class, [NEW])
    text = paper(draw_sheets(made, NEW))
    assert "Ito" in text
    assert len(made[0].lines) == len(world.open_enrolled)
    assert made[0].walk_ins


def test_a_certificate_on_paper_says_who_what_and_when(world_db, world):
    with world_db.read() as session:
        found = certificates.snapshots(session, [world.certificate])
        images = certificates.images(session, found)
    text = paper(certificate_pdf.draw_certificates(found, images))
    for said in (found[0].recipient, found[0].number, found[0].course, found[0].code):
        assert said in text
    assert words.day(found[0].completed) in text


def test_a_hostile_name_is_text_in_the_workbook_and_on_paper(world_db, world):
    with world_db.operation("Rename") as session:
        people.update(session, world.ben, people.view(session, world.ben).version, last=NAME)
        document = rosters.class_roster_document(session, world.done_class)
    sheet = openpyxl.load_workbook(BytesIO(workbook(document))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == NAME]
    assert [cell.data_type for cell in cells] == ["s"]
    assert NAME in paper(printed(document))


@pytest.mark.parametrize("number", ["007", "1E5", "0045-12", "3/4", "12345678901234567890"])
def test_a_state_number_keeps_every_sign_on_its_way_to_the_state(world_db, world, number):
    with world_db.operation("Number") as session:
        draft = people.NumberDraft("MO POST license", number)
        people.change_number(session, world.number, draft)
        session.flush()
        profile = full(catalogs.profile("mo_clee"))
        document = state_rosters.state_roster(session, profile, world.done_class).document
    rows = table(workbook(document), document)
    assert number in [cell for row in rows for cell in row]


def test_a_class_of_nobody_gives_documents_with_headings_only(world_db, world):
    with world_db.operation("Make") as session:
        draft = classes.ClassDraft("Empty", date(2025, 7, 7), course_code="INS8")
        made = classes.create(session, world.chapter, draft)
        document = rosters.class_roster_document(session, made)
    assert document.rows == ()
    assert "Empty" in paper(printed(document))
    assert table(workbook(document), document) == []


def numbers_on_sheet(session, class_id: int) -> dict[str, int | None]:
    (sheet,) = sign_in_sheets.sheets(session, class_id, [NEW])
    return {line.name: line.number for line in sheet.lines}


def test_the_numbers_of_the_sheet_mark_those_who_signed_beside_them(world_db, world):
    """Also when somebody who comes first by name joined after the numbers were given."""
    with world_db.operation("Sign in") as session:
        enrollment.assign_numbers(session, world.open_class)
        late = people.add(session, people.PersonDraft("Abbott", "Sam"))
        enrollment.enroll(session, world.open_class, late)
        enrollment.enroll(session, world.open_class, world.cara, "instructor")
        sheet = numbers_on_sheet(session, world.open_class)
        trainees = {"Ito, Ana María": 1, "Okafor, Ben": 2, "Abbott, Sam": 3}
        assert sheet == trainees | {"Diaz, Cara": None}
        for name, number in trainees.items():
            marked = attendance.mark_numbers(session, world.open_blocks[1], str(number))
            assert [name.split(",")[0]] == [one.split()[-1] for one in marked]


def test_the_roster_and_the_sheet_give_the_same_numbers(world_db, world):
    with world_db.operation("Leave") as session:
        enrollment.withdraw(session, world.open_enrolled[0])
        session.flush()
        sheet = numbers_on_sheet(session, world.open_class)
        roster = rosters.class_roster_document(session, world.open_class)
    assert sheet == {"Okafor, Ben": 1}
    assert [(row.last, row.number) for row in roster.rows] == [("Ito", None), ("Okafor", 1)]


def test_who_withdrew_is_not_asked_to_sign_in(world_db, world):
    with world_db.operation("Withdraw") as session:
        enrollment.withdraw(session, world.open_enrolled[0])
        session.flush()
        made = sign_in_sheets.sheets(session, world.open_class, [NEW])
    assert "Ito" not in paper(draw_sheets(made, NEW))


def test_two_documents_in_one_workbook_have_a_sheet_each(roster):
    one, other = (roster(profile) for profile in PROFILES[:2])
    book = CalamineWorkbook.from_filelike(BytesIO(workbook(one, other)))
    assert len(book.sheet_names) == len(set(book.sheet_names)) == 2

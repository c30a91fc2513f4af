import re
from contextlib import closing

import pypdfium2
import pytest

from cit_desktop.documents.packets import Section, filled, sha256
from cit_desktop.documents.tables import TableColumn, TableDocument
from cit_desktop.exports.packet_pdf import draw_packet
from cit_desktop.progress import Cancelled
from tests.exports.audit_contents import (
    DAY,
    long_packet,
    packet,
    short_packet,
    wide_attendance,
)
from tests.exports.reference import held_against


@pytest.fixture(scope="module")
def long_pdf():
    return draw_packet(long_packet())


def outline(content):
    """Level, title and page of everything in the outline."""
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        return [
            (found.level, found.get_title(), found.get_dest().get_index() + 1)
            for found in pdf.get_toc()
        ]


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize(("amount", "page"), [("short", 0), ("short", 2), ("long", 0), ("long", 5)])
def test_packets_look_as_they_were_judged(paper, amount, page, picture_of, tmp_path):
    made = short_packet() if amount == "short" else long_packet()
    drawn = picture_of(draw_packet(made, paper=paper), page=page)
    assert held_against(drawn, f"packet-{paper}-{amount}-{page + 1}", tmp_path) == ""


def test_the_cover_says_what_it_is_who_made_it_when_and_how_to_check_it(pages):
    cover = pages(draw_packet(short_packet()))[0]
    for part in (
        "Audit packet of a class 40-hour CIT, April 2026",
        "CIT40-2026-01 April 13–17, 2026 Rolla",
        "Ozark Ridge CIT Council",
        "Trainees Completed 24 22",
        "Made on November 23, 2026",
        "Made by CIT Desktop 0.1.0",
        "Seal 168-d1c1b866: history and records whole",
        "type it into the filter of History",
        "Page 1 of 3",
    ):
        assert part in cover or set(part.split()) <= set(cover.split()), part


def test_a_broken_chain_is_told_on_the_cover_and_on_the_page_of_hashes(pages, long_pdf):
    texts = pages(long_pdf)
    for text in (texts[0], next(text for text in texts if "Sections of this packet" in text)):
        assert "ALTERED outside CIT Desktop, first in operation 3" in text
        assert "12 records are NOT as the history left them" in text
    assert "Seal 1048576-d1c1b866: ALTERED" in texts[0]


@pytest.mark.parametrize("parts", [1, 3, 36, 45, 120])
def test_the_contents_give_the_page_on_which_each_part_begins(pages, parts):
    content = draw_packet(packet(parts=parts))
    texts, places = pages(content), outline(content)
    first = min(page for _, _, page in places)
    contents = " ".join(texts[: first - 1])
    tops = [(title, page) for level, title, page in places if level == 0]
    assert len(tops) == (3 if parts == 1 else parts + 1)
    for title, page in tops:
        assert f"{title} {page}" in contents
        assert title.split(", ")[-1] in texts[page - 1]


def test_contents_that_nearly_fit_are_set_closer_to_stay_on_the_cover(pages):
    texts = pages(draw_packet(packet(parts=35)))
    assert "Hashes 37" in texts[0]
    assert texts[1].startswith("CIT40-2026-01")


def test_the_outline_leads_to_parts_and_to_their_sections(long_pdf):
    places = outline(long_pdf)
    assert places[0][:2] == (0, "CIT40-2026-01, 40-hour CIT, part 1")
    assert [title for level, title, _ in places[:4] if level == 1] == [
        "Class",
        "Attendance",
        "Certificates",
    ]
    assert places[-1][:2] == (0, "Hashes")
    assert [page for _, _, page in places] == sorted(page for _, _, page in places)


def test_every_page_has_its_number_its_section_and_the_seal(pages, long_pdf):
    texts = pages(long_pdf)
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {len(texts)}" in text
        assert "Seal 1048576-d1c1b866" in text
        assert re.search(r"(Cover|Class|Attendance|Certificates|Hashes)[^·]* · Seal", text)


def test_the_foot_names_the_sections_of_its_page_only(pages):
    tall = TableDocument("", (TableColumn("a", "A"),), tuple((f"r{n}",) for n in range(25)))
    content = draw_packet(packet(Section("First", tables=(tall,)), Section("Second")))
    texts = pages(content)
    assert "First · Seal" in texts[1]
    assert "Second · Seal" in texts[2]


def test_sixty_people_by_twenty_blocks_stand_whole_with_names_on_every_page(pages):
    texts = pages(draw_packet(packet(wide_attendance())))
    shown = [text for text in texts if "Attendance" in text.split("Seal")[0]][1:]
    together = " ".join(texts)
    for number in range(1, 61):
        assert together.count(f"Person {number} ") == 2
    assert together.count("225 left early +15") == sum(
        2 for n in range(1, 61) for b in range(10) if (n + b) % 7 == 0
    )
    assert all("Name" in text and "Villaseñor" in text for text in shown[:-1])


def test_nothing_of_a_wide_table_leaves_the_paper():
    with closing(pypdfium2.PdfDocument(draw_packet(packet(wide_attendance())))) as pdf:
        for number in range(len(pdf)):
            page = pdf[number]
            text = page.get_textpage()
            rects = [text.get_rect(n) for n in range(text.count_rects())]
            text.close()
            page.close()
            assert all(left > 38 and right < 754 for left, _, right, _ in rects)
            assert all(bottom > 22 for _, bottom, _, _ in rects)


def test_a_word_without_spaces_is_broken_rather_than_cut(pages):
    columns = (TableColumn("a", "A"), TableColumn("b", "B"), TableColumn("c", "C"))
    word = "x" * 400
    section = Section("Long", tables=(TableDocument("", columns, ((word, "b", word),)),))
    text = "".join(" ".join(pages(draw_packet(packet(section)))).split())
    assert text.count("x") >= 800
    assert "…" not in text


def test_the_last_row_of_a_table_does_not_go_on_alone(pages):
    for count in range(20, 34):
        table = TableDocument(
            "", (TableColumn("a", "A"),), tuple((f"r{n}.",) for n in range(count))
        )
        for text in pages(draw_packet(packet(Section("Rows", tables=(table,)))))[1:-1]:
            assert len(re.findall(r"\br\d+\.", text)) not in (1, 2)


def test_the_page_of_hashes_has_the_hash_of_every_section(pages):
    made = short_packet()
    text = pages(draw_packet(made))[-1]
    for section in made.parts[0].sections:
        assert sha256(section) in text
    assert "OR-2026-0001 Issued " + "3fe7" * 16 in text


def test_a_hash_follows_from_what_the_section_says():
    one = Section("Roster", (("Trainees", "24"),))
    assert sha256(one) == sha256(Section("Roster", (("Trainees", "24"),)))
    assert sha256(one) != sha256(Section("Roster", (("Trainees", "25"),)))
    days = TableDocument("", (TableColumn("d", "Day", "date"),), ((DAY,),))
    assert len(sha256(Section("Roster", tables=(days,)))) == 64


def test_columns_in_which_nothing_stands_are_left_out():
    columns = (TableColumn("a", "A"), TableColumn("b", "B"), TableColumn("c", "C", "int"))
    found = filled(TableDocument("T", columns, (("x", "", 0), ("", None, None))))
    assert [column.key for column in found.columns] == ["a", "c"]
    assert found.rows == (("x", 0), ("", None))


def test_the_same_packet_gives_the_same_bytes(long_pdf):
    assert draw_packet(long_packet()) == long_pdf


def test_drawing_tells_how_far_it_is_and_can_be_stopped():
    told = []

    def stop(done, total, what=""):
        told.append(what)
        if what == "Pages":
            raise Cancelled

    with pytest.raises(Cancelled):
        draw_packet(short_packet(), progress=stop)
    assert "Sections of this packet" in told

"""The parts that certificates are made of: stacks, feet, facts, ornament, structure, files."""

import re
import zlib
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest

from cit_desktop.documents.certificates import Signer
from cit_desktop.exports import engraving, packed
from cit_desktop.exports.certificate_pdf import draw_certificates
from cit_desktop.exports.certificates import art, band, single
from cit_desktop.exports.certificates.page import Line, Palette, Stroke
from cit_desktop.exports.certificates.sheet import Mark
from cit_desktop.exports.certificates.single import About
from cit_desktop.exports.certificates.stack import Item, fits, stacked
from cit_desktop.exports.certificates.templates import TEMPLATES as KNOWN
from cit_desktop.exports.certificates.voices import DOT, SERIF, Voice, dotted, set_in, texts
from cit_desktop.exports.pdf import new_canvas
from tests.exports.certificate_contents import TEMPLATES, long, short

PALETTE = Palette("#0B6E6E", "#1B2127")
ABOUT = About("Ł & (title)", "Chapter", "", "CIT1.AB", date(2026, 3, 9))


def item(gap, height):
    return Item(gap, height, lambda top: [Stroke("x", 0, 1, top, "#000000")])


def tops(items, top, bottom, **how):
    return [stroke.y for stroke in stacked(items, top, bottom, **how)]


def test_gaps_stretch_to_fill_the_room_but_not_beyond_their_most():
    items = [item(10, 20), item(10, 20)]
    assert tops(items, 100, 45, middle=False) == [92.5, 65.0]
    assert tops(items, 100, 0, middle=False, most=1.5) == [85, 50]


def test_what_is_left_over_is_shared_in_the_middle_and_stays_below_otherwise():
    items = [item(10, 20)]
    assert tops(items, 100, 0, middle=True, most=1.0) == [55]
    assert tops(items, 100, 0, middle=False, most=1.0) == [90]


def test_parts_fit_while_their_gaps_can_shrink():
    items = [item(10, 20), item(10, 20)]
    assert fits(items, 48)
    assert not fits(items, 47)
    assert tops(items, 48, 0, middle=False) == [44, 20]


def test_parts_without_gaps_stand_right_under_each_other():
    assert tops([item(0, 20), item(0, 20)], 40, 0, middle=False) == [40, 20]


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_foot_grows_upwards_with_what_stands_in_it(template):
    chosen, placed = long(template, "letter"), KNOWN[template].band
    bare = replace(chosen, signers=(), proof="", seal="")
    none, coded, signed = (
        band.foot(snapshot, placed, 612, PALETTE).top
        for snapshot in (bare, replace(bare, proof="A"), chosen)
    )
    assert none < coded < signed


def test_long_titles_lift_the_lines_to_sign_on_above_the_numbers():
    placed, base = KNOWN["classic"].band, long("classic", "letter", 3)
    many = tuple(Signer("Maximilian Featherstonehaugh-Cholmondeley", "Coordinator " * 6)
                 for _ in range(3))  # fmt: skip
    foot = band.foot(replace(base, signers=many), placed, 792, PALETTE)
    lines = [stroke.y for stroke in foot.elements if isinstance(stroke, Stroke)]
    lowest = min(line.box.bottom for line in foot.elements
                 if isinstance(line, Line) and line.role.startswith("signer"))  # fmt: skip
    highest = max(line.box.top for line in foot.elements
                  if isinstance(line, Line) and line.role == "numbers")  # fmt: skip
    assert min(lines) > placed.line
    assert lowest > highest


def test_signatures_of_a_letter_stand_above_its_code():
    foot = band.foot(long("letter", "letter"), KNOWN["letter"].band, 612, PALETTE)
    (code,) = (element for element in foot.elements if element.role == "code")
    names = [element for element in foot.elements if element.role.startswith("signer")]
    assert min(line.box.bottom for line in names if isinstance(line, Line)) > code.box.top


def test_texts_that_are_empty_or_invisible_are_no_part():
    found = texts(replace(short("classic", "letter"), agency=" \u200b ", wording=("Above", "")))
    assert "agency" not in found
    assert "below" not in found
    assert found["above"] == ("Above",)


def test_pieces_are_broken_between_and_never_within():
    fitted = dotted(("Legal Studies 6.5 hours", "Skill Development 13.5 hours"), SERIF, 10, 170)
    assert fitted.lines == ("Legal Studies 6.5 hours", "Skill Development 13.5 hours")
    assert DOT in dotted(("A", "B"), SERIF, 10, 170).lines[0]


def test_a_text_shrinks_to_its_least_before_it_is_broken():
    voice = Voice("x", 0, 20, SERIF, "ink", least=15)
    room = 150.0
    sizes = [set_in(voice, "Wo " * count, room, 1.0) for count in (3, 6, 12)]
    assert [len(fitted.lines) for fitted in sizes] == [1, 1, 2]
    assert sizes[0].size == 20
    assert 15 <= sizes[1].size < 20


@pytest.mark.parametrize("draw", [art.classic, art.modern, art.letter])
def test_ornament_follows_the_paper_and_the_color_and_is_the_same_each_time(draw):
    first = draw(792, 612, PALETTE)
    assert draw(792, 612, PALETTE) == first
    assert draw(842, 595, PALETTE) != first
    assert art.numbers("#7A1F2B") in draw(792, 612, Palette("#7A1F2B", "#000000"))
    assert len(re.findall(r"\bq\b", first)) == len(re.findall(r"\bQ\b", first))


def test_a_rosette_stays_within_its_radius():
    numbers = [
        float(number) for number in re.findall(r"-?\d+\.\d+", engraving.rosette(50, 0.8, 8, 3))
    ]
    assert max(map(abs, numbers)) <= 52


def test_a_rule_reaches_as_far_to_the_left_as_to_the_right():
    ends = [
        float(x)
        for x in re.findall(r"(\d+\.\d+) 20\.00 [ml]", engraving.rule(100, 20, 60, "0 0 0"))
    ]
    assert (min(ends), max(ends)) == (38.7, 161.3)


def test_what_is_packed_once_is_drawn_in_every_document_and_kept_once_in_each():
    make = packed.form("0 0 10 10 re f", (0, 0, 10, 10))
    made = []
    for _ in range(2):
        buffer = BytesIO()
        canvas = new_canvas(buffer, "T", "A", "S", ABOUT.made)
        packed.draw(canvas, "ground", make)
        packed.draw(canvas, "ground", make)
        canvas.showPage()
        canvas.save()
        made.append(buffer.getvalue())
    assert made[0] == made[1]
    assert made[0].count(zlib.compress(b"0 0 10 10 re f", 9)) == 1


@pytest.fixture(scope="module")
def parted():
    """A certificate as PDFium leaves it, without what it says of itself."""
    return next(single.parted(draw_certificates([short("classic", "letter")], {})))


def test_a_completed_file_says_in_any_script_what_it_is(parted):
    content = single.completed(parted, ABOUT, [Mark("H1"), Mark("Figure", "Logo of Łódź")])
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        said = pdf.get_metadata_dict(skip_empty=True)
        assert pdf.is_tagged()
        assert len(pdf) == 1
    assert (said["Title"], said["Author"], said["Keywords"]) == (
        "Ł & (title)",
        "Chapter",
        "CIT1.AB",
    )
    assert "Subject" not in said
    assert "Logo of Łódź".encode("utf-16-be").hex().upper().encode() in content


def test_a_completed_file_depends_on_nothing_but_its_content(parted):
    again = next(single.parted(draw_certificates([short("classic", "letter")], {})))
    moved = re.sub(rb"CreationDate\(D:\d{14}", b"CreationDate(D:20010101000000", again)
    marks = [Mark("P")]
    assert single.completed(moved, ABOUT, marks) == single.completed(parted, ABOUT, marks)
    other = replace(ABOUT, title="Another")
    assert single.completed(parted, other, marks) != single.completed(parted, ABOUT, marks)


def test_each_mark_is_an_element_of_the_structure_in_their_order(parted):
    content = single.completed(parted, ABOUT, [Mark("H1"), Mark("P"), Mark("P")])
    found = re.findall(rb"<</S/(\w+)/P \d+ 0 R/Pg \d+ 0 R/K (\d+)>>", content)
    assert found == [(b"H1", b"0"), (b"P", b"1"), (b"P", b"2")]
    assert content.count(b"/StructParents 0") == 1


def test_what_is_no_file_of_pdfium_is_not_completed():
    with pytest.raises(ValueError, match="PDFium wrote a file without"):
        single.completed(b"%PDF-1.7\n", ABOUT, [])

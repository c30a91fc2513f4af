"""How certificates look, and that their text is the text that was asked for."""

import itertools
import math
import os
import re
from contextlib import closing
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageDraw

from cit_desktop.documents.certificates import Signer
from cit_desktop.errors import FileProblem
from cit_desktop.exports.certificate_pdf import draw_certificates, draw_separately
from cit_desktop.exports.certificates import symbol
from cit_desktop.exports.certificates.preview import picture as preview
from cit_desktop.exports.certificates.stock import calibration
from cit_desktop.exports.fonts import printable
from cit_desktop.exports.pictures import Pictures
from tests.exports.certificate_contents import (
    PAPERS,
    PROOF,
    TEMPLATES,
    hard_names,
    long,
    short,
)
from tests.exports.reference import held_against

EVERY = list(itertools.product(TEMPLATES, PAPERS))
HOW_MANY = int(os.environ.get("CIT_NAMES", "50"))  # 1000 by hand


def png(picture):
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture(scope="module")
def drawings(sha256):
    """A logo, a signature and a seal: their hashes, then all of them by hash."""
    logo = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    ImageDraw.Draw(logo).ellipse((4, 4, 196, 196), fill=(16, 60, 90, 255))
    ImageDraw.Draw(logo).polygon([(100, 30), (160, 60), (100, 170), (40, 60)], fill="white")
    hand = Image.new("RGBA", (350, 100), (0, 0, 0, 0))
    points = [(20 + step * 1.5, 55 - 30 * math.sin(step / 9)) for step in range(200)]
    ImageDraw.Draw(hand).line(points, fill=(20, 25, 90, 255), width=4)
    seal = Image.new("RGB", (200, 200), "white")
    ImageDraw.Draw(seal).regular_polygon((100, 100, 96), 12, fill=(140, 30, 40))
    contents = [png(picture) for picture in (logo, hand, seal)]
    return [*map(sha256, contents)], {sha256(content): content for content in contents}


def text_of(content, page=0):
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        opened = pdf[page]
        text = opened.get_textpage()
        found = text.get_text_range()
        text.close()
        opened.close()
    return " ".join(found.split())


def scanned(content, page=0):
    """What a scanner at 150 dots to the inch reads from the page."""
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        opened = pdf[page]
        picture = opened.render(scale=150 / 72).to_pil().convert("L")
        opened.close()
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize(("template", "paper"), EVERY)
@pytest.mark.parametrize("amount", ["short", "long"])
def test_certificates_look_as_they_were_judged(
    template, paper, amount, drawings, picture_of, tmp_path
):
    (logo, hand, seal), images = drawings
    if amount == "long":
        chosen = long(template, paper, 3, image=hand, logo=logo, seal=seal)
    else:
        signers = (Signer("Robert Mbeki", "Coordinator", hand), Signer("Ewa Nowak", "Chair"))
        chosen = replace(
            short(template, paper), signers=signers, proof=PROOF, code="7QK2M-X4TWA", logo=logo
        )
    drawn = picture_of(draw_certificates([chosen], images))
    assert held_against(drawn, f"certificate-{template}-{paper}-{amount}", tmp_path) == ""


@pytest.mark.parametrize("template", TEMPLATES)
def test_hard_names_are_printed_letter_for_letter(template):
    names = hard_names(HOW_MANY, seed=TEMPLATES.index(template))
    base = replace(short(template, "letter"), wording=("BEFORE", "AFTER"))
    content = draw_certificates([replace(base, recipient=name) for name in names], {})
    for number, name in enumerate(names):
        text = text_of(content, number).replace("\ufffe", "-")  # at the end of a line
        found = re.search("BEFORE (.*) AFTER", text)
        assert found is not None
        assert found[1] == printable(name)


@pytest.mark.parametrize(("template", "paper"), EVERY)
def test_the_code_is_read_from_a_scan_at_150_dots_to_the_inch(template, paper):
    assert scanned(
        draw_certificates(
            [long(template, paper)],
            {},
        )
    ) == [PROOF]


def test_the_longest_proof_still_fits_a_code_that_can_be_scanned():
    longest = replace(short("classic", "letter"), proof=("CIT1." + "A7" * 195)[:395])
    assert scanned(draw_certificates([longest], {})) == [longest.proof]


def test_the_code_of_a_separate_file_is_that_of_its_page():
    people = [replace(short("classic", "letter"), proof=f"CIT1.{word}") for word in ("AB", "CD")]
    assert [scanned(content) for content in draw_separately(people, {})] == [
        ["CIT1.AB"],
        ["CIT1.CD"],
    ]


def test_a_code_is_drawn_the_same_each_time_and_takes_few_bytes():
    symbol.operators.cache_clear()
    first = symbol.operators(PROOF, 82.0)
    symbol.operators.cache_clear()
    assert symbol.operators(PROOF, 82.0) == first
    assert len(first) < 1200


def test_text_on_pre_printed_stock_is_moved_and_that_of_other_templates_is_not(picture_of):
    for template, moves in (("plain", True), ("classic", False)):
        still, moved = (
            picture_of(draw_certificates([short(template, "letter")], {}, shift=shift), 72)
            for shift in ((0, 0), (25.4, 12.7))
        )
        assert (still != moved) == moves
        if moves:
            left, top, right, bottom = still.convert("L").point(lambda v: 255 * (v < 128)).getbbox()
            box = moved.convert("L").point(lambda v: 255 * (v < 128)).getbbox()
            assert box == pytest.approx((left + 72, top - 36, right + 72, bottom - 36), abs=1)


def test_the_test_page_has_its_crosses_25_mm_from_the_edges_and_says_how_it_was_moved(
    picture_of, pages, certificate
):
    plain = replace(short("plain", "letter"), proof=PROOF)
    content = calibration(plain, (0, 0), plain.issued)
    picture = picture_of(content, 254).convert("L")
    assert min(picture.getpixel((250 + dx, 215)) for dx in range(-3, 4)) < 200
    assert min(picture.getpixel((215, 250 + dy)) for dy in range(-3, 4)) < 200
    (text,) = pages(calibration(plain, (2, -1.5), plain.issued))
    assert "printed with right 2 mm and up -1.5 mm" in text
    assert "Each cross should stand 25 mm from two edges" in text


def test_a_preview_is_as_wide_as_it_is_wanted(drawings):
    (logo, *_), images = drawings
    drawn = preview(replace(short("modern", "letter"), logo=logo), images, 640)
    assert drawn.size == (640, pytest.approx(495, abs=1))


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_preview_shows_what_is_printed(drawings, picture_of, template):
    (logo, hand, seal), images = drawings
    for accent in ("#0B6E6E", "#7A1F1F", "#0B6E6E"):
        chosen = replace(long(template, "letter", 2, hand, logo, seal), accent=accent)
        printed = picture_of(draw_certificates([chosen], images), 72)
        shown = preview(chosen, images, printed.width)
        apart = ImageChops.difference(shown, printed).convert("L")
        assert max(apart.getextrema()) < 8


def test_a_mixed_batch_keeps_letters_upright():
    both = [short("classic", "letter"), short("letter", "a4")]
    with closing(pypdfium2.PdfDocument(draw_certificates(both, {}))) as pdf:
        assert [pdf.get_page_size(number) for number in (0, 1)] == [
            (792, 612),
            (pytest.approx(595.28, abs=0.1), pytest.approx(841.89, abs=0.1)),
        ]


def test_a_photo_stays_a_photo_and_a_drawing_keeps_what_is_seen_through(drawings, sha256):
    (logo, _, seal), images = drawings
    photo = BytesIO()
    Image.new("RGB", (90, 60), "navy").save(photo, "JPEG")
    taken = sha256(photo.getvalue())
    found = Pictures({**images, taken: photo.getvalue()})
    assert found.prepared(taken).packing == "DCTDecode"
    assert found.prepared(taken).pixels == photo.getvalue()
    assert found.prepared(logo).alpha
    assert not found.prepared(seal).alpha


def test_a_picture_larger_than_paper_can_show_is_made_smaller(sha256):
    large = png(Image.new("L", (4000, 100), 40))
    made = Pictures({sha256(large): large}).prepared(sha256(large))
    assert (made.width, made.height) == (1600, 40)


def test_other_kinds_of_pictures_are_refused(sha256):
    drawing = BytesIO()
    Image.new("RGB", (9, 9)).save(drawing, "GIF")
    with pytest.raises(FileProblem, match="cannot be read"):
        Pictures({sha256(drawing.getvalue()): drawing.getvalue()}).prepared(
            sha256(drawing.getvalue())
        )


def marks(content):
    """What each part is and how it is read, in the order of the structure."""
    found = re.findall(rb"\d+ 0 obj\s*<<(.*?)>>\s*endobj", content, re.DOTALL)
    parts = [part for part in found if re.search(rb"/Pg \d+ 0 R", part)]
    return [(re.search(rb"/S ?/(\w+)", part)[1].decode(), b"/Alt" in part) for part in parts]


@pytest.mark.parametrize("separate", [True, False])
def test_each_part_of_a_certificate_is_marked_with_what_it_is(drawings, separate):
    (logo, hand, seal), images = drawings
    chosen = [long("classic", "letter", 1, image=hand, logo=logo, seal=seal)]
    content = (
        next(draw_separately(chosen, images)) if separate else draw_certificates(chosen, images)
    )
    found = marks(content)
    assert sorted(found) == sorted([("Figure", True)] * 3 + [("P", False)] * 5 + [("H1", False)])
    assert found[0] == ("Figure", True)


def test_nothing_of_a_certificate_is_drawn_outside_its_marks(drawings):
    (logo, hand, _), images = drawings
    content = draw_certificates([long("classic", "letter", image=hand, logo=logo)], images)
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        opened = pdf[0]
        found = [
            pypdfium2.raw.FPDFPageObj_CountMarks(part) for part in opened.get_objects(max_depth=1)
        ]
        opened.close()
    assert found
    assert 0 not in found


@pytest.mark.parametrize("separate", [True, False])
def test_every_object_of_the_file_stands_where_its_table_says(drawings, separate):
    (logo, hand, _), images = drawings
    chosen = [long(template, "a4", image=hand, logo=logo) for template in TEMPLATES]
    contents = (
        list(draw_separately(chosen, images)) if separate else [draw_certificates(chosen, images)]
    )
    for content in contents:
        start = int(re.search(rb"startxref\s+(\d+)", content)[1])
        table = re.findall(rb"(\d{10}) \d{5} ([nf])", content[start:])
        assert len(table) == int(re.search(rb"/Size (\d+)", content[start:])[1])
        for number, (offset, used) in enumerate(table):
            if used == b"n":
                assert re.match(rb"%d 0 obj\s" % number, content[int(offset) :])
        lengths = re.finditer(rb"/Length (\d+)[^>]*>>\s*?stream\r?\n", content)
        for found in lengths:
            end = found.end() + int(found[1])
            assert re.match(rb"\s*endstream", content[end:])


def test_a_separate_file_holds_no_picture_that_it_does_not_show(drawings):
    (logo, hand, _), images = drawings
    base = short("classic", "letter")
    chosen = [replace(base, logo=logo), replace(base, signers=(Signer("Bo", "", hand),))]
    pictures = [content.count(b"/Subtype/Image") for content in draw_separately(chosen, images)]
    assert pictures == [2, 2]  # each with what is seen of it

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from cit_desktop.errors import Refused
from cit_desktop.exports.fonts import Face, face_for, load, missing_glyphs, printable, width

ALPHABETS = {
    "Latin": "".join(map(chr, [*range(0x21, 0x7F), *range(0xA1, 0x17F)])).replace("ŉ", ""),
    "Vietnamese": "ĂăĐđƠơƯư" + "".join(map(chr, range(0x1EA0, 0x1EFA))),
    "Polish": "ĄąĆćĘęŁłŃńÓóŚśŹźŻż",
    "Turkish": "ĞğİıŞşÇçÖöÜü",
    "Romanian": "ȘșȚțĂăÎî",
    "Greek": "ΆΈΉΊΌΎΏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩάέήίόύώαβγδεζηθικλμνξοπρςστυφχψω",
    "Cyrillic": "".join(map(chr, range(0x400, 0x460))) + "ҐґҒғҚқҢңӘәӨөҮүҰұҲҳ",
    "marks": "‘’“”–—…•·№ʻʼ€",
}


@pytest.mark.parametrize("face", list(Face))
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_every_typeface_draws_these_alphabets(face, alphabet):
    missing = missing_glyphs(ALPHABETS[alphabet], face)
    assert missing.strip("²³¹ſ") == ""


def test_the_serif_draws_all_of_them_wholly():
    assert missing_glyphs("".join(ALPHABETS.values()), Face.SERIF) == ""


def test_missing_letters_are_told_once_in_their_order():
    assert missing_glyphs("田中 Ana 田", Face.SERIF) == "田中"


def test_a_text_takes_the_first_typeface_that_has_all_of_it():
    assert face_for("Ana", Face.SANS, Face.SERIF) is Face.SANS
    assert face_for("Ḁna", Face.SANS, Face.SERIF) is Face.SERIF


def test_a_text_that_none_can_draw_is_refused_with_its_letter():
    with pytest.raises(Refused, match="“محمد” cannot be printed") as caught:
        face_for("محمد", Face.SERIF, Face.SANS)
    assert "arabic letter meem" in caught.value.message


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Jose\u0301", "José"),
        ("a\u00a0b\u2009c\nd\te", "a b c d e"),
        ("non\u2011breaking", "non-breaking"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\u202eevil\x00\x07\u200b", "evil"),
        ("  ", ""),
    ],
)
def test_what_is_drawn_is_one_clean_line(text, drawn):
    assert printable(text) == drawn


def test_the_bold_is_wider_than_the_regular():
    assert width("Attendance", Face.SANS_BOLD, 10) > width("Attendance", Face.SANS, 10) > 30


def drawn_lines(*lines):
    """The PDF of these lines under each other, and how many pieces each was drawn in."""
    buffer, font = BytesIO(), load(Face.SERIF)
    canvas = Canvas(buffer, initialFontName=Face.SERIF.value)
    pieces = []
    for number, line in enumerate(lines):
        pieces.append(len(font.splitString(line, canvas._doc)))
        canvas.setFont(Face.SERIF.value, 8)
        canvas.drawString(20, 800 - 12 * number, line)
    canvas.save()
    return buffer.getvalue(), pieces


def test_a_line_is_set_from_one_subset_however_many_letters_the_file_has(pages):
    letters = [chr(code) for code in range(0xC0, 0x250) if chr(code).isalpha()]
    known = [letter for letter in letters if not missing_glyphs(letter, Face.SERIF)]
    lines = ["".join(known[start : start + 60]) + "'x" for start in range(0, len(known), 60)]
    content, pieces = drawn_lines(*lines, "ÀéŁ'ż", "Àɐ'" if "ɐ" in known else "Àż'")
    assert content.count(b"/FontFile2") > 1
    assert set(pieces) == {1}
    assert lines[-1] in pages(content)[0]


def test_a_line_with_more_letters_than_a_subset_holds_is_still_whole(pages):
    known = [chr(c) for c in range(0x400, 0x4FF) if not missing_glyphs(chr(c), Face.SERIF)]
    content, pieces = drawn_lines("".join(known))
    assert len(known) > 128
    assert pieces == [2]
    assert "".join(known) in pages(content)[0]


def test_ligatures_that_were_typed_become_letters():
    assert printable("ﬁona ﬂint") == "fiona flint"

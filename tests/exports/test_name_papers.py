"""Tents, badges and labels: every name whole, inside its place, and on the right sheet."""

from __future__ import annotations

import math
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from cit_desktop.catalogs.stock import stock, stocks
from cit_desktop.documents.names import NameCard, NameCards
from cit_desktop.errors import FileProblem, Refused
from cit_desktop.exports.envelope_labels import draw_labels
from cit_desktop.exports.fonts import printable
from cit_desktop.exports.name_badges import draw_badges
from cit_desktop.exports.name_tents import draw_tents
from cit_desktop.exports.stock_sheets import draw_test, places
from cit_desktop.progress import Cancelled
from tests.exports.certificate_contents import hard_names
from tests.exports.name_contents import long, short
from tests.exports.reference import held_against

DAY = date(2026, 3, 9)
DRAW = {"tents": draw_tents, "badges": draw_badges, "labels": draw_labels}
EVERY = pytest.mark.parametrize("on", stocks(), ids=lambda one: one.id)
KINDS = pytest.mark.parametrize("kind", DRAW)
TOUCH = 0.05  # of a line's height: how near letters of two lines may come


@pytest.fixture(scope="module")
def logo(sha256):
    """A logo: its hash, and the picture by it."""
    drawn = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    ImageDraw.Draw(drawn).ellipse((4, 4, 196, 196), fill=(16, 60, 90, 255))
    ImageDraw.Draw(drawn).polygon([(100, 30), (160, 60), (100, 170), (40, 60)], fill="white")
    buffer = BytesIO()
    drawn.save(buffer, "PNG")
    return sha256(buffer.getvalue()), {sha256(buffer.getvalue()): buffer.getvalue()}


@pytest.fixture(scope="module")
def hard():
    """Two hundred names that are hard to print, also as agency and kind of work."""
    names = hard_names(200, seed=7)
    cards = (
        NameCard(names[n - 1].split()[0], name, names[n - 2], ("", "Instructor")[n % 2], names[n])
        for n, name in enumerate(names)
        if n < len(names)
    )
    return NameCards("Heartland CIT Council", "CIT40-2026-1", "40-hour class", tuple(cards))


def parts(content, page=0):
    """Each piece of text on a page: left, bottom, right, top, and whether it stands upright."""
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        opened = pdf[page]
        found = [
            (*one.get_bounds(), one.get_matrix().a > 0)
            for one in opened.get_objects()
            if one.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT
        ]
        opened.close()
    return found


def count(content):
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        return len(pdf)


def halves(box):
    """The faces of a tent: the one that is printed upright, and the one that is turned."""
    fold = (box.bottom + box.top) / 2
    return box._replace(top=fold), box._replace(bottom=fold)


def inside(part, box, by=0.0):
    left, bottom, right, top, _ = part
    return (
        left >= box.left - by
        and right <= box.right + by
        and bottom >= box.bottom - by
        and top <= box.top + by
    )


def overlapping(one, other):
    across = min(one[2], other[2]) - max(one[0], other[0])
    up = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.5 and up > TOUCH * min(one[3] - one[1], other[3] - other[1])


@EVERY
def test_nothing_is_drawn_outside_its_place_or_over_another_text(hard, on):
    few = replace(hard, cards=hard.cards[:: 10 if on.kind == "tents" else 4])
    content = DRAW[on.kind](few, on, DAY)
    rooms = [half for box in places(on) for half in (halves(box) if on.kind == "tents" else [box])]
    for page in range(count(content)):
        found = [part for part in parts(content, page) if part[3] - part[1] > 0.01]
        marks = 0 if on.precut else len([part for part in found if part[0] < 20])
        texts = [part for part in found if on.precut or part[0] >= 20]
        assert marks <= 3
        for part in texts:
            assert any(inside(part, room) for room in rooms), part
        pairs = [(a, b) for n, a in enumerate(texts) for b in texts[n + 1 :] if overlapping(a, b)]
        assert pairs == []


@KINDS
def test_every_name_is_printed_letter_for_letter(hard, pages, kind):
    content = DRAW[kind](hard, stock(kind, "letter"), DAY)
    text = "".join("".join(pages(content)).split())
    missing = [c.name for c in hard.cards if "".join(printable(c.name).split()) not in text]
    assert missing == []


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_both_faces_of_a_tent_read_right_when_it_is_folded(paper):
    on = stock("tents", paper)
    content = draw_tents(short(1), on, DAY)
    box = places(on)[0]
    lower, upper = halves(box)
    texts = [part for part in parts(content) if part[0] > 20]
    upright = [part for part in texts if inside(part, lower)]
    turned = [part for part in texts if inside(part, upper)]
    assert all(part[4] for part in upright)
    assert not any(part[4] for part in turned)
    across, up = box.left + box.right, box.bottom + box.top
    mirrored = [(across - part[2], up - part[3], across - part[0], up - part[1]) for part in turned]
    for part, twin in zip(upright, mirrored, strict=True):
        assert part[:4] == pytest.approx(twin, abs=0.1)


def test_the_first_name_is_the_largest_and_of_one_size_on_all_tents():
    def tallest(card):
        content = draw_tents(replace(short(1), cards=(card,)), stock("tents", "letter"), DAY)
        return max(part[3] - part[1] for part in parts(content))

    bare = NameCard("Ana", "Ana")
    full = NameCard("Ana", "Ana Ito", "Cole County Sheriff")
    assert tallest(full) == pytest.approx(tallest(bare))
    assert tallest(full) > 50


@KINDS
def test_used_places_of_a_begun_sheet_are_left_out(kind):
    on = stock(kind, "a4")
    start = on.places
    content = DRAW[kind](short(3), on, DAY, start)
    assert count(content) == 1 + math.ceil(2 / on.places)
    last = places(on)[-1]
    assert all(inside(part, last) or part[0] < 20 for part in parts(content))


@KINDS
@pytest.mark.parametrize("past", [0, 1])
def test_a_sheet_has_no_other_places_than_its_own(kind, past):
    on = stock(kind, "letter")
    start = 0 if not past else on.places + 1
    with pytest.raises(Refused, match=f"a sheet has no place {start}") as raised:
        DRAW[kind](short(), on, DAY, start)
    assert f"from 1 to {on.places}" in raised.value.hint


@KINDS
def test_a_full_sheet_is_followed_by_another_only_when_somebody_is_left(kind):
    on = stock(kind, "letter")
    assert count(DRAW[kind](short(on.places), on, DAY)) == 1
    assert count(DRAW[kind](short(on.places + 1), on, DAY)) == 2


@KINDS
def test_a_letter_that_no_typeface_has_is_refused_by_name_before_anything_is_drawn(kind):
    cards = (*short().cards, NameCard("田中", "田中 Ana"))
    told = []
    with pytest.raises(Refused, match=r"“田中” cannot be printed: .*“田”"):
        DRAW[kind](
            replace(short(), cards=cards), stock(kind, "letter"), DAY,
            progress=lambda *step: told.append(step),
        )  # fmt: skip
    assert told == []


@KINDS
def test_progress_is_told_by_name_and_can_stop_the_work(kind):
    told = []

    def stop(done, total, what=""):
        told.append((done, total, what))
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        DRAW[kind](short(9), stock(kind, "letter"), DAY, progress=stop)
    assert told == [(0, 9, "Bo Li"), (1, 9, "Ana Ito"), (2, 9, "Cher")]


@KINDS
def test_the_file_says_what_it_is_and_is_never_scaled_by_a_viewer(kind):
    document, on = short(), stock(kind, "letter")
    content = DRAW[kind](document, on, DAY)
    assert content == DRAW[kind](document, on, DAY)
    assert b"/PrintScaling /None" in content
    assert b"(en-US)" in content
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        about = pdf.get_metadata_dict()
    assert about["Title"].endswith(", CIT40-2026-1")
    assert (about["Author"], about["Subject"]) == ("Rolla CIT", "Spring class")


def test_a_badge_says_who_teaches_what_somebody_does_and_in_which_class(pages):
    (text,) = pages(draw_badges(short(3), stock("badges", "letter"), DAY))
    assert text.count("Instructor") == 1
    assert text.count("Municipal police") == 1
    assert text.count("Spring class") == 3
    assert text.count("Rolla CIT") == 3
    assert text.count("Cher") == 1


def test_the_logo_stands_on_every_badge_and_is_kept_once(logo):
    sha256, images = logo
    content = draw_badges(short(6, sha256), stock("badges", "letter"), DAY, images=images)
    assert content.count(b"/Subtype /Image") + content.count(b"/Subtype/Image") == 2
    with pytest.raises(FileProblem, match="logo"):
        draw_badges(short(6, sha256), stock("badges", "letter"), DAY)


def test_numbers_of_certificates_are_printed_when_asked_for(pages):
    on = stock("labels", "letter")
    (bare,), (full,) = (
        pages(draw_labels(short(), on, DAY, numbers=numbers)) for numbers in (False, True)
    )
    assert "A-1" not in bare
    assert full.count("Certificate no.") == 2
    assert "Certificate no. A-1" in full


@EVERY
def test_a_test_page_numbers_every_place_and_names_the_stock(on, pages):
    (text,) = pages(draw_test("Rolla CIT", on, DAY))
    assert text.count("Print at actual size") == 1
    assert "".join(text.split()).count("".join(on.name.split())) == on.places
    for number in range(1, on.places + 1):
        assert f"{number} " in text


@pytest.mark.parametrize(
    ("stock_id", "marks"), [("tents-letter", 3), ("tents-a4-large", 1), ("avery-5305", 0)]
)
def test_only_plain_card_is_marked_where_to_cut_and_fold(pages, stock_id, marks):
    (text,) = pages(draw_tents(short(1), stock("tents", "letter", stock_id), DAY))
    assert text.count("Fold") + text.count("Cut") == marks


def test_a_sheet_that_is_moved_is_not_cut_at_more_places(pages):
    moved = stock("tents", "letter").moved(2, 3)
    (text,) = pages(draw_tents(short(2), moved, DAY))
    assert (text.count("Cut"), text.count("Fold")) == (1, 2)


PICTURES = [
    (one, amount)
    for one in stocks()
    for amount in ("short", "long")
    if one.first or (one.id, amount) in {("tents-letter-large", "long"), ("avery-5395", "long")}
]


@pytest.mark.parametrize(
    ("on", "amount"), PICTURES, ids=[f"{one.id}-{amount}" for one, amount in PICTURES]
)
def test_it_looks_as_it_was_judged_to_look(on, amount, logo, picture_of, tmp_path):
    sha256, images = logo
    many = min(on.places, 6)
    document = long(many, sha256) if amount == "long" else short(many)
    more = {
        "tents": {},
        "badges": {"images": images},
        "labels": {"numbers": amount == "long", "start_at": 2},
    }
    drawn = picture_of(DRAW[on.kind](document, on, DAY, **more[on.kind]))
    assert held_against(drawn, f"{on.kind}-{on.id.removeprefix('tents-')}-{amount}", tmp_path) == ""


def test_a_test_page_looks_as_it_was_judged_to_look(picture_of, tmp_path):
    drawn = picture_of(draw_test("Rolla CIT", stock("labels", "letter"), DAY))
    assert held_against(drawn, "labels-test", tmp_path) == ""

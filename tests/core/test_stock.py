"""Sheets of labels and cards: their measures fit the paper, and each has its file in order."""

from __future__ import annotations

import itertools

import pytest

from cit_desktop.catalogs.stock import stock, stock_from_toml, stocks, stocks_for
from cit_desktop.catalogs.toml import shipped
from cit_desktop.errors import FileProblem, NotFound
from cit_desktop.exports.pdf import page_size
from cit_desktop.exports.stock_sheets import places

KINDS, PAPERS = ("tents", "badges", "labels"), ("letter", "a4")
EVERY = pytest.mark.parametrize("one", stocks(), ids=lambda one: one.id)
TEXT = shipped("stock", "avery-5160.toml")


@EVERY
def test_places_lie_on_the_sheet_and_apart_from_each_other(one):
    wide, high = page_size(one.paper, lying=one.lying)
    boxes = places(one)
    assert len(boxes) == one.places
    for box in boxes:
        assert -0.1 < box.left < box.right < wide + 0.1
        assert -0.1 < box.bottom < box.top < high + 0.1
    for box, other in itertools.combinations(boxes, 2):
        across = min(box.right, other.right) - max(box.left, other.left)
        up = min(box.top, other.top) - max(box.bottom, other.bottom)
        assert across < 0.1 or up < 0.1


@EVERY
def test_the_margins_are_even_as_on_what_is_sold(one):
    wide, high = page_size(one.paper, lying=one.lying)
    boxes = places(one)
    assert boxes[0].left == pytest.approx(wide - boxes[-1].right, abs=0.5)
    assert high - boxes[0].top == pytest.approx(boxes[-1].bottom, abs=0.5)


@EVERY
def test_a_number_of_a_maker_stands_in_the_name_with_how_many_there_are(one):
    assert one.precut == one.name.startswith("Avery")
    words = {1: "one", 2: "two", 6: "six", 8: "eight", 10: "ten"}
    assert words.get(one.places, str(one.places)) in one.name


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("kind", KINDS)
def test_one_stock_of_each_kind_and_paper_is_the_usual_one(kind, paper):
    (usual,) = [one for one in stocks() if (one.kind, one.paper, one.first) == (kind, paper, True)]
    assert stock(kind, paper) is usual
    assert stocks_for(kind, paper)[0] is usual


def test_stock_of_the_other_paper_can_be_chosen_and_comes_last():
    papers = [one.paper for one in stocks_for("labels", "a4")]
    assert papers == ["a4", "a4", "letter", "letter"]
    assert stock("labels", "a4", "avery-5160").paper == "letter"


def test_measures_are_those_of_the_maker():
    one = stock("labels", "letter", "avery-5160")
    assert (one.width, one.height, one.places) == (2.625 * 72, 72, 30)
    (metric,) = [one for one in stocks() if one.id == "avery-l7160"]
    assert metric.width / 72 * 25.4 == pytest.approx(63.5)


def test_a_sheet_is_moved_to_the_right_and_up_by_millimeters():
    one = stock("labels", "letter")
    (box, *_), (moved, *_) = places(one), places(one.moved(25.4, 12.7))
    assert moved == pytest.approx((box.left + 72, box.bottom + 36, box.right + 72, box.top + 36))
    assert one.moved(0, 0) == one


def test_a_stock_that_does_not_fit_is_refused_with_those_that_do():
    with pytest.raises(NotFound, match="no stock “avery-5160” for badges") as raised:
        stock("badges", "letter", "avery-5160")
    assert "avery-5392" in raised.value.hint
    assert "avery-5163" not in raised.value.hint


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("width = 2.625", "width = 2", "number with a decimal point"),
        ("width = 2.625", "width = 26.25", "is 26.25, but must be from 0 to 17"),
        ("width = 2.625", "", "is missing"),
        ('unit = "in"', 'unit = "feet"', "“feet”"),
        ("columns = 3", "columns = 0", "from 1 to 20"),
        ("rows = 10", "rows = 10\nround = 2", "“round” is not known"),
        ('kind = "labels"', 'kind = "posters"', "“posters”"),
    ],
)
def test_a_wrong_measure_is_said_with_its_key(old, new, said):
    with pytest.raises(FileProblem, match=said) as raised:
        stock_from_toml(TEXT.replace(old, new), "mine")
    assert "mine.toml" in str(raised.value)

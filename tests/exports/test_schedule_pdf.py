"""The schedule of a class: a week on a page, days that stay together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cit_desktop.errors import Refused
from cit_desktop.exports.schedule_pdf import draw_schedule
from tests.exports.class_sheets import CHAPTER, CODE, MONDAY, TITLE, long_schedule, schedule
from tests.exports.reference import held_against

PAPERS = ("letter", "a4")
SCHEDULES = {"short": schedule, "long": long_schedule}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("amount", SCHEDULES)
def test_schedules_look_as_they_were_judged(amount, paper, picture_of, tmp_path):
    drawn = picture_of(draw_schedule(SCHEDULES[amount](), MONDAY, paper=paper))
    assert held_against(drawn, f"schedule-{paper}-{amount}", tmp_path) == ""


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    "how", [{}, {"layout": "modules"}, {"weekly": True}, {"weekly": True, "layout": "modules"}]
)
def test_forty_hours_fit_a_page(how, paper, pages):
    assert len(pages(draw_schedule(schedule(**how), MONDAY, paper=paper))) == 1


def test_a_schedule_says_when_what_by_whom_and_how_long(pages):
    (text,) = pages(draw_schedule(schedule(), MONDAY))
    for said in (
        *(f"Class schedule {TITLE}", CODE, "October 12–16, 2026", "Courthouse, Rolla"),
        *("In all", "40 hours", "Monday, October 12, 2026 8 hours", "Lead instructor"),
        *("8:00 AM – 12:00 PM", "1:00 PM – 5:00 PM", "Robert Hill, Deputy", CHAPTER),
        *("Introduction to mental illness and stigma", "Site visits", "1.5 h", "Page 1 of 1"),
    ):
        assert said in text
    assert "more" not in text


def test_a_block_with_a_name_of_its_own_is_listed_before_its_modules(pages):
    text = pages(draw_schedule(long_schedule(), MONDAY))[0]
    assert text.index("Opening of the class by the council") < text.index("Welcome, pre-test")


def test_a_weekly_class_says_first_and_last_day_and_each_day_has_its_date(pages):
    (text,) = pages(draw_schedule(schedule(weekly=True), MONDAY))
    assert "October 12 – November 9, 2026" in text
    for day in ("October 12", "October 19", "October 26", "November 2", "November 9"):
        assert f"Monday, {day}, 2026 8 hours" in text


def test_a_day_that_fits_a_page_is_not_split(pages):
    texts = pages(draw_schedule(long_schedule(), MONDAY))
    assert len(texts) > 1
    for text in texts:
        assert text.count("8 hours") * 2 == text.count("8:00 AM") + text.count("1:00 PM")
    whole = " ".join(texts)
    for end_of_a_name in ("Intervention Coordinator", "Clinical Social Worker", "Ewa Nowak"):
        assert whole.count(end_of_a_name) == 10


def test_a_day_longer_than_a_page_goes_on_on_the_next(pages):
    made = schedule()
    day = made.days[0]
    blocks = tuple(day.blocks[0]._replace(title=f"Block {n}", modules=()) for n in range(90))
    blocks = tuple(block._replace(named=True) for block in blocks)
    texts = pages(draw_schedule(replace(made, days=(day._replace(blocks=blocks),)), MONDAY))
    assert len(texts) > 1
    whole = " ".join(texts)
    assert all(f"Block {n} " in whole for n in range(90))


def test_a_block_of_more_modules_than_fit_a_page_goes_on_on_the_next(pages):
    made = schedule()
    day = made.days[0]
    block = day.blocks[0]._replace(modules=tuple((f"Module {n}", 2) for n in range(90)))
    texts = pages(draw_schedule(replace(made, days=(day._replace(blocks=(block,)),)), MONDAY))
    assert len(texts) == 2
    assert "Module 0 " in texts[0]
    assert "Module 89 " in texts[1]


def test_a_class_without_instructors_or_place_leaves_them_out(pages):
    bare = replace(schedule("INS8", taught=()), location="", lead_instructor="")
    (text,) = pages(draw_schedule(bare, MONDAY))
    assert "Location" not in text
    assert "Lead instructor" not in text


def test_the_same_schedule_gives_the_same_bytes():
    assert draw_schedule(schedule(), MONDAY) == draw_schedule(schedule(), MONDAY)


def test_a_letter_that_no_typeface_has_is_refused():
    with pytest.raises(Refused, match="cannot be printed"):
        draw_schedule(replace(schedule(), location="田中"), MONDAY)

"""The evaluation form: something to circle for each part, lines to write on, no name."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pypdfium2
import pytest

from cit_desktop.catalogs import OpenQuestion
from cit_desktop.errors import Refused
from cit_desktop.exports.evaluation_pdf import draw_evaluation
from tests.exports.class_sheets import CODE, LONG_TITLE, MANY, MONDAY, TITLE, form
from tests.exports.reference import held_against

PAPERS = ("letter", "a4")
DEPUTY = ("Robert Hill, Deputy",)


def long_form():
    return form("CIT40", MANY, LONG_TITLE)


FORMS = {"short": form, "long": long_form}


def rows(made):
    return sum(len(day.parts) for day in made.days) + len(made.asked.statements)


def wide_lines(content):
    """How many thin lines go across each page to be written on, thicker than those of rows."""
    counts = []
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        for number in range(len(pdf)):
            page = pdf[number]
            bounds = [part.get_bounds() for part in page.get_objects()]
            wide = page.get_width() - 100
            counts.append(sum(right - left > wide and t - b < 2 for left, b, right, t in bounds))
            page.close()
    return counts


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("amount", FORMS)
def test_forms_look_as_they_were_judged(amount, paper, picture_of, tmp_path):
    drawn = picture_of(draw_evaluation(FORMS[amount](), MONDAY, paper=paper))
    assert held_against(drawn, f"evaluation-{paper}-{amount}", tmp_path) == ""


@pytest.mark.parametrize("paper", PAPERS)
def test_a_week_takes_two_pages_and_a_day_one(paper, pages):
    assert len(pages(draw_evaluation(form("CIT40", DEPUTY), MONDAY, paper=paper))) == 2
    assert len(pages(draw_evaluation(form(), MONDAY, paper=paper))) == 1


@pytest.mark.parametrize("make", FORMS.values())
def test_every_part_and_every_statement_has_five_numbers(make, pages):
    made = make()
    texts = pages(draw_evaluation(made, MONDAY))
    assert " ".join(texts).count("1 2 3 4 5") == rows(made)


def test_a_form_says_what_it_is_and_asks_for_no_name(pages):
    (text,) = pages(draw_evaluation(form(), MONDAY))
    for said in (
        *(f"Evaluation {TITLE}", CODE, "October 12, 2026", "Please do not write your name."),
        *("1 = of little use, 5 = very useful", "How useful was each part", "Thank you."),
        *("The scenarios were close to what I meet at work.", "Anything else"),
    ):
        assert said in text
    assert "Signature" not in text


def test_who_taught_stands_once_for_parts_that_follow_each_other(pages):
    made = form("CIT40", DEPUTY)
    assert " ".join(pages(draw_evaluation(made, MONDAY))).count(DEPUTY[0]) == len(made.days)


def test_room_left_over_gives_more_lines_to_write_on():
    made = form("CIT40", DEPUTY)
    asked = sum(question.lines for question in made.asked.questions)
    lines = sum(wide_lines(draw_evaluation(made, MONDAY)))
    assert lines - rows(made) - 2 > asked  # each foot has one


def test_many_weeks_flow_onto_more_pages_and_headings_stay_with_what_follows(pages):
    made = form("CIT40", DEPUTY, weeks=3)
    texts = pages(draw_evaluation(made, MONDAY))
    assert len(texts) >= 4
    assert " ".join(texts).count("1 2 3 4 5") == rows(made)
    for text in texts:
        body = text.rsplit(f" {CODE} ·", 1)[0]
        assert not body.endswith("2026")


@pytest.mark.parametrize("parts", range(8, 26))
def test_no_heading_stands_above_a_single_row_at_the_foot_of_a_page(pages, parts):
    made = form()
    day = made.days[0]
    one = replace(made, days=(day._replace(parts=day.parts[:1] * parts),))
    for text in pages(draw_evaluation(one, MONDAY)):
        _, heading, below = text.partition(made.asked.overall_title)
        assert not heading or below.count("1 2 3 4 5") > 1


def test_questions_and_statements_are_those_of_the_form(pages):
    made, why = form(), OpenQuestion("Why?", 1)
    asked = replace(made.asked, statements=("Coffee was hot.",), questions=(why,), thanks="")
    own = replace(made, asked=asked)
    (text,) = pages(draw_evaluation(own, MONDAY))
    assert "Coffee was hot." in text
    assert "Why?" in text
    assert "Thank you" not in text
    none = replace(made, asked=replace(asked, statements=(), questions=()))
    assert "How far do you agree" not in pages(draw_evaluation(none, MONDAY))[0]


def test_the_same_form_gives_the_same_bytes():
    assert draw_evaluation(form(), MONDAY) == draw_evaluation(form(), MONDAY)


def test_a_letter_that_no_typeface_has_is_refused():
    with pytest.raises(Refused, match="cannot be printed"):
        draw_evaluation(replace(form(), title="田中"), MONDAY)

import json
from dataclasses import replace

import pytest

from cit_desktop.documents import design as certificate_design
from cit_desktop.documents.certificates import usual_heading
from cit_desktop.documents.design import (
    FIELDS,
    Design,
    Wording,
    checked,
    contrast,
    filled,
    from_values,
    to_values,
    usual,
)
from cit_desktop.errors import FileProblem, Refused

OWN = Wording("Graduation", "Be it known that", "has graduated from", ("in {days}.",))


def test_a_design_comes_back_from_json_as_it_was():
    design = Design(
        template="modern", paper="a4", accent="#7A1F2B", ink="#101010", seal="ab" * 32,
        approval="POST Approved Provider", hidden=("council", "areas"), right=1.5, up=-2,
    ).worded("community", OWN)  # fmt: skip
    assert from_values(json.loads(json.dumps(to_values(design)))) == design


def test_what_stored_values_lack_is_as_usual():
    assert from_values({}) == Design()
    assert from_values({"paper": "a4"}) == Design(paper="a4")


@pytest.mark.parametrize(
    "values",
    [
        {"template": "baroque"},
        {"paper": "b5"},
        {"accent": 5},
        {"right": "far"},
        {"wordings": {"officer": {"title": "x"}}},
        {"wordings": {"general": {"heading": "x"}}},
        {"wordings": "officer"},
        {"hidden": 3},
    ],
)
def test_stored_values_that_are_no_design_are_refused_as_a_problem_of_the_file(values):
    with pytest.raises(FileProblem, match="design of certificates in this file"):
        from_values(values)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"template": "letter"}, "template", "no template “letter”"),
        ({"paper": "legal"}, "paper", "no paper “legal”"),
        ({"accent": "teal"}, "accent", "is not a color"),
        ({"accent": "#F0F0A0"}, "accent", "too pale"),
        ({"ink": "#999999"}, "ink", "too pale"),
        ({"right": 51}, "right", "50 mm at most"),
        ({"up": float("nan")}, "up", "50 mm at most"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_field(change, field, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        checked(replace(Design(), **change))
    assert set(refused.value.fields) == {field}
    assert refused.value.hint


def test_colors_and_texts_are_kept_in_one_form():
    found = checked(Design(accent=" #0b6e6e ", approval="  POST\u00a0Approved ", hidden=("areas",)))
    assert (found.accent, found.approval) == ("#0B6E6E", "POST Approved")


def test_parts_that_do_not_exist_are_not_kept_as_hidden():
    assert checked(Design(hidden=("areas", "horoscope", "logo"))).hidden == ("logo", "areas")


@pytest.mark.parametrize(
    ("wording", "sentence"),
    [
        (Wording("For {nickname}"), r"asks for \{nickname\}, which is not known"),
        (Wording("Brace } here"), "a brace stands alone"),
        (Wording("A", "{name"), "a brace stands alone"),
        (Wording("A", closing=("{}",)), r"asks for \{\}, which is not known"),
        (Wording(""), "needs a heading"),
        (Wording("A", "x" * 301), "longer than 300 letters"),
        (Wording("A", closing=tuple("abcde")), "room for 4 lines"),
    ],
)
def test_wording_that_cannot_be_filled_is_refused_and_the_fields_are_named(wording, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        checked(Design(wordings=(("officer", wording),)))
    assert set(refused.value.fields) == {"wording.officer"}
    assert "{hours}" in refused.value.hint


def test_values_of_fields_are_never_read_as_fields_themselves():
    values = dict.fromkeys(FIELDS, "x") | {"name": "{number} {course}", "number": "7"}
    assert filled("{name}, no. {number}", values) == "{number} {course}, no. 7"


def test_the_usual_wording_counts_where_the_chapter_chose_none():
    design = Design().worded("officer", OWN)
    assert design.wording("officer") == OWN
    assert design.wording("letter") == usual("letter")
    assert usual("letter").heading == usual_heading("letter")


def test_wording_chosen_back_to_the_usual_is_not_kept():
    design = Design().worded("officer", OWN)
    assert design.worded("officer", usual("officer")) == Design()


def test_letters_have_their_template_whatever_the_chapter_chose():
    design = Design(template="plain")
    assert design.template_for("letter") == "letter"
    assert design.template_for("community") == "plain"


def test_contrast_of_black_and_white_on_white_are_the_known_ones():
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#FFFFFF") == pytest.approx(1)


def test_the_usual_design_can_be_drawn():
    assert checked(Design()) == Design()
    assert set(certificate_design.PARTS) >= {"logo", "heading", "signers"}

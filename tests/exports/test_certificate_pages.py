"""What stands where on certificates, of every template, paper and amount of text."""

import contextlib
import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cit_desktop.errors import Refused, TooNew
from cit_desktop.exports.certificates.compose import compose
from cit_desktop.exports.certificates.names import look_through
from cit_desktop.exports.certificates.page import Code, Medal, Palette, Picture, Stroke, mixed
from tests.exports.certificate_contents import PAPERS, TEMPLATES, long, short

EVERY = list(itertools.product(TEMPLATES, PAPERS))
WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyzÁŁ-", min_size=1, max_size=30), max_size=9)


def boxes(page):
    """What stands on the page, with its name and box; lines to sign on belong to their names."""
    return [
        (f"{element.role}: {getattr(element, 'text', '')}", element.box)
        for element in page.elements
        if not isinstance(element, Stroke)
    ]


def overlaps(page):
    return [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(boxes(page), 2)
        if min(a.right, b.right) - max(a.left, b.left) > 0.1
        and min(a.top, b.top) - max(a.bottom, b.bottom) > 0.1
    ]


def outside(page):
    """What comes nearer to the edge of the paper than printers print, or onto the border."""
    edge = 51.0 if page.template == "classic" else 30.0
    return [
        name
        for name, box in boxes(page)
        if box.left < edge
        or box.bottom < edge
        or box.right > page.width - edge
        or box.top > page.height - edge
    ]


def sound(snapshot):
    page = compose(snapshot)
    assert overlaps(page) == []
    assert outside(page) == []
    return page


def said(page, role):
    return " ".join(line.text for line in page.lines(role))


@pytest.mark.parametrize(("template", "paper"), EVERY)
@pytest.mark.parametrize("signers", [0, 1, 2, 3, 6])
@pytest.mark.parametrize("proven", [True, False])
def test_long_texts_never_overlap_and_never_leave_the_page(template, paper, signers, proven):
    found = long(template, paper, signers, image="a", logo="b", seal="c")
    sound(found if proven else replace(found, proof="", seal=""))


@pytest.mark.parametrize(("template", "paper"), EVERY)
def test_a_seal_has_its_own_place_beside_the_code_and_in_its_stead(template, paper):
    sealed = replace(short(template, paper), seal="c", proof="CIT1.AB", signers=())
    drawn = [element.role for element in sound(sealed).elements if isinstance(element, Picture)]
    assert drawn == ([] if template == "plain" else ["seal"])
    sound(replace(sealed, proof=""))


@pytest.mark.parametrize(("template", "paper"), EVERY)
def test_short_texts_stand_at_their_full_size(template, paper):
    page = sound(short(template, paper))
    assert [line.text for line in page.lines() if line.size < line.wished] == []


@pytest.mark.parametrize("words", [1, 2, 4, 9, 14])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_name_of_any_length_is_whole(template, words):
    name = " ".join(["Wolfeschlegelsteinhausenbergerdorff"] * words)
    page = sound(replace(long(template, "letter"), recipient=name, areas=(), agency=""))
    assert said(page, "recipient") == name


@given(WORDS, WORDS, WORDS, st.integers(0, 6))
@settings(max_examples=12)
def test_whatever_is_written_overlaps_nothing_or_is_refused(name, course, title, areas):
    snapshot = long("classic", "letter")
    signers = tuple(replace(signer, title=" ".join(title)) for signer in snapshot.signers)
    for template in TEMPLATES:
        found = replace(
            snapshot,
            template=template,
            recipient=" ".join(name) or "X",
            course=" ".join(course) or "Y",
            areas=snapshot.areas[:areas],
            signers=signers,
        )
        with contextlib.suppress(Refused):
            sound(found)


@pytest.mark.parametrize(
    ("template", "paper", "width", "height"),
    [
        ("classic", "letter", 792, 612),
        ("modern", "a4", 841.89, 595.276),
        ("letter", "letter", 612, 792),
        ("letter", "a4", 595.276, 841.89),
    ],
)
def test_letters_stand_upright_and_certificates_lie(template, paper, width, height):
    page = compose(short(template, paper))
    assert (page.width, page.height) == (width, height)


@pytest.mark.parametrize(("template", "paper"), [("baroque", "letter"), ("classic", "b5")])
def test_a_layout_of_a_newer_program_is_too_new(template, paper):
    with pytest.raises(TooNew, match="baroque" if template == "baroque" else "b5"):
        compose(short(template, paper))


@pytest.mark.parametrize("part", ["chapter", "council", "heading", "agency", "areas", "provider"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_hidden_part_is_not_printed_and_the_rest_is(template, part):
    found = long(template, "letter")
    role = "facts" if (part, template) == ("areas", "letter") else part
    shown, hidden = (compose(replace(found, hidden=parts)) for parts in ((), (part,)))
    assert said(hidden, role) != said(shown, role)
    assert said(hidden, "recipient") == said(shown, "recipient")


def test_hidden_logo_control_number_and_signatures_are_not_printed():
    found = long("classic", "letter", image="a", logo="b")
    page = sound(replace(found, hidden=("logo", "control", "signers")))
    assert [element for element in page.elements if isinstance(element, Picture)] == []
    assert "1184" not in said(page, "numbers")
    assert said(page, "signer 1") == ""


def test_plain_stock_gets_text_and_signatures_alone():
    page = compose(long("plain", "letter", image="a", logo="b", seal="c"))
    roles = {element.role for element in page.elements if isinstance(element, Picture | Medal)}
    assert roles == {"signer 1", "signer 2"}
    assert page.moves


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_code_is_at_most_thirty_millimeters_wide_and_missing_without_a_proof(template):
    page = compose(long(template, "letter"))
    (code,) = (element for element in page.elements if isinstance(element, Code))
    assert code.box.right - code.box.left <= 30 / 25.4 * 72
    bare = compose(replace(long(template, "letter"), proof=""))
    assert [element for element in bare.elements if isinstance(element, Code)] == []


def test_what_is_read_comes_in_the_order_of_the_page():
    roles = [line.role for line in compose(long("classic", "letter")).lines()]
    told = ["chapter", "heading", "above", "recipient", "below", "course", "signer 1", "numbers"]
    assert sorted(told, key=roles.index) == told


def test_a_letter_shows_its_day_its_address_and_hours_in_rows():
    page = compose(long("letter", "letter"))
    assert said(page, "day") == "March 2, 2026"
    assert "1200 East Main Street" in said(page, "contact")
    assert "Hours attended 44 hours Legal Studies 6.5 hours" in said(page, "facts")
    assert said(page, "numbers").startswith("Letter no.")


def test_the_modern_template_labels_hours_and_days():
    page = compose(long("modern", "letter"))
    assert "HOURS 44 hours DATES December 29, 2025 – January 9, 2026" in said(page, "facts")


def test_names_that_fit_are_not_worth_a_word():
    assert list(look_through([short(template, "letter") for template in TEMPLATES])) == []


def test_names_that_shrank_wrapped_or_cannot_be_printed_are_told_by_name():
    base = short("classic", "letter")
    names = (
        "Ana Ito",
        "Maximiliana Featherstonehaugh-Cholmondel",
        " ".join(["Featherstonehaugh"] * 4),
        "田中 Ana",
    )
    found = list(look_through([replace(base, recipient=name) for name in names]))
    assert [(names.index(one.recipient), one.trouble) for one in found] == [
        (1, "smaller"),
        (2, "wrapped"),
        (3, "unprintable"),
    ]
    assert "% of its usual size" in found[0].sentence
    assert "stands on 2 lines" in found[1].sentence
    assert "“田”" in found[2].sentence


def test_pale_colors_of_a_palette_are_mixed_with_white_and_soft_text_stays_readable():
    assert mixed("#000000", 0.5) == "#808080"
    assert Palette("#000000", "#1B2127").soft == "#5B5F63"
    assert Palette("#000000", "#757575").soft == "#757575"

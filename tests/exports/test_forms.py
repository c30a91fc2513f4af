from datetime import date
from itertools import combinations, pairwise

import pypdfium2
import pytest

from cit_desktop import catalogs
from cit_desktop.documents.forms import BLANK, Contact, FormCopy, FormField
from cit_desktop.errors import Refused
from cit_desktop.exports.forms.draw import draw_forms
from cit_desktop.exports.forms.rows import ENTRY, choices_of
from cit_desktop.exports.pdf import page_size
from cit_desktop.progress import Cancelled
from tests.exports import form_reading
from tests.exports.reference import held_against

DAY = date(2026, 11, 23)
CHAPTER = "Ozark Ridge CIT Council"
SHORT = (
    Contact("Marisol Okafor", "CBHL", "Ozark Health", "573-555-0141", "573-555-0199", "m@o.org"),
)
LONG = (
    Contact(
        "Maria-Featherstonehaugh de la Cruz-Cholmondeley van der Berg III",
        "Community behavioral health liaison for the court",
        "Southeast and South-Central Missouri Regional Behavioral Health Cooperative",
        "573-555-0141, extension 20",
        "1-800-555-0199, then 4",
        "maria.featherstonehaugh.de.la.cruz.cholmondeley@behavioral-health.example",
    ),
    Contact("Nguyễn Thị Ánh", "YBHL", "", "", "", ""),
    Contact("Łukasz Šimić-O'Brien"),
)
LONG_CHAPTER = f"{CHAPTER} of Crawford, Dent, Maries, Phelps, Pulaski, Texas and Wright Counties"
COPIES = {
    "contact-report": FormCopy(catalogs.form("contact-report"), CHAPTER),
    "liaison-referral": FormCopy(
        catalogs.form("liaison-referral"), CHAPTER, "Phelps County", SHORT
    ),
    "liaison-referral-long": FormCopy(
        catalogs.form("liaison-referral"), LONG_CHAPTER, "Prince of Wales-Hyder Area", LONG
    ),
    "liaison-referral-nobody": FormCopy(
        catalogs.form("liaison-referral"), CHAPTER, "Wright County"
    ),
    "hold-worksheet": FormCopy(catalogs.form("hold-worksheet"), CHAPTER),
    "hold-worksheet-mo": FormCopy(catalogs.form("hold-worksheet", "MO"), CHAPTER),
}

DRAWN = [(name, paper) for name in COPIES for paper in ("letter", "a4")]
TWO = {("contact-report", "letter"), ("contact-report", "a4"), ("liaison-referral-long", "letter")}
COUNTS = {key: 2 if key in TWO else 1 for key in DRAWN}


@pytest.fixture(scope="module")
def drawn():
    """Every form on both papers, drawn once."""
    return {(name, paper): draw_forms([COPIES[name]], DAY, paper=paper) for name, paper in DRAWN}


@pytest.fixture(scope="module")
def found(drawn):
    return {key: form_reading.fields(content) for key, content in drawn.items()}


def overlap(one, other):
    """Whether two boxes of left, bottom, right and top cover each other."""
    (a, b, c, d), (e, f, g, h) = one, other
    return min(c, g) - max(a, e) > 0.1 and min(d, h) - max(b, f) > 0.1


@pytest.mark.parametrize("key", DRAWN)
def test_the_same_form_gives_the_same_bytes(drawn, key):
    assert draw_forms([COPIES[key[0]]], DAY, paper=key[1]) == drawn[key]


@pytest.mark.parametrize("key", DRAWN)
def test_every_field_of_the_layout_is_on_the_form_under_a_name_of_its_own(found, key):
    copy = COPIES[key[0]]
    expected = 0
    for section in copy.form.sections:
        if section.contacts and copy.contacts:
            continue
        for row in section.rows:
            asked = [field for field in row.fields if not field.pen]
            expected += row.repeat * sum(1 if f.one else len(f.choices) or 1 for f in asked)
    assert len({one.name for one in found[key]}) == expected
    names = [one.name for one in found[key] if not one.radio]
    assert len(names) == len(set(names))
    assert all(name.replace("_", "").isalnum() and name.isascii() for name in names)


@pytest.mark.parametrize("key", DRAWN)
def test_fields_begin_empty_and_say_what_they_are_for(found, key):
    assert all(one.value in ("", "Off") for one in found[key])
    told = [one.told for one in found[key] if not one.radio]
    assert all(": " in text for text in told)
    assert len(told) == len(set(told))


@pytest.mark.parametrize("key", DRAWN)
def test_tab_goes_from_the_top_down_and_from_left_to_right(found, key):
    seen = [(one.page, -round(one.top / ENTRY * 2), one.left) for one in found[key]]
    cells = {}
    for place, one in enumerate(found[key]):
        cells.setdefault(one.name.split("_")[0], []).append(place)
    assert all(places == list(range(places[0], places[-1] + 1)) for places in cells.values())
    assert [page for page, *_ in seen] == sorted(page for page, *_ in seen)
    tops = [one.top for one in found[key] if one.page == 0 and one.text]
    assert all(later <= earlier + 0.1 for earlier, later in pairwise(tops))


@pytest.mark.parametrize("key", DRAWN)
def test_no_field_covers_another_or_leaves_the_page(found, key):
    across, up = page_size(key[1])
    for one in found[key]:
        assert 36 <= one.left < one.right <= across - 36
        assert 40 <= one.bottom < one.top <= up - 30
    boxes = {number: [] for number in range(4)}
    for one in found[key]:
        boxes[one.page].append((one.left, one.bottom, one.right, one.top))
    for page in boxes.values():
        assert not any(overlap(*pair) for pair in combinations(page, 2))


@pytest.mark.parametrize("key", DRAWN)
def test_no_label_stands_in_a_field_or_in_another_label(drawn, found, key):
    lines = form_reading.words(drawn[key])
    assert len(lines) > 20
    for page, *box in lines:
        inside = [one for one in found[key] if one.page == page]
        assert not any(overlap(box, tuple(one[6:])) for one in inside), box
    for (page, *one), (other_page, *other) in combinations(lines, 2):
        assert page != other_page or not overlap(one, other)


@pytest.mark.parametrize("key", DRAWN)
def test_every_line_is_high_enough_to_write_by_hand(found, key):
    assert all(one.top - one.bottom >= 17 for one in found[key] if one.text)
    assert all(one.right - one.left >= 35 for one in found[key] if one.text)


@pytest.mark.parametrize("name", COPIES)
def test_what_is_filled_in_stands_there_when_the_file_is_opened_again(drawn, name):
    again = form_reading.fields(form_reading.filled(drawn[name, "letter"], "Zoë Nguyen 7"))
    assert {one.value for one in again if one.text} == {"Zoë Nguyen 7"}
    assert {one.value for one in again if not one.text and not one.radio} <= {"Yes"}
    assert not any(one.value in ("", "Off") for one in again if one.radio)


def test_yes_and_no_exclude_each_other(drawn):
    blank = drawn["contact-report", "letter"]
    groups = {}
    for one in form_reading.fields(form_reading.filled(blank, "x")):
        if one.radio:
            groups.setdefault(one.name, []).append(one.value)
    assert {name: values[0] for name, values in groups.items()} == {
        "incident_trained": "no",
        "reported_taking": "not_known",
        "outcome_divert": "no",
    }


def test_what_is_filled_in_is_seen_and_printed(drawn):
    blank = drawn["hold-worksheet-mo", "letter"]
    pictures = []
    for content in (blank, form_reading.filled(blank, "XXXX XXXX")):
        with form_reading.opened(content) as pdf:
            page = pdf[0]
            pictures.append(page.render(scale=1, may_draw_forms=True).to_pil().convert("L"))
            page.close()
    empty, typed = (sum(picture.histogram()[:128]) for picture in pictures)
    assert typed > empty + 2_000


@pytest.mark.parametrize("key", DRAWN)
def test_every_page_says_that_nothing_of_it_is_kept(drawn, pages, key):
    texts = pages(drawn[key])
    for number, text in enumerate(texts, 1):
        assert BLANK in text
        assert f"Page {number} of {len(texts)}" in text


@pytest.mark.parametrize("key", DRAWN)
def test_only_a_report_and_very_long_liaisons_take_two_pages(drawn, pages, key):
    assert len(pages(drawn[key])) == COUNTS[key]


def test_the_liaisons_of_the_county_stand_on_the_referral(drawn, pages):
    [text] = pages(drawn["liaison-referral", "letter"])
    for part in ("Phelps County", "Marisol Okafor", "CBHL, Ozark Health", "573-555-0199"):
        assert part in text


def test_a_county_without_a_liaison_says_so_and_leaves_room_to_write(drawn, found, pages):
    key = ("liaison-referral-nobody", "letter")
    assert "Liaison: nobody on record" in pages(drawn[key])[0]
    assert "liaison_name" in {one.name for one in found[key]}
    assert "liaison_name" not in {one.name for one in found["liaison-referral", "letter"]}


def test_the_worksheet_says_what_it_is_not(drawn, pages):
    [text] = pages(drawn["hold-worksheet-mo", "letter"])
    assert "This is not a court form and cannot be filed." in text
    assert "RSMo 632.305" in text
    [text] = pages(drawn["hold-worksheet", "letter"])
    assert "DMH" not in text


def test_copies_in_one_file_have_fields_and_bookmarks_of_their_own():
    form = catalogs.form("liaison-referral")
    copies = [FormCopy(form, CHAPTER, f"County {n}", prefix=f"c{n}") for n in (1, 2, 3)]
    steps = []
    content = draw_forms(copies, DAY, progress=lambda *step: steps.append(step))
    names = [one.name for one in form_reading.fields(content) if not one.radio]
    assert len(names) == len(set(names))
    assert {name.split("_")[0] for name in names} == {"c1", "c2", "c3"}
    pdf = pypdfium2.PdfDocument(content)
    assert [mark.get_title() for mark in pdf.get_toc()] == ["County 1", "County 2", "County 3"]
    assert pdf.get_metadata_dict()["Title"] == "Liaison referral, 3 counties"
    pdf.close()
    assert (steps[0], steps[-1]) == ((0, 3, "County 1"), (3, 3))


def test_a_file_has_title_author_and_language(drawn):
    pdf = pypdfium2.PdfDocument(drawn["liaison-referral", "a4"])
    told = pdf.get_metadata_dict()
    pdf.close()
    assert (told["Title"], told["Author"]) == ("Liaison referral, Phelps County", CHAPTER)
    assert b"/Lang (en-US)" in drawn["liaison-referral", "a4"]


def test_a_letter_that_cannot_be_printed_is_refused():
    with pytest.raises(Refused, match="cannot be printed"):
        draw_forms([FormCopy(catalogs.form("liaison-referral"), "議会")], DAY)


def test_drawing_many_copies_can_be_stopped():
    def stop(done, total, text=""):
        if done == 1:
            raise Cancelled

    copies = [FormCopy(catalogs.form("liaison-referral"), CHAPTER, prefix=f"c{n}") for n in "123"]
    with pytest.raises(Cancelled):
        draw_forms(copies, DAY, progress=stop)


def test_choices_go_on_in_the_next_line_where_they_do_not_fit():
    field = FormField("a", "A", choices=("First choice", "Second choice", "Third choice"))
    assert [choice.down for choice in choices_of(field, 400)] == [0, 0, 0]
    assert [choice.down for choice in choices_of(field, 170)] == [0, 0, ENTRY]
    assert [choice.down for choice in choices_of(field, 60)] == [0, ENTRY, 2 * ENTRY]


@pytest.mark.parametrize("key", DRAWN)
def test_every_form_looks_as_it_was_judged(drawn, picture_of, tmp_path, key):
    name, paper = key
    count = COUNTS[key]
    said = [
        held_against(picture_of(drawn[key], page=n), f"form-{name}-{paper}-{n + 1}", tmp_path)
        for n in range(count)
    ]
    assert not any(said), said

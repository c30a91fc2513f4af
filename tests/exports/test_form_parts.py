"""The layout of forms by itself: heights, pages, names of fields, and any form one could write."""

from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cit_desktop.documents.forms import (
    Contact,
    Form,
    FormCopy,
    FormField,
    FormRow,
    FormSection,
    field_name,
)
from cit_desktop.exports.forms.draw import draw_forms
from cit_desktop.exports.forms.parts import ContactPart, Heading, Notice, Words, fact
from cit_desktop.exports.forms.rows import ENTRY, LABEL, RowPart, choices_of
from cit_desktop.exports.forms.sheet import MARGIN, paginate
from tests.exports import form_reading

DAY = date(2026, 11, 23)
ROOM = 532.0


@dataclass
class Block:
    """A part of some height that remembers nothing."""

    height: float
    grows: bool = False
    drawn: list = field(default_factory=list)

    def draw(self, sheet, top, more):
        self.drawn.append((top, more))


def section(*rows, contacts=False):
    return FormSection("part", "Part", rows, contacts)


def form(*sections, **more):
    said = {"about": "About", "lead": "Lead", "notices": (), "facts": (), **more}
    return Form(key="own", title="Own form", sections=sections, **said)


def row_part(*asked, number=0, repeat=1):
    row = FormRow(asked, repeat)
    return RowPart(section(row), row, ROOM, number)


def height(*asked, number=0):
    return row_part(*asked, number=number).height


# Names of fields


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("", "person", "name", 0, ""), "person_name"),
        (("c1", "person", "name", 2, ""), "c1_person_name_2"),
        (("", "signs", "seen", 0, "Poor self-care"), "signs_seen_poor_self_care"),
        (("", "a", "b", 0, "Ärger & (Ünruhe)"), "a_b_arger_unruhe"),
    ],
)
def test_a_field_is_named_after_where_it_stands(parts, name):
    assert field_name(*parts) == name


# Heights


def test_a_line_has_room_for_its_label_and_for_handwriting():
    assert height(FormField("a", "A")) == LABEL + ENTRY


def test_a_row_is_as_high_as_its_highest_field():
    assert height(FormField("a", "A"), FormField("b", "B", lines=3)) == LABEL + 3 * ENTRY


def test_a_repeated_row_has_its_labels_once():
    first, second = (height(FormField("a", "A"), number=number) for number in (1, 2))
    assert first == LABEL + ENTRY
    assert ENTRY <= second < first


def test_choices_in_columns_take_a_line_for_each_row_of_them():
    asked = FormField("a", "A", choices=tuple("abcdefg"), columns=3)
    assert height(asked) == LABEL + 3 * ENTRY


def test_there_are_only_as_many_columns_as_the_cell_is_wide_enough_for():
    asked = FormField("a", "A", choices=("a", "b", "c", "d"), columns=4)
    assert {choice.down for choice in choices_of(asked, 300)} == {0}
    assert {choice.down for choice in choices_of(asked, 100)} == {0, ENTRY}
    assert {choice.x for choice in choices_of(asked, 34)} == {5}


def test_choices_in_columns_stand_under_each_other():
    asked = FormField("a", "A", choices=("a", "long choice", "b", "c"), columns=2)
    found = choices_of(asked, 300)
    assert found[0].x == found[2].x
    assert found[1].x == found[3].x
    assert found[0].room == found[1].room


def test_a_choice_wider_than_its_cell_is_made_to_fit():
    asked = FormField("a", "A", choices=("A choice that is much wider than the cell it is in",))
    [choice] = choices_of(asked, 80)
    assert choice.x + choice.room < 80


def test_cells_share_the_row_by_their_widths():
    part = row_part(FormField("a", "A", width=3), FormField("b", "B", width=1))
    cells = [(x, wide) for _, x, wide in part._cells()]
    assert cells == [(MARGIN, ROOM * 3 / 4), (MARGIN + ROOM * 3 / 4, ROOM / 4)]


@pytest.mark.parametrize("part", [Heading("Part"), row_part(FormField("a", "A"))])
def test_only_what_says_so_grows(part):
    assert not part.grows


def test_a_row_grows_when_one_of_its_fields_does():
    assert row_part(FormField("a", "A"), FormField("b", "B", grow=True)).grows


def test_words_take_the_lines_they_need():
    one, many = (Words(" ".join(["word"] * count), ROOM).height for count in (5, 200))
    assert many > 5 * one
    assert fact("word", ROOM).height < 20


def test_a_notice_has_room_for_every_sentence():
    one, two = (Notice(("A sentence.",) * count, ROOM).height for count in (1, 2))
    assert two > one + 10


@pytest.mark.parametrize(
    ("contact", "low", "high"),
    [
        (Contact("Ann Bell"), 30, 30),
        (Contact("Ann Bell", "CBHL", "Ozark Health", "573-555-0141", "", "a@b.org"), 30, 36),
        (Contact("Ann " * 20, "CBHL", "Ozark Health " * 8), 46, 80),
    ],
)
def test_a_liaison_takes_the_lines_that_the_words_need(contact, low, high):
    assert low <= ContactPart(contact, ROOM).height <= high


def test_an_address_longer_than_the_page_is_set_smaller_and_not_run_over_its_edge():
    made = form(section(*lines(1)), facts=(f"See https://example.org/{'page' * 60}",))
    with form_reading.opened(draw_forms([FormCopy(made)], DAY)) as pdf:
        text = pdf[0].get_textpage()
        edges = [text.get_charbox(number)[2] for number in range(text.count_chars())]
    assert max(edges) <= MARGIN + ROOM + 1


# Pages


def test_a_group_is_never_torn():
    groups = [[Block(40)], [Block(30), Block(40)], [Block(10)]]
    pages = paginate(groups, 100, 100)
    assert [[part.height for part in page] for page in pages] == [[40], [30, 40, 10]]


def test_the_first_page_may_be_shorter():
    groups = [[Block(40)]] * 4
    assert [len(page) for page in paginate(groups, 50, 130)] == [1, 3]


def test_what_is_higher_than_a_page_gets_one_of_its_own():
    pages = paginate([[Block(500)], [Block(10)]], 100, 100)
    assert [[part.height for part in page] for page in pages] == [[500], [10]]


def lines(count, **more):
    return tuple(FormRow((FormField(f"f{n}", f"Label {n}", **more),)) for n in range(count))


def test_a_long_form_goes_on_with_its_name_above(pages):
    texts = pages(draw_forms([FormCopy(form(section(*lines(60))), "Ozark Ridge")], DAY))
    assert len(texts) == 3
    assert all(text.startswith("Own form · Ozark Ridge") for text in texts[1:])
    assert "Page 3 of 3" in texts[2]


def test_a_form_of_nobody_bears_the_programs_name(pages):
    [text] = pages(draw_forms([FormCopy(form(section(*lines(2))))], DAY))
    assert text.startswith("CIT Desktop Own form")


def test_the_last_field_that_grows_takes_what_is_left_of_the_page():
    growing = FormRow((FormField("more", "More", grow=True),))
    content = draw_forms([FormCopy(form(section(*lines(3), growing, *lines(1)[:0])))], DAY)
    *others, last = form_reading.fields(content)
    assert last.name == "part_more"
    assert last.top - last.bottom > 400
    assert last.bottom == pytest.approx(44.5, abs=2)
    assert all(one.top - one.bottom < 20 for one in others)


def test_what_is_signed_by_hand_has_no_field():
    signed = FormRow((FormField("name", "Name"), FormField("sign", "Signature", pen=True)))
    names = [
        one.name for one in form_reading.fields(draw_forms([FormCopy(form(section(signed)))], DAY))
    ]
    assert names == ["part_name"]


def test_lines_that_are_repeated_are_told_apart_by_their_number():
    repeated = FormRow(
        (FormField("words", "Words"), FormField("seen", "Seen", choices=("Yes",))), 2
    )
    found = form_reading.fields(draw_forms([FormCopy(form(section(repeated)))], DAY))
    assert [one.name for one in found] == [
        "part_words_1",
        "part_seen_1_yes",
        "part_words_2",
        "part_seen_2_yes",
    ]
    assert found[2].told == "Part: Words, line 2"
    assert found[3].told == "Part: Seen, line 2: Yes"


# Any form


LABELS = st.text("abcdefghijklmno ÄéŁ’-", min_size=1, max_size=40).filter(str.strip)
FIELD = st.builds(
    FormField,
    key=st.just("x"),
    label=LABELS,
    width=st.integers(1, 5),
    lines=st.integers(1, 4),
    grow=st.booleans(),
    choices=st.lists(LABELS, max_size=4, unique_by=lambda text: field_name(text)).map(tuple),
    columns=st.integers(0, 4),
    pen=st.booleans(),
)
ROWS = st.lists(
    st.tuples(st.lists(FIELD, min_size=1, max_size=4), st.integers(1, 2)), min_size=1, max_size=4
)


def numbered(rows):
    """The rows with a key of its own for each field."""
    count = 0
    made = []
    for asked, repeat in rows:
        own = []
        for one in asked:
            count += 1
            own.append(FormField(f"f{count}", *[getattr(one, name) for name in REST]))
        made.append(FormRow(tuple(own), repeat))
    return made


REST = ("label", "width", "lines", "grow", "choices", "columns", "pen")


@settings(max_examples=8, deadline=None, phases=(Phase.generate,))
@given(ROWS)
def test_on_any_form_no_field_covers_another_and_all_have_names(rows):
    made = form(section(*numbered(rows)), notices=("Beware.",), facts=("A fact.",))
    found = form_reading.fields(draw_forms([FormCopy(made, "Ozark Ridge")], DAY))
    names = [one.name for one in found]
    assert len(names) == len(set(names))
    assert all(one.left >= MARGIN and one.right <= 612 - MARGIN for one in found)
    assert all(one.bottom >= 40 and one.top <= 770 for one in found)
    for one, other in combinations(found, 2):
        apart = one.page != other.page or (
            min(one.right, other.right) - max(one.left, other.left) <= 0.1
            or min(one.top, other.top) - max(one.bottom, other.bottom) <= 0.1
        )
        assert apart, (one, other)

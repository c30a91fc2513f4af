"""What is said about merging, and pairs as they are found."""

from datetime import UTC, datetime

import pytest

from cit_desktop.errors import Conflict, Refused
from cit_desktop.services import duplicates, merge, people, unmerge
from cit_desktop.services.duplicates import Likely
from cit_desktop.services.merge_views import ClassLine, MergedRow, MergePreview
from cit_desktop.services.people import PersonDraft
from tests.ui.people.test_merge_page import pair  # noqa: F401 - a fixture
from ui.pages.merging import duplicate_pairs, words
from ui.pages.merging.pane import merge_people


def preview(moves=(), classes=()):
    return MergePreview(1, 2, "Ana Ito", "Anna Ito", (1, 1), (), classes, moves, (), ())


def row(**changes):
    values = {
        "id": 1,
        "former_id": 2,
        "name": "Anna Ito",
        "email": "",
        "phone": "",
        "person_id": 1,
        "person": "Ana Ito",
        "at": datetime(2026, 11, 20, 15, tzinfo=UTC),
        "actor": "",
    }
    return MergedRow(**(values | changes))


@pytest.mark.parametrize(
    ("moves", "sentence"),
    [
        ((), "Anna Ito has no classes, certificates or employments that would move."),
        ((("classes", 1),), "1 class moves to Ana Ito."),
        ((("classes", 2),), "2 classes move to Ana Ito."),
        (
            (("state numbers", 1), ("classes", 1_200)),
            "1,200 classes and 1 state number move to Ana Ito.",
        ),
        (
            (("former names", 1), ("blocks taught", 3), ("certificates", 1)),
            "1 certificate, 3 blocks taught and 1 former name move to Ana Ito.",
        ),
    ],
)
def test_what_moves_is_one_sentence_with_classes_first(moves, sentence):
    assert words.moves(preview(moves)) == sentence


def test_only_classes_that_become_one_are_told():
    lines = (
        ClassLine(1, "CIT40-2026-1", "CIT", "joined", "Their records become one."),
        ClassLine(2, "CIT40-2026-2", "CIT", "moves"),
        ClassLine(3, "CIT40-2026-3", "CIT", "refused", "They contradict each other."),
    )
    assert words.joined(preview(classes=lines)) == ["Their records become one."]


@pytest.mark.parametrize(
    ("score", "text", "tone"),
    [(90, "Very likely", "care"), (50, "Likely", "accent"), (30, "Perhaps", "soft")],
)
def test_how_likely_it_is_has_a_word_and_a_shape(score, text, tone):
    shown = words.level(Likely(1, 2, (), score))
    assert (shown.text, shown.tone) == (text, tone)
    assert shown.shape != "none"


def test_what_speaks_against_it_comes_last():
    likely = Likely(1, 2, ("but other suffixes", "same e-mail", "same name"), 50)
    assert words.reasons(likely) == "Same e-mail, same name; but other suffixes"


def test_two_of_one_name_are_told_as_two_records():
    assert words.merged("Ana Ito", "Ana Ito") == "The two records of Ana Ito are one now."


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "Also known as Anna Ito; merged on Nov 20, 2026"),
        ({"actor": "R. Vance"}, "Also known as Anna Ito; merged on Nov 20, 2026 by R. Vance"),
        (
            {"phone": "5735550102", "email": "a@b.org"},
            "Also known as Anna Ito, a@b.org, (573) 555-0102; merged on Nov 20, 2026",
        ),
    ],
)
def test_a_former_name_says_what_was_known_and_when(changes, text):
    assert words.former(row(**changes)) == text


def test_pairs_are_found_with_names_and_counted(chapter):
    for _again in range(2):
        chapter.do(people.add, PersonDraft("Young", "Zoë"))
    found = duplicate_pairs.find(chapter.context.db)
    assert [(line.place, line.name, line.other) for line in found.lines] == [
        (place, "Young, Zoë", "Young, Zoë") for place in range(3)
    ]
    assert duplicate_pairs.count(chapter.context.db, lambda *_: None) == 3
    assert found.notes == ()
    assert duplicate_pairs.count_text(1_500) == "1,500 pairs of people who may be one"


def test_a_merge_of_what_changed_since_is_refused_and_leaves_both(pair):  # noqa: F811
    keep, other = pair.people["Allen"], pair.people["Peggy"]
    with pytest.raises(Conflict):
        merge_people(pair.context.db, keep, other, {}, (77, 1), lambda *_: None)
    assert pair.ask(unmerge.merged) == []
    assert pair.person("Peggy").name == "Peggy Allan"


def test_nobody_is_kept_apart_from_themselves(pair):  # noqa: F811
    with pytest.raises(Refused):
        pair.do(duplicates.keep_apart, pair.people["Allen"], pair.people["Allen"])
    assert pair.ask(merge.resolve, pair.people["Allen"]) == pair.people["Allen"]

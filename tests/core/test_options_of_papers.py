"""What can be chosen about a paper, and that nothing is chosen in vain."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from cit_desktop.documents.options import USUAL, Options, check
from cit_desktop.errors import Refused
from cit_desktop.papers import class_papers

CHOSEN = {
    "stock": "avery-5160",
    "start_at": 3,
    "who": "trainees",
    "numbers": True,
    "test": True,
    "right": 1.5,
    "up": -0.5,
    "day": date(2026, 10, 12),
}


def test_every_option_is_tried_here():
    assert {field.name for field in fields(Options)} == CHOSEN.keys()


@pytest.mark.parametrize("name", CHOSEN)
def test_an_option_that_a_paper_does_not_have_is_refused_by_name(name):
    chosen = Options(**{name: CHOSEN[name]})
    check(chosen, frozenset({name}), "labels")
    with pytest.raises(Refused, match=r"The paper “class roster” has no .+\.") as raised:
        check(chosen, frozenset(CHOSEN) - {name}, "class roster")
    assert raised.value.hint


def test_what_is_usual_is_never_refused():
    check(USUAL, frozenset(), "class roster")


def test_papers_name_only_options_that_there_are():
    known = {field.name for field in fields(Options)}
    assert all(paper.takes <= known for paper in class_papers.PAPERS)

"""What roles, results, areas and standings are called, and why somebody stands as they do."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from cit_desktop import catalogs, day_words, record_words
from cit_desktop.services import certification, joining
from cit_desktop.services.certification import Standing

SINCE, DUE, END = date(2024, 3, 4), date(2026, 3, 4), date(2027, 3, 4)


@pytest.mark.parametrize(
    ("standing", "why"),
    [
        (Standing(), "No basic course completed yet."),
        (Standing("none", SINCE), "No basic course completed yet."),
        (Standing("current", None), "No basic course completed yet."),
        (
            Standing("current", SINCE),
            "Basic course completed Mar 4, 2024; does not expire.",
        ),
        (
            Standing("current", SINCE, DUE),
            "Basic course completed Mar 4, 2024; refresher due from Mar 4, 2026.",
        ),
        (
            Standing("refresher due", SINCE, DUE),
            "Basic course completed Mar 4, 2024; refresher due since Mar 4, 2026.",
        ),
        (
            Standing("current", SINCE, DUE, END),
            "Basic course completed Mar 4, 2024; refresher due from Mar 4, 2026; "
            "expires Mar 4, 2027.",
        ),
        (
            Standing("current", SINCE, None, END),
            "Basic course completed Mar 4, 2024; expires Mar 4, 2027.",
        ),
        (
            Standing("expired", SINCE, DUE, END),
            "Basic course completed Mar 4, 2024; expired Mar 4, 2027.",
        ),
    ],
)
def test_a_standing_says_what_it_follows_from(standing, why):
    assert record_words.why(standing) == why


def test_on_paper_the_days_of_a_standing_are_written_in_full():
    told = record_words.why(Standing("current", SINCE, DUE), day_words.formal)
    assert told == "Basic course completed March 4, 2024; refresher due from March 4, 2026."


@pytest.mark.parametrize(
    ("result", "status", "word"),
    [
        ("completed", "finalized", "Completed"),
        ("completed", "cancelled", "Completed"),
        ("partial", "finalized", "In part"),
        ("withdrawn", "open", "Withdrawn"),
        ("open", "open", "Enrolled"),
        ("open", "cancelled", "Cancelled"),
        ("open", "finalized", "Open"),
        ("", "on record", ""),
    ],
)
def test_a_result_is_called_by_how_the_class_ended(result, status, word):
    assert record_words.result(result, status) == word


def test_every_role_standing_and_area_has_a_word():
    assert set(joining.ROLES) == set(record_words.ROLES)
    assert set(get_args(certification.State)) == set(record_words.STANDINGS)
    assert {*catalogs.AREAS, ""} == set(record_words.AREAS)


@pytest.mark.parametrize(
    ("call", "unknown", "word"),
    [
        (record_words.role, "guest speaker", "Guest speaker"),
        (record_words.area, "Art therapy", "Art therapy"),
        (record_words.area, "", "Other"),
        (record_words.area, "skill", "Skill"),
        (record_words.role, "observer", "Observer"),
    ],
)
def test_a_word_that_is_not_known_is_shown_as_it_was_typed(call, unknown, word):
    assert call(unknown) == word

"""A council of two counties, and two liaisons of whom one serves one of them."""

from __future__ import annotations

import pytest

from cit_desktop.services import liaisons
from cit_desktop.services.liaisons import LiaisonDraft
from tests.ui.people.conftest import Chapter, blank, show, today

__all__ = ["blank", "council", "show", "today"]

MARISOL = LiaisonDraft(
    "Marisol Okafor", "CBHL", "Ozark Health", "5735550141", "5735550199", counties=("Phelps",)
)
TOMAS = LiaisonDraft("Tomás Elgin", "YBHL", "Schools", counties=("Phelps", "Dent"))


@pytest.fixture
def council(blank: Chapter) -> Chapter:
    for draft in (MARISOL, TOMAS):
        blank.do(liaisons.add, draft)
    return blank

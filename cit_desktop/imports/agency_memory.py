"""Keeping what somebody decided about spellings of agencies, so that nobody is asked again."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.imports.planned import Plan
from cit_desktop.models import AgencyApart, AgencySpelling
from cit_desktop.text import letters


def remember(session: Session, plan: Plan, added: Mapping[str, int]) -> None:
    """Write the decisions of a plan: spellings that were joined, and pairs that are not one.

    Args:
        added: The agencies that the import has added, by the letters of their name.
    """
    known = set(session.scalars(select(AgencySpelling.key)))
    for one in plan.remembered:
        if one.apart_from:
            first, second = sorted((one.key, one.apart_from))
            there = select(AgencyApart.id).filter_by(one=first, other=second)
            if session.scalar(there) is None:
                session.add(AgencyApart(one=first, other=second))
        elif one.key not in known:
            agency_id = one.agency_id or added[letters(one.name)]
            session.add(AgencySpelling(agency_id=agency_id, spelling=one.written, key=one.key))
            known.add(one.key)
    session.flush()

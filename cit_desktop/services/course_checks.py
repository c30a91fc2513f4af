"""What a course and its outline must be like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop import catalogs
from cit_desktop.catalogs import Module
from cit_desktop.models import Course
from cit_desktop.services.class_guard import Faults
from cit_desktop.text import clean, clean_lines

_WORDS = frozenset({"code", "title", "audience", "prerequisite", "source"})
_FLAGS = frozenset({"basic", "refresher", "post_credit", "scenario_required", "makeup_allowed"})
_NUMBERS = frozenset(
    {"minutes", "validity_months", "refresher_months", "min_attendance", "min_score"}
)
EDITABLE = _WORDS | _FLAGS | _NUMBERS


def cleaned(fields: dict[str, Any]) -> dict[str, Any]:
    """The values in the form they are stored in."""
    values = dict(fields)
    for name in _WORDS & values.keys():
        values[name] = (clean_lines if name == "source" else clean)(values[name])
    if "code" in values:
        values["code"] = values["code"].upper()
    return values


def faults_of(session: Session, values: dict[str, Any], course_id: int | None) -> Faults:
    """What is wrong with values for a course; ``course_id`` is None for a new one."""
    faults = Faults()
    code = values.get("code")
    if code is not None:
        faults.unless(bool(code), "code", "A course needs a code, such as CIT40.")
        faults.unless(" " not in code, "code", f"The code “{code}” must not have a space.")
        other = session.scalar(
            select(Course.title).filter(Course.code == code, Course.id.is_not(course_id))
        )
        faults.unless(other is None, "code", f"The code {code} belongs to “{other}” already.")
    faults.unless(values.get("title") != "", "title", "A course needs a title.")
    for name, low, high, sentence in _RANGES:
        value = values.get(name, low)
        optional = value is None and name in _OPTIONAL
        faults.unless(optional or low <= value <= high, name, sentence)
    audience = values.get("audience", "")
    known = ("", *catalogs.AUDIENCES)
    faults.unless(audience in known, "audience", f"The audience “{audience}” is not known.")
    return faults


_OPTIONAL = frozenset({"validity_months", "refresher_months", "min_score"})
_RANGES = (
    ("minutes", 1, 400 * 60, "A course lasts between 1 minute and 400 hours."),
    ("validity_months", 1, 1200, "It is valid for 1 to 1,200 months, or for ever."),
    ("refresher_months", 1, 1200, "A refresher is due after 1 to 1,200 months, or never."),
    ("min_attendance", 0, 100, "The attendance needed is between 0 and 100 percent."),
    ("min_score", 0, 100, "The score needed is between 0 and 100 percent, or none."),
)


def clean_module(module: Module) -> Module:
    """The module with a clean title."""
    return Module(
        day=module.day,
        title=clean(module.title),
        minutes=module.minutes,
        delivery=module.delivery,
        area=module.area,
    )


def check_modules(faults: Faults, modules: Sequence[Module]) -> None:
    """Note what is wrong with an outline."""
    for number, module in enumerate(modules, 1):
        called = f"Module {number}"
        faults.unless(bool(module.title), "modules", f"{called} needs a title.")
        faults.unless(
            1 <= module.minutes <= 1440, "modules", f"{called} lasts between 1 minute and 24 hours."
        )
        faults.unless(
            module.area in catalogs.AREAS,
            "modules",
            f"{called} has the credit area “{module.area}”; known are {', '.join(catalogs.AREAS)}.",
        )
        faults.unless(
            module.delivery in ("", *catalogs.DELIVERIES),
            "modules",
            f"{called} has the delivery “{module.delivery}”, which is not known.",
        )
    days = [module.day for module in modules]
    runs = not days or (days == sorted(days) and set(days) == set(range(1, max(days) + 1)))
    faults.unless(runs, "modules", "The days of the outline must run from 1 upward without a gap.")

"""How days and hours are written on paper."""

from __future__ import annotations

from datetime import date

from cit_desktop.day_words import formal as day
from cit_desktop.day_words import formal_days as days

__all__ = ["day", "days", "hours", "hours_of", "short_day"]


def hours(minutes: int) -> str:
    """Minutes as hours with at most two decimals: ``40``, ``36.5``, ``0.33``."""
    return f"{minutes / 60:,.2f}".rstrip("0").rstrip(".")


def hours_of(minutes: int) -> str:
    """Minutes as hours with the word: ``1 hour``, ``36.5 hours``."""
    return f"{hours(minutes)} {'hour' if minutes == 60 else 'hours'}"


def short_day(value: date) -> str:
    """A day in figures: ``03/06/2026``."""
    return f"{value.month:02}/{value.day:02}/{value.year:04}"

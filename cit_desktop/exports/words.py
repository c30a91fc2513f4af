"""How days and hours are written on paper."""

from __future__ import annotations

from datetime import date


def hours(minutes: int) -> str:
    """Minutes as hours with at most two decimals: ``40``, ``36.5``, ``0.33``."""
    return f"{minutes / 60:,.2f}".rstrip("0").rstrip(".")


def hours_of(minutes: int) -> str:
    """Minutes as hours with the word: ``1 hour``, ``36.5 hours``."""
    return f"{hours(minutes)} {'hour' if minutes == 60 else 'hours'}"


def day(value: date) -> str:
    """A day in full: ``March 6, 2026``; in English on every computer."""
    return f"{_MONTHS[value.month - 1]} {value.day}, {value.year}"


def days(first: date, last: date) -> str:
    """From the first to the last day without repeating what they share: ``March 2–6, 2026``."""
    if first == last:
        return day(first)
    month = _MONTHS[first.month - 1]
    if (first.year, first.month) == (last.year, last.month):
        return f"{month} {first.day}–{last.day}, {first.year}"
    if first.year == last.year:
        return f"{month} {first.day} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def short_day(value: date) -> str:
    """A day in figures: ``03/06/2026``."""
    return f"{value.month:02}/{value.day:02}/{value.year:04}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

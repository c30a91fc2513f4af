"""From the hours of a class to what the attendance grid draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cit_desktop import clock
from cit_desktop.services import hours
from cit_desktop.services.hours import AttendanceGrid as Hours
from cit_desktop.services.hours import GridBlock as HoursBlock
from ui import format as fmt
from ui.pages.classes.words import person_pill
from ui.widgets.attendance_grid import GridBlock, GridData, GridPerson, Mark, MarkKind, Summary

_NOON = 12 * 60
_KINDS: dict[str, MarkKind] = {
    kind: kind for kind in ("present", "absent", "late", "excused", "left early", "partial")
}


def grid_data(found: Hours) -> GridData:
    """The whole grid."""
    return GridData(
        people=tuple(
            GridPerson(person.id, person.number or 0, person.name, person.agency)
            for person in found.people
        ),
        blocks=blocks(found.blocks),
        marks={key: grid_mark(mark) for key, mark in found.marks.items()},
        summaries={key: grid_summary(summary) for key, summary in found.summaries.items()},
        required=fmt.hours(hours.required(found.rule.minutes, found.rule.min_attendance)),
        locked=found.locked,
    )


def grid_mark(mark: hours.Mark) -> Mark:
    """One mark."""
    return Mark(_KINDS[mark.mark], mark.minutes, mark.made_up)


def grid_summary(summary: hours.Summary) -> Summary:
    """The two cells at the end of a row."""
    return Summary(fmt.hours(summary.minutes), person_pill(summary))


def blocks(found: Sequence[HoursBlock]) -> tuple[GridBlock, ...]:
    """The columns; weekdays have their date when the class has one more than once."""
    days = {block.day for block in found}
    dated = len({day.weekday() for day in days}) < len(days)
    halves = Counter((block.day, _half(block)) for block in found)
    return tuple(
        GridBlock(
            block_id=block.id,
            day=block.day,
            heading=(
                fmt.month_day(block.day) if dated else fmt.weekday(block.day)[:3],
                _half(block) if halves[block.day, _half(block)] == 1 else _start(block),
            ),
            minutes=block.minutes,
            title=block.title,
            to_come=block.day > clock.today(),
        )
        for block in found
    )


def _half(block: HoursBlock) -> str:
    return "AM" if block.starts_at < _NOON else "PM"


def _start(block: HoursBlock) -> str:
    hour, minute = divmod(block.starts_at, 60)
    return f"{hour % 12 or 12}:{minute:02}"

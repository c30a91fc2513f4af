"""Lists like the samples with their truth: other names, headings, orders, layouts and formats.

``make(seed)`` invents people, lays them out as somebody might have typed them, and says what a
careful person would read in it. ``Variant.workbook()`` is the list as the parser gives it,
``Variant.write()`` a file.
"""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from cit_desktop.imports.types import Cell, Sheet, Workbook
from tests.imports.variant_words import (
    AGENCIES,
    COUNTIES,
    FIRST,
    HEADINGS,
    IGNORED,
    LAST,
    MIDDLE,
    NICKNAMES,
    RANKS,
    SUFFIX,
    TITLES,
)

NAME_ORDERS = ("parts", "first last", "last, first", "headed last first")


@dataclass(frozen=True)
class Human:
    """Somebody invented, as the records should have them."""

    first: str
    middle: str
    last: str
    suffix: str
    agency: str
    agency_written: str
    title: str
    county: str
    state_number: str
    email: str
    phone: str
    completed: date
    minutes: int
    certificate: str


@dataclass
class Variant:
    """A list and its truth: what each record holds, by field, from top to bottom."""

    seed: int
    sheet: str
    rows: list[list[Cell]]
    truth: list[dict[str, Any]]
    skipped: int
    said: list[str]
    text: bool
    day_order: str | None = None
    others: list[tuple[str, list[list[Cell]]]] = field(default_factory=list)
    delimiter: str = ","
    encoding: str = "utf-8"

    def workbook(self) -> Workbook:
        """The list as reading the file gives it."""
        sheets = [(self.sheet, self.rows), *self.others]
        if self.seed % 3 == 0:
            sheets.reverse()
        made = tuple(
            Sheet(name, tuple(map(tuple, rows)), tuple(range(1, len(rows) + 1)))
            for name, rows in sheets
        )
        return Workbook("list", "csv" if self.text else "xlsx", made)

    def write(self, folder: Path) -> Path:
        """A file that holds the list."""
        if self.text:
            made = io.StringIO()
            csv.writer(made, delimiter=self.delimiter).writerows(self.rows)
            path = folder / f"list-{self.seed}.csv"
            path.write_bytes(made.getvalue().encode(self.encoding, "replace"))
            return path
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in [(self.sheet, self.rows), *self.others]:
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = folder / f"list-{self.seed}.xlsx"
        book.save(path)
        return path


def people(some: random.Random, count: int, width: int, zeros: bool) -> list[Human]:
    """Invented people, no two of one name."""
    found: dict[tuple[str, str], Human] = {}
    while len(found) < count:
        first, last = some.choice(FIRST), some.choice(LAST)
        if (first, last) in found:
            continue
        names = some.choice(AGENCIES)
        plain = "".join(
            c for c in f"{first}.{last}".lower() if c.isascii() and (c.isalpha() or c == ".")
        )
        number = "".join(some.choices("0123456789", k=width))
        lost = zeros and count > 8 and len(found) < 2
        number = ("0" if lost else str(some.randint(1, 9))) + number[1:]
        found[first, last] = Human(
            first,
            some.choice(MIDDLE),
            last,
            some.choice(SUFFIX),
            names[0],
            some.choice(names),
            some.choice(TITLES),
            some.choice(COUNTIES),
            "" if some.random() < 0.2 else number,
            f"{plain}{len(found)}@example.org",
            f"573{some.randint(200, 999)}{some.randint(0, 9999):04}",
            date(2016, 1, 1) + timedelta(days=some.randint(0, 3600)),
            some.choice((40 * 60, 40 * 60, 40 * 60, 36 * 60 + 30, 8 * 60, 4 * 60 + 30, 16 * 60)),
            f"{some.randint(2016, 2025)}-{len(found) + 1:03}",
        )
    return list(found.values())


def make(seed: int) -> Variant:
    """A list laid out in one of many ways, always the same for one seed."""
    return _Maker(random.Random(seed), seed).made()


class _Maker:
    def __init__(self, some: random.Random, seed: int) -> None:
        self.some, self.seed = some, seed
        self.text = some.random() < 0.4
        self.zeros = some.random() < 0.6
        self.numbers_as = "text" if self.text else some.choice(("text", "number", "both"))
        width = some.choice((5, 6, 8))
        self.humans = people(some, some.randint(3, 28), width, self.zeros)
        self.case = some.choice(("", "", "", "upper", "last upper", "lower"))
        self.name = some.choice(NAME_ORDERS)
        self.ranked = self.name != "parts" and self.case == "" and some.random() < 0.2
        self.nicknamed = self.name != "parts" and self.case == "" and some.random() < 0.2
        self.agency_case = some.choice(("", "", "upper"))
        self.dates = some.choice(
            ("real", "us", "iso", "words", "mixed", "dmy", "two digits", "serial")
        )
        self.hours = some.choice(("number", "hrs", "h", "clock", "mixed"))
        self.phones = some.choice(
            ("dots", "dashes", "brackets", "plain", "plus", "mixed", "number")
        )
        if self.text and self.phones == "number":
            self.phones = "plain"

    def made(self) -> Variant:
        fields = self.chosen = self.fields()
        headings = [self.heading(one) for one in fields]
        upper, headings = self.two_rows(fields, headings)
        rows: list[list[Any]] = [*self.titles(len(fields))]
        rows += [upper, headings] if upper else [headings]
        truth: list[dict[str, Any]] = []
        skipped = 0
        for number, human in enumerate(self.humans, start=1):
            if number > 2 and self.some.random() < 0.06:
                rows.append([None] * len(fields))
            if number > 2 and self.some.random() < 0.02:
                rows.append(list(headings))
                skipped += 1
            rows.append([self.cell(one, human, number) for one in fields])
            truth.append(self.true(human, fields))
        tail = self.tail(len(fields))
        skipped += sum(any(cell is not None for cell in row) for row in tail)
        rows += tail
        if self.text:
            rows = [[None if cell is None else str(cell) for cell in row] for row in rows]
        return Variant(
            self.seed,
            self.some.choice(("Sheet1", "Roster", "Class list", "2019")),
            rows,
            truth,
            skipped,
            [self.name, self.case, self.dates, self.hours, self.phones, self.numbers_as],
            self.text,
            "dmy" if self.dates == "dmy" else "mdy",
            self.other_sheets(),
            self.some.choice((",", ";", "\t")),
            self.some.choice(("utf-8", "utf-8-sig", "utf-16")),
        )

    def fields(self) -> list[str]:
        name = ["first", "last"] if self.name == "parts" else ["full_name"]
        if self.name == "parts":
            name += [one for one in ("middle", "suffix") if self.some.random() < 0.6]
        others = [
            one
            for one in (
                "agency",
                "title",
                "county",
                "state_number",
                "email",
                "phone",
                "completed",
                "minutes",
                "certificate",
            )
            if self.some.random() < 0.65
        ]
        others += [f"ignored {one}" for one in self.some.sample(IGNORED, self.some.randint(0, 2))]
        if self.some.random() < 0.3:
            found = [*name, *others]
            self.some.shuffle(found)
            return found
        self.some.shuffle(others)
        if self.some.random() < 0.5:
            self.some.shuffle(name)
        where = self.some.randint(0, min(2, len(others)))
        return [*others[:where], *name, *others[where:]]

    def heading(self, name: str) -> str:
        if name.startswith("ignored "):
            return name.removeprefix("ignored ")
        if name == "full_name" and self.name == "headed last first":
            return self.some.choice(
                ("Last, First", "Name (Last, First MI)", "Last Name, First Name")
            )
        return self.some.choice(HEADINGS[name])

    def two_rows(self, fields: list[str], headings: list[str]) -> tuple[list[Cell], list[Any]]:
        """Headings in two rows, as merged cells make them."""
        if self.name != "parts" or self.some.random() > 0.25:
            return [], headings
        places = sorted(fields.index(one) for one in ("first", "last"))
        if places[1] != places[0] + 1:
            return [], headings
        upper: list[Cell] = [None] * len(fields)
        upper[places[0]] = self.some.choice(("Officer", "Name", "Attendee", "Student"))
        lower: list[Any] = list(headings)
        for place in places:
            lower[place] = "First" if fields[place] == "first" else "Last"
        if self.some.random() < 0.5:  # the other headings stand in the upper row
            for place, heading in enumerate(headings):
                if place not in places:
                    upper[place], lower[place] = heading, None
        return upper, lower

    def titles(self, width: int) -> list[list[Cell]]:
        said = [
            "Crisis Intervention Team – 40-hour class",
            "Rolla, MO   October 12–16, 2026",
            "Roster of attendees",
            "Phelps County CIT Council",
            "Class #2019-04",
        ]
        rows: list[list[Cell]] = []
        for text in self.some.sample(said, self.some.choice((0, 0, 1, 2, 3))):
            rows.append([text, *[None] * (width - 1)])
            if self.some.random() < 0.4:
                rows.append([None] * width)
        return rows

    def tail(self, width: int) -> list[list[Cell]]:
        rows: list[list[Cell]] = []
        if self.some.random() < 0.3:
            rows.append([None] * width)
        if self.some.random() < 0.3 and width > 2:
            count = len(self.humans)
            rows.append(
                [
                    self.some.choice(("Total", "TOTAL:", "Total attendees")),
                    count,
                    *[None] * (width - 2),
                ]
            )
        if self.some.random() < 0.3 and width > 1:
            said = (
                "Lunch is on your own. Questions? Call the training office.",
                "* denotes instructor",
                "Note: bring your own pen",
                "Please return this form by October 1",
            )
            rows.append([self.some.choice(said), *[None] * (width - 1)])
        return rows

    def other_sheets(self) -> list[tuple[str, list[list[Cell]]]]:
        if self.text or self.some.random() < 0.6:
            return []
        return [("Directions", [["Park behind the building."], ["Room 210"]])]

    # Cells

    def cell(self, name: str, human: Human, number: int) -> Cell:
        if name.startswith("ignored "):
            return self.ignored(name.removeprefix("ignored "), number)
        if name in ("first", "last", "middle", "suffix", "full_name"):
            return self.name_cell(name, human) or None
        made: dict[str, Any] = {
            "agency": human.agency_written.upper() if self.agency_case else human.agency_written,
            "title": human.title,
            "county": human.county,
            "state_number": self.number(human, number),
            "email": human.email.upper() if self.seed % 5 == 0 else human.email,
            "phone": self.phone(human.phone),
            "completed": self.day(human.completed),
            "minutes": self.time(human.minutes),
            "certificate": human.certificate,
        }
        return made[name] if made[name] != "" else None

    def ignored(self, heading: str, number: int) -> Cell:
        if heading in ("#", "No."):
            return number
        if heading == "Timestamp":
            return f"7/{number % 28 + 1}/2026 16:09:00"
        if heading == "Badge #":
            return 100 + number * 7
        if heading == "Supervisor":
            return self.some.choice(("Capt. Hal Dobbs", "Lt. Reyes", None))
        return self.some.choice(
            (None, None, "none", "vegetarian") if "diet" in heading else (None,)
        )

    def name_cell(self, name: str, human: Human) -> str:
        if name == "last" and "suffix" not in self.chosen:
            return self.cased(f"{human.last} {human.suffix}".strip(), "last")
        if name == "first" and "middle" not in self.chosen:
            return self.cased(
                f"{human.first} {human.middle}".strip() if len(human.middle) == 1 else human.first,
                "first",
            )
        if name != "full_name":
            return self.cased(getattr(human, name), name)
        return self.whole_name(human)

    def whole_name(self, human: Human) -> str:
        first = f"{human.first} {human.middle}".strip()
        last = self.cased(human.last, "last")
        if self.nicknamed and self.some.random() < 0.3:
            mark = self.some.choice(('"{}"', "({})", "“{}”"))
            first = (
                f"{human.first} {mark.format(self.some.choice(NICKNAMES))} {human.middle}".strip()
            )
        first = self.cased(first, "first")
        suffix = self.cased(human.suffix, "suffix")
        if self.name == "first last":
            comma = ", " if suffix and self.some.random() < 0.3 else " "
            text = f"{first} {last}{comma if suffix else ''}{suffix}"
        elif suffix and self.some.random() < 0.4:
            text = f"{last}, {first}, {suffix}"
        elif suffix and self.some.random() < 0.3:
            text = f"{last}, {first} {suffix}"
        else:
            text = f"{last} {suffix}, {first}" if suffix else f"{last}, {first}"
        if self.ranked and self.some.random() < 0.5:
            text = f"{self.some.choice(RANKS)} {text}"
        return text if self.some.random() < 0.9 else f"  {text.replace(' ', '  ')} "

    def cased(self, text: str, part: str) -> str:
        if self.case == "upper" or (self.case == "last upper" and part == "last"):
            return text.upper()
        return text.lower() if self.case == "lower" else text

    def number(self, human: Human, position: int) -> Cell:
        if not human.state_number:
            return self.some.choice((None, None, "N/A", ""))
        as_number = self.numbers_as == "number" or (self.numbers_as == "both" and position % 3 == 0)
        return int(human.state_number) if as_number else human.state_number

    def phone(self, digits: str) -> Cell:
        a, b, c = digits[:3], digits[3:6], digits[6:]
        forms = {
            "dots": f"{a}.{b}.{c}",
            "dashes": f"{a}-{b}-{c}",
            "brackets": f"({a}) {b}-{c}",
            "plain": digits,
            "plus": f"+1 {a} {b} {c}",
        }
        if self.phones == "number":
            return int(digits)
        return forms[self.some.choice(tuple(forms)) if self.phones == "mixed" else self.phones]

    def day(self, day: date) -> Cell:
        kind = self.dates
        if kind == "mixed":
            kind = self.some.choice(("real", "us", "iso", "words", "two digits"))
        if kind == "real":
            return (
                f"{day:%Y-%m-%d}"
                if self.text
                else self.some.choice((day, datetime(day.year, day.month, day.day)))
            )
        if kind == "serial":
            return (day - date(1899, 12, 30)).days
        forms = {
            "us": f"{day.month}/{day.day}/{day.year}",
            "iso": day.isoformat(),
            "words": f"{day:%B %d, %Y}",
            "dmy": f"{day.day}.{day.month}.{day.year}",
            "two digits": f"{day.month}/{day.day}/{day:%y}",
        }
        return forms[kind]

    def time(self, minutes: int) -> Cell:
        hours = minutes / 60
        kind = (
            self.hours
            if self.hours != "mixed"
            else self.some.choice(("number", "hrs", "h", "clock"))
        )
        short = int(hours) if hours.is_integer() else hours
        return {
            "number": short,
            "hrs": f"{short} hrs",
            "h": f"{short}h",
            "clock": f"{minutes // 60}:{minutes % 60:02}",
        }[kind]

    def true(self, human: Human, fields: list[str]) -> dict[str, Any]:
        whole = "full_name" in fields
        found: dict[str, Any] = {"first": human.first, "last": human.last, "suffix": human.suffix}
        if whole or "middle" in fields or len(human.middle) == 1:
            found["middle"] = human.middle
        for name in ("title", "county", "state_number", "email", "phone", "minutes", "certificate"):
            if name in fields:
                found[name] = getattr(human, name)
        if "agency" in fields:
            found["agency"] = (
                human.agency_written.upper() if self.agency_case else human.agency_written
            )
        if "completed" in fields:
            found["completed"] = human.completed.isoformat()
        return found

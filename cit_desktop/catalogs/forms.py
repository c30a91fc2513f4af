"""The blank forms of the field that ship with the program, and what differs by state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Final

from cit_desktop.catalogs.toml import Table, shipped
from cit_desktop.documents.forms import Form, FormField, FormRow, FormSection, field_name
from cit_desktop.errors import NotFound

FORMS: Final = ("contact-report", "liaison-referral", "hold-worksheet")
_MOST: Final = 40
_MOST_LINES: Final = 36  # with its heading no higher than a page
_NARROWEST: Final = 16  # one part of so many of a row


@cache
def form(key: str, state: str = "") -> Form:
    """A form as it is in a state.

    Raises:
        NotFound: There is no such form; says which there are.
    """
    return form_from_toml(form_text(key), _file_of(key), state)


def form_text(key: str) -> str:
    """The TOML of a form as it ships.

    Raises:
        NotFound: There is no such form; says which there are.
    """
    if key not in FORMS:
        known = ", ".join(FORMS)
        raise NotFound(f"There is no form “{key}”.", f"Choose one of these: {known}.")
    return shipped("forms", _file_of(key))


def _file_of(key: str) -> str:
    return f"{key.replace('-', '_')}.toml"


def form_from_toml(text: str, name: str, state: str = "") -> Form:
    """A form from the text of a file.

    Raises:
        FileProblem: The text is not a form; says where and what was expected.
    """
    top = Table.parse(text, name)
    found = Form(
        key=top.text("key"),
        title=top.text("title"),
        about=top.text("about"),
        lead=top.text("lead"),
        notices=top.texts("notices"),
        facts=top.texts("facts"),
        sections=tuple(_section(table) for table in top.tables("sections")),
    )
    states = top.table("states")
    own = {code: _in_state(states.table(code), found) for code in states.names()}
    top.finish()
    _refuse_twins(top, found)
    return own.get(state, found)


def _in_state(own: Table, found: Form) -> Form:
    """The form with the words of a state; what it does not say stays."""
    changed = replace(
        found,
        title=own.text("title", found.title),
        about=own.text("about", found.about),
        lead=own.text("lead", found.lead),
        notices=own.texts("notices") or found.notices,
        facts=own.texts("facts") or found.facts,
    )
    own.finish()
    return changed


def _section(table: Table) -> FormSection:
    section = FormSection(
        key=table.text("key"),
        title=table.text("title"),
        rows=tuple(_row(row) for row in table.tables("rows")),
        contacts=table.flag("contacts"),
    )
    if not section.rows:
        raise table.problem("rows", "must hold at least one row")
    table.finish()
    return section


def _row(table: Table) -> FormRow:
    row = FormRow(
        fields=tuple(_field(field) for field in table.tables("fields")),
        repeat=table.number("repeat", 1, _MOST, 1),
    )
    if not row.fields:
        raise table.problem("fields", "must hold at least one field")
    widths = [field.width for field in row.fields]
    if min(widths) * _NARROWEST < sum(widths):
        hint = f"Give every field at least 1 part in {_NARROWEST} of the width of its row."
        raise table.problem("fields", "holds a field that is too narrow", hint)
    table.finish()
    return row


def _field(table: Table) -> FormField:
    field = FormField(
        key=table.text("key"),
        label=table.text("label"),
        width=table.number("width", 1, _MOST, 1),
        lines=table.number("lines", 1, _MOST_LINES, 1),
        grow=table.flag("grow"),
        choices=table.texts("choices"),
        columns=table.number("columns", 0, 6, 0),
        pen=table.flag("pen"),
        one=table.flag("one"),
    )
    table.finish()
    return field


def _refuse_twins(top: Table, found: Form) -> None:
    """Two fields of one name would be filled in together."""
    seen: set[str] = set()
    for section in found.sections:
        for said, name in _names(section):
            if name in seen:
                raise top.problem("sections", f"holds the field “{said}” twice")
            seen.add(name)


def _names(section: FormSection) -> Iterator[tuple[str, str]]:
    """Every field of a section as its layout says it, and by its name in the file."""
    for row in section.rows:
        numbers = range(1, row.repeat + 1) if row.repeat > 1 else (0,)
        for field in row.fields:
            said = f"{section.key}.{field.key}"
            yield said, field_name(section.key, field.key)
            for number, choice in product(numbers, field.choices or ("",)):
                if number or choice:
                    named = f"{said}.{choice}" if choice else said
                    yield named, field_name(section.key, field.key, number, choice)

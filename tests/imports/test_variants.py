"""Lists like the samples in hundreds of other shapes give their truth, too.

The campaign over 2,000 of them runs with ``CIT_VARIANTS=2000``; without it a few are looked at.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cit_desktop.imports.apply import commit
from cit_desktop.imports.plan import KINDS, make_plan
from cit_desktop.imports.reading import from_workbook, read_table
from tests.imports.variants import make

COUNT = int(os.environ.get("CIT_VARIANTS", "40"))
FEW = settings(
    max_examples=COUNT,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def read(variant):
    """The table of a variant, with the order of day and month said where it is asked."""
    table = from_workbook(variant.workbook())
    orders = {one.column: variant.day_order for one in table.doubts}
    return from_workbook(variant.workbook(), day_orders=orders) if orders else table


def compared(table, variant):
    """What was read otherwise than it is true: row, field, read, true."""
    return [
        (row.row, name, row.values.get(name, ""), true)
        for row, record in zip(table.records, variant.truth, strict=True)
        for name, true in record.items()
        if row.values.get(name, "") != true
    ]


@FEW
@given(seed=st.integers(0, 10**9))
def test_every_record_of_a_variant_is_read_as_it_is_meant(seed):
    variant = make(seed)
    table = read(variant)
    assert len(table.records) == len(variant.truth)
    assert compared(table, variant) == []


@FEW
@given(seed=st.integers(0, 10**9))
def test_no_row_of_a_variant_is_lost(seed):
    variant = make(seed)
    table = read(variant)
    assert len(table.rows) - len(table.records) == variant.skipped
    filled = [row for row in variant.rows if any(cell not in (None, "") for cell in row)]
    above = sum(bool(row) for row in filled) - len(table.rows)
    assert above >= 1


@pytest.mark.parametrize("seed", range(8))
def test_a_variant_in_a_file_is_read_as_in_memory(tmp_path, seed):
    variant = make(seed)
    path = variant.write(tmp_path)
    table = read_table(path)
    orders = {one.column: variant.day_order for one in table.doubts}
    assert compared(read_table(path, day_orders=orders), variant) == []


@pytest.mark.parametrize("seed", range(100, 112))
def test_a_variant_adds_everybody_once_and_nobody_the_second_time(db, seed):
    variant = make(seed)
    table = read(variant)
    with db.read() as session:
        plan = make_plan(session, table)
    assert plan.counts["read"] == sum(plan.counts[kind] for kind in KINDS) == len(table.rows)
    assert plan.counts["new"] == len(variant.truth)
    commit(db, plan, backup=False)
    with db.read() as session:
        again = make_plan(session, table)
    assert not again.changes_anything

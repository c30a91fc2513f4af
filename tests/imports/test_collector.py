"""Work that makes many objects is not held up by searches for circles among them."""

from __future__ import annotations

import gc

import pytest

from cit_desktop.imports import collector
from cit_desktop.imports.reading import from_workbook
from cit_desktop.imports.text_file import read_pasted
from cit_desktop.progress import Cancelled


def test_nothing_is_collected_meanwhile_and_all_is_as_before_afterwards():
    assert gc.isenabled()
    with collector.paused():
        assert not gc.isenabled()
        with collector.paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_leaves_the_collector_on():
    with pytest.raises(ValueError), collector.paused():
        raise ValueError
    assert gc.isenabled()


def test_reading_the_columns_tells_how_far_it_is_and_can_be_stopped():
    told = []

    def progress(done: int, total: int, what: str = "") -> None:
        told.append((done, total, gc.isenabled()))
        if done >= 400:
            raise Cancelled

    book = read_pasted("Name\tAgency\n" + "Smith, Al\tRolla PD\n" * 1_000)
    with pytest.raises(Cancelled):
        from_workbook(book, progress=progress)
    assert told[-1] == (400, 1_000, False)
    assert gc.isenabled()

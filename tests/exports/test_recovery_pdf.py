from __future__ import annotations

from datetime import date

import pypdfium2
import pytest

from cit_desktop.documents.certificates import RecoverySheet
from cit_desktop.errors import Refused
from cit_desktop.exports.recovery_pdf import draw_sheet
from cit_desktop.proving import recovery
from tests.core.proofs import KEY

SHEET = RecoverySheet(
    "Conseil de crise d'Orléans – Łódź",
    KEY.key_id,
    date(2026, 11, 23),
    recovery.lines_of(KEY.private_key),
)


def page_text(pdf):
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    return text


def test_what_is_typed_from_the_sheet_is_the_key():
    text = page_text(draw_sheet(SHEET))
    lines = [line for line in text.splitlines() if line[:2] in ("1 ", "2 ", "3 ", "4 ")]
    assert recovery.private_key_of("\n".join(lines)) == KEY.private_key


def test_the_sheet_says_of_which_chapter_and_key_it_is():
    text = page_text(draw_sheet(SHEET))
    assert SHEET.chapter in text
    assert f"Key {KEY.key_id}, made on November 23, 2026" in text


def test_the_same_key_gives_the_same_sheet():
    assert draw_sheet(SHEET) == draw_sheet(SHEET)


def test_a_name_that_cannot_be_printed_is_refused():
    with pytest.raises(Refused, match="cannot be printed"):
        draw_sheet(RecoverySheet("議会", KEY.key_id, SHEET.created, SHEET.lines))

"""Two threads inside PDFium at once end the program, so each waits for its turn."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from cit_desktop import pdfium
from cit_desktop.exports import proof_reading
from cit_desktop.exports.certificate_pdf import draw_certificates, draw_separately
from cit_desktop.exports.certificates.preview import picture
from tests.exports.certificate_contents import short
from ui.widgets.pdf_pages import PdfPages

TOP = Path(__file__).resolve().parents[2]
ONE = short("modern", "letter")
CONTENT = draw_certificates([ONE, ONE], {})


def shown():
    pages = PdfPages(CONTENT)
    pages.render(0, 0.2)
    pages.close()


@pytest.mark.parametrize(
    "work",
    [
        shown,
        lambda: picture(ONE, {}, 200),
        lambda: list(draw_separately([ONE, ONE], {})),
        lambda: proof_reading.proofs(CONTENT),
    ],
    ids=["shown", "preview", "parted", "verified"],
)
def test_whoever_needs_it_waits_while_another_thread_has_it(qapp, work):
    thread = threading.Thread(target=work)
    with pdfium.turn:
        thread.start()
        thread.join(0.2)
        assert thread.is_alive()
    thread.join(20)
    assert not thread.is_alive()


def test_the_window_shows_pages_between_two_files_that_are_parted(qapp):
    files = draw_separately([ONE] * 3, {})
    next(files)
    thread = threading.Thread(target=shown)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    assert len(list(files)) == 2


def test_nobody_uses_it_out_of_turn():
    modules = [path for folder in ("cit_desktop", "ui") for path in (TOP / folder).rglob("*.py")]
    using = [path for path in modules if "pypdfium2." in path.read_text(encoding="utf-8")]
    assert using
    assert [p.name for p in using if "pdfium.turn" not in p.read_text(encoding="utf-8")] == []

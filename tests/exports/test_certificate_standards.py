"""What any reader of PDF, a printer's office or an archive asks of a certificate's file."""

from __future__ import annotations

import re
import shutil
import subprocess
from contextlib import closing
from datetime import date

import pypdfium2
import pytest
from pypdfium2 import raw

from cit_desktop.exports.certificate_pdf import draw_certificates, draw_separately
from cit_desktop.exports.certificates.stock import calibration
from tests.exports.certificate_contents import PAPERS, TEMPLATES, long

QPDF, PDFFONTS = shutil.which("qpdf"), shutil.which("pdffonts")


@pytest.fixture(scope="module", params=TEMPLATES)
def files(request, images):
    """A template with everything it can show, drawn alone, separately, and many in one file."""
    logo, hand = images
    every = [long(request.param, paper, 3, hand, logo, hand) for paper in PAPERS]
    return [draw_certificates(every[:1], images), *draw_separately(every, images),
            draw_certificates(every, images)]  # fmt: skip


def objects(content):
    """The dictionaries of a file, without what streams hold."""
    return re.findall(rb"\d+ 0 obj\s*(<<.*?)(?:stream\r?\n|endobj)", content, re.DOTALL)


def fonts(content):
    return [found for found in objects(content) if re.search(rb"/Type ?/Font\b", found)]


def test_every_font_is_a_subset_in_the_file_and_says_which_letters_it_draws(files):
    for content in files:
        assert fonts(content)
        for font in fonts(content):
            assert re.search(rb"/BaseFont ?/[A-Z]{6}\+", font), font
            assert b"/ToUnicode" in font
            assert b"/FontDescriptor" in font
        embedded = [one for one in objects(content) if re.search(rb"/Type ?/FontDescriptor", one)]
        assert len(embedded) == len(fonts(content))
        assert all(b"/FontFile2" in one for one in embedded)


def test_a_file_is_tagged_and_names_its_language_title_and_author(files):
    for content in files:
        with closing(pypdfium2.PdfDocument(content)) as pdf:
            assert raw.FPDFCatalog_IsTagged(pdf)
            about = pdf.get_metadata_dict(skip_empty=True)
        assert {"Title", "Author", "Subject", "CreationDate"} <= about.keys()
        (catalog,) = [one for one in objects(content) if re.search(rb"/Type ?/Catalog", one)]
        assert re.search(rb"/Lang ?\(en-US\)", catalog)
        assert re.search(rb"/StructTreeRoot \d+ 0 R", catalog)
        assert re.search(rb"/DisplayDocTitle true", b"".join(objects(content)))


def test_a_file_runs_nothing_hides_nothing_and_is_open_to_all(files):
    for content in files:
        with closing(pypdfium2.PdfDocument(content)) as pdf:
            assert raw.FPDFDoc_GetJavaScriptActionCount(pdf) == 0
            assert raw.FPDFDoc_GetAttachmentCount(pdf) == 0
            assert raw.FPDF_GetSecurityHandlerRevision(pdf) == -1
            assert pdf.get_formtype() == raw.FORMTYPE_NONE
        said = b"".join(objects(content))
        assert not re.search(rb"/(JavaScript|JS|OpenAction|AA|Launch|URI|Encrypt)\b", said)


def test_each_picture_that_is_read_has_words_for_it(files):
    for content in files:
        figures = [one for one in objects(content) if re.search(rb"/S ?/Figure", one)]
        assert figures
        assert all(b"/Alt" in one for one in figures)


if QPDF and PDFFONTS:  # on a machine that has them, they are asked, too

    def test_other_programs_find_no_fault(files, tmp_path):
        stock = calibration(long("plain", "letter"), (1.0, -2.0), date(2026, 3, 2))
        for number, content in enumerate([*files, stock]):
            path = tmp_path / f"{number}.pdf"
            path.write_bytes(content)
            checked = subprocess.run([QPDF, "--check", path], capture_output=True, text=True)
            assert (checked.returncode, "WARNING" in checked.stderr) == (0, False)
            told = subprocess.run([PDFFONTS, path], capture_output=True, text=True, check=True)
            rows = told.stdout.splitlines()[2:]
            assert rows
            assert all(row.split()[-5:-2] == ["yes"] * 3 for row in rows), told.stdout

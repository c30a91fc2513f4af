"""A certificate, its pictures, and a way to read a PDF."""

import hashlib
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from cit_desktop.documents.certificates import CertificateSnapshot, Signer, verification_code


def _picture(color: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGBA", (60, 40), color).save(buffer, "PNG")
    return buffer.getvalue()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _pages(content: bytes) -> list[str]:
    """The text of each page of a PDF, with single spaces."""
    texts = []
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        for number in range(len(pdf)):
            page = pdf[number]
            text = page.get_textpage()
            texts.append(" ".join(text.get_text_range().split()))
            text.close()
            page.close()
    return texts


def _picture_of(content: bytes, dots: int = 60, page: int = 0) -> Image.Image:
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        opened = pdf[page]
        found = opened.render(scale=dots / 72).to_pil().convert("RGB")
        opened.close()
    return found


@pytest.fixture(scope="session")
def picture_of():
    """Shows a page of a PDF as a picture."""
    return _picture_of


@pytest.fixture(scope="session")
def picture():
    """Makes a small PNG of a color."""
    return _picture


@pytest.fixture(scope="session")
def sha256():
    return _sha256


@pytest.fixture(scope="session")
def pages():
    """Reads the text of each page of a PDF."""
    return _pages


@pytest.fixture(scope="session")
def images():
    return {_sha256(content): content for content in (_picture("teal"), _picture("navy"))}


@pytest.fixture(scope="session")
def certificate(images):
    logo, signature = images
    snapshot = CertificateSnapshot(
        number="MO-2026-0042",
        kind="officer",
        chapter="Heartland CIT Council",
        council="Missouri Crisis Intervention Team Council",
        recipient="Ana Ito",
        agency="Cole County Sheriff",
        course="Crisis Intervention Team 40-Hour Course",
        course_code="CIT40",
        class_code="CIT40-2026-01",
        starts=date(2026, 3, 2),
        ends=date(2026, 3, 6),
        completed=date(2026, 3, 6),
        issued=date(2026, 3, 9),
        minutes=2400,
        areas=(("Legal Studies", 390), ("Skill Development", 2010)),
        signers=(Signer("Robert Mbeki", "CIT Coordinator", signature), Signer("Ewa Nowak")),
        logo=logo,
        provider="Central Academy is a POST Approved Provider",
        control_number="26-1184",
    )
    return replace(snapshot, code=verification_code(snapshot))

"""A proof comes out of what the certificate is drawn into, and of a scan of it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
import segno
from PIL import Image

from cit_desktop.errors import FileProblem
from cit_desktop.exports import certificate_pdf, proof_reading
from cit_desktop.proving import proof, verdicts
from cit_desktop.services import signing
from tests.core.proofs import KEY, LIST, certificate, proof_text

NAMES = ("Ana María Ito", "Łukasz Šimić-O'Brien Jr.", "Nguyễn Thị Ánh", "Ж" + "ж" * 39)


def proven(**changes):
    return signing.proven(KEY, certificate(**changes))


def drawn(*snapshots):
    return certificate_pdf.draw_certificates(snapshots, {})


def rasterised(pdf, dpi=150, page=0):
    document = pypdfium2.PdfDocument(pdf)
    picture = document[page].render(scale=dpi / 72, grayscale=True).to_pil()
    document.close()
    return picture


def saved(picture, kind):
    buffer = BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


def picture_only(pdf):
    """The same page as a scanner gives it: a picture in a PDF, without any text."""
    buffer = BytesIO()
    rasterised(pdf).save(buffer, "PDF", resolution=150)
    return buffer.getvalue()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("template", ["classic", "modern", "plain", "letter"])
def test_a_code_on_a_page_rasterised_at_150_dpi_is_read_and_verified(template, name):
    snapshot = proven(recipient=name, template=template)
    (found,) = proof_reading.proofs(saved(rasterised(drawn(snapshot)), "PNG"))
    assert found.text == snapshot.proof
    (verdict,) = verdicts.judge(found.text, [LIST])
    assert (verdict.status, verdict.record.recipient) == ("valid", name)


@pytest.mark.parametrize("template", ["classic", "modern", "plain", "letter"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_pdf_verifies_by_its_own_words_in_every_template(template, paper):
    snapshot = proven(template=template, paper=paper, recipient="Łukasz Šimić-O'Brien Jr.")
    (found,) = proof_reading.proofs(drawn(snapshot))
    assert (found.page, found.text) == (1, snapshot.proof)
    verdict = verdicts.compared(verdicts.judge_one(found.text, [LIST]), found.words)
    assert verdict.status == "valid"


def test_a_pdf_names_its_proof_without_any_picture():
    snapshot = proven()
    assert snapshot.proof.encode() in drawn(snapshot)


def test_a_pdf_with_a_changed_name_around_a_genuine_code_is_refused():
    forged = drawn(replace(proven(), recipient="Ana María Ibo"))
    (found,) = proof_reading.proofs(forged)
    verdict = verdicts.compared(verdicts.judge_one(found.text, [LIST]), found.words)
    assert verdict.status == "changed"
    assert verdict.record.recipient == "Ana María Ito"


def test_every_page_of_a_batch_is_read():
    snapshots = [proven(number=f"OR-2026-{n:04}") for n in (1, 2, 3)]
    found = proof_reading.proofs(drawn(*snapshots))
    assert [(one.page, one.text) for one in found] == [
        (number, snapshot.proof) for number, snapshot in enumerate(snapshots, 1)
    ]


def test_a_large_batch_is_read_from_its_pictures(monkeypatch):
    monkeypatch.setattr(certificate_pdf, "_PROVEN", 1)
    snapshots = [proven(number=f"OR-2026-{n:04}") for n in (1, 2)]
    found = proof_reading.proofs(drawn(*snapshots))
    assert [one.text for one in found] == [snapshot.proof for snapshot in snapshots]
    assert all("Ana María Ito" in one.words for one in found)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_scan_is_read(kind):
    snapshot = proven()
    (found,) = proof_reading.proofs(saved(rasterised(drawn(snapshot), 200).rotate(2), kind))
    assert (found.text, found.words) == (snapshot.proof, "")


def test_a_scan_in_a_pdf_is_read_and_has_no_words():
    snapshot = proven()
    (found,) = proof_reading.proofs(picture_only(drawn(snapshot)))
    assert (found.page, found.text, found.words) == (1, snapshot.proof, "")


def test_a_text_file_is_read():
    text = proof_text()
    (found,) = proof_reading.proofs(f"Please check\r\n{text[:90]}\r\n{text[90:]}".encode())
    assert found == proof_reading.PageProof(0, text)


def test_a_code_that_begins_as_a_proof_and_is_none_is_handed_on():
    buffer = BytesIO()
    segno.make_qr("CIT1.01").save(buffer, kind="png", scale=8)
    (found,) = proof_reading.proofs(buffer.getvalue())
    assert verdicts.judge_one(found.text, [LIST]).status == "changed"


def test_what_shows_no_code_holds_no_proof():
    assert proof_reading.proofs(saved(Image.new("L", (300, 200), 255), "PNG")) == []
    assert proof_reading.proofs(picture_only(drawn(replace(proven(), proof="")))) == []
    assert proof_reading.proofs(b"") == []
    buffer = BytesIO()
    segno.make_qr("https://example.org").save(buffer, kind="png", scale=8)
    assert proof_reading.proofs(buffer.getvalue()) == []


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\nnothing", b"\x89PNG\r\n\x1a\nnothing", b"\xff\xd8\xff\xe0nothing"]
)
def test_a_damaged_file_is_refused_with_a_sentence(content):
    with pytest.raises(FileProblem, match="damaged"):
        proof_reading.proofs(content)


def test_what_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(proof_reading, "_PIXELS", 1000)
    with pytest.raises(FileProblem, match="too large"):
        proof_reading.proofs(saved(Image.new("L", (100, 100), 255), "PNG"))
    monkeypatch.setattr(proof_reading, "LARGEST", 10)
    with pytest.raises(FileProblem, match="too large"):
        proof_reading.proofs(bytes(11))


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(proof_reading, "_PAGES", 1)
    with pytest.raises(FileProblem, match="more than 1 pages"):
        proof_reading.proofs(drawn(proven(), proven(number="OR-2026-0043")))


def test_a_code_as_drawn_is_at_most_30_mm_wide_with_the_white_around_it():
    from cit_desktop.exports.certificates.band import CODE

    assert CODE / 72 * 25.4 <= 30
    assert len(proof_text(recipient="ễ" * 40)) <= proof.LONGEST


def test_single_files_of_a_batch_each_name_their_own_proof():
    snapshots = [proven(number=f"OR-2026-{n:04}") for n in (1, 2)]
    singles = certificate_pdf.draw_separately(snapshots, {})
    for snapshot, pdf in zip(snapshots, singles, strict=True):
        assert [one.text for one in proof_reading.proofs(pdf)] == [snapshot.proof]

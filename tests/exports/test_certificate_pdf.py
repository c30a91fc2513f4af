import itertools
import os
import re
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cit_desktop.documents.certificates import Signer, canonical_json, usual_wording
from cit_desktop.errors import FileProblem, Refused, TooNew
from cit_desktop.exports.certificate_pdf import check, draw_certificates, draw_separately
from cit_desktop.exports.certificates import single
from cit_desktop.exports.certificates.compose import compose
from cit_desktop.progress import Cancelled

NAMES = [
    "<b>Ana</b>",
    "<b",
    "Ana & Bo <para>",
    '=HYPERLINK("x")',
    "Robert'); DROP TABLE person;--",
    "%(name)s {name} %s",
    "(unbalanced \\ parenthesis",
    "José Ñuñez",
    "Nguyễn Thị Ánh Tuyết",
    "Ğülşen Yıldız",
    "Wojciech Źdźbło-Łącki",
    "Владимир Ильич",
    "Αλέξανδρος Παπαδόπουλος",
    "Siobhán O’Brien–Mac Giolla",
    "X",
    "Hubert Blaine Wolfeschlegelsteinhausenber",
]


def boxes(content):
    """Left, bottom, right, top of every line of text on the first page."""
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        page = pdf[0]
        text = page.get_textpage()
        found = [text.get_rect(number) for number in range(text.count_rects())]
        text.close()
        page.close()
    return found


def fitting(snapshot):
    """Whether everything that a certificate says has room on its page, beside its code."""
    try:
        compose(replace(snapshot, proof="CIT1.AB"))
    except Refused:
        return False
    return True


def overlap(one, other):
    across = min(one[2], other[2]) - max(one[0], other[0])
    up = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.5 and up > 0.5


def test_everything_of_the_snapshot_stands_on_the_page(certificate, images, pages):
    (text,) = pages(draw_certificates([certificate], images))
    for part in (
        "HEARTLAND CIT COUNCIL",
        "Missouri Crisis Intervention Team Council",
        "Certificate of Completion",
        "This certifies that",
        "Ana Ito",
        "Cole County Sheriff",
        "has successfully completed",
        "Crisis Intervention Team 40-Hour Course",
        "40 hours · March 2–6, 2026",
        "Legal Studies 6.5 hours · Skill Development 33.5 hours",
        "Central Academy is a POST Approved Provider",
        "Robert Mbeki",
        "CIT Coordinator",
        "Ewa Nowak",
        "Certificate no. MO-2026-0042",
        f"Verification code {certificate.code}",
        "Issued March 9, 2026",
        "Course CIT40 · Class CIT40-2026-01 · Control no. 26-1184",
        "Verify with the issuing chapter",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("kind", "heading", "below"),
    [
        ("officer", "Certificate of Completion", "has successfully completed"),
        ("responder", "Certificate of Completion", "has successfully completed"),
        ("community", "Certificate of Recognition", "in recognition of completing"),
        ("instructor", "Certificate of Appreciation", "in recognition of teaching"),
        ("letter", "Letter of Attendance", "attended"),
    ],
)
def test_each_kind_is_worded_for_its_people(certificate, images, kind, heading, below, pages):
    (text,) = pages(draw_certificates([replace(certificate, kind=kind)], images))
    assert heading in text
    assert f" {below} Crisis Intervention" in text


def test_a_community_certificate_does_not_speak_of_officers(certificate, images, pages):
    (text,) = pages(draw_certificates([replace(certificate, kind="community")], images))
    assert "officer" not in text.casefold()


def test_the_chapters_own_wording_stands_in_place_of_the_usual(certificate, images, pages):
    own = replace(certificate, heading="Graduation", wording=("Be it known that", "graduated from"))
    (text,) = pages(draw_certificates([own], images))
    assert "Graduation Be it known that Ana Ito" in text
    assert "certifies" not in text


def test_wording_of_one_line_is_enough(certificate, images, pages):
    (text,) = pages(draw_certificates([replace(certificate, wording=("Known:",))], images))
    assert "Known: Ana Ito" in text


def test_stored_usual_wording_draws_the_same_bytes(certificate, images):
    stored = replace(certificate, wording=usual_wording("officer"))
    assert draw_certificates([stored], images) == draw_certificates([certificate], images)


def test_a_late_completion_is_told_apart_from_the_class_days(certificate, images, pages):
    late = replace(certificate, completed=date(2026, 4, 1), minutes=2190)
    (text,) = pages(draw_certificates([late], images))
    assert "36.5 hours · March 2–6, 2026 · completed April 1, 2026" in text


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_printed_letter_for_letter(certificate, images, name, pages):
    (text,) = pages(draw_certificates([replace(certificate, recipient=name)], images))
    assert f"This certifies that {name} Cole County" in text


@given(
    st.text(
        st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=("C", "Z")),
        min_size=1,
        max_size=60,
    )
)
@settings(max_examples=15)
def test_any_european_name_can_be_drawn(certificate, images, pages, name):
    assert pages(draw_certificates([replace(certificate, recipient=name)], images))


@pytest.mark.parametrize("words", [1, 2, 4, 9])
@pytest.mark.parametrize("signers", [0, 1, 3, 6])
def test_long_texts_stay_on_the_page_and_never_overlap(certificate, images, words, signers):
    long = replace(
        certificate,
        recipient=" ".join(["Wolfeschlegelsteinhausenbergerdorff"] * words),
        agency="Bureau of Community Engagement " * words,
        course="Advanced Crisis Intervention for Responders " * words,
        areas=tuple((f"Area of learning {n}", 60) for n in range(words * 2)),
        signers=tuple(
            Signer(f"Maximilian Featherstonehaugh {n}", "Coordinator of Crisis Intervention")
            for n in range(signers)
        ),
    )
    found = boxes(draw_certificates([long], images))
    assert all(left > 52 and right < 740 for left, _, right, _ in found)
    assert all(bottom > 52 and top < 560 for _, bottom, _, top in found)
    assert not [(a, b) for a, b in itertools.combinations(found, 2) if overlap(a, b)]


def test_text_that_no_page_can_hold_is_refused(certificate, images):
    endless = replace(certificate, wording=("This certifies", "completed", *["More words."] * 60))
    with pytest.raises(Refused, match="Ana Ito is too long"):
        draw_certificates([endless], images)


def test_a_name_without_letters_to_print_it_is_refused_by_name_and_letter(certificate, images):
    with pytest.raises(Refused, match=r"“田中 Ana” cannot be printed.*“田”"):
        check(replace(certificate, recipient="田中 Ana"), images)


def test_the_same_snapshot_gives_the_same_bytes(certificate, images):
    first = draw_certificates([certificate], images)
    draw_certificates([replace(certificate, recipient="Żaneta Đặng")], images)
    assert draw_certificates([certificate], images) == first


def test_another_process_draws_the_same_bytes(certificate, sha256):
    plain = replace(certificate, logo="", signers=(Signer("Ewa Nowak", "Chair"),))
    script = (
        "import sys, hashlib\n"
        "from cit_desktop.documents.certificates import snapshot_from_json\n"
        "from cit_desktop.exports.certificate_pdf import draw_certificates\n"
        "snapshot = snapshot_from_json(sys.stdin.buffer.read().decode())\n"
        "print(hashlib.sha256(draw_certificates([snapshot], {})).hexdigest())\n"
    )
    for seed in ("0", "4242"):
        run = subprocess.run(
            [sys.executable, "-c", script],
            input=canonical_json(plain).encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC-{len(seed)}"},
        )
        assert run.stdout.decode().strip() == sha256(draw_certificates([plain], {}))


def test_drawing_opens_neither_a_file_nor_a_connection(certificate, images, monkeypatch):
    draw_certificates([certificate], images)  # typefaces are read once

    def refuse(*_args, **_kwargs):
        raise AssertionError("something was opened")

    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("socket.socket", refuse)
    monkeypatch.setattr("urllib.request.urlopen", refuse)
    hostile = replace(certificate, recipient='<img src="http://localhost/x.png"/>')
    assert draw_certificates([hostile], images)
    assert list(draw_separately([hostile], images))


def test_room_for_the_code_is_kept_when_it_is_checked_before_there_is_one(certificate, images):
    lines = ("This certifies that", "completed", *["A long closing line of words."] * 16)
    full = next(
        replace(certificate, number="", wording=lines[:count])
        for count in range(len(lines), 1, -1)
        if fitting(replace(certificate, wording=lines[:count]))
    )
    check(full, images)
    draw_certificates([replace(full, proof="CIT1.AB")], images)


def test_a_batch_has_a_page_for_each_in_their_order(certificate, images, pages):
    people = [replace(certificate, recipient=name) for name in ("Ana", "Bo", "Cy")]
    texts = pages(draw_certificates(people, images))
    found = [name in text for name, text in zip(("Ana", "Bo", "Cy"), texts, strict=True)]
    assert found == [True, True, True]


def test_a_batch_shares_fonts_and_border(certificate, images):
    people = [replace(certificate, recipient=f"Ana {n}") for n in range(20)]
    one, twenty = draw_certificates(people[:1], images), draw_certificates(people, images)
    assert len(twenty) < len(one) + 20 * 3_000


def test_a_separate_file_looks_like_the_certificate_drawn_alone(certificate, images, picture_of):
    people = [replace(certificate, recipient=name) for name in ("Ana", "Żaneta")]
    for person, content in zip(people, draw_separately(people, images), strict=True):
        assert picture_of(content) == picture_of(draw_certificates([person], images))


def test_separate_files_are_the_same_each_time(certificate, images):
    people = [replace(certificate, recipient=name) for name in ("Ana", "Bo")]
    assert list(draw_separately(people, images)) == list(draw_separately(people, images))


def test_a_separate_file_says_what_it_is_of_itself(certificate, images):
    people = [replace(certificate, recipient=name, proof="CIT1.AB") for name in ("Ana", "Żaneta")]
    content = list(draw_separately(people, images))[1]
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        assert len(pdf) == 1
        assert pdf.get_metadata_value("Title") == "Certificate of Completion MO-2026-0042, Żaneta"
        assert pdf.get_metadata_value("Author") == "Heartland CIT Council"
        assert pdf.get_metadata_value("Keywords") == "CIT1.AB"
        assert pdf.get_metadata_value("CreationDate") == "D:20260309120000Z"
        assert pdf.is_tagged()
    assert b"/Lang(en-US)" in content


def test_many_separate_files_are_drawn_a_part_at_a_time(certificate, images, pages, monkeypatch):
    monkeypatch.setattr(single, "CHUNK", 2)
    people = [replace(certificate, recipient=f"Person {number}") for number in range(5)]
    found = [pages(content)[0] for content in draw_separately(people, images)]
    assert [f"Person {number}" in text for number, text in enumerate(found)] == [True] * 5


def test_separate_files_tell_progress_and_stop_between_two_of_them(certificate, images):
    told = []

    def stop(done, total, what=""):
        told.append((done, total, what))
        if done == 1:
            raise Cancelled

    people = [replace(certificate, recipient=name) for name in ("Ana", "Bo", "Cy")]
    made = []
    with pytest.raises(Cancelled):
        for content in draw_separately(people, images, stop):
            made.append(content)
    assert len(made) == 1
    assert told == [(0, 3, "Ana"), (1, 3, "Bo")]


def test_the_file_names_its_title_author_language_and_day(certificate, images):
    content = draw_certificates([certificate], images)
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        assert pdf.get_metadata_value("Title") == "Certificate of Completion MO-2026-0042, Ana Ito"
        assert pdf.get_metadata_value("Author") == "Heartland CIT Council"
        assert pdf.get_metadata_value("CreationDate") == "D:20260309120000Z"
        assert pdf.is_tagged()
    assert b"/Lang (en-US)" in content


def test_every_font_used_is_a_subset_in_the_file(certificate, images):
    content = draw_certificates([certificate], images)
    fonts = set(re.findall(rb"/BaseFont /(\S+)", content))
    assert fonts == {
        b"AAAAAA+EBGaramond-Regular",
        b"AAAAAA+EBGaramond-Italic",
        b"AAAAAA+FiraSans-Regular",
    }
    assert content.count(b"/FontFile2") == 3


def test_a_missing_picture_is_refused(certificate):
    with pytest.raises(FileProblem, match="is not in the chapter's file"):
        draw_certificates([certificate], {})


def test_an_altered_picture_is_refused(certificate, images, picture):
    altered = {**images, certificate.logo: picture("red")}
    with pytest.raises(FileProblem, match="no longer what it was"):
        draw_certificates([certificate], altered)


def test_a_picture_that_is_none_is_refused(certificate, sha256):
    content = b"not a picture"
    broken = replace(certificate, logo=sha256(content), signers=())
    with pytest.raises(FileProblem, match="cannot be read"):
        draw_certificates([broken], {broken.logo: content})


def test_an_unknown_layout_is_refused_as_too_new(certificate, images):
    with pytest.raises(TooNew, match="baroque"):
        draw_certificates([replace(certificate, template="baroque")], images)


def test_no_certificate_is_refused(images):
    with pytest.raises(Refused, match="no certificate to print"):
        draw_certificates([], images)


def test_progress_is_told_and_can_stop_the_work(certificate, images):
    told = []

    def stop(done, total, what=""):
        told.append((done, total, what))
        if done == 1:
            raise Cancelled

    people = [replace(certificate, recipient=name) for name in ("Ana", "Bo", "Cy")]
    with pytest.raises(Cancelled):
        draw_certificates(people, images, stop)
    assert told == [(0, 3, "Ana"), (1, 3, "Bo")]

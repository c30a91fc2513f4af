from dataclasses import replace

import pytest

from cit_desktop.errors import Refused
from cit_desktop.exports.transcript_pdf import draw_transcript
from cit_desktop.progress import Cancelled
from tests.exports.audit_contents import LONG_NAME, long_transcript, short_transcript
from tests.exports.reference import held_against

AMOUNTS = {"short": short_transcript, "long": long_transcript}


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("amount", AMOUNTS)
def test_transcripts_look_as_they_were_judged(paper, amount, picture_of, tmp_path):
    content = draw_transcript(AMOUNTS[amount](), paper=paper)
    name = f"transcript-{paper}-{amount}"
    assert held_against(picture_of(content), name, tmp_path) == ""


def test_everything_of_a_transcript_is_on_its_page(pages):
    (text,) = pages(draw_transcript(short_transcript()))
    for part in (
        "Training transcript, as of November 23, 2026",
        "Ana Ito",
        "Ozark Ridge CIT Council",
        "MO POST license 0045",
        "Current Basic course completed March 6, 2026; does not expire.",
        "40-hour CIT March 2–6, 2026 Rolla Police · Officer Trainee Completed OR-2026-0001 40.0",
        "Credited as a trainee: 40 hours.",
        "2026 2.0 40.0",
        "OR-2026-0001 Issued 11/23/2026",
        "Seal 168-d1c1b866 · As of November 23, 2026 · Training transcript of Ana Ito Page 1 of 1",
    ):
        assert part in text


def test_a_long_transcript_goes_on_with_the_name_and_the_headings(pages):
    texts = pages(draw_transcript(long_transcript()))
    assert len(texts) > 1
    for number, text in enumerate(texts[1:], 2):
        assert text.startswith(f"Training transcript of {LONG_NAME}")
        assert f"Page {number} of {len(texts)}" in text
    together = " ".join(texts)
    assert [f"OZARKRIDGE-2026-{n:04}" in together for n in range(1, 27)] == [True] * 26


def test_a_long_reason_is_told_to_its_end(pages):
    text = " ".join(pages(draw_transcript(long_transcript())))
    assert text.count("the sign-in sheet of the last day was not signed;") == 5


def test_the_same_transcript_gives_the_same_bytes():
    assert draw_transcript(long_transcript()) == draw_transcript(long_transcript())


def test_a_name_that_no_typeface_has_is_refused():
    with pytest.raises(Refused, match="田中"):
        draw_transcript(replace(short_transcript(), name="田中"))


def test_drawing_can_be_stopped():
    def stop(done, total, what=""):
        raise Cancelled

    with pytest.raises(Cancelled):
        draw_transcript(short_transcript(), progress=stop)

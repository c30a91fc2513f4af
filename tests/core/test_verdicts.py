from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cit_desktop.errors import FileProblem, TooNew
from cit_desktop.proving import verdicts
from cit_desktop.proving.verdicts import KnownKey
from tests.core.proofs import CHAPTER, KEY, LIST, OTHER_KEY, proof_text

PAGE = """CERTIFICATE OF COMPLETION
Ana María Ito
has completed
Crisis Intervention Team
40-Hour Course
40 hours · March 2–6, 2026
Certificate no. OR-2026-0042 · Issued March 9, 2026"""


def judge(text, lists=(LIST,)):
    (found,) = verdicts.judge(text, lists)
    return found


def test_a_genuine_certificate_is_valid_and_says_who_issued_it():
    found = judge(proof_text())
    assert (found.status, found.chapter, found.as_of) == ("valid", CHAPTER, LIST.made)
    assert found.sentence == "This certificate is genuine. Ozark Ridge CIT Council issued it."


def test_a_verdict_tells_what_was_certified():
    told = dict(verdicts.told(judge(proof_text(minutes=2190)).record))
    assert told["Name"] == "Ana María Ito"
    assert told["Certifies"] == "Completed the course"
    assert told["Hours"] == "36.5"
    assert told["Class"] == "March 2–6, 2026"
    assert told["Completed"] == "March 6, 2026"
    assert told["Number"] == "OR-2026-0042"


@pytest.mark.parametrize(
    ("kind", "said"),
    [("letter", "Attended a part of the course"), ("instructor", "Taught the course")],
)
def test_a_letter_is_never_taken_for_completion(kind, said):
    assert ("Certifies", said) in verdicts.told(judge(proof_text(kind=kind)).record)


def test_one_letter_changed_is_refused_and_what_it_claims_is_said():
    genuine, other = proof_text(), proof_text(recipient="Ana María Ibo")
    forged = verdicts.proof.read(other)
    signature = verdicts.proof.read(genuine).signature
    found = judge(verdicts.proof.text_of(forged.signed, signature))
    assert found.status == "changed"
    assert found.record.recipient == "Ana María Ibo"


def test_a_damaged_code_is_refused_as_changed():
    assert judge(proof_text()[:-9]).status == "changed"
    assert judge("CIT1.é").record is None


def test_a_certificate_of_an_unknown_key_is_told_from_a_changed_one():
    found = judge(proof_text(OTHER_KEY))
    assert found.status == "unknown key"
    assert OTHER_KEY.key_id in found.sentence


def test_a_key_that_only_bears_the_name_of_a_known_one_proves_nothing():
    false = KnownKey(KEY.key_id, OTHER_KEY.public_key, CHAPTER)
    assert judge(proof_text(), [replace(LIST, keys=(false,))]).status == "changed"


def test_a_revoked_certificate_says_when_and_why():
    found = judge(proof_text(number="OR-2026-0007"))
    assert found.status == "revoked"
    assert found.sentence.endswith("revoked it on May 2, 2026. Reason: Issued by mistake.")


def test_a_replaced_certificate_names_the_one_in_its_place():
    found = judge(proof_text(number="OR-2026-0008"))
    assert (found.status, found.withdrawn.by) == ("replaced", "OR-2026-0008-R1")
    assert "replaced it by OR-2026-0008-R1 on June 1, 2026." in found.sentence
    assert judge(proof_text(number="OR-2026-0008-R1")).status == "valid"


def test_a_number_that_another_chapter_revoked_is_not_revoked_here():
    other = replace(LIST, keys=(KnownKey(OTHER_KEY.key_id, OTHER_KEY.public_key, "Lakes"),))
    mine = replace(LIST, withdrawn=())
    assert judge(proof_text(number="OR-2026-0007"), [other, mine]).status == "valid"


def test_a_verdict_is_as_old_as_the_newest_list_that_has_the_key():
    old = replace(LIST, made=date(2026, 1, 1), withdrawn=())
    assert judge(proof_text(number="OR-2026-0007"), [old, LIST]).status == "revoked"
    assert judge(proof_text(), [LIST, old]).as_of == LIST.made
    assert judge(proof_text(), [old]).as_of == old.made


def test_a_newer_list_does_not_bring_back_what_was_revoked():
    newer = replace(LIST, made=date(2027, 1, 1), withdrawn=())
    found = judge(proof_text(number="OR-2026-0007"), [LIST, newer])
    assert (found.status, found.as_of) == ("revoked", newer.made)


def test_what_holds_no_proof_is_no_certificate():
    assert judge("A letter from the council").status == "no certificate"


def test_every_proof_of_a_text_gets_its_verdict():
    text = "\n".join([proof_text(), proof_text(number="OR-2026-0007"), proof_text(OTHER_KEY)])
    assert [v.status for v in verdicts.judge(text, [LIST])] == ["valid", "revoked", "unknown key"]


# The words around a proof


def test_words_that_were_certified_leave_the_verdict_as_it_is():
    found = judge(proof_text())
    assert verdicts.compared(found, PAGE) == found


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("María Ito", "María Ibo", "the name on"),
        ("Ana", "Diana", "the name on"),
        ("Ito", "Itoh", "the name on"),
        ("40 hours", "140 hours", "the hours on"),
        ("40 hours", "48 hours", "the hours on"),
        ("-0042", "-0043", "the number on"),
        ("March 2–6", "March 2–5", "the days on"),
        ("Intervention", "Inversion", "the course on"),
    ],
)
def test_changed_words_around_a_genuine_proof_are_refused(before, after, named):
    found = verdicts.compared(judge(proof_text()), PAGE.replace(before, after))
    assert found.status == "changed"
    assert named in found.sentence


def test_two_changed_words_are_both_named():
    found = verdicts.compared(judge(proof_text()), "Ana María Ito, 40 hours, March 2–6, 2026")
    assert "the number and the course on the page are not" in found.sentence


def test_case_and_hyphens_of_paper_do_not_matter():
    found = judge(proof_text())
    assert verdicts.compared(found, PAGE.upper().replace("-", "‑")).status == "valid"


def test_a_name_that_was_cut_is_compared_as_far_as_it_goes():
    name = "Ewa " + "ж" * 90
    found = judge(proof_text(recipient=name))
    assert found.record.recipient.endswith("…")
    assert verdicts.compared(found, PAGE.replace("Ana María Ito", name)).status == "valid"


def test_a_verdict_that_is_bad_already_is_not_judged_by_words():
    found = judge(proof_text(OTHER_KEY))
    assert verdicts.compared(found, "") == found


# Lists as text


def test_a_list_comes_back_from_its_text():
    text = verdicts.to_json(LIST)
    assert verdicts.from_json(text) == LIST
    assert text.isascii()


@pytest.mark.parametrize("text", ["", "{}", "[]", "nonsense", '{"format":"other"}', '{"format":1}'])
def test_nonsense_is_no_list(text):
    with pytest.raises(FileProblem, match="no list"):
        verdicts.from_json(text)


def test_a_list_that_passes_one_key_off_as_another_is_refused():
    false = KnownKey(KEY.key_id, OTHER_KEY.public_key, CHAPTER)
    with pytest.raises(FileProblem, match="no list"):
        verdicts.from_json(verdicts.to_json(replace(LIST, keys=(false,))))


def test_a_list_of_a_newer_program_is_told_from_nonsense():
    with pytest.raises(TooNew):
        verdicts.from_json(verdicts.to_json(LIST).replace("keys-1", "keys-2"))

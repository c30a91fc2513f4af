"""Certificates proven from the command line: by file, text, number; and the key that signs them."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pypdfium2
import pytest

from cit_desktop.cli import passphrases
from cit_desktop.db import Database
from cit_desktop.proving import known_keys
from cit_desktop.services import certificates
from ui import app

CLASS = "CIT40-2026-01"
SHEET = Path(__file__).parents[1] / "fixtures" / "agency_sheet_a.xlsx"
PASSPHRASE = "river stone lamp orchard"


@pytest.fixture(scope="module")
def finalized(begun, tmp_path_factory):
    """A chapter with a finalized class, made once."""
    folder = tmp_path_factory.mktemp("finalized")
    path = shutil.copyfile(begun, folder / "chapter.cit")
    steps = (
        ("class", path, "--course", "CIT40", "--title", "Fall", "--start", "2026-10-12"),
        ("import", path, SHEET, "--class", CLASS),
        ("attendance", path, "--class", CLASS, "--all-present"),
        ("finalize", path, "--class", CLASS),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CIT_DESKTOP_HOME", str(folder / "home"))
        for step in steps:
            assert app.main([str(one) for one in step]) == 0
    return path


@pytest.fixture(scope="module")
def made(finalized, tmp_path_factory):
    """The same after its certificates were issued, and one was revoked, one replaced."""
    folder = tmp_path_factory.mktemp("issued")
    path = shutil.copyfile(finalized, folder / "chapter.cit")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CIT_DESKTOP_HOME", str(folder / "home"))
        assert app.main(["certificates", str(path), "--class", CLASS, "--out", str(folder)]) == 0
    db = Database.open(path)
    with db.operation("Take back", undoable=False) as session:
        first, second, *_ = certificates.ids(session, descending=False)
        certificates.revoke(session, first, "Issued by mistake")
        certificates.reissue(session, second, "Misspelled")
    db.close()
    return folder


@pytest.fixture
def records(made, tmp_path):
    return Path(shutil.copyfile(made / "chapter.cit", tmp_path / "issued.cit"))


@pytest.fixture
def pdfs(made):
    """The certificates of the class: number to file."""
    found = {}
    for path in made.glob("*.pdf"):
        document = pypdfium2.PdfDocument(path)
        found[document.get_metadata_value("Title").split(",")[0].split()[-1]] = path
        document.close()
    return dict(sorted(found.items()))


def type_in(monkeypatch, text):
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    return text


def proof_in(pdf):
    document = pypdfium2.PdfDocument(pdf)
    text = document.get_metadata_value("Keywords")
    document.close()
    return text


def test_a_certificate_is_checked_against_the_records(cli, records, pdfs):
    number, pdf = list(pdfs.items())[2]
    told = cli("verify", pdf, "--data", records)
    assert told.code == 0
    assert told.lines[0] == "Page 1: valid. This certificate is genuine. Ozark Ridge CIT issued it."
    assert f"  Number:    {number}" in told.lines
    assert told.lines[-1].startswith("As of the list of ")


def test_revoked_and_replaced_certificates_are_told_apart(cli, records, pdfs):
    revoked, replaced, *_ = pdfs
    told = cli("verify", pdfs[revoked], "--data", records)
    assert (told.code, "revoked. " in told.out) == (1, True)
    assert "Reason: Issued by mistake." in told.out
    told = cli("verify", pdfs[replaced], "--data", records, "--json")
    (verdict,) = told.json["verdicts"]
    assert (told.code, told.json["valid"], verdict["status"]) == (1, False, "replaced")
    assert verdict["withdrawn"]["by"] == f"{replaced}-R1"
    assert verdict["record"]["number"] == replaced


def test_a_proof_is_checked_as_text_and_from_standard_input(cli, records, pdfs, monkeypatch):
    proof = proof_in(list(pdfs.values())[2])
    assert cli("verify", proof, "--data", records).code == 0
    type_in(monkeypatch, f"{proof[:80]}\n{proof[80:]}\n")
    assert cli("verify", "-", "--data", records).code == 0


def test_one_letter_changed_is_refused(cli, records, pdfs):
    proof = proof_in(list(pdfs.values())[2])
    letter = "A" if proof[60] != "A" else "B"
    told = cli("verify", f"{proof[:60]}{letter}{proof[61:]}", "--data", records, "--json")
    assert (told.code, told.json["verdicts"][0]["status"]) == (1, "changed")


def test_a_certificate_is_checked_by_its_number_and_by_its_code(cli, records, pdfs):
    number, pdf = list(pdfs.items())[2]
    told = cli("verify", number, "--data", records, "--json")
    assert (told.code, told.json["verdicts"][0]["record"]["number"]) == (0, number)
    code = told.json["verdicts"][0]["record"]["code"]
    assert code in words_of(pdf)
    assert cli("verify", code, "--data", records).code == 0
    told = cli("verify", "OR-1999-0001", "--data", records)
    assert (told.code, "neither the number nor the code" in told.err) == (1, True)


def test_without_records_the_keys_seen_before_are_asked(cli, records, pdfs):
    pdf = list(pdfs.values())[2]
    told = cli("verify", pdf)
    assert (told.code, "unknown key" in told.out) == (1, True)
    assert cli("verify", pdf, "--data", records).code == 0
    assert cli("verify", pdf).code == 0


def test_whoever_issues_a_certificate_can_check_it_without_the_records(cli, finalized, tmp_path):
    path = shutil.copyfile(finalized, tmp_path / "chapter.cit")
    issued = cli("certificates", path, "--class", CLASS, "--out", tmp_path / "out")
    assert cli("verify", issued.lines[0]).code == 0


@pytest.mark.parametrize("text", ["a plain text", "https://example.org", ""])
def test_what_is_no_certificate_ends_with_2(cli, text):
    told = cli("verify", text, "--json")
    assert told.code == 2
    assert "no code of a certificate" in told.json["error"]["message"]


def test_a_file_that_is_missing_is_named(cli, tmp_path):
    told = cli("verify", tmp_path / "gone.pdf")
    assert (told.code, "gone.pdf" in told.err) == (1, True)


# The page


def test_the_page_of_one_chapter_checks_its_certificates_elsewhere(cli, records, pdfs, tmp_path):
    page = tmp_path / "verify.html"
    told = cli("verify-page", records, page, "--json")
    assert told.json == {"file": str(page), "keys": 1, "withdrawn": 2}
    shutil.rmtree(tmp_path / "home")  # another computer
    revoked, _, good, *_ = pdfs
    assert cli("verify", pdfs[good], "--keys", page).code == 0
    told = cli("verify", pdfs[revoked], "--keys", page)
    assert (told.code, "revoked it on" in told.out, "mistake" in told.out) == (1, True, False)


def test_reasons_are_published_only_when_asked_for(cli, records, tmp_path):
    page = tmp_path / "verify.html"
    cli("verify-page", records, page)
    assert "mistake" not in page.read_text(encoding="utf-8")
    cli("verify-page", records, page, "--reasons")
    assert next(one.reason for one in known_keys.read(page).withdrawn) == "Issued by mistake"


# The key


def states(cli, records):
    return [key["state"] for key in cli("key", records, "--json").json["keys"]]


def protect(cli, records, monkeypatch):
    monkeypatch.setenv(passphrases.NEW, PASSPHRASE)
    assert cli("key", records, "--protect").code == 0
    monkeypatch.delenv(passphrases.NEW)


def test_the_keys_are_shown_without_their_secret(cli, chapter, records):
    assert "There is no key yet" in cli("key", chapter).out
    told = cli("key", records)
    assert told.lines[0].split("\t")[1] == "open"
    assert set(cli("key", records, "--json").json["keys"][0]) == {
        "key_id", "public_key", "state", "created", "retired",
    }  # fmt: skip


def test_certificates_are_issued_with_a_protected_key_after_its_passphrase(
    cli, finalized, tmp_path, monkeypatch
):
    path = Path(shutil.copyfile(finalized, tmp_path / "chapter.cit"))
    protect(cli, path, monkeypatch)
    assert states(cli, path) == ["locked"]
    issue = ("certificates", path, "--class", CLASS, "--out", tmp_path / "out")
    told = cli(*issue)
    assert told.code == 1
    assert f"Put it into the variable {passphrases.PRESENT}." in told.err
    monkeypatch.setenv(passphrases.PRESENT, "another good passphrase")
    assert "not the passphrase" in cli(*issue).err
    monkeypatch.setenv(passphrases.PRESENT, PASSPHRASE)
    told = cli(*issue)
    assert told.code == 0
    assert cli("verify", told.lines[0], "--data", path).code == 0


def test_a_new_key_leaves_old_certificates_valid(cli, records, pdfs):
    assert cli("key", records, "--rotate").code == 0
    assert states(cli, records) == ["open", "retired"]
    assert cli("verify", list(pdfs.values())[2], "--data", records).code == 0


def test_a_protected_key_is_replaced_by_a_protected_one(cli, records, monkeypatch):
    protect(cli, records, monkeypatch)
    assert cli("key", records, "--rotate").code == 1
    monkeypatch.setenv(passphrases.NEW, "another good passphrase")
    assert cli("key", records, "--rotate").code == 0
    assert states(cli, records) == ["locked", "retired"]


def test_a_passphrase_is_taken_away(cli, records, monkeypatch):
    protect(cli, records, monkeypatch)
    monkeypatch.setenv(passphrases.PRESENT, PASSPHRASE)
    assert cli("key", records, "--unprotect").code == 0
    assert states(cli, records) == ["open"]


def test_a_key_whose_passphrase_is_lost_comes_back_from_its_sheet(
    cli, records, tmp_path, monkeypatch
):
    sheet = tmp_path / "sheet.pdf"
    assert cli("key", records, "--recovery", sheet).lines == [str(sheet)]
    lines = [line for line in words_of(sheet).splitlines() if line[:2] in ("1 ", "2 ", "3 ", "4 ")]
    protect(cli, records, monkeypatch)
    assert states(cli, records) == ["locked"]
    type_in(monkeypatch, "\n".join([*lines[:3], "4 AAAA AAAA AAAA AAAA"]))
    told = cli("key", records, "--restore")
    assert (told.code, "Line 4 has a mistyped letter" in told.err) == (1, True)
    type_in(monkeypatch, "\n".join(lines))
    assert cli("key", records, "--restore").code == 0
    assert states(cli, records) == ["open"]


def test_two_things_at_once_are_not_done_to_a_key(cli, records):
    assert cli("key", records, "--rotate", "--unprotect").code == 2
    assert states(cli, records) == ["open"]


def test_passphrases_are_typed_where_somebody_sits(cli, records, monkeypatch):
    class Keyboard(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdin", Keyboard())
    typed = iter([PASSPHRASE, "another way", PASSPHRASE, PASSPHRASE, PASSPHRASE])
    monkeypatch.setattr(passphrases, "getpass", lambda _question: next(typed))
    assert "differ" in cli("key", records, "--protect").err
    assert cli("key", records, "--protect").code == 0
    assert cli("key", records, "--unprotect").code == 0
    assert next(typed, None) is None

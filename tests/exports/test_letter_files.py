from __future__ import annotations

import email
from dataclasses import replace
from datetime import date
from email import policy
from io import BytesIO

import openpyxl
import pytest

from cit_desktop.documents.letters import FIELDS, USUAL, Letter, Letterhead, fill
from cit_desktop.errors import FileProblem
from cit_desktop.exports import merge_xlsx
from cit_desktop.exports.letter_mail import can_be_sent, draft, write_drafts
from cit_desktop.progress import Cancelled

HEAD = Letterhead("Łódź CIT Council", phone="573-555-0100", email="cit@example.org")
VALUES = {name: f"<{name}>" for name in FIELDS} | {"first": "Ánh", "due": "January 15, 2027"}


def letter(name: str = "Nguyễn Thị Ánh", to: str = "anh@example.org", **more: object) -> Letter:
    subject, greeting, paragraphs = fill(USUAL, VALUES | {"name": name})
    address = ("Rolla Police", "1 Main St", "Rolla, MO")
    made = Letter(
        7, HEAD, date(2026, 11, 23), name, "Nguyễn, Ánh", address, to, date(2027, 1, 15),
        subject, greeting, paragraphs, VALUES,
    )  # fmt: skip
    return replace(made, **more)


def read(content: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(content, policy=policy.default)


# Drafts


def test_a_draft_opens_unsent_with_its_receiver_subject_and_text():
    made = letter()
    message = read(draft(made))
    assert message["X-Unsent"] == "1"
    (to,) = message["To"].addresses
    assert (to.display_name, to.addr_spec) == ("Nguyễn Thị Ánh", "anh@example.org")
    assert message["Subject"] == made.subject
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    body = message.get_content().replace("\r\n", "\n")
    assert body == made.plain_text()
    assert body.startswith("Dear Nguyễn Thị Ánh:\n\n")
    assert body.endswith("Sincerely,\n\nŁódź CIT Council\n573-555-0100\ncit@example.org\n")


def test_a_draft_is_plain_ascii_with_the_line_ends_of_mail():
    content = draft(letter(subject="Zeit für Łódź " * 12))
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 78
    assert read(content)["Subject"] == ("Zeit für Łódź " * 12).strip()


@pytest.mark.parametrize(
    "wedge", ["\r\n", "\n", "\r", "\x00", "\x0b", "\x85", "\u2028", "\r\n\r\n"]
)
def test_no_name_and_no_subject_adds_a_header_or_a_receiver(wedge):
    nasty = f"Ana{wedge}Bcc: all@example.org"
    message = read(draft(letter(nasty, subject=nasty)))
    assert sorted(message.keys()) == sorted(
        ["X-Unsent", "To", "Subject", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
    )
    assert [to.addr_spec for to in message["To"].addresses] == ["anh@example.org"]
    assert message["Subject"] == "Ana Bcc: all@example.org"


@pytest.mark.parametrize(
    "name", ['Ana "A" <x@y.org>, Bo', "Ito, Ana; Bo", "=?utf-8?q?a?=", "@", ""]
)
def test_any_name_is_one_receiver(name):
    (to,) = read(draft(letter(name)))["To"].addresses
    assert to.addr_spec == "anh@example.org"


@pytest.mark.parametrize(
    "to",
    [
        "",
        "nobody",
        "a@",
        "@b.org",
        "a b@c.org",
        "a@b.org\nBcc: c@d.org",
        "a@b.org, c@d.org",
        "ü@b.org",
    ],
)
def test_what_is_no_address_gets_no_draft(to):
    assert not can_be_sent(letter(to=to))
    with pytest.raises(ValueError, match="7"):
        draft(letter(to=to))


def test_the_letter_can_be_attached():
    content = draft(letter(), b"%PDF-1.7 letter")
    (attached,) = read(content).iter_attachments()
    assert attached.get_filename() == "Renewal Nguyễn, Ánh.pdf"
    assert attached.get_content() == b"%PDF-1.7 letter"
    assert attached.get_content_type() == "application/pdf"
    assert draft(letter(), b"%PDF-1.7 letter") == content


def test_each_person_with_an_address_gets_a_file_under_a_safe_name(tmp_path):
    told = []
    letters = [letter(listed='Con/"A": Ana'), letter(to=""), letter(), letter()]
    write_drafts(letters, tmp_path, lambda path, one: told.append((path, one)))
    assert [one for _path, one in told] == [letters[0], *letters[2:]]
    names = ["Con-A- Ana.eml", "Nguyễn, Ánh.eml", "Nguyễn, Ánh (2).eml"]
    assert [path.name for path, _one in told] == names
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_drafts_can_be_cancelled_and_a_folder_must_be_there(tmp_path):
    def told(done, _total, _text=""):
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_drafts([letter(), letter()], tmp_path, lambda *_: None, progress=told)
    assert len(list(tmp_path.iterdir())) == 1
    with pytest.raises(FileProblem, match="does not exist"):
        write_drafts([letter()], tmp_path / "none", lambda *_: None)


# Mail merge


def sheet_of(content: bytes):
    return openpyxl.load_workbook(BytesIO(content)).active


def test_the_workbook_has_one_heading_and_a_row_a_person():
    rows = list(sheet_of(merge_xlsx.workbook([letter(), letter("Bo")])).values)
    assert rows[0] == merge_xlsx.COLUMNS
    assert len(rows) == 3
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (first["Name"], first["First name"], first["Agency"]) == (
        "Nguyễn Thị Ánh",
        "Ánh",
        "Rolla Police",
    )
    assert (first["Address 1"], first["Address 2"], first["Address 3"]) == (
        "1 Main St",
        "Rolla, MO",
        None,
    )
    assert (first["Due"], first["Date"]) == ("January 15, 2027", "November 23, 2026")
    assert first["Greeting"] == "Dear Nguyễn Thị Ánh:"


def test_every_cell_is_text_and_none_is_a_formula():
    sheet = sheet_of(merge_xlsx.workbook([letter("=1+1", "007@example.org")]))
    assert sheet["A2"].value == "=1+1"
    for cell in sheet[2]:
        assert cell.value is None or cell.data_type == "s"
        assert cell.number_format == "@"


def test_an_address_of_many_lines_keeps_them_all_and_nobody_leaves_a_gap():
    lines = ("Agency", *(f"line {number}" for number in range(1, 7)))
    many, none = (letter(address=address) for address in (lines, ()))
    rows = list(sheet_of(merge_xlsx.workbook([many, none])).values)
    assert rows[1][2:7] == ("Agency", "line 1", "line 2", "line 3", "line 4, line 5, line 6")
    assert rows[2][2:7] == (None,) * 5


def test_equal_letters_give_equal_workbooks():
    assert merge_xlsx.workbook([letter()]) == merge_xlsx.workbook([letter()])


def test_a_workbook_can_be_cancelled():
    def told(*_how_far):
        raise Cancelled

    with pytest.raises(Cancelled):
        merge_xlsx.workbook([letter()] * 200, told)

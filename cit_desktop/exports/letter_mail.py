"""Letters as drafts of e-mails, a file each. They are opened, looked at and sent by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from cit_desktop.documents.letters import Letter
from cit_desktop.exports import files
from cit_desktop.exports.files import FreeNames
from cit_desktop.progress import Progress, silent

SUFFIX: Final = ".eml"
_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def can_be_sent(letter: Letter) -> bool:
    """Whether there is an address that a mail program takes."""
    return _to(letter) is not None


def draft(letter: Letter, pdf: bytes | None = None) -> bytes:
    """A draft to one person: unsent, in UTF-8, with the letter as its text.

    Args:
        pdf: The letter on paper, to be attached.

    Raises:
        ValueError: There is no address; see :func:`can_be_sent`.
    """
    to = _to(letter)
    if to is None:
        raise ValueError(letter.person_id)
    message = EmailMessage(policy.SMTP)
    message["X-Unsent"] = "1"
    message["To"] = to
    message["Subject"] = _line(letter.subject)
    message.set_content(letter.plain_text(), charset="utf-8", cte="quoted-printable")
    if pdf is not None:
        name = files.safe_name(f"Renewal {letter.listed}") + ".pdf"
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
        message.set_boundary(f"=_letter_{letter.person_id}_{letter.due:%Y%m%d}")
    return message.as_bytes()


def write_drafts(
    letters: Sequence[Letter],
    folder: Path,
    told: Callable[[Path, Letter], object],
    drawn: Callable[[Letter], bytes] | None = None,
    progress: Progress = silent,
) -> None:
    """Put a draft into a folder for each letter that has somewhere to go.

    Args:
        told: Called with each file once it is written, and with its letter.
        drawn: Draws the letter that is attached; nothing is attached without it.

    Raises:
        FileProblem: A file cannot be written; those before it stay.
        Cancelled: Progress asked to stop.
    """
    names = FreeNames(folder)
    for number, letter in enumerate(letters):
        progress(number, len(letters))
        if not can_be_sent(letter):
            continue
        content = draft(letter, None if drawn is None else drawn(letter))
        path = names.path(letter.listed, SUFFIX)
        files.write_bytes(path, content)
        told(path, letter)
    progress(len(letters), len(letters))


def _to(letter: Letter) -> Address | None:
    try:
        address = Address(_line(letter.name), addr_spec=letter.email)
    except (MessageError, ValueError, IndexError):
        return None
    usual = address.username and address.domain and letter.email.isascii()
    return address if usual and not _BREAKS.search(letter.email) else None


def _line(text: str) -> str:
    """A text that is one line of a header, whatever it held."""
    return " ".join(_BREAKS.sub(" ", text).split())

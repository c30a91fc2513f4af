"""Checking certificates, and the page for a website that does, for the job thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cit_desktop.errors import FileProblem, NotFound
from cit_desktop.proving import known_keys, proof, verdicts
from cit_desktop.proving.verdicts import KeyList, Verdict
from cit_desktop.services import chapters, trust
from ui.opening.sample import sample_path

if TYPE_CHECKING:
    from cit_desktop.db import Database

_Found = tuple[int, str, str]  # page, proof, printed words


def of_file(db: Database, path: Path) -> list[Verdict]:
    """A verdict on each certificate in a PDF or a picture of one.

    Raises:
        FileProblem: It cannot be read, is too large, or damaged.
    """
    from cit_desktop.exports import proof_reading

    try:
        if path.stat().st_size > proof_reading.LARGEST:
            raise FileProblem("The file is too large for a certificate.")
        content = path.read_bytes()
    except OSError as error:
        raise FileProblem(
            f"“{path.name}” cannot be read: {error.strerror}.", "Choose another file."
        ) from error
    found = [(one.page, one.text, one.words) for one in proof_reading.proofs(content)]
    return _judged(db, found or [(0, "", "")])


def of_text(db: Database, text: str) -> list[Verdict]:
    """A verdict on each code in a text; of these records a number or short code does, too.

    Raises:
        NotFound: It is neither a code nor a number or short code of a certificate issued here.
    """
    if proof.PREFIX not in proof.bare(text):
        with db.read() as session:
            text = trust.proof_of(session, text)
    return _judged(db, [(0, text, "")])


def page(db: Database) -> bytes:
    """The page for the chapter's website, without the reasons of what was revoked.

    Raises:
        NotFound: There is no chapter.
    """
    from cit_desktop.exports import verify_page

    with db.read() as session:
        chapter = chapters.current(session)
        if chapter is None:
            raise NotFound("There is no chapter yet.", "Name it under Settings.")
        _remember(db, trust.key_lists(session))
        return verify_page.page(trust.key_list(session, chapter.id, reasons=False))


def remember_keys(db: Database) -> None:
    """Keep what checks the certificates of these records for when they are not at hand."""
    with db.read() as session:
        own = trust.key_lists(session)
    _remember(db, own)


def _remember(db: Database, lists: Mapping[str, KeyList]) -> None:
    """The sample's certificates are nobody's: they must not be called valid later."""
    if db.path.absolute() != sample_path().absolute():
        known_keys.remember(lists)


def _judged(db: Database, found: Sequence[_Found]) -> list[Verdict]:
    with db.read() as session:
        own = trust.key_lists(session)
        _remember(db, own)
        lists = [*own.values(), *known_keys.remembered()]
        told = [
            replace(verdicts.compared(one, words) if words else one, page=page)
            for page, text, words in found
            for one in verdicts.judge(text, lists)
        ]
        return [trust.compared(session, one) for one in told]

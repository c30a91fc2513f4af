"""The chapter's own copies of the blank forms: kept with the records, as TOML."""

from __future__ import annotations

from sqlalchemy.orm import Session

from cit_desktop import catalogs
from cit_desktop.documents.forms import Form
from cit_desktop.errors import FileProblem, Refused
from cit_desktop.services import chapters, settings


def get(session: Session, key: str) -> Form:
    """A form as the state of the chapter has it; the chapter's own copy before the shipped one.

    Raises:
        NotFound: There is no such form.
        FileProblem: The chapter's own copy cannot be read.
    """
    chapter = chapters.current(session)
    state = "" if chapter is None else chapter.state
    own = settings.get(session, _name(key))
    shipped = catalogs.form(key, state)
    return shipped if own is None else catalogs.form_from_toml(own, _called(key), state)


def forms(session: Session) -> list[Form]:
    """Every form; where the chapter's own copy cannot be read, the shipped one."""
    return [_readable(session, key) for key in catalogs.FORMS]


def has_own(session: Session, key: str) -> bool:
    """Whether the chapter has its own copy of a form."""
    return settings.get(session, _name(key)) is not None


def text(session: Session, key: str) -> str:
    """The TOML of a form, to be edited.

    Raises:
        NotFound: There is no such form.
    """
    own = settings.get(session, _name(key))
    return catalogs.form_text(key) if own is None else str(own)


def problem(key: str, toml_text: str) -> str:
    """What is wrong with the text of a form, as a sentence, or an empty text."""
    try:
        read = catalogs.form_from_toml(toml_text, _called(key))
    except FileProblem as error:
        return str(error)
    return "" if read.key == key else f"The key must stay “{key}”."


def save_copy(session: Session, key: str, toml_text: str) -> None:
    """Keep the chapter's own copy of a form; it wins over the shipped one from now on.

    Raises:
        NotFound: There is no such form.
        Refused: The text is not this form; the sentence says what is wrong.
    """
    catalogs.form_text(key)
    said = problem(key, toml_text)
    if said:
        raise Refused(said, fields={"toml": said})
    settings.put(session, _name(key), toml_text)


def revert(session: Session, key: str) -> None:
    """Give up the chapter's own copy; the shipped form holds again."""
    settings.remove(session, _name(key))


def _readable(session: Session, key: str) -> Form:
    try:
        return get(session, key)
    except FileProblem:
        chapter = chapters.current(session)
        return catalogs.form(key, "" if chapter is None else chapter.state)


def _name(key: str) -> str:
    return f"form.{key}"


def _called(key: str) -> str:
    return f"The chapter's copy of the form “{key}”"

"""The papers of a class: what each is called, and how it comes from the records onto paper.

An entry here is all that a paper needs to be offered in the window and on the command line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from cit_desktop import clock
from cit_desktop.documents.options import USUAL, Options, check
from cit_desktop.errors import NotFound
from cit_desktop.papers import class_sheets, name_papers, packets
from cit_desktop.progress import Progress, silent
from cit_desktop.services import papers, rosters

if TYPE_CHECKING:
    from cit_desktop.db import Database

Draw: TypeAlias = "Callable[[Database, int, Options, Progress], bytes]"


@dataclass(frozen=True, slots=True)
class ClassPaper:
    """A paper that every class has.

    Attributes:
        key: Name of the paper on the command line.
        title: Name on the screen and in file names.
        about: What it is for, in a line.
        draw: Gives its pages as PDF, for a class by id.
        icon: Picture beside its title.
        takes: Names of the options that it has; see :class:`Options`.
    """

    key: str
    title: str
    about: str
    draw: Draw
    icon: str = "file"
    takes: frozenset[str] = frozenset()


def _roster(db: Database, class_id: int, _options: Options, progress: Progress) -> bytes:
    from cit_desktop.exports import table_pdf

    with db.read() as session:
        document = rosters.printed_roster_document(session, class_id)
        size = papers.of_class(session, class_id)
    today = clock.today()
    return table_pdf.draw_table(document, today, paper=size, progress=progress)


def _packet(db: Database, class_id: int, _options: Options, progress: Progress) -> bytes:
    return packets.of_class(db, class_id, progress)


ROSTER: Final = ClassPaper(
    "roster",
    "Class roster",
    "Everybody in the class with agency, state number, hours, result and certificate.",
    _roster,
    "people",
)
TENTS: Final = ClassPaper(
    "tents",
    "Name tents",
    "Folded table cards with the first name large, to be read from both sides.",
    name_papers.tents,
    "people",
    name_papers.TAKES,
)
BADGES: Final = ClassPaper(
    "badges",
    "Name badges",
    "Inserts or stickers with first name, full name, agency and kind of work.",
    name_papers.badges,
    "people",
    name_papers.TAKES,
)
LABELS: Final = ClassPaper(
    "labels",
    "Certificate labels",
    "A label for the envelope of everybody who has a valid certificate of this class.",
    name_papers.labels,
    "certificates",
    name_papers.LABELS_TAKE,
)
SIGN_IN: Final = ClassPaper(
    "sign-in",
    "Sign-in sheets",
    "Numbered rows to sign in and out of each block of a day, with lines for walk-ins.",
    class_sheets.sign_in,
    "edit",
    class_sheets.SIGN_IN_TAKES,
)
SCHEDULE: Final = ClassPaper(
    "schedule",
    "Class schedule",
    "What is taught when, by whom and where, with the hours of each day.",
    class_sheets.schedule,
    "today",
)
EVALUATION: Final = ClassPaper(
    "evaluation",
    "Evaluation form",
    "Each part and the whole class to be rated by hand, without a name.",
    class_sheets.evaluation,
)
PACKET: Final = ClassPaper(
    "packet",
    "Audit packet",
    "All there is of the class in one PDF: roster, attendance, hours, certificates, history.",
    _packet,
    "lock",
)
PAPERS: Final = (ROSTER, SIGN_IN, SCHEDULE, EVALUATION, TENTS, BADGES, LABELS, PACKET)


def find(key: str) -> ClassPaper:
    """The paper of this name.

    Raises:
        NotFound: There is none; says which there are.
    """
    for paper in PAPERS:
        if paper.key == key:
            return paper
    known = ", ".join(paper.key for paper in PAPERS)
    raise NotFound(f"There is no paper “{key}” of a class.", f"Choose one of these: {known}.")


def draw(
    db: Database, key: str, class_id: int, options: Options = USUAL, progress: Progress = silent
) -> bytes:
    """A paper of a class as PDF.

    Raises:
        NotFound: There is no such paper or class.
        Refused: A name has a letter that cannot be printed, or the paper has no such option.
        Cancelled: Progress asked to stop.
    """
    paper = find(key)
    check(options, paper.takes, paper.title.lower())
    return paper.draw(db, class_id, options, progress)

"""Certificate numbers: by chapter and year, without gaps, never given twice."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from cit_desktop.errors import Refused
from cit_desktop.models import Certificate, Chapter, NumberSeries, TrainingClass
from cit_desktop.proving.proof import NUMBER_ROOM
from cit_desktop.services import settings

SETTING: Final = "certificate.number"
USUAL: Final = "{chapter}-{year}-{seq:04}"
ON_PAPER: Final = "certificate.on_paper"  # numbers of certificates that a restore lost
_SEQ = re.compile(r"\{seq(?::0?([1-9]))?\}")
_LONGEST_CODE = "CODE8888"
_AT_ONCE = 500
_REISSUE = re.compile(r"-R([1-9][0-9]*)$")


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers that were given out, but that no certificate bears."""

    chapter: str
    year: int
    numbers: tuple[str, ...]
    count: int


def pattern(session: Session) -> str:
    """How numbers are made, as the chapter chose or as usual."""
    return str(settings.get(session, SETTING, USUAL))


def set_pattern(session: Session, text: str) -> None:
    """Choose how numbers are made from now on; those given stay as they are.

    Raises:
        Refused: The pattern would not give every certificate a number of its own.
    """
    check_pattern(text)
    settings.put(session, SETTING, text)


def check_pattern(text: str) -> None:
    """Refuse a pattern that is not made of fixed text, the chapter, the year and a counter.

    Raises:
        Refused: Says what is missing or unknown.
    """
    rest = _SEQ.sub("", text).replace("{chapter}", "").replace("{year}", "")
    hint = f"Write it like {USUAL}, which gives OR-2026-0001."
    for part in ("{year}", "{seq"):
        if part not in text:
            sentence = f"The pattern “{text}” lacks {part.rstrip('}')}}}."
            raise Refused(sentence, hint, {"pattern": sentence})
    if "{" in rest or "}" in rest or len(_SEQ.findall(text)) != 1 or not text.isprintable():
        sentence = f"The pattern “{text}” has a part that is not known."
        raise Refused(sentence, hint, {"pattern": sentence})
    if _REISSUE.search(rendered(text, "", 2026, 1111)):
        sentence = f"Numbers of the pattern “{text}” would end like those of reissued certificates."
        raise Refused(sentence, hint, {"pattern": sentence})
    if len(rendered(text, _LONGEST_CODE, 2026, 99_999).encode()) > NUMBER_ROOM - len("-R99"):
        sentence = f"Numbers of the pattern “{text}” would be too long for the code on paper."
        raise Refused(sentence, hint, {"pattern": sentence})


def rendered(text: str, chapter: str, year: int, seq: int) -> str:
    """The number that a pattern gives."""
    digits = _SEQ.search(text)
    counted = f"{seq:0{int(digits[1] or 1)}}" if digits else str(seq)
    return _SEQ.sub(counted, text.replace("{chapter}", chapter).replace("{year}", f"{year:04}"))


def take(session: Session, chapter_id: int, year: int, count: int) -> list[str]:
    """The next numbers of a chapter in a year, in order; each is given once."""
    series = session.scalar(
        select(NumberSeries).filter_by(chapter_id=chapter_id, year=year)
    ) or NumberSeries(chapter_id=chapter_id, year=year, next_number=1)
    session.add(series)
    found, series.next_number = _free(session, chapter_id, year, series.next_number, count)
    session.flush()
    return found


def raise_to(session: Session, chapter_uid: str, year: int, next_number: int) -> None:
    """Count on from a number at least; a chapter that is not in the records is passed over."""
    chapter_id = session.scalar(select(Chapter.id).where(Chapter.uid == chapter_uid))
    if chapter_id is None:
        return
    series = session.scalar(select(NumberSeries).filter_by(chapter_id=chapter_id, year=year))
    if series is None:
        series = NumberSeries(chapter_id=chapter_id, year=year, next_number=1)
        session.add(series)
    series.next_number = max(series.next_number, next_number)


def keep_taken(session: Session, numbers: Collection[str]) -> None:
    """Never give these numbers again, though no certificate of the records may bear them."""
    known = set(session.scalars(select(Certificate.number)))
    lost = (set(numbers) | _on_paper(session)) - known
    if lost:
        settings.put(session, ON_PAPER, sorted(lost))


def upcoming(session: Session, chapter_id: int, year: int, count: int) -> list[str]:
    """The next numbers of a chapter in a year, if nobody takes one before; nothing is taken."""
    seq = session.scalar(
        select(NumberSeries.next_number).filter_by(chapter_id=chapter_id, year=year)
    )
    return _free(session, chapter_id, year, seq or 1, count)[0]


def _free(
    session: Session, chapter_id: int, year: int, seq: int, count: int
) -> tuple[list[str], int]:
    """So many numbers that no certificate bears, counted from ``seq``, and the count after them."""
    code = session.scalars(select(Chapter.code).where(Chapter.id == chapter_id)).one()
    text, found, lost = pattern(session), list[str](), _on_paper(session)
    while len(found) < count:
        wanted = min(count - len(found), _AT_ONCE)
        made = [rendered(text, code, year, seq + more) for more in range(wanted)]
        borne = select(Certificate.number).where(Certificate.number.in_(made))
        taken = lost.union(session.scalars(borne))
        found += [number for number in made if number not in taken]
        seq += wanted
    return found, seq


def take_reissue(session: Session, number: str) -> str:
    """The number of the next reissue: ``OR-2026-0001-R1``, then ``-R2``."""
    base = _REISSUE.sub("", number)
    again, lost = 1, _on_paper(session)
    while f"{base}-R{again}" in lost or _taken(session, f"{base}-R{again}"):
        again += 1
    return f"{base}-R{again}"


def gaps(session: Session) -> list[Gap]:
    """Numbers that a series has passed and that no certificate bears."""
    text, known = pattern(session), set(session.scalars(select(Certificate.number)))
    found = []
    for series, code in session.execute(
        select(NumberSeries, Chapter.code).join(Chapter, Chapter.id == NumberSeries.chapter_id)
    ):
        made = [rendered(text, code, series.year, seq) for seq in range(1, series.next_number)]
        missing = tuple(number for number in made if number not in known)
        others = _originals(session, series) - len(set(made) & known) if missing else 0
        count = len(missing) - max(others, 0)
        if count > 0:
            found.append(Gap(code, series.year, missing if others <= 0 else (), count))
    return found


def ahead(session: Session) -> list[str]:
    """Numbers on issued certificates that their series has not reached yet."""
    text, reached = pattern(session), _reached(session)
    found = []
    for number, code in session.execute(
        select(Certificate.number, Chapter.code)
        .join(TrainingClass, TrainingClass.id == Certificate.class_id)
        .join(Chapter, Chapter.id == TrainingClass.chapter_id)
        .where(Certificate.status != "on record", Certificate.replaces_id.is_(None))
        .order_by(Certificate.number)
    ):
        match = _expression(text, code).fullmatch(number)
        if match and int(match["seq"]) >= reached.get((code, int(match["year"])), 1):
            found.append(number)
    return found


@cache
def _expression(text: str, chapter: str) -> re.Pattern[str]:
    """What a number made by a pattern for a chapter looks like."""
    plain = re.escape(_SEQ.sub("\0", text)).replace(r"\{chapter\}", re.escape(chapter))
    year = plain.replace(r"\{year\}", "(?P<year>[0-9]{4})", 1).replace(r"\{year\}", "(?P=year)")
    return re.compile(year.replace(re.escape("\0"), "(?P<seq>[0-9]+)"))


def _reached(session: Session) -> dict[tuple[str, int], int]:
    rows = session.execute(
        select(Chapter.code, NumberSeries.year, NumberSeries.next_number).join(
            Chapter, Chapter.id == NumberSeries.chapter_id
        )
    )
    return {(code, year): next_number for code, year, next_number in rows}


def _originals(session: Session, series: NumberSeries) -> int:
    """How many certificates took a number of the series, under whatever pattern."""
    return session.scalars(
        select(func.count())
        .select_from(Certificate)
        .join(TrainingClass, TrainingClass.id == Certificate.class_id)
        .where(
            TrainingClass.chapter_id == series.chapter_id,
            Certificate.replaces_id.is_(None),
            Certificate.snapshot.contains(f'"issued":"{series.year:04}-', autoescape=True),
        )
    ).one()


def _on_paper(session: Session) -> set[str]:
    return set(settings.get(session, ON_PAPER, ()))


def _taken(session: Session, number: str) -> bool:
    return bool(session.scalar(select(exists().where(Certificate.number == number))))

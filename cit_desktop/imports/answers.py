"""Answers copied into an e-mail: `Name: Al Smith`, one below the other, person after person."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cit_desktop.imports import headings

_ANSWER = re.compile(r"[>\s*•-]*([^\W\d_][^:=\t|;,]{0,38}?)\s*(?::(?!//)|=)\s*(.*)")
_QUOTED = re.compile(r"^[>\s*•-]+")
_MAIL = {"from", "sent", "to", "cc", "subject"}  # above each message that is passed on
_NAMES = {"full_name", "first", "last"}
_SHARE = 0.5  # of the lines, from which a text is nothing but answers
_MOST_LISTED = 12


@dataclass(slots=True)
class _Block:
    """The answers of one person, from the line they start on."""

    line: int
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers as a table.

    Attributes:
        rows: The labels first, then one row a person.
        lines: Where each row starts.
        left: Lines that hold no answer.
    """

    rows: tuple[tuple[str | None, ...], ...]
    lines: tuple[int, ...]
    left: tuple[int, ...]

    @property
    def note(self) -> str:
        """What was done with the lines that hold no answer; empty without any."""
        if not self.left:
            return ""
        listed = ", ".join(map(str, self.left[:_MOST_LISTED]))
        more = f" and {len(self.left) - _MOST_LISTED:,} more" if self.left[_MOST_LISTED:] else ""
        return f"Lines without an answer were not read: {listed}{more}."


def find(text: str) -> Answers | None:
    """The answers of a text; None when it is no list of answers."""
    collected = _Collected()
    count = 0
    for line, written in enumerate(text.splitlines(), start=1):
        if _QUOTED.sub("", written):
            count += 1
            collected.take(line, written)
        else:
            collected.pause()
    blocks = [block for block in collected.blocks if block.answers]
    labels = list(collected.labels.values())
    known = {field for label in labels if (field := _field(label))}
    if count - len(collected.left) < _SHARE * count or not known & _NAMES or len(known) < 2:
        return None
    if min(len(block.answers) for block in blocks) < 2:
        return None
    rows = [tuple(block.answers.get(label) or None for label in labels) for block in blocks]
    starts = [block.line for block in blocks]
    return Answers((tuple(labels), *rows), (starts[0], *starts), tuple(collected.left))


class _Collected:
    """The answers as far as the text was read.

    Attributes:
        labels: Each as it was written first, by its small letters.
        left: Lines that hold no answer.
    """

    def __init__(self) -> None:
        self.blocks: list[_Block] = []
        self.labels: dict[str, str] = {}
        self.left: list[int] = []
        self._waiting: str | None = None  # the label whose answer stands in the next line

    def pause(self) -> None:
        """A blank line: what comes next answers nothing that stands above."""
        self._waiting = None

    def take(self, line: int, written: str) -> None:
        """Put a line where it belongs."""
        found = _ANSWER.fullmatch(written)
        if found is not None and found.group(1).strip().casefold() not in _MAIL:
            self._take_answer(line, found.group(1).strip(), found.group(2).strip())
        elif found is None and self._waiting is not None:
            self.blocks[-1].answers[self._waiting] = _QUOTED.sub("", written).strip()
            self._waiting = None
        else:
            self.left.append(line)
            self._waiting = None
            if found is not None:
                self.blocks.append(_Block(line))  # the next message is about somebody else

    def _take_answer(self, line: int, written: str, answer: str) -> None:
        label = self.labels.setdefault(written.casefold(), written)
        if not self.blocks or label in self.blocks[-1].answers:
            self.blocks.append(_Block(line))
        block = self.blocks[-1]
        if not block.answers:
            block.line = line
        block.answers[label] = answer
        self._waiting = None if answer else label


def _field(label: str) -> str | None:
    name, score = headings.best(label)
    return name if score >= headings.SURE and name != headings.IGNORED else None

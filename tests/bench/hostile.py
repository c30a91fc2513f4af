"""Damaged and hostile files: each must give rows or one sentence, in time and within memory.

Run by hand: ``nice python -m tests.bench.hostile [COUNT] [SEED]``. The files are made from the
samples by the kinds of damage below; the same seed makes the same files.
"""

from __future__ import annotations

import io
import os
import random
import re
import resource
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "fixtures"
SHEET = "xl/worksheets/sheet1.xml"
SECONDS = 35.0
MEGABYTES = 1024

Dice = random.Random
Damage = Callable[[Dice, bytes], bytes]


@dataclass
class Outcome:
    """What became of the files.

    Attributes:
        wrong: Name of a file and what was wrong with how it ended.
        slowest: Seconds and name.
    """

    read: int = 0
    refused: int = 0
    sentences: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")


def cut(dice: Dice, content: bytes) -> bytes:
    return content[: dice.randrange(len(content) + 1)]


def flipped(dice: Dice, content: bytes) -> bytes:
    made = bytearray(content)
    for _ in range(dice.choice((1, 3, 20, 200))):
        made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
    return bytes(made)


def holed(dice: Dice, content: bytes) -> bytes:
    start = dice.randrange(len(content))
    return content[:start] + content[start + dice.randrange(1, 2_000) :]


def doubled(dice: Dice, content: bytes) -> bytes:
    start = dice.randrange(len(content))
    piece = content[start : start + dice.randrange(1, 3_000)]
    return content[:start] + piece * dice.choice((2, 3, 50)) + content[start + len(piece) :]


def noise(dice: Dice, content: bytes) -> bytes:
    return dice.randbytes(dice.randrange(len(content)))


def nothing(dice: Dice, content: bytes) -> bytes:
    return b"" if dice.random() < 0.5 else b"\0" * dice.randrange(1, 5_000)


def shuffled(dice: Dice, content: bytes) -> bytes:
    lines = content.split(b"\n")
    dice.shuffle(lines)
    return b"\n".join(lines)


def quoted(dice: Dice, content: bytes) -> bytes:
    made = bytearray(content)
    for _ in range(dice.choice((1, 2, 5))):
        made.insert(dice.randrange(len(made)), ord('"'))
    return bytes(made)


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return target.getvalue()


def without_part(dice: Dice, content: bytes) -> bytes:
    parts = _parts(content)
    gone = dice.choice(sorted(parts))
    return _packed([(name, part) for name, part in parts.items() if name != gone])


def twice_a_part(dice: Dice, content: bytes) -> bytes:
    parts = list(_parts(content).items())
    return _packed([*parts, dice.choice(parts)])


def damaged_part(dice: Dice, content: bytes) -> bytes:
    parts = _parts(content)
    name = dice.choice(sorted(parts))
    change = dice.choice((cut, flipped, holed, doubled, noise))
    parts[name] = change(dice, parts[name] or b" ")
    return _packed(list(parts.items()))


def swapped_parts(dice: Dice, content: bytes) -> bytes:
    parts = _parts(content)
    one, two = dice.sample(sorted(parts), 2)
    parts[one], parts[two] = parts[two], parts[one]
    return _packed(list(parts.items()))


def in_sheet(change: Damage) -> Damage:
    """The same damage, done to the XML of the first sheet."""

    def damage(dice: Dice, content: bytes) -> bytes:
        parts = _parts(content)
        parts[SHEET] = change(dice, parts[SHEET])
        return _packed(list(parts.items()))

    damage.__name__ = change.__name__
    return damage


def far_cell(dice: Dice, xml: bytes) -> bytes:
    line, column = dice.choice((65_000, 1_048_576)), dice.choice(("A", "BZ", "XFD"))
    cell = f'<row r="{line}"><c r="{column}{line}"><v>1</v></c></row></sheetData>'
    return xml.replace(b"</sheetData>", cell.encode())


def dimension(dice: Dice, xml: bytes) -> bytes:
    told = dice.choice((b"A1", b"A1:XFD1048576", b"ZZZ9:A0", b"", b"A0:B-1", b"A1:A99999999999"))
    return re.sub(rb"<dimension[^>]*>", b'<dimension ref="%s"/>' % told, xml)


def entities(_dice: Dice, xml: bytes) -> bytes:
    lines = [b'<!ENTITY a0 "ha">'] + [
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
    ]
    return b"<!DOCTYPE x [" + b"".join(lines) + b"]>" + xml.replace(b"<v>", b"<v>&a9;", 1)


def strange_numbers(dice: Dice, xml: bytes) -> bytes:
    told = dice.choice((b"1e999", b"nan", b"-1", b"99999999999999999999", b"", b"0x10", b"<v/>"))
    return re.sub(rb"<v>[^<]*</v>", b"<v>" + told + b"</v>", xml, count=dice.choice((0, 1, 5)))


def strange_references(dice: Dice, xml: bytes) -> bytes:
    told = dice.choice((b"A0", b"1A", b"", b"AAAAAAA1", b"A4294967296", b"A-1", b"A1"))
    return re.sub(rb' r="[A-Z]+\d+"', b' r="' + told + b'"', xml, count=dice.choice((0, 1, 9)))


def deep(_dice: Dice, xml: bytes) -> bytes:
    return xml.replace(b"<sheetData>", b"<sheetData>" + b"<x>" * 100_000, 1)


def long_text(_dice: Dice, xml: bytes) -> bytes:
    text = b'<row r="9999"><c r="A9999" t="inlineStr"><is><t>' + b"ab" * 4_000_000
    return xml.replace(b"</sheetData>", text + b"</t></is></c></row></sheetData>")


def bomb(dice: Dice, content: bytes) -> bytes:
    parts = list(_parts(content).items())
    size = dice.choice((9, 11, 60, 190)) << 20
    return _packed([*parts, (dice.choice((SHEET + "x", "xl/media/a.xml")), b" " * size)])


def many_parts(_dice: Dice, content: bytes) -> bytes:
    return _packed([*_parts(content).items(), *((f"xl/p{n}.bin", b"") for n in range(2_500))])


def inflated_sheet(dice: Dice, content: bytes) -> bytes:
    """A sheet that is a bomb in itself, small enough to pass the look: millions of short cells."""
    parts = _parts(content)
    count = dice.choice((20_000, 200_000, 900_000))
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, count))
    parts[SHEET] = re.sub(
        rb"<sheetData.*</sheetData>",
        lambda _: b"<sheetData>" + rows + b"</sheetData>",
        parts[SHEET],
        flags=re.DOTALL,
    )
    return _packed(list(parts.items()))


def page(dice: Dice, _content: bytes) -> bytes:
    rows = "".join(f"<tr><td>Name {n}<td>a{n}@b.co" for n in range(dice.randrange(50)))
    wrong = dice.choice(("", "<table>" * 5_000, "<!--" * 5_000, "<td rowspan=99999>", "&#0;", "<"))
    return f"<html><table><tr><th>Name<th>E-mail{rows}{wrong}".encode()


def wide_page(dice: Dice, _content: bytes) -> bytes:
    return b"<table>" + b"<tr>" + b"<td colspan=64>x" * dice.randrange(1, 3_000)


def protected(_dice: Dice, content: bytes) -> bytes:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    return start + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + content


def one_line(dice: Dice, content: bytes) -> bytes:
    text = content.replace(b"\n", b" ").replace(b"\r", b" ")
    return text * dice.choice((1, 100, 1_000))


def separators(dice: Dice, _content: bytes) -> bytes:
    return dice.choice((b",", b";", b"\t", b'"', b"|", b'","', b"\r", b"\n")) * 300_000


ANY = (cut, flipped, holed, doubled, noise, nothing)
ZIPPED = (
    without_part, twice_a_part, damaged_part, damaged_part, swapped_parts, bomb, many_parts,
    inflated_sheet, protected, in_sheet(far_cell), in_sheet(dimension), in_sheet(entities),
    in_sheet(strange_numbers), in_sheet(strange_references), in_sheet(deep), in_sheet(long_text),
)  # fmt: skip
TEXTS = (shuffled, quoted, quoted, page, wide_page, one_line, separators)
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".html")


def make(number: int, seed: int) -> tuple[str, bytes]:
    """The name and content of one file."""
    dice = Dice(f"{seed}/{number}")
    path = dice.choice(sorted(one for one in SAMPLES.iterdir() if one.suffix in SUFFIXES))
    content = path.read_bytes()
    kinds = ZIPPED if content.startswith(b"PK") else TEXTS if path.suffix == ".csv" else ()
    change = dice.choice((*ANY, *kinds, *kinds))
    suffix = dice.choice(SUFFIXES) if dice.random() < 0.15 else path.suffix
    name = getattr(change, "__name__", "changed")
    return f"{number:04}-{name}{suffix}", change(dice, content)


def examine(folder: Path, numbers: range, seed: int, told: bool = False) -> Outcome:
    """Read the files one after the other, as the program does, and note what went wrong."""
    found = Outcome()
    for number in numbers:
        name, content = make(number, seed)
        path = folder / name
        path.write_bytes(content)
        start = time.monotonic()
        try:
            _read(path, found)
        except Exception:  # noqa: BLE001 - what is looked for
            found.wrong.append((name, traceback.format_exc()))
        seconds = time.monotonic() - start
        found.slowest = max(found.slowest, (seconds, name))
        if seconds > SECONDS:
            found.wrong.append((name, f"took {seconds:.0f} s"))
        path.unlink()
        if told and number % 100 == 99:
            print(f"{number + 1}: {found.read} read, {found.refused} refused, "
                  f"{len(found.wrong)} wrong", flush=True)  # fmt: skip
    return found


def _read(path: Path, found: Outcome) -> None:
    from cit_desktop.errors import FileProblem
    from cit_desktop.imports import reading

    try:
        table = reading.read_table(path)
    except FileProblem as problem:
        found.refused += 1
        sentence = problem.message.replace(path.name, "…").replace(path.stem, "…")
        found.sentences[re.sub(r"[\d,]+", "9", sentence)] += 1
        if not problem.hint or not problem.message.endswith("."):
            found.wrong.append((path.name, f"no sentence: {problem.message}"))
    else:
        found.read += 1
        lines = [row.row for row in table.rows]
        if len(lines) != len(set(lines)):
            found.wrong.append((path.name, "a row came twice"))


def most_memory() -> float:
    """Megabytes that this process and its largest child have taken at most.

    Its own are asked of the system since it was started: what ``getrusage`` tells begins with the
    size of whoever started it.
    """
    own = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(children, int(own[1]) if own else 0) / 1024


def main() -> None:
    """Run the campaign and print what came of it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    warnings.simplefilter("ignore", UserWarning)  # zipfile, when a part comes twice
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as temporary:
        os.environ["TMPDIR"] = tempfile.tempdir = temporary  # of the reading processes, too
        found = examine(Path(folder), range(count), seed, told=True)
        left = list(Path(temporary).iterdir())
    for sentence, times in found.sentences.most_common():
        print(f"{times:5}  {sentence}")
    for name, wrong in found.wrong:
        print(f"WRONG {name}: {wrong}")
    print(f"left in the temporary folder: {sorted(map(str, left)) or 'nothing'}")
    print(f"slowest: {found.slowest[0]:.1f} s, {found.slowest[1]}")
    print(f"most memory: {most_memory():.0f} MB")
    print(f"{count} files: {found.read} read, {found.refused} refused, {len(found.wrong)} wrong")
    sys.exit(bool(found.wrong or left) or most_memory() > MEGABYTES)


if __name__ == "__main__":
    main()

"""One file for each page of a document: the pages parted by PDFium, and then given what parting
leaves out: title, author, language, and what each part of the page is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pypdfium2

from cit_desktop import pdfium
from cit_desktop.exports.certificates.sheet import Mark
from cit_desktop.exports.fonts import printable

CHUNK = 100  # pages drawn at once: more take memory and delay the first file
_TRAILER = re.compile(rb"/Root (\d+) 0 R\s*/Info (\d+) 0 R")
_KID = re.compile(rb"/Kids\s*\[\s*(\d+) 0 R")
_PARENTS = re.compile(rb"/StructParents \d+")
_PAGES = re.compile(rb"/Pages \d+ 0 R")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself."""

    title: str
    author: str
    subject: str
    keywords: str
    made: date


def parted(content: bytes) -> Iterator[bytes]:
    """Each page of a PDF as a PDF of its own, as PDFium leaves it."""
    with pdfium.turn:
        whole = pypdfium2.PdfDocument(content)
    try:
        for number in range(len(whole)):
            yield _part(whole, number)
    finally:
        with pdfium.turn:
            whole.close()


def _part(whole: pypdfium2.PdfDocument, number: int) -> bytes:
    buffer = BytesIO()
    with pdfium.turn, closing(pypdfium2.PdfDocument.new()) as single:
        single.import_pages(whole, [number])
        single.save(buffer)
    return buffer.getvalue()


def completed(content: bytes, about: About, marks: Sequence[Mark]) -> bytes:
    """A parted page with what it says of itself; the same bytes each time."""
    head, objects, root, info = _read(content)
    pages = next(m[0] for m in (_PAGES.search(objects[root]),) if m)
    page = next(int(m[1]) for m in map(_KID.search, objects.values()) if m)
    tree = max(objects) + 1
    objects[root] = (
        b"<</Type/Catalog" + pages + b"/Lang(en-US)/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R"
        b"/ViewerPreferences<</DisplayDocTitle true>>>>" % tree
    )
    objects[info] = _info(about)
    bare = _PARENTS.sub(b"", objects[page]).replace(b"/Trans<<>>", b"")
    objects[page] = bare.replace(b"<<", b"<</StructParents 0", 1)
    objects |= _structure(tree, page, marks)
    return _written(head, objects, root, info)


def _read(content: bytes) -> tuple[bytes, dict[int, bytes], int, int]:
    """The first lines, the objects by their numbers, and which are the catalog and the facts."""
    start = int(_found(_START, content)[1])
    trailer = _found(_TRAILER, content[start:])
    table = content[start:].splitlines()
    count = int(table[1].split()[1])
    offsets = sorted(
        (int(line[:10]), number)
        for number, line in enumerate(table[2 : 2 + count])
        if line[17:18] == b"n"
    )
    ends = [offset for offset, _ in offsets[1:]] + [start]
    objects = {}
    for (offset, number), end in zip(offsets, ends, strict=True):
        body = content[offset:end].rstrip()
        objects[number] = body[body.index(b"obj") + 3 : body.rindex(b"endobj")].strip(b"\r\n")
    return content[: offsets[0][0]], objects, int(trailer[1]), int(trailer[2])


def _found(wanted: re.Pattern[bytes], content: bytes) -> re.Match[bytes]:
    match = wanted.search(content)
    if match is None:
        raise ValueError(f"PDFium wrote a file without {wanted.pattern!r}.")
    return match


def _info(about: About) -> bytes:
    said = {
        "Title": about.title,
        "Author": about.author,
        "Subject": about.subject,
        "Keywords": about.keywords,
        "Creator": "CIT Desktop",
        "Producer": "ReportLab, PDFium",
    }
    texts = b"".join(b"/%s%s" % (key.encode(), _text(text)) for key, text in said.items() if text)
    made = f"{about.made:%Y%m%d}120000Z".encode()
    return b"<<" + texts + b"/CreationDate(D:" + made + b")/ModDate(D:" + made + b")>>"


def _structure(tree: int, page: int, marks: Sequence[Mark]) -> dict[int, bytes]:
    """The objects that tell what each part of the page is."""
    whole, first = tree + 1, tree + 2
    parts = b" ".join(b"%d 0 R" % (first + number) for number in range(len(marks)))
    objects = {
        tree: b"<</Type/StructTreeRoot/K %d 0 R/ParentTree<</Nums[0[%s]]>>/ParentTreeNextKey 1>>"
        % (whole, parts),
        whole: b"<</S/Document/P %d 0 R/K[%s]>>" % (tree, parts),
    }
    for number, mark in enumerate(marks):
        alt = b"/Alt" + _text(mark.alt) if mark.alt else b""
        objects[first + number] = b"<</S/%s/P %d 0 R/Pg %d 0 R/K %d%s>>" % (
            mark.kind.encode(), whole, page, number, alt,
        )  # fmt: skip
    return objects


def _written(head: bytes, objects: dict[int, bytes], root: int, info: int) -> bytes:
    parts, at, table = [head], len(head), [b"0000000000 65535 f \n"]
    for number in range(1, max(objects) + 1):
        body = b"%d 0 obj\n%s\nendobj\n" % (number, objects.get(number, b"null"))
        table.append(b"%010d 00000 n \n" % at)
        parts.append(body)
        at += len(body)
    digest = hashlib.md5(b"".join(parts), usedforsecurity=False).hexdigest().encode()
    parts += [b"xref\n0 %d\n" % len(table), *table]
    parts.append(
        b"trailer\n<</Root %d 0 R/Info %d 0 R/Size %d/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n"
        % (root, info, len(table), digest, digest, at)
    )
    return b"".join(parts)


def _text(text: str) -> bytes:
    """A text as PDF writes it in any script."""
    return b"<FEFF" + printable(text).encode("utf-16-be").hex().upper().encode() + b">"

"""What the parser does not tell of an xlsx: what is hidden, formulas without a result, errors, and
number formats that show zeros."""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from cit_desktop.imports.faults import UNCALCULATED

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\shidden="(?:1|true)")[^>]*?\sr="(\d{1,7})"')
_HIDDEN_COLUMNS = re.compile(rb'<col\b(?=[^>]*\shidden="(?:1|true)")([^>]*)>')
_NUMBER_OF = {name: re.compile(rb'\s%s="(\d{1,5})"' % name) for name in (b"min", b"max")}
_STYLED_CELL = re.compile(rb'<c\b(?=[^>]*\ss="(\d{1,6})")[^>]*?\sr="([A-Z]{1,3})(\d{1,7})"')
_FORMULA = rb"<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)"
_ERROR = re.compile(
    rb'<c\b(?=[^>]*\st="e")[^>]*?\sr="([A-Z]{1,3})(\d{1,7})"[^>]*>'
    rb"(?:" + _FORMULA + rb")?<v>([^<]{1,20})</v>"
)
_WITHOUT_RESULT = re.compile(
    rb'<c\b(?![^>]*\st="str")[^>]*?\sr="([A-Z]{1,3})(\d{1,7})"[^>]*>'
    + _FORMULA
    + rb"(?:<v\s*/>|<v></v>)?</c>"
)
_ZEROS = re.compile(r"0{2,}(;.*)?$")
_MOST_COLUMNS = 16_384
_BROKEN = (
    KeyError, ValueError, EOFError, OSError, NotImplementedError, RuntimeError, struct.error,
    zlib.error, zipfile.BadZipFile, ElementTree.ParseError,
)  # fmt: skip

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Details:
    """Of one sheet; places are (line, column index).

    Attributes:
        masks: How many digits a number shows.
        faults: What stands for a value that is not known: ``#REF!``, or that it was not calculated.
    """

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    masks: dict[Place, int] = field(default_factory=dict)
    faults: dict[Place, str] = field(default_factory=dict)


NOTHING = Details()


def read(path: Path) -> dict[str, Details]:
    """The details of each sheet by its name; a workbook without them gives an empty answer."""
    try:
        with zipfile.ZipFile(path) as archive:
            masks = _zero_styles(archive)
            return {
                name: _sheet(archive.read(part), masks)
                for name, part in _parts(archive)
                if part in archive.NameToInfo
            }
    except _BROKEN:
        return {}


def _parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - checked before
    return [
        (sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/"))
        for sheet in book.iter(f"{_MAIN}sheet")
        if (target := targets.get(sheet.get(_RELATION)))
    ]


def _zero_styles(archive: zipfile.ZipFile) -> dict[int, int]:
    if "xl/styles.xml" not in archive.NameToInfo:
        return {}
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))  # noqa: S314
    digits = {
        item.get("numFmtId"): len(item.get("formatCode", "").split(";")[0])
        for item in styles.iter(f"{_MAIN}numFmt")
        if _ZEROS.match(item.get("formatCode", ""))
    }
    cells = styles.find(f"{_MAIN}cellXfs")
    return {
        position: digits[kind]
        for position, item in enumerate(cells if cells is not None else ())
        if (kind := item.get("numFmtId")) in digits
    }


def _sheet(content: bytes, styles: dict[int, int]) -> Details:
    hidden = [int(found) for found in _HIDDEN_ROW.findall(content)]
    masks: dict[Place, int] = {}
    if styles:
        for style, letters, line in _STYLED_CELL.findall(content):
            if int(style) in styles:
                masks[int(line), _column(letters)] = styles[int(style)]
    return Details(hidden, _hidden_columns(content), masks, _faults(content))


def _hidden_columns(content: bytes) -> list[int]:
    found: list[int] = []
    for attributes in _HIDDEN_COLUMNS.findall(content):
        ends = [pattern.search(attributes) for pattern in _NUMBER_OF.values()]
        if all(ends):
            first, last = (int(end.group(1)) for end in ends if end)
            found += range(first - 1, min(last, _MOST_COLUMNS))
    return found


def _faults(content: bytes) -> dict[Place, str]:
    found: dict[Place, str] = {}
    if b' t="e"' in content:
        for letters, line, shown in _ERROR.findall(content):
            found[int(line), _column(letters)] = shown.decode("ascii", "replace")
    if b"<f" in content:
        for letters, line in _WITHOUT_RESULT.findall(content):
            found[int(line), _column(letters)] = UNCALCULATED
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1

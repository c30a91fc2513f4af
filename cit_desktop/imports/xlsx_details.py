"""What the parser does not tell of an xlsx: hidden rows, and number formats that show zeros."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\shidden="(?:1|true)")[^>]*?\sr="(\d{1,7})"')
_STYLED_CELL = re.compile(rb'<c\b(?=[^>]*\ss="(\d{1,6})")[^>]*?\sr="([A-Z]{1,3})(\d{1,7})"')
_ZEROS = re.compile(r"0{2,}(;.*)?$")


@dataclass(frozen=True, slots=True)
class Details:
    """Lines that are hidden, and how many digits a number shows by (line, column index)."""

    hidden_rows: list[int] = field(default_factory=list)
    masks: dict[tuple[int, int], int] = field(default_factory=dict)


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
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile):
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
    masks: dict[tuple[int, int], int] = {}
    if styles:
        for style, letters, line in _STYLED_CELL.findall(content):
            if int(style) in styles:
                masks[int(line), _column(letters)] = styles[int(style)]
    return Details(hidden, masks)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1

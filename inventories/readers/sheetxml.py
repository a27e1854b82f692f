"""One worksheet's XML to its filled cells. Nothing between them is made: a cell at the far end of a sheet costs nothing.

Source of the format: ECMA-376 part 1, 18.3 (worksheets), 18.4 (shared strings).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, TypeVar
from xml.etree.ElementTree import Element, iterparse

from .grid import Span, column_of, index_of
from .numberformat import Format, show

Cell = tuple[int, int]
Item = TypeVar("Item")
SPACES = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
"""the namespaces of the transitional and the strict form"""
LOCAL = {
    f"{{{space}}}{name}": name
    for space in SPACES
    for name in ("row", "c", "v", "f", "is", "si", "r", "t", "mergeCell", "col")
}
"""tag -> name"""
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RANGE = re.compile(r"^([A-Z]{1,3}\d+):([A-Z]{1,3}\d+)$")


@dataclass(frozen=True)
class Notions:
    """What the cells of all sheets of a workbook refer to."""

    strings: Sequence[str]
    formats: Sequence[Format]
    """by style number"""
    epoch: datetime


@dataclass
class Sheet:
    """What a worksheet holds; rows and columns from 0."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    """row -> column -> text"""
    errors: dict[Cell, str] = field(default_factory=dict)
    formulas: set[Cell] = field(default_factory=set)
    """formulas without a computed value"""
    merged: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """first and last, inclusive"""


def read_sheet(stream: IO[bytes], notions: Notions) -> Sheet:
    """Return the cells of a worksheet. Raises ParseError, ValueError or IndexError where the XML is broken."""
    sheet, row = Sheet(), -1
    for _, element in iterparse(stream):
        name = LOCAL.get(element.tag)
        if name == "row":
            before, row = row, int(element.get("r", row + 2)) - 1
            if row <= before:
                raise ValueError(f"row {row + 1} stands after row {before + 1}")
            _row(element, row, sheet, notions)
            element.clear()
        elif name == "mergeCell":
            ends = _RANGE.match(element.get("ref", ""))
            if ends:
                sheet.merged.append((*index_of(ends[1]), *index_of(ends[2])))
        elif name == "col" and element.get("hidden") in ("1", "true"):
            sheet.hidden_columns.append((int(element.get("min", 1)) - 1, int(element.get("max", 1)) - 1))
    return sheet


def _row(element: Element, row: int, sheet: Sheet, notions: Notions) -> None:
    texts: dict[int, str] = {}
    column = -1
    for cell in element:
        ref = cell.get("r")
        column = column_of(ref.rstrip("0123456789")) if ref else column + 1
        if len(cell):
            text = _cell(cell, (row, column), sheet, notions)
            if text and column in texts:
                raise ValueError(f"two cells are called {ref}")
            if text:
                texts[column] = text
    if texts:
        sheet.rows[row] = texts
    if element.get("hidden") in ("1", "true"):
        sheet.hidden_rows.add(row)


def _cell(cell: Element, at: Cell, sheet: Sheet, notions: Notions) -> str:
    """Return the text of one cell; an error and a formula without a value are put apart."""
    kind, value, formula, inline = cell.get("t", "n"), "", False, ""
    for part in cell:
        name = LOCAL.get(part.tag)
        if name == "v":
            value = part.text or ""
        elif name == "f":
            formula = True
        elif name == "is":
            inline = rich(part)
    if kind == "e":
        sheet.errors[at] = value or "#ERROR!"
        return ""
    if formula and not value and kind not in ("str", "inlineStr"):
        sheet.formulas.add(at)
        return ""
    return inline if kind == "inlineStr" else _text(kind, value, cell.get("s", "0"), notions)


def _text(kind: str, value: str, style: str, notions: Notions) -> str:
    if not value or kind == "s":
        return _at(notions.strings, value) if value else ""
    if kind == "b":
        return "TRUE" if value in ("1", "true") else "FALSE"
    if kind == "d":
        return value[:10]
    if kind == "str":
        return _unescaped(value)
    try:
        number = float(value)
    except ValueError:
        return value
    return show(number, _at(notions.formats, style), notions.epoch) if math.isfinite(number) else value


def _at(items: Sequence[Item], number: str) -> Item:
    """Return an item by its number; a negative one is as wrong as one too large."""
    at = int(number)
    if at < 0:
        raise IndexError(f"no item has the number {number}")
    return items[at]


def strings(stream: IO[bytes]) -> Iterator[str]:
    """Yield the texts of the table of shared strings."""
    for _, element in iterparse(stream):
        if LOCAL.get(element.tag) == "si":
            yield rich(element)
            element.clear()


def rich(element: Element) -> str:
    """Return the text of a string item: its runs joined, readings of the characters (rPh) left out."""
    runs = [part for part in element if LOCAL.get(part.tag) == "r"]
    texts = [part.text or "" for whole in (element, *runs) for part in whole if LOCAL.get(part.tag) == "t"]
    return _unescaped("".join(texts))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text

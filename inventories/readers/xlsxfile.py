"""xlsx to grids: values as text, error cells and formulas without a value seen, merged ranges unfolded.

Small workbooks are read by openpyxl; large ones by calamine, which is faster. Both are checked against the sheet's
XML, because neither tells an error or an uncomputed formula from a blank cell in every case.
"""

from __future__ import annotations

import io
import posixpath
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from xml.etree import ElementTree

from ...accounting.problems import ProblemList, Where
from ..messages import MESSAGES
from .grid import Grid, Span, index_of

MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 200
RATIO_FROM = 20_000_000
"""the ratio counts only above this unpacked size: small regular sheets compress well"""
LARGE = 3_000_000
"""bytes of a workbook from which calamine reads it"""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class SheetFacts:
    """What the XML of a sheet says about it."""

    name: str
    hidden: bool
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Book:
    """The sheets of a workbook."""

    grids: dict[str, Grid]
    hidden: frozenset[str]

    @property
    def filled(self) -> list[str]:
        """Names of visible sheets with content."""
        return [name for name, grid in self.grids.items() if name not in self.hidden and not grid.blank()]


def read_xlsx(data: bytes, name: str, problems: ProblemList) -> Book | None:
    """Return the sheets of a workbook, or None with a problem where it cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _bomb(archive, name, problems):
                return None
            facts = list(_scan(archive))
        read = _large if len(data) > LARGE else _small
        return Book(read(data, name, facts), frozenset(fact.name for fact in facts if fact.hidden))
    except (
        zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, OSError,
        # a style number out of range; an encrypted or unknown packing; a torn stream
        IndexError, RuntimeError, zlib.error,
    ) as error:  # fmt: skip
        problems.add(MESSAGES.problem("FILE-BROKEN", Where(file=name), f"{type(error).__name__}: {error}"))
        return None


def _bomb(archive: zipfile.ZipFile, name: str, problems: ProblemList) -> bool:
    parts = archive.infolist()
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    ratio = unpacked / max(packed, 1)
    bad = unpacked > MAX_UNPACKED or (unpacked > RATIO_FROM and ratio > MAX_RATIO)
    if bad:
        found = f"{unpacked / 1e6:.0f} MB, {ratio:.0f}:1"
        limit = f"{MAX_UNPACKED / 1e6:.0f} MB, {MAX_RATIO}:1"
        problems.add(MESSAGES.problem("ZIP-BOMB", Where(file=name), found, limit))
    return bad


def _scan(archive: zipfile.ZipFile) -> Iterator[SheetFacts]:
    """Yield the facts of each worksheet, in the order of the workbook."""
    workbook = ElementTree.fromstring(_part(archive, "xl/workbook.xml"))
    links = ElementTree.fromstring(_part(archive, "xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in workbook.iter(f"{_MAIN}sheet"):
        path = _path(targets[sheet.get(_REL)])
        hidden = sheet.get("state", "visible") != "visible"
        if path.startswith("xl/worksheets/"):
            errors, formulas = _cells(_part(archive, path))
            yield SheetFacts(sheet.get("name", ""), hidden, errors, frozenset(formulas))


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _part(archive: zipfile.ZipFile, path: str) -> bytes:
    data = archive.read(path)
    if b"<!DOCTYPE" in data[:2000]:
        raise ValueError("a document type is not allowed in a workbook")
    return data


_CELL = re.compile(rb'<c\b([^>]*?)(?:/>|>(.*?)</c>)', re.S)  # fmt: skip
_REF = re.compile(rb'\br="([A-Z]+\d+)"')
_VALUE = re.compile(rb"<v>(.+?)</v>", re.S)
_TEXT_RESULT = (b't="str"', b't="inlineStr"')


def _cells(xml: bytes) -> tuple[dict[tuple[int, int], str], set[tuple[int, int]]]:
    """Return error cells and cells with a formula but no value; only cells that could be either are looked at."""
    errors: dict[tuple[int, int], str] = {}
    formulas: set[tuple[int, int]] = set()
    if b't="e"' not in xml and b"<f" not in xml:
        return errors, formulas
    for match in _CELL.finditer(xml):
        attributes, body = match[1], match[2] or b""
        is_error, is_formula = b't="e"' in attributes, b"<f" in body
        ref = _REF.search(attributes)
        if ref is None or not (is_error or is_formula):
            continue
        value = _VALUE.search(body)
        if is_error:
            errors[index_of(ref[1].decode())] = value[1].decode() if value else "#ERROR!"
        elif value is None and not any(kind in attributes for kind in _TEXT_RESULT):
            formulas.add(index_of(ref[1].decode()))
    return errors, formulas


def _small(data: bytes, name: str, facts: list[SheetFacts]) -> dict[str, Grid]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns about styles and extensions it drops; cells are unaffected
        book = load_workbook(io.BytesIO(data), data_only=True)
    grids = {}
    for fact in facts:
        sheet = book[fact.name]
        rows = [[_text(cell.value, str(cell.number_format)) for cell in row] for row in sheet.iter_rows()]
        spans = [(r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1) for r in sheet.merged_cells.ranges]
        grids[fact.name] = _grid(rows, name, fact, spans)
    return grids


def _large(data: bytes, name: str, facts: list[SheetFacts]) -> dict[str, Grid]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    grids = {}
    for fact in facts:
        sheet = book.get_sheet_by_name(fact.name)
        rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        spans = [(first[0], first[1], last[0], last[1]) for first, last in sheet.merged_cell_ranges or []]
        grids[fact.name] = _grid(rows, name, fact, spans)
    return grids


def _grid(rows: list[list[str]], name: str, fact: SheetFacts, spans: list[Span]) -> Grid:
    grid = replace(
        Grid.of(rows, name, fact.name), errors=fact.errors, formulas=fact.formulas, merged=tuple(sorted(spans))
    )
    for top, left, bottom, right in grid.merged:
        grid.cells[top : bottom + 1, left : right + 1] = grid.cells[top, left] if rows else ""
    for row, column in (*fact.errors, *fact.formulas):
        if row < grid.shape[0] and column < grid.shape[1]:
            grid.cells[row, column] = ""
    return grid


def _text(value: Any, shown_as: str = "") -> str:
    """Return a cell as text: whole numbers without a point, a per-cent format as it is seen, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return f"{value * 100:.15g}%" if "%" in shown_as else _number(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()[:10] if not isinstance(value, time) else value.isoformat()
    return str(value)


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))

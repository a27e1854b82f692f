"""xlsx to grids: values as text as they are seen, error cells and formulas without a value kept apart, merged ranges unfolded.

The XML is read here and not by a library: calamine gives no number formats; openpyxl makes a cell for every cell of a
merged range, does not know the built-in dates of zh-cn, and lets the last of two cells of one name win in silence
(docs/dependencies.md).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import IO
from xml.etree import ElementTree

from ...accounting.problems import Problem, ProblemList, Where
from ..messages import MESSAGES
from .grid import MOST_CELLS, Grid, letters
from .numberformat import BUILT_IN, Format
from .numberformat import parse as format_of
from .sheetxml import Notions, Sheet, read_sheet, strings
from .sparse import FAR_COLUMNS, FAR_ROWS, blocks

MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 200
RATIO_FROM = 20_000_000
"""the ratio counts only above this unpacked size: small regular sheets compress well"""
MOST = 1 << 14
"""columns of a sheet"""
OTHER_KINDS = {"xl/workbook.bin": ".xlsb", "content.xml": ".ods / .odt", "word/document.xml": ".docx"}
"""a file inside -> the kind of zip archive it tells"""


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
            if _other(archive, name, problems) or _bomb(archive, name, problems):
                return None
            return _book(archive, name, problems)
    except (
        zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, OSError, NotImplementedError,
        # a style number out of range; an encrypted or unknown packing; a torn stream; a date out of range
        IndexError, RuntimeError, zlib.error, EOFError, OverflowError,
    ) as error:  # fmt: skip
        problems.add(MESSAGES.problem("FILE-BROKEN", Where(file=name), f"{type(error).__name__}: {error}"))
        return None


def _other(archive: zipfile.ZipFile, name: str, problems: ProblemList) -> bool:
    """Name a zip archive that is another kind of document."""
    names = set(archive.namelist())
    kind = next((kind for part, kind in OTHER_KINDS.items() if part in names), "")
    if kind:
        problems.add(MESSAGES.problem("FILE-FORMAT", Where(file=name), kind, ".xlsx"))
    return bool(kind)


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


def _book(archive: zipfile.ZipFile, name: str, problems: ProblemList) -> Book:
    workbook = _tree(archive, "xl/workbook.xml")
    notions = _notions(archive, workbook)
    grids, hidden = {}, set()
    for title, state, path in _sheets(archive, workbook):
        if title in grids:
            raise ValueError(f"two sheets have the name {title!r}")
        with _open(archive, path) as stream:
            grids[title] = _grid(read_sheet(stream, notions), name, title, problems)
        hidden |= {title} if state != "visible" else set()
    return Book(grids, frozenset(hidden))


def _sheets(archive: zipfile.ZipFile, workbook: ElementTree.Element) -> Iterator[tuple[str, str, str]]:
    """Yield name, state and path of each worksheet, in the order of the workbook."""
    targets = {link.get("Id"): link.get("Target", "") for link in _tree(archive, "xl/_rels/workbook.xml.rels")}
    for sheet in _all(workbook, "sheet"):
        link = next(value for key, value in sheet.items() if key.rpartition("}")[2] == "id" and "}" in key)
        path = targets[link]
        path = path.lstrip("/") if path.startswith("/") else posixpath.normpath(f"xl/{path}")
        if "/chartsheets/" not in path and "/dialogsheets/" not in path and "/macrosheets/" not in path:
            yield sheet.get("name", ""), sheet.get("state", "visible"), path


def _notions(archive: zipfile.ZipFile, workbook: ElementTree.Element) -> Notions:
    names = set(archive.namelist())
    texts: list[str] = []
    if "xl/sharedStrings.xml" in names:
        with _open(archive, "xl/sharedStrings.xml") as stream:
            texts = list(strings(stream))
    formats = _formats(_tree(archive, "xl/styles.xml")) if "xl/styles.xml" in names else []
    late = any(one.get("date1904") in ("1", "true") for one in _all(workbook, "workbookPr"))
    return Notions(texts, formats or [Format()], datetime(1904, 1, 1) if late else datetime(1899, 12, 30))


def _formats(styles: ElementTree.Element) -> list[Format]:
    own = {int(one.get("numFmtId", 0)): one.get("formatCode", "") for one in _all(styles, "numFmt")}
    used = [int(xf.get("numFmtId", 0)) for block in _all(styles, "cellXfs") for xf in _all(block, "xf")]
    return [format_of(own.get(number, BUILT_IN.get(number, ""))) for number in used]


def _all(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (one for one in element.iter() if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name)


def _tree(archive: zipfile.ZipFile, path: str) -> ElementTree.Element:
    with _open(archive, path) as stream:
        return ElementTree.parse(stream).getroot()


def _open(archive: zipfile.ZipFile, path: str) -> IO[bytes]:
    """Open a part. A document type, which could define entities without end, stands before the first element."""
    with archive.open(path) as stream:
        if b"<!DOCTYPE" in stream.read(4000).replace(b"\0", b""):
            raise ValueError("a document type is not allowed in a workbook")
    return archive.open(path)


def _grid(sheet: Sheet, name: str, title: str, problems: ProblemList) -> Grid:
    where = Where(file=name, sheet=title)
    odd = [*sheet.errors, *sheet.formulas]
    by_row = Counter({row: len(texts) for row, texts in sheet.rows.items()}) + Counter(row for row, _ in odd)
    rows, far_rows = blocks(by_row, FAR_ROWS)
    inside = {row: texts for row, texts in sheet.rows.items() if row in rows}
    by_column = Counter(chain.from_iterable(inside.values())) + Counter(column for row, column in odd if row in rows)
    columns, far_columns = blocks(by_column, FAR_COLUMNS)
    if far_rows or far_columns:
        problems.extend(_far(sheet, [(block, range(MOST)) for block in far_rows], where))
        problems.extend(_far(sheet, [(rows, block) for block in far_columns], where))
        inside = {row: {c: text for c, text in texts.items() if c in columns} for row, texts in inside.items()}
    if rows.stop * columns.stop > MOST_CELLS:
        problems.add(MESSAGES.problem("ZIP-BOMB", where, f"{rows.stop} × {columns.stop}", f"{MOST_CELLS:,}"))
        return Grid.of([], name, title)
    problems.extend(_hidden(sheet, by_row, by_column, where))
    kept = {cell for cell in odd if cell[0] in rows and cell[1] in columns}
    return Grid.sparse(
        inside, (rows.stop, columns.stop), name, title,
        errors={cell: text for cell, text in sheet.errors.items() if cell in kept},
        formulas=frozenset(sheet.formulas & kept), merged=sheet.merged,
    )  # fmt: skip


def _far(sheet: Sheet, places: list[tuple[range, range]], where: Where) -> Iterator[Problem]:
    """Name the first cell of each block that is left out, and how many there are."""
    every = {(row, column): text for row, texts in sheet.rows.items() for column, text in texts.items()}
    every |= sheet.errors | dict.fromkeys(sheet.formulas, "=")
    for rows, columns in places:
        cells = sorted(cell for cell in every if cell[0] in rows and cell[1] in columns)
        row, column = cells[0]
        shown = every[cells[0]][:80] + (f" (×{len(cells)})" if len(cells) > 1 else "")
        yield MESSAGES.problem("CELL-FAR", replace(where, cell=f"{letters(column)}{row + 1}"), shown)


def _hidden(sheet: Sheet, by_row: Collection[int], by_column: Collection[int], where: Where) -> Iterator[Problem]:
    """Rows and columns that are hidden (a filter hides rows) hold numbers that nobody sees: they are read, and named."""
    columns = sorted(c for c in by_column if any(first <= c <= last for first, last in sheet.hidden_columns))
    rows = sorted(sheet.hidden_rows.intersection(by_row))
    names = [*(letters(column) for column in columns), *(str(row + 1) for row in rows)]
    if names:
        yield MESSAGES.problem("CELLS-HIDDEN", where, ", ".join(names[:12]) + (" …" if len(names) > 12 else ""))

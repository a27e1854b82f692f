"""A balance-shaped table: rows of the balance down, energy carriers across, units in a row, in the header or in the title."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...accounting import units
from ..codes import carriers, plain
from ..messages import MESSAGES
from .cells import normal, number
from .grid import Grid, letters
from .part import REMARKS, Context, Part, unit

SEARCH = 25
"""rows in which a header is looked for"""
LEAST = 2
"""carriers that make a row the header"""
NUMBERING = frozenset({"序号", "行次", "编号", "代码", "no", "code", "rowno", "line"})
"""headers of columns that number the rows"""
_BRACKET = re.compile(r"^(.*?)[(（]([^()（）]*)[)）]\s*$", re.S)
_TITLE_UNIT = re.compile(r"单位\s*[:：]\s*(\S+)|[Uu]nit\s*:\s*(.+)")
_TON = re.compile(r"(?<![A-Za-z])[Tt]ons?(?![A-Za-z])")
_BARE_POWER = re.compile(r"^\(?\s*10([1-9]\d?)\s+(?=[A-Za-z])")


@dataclass(frozen=True)
class Header:
    """Where a table's header is and what its columns hold."""

    row: int
    """row of the carriers' names"""
    items: dict[int, str]
    """column -> carrier"""
    first: int
    """first row below header and units"""
    unit_of: dict[int, str]
    """column -> canonical unit"""
    unit_row: int
    """row where the units stand; the header's row where they stand in it"""
    remarks: tuple[int, ...] = ()
    """columns of remarks beside the carriers"""

    @property
    def labels(self) -> list[int]:
        """Columns before the first carrier: the names of the rows."""
        return list(range(min(self.items)))


def carrier_of(text: str) -> str:
    """Return the carrier a header names, with or without its unit in brackets; '' where it names none."""
    found = carriers().find(text)
    match = _BRACKET.match(text)
    if found is None and match:
        found = carriers().find(match[1])
    return found.id if found is not None else ""


def holds_balance(grid: Grid) -> bool:
    """Tell whether a row near the top names two carriers at least: the header of a balance."""
    rows = (grid.row(row) for row in range(min(SEARCH, grid.shape[0])))
    return any(sum(bool(carrier_of(text)) for text in row) >= LEAST for row in rows)


def header(grid: Grid, context: Context, part: Part) -> Header | None:
    """Find the header of a table; None with problems where there is none, it is merged, or names a carrier twice."""
    row = _header_row(grid, context, part)
    if row is None:
        return None
    items = _items(grid, row, context, part)
    first = _unit_candidate(grid, row, items, context)
    unit_row = row if first is None else first
    own = _units(grid, row, first, items, context, part)
    remarks = tuple(c for c in range(min(items), grid.shape[1]) if _is_remark(grid.text(row, c)))
    return Header(row, items, max(row, unit_row) + 1, own, unit_row, remarks)


def _header_row(grid: Grid, context: Context, part: Part) -> int | None:
    stated = context.source.options.header_row
    looked_at = range(min(SEARCH, grid.shape[0])) if stated is None else [stated - 1]
    counts = {row: sum(bool(carrier_of(text)) for text in grid.row(row)) for row in looked_at}
    if max(counts.values(), default=0) < (LEAST if stated is None else 1):
        expected = "原煤 Raw Coal, 焦炭 Coke, 汽油 Gasoline, 电力 Electricity …"
        part.problems.add(MESSAGES.problem("HEADER-MISSING", grid.table(), stated or len(counts), expected))
        return None
    return max(counts, key=counts.__getitem__)


def _items(grid: Grid, row: int, context: Context, part: Part) -> dict[int, str]:
    """Carriers by column. A cell merged over several columns, an unknown name and a name given twice are problems."""
    merged = _merged_columns(grid, row, part)
    names = [_name_at(grid, row, column) for column in range(grid.shape[1])]
    start = min(
        column
        for column, name in enumerate(names)
        if carrier_of(name) or (_holds_numbers(grid, row, column) and not _is_remark(name))
    )
    items: dict[int, str] = {}
    for column in range(start, len(names)):
        name = names[column]
        if not name or column in merged or name in context.source.options.ignore or _is_remark(name):
            continue
        item = carrier_of(name)
        if not item:
            where = grid.where(row, column)
            part.problems.add(MESSAGES.problem("ITEM-UNKNOWN", where, name, carriers().suggest(name)))
        elif item in items.values():
            earlier = next(key for key, value in items.items() if value == item)
            columns = f"{letters(earlier)}, {letters(column)}"
            part.problems.add(MESSAGES.problem("COLUMN-TWICE", grid.where(row, column), name, columns))
        else:
            items[column] = item
    return items


_REMARKS = frozenset(map(plain, REMARKS.split()))


def _is_remark(name: str) -> bool:
    """Tell whether a header is that of a column of remarks."""
    match = _BRACKET.match(name)
    return plain(match[1] if match else name) in _REMARKS


def _holds_numbers(grid: Grid, row: int, column: int) -> bool:
    """Tell a mistyped carrier in front from a column of row names: it has a name and mostly numbers or units below."""
    name = plain(grid.text(row, column))
    texts = [text for text in (grid.text(below, column) for below in range(row + 1, grid.shape[0])) if text]
    count = sum(not math.isnan(number(normal(text))[0]) or _known(text, "ceads") for text in texts)
    return bool(name) and name not in NUMBERING and count * 2 > len(texts)


def _name_at(grid: Grid, row: int, column: int) -> str:
    """The name in a column's header; where its own row is blank the row above may hold it (two-row headers)."""
    own = grid.text(row, column)
    above = grid.text(row - 1, column) if row else ""
    return above if not own and carrier_of(above) else own


def _merged_columns(grid: Grid, row: int, part: Part) -> set[int]:
    columns: set[int] = set()
    for top, left, bottom, right in grid.merged:
        if top <= row <= bottom and right > left and carrier_of(grid.text(row, left)):
            span = f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
            part.problems.add(MESSAGES.problem("HEADER-MERGED", grid.where(row, left), grid.text(row, left), span))
            columns |= set(range(left, right + 1))
    return columns


def clean_unit(text: str, layout: str) -> str:
    """Return a unit text in a spelling the registry knows.

    `1010 kj` and `108 cu.m` lost their superscript on the way into a spreadsheet. CEADs writes `ton` for the
    tonnes of the Chinese statistics; elsewhere `ton` stays refused.
    """
    plain = _BARE_POWER.sub(r"10^\1 ", text.strip())
    return _TON.sub("t", plain) if layout == "ceads" else plain


def _known(text: str, layout: str) -> bool:
    try:
        units.parse(clean_unit(text, layout))
    except units.UnitFault:
        return False
    return bool(text.strip())


def _unit_candidate(grid: Grid, row: int, items: dict[int, str], context: Context) -> int | None:
    """Return the row of units: the one stated, or the first of the next two of whose texts half are known units."""
    if context.source.unit_row is not None:
        return context.source.unit_row - 1
    for below in range(row + 1, min(row + 3, grid.shape[0])):
        texts = [grid.text(below, column) for column in items]
        filled = [text for text in texts if text]
        if (
            filled
            and sum(_known(text, context.source.layout) for text in filled) * 2 >= len(filled)
            and not _numeric(filled)
        ):
            return below
    return None


def _numeric(texts: list[str]) -> bool:
    return all(re.fullmatch(r"[-+.,\d\s]+", text) for text in texts)


def _units(
    grid: Grid, row: int, unit_row: int | None, items: dict[int, str], context: Context, part: Part
) -> dict[int, str]:
    found: dict[int, str] = {}
    fallback = context.source.unit or title_unit(grid, row)
    for column, item in items.items():
        at = row if unit_row is None else unit_row
        text = (
            grid.text(unit_row, column) if unit_row is not None else _bracket_unit(grid.text(row, column))
        ) or fallback
        if text:
            found[column] = unit(clean_unit(text, context.source.layout), grid.where(at, column), part)
        else:
            name = f"{carriers()[item].zh} {carriers()[item].en}"
            part.problems.add(MESSAGES.problem("UNIT-MISSING", grid.where(row, column), name))
    return found


def _bracket_unit(text: str) -> str:
    match = _BRACKET.match(text)
    if match is None or not carrier_of(match[1]):
        return ""
    return match[2]


def title_unit(grid: Grid, row: int) -> str:
    """Return the unit of a line such as `单位：万吨标准煤` above the header."""
    for above in range(row):
        for text in grid.row(above):
            match = _TITLE_UNIT.search(text)
            if match:
                return match[1] or match[2]
    return ""


def melt(grid: Grid, table: Header) -> pd.DataFrame:
    """Return one row per cell below the header: row, column, text, item, unit, unit_row, unit_column."""
    columns = [column for column in table.items if column in table.unit_of]
    rows = np.arange(table.first, grid.shape[0])
    block = grid.cells[np.ix_(rows, np.array(columns))] if columns else np.empty((len(rows), 0), dtype=object)
    frame = pd.DataFrame(
        {
            "row": np.repeat(rows, len(columns)),
            "column": np.tile(np.array(columns, dtype="int64"), len(rows)),
            "text": block.reshape(-1),
        }
    )
    frame["item"] = frame["column"].map(table.items)
    frame["unit"] = frame["column"].map(table.unit_of)
    return frame.assign(unit_row=table.unit_row, unit_column=frame["column"])

"""What reading one table gives, and the steps every layout shares: numbers, units, periods, entities."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ...accounting import units
from ...accounting.problems import Problem, ProblemList, Where
from ...accounting.tables import ACTIVITY, METRICS
from ..codes import Book, item_name, plain, unit_of
from ..customary import GAS_KINDS
from ..messages import MESSAGES
from ..workspace.source_models import Source
from .cells import day, parse, period, scaled, span
from .entities import Entities
from .grid import Grid, letters

TCE_KINDS = frozenset({"[tce_calorific]", "[tce_equivalent]"})
ATTRIBUTES = re.compile(r"^\w+=[^;=]+(?:;\w+=[^;=]+)*$")
"""how the attributes of a row are written"""
NOTES = ("注", "资料来源", "说明", "note", "source")
"""a row whose name starts so is a remark under the table"""
REMARKS = "note notes 备注 说明 注 附注 注释 备考 remark remarks comment comments"
"""headers of a column of remarks, in both languages"""
TOTAL_WORDS = frozenset({"合计", "总计", "小计", "总数", "total", "subtotal", "grandtotal", "sum"})
"""names of rows that sum others without saying which"""


@dataclass
class Part:
    """Rows read from one source."""

    activity: pd.DataFrame = field(default_factory=ACTIVITY.empty)
    metrics: pd.DataFrame = field(default_factory=METRICS.empty)
    problems: ProblemList = field(default_factory=ProblemList)
    notes: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether the source gave no row at all."""
        return self.activity.empty and self.metrics.empty


@dataclass(frozen=True)
class Context:
    """What a layout needs beside the grid."""

    source: Source
    entities: Entities
    entity: str
    """the source's entity, or the inventory's"""
    where: Callable[[str], Where]
    """address of a key of the source's entry in sources.yaml"""


def numbers(grid: Grid, frame: pd.DataFrame, context: Context, part: Part) -> pd.DataFrame:
    """Return `frame` with columns value, notation and percent, without blank cells.

    `frame` has columns row, column (from 0) and text. Error cells, formulas without a value and texts that are no
    numbers become problems and leave the frame.
    """
    options = context.source.options
    _odd_cells(grid, frame, part)
    read = parse(frame["text"], options.none)
    bad = frame[read.fault]
    for row, column, text in zip(bad["row"], bad["column"], bad["text"], strict=True):
        part.problems.add(MESSAGES.problem("CELL-NUMBER", grid.where(int(row), int(column)), str(text).strip()))
    out = frame.assign(value=read.value, notation=read.notation, percent=read.percent)
    out = out[~read.none & ~read.fault]
    _merged(grid, out, part)
    return out


def _merged(grid: Grid, frame: pd.DataFrame, part: Part) -> None:
    """Report a number in a cell merged over several of the table's cells: it would count once for each."""
    if not grid.merged or frame.empty:
        return
    rows, columns = frame["row"].to_numpy(), frame["column"].to_numpy()
    for top, left, bottom, right in grid.merged:
        inside = (top <= rows) & (rows <= bottom) & (left <= columns) & (columns <= right)
        if inside.sum() > 1:
            span = f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
            part.problems.add(MESSAGES.problem("CELL-MERGED", grid.where(top, left), grid.text(top, left), span))


def _odd_cells(grid: Grid, frame: pd.DataFrame, part: Part) -> None:
    if not grid.errors and not grid.formulas:
        return
    used = set(zip(frame["row"].astype(int), frame["column"].astype(int), strict=True))
    for cell, text in grid.errors.items():
        if cell in used:
            part.problems.add(MESSAGES.problem("CELL-ERROR", grid.where(*cell), text))
    for cell in grid.formulas & used:
        part.problems.add(MESSAGES.problem("CELL-FORMULA", grid.where(*cell)))


def reasons(grid: Grid, frame: pd.DataFrame, context: Context, part: Part) -> pd.DataFrame:
    """Return `frame` with the table's reason in `note` of notation keys; a key without any reason is a problem."""
    keyed = frame["notation"] != ""
    note = frame["note"].where(~keyed | (frame["note"] != ""), context.source.options.notation_reason)
    bare = frame[keyed & (note == "")]
    for row, column, key in zip(bare["row"], bare["column"], bare["notation"], strict=True):
        part.problems.add(MESSAGES.problem("NOTATION-REASON", grid.where(int(row), int(column)), key))
    return frame.assign(note=note)


def unit(text: str, where: Where, part: Part) -> str:
    """Return the canonical text of a unit, or '' with a problem."""
    try:
        return units.canonical(text)
    except units.UnitFault as fault:
        part.problems.add(fault.problem(where))
        return ""


def fits(item: str, text: str) -> bool:
    """Tell whether a canonical unit can measure a carrier: its own kind, any gas volume for a gas, or tce."""
    base = unit_of(item)
    if not base or not text:
        return True
    own, given = units.kind(base), units.kind(text)
    return own == given or given in TCE_KINDS or (own in GAS_KINDS and given in GAS_KINDS)


def check_units(frame: pd.DataFrame, grid: Grid, part: Part) -> None:
    """Report each item whose unit is of the wrong kind, once per item and unit, at its first cell.

    `frame` has columns item, unit, and unit_row, unit_column: where the unit stands. A number that is written with 万
    or 亿 beside a unit that counts in them already is reported at its cell (columns row, column, text).
    """
    scaled_twice(frame, grid, part)
    pairs = frame[frame["unit"] != ""].drop_duplicates(["item", "unit"])
    for item, text, row, column in zip(
        pairs["item"], pairs["unit"], pairs["unit_row"], pairs["unit_column"], strict=True
    ):
        if not fits(str(item), str(text)):
            expected = f"{unit_of(str(item))} ({item_name(str(item))})"
            part.problems.add(unit_kind(grid.where(int(row), int(column)), str(text), expected))


def scaled_twice(frame: pd.DataFrame, grid: Grid, part: Part) -> None:
    """Report numbers such as 12万 under 万吨: nobody can tell whether 12 万吨 or 12 亿吨 is meant."""
    counting = frame["unit"].map(lambda text: str(text).startswith("10^")).astype("bool")
    twice = frame[counting & frame["text"].map(lambda text: scaled(str(text))).astype("bool")]
    for row, column, text, given in zip(twice["row"], twice["column"], twice["text"], twice["unit"], strict=True):
        part.problems.add(MESSAGES.problem("SCALE-TWICE", grid.where(int(row), int(column)), text.strip(), given))


def unit_kind(where: Where, found: str, expected: str) -> Problem:
    """Return the problem of a unit of another kind."""
    return units.UnitFault("UNIT-KIND", found, expected).problem(where)


def lookup(
    texts: pd.Series,
    find: Callable[[str], str | None],
    suggest: Callable[[str], str],
    code: str,
    address: Callable[[int], Where],
    part: Part,
) -> pd.Series:
    """Return ids of a column of texts, '' where a text is blank or unknown; each distinct text is looked up once.

    Unknown texts are reported at each row that holds them; `address` makes the address of an index label.
    """
    distinct = [str(text) for text in texts.unique()]
    found = {text: (find(text) or "") if text.strip() else "" for text in distinct}
    for text in distinct:
        if text.strip() and not found[text]:
            shown = "TOTAL-AS-DATA" if plain(text) in TOTAL_WORDS else code
            for label in texts.index[texts == text]:
                part.problems.add(MESSAGES.problem(shown, address(label), text.strip(), suggest(text)))
    return texts.map(found).astype("str")


def book_finder(book: Book[Any]) -> Callable[[str], str | None]:
    """Return a function from a text to an id of the book."""

    def find(text: str) -> str | None:
        code = book.find(text)
        return code.id if code is not None else None

    return find


def periods(texts: pd.Series, address: Callable[[int], Where], part: Part, spans: bool = False) -> pd.Series:
    """Return the periods of a column of texts; a text that names none is a problem at each of its rows.

    `spans` also takes spans of years, as cumulative results have them. A column whose days are all 1 January, or all
    31 December, may hold years stored as dates or months: none of them is taken.
    """
    ends = {text[4:] for text in map(day, texts.unique()) if text}
    years = ends in ({"-01-01"}, {"-12-31"})

    def find(text: str) -> str:
        return "" if years and day(text) else span(text) if spans else period(text)

    return lookup(texts, find, lambda text: "", "PERIOD", address, part)


def finish_activity(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Return rows of `activity`: row ids, the source's defaults, only the table's columns."""
    source = context.source
    out = frame.reset_index(drop=True)
    out["row_id"] = source.id + "/" + (out.index + 1).astype("str")
    for name, value in (("quality", source.quality), ("evidence", str(source.evidence))):
        given = out[name] if name in out else pd.Series("", index=out.index)
        out[name] = given.where(given != "", value)
    own = out["attributes"] if "attributes" in out else pd.Series("", index=out.index)
    out["attributes"] = join_attributes(own, source.options.attributes)
    return ACTIVITY.conform(out[[name for name in ACTIVITY.names if name in out]])


def join_attributes(own: pd.Series, more: str) -> pd.Series:
    """Return attributes with those of the source added, in one order."""
    both = {text: ";".join(sorted(filter(None, [*text.split(";"), *more.split(";")]))) for text in own.unique()}
    return own.map(both)


def concat(frames: Iterable[pd.DataFrame], empty: pd.DataFrame) -> pd.DataFrame:
    """Return the frames one under another; empty ones are left out because they would change types."""
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else empty

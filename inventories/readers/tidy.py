"""The tidy layout: one quantity a row. Columns may be named in Chinese or English; see columns.NAMES.

A record says where it stands either by `flow` and `sector` or by the name of a balance row (`row`). Parameters that
were measured (ncv, carbon_content, oxidation, tce_factor) may stand beside the quantity; a heat value may carry its
unit in the header, e.g. `低位发热量(kJ/kg)`.
"""

from __future__ import annotations

import pandas as pd

from ...accounting import units
from ...accounting.models import Evidence
from ...accounting.problems import Where
from ...accounting.tables import PARAMETERS
from ..codes import balance_row, carriers, flows, products, sectors, suggest_row, unit_of
from ..messages import MESSAGES
from .columns import Long, address, long_table, need
from .grid import Grid
from .part import (
    ATTRIBUTES,
    Context,
    Part,
    book_finder,
    check_units,
    finish_activity,
    lookup,
    numbers,
    periods,
    reasons,
    unit,
    unit_kind,
)

FIELDS = (
    "entity", "period", "sector", "flow", "row", "item", "attributes", "quantity", "unit", "notation",
    "ncv", "carbon_content", "oxidation", "tce_factor", "quality", "evidence", "note",
)  # fmt: skip
QUALITIES = ("measured", "metered", "purchased", "surveyed", "estimated", "recalled", "published")


def read(grid: Grid, context: Context) -> Part:
    """Return the records of a tidy table."""
    part = Part()
    table = long_table(grid, context, FIELDS, part)
    if table is None or not _complete(table, grid, context, part):
        return part
    frame = _ids(table, grid, context, part)
    frame = _quantity(frame, table, grid, context, part)
    frame = _placed(frame, table, grid, part)
    frame = _parameters(frame, table, grid, context, part)
    part.activity = finish_activity(_choices(frame, table, grid, part), context)
    return part


def _complete(table: Long, grid: Grid, context: Context, part: Part) -> bool:
    """The quantity, the item, a period and a unit must come from the table or from the source."""
    fields = ["quantity", "item"]
    fields += [] if context.source.period else ["period"]
    fields += [] if context.source.unit or table.unit_in.get("quantity") else ["unit"]
    fields += [] if {"row", "sector"} & set(table.frame) else ["flow"]
    return need(table, grid, fields, part)


def _placed(frame: pd.DataFrame, table: Long, grid: Grid, part: Part) -> pd.DataFrame:
    """Return the rows that say what, where and when; a blank where one of them must stand is a problem."""
    for name in ("item", "flow", "period"):
        blank = frame.index[(frame[name] == "") & (_column(table, name).reindex(frame.index) == "")]
        told = name == "flow" and "row" in table.columns
        for row in blank if not told else ():
            part.problems.add(MESSAGES.problem("CELL-MISSING", address(table, grid, name)(row), "", name))
    return frame[(frame[["entity", "period", "flow", "item"]] != "").all(axis=1)]


def _column(table: Long, field: str, default: str = "") -> pd.Series:
    if field in table.frame:
        return table.frame[field].where(table.frame[field] != "", default)
    return pd.Series(default, index=table.frame.index, dtype="str")


def _ids(table: Long, grid: Grid, context: Context, part: Part) -> pd.DataFrame:
    frame = pd.DataFrame(index=table.frame.index)
    find, suggest = context.entities.find, context.entities.suggest
    own = lookup(_column(table, "entity"), find, suggest, "ENTITY-UNKNOWN", address(table, grid, "entity"), part)
    frame["entity"] = own.where(_column(table, "entity") != "", context.entity)
    own = periods(_column(table, "period"), address(table, grid, "period"), part)
    frame["period"] = own.where(_column(table, "period") != "", context.source.period)
    frame = _places(frame, table, grid, part)
    return frame.assign(item=_items(frame, table, grid, part), note=_column(table, "note"))


def _items(frame: pd.DataFrame, table: Long, grid: Grid, part: Part) -> pd.Series:
    """Items of the flow `activity` are products, all others energy carriers."""
    texts, at = _column(table, "item"), address(table, grid, "item")
    process = frame["flow"] == "activity"
    found = lookup(texts[~process], book_finder(carriers()), carriers().suggest, "ITEM-UNKNOWN", at, part)
    if process.any():
        made = lookup(texts[process], book_finder(products()), products().suggest, "ITEM-UNKNOWN", at, part)
        found = pd.concat([found, made]).reindex(frame.index)
    return found


def _places(frame: pd.DataFrame, table: Long, grid: Grid, part: Part) -> pd.DataFrame:
    """Add flow and sector: from `row` where the table has it, else from their own columns (a lone sector: final)."""
    if "row" in table.frame and "flow" not in table.frame:
        names = _column(table, "row")
        code = lookup(names, _joined, suggest_row, "ROW-UNKNOWN", address(table, grid, "row"), part)
        split = code.str.split("/", n=1, expand=True).reindex(columns=[0, 1]).fillna("")
        return frame.assign(flow=split[0], sector=split[1])
    texts = _column(table, "sector")
    book = sectors()
    sector = lookup(texts, book_finder(book), book.suggest, "SECTOR-UNKNOWN", address(table, grid, "sector"), part)
    ways = flows()
    given = _column(table, "flow")
    flow = lookup(given, book_finder(ways), ways.suggest, "FLOW-UNKNOWN", address(table, grid, "flow"), part)
    flow = flow.where((given != "") | (texts == ""), "final")
    return frame.assign(flow=flow, sector=sector)


def _joined(text: str) -> str | None:
    node = balance_row(text)
    return "/".join(node) if node else None


def _quantity(frame: pd.DataFrame, table: Long, grid: Grid, context: Context, part: Part) -> pd.DataFrame:
    """Add quantity, notation, unit and source; rows without either leave, each with a warning if its cell is empty."""
    column = table.columns.get("quantity", 0)
    frame = frame.assign(row=frame.index, column=column, text=_column(table, "quantity"))
    frame = frame.assign(own_key=_column(table, "notation").str.upper())
    filled = numbers(grid, frame, context, part)
    blank = frame.loc[frame.index.difference(filled.index)]
    keyed = blank[blank["own_key"] != ""].assign(value=float("nan"), notation="", percent=False)
    at, empty = address(table, grid, "quantity"), blank[(blank["own_key"] == "") & (blank["text"] == "")]
    part.problems.extend(
        MESSAGES.problem("QUANTITY-BLANK", at(row), table.frame.at[row, "item"]) for row in empty.index
    )
    out = pd.concat([filled, keyed]).sort_index() if len(keyed) else filled
    out = _notation(out, table, grid, part)
    out = out.assign(quantity=out["value"], source=grid.addresses(out["row"], out["column"]))
    return reasons(grid, _units(out, table, grid, context, part), context, part)


def _notation(frame: pd.DataFrame, table: Long, grid: Grid, part: Part) -> pd.DataFrame:
    from .cells import NOTATION

    at = address(table, grid, "notation")
    own = frame["own_key"].map(lambda text: NOTATION.get(text, ""))
    for row in frame.index[(frame["own_key"] != "") & (own == "")]:
        part.problems.add(MESSAGES.problem("CHOICE", at(row), frame.at[row, "own_key"], "NO, NE, NA, IE, C"))
    for row in frame.index[(own != "") & frame["value"].notna()]:
        part.problems.add(MESSAGES.problem("NOTATION-QUANTITY", at(row), own[row], frame.at[row, "text"]))
    return frame.assign(notation=frame["notation"].where(own == "", own))


def _units(frame: pd.DataFrame, table: Long, grid: Grid, context: Context, part: Part) -> pd.DataFrame:
    """Add canonical units. Each distinct text is parsed once; a faulty one is reported at each of its rows."""
    fallback = table.unit_in.get("quantity") or context.source.unit
    texts = _column(table, "unit", fallback).reindex(frame.index)
    at = address(table, grid, "unit")
    canonical: dict[str, str] = {}
    for text in texts.unique():
        try:
            canonical[text] = units.canonical(text) if text else ""
        except units.UnitFault as fault:
            canonical[text] = ""
            part.problems.extend(fault.problem(at(row)) for row in texts.index[texts == text])
    for row in texts.index[(texts == "") & (frame["notation"] == "")]:
        name = table.frame.at[row, "item"] if "item" in table.frame else ""
        part.problems.add(MESSAGES.problem("UNIT-MISSING", at(row), name))
    column = table.columns.get("unit", table.columns.get("quantity", 0))
    out = frame.assign(unit=texts.map(canonical).astype("str"), unit_row=frame.index, unit_column=column)
    check_units(out, grid, part)
    return _percent(out, grid, part)


def _percent(frame: pd.DataFrame, grid: Grid, part: Part) -> pd.DataFrame:
    """A per cent sign fits only a unit of per cent."""
    bad = frame[frame["percent"] & (frame["unit"] != "percent")]
    for row, column, text in zip(bad["row"], bad["column"], bad["text"], strict=True):
        part.problems.add(MESSAGES.problem("CELL-NUMBER", grid.where(int(row), int(column)), text))
    return frame


def _parameters(frame: pd.DataFrame, table: Long, grid: Grid, context: Context, part: Part) -> pd.DataFrame:
    """Add measured parameters in the units of the activity table (GJ, tC/GJ, 1, tce per canonical unit)."""
    for parameter in PARAMETERS:
        name = parameter.name
        if name not in table.frame:
            continue
        column = table.columns.get(name, 0)
        cells = pd.DataFrame({"row": frame.index, "column": column, "text": _column(table, name)[frame.index]})
        cells.index = frame.index
        read = numbers(grid, cells, context, part)
        value = read["value"].where(~read["percent"], read["value"] / 100)
        frame[name] = value.reindex(frame.index) * _scale(frame, table, grid, name, part)
    return frame


def _scale(frame: pd.DataFrame, table: Long, grid: Grid, name: str, part: Part) -> pd.Series:
    """Return the factor from the unit of a parameter's header to that of the table, by item."""
    text = table.unit_in.get(name, "")
    if not text:
        return pd.Series(1.0, index=frame.index)
    where = grid.where(table.header, table.columns[name])
    shown = unit(text, where, part)
    factors = {item: _factor(shown, _target(name, item), where, part) for item in frame["item"].unique()}
    return frame["item"].map(factors).astype("float64")


def _target(name: str, item: str) -> str:
    base = unit_of(item) or "t"
    return {"ncv": f"GJ/{base}", "carbon_content": "tC/GJ", "oxidation": "1", "tce_factor": f"tce/{base}"}[name]


def _factor(shown: str, target: str, where: Where, part: Part) -> float:
    try:
        return units.factor(shown, target) if shown else 1.0
    except units.UnitFault:
        part.problems.add(unit_kind(where, shown, target))
        return float("nan")


def _choices(frame: pd.DataFrame, table: Long, grid: Grid, part: Part) -> pd.DataFrame:
    """Add quality, evidence and attributes, each checked."""
    allowed = {"quality": QUALITIES, "evidence": tuple(Evidence)}
    for name, words in allowed.items():
        texts = _column(table, name).reindex(frame.index)
        for row in texts.index[(texts != "") & ~texts.isin(words)]:
            part.problems.add(MESSAGES.problem("CHOICE", address(table, grid, name)(row), texts[row], ", ".join(words)))
        frame[name] = texts
    texts = _column(table, "attributes").reindex(frame.index).str.replace("；", ";").str.replace(" ", "")
    for row in texts.index[(texts != "") & ~texts.str.match(ATTRIBUTES)]:
        part.problems.add(MESSAGES.problem("ATTRIBUTE", address(table, grid, "attributes")(row), texts[row]))
    return frame.assign(attributes=texts)

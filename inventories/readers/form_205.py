"""The enterprise form 205-1 (能源购进、消费与库存): carriers down, flows across, unit and standard-coal coefficient in columns.

The columns are read by name, not by number, because they moved between yearly editions. A header of several rows is
read as one: `消费量` over `合计` is the consumption. Form 205-2 (加工转换) adds input by process, output and recovery.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...accounting import units
from ...factors.carriers import Carrier
from ..codes import carriers, flows, plain
from ..messages import MESSAGES
from .cells import normal, number
from .grid import Grid, letters
from .matrix import SEARCH
from .part import Context, Part, check_units, finish_activity, numbers, reasons

NAME, UNIT, CODE, COEFFICIENT = "name", "unit", "code", "coefficient"
FLOWS = (
    "purchase", "consumption", "production_use", "other_use", "feedstock_use", "transport_use",
    "transformation_input", "transformation_output", "recovered", "sold",
)  # fmt: skip
FIELDS = {
    NAME: "能源名称 能源品种 品种 项目 甲",
    UNIT: "计量单位 单位 乙",
    CODE: "代码 丙",
    COEFFICIENT: "采用折标系数 采用折标准煤系数 折标系数 折标准煤系数 参考折标系数",
}
STOCKS = {
    "年初库存量": "opening",
    "期初库存量": "opening",
    "年初库存": "opening",
    "期末库存量": "closing",
    "期末库存": "closing",
}
IGNORED = ("金额", "购进金额", "金额千元", "实物量采购地", "本年累计", "丁")
EXTRA = {
    "购进量": "purchase", "购进量实物量": "purchase", "消费量": "consumption", "消费量合计": "consumption", "合计": "consumption",
    "工业生产消费": "production_use", "工业生产消费量": "production_use", "非工业生产消费": "other_use",
    "用于原材料": "feedstock_use", "用作原材料": "feedstock_use", "运输工具消费": "transport_use", "合计中运输工具消费": "transport_use",
    "加工转换投入合计": "transformation_input", "能源加工转换产出": "transformation_output", "加工转换产出": "transformation_output",
    "回收利用": "recovered",
}  # fmt: skip
TOTALS = ("能源合计", "合计", "总计")


def read(grid: Grid, context: Context) -> Part:
    """Return one row per carrier and filled column. The coefficient of a line goes to `tce_factor` of its rows."""
    part = Part()
    found = _columns(grid, context, part)
    if found is None:
        return part
    fields, columns, first = found
    lines = _lines(grid, fields, first, context, part)
    frame = numbers(grid, _melt(grid, lines, columns), context, part)
    frame = frame.join(lines, on="row")
    frame["unit_row"], frame["unit_column"] = frame["row"], fields.get(UNIT, 0)
    check_units(frame, grid, part)
    frame = frame.assign(
        flow=frame["column"].map({column: flow for column, (flow, _) in columns.items()}),
        attributes=frame["column"].map({column: mark for column, (_, mark) in columns.items()}),
        quantity=frame["value"], sector="", note="", entity=context.entity, period=context.source.period,
        source=grid.addresses(frame["row"], frame["column"]),
    )  # fmt: skip
    part.activity = finish_activity(reasons(grid, frame, context, part), context)
    return part


def _columns(grid: Grid, context: Context, part: Part) -> tuple[dict[str, int], dict[int, tuple[str, str]], int] | None:
    """Return fields by name, (flow, attribute) by column and the first row of lines."""
    first = _first_line(grid)
    if first is None:
        expected = "能源名称, 计量单位, 购进量, 消费量合计, 工业生产消费量 …"
        part.problems.add(MESSAGES.problem("HEADER-MISSING", grid.table(), min(SEARCH, grid.shape[0]), expected))
        return None
    names = {plain(word): field for field, words in FIELDS.items() for word in words.split()}
    fields: dict[str, int] = {}
    columns: dict[int, tuple[str, str]] = {}
    for column in range(grid.shape[1]):
        stack = _stack(grid, first, column)
        field = next((names[plain(text)] for text in stack if plain(text) in names), "")
        flow = _flow(stack)
        if field:
            fields.setdefault(field, column)
        elif flow[0] and flow not in columns.values():
            columns[column] = flow
        elif flow[0]:
            earlier = next(key for key, value in columns.items() if value == flow)
            spans = f"{letters(earlier)}, {letters(column)}"
            part.problems.add(MESSAGES.problem("COLUMN-TWICE", grid.where(first - 1, column), stack[0], spans))
        elif stack and not _ignored(stack, context):
            part.problems.add(
                MESSAGES.problem("COLUMN-UNKNOWN", grid.where(first - 1, column), stack[0], flows().suggest(stack[0]))
            )
    if not fields or not columns:
        part.problems.add(MESSAGES.problem("COLUMN-MISSING", grid.where(first - 1, 0), "消费量合计", ", ".join(EXTRA)))
        return None
    return fields, columns, first


def _first_line(grid: Grid) -> int | None:
    """Return the first row whose first cells name a carrier, below at least one header row."""
    for row in range(1, min(SEARCH, grid.shape[0])):
        if any(carriers().find(grid.text(row, column)) for column in range(min(3, grid.shape[1]))):
            return row
    return None


def _stack(grid: Grid, first: int, column: int) -> list[str]:
    """Texts of the header above a column, nearest first, column numbers left out; title rows name no column."""
    texts = [grid.text(row, column) for row in range(first - 1, max(-1, first - 6), -1)]
    return [text for text in dict.fromkeys(texts) if text and not text.isdigit()]


def _flow(stack: list[str]) -> tuple[str, str]:
    """Return (flow, attribute) a header stack names: joined texts first (消费量 + 合计), then each by itself."""
    joined = ["".join(reversed(stack[:depth])) for depth in range(len(stack), 0, -1)]
    for text in [*joined, *stack]:
        key = plain(text)
        if key in STOCKS:
            return "stock", f"at={STOCKS[key]}"
        flow = flows().find(text, FLOWS)
        code = EXTRA.get(key) or (flow.id if flow is not None else "")
        if code:
            return code, ""
        process = flows().find(text)
        if process is not None and process.parent == "transform":
            return "transformation_input", f"process={process.id}"
    return "", ""


def _ignored(stack: list[str], context: Context) -> bool:
    known = {plain(text) for text in (*IGNORED, *context.source.options.ignore)}
    return any(plain(text) in known for text in stack)


def _lines(grid: Grid, fields: dict[str, int], first: int, context: Context, part: Part) -> pd.DataFrame:
    """Return item, unit and tce_factor by row."""
    rows: dict[int, tuple[str, str, float]] = {}
    for row in range(first, grid.shape[0]):
        name = grid.text(row, fields.get(NAME, 0))
        carrier = carriers().find(name)
        if carrier is not None:
            rows[row] = (carrier.id, *_unit(grid, row, fields, carrier, context, part))
        elif plain(name) not in {plain(text) for text in (*TOTALS, *context.source.options.skip_rows)} and _filled(
            grid, row, fields
        ):
            where = grid.where(row, fields.get(NAME, 0))
            part.problems.add(MESSAGES.problem("ITEM-UNKNOWN", where, name, carriers().suggest(name)))
    return pd.DataFrame.from_dict(rows, orient="index", columns=["item", "unit", "tce_factor"])


def _filled(grid: Grid, row: int, fields: dict[str, int]) -> bool:
    """A remark under the form fills one cell; a line fills its name, its unit and a number at least."""
    return sum(bool(text) for text in grid.row(row)) >= 3 and bool(grid.text(row, fields.get(NAME, 0)))


def _unit(
    grid: Grid, row: int, fields: dict[str, int], carrier: Carrier, context: Context, part: Part
) -> tuple[str, float]:
    """Return the canonical unit of a line and its coefficient in tce per canonical unit of the carrier."""
    text = (grid.text(row, fields[UNIT]) if UNIT in fields else "") or context.source.unit
    where = grid.where(row, fields.get(UNIT, fields.get(NAME, 0)))
    if not text:
        part.problems.add(MESSAGES.problem("UNIT-MISSING", where, carrier.zh))
        return "", float("nan")
    try:
        shown = units.canonical(text)
        return shown, _coefficient(grid, row, fields, shown, carrier, part)
    except units.UnitFault as fault:
        part.problems.add(fault.problem(where))
        return "", float("nan")


def _coefficient(grid: Grid, row: int, fields: dict[str, int], shown: str, carrier: Carrier, part: Part) -> float:
    text = grid.text(row, fields[COEFFICIENT]) if COEFFICIENT in fields else ""
    value, percent = number(normal(text)) if text else (np.nan, False)
    if text and (np.isnan(value) or percent):
        part.problems.add(MESSAGES.problem("CELL-NUMBER", grid.where(row, fields[COEFFICIENT]), text))
    if np.isnan(value) or not units.same_kind(shown, carrier.unit):
        return float("nan")
    return float(value) / units.factor(shown, carrier.unit)


def _melt(grid: Grid, lines: pd.DataFrame, columns: dict[int, tuple[str, str]]) -> pd.DataFrame:
    rows, wanted = np.array(lines.index, dtype="int64"), np.array(list(columns), dtype="int64")
    block = grid.cells[np.ix_(rows, wanted)] if len(rows) else np.empty((0, len(wanted)), dtype=object)
    return pd.DataFrame(
        {"row": np.repeat(rows, len(wanted)), "column": np.tile(wanted, len(rows)), "text": block.reshape(-1)}
    )

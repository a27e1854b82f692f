"""The bureaux' yearly coal table: one row a place and year, coal by kind and by use, coke apart.

Columns of the form 煤炭消费摸底表 (附件2 区域综合): 年份, 省, 地市, 区县; 分品种 {煤合计, 原煤, 洗精煤, 其他}; 分用途
{火力发电, 供热, 煤炭洗选, 炼焦, 炼油及煤制油, 制气, 工业, #用作原料、材料, 其他用途}; 焦炭. The rows become metrics, never
activity: a place that also has a balance would count its coal twice. Checks: 煤合计 = Σ品种 = Σ用途.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from ...accounting import units
from ...accounting.problems import Problem
from ...accounting.tables import METRICS
from ..codes import metrics, plain
from ..messages import MESSAGES
from .cells import day, period
from .grid import Grid, letters
from .matrix import SEARCH, title_unit
from .part import Context, Part, numbers, unit_kind

PLACE = {
    "period": "年份 数据年份 年度 year",
    "province": "单位所在省 省（市、区） 省 province",
    "city": "单位所在地市 地市（州） 地市 市 city",
    "county": "单位所在区县 县（区） 区县 县 county",
}
KINDS = {
    "total": "煤合计 total_coal",
    "raw_coal": "原煤",
    "cleaned_coal": "洗精煤 washed_coal",
    "other_kinds": "其他 其它 other_coal",
}
USES = {
    "tr_power": "火力发电 power_generation", "tr_heat": "供热 heating", "tr_wash": "煤炭洗选 洗选煤 coal_washing",
    "tr_coking": "炼焦 coking", "tr_refining": "炼油及煤制油 炼油和煤制油 oil_refining", "tr_gasworks": "制气 gas_production",
    "industry": "工业 工业终端 工业终端消费", "non_energy": "用作原料、材料 用作原料.材料 raw_materials",
    "other_use": "其他用途 其它用途 other_uses",
}  # fmt: skip
APART = {"coke": "焦炭", "adjustment": "调整量 按规定扣减量 扣减量"}
OUTSIDE_SUM = ("non_energy",)
"""a part of industry shown again"""
WAN_T = "10^4 t"
SLACK = 0.02
"""10^4 t by which printed sums may differ"""


class Role(NamedTuple):
    """What a column holds."""

    role: str
    """place, kind, use, apart"""
    key: str


def _known() -> dict[str, Role]:
    roles = (("place", PLACE), ("kind", KINDS), ("use", USES), ("apart", APART))
    return {
        plain(word): Role(role, key)
        for role, names in roles
        for key, text in names.items()
        for word in (key, *text.split())
    }


def read(grid: Grid, context: Context) -> Part:
    """Return the metrics of a coal table: coal_consumption by kind, coal_by_use by use, in 10^4 t."""
    part = Part()
    row = _header(grid, context, part)
    if row is None:
        return part
    columns = _columns(grid, row, context, part)
    factor = _factor(grid, row, context, part)
    frame = numbers(grid, _cells(grid, row, columns, context, part), context, part)
    frame = frame[frame["value"].notna()]
    frame = frame.assign(value=frame["value"] * factor)
    part.problems.extend(_check(grid, frame))
    part.metrics = _metrics(grid, frame, context)
    return part


def _header(grid: Grid, context: Context, part: Part) -> int | None:
    stated, known = context.source.options.header_row, _known()
    looked_at = range(min(SEARCH, grid.shape[0])) if stated is None else [stated - 1]
    counts = {row: sum(plain(text) in known for text in grid.row(row)) for row in looked_at}
    if max(counts.values(), default=0) < 3:
        part.problems.add(
            MESSAGES.problem("HEADER-MISSING", grid.table(), len(counts), "煤合计, 原煤, 火力发电, 供热 …")
        )
        return None
    return max(counts, key=counts.__getitem__)


def _columns(grid: Grid, row: int, context: Context, part: Part) -> dict[int, Role]:
    """Roles by column; 年份 and the places may stand in a header row above, merged or not."""
    known = _known()
    out: dict[int, Role] = {}
    for column in range(grid.shape[1]):
        texts = [grid.text(at, column) for at in range(row, max(-1, row - 3), -1)]
        role = next((known[plain(text)] for text in texts if plain(text) in known), None)
        if role is None and texts[0] and texts[0] not in context.source.options.ignore:
            part.problems.add(MESSAGES.problem("COLUMN-UNKNOWN", grid.where(row, column), texts[0], ""))
        elif role is not None and role in out.values():
            earlier = next(key for key, value in out.items() if value == role)
            spans = f"{letters(earlier)}, {letters(column)}"
            part.problems.add(MESSAGES.problem("COLUMN-TWICE", grid.where(row, column), texts[0] or role.key, spans))
        elif role is not None:
            out[column] = role
    return _without_coke(grid, row, out, part)


def _without_coke(grid: Grid, row: int, columns: dict[int, Role], part: Part) -> dict[int, Role]:
    """Coke stands apart in the form; it is read where the list of metrics has a place for it."""
    for column, role in list(columns.items()):
        if role.key == "coke" and "coke_consumption" not in metrics():
            part.problems.add(MESSAGES.problem("COLUMN-UNKNOWN", grid.where(row, column), "焦炭", ""))
            del columns[column]
    return columns


def _factor(grid: Grid, row: int, context: Context, part: Part) -> float:
    """The form is in 万吨 unless the source or the title says otherwise."""
    text = context.source.unit or title_unit(grid, row) or WAN_T
    try:
        return units.factor(text, WAN_T)
    except units.UnitFault:
        part.problems.add(unit_kind(context.where("unit"), text, WAN_T))
        return float("nan")


def _cells(grid: Grid, row: int, columns: dict[int, Role], context: Context, part: Part) -> pd.DataFrame:
    places = {role.key: column for column, role in columns.items() if role.role == "place"}
    values = {column: role for column, role in columns.items() if role.role != "place"}
    rows = []
    for at in range(row + 1, grid.shape[0]):
        if any(grid.text(at, column) for column in values):
            entity, when = _place(grid, at, places, context, part)
            rows += [
                (at, column, grid.text(at, column), role.role, role.key, entity, when)
                for column, role in values.items()
            ]
    return pd.DataFrame(rows, columns=["row", "column", "text", "role", "key", "entity", "period"])


def _place(grid: Grid, row: int, places: dict[str, int], context: Context, part: Part) -> tuple[str, str]:
    """Return (entity, period) of a row; an unknown place or year is a problem and leaves ''."""
    when = context.source.period
    if "period" in places:
        text = grid.text(row, places["period"])
        # a year stored as a date (2019-01-01) is no January
        when = ("" if day(text) else period(text)) if text else context.source.period
        if not when:
            part.problems.add(MESSAGES.problem("PERIOD", grid.where(row, places["period"]), text))
    names = [grid.text(row, places[key]) if key in places else "" for key in ("province", "city", "county")]
    if not any(names):
        return context.entity, when
    entity = context.entities.find_under(names)
    if entity is None:
        last = max(number for number, name in enumerate(names) if name)
        where = grid.where(row, places[("province", "city", "county")[last]])
        part.problems.add(MESSAGES.problem("ENTITY-UNKNOWN", where, names[last], context.entities.suggest(names[last])))
    return entity or "", when


def _check(grid: Grid, frame: pd.DataFrame) -> Iterator[Problem]:
    """煤合计 is the sum of the kinds and the sum of the uses."""
    for row, cells in frame.groupby("row"):
        total = cells[cells["key"] == "total"]
        for role in ("kind", "use"):
            parts = cells[(cells["role"] == role) & ~cells["key"].isin([*OUTSIDE_SUM, "total"])]
            if len(total) and len(parts) > 1:
                printed, summed = float(total["value"].iloc[0]), float(parts["value"].sum())
                if abs(printed - summed) > SLACK + 1e-6 * abs(printed):
                    where = grid.where(int(str(row)), int(total["column"].iloc[0]))
                    label = {"kind": "煤合计（分品种） coal by kind", "use": "煤合计（分用途） coal by use"}[role]
                    yield MESSAGES.problem("SUM-MISMATCH", where, f"{printed:.10g}", f"{summed:.10g}", label=label)


def _metrics(grid: Grid, frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    scope = context.source.options.scope
    whole = "coal_consumption_above_size" if scope == "above_size" else "coal_consumption"
    by_kind = frame["role"] == "kind"
    metric = (
        pd.Series("coal_by_use", index=frame.index)
        .where(~by_kind, whole)
        .where(frame["key"] != "coke", "coke_consumption")
    )
    carrier = frame["key"].isin(["raw_coal", "cleaned_coal"])
    plainly = carrier | frame["key"].isin(["total", "coke"])
    table = pd.DataFrame(
        {
            "metric": metric, "entity": frame["entity"], "period": frame["period"],
            "item": frame["key"].where(carrier, ""), "category": frame["key"].where(~plainly, ""),
            "definition": "above_size" if scope == "above_size" else "",
            "value": frame["value"], "unit": WAN_T, "status": "reported", "evidence": str(context.source.evidence),
            "source": grid.addresses(frame["row"], frame["column"]), "document": context.source.document, "vintage": context.source.vintage,
        },
        index=frame.index,
    )  # fmt: skip
    return METRICS.conform(table[(table["entity"] != "") & (table["period"] != "")])

"""因子与来源 (annex table 18): every factor a run used, part by part, with document, table and evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...factors.cited import cited, locator
from ...inventories.derived_factors import part
from ..figure import Figure, Text
from ..numbers import places, unit_label
from ..report import Block, Cell, Column, Note, Row, Section, Table, para, row
from ..words import EVIDENCES
from .lookup import Lookup, same

MOST_DECIMALS = 6
QUANTITIES = {
    "co2": Text("CO2", "CO2"), "ch4": Text("CH4", "CH4"), "n2o": Text("N2O", "N2O"),
    "tce_calorific": Text("折标准煤（当量值）", "coal equivalent (calorific)"),
    "tce_equivalent": Text("折标准煤（等价值）", "coal equivalent"), "heat": Text("热量", "heat"),
}  # fmt: skip
PARTS = {
    "value": Text("因子", "factor"), "ncv": Text("低位发热量", "net calorific value"),
    "carbon_content": Text("单位热值含碳量", "carbon content"), "oxidation": Text("碳氧化率", "oxidation rate"),
    "per_heat": Text("单位热值排放因子", "factor per heat"),
}  # fmt: skip


def annexes(look: Lookup) -> list[Section]:
    """Return one table a factor set."""
    sets: dict[str, list[Mapping[str, Any]]] = {}
    for factor in look.results.factors:
        sets.setdefault(str(factor["set"]), []).append(factor)
    if not sets:
        return []
    note = Note(
        Text(
            "因子编号为“因子集#品种/量”，可用 factors show 查询选用理由。依据等级取各部分所载。",
            "Factor ids are `set#item/quantity`; `factors show` tells why a factor was chosen. Evidence stands with each part.",
        )
    )
    blocks: list[Block] = [note, *(_set(look, name, factors) for name, factors in sets.items())]
    return [Section(Text("因子与来源", "Factors and sources"), tuple(blocks), kind="annex")]


def _set(look: Lookup, name: str, factors: list[Mapping[str, Any]]) -> Table:
    first = factors[0]
    columns = (
        Column(Text("品种", "Item"), width=1.7), Column(Text("量", "Quantity"), width=1), Column(Text("适用", "For"), width=1.2),
        Column(Text("参数", "Parameter"), width=1.3), Column(Text("数值", "Value"), width=1), Column(Text("单位", "Unit"), width=1.2),
        Column(Text("表", "Table"), width=1.6), Column(Text("依据等级", "Evidence"), width=1.3),
    )  # fmt: skip
    rows = [one for factor in factors for one in _factor(look, factor)]
    title = Text(str(first["title_zh"]), str(first["title_en"]))
    english = [
        str(first["publisher_en"] or first["publisher"]), cited(str(first["document"]), str(first["document_en"]), "en")
    ]  # fmt: skip
    return Table(
        f"factors-{name.replace('/', '-')}",
        title,
        columns,
        tuple(rows),
        source=Text("，".join([str(first["publisher"]), str(first["document"])]), ", ".join(filter(None, english))),
    )


def _factor(look: Lookup, factor: Mapping[str, Any]) -> list[Row]:
    key = str(factor["factor_id"]).partition("#")[2].split("/")[2:]
    where = [look.place(str(factor["region"])).zh] if factor["region"] else []
    english = [look.place(str(factor["region"])).en] if factor["region"] else []
    year = [str(factor["year"])] if factor["year"] else []
    more = [one for one in key if one not in (str(factor["region"]), str(factor["year"]))]
    sectors = [look.named("sector", one) for one in more]
    for_ = Text(
        " ".join([*where, *year, *(one.zh for one in sectors)]),
        " ".join([*english, *year, *(one.en for one in sectors)]),
    )
    quantity = QUANTITIES.get(str(factor["quantity"]), same(str(factor["quantity"])))
    out = []
    for which in factor["parts"]:
        ids, unit = part(look.derived, factor, which)
        level = EVIDENCES.get(str(which["evidence"]), same(str(which["evidence"])))
        name = PARTS.get(str(which["part"]), same(str(which["part"])))
        out.append(
            row(
                look.item(str(factor["item"])),
                quantity,
                for_,
                name,
                _value(look, ids),
                Text(unit_label(unit, "zh") or "—", unit_label(unit, "en") or "—"),
                Text(str(which["table"]), locator(str(which["table"]), "en")),
                level,
            )
        )
    return out


def _value(look: Lookup, ids: list[str]) -> Cell:
    figures = [_exact(look, one) for one in ids]
    if len(figures) == 2:
        return para(zh="{a:n}—{b:n}", en="{a:n}-{b:n}", a=figures[0], b=figures[1])
    return figures[0] if figures else None


def _exact(look: Lookup, key: str) -> Figure:
    """Return a factor as its document prints it; the evidence stands in its own column, so no mark."""
    value = look.derived.value(key)
    return Figure(key, value, look.derived.unit(key), places(value, MOST_DECIMALS) if value is not None else 0)

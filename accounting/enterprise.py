"""One enterprise: comprehensive energy consumption by both methods, from the rows of form 205-1 and 205-2.

    E     = Σ (工业生产消费 - 加工转换产出 - 回收利用) x 折标系数          综合能源消费量, 当量值
    E_eq  = E + W x (k - 0.1229)      W = net electricity of the same sum                等价值

GB/T 2589-2020; NBS energy statistics reporting system, forms 205-1 and 205-2. Recovered energy is subtracted because it
was counted with the fuel it came from. The rows of a total (能源合计) and of a carrier whose 其中 kinds are given are not
added.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from .energy import K_CALORIFIC, UNIT, WAN, Rate
from .metrics import MetricBook
from .steps import Term, lines_query

THRESHOLDS = (1_000, 5_000, 10_000)
"""tce a year, inclusive: coverage of the energy statistics, energy-use rights and designated units, key energy users"""
SIGNS = {"production_use": 1, "transformation_output": -1, "recovered": -1}
NAMES = {
    "production_use": "工业生产消费", "transformation_output": "加工转换产出", "recovered": "回收利用", "consumption": "消费量合计",
}  # fmt: skip


def usable(frame: pd.DataFrame, kinds: Mapping[str, str], cumulative: Collection[str]) -> pd.DataFrame:
    """Return the rows of a year that may be added, with `year` and without what stands twice.

    `kinds` maps a kind to its carrier (烟煤 -> 原煤); `cumulative` are the sources whose months are year-to-date: of these
    the last month of a year is taken. A year given as a whole stands before its months.
    """
    months = frame["period"].str.len() > len("2023")
    source = frame["row_id"].str.rpartition("/")[0]
    year = frame["period"].str[:4]
    group = [frame["entity"], year, source]
    last = frame["period"].groupby(group).transform("max")
    running = source.isin(list(cumulative)) & months
    whole = (~months).groupby([frame["entity"], year, frame["item"], frame["flow"]]).transform("any")
    kept = frame[(~running | (frame["period"] == last)) & (~months | ~whole)]
    return kept[~_parent(kept, kinds)]


def _parent(frame: pd.DataFrame, kinds: Mapping[str, str]) -> pd.Series:
    """Rows of a carrier whose kinds are given for the same entity, period and flow."""
    place = ["entity", "period", "flow"]
    split = frame.assign(item=frame["item"].map(kinds)).dropna(subset=["item"])[[*place, "item"]].drop_duplicates()
    rows = pd.MultiIndex.from_frame(frame[[*place, "item"]])
    return pd.Series(rows.isin(pd.MultiIndex.from_frame(split)), index=frame.index)


def record(rows: pd.DataFrame, book: MetricBook, rates: Mapping[str, Rate | None]) -> None:
    """Record the metrics of every entity and year of `rows` (columns of activity, `amount`, `tce`).

    `rates` maps a year to the coal rate of the coal equivalent value; without one only the calorific value is recorded.
    """
    years = rows.assign(year=rows["period"].str[:4])
    for (entity, year), place in years.groupby(["entity", "year"], sort=True):
        where = {"entity": str(entity), "period": str(year)}
        flows = _flows(place)
        calorific = _comprehensive(place, book, where, flows)
        rate = rates.get(str(year))
        if rate is not None:
            _equivalent(place, book, where, calorific, rate, flows)
        _by_item(place, book, where, flows)


def _flows(place: pd.DataFrame) -> dict[str, int]:
    """Flows and signs of the sum: 消费量合计 stands in where a file has no column 工业生产消费."""
    if (place["flow"] == "production_use").any():
        return SIGNS
    return {"consumption": 1, **{flow: sign for flow, sign in SIGNS.items() if flow != "production_use"}}


def _query(place: pd.DataFrame, where: Mapping[str, str], **more: str) -> str:
    periods = ",".join(sorted(set(place["period"])))
    return lines_query(account="energy", entity=where["entity"], period=periods, **more)


def _comprehensive(place: pd.DataFrame, book: MetricBook, where: dict[str, str], flows: Mapping[str, int]) -> float:
    sums = place.groupby("flow")["tce"].sum()
    terms = [
        Term(NAMES[flow], float(sums[flow]) / WAN, UNIT, _query(place, where, flow=flow))
        for flow in flows
        if flow in sums
    ]
    total = sum(sign * float(sums.get(flow, 0.0)) for flow, sign in flows.items())
    equation = "综合能源消费量 = Σ 工业生产消费 - Σ 加工转换产出 - Σ 回收利用，各折标准煤"
    if "consumption" in flows:
        equation = "综合能源消费量 = Σ 消费量合计 - Σ 加工转换产出 - Σ 回收利用（表中没有工业生产消费一栏）"
    book.add(
        "energy_comprehensive", total / WAN, UNIT, **where, basis="calorific", equation=equation, terms=terms,
        rule="GB/T 2589-2020；能源统计报表制度 205-1、205-2 表",
        note=status(total),
    )  # fmt: skip
    return total


def status(tce: float) -> str:
    """Return what the year's consumption makes of the enterprise; the limits are inclusive."""
    reached = [limit for limit in THRESHOLDS if tce >= limit]
    return f"达到 {reached[-1]} 吨标准煤 reaches {reached[-1]} tce" if reached else "不足 1000 吨标准煤 below 1000 tce"


def _equivalent(
    place: pd.DataFrame, book: MetricBook, where: dict[str, str], calorific: float, rate: Rate, flows: Mapping[str, int]
) -> None:
    electricity = place[place["item"] == "electricity"]
    kwh = sum(
        sign * float(electricity.loc[electricity["flow"] == flow, "amount"].sum()) for flow, sign in flows.items()
    )
    total = calorific + kwh * (rate.value - K_CALORIFIC / 1000)
    rate_key = book.add(
        "coal_rate", rate.value * 1000, "kgce/kWh", **where, evidence=rate.evidence, source=rate.source,
        note=rate.basis, equation="采用的发电标准煤耗 coal rate used", terms=[
            Term(rate.basis, rate.value * 1000, "kgce/kWh", f"input:{rate.source}")
        ],
    )  # fmt: skip
    own = f"energy_comprehensive@{where['entity']}:{where['period']}?basis=calorific"
    book.add(
        "energy_comprehensive", total / WAN, UNIT, **where, basis="equivalent", evidence=rate.evidence,
        equation="综合能源消费量(等价值) = 综合能源消费量(当量值) + W x (k - 0.1229)",
        terms=[
            Term("综合能源消费量(当量值)", calorific / WAN, UNIT, f"figure:{own}"),
            Term("W 净用电量", kwh / 1e4, "10^4 kWh", _query(place, where, item="electricity")),
            Term("k", rate.value * 1000, "kgce/kWh", f"figure:{rate_key}"),
        ],
        rule="电力按发电煤耗", note=status(total),
    )  # fmt: skip


def _by_item(place: pd.DataFrame, book: MetricBook, where: dict[str, str], flows: Mapping[str, int]) -> None:
    used = place[place["flow"].isin([flow for flow, sign in flows.items() if sign > 0])]
    for item, value in used.groupby("item", sort=False)["tce"].sum().items():
        flow = next(iter(flows))
        book.add(
            "energy_by_item", float(value) / WAN, UNIT, **where, item=str(item), basis="calorific",
            equation="该品种消费量折标准煤", terms=[
                Term(str(item), float(value) / WAN, UNIT, _query(place, where, flow=flow, item=str(item)))
            ],
        )  # fmt: skip

"""The charts of the account report. A chart without numbers is left out; the tables say what is missing."""

from __future__ import annotations

from collections.abc import Mapping

from ...accounting.figure_id import figure_id
from ...inventories.derived_co2 import Emissions
from ...inventories.derived_flows import flows
from ...inventories.derived_verdicts import schedule
from ..charts import sankey
from ..figure import NOTHING, Text
from ..report import Block, Chart, ChartValue, Note
from .assessed import assessed
from .lookup import Lookup

YEAR = Text("年份", "Year")
WAN_TCE = Text("万吨标准煤", "10⁴ tce")
WAN_T = Text("万吨", "10⁴ t")
WAN_CO2 = Text("万吨CO2", "10⁴ t CO2")
MIX = (
    ("coal", Text("煤品", "Coal")), ("oil", Text("油品", "Oil")), ("gas", Text("天然气", "Natural gas")),
    ("electricity_and_other", Text("一次电力、净调入及其他", "Primary electricity, inflow, other")),
)  # fmt: skip
ENDS = {
    "coal": Text("煤炭", "Coal"), "coke_gas": Text("焦炭及煤气", "Coke and gases"), "oil": Text("油品", "Oil"),
    "gas": Text("天然气", "Natural gas"), "heat": Text("热力", "Heat"), "electricity": Text("电力", "Electricity"),
    "other": Text("其他能源", "Other energy"), "outside": Text("一次及净调入等", "Primary, inflow, recovered"),
    "sent_out": Text("净调出", "Net outflow"), "lost": Text("损失", "Losses"),
    "tr_power": Text("火力发电", "Thermal power"), "tr_heat": Text("供热", "Heat plants"), "tr_coking": Text("炼焦", "Coking"),
    "A": Text("农林牧渔", "Agriculture"), "IND": Text("工业", "Industry"), "E": Text("建筑业", "Construction"),
    "G": Text("交通仓储邮政", "Transport"), "FH": Text("批零住餐", "Trade, catering"), "OTH": Text("其他服务业", "Other services"),
    "RES": Text("居民生活", "Households"),
}  # fmt: skip


def point(**values: ChartValue) -> Mapping[str, ChartValue]:
    """Return one row of a chart."""
    return values


def total_chart(look: Lookup) -> list[Block]:
    """Published energy totals over time; at least three years."""
    years = sorted(look.periods("energy_total_published"))
    found = {y: key for y in years if (key := look.find("energy_total_published", y, basis="equivalent"))}
    if len(found) < 3:
        return []
    series = Text("公布的能源消费总量（等价值）", "Published energy consumption (coal equivalent value)")
    rows = tuple(point(x=year, series=series, value=look.figure(key)) for year, key in found.items())
    return [Chart("chart-total", series, "lines", rows, YEAR, WAN_TCE, height=220)]


def mix_chart(look: Lookup) -> list[Block]:
    """The mix, one column a year of the account."""
    ids = [(y, label, figure_id("energy_share", look.entity, y, category=name, basis="equivalent"))
           for y in look.years for name, label in MIX]  # fmt: skip
    if not any(look.has(key) for *_, key in ids):
        return []
    rows = tuple(point(x=y, series=label, value=look.figure(key, decimals=1)) for y, label, key in ids)
    share = Text("占能源消费总量（%）", "Share of energy consumption (%)")
    return [
        Chart(
            "chart-mix",
            Text("能源消费构成（等价值）", "Energy mix (coal equivalent value)"),
            "stacked_mix",
            rows,
            YEAR,
            share,
            height=260,
        )
    ]


def fuel_chart(look: Lookup) -> list[Block]:
    """Coal and oil over time; at least two years."""
    rows = []
    for metric, label in (("coal_consumption", Text("煤炭", "Coal")), ("oil_consumption", Text("石油", "Oil"))):
        years = sorted(year for year in look.periods(metric) if look.has(look.find(metric, year)))
        rows += [point(x=year, series=label, value=look.metric(metric, year)) for year in years]
    if len({row["x"] for row in rows}) < 2:
        return []
    return [
        Chart(
            "chart-fuels",
            Text("煤炭和石油消费量", "Coal and oil consumption"),
            "lines",
            tuple(rows),
            YEAR,
            WAN_T,
            height=240,
        )
    ]


def coal_chart(look: Lookup) -> list[Block]:
    """Coal by use in the last year."""
    keys = look.having("coal_by_use", look.year, item="")
    if not keys:
        return []
    series = Text(f"{look.year}年", look.year)
    rows = tuple(
        point(x=_use(look, str(look.rows[key]["category"])), series=series, value=look.figure(key))
        for key in sorted(keys, key=lambda key: -(look.derived.value(key) or 0))
    )
    title = Text(f"{look.year}年煤炭消费分用途", f"Coal consumption by use {look.year}")
    return [Chart("chart-coal", title, "bars", rows, Text("用途", "Use"), WAN_T)]


def _use(look: Lookup, flow: str) -> Text:
    return {"final": Text("终端消费", "Final consumption"), "loss": Text("损失", "Loss")}.get(flow, look.flow(flow))


def sankey_chart(look: Lookup) -> list[Block]:
    """Energy flows of the last year; left out with a note where flows run in a circle."""
    balance = look.balances.get(look.year)
    found = flows(look.derived, balance) if balance else []
    if not found:
        return [Note(Text("缺能源平衡表，不画能流图。", "No energy balance, no flow chart."), "hint")]
    try:
        sankey.layout(
            [{"source": f.source, "target": f.target, "value": look.derived.value(f.figure)} for f in found], 400, 400
        )
    except ValueError:
        return [
            Note(
                Text(
                    "加工转换存在互为投入产出的品种，不画能流图。",
                    "Carriers are input and output of each other; no flow chart.",
                ),
                "hint",
            )
        ]
    rows = tuple(
        point(source=ENDS[f.source], target=ENDS[f.target], value=look.figure(f.figure, decimals=1)) for f in found
    )
    title = Text(
        f"{look.year}年能源流向（标准量，当量值）", f"Energy flows {look.year} (coal equivalent, calorific value)"
    )
    notes = (
        Text(
            "来源无供应侧数据的品种从消费量（终端 + 损失 - 加工转换净额）起画；单位万吨标准煤。",
            "A fuel without supply rows starts with its consumption (final + loss - net transformation); 10⁴ tce.",
        ),
    )
    return [Chart("chart-flows", title, "energy_sankey", rows, NOTHING, NOTHING, notes=notes, height=460)]


def schedule_charts(look: Lookup) -> list[Block]:
    """Cumulative fall of energy intensity against the even schedule of each plan."""
    out: list[Block] = []
    done = set()
    for one in assessed(look):
        key = (one.plan.id, one.target.id)
        metric = one.target.metric
        if key in done or one.target.kind != "cumulative_pct" or one.target.value is None:
            continue
        done.add(key)
        changes = {}
        for year in range(one.plan.period[0], one.plan.period[1] + 1):
            names = (f"{metric}_change_published", f"{metric}_change")
            found = next((k for n in names if (k := look.find(n, str(year))) and look.has(k)), "")
            if found:
                changes[year] = found
        if not changes:
            continue
        rows = tuple(
            point(
                x=str(due.year),
                actual=look.figure(due.reached) if due.reached else None,
                target=look.figure(due.due),
            )
            for due in schedule(look.derived, one.plan, one.target, changes)
        )
        name = look.metric_name(metric)
        title = Text(
            f"{name.zh}累计降低率与等对数进度", f"{name.en[:1].upper()}{name.en[1:]}: cumulative fall and even schedule"
        )
        out.append(
            Chart(
                f"chart-schedule-{one.plan.id}-{one.target.id}",
                title,
                "schedule",
                rows,
                YEAR,
                Text("累计降低率（%）", "Cumulative fall (%)"),
                height=260,
            )
        )
    return out


def emissions_chart(look: Lookup, account: Emissions, groups: dict[str, tuple[Text, list[str]]]) -> list[Block]:
    """CO2 by category and group of fuels."""
    rows = []
    for category in account.keys("category"):
        for name, (label, items) in groups.items():
            key = account.group("category", category, name, items)
            if key and (look.derived.value(key) or 0) > 0:
                rows.append(
                    point(
                        sector=look.category(account.definition, category, account.keys("category")),
                        fuel=label,
                        value=look.figure(key),
                    )
                )
    if not rows:
        return []
    title = Text(f"{account.period}年二氧化碳排放分部门、分品种", f"CO2 by category and fuel {account.period}")
    notes = (Text("负值（非能源利用扣减）不在图中。", "Negative values (deduction of non-energy use) are not drawn."),)
    return [
        Chart(
            f"chart-co2-{account.period}",
            title,
            "by_sector_fuel",
            tuple(rows),
            Text("部门", "Category"),
            WAN_CO2,
            notes=notes,
        )
    ]


def series_chart(look: Lookup, series: dict[str, str]) -> list[Block]:
    """The literature series with its highest value marked."""
    if len(series) < 3:
        return []
    top = max(series, key=lambda year: look.derived.value(series[year]) or 0)
    label = Text("文献核算（CEADs）", "Literature (CEADs)")
    rows = tuple(
        point(
            x=year,
            series=label,
            value=look.figure(key),
            mark=Text(f"历史最高值（{year}年）", f"Highest value ({year})") if year == top else None,
        )
        for year, key in series.items()
    )
    title = Text(
        f"{min(series)}—{max(series)}年二氧化碳排放（文献核算）",
        f"CO2 emissions {min(series)}-{max(series)} (literature)",
    )
    return [Chart("chart-series", title, "peaks", rows, YEAR, WAN_CO2, height=260)]

"""The charts of the account report. A chart that cannot be drawn says which numbers it needs; the flow chart is apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ...accounting.figure_id import figure_id
from ...accounting.figure_id import parse as parse_id
from ...accounting.target_models import Plan, Target
from ...inventories.derived_co2 import Emissions
from ...inventories.derived_schedule import schedule
from ..figure import Figure, Text
from ..numbers import places
from ..report import Block, Chart, ChartValue, Note
from .account_coal import use_name
from .account_text import source
from .assessed import assessed
from .lookup import Lookup

YEAR = Text("年份", "Year")
WAN_TCE = Text("万吨标准煤", "10⁴ tce")
WAN_T = Text("万吨", "10⁴ t")
WAN_CO2 = Text("万吨CO2", "10⁴ t CO2")
SHARE = Text("占能源消费总量（%）", "Share of energy consumption (%)")
MIX = (
    ("coal", Text("煤品", "Coal")), ("oil", Text("油品", "Oil")), ("gas", Text("天然气", "Natural gas")),
    ("electricity_and_other", Text("一次电力、净调入及其他", "Primary electricity, inflow, other")),
)  # fmt: skip
PUBLISHED_KEYS = {"coal_total": "coal", "petroleum_total": "oil", "natural_gas": "gas"}
"""carrier of a published mix -> colour"""
KINDS = {
    "hydro": Text("水电", "Hydro"), "nuclear": Text("核电", "Nuclear"), "wind": Text("风电", "Wind"),
    "solar": Text("太阳能", "Solar"), "biomass": Text("生物质", "Biomass"),
}  # fmt: skip
PUBLISHED_ITEMS = ("coal_total", "petroleum_total", "natural_gas")
"""carriers without which a published mix is none"""
VINTAGES = {
    "verified": Text("最终核实数", "final verified"), "census": Text("普查修订数", "revised by census"),
    "annual": Text("年报数", "annual figures"), "first": Text("首次公布数", "first published"),
    "preliminary": Text("初步数", "preliminary"),
}  # fmt: skip
BREAK = Text(
    "数据版本不同的年份分列，不连线、不相比较。",
    "Years of different vintages are drawn apart; they are neither joined nor compared.",
)
LEAST_YEARS, LEAST_POINTS = 3, 2


def point(**values: ChartValue) -> Mapping[str, ChartValue]:
    """Return one row of a chart."""
    return values


def not_drawn(title: Text, zh: str, en: str) -> list[Block]:
    """Say which chart is not drawn and what it needs."""
    return [Note(Text(f"未画“{title.zh}”图：{zh}", f"No chart '{title.en}': {en}"), "hint")]


def total_chart(look: Lookup) -> list[Block]:
    """Published energy totals over time; at least three years. Vintages are series of their own."""
    title = Text("公布的能源消费总量（等价值）", "Published energy consumption (coal equivalent value)")
    found = _over_time(look, "energy_total_published", basis="equivalent")
    if len(found) < LEAST_YEARS:
        return not_drawn(title, "公布的能源消费总量不足三年。", "fewer than three years of published totals.")
    rows, notes = _by_vintage(look, found, title)
    colours = tuple((word, vintage) for vintage, word in VINTAGES.items())
    return [Chart("chart-total", title, "lines", rows, YEAR, WAN_TCE, notes, source(look), height=230, colours=colours)]


def _figures(look: Lookup, keys: Iterable[str]) -> dict[str, Figure]:
    """Return the figures of a chart: no more decimals than their sources give, at most one."""
    known = list(keys)
    decimals = max((places(look.derived.value(key) or 0.0, 1) for key in known), default=0)
    return {key: look.figure(key, decimals=decimals) for key in known}


def _over_time(look: Lookup, metric: str, **where: str) -> dict[str, str]:
    """Return the figures of a metric that have a value, by whole year."""
    years = sorted(year for year in look.periods(metric) if year.isdigit())
    return {year: key for year in years if look.has(key := look.find(metric, year, **where))}


def _by_vintage(
    look: Lookup, found: Mapping[str, str], name: Text
) -> tuple[tuple[Mapping[str, ChartValue], ...], tuple[Text, ...]]:
    """Return rows whose series is the vintage where there are several: numbers of two vintages make no line."""
    figures = _figures(look, found.values())
    vintages = {year: str(look.rows.get(key, {}).get("vintage", "")) for year, key in found.items()}
    if len(set(vintages.values())) == 1:
        return tuple(point(x=year, series=name, value=figures[key]) for year, key in found.items()), ()
    words = {vintage: VINTAGES.get(vintage, Text("版本未注明", "vintage not stated")) for vintage in vintages.values()}
    return tuple(point(x=y, series=words[vintages[y]], value=figures[key]) for y, key in found.items()), (BREAK,)


def mix_chart(look: Lookup) -> list[Block]:
    """The mix over time: published shares of several years, else those of the account; of one year as bars."""
    title = Text("能源消费构成（等价值）", "Energy mix (coal equivalent value)")
    published = {year: keys for year in look.periods("energy_share") if (keys := _published_mix(look, year))}
    if len(published) >= LEAST_POINTS:
        shares = [(year, label, key) for year in sorted(published) for label, key in published[year]]
        named = Text(f"公布的{title.zh}", f"Published {title.en[0].lower()}{title.en[1:]}")
        colours = dict((label, _colour(look.rows[key])) for _, label, key in shares)
        return [_mix_over_time(look, named, shares, tuple(colours.items()))]
    ids = [
        (year, label, figure_id("energy_share", look.entity, year, category=name, basis="equivalent"))
        for year in look.years for name, label in MIX
    ]  # fmt: skip
    shares = [one for one in ids if look.has(one[2])]
    if not shares:
        return not_drawn(title, "缺能源平衡表或公布的构成。", "no energy balance and no published mix.")
    if len({year for year, *_ in shares}) >= LEAST_POINTS:
        return [_mix_over_time(look, title, shares, tuple((label, name) for name, label in MIX))]
    return [_mix_of_one_year(look, title, shares)]


def _published_mix(look: Lookup, year: str) -> list[tuple[Text, str]]:
    """Return the published shares of a year in the order of the source; [] where a main fuel lacks."""
    keys = [
        key for key in look.having("energy_share", year, basis="equivalent") if look.rows[key]["item"] and look.has(key)
    ]
    items = {str(look.rows[key]["item"]) for key in keys}
    if not items.issuperset(PUBLISHED_ITEMS):
        return []
    rank = {name: number for number, name in enumerate(PUBLISHED_ITEMS)}
    keys.sort(key=lambda key: rank.get(str(look.rows[key]["item"]), len(rank)))
    return [(_mix_name(look, look.rows[key]), key) for key in keys]


def _mix_name(look: Lookup, row: Mapping[str, object]) -> Text:
    return KINDS.get(str(row["category"])) or look.item(str(row["item"]))


def _colour(row: Mapping[str, object]) -> str:
    return str(row["category"]) or PUBLISHED_KEYS.get(str(row["item"]), "other")


def _mix_over_time(
    look: Lookup, title: Text, shares: Sequence[tuple[str, Text, str]], colours: tuple[tuple[Text, str], ...]
) -> Chart:
    rows = tuple(point(x=year, series=label, value=look.figure(key, decimals=1)) for year, label, key in shares)
    return Chart("chart-mix", title, "stacked_mix", rows, YEAR, SHARE, (), source(look), height=300, colours=colours)


def _mix_of_one_year(look: Lookup, title: Text, shares: Sequence[tuple[str, Text, str]]) -> Chart:
    year = shares[0][0]
    series = Text(f"{year}年", year)
    rows = tuple(point(x=label, series=series, value=look.figure(key, decimals=1)) for _, label, key in shares)
    only = Text(
        "只有本年的构成；补入其他年份公布的分品种占比后画历年变化。",
        "Only this year's mix is known; with published shares of other years the chart shows the change over time.",
    )
    named = Text(f"{year}年{title.zh}", f"{title.en} {year}")
    return Chart("chart-mix", named, "bars", rows, Text("品种", "Energy"), SHARE, (only,), source(look))


def fuel_chart(look: Lookup) -> list[Block]:
    """Coal and oil over time; at least two years."""
    title = Text("煤炭和石油消费量", "Coal and oil consumption")
    found = {metric: _over_time(look, metric) for metric in ("coal_consumption", "oil_consumption")}
    if len({year for keys in found.values() for year in keys}) < LEAST_POINTS:
        return not_drawn(
            title, "历年煤炭、石油消费量不足两年；补入其他年份的公布数后绘制。",
            "fewer than two years of coal and oil consumption; enter published figures of other years.",
        )  # fmt: skip
    names = {"coal_consumption": Text("煤炭", "Coal"), "oil_consumption": Text("石油", "Oil")}
    used = [key for keys in found.values() for key in keys.values()]
    figures = _figures(look, used)
    rows = tuple(
        point(x=year, series=names[metric], value=figures[key])
        for metric, keys in found.items()
        for year, key in keys.items()
    )
    colours = ((names["coal_consumption"], "coal"), (names["oil_consumption"], "oil"))
    return [Chart("chart-fuels", title, "lines", rows, YEAR, WAN_T, (), source(look), height=260, colours=colours)]


def coal_chart(look: Lookup) -> list[Block]:
    """Coal by use in the last year; what a process puts out more than it takes in is no use."""
    keys = look.having("coal_by_use", look.year, item="")
    title = Text(f"{look.year}年煤炭消费分用途", f"Coal consumption by use {look.year}")
    used = sorted(
        (key for key in keys if (look.derived.value(key) or 0) > 0), key=lambda key: -(look.derived.value(key) or 0)
    )
    if not used:
        return not_drawn(title, "缺能源平衡表。", "no energy balance.")
    series = Text(f"{look.year}年", look.year)
    rows = tuple(
        point(x=use_name(look, str(look.rows[k]["category"])), series=series, value=one)
        for k, one in _figures(look, used).items()
    )
    notes = (NO_USE,) if len(used) < len(keys) else ()
    colours = ((series, "coal"),)
    return [Chart("chart-coal", title, "bars", rows, Text("用途", "Use"), WAN_T, notes, source(look), colours=colours)]


NO_USE = Text(
    "产出不少于投入的加工转换（净投入不大于零）不在图中，见分用途表。",
    "Processes that put out no less than they take in are not drawn; see the table by use.",
)


def schedule_charts(look: Lookup) -> list[Block]:
    """Cumulative fall of an intensity against the even schedule of each plan."""
    out: list[Block] = []
    done = set()
    for one in assessed(look):
        key = (one.plan.id, one.target.id)
        if key in done or one.target.kind != "cumulative_pct" or one.target.value is None:
            continue
        done.add(key)
        out += _schedule_chart(look, one.plan, one.target)
    title = Text("强度累计降低率与等对数进度", "Cumulative fall of an intensity and even schedule")
    return out or not_drawn(title, "没有带累计降低率目标的规划。", "no plan with a target of cumulative fall.")


def _schedule_chart(look: Lookup, plan: Plan, target: Target) -> list[Block]:
    metric = target.metric
    name = look.metric_name(metric)
    title = Text(
        f"{name.zh}累计降低率与等对数进度", f"{name.en[:1].upper()}{name.en[1:]}: cumulative fall and even schedule"
    )
    changes = {}
    for year in range(plan.period[0], plan.period[1] + 1):
        ids = [look.find(one, str(year)) for one in (f"{metric}_change_published", f"{metric}_change")]
        if found := next((key for key in ids if look.has(key)), ""):
            changes[year] = found
    due = schedule(look.derived, plan, target, look.entity)
    if not any(one.reached for one in due):
        return not_drawn(
            title, f"缺{plan.period[0]}年起逐年变化率，不能累计。",
            f"no yearly changes from {plan.period[0]} on; they cannot be chained.",
        )  # fmt: skip
    rows = tuple(
        point(
            x=str(one.year),
            actual=look.figure(one.reached) if one.reached else None,
            target=look.figure(one.due),
        )
        for one in due
    )
    published = [key for key in changes.values() if parse_id(key).metric.endswith("_published")]
    made = source(look)
    base = plan.period[0] - 1
    how = Text(
        f"累计降低率以{base}年为基年，由{'公布的' if len(published) == len(changes) else ''}年度变化率连乘；进度目标按等对数进度。",
        f"Cumulative fall from {base}, chained from {'published ' if len(published) == len(changes) else ''}yearly changes; the schedule is even in logarithms.",
    )
    axis = Text(f"比{base}年累计降低（%）", f"Cumulative fall from {base} (%)")
    return [
        Chart(f"chart-schedule-{plan.id}-{target.id}", title, "schedule", rows, YEAR, axis, (how,), made, height=270)
    ]


def emissions_chart(look: Lookup, account: Emissions, groups: dict[str, tuple[Text, list[str]]]) -> list[Block]:
    """CO2 by category and group of fuels."""
    title = Text(f"{account.period}年二氧化碳排放分部门、分品种", f"CO2 by category and fuel {account.period}")
    rows, deducted = [], False
    for category in account.keys("category"):
        parts = {name: account.group("category", category, name, items) for name, (_, items) in groups.items()}
        values = {name: look.derived.value(key) or 0 for name, key in parts.items() if key}
        negative = any(value < 0 for value in values.values())
        deducted = deducted or negative
        whole = figure_id(
            "co2_by_sector", look.entity, account.period, category=category, definition=account.definition
        )
        for name, value in values.items():
            if value > 0:
                rows.append(
                    point(
                        sector=look.category(account.definition, category, account.keys("category")),
                        fuel=groups[name][0], value=look.figure(parts[name]),
                        # what is drawn of a bar with a negative part is not its total
                        total=None if negative else look.figure(whole, decimals=1),
                    )
                )  # fmt: skip
    if not rows:
        return not_drawn(title, "没有分部门、分品种的排放结果。", "no emissions by category and fuel.")
    notes = (DEDUCTED,) if deducted else ()
    return [Chart(f"chart-co2-{account.period}", title, "by_sector_fuel", _in_order(rows, groups), Text("部门", "Category"),
                  WAN_CO2, notes, source(look), colours=tuple((label, GROUP_KEYS.get(name, name)) for name, (label, _) in groups.items()))]  # fmt: skip


GROUP_KEYS = {"coal_total": "coal", "natural_gas": "gas"}
"""group of fuels -> colour"""
DEDUCTED = Text("负值（非能源利用扣减）不在图中。", "Negative values (deduction of non-energy use) are not drawn.")


def _in_order(
    rows: Sequence[Mapping[str, ChartValue]], groups: Mapping[str, tuple[Text, list[str]]]
) -> tuple[Mapping[str, ChartValue], ...]:
    """Return the rows so that fuels first appear in the order of their groups: it decides colour and stacking."""
    fuels: dict[ChartValue, int] = {label: number for number, (label, _) in enumerate(groups.values())}
    sectors = {sector: number for number, sector in enumerate(dict.fromkeys(row["sector"] for row in rows))}
    return tuple(sorted(rows, key=lambda row: (sectors[row["sector"]], fuels[row["fuel"]])))


def series_chart(look: Lookup, series: dict[str, str]) -> list[Block]:
    """The literature series with its highest value marked."""
    if len(series) < LEAST_YEARS:
        return []
    top = max(series, key=lambda year: look.derived.value(series[year]) or 0)
    label = Text("文献核算（CEADs）", "Literature (CEADs)")
    mark = Text(f"历史最高值（{top}年）", f"Highest value ({top})")
    figures = _figures(look, series.values())
    rows = tuple(
        point(x=year, series=label, value=figures[key], mark=mark if year == top else None)
        for year, key in series.items()
    )
    first, last = min(series), max(series)
    title = Text(f"{first}—{last}年二氧化碳排放（文献核算）", f"CO2 emissions {first}-{last} (literature)")
    return [Chart("chart-series", title, "peaks", rows, YEAR, WAN_CO2, (), source(look), height=270)]

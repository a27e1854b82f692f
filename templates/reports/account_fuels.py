"""煤炭, 石油, 天然气, 电力, 非化石能源."""

from __future__ import annotations

from ...accounting.figure_id import figure_id
from ..figure import Text
from ..report import Block, Cell, Column, Heading, Row, Section, Table, row
from .account_charts import coal_chart, fuel_chart
from .account_sectors import groups
from .account_text import NO_BALANCE, Line, cell, filled, line, over_years, source, years_of
from .lookup import Lookup

KINDS = ("thermal", "hydro", "nuclear", "wind", "solar", "biomass")
KIND_NAMES = {
    "thermal": Text("火电", "Thermal"), "hydro": Text("水电", "Hydro"), "nuclear": Text("核电", "Nuclear"),
    "wind": Text("风电", "Wind"), "solar": Text("太阳能发电", "Solar"), "biomass": Text("生物质发电", "Biomass"),
}  # fmt: skip
USES = (
    "tr_power", "tr_heat", "tr_wash", "tr_coking", "tr_refining", "tr_gasworks", "tr_briquette", "final", "loss",
)  # fmt: skip


def sections(look: Lookup) -> list[Section]:
    """Return the section on coal, oil, gas, electricity and non-fossil energy."""
    blocks: list[Block] = [Heading(2, Text("煤炭、石油和天然气", "Coal, oil and gas")), fuels(look), *fuel_chart(look)]
    blocks += [filled(coal(look, year), NO_BALANCE) for year in look.years]
    blocks += [*coal_chart(look), Heading(2, Text("电力", "Electricity")), electricity(look)]
    blocks += [filled(used(look, year), NO_BALANCE) for year in look.years]
    blocks += [Heading(2, Text("非化石能源", "Non-fossil energy")), non_fossil(look)]
    return [
        Section(
            Text("煤炭、油气、电力与非化石能源", "Coal, oil and gas, electricity and non-fossil energy"), tuple(blocks)
        )
    ]


def fuels(look: Lookup) -> Table:
    """Return coal, oil and gas in both units over the years."""
    years = years_of(look, "coal_consumption", "oil_consumption", "gas_consumption")
    lines = (
        line("coal_consumption"), line("coal_consumption_tce", Text("煤品消费量（标准量，含焦炭净额）", "Coal in coal equivalent, with net coke")),
        line("coal_consumption_above_size"), line("coal_share", basis="equivalent", decimals=1), line("coal_for_power_share"),
        line("oil_consumption"), line("oil_consumption_tce"), line("gas_consumption"), line("gas_consumption_tce"),
    )  # fmt: skip
    return over_years(
        look, "fuels", Text("煤炭、石油、天然气消费量", "Consumption of coal, oil and gas"), lines, years[-6:]
    )


def coal(look: Lookup, year: str) -> Table:
    """Return annex table 8: kinds of coal by use, physical tonnes."""
    balance = look.balances.get(year)
    group = balance.table.groups.get("coal_columns", frozenset()) if balance else frozenset()
    kinds = [item for item in look.order(balance.items if balance else []) if item in group]
    columns = (
        Column(Text("用途", "Use"), width=2), *(Column(look.item(kind)) for kind in kinds),
        Column(Text("煤合计", "Coal"), width=1.1), Column(look.item("coke")),
    )  # fmt: skip
    rows = []
    for use in USES:
        cells = [_use(look, year, use, kind) for kind in [*kinds, "coke"]]
        total = look.find("coal_by_use", year, category=use)
        if any(one is not None for one in cells) or total:
            whole = cell(look, total) if total else None
            rows.append(row(_use_name(look, use), *cells[:-1], whole, cells[-1]))
    if balance:
        net = [cell(look, balance.part(look.derived, kind, "net", True), 2) for kind in [*kinds, "coke"]]
        whole = look.metric("coal_consumption", year)
        rows.append(row(Text("净消费量", "Net consumption"), *net[:-1], whole, net[-1], kind="total"))
    return Table(
        f"coal-{year}", Text(f"{year}年煤炭消费量（分品种、分用途）", f"Coal consumption by kind and use {year}"), columns,
        tuple(rows), unit="万t", source=source(look), notes=(COAL_NOTE,),
    )  # fmt: skip


COAL_NOTE = Text(
    "全社会口径；加工转换为投入减产出，负数为净产出。煤合计不含焦炭。",
    "Whole society; transformation is input less output, a negative number is net output. Coal is without coke.",
)


def _use_name(look: Lookup, use: str) -> Text:
    return {"final": Text("终端消费", "Final consumption"), "loss": Text("损失", "Loss")}.get(use, look.flow(use))


def _use(look: Lookup, year: str, use: str, kind: str) -> Cell:
    balance = look.balances.get(year)
    if balance is None:
        return None
    if use in ("final", "loss"):
        key = balance.part(look.derived, kind, use, True)
        return cell(look, key, 2) if look.derived.value(key) else None
    own = balance.physical(look.derived, use, kind)
    if not own:
        return None
    key = figure_id("coal_use_cell", look.entity, year, category=use, item=kind)
    return cell(look, look.derived.negated(key, own, "加工转换投入 - 产出"), 2)


def electricity(look: Lookup) -> Table:
    """Return annex table 9: capacity, generation by kind, consumption, flows across the border."""
    years = years_of(look, "electricity_generation", "electricity_consumption", "capacity")[-6:]
    lines = [
        line("electricity_consumption"), line("electricity_not_from_fuel"), line("electricity_inflow"),
        line("electricity_outflow"), line("electricity_net_inflow"), line("electrification", decimals=1),
        *_kinds(look, "electricity_generation", years), *_kinds(look, "capacity", years),
    ]  # fmt: skip
    return over_years(
        look,
        "electricity",
        Text("发电装机、发电量和用电量", "Capacity, generation and use of electricity"),
        lines,
        years,
    )


def _kinds(look: Lookup, metric: str, years: list[str]) -> list[Line]:
    """One row for each kind and scope (whole society, above designated size) that any year has; else one row 暂缺."""
    found = {
        (str(row["category"]), str(row["definition"]), str(row["item"]))
        for row in look.rows.values()
        if row["metric"] == metric and row["entity"] == look.entity and row["period"] in years
    }
    out = []
    for kind in KINDS:
        scopes = sorted({(definition, item) for category, definition, item in found if category == kind})
        for definition, item in scopes or [("", "electricity")]:
            out.append(_kind(look, metric, kind, definition, item))
    return out


def _kind(look: Lookup, metric: str, kind: str, definition: str, item: str) -> Line:
    name, of = KIND_NAMES[kind], look.label(metric)
    size = Text("，规模以上", ", above designated size") if definition == "above_size" else Text("", "")
    label = Text(f"{of.zh}：{name.zh}{size.zh}", f"{of.en}: {name.en.lower()}{size.en}")
    return line(metric, label, category=kind, item=item, definition=definition, indent=1)


def used(look: Lookup, year: str) -> Table:
    """Return electricity use by sector."""
    columns = (Column(Text("行业", "Sector"), width=3), Column(Text("用电量", "Electricity"), unit="亿kWh"))
    rows: list[Row] = []
    for name, title, members in groups(look, year) if year in look.balances else []:
        rows += _used(look, year, name, title, members)
    return Table(
        f"electricity-use-{year}", Text(f"{year}年全社会用电量分行业", f"Electricity use by sector {year}"), columns,
        tuple(rows), source=source(look),
    )  # fmt: skip


def _used(look: Lookup, year: str, name: str, title: Text, members: list[str]) -> list[Row]:
    """Return one industry's total and its sectors; nothing where the year gives no electricity by sector."""
    balance = look.balances[year]
    cells = {code: balance.physical(look.derived, f"final/{code}", "electricity") for code in members}
    parts = [key for key in cells.values() if key]
    if not parts:
        return []
    key = figure_id("electricity_by_group", look.entity, year, category=name)
    total = cell(look, look.derived.total(key, parts, f"{title.zh}各行业之和"), 2)
    rows = [row(look.sector(code), cell(look, own, 2), indent=1) for code, own in cells.items() if own]
    return [row(title, total, kind="total"), *rows]


def non_fossil(look: Lookup) -> Table:
    """Return annex table 10: non-fossil energy and its share by both conversions."""
    years = years_of(look, "non_fossil_share", "non_fossil_energy")[-6:]
    lines = [
        line(metric, Text(f"{look.metric_name(metric).zh}（{zh}）", f"{look.label(metric).en}, {en}"), basis=basis,
             decimals=2 if metric == "non_fossil_energy" else 1)
        for metric in ("non_fossil_energy", "non_fossil_share")
        for basis, zh, en in (("equivalent", "等价值", "coal equivalent value"), ("calorific", "当量值", "calorific value"))
    ]  # fmt: skip
    notes = (NON_FOSSIL_NOTE,)
    return over_years(look, "non-fossil", Text("非化石能源消费", "Non-fossil energy"), lines, years, notes=notes)


NON_FOSSIL_NOTE = Text(
    "分子为本地非化石电力；外来非化石电力只在申报来源时计入。生活垃圾焚烧发电全部计入生物质发电。绿证台账：本次没有绿证数据。",
    "Numerator: local non-fossil electricity; inflow counts only where its source is declared. Waste power is counted whole as biomass power. Green certificates: no data in this run.",
)

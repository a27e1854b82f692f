"""煤炭, 石油, 天然气, 电力, 非化石能源."""

from __future__ import annotations

from ...accounting.figure_id import figure_id
from ...accounting.wording import words
from ...inventories.derived_supply import SHARE, SUPPLY, non_fossil_share
from ..figure import Text
from ..report import Block, Heading, Section, Table
from .account_charts import coal_chart, fuel_chart
from .account_coal import coal
from .account_text import NO_BALANCE, Line, filled, line, over_years, years_of
from .lookup import Lookup

ANY = "by_kind"
"""category of a figure that no kind of plant has"""
KINDS = ("thermal", "hydro", "nuclear", "wind", "solar", "biomass")
KIND_NAMES = {
    "thermal": Text("火电", "Thermal"), "hydro": Text("水电", "Hydro"), "nuclear": Text("核电", "Nuclear"),
    "wind": Text("风电", "Wind"), "solar": Text("太阳能发电", "Solar"), "biomass": Text("生物质发电", "Biomass"),
}  # fmt: skip


def sections(look: Lookup) -> list[Section]:
    """Return the section on coal, oil, gas, electricity and non-fossil energy."""
    blocks: list[Block] = [Heading(2, Text("煤炭、石油和天然气", "Coal, oil and gas")), fuels(look), *fuel_chart(look)]
    blocks += [filled(coal(look, year), NO_BALANCE) for year in look.years]
    blocks += [*coal_chart(look), Heading(2, Text("电力", "Electricity")), electricity(look)]
    blocks += [Heading(2, Text("非化石能源", "Non-fossil energy")), non_fossil(look)]
    return [
        Section(
            Text("煤炭、油气、电力与非化石能源", "Coal, oil and gas, electricity and non-fossil energy"), tuple(blocks)
        )
    ]


ABOVE_SHARE = "coal_above_size_share"


def fuels(look: Lookup) -> Table:
    """Return coal, oil and gas in both units over the years."""
    years = years_of(look, "coal_consumption", "oil_consumption", "gas_consumption")
    lines = (
        line("coal_consumption"), line("coal_consumption_tce", Text("煤品消费量（标准量，含焦炭净额）", "Coal in coal equivalent, with net coke")),
        line("coal_consumption_above_size"), line(ABOVE_SHARE, Text("规模以上工业占全社会煤炭消费比重", "Share of industry above designated size in coal"), decimals=1, optional=True),
        line("coal_share", basis="equivalent", decimals=1), line("coal_for_power_share"),
        line("oil_consumption"), line("oil_consumption_tce"), line("gas_consumption"), line("gas_consumption_tce"),
    )  # fmt: skip
    for year in look.years:
        above, whole = (look.find(name, year) for name in ("coal_consumption_above_size", "coal_consumption"))
        if above and whole:
            key = figure_id(ABOVE_SHARE, look.entity, year)
            look.derived.share(
                key,
                above,
                whole,
                words("规模以上工业 / 全社会煤炭消费量", "industry above the size limit / total coal consumption"),
            )
    return over_years(
        look, "fuels", Text("煤炭、石油、天然气消费量", "Consumption of coal, oil and gas"), lines, years[-6:]
    )


def electricity(look: Lookup) -> Table:
    """Return annex table 9: capacity, generation by kind, consumption, flows across the border."""
    years = years_of(look, "electricity_generation", "electricity_consumption", "capacity")[-6:]
    lines = [
        line("electricity_consumption"), line("electricity_not_from_fuel"), line("electricity_inflow"),
        line("electricity_outflow"), line("electricity_net_inflow"),
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
    """One row for each kind and scope (whole society, above designated size) that any year has; else one row 暂缺 a kind."""
    found = {
        (str(row["category"]), str(row["definition"]), str(row["item"]))
        for row in look.rows.values()
        if row["metric"] == metric and row["entity"] == look.entity and row["period"] in years
    }
    if not found:  # one line says it for all kinds
        return [
            line(metric, Text(f"{look.label(metric).zh}（分类型）", f"{look.label(metric).en} by kind"), category=ANY)
        ]
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


def non_fossil(look: Lookup) -> Table:
    """Return annex table 10: non-fossil energy and its share by both conversions and both denominators."""
    years = years_of(look, "non_fossil_share", "non_fossil_energy")[-6:]
    for year, balance in look.balances.items():
        for basis, _ in METHODS:
            if year in look.years:
                non_fossil_share(look.derived, balance, basis)
    lines = [
        line(metric, Text(f"{name.zh}（{method.zh}）", f"{name.en}, {method.en}"), basis=basis, decimals=decimals)
        for metric, name, decimals in (
            ("non_fossil_energy", look.label("non_fossil_energy"), 2), ("non_fossil_share", look.label("non_fossil_share"), 1),
            (SUPPLY, look.label(SUPPLY), 2), (SHARE, look.label(SHARE), 1),
        )
        for basis, method in METHODS
    ]  # fmt: skip
    notes = (NON_FOSSIL_NOTE,)
    return over_years(look, "non-fossil", Text("非化石能源消费", "Non-fossil energy"), lines, years, notes=notes)


METHODS = (
    ("equivalent", Text("等价值", "coal equivalent value")), ("calorific", Text("当量值", "calorific value")),
)  # fmt: skip
NON_FOSSIL_NOTE = Text(
    "分子为本地非化石电力；外来非化石电力只在申报来源时计入。生活垃圾焚烧发电全部计入生物质发电。一次能源可供量 = 生产 + 调入 - 调出 ± 库存，不含回收能，与能源消费总量相差平衡差额和来源列入可供量的回收能；规划所称“一次能源消费”的口径以下达文件为准。绿证台账：本报告未编，没有绿证数据。",
    "Numerator: local non-fossil electricity; inflow counts only where its source is declared. Waste power is counted whole as biomass power. Primary energy supply = production + inflow - outflow ± stocks, without recovered energy; it differs from consumption by the statistical difference and by recovered energy that the source books in supply. What a plan calls primary energy consumption is defined by the document that sets it. Ledger of green certificates: not compiled, no data.",
)

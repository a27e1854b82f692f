"""能耗强度、碳排放强度 and the indicators every analyst looks for."""

from __future__ import annotations

from collections.abc import Mapping

from ..figure import Text
from ..report import Block, Heading, Section, Table
from .account_charts import schedule_charts
from .account_text import Line, line, over_years, years_of
from .lookup import Lookup

MOST_YEARS = 6
ELASTICITY = Text(
    "能源消费或地区生产总值增速不大于零时弹性系数不计算。",
    "Elasticities are not computed where growth of energy or GDP is not above zero.",
)


def sections(look: Lookup) -> list[Section]:
    """Return the section."""
    blocks: list[Block] = [
        Heading(2, Text("单位地区生产总值能耗和碳排放", "Energy and CO2 per unit of GDP")), intensities(look),
        *schedule_charts(look), Heading(2, Text("人均和弹性指标", "Per head, elasticity, saving")), ratios(look),
    ]  # fmt: skip
    return [Section(Text("强度与效率指标", "Intensity and efficiency"), tuple(blocks))]


def intensities(look: Lookup) -> Table:
    """Return annex table 11: levels, yearly and cumulative changes, published beside computed."""
    years = years_of(look, "energy_intensity", "energy_intensity_change_published", "carbon_intensity")[-MOST_YEARS:]
    base = look.results.workspace.inventory.price_years
    # without a price year there is one line each, which says what is missing
    prices = [({"price_year": str(p)}, Text(f"（{p}年可比价）", f" at {p} prices")) for p in base] or [
        ({}, Text("（可比价）", " at constant prices"))
    ]
    lines = [
        line("gdp_current", decimals=1), line("gdp_growth"),
        *(one for where, p in prices for one in _gdp(look, where, p)),
        *(line("energy_intensity", Text(f"单位地区生产总值能耗{p.zh}", f"Energy per unit of GDP{p.en}"), where) for where, p in prices),
        line("energy_intensity_published", optional=True),
        line("energy_intensity_change_published"), line("energy_intensity_change"),
        *(line("electricity_intensity", Text(f"单位地区生产总值电耗{p.zh}", f"Electricity per unit of GDP{p.en}"), where) for where, p in prices),
        line("electricity_intensity_change_published", optional=True),
        line("industry_intensity"), line("industry_intensity_change"),
        *(line("carbon_intensity", Text(f"单位地区生产总值二氧化碳排放（2016 年起口径）{p.zh}", f"CO2 per unit of GDP (definition of 2016){p.en}"), where, definition="ci_2016") for where, p in prices),
        line("carbon_intensity_change_published", optional=True), line("carbon_intensity_change"),
    ]  # fmt: skip
    notes = (
        Text(
            "变化率：负数为下降，正数为上升。公布数优先于本报告连乘结果。",
            "Changes: negative is a fall, positive a rise. Published figures outrank our chain.",
        ),
    )
    return over_years(
        look,
        "intensity",
        Text("单位地区生产总值能耗和碳排放", "Energy and CO2 per unit of GDP"),
        lines,
        years,
        notes=notes,
    )


VINTAGES = {
    "verified": Text("最终核实数", "verified"), "annual": Text("年报数", "annual"),
    "preliminary": Text("快报数", "preliminary"), "": Text("版本未注明", "vintage not stated"),
}  # fmt: skip


def _gdp(look: Lookup, where: Mapping[str, str], prices: Text) -> list[Line]:
    """One line, or one a vintage where the place has several: an intensity stands over GDP of its own vintage."""
    name = Text(f"地区生产总值{prices.zh}", f"GDP{prices.en}")
    rows = (row for row in look.rows.values() if row["metric"] == "gdp_constant" and row["entity"] == look.entity)
    found = {
        str(row["vintage"]) for row in rows if row["price_year"] == where.get("price_year", "") and not row["scenario"]
    }
    if len(found) < 2:
        return [line("gdp_constant", name, where, decimals=1)]
    order = [*VINTAGES, *sorted(found - set(VINTAGES))]
    words = {vintage: VINTAGES.get(vintage, Text(vintage, vintage)) for vintage in order if vintage in found}
    return [
        line("gdp_constant", Text(f"{name.zh[:-1]}，{word.zh}）", f"{name.en}, {word.en}"), where, vintage=vintage, decimals=1)
        for vintage, word in words.items()
    ]  # fmt: skip


def ratios(look: Lookup) -> Table:
    """Return per-head figures, energy saved, elasticity, self-sufficiency."""
    lines = (
        line("population"), line("energy_per_head", basis="equivalent"), line("electricity_per_head"),
        line("carbon_per_head", definition=look.main), line("carbon_per_energy", definition=look.main),
        line("energy_saving"), line("energy_elasticity"), line("electricity_elasticity"), line("self_sufficiency"),
        line("electrification"), line("coal_share", basis="equivalent", decimals=1),
    )  # fmt: skip
    return over_years(
        look,
        "ratios",
        Text("人均、弹性和其他指标", "Per head, elasticity and other indicators"),
        lines,
        look.years,
        notes=(ELASTICITY,),
    )

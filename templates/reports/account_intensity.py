"""能耗强度、碳排放强度 and the indicators every analyst looks for."""

from __future__ import annotations

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
    lines = [
        line("gdp_current", decimals=1), line("gdp_growth"),
        *(one for p in base for one in _gdp(look, str(p))),
        *(line("energy_intensity", Text(f"单位地区生产总值能耗（{p}年可比价）", f"Energy per unit of GDP at {p} prices"), price_year=str(p)) for p in base),
        line("energy_intensity_published", optional=True),
        line("energy_intensity_change_published"), line("energy_intensity_change"),
        *(line("electricity_intensity", Text(f"单位地区生产总值电耗（{p}年可比价）", f"Electricity per unit of GDP at {p} prices"), price_year=str(p)) for p in base),
        line("electricity_intensity_change_published", optional=True),
        line("industry_intensity_change"),
        *(line("carbon_intensity", Text(f"单位地区生产总值二氧化碳排放（ci_2016，{p}年可比价）", f"CO2 per unit of GDP (ci_2016) at {p} prices"), price_year=str(p), definition="ci_2016") for p in base),
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


def _gdp(look: Lookup, price_year: str) -> list[Line]:
    """One line, or one a vintage where the place has several: an intensity stands over GDP of its own vintage."""
    name = Text(f"地区生产总值（{price_year}年可比价）", f"GDP at {price_year} prices")
    rows = (row for row in look.rows.values() if row["metric"] == "gdp_constant" and row["entity"] == look.entity)
    found = {str(row["vintage"]) for row in rows if row["price_year"] == price_year and not row["scenario"]}
    if len(found) < 2:
        return [line("gdp_constant", name, price_year=price_year, decimals=1)]
    order = [*VINTAGES, *sorted(found - set(VINTAGES))]
    words = {vintage: VINTAGES.get(vintage, Text(vintage, vintage)) for vintage in order if vintage in found}
    return [
        line("gdp_constant", Text(f"{name.zh[:-1]}，{word.zh}）", f"{name.en}, {word.en}"), price_year=price_year, vintage=vintage, decimals=1)
        for vintage, word in words.items()
    ]  # fmt: skip


def ratios(look: Lookup) -> Table:
    """Return per-head figures, energy saved, elasticity, self-sufficiency."""
    lines = (
        line("population"), line("energy_per_head", basis="equivalent"), line("electricity_per_head"),
        line("carbon_per_head", definition=look.main), line("carbon_per_energy", definition=look.main),
        line("energy_saving"), line("energy_elasticity"), line("electricity_elasticity"), line("self_sufficiency"),
        line("electrification"),
    )  # fmt: skip
    return over_years(
        look,
        "ratios",
        Text("人均、弹性和其他指标", "Per head, elasticity and other indicators"),
        lines,
        look.years,
        notes=(ELASTICITY,),
    )

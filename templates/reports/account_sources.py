"""工业生产过程排放, 净调入电力和热力隐含排放: product by product and leg by leg."""

from __future__ import annotations

from ...inventories.derived_sources import PROCESS, LegFigures, legs, processes
from ...inventories.workspace.models import Leg
from ..figure import NOT_APPLICABLE, Text
from ..report import Block, Column, Heading, Row, Table, row
from .account_text import cell, source, unit_text
from .lookup import Lookup

CARRIERS = {
    "co2_electricity": Text("电力", "Electricity"),
    "co2_heat": Text("热力", "Heat"),
}


def blocks(look: Lookup) -> list[Block]:
    """Return a heading with its tables for what the account holds; nothing where it holds neither."""
    out: list[Block] = []
    made = [table for year in look.years if (table := process_table(look, year)).rows]
    if made:
        out += [Heading(2, Text("工业生产过程", "Industrial processes")), *made]
    crossed = [table for year in look.years if (table := leg_table(look, year)).rows]
    if crossed:
        out += [Heading(2, Text("净调入电力和热力", "Net inflow of electricity and heat")), *crossed]
    return out


def process_table(look: Lookup, year: str) -> Table:
    """Return output or use, factor and CO2 of every product."""
    columns = (
        Column(Text("产品（原料）", "Product (material)"), width=1.8), Column(Text("产量（用量）", "Output (use)")), Column(Text("计量单位", "Unit"), width=0.9),
        Column(Text("因子", "Factor")), Column(Text("因子单位", "Unit of the factor"), width=1.1), Column(Text("二氧化碳", "CO2"), unit="万tCO2"),
    )  # fmt: skip
    rows = []
    for one in processes(look.emissions(PROCESS, year)):
        units = (
            unit_text(look.unit(look.derived.unit(key))) if key else NOT_APPLICABLE for key in (one.output, one.factor)
        )
        rows.append(
            row(
                look.item(one.item),
                cell(look, one.output, 2),
                next(units),
                cell(look, one.factor, 4),
                next(units),
                cell(look, one.co2, 2),
            )
        )
    if rows:
        rows.append(
            row(
                Text("合计", "Total"),
                None,
                None,
                None,
                None,
                look.metric("co2_process", year, decimals=2),
                kind="total",
            )
        )
    title = Text(f"{year}年工业生产过程二氧化碳排放", f"CO2 of industrial processes {year}")
    return Table(f"processes-{year}", title, columns, tuple(rows), source=source(look), notes=(PROCESSES,))


PROCESSES = Text(
    "只含生产过程本身放出的二氧化碳（碳酸盐分解、电极消耗等），燃料燃烧已计入能源活动。没有产量的产品未列，不是零。",
    "Only CO2 that the process itself sets free (carbonates, electrodes); fuel is counted with energy activities. Products without an output are not listed, and are not nought.",
)


def leg_table(look: Lookup, year: str) -> Table:
    """Return amount, factor and CO2 of every leg, electricity before heat; outflow is negative."""
    columns = (
        Column(Text("能源", "Energy"), width=0.8), Column(Text("方向", "Direction"), width=0.8), Column(Text("对方", "Other side"), width=1.2),
        Column(Text("采用谁的因子", "Whose factor"), width=1.4), Column(Text("数量（调出为负）", "Amount (outflow negative)")), Column(Text("计量单位", "Unit"), width=1),
        Column(Text("因子", "Factor")), Column(Text("因子单位", "Unit of the factor"), width=1.2), Column(Text("二氧化碳", "CO2"), unit="万tCO2"),
    )  # fmt: skip
    rows: list[Row] = []
    inventory = look.results.workspace.inventory
    for (metric, name), declared in zip(CARRIERS.items(), (inventory.electricity, inventory.heat), strict=True):
        mine = [leg for leg in declared if str(leg.year) == year]
        figures = legs(look.derived, look.entity, year, metric)
        if not figures:
            continue
        rows += [_leg(look, name, leg, found) for leg, found in zip(mine, figures, strict=True)]
        total = Text(f"{name.zh}合计", f"{name.en}, total")
        rows.append(
            row(total, None, None, None, None, None, None, None, look.metric(metric, year, decimals=2), kind="total")
        )
    title = Text(f"{year}年净调入电力和热力隐含的二氧化碳", f"CO2 of net inflow of electricity and heat {year}")
    return Table(f"legs-{year}", title, columns, tuple(rows), source=source(look), notes=(LEGS,))


LEGS = Text(
    "调入按送端平均因子，调出按本地平均因子；送端未知的取所在区域电网平均。不使用企业购电或产品碳足迹的因子。",
    "Inflow takes the average factor of the sender, outflow that of the own place; an unknown sender takes the average of the regional grid. Factors for purchased electricity of enterprises or product footprints are not used.",
)


def _leg(look: Lookup, name: Text, leg: Leg, found: LegFigures) -> Row:
    way = Text("调入", "inflow") if leg.direction == "in" else Text("调出", "outflow")
    other = look.place(leg.counterpart) if leg.counterpart else Text("未申报", "not declared")
    whose = look.place(found.place) if found.place else NOT_APPLICABLE
    amount, factor = (
        unit_text(look.unit(look.derived.unit(key))) if key else NOT_APPLICABLE for key in (found.amount, found.factor)
    )
    return row(
        name, way, other, whose, cell(look, found.amount, 2), amount, cell(look, found.factor, 4), factor, cell(look, found.co2, 2),
    )  # fmt: skip

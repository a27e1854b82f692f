"""CH4 and N2O that hang on an undeclared technology: a table of what each technology would give."""

from __future__ import annotations

from ...inventories.derived_ranges import Option, ranges
from ...inventories.standards import standard
from ..figure import Text
from ..report import Cell, Column, Note, Table, row
from .account_text import cell, source
from .lookup import Lookup, same

SOURCES = {
    "gasoline_vehicles": Text("汽油车", "Gasoline vehicles"),
    "transport_gas": Text("交通运输业的天然气", "Gas of transport"),
    "coal_boilers": Text("燃煤电站锅炉", "Coal boilers of power plants"),
}
TECHNOLOGIES = {
    "uncontrolled": Text("无控制", "uncontrolled"),
    "oxidation_catalyst": Text("氧化型催化器", "oxidation catalyst"),
    "low_mileage_ldv_1995_on": Text("低里程轻型车（新车型年）", "low-mileage light vehicles of late model years"),
    "stationary": Text("按固定源", "as stationary"),
    "vehicles": Text("按车用", "in vehicles"),
    "coal_other": Text("非循环流化床", "not fluidised bed"),
    "cfb": Text("循环流化床", "circulating fluidised bed"),
}
UNDECLARED = Note(
    Text(
        "各行是同一热量全部按该技术计的结果，不相加。汽油车没有缺省技术，未申报时不计入；在 vehicle_technology、road_split、boiler_types 申报构成后按构成计算。",
        "Each line takes all of the heat by one technology; lines are not added. Gasoline vehicles have no default technology and are not counted until declared; shares are declared under vehicle_technology, road_split and boiler_types.",
    )
)


def technology(look: Lookup) -> list[Table]:
    """Return the table of every year of the account that has undeclared technologies."""
    inventory = look.results.workspace.inventory
    profile = look.library.profile(inventory.profile or standard(look.main, look.results.workspace.root).profile)
    found = {year: ranges(look.emissions(look.main, year), look.library, profile.gwp or "") for year in look.years}
    return [_table(look, year, options) for year, options in found.items() if options]


def _table(look: Lookup, year: str, options: list[Option]) -> Table:
    columns = (
        Column(Text("排放源", "Source"), width=1.6), Column(Text("技术", "Technology"), width=1.8),
        Column(Text("CH4", "CH4"), unit="tCH4"), Column(Text("N2O", "N2O"), unit="tN2O"),
        Column(Text("CO2当量", "CO2e"), unit="万tCO2e"), Column(Text("本报告", "This report")),
    )  # fmt: skip
    rows = [
        row(
            SOURCES[one.source], TECHNOLOGIES.get(one.technology, same(one.technology)), _gas(look, one, "ch4"),
            _gas(look, one, "n2o"), cell(look, one.co2e, 2), Text("计入", "counted") if one.counted else None,
        )
        for one in options
    ]  # fmt: skip
    title = Text(f"{year}年按不同技术计算的CH4和N2O", f"CH4 and N2O by technology {year}")
    return Table(f"technology-{year}", title, columns, tuple(rows), source=source(look))


def _gas(look: Lookup, option: Option, gas: str) -> Cell:
    return cell(look, option.gases.get(gas, ""), 1)

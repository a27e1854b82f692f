"""二氧化碳分部门、分品种 by the sectors of the balance: one standard by fuel, several standards side by side."""

from __future__ import annotations

from collections.abc import Iterable

from ...inventories import codes
from ...inventories.derived_sectors import FEEDSTOCK, POWER, UNPLACED, BySector, gap
from ..figure import NOT_APPLICABLE, Text
from ..report import Cell, Column, Row, Table, para, row
from .account_text import blocks, cell, source, within
from .lookup import Lookup

NAMES = {
    POWER: Text(
        "电力、热力生产和供应业（含火力发电、供热用燃料）",
        "Electric power and heat (with the fuel of power and heat plants)",
    ),
    FEEDSTOCK: Text("用作原料、材料（扣减项）", "Non-energy use (deduction)"),
    UNPLACED: Text("未分行业", "Without a sector"),
}
MOST_COLUMNS = 8
PRINTED = 0.005
"""10^4 t: a smaller difference prints 0.00 and needs no reason"""


def name(look: Lookup, sector: str) -> Text:
    """Return the name of a row."""
    return NAMES[sector] if sector in NAMES else within(look, sector)


def compared(look: Lookup, year: str) -> dict[str, BySector]:
    """Return the accounts by sector of every standard that has one; none where there is nothing to compare."""
    accounts = {one: BySector(look.emissions(one, year)) for one in look.results.workspace.inventory.standards}
    accounts = {one: found for one, found in accounts.items() if found.sectors}
    return accounts if len(accounts) > 1 and look.main in accounts else {}


def side_by_side(look: Lookup, year: str) -> list[Table]:
    """Return CO2 by sector under every standard, each difference with the fuel that makes most of it."""
    accounts = compared(look, year)
    if not accounts:
        return []
    ours, others = accounts[look.main], {one: found for one, found in accounts.items() if one != look.main}
    columns = [Column(Text("行业", "Sector"), width=2.6), Column(look.standard_name(look.main, True))]
    for one in others:
        group = look.standard_name(one, True)
        columns += [
            Column(Text("排放量", "CO2"), group=group), Column(Text("差额", "Difference"), group=group),
            Column(Text("差额最大的品种", "Fuel with the largest difference"), group=group, width=1.6),
        ]  # fmt: skip
    sectors = _order(accounts.values())
    rows = [_row(look, ours, others, sector) for sector in sectors]
    total: list[Cell] = [look.figure(ours.account.total)]
    for found in others.values():
        key = f"co2_sector_gaps@{look.entity}:{year}?definition={found.account.definition}-{look.main}"
        gaps = [gap(ours, found, sector).difference for sector in sectors]
        total += [look.figure(found.account.total), look.figure(look.derived.total(key, gaps, "各行业差额之和")), None]
    rows.append(row(Text("合计", "Total"), *total, kind="total"))
    notes = (NOTE, *([CEADS_NOTE] if CEADS in others else []))
    title = Text(f"{year}年二氧化碳分行业：各标准对照", f"CO2 by sector {year}, standards side by side")
    return [
        Table(
            ident(year), title, tuple(columns), tuple(rows), unit="万tCO2", wide=True, source=source(look), notes=notes,
        )
    ]  # fmt: skip


def ident(year: str) -> str:
    """Return the id of the table of a year."""
    return f"co2-standards-{year}"


NOTE = Text(
    "差额为另一标准减本报告主标准；其后为差额最大的品种及其差额。同一活动水平下的差额来自因子，见分品种差别表。",
    "Difference: other standard less the main one, then the fuel that makes most of it. On the same activity the difference is that of the factors, see the tables by fuel.",
)
CEADS = "ceads"
CEADS_NOTE = Text(
    "CEADs 另有三处归口不同：计入回收的其他煤气（钢铁、发电等行业）；用作原料、材料的部分在化工各行业内扣除，不单列扣减项；其他石油制品只计发电、供热。",
    "CEADs also books three things otherwise: it counts recovered other gas (steel, power and others); it nets non-energy use inside the chemical divisions instead of a row of its own; it counts other petroleum products in power and heat only.",
)


def _order(accounts: Iterable[BySector]) -> list[str]:
    rank = {one: number for number, one in enumerate([*codes.sectors().codes, FEEDSTOCK, UNPLACED])}
    return sorted({sector for account in accounts for sector in account.sectors}, key=lambda one: rank[one])


def _row(look: Lookup, ours: BySector, others: dict[str, BySector], sector: str) -> Row:
    cells: list[Cell] = [cell(look, ours.row(sector))]
    for found in others.values():
        between = gap(ours, found, sector)
        value = look.derived.value(between.difference) or 0.0
        reason: Cell = NOT_APPLICABLE
        if abs(value) >= PRINTED:
            reason = para(
                zh="{f}{v:n}", en="{f} {v:n}", f=look.item(between.item), v=look.figure(between.of_item, decimals=2)
            )
        cells += [cell(look, found.row(sector)), look.figure(between.difference, decimals=2), reason]
    return row(name(look, sector), *cells)


def matrix(look: Lookup, year: str) -> list[Table]:
    """Return sectors by fuel under the main standard, cut into tables a page can hold; rows add up to the total."""
    account = look.emissions(look.main, year)
    found = BySector(account)
    parts = blocks(look.order(account.items), MOST_COLUMNS)
    return [_matrix(look, found, year, items, number) for number, items in enumerate(parts, 1)]


def _matrix(look: Lookup, found: BySector, year: str, items: list[str], number: int) -> Table:
    columns = (Column(Text("行业", "Sector"), width=2.4), *(Column(look.item(item)) for item in items))
    rows = []
    for sector in found.sectors:
        ids = [found.cell(sector, item) for item in items]
        if any(ids):
            rows.append(row(name(look, sector), *(cell(look, one, 2) for one in ids)))
    totals = [cell(look, found.account.by_item(item), 2) for item in items]
    rows.append(row(Text("合计", "Total"), *totals, kind="total"))
    title = Text(f"{year}年二氧化碳分行业、分品种（{number}）", f"CO2 by sector and fuel {year} ({number})")
    return Table(
        f"co2-sector-{year}-{number}", title, columns, tuple(rows), unit="万tCO2", wide=True, source=source(look)
    )  # fmt: skip

"""分行业终端能源消费 and 六大高耗能行业."""

from __future__ import annotations

from collections.abc import Iterable

from ...accounting.figure_id import figure_id
from ...inventories import codes
from ..figure import Formula, Text
from ..report import Cell, Column, Row, Table, row
from .account_text import cell, source
from .lookup import Lookup

EQUIVALENT, CALORIFIC = Text("等价值", "Coal equivalent value"), Text("当量值", "Calorific value")
BASES = ("calorific", "equivalent")
ALL = "all"
GROUPS = (
    ("primary", Text("第一产业", "Primary industry")), ("secondary", Text("第二产业", "Secondary industry")),
    ("tertiary", Text("第三产业", "Tertiary industry")), ("residential", Text("居民生活", "Households")),
)  # fmt: skip
SECTOR_NOTE = Text(
    "终端消费不含加工转换损失，含各行业使用的全部煤气和热力（未扣回收能）；等价值按用电量乘以发电标准煤耗折算。",
    "Final consumption is without transformation losses and holds all gas and heat that sectors use (recovered energy not deducted); the coal equivalent value converts electricity at the coal rate.",
)


def by_sector(look: Lookup, year: str) -> Table:
    """Return annex table 4: final consumption by the three sectors of industry, divisions and households."""
    columns = (
        Column(Text("行业", "Sector"), width=3), Column(CALORIFIC, unit="万tce"),
        Column(Text("占终端消费", "Share of final use"), unit="%"), Column(EQUIVALENT, unit="万tce"),
    )  # fmt: skip
    found = list(groups(look, year))
    rows = [one for name, title, members in found for one in _group(look, year, name, title, members)]
    if rows:
        totals = (cell(look, whole(look, year, basis)) for basis in BASES)
        rows.append(row(Text("终端消费合计", "Final consumption"), next(totals), None, next(totals), kind="total"))
    return Table(
        f"sectors-{year}", Text(f"{year}年分行业终端能源消费量", f"Final energy consumption by sector {year}"), columns,
        tuple(rows), source=source(look), notes=(SECTOR_NOTE,),
    )  # fmt: skip


def groups(look: Lookup, year: str) -> Iterable[tuple[str, Text, list[str]]]:
    """Yield the three industries and households with the sectors that the year gives, leaves only."""
    sectors = codes.sectors().codes
    given = [code for code in sectors if look.has(sector_id(look, year, code, "calorific"))]
    parents = {sectors[code].parent for code in given}
    for name, title in GROUPS:
        members = [code for code in given if code not in parents and name in _groups_of(code)]
        if members:
            yield name, title, members


def _groups_of(code: str) -> set[str]:
    sectors = codes.sectors().codes
    parent = sectors.get(sectors[code].parent)
    return {*sectors[code].groups, *(parent.groups if parent else ())}


def sector_id(look: Lookup, year: str, sector: str, basis: str) -> str:
    """Return the figure of a sector's final consumption."""
    return figure_id("energy_by_sector", look.entity, year, sector=sector, basis=basis)


def whole(look: Lookup, year: str, basis: str) -> str:
    """Record final consumption of all sectors."""
    key = figure_id("energy_by_group", look.entity, year, category=ALL, basis=basis)
    if key in look.derived:
        return key
    members = [one for _, _, found in groups(look, year) for one in found]
    return look.derived.total(key, [sector_id(look, year, one, basis) for one in members], "各行业终端消费之和")


def _group(look: Lookup, year: str, name: str, title: Text, members: list[str]) -> list[Row]:
    cells = {}
    for basis in BASES:
        parts = tuple(sector_id(look, year, one, basis) for one in members)
        key = figure_id("energy_by_group", look.entity, year, category=name, basis=basis)
        look.derived.total(key, parts, f"{title.zh}各行业之和")
        cells[basis] = _sum(look, key, parts)
    own = figure_id("energy_by_group", look.entity, year, category=name, basis="calorific")
    share = figure_id("energy_group_share", look.entity, year, category=name)
    look.derived.share(share, own, whole(look, year, "calorific"), f"{title.zh} / 终端消费合计")
    head = row(title, cells["calorific"], cell(look, share, 1), cells["equivalent"], kind="total")
    return [head, *(_sector(look, year, one) for one in members)]


def _sum(look: Lookup, key: str, parts: tuple[str, ...]) -> Cell:
    figure = look.figure(key)
    return figure if figure.value is None else Formula(figure, "SUM({all})", parts)


def _sector(look: Lookup, year: str, code: str) -> Row:
    own, equivalent = (sector_id(look, year, code, basis) for basis in BASES)
    return row(look.sector(code), cell(look, own), _share(look, year, code), cell(look, equivalent), indent=1)


def _share(look: Lookup, year: str, code: str) -> Cell:
    key = figure_id("energy_sector_share", look.entity, year, sector=code)
    own = sector_id(look, year, code, "calorific")
    return cell(look, look.derived.share(key, own, whole(look, year, "calorific"), "该行业 / 终端消费合计"), 1)


def six(look: Lookup, year: str) -> Table:
    """Return the six energy-intensive industries with their share of final consumption."""
    sectors = [code for code, one in codes.sectors().codes.items() if "six_intensive" in one.groups]
    given = [code for code in sectors if look.has(sector_id(look, year, code, "calorific"))]
    columns = (
        Column(Text("行业", "Industry"), width=3), Column(CALORIFIC, unit="万tce"),
        Column(Text("占终端消费", "Share of final use"), unit="%"),
    )  # fmt: skip
    rows = [
        row(look.sector(code), cell(look, sector_id(look, year, code, "calorific")), _share(look, year, code))
        for code in given
    ]
    total = figure_id("energy_six_intensive", look.entity, year, basis="calorific")
    if look.has(total):
        share = figure_id("energy_six_share", look.entity, year)
        look.derived.share(share, total, whole(look, year, "calorific"), "六大高耗能行业 / 终端消费合计")
        parts = tuple(sector_id(look, year, code, "calorific") for code in given)
        rows.append(row(Text("合计", "Total"), _sum(look, total, parts), cell(look, share, 1), kind="total"))
    title = Text(
        f"{year}年六大高耗能行业终端能源消费量", f"Final consumption of the six energy-intensive industries {year}"
    )
    return Table(f"six-{year}", title, columns, tuple(rows), source=source(look))

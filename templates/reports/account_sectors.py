"""分行业终端能源消费 and 六大高耗能行业."""

from __future__ import annotations

from collections.abc import Iterable

from ...accounting.figure_id import figure_id
from ...accounting.wording import words
from ...inventories import codes
from ..figure import NOT_APPLICABLE, Formula, Text
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
    "终端消费不含加工转换损失，含各行业使用的全部煤气和热力（未扣回收能）；等价值：电力按火力发电标准煤耗、热力按供热投入与产出之比折算（年鉴标准量表的做法）。",
    "Final consumption is without transformation losses and holds all gas and heat that sectors use (recovered energy not deducted); the coal equivalent value takes electricity at the coal rate and heat at the input of heat plants, as the yearbook's table does.",
)


def by_sector(look: Lookup, year: str) -> Table:
    """Return annex tables 4 and 9: final consumption and electricity by industry, division and households."""
    columns = (
        Column(Text("行业", "Sector"), width=3), Column(CALORIFIC, unit="万tce"),
        Column(Text("占终端消费", "Share of final use"), unit="%"), Column(EQUIVALENT, unit="万tce"),
        Column(Text("用电量", "Electricity"), unit="亿kWh"), Column(Text("占用电量", "Share of electricity"), unit="%"),
    )  # fmt: skip
    found = list(groups(look, year))
    rows = [one for name, title, members in found for one in _group(look, year, name, title, members)]
    if rows:
        totals = (cell(look, whole(look, year, basis)) for basis in BASES)
        power = figure_id("electricity_by_group", look.entity, year, category=ALL)
        parts = [_power(look, year, one) for _, _, members in found for one in members]
        look.derived.total(
            power, [one for one in parts if one], words("各行业用电量之和", "sum of electricity over sectors")
        )
        rows.append(
            row(Text("终端消费合计", "Final consumption"), next(totals), None, next(totals), *_electricity(look, year, power), kind="total")
        )  # fmt: skip
        rows += _all_electricity(look, year)
    title = Text(
        f"{year}年分行业终端能源消费量和用电量", f"Final energy consumption and electricity use by sector {year}"
    )
    return Table(f"sectors-{year}", title, columns, tuple(rows), source=source(look), notes=(SECTOR_NOTE,))


def _all_electricity(look: Lookup, year: str) -> list[Row]:
    """Losses of the grid where the balance adds them, and 全社会用电量."""
    loss = look.balances[year].part(look.derived, "electricity", "loss", True) if year in look.balances else ""
    whole_use = look.find("electricity_consumption", year)
    lines = (
        (Text("输配损失量", "Transmission and distribution losses"), loss),
        (look.label("electricity_consumption"), whole_use),
    )
    return [
        row(name, NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE, *_electricity(look, year, key)) for name, key in lines if key and look.derived.value(key)
    ]  # fmt: skip


def _electricity(look: Lookup, year: str, key: str) -> tuple[Cell, Cell]:
    """Return electricity of a row and its share in 全社会用电量."""
    if not key or not look.has(key):
        return cell(look, ""), cell(look, "")
    whole = look.find("electricity_consumption", year) or f"electricity_consumption:{year}"  # names what is missing
    share = look.derived.share(
        f"share/{key}", key, whole, words("该行业 / 全社会用电量", "sector / total electricity consumption")
    )
    return cell(look, key, 2), cell(look, share, 1)


def _power(look: Lookup, year: str, code: str) -> str:
    balance = look.balances.get(year)
    return balance.physical(look.derived, f"final/{code}", "electricity") if balance else ""


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
    return look.derived.total(
        key,
        [sector_id(look, year, one, basis) for one in members],
        words("各行业终端消费之和", "sum of final consumption over sectors"),
    )


def _group(look: Lookup, year: str, name: str, title: Text, members: list[str]) -> list[Row]:
    cells = {}
    for basis in BASES:
        parts = tuple(sector_id(look, year, one, basis) for one in members)
        key = figure_id("energy_by_group", look.entity, year, category=name, basis=basis)
        look.derived.total(key, parts, words(f"{title.zh}各行业之和", f"sum over sectors of {title.en}"))
        cells[basis] = _sum(look, key, parts)
    own = figure_id("energy_by_group", look.entity, year, category=name, basis="calorific")
    share = figure_id("energy_group_share", look.entity, year, category=name)
    look.derived.share(
        share,
        own,
        whole(look, year, "calorific"),
        words(f"{title.zh} / 终端消费合计", f"{title.en} / total final consumption"),
    )
    power = figure_id("electricity_by_group", look.entity, year, category=name)
    look.derived.total(
        power,
        [key for one in members if (key := _power(look, year, one))],
        words(f"{title.zh}各行业之和", f"sum over sectors of {title.en}"),
    )
    used = _electricity(look, year, power)
    head = row(title, cells["calorific"], cell(look, share, 1), cells["equivalent"], *used, kind="total")
    return [head, *(_sector(look, year, one) for one in members)]


def _sum(look: Lookup, key: str, parts: tuple[str, ...]) -> Cell:
    figure = look.figure(key)
    return figure if figure.value is None else Formula(figure, "SUM({all})", parts)


def _sector(look: Lookup, year: str, code: str) -> Row:
    own, equivalent = (sector_id(look, year, code, basis) for basis in BASES)
    used = _electricity(look, year, _power(look, year, code))
    return row(look.sector(code), cell(look, own), _share(look, year, code), cell(look, equivalent), *used, indent=1)


def _share(look: Lookup, year: str, code: str) -> Cell:
    key = figure_id("energy_sector_share", look.entity, year, sector=code)
    own = sector_id(look, year, code, "calorific")
    return cell(
        look,
        look.derived.share(
            key, own, whole(look, year, "calorific"), words("该行业 / 终端消费合计", "sector / total final consumption")
        ),
        1,
    )


def six(look: Lookup, year: str) -> Table:
    """Return the six energy-intensive industries with their share of final consumption."""
    sectors = [code for code, one in codes.sectors().codes.items() if "six_intensive" in one.groups]
    given = [code for code in sectors if look.has(sector_id(look, year, code, "calorific"))]
    columns = (
        Column(Text("行业", "Industry"), width=3), Column(CALORIFIC, unit="万tce"),
        Column(Text("占终端消费", "Share of final use"), unit="%"), Column(EQUIVALENT, unit="万tce"),
    )  # fmt: skip
    rows = [
        row(
            look.sector(code), cell(look, sector_id(look, year, code, "calorific")), _share(look, year, code),
            cell(look, sector_id(look, year, code, "equivalent")),
        )
        for code in given
    ]  # fmt: skip
    total = figure_id("energy_six_intensive", look.entity, year, basis="calorific")
    if look.has(total):
        share = figure_id("energy_six_share", look.entity, year)
        look.derived.share(
            share,
            total,
            whole(look, year, "calorific"),
            words("六大高耗能行业 / 终端消费合计", "six energy-intensive industries / total final consumption"),
        )
        parts = {basis: tuple(sector_id(look, year, code, basis) for code in given) for basis in BASES}
        other = figure_id("energy_six_intensive", look.entity, year, basis="equivalent")
        look.derived.total(
            other,
            parts["equivalent"],
            words(
                "六大高耗能行业终端消费量之和（等价值）",
                "sum of final consumption of the six energy-intensive industries (coal equivalent value)",
            ),
        )
        sums = (_sum(look, total, parts["calorific"]), _sum(look, other, parts["equivalent"]))
        rows.append(row(Text("合计", "Total"), sums[0], cell(look, share, 1), sums[1], kind="total"))
    title = Text(
        f"{year}年六大高耗能行业终端能源消费量", f"Final consumption of the six energy-intensive industries {year}"
    )
    return Table(f"six-{year}", title, columns, tuple(rows), source=source(look))

"""能源消费构成: of a year by both methods, and over every year for which the workspace holds published shares."""

from __future__ import annotations

from ...accounting.figure_id import figure_id
from ...accounting.wording import words
from ..figure import Figure, Text, sum_of
from ..report import Block, Cell, Column, Row, Table, row
from .account_text import cell, source
from .lookup import Lookup

FUELS = (
    ("coal", Text("煤品（含焦炭净额）", "Coal (with net coke)")), ("oil", Text("油品", "Oil")),
    ("gas", Text("天然气", "Natural gas")),
    ("electricity_and_other", Text("一次电力、净调入电力及其他", "Primary electricity, net inflow and other")),
)  # fmt: skip
REST = FUELS[-1][0]
BASES = (
    ("equivalent", Text("等价值", "Coal equivalent value")), ("calorific", Text("当量值", "Calorific value")),
)  # fmt: skip
PUBLISHED, OURS = Text("公布数", "Published"), Text("本次核算", "This account")
ITEMS = {"coal_total": "coal", "petroleum_total": "oil", "natural_gas": "gas"}
"""items under which series publish shares; every other item belongs to the rest"""


def mix(look: Lookup, year: str) -> Table:
    """Return annex table 2, second part: coal, oil, gas, the rest, with shares by both methods."""
    columns = (
        Column(Text("品种", "Energy"), width=2.4), Column(Text("消费量", "Consumption"), unit="万tce", width=1.3),
        Column(Text("占等价值总量", "Share, coal equivalent value"), unit="%"),
        Column(Text("占当量值总量", "Share, calorific value"), unit="%"),
    )  # fmt: skip
    fuels = {name: figure_id(f"{name}_consumption_tce", look.entity, year) for name, _ in FUELS[:-1]}
    rests = {basis: _rest(look, year, basis) for basis, _ in BASES}
    rows = [
        row(label, cell(look, fuels[name]), *(cell(look, _share(look, year, name, basis), 1) for basis, _ in BASES))
        for name, label in FUELS[:-1]
    ]
    shares = (cell(look, _share(look, year, REST, basis), 1) for basis, _ in BASES)
    rows.append(row(FUELS[-1][1], cell(look, rests["equivalent"]), *shares))
    total = look.figure(_whole(look, year, "equivalent"))
    ids = [*fuels.values(), rests["equivalent"]]
    rows.append(
        row(Text("合计（等价值）", "Total (coal equivalent value)"), _sum(total, ids), None, None, kind="total")
    )
    return Table(
        f"mix-{year}", Text(f"{year}年能源消费构成", f"Energy mix {year}"), columns, tuple(rows), source=source(look),
        notes=(MIX_NOTE,),
    )  # fmt: skip


MIX_NOTE = Text(
    "最后一项为总量减前三项；消费量列按等价值。",
    "The last item is the total less the first three; the consumption column is by the coal equivalent value.",
)


def _sum(total: Figure, ids: list[str]) -> Cell:
    return total if total.value is None else sum_of(total, ids)


def _whole(look: Lookup, year: str, basis: str) -> str:
    return figure_id("energy_total", look.entity, year, basis=basis)


def _rest(look: Lookup, year: str, basis: str) -> str:
    key = figure_id("energy_by_item", look.entity, year, category=REST, basis=basis)
    fuels = [figure_id(f"{name}_consumption_tce", look.entity, year) for name, _ in FUELS[:-1]]
    return look.derived.put_rest(key, _whole(look, year, basis), fuels)


def _share(look: Lookup, year: str, name: str, basis: str) -> str:
    key = figure_id("energy_share", look.entity, year, category=name, basis=basis)
    part = _rest(look, year, basis) if name == REST else figure_id(f"{name}_consumption_tce", look.entity, year)
    return look.derived.share(
        key, part, _whole(look, year, basis), words("该品种 / 能源消费总量", "carrier / total energy consumption")
    )


# over the years -----------------------------------------------------------------------------------------------------


def mix_years(look: Lookup) -> list[Block]:
    """Return the mix of every year that a published series holds, our own years beside it; nothing without a series."""
    years = sorted(look.periods("energy_share", "coal_share") | set(look.years))
    found = [(year, basis, _published(look, year, basis)) for year in years for basis, _ in BASES]
    if not any(any(shares.values()) for _, _, shares in found):
        return []
    rows: list[Row] = []
    for year, basis, shares in found:
        if any(shares.values()):
            total = look.find("energy_total_published", year, basis=basis)
            rows.append(_row(look, year, basis, PUBLISHED, total, shares))
        if year in look.years:
            ours = {name: _share(look, year, name, basis) for name, _ in FUELS}
            rows.append(_row(look, year, basis, OURS, _whole(look, year, basis), ours))
    columns = (
        Column(Text("年份", "Year"), width=0.8), Column(Text("方法", "Method"), width=1.2), Column(Text("来源", "Source")),
        Column(Text("能源消费总量", "Energy consumption"), unit="万tce", width=1.2),
        *(Column(label, unit="%", width=1.1) for _, label in FUELS),
    )  # fmt: skip
    title = Text("历年能源消费总量和构成", "Energy consumption and mix over the years")
    return [Table("mix-years", title, columns, tuple(rows), source=source(look), notes=(YEARS_NOTE,))]


YEARS_NOTE = Text(
    "公布数的品种口径以其来源为准（见数据来源），与本次核算的煤品、油品净额不尽相同；“—”为未收集。",
    "Published shares follow the definitions of their source (see Data sources), which differ from our net coal and oil; — means not collected.",
)


def _row(look: Lookup, year: str, basis: str, origin: Text, total: str, shares: dict[str, str]) -> Row:
    method = dict(BASES)[basis]
    return row(year, method, origin, cell(look, total), *(cell(look, shares[name], 1) for name, _ in FUELS))


def _published(look: Lookup, year: str, basis: str) -> dict[str, str]:
    """Return the published share of each group of fuels, '' where none; several items of the rest are added."""
    found: dict[str, list[str]] = {name: [] for name, _ in FUELS}
    for item, category in sorted(_keys(look, year, basis)):
        key = look.find("energy_share", year, basis=basis, item=item, category=category)
        found[ITEMS.get(item, category if not item and category in found else REST)].append(key)
    shares = {name: keys[0] if keys else "" for name, keys in found.items()}
    if len(found[REST]) > 1:
        key = figure_id("energy_share_rest", look.entity, year, basis=basis, definition="published")
        shares[REST] = look.derived.total(
            key,
            found[REST],
            words("一次电力及其他各项公布比重之和", "sum of the published shares of primary electricity and the rest"),
        )
    if not shares["coal"]:
        own = look.find("coal_share", year, basis=basis)
        shares["coal"] = own if own and _reported(look, own) else ""
    return shares


def _keys(look: Lookup, year: str, basis: str) -> set[tuple[str, str]]:
    keys = [key for key in look.having("energy_share", year, basis=basis, sector="") if _reported(look, key)]
    return {(str(look.rows[key]["item"]), str(look.rows[key]["category"])) for key in keys}


def _reported(look: Lookup, key: str) -> bool:
    return look.rows[key]["status"] in ("published", "reported")

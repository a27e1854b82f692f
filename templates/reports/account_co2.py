"""能源活动二氧化碳、甲烷、氧化亚氮: by category and fuel, reference approach, transport, memo items."""

from __future__ import annotations

from ...accounting.figure_id import figure_id
from ...inventories.derived_co2 import Emissions
from ..figure import Text, sum_of
from ..report import Block, Cell, Column, Heading, Note, Ref, Row, Section, Table, para, row
from . import account_sources, account_standards
from .account_charts import emissions_chart
from .account_technology import UNDECLARED, technology
from .account_text import NO_BALANCE, blocks, cell, filled, line, numbered, over_years, source
from .lookup import Lookup

FUEL_GROUPS = (
    ("coal_total", Text("煤炭", "Coal"), ("coal_columns",)), ("coke_gas", Text("焦炭、煤气及焦化产品", "Coke, gases, coking products"), ("per_tce_coal", "coal_gas")),
    ("oil", Text("油品", "Oil"), ("oil",)), ("natural_gas", Text("天然气", "Natural gas"), ("gas",)), ("other", Text("其他", "Other"), ()),
)  # fmt: skip
MOST_COLUMNS = 8
DECIMALS = 2


def sections(look: Lookup) -> list[Section]:
    """Return the section on emissions: energy activities under the main standard, processes, legs of electricity."""
    parts: list[Block] = [Heading(2, Text("总量", "Totals")), gases(look), Heading(2, Text("分部门", "By category"))]
    for year in look.years:
        parts += _by_category(look, look.emissions(look.main, year))
    parts += [Heading(2, Text("分品种", "By fuel")), *(filled(by_item(look, year), NO_BALANCE) for year in look.years)]
    if tables := technology(look):
        refs = {f"t{number}": Ref(one.id) for number, one in enumerate(tables)}
        places = [f"{{{name}}}" for name in refs]
        parts.append(
            Note(
                para(
                    zh=f"技术未申报的排放源（汽油车、循环流化床锅炉等）按不同技术的CH4和N2O见{'、'.join(places)}。",
                    en=f"CH4 and N2O of sources whose technology is undeclared (gasoline vehicles, fluidised beds) stand in {', '.join(places)} by technology.",
                    **refs,
                )
            )
        )
    parts += account_sources.blocks(look)
    parts += [
        Heading(2, Text("参考方法与部门方法", "Reference and sectoral approach")),
        filled(reference(look), NO_SUPPLY),
    ]
    parts += [Heading(2, Text("交通排放的两种口径", "Two views of transport")), transport(look), TRANSPORT]
    return [Section(Text("能源活动温室气体排放", "Greenhouse gases of energy activities"), tuple(parts))]


def _by_category(look: Lookup, account: Emissions) -> list[Block]:
    if len(account.keys("category")) == 1:
        return [
            para(
                zh="{n}不分部门，分行业、分品种的排放见{t}。", en="{n} has no categories; CO2 by sector and fuel stands in {t}.",
                n=look.standard_name(account.definition, True), t=Ref(f"co2-sector-{account.period}-1"),
            )
        ]  # fmt: skip
    return [
        filled(by_category(look, account), NO_BALANCE), *emissions_chart(look, account, groups(look, account)),
    ]  # fmt: skip


TRANSPORT = Note(
    Text(
        "拆分后为指南口径的道路交通；拆分前为能源平衡表“交通运输、仓储和邮政业”。工业、服务业和居民的车用油品按申报比例拆出，总量不变。",
        "After the split: road transport of the guideline; before: transport, storage and post of the balance. Motor fuel of industry, services and households is moved by declared shares; the total does not change.",
    )
)


def groups(look: Lookup, account: Emissions) -> dict[str, tuple[Text, list[str]]]:
    """Return the groups of fuels with their carriers; the first group that fits takes a carrier."""
    book = look.library.carriers
    left = look.order(account.items)
    out = {}
    for name, label, wanted in FUEL_GROUPS:
        members = [item for item in left if not wanted or any(item in book.groups(group) for group in wanted)]
        left = [item for item in left if item not in members]
        if members:
            out[name] = (label, members)
    return out


def gases(look: Lookup) -> Table:
    """Return CO2, CH4, N2O and CO2e, with what is shown apart."""
    lines = []
    for name in look.results.workspace.inventory.standards:
        title = look.standard_name(name, short=True)
        for metric in ("co2_energy", "ch4_energy", "n2o_energy", "ghg_total"):
            label = look.metric_name(metric)
            gwp = look.rows.get(look.find(metric, look.year, definition=name), {}).get("gwp", "")
            more = f"，GWP {gwp}" if gwp else ""
            lines.append(
                line(
                    metric,
                    Text(f"{label.zh}（{title.zh}{more}）", f"{label.en} ({title.en}{more.replace('，', ', ')})"),
                    definition=name,
                    optional=name != look.main,
                )
            )
    where = {"definition": look.main}
    lines += [
        line("co2_non_energy", where=where), line("co2_stored", where=where, optional=True), line("co2_biogenic", where=where),
        line("co2_process"), line("co2_electricity"), line("co2_heat"),
    ]  # fmt: skip
    return over_years(
        look, "gases", Text("能源活动温室气体排放", "Greenhouse gases of energy activities"), lines, look.years
    )


def by_category(look: Lookup, account: Emissions) -> Table:
    """Return categories by group of fuels with totals and shares."""
    found = groups(look, account)
    columns = (
        Column(Text("部门", "Category"), width=2.2), *(Column(label, unit="万tCO2") for label, _ in found.values()),
        Column(Text("合计", "Total"), unit="万tCO2"), Column(Text("占比", "Share"), unit="%", width=0.7),
    )  # fmt: skip
    rows: list[Row] = []
    ids: list[str] = []
    for category in account.keys("category"):
        key = figure_id("co2_by_sector", look.entity, account.period, category=category, definition=account.definition)
        share = look.derived.share(f"share/{key}", key, account.total, "该部门 / 总量")
        parts = [cell(look, account.group("category", category, name, items), 1) for name, (_, items) in found.items()]
        rows.append(row(name_of(look, account, category), *parts, cell(look, key, 1), cell(look, share, 1)))
        ids.append(key)
    rows += [_whole(look, account, found, ids)] if ids else []
    title = Text(
        f"{account.period}年能源活动二氧化碳分部门、分品种类别（{look.standard_name(account.definition, True).zh}）",
        f"CO2 of energy activities by category and group of fuels {account.period} ({look.standard_name(account.definition, True).en})",
    )
    return Table(f"co2-category-{account.period}", title, columns, tuple(rows), source=source(look))


def _whole(look: Lookup, account: Emissions, found: dict[str, tuple[Text, list[str]]], ids: list[str]) -> Row:
    cells: list[Cell] = []
    for name, (_, items) in found.items():
        key = figure_id("co2_by_item", look.entity, account.period, category=name, definition=account.definition)
        cells.append(cell(look, look.derived.total(key, [account.by_item(item) for item in items], "各品种之和"), 1))
    total = look.figure(account.total, decimals=1)
    return row(Text("合计", "Total"), *cells, total if total.value is None else sum_of(total, ids), None, kind="total")


def by_item(look: Lookup, year: str) -> Table:
    """Return CO2 by fuel in a year: the main standard with shares, the other standards beside it."""
    standards = look.results.workspace.inventory.standards
    accounts = {name: look.emissions(name, year) for name in standards}
    items = look.order({item for account in accounts.values() for item in account.items})
    columns = [Column(Text("品种", "Fuel"), width=2)]
    for name in standards:
        columns.append(Column(look.standard_name(name, True), unit="万tCO2"))
        columns += [Column(Text("占比", "Share"), unit="%")] if name == look.main else []
    rows = []
    for item in items:
        cells: list[Cell] = []
        for name, account in accounts.items():
            key = account.by_item(item) if item in account.items else ""
            cells.append(cell(look, key))
            if name == look.main:
                share = look.derived.share(f"share/{key}", key, account.total, "该品种 / 总量") if key else ""
                cells.append(cell(look, share, 1))
        rows.append(row(look.item(item), *cells))
    if rows:
        totals: list[Cell] = []
        for name, account in accounts.items():
            totals += [look.figure(account.total), None] if name == look.main else [look.figure(account.total)]
        rows.append(row(Text("合计", "Total"), *totals, kind="total"))
    title = Text(f"{year}年能源活动二氧化碳分品种", f"CO2 of energy activities by fuel {year}")
    return Table(f"co2-items-{year}", title, tuple(columns), tuple(rows), source=source(look))


NO_SUPPLY = Text(
    "参考方法暂缺：缺一次能源生产、调入、调出和库存变化。",
    "Reference approach n/a: needs production, inflow, outflow and stock change of fuels.",
)


def reference(look: Lookup) -> Table:
    """Return the reference approach by coal, oil, gas beside the sectoral approach."""
    columns = (
        Column(Text("年份", "Year")), Column(Text("类别", "Fuels"), width=1.2),
        Column(Text("参考方法", "Reference approach"), unit="万tCO2"),
        Column(Text("差异（±）", "Difference (±)"), unit="%"),
    )  # fmt: skip
    labels = {
        "coal": Text("煤炭类", "Coal"),
        "oil": Text("石油类", "Oil"),
        "gas": Text("天然气", "Natural gas"),
        "": Text("合计", "Total"),
    }
    rows = []
    for year in (year for year in look.years if look.has(look.find("co2_reference", year))):
        for group, label in labels.items():
            where = {"category": group} if group else {}
            rows.append(
                row(
                    year, label, look.metric("co2_reference", year, where),
                    look.metric("co2_approach_difference", year, where, definition=look.main), kind="" if group else "total",
                )
            )  # fmt: skip
    return Table(
        "reference", Text("参考方法与部门方法的差异", "Difference of reference and sectoral approach"), columns, tuple(rows), source=source(look),
        notes=(numbered(look, "limit/reference", LIMIT),),
    )  # fmt: skip


LIMIT = Text(
    "差异 =（参考方法 - 部门方法）/ 部门方法；超过 5% 应按品种说明原因（IPCC指南参考方法一章）。",
    "Difference = (reference - sectoral) / sectoral; beyond 5% it is explained by fuel (IPCC Guidelines, chapter on the reference approach).",
)


def transport(look: Lookup) -> Table:
    """Return transport before and after the split of motor fuel."""
    lines = (
        line("co2_by_sector", Text("交通运输、仓储和邮政业（平衡表口径，拆分前）", "Transport, storage and post (balance, before the split)"), sector="G", definition=look.main),
        line("co2_road", Text("道路交通（指南口径，拆分后）", "Road transport (guideline, after the split)"), definition=look.main),
    )  # fmt: skip
    return over_years(look, "transport", Text("交通二氧化碳排放", "CO2 of transport"), lines, look.years)


def annexes(look: Lookup) -> list[Section]:
    """Return annex table 12: categories and sectors by fuel, cut into tables a page can hold."""
    tables: list[Block] = []
    for year in look.years:
        account = look.emissions(look.main, year)
        parts = blocks(look.order(account.items), MOST_COLUMNS)
        if len(account.keys("category")) > 1:
            tables += [_matrix(look, account, items, n) for n, items in enumerate(parts, 1)]
        tables += account_standards.matrix(look, year)
    if open_ := technology(look):
        tables += [*open_, UNDECLARED]
    title = Text(
        "排放附表（分部门、分行业、分品种，未申报的技术）",
        "Emissions by category, sector, fuel and undeclared technology",
    )
    return [Section(title, tuple(tables), kind="annex")] if tables else []


def _matrix(look: Lookup, account: Emissions, items: list[str], number: int) -> Table:
    heads = (Column(Text("部门", "Category"), width=2.4), *(Column(look.item(item)) for item in items))
    rows = []
    for key in account.keys("category"):
        ids = [account.cell("category", key, item) for item in items]
        if any(ids):
            rows.append(row(name_of(look, account, key), *(cell(look, one, DECIMALS) for one in ids)))
    totals = [cell(look, account.by_item(item), DECIMALS) for item in items]
    rows.append(row(Text("合计", "Total"), *totals, kind="total"))
    title = Text(
        f"{account.period}年二氧化碳分部门、分品种（{number}）",
        f"CO2 by category and fuel {account.period} ({number})",
    )
    return Table(
        f"co2-category-{account.period}-{number}", title, heads, tuple(rows), unit="万tCO2", wide=True, source=source(look)
    )  # fmt: skip


def name_of(look: Lookup, account: Emissions, key: str) -> Text:
    """Return the name of a category; “未列入公路的部分” only where something of it is listed elsewhere."""
    return look.category(account.definition, key, account.keys("category"))

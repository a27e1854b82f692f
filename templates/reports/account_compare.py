"""口径对照 and 标准之间的差别: the walk between the totals, standards side by side, kinds of coal, literature series."""

from __future__ import annotations

from ...inventories.derived_co2 import Contrast, bridge, coal_kinds, contrast
from ..figure import Text
from ..report import Block, Cell, Column, Heading, Note, Ref, Row, Section, Table, para, row
from .account_charts import series_chart
from .account_standards import compared, ident, side_by_side
from .account_summary import WITHOUT_LEGS, literature, peak
from .account_text import cell, source
from .lookup import Lookup
from .shortened import Cut, shortened

KINDS = ("anthracite", "bituminous", "lignite")
START = Text("（a）能源活动二氧化碳（直接排放）", "(a) CO2 of energy activities, direct")
STEPS = {
    "co2_energy_with_electricity": ("（b）", Text("加净调入电力（热力）隐含排放", "plus net inflow of electricity and heat")),
    "co2_assessment_2016": ("（c）", Text("改用折标系数法（煤品、油品、天然气综合因子）", "per-tce method with aggregate factors instead of fuel factors")),
    "co2_assessment_2025": ("（d）", Text("减非能源利用，加工业生产过程和电力、热力两端；正式规则未见", "less non-energy use, plus processes and both legs; official rule not seen")),
    "co2_inventory": ("（e）", Text("加工业生产过程", "plus industrial processes")),
    "co2_literature": ("（参照）", Text("文献核算：另一套因子和口径，含水泥过程和回收煤气", "literature: other factors and boundary, with cement and recovered gas")),
}  # fmt: skip


def sections(look: Lookup) -> list[Section]:
    """Return both sections."""
    walk: list[Block] = [
        para(
            zh="同一地区至少有六个二氧化碳总量，名称和用途不同，不得混用。下表列出各总量与（a）之差，并把差额中可单独算出的部分分列，其余为因子和活动水平不同；各部分之和等于差额，残差为零。",
            en="A place has at least six CO2 totals with different names and uses. The table gives each total less (a) and splits the difference into what can be told apart; the rest comes from other factors and activity. Parts add up to the difference, residual zero.",
        ),
        *(totals(look, year) for year in look.years),
    ]
    compare: list[Block] = []
    for year in look.years:
        compare += [shortened(look, table, BY_FUEL)[0] for table in _by_fuel(look, year)]
        compare += [_to_sectors(year)] if compared(look, year) else []
    if not compare:
        compare.append(
            para(
                zh="本次只按一个标准核算，无标准间比较。", en="Only one standard was used; there is nothing to compare."
            )
        )
    kinds = [block for year in look.years for block in _kinds(look, year)]
    series: list[Block] = [*series_chart(look, dict(literature(look))), *peak(look)]
    tail: list[Block] = []
    if kinds:
        tail += [Heading(2, Text("分煤种假定的影响", "Effect of the assumed kind of coal")), *kinds]
    if series:
        tail += [Heading(2, Text("长时间序列", "Long series")), *series]
    return [
        Section(Text("口径对照", "Bridge of totals"), tuple(walk)),
        Section(Text("标准之间的差别", "Differences between standards"), (*compare, *tail)),
    ]


def totals(look: Lookup, year: str) -> Table:
    """Return annex table 13."""
    columns = (
        Column(Text("总量", "Total"), width=2.6), Column(Text("数值", "Value"), unit="万tCO2"),
        Column(Text("与（a）之差", "Step from (a)"), unit="万tCO2"), Column(Text("由（a）如何得到", "How it follows from (a)"), width=2.8),
    )  # fmt: skip
    start = look.metric("co2_energy", year, definition=look.main)
    name = look.standard_name(look.main, short=True)
    rows = [
        row(Text(f"{START.zh}，{name.zh}", f"{START.en}, {name.en}"), start, None, Text("起点", "start"), kind="total")
    ]
    for metric, total, step, _ in bridge(look.derived, look.entity, year, look.main):
        letter, how = STEPS.get(metric, ("", look.metric_name(metric)))
        if metric == "co2_assessment_2016" and not look.has(look.find("co2_electricity", year)):
            how = Text(how.zh + WITHOUT_LEGS.zh, how.en + WITHOUT_LEGS.en)
        label = look.metric_name(metric)
        mark = {"（参照）": "(for reference) "}.get(letter, letter.replace("（", "(").replace("）", ") "))
        rows.append(row(Text(f"{letter}{label.zh}", f"{mark}{label.en}"), look.figure(total), look.figure(step), how))
        rows += _split(look, year, metric, step)
    rows.append(row(Text("（f）温室气体排放总量（能源活动）", "(f) Greenhouse gases (energy activities)"), look.metric("ghg_total", year, definition=look.main), None,
                    Text("CO2、CH4、N2O按GWP折算，单位万吨CO2当量；不含其他领域", "CO2, CH4, N2O with GWP, in 10⁴ t CO2e; other sectors not included")))  # fmt: skip
    return Table(
        f"bridge-{year}",
        Text(f"{year}年二氧化碳总量口径对照", f"Bridge of CO2 totals {year}"),
        columns,
        tuple(rows),
        source=source(look),
    )


def _split(look: Lookup, year: str, metric: str, step: str) -> list[Row]:
    """Split a step into what is known of it and the rest; the parts add up to the step."""
    parts = {name: key for name, key in _parts(look, year, metric).items() if look.has(key)}
    if not parts or not look.has(step):
        return []
    rest = look.derived.put_rest(f"{step}&category=rest", step, list(parts.values()))
    lines = [*((PARTS[name], key) for name, key in parts.items()), (PARTS["rest"], rest)]
    return [row(name, None, look.figure(key), None, indent=1) for name, key in lines]


PARTS = {
    "feedstock": Text("其中：不扣除用作原料、材料的化石能源", "of which: non-energy use is not taken out"),
    "cement": Text("其中：水泥过程排放", "of which: cement process"),
    "recovered": Text("其中：其他煤气（回收煤气重复计入）", "of which: other gas (recovered gas counted again)"),
    "rest": Text("其中：因子和活动水平不同", "of which: other factors and activity"),
}


def _parts(look: Lookup, year: str, metric: str) -> dict[str, str]:
    if metric == "co2_assessment_2016":
        taken = look.find("co2_by_sector", year, category="E1.3.7", definition=look.main)
        key = f"co2_non_energy_kept@{look.entity}:{year}?definition={look.main}"
        return {"feedstock": look.derived.negated(key, taken, "扣减项取正")} if look.has(taken) else {}
    if metric == "co2_literature":
        return {
            "cement": look.find("co2_literature", year, category="process"),
            "recovered": look.find("co2_literature", year, item="other_gas"),
        }
    return {}


BY_FUEL = Cut(by=5, most=5, sums=(1, 2, 5, 6, 7), what=Text("个品种", "fuels"))


def annexes(look: Lookup) -> list[Section]:
    """Return the comparisons by fuel where the text holds their largest rows only, and those by sector."""
    found: list[Table] = []
    for year in look.years:
        found += [full for table in _by_fuel(look, year) if (full := shortened(look, table, BY_FUEL)[1])]
        found += side_by_side(look, year)
    title = Text("标准之间的差别（分品种、分行业）", "Differences between standards by fuel and sector")
    return [Section(title, tuple(found), kind="annex")] if found else []


def _to_sectors(year: str) -> Note:
    """Point to the comparison by sector: three standards and the reasons fill a turned page."""
    return Note(
        para(
            zh="各标准分行业的排放量、差额及其主要品种见{t}。",
            en="CO2 by sector under every standard, differences and the fuels behind them stand in {t}.",
            t=Ref(ident(year)),
        )
    )


def _by_fuel(look: Lookup, year: str) -> list[Table]:
    out: list[Table] = []
    main = look.emissions(look.main, year)
    units = {name: one.unit for name, one in look.library.carriers.items()}
    for name in look.results.workspace.inventory.standards[1:]:
        other = look.emissions(name, year)
        if not main.lines.empty and not other.lines.empty:
            out.append(_contrast(look, year, name, contrast(main, other, units)))
    return out


def _contrast(look: Lookup, year: str, name: str, found: list[Contrast]) -> Table:
    ours, theirs = look.standard_name(look.main, True), look.standard_name(name, True)
    emitted, factors, gap = (
        Text("排放量（万吨CO2）", "CO2 (10⁴ t)"),
        Text("平均因子", "Mean factor"),
        Text("差额（万吨CO2）", "Difference (10⁴ t CO2)"),
    )
    columns = (
        Column(Text("品种", "Fuel"), width=1.5), Column(ours, group=emitted), Column(theirs, group=emitted),
        Column(ours, group=factors), Column(theirs, group=factors), Column(Text("合计", "Total"), group=gap),
        Column(Text("因子", "Factor"), group=gap), Column(Text("活动水平", "Activity"), group=gap),
    )  # fmt: skip
    order = {item: number for number, item in enumerate(look.order(one.item for one in found))}
    rows = [
        row(
            look.item(one.item), cell(look, one.one), cell(look, one.other), cell(look, one.ef_one, 3), cell(look, one.ef_other, 3),
            cell(look, one.difference), cell(look, one.factor), cell(look, one.activity),
        )
        for one in sorted(found, key=lambda one: order[one.item])
    ]  # fmt: skip
    rows.append(_sums(look, year, name, found))
    title = Text(f"{year}年{theirs.zh}与{ours.zh}的差别", f"{theirs.en} against {ours.en} {year}")
    return Table(
        f"contrast-{name}-{year}", title, columns, tuple(rows), source=source(look), notes=(CONTRAST,), wide=True
    )


CONTRAST = Text(
    "差额 = 因子影响 + 活动水平影响。因子影响 =（另一标准平均因子 - 本标准平均因子）× 本标准净活动水平；活动水平影响来自归口不同：非能源利用扣减、回收煤气是否计入、加工转换投入的范围。平均因子单位：固体、液体为吨CO2/吨，气体为吨CO2/万立方米。",
    "Difference = factor effect + activity effect. Factor effect = (mean factor of the other standard - ours) × our net activity; the activity effect comes from what is counted: deduction of non-energy use, recovered gas, inputs to transformation. Mean factors: t CO2/t for solids and liquids, t CO2/10⁴ m³ for gases.",
)


def _sums(look: Lookup, year: str, name: str, found: list[Contrast]) -> Row:
    versus = f"{look.entity}:{year}?definition={name}-{look.main}"
    cells: list[Cell] = [
        look.metric("co2_energy", year, definition=look.main),
        look.metric("co2_energy", year, definition=name),
        None,
        None,
    ]
    for part in ("difference", "factor", "activity"):
        key = look.derived.total(
            f"co2_{part}_effect_total@{versus}", [getattr(one, part) for one in found], "各品种之和"
        )
        cells.append(look.figure(key))
    return row(Text("合计", "Total"), *cells, kind="total")


def _kinds(look: Lookup, year: str) -> list[Block]:
    account = look.emissions(look.main, year)
    found = coal_kinds(account, look.library, KINDS) if not account.lines.empty else {}
    if not found:
        return []
    columns = (
        Column(Text("原煤全部视为", "All raw coal taken as"), width=1.4), Column(Text("单位热量因子", "Factor per heat"), unit="tCO2/TJ"),
        Column(Text("原煤排放", "CO2 of raw coal"), unit="万tCO2"), Column(Text("能源活动合计", "Energy activities"), unit="万tCO2"),
    )  # fmt: skip
    rows = [row(look.item(kind), *(cell(look, key) for key in keys)) for kind, keys in found.items()]
    rows.append(
        row(
            Text("本次采用（申报的分煤种构成）", "Used here (declared mix)"),
            None,
            cell(look, account.by_item("raw_coal")),
            cell(look, account.total),
            kind="total",
        )
    )
    note = Text("热量不变，只换含碳量和碳氧化率。", "Heat stays; only carbon content and oxidation change.")
    title = Text(f"{year}年不同煤种假定下的二氧化碳排放", f"CO2 by assumed kind of coal {year}")
    return [Table(f"coal-kinds-{year}", title, columns, tuple(rows), source=source(look), notes=(note,))]

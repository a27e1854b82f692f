"""能源消费总量与构成, 分品种, 分行业, 六大高耗能行业."""

from __future__ import annotations

from ...accounting.completeness import plain
from ...accounting.figure_id import figure_id
from ...inventories.derived_nodes import given, loss_inside
from ..figure import NOT_APPLICABLE, Text
from ..report import Block, Column, Heading, Row, Section, Table, para, row
from .account_charts import mix_chart, total_chart
from .account_deducted import deducted, is_deducted
from .account_mix import mix, mix_years
from .account_sectors import by_sector, six
from .account_text import NO_BALANCE, cell, filled, line, over_years, source, unit_text, years_of
from .lookup import Lookup
from .shortened import Cut, shortened


def sections(look: Lookup) -> list[Section]:
    """Return the section on totals, carriers and sectors."""
    blocks: list[Block] = [Heading(2, Text("总量", "Totals")), totals(look), explained(look), *total_chart(look)]
    if is_deducted(look):
        blocks += [Heading(2, Text("考核扣除", "Deductions of assessments")), deducted(look)]
    blocks += [
        Heading(2, Text("构成", "Mix")),
        *(mix(look, year) for year in look.years),
        *mix_years(look),
        *mix_chart(look),
    ]
    blocks += [
        Heading(2, Text("分品种", "By carrier")),
        *(filled(by_item(look, year), NO_BALANCE) for year in look.years),
    ]
    blocks += [Heading(2, Text("分行业", "By sector"))]
    for year in look.years:
        text, _ = shortened(look, by_sector(look, year), SECTORS)
        blocks += [filled(text, NO_BALANCE), filled(six(look, year), NO_SECTORS)]
    return [Section(Text("能源消费总量与构成", "Energy consumption and mix"), tuple(blocks))]


SECTORS = Cut(by=1, most=8, sums=(1, 2, 3, 4, 5), what=Text("个行业", "sectors"))


def annexes(look: Lookup) -> list[Section]:
    """Return the deductions where none is known yet, and annex table 4 in full where the text holds its largest rows."""
    tables = [] if is_deducted(look) else [deducted(look)]
    tables += [full for year in look.years if (full := shortened(look, by_sector(look, year), SECTORS)[1])]
    title = Text("能源消费附表（考核扣除项、分行业）", "Energy consumption: deductions, sectors")
    return [Section(title, tuple(tables), kind="annex")] if tables else []


NO_SECTORS = Text(
    "来源没有分行业数据，六大高耗能行业从略。",
    "The source gives no industrial divisions; the six industries are left out.",
)


def totals(look: Lookup) -> Table:
    """Return annex table 2: both methods, what lies between them, published total."""
    years = years_of(look, "energy_total", "energy_total_published")
    for year in look.years:
        one, other = (
            figure_id("energy_total", look.entity, year, basis=basis) for basis in ("equivalent", "calorific")
        )
        key = figure_id("energy_method_difference", look.entity, year)
        look.derived.difference(key, one, other, "能源消费总量(等价值) - 能源消费总量(当量值) = W x (k - k_cal)")
    lines = (
        line("energy_total", Text("能源消费总量（等价值）", "Energy consumption, coal equivalent value"), basis="equivalent"),
        line("energy_total", Text("能源消费总量（当量值）", "Energy consumption, calorific value"), basis="calorific"),
        line("energy_method_difference", Text("两种方法之差", "Difference of the two methods"), indent=1),
        line("electricity_not_from_fuel", Text("一次电力与净调入W", "Primary electricity and net inflow, W"), indent=1),
        line("coal_rate", Text("火力发电标准煤耗k", "Coal rate of thermal generation, k"), indent=1),
        line("energy_final", Text("终端能源消费量（当量值）", "Final consumption, calorific value"), basis="calorific"),
        line("non_energy_use", Text("其中：用作原料、材料", "Of which non-energy use"), indent=1),
        line("energy_total_printed", Text("平衡表印出的总量（等价值）", "Total the balance prints, coal equivalent value"), basis="equivalent", optional=True),
        line("energy_total_printed", Text("平衡表印出的总量（当量值）", "Total the balance prints, calorific value"), basis="calorific", optional=True),
    )  # fmt: skip
    here = [year for year in years if year in look.years]
    return over_years(
        look,
        "energy-total",
        Text("能源消费总量", "Total energy consumption"),
        lines,
        here,
        notes=(recovered_note(look),),
    )


def recovered_note(look: Lookup) -> Text:
    """Say what the total leaves out."""
    return Text(
        "终端消费量 + 损失量 - 加工转换投入产出净额；回收能不计入。",
        "Final consumption + loss - net transformation; recovered energy is not counted.",
    )


def explained(look: Lookup) -> Block:
    """Explain the difference of the two methods with its numbers."""
    return para(
        zh="等价值比当量值多{d}，等于一次电力与净调入{w}乘以火力发电标准煤耗{k}与电力当量系数之差；发电煤耗取自{b}。",
        en="The coal equivalent value exceeds the calorific value by {d}: primary electricity and net inflow, {w}, times the difference between the coal rate, {k}, and the calorific coefficient of electricity; the rate comes from {b}.",
        d=look.metric("energy_method_difference", look.year), w=look.metric("electricity_not_from_fuel", look.year),
        k=look.metric("coal_rate", look.year), b=_rate_basis(look),
    )  # fmt: skip


RATE_BASES = {
    "prescribed": Text("评价主管部门规定", "the assessing authority"),
    "national_balance": Text("全国能源平衡表", "the national energy balance"),
    "local_balance": Text("本地能源平衡表", "the local energy balance"),
    "cec_generation": Text("中国电力企业联合会发电煤耗", "the generation rate of the China Electricity Council"),
}


def _rate_basis(look: Lookup) -> Text:
    note = look.rows.get(look.find("coal_rate", look.year), {}).get("note", "")
    return RATE_BASES.get(plain(str(note)), Text("暂缺", "n/a"))


def by_item(look: Lookup, year: str) -> Table:
    """Return annex table 3: final use, loss, transformation and consumption of every carrier."""
    balance = look.balances.get(year)
    columns = (
        Column(Text("品种", "Carrier"), width=1.8), Column(Text("计量单位", "Unit"), width=1.1),
        Column(Text("终端消费量", "Final consumption")), Column(Text("损失量", "Loss")),
        Column(Text("加工转换投入（－）产出（＋）", "Transformation, input (-) output (+)"), width=1.3),
        Column(Text("净消费量", "Net consumption")), Column(Text("折标准煤（当量值）", "In coal equivalent (calorific)"), unit="万tce", width=1.2),
    )  # fmt: skip
    rows = [_item(look, year, item) for item in (look.order(balance.items) if balance else ())]
    return Table(
        f"items-{year}", Text(f"{year}年分品种能源消费量", f"Energy consumption by carrier {year}"), columns, tuple(rows),
        source=source(look), notes=(NET, *([INSIDE] if loss_inside(look.results, look.entity, year) else [])),
    )  # fmt: skip


NET = Text(
    "净消费量 = 终端消费量 + 损失量 - 加工转换净额；二次能源净额为负表示产出多于消费。年鉴“消费量合计”另加加工转换投入，与此不同。未单列的回收能（其他煤气、热力净额）不计入能源消费总量。",
    "Net consumption = final consumption + loss - net transformation; negative where more of a secondary fuel is made than used. The total consumption of a yearbook adds inputs to transformation. Recovered energy without a row of its own (net other gas and heat) is not in total energy consumption.",
)
INSIDE = Text(
    "来源的终端消费量已含输配损失（电力、天然气等）：损失量不再相加，列“—”，数值见附件平衡表。",
    "Final consumption of the source includes losses of transmission and distribution: they are not added again and print —; the amounts stand in the balance of the annex.",
)


def _item(look: Lookup, year: str, item: str) -> Row:
    balance = look.balances[year]
    physical = {top: balance.part(look.derived, item, top, True) for top in ("final", "loss", "transform", "net")}
    standard = balance.part(look.derived, item, "net", False)
    unit = look.figure(physical["net"]).unit if physical["net"] else ""
    # a block without a row for the carrier is no data, not nought
    shown = [
        cell(look, key, 2) if top == "net" or (given(balance, item, top) and not (top == "loss" and loss_inside(look.results, look.entity, year, item))) else NOT_APPLICABLE
        for top, key in physical.items()
    ]  # fmt: skip
    return row(look.item(item), unit_text(unit), *shown, cell(look, standard, 2))

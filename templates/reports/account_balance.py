"""能源平衡与加工转换: efficiencies, the Sankey, and the balance tables of the annex in both units."""

from __future__ import annotations

from math import isfinite
from typing import Literal

from ...accounting.figure_id import figure_id
from ...inventories.derived_balance import Balance
from ...inventories.derived_closing import POWER, closure, closure_of_totals, equivalent_total, power_parts
from ...inventories.derived_nodes import BLOCKS, block, depth, loss_inside, nodes
from ...inventories.review_rules import limits
from ..figure import NOT_APPLICABLE, Text
from ..report import Block, Column, Heading, Paragraph, Row, Section, Table, para, row
from .account_flow_chart import sankey_chart
from .account_text import NO_BALANCE, Clauses, blocks, cell, filled, numbered, source, unit_text, within
from .lookup import Lookup

MOST_COLUMNS = 10
BASES = ("calorific", "equivalent")


def sections(look: Lookup) -> list[Section]:
    """Return the section on transformation."""
    parts: list[Block] = [
        para(
            zh="综合能源平衡表（实物量、标准量）见附件；本节列加工转换效率和能源流向。",
            en="The energy balance in physical units and in coal equivalent stands in the annexes; this section gives efficiencies and flows.",
        )
    ]
    parts += [Heading(2, Text("加工转换效率", "Efficiency of transformation"))]
    parts += [filled(efficiencies(look, year), NO_BALANCE) for year in look.years]
    parts += [Heading(2, Text("能源流向", "Energy flows")), *sankey_chart(look)]
    return [Section(Text("能源平衡与加工转换", "Energy balance and transformation"), tuple(parts))]


def _usual(flow: str) -> str:
    """Return the usual range of a process in per cent, '' where none is known."""
    low, high = limits("efficiency", flow)
    return f"{low:g}—{high:g}" if isfinite(high) else ""


def efficiencies(look: Lookup, year: str) -> Table:
    """Return annex table 7: input, output and efficiency of every process."""
    columns = (
        Column(Text("加工转换", "Process"), width=1.8), Column(Text("投入", "Input"), unit="万tce"),
        Column(Text("产出", "Output"), unit="万tce"), Column(Text("效率", "Efficiency"), unit="%"),
        Column(Text("通常范围", "Usual range"), unit="%", align="right"),
    )  # fmt: skip
    rows = []
    for key in look.having("conversion_efficiency", year):
        flow = str(look.rows[key]["category"])
        ends = [
            look.derived.term_of(figure_id(name, look.entity, year, category=flow), key, number)
            for name, number in (("conversion_input", 1), ("conversion_output", 0))
        ]
        usual = _usual(flow)
        rows.append(row(look.flow(flow), *(cell(look, end) for end in ends), cell(look, key, 1),
                        numbered(look, f"usual_range/{flow}", Text(usual, usual)) if usual else NOT_APPLICABLE))  # fmt: skip
    return Table(
        f"efficiency-{year}", Text(f"{year}年能源加工转换效率", f"Efficiency of energy transformation {year}"), columns,
        tuple(rows), source=source(look),
        notes=(Text("效率 = 产出标准煤 / 投入标准煤（当量值）；通常范围为审核经验值。", "Output over input in coal equivalent (calorific value); the usual range is practice of auditors."),),
    )  # fmt: skip


def annexes(look: Lookup) -> list[Section]:
    """Return annex tables 5 and 6: the balance in coal equivalent and in physical units, cut to what a page can hold."""
    standard: list[Block] = []
    physical: list[Block] = []
    for year, balance in look.balances.items():
        parts = blocks(look.order(balance.items), MOST_COLUMNS)
        for number, items in enumerate(parts, 1):
            standard.append(_standard(look, balance, year, items, number, last=number == len(parts)))
            physical.append(_physical(look, balance, year, items, number, last=number == len(parts)))
    if not standard:
        return []
    return [
        Section(Text("综合能源平衡表（标准量）", "Energy balance in coal equivalent"), tuple(standard), kind="annex"),
        Section(Text("综合能源平衡表（实物量）", "Energy balance in physical units"), tuple(physical), kind="annex"),
    ]


def _standard(look: Lookup, balance: Balance, year: str, items: list[str], number: int, last: bool) -> Table:
    columns = [Column(Text("项目", "Item"), width=2.4), *(Column(look.item(item)) for item in items)]
    if last:
        columns.append(Column(Text("合计（当量值）", "Total (calorific value)"), width=1.2))
        columns.append(Column(Text("合计（等价值）", "Total (coal equivalent value)"), width=1.2))
    rows = []
    for node in nodes(balance):
        cells = [cell(look, balance.standard(look.derived, node, item)) for item in items]
        if last:
            # the printed sum of consumption holds inputs to transformation too: no total of carriers
            cells += [cell(look, "" if node == "total" else one) for one in _totals(look, balance, node)]
        rows.append(Row((_label(look, balance, node), *cells), _kind(node), depth(balance, node)))
    closing = [closure(look.derived, balance, item, physical=False) for item in items]
    if any(closing):
        cells = [cell(look, one) for one in closing]
        cells += [cell(look, closure_of_totals(look.derived, balance, basis)) for basis in BASES] if last else []
        rows.append(row(CLOSING, *cells))
    title = Text(f"{year}年综合能源平衡表（标准量，{number}）", f"Energy balance {year} in coal equivalent ({number})")
    return Table(
        f"balance-tce-{year}-{number}", title, tuple(columns), tuple(rows), unit="万tce", wide=True, source=source(look),
        notes=(CALORIFIC_NOTE, *_power(look, balance), *_gaps(look, balance)) if last else (),
    )  # fmt: skip


def _totals(look: Lookup, balance: Balance, node: str) -> tuple[str, str]:
    """The sum of a row by the calorific value, and with its electricity at the coal rate."""
    return balance.standard_total(look.derived, node), equivalent_total(look.derived, balance, node)


def _power(look: Lookup, balance: Balance) -> list[Paragraph]:
    """Say why thermal power does not add up to nought by the coal equivalent value, with the parts."""
    heat, rate = power_parts(look.derived, balance)
    if not heat and not rate:
        return []
    words = Clauses().add(
        "“火力发电”行合计（等价值）为{t:n}，不为零：", "The row thermal power adds up to {t:n} by the coal equivalent value: ",
        t=look.figure(equivalent_total(look.derived, balance, POWER), decimals=2),
    )  # fmt: skip
    if heat:
        words.add(
            "发电投入了热力，发电煤耗按当量值计入，本表按供热投入折算，差{h:n}", "heat is an input of power plants, counted in the coal rate by its calorific value and here at the input of heat plants, {h:n}",
            h=look.figure(heat, decimals=2),
        )  # fmt: skip
    if rate:
        words.add(
            "{f}所用发电煤耗与本表火力发电投入产出之比不同，差{r:n}", "{f}the coal rate used is not that of this balance, {r:n}",
            f=Text("；", "; ") if heat else Text("", ""), r=look.figure(rate, decimals=2),
        )  # fmt: skip
    return [words.add("。", ".").paragraph]


CLOSING = Text(
    "核对：供应＋加工转换－损失－终端－平衡差额", "Check: supply + transformation - loss - final - difference"
)
CALORIFIC_NOTE = Text(
    "各品种按当量值折算；合计为各品种之和，含回收能，不等于能源消费总量；等价值合计把电力按火力发电标准煤耗、热力按供热投入与产出之比折算。加工转换投入为负、产出为正；“—”为来源没有数据，不是零。",
    "Carriers by the calorific value; the total adds all carriers, recovered energy included, and is not total consumption; the coal equivalent total takes electricity at the coal rate and heat at the input of heat plants. Inputs to transformation are negative, outputs positive; — is no data in the source, not nought.",
)
LOSS_INSIDE = Text(
    "来源的终端消费量已含输配损失（电力、天然气等），损失量为重复列示。",
    "Final consumption of the source includes losses of transmission and distribution; the row of losses shows them again.",
)
NO_RECOVERY = Text("来源没有“回收能”行。", "The source has no row of recovered energy.")
NO_SUPPLY = Text(
    "来源没有可供量（生产、调入、调出、库存）和平衡差额，不能作平衡核对；分项之和的核对见“平衡闭合”。",
    "The source has no supply rows and no statistical difference: the balance cannot be closed; sums are checked in 'Closure of the balance'.",
)


def _gaps(look: Lookup, balance: Balance) -> list[Text]:
    """Say which blocks of a full balance the source does not have, and what it prints twice."""
    held = {node.partition("/")[0] for node in nodes(balance)}
    out = [LOSS_INSIDE] if loss_inside(look.results, look.entity, balance.table.period) else []
    out += [] if held & {"recovery", "tr_recovery"} else [NO_RECOVERY]
    return out if "supply" in {block(node) for node in held} else [*out, NO_SUPPLY]


def _physical(look: Lookup, balance: Balance, year: str, items: list[str], number: int, last: bool) -> Table:
    columns = [Column(Text("项目", "Item"), width=2.4)]
    for item in items:
        name, unit = look.item(item), unit_text(balance.printed_unit(item))
        columns.append(Column(Text(f"{name.zh}（{unit.zh}）", f"{name.en} ({unit.en})")))
    rows = [
        Row((_label(look, balance, node), *(cell(look, balance.physical(look.derived, node, item), 2) for item in items)), _kind(node), depth(balance, node))
        for node in nodes(balance)
    ]  # fmt: skip
    closing = [closure(look.derived, balance, item, physical=True) for item in items]
    if any(closing):
        rows.append(row(CLOSING, *(cell(look, one, 2) for one in closing)))
    title = Text(f"{year}年能源平衡表（实物量，{number}）", f"Energy balance {year} in physical units ({number})")
    return Table(
        f"balance-physical-{year}-{number}", title, tuple(columns), tuple(rows), wide=True, source=source(look),
        notes=tuple(_gaps(look, balance)) if last else (),
    )  # fmt: skip


def _label(look: Lookup, balance: Balance, node: str) -> Text:
    """A part of a row that the source does not print is named with it (居民生活：城镇)."""
    name, _, sector = node.partition("/")
    return within(look, sector) if name == "final" and sector and depth(balance, node) == 1 else look.node(node)


def _kind(node: str) -> Literal["", "total"]:
    return "total" if node in BLOCKS else ""

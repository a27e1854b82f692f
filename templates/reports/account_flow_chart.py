"""The Sankey diagram of the report: where energy comes from, what it is turned into, who uses it."""

from __future__ import annotations

from ...accounting.figure_id import figure_id
from ...inventories.derived_flows import Flows, flows
from ..charts import sankey
from ..figure import NOTHING, Text
from ..report import Block, Chart, Note, Paragraph, para
from .account_text import source
from .lookup import Lookup

WAN_TCE = Text("单位：万吨标准煤（当量值）", "Unit: 10⁴ tce (calorific value)")
ENDS = {
    "coal": Text("煤炭", "Coal"), "coke_gas": Text("焦炭及煤气", "Coke and gases"), "oil": Text("油品", "Oil"),
    "gas": Text("天然气", "Natural gas"), "heat": Text("热力", "Heat"), "electricity": Text("电力", "Electricity"),
    "other": Text("其他能源", "Other energy"), "outside": Text("一次及净调入", "Primary, inflow"),
    "recovered": Text("回收能", "Recovered energy"), "sent_out": Text("净调出", "Net outflow"), "lost": Text("损失", "Losses"),
    "difference": Text("平衡差额", "Balance gap"), "difference_out": Text("平衡差额（多余）", "Balance surplus"),
    "tr_power": Text("火力发电", "Thermal power"), "tr_heat": Text("供热", "Heat plants"), "tr_coking": Text("炼焦", "Coking"),
    "tr_other": Text("其他加工转换", "Other processes"),
    "A": Text("农林牧渔", "Agriculture"), "IND": Text("工业", "Industry"), "E": Text("建筑业", "Construction"),
    "G": Text("交通仓储邮政", "Transport"), "FH": Text("批零住餐", "Trade, catering"), "OTH": Text("其他服务业", "Other services"),
    "RES": Text("居民生活", "Households"),
}  # fmt: skip
NO_BALANCE = Text("缺能源平衡表，不画能流图。", "No energy balance, no flow chart.")
CIRCLE = Text(
    "加工转换存在互为投入产出的品种，不画能流图。", "Carriers are input and output of each other; no flow chart."
)


def sankey_chart(look: Lookup) -> list[Block]:
    """Energy flows of the last year; a note where there is no balance or flows run in a circle."""
    balance = look.balances.get(look.year)
    found = flows(look.derived, balance) if balance else Flows()
    if not found.drawn:
        return [Note(NO_BALANCE, "hint")]
    try:
        sankey.columns([(flow.source, flow.target, flow.value) for flow in found.drawn])
    except ValueError:
        return [Note(CIRCLE, "hint")]
    node = {name: look.figure(key, decimals=1) for name, key in found.nodes.items()}
    rows = tuple(
        {
            "source": ENDS[flow.source], "target": ENDS[flow.target], "value": look.figure(flow.figure, decimals=1),
            "carrier": ENDS.get(flow.fuel),
            "source_total": node[flow.source], "target_total": node[flow.target],
        }
        for flow in found.drawn
    )  # fmt: skip
    title = Text(
        f"{look.year}年能源流向（标准量，当量值）", f"Energy flows {look.year} (coal equivalent, calorific value)"
    )
    notes: tuple[Paragraph | Text, ...] = (_total(look, found), *_recovered(look, found), *_gap(found), HOW)
    return [
        Chart(
            "chart-flows",
            title,
            "energy_sankey",
            rows,
            NOTHING,
            WAN_TCE,
            notes,
            source(look),
            height=400,
            colours=COLOURS,
        )
    ]


COLOURS = tuple((ENDS[key], key) for key in ("coal", "coke_gas", "oil", "gas", "heat", "electricity", "other"))


HOW = Text(
    "“一次及净调入”为各品种终端消费量、损失量之和减加工转换净额（含库存变化和平衡差额），净额为负的列入“净调出”；节点旁的数为流经该节点的能量，流入等于流出；占总量万分之五以下的流只计入节点，不画。",
    "'Primary, inflow' is final consumption and loss less net transformation of each fuel (with stock change and balance difference); a negative one is 'net outflow'. The number beside a node is what passes it: inflow equals outflow. Flows below one part in two thousand of the total count at the nodes and are not drawn.",
)


GAP = Text(
    "“平衡差额”为加工转换产出大于投入，或平衡表分项与合计不符的数额。",
    "'Balance gap' is what a process puts out beyond its input, or what parts of the balance lack to its totals.",
)


def _gap(found: Flows) -> list[Text]:
    return (
        [GAP] if {"difference", "difference_out"} & {end for f in found.drawn for end in (f.source, f.target)} else []
    )


def _total(look: Lookup, found: Flows) -> Paragraph:
    """Say that both edges hold the same amount, and how it goes with total consumption."""
    sent = look.figure(found.nodes["sent_out"], decimals=1) if "sent_out" in found.nodes else None
    total = figure_id("energy_total", look.entity, look.year, basis="calorific")
    if sent is None:
        return para(
            zh="左端合计{t}，等于右端合计；能源消费总量（当量值）为{c}。",
            en="The left edge adds up to {t}, as does the right edge; total energy consumption by the calorific value is {c}.",
            t=look.figure(found.total, decimals=1), c=look.figure(total, decimals=1),
        )  # fmt: skip
    return para(
        zh="左端合计{t}，等于右端合计，其中净调出{s}；能源消费总量（当量值）为{c}。",
        en="The left edge adds up to {t}, as does the right edge, of which net outflow {s}; total energy consumption by the calorific value is {c}.",
        t=look.figure(found.total, decimals=1), s=sent, c=look.figure(total, decimals=1),
    )  # fmt: skip


def _recovered(look: Lookup, found: Flows) -> list[Paragraph]:
    if not found.recovered:
        return []
    where = look.having("recovered_energy", look.year)
    left_out = [key for key in where if look.rows[key]["item"]]
    if left_out:
        return [para(
            zh="回收能{r}在来源表中无“回收能”行，按净额为正的品种推得，不计入能源消费总量。",
            en="Recovered energy, {r}, has no row in the source: it is the positive net of its carriers and is not in total consumption.",
            r=look.figure(found.recovered, decimals=1),
        )]  # fmt: skip
    return [para(
        zh="回收能{r}取自平衡表“回收能”行。", en="Recovered energy, {r}, is the balance's own row.",
        r=look.figure(found.recovered, decimals=1),
    )]  # fmt: skip

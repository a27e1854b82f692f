"""What the energy total is made of: coal, oil, gas, electricity, uses, sectors, non-energy use, ratios.

Terms are those of NBS balances and yearbooks. Coal in physical tonnes is the sum of the coal columns on balance
(final + loss - transformation net: washing losses stay, washed products are not added to raw coal); the coal of the
energy mix is 煤品 including net coke and coking products, without recovered gases.
"""

from __future__ import annotations

from collections.abc import Mapping

from .energy import UNIT, WAN, heat_rate
from .energy_table import EnergyTable
from .metrics import MetricBook
from .steps import Term, items_query, lines_query

USES = {
    "tr_power": "火力发电", "tr_heat": "供热", "tr_wash": "煤炭洗选", "tr_coking": "炼焦", "tr_refining": "炼油及煤制油",
    "tr_gasworks": "制气", "tr_briquette": "煤制品加工",
}  # fmt: skip
FUELS = {"coal": ("per_tce_coal", "煤品"), "oil": ("oil", "油品"), "gas": ("gas", "天然气")}


def fuels(table: EnergyTable, book: MetricBook) -> None:
    """Record coal, oil and gas: physical quantity, coal equivalent, and shares of the total (coal equivalent value)."""
    _physical(table, book, "coal_consumption", "coal_columns", 1e4, "10^4 t")
    _physical(table, book, "oil_consumption", "oil", 1e4, "10^4 t")
    _physical(table, book, "gas_consumption", "gas", 1e8, "10^8 m3")
    for name, (group, label) in FUELS.items():
        items = table.items(group)
        book.add(
            f"{name}_consumption_tce", table.net_of(items) / WAN, UNIT, entity=table.entity, period=table.period,
            equation=f"{label} = 终端消费量 + 损失量 - 加工转换净额，折标准煤", terms=_parts(table, items, group, label),
            rule="NBS 能源平衡表；煤品含焦炭、焦炉煤气、其他焦化产品净额，不含回收煤气" if name == "coal" else "NBS 能源平衡表",
        )  # fmt: skip
    _shares(table, book)


def _physical(table: EnergyTable, book: MetricBook, metric: str, group: str, scale: float, unit: str) -> None:
    """Sum carriers of one kind of unit; others (gas in tonnes) are left to the tce figure."""
    target = "t" if unit.endswith(" t") else "m3"
    items = [item for item in table.items(group) if table.units.get(item) == target]
    terms = [
        Term(item, table.net_of([item], "net_physical") / scale, unit, _net_query(table, [item], group))
        for item in items
        if table.net_of([item], "net_physical")
    ]
    if terms:
        book.add(
            metric, sum(term.value or 0.0 for term in terms), unit, entity=table.entity, period=table.period,
            equation="Σ(终端消费量 + 损失量 - 加工转换净额)，实物量", terms=terms, rule="NBS 能源平衡表（净额合计）",
        )  # fmt: skip


def _net_query(table: EnergyTable, items: list[str], group: str) -> str:
    return items_query(items, group, entity=table.entity, period=table.period, account="energy")


def _parts(table: EnergyTable, items: list[str], group: str, label: str) -> list[Term]:
    shown = [item for item in items if table.net_of([item])]
    terms = [Term(item, table.net_of([item]) / WAN, UNIT, _net_query(table, [item], group)) for item in shown]
    return terms or [Term(label, 0.0, UNIT, _net_query(table, items, group))]


def _shares(table: EnergyTable, book: MetricBook) -> None:
    where = {"entity": table.entity, "period": table.period}
    total = book.value("energy_total", **where, basis="equivalent")
    if not total:
        return
    total_term = book.term("能源消费总量(等价值)", "energy_total", **where, basis="equivalent")
    rest = 100.0
    for name, (_, label) in FUELS.items():
        amount = book.term(label, f"{name}_consumption_tce", **where)
        share = 100 * (amount.value or 0.0) / total
        rest -= share
        book.add(
            "energy_share", share, "%", **where, category=name, basis="equivalent",
            equation=f"{label} / 能源消费总量 x 100", terms=[amount, total_term], rule="发电煤耗计算法",
        )  # fmt: skip
        if name == "coal":
            book.add(
                "coal_share", share, "%", **where, basis="equivalent",
                equation="煤品 / 能源消费总量 x 100", terms=[amount, total_term], rule="发电煤耗计算法",
            )  # fmt: skip
    book.add(
        "energy_share", rest, "%", **where, category="electricity_and_other", basis="equivalent",
        equation="100 - 煤品 - 油品 - 天然气（一次电力、净调入电力及其他能源）",
        terms=[book.term(name, "energy_share", **where, category=name, basis="equivalent") for name in FUELS],
    )  # fmt: skip


def coal_uses(table: EnergyTable, book: MetricBook) -> None:
    """Record coal by use in physical tonnes (coal columns): transformation inputs, final consumption, loss."""
    items = [item for item in table.items("coal_columns") if table.units.get(item) == "t"]
    where = {"entity": table.entity, "period": table.period}
    uses = {name: (-table.row_sum(flow, items, "physical"), flow) for flow, name in USES.items()}
    uses["终端消费"] = (table.net_of(items, "final_physical"), "final")
    uses["损失"] = (table.net_of(items, "loss_physical"), "loss")
    for name, (value, flow) in uses.items():
        if value:
            query = items_query(items, "coal_columns", **where, flow=flow, account="energy")
            book.add(
                "coal_by_use", value / 1e4, "10^4 t", **where, category=flow,
                equation="该用途各煤品投入减产出，实物量", terms=[Term(name, value / 1e4, "10^4 t", query)],
                rule="分品种 x 分用途煤炭消费表",
            )  # fmt: skip
    _coal_items(table, book, items)
    total = book.value("coal_consumption", **where)
    power = book.value("coal_by_use", **where, category="tr_power")
    if total and power:
        book.add(
            "coal_for_power_share", 100 * power / total, "%", **where, equation="火力发电用煤 / 煤炭消费量 x 100",
            terms=[
                book.term("火力发电用煤", "coal_by_use", **where, category="tr_power"),
                book.term("煤炭消费量", "coal_consumption", **where),
            ],
        )  # fmt: skip


def _coal_items(table: EnergyTable, book: MetricBook, items: list[str]) -> None:
    """Coal by kind and use: the table 分品种 x 分用途."""
    where = {"entity": table.entity, "period": table.period}
    for item in items:
        uses = {flow: -table.cell(flow, item, "physical") for flow in USES}
        uses["final"] = table.net_of([item], "final_physical")
        for flow, value in uses.items():
            if value:
                query = lines_query(**where, flow=flow, item=item, account="energy")
                book.add(
                    "coal_by_use", value / 1e4, "10^4 t", **where, category=flow, item=item,
                    equation="投入减产出，实物量", terms=[Term(item, value / 1e4, "10^4 t", query)],
                )  # fmt: skip


def sectors(table: EnergyTable, book: MetricBook, intensive: frozenset[str]) -> None:
    """Record final consumption by sector (calorific value, and with electricity at the coal rate), six industries."""
    where = {"entity": table.entity, "period": table.period}
    k = book.value("coal_rate", **where)
    for name in table.tce.index:
        flow, _, sector = name.partition("/")
        if flow != "final" or not sector:
            continue
        value = float(table.tce.loc[name, [i for i in table.tce.columns if i in table.net.index]].sum())
        kwh = table.cell(name, "electricity", "physical")
        query = lines_query(**where, flow="final", sector=sector, account="energy")
        book.add(
            "energy_by_sector", value / WAN, UNIT, **where, sector=sector, basis="calorific",
            equation="该行业各品种终端消费量折标准煤之和(当量值)", terms=[Term(sector, value / WAN, UNIT, query)],
            rule="NBS 能源平衡表 终端消费量",
        )  # fmt: skip
        if k:
            _sector_equivalent(table, book, sector, value, kwh)
    _six_intensive(book, where, intensive, [name.partition("/")[2] for name in table.tce.index])


def _sector_equivalent(table: EnergyTable, book: MetricBook, sector: str, value: float, kwh: float) -> None:
    where = {"entity": table.entity, "period": table.period}
    k = book.value("coal_rate", **where) or 0.0
    calorific = table.cell(f"final/{sector}", "electricity")
    heat, rate = table.cell(f"final/{sector}", "heat"), heat_rate(table) or 1.0
    query = {**where, "flow": "final", "sector": sector, "account": "energy"}
    terms = [
        book.term("终端消费(当量值)", "energy_by_sector", **where, sector=sector, basis="calorific"),
        Term("用电量 electricity", kwh / 1e8, "10^8 kWh", lines_query(**query, item="electricity")),
        book.term("k", "coal_rate", **where),
    ]
    if heat and rate != 1.0:
        made = lines_query(**where, flow="tr_heat", account="energy")
        terms += [
            Term("热力(当量值) heat", heat / WAN, UNIT, lines_query(**query, item="heat")),
            Term("供热投入/产出 input per heat", rate, "1", made),
        ]
    book.add(
        "energy_by_sector", (value - calorific + kwh * k / 1000 + heat * (rate - 1)) / WAN, UNIT, **where, sector=sector,
        basis="equivalent", equation="终端消费(当量值) + 用电量 x (k - k_cal) + 热力 x (供热投入/产出 - 1)", terms=terms,
        rule="发电煤耗计算法",
    )  # fmt: skip


def _six_intensive(book: MetricBook, where: Mapping[str, str], wanted: frozenset[str], present: list[str]) -> None:
    chosen = [sector for sector in present if sector in wanted]
    if not chosen:
        return
    terms = [book.term(sector, "energy_by_sector", **where, sector=sector, basis="calorific") for sector in chosen]
    book.add(
        "energy_six_intensive", sum(term.value or 0.0 for term in terms), UNIT, **where, basis="calorific",
        equation="六大高耗能行业终端消费量之和", terms=terms, rule="GB/T 4754 25、26、30、31、32、44",
    )  # fmt: skip


def final_and_non_energy(table: EnergyTable, book: MetricBook) -> None:
    """Record final consumption, non-energy use of the balance, electrification."""
    where = {"entity": table.entity, "period": table.period}
    final = table.net_of(table.net.index, "final")
    book.add(
        "energy_final", final / WAN, UNIT, **where, basis="calorific", equation="终端消费量(当量值)，含终端使用的回收煤气和热力",
        terms=[Term("终端消费量", final / WAN, UNIT, lines_query(**where, top="final", account="energy"))],
    )  # fmt: skip
    use = sum(table.row_sum(name, table.net.index) for name in table.tce.index if name.startswith("non_energy"))
    if use:
        book.add(
            "non_energy_use", use / WAN, UNIT, **where, equation="平衡表“#用作原料、材料”行折标准煤",
            terms=[Term("用作原料、材料", use / WAN, UNIT, lines_query(**where, flow="non_energy", account="energy"))],
            rule="平衡表行；不是考核口径的原料用能", note="平衡表“用作原料、材料”不等于考核扣除的原料用能",
        )  # fmt: skip
    electricity = table.net_of(["electricity"], "final")
    if final and electricity:
        book.add(
            "electrification", 100 * electricity / final, "%", **where, equation="电力终端消费(当量值) / 终端消费量 x 100",
            terms=[
                Term("电力终端消费", electricity / WAN, UNIT, lines_query(**where, top="final", item="electricity", account="energy")),
                book.term("终端消费量", "energy_final", **where, basis="calorific"),
            ],
        )  # fmt: skip

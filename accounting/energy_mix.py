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
from .wording import coded, words

USES = ("tr_power", "tr_heat", "tr_wash", "tr_coking", "tr_refining", "tr_gasworks", "tr_briquette")
FUELS = {
    "coal": ("per_tce_coal", words("煤品", "coal")),
    "oil": ("oil", words("油品", "oil")),
    "gas": ("gas", words("天然气", "natural gas")),
}


def fuels(table: EnergyTable, book: MetricBook) -> None:
    """Record coal, oil and gas: physical quantity, coal equivalent, and shares of the total (coal equivalent value)."""
    _physical(table, book, "coal_consumption", "coal_columns", 1e4, "10^4 t")
    _physical(table, book, "oil_consumption", "oil", 1e4, "10^4 t")
    _physical(table, book, "gas_consumption", "gas", 1e8, "10^8 m3")
    for name, (group, label) in FUELS.items():
        items = table.items(group)
        book.add(
            f"{name}_consumption_tce", table.net_of(items) / WAN, UNIT, entity=table.entity, period=table.period,
            equation=words(f"{label} = 终端消费量 + 损失量 - 加工转换净额，折标准煤", f"{label} = final consumption + losses - net transformation, in coal equivalent"), terms=_parts(table, items, group, label),
            rule=words("NBS 能源平衡表；煤品含焦炭、焦炉煤气、其他焦化产品净额，不含回收煤气", "NBS energy balance; coal holds the net of coke, coke oven gas and other coking products, without recovered gases") if name == "coal" else words("NBS 能源平衡表", "NBS energy balance"),
        )  # fmt: skip
    _shares(table, book)


def _physical(table: EnergyTable, book: MetricBook, metric: str, group: str, scale: float, unit: str) -> None:
    """Sum carriers of one kind of unit; others (gas in tonnes) are left to the tce figure."""
    target = "t" if unit.endswith(" t") else "m3"
    items = [item for item in table.items(group) if table.units.get(item) == target]
    terms = [
        Term(
            coded("carrier", item), table.net_of([item], "net_physical") / scale, unit, _net_query(table, [item], group)
        )
        for item in items
        if table.net_of([item], "net_physical")
    ]
    if terms:
        book.add(
            metric, sum(term.value or 0.0 for term in terms), unit, entity=table.entity, period=table.period,
            equation=words("Σ(终端消费量 + 损失量 - 加工转换净额)，实物量", "Σ(final consumption + losses - net transformation), physical quantity"), terms=terms, rule=words("NBS 能源平衡表（净额合计）", "NBS energy balance (sum of nets)"),
        )  # fmt: skip


def _net_query(table: EnergyTable, items: list[str], group: str) -> str:
    return items_query(items, group, entity=table.entity, period=table.period, account="energy")


def _parts(table: EnergyTable, items: list[str], group: str, label: str) -> list[Term]:
    shown = [item for item in items if table.net_of([item])]
    terms = [
        Term(coded("carrier", item), table.net_of([item]) / WAN, UNIT, _net_query(table, [item], group))
        for item in shown
    ]
    return terms or [Term(label, 0.0, UNIT, _net_query(table, items, group))]


def _shares(table: EnergyTable, book: MetricBook) -> None:
    where = {"entity": table.entity, "period": table.period}
    total = book.value("energy_total", **where, basis="equivalent")
    if not total:
        return
    total_term = book.term(
        words("能源消费总量(等价值)", "total energy consumption (coal equivalent value)"),
        "energy_total",
        **where,
        basis="equivalent",
    )
    rest = 100.0
    for name, (_, label) in FUELS.items():
        amount = book.term(label, f"{name}_consumption_tce", **where)
        share = 100 * (amount.value or 0.0) / total
        rest -= share
        book.add(
            "energy_share", share, "%", **where, category=name, basis="equivalent",
            equation=words(f"{label} / 能源消费总量 x 100", f"{label} / total energy consumption x 100"), terms=[amount, total_term], rule=words("发电煤耗计算法", "coal equivalent calculation"),
        )  # fmt: skip
        if name == "coal":
            book.add(
                "coal_share", share, "%", **where, basis="equivalent",
                equation=words("煤品 / 能源消费总量 x 100", "coal / total energy consumption x 100"), terms=[amount, total_term], rule=words("发电煤耗计算法", "coal equivalent calculation"),
            )  # fmt: skip
    book.add(
        "energy_share", rest, "%", **where, category="electricity_and_other", basis="equivalent",
        equation=words("100 - 煤品 - 油品 - 天然气（一次电力、净调入电力及其他能源）", "100 - coal - oil - natural gas (primary electricity, net inflow of electricity and other energy)"),
        terms=[book.term(label, "energy_share", **where, category=name, basis="equivalent") for name, (_, label) in FUELS.items()],
    )  # fmt: skip


def coal_uses(table: EnergyTable, book: MetricBook) -> None:
    """Record coal by use in physical tonnes (coal columns): transformation inputs, final consumption, loss."""
    items = [item for item in table.items("coal_columns") if table.units.get(item) == "t"]
    where = {"entity": table.entity, "period": table.period}
    uses = {flow: -table.row_sum(flow, items, "physical") for flow in USES}
    uses |= {flow: table.net_of(items, f"{flow}_physical") for flow in ("final", "loss")}
    for flow, value in uses.items():
        if value:
            query = items_query(items, "coal_columns", **where, flow=flow, account="energy")
            book.add(
                "coal_by_use", value / 1e4, "10^4 t", **where, category=flow,
                equation=words("该用途各煤品投入减产出，实物量", "input less output of every kind of coal in this use, physical quantity"), terms=[Term(coded("flow", flow), value / 1e4, "10^4 t", query)],
                rule=words("分品种 x 分用途煤炭消费表", "table of coal consumption by kind and use"),
            )  # fmt: skip
    _coal_items(table, book, items)
    total = book.value("coal_consumption", **where)
    power = book.value("coal_by_use", **where, category="tr_power")
    if total and power:
        book.add(
            "coal_for_power_share", 100 * power / total, "%", **where, equation=words("火力发电用煤 / 煤炭消费量 x 100", "coal for thermal power / coal consumption x 100"),
            terms=[
                book.term(words("火力发电用煤", "coal for thermal power"), "coal_by_use", **where, category="tr_power"),
                book.term(words("煤炭消费量", "coal consumption"), "coal_consumption", **where),
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
                    equation=words("投入减产出，实物量", "input less output, physical quantity"), terms=[Term(coded("carrier", item), value / 1e4, "10^4 t", query)],
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
            equation=words("该行业各品种终端消费量折标准煤之和(当量值)", "sum of the sector's final consumption in coal equivalent (calorific value)"), terms=[Term(coded("sector", sector), value / WAN, UNIT, query)],
            rule=words("NBS 能源平衡表 终端消费量", "NBS energy balance, final consumption"),
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
        book.term(
            words("终端消费(当量值)", "final consumption (calorific value)"),
            "energy_by_sector",
            **where,
            sector=sector,
            basis="calorific",
        ),
        Term(words("用电量", "electricity used"), kwh / 1e8, "10^8 kWh", lines_query(**query, item="electricity")),
        book.term("k", "coal_rate", **where),
    ]
    if heat and rate != 1.0:
        made = lines_query(**where, flow="tr_heat", account="energy")
        terms += [
            Term(words("热力(当量值)", "heat (calorific value)"), heat / WAN, UNIT, lines_query(**query, item="heat")),
            Term(words("供热投入/产出", "input per heat produced"), rate, "1", made),
        ]
    book.add(
        "energy_by_sector", (value - calorific + kwh * k / 1000 + heat * (rate - 1)) / WAN, UNIT, **where, sector=sector,
        basis="equivalent", equation=words("终端消费(当量值) + 用电量 x (k - k当量) + 热力 x (供热投入/产出 - 1)", "final consumption (calorific value) + electricity x (k - k(cal)) + heat x (input per heat produced - 1)"), terms=terms,
        rule=words("发电煤耗计算法", "coal equivalent calculation"),
    )  # fmt: skip


def _six_intensive(book: MetricBook, where: Mapping[str, str], wanted: frozenset[str], present: list[str]) -> None:
    chosen = [sector for sector in present if sector in wanted]
    if not chosen:
        return
    terms = [book.term(sector, "energy_by_sector", **where, sector=sector, basis="calorific") for sector in chosen]
    book.add(
        "energy_six_intensive", sum(term.value or 0.0 for term in terms), UNIT, **where, basis="calorific",
        equation=words("六大高耗能行业终端消费量之和", "sum of final consumption of the six energy-intensive industries"), terms=terms, rule=words("GB/T 4754 25、26、30、31、32、44", "GB/T 4754 divisions 25, 26, 30, 31, 32, 44"),
    )  # fmt: skip


def final_and_non_energy(table: EnergyTable, book: MetricBook) -> None:
    """Record final consumption, non-energy use of the balance, electrification."""
    where = {"entity": table.entity, "period": table.period}
    final = table.net_of(table.net.index, "final")
    book.add(
        "energy_final", final / WAN, UNIT, **where, basis="calorific", equation=words("终端消费量(当量值)，含终端使用的回收煤气和热力", "final consumption (calorific value), with recovered gases and heat used there"),
        terms=[Term(words("终端消费量", "final consumption"), final / WAN, UNIT, lines_query(**where, top="final", account="energy"))],
    )  # fmt: skip
    use = sum(table.row_sum(name, table.net.index) for name in table.tce.index if name.startswith("non_energy"))
    if use:
        book.add(
            "non_energy_use", use / WAN, UNIT, **where, equation=words("平衡表“#用作原料、材料”行折标准煤", "row '#non-energy use' of the balance in coal equivalent"),
            terms=[Term(words("用作原料、材料", "non-energy use"), use / WAN, UNIT, lines_query(**where, flow="non_energy", account="energy"))],
            rule=words("平衡表行；不是考核口径的原料用能", "a row of the balance; not the feedstock use of the assessment"), note=words("平衡表“用作原料、材料”不等于考核扣除的原料用能", "non-energy use of the balance is not the feedstock use that the assessment deducts"),
        )  # fmt: skip
    electricity = table.net_of(["electricity"], "final")
    if final and electricity:
        book.add(
            "electrification", 100 * electricity / final, "%", **where, equation=words("电力终端消费(当量值) / 终端消费量 x 100", "final electricity (calorific value) / final consumption x 100"),
            terms=[
                Term(words("电力终端消费", "final electricity"), electricity / WAN, UNIT, lines_query(**where, top="final", item="electricity", account="energy")),
                book.term(words("终端消费量", "final consumption"), "energy_final", **where, basis="calorific"),
            ],
        )  # fmt: skip

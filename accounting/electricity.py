"""Electricity balance and non-fossil energy.

Non-fossil share = non-fossil energy / total energy consumption, both by the coal equivalent value (national practice);
the calorific value stands beside it. A place's non-fossil electricity is its own primary generation; what flows in
counts only where the workspace declares it (traceable lines or contracts), otherwise the share is that of local supply.
"""

from __future__ import annotations

from .energy import K_CALORIFIC, UNIT, WAN
from .energy_table import EnergyTable
from .metrics import MetricBook
from .steps import Term, lines_query
from .wording import coded, words

NON_FOSSIL = ("hydro", "nuclear", "wind", "solar", "biomass", "geothermal")
"""categories of the metric electricity_generation that are not fossil; all waste power is counted as biomass power"""


def record(table: EnergyTable, book: MetricBook) -> None:
    """Record consumption and primary electricity of the balance, then the non-fossil share by both methods."""
    if table.units.get("electricity") != "kWh":
        return
    where = {"entity": table.entity, "period": table.period}
    used = table.net_of(["electricity"], "final_physical") + table.net_of(["electricity"], "loss_physical")
    query = lines_query(**where, item="electricity", account="energy")
    if used and book.value("electricity_consumption", **where) is None:
        book.add(
            "electricity_consumption", used / 1e8, "10^8 kWh", **where, equation=words("终端消费量 + 损失量（电力列）", "final consumption + losses (column electricity)"),
            terms=[Term(words("电力消费", "electricity consumption"), used / 1e8, "10^8 kWh", query)], rule=words("NBS 能源平衡表 电力列", "NBS energy balance, column electricity"),
        )  # fmt: skip
    _non_fossil(table, book)  # before the balance's own rows are recorded: entered generation is complete by kind
    _sources(table, book)
    _self_sufficiency(table, book)


SOURCES = {
    "electricity_inflow": (("inflow", "import"), 1), "electricity_outflow": (("outflow", "export"), -1),
}  # fmt: skip
GENERATION = {
    "tr_power": "thermal",
    "prod_hydro": "hydro",
    "prod_nuclear": "nuclear",
    "prod_wind": "wind",
    "prod_solar": "solar",
}


def _sources(table: EnergyTable, book: MetricBook) -> None:
    """Generation by kind, inflow, outflow and net inflow, where the electricity column prints them."""
    where = {"entity": table.entity, "period": table.period}
    for flow, kind in GENERATION.items():
        kwh = table.cell(flow, "electricity", "physical")
        keys = {"item": "electricity", "category": kind}
        if kwh > 0 and book.value("electricity_generation", **where, **keys) is None:
            query = lines_query(**where, flow=flow, item="electricity", account="energy")
            book.add(
                "electricity_generation", kwh / 1e8, "10^8 kWh", **where, **keys, equation=words("平衡表 电力列", "balance, column electricity"),
                terms=[Term(coded("word", kind), kwh / 1e8, "10^8 kWh", query)], rule=words("NBS 能源平衡表", "NBS energy balance"),
            )  # fmt: skip
    for metric, (flows, sign) in SOURCES.items():
        kwh = sign * sum(table.cell(flow, "electricity", "physical") for flow in flows)
        if kwh and book.value(metric, **where) is None:
            query = lines_query(**where, flow=",".join(flows), item="electricity", account="energy")
            book.add(
                metric, kwh / 1e8, "10^8 kWh", **where, equation=words("平衡表 电力列", "balance, column electricity"),
                terms=[Term(coded("metric", metric), kwh / 1e8, "10^8 kWh", query)], rule=words("NBS 能源平衡表", "NBS energy balance"),
            )  # fmt: skip
    inflow = book.term(words("调入", "inflow"), "electricity_inflow", **where)
    outflow = book.term(words("调出", "outflow"), "electricity_outflow", **where)
    if None not in (inflow.value, outflow.value) and book.value("electricity_net_inflow", **where) is None:
        book.add(
            "electricity_net_inflow", (inflow.value or 0.0) - (outflow.value or 0.0), "10^8 kWh", **where,
            equation=words("调入 - 调出", "inflow - outflow"), terms=[inflow, outflow],
        )  # fmt: skip


def _self_sufficiency(table: EnergyTable, book: MetricBook) -> None:
    """Indigenous production (electricity at the coal rate) over total consumption."""
    where = {"entity": table.entity, "period": table.period}
    total = book.term(words("能源消费总量", "total energy consumption"), "energy_total", **where, basis="equivalent")
    k = book.value("coal_rate", **where)
    items = [item for item in table.net.index if item != "electricity"]
    made = table.row_sum("production", items)
    kwh = table.cell("production", "electricity", "physical")
    if not made or not total.value or k is None:
        return
    energy = (made + kwh * k / 1000) / WAN
    query = lines_query(**where, flow="production", account="energy")
    book.add(
        "self_sufficiency", 100 * energy / total.value, "%", **where, equation=words("一次能源生产量 / 能源消费总量 x 100", "primary energy production / total energy consumption x 100"),
        terms=[Term(words("一次能源生产量(等价值)", "primary energy production (coal equivalent value)"), energy, UNIT, query), total], rule=words("一次电力按发电煤耗", "primary electricity at the coal rate of generation"),
    )  # fmt: skip


def _non_fossil(table: EnergyTable, book: MetricBook) -> None:
    where = {"entity": table.entity, "period": table.period}
    terms = _generation(table, book)
    total = book.value("energy_total", **where, basis="equivalent")
    k = book.value("coal_rate", **where)
    if not terms or not total or not k:
        return
    kwh = sum(term.value or 0.0 for term in terms)
    for basis, rate in (("equivalent", k), ("calorific", K_CALORIFIC)):
        energy = kwh * 1e8 * rate / 1000 / WAN
        book.add(
            "non_fossil_energy", energy, UNIT, **where, basis=basis, equation=words("Σ 非化石发电量 x 折标系数", "Σ non-fossil generation x coefficient"),
            terms=[*terms, Term("k" if basis == "equivalent" else "0.1229", rate, "kgce/kWh")],
            rule=words("发电煤耗计算法", "coal equivalent calculation") if basis == "equivalent" else words("电热当量计算法", "calorific value calculation"),
        )  # fmt: skip
        book.add(
            "non_fossil_share", 100 * energy / (book.value("energy_total", **where, basis=basis) or float("nan")), "%",
            **where, basis=basis, equation=words("非化石能源消费量 / 能源消费总量 x 100", "non-fossil energy / total energy consumption x 100"),
            terms=[
                book.term(words("非化石能源", "non-fossil energy"), "non_fossil_energy", **where, basis=basis),
                book.term(words("能源消费总量", "total energy consumption"), "energy_total", **where, basis=basis),
            ],
            rule=words("本地非化石发电；外来电按来源另列", "local non-fossil generation; inflow stands apart by source"), note=words("未含外来非化石电力，除非已申报", "without non-fossil electricity from elsewhere unless declared"),
        )  # fmt: skip


PRINTED = 0.005
"""kinds that fall short of the balance's primary electricity by more than this are not all of it; the limit is ours"""


def _generation(table: EnergyTable, book: MetricBook) -> list[Term]:
    """Non-fossil generation in 10^8 kWh: entered generation by kind, else the primary electricity of the balance."""
    where = {"entity": table.entity, "period": table.period}
    kinds = {"item": "electricity"}
    given = [book.term(kind, "electricity_generation", **where, **kinds, category=kind) for kind in NON_FOSSIL]
    known = [term for term in given if term.value is not None]
    kwh = table.cell("production", "electricity", "physical")
    # biomass power is no primary electricity of the balance; the other kinds together are
    primary = sum(term.value or 0.0 for term in known if term.name != "biomass")
    if not kwh or primary * 1e8 >= kwh * (1 - PRINTED):
        return known
    query = lines_query(**where, flow="production", item="electricity", account="energy")
    whole = Term(words("一次电力", "primary electricity"), kwh / 1e8, "10^8 kWh", query)
    return [whole, *(term for term in known if term.name == "biomass")]

"""Total energy consumption of a place by both methods, and what is left out so that nothing counts twice.

当量值 (calorific value calculation): every carrier at its own heat. 等价值 (coal equivalent calculation, 发电煤耗
计算法): electricity that is not generated from the balance's own fuel (primary electricity and net inflow) at the
standard coal rate of thermal generation. Equations::

    E_cal = final + loss - transformation(net)                      (NBS balance, blocks 四 + 三 - 二)
    E_eq  = E_cal + W x (k - k_cal)      W = final + loss - thermal output of electricity
    k     = fuel input of thermal power / its output of electricity (domain rule: national before local balance)

Recovered energy (回收能: blast-furnace and converter gas, waste heat) is heat of fuel already counted. A balance
that prints it as the last row of block 二 nets it itself. One that prints it in block 一 (to about 2009) has it in its
published total, so our total holds it too and a second figure takes it off: only that compares with later tables.
Where the source has no such row, gas and heat with a positive net are left out and listed with their size.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from .energy_table import EnergyTable
from .metrics import MetricBook
from .recovered_gas import COLUMN, IN_SUPPLY, RECOVERY_ROWS
from .steps import EVERY, Term, items_query, lines_query
from .tables import UNCOUNTED
from .wording import coded, listed, words

K_CALORIFIC = 0.1229
"""tce per 10^3 kWh by calorific value, GB/T 2589-2020 table A.2"""
UNIT = "10^4 tce"
WAN = 1e4


@dataclass(frozen=True, slots=True)
class Rate:
    """The standard coal rate of thermal generation used for the coal equivalent value."""

    value: float
    """tce per kWh"""
    basis: str
    """prescribed, national_balance, local_balance, cec_generation"""
    source: str
    evidence: str
    of_table: bool = False
    """computed from the balance it is used for"""
    of_set: bool = False
    """taken from a factor set: `source` is the factor's id"""

    @property
    def ref(self) -> str:
        """Where a term for the rate leads."""
        return f"{'factor' if self.of_set else 'input'}:{self.source}"


def local_coal_rate(table: EnergyTable) -> Rate | None:
    """Return the rate of the balance itself: fuel input of thermal power over its electricity output.

    None where the balance prints no thermal output. Inputs are all carriers of the row 火力发电 but electricity.
    """
    fuels = [item for item in table.tce.columns if item != "electricity" and item in table.net.index]
    fuel_input = -table.row_sum("tr_power", fuels)
    output = table.cell("tr_power", "electricity", "physical")
    if output <= 0 or fuel_input <= 0:
        return None
    source = f"energy balance {table.entity} {table.period}, row 火力发电"
    return Rate(fuel_input / output, "local_balance", source, "derived", of_table=True)


def recovered_without_row(table: EnergyTable, gas: float = 0.0) -> list[str]:
    """Return the items whose positive net is recovered energy that the source does not book as such.

    A row 回收能 that is blank or 0 for an item books nothing for it. `gas` is the recovered part of the column 其他煤气
    (0..1): where it is not 0, what remains after the output of the gas works is recovered.
    """
    candidates = [*table.items("recovered_gas"), *([COLUMN] if gas > 0 else []), *table.items("recovered_heat")]
    candidates = [item for item in candidates if item in table.net.index]
    return [item for item in candidates if table.net_of([item]) > 0 and not _booked(table, item)]


def _booked(table: EnergyTable, item: str) -> bool:
    return any(table.cell(row, item, "physical") for row in RECOVERY_ROWS)


def recovery_printed(table: EnergyTable) -> float:
    """Return the recovered energy that the balance prints (tce)."""
    return sum(table.row_sum(row, table.net.index) for row in RECOVERY_ROWS)


def account(table: EnergyTable, rate: Rate | None, book: MetricBook, gas: float = 0.0) -> pd.DataFrame:
    """Record the totals of a place; return the rows of `uncounted` (recovered energy, items without coefficient).

    `gas` is the recovered part of the column 其他煤气 (recovered_gas.share).
    """
    if table.units.get("electricity", "kWh") != "kWh":
        # a standard-quantity table alone: the printed totals are all that can be said about the other method
        rate = None
    left_out = recovered_without_row(table, gas)
    counted = [item for item in table.net.index if item not in left_out]
    calorific = _calorific(table, counted, left_out, book)
    if rate is not None:
        _equivalent(table, calorific, rate, book)
    _printed_totals(table, book)
    _recovery(table, left_out, book)
    return pd.concat([_recovered_rows(table, left_out), _without_coefficient(table)], ignore_index=True)


def _calorific(table: EnergyTable, counted: list[str], left_out: list[str], book: MetricBook) -> float:
    where = {"entity": table.entity, "period": table.period}
    parts = {name: table.net_of(counted, name) for name in ("final", "loss", "transform")}
    names = {
        "final": words("终端消费量", "final consumption"),
        "loss": words("损失量", "losses"),
        "transform": words("加工转换净额", "transformation (net)"),
    }
    terms = [Term(names[name], value / WAN, UNIT, _whole(table, name, counted)) for name, value in parts.items()]
    total = parts["final"] + parts["loss"] - parts["transform"]
    note = (
        words("不含未单列的回收能：", "without recovered energy not listed: ")
        + listed(coded("carrier", item) for item in left_out)
        if left_out
        else ""
    )
    book.add(
        "energy_total", total / WAN, UNIT, **where, basis="calorific", note=note,
        equation=words("能源消费总量(当量值) = 终端消费量 + 损失量 - 加工转换投入产出净额", "total energy consumption (calorific value) = final consumption + losses - net transformation"),
        terms=terms, rule=words("NBS 能源平衡表 四 + 三 - 二", "NBS energy balance, blocks 4 + 3 - 2"),
    )  # fmt: skip
    return total


def _block(table: EnergyTable, top: str, items: list[str]) -> str:
    return lines_query(entity=table.entity, period=table.period, top=top, item=",".join(items), account="energy")


def _whole(table: EnergyTable, top: str, items: list[str]) -> str:
    return items_query(items, EVERY, entity=table.entity, period=table.period, top=top, account="energy")


def heat_rate(table: EnergyTable) -> float | None:
    """Return what heat plants put in for one unit of heat, both in tce; None where the balance prints no heat plants.

    The yearbook's coal equivalent table takes heat at this rate, so that its row 供热 adds up to nought (China Energy
    Statistical Yearbook 2008, standard-quantity balance of 2007, total by coal equivalent calculation).
    """
    inputs = -sum(min(0.0, table.cell("tr_heat", item)) for item in table.net.index)
    output = table.cell("tr_heat", "heat")
    return inputs / output if inputs > 0 and output > 0 else None


def electricity_not_from_fuel(table: EnergyTable) -> float:
    """Return electricity consumed beyond the balance's own thermal output (kWh): primary plus net inflow."""
    return table.net_of(["electricity"], "net_physical")


def _equivalent(table: EnergyTable, calorific: float, rate: Rate, book: MetricBook) -> None:
    where = {"entity": table.entity, "period": table.period}
    kwh = electricity_not_from_fuel(table)
    k_cal = table.net_of(["electricity"]) / kwh if kwh else K_CALORIFIC / 1000
    total = calorific + kwh * (rate.value - k_cal)
    k_key = book.add(
        "coal_rate", rate.value * 1000, "kgce/kWh", **where,
        evidence=rate.evidence, source=rate.source, note=coded("word", rate.basis),
        equation=words("k = 火力发电投入标准煤 / 火力发电量", "k = coal equivalent put into thermal power / thermal power generated"), terms=_rate_terms(table, rate),
        rule=words("发电煤耗计算法；由平衡表推得优先于汇编数", "coal equivalent calculation; the rate of the balance itself goes before compiled ones"),
    )  # fmt: skip
    w_key = book.add(
        "electricity_not_from_fuel", kwh / 1e8, "10^8 kWh", **where,
        equation=words("W = 电力终端消费量 + 损失量 - 火力发电量 = 一次电力 + 净调入", "W = final consumption + losses - thermal generation of electricity = primary electricity + net inflow"),
        terms=[Term(words("电力净消费", "net electricity"), kwh / 1e8, "10^8 kWh", _block(table, "", ["electricity"]))],
        rule=words("NBS 能源平衡表 电力列", "NBS energy balance, column electricity"),
    )  # fmt: skip
    cal_key = f"energy_total@{table.entity}:{table.period}?basis=calorific"
    book.add(
        "energy_total", total / WAN, UNIT, **where, basis="equivalent", evidence=rate.evidence,
        equation=words("能源消费总量(等价值) = 能源消费总量(当量值) + W x (k - 0.1229)", "total energy consumption (coal equivalent value) = total energy consumption (calorific value) + W x (k - 0.1229)"),
        terms=[
            Term(words("能源消费总量(当量值)", "total energy consumption (calorific value)"), calorific / WAN, UNIT, f"figure:{cal_key}"),
            Term(words("W 一次电力及净调入", "W primary electricity and net inflow"), kwh / 1e8, "10^8 kWh", f"figure:{w_key}"),
            Term(words("k 发电标准煤耗", "k coal rate of power generation"), rate.value * 1000, "kgce/kWh", f"figure:{k_key}"),
            Term(words("k当量 电力当量系数", "k(cal) calorific coefficient of electricity"), k_cal * 1000, "kgce/kWh", _block(table, "", ["electricity"])),
        ],
        rule=words("发电煤耗计算法 (CESY 表5-1 两种方法之差)", "coal equivalent calculation (difference of the two methods in CESY table 5-1)"),
    )  # fmt: skip


def _rate_terms(table: EnergyTable, rate: Rate) -> list[Term]:
    if not rate.of_table:
        return [Term(f"k（{coded('word', rate.basis)}）", rate.value * 1000, "kgce/kWh", rate.ref)]
    output = table.cell("tr_power", "electricity", "physical")
    fuels = [str(item) for item in table.net.index if item != "electricity"]
    where = {"entity": table.entity, "period": table.period, "flow": "tr_power", "account": "energy"}
    return [
        Term(
            words("火力发电投入", "fuel put into thermal power"),
            rate.value * output / WAN,
            UNIT,
            items_query(fuels, EVERY, **where),
        ),
        Term(
            words("火力发电量", "thermal power generated"),
            output / 1e8,
            "10^8 kWh",
            lines_query(item="electricity", **where),
        ),
    ]


def _printed_totals(table: EnergyTable, book: MetricBook) -> None:
    """Keep the totals that a standard-quantity balance prints itself beside ours."""
    for item, basis in (("energy_total_equivalent", "equivalent"), ("energy_total_calorific", "calorific")):
        printed = table.cell("total", item, "physical")
        if printed:
            book.add(
                "energy_total_printed", printed / WAN, UNIT, entity=table.entity, period=table.period, basis=basis,
                equation=words("平衡表印出的合计", "total as the balance prints it"), status="published",
                terms=[Term(words("能源消费总量", "total energy consumption"), printed / WAN, UNIT, _block(table, "total", [item]))],
            )  # fmt: skip


def _recovery(table: EnergyTable, left_out: list[str], book: MetricBook) -> None:
    where = {"entity": table.entity, "period": table.period}
    printed = recovery_printed(table)
    if printed:
        key = book.add(
            "recovered_energy", printed / WAN, UNIT, **where, note=words("平衡表单列的回收能", "recovered energy as the balance lists it"),
            equation=words("回收能 = 平衡表“回收能”行", "recovered energy = the row of that name in the balance"),
            terms=[Term(words("回收能", "recovered energy"), printed / WAN, UNIT, lines_query(**where, flow=",".join(RECOVERY_ROWS), account="energy"))],
        )  # fmt: skip
        if table.row_sum(IN_SUPPLY, table.net.index):
            _less_recovery(table, printed / WAN, key, book)
    for item in left_out:
        book.add(
            "recovered_energy", table.net_of([item]) / WAN, UNIT, **where, item=item,
            note=words("来源无“回收能”行，净额为正，不计入总量", "the source has no row of recovered energy; the net is positive and not counted in the total"),
            equation=words("终端消费量 + 损失量 - 加工转换净额 (>0)", "final consumption + losses - net transformation (> 0)"), terms=[table.term(coded("carrier", item), [item])],
            rule=words("回收能不是新增一次能源", "recovered energy is no new primary energy"),
        )  # fmt: skip


def _less_recovery(table: EnergyTable, recovered: float, key: str, book: MetricBook) -> None:
    """Record the totals without the recovered energy that the balance lists in its supply block."""
    where = {"entity": table.entity, "period": table.period}
    for basis in ("calorific", "equivalent"):
        total = book.term(words("能源消费总量", "total energy consumption"), "energy_total", **where, basis=basis)
        if total.value is not None:
            book.add(
                "energy_total_less_recovery", total.value - recovered, UNIT, **where, basis=basis,
                equation=words("能源消费总量 - 回收能", "total energy consumption - recovered energy"),
                rule=words("回收能不是新增一次能源", "recovered energy is no new primary energy"),
                terms=[total, Term(words("回收能", "recovered energy"), recovered, UNIT, f"figure:{key}")],
            )  # fmt: skip


def _recovered_rows(table: EnergyTable, items: list[str]) -> pd.DataFrame:
    rows = [
        {
            "row_id": f"net:{table.entity}/{table.period}/{item}", "entity": table.entity, "period": table.period,
            "item": item, "account": "energy", "reason": "recovered_energy",
            "quantity": table.net_of([item], "net_physical"), "unit": table.units.get(item, ""),
            "size": table.net_of([item]), "size_unit": "tce",
            "detail": words("来源无回收能行，净额为正：其热量已随焦炭、煤计入", "the source has no row of recovered energy and the net is positive: its heat is counted with coke and coal"),
        }
        for item in items
    ]  # fmt: skip
    return UNCOUNTED.conform(pd.DataFrame(rows, columns=[*UNCOUNTED.names]) if rows else UNCOUNTED.empty())


def _without_coefficient(table: EnergyTable) -> pd.DataFrame:
    bare = [
        item for item in table.net.index
        if abs(table.net_of([item], "net_physical")) > 0 and table.tce[item].isna().all()
    ]  # fmt: skip
    rows = [
        {
            "row_id": f"net:{table.entity}/{table.period}/{item}", "entity": table.entity, "period": table.period,
            "item": item, "account": "energy", "reason": "no_factor",
            "quantity": table.net_of([item], "net_physical"), "unit": table.units.get(item, ""),
            "detail": words("没有折标系数", "no standard-coal coefficient"),
        }
        for item in bare
    ]  # fmt: skip
    return UNCOUNTED.conform(pd.DataFrame(rows, columns=UNCOUNTED.names) if rows else UNCOUNTED.empty())

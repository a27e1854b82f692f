"""Recovered gas inside the column 其他煤气 (other gas) of an energy balance.

Balances before about 2010, and series built on them, put blast-furnace and converter gas into this column beside gas
made from coal (发生炉煤气, 制气). The carbon of the first is counted with coke; the carbon of the second left the coal at the
gas works and is counted where the gas burns. Per place and period::

    r = R / (R + W)            the balance books recovered energy R for the column (回收能)
    r = 0                      blast-furnace or converter gas stands in a column of its own
    r = max(0, 1 - W / B)      neither: what is burnt (B) beyond what the gas works and inflow supply (W) was recovered
    r = Σ declared shares      of blast-furnace and converter gas, where the workspace declares the mix

R, W, B are quantities of the column as printed; the printed heat value holds for both parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .energy_table import EnergyTable
from .metrics import MetricBook
from .steps import Term, lines_query
from .wording import words

COLUMN = "other_gas"
"""the column that may hold both"""
PART = "recovered_coal_gas"
"""the carrier that its recovered part becomes"""
IN_SUPPLY = "recovery"
RECOVERY_ROWS = (IN_SUPPLY, "tr_recovery")
"""回收能 in block 一 of old tables, in block 二 of later ones"""
MADE = ("tr_gasworks", "tr_coking", "tr_refining", "inflow", "import")
"""rows that bring gas whose carbon is counted nowhere else in the place"""
BURNT = ("tr_power", "tr_heat")
METRIC = "other_gas_recovered_share"


@dataclass(frozen=True, slots=True)
class Share:
    """The recovered part of the column in one place and period."""

    value: float
    """0..1"""
    equation: str
    terms: tuple[Term, ...]
    source: str = ""
    evidence: str = ""


def merged(table: EnergyTable) -> bool:
    """Tell whether the column may hold blast-furnace and converter gas: neither has a number of its own."""
    return not any(table.physical[item].fillna(0).any() for item in table.items("recovered_gas"))


def share(table: EnergyTable, declared: Share | None = None) -> Share | None:
    """Return the recovered part of the column; None where the table does not hold the column."""
    if COLUMN not in table.net.index:
        return None
    if declared is not None:
        return declared
    booked = sum(table.cell(row, COLUMN, "physical") for row in RECOVERY_ROWS)
    made = sum(max(table.cell(row, COLUMN, "physical"), 0.0) for row in MADE)
    works = _term(table, words("W 制气等产出及调入", "W output of gas works and inflow"), made, flow=",".join(MADE))
    if booked > 0:
        recovered = _term(table, words("R 回收能", "R recovered"), booked, flow=",".join(RECOVERY_ROWS))
        return Share(booked / (booked + made), "r = R / (R + W)", (recovered, works))
    if not merged(table):
        return Share(
            0.0, words("高炉、转炉煤气另有专列", "blast furnace and converter gas have columns of their own"), ()
        )
    burnt = [
        _term(table, words("终端消费", "final consumption"), table.net_of([COLUMN], "final_physical"), top="final"),
        _term(table, words("损失", "losses"), table.net_of([COLUMN], "loss_physical"), top="loss"),
        _term(table, words("发电、供热投入", "input to power and heat"), -_inputs(table), flow=",".join(BURNT)),
    ]
    burnt = [term for term in burnt if term.value]
    total = sum(term.value or 0.0 for term in burnt)
    if total <= 0:
        return None
    return Share(
        max(0.0, 1 - made / total),
        words("r = max(0, 1 - W / B)，B = Σ 消费", "r = max(0, 1 - W / B), B = Σ what is burnt"),
        (*burnt, works),
    )


def _inputs(table: EnergyTable) -> float:
    return sum(min(table.cell(row, COLUMN, "physical"), 0.0) for row in BURNT)


def _term(table: EnergyTable, name: str, value: float, **where: str) -> Term:
    query = lines_query(entity=table.entity, period=table.period, account="energy", item=COLUMN, **where)
    return Term(name, value, table.units.get(COLUMN, ""), query)


def record(table: EnergyTable, found: Share, book: MetricBook) -> None:
    """Record the share (%) with what it was taken from."""
    book.add(
        METRIC, 100 * found.value, "%", entity=table.entity, period=table.period, item=COLUMN,
        equation=found.equation, terms=list(found.terms), source=found.source, evidence=found.evidence,
        rule=words("高炉、转炉煤气的碳已随焦炭计入，不重复计算", "the carbon of blast furnace and converter gas is counted with coke, not twice"),
    )  # fmt: skip


def declared_share(of: Mapping[str, float], recovered: frozenset[str]) -> float:
    """Return the part of a declared mix that is recovered gas."""
    return sum(part for item, part in of.items() if item in recovered)

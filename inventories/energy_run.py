"""The energy account of a run: coal rate, totals, mix, uses, sectors, efficiencies, electricity; per place and year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from ..accounting import conversion, electricity, energy, energy_mix, energy_table, recovered_gas, units
from ..accounting.balance import with_top
from ..accounting.energy import Rate
from ..accounting.energy_table import EnergyTable
from ..accounting.metrics import MetricBook
from ..accounting.problems import Problem, Where
from ..accounting.recovered_gas import Share
from ..accounting.tables import UNCOUNTED
from ..accounting.wording import coded, listed, placed
from ..factors.library import FactorLibrary
from .accounts import PROCESS_FLOW, Account
from .frame import Book, Prepared
from .run_messages import MESSAGES
from .workspace.models import CoalRate, Inventory

GRAMS_PER_TCE = 1_000_000
NOT_BALANCE = (
    PROCESS_FLOW, "purchase", "stock", "consumption", "production_use", "other_use", "feedstock_use", "transport_use",
    "transformation_input", "transformation_output", "recovered", "sold",
)  # fmt: skip
"""flows of process methods and of form 205-1"""
USED = ("final", "loss", "transform")
"""blocks of a balance without which nothing is consumed on balance"""
CEC = "coal_rate/cec"


def tables(prepared: Prepared, account: Account, book: Book) -> tuple[list[EnergyTable], list[Problem]]:
    """Return the energy table of every place and year that has a balance, and the problems.

    MIXED-UNITS for an item in two kinds of unit; BALANCE-NONE for a place and year whose energy rows are no balance.
    """
    lines = account.lines
    rows = lines["line_id"].str.rsplit("/", n=2).str[0]
    tce = pd.Series(lines["value"].to_numpy() / GRAMS_PER_TCE, index=rows)
    frame, problems = _balances(prepared.frame, book)
    frame = frame.assign(tce=frame["row_id"].map(tce))
    # rows of a total column (煤合计) keep their place as printed totals
    printed = frame["item"].isin(list(book.totals)) & (frame["canonical"] == "tce")
    frame["tce"] = frame["tce"].where(~printed, frame["amount"])
    kinds = frame.groupby(["entity", "period", "item"])["canonical"].unique()
    mixed = kinds[kinds.map(len) > 1]
    problems += [
        MESSAGES.problem(
            "MIXED-UNITS",
            Where(),
            placed(entity, period, coded("carrier", item)),
            " / ".join(mixed[(entity, period, item)]),
        )
        for entity, period, item in mixed.index
    ]
    built = energy_table.build(frame, groups=book.items, parents=book.nodes, total_items=book.totals)
    return built, problems


def _balances(frame: pd.DataFrame, book: Book) -> tuple[pd.DataFrame, list[Problem]]:
    """Keep the rows of places and years with a balance; an enterprise's form is none, and its total is not 0."""
    tops = with_top(frame, book.nodes)["top"]
    place = [frame["entity"], frame["period"]]
    balance = tops.isin(list(USED)).groupby(place).transform("any")
    left = frame[~balance & (frame["flow"] != PROCESS_FLOW)]
    problems = [
        MESSAGES.problem(
            "BALANCE-NONE", Where.parse(str(rows["source"].iloc[0])), placed(entity, period),
            listed(coded("flow", flow) for flow in dict.fromkeys(rows["flow"])),
        )
        for (entity, period), rows in left.groupby(["entity", "period"], sort=True)
    ]  # fmt: skip
    return frame[balance & ~frame["flow"].isin(NOT_BALANCE)], problems


def account(
    tables_: Sequence[EnergyTable],
    inventory: Inventory,
    library: FactorLibrary,
    book: Book,
    metrics: MetricBook,
    gas: Mapping[tuple[str, str], Share],
) -> pd.DataFrame:
    """Record the energy metrics of every table; return what the totals leave out (tables.UNCOUNTED).

    `gas` holds the recovered part of the column 其他煤气 by entity and period.
    """
    out = [UNCOUNTED.empty()]
    for table in tables_:
        rate = coal_rate(table, inventory, library)
        share = gas.get((table.entity, table.period))
        if share is not None:
            recovered_gas.record(table, share, metrics)
        out.append(energy.account(table, rate, metrics, share.value if share else 0.0))
        energy_mix.fuels(table, metrics)
        energy_mix.coal_uses(table, metrics)
        energy_mix.sectors(table, metrics, book.sectors["six_intensive"])
        energy_mix.final_and_non_energy(table, metrics)
        conversion.efficiencies(table, metrics)
        electricity.record(table, metrics)
    return pd.concat(out, ignore_index=True)


def coal_rate(table: EnergyTable, inventory: Inventory, library: FactorLibrary) -> Rate | None:
    """Return the coal rate by the order of the rule: prescribed > national balance > local balance > CEC, flagged."""
    year = int(table.period[:4])
    prescribed = _prescribed(year, inventory)
    if prescribed is not None:
        return prescribed
    local = energy.local_coal_rate(table)
    if table.entity == "CN" and local is not None:
        return replace(local, basis="national_balance")
    if local is not None:
        return local
    entered = next((e for e in inventory.coal_rate if e.year == year and e.basis == "local_balance"), None)
    return _declared(entered) if entered else _cec(year, library)


def declared_rate(year: int, inventory: Inventory, library: FactorLibrary) -> Rate | None:
    """Return the rate for somebody without a balance: declared in any basis, else CEC's generation rate, flagged."""
    found = _prescribed(year, inventory)
    other = [entry for entry in inventory.coal_rate if entry.year == year]
    return found or (_declared(other[0]) if other else _cec(year, library))


def _prescribed(year: int, inventory: Inventory) -> Rate | None:
    declared = {entry.basis: entry for entry in inventory.coal_rate if entry.year == year}
    chosen = next((declared[basis] for basis in ("prescribed", "national_balance") if basis in declared), None)
    return _declared(chosen) if chosen else None


def _declared(entry: CoalRate) -> Rate:
    return Rate(entry.value / 1000, entry.basis, entry.source, entry.level)


def _cec(year: int, library: FactorLibrary) -> Rate | None:
    """The generation rate of plants of 6 MW and more; never the supply rate."""
    for factor in library.set(CEC).factors:
        if factor.year == year and factor.kind == "generation" and factor.value and factor.value.value:
            value = factor.value
            source = f"{CEC}#{factor.key()}"
            return Rate(
                float(factor.value.value) * units.factor(value.unit, "tce/kWh"),
                "cec_generation",
                source,
                value.evidence.value,
            )
    return None

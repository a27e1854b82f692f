"""The reviewer's checks of one computed account: each a small function from tables to comparisons with their ranges."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from ...accounting.energy import local_coal_rate
from ...accounting.energy_table import EnergyTable
from ...accounting.problems import Where
from ...accounting.review import Compared
from ...accounting.wording import coded, placed
from ..review_rules import limits
from ..run_messages import MESSAGES


def stat_diff(table: EnergyTable) -> Iterator[Compared]:
    """Check 3: the statistical difference of each carrier over its supply, where the balance prints both rows."""
    if "stat_diff" not in table.physical.index:
        return
    low, high = limits("stat_diff")
    for item in sorted(table.physical.columns):
        supply, difference = (table.cell(node, item, "physical") for node in ("supply", "stat_diff"))
        if not supply:
            continue
        share = 100 * difference / supply
        what = placed(table.entity, table.period, coded("carrier", item))
        told = MESSAGES.problem("DQ-STAT-DIFF", Where(), what, f"{abs(share):.1f} %", limit=f"{high:g}")
        yield Compared("stat_diff", share, low, high, table.entity, table.period, item, problem=told)


def efficiency(metrics: pd.DataFrame) -> Iterator[Compared]:
    """Check 4: the efficiency of each process that has a range."""
    for row in _of(metrics, "conversion_efficiency"):
        low, high = limits("efficiency", str(row["category"]))
        if high == float("inf"):
            continue
        what = f"{placed(row['entity'], row['period'], coded('flow', row['category']))}（{row['value']:.1f} %）"
        told = MESSAGES.problem("DQ-EFFICIENCY", Where(), what, f"{low:g}-{high:g} %")
        yield Compared(
            "efficiency", row["value"], low, high, row["entity"], row["period"], flow=str(row["category"]), problem=told
        )


def industry_sum(table: EnergyTable) -> Iterator[Compared]:
    """Check 6: the industries of a balance against its row of industry, all carriers in coal equivalent.

    A single cell that breaks a total is named when the table is read (SUM-MISMATCH).
    """
    whole, items = "final/IND", list(table.net.index)
    parts = [node for node in table.tce.index if table.parents.get(node) == whole]
    total = table.row_sum(whole, items)
    if parts and total:
        gap = 100 * (sum(table.row_sum(node, items) for node in parts) / total - 1)
        yield Compared("industry_sum", gap, *limits("industry_sum"), table.entity, table.period)


def above_size(metrics: pd.DataFrame) -> Iterator[Compared]:
    """Check 6: coal above designated size is a part of all coal."""
    low, high = limits("above_size")
    for row, whole in _pairs(metrics, "coal_consumption_above_size", "coal_consumption"):
        share = 100 * row["value"] / whole
        told = MESSAGES.problem(
            "DQ-ABOVE-SIZE", str(row["source"]) if "!" in str(row["source"]) else Where(), f"{row['value']:.10g}",
            f"{whole:.10g}", what=placed(row["entity"], row["period"]),
        )  # fmt: skip
        yield Compared("above_size", share, low, high, row["entity"], row["period"], problem=told)


def power_coal(table: EnergyTable) -> Iterator[Compared]:
    """Check 7: fuel put into thermal power over its electricity, gce/kWh. Heat stands in a row of its own."""
    rate = local_coal_rate(table)
    if rate is not None:
        low, high = limits("power_coal")
        value = GCE_PER_TCE * rate.value
        told = MESSAGES.problem("DQ-COAL-RATE", Where(), f"{value:.1f}", f"{low:g}-{high:g}")
        yield Compared("power_coal", value, low, high, table.entity, table.period, flow="tr_power", problem=told)


GCE_PER_TCE = 1e6
SALES = {"gas_sales": (("natural_gas",), 1e8), "motor_fuel_sales": (("gasoline", "diesel"), 1e4)}
"""metric of sales -> carriers it is entered for, canonical units of the carrier in its unit"""


def sales(table: EnergyTable, metrics: pd.DataFrame) -> Iterator[Compared]:
    """Check 8: what the balance uses of gas and motor fuel against what was sold in the place."""
    for metric, (items, scale) in SALES.items():
        low, high = limits(metric)
        for row in _of(metrics, metric):
            item = str(row["item"]) or items[0]
            used = table.net_of([item], "net_physical") / scale
            if (row["entity"], row["period"]) == (table.entity, table.period) and item in items and row["value"]:
                gap = 100 * (used / row["value"] - 1)
                told = MESSAGES.problem(
                    "DQ-SALES", str(row["source"]), f"{used:.6g} {row['unit']}", f"{row['value']:.6g} {row['unit']}",
                    what=placed(row["entity"], row["period"], coded("carrier", item)), gap=f"{gap:+.1f}", limit=f"{high:g}",
                )  # fmt: skip
                yield Compared(metric, gap, low, high, table.entity, table.period, item, problem=told)


TOTALS = ("energy_total_published", "energy_total")


def places(metrics: pd.DataFrame, parents: Mapping[str, str]) -> Iterator[Compared]:
    """Check 9: the totals of the places below against the total of the place. `parents`: place -> the one above."""
    low, high = limits("places")
    rows = metrics[metrics["metric"].isin(TOTALS) & (metrics["scenario"] == "") & metrics["value"].notna()]
    key = ["metric", "period", "basis", "vintage"]
    for _, own in rows.groupby(key, sort=True):
        values = dict(zip(own["entity"], own["value"], strict=True))
        for above, whole in values.items():
            below = [value for place, value in values.items() if parents.get(place) == above]
            if below and whole:
                gap, at = 100 * (sum(below) / whole - 1), own["period"].iloc[0]
                told = MESSAGES.problem(
                    "DQ-PLACES", Where(), f"{sum(below):.10g}", f"{whole:.10g}", what=placed(above, at),
                    gap=f"{gap:+.1f}", limit=f"{high:g}",
                )  # fmt: skip
                yield Compared("places", gap, low, high, str(above), str(at), problem=told)


def co2_energy(metrics: pd.DataFrame) -> Iterator[Compared]:
    """Check 12: CO2 per unit of energy, t/tce."""
    low, high = limits("co2_energy")
    for row in _of(metrics, "carbon_per_energy"):
        told = MESSAGES.problem("DQ-CO2-ENERGY", Where(), f"{row['value']:.2f}", f"{low:g}-{high:g}")
        yield Compared("co2_energy", row["value"], low, high, row["entity"], row["period"], problem=told)


def projects(metrics: pd.DataFrame) -> Iterator[Compared]:
    """Check 14: a large project on stream shows as a step of industry's energy, in per cent of what it uses."""
    low, high = limits("projects")
    industry = metrics[
        (metrics["metric"] == "energy_by_sector") & (metrics["sector"] == "IND") & (metrics["scenario"] == "")
    ]
    used = {(e, p, b): v for e, p, b, v in industry[["entity", "period", "basis", "value"]].itertuples(index=False)}
    new = metrics[(metrics["metric"] == "new_project_energy") & (metrics["scenario"] == "") & metrics["value"].notna()]
    for (entity, period, basis), own in new.groupby(["entity", "period", "basis"], sort=True):
        years = (str(period), str(int(str(period)[:4]) - 1))
        now, before = (used.get((entity, year, basis or "calorific")) for year in years)
        energy = float(own["value"].sum())
        if now is None or before is None or energy <= 0:
            continue
        told = MESSAGES.problem(
            "DQ-PROJECT", str(own["source"].iloc[0]), f"{energy:.6g}", f"{now - before:.6g}",
            what=placed(entity, period), limit=f"{low:g}",
        )  # fmt: skip
        yield Compared("projects", 100 * (now - before) / energy, low, high, str(entity), str(period), problem=told)


def _of(metrics: pd.DataFrame, name: str) -> list[dict[Hashable, Any]]:
    """Return the rows of a metric that have a value, scenarios left out."""
    rows = metrics[(metrics["metric"] == name) & (metrics["scenario"] == "") & metrics["value"].notna()]
    return rows.to_dict("records")


def _pairs(metrics: pd.DataFrame, part: str, whole: str) -> Iterator[tuple[dict[Hashable, Any], float]]:
    """Yield each total of a metric with the total of another of the same place, period and vintage."""
    key = ("entity", "period", "vintage", "category", "item", "sector")
    totals = {tuple(row[name] for name in key): row["value"] for row in _of(metrics, whole)}
    for row in _of(metrics, part):
        found = totals.get(tuple(row[name] for name in key))
        if found:
            yield row, found


def of_tables(tables: Sequence[EnergyTable], metrics: pd.DataFrame) -> list[Compared]:
    """Return the comparisons of every balance."""
    found: list[Compared] = []
    for table in tables:
        found += [*stat_diff(table), *industry_sum(table), *power_coal(table), *sales(table, metrics)]
    return found


def of_metrics(metrics: pd.DataFrame, parents: Mapping[str, str]) -> list[Compared]:
    """Return the comparisons of the named numbers."""
    return [
        *efficiency(metrics), *above_size(metrics), *places(metrics, parents), *co2_energy(metrics), *projects(metrics),
    ]  # fmt: skip

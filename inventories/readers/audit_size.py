"""Numbers that cannot be: what no place on Earth reaches (and would leave the exact integers the ledger is kept in),
divisors of 0, falls of 100 %.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...accounting import units
from ...accounting.problems import Problem
from ...accounting.tables import PARAMETERS
from ..audit_messages import MESSAGES
from ..codes import metrics, unit_of
from .sums import Label

MOST = {"t": 1e12, "tce": 1e12, "GJ": 1e13, "kWh": 1e16}
"""in the base unit of a carrier: a hundred times the world's yearly use of coal, of all energy; below 2^63 grams"""
MOST_PARAMETER = 1e3
"""GJ or tce per base unit, tC/GJ, shares: hydrogen has 120 GJ/t"""
MOST_ELSE = 1e15
"""m3; the values of metrics"""
DIVISORS = (
    "gdp_current", "gdp_constant", "population", "population_year_end", "energy_total", "energy_total_published",
    "electricity_consumption", "energy_intensity_published",
)  # fmt: skip


def scale(item: str, unit: str) -> float:
    """Return the factor from a unit to the base unit of a carrier or product, NaN where they are of two kinds."""
    base = unit_of(item)
    return units.factor(unit, base) if base and unit and units.same_kind(unit, base) else float("nan")


def scales(rows: pd.DataFrame) -> pd.Series:
    """Return `scale` of each row of an activity table; looked up once per distinct item and unit."""
    keys = rows[["item", "unit"]].drop_duplicates()
    found = {(i, u): scale(i, u) for i, u in zip(keys["item"], keys["unit"], strict=True)}
    return pd.Series([found[key] for key in zip(rows["item"], rows["unit"], strict=True)], rows.index, dtype="float64")


def huge_quantities(activity: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield a problem for each quantity or measured parameter beyond anything possible."""
    base = activity["item"].map({item: unit_of(item) for item in activity["item"].unique()})
    factor = scales(activity)
    # what is printed in coal equivalent is of another kind than its carrier
    in_tce = activity["unit"].str.endswith("tce")
    amount = activity["quantity"] * factor.where(~in_tce, 1e4).fillna(1.0)
    limit = base.map(MOST).where(~in_tce, MOST["tce"]).fillna(MOST_ELSE)
    yield from _beyond(activity, activity["quantity"], amount.abs() > limit, label)
    for parameter in PARAMETERS:
        values = activity[parameter.name]
        yield from _beyond(activity.assign(unit=parameter.name), values, values.abs() > MOST_PARAMETER, label)


HEAT = frozenset({"[tce_calorific]", "[tce_equivalent]", "[energy]"})
"""kinds whose amount is heat already"""
POSITIVE = {"oxidation": 1.0, "carbon_content": 0.1}
"""measured parameters above 0, and the most that is possible: 98 % is 0.98; coal has some 0.026 tC/GJ, blast furnace gas 0.07. The limit is ours"""


def odd_parameters(activity: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield a problem for each measured parameter that cannot be, or that belongs to tonnes and stands at heat."""
    kinds = {unit: bool(unit) and units.kind(unit) in HEAT for unit in activity["unit"].unique()}
    base = activity["item"].map({item: unit_of(item) for item in activity["item"].unique()})
    foreign = activity["unit"].map(kinds).astype(bool) & ~base.isin(["GJ", "kWh", "tce", ""])
    for parameter in PARAMETERS:
        values, most = activity[parameter.name], POSITIVE.get(parameter.name, MOST_PARAMETER)
        for _, row in activity[(values <= 0) | ((values > most) & (values <= MOST_PARAMETER))].iterrows():
            yield _parameter(row, parameter.name, f"0 < … ≤ {most:g}", label)
        per_tonne = parameter.name in ("ncv", "tce_factor")
        for _, row in activity[values.notna() & foreign & per_tonne].iterrows():
            yield _parameter(row, parameter.name, f"{unit_of(row['item'])} ({row['unit']})", label)


def _parameter(row: pd.Series, name: str, expected: str, label: Label) -> Problem:
    found = f"{name} {row[name]:.6g}"
    return MESSAGES.problem("PARAMETER-RANGE", row["source"], found, expected, label=label(row))


def impossible_values(frame: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield a problem for each metric beyond anything possible, each divisor of 0 and each fall of 100 %."""
    yield from _beyond(frame, frame["value"], frame["value"].abs() > MOST_ELSE, label)
    for _, row in frame[frame["metric"].isin(DIVISORS) & (frame["value"] == 0)].iterrows():
        yield MESSAGES.problem("NUMBER-ZERO", row["source"], "0", label=label(row))
    for _, row in frame[frame["value"] <= -100].iterrows():
        if metrics()[row["metric"]].kind == "rate":
            yield MESSAGES.problem("RATE-RANGE", row["source"], f"{row['value']:.10g}", label=label(row))


def _beyond(rows: pd.DataFrame, values: pd.Series, odd: pd.Series, label: Label) -> Iterator[Problem]:
    for _, row in rows.assign(number=values)[odd].iterrows():
        yield MESSAGES.problem("NUMBER-HUGE", row["source"], f"{row['number']:.4g} {row['unit']}", label=label(row))

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

MOST = {"t": 5e10, "tce": 1e11, "GJ": 5e12, "kWh": 2.5e15, "m3": 1e13}
"""in the base unit of a carrier: five and more times the world's yearly use of coal, of energy, of electricity, of gas"""
MOST_HEAT = 9e12
"""GJ of all rows of one place and period together: 15 times the world's energy, and below 2^63 kJ"""
HEAT_OF = {"t": 50.0, "tce": 29.3076, "GJ": 1.0, "kWh": 0.0036, "m3": 0.05}
"""GJ per base unit that nearly no fuel passes, for rows without a measured heat value; it only bounds their sum"""
MOST_PARAMETER = 1e3
"""GJ or tce per base unit, tC/GJ, shares: hydrogen has 120 GJ/t"""
MOST_ELSE = 1e15
"""the values of metrics"""
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
    """Yield a problem for each quantity or measured parameter beyond anything possible, alone or as their product.

    Lines are whole grams and kJ in 64 bits: what passes here stays inside them, each row and the sum of a place's year.
    """
    keys = activity[["item", "unit"]].drop_duplicates()
    bases = {(i, u): _base(i, u) for i, u in zip(keys["item"], keys["unit"], strict=True)}
    found = pd.DataFrame(
        [bases[key] for key in zip(activity["item"], activity["unit"], strict=True)],
        index=activity.index, columns=["factor", "base"],
    )  # fmt: skip
    amount = (activity["quantity"] * found["factor"]).abs()
    limit = found["base"].map(MOST).fillna(MOST_ELSE)
    huge = amount > limit
    yield from _beyond(activity, activity["quantity"], huge, label)
    for parameter in PARAMETERS:
        values = activity[parameter.name]
        odd = values.abs() > MOST_PARAMETER
        yield from _beyond(activity.assign(unit=parameter.name), values, odd, label)
        huge |= odd
    heat = amount * found["base"].map(HEAT_OF).fillna(0.0)
    measured = activity["ncv"].fillna(activity["tce_factor"] * HEAT_OF["tce"]).abs()
    yield from _too_hot(activity.assign(heat=heat.where(measured.isna(), amount * measured))[~huge], label)


def _base(item: str, unit: str) -> tuple[float, str]:
    """Return the factor from a unit to one whose limit is known, and that unit; (1, '') where there is none."""
    for base in (unit_of(item), "tce", "tce_eq", "GJ"):
        if base and unit and units.same_kind(unit, base):
            return units.factor(unit, base), base.removesuffix("_eq")
    return 1.0, ""


def _too_hot(activity: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield a problem at the largest row of each place and period whose heat is more than the world has."""
    total = activity.groupby(["entity", "period"])["heat"].transform("sum")
    for _, rows in activity[total > MOST_HEAT].groupby(["entity", "period"], sort=False):
        row = rows.nlargest(1, "heat").iloc[0]
        yield MESSAGES.problem("NUMBER-HUGE", row["source"], f"{row['heat']:.4g} GJ", label=label(row))


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

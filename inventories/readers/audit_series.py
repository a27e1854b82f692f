"""A series beside its own other years: a turned sign, a power of ten, a missing year; shares that are no shares.

Limits are data of this module, from practice (recalled): a regional series seldom changes by more than a factor of four
in a year, so that a value five times or more away from the line through its neighbours is looked at.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd

from ...accounting.problems import Problem
from ...accounting.tables import METRIC_KEY
from ..audit_messages import MESSAGES as AUDIT
from ..codes import metrics
from ..messages import MESSAGES
from .sums import Label

KEY = [name for name in METRIC_KEY if name != "period"]
SIGNED = frozenset({
    "energy_increment", "energy_method_difference", "energy_saving", "energy_elasticity", "electricity_elasticity",
    "electricity_not_from_fuel", "electricity_net_inflow", "heat_net_inflow", "co2_electricity", "co2_heat",
    "co2_energy_with_electricity", "co2_approach_difference", "coal_cut_published", "energy_room", "carbon_room",
    "co2_assessment_2025",
})  # fmt: skip
"""amounts and ratios that may be negative"""
OFF = math.log10(5)
SMOOTH = math.log10(4)
"""largest change of the other values in one year"""
STEADY = {
    "population": 0.08, "population_year_end": 0.08, "energy_total_published": 0.25, "energy_total": 0.25,
    "electricity_consumption": 0.25, "gdp_current": 0.35,
}  # fmt: skip
"""relative distance from the line through its neighbours that a whole region's figure seldom shows"""
FITS = 0.4
"""decimal orders of magnitude that may be left after the power of ten is taken off"""
SHARES = ("energy_share", "coal_share", "non_fossil_share", "electrification", "coal_for_power_share")
SHARE_SLACK = 0.5
"""percentage points: shares printed to one or two decimals"""


def signs(frame: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield a problem for each negative amount, level or ratio that cannot be negative."""
    for _, row in frame[frame["value"] < 0].iterrows():
        if metrics()[row["metric"]].kind in ("amount", "level", "ratio") and row["metric"] not in SIGNED:
            yield MESSAGES.problem("NEGATIVE", row["source"], f"{row['value']:.10g}", "≥ 0", label=label(row))


def neighbours(frame: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield a problem for the yearly value of a series that is farthest off the line through its neighbours.

    Some power of ten off is a slip of scale; figures of a whole region that are steady may not even be a fraction off.
    """
    rows = _yearly(frame[frame["value"] > 0])
    sizes = np.log10(rows["value"]).groupby([rows[name] for name in KEY], sort=False)
    limit = np.log10(1 + rows["metric"].map(STEADY).fillna(4.0))
    wide = sizes.transform("count").ge(3) & (sizes.transform("max") - sizes.transform("min")).ge(limit)
    for _, own in rows[wide].groupby(KEY, sort=False):
        found = [(abs(apart), at, apart) for at, apart in _apart(own.sort_values("year"))]
        if found:
            _, at, apart = max(found)
            yield _odd(own.loc[at], apart, label)


def _yearly(frame: pd.DataFrame) -> pd.DataFrame:
    kinds = frame["metric"].map({name: metrics()[name].kind for name in frame["metric"].unique()})
    rows = frame[frame["period"].str.fullmatch(r"\d{4}") & kinds.isin(["amount", "level"])]
    return rows.assign(year=rows["period"].astype("int64")).drop_duplicates([*KEY, "year"])


def _apart(own: pd.DataFrame) -> Iterator[tuple[int, float]]:
    """Yield (row, decimal orders of magnitude off the others) for each odd value; the others must be smooth."""
    steady = STEADY.get(str(own["metric"].iloc[0]))
    years, order = own["year"].to_numpy(dtype="float64"), np.log10(own["value"].to_numpy(dtype="float64"))
    for number, at in enumerate(own.index):
        rest = np.arange(len(years)) != number
        slopes = np.diff(order[rest]) / np.diff(years[rest])
        if np.abs(slopes).max() > (math.log10(1 + steady) if steady else SMOOTH):
            continue
        if steady and np.abs(years[rest] - years[number]).min() > 1:
            continue
        apart = order[number] - _expected(years[number], years[rest], order[rest], float(np.median(slopes)))
        if _is_power(apart) or (steady and abs(apart) > math.log10(1 + steady)):
            yield at, apart


def _is_power(apart: float) -> bool:
    return abs(apart) >= OFF and abs(abs(apart) - round(abs(apart))) <= FITS


def _expected(year: float, years: np.ndarray, order: np.ndarray, slope: float) -> float:
    """The line through the neighbours; beyond the ends the series goes on by its median change."""
    if year < years[0]:
        return float(order[0] - slope * (years[0] - year))
    if year > years[-1]:
        return float(order[-1] + slope * (year - years[-1]))
    return float(np.interp(year, years, order))


def _odd(row: pd.Series, apart: float, label: Label) -> Problem:
    found = f"{row['value']:.10g}"
    if not _is_power(apart):
        return AUDIT.problem(
            "SERIES-JUMP", row["source"], found, f"{row['value'] / 10**apart:.4g}", label=label(row)
        )  # fmt: skip
    power = round(abs(apart))
    code, fitting = (
        ("SCALE-SLIP", row["value"] / 10**power) if apart > 0 else ("SCALE-SLIP-SMALL", row["value"] * 10**power)
    )
    times = f"{10**power:,}".replace(",", " ")
    return MESSAGES.problem(code, row["source"], found, f"{fitting:.4g}", label=label(row), times=times)


def gaps(frame: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield a problem for each year that a series lacks between two of its years, at the row after the gap.

    Only years that another series of the place has: a yearbook table of every fifth year has no gaps.
    """
    rows = frame[frame["period"].str.fullmatch(r"\d{4}")]
    rows = rows.assign(year=rows["period"].astype("int64")).sort_values("year", kind="stable")
    years = rows.groupby(KEY, sort=False)["year"]
    rows = rows.assign(before=years.shift(), many=years.transform("nunique") >= 3)
    known = {entity: set(own) for entity, own in rows.groupby("entity")["year"]}
    for _, row in rows[rows["many"] & (rows["year"] - rows["before"] > 1)].iterrows():
        between = range(int(row["before"]) + 1, row["year"])
        missing = ", ".join(str(year) for year in between if year in known[row["entity"]])
        if missing:
            yield AUDIT.problem("SERIES-GAP", row["source"], missing, label=label(row))


def short(frame: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield a problem for each series that ends before most other series of its metric and place do."""
    rows = frame[frame["period"].str.fullmatch(r"\d{4}")].sort_values("period", kind="stable")
    ends = rows.drop_duplicates(KEY, keep="last")
    for _, own in ends.groupby(["entity", "scenario", "metric"], sort=False):
        last = own["period"].max()
        usual = (own["period"] == last).mean() > 0.5
        for _, row in own[own["period"] < last].iterrows() if usual and len(own) >= 3 else ():
            yield AUDIT.problem("SERIES-SHORT", row["source"], row["period"], last, label=label(row))


def shares(frame: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield a problem for a share outside 0-100 %, and for a breakdown whose shares do not sum to 100 %."""
    rows = frame[frame["metric"].isin(SHARES)]
    for _, row in rows[rows["value"] > 100].iterrows():
        yield AUDIT.problem("SHARE-RANGE", row["source"], f"{row['value']:.10g}", "0-100", label=label(row))
    parts = rows[(rows["item"] != "") & ~rows["item"].isin(["fossil", "non_fossil"])]
    for _, own in parts.groupby([name for name in METRIC_KEY if name != "item"], sort=False):
        total = float(own["value"].sum())
        short = total < 100 - SHARE_SLACK and len(own) >= 4
        if total > 100 + SHARE_SLACK or short:
            yield from _whole(own, total, label)


def _whole(own: pd.DataFrame, total: float, label: Label) -> Iterator[Problem]:
    """The one share that is a power of ten off or has its sign turned, else the whole breakdown."""
    fits = [
        at
        for at, value in enumerate(own["value"])
        for other in (-value, *(value * 10**power for power in (-4, -3, -2, -1, 1, 2, 3, 4)))
        if abs(total - value + other - 100) <= SHARE_SLACK and other > 0
    ]
    row = own.iloc[fits[0]] if len(fits) == 1 else own.iloc[0]
    cells = ", ".join(own["source"])
    yield AUDIT.problem("SHARES-SUM", row["source"], f"{total:.10g}", "100", label=label(row), cells=cells)

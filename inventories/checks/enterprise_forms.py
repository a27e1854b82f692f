"""Audit of the enterprise forms (205-1, 205-2): errors and queries, each at its cell.

Ranges of the standard-coal coefficient are those of the audit rules (reference values of the yearbook's appendix,
ranges recalled from practice).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from ...accounting.problems import Problem, Where
from ..enterprise_messages import MESSAGES

TOLERANCE = 1e-3
"""relative: forms are filled to two decimals"""
PLACE = ["entity", "period", "item"]
RANGES = {
    "raw_coal": (0.35, 1.0), "cleaned_coal": (0.75, 1.0), "other_washed_coal": (0.2, 0.6), "coke": (0.92, 1.0),
    "natural_gas": (1.1e-3, 1.33e-3), "crude_oil": (1.4, 1.45), "gasoline": (1.45, 1.5), "kerosene": (1.45, 1.5),
    "diesel": (1.43, 1.48), "lpg": (1.68, 1.75), "heat": (0.0340, 0.0342), "electricity": (1.228e-4, 1.230e-4),
}  # fmt: skip
"""tce per canonical unit (t, m3, GJ, kWh)"""


def check(rows: pd.DataFrame, frame: pd.DataFrame, kinds: Mapping[str, str]) -> list[Problem]:
    """Return the findings. `rows` are the rows counted; `frame` is everything that was read (with stocks and totals)."""
    return [
        *_parts(frame), *_kinds(frame, kinds), *_opening(frame), *_falls(frame), *_stock(frame), *_coefficients(rows),
        *_months(frame),
    ]  # fmt: skip


def _parts(frame: pd.DataFrame) -> Iterator[Problem]:
    flows = frame[frame["flow"].isin(["consumption", "production_use", "other_use"])]
    wide = flows.pivot_table(index=PLACE, columns="flow", values="amount", aggfunc="sum")
    if not {"consumption", "production_use"} <= set(wide.columns):
        return
    wide = wide.reindex(columns=["consumption", "production_use", "other_use"])
    parts = wide["production_use"].fillna(0) + wide["other_use"].fillna(0)
    bad = (wide["consumption"] - parts).abs() > TOLERANCE * wide["consumption"].abs()
    for row in wide.assign(parts=parts)[bad].reset_index().to_dict("records"):
        where = _at(frame, row, "consumption")
        yield MESSAGES.problem("EF-PARTS", where, f"{row['consumption']:g}", f"{row['parts']:g}")


def _kinds(frame: pd.DataFrame, kinds: Mapping[str, str]) -> Iterator[Problem]:
    key = ["entity", "period", "flow", "item"]
    split = frame.assign(item=frame["item"].map(kinds)).dropna(subset=["item"])
    both = (
        frame.groupby(key)["amount"]
        .sum()
        .rename("own")
        .to_frame()
        .join(split.groupby(key)["amount"].sum(), how="inner")
    )
    bad = (both["own"] - both["amount"]).abs() > TOLERANCE * both["own"].abs()
    for row in both[bad].reset_index().to_dict("records"):
        where = _at(frame, row, str(row["flow"]))
        yield MESSAGES.problem("EF-KINDS", where, f"{row['item']} {row['own']:g}", f"{row['amount']:g}")


def _opening(frame: pd.DataFrame) -> Iterator[Problem]:
    opening = frame[(frame["flow"] == "stock") & frame["attributes"].str.contains("at=opening", regex=False)]
    for (_, _, item), part in opening.groupby(["entity", "year", "item"], sort=True):
        values = part["amount"].unique()
        if len(values) > 1:
            last = part.sort_values("period").iloc[-1]
            shown = " → ".join(f"{value:g}" for value in values)
            yield MESSAGES.problem("EF-OPENING", Where.parse(str(last["source"])), str(item), shown)


def _falls(frame: pd.DataFrame) -> Iterator[Problem]:
    """Year-to-date figures of one source, month after month."""
    source = frame["row_id"].str.rpartition("/")[0]
    months = frame[(frame["period"].str.len() > len("2023")) & (frame["flow"] != "stock") & frame["cumulative"]]
    order = months.assign(table=source[months.index]).sort_values("period")
    before = order.groupby(["entity", "year", "item", "flow", "attributes"])["amount"].shift()
    for row in order.assign(before=before)[order["amount"] < before * (1 - TOLERANCE)].to_dict("records"):
        where = Where.parse(str(row["source"]))
        yield MESSAGES.problem("EF-FALLS", where, f"{row['period']} {row['amount']:g}", f"{row['before']:g}")


def _stock(frame: pd.DataFrame) -> Iterator[Problem]:
    rows = frame[(frame["flow"] == "stock") & frame["item"].isin(["electricity", "heat"]) & (frame["amount"] != 0)]
    for item, source in zip(rows["item"], rows["source"], strict=True):
        yield MESSAGES.problem("EF-STOCK", Where.parse(str(source)), str(item))


def _coefficients(rows: pd.DataFrame) -> Iterator[Problem]:
    measured = rows.dropna(subset=["tce_factor"]).drop_duplicates(["item", "tce_factor", "period"])
    for item, value, source in zip(measured["item"], measured["tce_factor"], measured["source"], strict=True):
        low, high = RANGES.get(str(item), (0.0, float("inf")))
        if not low <= value <= high:
            yield MESSAGES.problem("EF-COEFFICIENT", Where.parse(str(source)), f"{item} {value:g}", f"{low:g}–{high:g}")


def totals(rows: pd.DataFrame, frame: pd.DataFrame) -> Iterator[Problem]:
    """Compare the printed 能源合计 (tce) with the sum over carriers; `rows` carry `tce`."""
    printed = frame[(frame["item"] == "energy_total") & frame["flow"].isin(["consumption", "production_use"])]
    sums = rows.groupby(["entity", "period", "flow"])["tce"].sum()
    for row in printed.to_dict("records"):
        ours = float(sums.get((row["entity"], row["period"], row["flow"]), 0.0))
        if abs(row["amount"] - ours) > TOLERANCE * abs(row["amount"]):
            yield MESSAGES.problem("EF-TOTAL", Where.parse(str(row["source"])), f"{row['amount']:g}", f"{ours:g}")


def _months(frame: pd.DataFrame) -> Iterator[Problem]:
    """Months beside the year of the same carrier and flow."""
    whole = frame[frame["period"].str.len() == len("2023")]
    months = frame[(frame["period"].str.len() > len("2023")) & ~frame["cumulative"]]
    key = ["entity", "year", "item", "flow", "attributes"]
    both = whole.merge(months.groupby(key)["amount"].sum().rename("months"), on=key)
    bad = both[(both["months"] - both["amount"]).abs() > TOLERANCE * both["amount"].abs()]
    for row in bad.to_dict("records"):
        what = f"{row['year']} {row['item']} {row['flow']} {row['months']:g}"
        yield MESSAGES.problem("EF-MONTHS", Where.parse(str(row["source"])), what, f"{row['amount']:g}")


def _at(frame: pd.DataFrame, place: Mapping[Any, Any], flow: str) -> Where:
    rows = frame[frame["flow"] == flow]
    for name in PLACE:
        rows = rows[rows[name] == place[name]]
    return Where.parse(str(rows["source"].iloc[0])) if len(rows) else Where()

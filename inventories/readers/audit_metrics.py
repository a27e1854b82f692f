"""Checks of the metrics table as it was read: doubles, slips of scale between years, prices."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ...accounting import review
from ...accounting.problems import Problem, ProblemList
from ...accounting.review import Compared
from ...accounting.tables import METRIC_KEY
from ...accounting.wording import coded, placed
from ..messages import MESSAGES
from .audit_identities import compare, identities
from .audit_series import gaps, neighbours, shares, short, signs
from .audit_size import impossible_values
from .audit_totals import covered, totals
from .audit_units import YEARS, odd_words, odd_years
from .sums import Label

GROWTH_SLACK = 0.3
"""percentage points by which implied and published growth may differ (both are rounded to 0.1)"""
SLIP = 2.5
"""decimal orders of magnitude between a value and the median of its other years that count as a slip"""


def audit_metrics(frame: pd.DataFrame, compared: list[Compared] | None = None) -> ProblemList:
    """Return the problems of a metrics table that was read; `compared` receives the reviewer's comparisons."""
    problems = ProblemList()
    if frame.empty:
        return problems
    problems.extend(_doubles(frame))
    once = frame[~frame.duplicated(list(METRIC_KEY))]
    broken = ProblemList([*_cells(once)])
    problems.extend(broken)
    # a cell that is wrong by itself is not reported again by what is computed with it
    sound = once[~once["source"].isin([str(problem.where) for problem in broken])]
    asked = compare(sound, _label)
    problems.extend([*review.problems(asked), *identities(sound, _label)])
    if compared is not None:
        compared += asked
    problems.extend(_prices(once))
    problems.extend(_growth(once))
    return problems


def _cells(frame: pd.DataFrame) -> Iterator[Problem]:
    """What a value shows beside the other cells of its table and series. A cell is named once."""
    named: set[str] = set()
    loose = frame[~covered(frame)]
    checks = (
        impossible_values(frame, _label), signs(frame, _label), totals(frame, _label),
        neighbours(loose, _label), shares(frame, _label),
        slips(frame, [name for name in METRIC_KEY if name != "period"], "value", _label),
        odd_years(frame, _label), odd_words(frame, _label),
        gaps(frame[frame["period"].str[:4].between(*YEARS)], _label), short(loose, _label),
    )  # fmt: skip
    for check in checks:
        found = [problem for problem in check if str(problem.where) not in named]
        named |= {str(problem.where) for problem in found}
        yield from found


def _label(row: pd.Series) -> str:
    what = (coded("metric", row["metric"]), coded("sector", row["sector"]), coded("carrier", row["item"]))
    return placed(row["entity"], row["period"], *what, coded("word", row["category"]))


def _doubles(frame: pd.DataFrame) -> Iterator[Problem]:
    key = list(METRIC_KEY)
    first = frame[~frame.duplicated(key)].set_index(key)["source"]
    again = frame[frame.duplicated(key)]
    if again.empty:
        return
    earlier = first.reindex(pd.MultiIndex.from_frame(again[key])).to_numpy()
    for at, other in zip(again.index, earlier, strict=True):
        row = again.loc[at]
        yield MESSAGES.problem("DUPLICATE-ROW", row["source"], f"{row['value']:.10g}", other, label=_label(row))


def slips(frame: pd.DataFrame, key: list[str], column: str, label: Label) -> Iterator[Problem]:
    """Yield a problem for each value that is some power of ten away from the median of its other periods.

    At least three periods are needed to tell which one is off.
    """
    sized = frame[(frame[column] != 0) & frame[column].notna()]
    order = np.log10(sized[column].abs())
    groups = order.groupby([sized[name] for name in key], sort=False)
    wide = groups.transform("count").ge(3) & (groups.transform("max") - groups.transform("min")).ge(SLIP)
    for _, rows in sized[wide].groupby(key, sort=False):
        for at in rows.index:
            others = order.loc[rows.index.drop(at)]
            apart = float(order[at] - others.median())
            if abs(apart) >= SLIP and others.max() - others.min() < SLIP:
                yield _slip(rows.loc[at], column, apart, label)


def _slip(row: pd.Series, column: str, apart: float, label: Label) -> Problem:
    power = round(abs(apart))
    times = f"{10**power:,}".replace(",", " ")
    code, fitting = (
        ("SCALE-SLIP", row[column] / 10**power) if apart > 0 else ("SCALE-SLIP-SMALL", row[column] * 10**power)
    )
    return MESSAGES.problem(code, row["source"], f"{row[column]:.10g}", f"{fitting:.4g}", label=label(row), times=times)


def _prices(frame: pd.DataFrame) -> Iterator[Problem]:
    """Constant-price GDP names its price year and differs from current-price GDP in every other year."""
    place = ["entity", "period", "scenario"]
    current = frame[frame["metric"] == "gdp_current"].drop_duplicates(place).set_index(place)["value"]
    constant = frame[frame["metric"] == "gdp_constant"]
    if constant.empty:
        return
    same = current.reindex(pd.MultiIndex.from_frame(constant[place])).to_numpy()
    for at, now in zip(constant.index, same, strict=True):
        row = constant.loc[at]
        if not row["price_year"]:
            yield MESSAGES.problem("PRICE-YEAR", row["source"], "", "2015, 2020 …", label=_label(row))
        elif row["price_year"] != row["period"] and row["value"] == now:
            yield MESSAGES.problem("CURRENT-PRICE", row["source"], f"{now:.10g}", row["price_year"], label=_label(row))


def _growth(frame: pd.DataFrame) -> Iterator[Problem]:
    """The growth that constant-price GDP implies is the published real growth."""
    growth = frame[frame["metric"] == "gdp_growth"].drop_duplicates(["entity", "period"])
    given = growth.set_index(["entity", "period"])["value"]
    constant = frame[(frame["metric"] == "gdp_constant") & frame["period"].str.fullmatch(r"\d{4}")]
    for _, rows in constant.groupby(["entity", "scenario", "price_year", "vintage"], sort=False):
        yearly = rows.drop_duplicates("period").set_index("period")
        values = {str(year): float(value) for year, value in yearly["value"].items()}
        for year, value in values.items():
            before, key = str(int(year) - 1), (str(rows["entity"].iloc[0]), year)
            if before in values and key in given.index:
                implied = (value / values[before] - 1) * 100
                yield from _compare(yearly.loc[[year]].iloc[0].copy(), year, implied, float(given.loc[[key]].iloc[0]))


def _compare(row: pd.Series, year: str, implied: float, published: float) -> Iterator[Problem]:
    if abs(implied - published) > GROWTH_SLACK:
        row["period"] = year
        yield MESSAGES.problem("PRICE-GROWTH", row["source"], f"{implied:.1f}", f"{published:g}", label=_label(row))

"""Printed totals against the sum of their printed parts, and the one cell that would explain a gap.

If a single part (or the total) off by a power of ten, or with its sign turned, closes the gap exactly, that cell is
named; otherwise the total is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from ...accounting.problems import Problem
from ..codes import node_parents
from ..messages import MESSAGES

SUMS = ("supply", "transform", "final", "final/IND", "final/RES")
"""nodes whose printed value is the sum of their printed parts; 一次能源生产量 lists only some of its parts"""
POWERS = (1, 2, 3, 4, 6, 8)
GROUP = ["entity", "period", "item", "marks", "unit"]
Label = Callable[[pd.Series], str]


def mismatches(activity: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield a problem for each total that is not the sum of its parts."""
    frame = activity[activity["quantity"].notna()]
    marks = frame["attributes"].str.replace("included_in=final", "", regex=False)
    frame = frame.assign(
        node=frame["flow"].where(frame["sector"] == "", frame["flow"] + "/" + frame["sector"]), marks=marks
    )
    parts = frame.assign(above=_above(frame))
    parts = parts[parts["above"].isin(SUMS)]
    totals = frame[frame["node"].isin(SUMS)].reset_index().set_index([*GROUP, "node"])["index"]
    totals = totals[~totals.index.duplicated()]
    sums = parts.groupby([*GROUP, "above"], sort=False)["quantity"].sum()
    at = totals.reindex(sums.index)
    sums, at = sums[at.notna()], at[at.notna()]
    gap = frame["quantity"].reindex(at).to_numpy() - sums
    groups = parts.groupby([*GROUP, "above"], sort=False).groups
    for key in sums.index[gap.abs() > 1e-9 * sums.abs()]:
        total = frame.loc[[at.loc[[key]].iloc[0]]].iloc[0]
        yield from _judge(total, parts.loc[groups[key]], label)


def _above(frame: pd.DataFrame) -> pd.Series:
    """The nearest node above each row that its place prints: the table's own tree, which may skip a level."""
    parents = node_parents()
    out = pd.Series("", index=frame.index)
    for _, place in frame.groupby(["entity", "period", "marks"], sort=False):
        printed = set(place["node"])
        nearest = {}
        for name in printed:
            above = parents.get(name, "")
            while above and above not in printed:
                above = parents.get(above, "")
            nearest[name] = above
        out.loc[place.index] = place["node"].map(nearest)
    return out


def _slack(values: list[float]) -> float:
    """What rounding explains: half a digit of each number's last place (two places at least), and a millionth."""
    rounding = sum(0.5 * 10.0 ** -min(max(_places(value), 2), 6) for value in values)
    return rounding + 1e-6 * max(abs(value) for value in values)


def _places(value: float) -> int:
    text = f"{value:.12g}"
    return 6 if "e" in text else len(text.partition(".")[2])


def _judge(total: pd.Series, parts: pd.DataFrame, label: Label) -> Iterator[Problem]:
    summed = float(parts["quantity"].sum())
    gap = float(total["quantity"]) - summed
    slack = _slack([float(total["quantity"]), *parts["quantity"].astype(float)])
    if abs(gap) <= slack:
        return
    found = list(_culprits(total, parts, gap, slack))
    if len(found) == 1:
        row, code, fitting, times = found[0]
        shown, wanted = f"{row['quantity']:.10g}", f"{fitting:.10g}"
        yield MESSAGES.problem(code, row["source"], shown, wanted, label=label(row), times=times)
    else:
        yield MESSAGES.problem(
            "SUM-MISMATCH", total["source"], f"{total['quantity']:.10g}", f"{summed:.10g}", label=label(total)
        )


def _culprits(
    total: pd.Series, parts: pd.DataFrame, gap: float, slack: float
) -> Iterator[tuple[pd.Series, str, float, str]]:
    """Yield each (row, code, fitting value, times) by which one cell alone would close the gap."""
    summed = float(parts["quantity"].sum())
    cells = [(row, float(row["quantity"]), float(row["quantity"]) + gap) for _, row in parts.iterrows()]
    cells.append((total, float(total["quantity"]), summed))
    for row, value, fitting in cells:
        near = slack + 1e-6 * abs(fitting)
        if value and abs(value + fitting) <= near:
            yield row, "SIGN-SLIP", fitting, ""
        for power in POWERS:
            if fitting and abs(value / 10**power - fitting) <= near and abs(fitting) > 10 * slack:
                yield row, "SCALE-SLIP", fitting, f"{10**power:,}".replace(",", " ")
            elif fitting and abs(value * 10**power - fitting) <= near and value:
                yield row, "SCALE-SLIP-SMALL", fitting, f"{10**power:,}".replace(",", " ")

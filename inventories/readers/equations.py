"""Totals as equations over cells, and the one cell whose change breaks several of them at once.

An equation says `total = sum of coef x part`. A wrong cell breaks every equation it stands in by the same amount and
no other: where the broken equations have one such cell in common, that cell is named; what one equation alone can tell
is left to its caller.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

SLIGHT = 1e-9
"""relative gap below which an equation is not looked at closer"""


@dataclass(frozen=True)
class Culprit:
    """A cell that alone closes every broken equation it stands in."""

    cell: int
    value: float
    fitting: float
    count: int
    """number of equations"""
    slack: float


@dataclass(frozen=True)
class Judgement:
    """What is broken: cells found, and equations (ids) that name no single cell."""

    culprits: list[Culprit]
    open: list[int]


def slack(values: list[float]) -> float:
    """Return what rounding explains: half a digit of each number's last place (two places at least), and a millionth."""
    rounding = sum(0.5 * 10.0 ** -min(max(_places(value), 2), 6) for value in values)
    return rounding + 1e-6 * max(abs(value) for value in values)


def _places(value: float) -> int:
    text = f"{value:.12g}"
    return 6 if "e" in text else len(text.partition(".")[2])


def gaps(terms: pd.DataFrame) -> pd.DataFrame:
    """Return the broken equations: index equation; columns gap (total minus parts) and slack.

    `terms` has one row per cell of an equation: equation, cell, value, coef (+1 for the total, minus its coefficient
    for a part).
    """
    signed = terms["value"] * terms["coef"]
    by = terms["equation"]
    gap, size = signed.groupby(by).sum(), signed.abs().groupby(by).max()
    odd = gap[gap.abs() > SLIGHT * size]
    some = terms[by.isin(odd.index)]
    limit = pd.Series({key: slack(list(part)) for key, part in some.groupby("equation")["value"]}, dtype="float64")
    frame = pd.DataFrame({"gap": odd, "slack": limit.reindex(odd.index)})
    return frame[frame["gap"].abs() > frame["slack"]]


def judge(terms: pd.DataFrame, broken: pd.DataFrame) -> Judgement:
    """Return the cells that explain two or more broken equations, and the equations left open."""
    left, found = broken, []
    while len(left) > 1:
        culprit = _common(terms, broken, left)
        if culprit is None:
            break
        found.append(culprit)
        left = left.drop(terms.loc[terms["cell"] == culprit.cell, "equation"], errors="ignore")
    return Judgement(found, [int(key) for key in left.index])


def _common(terms: pd.DataFrame, broken: pd.DataFrame, left: pd.DataFrame) -> Culprit | None:
    """The cell of most open equations, if all its equations are broken by the same amount; None where none or two fit."""
    inside = terms[terms["equation"].isin(left.index)]
    cells = inside["cell"].value_counts()
    fits = [culprit for cell in cells.index[cells > 1] for culprit in _fits(terms[terms["cell"] == cell], broken)]
    if not fits:
        return None
    most = max(culprit.count for culprit in fits)
    best = [culprit for culprit in fits if culprit.count == most]
    return best[0] if _apart(terms, best) else None


def _fits(own: pd.DataFrame, broken: pd.DataFrame) -> Iterator[Culprit]:
    if not own["equation"].isin(broken.index).all():
        return
    at = broken.loc[own["equation"]]
    change = at["gap"].to_numpy() / own["coef"].to_numpy()
    limit = float(at["slack"].sum())
    if np.ptp(change) > limit + 1e-6 * np.abs(change).max():
        return
    tightest = int(np.argmin(at["slack"].to_numpy()))
    value = float(own["value"].iloc[0])
    yield Culprit(int(own["cell"].iloc[0]), value, value - float(change[tightest]), len(own), limit)


def _apart(terms: pd.DataFrame, culprits: list[Culprit]) -> bool:
    """Tell whether the first culprit shares no equation with the others: two cells for one fault name neither."""
    first = set(terms.loc[terms["cell"] == culprits[0].cell, "equation"])
    others = [set(terms.loc[terms["cell"] == culprit.cell, "equation"]) for culprit in culprits[1:]]
    return not any(first & other for other in others)

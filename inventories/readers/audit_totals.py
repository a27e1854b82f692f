"""Totals of a metrics table against their parts: by item, by sector, by category, and the whole.

Most published inventories are tables with both margins, so that a wrong cell breaks a row total and a column total by
one amount and can be named.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...accounting.problems import Problem
from ...accounting.tables import METRIC_KEY
from ..audit_messages import MESSAGES
from ..codes import carriers, metrics, sectors
from . import equations
from .sums import Label, problems

PARTS = ("sector", "item", "category")
REST = [name for name in METRIC_KEY if name not in PARTS]
CLOSING = 0.5
"""a kind of total is a rule of the table if at least this share of its instances holds"""
PRINTED = 0.8
"""share of the rows (columns) with a total from which a missing one is remarked"""


def totals(frame: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield a problem for each cell or total of an amount that does not fit its table."""
    amounts = [name for name in frame["metric"].unique() if metrics()[name].kind == "amount"]
    rows = frame[frame["metric"].isin(amounts) & frame["value"].notna()]
    rows = _single(rows[covered(rows)])
    for _, own in rows.groupby([name for name in REST if name != "period"], sort=False):
        terms = _terms(own)
        if terms.empty:
            continue
        kept = _rules(terms)
        yield from _missing(terms[terms["kind"].isin(kept)], own, label)
        whole = terms[terms["kind"].isin(kept) & terms["complete"]]
        yield from problems(whole, own, "value", label)


def covered(frame: pd.DataFrame) -> pd.Series:
    """Return a mask of the cells that stand in a table with totals: their neighbours in time are not asked."""
    parted = frame[(frame[list(PARTS)] != "").any(axis=1)]
    whole = frame[(frame[list(PARTS)] == "").all(axis=1)]
    same = [name for name in REST if name != "period"]
    tables = pd.MultiIndex.from_frame(parted[same]).intersection(pd.MultiIndex.from_frame(whole[same]))
    return pd.Series(pd.MultiIndex.from_frame(frame[same]).isin(tables), index=frame.index)


def _single(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out items and sectors that are totals of others in the same table: they would count twice."""
    above = set(rows["sector"].map(lambda code: sectors()[code].parent if code in sectors() else "")) - {""}
    both = rows["sector"].isin(above & set(rows["sector"]))
    sums = rows["item"].isin([item for item in rows["item"].unique() if item in carriers() and _is_total(item)])
    return rows[~both & ~sums]


def _is_total(item: str) -> bool:
    return item.endswith("_total")


def _terms(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the equations of one metric: equation, kind, cell, value, coef, total, complete."""
    sector, item, category = (rows[name] != "" for name in PARTS)
    kinds = (
        ("sector", ["period", "sector"], sector & ~item & ~category, sector & (item | category)),
        ("item", ["period", "item"], ~sector & item & ~category, sector & item & ~category),
        ("category", ["period", "category"], ~sector & ~item & category, sector & ~item & category),
        ("by item", ["period"], ~sector & ~item & ~category, ~sector & (item | category)),
        ("by sector", ["period"], ~sector & ~item & ~category, sector & ~item & ~category),
    )  # fmt: skip
    parts = [_equations(rows, *kind) for kind in kinds]
    terms = pd.concat(parts, ignore_index=True)
    return terms.assign(equation=terms.groupby(["kind", "equation"], sort=False).ngroup())


def _equations(rows: pd.DataFrame, kind: str, key: list[str], total: pd.Series, part: pd.Series) -> pd.DataFrame:
    own = rows[total | part]
    is_total = total[own.index]
    name = own[key[0]] if len(key) == 1 else own[key[0]] + "/" + own[key[1]]
    frame = pd.DataFrame(
        {
            "kind": kind, "equation": name,
            "cell": own.index, "value": own["value"], "total": is_total, "coef": is_total.map({True: 1.0, False: -1.0}),
        }
    )  # fmt: skip
    ids = frame["equation"]
    some, with_total = ids.map((~frame["total"]).groupby(ids).sum()), ids.map(frame["total"].groupby(ids).any())
    # one part beside a total says nothing unless the other rows of the table have totals of several parts
    return frame.assign(complete=with_total & (some > 0))[some > 0]


def _rules(terms: pd.DataFrame) -> set[str]:
    """Kinds of total that the table keeps: they hold in most of their instances, or there are only one or two."""
    whole = terms[terms["complete"]]
    broken = equations.gaps(whole).index
    each = whole.drop_duplicates("equation")
    holds = (~each["equation"].isin(broken)).groupby(each["kind"])
    many = holds.size() > 2
    return set(holds.mean().index[(holds.mean() >= CLOSING) | ~many])


def _missing(terms: pd.DataFrame, rows: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """A row or column without its total although most others have one."""
    each = terms.drop_duplicates("equation")
    usual = each.groupby("kind")["complete"].mean()
    lacking = each[~each["complete"] & (each["kind"].map(usual) >= PRINTED)]
    for kind, equation in zip(lacking["kind"], lacking["equation"], strict=True):
        own = terms[terms["equation"] == equation]
        first = rows.loc[own["cell"].iloc[0]].copy()
        for name in PARTS:
            first[name] = first[name] if name == kind else ""
        shown = f"{own['value'].sum():.10g}"
        yield MESSAGES.problem("TOTAL-MISSING", first["source"], f"Σ {kind}", shown, label=label(first))

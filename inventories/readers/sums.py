"""Printed totals of a balance against the sum of their printed parts, and the one cell that would explain a gap.

A cell that breaks several totals by one amount is named (equations.py). Where one total alone is broken, a single part
(or the total) off by a power of ten, or with its sign turned, is named if it closes the gap exactly; else the total is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from ...accounting import units
from ...accounting.balance import INCLUDED_IN_FINAL, inside_final
from ...accounting.problems import Problem
from ..audit_messages import MESSAGES as AUDIT
from ..codes import node_parents
from ..messages import MESSAGES
from . import equations
from .equations import Culprit, slack

SUMS = ("supply", "transform", "final", "final/IND", "final/RES")
"""nodes whose printed value is the sum of their printed parts; 一次能源生产量 lists only some of its parts"""
CONSUMED = {"final": 1.0, "transform": -1.0}
"""消费量合计 = 终端消费 - 加工转换净额 (+ 损失, where the table counts it so)"""
POWERS = (1, 2, 3, 4, 6, 8)
GROUP = ["entity", "period", "item", "marks", "unit"]
TABLE = ["entity", "period", "marks"]
USUAL = 0.8
"""share of the columns of a table with a total (with parts) from which a missing one is remarked"""
LEAST = 0.01
"""total or sum that is not remarked: the last digit of most tables"""
Label = Callable[[Any], str]
"""the words for a row, given as a Series or a record"""


def mismatches(activity: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield a problem for each total that is not the sum of its parts, or for the one cell that explains it."""
    frame = _one_unit(activity[activity["quantity"].notna()])
    marks = frame["attributes"].str.replace(INCLUDED_IN_FINAL, "", regex=False)
    node = frame["flow"].where(frame["sector"] == "", frame["flow"] + "/" + frame["sector"])
    frame = frame.assign(node=node, marks=marks)
    parts = pd.concat([_below(frame), _consumed(frame)])
    totals = frame[frame["node"].isin([*SUMS, "total"])].drop_duplicates([*GROUP, "node"])
    totals = totals.assign(above=totals["node"], coef=1.0)
    lacking = _lacking(parts, totals)
    yield from _missing(lacking, parts, totals, label)
    # 消费量合计 says nothing where the total it is made of is itself missing
    columns = pd.MultiIndex.from_frame(lacking[GROUP])
    open_ = pd.MultiIndex.from_frame(parts[GROUP]).isin(columns) & (parts["above"] == "total").to_numpy()
    both = pd.concat([totals, parts[~open_].assign(coef=-parts["coef"])])
    terms = _terms(both, [*GROUP, "above"])
    yield from problems(terms, frame, "quantity", label)


def _below(frame: pd.DataFrame) -> pd.DataFrame:
    parts = frame.assign(above=_above(frame), coef=1.0)
    return parts[parts["above"].isin(SUMS)]


def _terms(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Rows with `above` and `coef` as terms; equations that lack a total or any part leave."""
    terms = rows.assign(cell=rows.index, value=rows["quantity"]).reset_index(drop=True)
    terms["equation"] = terms.groupby(key, sort=False).ngroup()
    terms = terms[["equation", "cell", "value", "coef", "node", "above"]]
    own = terms["node"] == terms["above"]
    ids = set(terms.loc[own, "equation"]) & set(terms.loc[~own, "equation"])
    return terms[terms["equation"].isin(ids)].assign(total=own)


def problems(terms: pd.DataFrame, frame: pd.DataFrame, column: str, label: Label) -> Iterator[Problem]:
    """Yield the problems of the equations `terms` (equations.gaps; `total` marks the total) over the cells of `frame`."""
    broken = equations.gaps(terms)
    verdict = equations.judge(terms, broken)
    for culprit in verdict.culprits:
        yield _named(row_at(frame, culprit.cell), culprit, label)
    # a cell that stands in another total that holds is sound
    sound = set(terms.loc[~terms["equation"].isin(broken.index), "cell"])
    for key in verdict.open:
        own = terms[terms["equation"] == key]
        yield from _judge(own, sound, frame, column, label)


def _named(row: pd.Series, culprit: Culprit, label: Label) -> Problem:
    """The problem of a cell that several totals agree on: a turned sign, a power of ten, or another value."""
    shown, wanted = f"{culprit.value:.10g}", f"{culprit.fitting:.10g}"
    for code, times in _kinds(culprit.value, culprit.fitting, culprit.slack):
        return MESSAGES.problem(code, row["source"], shown, wanted, label=label(row), times=times)
    return AUDIT.problem("VALUE-ODD", row["source"], shown, wanted, label=label(row), count=culprit.count)


def _one_unit(frame: pd.DataFrame) -> pd.DataFrame:
    """Bring the rows of an item that stand in several units of one kind to the commonest of them."""
    mixed = frame.groupby("item")["unit"].nunique()
    rows = frame[frame["item"].isin(mixed.index[mixed > 1]) & (frame["unit"] != "")]
    if rows.empty:
        return frame
    common = rows.groupby("item")["unit"].agg(lambda texts: texts.value_counts().index[0])
    pairs = rows[["item", "unit"]].drop_duplicates()
    pairs = pairs[[units.same_kind(u, common[i]) for i, u in zip(pairs["item"], pairs["unit"], strict=True)]]
    factor = {(i, u): units.factor(u, common[i]) for i, u in zip(pairs["item"], pairs["unit"], strict=True)}
    keys = pd.Series(list(zip(frame["item"], frame["unit"], strict=True)), index=frame.index)
    to = frame["item"].map(common).where(keys.isin(list(factor)), frame["unit"])
    return frame.assign(quantity=frame["quantity"] * keys.map(factor).fillna(1.0), unit=to)


def _above(frame: pd.DataFrame) -> pd.Series:
    """The nearest node above each row that its place prints: the table's own tree, which may skip a level."""
    parents = node_parents()
    out = pd.Series("", index=frame.index)
    for _, place in frame.groupby(TABLE, sort=False):
        printed = set(place["node"])
        nearest = {}
        for name in printed:
            above = parents.get(name, "")
            while above and above not in printed:
                above = parents.get(above, "")
            nearest[name] = above
        out.loc[place.index] = place["node"].map(nearest)
    return out


def _consumed(frame: pd.DataFrame) -> pd.DataFrame:
    """Parts of 消费量合计 for tables in which most columns follow the rule, with the loss counted or not."""
    rows = frame[frame["node"].isin([*CONSUMED, "loss", "total"])].drop_duplicates([*GROUP, "node"])
    if "total" not in set(rows["node"]):
        return rows.iloc[:0].assign(above="total", coef=0.0)
    lost = (rows["node"] == "loss") & ~inside_final(rows["attributes"])
    without = rows.assign(above="total", coef=rows["node"].map(CONSUMED).fillna(0.0))
    with_loss = without.assign(coef=without["coef"].where(~lost, 1.0))
    shares = {name: _closing(option) for name, option in (("without", without), ("with", with_loss))}
    best = shares["without"].ge(shares["with"])
    chosen = pd.MultiIndex.from_frame(rows[TABLE])
    keep = pd.Series(shares["without"].combine(shares["with"], max).ge(USUAL).reindex(chosen).to_numpy(), rows.index)
    plain = pd.Series(best.reindex(chosen).to_numpy(), rows.index)
    out = without.assign(coef=without["coef"].where(plain, with_loss["coef"]))
    return out[keep & (out["coef"] != 0)]


def _closing(option: pd.DataFrame) -> pd.Series:
    """Share of the columns of each table whose total is the signed sum of its parts."""
    value = option["quantity"] * option["coef"].where(option["node"] != "total", -1.0)
    key = [option[name] for name in GROUP]
    gap, size = value.groupby(key).sum().abs(), value.abs().groupby(key).max()
    printed = (option["node"] == "total").groupby(key).any()
    closes = (gap <= 0.05 + 1e-6 * size)[printed]
    return closes.groupby(level=TABLE).mean()


def _lacking(parts: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Sums whose total is not printed in one column, where most others of its table have it: GROUP, above, amount."""
    key = [*GROUP, "above"]
    sums = parts.assign(amount=parts["quantity"] * parts["coef"]).groupby(key, sort=False)["amount"].sum().reset_index()
    printed = pd.Series(pd.MultiIndex.from_frame(sums[key]).isin(pd.MultiIndex.from_frame(totals[key])), sums.index)
    share = printed.groupby([sums[name] for name in (*TABLE, "above")]).transform("mean")
    return sums[~printed & (share >= USUAL) & (sums["amount"].abs() > LEAST)]


def _missing(lacking: pd.DataFrame, parts: pd.DataFrame, totals: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield totals that one column lacks, and totals that lack their parts there."""
    key = [*GROUP, "above"]
    for _, sum_ in lacking.iterrows():
        first = parts[(parts[key] == sum_[key]).all(axis=1)].iloc[0].copy()
        first["flow"], _, first["sector"] = str(sum_["above"]).partition("/")
        shown = f"{sum_['amount']:.10g}"
        yield AUDIT.problem("TOTAL-MISSING", first["source"], sum_["above"], shown, label=label(first))
    whole = totals.assign(parted=pd.MultiIndex.from_frame(totals[key]).isin(pd.MultiIndex.from_frame(parts[key])))
    share = whole.groupby([*TABLE, "above"])["parted"].transform("mean")
    for _, top in whole[~whole["parted"] & (share >= USUAL) & (whole["quantity"].abs() > LEAST)].iterrows():
        yield AUDIT.problem("PARTS-MISSING", top["source"], f"{top['quantity']:.10g}", label=label(top))


def _judge(own: pd.DataFrame, sound: set[int], frame: pd.DataFrame, column: str, label: Label) -> Iterator[Problem]:
    """The problem of one broken total: the one cell that explains it, else the total."""
    signed = own.loc[~own["total"], "value"] * -own.loc[~own["total"], "coef"]
    top = own[own["total"]].iloc[0]
    summed, printed = float(signed.sum()), float(top["value"])
    doubted = own[~own["cell"].isin(sound)]
    limit = slack(list(own["value"].astype(float)))
    found = list(_culprits(doubted, printed - summed, limit))
    if len(found) == 1:
        cell, code, fitting, times = found[0]
        row = row_at(frame, cell)
        shown, wanted = f"{row[column]:.10g}", f"{fitting:.10g}"
        yield MESSAGES.problem(code, row["source"], shown, wanted, label=label(row), times=times)
    elif len(doubted) == 1:
        cell, value = int(doubted["cell"].iloc[0]), float(doubted["value"].iloc[0])
        fitting = value - (printed - summed) / float(doubted["coef"].iloc[0])
        yield _named(row_at(frame, cell), Culprit(cell, value, fitting, 1, limit), label)
    else:
        row = row_at(frame, int(top["cell"]))
        yield MESSAGES.problem("SUM-MISMATCH", row["source"], f"{printed:.10g}", f"{summed:.10g}", label=label(row))


def row_at(frame: pd.DataFrame, cell: int) -> pd.Series:
    """Return the row of a unique index label."""
    return frame.loc[[cell]].iloc[0]


def _culprits(doubted: pd.DataFrame, gap: float, limit: float) -> Iterator[tuple[int, str, float, str]]:
    """Yield each (cell, code, fitting value, times) by which one cell alone would close the gap."""
    for cell, value, coef in zip(doubted["cell"], doubted["value"], doubted["coef"], strict=True):
        for code, times in _kinds(float(value), float(value) - gap / float(coef), limit):
            yield int(cell), code, float(value) - gap / float(coef), times


def _kinds(value: float, fitting: float, limit: float) -> Iterator[tuple[str, str]]:
    """Yield (code, times) where `value` is `fitting` with its sign turned or off by a power of ten."""
    near = limit + 1e-6 * abs(fitting)
    if not value or not fitting:
        return
    if abs(value + fitting) <= near:
        yield "SIGN-SLIP", ""
    for power in POWERS:
        times = f"{10**power:,}".replace(",", " ")
        if abs(value / 10**power - fitting) <= near and abs(fitting) > 10 * limit:
            yield "SCALE-SLIP", times
        elif abs(value * 10**power - fitting) <= near:
            yield "SCALE-SLIP-SMALL", times

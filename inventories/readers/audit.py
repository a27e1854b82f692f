"""Checks of the activity table as it was read: doubles, impossible signs, totals that are not the sum of their parts.

Where one changed cell alone explains why parts miss their total (a power of ten, a turned sign), that cell is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from ...accounting.balance import inside_final
from ...accounting.problems import Problem, ProblemList
from ...accounting.wording import coded, placed
from ..audit_messages import MESSAGES as AUDIT
from ..codes import flows, sectors
from ..messages import MESSAGES
from .audit_size import huge_quantities, odd_parameters
from .audit_units import odd_units, odd_years
from .sums import mismatches

KEY = ["entity", "period", "sector", "flow", "item", "attributes"]
POSITIVE = (
    "final", "non_energy", "loss", "production", "recovery", "inflow", "import", "purchase", "consumption",
    "production_use", "other_use", "feedstock_use", "transport_use",
)  # fmt: skip
"""flows that cannot be negative (with those below them)"""
SIGNS = {"opening_stock": 1, "outflow": -1, "export": -1, "bunker_foreign": -1, "closing_stock": -1}
"""flows whose other sign is printed now and then in published tables, so that it is a warning"""
LOSS = 0.15
"""share of the use of a carrier that a loss seldom exceeds (recalled from practice)"""
MANY = 20
"""doubles of one pair of sources above which one line stands for all"""


def audit(activity: pd.DataFrame, published: Collection[str] = (), added: Collection[str] = ()) -> ProblemList:
    """Return the problems of an activity table.

    `published` are the ids of sources that are whole published balances: an impossible sign in them is a warning. In the
    sources `added` a key may repeat (layout `records`), as long as no other source holds it too.
    """
    problems = ProblemList()
    own = activity[_source(activity).isin(list(added))]
    problems.extend(_doubles(activity.drop(index=own.index[own.duplicated(KEY)])))
    once = activity[~activity.duplicated(KEY)]
    problems.extend(_signs(once, published))
    problems.extend(huge_quantities(once, label))
    problems.extend(odd_parameters(once, label))
    problems.extend(odd_units(once, label))
    problems.extend(odd_years(once, label))
    problems.extend(mismatches(once, label))
    problems.extend(_suspects(once, published))
    problems.extend(_feedstock(once))
    problems.extend(_losses(once))
    return problems


def label(row: pd.Series) -> str:
    """Return the codes of a row for a sentence: entity, period, where in the balance, carrier."""
    place = coded("sector", row["sector"]) or coded("flow", row["flow"])
    return placed(row["entity"], row["period"], place, coded("carrier", row["item"]))


def _shown(value: float) -> str:
    return f"{value:.10g}"


def _doubles(frame: pd.DataFrame) -> Iterator[Problem]:
    first = frame[frame.duplicated(KEY, keep=False) & ~frame.duplicated(KEY)].set_index(KEY)["source"]
    again = frame[frame.duplicated(KEY)]
    earlier = first.reindex(pd.MultiIndex.from_frame(again[KEY])).to_numpy() if len(again) else np.array([])
    again = again.assign(earlier=earlier, table=again["source"].str.replace(r"![^!]*$", "", regex=True))
    for _, rows in again.groupby("table", sort=False):
        shown = rows if len(rows) <= MANY else rows.head(1)
        more = "" if len(rows) <= MANY else f" (×{len(rows)})"
        for _, row in shown.iterrows():
            yield MESSAGES.problem(
                "DUPLICATE-ROW", row["source"], _shown(row["quantity"]), row["earlier"], label=label(row) + more
            )


def _source(frame: pd.DataFrame) -> pd.Series:
    return frame["row_id"].str.replace(r"/[^/]*$", "", regex=True)


def _signs(frame: pd.DataFrame, published: Collection[str]) -> Iterator[Problem]:
    tops = {code: _top(code) for code in frame["flow"].unique()}
    top = frame["flow"].map(tops)
    theirs = _source(frame).isin(list(published))
    negative = frame[top.isin(POSITIVE) & (frame["quantity"] < 0)]
    for (_, row), known in zip(negative.iterrows(), theirs[negative.index], strict=True):
        code = "SIGN-EXPECTED" if known else "NEGATIVE"
        yield MESSAGES.problem(code, row["source"], _shown(row["quantity"]), "≥ 0", label=label(row))
    want = frame["flow"].map(SIGNS).fillna(0)
    for _, row in frame[want * frame["quantity"] < 0].iterrows():
        expected = "≥ 0" if SIGNS[row["flow"]] > 0 else "≤ 0"
        yield MESSAGES.problem("SIGN-EXPECTED", row["source"], _shown(row["quantity"]), expected, label=label(row))


def _top(flow: str) -> str:
    """The nearest flow at or above this one that has a rule of sign."""
    book = flows()
    while flow and flow not in POSITIVE and flow in book:
        flow = book[flow].parent
    return flow


def _suspects(frame: pd.DataFrame, published: Collection[str]) -> Iterator[Problem]:
    """A sector that equals the sum of at least three others beside it, in a table that is no published balance."""
    above = {sector.parent for sector in sectors().codes.values()}
    own = ~_source(frame).isin(list(published))
    rows = frame[own & (frame["flow"] == "final") & (frame["sector"] != "") & ~frame["sector"].isin(above)]
    group = [name for name in KEY if name != "sector"]
    size = rows.groupby(group, sort=False)["quantity"].agg(["sum", "max", "count"])
    odd = size[(size["count"] >= 4) & ((2 * size["max"] - size["sum"]).abs() <= 1e-9 * size["sum"]) & (size["max"] > 0)]
    if odd.empty:
        return
    at = rows[pd.MultiIndex.from_frame(rows[group]).isin(odd.index)]
    for _, beside in at.groupby(group, sort=False):
        row = beside.nlargest(1, "quantity").iloc[0]
        yield MESSAGES.problem(
            "TOTAL-SUSPECT", row["source"], _shown(row["quantity"]), len(beside) - 1, label=label(row)
        )


def _feedstock(frame: pd.DataFrame) -> Iterator[Problem]:
    """用作原料、材料 is a part of industry's final consumption: it needs that row, and cannot exceed it."""
    place = ["entity", "period", "item"]
    final = frame[frame["flow"] == "final"]
    parents = {code: sector.parent for code, sector in sectors().codes.items()}
    whole = final[final["sector"] == "IND"].groupby(place)["quantity"].sum()
    parts = final[final["sector"].map(parents) == "IND"].groupby(place)["quantity"].sum()
    industry = whole.combine_first(parts)
    used = frame[(frame["flow"] == "non_energy") & (frame["quantity"] > 0)]
    limit = industry.reindex(pd.MultiIndex.from_frame(used[place])).fillna(0).to_numpy() if len(used) else np.array([])
    places = set(zip(final["entity"], final["period"], strict=True))
    for (_, row), most in zip(used.iterrows(), limit, strict=True):
        if (row["entity"], row["period"]) in places and row["quantity"] > most * (1 + 1e-6) + 0.01:
            yield MESSAGES.problem(
                "FEEDSTOCK-ORPHAN", row["source"], _shown(row["quantity"]), _shown(most), label=label(row)
            )


def _losses(frame: pd.DataFrame) -> Iterator[Problem]:
    """A loss beside the use of its carrier (final consumption and input to transformation): no total need hold it."""
    place = ["entity", "period", "item", "unit"]
    lost = frame[(frame["flow"] == "loss") & (frame["quantity"] > 0)]
    heads = frame[frame["flow"].isin(["final", "transform"]) & (frame["sector"] == "")]
    used = heads["quantity"].where(heads["flow"] == "final", -heads["quantity"].clip(upper=0))
    used = used.groupby([heads[name] for name in place]).sum()
    if lost.empty or used.empty:
        return
    inside = inside_final(lost["attributes"])
    whole = used.reindex(pd.MultiIndex.from_frame(lost[place])).to_numpy() + lost["quantity"].where(~inside, 0)
    share = lost["quantity"] / whole
    for at in share.index[(share > LOSS) & (whole > 0)]:
        row, text = lost.loc[at], f"{100 * share[at]:.1f}"
        yield AUDIT.problem(
            "LOSS-SHARE", row["source"], _shown(row["quantity"]), f"{100 * LOSS:g}", label=label(row), share=text
        )

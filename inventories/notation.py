"""Rows that say NE or C, and rows without a factor: what a sum leaves out that exists, marked 不完整 on every figure.

Which figures: a step names the ledger lines it sums by a query; a row without a number fits a query as a line would. A
printed total above the row leaves nothing out, so the row is held by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from math import isnan
from typing import Any

import pandas as pd

from ..accounting import keying
from ..accounting.balance import PLACE, leaves, node
from ..accounting.completeness import LEAVES_OUT, marked
from ..accounting.figure_id import parse
from ..accounting.metrics import MetricBook
from ..accounting.problems import Problem, Where
from ..accounting.steps import EVERY, Step, by_figure, parse_lines_query
from ..accounting.wording import coded, placed, words
from . import codes
from .run_messages import MESSAGES

NO_FACTOR = "no_factor"
NET = ("final", "loss", "transform")
ENERGY = "energy"
OF_SECTORS = {"energy_six_intensive": "six_intensive"}
"""metric -> group of the sectors it sums"""
TOTALS = ("co2_energy", "co2_process", "ghg_total")
"""metrics that sum every category of their account"""


def rows(
    activity: pd.DataFrame,
    frame: pd.DataFrame,
    parents: Mapping[str, str],
    totals: Collection[str],
    units: Mapping[str, str],
) -> pd.DataFrame:
    """Return the rows NE and C that no numbered part replaces, with the columns of a prepared `frame`.

    `parents` is the tree of nodes, `totals` the items that are totals of items, `units` the canonical unit of an item.
    `held`: the nearest numbered row above it is summed as a whole; `whole`: the header of its block is printed.
    """
    own = activity[activity["notation"].isin(LEAVES_OUT) & ~activity["item"].isin(list(totals))]
    if own.empty:
        return frame.iloc[:0].assign(held=pd.Series(dtype=bool), whole=pd.Series(dtype=bool))
    own = own.assign(
        canonical=own["item"].map(units).fillna(""), scale=1.0, amount=0.0, quantity=0.0,
        year=own["period"].str[:4], standard_row="", leaf=True,
    )  # fmt: skip
    both = pd.concat([frame.assign(own=False), own.assign(own=True)], ignore_index=True)
    open_rows = both[both["own"] & leaves(both, parents, totals)].drop(columns="own")
    numbered = dict(zip(_cells(frame), frame["leaf"], strict=True))
    above = [_above(cell, numbered, parents) for cell in _cells(open_rows)]
    return open_rows.assign(held=[held for held, _ in above], whole=[whole for _, whole in above])


Cell = tuple[str, str, str, str]


def _cells(frame: pd.DataFrame) -> list[Cell]:
    return list(zip(frame["entity"], frame["period"], frame["item"], node(frame), strict=True))


def _above(cell: Cell, numbered: Mapping[Cell, bool], parents: Mapping[str, str]) -> tuple[bool, bool]:
    *place, name = cell
    held: bool | None = None
    top = False
    while parents.get(name):
        name = parents[name]
        key = (place[0], place[1], place[2], name)
        top = key in numbered
        held = numbered[key] if held is None and top else held
    return bool(held), top


def selected(rows: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    """Return the rows as lines of an account: once for every rule and quantity of `chosen` (standard.Selection)."""
    rules = chosen[[*keying.KEY, "account", "category", "bucket", "gas"]].drop_duplicates()
    joined = rows.drop(columns="quantity").merge(rules, on=list(keying.KEY), how="inner")
    return joined.rename(columns={"gas": "quantity"})


def of_energy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows as lines of the energy account."""
    return rows.assign(account=ENERGY, category=ENERGY, bucket="counted", quantity="tce_calorific")


def without_factor(rows: pd.DataFrame, account: str) -> pd.DataFrame:
    """Return rows with a number and no coefficient as the lines of an account that they would be.

    They stand below no header (`held`, `whole`): a header without a factor is such a row itself.
    """
    columns = ["row_id", "entity", "period", "year", "sector", "flow", "item", "category", "bucket", "source"]
    frame = rows.assign(source=rows.get("source", ""))[columns]
    return frame.assign(account=account, quantity=rows["gas"], notation=NO_FACTOR, held=False, whole=False)


def lacking(silent: pd.DataFrame, gas: str) -> pd.DataFrame:
    """Return the counted rows of accounts that have no factor for a gas."""
    if silent.empty:
        return pd.DataFrame(columns=["entity", "period", "item"])
    return silent[(silent["notation"] == NO_FACTOR) & (silent["quantity"] == gas) & (silent["bucket"] == "counted")]


def everywhere(rows: pd.DataFrame, account: str) -> pd.DataFrame:
    """Return the rows as lines of an account whose categories cannot be told without a number."""
    return rows.assign(account=account, category="", bucket="counted", quantity="co2")


@dataclass
class Marker:
    """Finds what every figure leaves out."""

    steps: Mapping[str, Step]
    rows: Mapping[str, Mapping[str, object]]
    silent: pd.DataFrame
    groups: Mapping[str, frozenset[str]]
    sectors: Mapping[str, frozenset[str]]
    known: Mapping[tuple[str, str], frozenset[str]]
    """(entity, period) -> items that have numbers"""
    yearly: bool = False
    """a month without a number is missing in the sum of its year"""
    found: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, figure: str) -> tuple[str, ...]:
        """Return the names of what a figure leaves out."""
        if figure not in self.found:
            self.found[figure] = ()  # a figure that rests on itself ends here
            step, row = self.steps.get(figure), self.rows.get(figure)
            if step is not None and (row is None or row["status"] == "computed"):
                parts = [name for term in step.terms for name in self._of_ref(term.ref, figure)]
                self.found[figure] = tuple(dict.fromkeys([*parts, *self._of_sectors(figure)]))
        return self.found[figure]

    def _of_sectors(self, figure: str) -> Iterable[str]:
        """Sectors of a group that have no number at all."""
        one = parse(figure)
        group = self.sectors.get(OF_SECTORS.get(one.metric, ""), frozenset())
        query = {
            "account": ENERGY,
            "entity": one.entity,
            "period": one.period,
            "flow": "final",
            "sector": ",".join(group),
        }
        return self._of_lines(query, figure) if group else ()

    def _of_ref(self, ref: str, figure: str) -> Iterable[str]:
        if ref.startswith("figure:"):
            return self.of(ref.removeprefix("figure:"))
        return self._of_lines(parse_lines_query(ref), figure) if ref.startswith("lines:") else ()

    def _of_lines(self, query: Mapping[str, str], figure: str) -> Iterable[str]:
        rows, mask = self.silent, ~self.silent["held"]
        for name in ("account", "entity", "sector", "flow", "quantity", "bucket", "top"):
            if query.get(name):
                mask &= rows[name].isin(query[name].split(","))
        # the categories of a total are those that have lines
        if query.get("category") and (parse(figure).metric not in TOTALS or "category=" in figure):
            mask &= rows["category"].isin(["", *query["category"].split(",")])
        periods = query.get("period", "").split(",")
        mask &= rows["year"].isin([one[:4] for one in periods]) if self.yearly else rows["period"].isin(periods)
        if query.get("account") == ENERGY and not {"flow", "sector"} & set(query):
            # a block is its printed header where there is one; net consumption is three blocks
            mask &= ~rows["whole"] & rows["top"].isin([*NET, *query.get("top", "").split(",")])
        left = rows[mask]
        if query.get("item"):
            items = query["item"].split(",")
            meant = [self._meant(row, items, query.get("of", "")) for row in left.to_dict("records")]
            left = left[pd.Series(meant, index=left.index, dtype=bool)]
        return left["name"]

    def _meant(self, row: Mapping[Any, Any], items: list[str], of: str) -> bool:
        """A list of items is those of a group that have lines: a carrier without any number is left out of it too."""
        item = str(row["item"])
        if row["notation"] == NO_FACTOR:
            # its numbers are in other sums, in this one it has no line
            return item in items or of == EVERY or item in self.groups.get(of, ())
        if item in items or item in self.known.get((str(row["entity"]), str(row["period"])), ()):
            return item in items
        return of == EVERY or item in self.groups.get(of, ())


def settle(
    book: MetricBook, silent: pd.DataFrame, frame: pd.DataFrame, groups: Mapping[str, frozenset[str]],
    sectors: Mapping[str, frozenset[str]], yearly: bool = False,
) -> list[Problem]:  # fmt: skip
    """Mark every figure that leaves out a row NE or C or without a factor; return one problem per place, period and key that is.

    `silent` holds such rows as lines of the accounts; `frame` the numbered rows; `groups` and
    `sectors` hold carriers and sectors by group.
    """
    if silent.empty:
        return []
    parents = codes.node_parents()
    reasons = {key: key for key in LEAVES_OUT} | {
        gas: words(f"无{gas.upper()}因子", f"no {gas.upper()} factor") for gas in silent["quantity"].unique()
    }
    reason = silent["notation"].where(silent["notation"] != NO_FACTOR, silent["quantity"]).map(reasons)
    names = silent["item"].map(lambda item: coded("carrier", item)) + "（" + reason + "）"
    silent = silent.assign(name=names, top=silent["flow"].map(lambda flow: parents.get(flow, flow)))
    known = {
        (str(entity), str(period)): frozenset(part["item"])
        for (entity, period), part in frame.groupby(["entity", "period"])
    }
    marker = Marker(by_figure(book.steps), book.rows, silent, groups, sectors, known, yearly)
    for figure, row in book.rows.items():
        left_out = marker.of(figure)
        if left_out and not isnan(float(str(row["value"]))):
            row["note"] = marked(str(row["note"]), left_out)
    return [
        _problem(part)
        for _, part in silent[~silent["held"] & silent["notation"].isin(LEAVES_OUT)].groupby(
            [*PLACE, "notation"], sort=True
        )
    ]


def _problem(part: pd.DataFrame) -> Problem:
    first = part.iloc[0]
    names = "、".join(dict.fromkeys(part["name"].str.partition("（")[0]))
    what = placed(first["entity"], first["period"], names)
    return MESSAGES.problem("NOTATION-OPEN", Where.parse(str(first["source"])), what, first["notation"])

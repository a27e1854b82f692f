"""The prepared activity of a run: canonical amounts, leaves of the balance, standard-quantity cells as coefficients."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ..accounting import keying, standard_table
from ..accounting.balance import leaves
from ..accounting.problems import ProblemList
from ..accounting.tables import UNCOUNTED
from ..accounting.wording import words
from ..factors.library import FactorLibrary
from . import codes, notation


@dataclass(frozen=True)
class Book:
    """Groups and trees that every account needs."""

    items: dict[str, frozenset[str]]
    """carrier groups"""
    units: dict[str, str]
    totals: frozenset[str]
    sectors: dict[str, frozenset[str]]
    sector_parents: dict[str, str]
    nodes: dict[str, str]
    memo: frozenset[str]
    """flows that show a part again"""

    @classmethod
    def of(cls, library: FactorLibrary) -> Book:
        """Read the groups from the carriers of the library and the codes of this folder."""
        carriers = library.carriers
        sectors = codes.sectors().codes.values()
        names = {name for sector in sectors for name in sector.groups}
        return cls(
            items={name: carriers.groups(name) for name in carriers.group_names()},
            units={**{key: carrier.unit for key, carrier in carriers.items()}, **_product_units(library)},
            totals=frozenset(carriers.totals()),
            sectors={name: frozenset(s.id for s in sectors if name in s.groups) for name in names},
            sector_parents={sector.id: sector.parent for sector in sectors if sector.parent},
            nodes=codes.node_parents(),
            memo=frozenset(flow.id for flow in codes.flows().codes.values() if flow.memo),
        )


def _product_units(library: FactorLibrary) -> dict[str, str]:
    return {product.id: product.unit for product in library.products.values()}


@dataclass(frozen=True)
class Prepared:
    """`frame`: activity with canonical, amount, year, leaf; `keys`: its distinct keys; `uncounted`: rows set aside."""

    frame: pd.DataFrame
    keys: pd.DataFrame
    uncounted: pd.DataFrame
    problems: ProblemList
    notation: pd.DataFrame
    """rows NE and C in the form of `frame`, with `whole` and `held` (inventories/notation.py)"""


def prepare(activity: pd.DataFrame, book: Book) -> Prepared:
    """Prepare an activity table. Units are looked up once per distinct (item, unit)."""
    sources = dict(zip(activity["unit"], activity["source"], strict=True))
    keys = keying.canonicalise(keying.distinct(activity), book.units, sources)
    joined = activity.merge(keys.frame, on=list(keying.KEY), how="inner")
    joined = joined.assign(amount=joined["quantity"] * joined["scale"], share=1.0)
    frame, as_coefficients = standard_table.merge(joined)
    frame = frame.assign(leaf=leaves(frame, book.nodes, book.totals))
    kept = frame[[*keying.KEY, "canonical", "scale", "year", "leaf"]].drop_duplicates(
        list(keying.KEY), ignore_index=True
    )
    refused = activity.merge(keys.refused, on=list(keying.KEY), how="inner")
    aside = [
        _aside(refused, "refused_unit", words("单位不能使用", "unit refused")),
        _aside(
            as_coefficients,
            "standard_table",
            words("标准量表：用作本地折标系数", "standard-quantity table: used as local coefficient"),
        ),
        _aside(
            activity[activity["notation"] != ""], "notation", words("填报符号，不是数值", "notation key, no number")
        ),
    ]
    silent = notation.rows(activity, frame, book.nodes, book.totals, book.units)
    return Prepared(frame, kept, pd.concat(aside, ignore_index=True), ProblemList(list(keys.problems)), silent)


def _aside(rows: pd.DataFrame, reason: str, detail: str) -> pd.DataFrame:
    columns = ["row_id", "entity", "period", "sector", "flow", "item", "quantity", "unit", "source"]
    return UNCOUNTED.conform(rows[columns].assign(account="all", reason=reason, detail=detail))

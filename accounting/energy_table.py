"""One place's energy balance of one period, by node and item, in physical units and in tce.

The frames the energy account works on. A node is `flow` or `flow/sector`; signs are those of the NBS balance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import isnan

import pandas as pd

from .balance import net_consumption, node
from .steps import Term, lines_query


@dataclass(frozen=True)
class EnergyTable:
    """Physical quantities (canonical units), tce by calorific value, and the leaves that may be summed."""

    entity: str
    period: str
    physical: pd.DataFrame
    """index node, columns item"""
    tce: pd.DataFrame
    """index node, columns item; NaN where an item has no coefficient"""
    leaf: pd.DataFrame
    """index node, columns item; True where the cell is a leaf"""
    net: pd.DataFrame
    """index item; columns final, loss, transform, net in tce, and *_physical"""
    units: Mapping[str, str]
    """item -> canonical unit"""
    groups: Mapping[str, frozenset[str]]
    """carrier groups: coal_columns, per_tce_coal, oil, gas, recovered_gas, ..."""
    parents: Mapping[str, str]

    def cell(self, where: str, item: str, frame: str = "tce") -> float:
        """Return one cell, 0 where the balance is blank."""
        table = self.tce if frame == "tce" else self.physical
        if where not in table.index or item not in table.columns:
            return 0.0
        value = table[item].to_numpy(dtype="float64")[table.index.get_loc(where)]
        return 0.0 if isnan(value) else float(value)

    def row_sum(self, where: str, items: Iterable[str], frame: str = "tce") -> float:
        """Return the sum of a node over items."""
        return sum(self.cell(where, item, frame) for item in items)

    def items(self, *groups: str) -> list[str]:
        """Return the items of the balance that belong to any of the groups, in column order."""
        wanted = frozenset().union(*(self.groups.get(group, frozenset()) for group in groups))
        return [item for item in self.net.index if item in wanted]

    def net_of(self, items: Iterable[str], column: str = "net") -> float:
        """Return consumption on balance of several items (tce, or physical with `net_physical`)."""
        present = [item for item in items if item in self.net.index]
        return float(self.net.loc[present, column].sum()) if present else 0.0

    def below(self, top: str) -> list[str]:
        """Return the nodes under `top` that the balance holds, in its order."""
        return [name for name in self.tce.index if name != top and _under(name, top, self.parents)]

    def term(self, name: str, items: Iterable[str], column: str = "net") -> Term:
        """Return a term for `net_of`, pointing at the ledger lines."""
        chosen = list(items)
        query = lines_query(entity=self.entity, period=self.period, item=",".join(chosen), account="energy")
        unit = "tce" if not column.endswith("_physical") else self.units.get(chosen[0], "") if chosen else ""
        return Term(name, self.net_of(chosen, column), unit, query)


def _under(name: str, top: str, parents: Mapping[str, str]) -> bool:
    while parents.get(name):
        name = parents[name]
        if name == top:
            return True
    return False


def build(
    frame: pd.DataFrame,
    *,
    groups: Mapping[str, frozenset[str]],
    parents: Mapping[str, str],
    total_items: Collection[str],
) -> list[EnergyTable]:
    """Return one table per entity and period.

    `frame` holds activity rows with `amount` and `canonical` (unit), `tce` (NaN where the item has no coefficient) and
    `leaf`. Rows of one item in two kinds of unit (t and tce) cannot be added: the caller refuses them before.
    """
    tree = Tree(groups, parents, frozenset(total_items))
    places = frame.assign(node=node(frame)).groupby(["entity", "period"], sort=True)
    return [_table(str(entity), str(period), place, tree) for (entity, period), place in places]


@dataclass(frozen=True)
class Tree:
    """What is the same for every place: groups of items, parents of nodes, items that are totals."""

    groups: Mapping[str, frozenset[str]]
    parents: Mapping[str, str]
    total_items: frozenset[str]


def _table(entity: str, period: str, place: pd.DataFrame, tree: Tree) -> EnergyTable:
    items, nodes = list(place["item"].unique()), list(place["node"].unique())
    wide = {name: _pivot(place, name).reindex(index=nodes, columns=items) for name in ("amount", "tce")}
    leaf = _pivot(place.assign(leaf=place["leaf"].astype("float64")), "leaf").reindex(index=nodes, columns=items)
    in_tce = net_consumption(place, "tce", tree.parents, tree.total_items).set_index("item")
    physical = net_consumption(place, "amount", tree.parents, tree.total_items).set_index("item")
    blocks = ["final", "loss", "transform", "net"]
    net = in_tce[blocks].join(physical[blocks].add_suffix("_physical"))
    return EnergyTable(
        entity=entity,
        period=period,
        physical=wide["amount"],
        tce=wide["tce"],
        leaf=leaf.fillna(0).astype(bool),
        net=net.reindex([item for item in items if item in net.index]),
        units=dict(zip(place["item"].astype(str), place["canonical"].astype(str), strict=True)),
        groups=tree.groups,
        parents=tree.parents,
    )


def _pivot(place: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return node x item; a cell without any number stays NaN instead of becoming 0."""
    sums = place.groupby(["node", "item"], sort=False)[column].sum(min_count=1)
    return sums.unstack("item")

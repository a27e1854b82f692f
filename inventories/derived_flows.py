"""Energy flows for a Sankey diagram, in coal equivalent (calorific value): fuels, transformation, final use, losses.

Where a source has no supply rows (CEADs) a fuel starts with its consumption on balance: final + loss - transformation net.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..accounting.energy import UNIT, WAN
from ..accounting.figure_id import figure_id
from ..accounting.steps import Term, lines_query
from .accounts import ENERGY
from .derived import Derived
from .derived_balance import Balance

GROUPS = (
    ("coal", ("coal_columns",)), ("coke_gas", ("per_tce_coal", "recovered_gas")), ("oil", ("oil",)), ("gas", ("gas",)),
    ("heat", ("recovered_heat",)), ("electricity", ()), ("other", ()),
)  # fmt: skip
"""fuel nodes in reading order and the carrier groups of each; the first that fits takes a carrier"""
NAMED = {"heat": "heat", "electricity": "electricity"}
PLANTS = ("tr_power", "tr_heat", "tr_coking")
"""transformation that turns one fuel node into another; what the rest loses is a loss"""
USES = ("A", "IND", "E", "G", "FH", "OTH", "RES")
LEAST = 0.5
"""flows below this (10^4 tce) are not drawn"""


@dataclass(frozen=True)
class Flow:
    """One ribbon: names of its ends and its figure."""

    source: str
    target: str
    figure: str


@dataclass(frozen=True)
class _Sankey:
    derived: Derived
    balance: Balance
    fuel: dict[str, str]

    def items(self, name: str) -> list[str]:
        return [item for item in self.balance.items if self.fuel[item] == name and item in self.balance.table.net.index]

    def row(self, node: str, name: str) -> float:
        return self.balance.table.row_sum(node, self.items(name)) / WAN

    def put(self, source: str, target: str, value: float, terms: list[Term]) -> Flow | None:
        if value < LEAST:
            return None
        table = self.balance.table
        key = figure_id("energy_flow", table.entity, table.period, category=f"{source}-{target}")
        return Flow(source, target, self.derived.put(key, value, UNIT, "折标准煤（当量值）", terms))

    def query(self, name: str, **where: str) -> str:
        table, items = self.balance.table, ",".join(self.items(name))
        return lines_query(account=ENERGY, entity=table.entity, period=table.period, item=items, **where)


def flows(derived: Derived, balance: Balance) -> list[Flow]:
    """Record the ribbons of one balance, from left to right."""
    groups = balance.table.groups
    fuel = {item: _fuel(item, groups) for item in balance.items}
    sankey = _Sankey(derived, balance, fuel)
    found: list[Flow | None] = []
    for name, _ in GROUPS:
        found += _supply(sankey, name)
    for plant in PLANTS:
        found += _plant(sankey, plant)
    for name, _ in GROUPS:
        found += _final(sankey, name)
    return [flow for flow in found if flow is not None]


def _fuel(item: str, groups: Mapping[str, frozenset[str]]) -> str:
    if item in NAMED:
        return NAMED[item]
    for name, wanted in GROUPS:
        if any(item in groups.get(group, frozenset()) for group in wanted):
            return name
    return "other"


def _supply(sankey: _Sankey, name: str) -> list[Flow | None]:
    """What comes from outside the diagram's plants: positive net of a made fuel is supply, negative is sent out."""
    net = sankey.balance.table.net_of(sankey.items(name)) / WAN
    made = sum(max(sankey.row(plant, name), 0.0) for plant in PLANTS)
    terms = [Term(name, net, UNIT, sankey.query(name))]
    if not made:
        return []
    if net > 0:
        return [sankey.put("outside", name, net, terms)]
    return [sankey.put(name, "sent_out", -net, terms)]


def _plant(sankey: _Sankey, plant: str) -> list[Flow | None]:
    out: list[Flow | None] = []
    left = 0.0
    for name, _ in GROUPS:
        value = sankey.row(plant, name)
        left -= value
        terms = [Term(name, value, UNIT, sankey.query(name, flow=plant))]
        out.append(sankey.put(name, plant, -value, terms) if value < 0 else sankey.put(plant, name, value, terms))
    query = lines_query(
        account=ENERGY, flow=plant, entity=sankey.balance.table.entity, period=sankey.balance.table.period
    )
    out.append(sankey.put(plant, "lost", left, [Term("投入 - 产出", left, UNIT, query)]))
    return out


def _final(sankey: _Sankey, name: str) -> list[Flow | None]:
    out: list[Flow | None] = []
    table = sankey.balance.table
    for use in USES:
        nodes = [f"final/{use}"] if f"final/{use}" in table.tce.index else _below(sankey, use)
        value = sum(sankey.row(node, name) for node in nodes)
        sectors = ",".join(node.partition("/")[2] for node in nodes)
        out.append(
            sankey.put(name, use, value, [Term(name, value, UNIT, sankey.query(name, flow="final", sector=sectors))])
        )
    rest = table.net_of(sankey.items(name), "loss") / WAN
    others = [node for node in table.tce.index if node.startswith("tr_") and node not in PLANTS]
    rest -= sum(sankey.row(node, name) for node in others)
    out.append(sankey.put(name, "lost", rest, [Term("损失量及其他加工转换净投入", rest, UNIT, sankey.query(name))]))
    return out


def _below(sankey: _Sankey, use: str) -> list[str]:
    parents = sankey.balance.table.parents
    return [node for node in sankey.balance.table.tce.index if parents.get(node) == f"final/{use}"]

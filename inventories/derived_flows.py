"""Energy flows for a Sankey diagram, in coal equivalent (calorific value): fuels, transformation, final use, losses.

What enters a node leaves it. Every fuel starts with its consumption on balance (final + loss - net transformation: primary
energy, net inflow, stock change), recovered energy apart; a negative one is sent out. Where rows of the balance do not
add up to their headers, and where a process puts out more than it takes in, the node 平衡差额 says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..accounting.energy import UNIT, WAN
from ..accounting.figure_id import figure_id
from ..accounting.recovered_gas import RECOVERY_ROWS
from ..accounting.steps import Term, lines_query
from ..accounting.wording import coded, words
from .accounts import ENERGY
from .derived import Derived
from .derived_balance import Balance

GROUPS = (
    ("coal", ("coal_columns",)), ("coke_gas", ("per_tce_coal", "recovered_gas", "coal_gas")), ("oil", ("oil",)), ("gas", ("gas",)),
    ("heat", ("recovered_heat",)), ("electricity", ()), ("other", ()),
)  # fmt: skip
"""fuel nodes in reading order and the carrier groups of each; the first that fits takes a carrier"""
NAMED = {"heat": "heat", "electricity": "electricity"}
PLANTS = ("tr_power", "tr_heat", "tr_coking")
OTHER_PLANTS = "tr_other"
"""refining, washing, gas works, briquettes…: one node"""
USES = ("A", "IND", "E", "G", "FH", "OTH", "RES")
TINY = 5e-5
"""10^4 tce: half a tonne, below it a difference of floats"""
SMALL = 5e-4
"""share of the whole below which a flow is recorded and not drawn"""


@dataclass(frozen=True)
class Flow:
    """One ribbon: names of its ends, the fuel that flows, its figure and value (10^4 tce)."""

    source: str
    target: str
    fuel: str
    figure: str
    value: float


@dataclass
class Flows:
    """The diagram of one balance: ribbons from left to right, figures of node totals, of all that enters, of recovery."""

    ribbons: list[Flow] = field(default_factory=list)
    nodes: dict[str, str] = field(default_factory=dict)
    total: str = ""
    recovered: str = ""

    @property
    def drawn(self) -> list[Flow]:
        """The ribbons that are wide enough to be seen."""
        whole = sum(flow.value for flow in self.starts)
        return [flow for flow in self.ribbons if flow.value >= SMALL * whole]

    @property
    def starts(self) -> list[Flow]:
        """The ribbons that leave nodes which nothing enters."""
        entered = {flow.target for flow in self.ribbons}
        return [flow for flow in self.ribbons if flow.source not in entered]


@dataclass(frozen=True)
class _Sankey:
    derived: Derived
    balance: Balance
    fuel: Mapping[str, str]
    uncounted: tuple[str, ...]
    """carriers whose net is recovered energy that the source has no row for"""

    def items(self, name: str) -> list[str]:
        return [item for item in self.balance.items if self.fuel[item] == name and item in self.balance.table.net.index]

    def row(self, node: str, name: str) -> float:
        return self.balance.table.row_sum(node, self.items(name)) / WAN

    def net(self, name: str, column: str = "net") -> float:
        return self.balance.table.net_of(self.items(name), column) / WAN

    def query(self, name: str, **where: str) -> str:
        table, items = self.balance.table, ",".join(self.items(name))
        return lines_query(account=ENERGY, entity=table.entity, period=table.period, item=items, **where)

    def others(self) -> list[str]:
        known = (*PLANTS, *RECOVERY_ROWS)
        return [str(node) for node in self.balance.table.tce.index if node.startswith("tr_") and node not in known]


@dataclass(frozen=True)
class _Part:
    """A flow before it is recorded."""

    source: str
    target: str
    fuel: str
    value: float
    query: str


def flows(derived: Derived, balance: Balance) -> Flows:
    """Record the ribbons of one balance, from left to right, and the totals of its nodes."""
    table = balance.table
    fuel = {item: _fuel(item, table.groups) for item in balance.items}
    sankey = _Sankey(derived, balance, fuel, _uncounted(derived, table.entity, table.period))
    parts = [part for name, _ in GROUPS for part in _supply(sankey, name)]
    parts += [part for plant in (*PLANTS, OTHER_PLANTS) for part in _plant(sankey, plant)]
    parts += [part for name, _ in GROUPS for part in _final(sankey, name)]
    parts += list(_closing(parts, sankey))
    out = Flows([_recorded(sankey, part) for part in parts if part.value > TINY])
    for name in dict.fromkeys(end for flow in out.ribbons for end in (flow.source, flow.target)):
        out.nodes[name] = _node(derived, balance, out.ribbons, name)
    out.recovered = out.nodes.get("recovered", "")
    if out.ribbons:
        key = figure_id("energy_flow_total", table.entity, table.period)
        out.total = derived.total(
            key,
            [flow.figure for flow in out.starts],
            words(
                "各起点流出之和（折标准煤，当量值）",
                "sum of what leaves the sources (coal equivalent, calorific value)",
            ),
        )
    return out


def _uncounted(derived: Derived, entity: str, period: str) -> tuple[str, ...]:
    """Return the carriers whose recovered energy the run left out of the total: the source has no row for it."""
    return tuple(
        str(row["item"])
        for row in derived.rows.values()
        if row["metric"] == "recovered_energy" and row["item"] and row["entity"] == entity and row["period"] == period
    )


def _recorded(sankey: _Sankey, part: _Part) -> Flow:
    table = sankey.balance.table
    ends = (
        f"{part.source}-{part.target}"
        if part.fuel in (part.source, part.target)
        else f"{part.source}-{part.target}-{part.fuel}"
    )
    key = figure_id("energy_flow", table.entity, table.period, category=ends)
    terms = [Term(coded("carrier", part.fuel), part.value, UNIT, part.query)]
    return Flow(part.source, part.target, part.fuel, sankey.derived.put(key, part.value, UNIT, words("折标准煤（当量值）", "coal equivalent (calorific value)"), terms), part.value)  # fmt: skip


def _node(derived: Derived, balance: Balance, ribbons: Iterable[Flow], name: str) -> str:
    """Record what passes a node: all that leaves it, at the right edge all that enters."""
    leaving = [flow.figure for flow in ribbons if flow.source == name]
    entering = [flow.figure for flow in ribbons if flow.target == name]
    key = figure_id("energy_flow_node", balance.table.entity, balance.table.period, category=name)
    equation = (
        words("流出之和（= 流入之和）", "sum of outflows (= sum of inflows)")
        if leaving
        else words("流入之和", "sum of inflows")
    )
    return derived.total(key, leaving or entering, equation)


def _fuel(item: str, groups: Mapping[str, frozenset[str]]) -> str:
    if item in NAMED:
        return NAMED[item]
    for name, wanted in GROUPS:
        if any(item in groups.get(group, frozenset()) for group in wanted):
            return name
    return "other"


def _supply(sankey: _Sankey, name: str) -> Iterator[_Part]:
    """What comes from outside: consumption on balance, with the recovered energy in it apart."""
    table, items, query = sankey.balance.table, sankey.items(name), sankey.query(name)
    booked = {row: sankey.row(row, name) for row in RECOVERY_ROWS}
    unbooked = table.net_of([item for item in items if item in sankey.uncounted]) / WAN
    # a recovery row inside transformation is taken off the net already, one in the supply block is not
    outside = sankey.net(name) - unbooked - booked["recovery"]
    yield _Part("outside", name, name, outside, query)
    yield _Part("recovered", name, name, sum(booked.values()) + unbooked, query)
    yield _Part(name, "sent_out", name, -outside, query)


def _other(sankey: _Sankey, name: str) -> float:
    return sum(sankey.row(node, name) for node in sankey.others())


def _plant(sankey: _Sankey, plant: str) -> Iterator[_Part]:
    left = 0.0
    for name, _ in GROUPS:
        other = plant == OTHER_PLANTS
        value = _other(sankey, name) if other else sankey.row(plant, name)
        query = sankey.query(name, flow=",".join(sankey.others()) if other else plant)
        left -= value
        yield _Part(name, plant, name, -value, query)
        yield _Part(plant, name, name, value, query)
    yield _Part(plant, "lost", "", left, "")
    yield _Part("difference", plant, "", -left, "")


def _final(sankey: _Sankey, name: str) -> Iterator[_Part]:
    table = sankey.balance.table
    for use in USES:
        nodes = [f"final/{use}"] if f"final/{use}" in table.tce.index else _below(sankey, use)
        value = sum(sankey.row(node, name) for node in nodes)
        sectors = ",".join(node.partition("/")[2] for node in nodes)
        yield _Part(name, use, name, value, sankey.query(name, flow="final", sector=sectors))
    yield _Part(name, "lost", name, sankey.net(name, "loss"), sankey.query(name, flow="loss"))


def _below(sankey: _Sankey, use: str) -> list[str]:
    parents = sankey.balance.table.parents
    return [node for node in sankey.balance.table.tce.index if parents.get(node) == f"final/{use}"]


def _closing(parts: list[_Part], sankey: _Sankey) -> Iterator[_Part]:
    """What a fuel's node lacks or has too much, where the rows of the balance do not add up to its headers."""
    for name, _ in GROUPS:
        entering = sum(part.value for part in parts if part.target == name and part.value > 0)
        leaving = sum(part.value for part in parts if part.source == name and part.value > 0)
        yield _Part("difference", name, name, leaving - entering, sankey.query(name))
        yield _Part(name, "difference_out", name, entering - leaving, sankey.query(name))

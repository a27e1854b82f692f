"""Where a row of the balance stands: its block, whether it belongs to industry, its place in the printed table."""

from __future__ import annotations

from ..accounting.balance import inside_final
from . import codes
from .derived_balance import Balance
from .results import Results

BLOCKS = ("supply", "transform", "loss", "final", "stat_diff", "total")
"""blocks of the printed balance, in its order"""
INDUSTRY = "IND"


def block(node: str) -> str:
    """Return the block of a row: supply, transform, loss, final, stat_diff, total; non-energy use stands in final."""
    flows, name = codes.flows().codes, node.partition("/")[0]
    while name in flows and flows[name].parent:
        name = flows[name].parent
    return "final" if name == "non_energy" else name


def depth(balance: Balance, node: str) -> int:
    """Return how far a row is set in: 0 for the head of a block, 1 for its rows, 2 for a part of a row that stands there."""
    name, _, sector = node.partition("/")
    if node in BLOCKS:
        return 0
    flow = codes.flows().codes.get(name)
    if flow is not None and flow.memo:
        return 2
    known = codes.sectors().codes.get(sector)
    return 2 if known is not None and f"{name}/{known.parent}" in balance.nodes else 1


def industrial(node: str) -> bool:
    """Tell whether a row is final consumption of industry or of one of its divisions."""
    name, _, sector = node.partition("/")
    known = codes.sectors().codes.get(sector)
    return name == "final" and (sector == INDUSTRY or (known is not None and known.parent == INDUSTRY))


def nodes(balance: Balance) -> list[str]:
    """Return the rows that hold any number, in the order of the printed balance.

    Blocks stand in their order, parts of production under production, non-energy use after industry.
    """
    held = {node for node, item in balance.rows if item in balance.items}
    present = [node for node in balance.nodes if node in held]
    flows = {name: number for number, name in enumerate(codes.flows().codes)}
    last = max((number for number, node in enumerate(present) if industrial(node)), default=len(present))

    def place(node: str) -> tuple[int, int, float]:
        own = block(node)
        rank = BLOCKS.index(own) if own in BLOCKS else len(BLOCKS)
        name = node.partition("/")[0]
        if name == "non_energy":
            return rank, 1, last + 0.5
        if name == "final" and node != own:
            return rank, 1, float(present.index(node))
        return rank, 0, float(flows.get(name, len(flows)))

    return sorted(present, key=place)


def given(balance: Balance, item: str, top: str) -> bool:
    """Tell whether the balance prints anything of an item in a block; a nought that is printed counts."""
    return any(one == item and block(node) == top for node, one in balance.rows)


def leaves(balance: Balance, item: str, *, industry: bool) -> list[str]:
    """Return the rows of final consumption that may be added for an item: those of industry, or all others."""
    out = []
    for node in balance.nodes:
        name, _, sector = node.partition("/")
        own = name == "final" and bool(sector) and (node, item) in balance.rows
        if own and industrial(node) is industry and bool(balance.table.leaf.at[node, item]):
            out.append(node)
    return out


def loss_inside(results: Results, entity: str, period: str, item: str = "") -> bool:
    """Tell whether the source books losses inside final consumption (of an item, or of any)."""
    rows = results.activity
    mine = rows[(rows["entity"] == entity) & (rows["period"] == period)]
    mine = mine[mine["item"] == item] if item else mine
    return bool(inside_final(mine["attributes"]).any())

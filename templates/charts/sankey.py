"""Where the nodes and ribbons of a Sankey diagram lie. Vega draws them; it has no such layout of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NODE_WIDTH = 12.0
# as high as the text beside a thin bar: one line at the right edge, two elsewhere
GAP, WIDE_GAP = 15.0, 27.0
# flows below this share of the largest bar have no say in the columns and may run back: they are thin
MINOR = 0.015
PASSES = 30
# how far a band that runs back swings out
BACK = 60.0


@dataclass
class Node:
    """A bar: column from the left, height by the larger of inflow and outflow."""

    name: str
    column: int
    amount: float
    y: float = 0.0
    height: float = 0.0


def layout(links: Sequence[Mapping[str, Any]], width: float, height: float) -> dict[str, list[dict[str, Any]]]:
    """Return `nodes` (name, x, y, height, right) and `links` (path, source) in pixels.

    `links` hold source, target, value > 0; flows must not run in a circle (ValueError).
    """
    flows = [link for link in links if link["value"]]
    nodes = _nodes(flows)
    last = max((node.column for node in nodes.values()), default=0)
    _place(nodes, flows, height, last)
    step = (width - NODE_WIDTH) / max(last, 1)
    return {
        "nodes": [
            {"name": n.name, "x": n.column * step, "y": n.y, "height": n.height, "right": n.column == last}
            for n in nodes.values()
        ],
        "links": _ribbons(nodes, flows, step),
    }


def columns(links: Sequence[tuple[str, str, float]]) -> dict[str, int]:
    """Return the column of every node: right of all that flow into it; what nothing leaves stands at the right edge.

    `links` hold source, target, value. Minor flows are passed over. Raises ValueError where others run in a circle.
    """
    names = list(dict.fromkeys(name for source, target, _ in links for name in (source, target)))
    least = MINOR * max((sum(v for s, _, v in links if s == name) for name in names), default=0.0)
    column = dict.fromkeys(names, 0)
    left, entered = {source for source, *_ in links}, {target for _, target, _ in links}
    main = {name: max((v for _, t, v in links if t == name), default=0.0) for name in names}
    # a node that only minor flows enter still stands right of the largest of them
    ruling = [(s, t) for s, t, v in links if v >= least or v == main[t]]
    for _ in names:
        moved = False
        for source, target in ruling:
            if column[target] <= column[source]:
                column[target] = column[source] + 1
                moved = True
        if not moved:
            break
    else:
        raise ValueError("the flows of the Sankey diagram run in a circle")
    last = max(column.values(), default=0)
    return {name: last if name in entered and name not in left else place for name, place in column.items()}


def _nodes(flows: Sequence[Mapping[str, Any]]) -> dict[str, Node]:
    column = columns([(flow["source"], flow["target"], flow["value"]) for flow in flows])
    total = {
        name: max(sum(f["value"] for f in flows if f[end] == name) for end in ("source", "target")) for name in column
    }
    return {name: Node(name, place, total[name]) for name, place in column.items()}


def _place(nodes: Mapping[str, Node], flows: Sequence[Mapping[str, Any]], height: float, last: int) -> None:
    """Stack each column in order of first appearance, then pull bars towards their neighbours without overlap."""
    columns: dict[int, list[Node]] = {}
    for node in nodes.values():
        columns.setdefault(node.column, []).append(node)
    gaps = {number: GAP if number == last else WIDE_GAP for number in columns}
    scale = min(
        ((height - gaps[number] * (len(c) - 1)) / sum(n.amount for n in c) for number, c in columns.items()),
        default=1.0,
    )
    for number, column in columns.items():
        top = 0.0
        for node in column:
            node.height = node.amount * scale
            node.y = top
            top += node.height + gaps[number]
    for _ in range(PASSES):
        for number, column in columns.items():
            _pull(column, nodes, flows)
            _separate(column, height, gaps[number])


def _pull(column: list[Node], nodes: Mapping[str, Node], flows: Sequence[Mapping[str, Any]]) -> None:
    for node in column:
        near = [
            (nodes[f["target"] if f["source"] == node.name else f["source"]], f["value"])
            for f in flows
            if node.name in (f["source"], f["target"])
        ]
        weight = sum(value for _, value in near)
        middle = sum((other.y + other.height / 2) * value for other, value in near) / weight
        node.y += (middle - node.height / 2 - node.y) * 0.6


def _separate(column: list[Node], height: float, gap: float) -> None:
    column.sort(key=lambda node: node.y + node.height / 2)
    top = 0.0
    for node in column:
        node.y = max(node.y, top)
        top = node.y + node.height + gap
    bottom = height
    for node in reversed(column):
        node.y = min(node.y, bottom - node.height)
        bottom = node.y - gap


def _ribbons(nodes: Mapping[str, Node], flows: Sequence[Mapping[str, Any]], step: float) -> list[dict[str, Any]]:
    """Ribbons leave and enter a bar in the order of the bars at their other end, so that few cross."""
    leave = {name: node.y for name, node in nodes.items()}
    enter = dict(leave)
    starts: dict[int, float] = {}
    for index, flow in sorted(enumerate(flows), key=lambda pair: nodes[pair[1]["target"]].y):
        starts[index] = leave[flow["source"]]
        leave[flow["source"]] += _thickness(nodes, flow)
    ribbons = {}
    for index, flow in sorted(enumerate(flows), key=lambda pair: nodes[pair[1]["source"]].y):
        thickness = _thickness(nodes, flow)
        ends = (starts[index], enter[flow["target"]])
        enter[flow["target"]] += thickness
        x0 = nodes[flow["source"]].column * step + NODE_WIDTH
        x1 = nodes[flow["target"]].column * step
        ribbons[index] = {"path": _ribbon(x0, x1, ends, max(thickness, 0.5)), "source": flow["source"]}
    return [ribbons[index] for index in sorted(ribbons)]


def _ribbon(x0: float, x1: float, ends: tuple[float, float], thickness: float) -> str:
    """Return a closed band: a thick line would bulge where the bars stand close."""
    y0, y1 = ends
    bend = (x1 - x0) / 2 if x1 > x0 else BACK
    a, b = x0 + bend, x1 - bend
    return (
        f"M{x0:.2f},{y0:.2f}C{a:.2f},{y0:.2f} {b:.2f},{y1:.2f} {x1:.2f},{y1:.2f}L{x1:.2f},{y1 + thickness:.2f}"
        f"C{b:.2f},{y1 + thickness:.2f} {a:.2f},{y0 + thickness:.2f} {x0:.2f},{y0 + thickness:.2f}Z"
    )


def _thickness(nodes: Mapping[str, Node], flow: Mapping[str, Any]) -> float:
    source = nodes[flow["source"]]
    return float(flow["value"]) * source.height / source.amount

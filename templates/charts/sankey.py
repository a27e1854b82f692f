"""Where the nodes and ribbons of a Sankey diagram lie. Vega draws them; it has no such layout of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NODE_WIDTH = 12.0
GAP = 10.0
PASSES = 30


@dataclass
class Node:
    """A bar: column from the left, height by the larger of inflow and outflow."""

    name: str
    column: int
    amount: float
    y: float = 0.0
    height: float = 0.0


def layout(links: Sequence[Mapping[str, Any]], width: float, height: float) -> dict[str, list[dict[str, Any]]]:
    """Return `nodes` (name, x, y, height, right) and `links` (path, thickness, source) in pixels.

    `links` hold source, target, value > 0; flows must not run in a circle (ValueError).
    """
    flows = [link for link in links if link["value"]]
    nodes = _nodes(flows)
    last = max((node.column for node in nodes.values()), default=0)
    _place(nodes, flows, height)
    step = (width - NODE_WIDTH) / max(last, 1)
    return {
        "nodes": [
            {"name": n.name, "x": n.column * step, "y": n.y, "height": n.height, "right": n.column == last}
            for n in nodes.values()
        ],
        "links": _ribbons(nodes, flows, step),
    }


def _nodes(flows: Sequence[Mapping[str, Any]]) -> dict[str, Node]:
    names = list(dict.fromkeys(name for flow in flows for name in (flow["source"], flow["target"])))
    column = dict.fromkeys(names, 0)
    for _ in names:
        moved = False
        for flow in flows:
            if column[flow["target"]] <= column[flow["source"]]:
                column[flow["target"]] = column[flow["source"]] + 1
                moved = True
        if not moved:
            break
    else:
        raise ValueError("the flows of the Sankey diagram run in a circle")
    total = {
        name: max(sum(f["value"] for f in flows if f[end] == name) for end in ("source", "target")) for name in names
    }
    return {name: Node(name, column[name], total[name]) for name in names}


def _place(nodes: Mapping[str, Node], flows: Sequence[Mapping[str, Any]], height: float) -> None:
    """Stack each column in order of first appearance, then pull bars towards their neighbours without overlap."""
    columns: dict[int, list[Node]] = {}
    for node in nodes.values():
        columns.setdefault(node.column, []).append(node)
    scale = min((height - GAP * (len(c) - 1)) / sum(n.amount for n in c) for c in columns.values()) if columns else 1
    for column in columns.values():
        top = 0.0
        for node in column:
            node.height = node.amount * scale
            node.y = top
            top += node.height + GAP
    for _ in range(PASSES):
        for column in columns.values():
            _pull(column, nodes, flows)
            _separate(column, height)


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


def _separate(column: list[Node], height: float) -> None:
    column.sort(key=lambda node: node.y + node.height / 2)
    top = 0.0
    for node in column:
        node.y = max(node.y, top)
        top = node.y + node.height + GAP
    bottom = height
    for node in reversed(column):
        node.y = min(node.y, bottom - node.height)
        bottom = node.y - GAP


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
        y0, y1 = starts[index] + thickness / 2, enter[flow["target"]] + thickness / 2
        enter[flow["target"]] += thickness
        x0 = nodes[flow["source"]].column * step + NODE_WIDTH
        x1 = nodes[flow["target"]].column * step
        bend = (x0 + x1) / 2
        path = f"M{x0:.2f},{y0:.2f}C{bend:.2f},{y0:.2f} {bend:.2f},{y1:.2f} {x1:.2f},{y1:.2f}"
        ribbons[index] = {"path": path, "thickness": max(thickness, 0.5), "source": flow["source"]}
    return [ribbons[index] for index in sorted(ribbons)]


def _thickness(nodes: Mapping[str, Node], flow: Mapping[str, Any]) -> float:
    source = nodes[flow["source"]]
    return float(flow["value"]) * source.height / source.amount

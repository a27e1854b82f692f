"""One level of an explanation, and how it writes numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isnan
from typing import Any


@dataclass
class Node:
    """One level of an explanation: a text line, what it is about, and what lies below."""

    kind: str
    """figure, term, line, factor, input, more"""
    text: str
    data: dict[str, Any] = field(default_factory=dict)
    below: list[Node] = field(default_factory=list)

    def lines(self, depth: int = 0) -> list[str]:
        """Return the tree as indented text."""
        own = "  " * depth + self.text
        return [own, *(line for child in self.below for line in child.lines(depth + 1))]

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def record(self) -> dict[str, Any]:
        """Return a JSON-ready record."""
        return {"kind": self.kind, "text": self.text, **self.data, "below": [child.record() for child in self.below]}


def number_text(value: float | None) -> str:
    """Return a number with the digits that are stored."""
    if value is None or isnan(value):
        return "暂缺"
    return f"{value:.12g}"

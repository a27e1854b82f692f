"""One level of an explanation, and the language in which it is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isnan
from typing import Any, Literal

from ..accounting.unit_names import chinese, english
from .results import Results

Lang = Literal["zh", "en"]


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


@dataclass(frozen=True)
class Voice:
    """Says what a run holds in the language of a reader."""

    results: Results
    lang: Lang

    def say(self, text: str) -> str:
        """A wording in the language of the reader."""
        return self.results.names.pair(text)[0 if self.lang == "zh" else 1]

    def pick(self, zh: str, en: str) -> str:
        """One of two texts."""
        return zh if self.lang == "zh" else en

    def amount(self, value: float | None, unit: str) -> str:
        """A number with its unit."""
        if value is None or isnan(value):
            return self.pick("暂缺", "n/a")
        return f"{number_text(value)} {self.unit(unit)}".rstrip()

    def unit(self, unit: str) -> str:
        """A unit in words."""
        return "" if unit == "1" else chinese(unit) if self.lang == "zh" else english(unit)


def number_text(value: float) -> str:
    """Return a number with the digits that are stored."""
    return f"{value:.12g}"

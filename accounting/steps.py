"""Steps: how a figure came about. Every computed metric leaves one step; `explain` walks them down to the cell.

A step is an equation with its numbers. A term points on: to another figure, to ledger lines, to an input row,
to a factor. Nothing here computes; the modules that compute record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Term:
    """One number of an equation. `ref` is `figure:<id>`, `row:<row_id>`, `lines:<query>`, `factor:<id>` or ''."""

    name: str
    value: float | None
    unit: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """The equation behind one figure: symbols as the rule writes them, and the document that gives the rule."""

    figure: str
    equation: str
    terms: tuple[Term, ...]
    value: float | None
    unit: str
    rule: str = ""

    def record(self) -> dict[str, Any]:
        """Return a JSON-ready record."""
        # dataclasses.asdict copies deeply: ten times slower over the thousands of steps of a run
        terms = [{"name": t.name, "value": t.value, "unit": t.unit, "ref": t.ref} for t in self.terms]
        return {
            "figure": self.figure, "equation": self.equation, "terms": terms, "value": self.value, "unit": self.unit,
            "rule": self.rule,
        }  # fmt: skip

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Step:
        """Read back a record."""
        return cls(**{**record, "terms": tuple(Term(**term) for term in record["terms"])})


def lines_query(**parts: str) -> str:
    """Return the `ref` of a sum over ledger lines, e.g. lines:quantity=co2&category=E1.1."""
    return "lines:" + "&".join(f"{name}={value}" for name, value in parts.items())


EVERY = "*"
"""group of all items"""
NOTHING = "-"
"""stands for a list without items: no line has it, while no list at all would be every item"""


def items_query(items: Iterable[str], of: str, **parts: str) -> str:
    """Return the `ref` of a sum over the items that have lines, out of the group `of` (EVERY for the whole balance).

    The group is what the sum means: a carrier of it that is only NE has no line, yet is left out of the sum.
    """
    return lines_query(**parts, item=",".join(items) or NOTHING, of=of)


def parse_lines_query(ref: str) -> dict[str, str]:
    """Read back `lines_query`."""
    body = ref.removeprefix("lines:")
    return dict(part.split("=", 1) for part in body.split("&") if part)


def by_figure(steps: Iterable[Step]) -> dict[str, Step]:
    """Index steps by the figure they explain; the last one wins, as the last one set the value."""
    return {step.figure: step for step in steps}

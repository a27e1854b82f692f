"""What a reviewer compares: a number of the account and the range it should lie in. Pure; the ranges are dated data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, isinf

from .problems import Problem

PASSED, FOUND, NOT_POSSIBLE = "passed", "found", "not_possible"
SLACK = 1e-9
"""what a binary fraction may lie off its decimal"""


@dataclass(frozen=True, slots=True)
class Compared:
    """One number beside its range; `value`, `low` and `high` are in the unit of the bound, ends included."""

    bound: str
    value: float
    low: float = -inf
    high: float = inf
    entity: str = ""
    period: str = ""
    item: str = ""
    flow: str = ""
    problem: Problem | None = None
    """what is told where the number lies outside"""

    @property
    def exceeds(self) -> bool:
        """Tell whether the number lies outside its range."""
        return not self.low - SLACK <= self.value <= self.high + SLACK

    @property
    def distance(self) -> float:
        """Return how far towards an end of the range the number lies: 1 at the end, more outside it."""
        if isinf(self.low) and isinf(self.high):
            return 0.0
        if isinf(self.low) or isinf(self.high):
            end = self.low if isinf(self.high) else self.high
            out = self.value - end if isinf(self.low) else end - self.value
            return 1 + out / (abs(end) or 1.0)
        half, middle = (self.high - self.low) / 2, (self.high + self.low) / 2
        return abs(self.value - middle) / half if half else abs(self.value) + (1.0 if self.exceeds else 0.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one bound: how many numbers were compared, how many lie outside, and the worst of them."""

    tested: int
    found: int
    worst: Compared | None

    @property
    def status(self) -> str:
        """passed, found, or not_possible where there was nothing to compare."""
        if not self.tested:
            return NOT_POSSIBLE
        return FOUND if self.found else PASSED


def outcome(compared: Sequence[Compared]) -> Outcome:
    """Return what came of the comparisons of one bound."""
    worst = max(compared, key=lambda one: one.distance, default=None)
    return Outcome(len(compared), sum(one.exceeds for one in compared), worst)


def problems(compared: Iterable[Compared]) -> list[Problem]:
    """Return what is told about numbers outside their range."""
    return [one.problem for one in compared if one.exceeds and one.problem is not None]

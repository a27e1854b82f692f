"""Comparing what the package computes with a known answer."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from .case import Case, Outside, Scalar

ROUNDING = 1e-12
"""relative deviation of two floats that are the same number"""


@dataclass(frozen=True)
class Answer:
    """What the package computed for a case."""

    computed: Mapping[str, Any]
    expected: Mapping[str, Scalar] = field(default_factory=dict)
    """values that the function read from a table, beside those of the case"""
    left_out: Mapping[str, str] = field(default_factory=dict)
    """published values that are not compared -> why"""
    beside: Mapping[str, float] = field(default_factory=dict)
    """further results to be stated, not compared"""


@dataclass(frozen=True)
class Result:
    """A case after comparison."""

    case: Case
    compared: int
    within: int
    outside: tuple[str, ...]
    """values that lie outside their tolerance, as the case says"""
    worst: float
    """largest deviation of a number that is not outside, absolute or relative as the case says; NaN where there is none"""
    worst_at: str
    failures: tuple[str, ...]
    answer: Answer

    @property
    def passed(self) -> bool:
        """Tell whether every value lies within its tolerance, but for those the case lists as outside."""
        return self.compared > 0 and not self.failures


@cache
def result(case_id: str) -> Result:
    """Compute a case and compare it."""
    from .case import cases

    case = next(case for case in cases() if case.id == case_id)
    return compare(case, function(case.call)(**case.inputs))


def function(call: str) -> Callable[..., Answer]:
    """Return the function a case names."""
    module, _, name = call.partition(".")
    found: Callable[..., Answer] = getattr(import_module(f".{module}", __package__), name)
    return found


def compare(case: Case, answer: Answer) -> Result:
    """Compare every expected value; a value that was not computed fails."""
    expected = {**case.expected, **answer.expected}
    failures, outside, worst, worst_at, ratio = [], [], math.nan, "", -1.0
    for name, value in expected.items():
        found, allowed = answer.computed.get(name), case.allowed(name)
        deviation = _deviation(found, value, case)
        fits = _fits(deviation, allowed, 1.0 if case.relative else value)
        if name in case.outside:
            outside.append(name)
            failures += _pinned(name, found, case.outside[name], fits)
            continue
        if not fits:
            failures.append(f"{name}: computed {found!r}, expected {value!r}, tolerance {allowed:g}")
        if not isinstance(value, str | bool):
            size = deviation / allowed if allowed else deviation
            if not size <= ratio:
                worst, worst_at, ratio = deviation, name, size
    within = len(expected) - len(outside) - len([text for text in failures if ": computed" in text])
    surplus = sorted(set(answer.computed) - set(expected) - set(answer.left_out))
    failures += [f"{name}: nothing expected, computed {answer.computed[name]!r}" for name in surplus]
    failures += [f"{name}: listed as outside, nothing expected" for name in sorted(set(case.outside) - set(expected))]
    return Result(case, len(expected), within, tuple(outside), worst, worst_at, tuple(failures), answer)


def _pinned(name: str, found: Any, known: Outside, fits: bool) -> list[str]:
    """Fail where a value listed as outside lies within after all, or is no longer what the list says."""
    if fits:
        return [f"{name}: listed as outside, but {found!r} lies within the tolerance"]
    if not isinstance(found, int | float) or not _fits(abs(found - known.ours), known.pin, known.ours):
        return [f"{name}: listed as outside with {known.ours!r}, but {found!r} was found"]
    return []


def _deviation(found: Any, value: Scalar, case: Case) -> float:
    if isinstance(value, str | bool):
        return 0.0 if found == value else math.inf
    if found is None or isinstance(found, str):
        return math.inf
    gap = abs(float(found) - value)
    if not case.relative:
        return gap
    if gap <= case.grain:
        return 0.0
    return gap / abs(value) if value else (0.0 if not gap else math.inf)


def _fits(deviation: float, allowed: float, value: Scalar) -> bool:
    size = 0.0 if isinstance(value, str | bool) else abs(float(value))
    # a printed 0.05 admits 0.05: decimal fractions are not exact in binary
    return deviation <= allowed + ROUNDING * max(size, allowed)

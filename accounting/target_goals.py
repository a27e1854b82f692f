"""What a target asks for in one year: the number due, where it comes from, and how far along it should be.

Schedules: equal yearly rates for intensity reductions (1-(1-T)^(n/N); 累计降低进度达到年均20%以上 in local score sheets
is the same in logarithms), a straight line for levels and amounts, or the table a plan prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan

from . import rates
from .target_models import Op, holds
from .target_question import Actual, LackError, Question, level, levels
from .units import factor
from .wording import words


@dataclass(frozen=True, slots=True)
class Goal:
    """The number a result is compared with (`due`), the full target it belongs to, and its wording."""

    target: float | None = None
    """the full target, as printed"""
    due: float | None = None
    """what is compared: the target itself, or the schedule before it falls due; None = cannot be told"""
    schedule: float = nan
    base: float | None = None
    op: Op = ">="
    hedge: str = ""
    nature: str = ""
    whole: bool = True
    high: float | None = None
    equation: str = ""
    rule: str = ""
    evidence: str = ""
    source: str = ""

    def reached(self, value: float) -> bool:
        """Tell whether the full target is reached already."""
        return self.target is not None and holds(self.op, value, self.target)

    def share(self, value: float) -> float:
        """Return the linear share of the target, %: of the way from the base for a level."""
        if self.target is None or self.target == (self.base or 0):
            return nan
        return float(rates.share_of_way(value, self.base or 0.0, self.target))


def annual_goal(question: Question) -> Goal | None:
    """Return the goal of the single year: the one set for it, else for intensities the even yearly rate."""
    target, year = question.target, question.year
    given = target.yearly.get(year)
    if given is not None:
        return Goal(
            target=given.value, due=given.value, op=target.op, hedge=given.hedge, nature=target.nature, whole=False,
            high=given.high, rule="year_set", evidence=given.evidence.value, source=given.source or target.source,
        )  # fmt: skip
    if target.kind != "cumulative_pct" or target.value is None:
        return None
    rate = rates.required_average(target.value, question.end - question.base_year)
    return Goal(
        target=rate, due=rate, schedule=rate, op=target.op, hedge=target.hedge, nature="reference", whole=False,
        equation="a = 1 - (1-T)^(1/N)", rule="year_even", evidence=target.evidence.value, source=target.source,
    )  # fmt: skip


def whole_goal(question: Question, actual: Actual) -> Goal:
    """Return the goal of the period so far: the target when due, its schedule before."""
    target = question.target
    if target.kind == "hold_level":
        return _held(question)
    if target.kind == "trend":
        return _last_year(question)
    base = _base(question) if target.kind == "level" else None
    schedule, equation = _schedule(question, base)
    fixed = question.final or target.kind in ("cap", "increment_cap")
    due = target.value if fixed else (schedule if isfinite(schedule) else None)
    if due is None and actual.value is not None and holds(target.op, actual.value, target.value or nan):
        due = target.value
    return Goal(
        target=target.value, due=due, schedule=schedule, base=base, op=target.op, hedge=target.hedge,
        nature=target.nature, equation="" if fixed else equation, rule="target" if fixed else "schedule",
        evidence=target.evidence.value, source=target.source,
    )  # fmt: skip


def _schedule(question: Question, base: float | None) -> tuple[float, str]:
    """Return what is due in the year, in the unit of the target, and the equation; NaN where it cannot be told."""
    target, years = question.target, question.end - question.base_year
    passed = question.year - question.base_year
    kind = target.schedule or ("equal_log" if target.kind == "cumulative_pct" else "linear")
    if target.value is None or target.kind == "cap":
        return nan, ""
    if kind == "table":
        printed = rates.table_schedule(target.path, question.year)
        return (nan if printed is None else printed), words("进度表", "printed path")
    if kind == "equal_log":
        return float(rates.equal_log_schedule(target.value, passed, years)), words(
            "进度目标 = 1 - (1-T)^(n/N)", "due = 1 - (1-T)^(n/N)"
        )
    if target.kind == "level" and base is None:
        return nan, ""
    return float(rates.linear_schedule(base or 0.0, target.value, passed, years)), words(
        "进度目标 = x0 + (xT-x0)·n/N", "due = x0 + (xT-x0)·n/N"
    )


def _base(question: Question) -> float | None:
    if question.target.base_value is not None:
        unit = question.target.base_unit or question.target.unit
        return question.target.base_value * (
            factor(unit, question.target.unit) if unit != question.target.unit else 1.0
        )
    try:
        return levels(question, [question.base_year, question.year])[0].value
    except LackError:
        return _level_at(question, question.base_year)


def _level_at(question: Question, year: int) -> float | None:
    try:
        return level(question, year).value
    except LackError:
        return None


def _held(question: Question) -> Goal:
    target = question.target
    base = _base(question) if target.value is None else target.value
    return Goal(
        target=base, due=base, op=target.op, hedge=target.hedge, nature=target.nature, rule="hold",
        equation=words("不差于基年", "not worse than the base year"), evidence=target.evidence.value, source=target.source,
    )  # fmt: skip


def _last_year(question: Question) -> Goal:
    target = question.target
    try:
        before = levels(question, [question.year - 1, question.year])[0].value
    except LackError:
        before = None
    return Goal(
        target=before, due=before, op=target.op, hedge=target.hedge, nature=target.nature, rule="trend",
        equation=words("与上年比较", "against last year"), evidence=target.evidence.value, source=target.source,
    )  # fmt: skip

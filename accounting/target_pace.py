"""How far along a target is: achieved_early, ahead, on_track, behind.

The share done against the share of time elapsed, ±0.05 (纲要中期评估 pattern: 提前实现, 快于预期, 符合预期, 滞后预期).
What the share means depends on where the way starts, which is the base level of a `level` and 0 of what accumulates:

    start does not satisfy the target   something to reach: early once it is reached, ahead when more than the time is done
    start satisfies the target          a limit to stay within (water use may grow to 16.16, a budget of the period): never
                                        early, since nothing is reached by starting, and ahead when less than the time is used
    start = target, or not known        no way to measure: no pace
"""

from __future__ import annotations

from dataclasses import replace
from math import isfinite

from . import rates
from .target_actuals import whole
from .target_goals import Goal
from .target_models import JudgingRule, holds
from .target_question import Actual, Question

ACCUMULATES = ("cumulative_pct", "reduction_pct", "reduction_amount", "cumulative_amount")
"""kinds that start at 0; `level` starts at its base, and the others have no way to go"""


def is_limit(question: Question, goal: Goal) -> bool | None:
    """Tell whether the target is a limit to stay within, not something to reach; None where that cannot be told."""
    kind = question.target.kind
    start = 0.0 if kind in ACCUMULATES else goal.base if kind == "level" else None
    if start is None or goal.target is None or start == goal.target:
        return None
    return holds(goal.op, start, goal.target)


def pace_of(question: Question, goal: Goal, actual: Actual, rule: JudgingRule) -> str:
    """Return the pace; '' for caps, increments, holds and trends, where the start is not known, and once due.

    A target that was reached in an earlier year and is still met when due is achieved_early.
    """
    limit, value = is_limit(question, goal), actual.value
    if limit is None or value is None:
        return ""
    if question.final:
        early = not limit and goal.reached(value) and _reached_before(question, goal, actual)
        return "achieved_early" if early else ""
    if not limit and goal.reached(value):
        return "achieved_early"
    return _against_time(question, goal, value, rule, limit)


def _reached_before(question: Question, goal: Goal, actual: Actual) -> bool:
    """Whether a result of an earlier year, of the same definition, reached the target."""
    before = (whole(replace(question, year=year)) for year in range(question.first, question.year))
    return any(
        past.value is not None and past.definition == actual.definition and goal.reached(past.value) for past in before
    )


def _against_time(question: Question, goal: Goal, value: float, rule: JudgingRule, limit: bool) -> str:
    logarithmic = question.target.kind == "cumulative_pct"
    done = float(rates.log_progress(value, goal.target or 0.0)) if logarithmic else goal.share(value)
    elapsed = (question.year - question.base_year) / (question.end - question.base_year)
    ahead = round((elapsed - done / 100) if limit else (done / 100 - elapsed), 9)
    if not isfinite(ahead):
        return ""
    if ahead >= rule.pace_band:
        return "ahead"
    return "behind" if ahead < -rule.pace_band else "on_track"

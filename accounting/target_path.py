"""The way to a target, year by year: due and reached up to each year, due and reached in the year alone.

The same goals and results as the verdicts: nothing is chained here that a verdict would refuse.
"""

from __future__ import annotations

from dataclasses import dataclass

from .metric_lookup import Lookup
from .target_actuals import annual, whole
from .target_goals import Goal, annual_goal, whole_goal
from .target_models import Plan, Target
from .target_question import Actual, Question


@dataclass(frozen=True, slots=True)
class Stage:
    """One year on the way: what the period so far asks for and has reached, and the same of the year alone."""

    year: int
    first: int
    left: int
    """years left after it"""
    due: Goal
    reached: Actual
    asked: Goal | None
    fell: Actual


def path(plan: Plan, target: Target, entity: str, lookup: Lookup) -> list[Stage]:
    """Return the years from the first that counts to the target year. The kind must be one that compares figures."""
    start = Question(plan, target.settled(), entity, plan.base_year, lookup)
    years = range(start.first, start.end + 1)
    return [_stage(Question(plan, target.settled(), entity, year, lookup)) for year in years]


def _stage(question: Question) -> Stage:
    reached = whole(question)
    return Stage(
        question.year, question.first, question.end - question.year, whole_goal(question, reached), reached,
        annual_goal(question), annual(question),
    )  # fmt: skip

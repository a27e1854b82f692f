"""The way to a target as figures, one set a year: schedule, result, deviation, progress, remaining effort.

Cumulative reductions, levels and caps, amounts, increments: what is due and reached follows the kind of the target.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, isnan

from ..accounting import rates
from ..accounting.metric_lookup import Lookup, span
from ..accounting.metrics import MetricBook
from ..accounting.steps import Term
from ..accounting.target_models import Plan, Target
from ..accounting.target_path import Stage, path
from .derived import PER_CENT, Derived

LEVELS = ("level", "hold_level", "cap")
"""kinds whose result is the number of the year itself"""
AMOUNTS = ("reduction_pct", "reduction_amount", "cumulative_amount", "increment_cap")
"""kinds whose result adds up, or compares the year with the base year"""
KINDS = ("cumulative_pct", *LEVELS, *AMOUNTS)
"""kinds that have a way to go by year"""


@dataclass(frozen=True)
class Due:
    """Figure ids of one year in the unit of the target; '' where there is no number."""

    year: int
    due: str
    """what the schedule asks for up to the year; the limit itself where there is no schedule"""
    reached: str
    """what was reached from the base year to the year; for a level the year's level"""
    deviation: str
    """reached - due"""
    asked: str
    """what the year alone is asked for: as set, else for a cumulative reduction at the even rate"""
    fell: str
    """what the year alone reached"""
    progress: str
    share: str
    remaining: str
    met: bool | None
    """whether the year alone reached what was asked; None = not known"""
    set_for_year: bool
    """whether the year's number was set by somebody and does not only follow from the target"""
    lack: tuple[str, str] = ("", "")
    """why the result up to the year is not known, in Chinese and English, where figures exist that must not be combined"""


def schedule(derived: Derived, plan: Plan, target: Target, entity: str) -> list[Due]:
    """Record the years of a target of one of KINDS: due, reached, and how the two compare."""
    book = MetricBook()
    book.take(derived.results.metrics)
    return [_Year(derived, plan, target.settled(), stage).due() for stage in path(plan, target, entity, Lookup(book))]


@dataclass(frozen=True)
class _Year:
    derived: Derived
    plan: Plan
    target: Target
    stage: Stage

    def due(self) -> Due:
        stage, goal = self.stage, self._goal
        due = self._put("schedule", *self._due, [goal], so_far=True)
        reached = self._put("reached", stage.reached.value, stage.reached.equation, stage.reached.terms, so_far=True)
        done = self.derived.value(reached) if reached else None
        fell = self._put("fell", stage.fell.value, stage.fell.equation, stage.fell.terms)
        asked = stage.asked
        set_for_year = asked is not None and asked.nature != "reference"
        name = self._asked(set_for_year)
        met = asked.reached(stage.fell.value) if asked and stage.fell.value is not None else None
        deviation = ""
        if reached and due:
            deviation = self.derived.difference(self._name("deviation", so_far=True), reached, due, "实绩 - 进度目标")
        lack = stage.reached.missing if stage.reached.reason not in ("", "no_data") else ("", "")
        measures = self._measures(reached, done)
        return Due(stage.year, due, reached, deviation, name, fell, *measures, met, set_for_year, lack)

    @property
    def _due(self) -> tuple[float | None, str]:
        """What the schedule asks for, else the limit or the number to hold, with its equation."""
        goal = self.stage.due
        if isfinite(goal.schedule):
            return goal.schedule, goal.equation or "进度目标 = xT·n/N"
        return (goal.due, goal.equation or "目标数 target") if self.target.kind in LEVELS else (None, "")

    def _asked(self, set_for_year: bool) -> str:
        goal = self.stage.asked
        if goal is None:
            return ""
        term = Term("年度目标 target of the year", goal.target, self.target.unit, f"input:{goal.source}")
        equation = "下达的年度目标 as assigned" if set_for_year else goal.equation
        return self._put("asked", goal.target, equation, [term if set_for_year else self._goal])

    def _measures(self, reached: str, done: float | None) -> tuple[str, str, str]:
        full, left = float(self.target.value or 0.0), self.stage.left
        if self.target.kind != "cumulative_pct":
            return "", self._linear(reached, done), ""
        if done is None or not 0 < full < 100 or done >= 100:
            return "", "", ""
        terms = [self.derived.term(reached, "累计降低率 R"), self._goal]
        progress = self._put(
            "progress", float(rates.log_progress(done, full)), "ln(1-R)/ln(1-T) x 100", terms, so_far=True
        )
        share = self._put("share", float(rates.linear_share(done, full)), "R/T x 100", terms, so_far=True)
        ask = rates.remaining_yearly(full, done, left) if left and done < full else None
        return progress, share, self._put("remaining", ask, "1-((1-T)/(1-R))^(1/n)", terms, so_far=True)

    def _linear(self, reached: str, done: float | None) -> str:
        """Return the part of the target that is reached: of the way from the base for a level that has one."""
        share = self.stage.due.share(done) if done is not None else None
        terms = [self.derived.term(reached, "实绩"), self._goal]
        return self._put(
            "share", share, "(x-x0)/(xT-x0) x 100" if self.stage.due.base else "x/xT x 100", terms, so_far=True
        )

    @property
    def _goal(self) -> Term:
        return Term("目标 target", self.target.value, self.target.unit, f"input:{self.target.source}")

    def _name(self, what: str, *, so_far: bool) -> str:
        period = span(self.stage.first, self.stage.year) if so_far else str(self.stage.year)
        return f"{what}/{self.plan.id}/{self.target.id}:{period}"

    def _put(
        self,
        what: str,
        value: float | None,
        equation: str,
        terms: tuple[Term, ...] | list[Term],
        *,
        so_far: bool = False,
    ) -> str:
        if value is None or isnan(value):
            return ""
        evidence = str(self.target.evidence) if what in ("schedule", "asked") else ""
        unit = PER_CENT if what in ("progress", "share", "remaining") else self.target.unit
        return self.derived.put(
            self._name(what, so_far=so_far), float(value), unit, equation, tuple(terms), evidence=evidence
        )

"""Results of the official assessment that a workspace states (`assessed`), checked against the plan and the scheme.

A published grade must be a word of the scheme in force that year: the regimes share no words (超额完成 ends with 2025).
"""

from __future__ import annotations

from math import nan
from pathlib import Path

from ..accounting.problems import Problem, ProblemList, Where
from ..accounting.target_grades import Official, Officials
from ..accounting.target_messages import MESSAGES
from ..accounting.target_models import Plan, Target
from . import rules
from .workspace.models import Inventory, OfficialResult
from .workspace.workspace import INVENTORY


def results(inventory: Inventory, plan: Plan, problems: ProblemList, base: Path) -> Officials:
    """Return the results stated for a plan by (indicator, year); one that cannot be is left out and told (PLAN-RESULT)."""
    found = {}
    for one in (one for one in inventory.assessed if _of(one, plan.id)):
        problem = _wrong(one, plan, inventory, base)
        if problem:
            problems.add(problem)
            continue
        score = nan if one.score is None else one.score
        found[one.indicator, one.year] = Official(one.grade, score, one.source, evidence_of(one))
    return found


def evidence_of(one: OfficialResult) -> str:
    """Return the evidence level of a stated result, '' for the place's own or measured data."""
    return "" if one.evidence in ("", "measured") else str(one.evidence)


def unplanned(inventory: Inventory) -> list[Problem]:
    """Return the results stated for a plan that the workspace does not list."""
    names = [name.rsplit("/", 1)[-1].removesuffix(".yaml") for name in inventory.plans]
    stray = (one for one in inventory.assessed if not any(_of(one, name) for name in names))
    return [_problem(one, one.plan, ", ".join(names) or "-", at="plans") for one in stray]


def _of(one: OfficialResult, plan: str) -> bool:
    return one.plan.rsplit("/", 1)[-1].removesuffix(".yaml") == plan


def _wrong(one: OfficialResult, plan: Plan, inventory: Inventory, base: Path) -> Problem | None:
    targets = {target.id: target for target in plan.targets}
    if one.indicator not in targets:
        return _problem(one, one.indicator, ", ".join(targets))
    first, last = plan.period
    if not first <= one.year <= last:
        return _problem(one, str(one.year), f"{first}-{last}")
    words = _words(targets[one.indicator], one.year, inventory, base)
    if one.grade and one.grade not in words:
        return _problem(one, one.grade, "、".join(words) or "-")
    return None


def _words(target: Target, year: int, inventory: Inventory, base: Path) -> list[str]:
    """Grades of the scheme in force for an indicator in a year."""
    scheme = rules.judging_rule(year, inventory.schemes, base=base).scheme("grade", [target.metric], year)
    return [band.name.zh for band in scheme.bands] if scheme else []


def _problem(one: OfficialResult, found: str, expected: str, at: str = "assessed") -> Problem:
    key = f"{one.plan}/{one.indicator}:{one.year}"
    return MESSAGES.problem("PLAN-RESULT", Where(file=INVENTORY, key=at), found, expected, key=key)

"""The numbers of an assessment as figures: target, progress, share, effort; counts; schedule of every year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any

from ..accounting import rates
from ..accounting.figure_id import FigureId
from ..accounting.steps import Term
from ..accounting.target_count import counts
from ..accounting.target_models import Plan, Target
from .derived import PER_CENT, Derived

PARTS = {
    "target": "目标值 target", "schedule": "进度目标 due by now", "progress": "ln(1-R)/ln(1-T) x 100",
    "share": "R/T x 100", "over": "(实绩 - 目标)/目标 x 100", "remaining": "1-((1-T)/(1-R))^(1/n)，今后年均",
}  # fmt: skip
SAME_UNIT = ("target", "schedule")


@dataclass(frozen=True)
class Judged:
    """Figures of one row of the verdict table."""

    value: str
    parts: Mapping[str, str]


def figure_of(row: Mapping[str, Any], plan_entity: str, part: str = "") -> str:
    """Return the id of a verdict, or of one of its numbers."""
    name = f"verdict/{row['plan']}/{row['indicator']}" + (f"/{part}" if part else "")
    entity = str(row["entity"])
    return str(FigureId(name, "" if entity == plan_entity else entity, str(row["period"])))


def judged(derived: Derived, row: Mapping[str, Any], plan_entity: str) -> Judged:
    """Record the numbers of a verdict row. What does not apply stays missing."""
    whole = figure_of(row, plan_entity)
    evidence = str(row["evidence"])
    derived.levels.known.setdefault(whole, evidence)
    if whole not in derived:
        value = None if isnan(float(row["value"])) else float(row["value"])
        derived.put(whole, value, str(row["unit"]), "实绩 result", evidence=evidence)
    parts = {}
    for name, equation in PARTS.items():
        number = float(row[name])
        unit = str(row["unit"]) if name in SAME_UNIT else PER_CENT
        terms = [derived.term(whole, "实绩 result")]
        if name == "target":
            terms = [Term("目标 target", None if isnan(number) else number, unit, f"input:{row['source']}")]
        elif name != "schedule":
            terms.append(Term("目标 target", float(row["target"]), str(row["unit"]), f"input:{row['source']}"))
        parts[name] = derived.put(
            figure_of(row, plan_entity, name), None if isnan(number) else number, unit, equation, terms,
            rule=str(row["rule"]), evidence=evidence,
        )  # fmt: skip
    return Judged(whole, parts)


def counted(derived: Derived, nature: str) -> dict[str, str]:
    """Record how many indicators of a nature there are, met, missed and open."""
    number = counts(derived.results.verdicts, (nature,))
    values = {"total": number.total, "met": number.met, "missed": number.missed, "open": number.open}
    return {
        name: derived.put(
            f"verdict_count/{nature or 'unnamed'}/{name}", float(value), "项", "按指标计数（每项指标一次）",
            [Term("评价表 verdicts", float(value), "项")], rule="results/verdicts.csv",
        )
        for name, value in values.items()
    }  # fmt: skip


@dataclass(frozen=True)
class Due:
    """One year of a cumulative target: what the even schedule asks for, and what was reached."""

    year: int
    due: str
    reached: str


def schedule(derived: Derived, plan: Plan, target: Target, yearly: Mapping[int, str]) -> list[Due]:
    """Record cumulative reductions by year: due at an even rate (equal_log), reached by chaining the yearly changes.

    `yearly` holds figures of yearly changes (falls negative); the chain stops at the first missing year.
    """
    first, last = plan.period
    out = []
    names: list[str] = []
    for year in range(first, last + 1):
        if year in yearly and len(names) == year - first:
            names.append(yearly[year])
        due = _due(derived, plan, target, year)
        out.append(Due(year, due, _reached(derived, plan, target, year, names) if len(names) > year - first else ""))
    return out


def _due(derived: Derived, plan: Plan, target: Target, year: int) -> str:
    first, last = plan.period
    goal = float(target.value or 0.0)
    value = rates.equal_log_schedule(goal, year - first + 1, last - first + 1)
    terms = [Term("目标 target", goal, target.unit, f"input:{target.source}")]
    name = f"schedule/{plan.id}/{target.id}:{first}-{year}"
    return derived.put(
        name, float(value), PER_CENT, "1-(1-T)^(n/N)", terms, rule="equal_log", evidence=str(target.evidence)
    )


def _reached(derived: Derived, plan: Plan, target: Target, year: int, names: Iterable[str]) -> str:
    terms = [derived.term(name) for name in names]
    value = -float(rates.chain([term.value or 0.0 for term in terms]))
    name = f"reached/{plan.id}/{target.id}:{plan.period[0]}-{year}"
    return derived.put(name, value, PER_CENT, "1 - Π(1 + 年度变化率)", terms)

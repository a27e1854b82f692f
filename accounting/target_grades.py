"""The grade and the warning of a verdict, in the words of the dated schemes in force that year.

A published grade stands as published, and where a missed target vetoes every grade but one it is the verdict, too, before
our own comparison. Else a missed target fixes the grade where the scheme has a veto, and points fix it otherwise. A met
target alone never does: for 2007, 4.01 against 4.00 was graded 超额完成 in 辽宁 and 基本完成 in 江西.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan, nan

from . import rates
from .models import Evidence
from .target_goals import Goal
from .target_models import Bands, JudgingRule, Target
from .target_question import Question, Words

_NO_POINTS: Words = (
    "考核等级由得分评定，未录入得分或公布的等级",
    "the grade follows from points; neither points nor a published grade were entered",
)


@dataclass(frozen=True, slots=True)
class Official:
    """What the assessing body itself found for one indicator in one year: the grade it published, or the points."""

    grade: str = ""
    score: float = nan
    source: str = ""
    evidence: str = ""

    def __bool__(self) -> bool:
        return bool(self.grade) or not isnan(self.score)


Officials = Mapping[tuple[str, int], Official]
"""results of the official assessment by (indicator, year)"""


@dataclass(frozen=True, slots=True)
class Said:
    """The words of the schemes in force, the ids of the schemes that gave them, and what a reader must be told."""

    grade: str = ""
    warning: str = ""
    schemes: tuple[str, ...] = ()
    remarks: tuple[Words, ...] = ()
    source: str = ""
    """where the grade was published"""
    evidence: str = ""
    """evidence of the published grade or points"""


def found(question: Question, rule: JudgingRule, officials: Officials) -> Official:
    """Return what the assessing body found in the asked year; nothing where that rests on less than is required."""
    official = officials.get((question.target.id, question.year), Official())
    known = official.evidence and rule.require_evidence
    weak = known and Evidence(official.evidence).rank > Evidence(rule.require_evidence).rank
    return Official() if weak else official


def published(question: Question, goal: Goal, rule: JudgingRule, official: Official) -> str:
    """Return the verdict (met, missed) that a published grade is, '' where it is none.

    It is where a missed target vetoes every grade but one: the target of the year, or the one of the period once due. The
    vetoed grade of a year with both may come from either, and is the verdict of the year.
    """
    scheme = rule.scheme("grade", [question.target.metric], question.year)
    if (
        not official.grade
        or scheme is None
        or scheme.veto is None
        or _ungraded(goal)
        or not _vetoes(question, goal, scheme)
    ):
        return ""
    if official.grade != scheme.veto.zh:
        return "met"
    yearly = question.target.yearly.get(question.year) is not None and not scheme.veto_when_due
    return "" if goal.whole and yearly else "missed"


def _vetoes(question: Question, goal: Goal, scheme: Bands) -> bool:
    """Tell whether the scheme's veto falls when this row is missed."""
    return question.final if goal.whole else not scheme.veto_when_due


def _ungraded(goal: Goal) -> bool:
    return goal.nature == "reference" or goal.target is None


def graded(
    question: Question, goal: Goal, value: float | None, verdict: str, rule: JudgingRule, official: Official
) -> Said:
    """Return grade and warning of one row; a rate that nobody assigned (`reference`) has no grade."""
    scheme = rule.scheme("grade", [question.target.metric], question.year)
    grade, remarks = _grade(question, goal, verdict, scheme, official)
    warning, barometer = _warning(question, goal, value, rule)
    used = (*((scheme.id,) if scheme and grade else ()), *barometer)
    own = grade and official
    return Said(grade, warning, used, remarks, official.source if own else "", official.evidence if own else "")


def _grade(
    question: Question, goal: Goal, verdict: str, scheme: Bands | None, official: Official
) -> tuple[str, tuple[Words, ...]]:
    if _ungraded(goal):
        return "", ()
    if official.grade:
        year = question.year
        told = (f"等级为公布的 {year} 年度考核等级", f"the grade is the one published for {year}")
        return official.grade, (told,)
    due = question.final or not goal.whole
    if scheme is None or not due or verdict not in ("met", "missed"):
        return "", ()
    if verdict == "missed" and scheme.veto and (goal.whole or not scheme.veto_when_due):
        return scheme.veto.zh, ()
    band = scheme.classify({"score": official.score})
    return (band.name.zh, ()) if band else ("", (_NO_POINTS,))


def _warning(question: Question, goal: Goal, value: float | None, rule: JudgingRule) -> tuple[str, tuple[str, ...]]:
    scheme = rule.scheme("warning", [question.target.metric], question.year)
    if scheme is None or goal.whole or value is None or not goal.target:
        return "", ()
    band = scheme.classify(_warned_by(question.target, value, goal.target))
    return (band.name.zh, (scheme.id,)) if band else ("", ())


def _warned_by(target: Target, value: float, goal: float) -> dict[str, float]:
    if target.op in ("<=", "<"):
        # a cap: what is beyond it is the shortfall
        over = rates.over_fulfilment(value, goal)
        return {"completion": 100 - over, "gap": over}
    return {"completion": rates.linear_share(value, goal), "gap": rates.gap(value, goal), "reduction": value}

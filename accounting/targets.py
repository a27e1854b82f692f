"""Judging a plan: each indicator against its target in one year, by rules that are data.

A verdict, a pace, a grade and a warning are four columns and never one word. Rules of comparison: the unrounded result
against the number as printed, so 19.98 against 20 is missed by 0.02 points even though 20 would be printed, and 13.004
exceeds 13; 左右 has no official tolerance; a number that a superior has not yet assigned is never met; a target is judged
in its target year, and later years are told for information. Equations stand in `rates`.
"""

from __future__ import annotations

from dataclasses import replace
from math import isnan, nan

import pandas as pd

from . import rates
from .figure_id import FigureId
from .metric_lookup import Lookup, span
from .metrics import MetricBook
from .models import Evidence, weakest
from .problems import InputError, Where
from .steps import Step, Term
from .tables import VERDICTS
from .target_actuals import annual, whole
from .target_goals import Goal, annual_goal, whole_goal
from .target_grades import Officials, words
from .target_messages import MESSAGES
from .target_models import JudgingRule, Plan
from .target_pace import is_limit, pace_of
from .target_question import Actual, Names, Question, Words
from .target_verdict import SEPARATOR, Decision, decide
from .unit_words import in_words

PER_CENT = ("cumulative_pct", "reduction_pct")
OVER_A_PERIOD = (*PER_CENT, "reduction_amount", "cumulative_amount", "increment_cap")
_MISSING: dict[str, Words] = {
    "assigned_by_superior": ("待{by}下达：原文为“{printed}”，目标数值、文号未收到", "not yet assigned by {by}: the plan prints “{printed}”"),
    "lost": ("原表数值缺失：{note}", "the value is missing in the copy at hand: {note}"),
    "qualitative": ("定性目标“{printed}”，需责任单位给出状态与佐证", "qualitative target “{printed}”: needs a declared state with evidence"),
}  # fmt: skip

_NO_TARGET: Words = ("规划未给出 {year} 年的目标数值", "the plan sets no number for {year}")
_NOT_BEGUN: Words = ("自 {first} 年起计算，{year} 年尚不评价", "counts from {first}, not yet judged in {year}")
_BY_NATURE: Words = ("不涉及", "not applicable")


def judge(
    plan: Plan,
    metrics: pd.DataFrame | MetricBook,
    year: str,
    entity: str = "",
    rule: JudgingRule | None = None,
    officials: Officials | None = None,
    names: Names | None = None,
) -> pd.DataFrame:
    """Return the verdicts of a plan in one year of its period (table `verdicts`).

    Per indicator up to two rows: the year alone (`2019`) and the period so far (`2016-2019`), which is judged against
    the schedule until the target falls due, and in the target year where a later one is asked. A yearly rate that only follows from the five-year target has the nature
    `reference`. `metrics` is a metrics table or the book of a run; a book receives one step per row, under the figure
    `verdict/<plan>/<indicator>:<period>`. `entity` defaults to the plan's; `officials` are published grades or points;
    `names` are titles of metrics for the sentence on what is missing. Raises InputError TARGET-YEAR.
    """
    number = _year(plan, year)
    book = metrics if isinstance(metrics, MetricBook) else _book(metrics)
    place, rule = entity or plan.entity, rule or JudgingRule()
    lookup = Lookup(book)
    rows: list[dict[str, object]] = []
    for target in plan.targets:
        question = Question(plan, target.settled(), place, number, lookup, names or {}).when_due()
        rows += [_row(line, book, rule, officials or {}) for line in _lines(question)]
    return VERDICTS.conform(pd.DataFrame(rows, columns=VERDICTS.names))


def _year(plan: Plan, year: str) -> int:
    first, last = plan.period
    if not (year.isdigit() and first <= int(year) <= last):
        raise InputError(MESSAGES.problem("TARGET-YEAR", Where(key=plan.id), year, f"{first}-{last}", key=plan.id))
    return int(year)


def _book(metrics: pd.DataFrame) -> MetricBook:
    book = MetricBook()
    book.take(metrics)
    return book


class _Line:
    """One row to be judged: the question, the goal and the result found."""

    def __init__(self, question: Question, period: str, goal: Goal, actual: Actual) -> None:
        self.question, self.period, self.goal, self.actual = question, period, goal, actual

    @property
    def whole(self) -> bool:
        """Whether the row stands for the target itself, not for one year of a rate."""
        return self.goal.whole


def _lines(question: Question) -> list[_Line]:
    target = question.target
    if target.kind in _MISSING or target.kind == "not_applicable" or not question.begun:
        return [_unjudged(question)]
    lines = []
    goal = None if question.asked else annual_goal(question)
    if goal is not None:
        lines.append(_Line(question, str(question.year), goal, annual(question)))
    if target.value is not None or target.kind in ("hold_level", "trend"):
        period = span(question.first, question.year) if target.kind in OVER_A_PERIOD else str(question.year)
        if not lines or lines[0].period != period:
            actual = _with_later(question, whole(question))
            lines.append(_Line(question, period, whole_goal(question, actual), actual))
    return lines or [_unjudged(question)]


def _with_later(question: Question, actual: Actual) -> Actual:
    """Add the result of a year after the target year: it is told and never judged."""
    if not question.asked:
        return actual
    later, due = whole(replace(question, year=question.asked)).value, question.end
    zh, en = f"目标年为 {due} 年", f"due in {due}"
    told: Words = (f"{zh}，以后年份不再评价", f"{en}, later years are not judged")
    if later is not None:
        amount = in_words(f"{later:.2f}", question.target.unit)
        told = (
            f"{zh}；{question.asked} 年为 {amount[0]}，仅供参考",
            f"{en}; {amount[1]} in {question.asked} is for information",
        )
    return replace(actual, remarks=(*actual.remarks, told))


def _unjudged(question: Question) -> _Line:
    """Return the row of a target that has no number (this year): what is missing, or that it does not apply."""
    target = question.target
    yearly = bool(target.yearly) and target.value is None and target.kind not in _MISSING
    compared = target.resolves_to or target.kind
    whole_period = compared in OVER_A_PERIOD and question.begun and not yearly
    period = span(question.first, question.year) if whole_period else str(question.year)
    rule = "year_missing" if yearly else "unresolved"
    goal = Goal(nature=target.nature, rule=rule, evidence=target.evidence.value, source=target.source)
    if target.kind == "not_applicable":
        return _Line(question, period, goal, Actual(None, reason="not_applicable", missing=_BY_NATURE))
    fill = {
        "by": target.assigned_by or "上级", "printed": target.printed, "note": target.note or target.printed,
        "year": question.year, "first": question.first,
    }  # fmt: skip
    text = _MISSING.get(target.kind, _NO_TARGET if question.begun else _NOT_BEGUN)
    zh, en = (words.format(**fill) for words in text)
    return _Line(question, period, goal, Actual(None, reason="target_unresolved", missing=(zh, en)))


def _row(line: _Line, book: MetricBook, rule: JudgingRule, officials: Officials) -> dict[str, object]:
    question, goal = line.question, line.goal
    target = question.target
    evidence = weakest([line.actual.evidence, goal.evidence])
    actual = _strong_enough(line.actual, evidence, rule)
    decision = decide(actual, goal, target, rule)
    said = words(question, goal, actual.value, decision.verdict, rule, officials)
    measures = _measures(line, actual)
    remarks = [*decision.remarks, *_effort(question, goal, measures["remaining"]), *actual.remarks, *said.remarks]
    missing = actual.missing if decision.verdict == "cannot_judge" else ("", "")
    row = {
        "plan": question.plan.id, "indicator": target.id, "entity": question.entity, "period": line.period,
        "value": _number(actual.value), "target": _number(goal.target), "unit": target.unit, "nature": goal.nature,
        "verdict": decision.verdict, "reason": decision.reason, "grade": said.grade,
        "warning": said.warning,
        "schedule": goal.schedule, "rule": " ".join([f"{rule.id}/{goal.rule}", *said.schemes]), "missing": _both([missing]),
        "evidence": evidence, "source": "；".join(dict.fromkeys(text for text in (goal.source, said.source) if text)), "note": _both(remarks),
        "pace": pace_of(question, goal, actual, rule) if goal.whole else "", **measures,
    }  # fmt: skip
    _record(line, actual, decision, rule, book)
    return row


def _strong_enough(actual: Actual, evidence: str, rule: JudgingRule) -> Actual:
    if not (rule.require_evidence and evidence) or actual.value is None:
        return actual
    if Evidence(evidence).rank <= Evidence(rule.require_evidence).rank:
        return actual
    found, asked = Evidence(evidence), Evidence(rule.require_evidence)
    missing = (
        f"依据为“{found.label('zh')}”，低于要求的“{asked.label('zh')}”",
        f"rests on {found.label('en')} evidence, below the required {asked.label('en')}",
    )
    return replace(actual, reason="evidence", missing=missing)


def _effort(question: Question, goal: Goal, remaining: float) -> list[Words]:
    """Say what is still needed, and where a yearly number was not set by anybody."""
    if goal.nature == "reference":
        return [
            (
                "年度数由五年目标按等对数进度推得，非下达目标",
                "the yearly rate follows from the five-year target and was not assigned",
            )
        ]
    if isnan(remaining):
        return []
    left = question.end - question.year
    return [
        (
            f"今后 {left} 年需年均下降 {remaining:.2f}%",
            f"needs to fall by {remaining:.2f} % a year in the {left} years left",
        )
    ]


def _measures(line: _Line, actual: Actual) -> dict[str, float]:
    """Return progress, share, over-fulfilment and the remaining yearly rate; NaN where they mean nothing."""
    value, goal, question = actual.value, line.goal, line.question
    if value is None or goal.target is None:
        return {"progress": nan, "share": nan, "over": nan, "remaining": nan}
    kind, left = question.target.kind, question.end - question.year
    compounds = goal.whole and kind in PER_CENT and 0 < goal.target < 100 and value < 100
    beyond = question.final or not goal.whole or (goal.reached(value) and not is_limit(question, goal))
    ask = compounds and left > 0 and value < goal.target and goal.op in (">=", ">")
    over = rates.over_fulfilment(value, goal.target) if beyond and goal.target else nan
    return {
        "progress": rates.log_progress(value, goal.target) if compounds and kind == "cumulative_pct" else nan,
        "share": goal.share(value),
        "over": -over if goal.op in ("<=", "<") else over,
        "remaining": rates.remaining_yearly(goal.target, value, left) if ask else nan,
    }


def _record(line: _Line, actual: Actual, decision: Decision, rule: JudgingRule, book: MetricBook) -> None:
    question, goal = line.question, line.goal
    place = "" if question.entity == question.plan.entity else question.entity
    figure = str(FigureId(f"verdict/{question.plan.id}/{question.target.id}", place, line.period))
    unit = question.target.unit
    terms = list(actual.terms)
    if goal.target is not None:
        terms.append(Term("目标 target", goal.target, unit, f"input:{goal.source}"))
    if goal.due is not None and goal.due != goal.target:
        terms.append(Term("进度目标 due by now", goal.due, unit))
    equation = "；".join(text for text in (actual.equation, goal.equation, decision.sentence) if text)
    book.steps.append(Step(figure, equation, tuple(terms), actual.value, unit, f"{rule.id}/{goal.rule}"))


def _number(value: float | None) -> float:
    return nan if value is None else value


def _both(texts: list[Words]) -> str:
    """Return remarks as `中文; English` (see `target_verdict.in_language`), '' for none."""
    zh = "；".join(text[0] for text in texts if text[0])
    en = ", ".join(text[1] for text in texts if text[1])
    return f"{zh}{SEPARATOR}{en}" if zh else ""

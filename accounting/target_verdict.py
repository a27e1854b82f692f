"""The verdict on one result: a result compared with what is due, and what a reader must be told."""

from __future__ import annotations

from dataclasses import dataclass

from .rounding import round_half_up
from .target_goals import Goal
from .target_models import NOISE, JudgingRule, Target, holds
from .target_question import Actual, Words
from .unit_words import in_words

SEPARATOR = "; "
"""between the Chinese and the English half of `missing` and `note`; Chinese text uses ；"""
_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}
_MISSED_SIGNS = {">=": "<", "<=": ">", ">": "≤", "<": "≥"}


@dataclass(frozen=True, slots=True)
class Decision:
    """met, missed or cannot_judge, why, and what a reader must be told."""

    verdict: str
    reason: str = ""
    remarks: tuple[Words, ...] = ()
    sentence: str = ""


def decide(actual: Actual, goal: Goal, target: Target, rule: JudgingRule) -> Decision:
    """Compare a result with what is due, both unrounded. Nothing that is unknown is ever met or missed."""
    if actual.reason == "not_applicable":
        return Decision("", "not_applicable", (actual.missing, ("不计入统计", "not counted")))
    if actual.reason:
        return Decision("cannot_judge", actual.reason)
    if actual.value is None or goal.due is None:
        return Decision(
            "cannot_judge",
            "no_data",
            (("缺基数或上年数，无法得出应达到的数", "no base or earlier figure: what is due cannot be told"),),
        )
    value, due = actual.value, goal.due
    met = holds(goal.op, value, due)
    decimals = _decimals(abs(value - due), max(rule.result_decimals, target.printed_decimals))
    sign = (_SIGNS if met else _MISSED_SIGNS)[goal.op]
    sentence = f"{round_half_up(value, decimals):.{decimals}f} {sign} {round_half_up(due, decimals):.{decimals}f}"
    if met:
        return Decision("met", "", tuple(_met_remarks(value, goal)), sentence)
    return _fallen_short(value, goal, target, decimals, sentence)


def _decimals(distance: float, least: int) -> int:
    """Decimals with which a distance does not print as nothing."""
    return next((n for n in range(least, NOISE) if round_half_up(distance, n) > 0), least)


def _met_remarks(value: float, goal: Goal) -> list[Words]:
    if goal.high is not None and value < goal.high:
        high = f"{goal.high:g}"
        return [(f"达到区间下限，未达上限 {high}", f"within the printed range, below its upper end {high}")]
    return []


def _fallen_short(value: float, goal: Goal, target: Target, decimals: int, sentence: str) -> Decision:
    distance = abs(value - (goal.due or 0.0))
    size = f"{round_half_up(distance, decimals):.{decimals}f}"
    points = (f"{size} 个百分点", f"{size} percentage points")
    gap = points if target.unit == "%" else in_words(size, target.unit)
    short = _short(goal, gap, equal=round_half_up(distance, NOISE) == 0)
    if goal.hedge == "about":
        if target.tolerance is not None and distance <= target.tolerance:
            return Decision("met", "", (short, ("在规划允许的偏差内", "within the tolerance the plan sets")), sentence)
        remark = (
            f"约数目标，偏差 {gap[0]}，不作未完成判定",
            f"approximate target, {gap[1]} away, not judged missed",
        )
        return Decision("cannot_judge", "hedged", (remark,), sentence)
    if goal.hedge:
        remark = ("未达预期（非约束表述）", "below what is hoped for (not binding wording)")
        return Decision("cannot_judge", "hedged", (remark, short), sentence)
    return Decision("missed", "", (short, *_as_printed(value, goal, target)), sentence)


def _short(goal: Goal, gap: Words, *, equal: bool) -> Words:
    """Say by how much it is missed: short of a floor, beyond a ceiling, or equal to a number that is not included."""
    if equal:
        return (
            "未达到，与目标数相等而目标不含本数",
            "not reached: equal to the target, which excludes the number itself",
        )
    if goal.op in ("<=", "<"):
        return (f"未达到，超出 {gap[0]}", f"not reached, {gap[1]} above")
    return (f"未达到，差 {gap[0]}", f"not reached, short by {gap[1]}")


def _as_printed(value: float, goal: Goal, target: Target) -> list[Words]:
    """Say so where rounding to the printed precision of the target would have hidden the miss."""
    places = target.printed_decimals
    rounded = round_half_up(value, places)
    if goal.due != goal.target or not holds(goal.op, rounded, goal.due or 0.0):
        return []
    shown = f"{rounded:.{places}f}"
    return [
        (
            f"修约到目标印出位数为 {shown}，不以修约数评判",
            f"rounds to {shown} at the target's precision; not judged on the rounded number",
        )
    ]


def in_language(text: str, lang: str) -> str:
    """Return one half of the `missing` or `note` column."""
    zh, _, en = text.partition(SEPARATOR)
    return zh if lang == "zh" else en

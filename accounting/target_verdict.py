"""The verdict on one result, the exit code of all, and the sentence that counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from .rounding import round_half_up
from .target_goals import Goal
from .target_models import OPERATORS, JudgingRule, Target
from .target_question import Actual, Words

SEPARATOR = "; "
"""between the Chinese and the English half of `missing` and `note`; Chinese text uses ；"""
_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}


@dataclass(frozen=True, slots=True)
class Decision:
    """met, missed or cannot_judge, why, and what a reader must be told."""

    verdict: str
    reason: str = ""
    remarks: tuple[Words, ...] = ()
    sentence: str = ""


def decide(actual: Actual, goal: Goal, target: Target, rule: JudgingRule) -> Decision:
    """Compare a result with what is due. Nothing that is unknown is ever met or missed."""
    if actual.reason == "not_applicable":
        return Decision("", "not_applicable", (("不涉及，不计入统计", "not applicable, not counted"),))
    if actual.reason:
        return Decision("cannot_judge", actual.reason)
    if actual.value is None or goal.due is None:
        return Decision(
            "cannot_judge",
            "no_data",
            (("缺基数或上年数，无法得出应达到的数", "no base or earlier figure: what is due cannot be told"),),
        )
    decimals = max(rule.result_decimals, target.printed_decimals)
    value, due = round_half_up(actual.value, decimals), round_half_up(goal.due, decimals)
    met = OPERATORS[goal.op](value, due)
    sentence = f"{value:.{decimals}f} {_SIGNS[goal.op]} {due:.{decimals}f}"
    if met:
        return Decision("met", "", tuple(_met_remarks(value, goal)), sentence)
    return _fallen_short(actual.value, goal, target, decimals, sentence)


def _met_remarks(value: float, goal: Goal) -> list[Words]:
    if goal.high is not None and value < goal.high:
        high = f"{goal.high:g}"
        return [(f"达到区间下限，未达上限 {high}", f"within the printed range, below its upper end {high}")]
    return []


def _fallen_short(value: float, goal: Goal, target: Target, decimals: int, sentence: str) -> Decision:
    due = goal.due or 0.0
    distance = abs(value - due)
    unit = "个百分点" if target.unit == "%" else target.unit
    points = "percentage points" if target.unit == "%" else target.unit
    size = f"{round_half_up(distance, decimals):.{decimals}f}"
    short: Words = (f"差 {size} {unit}", f"short by {size} {points}")
    if goal.hedge == "about":
        if target.tolerance is not None and distance <= target.tolerance:
            return Decision("met", "", (short, ("在规划允许的偏差内", "within the tolerance the plan sets")), sentence)
        remark = (
            f"约数目标，偏差 {size} {unit}，不作未完成判定",
            f"approximate target, {size} {points} away, not judged missed",
        )
        return Decision("cannot_judge", "hedged", (remark,), sentence)
    if goal.hedge:
        return Decision(
            "cannot_judge",
            "hedged",
            (("未达预期（非约束表述）", "below what is hoped for (not binding wording)"), short),
            sentence,
        )
    return Decision("missed", "", (short, *_as_printed(value, goal, target)), sentence)


def _as_printed(value: float, goal: Goal, target: Target) -> list[Words]:
    """Say so where rounding to the printed precision of the target would have hidden the miss."""
    places = target.printed_decimals
    rounded = round_half_up(value, places)
    if goal.due != goal.target or not OPERATORS[goal.op](rounded, round_half_up(goal.due or 0.0, places)):
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


def headline(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return one row an indicator: that of the period so far, else that of the year; of several years the last."""
    if verdicts.empty:
        return verdicts
    counted = verdicts[(verdicts["nature"] != "reference") & (verdicts["verdict"] != "")]
    order = counted.assign(_end=counted["period"].str[-4:], _span=counted["period"].str.contains("-")).sort_values(
        ["_end", "_span"], kind="stable"
    )
    last = order.groupby(["plan", "indicator", "entity"], sort=False).tail(1)
    return last.drop(columns=["_end", "_span"]).sort_index()


def exit_code(verdicts: pd.DataFrame) -> int:
    """Return 1 if a target is missed, 4 if nothing is missed but a binding, control or unnamed one cannot be judged.

    0 otherwise. Yearly rates that only follow from the five-year target (`reference`) are shown and not counted.
    """
    counted = verdicts[verdicts["nature"] != "reference"]
    if (counted["verdict"] == "missed").any():
        return 1
    weighty = counted["nature"].isin(["binding", "control", ""])
    return 4 if ((counted["verdict"] == "cannot_judge") & weighty).any() else 0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many indicators are met, missed and open."""

    total: int
    met: int
    missed: int
    open: int


def counts(verdicts: pd.DataFrame, natures: Sequence[str] = ("binding",)) -> Counts:
    """Count indicators, one each, of the given natures."""
    rows = headline(verdicts)
    found = rows.loc[rows["nature"].isin(natures), "verdict"].tolist()
    return Counts(len(found), found.count("met"), found.count("missed"), found.count("cannot_judge"))


def summary(verdicts: pd.DataFrame, lang: str = "zh") -> str:
    """Return the counting sentence for the binding indicators."""
    number = counts(verdicts)
    if lang == "zh":
        return (
            f"约束性指标 {number.total} 项：完成 {number.met}，未完成 {number.missed}，"
            f"暂不能判定 {number.open}（原因见表）"
        )
    return (
        f"{number.total} binding indicators: {number.met} met, {number.missed} not met, "
        f"{number.open} cannot be judged yet (reasons in the table)"
    )

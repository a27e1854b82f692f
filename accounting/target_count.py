"""Counting verdicts: which row stands for an indicator, the exit code of a table, and the sentence that counts.

Two classes are counted apart: *annual* rows, against a number set for one year, and *whole* rows, against the target of
the period. Rows of nature `reference` (a yearly rate that only follows from the target) are shown and never counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

ANNUAL_RULES = ("year_set", "year_even", "year_missing")
"""second half of `rule` where a row is judged against the number of one year"""
UNRESOLVED = "target_unresolved"
WEIGHTY = ("binding", "control", "")
"""natures whose open verdicts make exit code 4; '' = the plan does not print the nature"""


def is_annual(rule: str) -> bool:
    """Tell from the column `rule` whether a row was judged against a number of one year."""
    return rule.partition(" ")[0].rpartition("/")[2] in ANNUAL_RULES


def _annual(verdicts: pd.DataFrame) -> pd.Series:
    return verdicts["rule"].map(is_annual).astype(bool)


def headline(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return one row an indicator: the latest, of the period before the year alone.

    A row for which the plan sets no number never stands before one that was judged against a number.
    """
    return _latest(_counted(verdicts))


def standing(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return what counts in the end: every annual row, and the latest row of every target of the period."""
    rows = _counted(verdicts)
    yearly = _annual(rows)
    return pd.concat([rows[yearly], _latest(rows[~yearly])]).sort_index()


def _counted(verdicts: pd.DataFrame) -> pd.DataFrame:
    return verdicts[(verdicts["nature"] != "reference") & (verdicts["verdict"] != "")]


def _latest(rows: pd.DataFrame) -> pd.DataFrame:
    if rows.empty:
        return rows
    order = pd.DataFrame({"set": rows["reason"] != UNRESOLVED, "end": rows["period"].str[-4:], "whole": ~_annual(rows)})
    ordered = rows.loc[order.sort_values(["set", "end", "whole"], kind="stable").index]
    return ordered.groupby(["plan", "indicator", "entity"], sort=False).tail(1).sort_index()


def exit_code(verdicts: pd.DataFrame) -> int:
    """Return 1 if a target is missed, 4 if nothing is missed but a binding, control or unnamed one cannot be judged.

    0 otherwise. An interim row of a target does not count once a later year of it was judged.
    """
    rows = standing(verdicts)
    if (rows["verdict"] == "missed").any():
        return 1
    return 4 if ((rows["verdict"] == "cannot_judge") & rows["nature"].isin(WEIGHTY)).any() else 0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many indicators are met, missed and open; of one year, or of the period up to a year, where `until` is set."""

    total: int
    met: int
    missed: int
    open: int
    yearly: bool = False
    until: str = ""


def counts(verdicts: pd.DataFrame, natures: Sequence[str] = ("binding",)) -> Counts:
    """Count indicators, one each, of the given natures."""
    rows = headline(verdicts)
    return _count(rows[rows["nature"].isin(natures)])


def counts_apart(verdicts: pd.DataFrame, natures: Sequence[str] = ("binding",)) -> list[Counts]:
    """Count the targets of the period and those of single years apart, by the year they are judged in."""
    rows = standing(verdicts)
    rows = rows[rows["nature"].isin(natures)]
    groups = rows.groupby([_annual(rows), rows["period"].str[-4:]], sort=True)
    return [_count(group, yearly=bool(yearly), until=str(until)) for (yearly, until), group in groups]


def _count(rows: pd.DataFrame, *, yearly: bool = False, until: str = "") -> Counts:
    found = rows["verdict"].tolist()
    return Counts(
        len(found), found.count("met"), found.count("missed"), found.count("cannot_judge"), yearly, until
    )  # fmt: skip


def summary(verdicts: pd.DataFrame, lang: str = "zh") -> str:
    """Return the counting sentence for the binding indicators, and what was judged in which period."""
    number, apart = counts(verdicts), counts_apart(verdicts)
    if lang == "zh":
        first = f"约束性指标 {number.total} 项：{_sentence(number, lang)}（原因见表）"
        return "；".join([first, *(f"{_head(one, lang)}{one.total} 项：{_sentence(one, lang)}" for one in apart)])
    first = f"{number.total} binding indicators: {_sentence(number, lang)} (reasons in the table)"
    return "; ".join([first, *(f"{one.total} {_head(one, lang)}: {_sentence(one, lang)}" for one in apart)])


def _head(one: Counts, lang: str) -> str:
    if lang == "zh":
        return f"年度目标（{one.until} 年）" if one.yearly else f"规划期目标（截至 {one.until} 年）"
    return f"yearly targets of {one.until}" if one.yearly else f"targets of the period up to {one.until}"


def _sentence(number: Counts, lang: str) -> str:
    if lang == "zh":
        return f"完成 {number.met}，未完成 {number.missed}，暂不能判定 {number.open}"
    return f"{number.met} met, {number.missed} not met, {number.open} cannot be judged yet"

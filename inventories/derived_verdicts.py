"""The numbers of an assessment as figures: target, progress, share, effort; counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any

from ..accounting.figure_id import FigureId
from ..accounting.steps import Term
from ..accounting.target_count import Counts, counts, counts_apart
from ..accounting.wording import words
from . import rules
from .derived import PER_CENT, Derived

PARTS = {
    "target": words("目标值", "target"), "schedule": words("进度目标", "due by now"), "progress": "ln(1-R)/ln(1-T) x 100",
    "share": "R/T x 100", "over": words("(实绩 - 目标)/目标 x 100", "(result - target)/target x 100"), "remaining": words("1-((1-T)/(1-R))^(1/n)，今后年均", "1-((1-T)/(1-R))^(1/n), a year from now on"),
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
        derived.put(whole, value, str(row["unit"]), words("实绩", "result"), evidence=evidence)
    parts = {}
    workspace = derived.results.workspace
    titles = rules.titles(str(row["rule"]), rules.known(workspace.inventory.schemes, workspace.root))
    for name, equation in PARTS.items():
        number = float(row[name])
        unit = str(row["unit"]) if name in SAME_UNIT else PER_CENT
        terms = [derived.term(whole, words("实绩", "result"))]
        if name == "target":
            terms = [
                Term(
                    words("目标", "target"),
                    None if isnan(number) else number,
                    unit,
                    f"input:{words(str(row['source']), str(row['source_en']))}",
                )
            ]
        elif name != "schedule":
            terms.append(
                Term(
                    words("目标", "target"),
                    float(row["target"]),
                    str(row["unit"]),
                    f"input:{words(str(row['source']), str(row['source_en']))}",
                )
            )
        parts[name] = derived.put(
            figure_of(row, plan_entity, name), None if isnan(number) else number, unit, equation, terms,
            rule="；".join(words(one.zh, one.en) for one in titles), evidence=evidence,
        )  # fmt: skip
    return Judged(whole, parts)


def counted(derived: Derived, nature: str) -> dict[str, str]:
    """Record how many indicators of a nature there are, met, missed and open."""
    return _counted(derived, counts(derived.results.verdicts, (nature,)), nature, "")


def counted_apart(derived: Derived, nature: str) -> list[tuple[Counts, dict[str, str]]]:
    """Record the same for the targets of single years and for those of the period, by the year they are judged in."""
    apart = counts_apart(derived.results.verdicts, (nature,))
    return [
        (one, _counted(derived, one, f"{nature}/{'annual' if one.yearly else 'period'}", f":{one.until}"))
        for one in apart
    ]


def _counted(derived: Derived, number: Counts, what: str, period: str) -> dict[str, str]:
    values = {"total": number.total, "met": number.met, "missed": number.missed, "open": number.open}
    return {
        name: derived.put(
            f"verdict_count/{what}/{name}{period}", float(value), "项", words("按指标计数（每项指标一次）", "count of indicators (each once)"),
            [Term(words("评价表", "verdict table"), float(value), "项")], rule="results/verdicts.csv",
        )
        for name, value in values.items()
    }  # fmt: skip

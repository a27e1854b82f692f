"""Verdicts, pace and warnings: plans of one target judged by accounting/targets.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from carbonpeak.accounting.target_count import headline
from carbonpeak.accounting.target_models import JudgingRule, Plan, Target
from carbonpeak.accounting.targets import judge
from carbonpeak.inventories import rules

from .compare import Answer

PACE = {"behind": "滞后", "on_track": "正常", "ahead": "超前", "achieved_early": "提前完成"}
Row = dict[str, Any]


def _row(metric: str, period: object, value: float, unit: str = "%", **more: str) -> Row:
    return {"entity": "X", "period": str(period), "metric": metric, "value": value, "unit": unit, **more}


def _judge(given: Mapping[str, Any], year: int, base: int, rows: Sequence[Row], rule: JudgingRule) -> pd.DataFrame:
    title = {"zh": "指标", "en": "indicator"}
    fields = {"id": "t", "title": title, "nature": "binding", "evidence": "transcribed", **given}
    plan = Plan(
        schema=1, id="p", title=title, entity="X", document="-", base_year=base, period=(base + 1, base + 5),
        targets=[Target.model_validate(fields)],
    )  # fmt: skip
    return judge(plan, pd.DataFrame(list(rows)), str(year), rule=rule)


VERDICT = {("met", ""): "met", ("missed", ""): "missed", ("cannot_judge", "no_data"): "no data"}


def _of_five(metric: str, changes: Sequence[float], target: float, base: int, definition: str) -> pd.Series:
    """The row of the period so far of an intensity target, from the yearly changes of its first years."""
    more = {"definition": definition} if definition else {}
    rows = [_row(f"{metric}_change_published", base + 1 + n, value, **more) for n, value in enumerate(changes)]
    aim: dict[str, Any] = {"metric": metric, "kind": "cumulative_pct", "value": target}
    if definition:
        aim["definitions"] = [definition]
    verdicts = _judge(aim, base + len(changes), base, rows, rules.judging_rule(base + len(changes)))
    return verdicts[verdicts["period"].str.contains("-")].iloc[0]


def midterm(metric: str, changes: Sequence[float], target: float, base: int, definition: str = "") -> Answer:
    """Pace of an intensity target after some of its five years."""
    return Answer({"status": PACE[_of_five(metric, changes, target, base, definition)["pace"]]})


def progress(metric: str, changes: Sequence[float], target: float, base: int, definition: str = "") -> Answer:
    """Logarithmic progress of an intensity target after some of its five years."""
    return Answer({"log_progress_pct": _of_five(metric, changes, target, base, definition)["progress"]})


def five_years(metric: str, changes: Sequence[float], target: float, base: int) -> Answer:
    """Result and verdict of five years."""
    found = _of_five(metric, changes, target, base, "")
    return Answer({"cumulative_pct": -found["value"], "verdict": found["verdict"]})


def bounds(checks: Mapping[str, Mapping[str, Any]]) -> Answer:
    """Verdicts of levels and caps: metric, target, sense, and the actual value, which may be missing."""
    found = {}
    for name, check in checks.items():
        aim = {key: check[key] for key in ("metric", "kind", "op", "value", "unit")}
        other = _row("population", 2025, 1.0, "10^4 persons")
        own = [] if check["actual"] is None else [_row(check["metric"], 2025, check["actual"], check["unit"])]
        row = headline(_judge(aim, 2025, 2020, [other, *own], rules.judging_rule(2025))).iloc[0]
        found[name] = VERDICT.get((row["verdict"], row["reason"]), f"{row['verdict']} {row['reason']}")
    return Answer(found)


def xingtai(annual: float, annual_target: float, cumulative: float, target: float) -> Answer:
    """One year and four of five years of an intensity target, both published; the grade is not ours to give."""
    rows = [
        _row("energy_intensity_change_published", 2019, -annual),
        _row("energy_intensity_cumulative_published", "2016-2019", -cumulative),
    ]
    yearly = {2019: {"value": annual_target, "evidence": "transcribed"}}
    aim = {"metric": "energy_intensity", "kind": "cumulative_pct", "value": target, "yearly": yearly}
    verdicts = _judge(aim, 2019, 2015, rows, rules.judging_rule(2019)).set_index("period")
    whole = verdicts.loc["2016-2019"]
    return Answer(
        {
            "annual_met": verdicts.loc["2019", "verdict"] == "met",
            "five_year_target_already_met": whole["pace"] == "achieved_early",
        },
        left_out={
            "published_grade": "等级由百分制得分决定，得分未公布 the grade follows from a score that was not published"
        },
        beside={
            "over_fulfilment_pct": float(verdicts.loc["2019", "over"]),
            "log_progress_pct": float(whole["progress"]),
        },
    )


def warnings(scheme: str, cases: Sequence[Mapping[str, float]]) -> Answer:
    """Level of a dated warning scheme for pairs of target and actual reduction, per cent."""
    found = {
        f"{case['target']:g}/{case['actual']:g}": _warning(scheme, case["target"], case["actual"]) for case in cases
    }
    return Answer(found)


def _warning(scheme: str, target: float, actual: float) -> str:
    bands = rules.schemes()[scheme]
    year = bands.valid_from or 2010
    yearly = {year: {"value": target, "evidence": "transcribed"}}
    aim = {"metric": "energy_intensity", "kind": "cumulative_pct", "yearly": yearly}
    rule = rules.judging_rule(year, local=[scheme] if bands.scope == "local" else [])
    base = year - 1 - (year - 1) % 5
    verdicts = _judge(aim, year, base, [_row("energy_intensity_change_published", year, -actual)], rule)
    return str(headline(verdicts).iloc[0]["warning"])

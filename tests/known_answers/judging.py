"""Verdicts, pace and warnings: plans of one target judged by accounting/targets.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from carbonpeak.accounting.target_models import JudgingRule, Plan, Target
from carbonpeak.accounting.target_verdict import headline
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


def midterm(metric: str, changes: Sequence[float], target: float, base: int, definition: str = "") -> Answer:
    """Progress and pace of an intensity target after some of its five years."""
    more = {"definition": definition} if definition else {}
    rows = [_row(f"{metric}_change_published", base + 1 + n, value, **more) for n, value in enumerate(changes)]
    aim: dict[str, Any] = {"metric": metric, "kind": "cumulative_pct", "value": target}
    if definition:
        aim["definitions"] = [definition]
    verdicts = _judge(aim, base + len(changes), base, rows, rules.judging_rule(base + len(changes)))
    whole = verdicts[verdicts["period"].str.contains("-")].iloc[0]
    time = 100 * len(changes) / 5
    return Answer({"log_progress_pct": whole["progress"], "time_share_pct": time, "status": PACE[whole["pace"]]})


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

"""Small plans and metrics for the tests of verdicts."""

from __future__ import annotations

from typing import Any

import pandas as pd

from carbonpeak.accounting.target_count import headline
from carbonpeak.accounting.target_models import JudgingRule, Plan, Target
from carbonpeak.accounting.targets import judge


def row(metric: str, period: int | str, value: float, unit: str = "%", entity: str = "X", **key: str) -> dict[str, Any]:
    return {"entity": entity, "period": str(period), "metric": metric, "value": value, "unit": unit, **key}


def target(**given: Any) -> Target:
    fields = {"id": "t", "title": {"zh": "指标", "en": "indicator"}, "nature": "binding", "evidence": "transcribed"}
    return Target.model_validate({**fields, **given})


def plan(*targets: Target, base: int = 2015) -> Plan:
    return Plan(
        schema=1, id="p", title={"zh": "规划", "en": "plan"}, entity="X", document="文件",
        base_year=base, period=(base + 1, base + 5), targets=list(targets),
    )  # fmt: skip


def one(aim: Target, year: int, *rows: dict[str, Any], rule: JudgingRule | None = None) -> dict[str, Any]:
    """Judge one target and return its headline row."""
    verdicts = judge(
        plan(aim), pd.DataFrame(rows or [row("population", 2015, 1.0, "10^4 persons")]), str(year), rule=rule
    )
    return dict(headline(verdicts).iloc[0])

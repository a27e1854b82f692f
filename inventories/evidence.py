"""The evidence a result rests on: shares of the CO2 total by level, and the refusal of what is too weak."""

from __future__ import annotations

import pandas as pd

from ..accounting.models import Evidence
from ..accounting.problems import Problem, Where
from .results import Results
from .run_messages import MESSAGES


def levels(results: Results) -> pd.Series:
    """Return the evidence level of every ledger line, by index of `results.lines` ('' for a line without a factor)."""
    by_factor = results.coefficients.drop_duplicates(["account", "factor_id"]).set_index(["account", "factor_id"])["evidence"]
    keys = pd.MultiIndex.from_frame(results.lines[["account", "factor_id"]])
    return pd.Series(by_factor.reindex(keys).fillna("").to_numpy(), index=results.lines.index)


def check(results: Results, required: str) -> list[Problem]:
    """Return one EVIDENCE-WEAK per factor that a counted line uses and that rests on less than `required`."""
    least = Evidence(required).rank
    counted = results.lines["bucket"] == "counted"
    used = results.lines[counted].assign(evidence=levels(results)[counted]).drop_duplicates(["factor_id", "evidence"])
    weak = used[[bool(level) and Evidence(level).rank > least for level in used["evidence"]]]
    return [
        MESSAGES.problem("EVIDENCE-WEAK", Where(key=factor), f"{factor}（{Evidence(level).label('zh')}）", required)
        for factor, level in zip(weak["factor_id"], weak["evidence"], strict=True)
    ]

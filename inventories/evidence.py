"""The evidence a result rests on: shares of the CO2 total by level, and the refusal of what is too weak."""

from __future__ import annotations

import pandas as pd

from ..accounting.models import Evidence
from ..accounting.problems import Problem, Where
from .results import Results
from .run_messages import MESSAGES


def levels(results: Results) -> pd.Series:
    """Return the evidence level of every ledger line, by index of `results.lines` ('' for a line without a factor)."""
    by_factor = results.coefficients.drop_duplicates(["account", "factor_id"]).set_index(["account", "factor_id"])[
        "evidence"
    ]
    keys = pd.MultiIndex.from_frame(results.lines[["account", "factor_id"]])
    return pd.Series(by_factor.reindex(keys).fillna("").to_numpy(), index=results.lines.index)


def check(results: Results, required: str) -> list[Problem]:
    """Return one EVIDENCE-WEAK per factor set that a counted line uses and that rests on less than `required`."""
    least = Evidence(required).rank
    counted = results.lines["bucket"] == "counted"
    used = results.lines[counted].assign(evidence=levels(results)[counted]).drop_duplicates(["factor_id", "evidence"])
    weak = used[[bool(level) and Evidence(level).rank > least for level in used["evidence"]]]
    by_set = weak.assign(
        set=weak["factor_id"].str.partition("#")[0].str.rpartition("*")[2]
    )  # a mix names its first set
    return [
        MESSAGES.problem("EVIDENCE-WEAK", Where(key=str(name)), _listed(part), required)
        for name, part in by_set.groupby("set", sort=True)
    ]


def _listed(part: pd.DataFrame) -> str:
    """Name the items of one set with their level."""
    words = [
        f"{factor.partition('#')[2]}（{Evidence(level).label('zh')}）"
        for factor, level in zip(part["factor_id"], part["evidence"], strict=True)
    ]
    return "、".join(words)

"""Energy balances of 2007: closure, sub-sums and what is reported."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from carbonpeak.inventories.results import Results

from . import places
from .compare import Answer

TOLERANCE = 0.05
"""in the printed unit: the tables hold two decimals"""


def closure(example: str, stat_diff: Sequence[str] = ()) -> Answer:
    """Largest residual of the main closure, and printed statistical differences of some carriers."""
    results = places.example(example)
    found = results.residuals[results.residuals["check"] == "closure"]
    computed = {"max_abs_residual": float(found["residual"].abs().max())}
    rows = results.activity
    for item in stat_diff:
        cell = rows[(rows["flow"] == "stat_diff") & (rows["item"] == item)]
        computed[f"stat_diff_{item}"] = float(cell["quantity"].sum())
    return Answer(computed)


def broken(check: str) -> Answer:
    """Province-product columns of thirty balances whose residual of a check exceeds 0.05."""
    results = places.provinces_2007()
    found = results.residuals[results.residuals["check"] == check]
    bad = found[found["residual"].abs() > TOLERANCE]
    names = bad["entity"] + "/" + bad["item"]
    return Answer(dict(zip(names, bad["residual"], strict=True)))


def read_all() -> Answer:
    """How many balances and columns were read, and which of the broken ones the run reports."""
    results = places.provinces_2007()
    columns = results.activity[["entity", "item"]].drop_duplicates()
    checked = results.residuals[results.residuals["check"] == "closure"]
    computed = {
        "provinces": columns["entity"].nunique(),
        "columns": len(columns),
        "columns_checked": len(checked),
        "not_reported": len(_broken(results) - _reported(results)),
    }
    return Answer(computed, beside={"reported": len(_reported(results) & _broken(results))})


def _broken(results: Results) -> set[tuple[str, str]]:
    bad = results.residuals[results.residuals["residual"].abs() > TOLERANCE]
    return set(zip(bad["entity"] + " 2007 " + bad["item"], bad["check"], strict=True))


def _reported(results: Results) -> set[tuple[str, str]]:
    texts = pd.Series([str(one.found) for one in results.problems.items if one.code == "DQ-CLOSURE"], dtype=str)
    parts = texts.str.extract(r"^(.*?)（(\w+)）$")
    return set(zip(parts[0], parts[1], strict=True))

"""Energy balances of 2007: closure, sub-sums and what is reported."""

from __future__ import annotations

import pandas as pd

from carbonpeak.inventories.results import Results

from . import places
from .compare import Answer

TOLERANCE = 0.05
"""in the printed unit: the tables hold two decimals"""


def closure(example: str = "", entity: str = "") -> Answer:
    """Largest residual of the main closure, of a bundled example or of one of the thirty provinces."""
    return Answer(
        {"max_abs_residual": _largest(places.example(example) if example else places.provinces_2007(), entity)}
    )


def _largest(results: Results, entity: str = "") -> float:
    found = results.residuals[results.residuals["check"] == "closure"]
    found = found[found["entity"] == entity] if entity else found
    assert len(found), f"no column of {entity} was checked"
    return float(found["residual"].abs().max())


def closure_warned(example: str, entity: str, item: str) -> Answer:
    """Largest residual of the main closure, and what the run says of the statistical difference of a carrier."""
    results = places.example(example)
    told = [one for one in results.problems.items if one.code == "DQ-STAT-DIFF" and f"{one.found}".startswith(entity)]
    own = [one for one in told if f"{one.found}".endswith(f" {item}")]
    share = {"stat_diff_of_supply_pct": float(f"{own[0].expected}".split()[0])} if own else {}
    return Answer({"max_abs_residual": _largest(results), "warning": own[0].code if own else ""}, beside=share)


def stat_diff(example: str, item: str) -> Answer:
    """A statistical difference the table prints, as read: nothing is computed."""
    rows = places.example(example).activity
    return Answer({item: float(rows[(rows["flow"] == "stat_diff") & (rows["item"] == item)]["quantity"].sum())})


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

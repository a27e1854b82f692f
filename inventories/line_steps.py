"""The arithmetic of one ledger line in words: printed quantity, step to the canonical unit, factors, result.

Equations as in accounting/emissions.py. Nothing is decided here: the parts are those that the run chose, and what the
product lacks to the recorded value is the sign and share of the rule or split, which is shown as such.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isclose, prod
from typing import Any

import pandas as pd

from ..accounting import units
from ..accounting.emissions import CO2_PER_C, GJ_PER_TCE, TCE, WHOLE_PER_UNIT
from ..accounting.splitting import origin
from ..accounting.wording import words
from .results import COEFFICIENT_KEY, Results

RESULT = {"co2": "tCO2", "ch4": "tCH4", "n2o": "tN2O", "heat": "GJ", **dict.fromkeys(TCE, "tce")}
EXACT, ROUNDING = 1e-9, 1 / WHOLE_PER_UNIT
"""within which a result is its product: it is rounded to whole grams"""


def arithmetic(results: Results, line: Mapping[str, Any], row_id: str, unit: Callable[[str], str] = str) -> str:
    """Return the product behind a line as wording (`unit` names a unit), '' where it is no product of one printed row.

    That is so for net quantities, rows of 0, and heat that comes from a row's own coal-equivalent coefficient.
    """
    rows = results.activity[results.activity["row_id"] == origin(row_id)]
    if rows.empty or not rows["quantity"].iloc[0]:
        return ""
    row = rows.iloc[0]
    if pd.notna(row["tce_factor"]) and line["quantity"] not in TCE:
        return ""
    known = _coefficient(results, line)
    per = str(known.get("per", "")) or str(row["unit"])
    factors = _factors(str(line["quantity"]), row, known, per, unit)
    if not factors or not units.same_kind(str(row["unit"]), per):
        return ""
    amount = float(row["quantity"]) * units.factor(str(row["unit"]), per)
    product = amount * prod(value for value, _ in factors)
    result = int(line["value"]) / WHOLE_PER_UNIT
    told = [f"{_number(amount)} {unit(per)}", *(text for _, text in factors)]
    if not isclose(result, product, rel_tol=EXACT, abs_tol=ROUNDING):
        share = -1.0 if isclose(result, -product, rel_tol=EXACT, abs_tol=ROUNDING) else result / product
        told.append(f"{share:.6g}（{words('规则的符号和份额', 'sign and share of the rule')}）")
    step = (
        ""
        if str(row["unit"]) == per
        else f"{_number(float(row['quantity']))} {unit(str(row['unit']))} = {told[0]}{words('；', '; ')}"
    )
    return f"{step}{' x '.join(told)} = {_number(result)} {unit(RESULT.get(str(line['quantity']), 't'))}"


def _coefficient(results: Results, line: Mapping[str, Any]) -> dict[str, Any]:
    """The coefficient of a line: its key without the attributes, which do not stand in the ledger."""
    own = {**line, "year": str(line["period"])[:4]}
    found = results.chosen.get(tuple(str(own[name]) for name in COEFFICIENT_KEY), [])
    fitting = (row for row in found if not line["factor_id"] or row["factor_id"] == line["factor_id"])
    return next(fitting, {})


def _factors(
    quantity: str, row: pd.Series, known: Mapping[str, Any], per: str, unit_name: Callable[[str], str]
) -> list[tuple[float, str]]:
    """Factors of the product with their words; a measured parameter stands before the coefficient's part."""
    result = RESULT.get(quantity, "t")

    def part(name: str, unit: str) -> tuple[float, str] | None:
        measured = name in row and pd.notna(row[name])
        value = float(row[name]) if measured else float(known.get(name, float("nan")))
        return None if pd.isna(value) else (value, f"{_number(value)} {unit_name(unit)}".strip())

    ncv, value = part("ncv", f"GJ/{per}"), part("value", f"{result}/{per}")
    if quantity in TCE:
        own = part("tce_factor", f"tce/{per}")
        by_heat = [
            (
                float(row["ncv"]) / GJ_PER_TCE,
                f"{_number(float(row['ncv']))} {unit_name(f'GJ/{per}')} / {GJ_PER_TCE} {unit_name('GJ/tce')}",
            )
        ]
        return [own] if own else by_heat if pd.notna(row["ncv"]) else [value] if value else []
    if quantity == "heat":
        return [ncv] if ncv else []
    carbon, oxidation, per_heat = (
        part("carbon_content", "tC/GJ"),
        part("oxidation", ""),
        part("per_heat", f"{result}/GJ"),
    )
    if quantity == "co2" and ncv and carbon and oxidation:
        return [ncv, carbon, oxidation, (CO2_PER_C, "44/12")]
    return [ncv, per_heat] if ncv and per_heat else [value] if value else []


def _number(value: float) -> str:
    return f"{value:.12g}"

"""Compare two factor sets, or the coefficients that two profiles choose for the same keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ..accounting import units
from ..accounting.emissions import CO2_PER_C
from .library import FactorLibrary
from .model import PARTS, Factor, FactorSet, Value
from .profile import Profile
from .resolve import resolve

DIFF_COLUMNS = ("item", "quantity", "factor", "part", "a", "b", "unit", "change", "evidence_a", "evidence_b", "note")
"""change = b / a - 1; part `product` = ncv x carbon x oxidation x 44/12 where a family prints the parts"""
WHAT_IF_KEYS = ("entity", "year", "sector", "flow", "item", "attributes", "quantity")


def diff(set_a: FactorSet, set_b: FactorSet) -> pd.DataFrame:
    """Return every number of two sets side by side (columns DIFF_COLUMNS), in the unit of the first.

    A number that only one set prints stays with a blank on the other side; units of different kinds are left unconverted
    and noted, never compared.
    """
    left, right = _numbers(set_a), _numbers(set_b)
    rows = []
    for key in dict.fromkeys([*left, *right]):
        item, quantity, factor, part = key
        rows.append(
            {
                "item": item,
                "quantity": quantity,
                "factor": factor,
                "part": part,
                **_compare(left.get(key), right.get(key)),
            }
        )
    return pd.DataFrame(rows, columns=list(DIFF_COLUMNS))


_Number = tuple[float, str, str]
"""number, unit, evidence"""


def _numbers(factor_set: FactorSet) -> dict[tuple[str, str, str, str], _Number]:
    return {
        (factor.item, factor.quantity, factor.key(), part): number
        for factor in factor_set.factors
        for part, number in _parts(factor)
    }


def _parts(factor: Factor) -> Iterator[tuple[str, _Number]]:
    for part in ("value", *PARTS):
        printed: Value | None = getattr(factor, part)
        if printed is not None and printed.value is not None:
            yield part, (printed.value, printed.unit, printed.evidence.value)
        elif printed is not None and printed.low is not None and printed.high is not None:
            yield f"{part} (low)", (printed.low, printed.unit, printed.evidence.value)
            yield f"{part} (high)", (printed.high, printed.unit, printed.evidence.value)
    product = _product(factor)
    if product is not None:
        yield "product", product


def _product(factor: Factor) -> _Number | None:
    """Return t CO2 per unit of the heat value's denominator, from the parts."""
    parts = [factor.ncv, factor.carbon_content, factor.oxidation]
    values = [part for part in parts if part is not None and part.value is not None]
    if len(values) < 3:
        return None
    ncv, carbon, oxidation = values
    above, _, below = ncv.unit.partition("/")
    try:
        scale = units.factor(above, "GJ") * units.factor(carbon.unit, "tC/GJ") * units.factor(oxidation.unit, "1")
    except units.UnitFault:
        return None
    number = float(ncv.value or 0) * float(carbon.value or 0) * float(oxidation.value or 0) * CO2_PER_C * scale
    weakest = max((value.evidence for value in values), key=lambda level: level.rank)
    return number, f"tCO2/{below}", weakest.value


def _compare(a: _Number | None, b: _Number | None) -> dict[str, Any]:
    if a is None or b is None:
        one = a or b
        return {
            "a": a[0] if a else np.nan, "b": b[0] if b else np.nan, "unit": one[1] if one else "", "change": np.nan,
            "evidence_a": a[2] if a else "", "evidence_b": b[2] if b else "",
            "note": "只在前者 only in a" if a else "只在后者 only in b",
        }  # fmt: skip
    row: dict[str, Any] = {"a": a[0], "unit": a[1], "evidence_a": a[2], "evidence_b": b[2], "note": ""}
    if not units.same_kind(b[1], a[1]):
        return {**row, "b": b[0], "change": np.nan, "note": f"单位不同，不可比 not comparable: {a[1]} / {b[1]}"}
    other = b[0] * units.factor(b[1], a[1])
    return {**row, "b": other, "change": other / a[0] - 1 if a[0] else np.nan}


def what_if(
    library: FactorLibrary, profile_a: Profile, profile_b: Profile, keys: pd.DataFrame, **options: Any
) -> pd.DataFrame:
    """Return what two profiles choose for the same keys: t (or tce) per unit of activity, `a`, `b`, change = b / a - 1.

    Columns WHAT_IF_KEYS, per, a, b, change, factor_a, factor_b, reason_a, reason_b (why a side has none). `options` go to
    `resolve` (coal_mix, fixed, regions).
    """
    sides = [_side(library, profile, keys, **options) for profile in (profile_a, profile_b)]
    both = sides[0].merge(sides[1], on=[*WHAT_IF_KEYS, "per"], how="outer", suffixes=("_a", "_b"), validate="1:1")
    both = both.rename(columns={"number_a": "a", "number_b": "b"})
    both["change"] = both["b"] / both["a"] - 1
    return both[[*WHAT_IF_KEYS, "per", "a", "b", "change", "factor_a", "factor_b", "reason_a", "reason_b"]]


def _side(library: FactorLibrary, profile: Profile, keys: pd.DataFrame, **options: Any) -> pd.DataFrame:
    resolution = resolve(keys, library, profile, **options)
    chosen = resolution.coefficients
    found = chosen[[*WHAT_IF_KEYS, "per"]].assign(number=per_unit(chosen), factor=chosen["factor_id"], reason="")
    missing = resolution.unmatched.rename(columns={"unit": "per"})
    none = missing[[*WHAT_IF_KEYS, "per"]].assign(number=np.nan, factor="", reason=missing["reason"])
    return pd.concat([found, none], ignore_index=True)


def per_unit(coefficients: pd.DataFrame) -> pd.Series:
    """Return t of gas (or tce) per unit of activity of coefficients, as the kernel multiplies them; heat in GJ."""
    by_parts = coefficients["ncv"] * coefficients["carbon_content"] * coefficients["oxidation"] * CO2_PER_C
    by_heat = coefficients["ncv"] * coefficients["per_heat"]
    gas = by_parts.fillna(by_heat).fillna(coefficients["value"])
    return gas.where(coefficients["quantity"] != "heat", coefficients["ncv"])

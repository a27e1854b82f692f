"""Compare two factor sets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ..accounting import units
from ..accounting.emissions import CO2_PER_C
from ..accounting.wording import words
from .model import PARTS, Factor, FactorSet, Value

DIFF_COLUMNS = ("item", "quantity", "factor", "part", "a", "b", "unit", "change", "evidence_a", "evidence_b", "note")
"""change = b / a - 1; part `product` = ncv x carbon x oxidation x 44/12 where a family prints the parts"""


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
            "note": words("只在前者", "only in the first") if a else words("只在后者", "only in the second"),
        }  # fmt: skip
    row: dict[str, Any] = {"a": a[0], "unit": a[1], "evidence_a": a[2], "evidence_b": b[2], "note": ""}
    if not units.same_kind(b[1], a[1]):
        return {
            **row,
            "b": b[0],
            "change": np.nan,
            "note": words("单位不同，不可比", "units differ, not comparable") + f"：{a[1]} / {b[1]}",
        }
    other = b[0] * units.factor(b[1], a[1])
    return {**row, "b": other, "change": other / a[0] - 1 if a[0] else np.nan}

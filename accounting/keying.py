"""Keys: what is decided once per distinct key instead of once per row.

A key is everything about a row but its number: who, when, where in the balance, what, in which unit. Units, the rules
of a standard and the coefficients are looked up per distinct key; the kernel joins the outcome back to the rows. A
measured parameter never enters a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from . import units
from .problems import InternalError, Problem, Where

KEY = ("entity", "period", "sector", "flow", "item", "attributes", "unit")
"""columns of activity that make a key"""
PARTS = ("ncv", "carbon_content", "oxidation", "per_heat", "value")
KEYED = (
    *("account", "rule", "category", "scope", "bucket", "method", "tier", "gas", "scale"),
    *(f"c_{part}" for part in PARTS),
    "factor_id",
)
"""columns of a keyed table beside KEY: rule and coefficient of one key and one computed quantity"""

CANONICAL = (
    "t", "m3", "Nm3", "m3_20C", "m3_15C", "kWh", "GJ", "tce", "tce_eq", "L", "head", "m2", "person", "household",
    "vehicle", "piece", "yuan", "tCO2", "m3_water", "km", "kW", "1", "point",
)  # fmt: skip
"""one canonical unit per kind; electricity and heat share a kind, the item decides between kWh and GJ"""


@dataclass(frozen=True)
class Keys:
    """Distinct keys with `canonical` (unit), `scale` (printed unit -> canonical) and `year`; and the refused ones."""

    frame: pd.DataFrame
    refused: pd.DataFrame
    problems: tuple[Problem, ...]


def distinct(activity: pd.DataFrame) -> pd.DataFrame:
    """Return the distinct keys of an activity table, in order of first appearance."""
    return activity.loc[activity["notation"] == "", list(KEY)].drop_duplicates(ignore_index=True)


def canonicalise(keys: pd.DataFrame, item_units: Mapping[str, str], sources: Mapping[str, str]) -> Keys:
    """Add canonical unit, scale and year to keys; put keys whose unit does not parse or fit aside.

    `item_units` maps an item to its canonical unit (carriers.yaml); an item outside it keeps the canonical unit of its
    kind. A kind other than the item's own is kept apart, not refused: gas at 0 °C and coal in tce are legitimate, and
    the resolver asks for a factor of that kind. `sources` maps a unit text to an address for the problem.
    """
    pairs = keys[["item", "unit"]].drop_duplicates()
    scales: list[tuple[str, str, str, float]] = []
    problems: list[Problem] = []
    for item, unit in zip(pairs["item"], pairs["unit"], strict=True):
        try:
            scales.append((item, unit, *_canonical(unit, item_units.get(item, ""))))
        except units.UnitFault as fault:
            problems.append(fault.problem(Where.parse(sources.get(unit, ""))))
    table = pd.DataFrame(scales, columns=["item", "unit", "canonical", "scale"])
    table = table.astype({"item": "str", "unit": "str", "canonical": "str", "scale": "float64"})
    merged = keys.merge(table, on=["item", "unit"], how="left")  # keeps the order of the keys
    fits = merged["scale"].notna().to_numpy()
    frame = merged[fits].assign(year=merged["period"].str[:4]).reset_index(drop=True)
    return Keys(frame, keys[~fits].reset_index(drop=True), tuple(problems))


def _canonical(unit: str, preferred: str) -> tuple[str, float]:
    for target in (preferred, *CANONICAL):
        if target and units.same_kind(unit, target):
            return target, units.factor(unit, target)
    return units.canonical(unit), 1.0


def with_coefficients(selected: pd.DataFrame, coefficients: pd.DataFrame) -> pd.DataFrame:
    """Return the keyed table of the kernel: selected keys joined with their coefficients.

    `selected` holds KEY, year, canonical, scale and account, rule, category, scope, bucket, method, tier, gas (the
    quantity asked for); `coefficients` is tables.COEFFICIENTS for the same account. Raises InternalError where a key
    has two coefficients for one quantity.
    """
    on = ["entity", "year", "sector", "flow", "item", "attributes"]
    chosen = coefficients[[*on, "quantity", "per", *PARTS, "factor_id"]].rename(
        columns={"quantity": "gas", "per": "canonical", **{part: f"c_{part}" for part in PARTS}}
    )
    numbered = selected.assign(number=np.arange(len(selected)))
    keyed = numbered.merge(chosen, on=[*on, "gas", "canonical"], how="inner")
    # the check that merge(validate=) makes on seven text columns, on one of integers
    if not keyed["number"].is_unique:
        raise InternalError("a key has two coefficients for one quantity")
    return keyed[[*KEY, *KEYED]]


def numbered(keyed: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return (`KEY` and number, number and KEYED): the keyed table as two, for a join of many rows.

    A number stands for everything that is multiplied with a row: a hundred thousand keys share a few thousand numbers, so
    the rows meet one integer in a small table instead of seven texts in a large one.
    """
    recipe = keyed.groupby(list(KEYED), dropna=False, sort=False).ngroup()
    key = keyed.groupby(list(KEY), sort=False).ngroup()
    pairs = pd.DataFrame({"key": key, "recipe": recipe}).sort_values(["key", "recipe"])
    pairs = pairs.assign(place=pairs.groupby("key").cumcount())
    sets = pairs.pivot(index="key", columns="place", values="recipe").fillna(-1)
    number = sets.groupby(list(sets.columns), sort=False).ngroup() if len(sets) else pd.Series(dtype="int64")
    first = ~key.duplicated()
    numbers = keyed.loc[first, list(KEY)].assign(number=key[first].map(number)).reset_index(drop=True)
    known = key.isin(number.index[~number.duplicated()])
    recipes = keyed.loc[known, list(KEYED)].assign(number=key[known].map(number)).reset_index(drop=True)
    return numbers, recipes

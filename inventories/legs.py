"""Electricity and heat that cross the boundary: two legs, each with its own factor.

    C_elec = Σ q_in x EF(sending province or grid region) - q_out x EF(own province)
    C_heat = (Σ q_in - q_out) x 0.11 tCO2/GJ

The net figure and both legs are recorded. An unknown sender takes the regional average, flagged; a place without a
published factor (西藏) gets no figure. A factor later than the data year is never taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ..accounting import units
from ..accounting.metrics import MetricBook
from ..accounting.models import weakest
from ..accounting.problems import Problem
from ..accounting.steps import Term
from ..accounting.wording import coded, listed, words
from ..factors.library import FactorLibrary
from ..factors.questions import KEYS
from ..factors.regions import RegionBook
from ..factors.resolve import resolve
from .standards import standard
from .workspace.models import Inventory, Leg


@dataclass(frozen=True)
class Carrier:
    """What is the same for all legs of one carrier."""

    item: str
    unit: str
    metric: str
    scale: float
    """canonical unit per unit of the term"""
    term_unit: str
    equation: str


ELECTRICITY = Carrier(
    "electricity",
    "kWh",
    "co2_electricity",
    1e8,
    "10^8 kWh",
    words(
        "Σ 调入电量 x 送端因子 - 调出电量 x 本地因子",
        "Σ electricity bought in x sender's factor - electricity sent out x own factor",
    ),
)
HEAT = Carrier(
    "heat",
    "GJ",
    "co2_heat",
    1.0,
    "GJ",
    words("（调入热力 - 调出热力）x 热力因子", "(heat brought in - heat sent out) x heat factor"),
)


def record(inventory: Inventory, library: FactorLibrary, regions: RegionBook | None, book: MetricBook) -> list[Problem]:
    """Record the legs declared in inventory.yaml for every year of the account that has any.

    Returns the problems of legs without a factor, with what is nearest.
    """
    found: list[Problem] = []
    for carrier, declared in ((ELECTRICITY, inventory.electricity), (HEAT, inventory.heat)):
        for year in sorted({leg.year for leg in declared} & set(inventory.years)):
            legs = [leg for leg in declared if leg.year == year]
            found += _year(inventory, library, regions, book, carrier, legs)
    return found


def _valued_at(leg: Leg, carrier: Carrier, entity: str, regions: RegionBook) -> str:
    """Inflow at its sender, outflow at the place; power of an unknown sender at the grid region (regional average)."""
    if leg.direction == "in" and leg.counterpart:
        return leg.counterpart
    if leg.direction == "out" or carrier is not ELECTRICITY:
        return entity
    return next((place for place in regions.chain(entity, leg.year) if place.startswith("GRID:")), entity)


def _year(
    inventory: Inventory,
    library: FactorLibrary,
    regions: RegionBook | None,
    book: MetricBook,
    carrier: Carrier,
    legs: Sequence[Leg],
) -> list[Problem]:
    profile = library.profile(inventory.profile or standard(inventory.standards[0]).profile)
    places = [_valued_at(leg, carrier, inventory.entity, regions or library.regions) for leg in legs]
    keys = pd.DataFrame({"entity": places}).drop_duplicates()
    keys = keys.assign(year=str(legs[0].year), sector="", flow="inflow", item=carrier.item, attributes="")
    asked = keys.assign(unit=carrier.unit, quantity="co2")[list(KEYS)]
    found = resolve(asked, library, profile, regions=regions)
    chosen = found.coefficients
    values = dict(zip(chosen["entity"], zip(chosen["value"], chosen["factor_id"], strict=True), strict=True))
    terms: list[Term] = []
    total, missing = 0.0, []
    for leg, place in zip(legs, places, strict=True):
        amount = units.factor(leg.unit, carrier.unit) * leg.value * (1 if leg.direction == "in" else -1)
        where = coded("region", place)
        name = (
            words(f"调入 {where}", f"in from {where}")
            if leg.direction == "in"
            else words(f"调出 {where}", f"out of {where}")
        )
        name += (
            words("（送端未知，取区域平均）", " (sender unknown: regional average)")
            if place.startswith("GRID:") and not leg.counterpart
            else ""
        )
        terms.append(Term(name, amount / carrier.scale, carrier.term_unit, f"input:inventory.yaml {leg.source}"))
        if place not in values:
            missing.append(library.regions.label(place))
            continue
        value, factor_id = values[place]
        label = words(f"因子 {where}", f"factor of {where}")
        terms.append(Term(label, float(value), f"tCO2/{carrier.unit}", f"factor:{factor_id}"))
        total += amount * float(value)
    book.add(
        carrier.metric, None if missing else total / 1e4, "10^4 t", entity=inventory.entity, period=str(legs[0].year),
        equation=carrier.equation, terms=terms, rule=words("两端法，因子按用途和数据年选取", "both legs; factors by purpose and data year"),
        evidence=weakest([*chosen["evidence"], *(leg.level for leg in legs)]),
        note=words("暂缺：没有可用的电力因子", "n/a: no factor of electricity") + f"（{listed(missing)}）" if missing else "",
    )  # fmt: skip
    return list(found.problems)

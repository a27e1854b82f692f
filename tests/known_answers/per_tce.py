"""CO2 of the carbon indicator by coal equivalent, energy totals without recovered gas, coal rates of provinces."""

from __future__ import annotations

from collections.abc import Mapping

from . import places
from .compare import Answer
from .places import ENTITY, metric

Coefficients = Mapping[str, tuple[float, str]]
PERIOD = "2019"


def co2(coefficients: Mapping[str, list[object]]) -> Answer:
    """CO2 of the indicator (Mt) with declared coefficients; with the default profile beside it."""
    computed, beside = {}, {}
    for place, entity in ENTITY.items():
        declared = places.imported_with(place, _pairs(coefficients))
        computed[f"{place}_Mt"] = metric(declared, "co2_assessment_2016", entity=entity, period=PERIOD) / 100
        default = metric(places.imported(place), "co2_assessment_2016", entity=entity, period=PERIOD) / 100
        beside[f"{place}_default_Mt"] = default
    return Answer(computed, beside=beside)


def totals(coefficients: Mapping[str, list[object]]) -> Answer:
    """Energy totals (10^4 tce, coal equivalent value) with and without recovered gas, and the rate of the balance.

    The package leaves recovered gas and heat out; the reference leaves out gas alone, so recovered heat is added here.
    """
    computed, beside = {}, {}
    for place, entity in ENTITY.items():
        key = {"entity": entity, "period": PERIOD}
        declared = places.imported_with(place, _pairs(coefficients))
        total = metric(declared, "energy_total", basis="equivalent", **key)
        heat, gas = (metric(declared, "recovered_energy", item=item, **key) for item in ("heat", "other_gas"))
        computed[f"{place}_rate"] = metric(declared, "coal_rate", **key)
        computed[f"{place}_with_gas"] = total + heat + gas
        computed[f"{place}_without_gas"] = total + heat
        default = places.imported(place)
        beside[f"{place}_default_rate"] = metric(default, "coal_rate", **key)
        beside[f"{place}_default_total"] = metric(default, "energy_total", basis="equivalent", **key)
    # another computation of the same total, from the same tables, that these coefficients do not reproduce
    ours = f"{computed['hebei_without_gas']:.0f}"
    why = f"另一计算为 32 817，按所列系数得 {ours}，不能复现 another computation gave 32 817; these coefficients give {ours}"
    left_out = {"hebei_without_gas": why}
    return Answer(computed, left_out=left_out, beside=beside)


def electricity() -> Answer:
    """Electricity not made from the balance's own fuel (10^8 kWh): final less thermal output; loss never added."""
    return Answer({
        place: metric(places.imported(place), "electricity_not_from_fuel", entity=entity, period=PERIOD)
        for place, entity in ENTITY.items()
    })  # fmt: skip


def _pairs(coefficients: Mapping[str, list[object]]) -> Coefficients:
    return {item: (float(str(value)), str(unit)) for item, (value, unit) in coefficients.items()}

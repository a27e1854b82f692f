"""CO2 of the carbon indicator by coal equivalent, energy totals without recovered gas, coal rates of provinces."""

from __future__ import annotations

from collections.abc import Mapping

from . import places
from .compare import Answer
from .places import ENTITY, metric

Coefficients = Mapping[str, tuple[float, str]]
PERIOD = "2019"


def co2(coefficients: Mapping[str, list[object]]) -> Answer:
    """CO2 of the indicator (Mt) with declared coefficients."""
    declared = _pairs(coefficients)
    return Answer({
        f"{place}_Mt": metric(places.imported_with(place, declared), "co2_assessment_2016", entity=entity, period=PERIOD) / 100
        for place, entity in ENTITY.items()
    })  # fmt: skip


def co2_as_shipped() -> Answer:
    """CO2 of the indicator (Mt) with the coefficients the package ships."""
    return Answer({
        f"{place}_Mt": metric(places.imported(place), "co2_assessment_2016", entity=entity, period=PERIOD) / 100
        for place, entity in ENTITY.items()
    })  # fmt: skip


def totals(coefficients: Mapping[str, list[object]]) -> Answer:
    """Energy totals (10^4 tce, coal equivalent value) with and without recovered gas, and the rate of the balance.

    A balance that books recovered energy in a row of its own counts gas and heat: the total with gas. Without that row
    the package leaves both out; the reference leaves out gas alone, so the recovered heat of the run is added again.
    """
    computed, beside = {}, {}
    for place, entity in ENTITY.items():
        key = {"entity": entity, "period": PERIOD}
        declared = places.imported_with(place, _pairs(coefficients))
        left_out = declared.uncounted[declared.uncounted["reason"] == "recovered_energy"]
        booked = places.imported_with(place, _pairs(coefficients), left_out)
        heat = metric(declared, "recovered_energy", item="heat", **key)
        computed[f"{place}_rate"] = metric(declared, "coal_rate", **key)
        computed[f"{place}_with_gas"] = metric(booked, "energy_total", basis="equivalent", **key)
        computed[f"{place}_without_gas"] = metric(declared, "energy_total", basis="equivalent", **key) + heat
        default = places.imported(place)
        beside[f"{place}_default_rate"] = metric(default, "coal_rate", **key)
        beside[f"{place}_default_total"] = metric(default, "energy_total", basis="equivalent", **key)
    return Answer(computed, beside=beside)


def electricity() -> Answer:
    """Electricity not made from the balance's own fuel (10^8 kWh): final less thermal output; loss never added."""
    return Answer({
        place: metric(places.imported(place), "electricity_not_from_fuel", entity=entity, period=PERIOD)
        for place, entity in ENTITY.items()
    })  # fmt: skip


def _pairs(coefficients: Mapping[str, list[object]]) -> Coefficients:
    return {item: (float(str(value)), str(unit)) for item, (value, unit) in coefficients.items()}

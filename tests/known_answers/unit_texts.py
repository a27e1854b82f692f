"""Unit texts with scale words."""

from __future__ import annotations

from collections.abc import Mapping

from carbonpeak.accounting import units
from carbonpeak.accounting.emissions import GJ_PER_TCE

from .compare import Answer


def amounts(quantities: Mapping[str, list[object]]) -> Answer:
    """Amounts in another unit: text -> number, unit, target unit. Coal equivalent becomes PJ by the heat of a tce."""
    return Answer(
        {text: _amount(float(str(number)), str(unit), str(to)) for text, (number, unit, to) in quantities.items()}
    )


def _amount(number: float, unit: str, to: str) -> float:
    if to == "PJ" and units.same_kind(unit, "tce"):
        return number * units.factor(unit, "tce") * GJ_PER_TCE * units.factor("GJ", "PJ")
    return number * units.factor(unit, to)

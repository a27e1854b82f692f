"""The unit in which balance tables customarily print a carrier, and how far a unit is from it
(accounting.balance.PRINTED: energy balance tables of the China Energy Statistical Yearbook)."""

from __future__ import annotations

import math

from ..accounting import units
from ..accounting.balance import PRINTED
from .codes import unit_of

GAS_KINDS = frozenset({"[gas_volume_unstated]", "[gas_volume_0C]", "[gas_volume_20C]", "[gas_volume_15C]"})
"""kinds of gas volume; their sizes differ by the reference state, not by powers of ten"""
STANDARD = {"[tce_calorific]": "tce", "[tce_equivalent]": "tce_eq"}
"""kinds of a standard-quantity table, which prints 10^4 tce throughout"""


def customary(item: str, written: str = "") -> str:
    """Return the customary unit of a carrier's column; of a column in coal equivalent that of a standard table; '' for none."""
    own = units.parse(_printed(unit_of(item)) or "1")
    given = units.kind(written) if written else own.kind
    alike = given == own.kind or (given in GAS_KINDS and own.kind in GAS_KINDS)
    if alike:
        return own.text if own.text != "1" else ""
    return f"10^4 {STANDARD[given]}" if given in STANDARD else ""


def _printed(unit: str) -> str:
    return PRINTED[unit][1] if unit in PRINTED else ""


def powers_off(item: str, written: str) -> int:
    """Return n where a unit is 10^n times the customary one; 0 where it is that, or no power of ten away."""
    custom = customary(item, written)
    if not custom:
        return 0
    power = math.log10(units.parse(written).size / units.parse(custom).size)
    return round(power) if abs(power - round(power)) < 1e-9 else 0


def meaning(unit: str) -> tuple[str, float]:
    """Return kind and size of a unit: two spellings of one unit mean the same (10^4 GJ and 10^10 kJ)."""
    parsed = units.parse(unit)
    return parsed.kind, float(f"{parsed.size:.12g}")

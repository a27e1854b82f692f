"""The unit in which balance tables customarily print a carrier, and how far a unit is from it (data/balance_units.yaml)."""

from __future__ import annotations

import math
from functools import cache

from pydantic import Field

from ..accounting import units
from ..accounting.models import Frozen
from ..factors import yamlfile
from .codes import DATA, unit_of

GAS_KINDS = frozenset({"[gas_volume_unstated]", "[gas_volume_0C]", "[gas_volume_20C]", "[gas_volume_15C]"})
"""kinds of gas volume; their sizes differ by the reference state, not by powers of ten"""


class _Unit(Frozen):
    of: str
    unit: str


class _Units(Frozen):
    schema_: int = Field(alias="schema")
    units: list[_Unit]


@cache
def _table() -> dict[str, str]:
    listed = yamlfile.validate(_Units, yamlfile.load(DATA / "balance_units.yaml")).units
    return {one.of: one.unit for one in listed}


def customary(item: str, written: str = "") -> str:
    """Return the customary unit of a carrier's column; of a column in coal equivalent that of a standard table; '' for none."""
    own = units.parse(_table().get(unit_of(item), "1"))
    given = units.kind(written) if written else own.kind
    alike = given == own.kind or (given in GAS_KINDS and own.kind in GAS_KINDS)
    if alike:
        return own.text if own.text != "1" else ""
    return next((unit for unit in _table().values() if units.kind(unit) == given and given.startswith("[tce")), "")


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

"""The standard coal rate of thermal generation (发电煤耗) that the coal equivalent value of a place and year takes.

prescribed by the assessor        declared in the workspace, else the value that the statistics bureau of the place (or
                                  of one above it) sets for its accounts, such as Shanghai's from 2024 on
national balance of the year
local balance
CEC's generation rate             flagged; never the supply rate (供电煤耗)
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..accounting import energy, units
from ..accounting.energy import Rate
from ..accounting.energy_table import EnergyTable
from ..factors.choose import Chooser
from ..factors.library import FactorLibrary
from ..factors.narrow import Pick, Question
from ..factors.profile import Profile
from ..factors.regions import RegionBook
from .workspace.models import CoalRate, Inventory

CEC = "coal_rate/cec"


@dataclass(frozen=True)
class CoalRates:
    """Finds the rate of a place and year."""

    inventory: Inventory
    library: FactorLibrary
    profile: Profile
    """of the energy account"""
    regions: RegionBook

    def of(self, table: EnergyTable) -> Rate | None:
        """Return the rate for a balance, None where there is none at all."""
        year = int(table.period[:4])
        fixed = self._declared(year, "prescribed") or self._of_the_place(table.entity, year)
        fixed = fixed or self._declared(year, "national_balance")
        if fixed is not None:
            return fixed
        local = energy.local_coal_rate(table)
        if local is not None:
            return replace(local, basis="national_balance") if table.entity == "CN" else local
        return self._declared(year, "local_balance") or self._cec(year)

    def without_balance(self, entity: str, year: int) -> Rate | None:
        """Return the rate for somebody without a balance: declared in any basis, else the place's, else CEC's."""
        declared = [self._declared(year, basis) for basis in ("prescribed", "national_balance")]
        others = [_rate(entry) for entry in self.inventory.coal_rate if entry.year == year]
        found = [declared[0], self._of_the_place(entity, year), declared[1], *others, self._cec(year)]
        return next((rate for rate in found if rate is not None), None)

    def _declared(self, year: int, basis: str) -> Rate | None:
        entries = (entry for entry in self.inventory.coal_rate if entry.year == year and entry.basis == basis)
        return next((_rate(entry) for entry in entries), None)

    def _of_the_place(self, entity: str, year: int) -> Rate | None:
        chain = self.regions.chain(entity, year)
        asked = Question("electricity", "tce_equivalent", "kWh", chain, self.regions.province(entity), year)
        pick = Chooser(self.library, self.profile).pick(asked)
        if not isinstance(pick, Pick) or pick.set_id == CEC or pick.factor.value is None:
            return None
        value = pick.factor.value
        if value.value is None:
            return None
        per_kwh = float(value.value) * units.factor(value.unit, "tce_eq/kWh")
        return Rate(
            per_kwh, "prescribed", pick.factor_id, self.library.evidence(pick.set_id, pick.factor, [value]), of_set=True
        )

    def _cec(self, year: int) -> Rate | None:
        """The generation rate of plants of 6 MW and more; never the supply rate."""
        for factor in self.library.set(CEC).factors:
            value = factor.value
            if factor.year == year and factor.kind == "generation" and value is not None and value.value:
                per_kwh = float(value.value) * units.factor(value.unit, "tce/kWh")
                return Rate(per_kwh, "cec_generation", f"{CEC}#{factor.key()}", value.evidence.value, of_set=True)
        return None


def _rate(entry: CoalRate) -> Rate:
    return Rate(entry.value / 1000, entry.basis, entry.source, entry.level)

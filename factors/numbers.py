"""One factor in canonical numbers: GJ per unit, tC/GJ, t/GJ, t per unit, tce per unit of activity.

Every printed unit goes through the unit registry against the unit of the activity, so a factor of one kind never meets
an activity of another. The only step the registry refuses and a profile may take is the reading of a bare m3 of gas.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import hypot, isnan, nan

from ..accounting import units
from ..accounting.emissions import GJ_PER_TCE
from ..accounting.models import weakest
from ..accounting.wording import words
from .model import Factor, Value
from .profile import Profile
from .use import Use

NM3_PER_M3_20C = 273.15 / 293.15
"""ideal gas at 101.325 kPa: 1 m3 at 20 °C holds 0.9318 m3 at 0 °C"""
GASES = {"co2": "tCO2", "ch4": "tCH4", "n2o": "tN2O", "co2e": "tCO2e"}
TCE = {"tce_calorific": "tce", "tce_equivalent": "tce_eq"}


class UnfitUnit(ValueError):
    """A printed unit does not fit the activity; the message names both."""


class OpenRange(ValueError):
    """The document prints a range and nobody chose; the message is the range."""


@dataclass(slots=True)
class Numbers:
    """A coefficient in canonical units; NaN where the source has no such part."""

    ncv: float = nan
    carbon_content: float = nan
    oxidation: float = nan
    per_heat: float = nan
    value: float = nan
    u_low: float = nan
    u_high: float = nan
    distribution: str = ""
    uses: list[Use] = field(default_factory=list)
    """printed numbers behind the parts"""
    notes: list[str] = field(default_factory=list)
    """decisions taken on the way, as wording (accounting/wording.py)"""

    def weakest(self) -> str:
        """Return the weakest evidence of everything used."""
        return weakest(use.evidence for use in self.uses)


def numbers(factor: Factor, quantity: str, unit: str, profile: Profile, *, own_heat: bool = True) -> Numbers:
    """Return a factor's numbers for an activity in `unit`; without `own_heat` the family's heat value is not read.

    Raises UnfitUnit or OpenRange. A heat value in a unit of another kind than the activity (GJ per t for m3) is left out;
    a product in such a unit is an error, unless the factor can be had per heat.
    """
    out = Numbers()
    reader = _Reader(factor, quantity, unit, profile, out)
    if quantity in TCE:
        return reader.coal_equivalent()
    out.carbon_content = reader.take("carbon_content", ("tC/GJ",))
    out.oxidation = reader.take("oxidation", ("1",))
    gas = GASES.get(quantity, "t")
    out.per_heat = reader.take("per_heat", (f"{gas}/GJ", "t/GJ"))
    out.value = reader.take("value", (f"{gas}/{unit}", f"t/{unit}"), lenient=_by_heat(out))
    out.ncv = heat_of_unit(unit)
    if isnan(out.ncv) and own_heat:
        out.ncv = reader.take("ncv", (f"GJ/{unit}",), lenient=True)
    return out


def heat_value(factor: Factor, unit: str, profile: Profile) -> Numbers:
    """Return the heat value of a standard-coal or fuel factor (GJ per unit) as `ncv`.

    A coefficient in tce is multiplied by 29.3076 GJ/tce (GB/T 2589: 1 kgce = 29 307.6 kJ).
    """
    out = Numbers()
    reader = _Reader(factor, factor.quantity, unit, profile, out)
    if factor.quantity in TCE:
        reader.coal_equivalent()
        out.ncv, out.value = out.value * GJ_PER_TCE, nan
    else:
        out.ncv = reader.take("ncv", (f"GJ/{unit}",))
    return out


def heat_of_unit(unit: str) -> float:
    """Return GJ per unit where the activity is itself heat or coal equivalent; NaN otherwise."""
    if unit == "kWh":
        return nan
    if units.same_kind(unit, "tce"):
        return units.factor(unit, "tce") * GJ_PER_TCE
    return units.factor(unit, "GJ") if units.same_kind(unit, "GJ") else nan


def _by_heat(out: Numbers) -> bool:
    return not (isnan(out.per_heat) and isnan(out.carbon_content))


@dataclass(slots=True)
class _Reader:
    factor: Factor
    quantity: str
    unit: str
    profile: Profile
    out: Numbers

    def coal_equivalent(self) -> Numbers:
        """Read a standard-coal coefficient (tce per unit), from the printed coefficient or from the heat value."""
        if self.factor.value is not None:
            targets = (f"{TCE.get(self.quantity, 'tce')}/{self.unit}", f"tce/{self.unit}")
            self.out.value = self.take("value", targets)
        elif self.factor.ncv is not None:
            self.out.value = self.take("ncv", (f"GJ/{self.unit}",)) / GJ_PER_TCE
        return self.out

    def take(self, part: str, targets: tuple[str, ...], *, lenient: bool = False) -> float:
        """Return one part in the first target unit that fits; NaN where it is not printed, or unfit and lenient."""
        printed: Value | None = getattr(self.factor, part)
        if printed is None:
            return nan
        scale, reading = self._scale(printed.unit, targets)
        if isnan(scale):
            if lenient:
                return nan
            raise UnfitUnit(f"{printed.unit} ≠ {targets[0]}")
        use = self._use(part, printed)
        if reading and self.profile.gas_volume is not None:
            use = replace(use, levels=(*use.levels, self.profile.gas_volume.evidence.value))
            self.out.notes.append(reading)
        self.out.uses.append(use)
        self._uncertainty(part, printed)
        return use.value * scale

    def _scale(self, printed: str, targets: tuple[str, ...]) -> tuple[float, str]:
        for target in targets:
            if units.same_kind(printed, target):
                return units.factor(printed, target), ""
        volume = self.profile.gas_volume
        if volume is None:
            return nan, ""
        return _read_bare_m3(printed, targets, self.unit, volume.m3_as)

    def _use(self, part: str, printed: Value) -> Use:
        """Return the printed number, or what the profile takes of a printed range."""
        level = printed.evidence.value
        if printed.value is not None:
            return Use(part, part, printed.unit, printed.value, levels=(level,))
        if printed.low is None or printed.high is None:
            raise OpenRange("-")
        choice = self.profile.choice(self.factor.item, self.factor.quantity)
        if choice is None:
            raise OpenRange(f"{printed.low:g}–{printed.high:g} {printed.unit}")
        use = Use(
            part, part, printed.unit, choice.of(printed.low, printed.high), printed.low, printed.high, choice.rule,
            choice.reason, (level, choice.evidence.value),
        )  # fmt: skip
        self.out.notes.append(use.told())
        return use

    def _uncertainty(self, part: str, printed: Value) -> None:
        """Combine relative bounds of a product in quadrature (IPCC 2006 vol. 1 ch. 3, eq. 3.1); ncv counts too."""
        if printed.u_low is None or printed.u_high is None:
            return
        before_low, before_high = self.out.u_low, self.out.u_high
        first = isnan(before_low)
        self.out.u_low = printed.u_low if first else -hypot(before_low, printed.u_low)
        self.out.u_high = printed.u_high if first else hypot(before_high, printed.u_high)
        self.out.distribution = self.out.distribution or printed.distribution


def _read_bare_m3(printed: str, targets: tuple[str, ...], unit: str, m3_as: str) -> tuple[float, str]:
    """Convert between a stated and a bare m3 of gas under the profile's reading; returns (scale, words)."""
    if unit not in ("m3", "Nm3", "m3_20C"):
        return nan, ""
    for target in targets:
        head, slash, tail = target.rpartition("/")
        if not slash or tail != unit:
            continue
        for stated in ("Nm3", "m3_20C", "m3"):
            if stated == unit or "m3" not in (stated, unit) or not units.same_kind(printed, f"{head}/{stated}"):
                continue
            scale = units.factor(printed, f"{head}/{stated}")
            told = words(f"未注明参比状态的 m3 按 {m3_as} 读", f"m3 without a reference state is read as {m3_as}")
            return scale * _per_unit(unit, m3_as) / _per_unit(stated, m3_as), told
    return nan, ""


def _per_unit(unit: str, m3_as: str) -> float:
    """Return Nm3 in one unit of gas volume."""
    read = m3_as if unit == "m3" else unit
    return NM3_PER_M3_20C if read == "m3_20C" else 1.0

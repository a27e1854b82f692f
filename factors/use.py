"""What a coefficient rests on: every printed number it uses, what was taken of a printed range, and who lends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isnan, nan

from ..accounting.models import weakest
from ..accounting.wording import words

PRINTED = "printed"
HEAT = ("ncv", "coal_equivalent")
"""what a use may serve as heat: a row's own heat value replaces both, its own coal-equivalent coefficient the second"""


@dataclass(frozen=True, slots=True)
class Use:
    """One printed number as an answer uses it, in the unit of the document."""

    part: str
    """where the factor prints it: value, ncv, carbon_content, oxidation, per_heat"""
    serves: str
    """part of the coefficient it becomes; coal_equivalent = its ncv, by way of a standard-coal coefficient"""
    unit: str
    value: float
    """the number taken"""
    low: float = nan
    """lower end of a printed range; NaN where one number is printed"""
    high: float = nan
    rule: str = PRINTED
    """printed, or what the profile takes of a range: low, high, named (a number)"""
    reason: str = ""
    """the profile's reason for what it takes (wording)"""
    levels: tuple[str, ...] = ()
    """evidence of the number and of every decision it was taken by"""
    factor_id: str = ""
    """factor that prints the number"""
    role: str = "own"
    """own; lent: a part that the family does not print; stand_in: for another carrier; mix: a kind of the declared mix"""
    share: float = 1.0
    """of the mix"""

    @property
    def evidence(self) -> str:
        """Weakest of the levels."""
        return weakest(self.levels)

    @property
    def is_range(self) -> bool:
        """True where the document prints a range and the profile takes a number of it."""
        return not isnan(self.low)

    def told(self) -> str:
        """Say what is taken of the range."""
        span = f"{self.low:g}–{self.high:g} {self.unit}"
        told = words(
            f"文件只印出 {span}，方案取 {self.value:g}",
            f"the document prints only {span}, the profile takes {self.value:g}",
        )
        return f"{told}：{self.reason}"


def of_factor(uses: Iterable[Use], factor_id: str, confirmed: bool) -> list[Use]:
    """Name the factor; of a confirmed one only an assumption of the profile weighs beside the confirmation."""
    out = [replace(use, factor_id=factor_id) for use in uses]
    if not confirmed:
        return out
    return [replace(use, levels=("confirmed", *(word for word in use.levels if word == "assumed"))) for use in out]


def decided(uses: Iterable[Use], *levels: str, role: str = "") -> list[Use]:
    """Add the evidence of a decision to every use, and the role the decision gives them."""
    return [replace(use, levels=(*use.levels, *levels), role=role or use.role) for use in uses]


def serving(uses: Iterable[Use], part: str) -> list[Use]:
    """Say which part of the coefficient the numbers become."""
    return [replace(use, serves=part) for use in uses]


def in_mix(uses: Iterable[Use], share: float, evidence: str, part: str) -> list[Use]:
    """Return the uses of one kind of a mix."""
    weighed = [replace(use, share=use.share * share) for use in serving(uses, part)]
    return decided(weighed, evidence, role="mix")


def without_heat(uses: Iterable[Use]) -> list[Use]:
    """Return the uses that are no heat value."""
    return [use for use in uses if use.serves not in HEAT]

"""A profile: which sets answer which quantity, in which order, and every assumption that this takes.

The purpose of the work names the profile. Everything a person decides (a printed range, the reference state of a gas
volume, a coal mix, a stand-in for a carrier that the family lacks) is written here with its reason and evidence.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from ..accounting.models import Evidence, Frozen, Title, Worded
from ..accounting.wording import words

Purpose = Literal["inventory", "assessment", "enterprise", "zero_carbon_park", "product_footprint", "offset_project"]

PURPOSE_KINDS: dict[str, tuple[str, ...]] = {
    "inventory": ("average",),
    "assessment": ("average", "notice"),
    "enterprise": ("average", "notice", "residual"),
    "zero_carbon_park": ("fossil",),
    "product_footprint": ("footprint",),
    "offset_project": ("om", "bm"),
}
"""kinds of electricity factor that a purpose may use, the default first; the columns of one announcement are for
different users (fossil: 发改环资〔2025〕910号 annex 4; residual: users who claim green power; om, bm: offset projects)"""


class Choice(Frozen):
    """What is taken where a document prints a range and no number."""

    take: Literal["low", "high"] | float
    reason: Worded
    evidence: Evidence = Evidence.ASSUMED

    @property
    def rule(self) -> str:
        """What is taken: low, high, or named (a number)."""
        return self.take if isinstance(self.take, str) else "named"

    def of(self, low: float, high: float) -> float:
        """Return the number taken of a printed range."""
        return {"low": low, "high": high}[self.take] if isinstance(self.take, str) else self.take


class Bridge(Frozen):
    """How a carrier that the family lacks gets its coefficient."""

    kind: Literal["mix", "same_as"]
    item: str = ""
    """same_as: the carrier that stands in; mix: the family's name for what the mix calls by the carrier's own name"""
    of: dict[str, float] = Field(default_factory=dict)
    """mix: shares by carrier, sum 1"""
    from_workspace: str = ""
    """mix: name of the mix that the workspace declares by region and year, e.g. coal_mix"""
    components: list[str] = Field(default_factory=list)
    """mix from the workspace: the carriers it may name"""
    basis: Literal["heat", "mass"] = "heat"
    """what the shares are shares of"""
    quantities: list[str] = Field(default_factory=list)
    """quantities the bridge is for; empty = all"""
    reason: Worded = ""
    source: Worded = ""
    evidence: Evidence = Evidence.ASSUMED

    @model_validator(mode="after")
    def _whole(self) -> Bridge:
        if self.kind == "same_as" and not (self.item and self.reason):
            raise ValueError("same_as needs item and reason")
        if self.kind == "mix" and not (self.of or (self.from_workspace and self.components)):
            raise ValueError("mix needs of, or from_workspace and components")
        if self.of and abs(sum(self.of.values()) - 1) > 1e-6:
            raise ValueError("the shares of a mix must add up to 1")
        return self


class Fill(Frozen):
    """One part that the family does not print for a carrier, taken from another set by name."""

    part: Literal["ncv", "carbon_content", "oxidation"]
    from_set: str
    reason: Worded
    evidence: Evidence = Evidence.ASSUMED


class Mix(Frozen):
    """Shares of the kinds inside one carrier, declared by a workspace for a region and a year."""

    name: str = "coal_mix"
    """the bridge's from_workspace"""
    region: str
    year: int | None = None
    """data year; absent = every year"""
    of: dict[str, float]
    basis: Literal["heat", "mass"] = "heat"
    source: Worded
    evidence: Literal[""] | Evidence
    """'' = measured by the place itself: no printed number"""

    @model_validator(mode="after")
    def _whole(self) -> Mix:
        if abs(sum(self.of.values()) - 1) > 1e-6 or min(self.of.values()) < 0:
            raise ValueError("the shares of a mix must not be negative and must add up to 1")
        return self


class Fixed(Frozen):
    """A factor that a workspace's profile names, whatever the order says (also one of a later year)."""

    item: str
    quantity: str
    factor: str
    """full id: set id#factor key"""
    entity: str = ""
    """this entity and the places below it; '' = every entity"""
    year: int | None = None
    """absent = every year"""
    reason: Worded


class Prescribed(Frozen):
    """A set and a factor year that a rule prescribes for a span of data years, whatever the age; places by the chain."""

    item: str
    quantity: str
    first: int
    """first data year"""
    last: int
    """last data year"""
    from_set: str
    """set that the rule names"""
    factor_year: int
    """year of the factors in that set"""
    reason: Worded
    source: Worded
    evidence: Evidence

    def holds(self, year: int | None) -> bool:
        """Tell whether the rule is for a data year."""
        return year is not None and self.first <= year <= self.last

    def words(self) -> str:
        """Return the rule as a clause of the explanation."""
        told = words(
            f"{self.first}—{self.last} 年规定用 {self.factor_year} 年因子",
            f"factors of {self.factor_year} are prescribed for {self.first}-{self.last}",
        )
        return f"{told}：{self.reason}（{self.source}）"


class Gap(Frozen):
    """Data years for which no factor was found although one may exist: said where a row meets it."""

    item: str
    quantity: str
    first: int
    """first data year"""
    last: int
    """last data year"""
    reason: Title

    def holds(self, item: str, quantity: str, year: int | None) -> bool:
        """Tell whether a question falls into the gap."""
        return self.item == item and self.quantity == quantity and year is not None and self.first <= year <= self.last


class KindSpan(Frozen):
    """Another kind of electricity factor for a span of data years."""

    kind: str
    """average, residual, fossil, notice, footprint, om, bm"""
    first: int
    """first data year"""
    last: int
    """last data year"""
    reason: Worded


class GasVolume(Frozen):
    """How a bare m3 of gas is read where the statistics do not state the reference state."""

    m3_as: Literal["Nm3", "m3_20C"]
    reason: Worded
    evidence: Evidence = Evidence.ASSUMED


class Electricity(Frozen):
    """Which electricity factor the profile uses."""

    kind: str
    """average, residual, fossil, notice, footprint, om, bm"""
    region: str = ""
    """CN: the national value for everybody; '' = by the region chain"""
    spans: list[KindSpan] = Field(default_factory=list)
    """data years that take another kind"""
    reason: Worded = ""


class Profile(Frozen):
    """Which factor sets are used for what, and the decisions that go with them."""

    schema_: Literal[1] = Field(alias="schema")
    id: str
    """name of the file without .yaml"""
    extends: str = ""
    """profile whose order, choices, bridges, fill and additions are taken over; an entry written here stands instead"""
    title: Title
    purpose: Purpose
    gwp: str | None = None
    """id of the GWP set; null where no document prescribes one (gwp_reason says why)"""
    gwp_reason: Worded = ""
    order: dict[str, list[str]]
    """quantity -> set ids, best first. Quantities: co2, ch4, n2o, co2e, tce_calorific, tce_equivalent, ncv (heat values
    for heat_from: ncv), and the CO2 of bought electricity and heat: electricity, heat"""
    heat_from: Literal["tce_calorific", "ncv"] = "tce_calorific"
    """tce_calorific: heat = standard-coal coefficient x 29.3076 GJ/tce (regional inventories); ncv: the family's own"""
    gas_volume: GasVolume | None = None
    choices: dict[str, Choice] = Field(default_factory=dict)
    """item, or item/quantity -> what is taken from a printed range"""
    bridges: dict[str, Bridge] = Field(default_factory=dict)
    fill: dict[str, Fill] = Field(default_factory=dict)
    """item -> the part of its co2 factor that another set lends"""
    electricity: Electricity | None = None
    prescribed: list[Prescribed] = Field(default_factory=list)
    """sets and factor years that a rule prescribes; they go before the order"""
    fixed: list[Fixed] = Field(default_factory=list)
    """factors named one by one; they go before everything"""
    gaps: list[Gap] = Field(default_factory=list)
    """data years without a factor, and what is known of it"""
    additions: dict[str, Worded] = Field(default_factory=dict)
    """set id -> why it stands in the order although the guideline does not ask for it (shown at every use)"""
    max_age: int | None = None
    """years a dated factor may be used after its year; absent = the set's own"""
    note: Worded = ""

    @model_validator(mode="after")
    def _reasons(self) -> Profile:
        if self.gwp is None and not self.gwp_reason:
            raise ValueError("gwp null needs gwp_reason")
        kinds = [self.electricity.kind, *(span.kind for span in self.electricity.spans)] if self.electricity else []
        if not set(kinds) <= set(PURPOSE_KINDS[self.purpose]):
            allowed = ", ".join(PURPOSE_KINDS[self.purpose])
            raise ValueError(f"purpose {self.purpose} may use the electricity kinds {allowed}")
        return self

    def electricity_kind(self, year: int | None) -> str:
        """Kind of electricity factor of a data year: declared, else the default of the purpose."""
        span = self.electricity_span(year)
        if span is not None:
            return span.kind
        return self.electricity.kind if self.electricity else PURPOSE_KINDS[self.purpose][0]

    def electricity_span(self, year: int | None) -> KindSpan | None:
        """Return the declared span that holds a data year."""
        spans = self.electricity.spans if self.electricity else []
        return next((span for span in spans if year is not None and span.first <= year <= span.last), None)

    def choice(self, item: str, quantity: str) -> Choice | None:
        """Return the choice for a printed range."""
        return self.choices.get(f"{item}/{quantity}") or self.choices.get(item)

    def sets(self) -> list[str]:
        """Return every set the profile may take a factor from, once: the order, then what rules and names call in."""
        ordered = [name for names in self.order.values() for name in names]
        called = [
            *(rule.from_set for rule in self.prescribed),
            *(entry.factor.partition("#")[0] for entry in self.fixed),
        ]
        return list(dict.fromkeys([*ordered, *called]))

"""The schema of inventory.yaml. Docstrings under fields are the manual."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from ...accounting.models import Evidence, Frozen, Title, Worded
from ...factors.model import Boiler

PERIOD = re.compile(r"^\d{4}(?:-(?:H[12]|Q[1-4]|0[1-9]|1[0-2]))?$")


def _text(value: Any) -> Any:
    """Codes and years may be written as numbers in YAML; they are text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _period(value: Any) -> Any:
    text = _text(value)
    if isinstance(text, str) and text and not PERIOD.match(text):
        raise ValueError("a period such as 2019, 2019-H1, 2019-Q3 or 2019-05")
    return text


Text = Annotated[str, BeforeValidator(_text)]
Name = Annotated[str, BeforeValidator(_text), Field(min_length=1)]
Period = Annotated[str, BeforeValidator(_period)]
Share = Annotated[float, Field(ge=0, le=1)]


class Entity(Frozen):
    """A place, enterprise or plant that GB/T 2260 does not list."""

    id: Name
    """unique in the workspace; an 18-character credit code for an enterprise"""
    zh: str
    en: str
    kind: Literal["region", "park", "enterprise", "plant", "unit"]
    parent: Text = ""
    """region code or declared id"""
    aliases: list[str] = Field(default_factory=list)


class Signatories(Frozen):
    """The people named under the report."""

    prepared_by: str = ""
    reviewed_by: str = ""
    head: str = ""
    phone: Text = ""


class Report(Frozen):
    """What stands on the report's cover and under it."""

    date: Text
    """YYYY-MM-DD; the document date, never today's"""
    issuer: Title | None = None
    vintage: Literal["", "初步数", "年报数", "最终核实数"] = ""
    signatories: Signatories = Signatories()

    @field_validator("date")
    @classmethod
    def _iso(cls, value: str) -> str:
        if not re.match(r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", value):
            raise ValueError("a date such as 2020-06-30")
        return value


class Sourced(Frozen):
    """Anything declared by the user that carries its source and evidence."""

    source: Worded = ""
    """document and table, or why it is assumed"""
    evidence: Literal["", "measured"] | Evidence = ""
    note: Worded = ""

    @property
    def level(self) -> str:
        """Evidence as it weighs in a result: what the place measured itself limits nothing, as its own data do not."""
        return "" if self.evidence == "measured" else str(self.evidence)


class Mix(Sourced):
    """What a carrier of a balance is made of, where a factor family lacks the carrier (原煤, 其他煤气, 其他能源)."""

    entity: Text = ""
    """'' = the inventory's entity"""
    year: int | None = None
    """None = all years"""
    of: dict[str, Share]
    """carrier id -> share"""
    basis: Literal["heat", "mass", "volume"]
    """what the shares are shares of; mass for coals, volume for gases, heat alone for other energy"""

    @model_validator(mode="after")
    def _whole(self) -> Mix:
        if abs(sum(self.of.values()) - 1) > 1e-6:
            raise ValueError("shares that sum to 1")
        return self


class CoalRate(Sourced):
    """Standard coal rate of thermal generation used for the coal equivalent value."""

    year: int
    value: Annotated[float, Field(gt=0.2, lt=0.6)]
    """kgce/kWh"""
    basis: Literal["prescribed", "national_balance", "local_balance", "cec_generation"]


class RoadSplit(Sourced):
    """Share of a motor fuel of a sector that is burnt on the road."""

    year: int | None = None
    sector: str
    item: str
    share: Share


class BiogenicShare(Sourced):
    """Biogenic share of the heat of a fuel (E10 gasoline)."""

    year: int | None = None
    item: str
    share: Share
    """share of heat, not of volume"""


class StoredCarbon(Sourced):
    """Share of the carbon of non-energy use that stays in the product (固碳率)."""

    year: int | None = None
    item: str
    share: Share


class BoilerType(Sourced):
    """Boiler types of a flow or sector, for N2O."""

    entity: Text = ""
    year: int | None = None
    flow: str = ""
    sector: str = ""
    of: dict[Boiler, Share]

    @model_validator(mode="after")
    def _whole(self) -> BoilerType:
        if sum(self.of.values()) > 1 + 1e-6:
            raise ValueError("shares that sum to 1 at most")
        return self


class VehicleTechnology(Sourced):
    """Fleet by exhaust technology, for CH4 and N2O of road fuel (IPCC 2006 vol. 2 table 3.2.2 has no default)."""

    entity: Text = ""
    """'' = the inventory's entity"""
    year: int | None = None
    item: Literal["gasoline"] = "gasoline"
    of: dict[Literal["uncontrolled", "oxidation_catalyst", "low_mileage_ldv_1995_on"], Share]
    """technology -> share of the heat of the fuel"""

    @model_validator(mode="after")
    def _whole(self) -> VehicleTechnology:
        if sum(self.of.values()) > 1 + 1e-6:
            raise ValueError("shares that sum to 1 at most")
        return self


class Leg(Sourced):
    """Electricity or heat that crosses the boundary."""

    year: int
    direction: Literal["in", "out"]
    counterpart: Text = ""
    """region code or GRID:xx of the other side"""
    value: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    unit: str


class Certificate(Sourced):
    """Green power certificates (绿证) retired for own use; only these count."""

    year: int
    value: Annotated[float, Field(gt=0)]
    unit: str
    retired_on: Annotated[Text, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
    """date of retirement 核销日期, YYYY-MM-DD"""


class Room(Frozen):
    """An intensity target whose room in tonnes the report works out year by year (排放空间测算)."""

    plan: str
    """bundled plan or path; it need not be one of the place's own plans"""
    indicator: str
    """id of a cumulative reduction target of carbon_intensity in the plan"""
    note: Worded = ""


class OfficialResult(Sourced):
    """What the assessing body found for one indicator in one year: the grade it published, or the points."""

    plan: str
    indicator: str
    year: int
    grade: str = ""
    """the word of the scheme in force that year, as published"""
    score: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    """points of the score sheet"""

    @model_validator(mode="after")
    def _one_of_both(self) -> OfficialResult:
        if bool(self.grade) == (self.score is not None):
            raise ValueError("either a published grade or the score")
        return self


GASES = ("blast_furnace_gas", "converter_gas", "coke_oven_gas", "other_gas")
"""what a column 其他煤气 that merges several gases may hold; other_gas = gas made from coal"""
OTHERS = ("biomass_fuel", "municipal_waste_fuel", "industrial_waste_fuel", "waste_heat_pressure")
"""what a column 其他能源 may hold: biomass, municipal and industrial waste used as fuel, waste heat and pressure"""
COALS = ("anthracite", "bituminous", "lignite", "general_bituminous", "coking_bituminous")
"""what raw coal may be a mix of"""


def _mixed(mixes: list[Mix], kinds: tuple[str, ...], never: str) -> list[Mix]:
    """Return the mixes; raise ValueError for a share of another kind, or shares of what the carrier is not measured in."""
    other = sorted({item for mix in mixes for item in mix.of if item not in kinds})
    if other:
        raise ValueError(f"shares of {', '.join(kinds)}, not of {', '.join(other)}")
    if any(mix.basis == never for mix in mixes):
        raise ValueError(f"shares of heat or {'mass' if never == 'volume' else 'volume'}, not of {never}")
    return mixes


class Options(Frozen):
    """Choices of method; each default is that of the standard."""

    non_energy_owner: Literal["", "energy", "process"] = ""
    """who owns the carbon of non-energy use"""
    steel_carbon: Literal["", "coke_energy", "mass_balance", "process"] = ""
    """which of the three possible counts of the carbon of steel making is used"""
    require_evidence: Literal[""] | Evidence = ""
    round_before_ratio: int | None = None
    """decimals to which energy intensity is rounded before a rate is taken"""


class Inventory(Frozen):
    """inventory.yaml: who, what, for which years and by which standard."""

    schema_: Literal[1] = Field(alias="schema")
    id: Name
    kind: Literal["region", "enterprise", "park"]
    title: Title
    entity: Text
    """region code, or the id of a declared entity"""
    years: Annotated[list[int], Field(min_length=1)]
    """years of the account; series may reach further back"""
    standards: Annotated[list[str], Field(min_length=1)]
    """ids of inventories/data/standards; the first is the main one"""
    profile: str = ""
    """'' = the standard's"""
    report: Report
    plans: list[str] = Field(default_factory=list)
    """ids of bundled plans, or paths in the workspace"""
    schemes: list[str] = Field(default_factory=list)
    """local warning or grade schemes in force for the place, beside the national ones: bundled ids, or paths in the workspace"""
    assessed: list[OfficialResult] = Field(default_factory=list)
    """results of the official assessment, as published"""
    room: list[Room] = Field(default_factory=list)
    coal_mix: list[Mix] = Field(default_factory=list)
    gas_mix: list[Mix] = Field(default_factory=list)
    other_energy_mix: list[Mix] = Field(default_factory=list)
    coal_rate: list[CoalRate] = Field(default_factory=list)
    road_split: list[RoadSplit] = Field(default_factory=list)
    biogenic_share: list[BiogenicShare] = Field(default_factory=list)
    boiler_types: list[BoilerType] = Field(default_factory=list)
    vehicle_technology: list[VehicleTechnology] = Field(default_factory=list)
    stored_carbon: list[StoredCarbon] = Field(default_factory=list)
    electricity: list[Leg] = Field(default_factory=list)
    heat: list[Leg] = Field(default_factory=list)
    certificates: list[Certificate] = Field(default_factory=list)
    entities: list[Entity] = Field(default_factory=list)
    options: Options = Options()
    price_years: list[int] = Field(default_factory=list)
    """base years of constant prices, e.g. 2015, 2020"""
    note: Worded = ""

    @field_validator("standards", "price_years", "plans", "schemes")
    @classmethod
    def _once(cls, values: list[Any]) -> list[Any]:
        if len(set(values)) != len(values):
            raise ValueError("each entry once")
        return values

    @field_validator("assessed")
    @classmethod
    def _one_result(cls, results: list[OfficialResult]) -> list[OfficialResult]:
        if len({(one.plan, one.indicator, one.year) for one in results}) != len(results):
            raise ValueError("one result an indicator and year")
        return results

    @field_validator("coal_rate")
    @classmethod
    def _one_rate(cls, rates: list[CoalRate]) -> list[CoalRate]:
        if len({(rate.year, rate.basis) for rate in rates}) != len(rates):
            raise ValueError("one rate a year and basis")
        return rates

    @field_validator("coal_mix", "gas_mix", "other_energy_mix")
    @classmethod
    def _one_mix(cls, mixes: list[Mix]) -> list[Mix]:
        if len({(mix.entity, mix.year) for mix in mixes}) != len(mixes):
            raise ValueError("one mix a place and year")
        return mixes

    @field_validator("coal_mix")
    @classmethod
    def _of_coal(cls, mixes: list[Mix]) -> list[Mix]:
        return _mixed(mixes, COALS, "volume")

    @field_validator("gas_mix")
    @classmethod
    def _of_gas(cls, mixes: list[Mix]) -> list[Mix]:
        return _mixed(mixes, GASES, "mass")

    @field_validator("other_energy_mix")
    @classmethod
    def _of_other_energy(cls, mixes: list[Mix]) -> list[Mix]:
        if any(mix.basis != "heat" for mix in mixes):
            raise ValueError("shares of heat: the column is printed in coal equivalent")
        return _mixed(mixes, OTHERS, "mass")

    @field_validator("biogenic_share", "stored_carbon")
    @classmethod
    def _one_share(cls, shares: list[Any]) -> list[Any]:
        items = {share.item for share in shares}
        for item in items:
            years = [share.year for share in shares if share.item == item]
            if len(set(years)) != len(years) or (None in years and len(years) > 1):
                raise ValueError(f"one share of {item} a year; an entry without a year holds for all")
        return shares

    @field_validator("years")
    @classmethod
    def _plausible(cls, years: list[int]) -> list[int]:
        if len(set(years)) != len(years) or not all(1949 <= year <= 2100 for year in years):
            raise ValueError("years such as [2019, 2020], each once")
        return years

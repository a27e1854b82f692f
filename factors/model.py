"""The schema of a factor set: one document, one edition, every value with its table and evidence.

The YAML schema, its JSON Schema and the manual page are all made from these models.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from pydantic import Field, field_validator, model_validator

from ..accounting.models import Evidence, Frozen, Title


class Value(Frozen):
    """One printed number, or a printed range without a midpoint (`low`, `high`)."""

    value: float | None = None
    """the printed number; absent where the document prints a range or nothing"""
    low: float | None = None
    """lower end of a printed range"""
    high: float | None = None
    """upper end of a printed range"""
    unit: str
    """unit as printed, in the spelling of accounting/units.txt, e.g. GJ/t, tC/TJ, kgCO2/kWh, tce/1e4 m3"""
    table: str = ""
    """table, annex, clause or equation of the document"""
    page: str = ""
    """page, only once a person has seen it"""
    evidence: Evidence
    seen: list[str] = Field(default_factory=list)
    """ids of the public copies in which the number was read (explained in the set's `copies`)"""
    u_low: float | None = None
    """lower bound of the 95 % range, relative to the value"""
    u_high: float | None = None
    """upper bound of the 95 % range, relative to the value"""
    distribution: Literal["", "normal", "lognormal", "triangular", "uniform"] = ""
    note: str = ""

    @model_validator(mode="after")
    def _one_or_range(self) -> Value:
        if self.value is not None and (self.low is not None or self.high is not None):
            raise ValueError("give either value or low and high")
        if (self.low is None) != (self.high is None):
            raise ValueError("a range needs both low and high")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low must not exceed high")
        return self

    @property
    def is_range(self) -> bool:
        """True where only a range is printed."""
        return self.low is not None


def day(text: str, *, end: bool) -> date:
    """Return the day of YYYY-MM-DD, or the first (last) day of YYYY. Raises ValueError."""
    if len(text) == 4 and text.isdigit():
        return date(int(text), 12, 31) if end else date(int(text), 1, 1)
    return date.fromisoformat(text)


Boiler = Literal["cfb", "pulverized", "stoker", "other"]
"""what an attribute boiler_type may say, and a workspace's boiler_types; a type without a factor takes the general one"""
BOILERS: tuple[str, ...] = get_args(Boiler)
PARTS = ("ncv", "carbon_content", "oxidation", "per_heat")


class Factor(Frozen):
    """One coefficient: for an item and a quantity, with the parts the document prints or their product."""

    item: str
    """carrier id of carriers.yaml, gas id, or product id"""
    quantity: str
    """co2, ch4, n2o, carbon, tce_calorific, tce_equivalent, gwp, density, coal_rate, stored_carbon"""
    per: str = ""
    """unit of activity the factor multiplies; '' where the value's unit says it"""
    value: Value | None = None
    """the product, where the document prints only that"""
    ncv: Value | None = None
    carbon_content: Value | None = None
    oxidation: Value | None = None
    per_heat: Value | None = None
    """gas per heat (kg/TJ), where the document prints factors so"""
    region: str = ""
    """GB/T 2260 code or GRID:xx; '' = the set's region"""
    year: int | None = None
    """data year, for yearly factors"""
    sector: str = ""
    """sector or sector group the value is for"""
    technology: str = ""
    """boiler type, vehicle class, process"""
    kind: str = ""
    """electricity: average, residual, fossil, notice, footprint, om, bm; coal_rate: generation, supply"""
    note: str = ""

    @model_validator(mode="after")
    def _something(self) -> Factor:
        if self.value is None and not any(getattr(self, part) for part in PARTS):
            raise ValueError("a factor needs a value or parts")
        return self

    def key(self) -> str:
        """Return the id inside the set: item/quantity, then region, year, sector, technology, kind if given."""
        rest = [self.region, str(self.year or ""), self.sector, self.technology, self.kind]
        return "/".join([self.item, self.quantity, *(word for word in rest if word)])


class Confirmation(Frozen):
    """A named person compared a value with the document."""

    factor: str
    by: str
    on: str
    page: str
    note: str = ""


SetKind = Literal[
    "standard_coal", "combustion", "electricity", "heat", "coal_rate", "aggregate", "gwp", "process", "mobile",
    "density", "published",
]  # fmt: skip


class FactorSet(Frozen):
    """One document in one edition. Sets are never edited in place: a new edition is a new set."""

    schema_: Literal[1] = Field(alias="schema")
    id: str
    """path of the file under data/sets without .yaml, e.g. standard_coal/gbt2589_2020"""
    kind: SetKind
    title: Title
    publisher: str
    publisher_en: str = ""
    """its English name; '' where `publisher` is in Latin letters"""
    document: str
    """number and name of the document"""
    document_en: str = ""
    """English title, printed before the original in English; '' where `document` is in English"""
    year: int | None = None
    """year of the edition"""
    region: str = "CN"
    valid_from: str = ""
    """first year or day (YYYY, YYYY-MM-DD) of the document's validity; '' = open"""
    valid_to: str = ""
    """last year or day; '' = open"""
    gwp: str = ""
    max_age: int = 3
    """years a yearly factor may be used after its data year when the asked year is missing"""
    supersedes: str = ""
    """id of the edition it replaces; sets linked so are editions of one document, chosen by the data year"""
    basis: str = ""
    """what must be known to use it: net or gross heat value, reference state of gas, oxidation included or not"""
    purposes: list[str] = Field(default_factory=list)
    """purposes for which the set may be used; empty = all. See factors/data/purposes.yaml"""
    copies: dict[str, str] = Field(default_factory=dict)
    """public copies in which the numbers were read: id -> what it is"""
    notes: list[str] = Field(default_factory=list)
    factors: list[Factor]

    @field_validator("valid_from", "valid_to")
    @classmethod
    def _a_day(cls, text: str) -> str:
        if text:
            day(text, end=False)
        return text

    @model_validator(mode="after")
    def _forwards(self) -> FactorSet:
        if self.first_day > self.last_day:
            raise ValueError("valid_from must not be after valid_to")
        return self

    @property
    def first_day(self) -> date:
        """First day of validity; the beginning of time where it is open."""
        return day(self.valid_from, end=False) if self.valid_from else date.min

    @property
    def last_day(self) -> date:
        """Last day of validity; the end of time where it is open."""
        return day(self.valid_to, end=True) if self.valid_to else date.max

    @field_validator("factors")
    @classmethod
    def _no_twins(cls, factors: list[Factor]) -> list[Factor]:
        seen: set[str] = set()
        for factor in factors:
            key = factor.key()
            if key in seen:
                raise ValueError(f"two factors with the key {key}")
            seen.add(key)
        return factors

"""CH4 and N2O that hang on a technology nobody declared: what each technology would give, from the same heat.

    gas = heat x factor of the technology        heat = CO2 of the rows / CO2 factor per heat

Gasoline vehicles have no default (IPCC 2006 vol. 2 table 3.2.2) and are not counted; gas of transport is taken as
stationary, coal of power plants as not burnt in fluidised beds: the ranges say what these choices weigh.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from ..accounting.figure_id import figure_id
from ..accounting.splitting import suffixes
from ..accounting.steps import Term, lines_query
from ..accounting.wording import coded, words
from ..factors.library import FactorLibrary
from ..factors.model import Factor
from .derived_co2 import Emissions

MOBILE, BOILERS = "mobile/ipcc2006", "combustion/n2o_boilers"
GASES = ("ch4", "n2o")
VEHICLE_GAS = ("natural_gas", "lng")
DECLARED_BOILERS = ("~pulverized", "~stoker", "~other")
STATIONARY = "stationary"
VEHICLES = "vehicles"
T_PER_GJ = 1e-6
"""of kg/TJ"""


@dataclass(frozen=True)
class Option:
    """What one technology gives: figures of tonnes by gas, of CO2e (10^4 t, '' without GWP); whether it is counted."""

    source: str
    """gasoline_vehicles, transport_gas, coal_boilers"""
    technology: str
    gases: Mapping[str, str]
    co2e: str
    counted: bool


@dataclass(frozen=True)
class Ranges:
    """The options of one account, place and year. `potentials` maps gas to GWP, empty where none is chosen."""

    account: Emissions
    library: FactorLibrary
    gwp: str
    potentials: Mapping[str, float]

    def options(self) -> list[Option]:
        """Record what every undeclared technology would give."""
        return [*self._gasoline(), *self._gas(), *self._boilers()]

    def _gasoline(self) -> Iterator[Option]:
        results = self.account.derived.results
        own = results.uncounted
        own = own[(own["account"] == self.account.definition) & (own["period"] == self.account.period)]
        own = own[
            (own["entity"] == self.account.entity)
            & (own["item"] == "gasoline")
            & own["reason"].str.startswith("FACTOR-")
        ]
        lines = self.account.lines
        rows = lines["line_id"].str.rsplit("/", n=2).str[0]
        heat, term = self._heat(lines[rows.isin(own["row_id"])], "gasoline")
        road = [f for gas in GASES for f in self.library.factors(MOBILE, "gasoline", gas) if f.sector == "road"]
        for name in dict.fromkeys(factor.technology for factor in road) if heat else ():
            chosen = {f.quantity: f for f in road if f.technology == name}
            yield self._option("gasoline_vehicles", "gasoline", name, heat, term, chosen, counted=False)

    def _gas(self) -> Iterator[Option]:
        lines = self.account.lines
        own = lines[(lines["flow"] == "final") & (lines["sector"] == "G") & lines["item"].isin(VEHICLE_GAS)]
        heat, term = self._heat(own, ",".join(VEHICLE_GAS))
        road = {
            f.quantity: f
            for gas in GASES
            for f in self.library.factors(MOBILE, "natural_gas", gas)
            if f.sector == "road"
        }
        counted = self._counted(own)
        if heat and counted:
            yield self._known("transport_gas", "natural_gas", STATIONARY, counted)
            yield self._option("transport_gas", "natural_gas", VEHICLES, heat, term, road, counted=False)

    def _boilers(self) -> Iterator[Option]:
        own = self._of_gas("n2o")
        ids = own["line_id"].str.rsplit("/", n=2).str[0]
        declared = ids.map(lambda row: bool(set(suffixes(row)) & set(DECLARED_BOILERS))).astype(bool)
        own = own[
            own["factor_id"].str.contains(f"{BOILERS}#", regex=False)
            & own["factor_id"].str.contains("coal_other")
            & ~declared
        ]
        factors = {f.technology: f for f in self.library.set(BOILERS).factors if f.item == "raw_coal"}
        general, beds = factors.get("coal_other"), factors.get("cfb")
        if own.empty or general is None or beds is None:
            return
        tonnes = int(own["value"].sum()) / 1e6
        query = lines_query(
            account=self.account.definition, entity=self.account.entity, period=self.account.period, quantity="n2o",
            category=",".join(sorted(set(own["category"]))), item=",".join(sorted(set(own["item"]))),
        )  # fmt: skip
        yield self._known("coal_boilers", "raw_coal", "coal_other", {"n2o": (tonnes, query)})
        heat = tonnes / (_per_heat(general) * T_PER_GJ)
        term = Term(words("热量", "heat"), heat, "GJ", query)
        yield self._option("coal_boilers", "raw_coal", "cfb", heat, term, {"n2o": beds}, counted=False)

    def _of_gas(self, gas: str) -> pd.DataFrame:
        lines = self.account.derived.results.lines
        mine = (lines["account"] == self.account.definition) & (lines["quantity"] == gas)
        return lines[mine & (lines["entity"] == self.account.entity) & (lines["period"] == self.account.period)]

    def _heat(self, lines: pd.DataFrame, items: str) -> tuple[float, Term]:
        """Heat (GJ) of CO2 lines, from the factor per heat of each."""
        heat = float((lines["value"] / 1e6 / lines["heat_factor"]).sum())
        query = lines_query(
            account=self.account.definition, entity=self.account.entity, period=self.account.period, quantity="co2",
            item=items, flow=",".join(sorted(set(lines["flow"]))), sector=",".join(sorted(set(lines["sector"]))),
        )  # fmt: skip
        return heat, Term(words("热量 = CO2 / CO2因子", "heat = CO2 / CO2 factor"), heat, "GJ", query)

    def _counted(self, co2: pd.DataFrame) -> dict[str, tuple[float, str]]:
        rows = set(co2["line_id"].str.rsplit("/", n=2).str[0])
        out = {}
        for gas in GASES:
            own = self._of_gas(gas)
            own = own[own["line_id"].str.rsplit("/", n=2).str[0].isin(rows)]
            query = lines_query(
                account=self.account.definition, entity=self.account.entity, period=self.account.period, quantity=gas,
                flow="final", sector="G", item=",".join(VEHICLE_GAS),
            )  # fmt: skip
            if len(own):
                out[gas] = (int(own["value"].sum()) / 1e6, query)
        return out

    def _id(self, source: str, technology: str, gas: str, **more: str) -> str:
        where = {"category": f"{source}/{technology}", "gas": gas, "definition": self.account.definition, **more}
        return figure_id("gas_if_technology", self.account.entity, self.account.period, **where)

    def _known(self, source: str, item: str, technology: str, counted: Mapping[str, tuple[float, str]]) -> Option:
        gases = {
            gas: self.account.derived.put(
                self._id(source, technology, gas),
                value,
                "t",
                words("本账户计入的量", "as counted"),
                [Term(coded("carrier", item), value, "t", query)],
            )
            for gas, (value, query) in counted.items()
        }
        return Option(source, technology, gases, self._co2e(source, technology, gases), counted=True)

    def _option(
        self, source: str, item: str, technology: str, heat: float, term: Term, factors: Mapping[str, Factor],
        *, counted: bool,
    ) -> Option:  # fmt: skip
        gases = {}
        for gas, factor in factors.items():
            value = heat * _per_heat(factor) * T_PER_GJ
            unit = factor.per_heat.unit if factor.per_heat else ""
            set_id = BOILERS if source == "coal_boilers" else MOBILE
            used = Term(coded("word", technology), _per_heat(factor), unit, f"factor:{set_id}#{factor.key()}")
            gases[gas] = self.account.derived.put(
                self._id(source, technology, gas), value, "t", words("热量 x 该技术的因子", "heat x factor of the technology"), [term, used],
                evidence=factor.per_heat.evidence.value if factor.per_heat else "",
            )  # fmt: skip
        return Option(source, technology, gases, self._co2e(source, technology, gases), counted)

    def _co2e(self, source: str, technology: str, gases: Mapping[str, str]) -> str:
        derived = self.account.derived
        if not all(gas in self.potentials for gas in gases):
            return ""
        value = sum((derived.value(figure) or 0.0) * self.potentials[gas] for gas, figure in gases.items()) / 1e4
        terms = [
            term
            for gas, figure in gases.items()
            for term in (
                derived.term(figure, coded("word", gas)),
                Term(f"GWP {coded('word', gas)}", self.potentials[gas], "1"),
            )
        ]
        figure = self._id(source, technology, "", gwp=self.gwp)
        return derived.put(figure, value, "10^4 tCO2e", words("Σ 质量 x GWP", "Σ mass x GWP"), terms)


def _per_heat(factor: Factor) -> float:
    return float(factor.per_heat.value or 0.0) if factor.per_heat and factor.per_heat.value is not None else 0.0


def ranges(account: Emissions, library: FactorLibrary, gwp: str) -> list[Option]:
    """Return the options of an account; `gwp` is the set of its profile, '' for none."""
    factors = library.set(gwp).factors if gwp else ()
    potentials = {f.item: float(f.value.value) for f in factors if f.value is not None and f.value.value is not None}
    return Ranges(account, library, gwp, potentials).options()

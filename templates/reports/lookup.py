"""Reads figures from Results: every number becomes a `Figure` with its id, unit, evidence; absent ones say what is missing.

Names of places, sectors, carriers, flows, categories and metrics are found here too, in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from ...accounting.completeness import of_note
from ...accounting.figure_id import figure_id
from ...accounting.figure_id import parse as parse_id
from ...accounting.steps import Step
from ...accounting.target_models import Bands
from ...accounting.wording import words
from ...factors.library import FactorLibrary
from ...inventories import codes, rules
from ...inventories.derived import Derived
from ...inventories.derived_balance import Balance, balances
from ...inventories.derived_co2 import Emissions
from ...inventories.documents import Provenance
from ...inventories.results import Results
from ...inventories.standards import standard
from ..figure import Figure, Style, Text
from .english import English
from .missing import NEEDS, STEP_UNITS, STEPS, special

UNITS = {
    "10^4 tce": "万tce", "10^4 t": "万t", "10^4 tCO2e": "万tCO2e", "10^8 kWh": "亿kWh", "10^4 kWh": "万kWh", "10^8 m3": "亿m3",
    "10^8 yuan": "亿元", "10^4 persons": "万人", "10^4 kW": "万kW", "tce/10^4 yuan": "tce/万元",
    "t/10^4 yuan": "tCO2/万元", "t/tce": "tCO2/tce", "t/person": "tCO2/人", "tce/person": "tce/人",
    "kWh/person": "kWh/人", "kWh/10^4 yuan": "kWh/万元", "kgce/kWh": "kgce/kWh", "1": "",
}  # fmt: skip
"""unit of a metric -> key of templates/data/units.json"""
NO_QUALIFIERS: Mapping[str, str] = MappingProxyType({})
CO2_METRICS = ("co2", "ghg")


def same(text: str) -> Text:
    """Return a name that is printed as it is in both languages (titles of documents, codes)."""
    return Text(text, text)


@dataclass
class Lookup:
    """One run as a report reads it."""

    results: Results
    library: FactorLibrary

    # places and years -------------------------------------------------------------------------------------------

    @property
    def entity(self) -> str:
        """The inventory's own place."""
        return self.results.workspace.inventory.entity

    @property
    def years(self) -> list[str]:
        """Years of the account, ascending."""
        return [str(year) for year in sorted(self.results.workspace.inventory.years)]

    @property
    def year(self) -> str:
        """The last year of the account."""
        return self.years[-1]

    @property
    def main(self) -> str:
        """The main standard."""
        return self.results.workspace.inventory.standards[0]

    @cached_property
    def english(self) -> English:
        """English names for texts of the run."""
        return English(self.library)

    @cached_property
    def derived(self) -> Derived:
        """Figures beside the metrics, recorded as they are asked for."""
        return Derived.of(self.results)

    @cached_property
    def provenance(self) -> Provenance:
        """The documents behind every figure."""
        derived = self.derived
        return Provenance(self.results, derived.steps, derived.rows, derived.levels.lines)

    @cached_property
    def balances(self) -> dict[str, Balance]:
        """Balances of the entity by year."""
        return {one.table.period: one for one in balances(self.results, self.library)}

    @cached_property
    def schemes(self) -> Mapping[str, Bands]:
        """Warning and grade schemes by id, those of the workspace among them."""
        workspace = self.results.workspace
        return rules.known(workspace.inventory.schemes, workspace.root)

    def emissions(self, definition: str, year: str) -> Emissions:
        """Return the CO2 ledger of a standard in a year."""
        key = (definition, year)
        if key not in self._emissions:
            self._emissions[key] = Emissions(self.derived, self.entity, year, definition)
        return self._emissions[key]

    @cached_property
    def _emissions(self) -> dict[tuple[str, str], Emissions]:
        return {}

    # figures ----------------------------------------------------------------------------------------------------

    @property
    def rows(self) -> dict[str, dict[str, Any]]:
        """Metrics by figure id."""
        return self.derived.rows

    @cached_property
    def _by_metric(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for key, row in self.rows.items():
            if row["entity"] == self.entity and not row["scenario"]:
                found.setdefault((str(row["metric"]), str(row["period"])), []).append(key)
        return found

    def periods(self, *metrics: str) -> set[str]:
        """Return the periods in which the place has any of the metrics."""
        return {period for metric, period in self._by_metric if metric in metrics}

    def find(self, metric: str, period: str, **qualifiers: str) -> str:
        """Return the id of a metric of the place that has these qualifiers (others, as vintage, are free), '' if none.

        Of several one without a definition goes first, then the latest vintage: verified, census, annual, preliminary.
        """
        found = [
            key
            for key in self._by_metric.get((metric, period), ())
            if all(self.rows[key][name] == value for name, value in qualifiers.items())
            and not any(self.rows[key][name] for name in ("sector", "item", "category") if name not in qualifiers)
        ]
        return min(found, key=lambda key: self._rank(key, "definition" in qualifiers), default="")

    def having(self, metric: str, period: str, **qualifiers: str) -> list[str]:
        """Return every figure of a metric in a period that has these qualifiers, in the order of the run."""
        keys = self._by_metric.get((metric, period), ())
        return [key for key in keys if all(self.rows[key][name] == value for name, value in qualifiers.items())]

    def _rank(self, key: str, defined: bool) -> tuple[bool, bool, int]:
        order = ("verified", "census", "", "annual", "first", "preliminary")
        row = self.rows[key]
        vintage = str(row["vintage"])
        other = not defined and bool(row["definition"])
        return (row["value"] != row["value"], other, order.index(vintage) if vintage in order else len(order))

    def metric(self, metric: str, period: str, where: Mapping[str, str] = NO_QUALIFIERS, *, style: Style = "plain",
               versus: Text | None = None, decimals: int | None = None, **more: str) -> Figure:  # fmt: skip
        """Return a metric as a figure; where the run has none the figure is recorded as missing with what it needs.

        `where` and further keywords are parts of the metric's key (basis, definition, category…).
        """
        qualifiers = {**where, **more}
        key = self.find(metric, period, **qualifiers)
        if not key:
            key = figure_id(metric, self.entity, period, **{name: value for name, value in qualifiers.items() if value})
        return self.figure(key, style=style, versus=versus, decimals=decimals)

    def figure(self, key: str, *, style: Style = "plain", versus: Text | None = None, decimals: int | None = None,
               sign: int = 1) -> Figure:  # fmt: skip
        """Return any known figure id; an unknown one is recorded as missing. `sign` -1 turns a change into a fall."""
        metric = parse_id(key).metric
        if key not in self.derived:
            self.derived.missing(key, words(self.reason(key).zh, self.reason(key).en), self._unit_of_metric(metric))
        value = self.derived.value(key)
        row = self.rows.get(key, {})
        reason = self.reason(key) if value is None else None
        return Figure(
            key, None if value is None else sign * value, self.unit(self.derived.unit(key), metric),
            self.decimals(metric) if decimals is None else decimals, style=style, versus=versus,
            status="incomplete" if of_note(str(row.get("note", ""))) else str(row.get("status", "")), evidence=self.derived.evidence(key),
            missing=reason,
        )  # fmt: skip

    def has(self, key: str) -> bool:
        """Tell whether a figure is known and has a value."""
        return bool(key) and self.derived.value(key) is not None

    def unit(self, unit: str, metric: str = "") -> str:
        """Return the unit key that the document engine prints; tonnes of a CO2 metric are tonnes of CO2."""
        label = UNITS.get(unit, unit)
        if label == "万t" and metric.startswith(CO2_METRICS):
            return "万tCO2"
        return {"ch4_energy": "tCH4", "n2o_energy": "tN2O"}.get(metric, label)

    def unit_of(self, metric: str) -> str:
        """Return the printed unit of a metric that has no figure."""
        return self.unit(self._unit_of_metric(metric), metric)

    def _unit_of_metric(self, metric: str) -> str:
        known = codes.metrics().codes.get(metric)
        return known.unit if known else STEP_UNITS.get(metric, "")

    def decimals(self, metric: str) -> int:
        """Return the decimals a metric is printed with."""
        known = codes.metrics().codes.get(metric)
        return known.decimals if known else 2

    def reason(self, key: str) -> Text:
        """Say what a missing figure lacks: the empty inputs of its step, else what its metric needs."""
        step = self.derived.steps.get(key)
        lacking = [self._input(term.ref, term.name) for term in step.terms if term.value is None] if step else []
        if lacking:
            return Text(
                "缺" + "、".join(dict.fromkeys(text.zh for text in lacking)),
                "needs " + ", ".join(dict.fromkeys(text.en for text in lacking)),
            )
        metric, period = parse_id(key).metric, parse_id(key).period
        found = special(metric, lambda name, **where: self._any(name, period, where)) or NEEDS.get(metric)
        if found:
            return found
        name = self.metric_name(metric)
        return Text(f"缺{name.zh}", f"needs {name.en}")

    def _any(self, metric: str, period: str, where: Mapping[str, str]) -> float | None:
        keys = [key for key in self.having(metric, period, **where) if self.has(key)]
        return self.derived.value(keys[0]) if keys else None

    def _input(self, ref: str, name: str) -> Text:
        if ref.startswith("figure:"):
            return self.metric_name(parse_id(ref.removeprefix("figure:")).metric)
        return self.said(name)

    # names ------------------------------------------------------------------------------------------------------

    def metric_name(self, metric: str) -> Text:
        """Return the name of a metric."""
        known = codes.metrics().codes.get(metric)
        return Text(known.zh, known.en) if known else STEPS.get(metric.partition("/")[0], same(metric))

    def label(self, metric: str) -> Text:
        """Return the name of a metric as it begins a line."""
        name = self.metric_name(metric)
        return Text(name.zh, _capital(name.en))

    def place(self, code: str = "") -> Text:
        """Return the name of a place."""
        code = code or self.entity
        declared = {one.id: one for one in self.results.workspace.inventory.entities}
        if code in declared:
            return Text(declared[code].zh, declared[code].en)
        region = self.library.regions.get(code)
        return Text(region.zh, region.en or region.zh) if region else same(code)

    @property
    def whole(self) -> Text:
        """The words a bureau uses for its own place: 全省, 全市, 全国."""
        name = self.place().zh
        if self.entity == "CN":
            return Text("全国", "China")
        word = next((f"全{end}" for end in ("省", "市", "区", "县", "州", "盟", "旗") if name.endswith(end)), "本地区")
        return Text(word, self.place().en)

    def item(self, code: str) -> Text:
        """Return the name of a carrier or product."""
        found = self.library.carriers.get(code) or codes.products().codes.get(code)
        return Text(found.zh, _capital(found.en)) if found else same(code)

    def word(self, code: str) -> Text | None:
        """Return a word that stands as a code in tables (vintage, technology, gas); None where nobody lists it."""
        known = codes.words().codes.get(code)
        return Text(known.zh, known.en) if known else None

    def said(self, text: str) -> Text:
        """Return a wording in both languages; what a user typed is the same in both."""
        return Text(*self.results.names.pair(text))

    def named(self, kind: str, code: str) -> Text:
        """Return the names of any code (inventories/names.py)."""
        return Text(*self.results.names.of(kind, code))

    def sector(self, code: str) -> Text:
        """Return the name of a sector."""
        found = codes.sectors().codes.get(code)
        return Text(found.zh, _capital(found.en)) if found else same(code)

    def flow(self, code: str) -> Text:
        """Return the name of a balance row."""
        found = codes.flows().codes.get(code)
        return Text(found.zh, _capital(found.en)) if found else same(code)

    def node(self, name: str) -> Text:
        """Return the name of `flow` or `flow/sector`."""
        flow, _, sector = name.partition("/")
        if sector and flow == "final":
            return self.sector(sector)
        return self.flow(flow)

    def category(self, definition: str, code: str, used: Collection[str] = ()) -> Text:
        """Return the name of a category of a standard.

        `used` are the categories that hold anything. A name that tells what its subcategories leave of it (交通运输
        （未列入公路的部分）) is the plain one where none of them is used: nothing was split off.
        """
        known = {one.id: one for one in standard(definition).categories}
        if code not in known:
            return same(code)
        name = Text(known[code].zh, _capital(known[code].en))
        below = [one for one in known if one.startswith(code) and one != code]
        whole = used and below and not any(one in used for one in below)
        return Text(_REMARK.sub("", name.zh), _REMARK.sub("", name.en)) if whole else name

    def standard_name(self, definition: str, short: bool = False) -> Text:
        """Return the title of a standard, or a short name for table heads."""
        if short and definition in SHORT:
            return SHORT[definition]
        title = standard(definition).title
        return Text(title.zh, title.en)

    def step(self, key: str) -> Step | None:
        """Return the step behind a figure."""
        return self.derived.steps.get(key)

    def order(self, items: Iterable[str]) -> list[str]:
        """Return carriers in the order of the carrier list."""
        rank = {name: number for number, name in enumerate(self.library.carriers)}
        return sorted(items, key=lambda name: (rank.get(name, len(rank)), name))


SHORT = {
    "provincial_2011": Text("省级指南", "Provincial"),
    "ipcc_2006": Text("IPCC 2006", "IPCC 2006"),
    "ceads": Text("CEADs", "CEADs"),
}


_REMARK = re.compile(r"\s*[（(][^（()）]*[）)]$")
"""what stands in brackets at the end of a name"""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

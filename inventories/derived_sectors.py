"""CO2 by sector of the balance under one standard, so that standards can stand side by side.

Standards book the same fuel in different categories; the sector of the balance is what they share. Fuel of power and
heat plants belongs to 电力、热力生产和供应业 here, because the research series (CEADs) prints it there. Non-energy use that
a standard takes out of combustion as a whole is a row of its own; CEADs nets it inside the chemical divisions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..accounting.co2 import GRAMS_PER_WAN_T, WAN_T
from ..accounting.figure_id import figure_id
from ..accounting.steps import Term, lines_query
from ..accounting.wording import coded, joined, words
from . import codes
from .derived_co2 import Emissions

POWER = "D44"
PLANTS = ("tr_power", "tr_heat")
FEEDSTOCK, UNPLACED = "non_energy", "unplaced"
OF_SECTOR = ("final", "road", "net")
"""flows whose CO2 stays with the sector that burns the fuel"""


@dataclass(frozen=True)
class BySector:
    """CO2 of one account by sector and fuel."""

    account: Emissions

    @cached_property
    def _sums(self) -> Mapping[tuple[str, str], Mapping[str, int]]:
        """Grams by flow and sector of the line, for each sector and fuel."""
        lines = self.account.lines
        if lines.empty:
            return {}
        placed = [_place(str(flow), str(sector)) for flow, sector in zip(lines["flow"], lines["sector"], strict=True)]
        grouped = lines.assign(placed=placed).groupby(["placed", "item", "flow", "sector"])["value"].sum().reset_index()
        out: dict[tuple[str, str], dict[str, int]] = {}
        for place, item, flow, sector, grams in grouped.to_numpy().tolist():
            out.setdefault((str(place), str(item)), {})[f"{flow}/{sector}"] = int(grams)
        return out

    @cached_property
    def _items(self) -> Mapping[str, list[str]]:
        out: dict[str, list[str]] = {}
        for place, item in self._sums:
            out.setdefault(place, []).append(item)
        return out

    @property
    def sectors(self) -> list[str]:
        """Sectors that emit, in the order of the sector list; feedstock and what has no sector last."""
        return [sector for sector in [*codes.sectors().codes, FEEDSTOCK, UNPLACED] if sector in self._items]

    def items(self, sector: str) -> Sequence[str]:
        """Return the fuels of a sector."""
        return self._items.get(sector, [])

    def amount(self, sector: str, item: str) -> float:
        """Return the CO2 of a fuel in a sector, 10^4 t; 0 where there is none."""
        return sum(self._sums.get((sector, item), {}).values()) / GRAMS_PER_WAN_T

    def cell(self, sector: str, item: str) -> str:
        """Record the CO2 of a fuel in a sector, 10^4 t; '' where there is none."""
        found = self._sums.get((sector, item))
        if not found:
            return ""
        terms = [self._term(flow, item, grams) for flow, grams in sorted(found.items())]
        return self.account.derived.put(
            self._id(sector, item),
            self.amount(sector, item),
            WAN_T,
            words("Σ 活动水平 x 因子", "Σ activity x factor"),
            terms,
        )

    def _term(self, node: str, item: str, grams: int) -> Term:
        flow, _, sector = node.partition("/")
        where = {"account": self.account.definition, "entity": self.account.entity, "period": self.account.period}
        query = lines_query(**where, quantity="co2", bucket="counted", flow=flow, sector=sector, item=item)
        return Term(joined(coded("flow", flow), coded("sector", sector)), grams / GRAMS_PER_WAN_T, WAN_T, query)

    def row(self, sector: str) -> str:
        """Record the CO2 of a sector over all fuels; '' where there is none."""
        key = self._id(sector, "")
        if key in self.account.derived:
            return key
        parts = [self.cell(sector, item) for item in self.items(sector)]
        return self.account.derived.total(key, parts, words("各品种之和", "sum over carriers"), WAN_T) if parts else ""

    def _id(self, sector: str, item: str) -> str:
        account = self.account
        where = {"sector": sector, "item": item, "definition": account.definition}
        return figure_id("co2_sector_fuel", account.entity, account.period, **where)


def _place(flow: str, sector: str) -> str:
    if flow in PLANTS:
        return POWER
    if flow.startswith("non_energy"):
        return FEEDSTOCK
    return sector if flow in OF_SECTOR and sector else UNPLACED


@dataclass(frozen=True)
class Gap:
    """Other standard less ours in one sector: the difference, and the fuel that makes most of it."""

    difference: str
    item: str
    of_item: str


def gap(ours: BySector, theirs: BySector, sector: str) -> Gap:
    """Record the difference of two standards in a sector and in the fuel with the largest difference."""
    derived = ours.account.derived
    versus = f"{theirs.account.definition}-{ours.account.definition}"

    def less(item: str) -> str:
        where = {"sector": sector, "item": item, "definition": versus}
        key = figure_id("co2_sector_gap", ours.account.entity, ours.account.period, **where)
        pair = [(side.cell(sector, item) if item else side.row(sector)) for side in (theirs, ours)]
        values = [derived.value(one) or 0.0 if one else 0.0 for one in pair]
        terms = [derived.term(one) for one in pair if one]
        return derived.put(
            key, values[0] - values[1], WAN_T, words("另一标准 - 本标准", "other standard - this standard"), terms
        )

    gaps = {
        item: theirs.amount(sector, item) - ours.amount(sector, item)
        for item in sorted({*ours.items(sector), *theirs.items(sector)})
    }
    largest = max(gaps, key=lambda item: abs(gaps[item]), default="")
    return Gap(less(""), largest, less(largest) if largest else "")

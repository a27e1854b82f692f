"""CO2 figures beside the metrics: the matrix of categories and fuels, and why two standards differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isnan

import pandas as pd

from ..accounting.bridge import walk
from ..accounting.co2 import GRAMS_PER_WAN_T, WAN_T
from ..accounting.figure_id import figure_id
from ..accounting.metric_lookup import Lookup
from ..accounting.metrics import MetricBook
from ..accounting.models import weakest
from ..accounting.steps import Term, lines_query
from ..accounting.wording import coded, words
from ..factors.library import FactorLibrary
from .derived import Derived

CO2_PER_C = 44 / 12
Amounts = Mapping[str, Mapping[str, float]]
ON = ["account", "entity", "year", "sector", "flow", "item", "quantity", "factor_id"]


@dataclass(frozen=True)
class Emissions:
    """The CO2 ledger of one account, place and year."""

    derived: Derived
    entity: str
    period: str
    definition: str

    @cached_property
    def lines(self) -> pd.DataFrame:
        """Counted CO2 lines with the coefficient of each: ef (t per canonical unit), per_heat (t/GJ)."""
        own = self.derived.results.lines
        mask = (own["account"] == self.definition) & (own["entity"] == self.entity) & (own["period"] == self.period)
        lines = own[mask & (own["quantity"] == "co2") & (own["bucket"] == "counted")]
        table = self.derived.results.coefficients
        mine = table[(table["account"] == self.definition) & (table["quantity"] == "co2")].drop_duplicates(ON)
        heat = mine["carbon_content"] * mine["oxidation"] * CO2_PER_C
        mine = mine.assign(heat_factor=mine["per_heat"].fillna(heat))
        mine = mine.assign(ef=mine["value"].fillna(mine["heat_factor"] * mine["ncv"]))
        return lines.assign(year=lines["period"].str[:4]).merge(
            mine[[*ON, "ef", "heat_factor", "set"]], on=ON, how="left"
        )

    @cached_property
    def _sums(self) -> Mapping[tuple[str, str, str], int]:
        out: dict[tuple[str, str, str], int] = {}
        for column in ("category", "sector"):
            grouped = self.lines.groupby([column, "item"])["value"].sum().reset_index()
            out.update({(column, str(key), str(item)): int(value) for key, item, value in grouped.to_numpy().tolist()})
        return out

    @property
    def items(self) -> list[str]:
        """Fuels that are counted."""
        return list(dict.fromkeys(self.lines["item"]))

    def keys(self, column: str) -> list[str]:
        """Return the categories (or sectors) that are counted, sorted."""
        return sorted({key for name, key, _ in self._sums if name == column and key})

    def _named(self, column: str, key: str) -> str:
        return coded("sector", key) if column == "sector" else coded("category", f"{self.definition}/{key}")

    def cell(self, column: str, key: str, item: str) -> str:
        """Record the CO2 of one fuel in one category or sector, 10^4 t; '' where there is none."""
        grams = self._sums.get((column, key, item))
        if grams is None:
            return ""
        value = grams / GRAMS_PER_WAN_T
        query = self._query(**{column: key, "item": item})
        figure = self._id("co2_cell", **{column: key, "item": item})
        name = f"{self._named(column, key)}，{coded('carrier', item)}"
        equation = words("Σ 活动水平 x 因子", "Σ activity x factor")
        return self.derived.put(figure, value, WAN_T, equation, [Term(name, value, WAN_T, query)])

    def group(self, column: str, key: str, group: str, items: Sequence[str]) -> str:
        """Record the CO2 of a group of fuels in one category or sector, 10^4 t; '' where there is none."""
        parts = [figure for item in items if (figure := self.cell(column, key, item))]
        figure = self._id("co2_cell", **{column: key, "item": f"@{group}"})
        return self.derived.total(figure, parts, words("各品种之和", "sum over carriers"), WAN_T) if parts else ""

    def _query(self, **more: str) -> str:
        return lines_query(
            account=self.definition, entity=self.entity, period=self.period, quantity="co2", bucket="counted", **more
        )

    def _id(self, metric: str, **qualifiers: str) -> str:
        return figure_id(metric, self.entity, self.period, **{"definition": self.definition, **qualifiers})

    @property
    def total(self) -> str:
        """The figure of the account's total."""
        return self._id("co2_energy")

    def by_item(self, item: str) -> str:
        """The figure of one fuel."""
        return self._id("co2_by_item", item=item)

    def factor_evidence(self, item: str) -> str:
        """Return the weakest level of the factors of one fuel or product; its quantities are left out."""
        return self.derived.levels.lines.of_factors(self._query(item=item))

    @cached_property
    def amounts(self) -> dict[str, dict[str, float]]:
        """By fuel: t (CO2), amount (canonical units behind it, net), ef (their ratio)."""
        lines = self.lines.assign(t=self.lines["value"] / 1e6)
        lines = lines.assign(amount=lines["t"] / lines["ef"])
        sums = lines.groupby("item")[["t", "amount"]].sum(min_count=1)
        table = sums.assign(ef=sums["t"] / sums["amount"]).to_dict("index")
        return {str(item): {str(name): float(value) for name, value in row.items()} for item, row in table.items()}


@dataclass(frozen=True)
class Contrast:
    """Why two accounts differ in one fuel: factor effect + activity effect = difference (figures, 10^4 t)."""

    item: str
    one: str
    other: str
    ef_one: str
    ef_other: str
    difference: str
    factor: str
    activity: str


def contrast(one: Emissions, other: Emissions, unit: Mapping[str, str]) -> list[Contrast]:
    """Record, fuel by fuel, other - one, split in two:

        factor effect   = (EF_other - EF_one) x amount_one
        activity effect = EF_other x (amount_other - amount_one)

    EF is the mean factor behind the lines of a fuel (t per canonical unit), amount its net quantity.
    """
    left, right = one.amounts, other.amounts
    out = []
    for item in dict.fromkeys([*one.items, *other.items]):
        derived = one.derived
        zero = derived.put(
            figure_id("nothing", item=item), 0.0, WAN_T, words("该标准不计此品种", "not counted by the standard")
        )
        first = one.by_item(item) if one.by_item(item) in derived else zero
        second = other.by_item(item) if other.by_item(item) in derived else zero
        versus = {"item": item, "definition": f"{other.definition}-{one.definition}"}
        ids = {name: figure_id(name, one.entity, one.period, **versus) for name in _EFFECTS}
        gap = derived.difference(
            ids["co2_standard_difference"],
            second,
            first,
            f"{coded('definition', other.definition)} - {coded('definition', one.definition)}",
        )
        factors = (_implied(one, left, item, unit), _implied(other, right, item, unit))
        effect = _factor_effect(left, right, item)
        figure = derived.put(
            ids["co2_factor_effect"], effect, WAN_T, words("(EF_其他 - EF_本标准) x 本标准活动水平", "(EF_other - EF_own) x activity of this standard"),
            [derived.term(name) for name in factors if name],
        )  # fmt: skip
        rest = derived.difference(
            ids["co2_activity_effect"], gap, figure, words("差额 - 因子影响", "difference - effect of factors")
        )
        out.append(Contrast(item, first, second, *factors, gap, figure, rest))
    return out


_EFFECTS = ("co2_standard_difference", "co2_factor_effect", "co2_activity_effect")


def _factor_effect(left: Amounts, right: Amounts, item: str) -> float:
    if item not in left or item not in right:
        return 0.0
    return (right[item]["ef"] - left[item]["ef"]) * left[item]["amount"] / 1e4


def _implied(side: Emissions, amounts: Amounts, item: str, unit: Mapping[str, str]) -> str:
    """Record the mean factor of a fuel, in t CO2 per t (or per 10^4 m3); '' where the account has none."""
    if item not in amounts or isnan(amounts[item]["ef"]):
        return ""
    own = amounts[item]
    scale, label = (
        (1e4, "tCO2/10^4 m3") if unit.get(item, "t") in ("m3", "Nm3") else (1.0, f"tCO2/{unit.get(item, 't')}")
    )
    terms = [
        Term("CO2", own["t"] / 1e4, WAN_T, side._query(item=item)),
        Term(words("净活动水平", "net amount"), own["amount"], unit.get(item, "")),
    ]
    figure = side._id("co2_mean_factor", item=item)
    equation = words("该品种排放 / 净活动水平", "emissions of the carrier / net amount")
    return side.derived.put(figure, own["ef"] * scale, label, equation, terms)


def coal_kinds(account: Emissions, library: FactorLibrary, kinds: tuple[str, ...]) -> dict[str, tuple[str, str, str]]:
    """Record what the total would be with raw coal taken as one kind: kind -> (factor, raw coal CO2, total).

    Heat stays as it is: CO2_kind = CO2_declared x (factor per heat of the kind / factor per heat of the declared mix).
    Empty where raw coal has no single factor per heat.
    """
    raw = account.lines[account.lines["item"] == "raw_coal"]
    base = raw["heat_factor"].dropna().unique()
    if len(base) != 1 or raw.empty:
        return {}
    out = {}
    for kind in kinds:
        found = _per_heat(library, str(raw["set"].iloc[0]).split("+")[0].strip(), kind)
        if found is None:
            continue
        out[kind] = _one_kind(account, kind, found, float(base[0]))
    return out


def _per_heat(library: FactorLibrary, set_id: str, kind: str) -> tuple[float, str, str] | None:
    if set_id not in library.ids():
        return None
    for factor in library.factors(set_id, kind, "co2"):
        carbon, oxidation = factor.carbon_content, factor.oxidation
        if carbon and carbon.value and oxidation and oxidation.value:
            scale = 1e-3 if "TJ" in carbon.unit else 1.0
            share = float(oxidation.value) / (100 if oxidation.unit == "%" else 1)
            name = f"{set_id}#{factor.key()}"
            level = weakest([carbon.evidence.value, oxidation.evidence.value])
            return float(carbon.value) * scale * share * CO2_PER_C, name, level
    return None


def _one_kind(account: Emissions, kind: str, found: tuple[float, str, str], base: float) -> tuple[str, str, str]:
    derived = account.derived
    per_heat, name, level = found
    factor = derived.put(
        account._id("heat_factor", item=kind), per_heat * 1e3, "tCO2/TJ", words("单位热值含碳量 x 碳氧化率 x 44/12", "carbon content x oxidation rate x 44/12"),
        [Term(coded("carrier", kind), per_heat * 1e3, "tCO2/TJ", f"factor:{name}")], evidence=level,
    )  # fmt: skip
    raw = account.by_item("raw_coal")
    value = (derived.value(raw) or 0.0) * per_heat / base
    own = derived.put(
        account._id("co2_if_coal_kind", category=kind, item="raw_coal"), value, WAN_T,
        words("原煤排放 x 该煤种单位热量因子 / 现用因子（热量不变）", "emissions of raw coal x factor per heat of the kind / factor used (heat unchanged)"),
        [derived.term(raw), derived.term(factor), Term(words("现用因子", "factor used"), base * 1e3, "tCO2/TJ")],
    )  # fmt: skip
    rest = (derived.value(account.total) or 0.0) - (derived.value(raw) or 0.0)
    total = derived.put(
        account._id("co2_if_coal_kind", category=kind), rest + value, WAN_T, words("总量 - 原煤 + 改按该煤种的原煤", "total - raw coal + raw coal as this kind"),
        [derived.term(account.total), derived.term(raw), derived.term(own)],
    )  # fmt: skip
    return factor, own, total


def bridge(derived: Derived, entity: str, period: str, definition: str) -> list[tuple[str, str, str, str]]:
    """Record the walk from total (a) to every other: (metric, figure of the total, figure of the step, missing)."""
    rows = derived.rows
    book = MetricBook.of(rows)
    direct = Lookup(book).term("co2_energy", "co2_energy", entity, period, definition=definition)
    start = direct.ref.removeprefix("figure:")
    out = []
    for step in walk(book, entity, period, definition):
        target = step.figure if step.figure in derived else _whole(rows, step.target, entity, period)
        key = figure_id("co2_bridge", entity, period, category=step.target, definition=definition)
        figure = derived.difference(
            key,
            target,
            start,
            words(f"{step.zh}（与能源活动二氧化碳之差）", f"{step.en} (from CO2 of energy activities)"),
        )
        out.append((step.target, target, figure, step.zh))
    return out


def _whole(rows: Mapping[str, Mapping[str, object]], metric: str, entity: str, period: str) -> str:
    """Return the total of a metric whatever its definition (literature), or the bare id where there is none."""
    parts = ("sector", "item", "category")
    found = [
        key
        for key, row in rows.items()
        if (row["metric"], row["entity"], row["period"]) == (metric, entity, period) and not any(row[p] for p in parts)
    ]
    return found[0] if found else figure_id(metric, entity, period)


__all__ = ["Contrast", "Emissions", "bridge", "coal_kinds", "contrast"]

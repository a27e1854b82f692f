"""Figures of what is not burnt inside the place: products of industrial processes, electricity and heat that cross it."""

from __future__ import annotations

from dataclasses import dataclass

from ..accounting.figure_id import figure_id
from ..accounting.steps import Term
from . import codes
from .derived import Derived
from .derived_co2 import Emissions

PROCESS = "process"
"""account of the simple process sources"""
LEG_UNITS = {"10^8 kWh": 1e8, "GJ": 1.0}
"""unit of an amount of a leg -> units of its factor"""


@dataclass(frozen=True)
class Process:
    """Figure ids of one product: output or use, factor, CO2; '' where units or factors differ between its rows."""

    item: str
    output: str
    factor: str
    co2: str


def processes(account: Emissions) -> list[Process]:
    """Record output, factor and CO2 of every product of the account `process`."""
    return [_process(account, item) for item in account.items]


def _process(account: Emissions, item: str) -> Process:
    derived, where = account.derived, (account.entity, account.period)
    lines = account.lines[account.lines["item"] == item]
    rows = derived.results.activity
    rows = rows[rows["row_id"].isin(lines["line_id"].str.removesuffix(f"/co2/{item}"))]
    output = factor = ""
    if rows["unit"].nunique() == 1:
        unit = str(rows["unit"].iloc[0])
        terms = [
            Term("产量或用量 amount", float(row["quantity"]), unit, f"row:{row['row_id']}")
            for row in rows.to_dict("records")
        ]
        output = derived.put(
            figure_id("process_amount", *where, item=item), float(rows["quantity"].sum()), unit, "Σ 产量（用量）", terms
        )
    if lines["factor_id"].nunique() == 1 and lines["ef"].notna().all():
        unit, value = f"tCO2/{codes.unit_of(item)}", float(lines["ef"].iloc[0])
        name = str(lines["factor_id"].iloc[0])
        factor = derived.put(
            figure_id("process_factor", *where, item=item), value, unit, "因子 factor", [Term(name, value, unit, f"factor:{name}")],
            evidence=account.factor_evidence(item),
        )  # fmt: skip
    parts = [key for one in account.keys("category") if (key := account.cell("category", one, item))]
    co2 = derived.total(figure_id("process_co2", *where, item=item), parts, "Σ 产量（用量）x 因子")
    return Process(item, output, factor, co2)


@dataclass(frozen=True)
class LegFigures:
    """Figure ids of one leg: amount (outflow negative), factor, CO2; '' where no factor fits."""

    amount: str
    factor: str
    co2: str
    place: str
    """whose factor is taken: region code or GRID:xx; '' where none fits"""


def legs(derived: Derived, entity: str, period: str, metric: str) -> list[LegFigures]:
    """Record the legs of `co2_electricity` or `co2_heat`, in the order they are declared."""
    whole = figure_id(metric, entity, period)
    step = derived.steps.get(whole)
    terms = list(step.terms) if step else []
    found: list[LegFigures] = []
    for number, term in enumerate(terms):
        if term.ref.startswith("factor:"):
            continue
        amount = derived.term_of(_name(metric, entity, period, len(found), "amount"), whole, number)
        factor = co2 = place = ""
        if number + 1 < len(terms) and terms[number + 1].ref.startswith("factor:"):
            place = _place(terms[number + 1].ref)
            factor = _factor(derived, whole, _name(metric, entity, period, len(found), "factor"), terms[number + 1])
            value = (term.value or 0.0) * LEG_UNITS[term.unit] * (terms[number + 1].value or 0.0) / 1e4
            co2 = derived.put(
                _name(metric, entity, period, len(found), "co2"), value, "10^4 t", "电量（热量）x 因子", [derived.term(amount), derived.term(factor)]
            )  # fmt: skip
        found.append(LegFigures(amount, factor, co2, place))
    return found


def _factor(derived: Derived, whole: str, name: str, term: Term) -> str:
    """Record the factor of a leg; that of electricity in kg per kWh, as the announcements print it."""
    value, unit = term.value or 0.0, term.unit
    if unit == "tCO2/kWh":
        value, unit = value * 1000, "kgCO2/kWh"
    return derived.put(name, value, unit, term.name, [term], evidence=derived.evidence(whole))


def _name(metric: str, entity: str, period: str, number: int, what: str) -> str:
    return figure_id(f"{metric}_leg/{number + 1}/{what}", entity, period)


def _place(ref: str) -> str:
    """Return the region of a factor id set#item/quantity/region/…; '' where the factor holds everywhere."""
    parts = ref.partition("#")[2].split("/")
    return parts[2] if len(parts) > 2 else ""

"""The numbers of the factor annex as figures: printed, taken of a range, share of the totals; shares by evidence level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..accounting.figure_id import figure_id, parse
from ..accounting.models import Evidence
from ..accounting.steps import Term
from ..accounting.wording import coded, words
from ..factors.cited import cited, locator
from .derived import Derived
from .evidence_shares import KINDS, gross_id, prefix, share_id
from .factors_used import taken_of_range

PER_CENT = "%"
WEAK = (Evidence.ATTRIBUTED, Evidence.RECALLED, Evidence.ASSUMED)
ENERGY = ("energy_total", "energy_comprehensive")
CO2 = ("co2_energy", "co2_enterprise", "co2_scope1")


@dataclass(frozen=True)
class Taken:
    """What was taken of a printed range: the figure, by which rule, and why (wording)."""

    figure: str
    rule: str
    reason: str


def printed(derived: Derived, factor: Mapping[str, Any], which: Mapping[str, Any]) -> list[str]:
    """Record one part of a factor (factors_used.describe) as its document prints it: a number, or both ends of a range."""
    ends = [("", which["value"])] if which["low"] is None else [("/low", which["low"]), ("/high", which["high"])]
    return [
        _put(derived, factor, which, end, float(number), str(which["evidence"]))
        for end, number in ends
        if number is not None
    ]


def taken(derived: Derived, factor: Mapping[str, Any], which: Mapping[str, Any]) -> list[Taken]:
    """Record what the run took of a printed range; empty where one number is printed."""
    found = taken_of_range(which)
    ends = [f"/taken/{one['rule']}" if len(found) > 1 else "/taken" for one in found]
    return [
        Taken(
            _put(derived, factor, which, end, float(one["value"]), str(one["evidence"])),
            str(one["rule"]), words(str(one["reason"]), str(one["reason_en"])) if one["reason"] else "",
        )
        for end, one in zip(ends, found, strict=True)
    ]  # fmt: skip


def _put(
    derived: Derived, factor: Mapping[str, Any], which: Mapping[str, Any], end: str, number: float, evidence: str
) -> str:
    unit = str(which["unit"])
    document = words(factor["document"], cited(factor["document"], factor["document_en"], "en"))
    return derived.put(
        f"factor/{factor['factor_id']}/{which['part']}{end}", number, unit, coded("word", which["part"]),
        [Term(document, number, unit, f"factor:{factor['factor_id']}")],
        rule=words(which["table"], locator(which["table"], "en")) if which["table"] else "", evidence=evidence,
    )  # fmt: skip


def share(derived: Derived, factor: Mapping[str, Any], metrics: Sequence[str], totals: Sequence[str]) -> str:
    """Record the share of the first of `totals` that rests on a factor; '' where none of them does.

    `metrics` (ENERGY or CO2) are told apart by the name the figure gets.
    """
    by_total = {str(one["total"]): one for one in factor["shares"]}
    total = next((name for name in totals if name in by_total and parse(name).metric in metrics), "")
    if not total:
        return ""
    found = by_total[total]
    terms = [
        Term(coded("carrier", t["item"]), float(t["value"]), str(t["unit"]), str(t["ref"])) for t in found["terms"]
    ]
    return derived.put(
        f"factor/{factor['factor_id']}/share_of_{prefix(total)}", float(found["share"]), PER_CENT,
        words("Σ|依据该因子的各品种贡献| / Σ|各品种贡献| x 100", "Σ|contributions on this factor| / Σ|contributions| x 100")
        + f"，{coded('figure', total)}", [*terms, derived.term(gross_id(total))],
    )  # fmt: skip


def totals(derived: Derived, entity: str, periods: Sequence[str], standards: Sequence[str]) -> list[str]:
    """Return the totals that have shares, the last year first: energy by both methods, CO2 by every standard in turn."""
    found = []
    for period in reversed(periods):
        keys = [
            figure_id(name, entity, period, basis=basis) for name in ENERGY for basis in ("calorific", "equivalent")
        ]
        keys += [figure_id("co2_energy", entity, period, definition=name) for name in standards]
        keys += [figure_id(name, entity, period) for name in CO2[1:]]
        found += [key for key in keys if key in derived.steps and gross_id(key) in derived.steps]
    # the combustion of an enterprise is part of its total
    return [
        key for key in found if not (parse(key).metric == "co2_scope1" and key.replace("scope1", "enterprise") in found)
    ]


def levels(derived: Derived, total: str) -> list[tuple[str, dict[str, str]]]:
    """Return the evidence levels of a total with the figures of their shares by kind (KINDS); level '' = own data."""
    out = []
    for level in (*map(str, Evidence), ""):
        found = {kind: share_id(total, kind, level) for kind in KINDS}
        known = {kind: key for kind, key in found.items() if key in derived.steps}
        if known:
            out.append((level, known))
    return out


def weak_share(derived: Derived, total: str) -> str:
    """Record the share of a total on less than derived: attributed, recalled, assumed. Nought where nothing is."""
    one = parse(total)
    parts = [key for level in WEAK if (key := share_id(total, "evidence_share", level.value)) in derived.steps]
    name = figure_id(f"{prefix(total)}_weak_evidence_share", one.entity, one.period, **dict(one.qualifiers))
    equation = words("出处待核、凭记忆、假定三级之和", "sum of attributed, recalled and assumed")
    if parts:
        return derived.total(name, parts, equation, PER_CENT)
    strong = [key for level, kinds in levels(derived, total) if (key := kinds.get("evidence_share", ""))]
    return derived.put(name, 0.0, PER_CENT, equation, [derived.term(key) for key in strong])

"""Energy and carbon intensity: constant-price GDP, level, yearly change, cumulative change, one definition at a time.

    I(t) = E(t) / G(t)                 GDP at constant prices (gdp.py); 10^4 tce / 10^8 yuan = tce/10^4 yuan;  10^4 t / 10^8 yuan = t/10^4 yuan
    d(t) = I(t) / I(t-1) - 1           both at 4 decimals first for energy (河北经济年鉴2012 表20-32 注1), unrounded for CO2
    D    = Π(1 + d) - 1                inside one five-year period, never the sum of yearly rates

Prices are those of 2005 for 2006-2010, 2010 for 2011-2015 and so on. GDP at current prices never enters but in the
base year; a rate across two definitions or vintages is refused (DEF-BREAK).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from . import gdp, rates
from .metric_lookup import Found, Lookup, age, clash, mixed, span, vintage, vintage_name
from .metrics import MetricBook
from .models import weakest
from .problems import Problem, ProblemList
from .rounding import round_half_up
from .steps import Term
from .wording import coded, words

PUBLISHED = "_cumulative_published"


@dataclass(frozen=True, slots=True)
class Measure:
    """What is divided by GDP: the metrics that may stand above the line, best first, and the names that result."""

    id: str
    numerators: tuple[str, ...]
    unit: str
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    definition: str = ""
    round_before_ratio: int | None = None
    """decimals both years are rounded to before the ratio; None = not rounded"""
    amount_unit: str = "10^4 tce"
    rule: str = ""

    @property
    def keys(self) -> dict[str, str]:
        """Qualifiers of the intensity's own figures."""
        return {**self.qualifiers, **({"definition": self.definition} if self.definition else {})}


def energy_measure(decimals: int | None = 4) -> Measure:
    """Return the measure of 单位地区生产总值能耗, by the coal equivalent value."""
    return Measure(
        "energy_intensity", ("energy_total", "energy_total_published"), "tce/10^4 yuan", {"basis": "equivalent"},
        round_before_ratio=decimals, rule=words("单位GDP能耗 = 能源消费总量（等价值）/ 地区生产总值（可比价）", "energy per unit of GDP = total energy consumption (coal equivalent value) / GDP (constant prices)"),
    )  # fmt: skip


def _carbon_rule(definition: str) -> str:
    name = coded("definition", definition)
    return words(
        f"单位GDP二氧化碳排放（{name}）= 二氧化碳排放量 / 地区生产总值（可比价）",
        f"CO2 per unit of GDP ({name}) = CO2 emissions / GDP (constant prices)",
    )


def carbon_measure(definition: str, numerator: str, decimals: int | None = None) -> Measure:
    """Return the measure of 单位地区生产总值二氧化碳排放 in one dated definition; `numerator` is its CO2 metric."""
    return Measure(
        "carbon_intensity", (numerator,), "t/10^4 yuan", definition=definition, round_before_ratio=decimals,
        amount_unit="10^4 t", rule=_carbon_rule(definition),
    )  # fmt: skip


def intensity(book: MetricBook, entity: str, years: Sequence[int], measure: Measure, base_year: int) -> ProblemList:
    """Record level, yearly change and cumulative change of an intensity for the years that can be computed.

    `years` are consecutive and may start with the base year. All years use one numerator metric: the first that has
    every year, else the one with most. Every vintage of it has its own levels and rates. Returns DEF-BREAK and GDP
    problems; what is broken is not recorded. Raises UnitFault for an amount in a unit of another kind.
    """
    problems = gdp.chain(book, entity, base_year, years)
    amounts = _amounts(Lookup(book), entity, years, measure)
    chains = {one: _pairs(Lookup(book), entity, own, base_year) for one, own in amounts.items()}
    problems.extend(_apart(entity, measure, _best(apart for _, apart in chains.values())))
    changed: set[int] = set()
    for pairs, _ in chains.values():
        for year, pair in pairs.items():
            _record_level(book, entity, year, pair, measure, base_year)
    for pairs, _ in chains.values():
        changes: dict[int, float] = {}
        for year in sorted(pairs):
            if _unbroken(pairs, year):
                better = (one for one, (more, _) in chains.items() if year in more and not _unbroken(more, year))
                newer = [one for one in better if age(one) < age(_vintage(pairs[year]))]
                _record_change(book, entity, year, pairs, measure, base_year, changes, newer)
        _record_cumulative(book, entity, changes, pairs, measure, base_year)
        changed |= set(changes)
    problems.extend(_broken(entity, measure, _best(pairs for pairs, _ in chains.values()), changed))
    return problems


@dataclass(frozen=True, slots=True)
class Pair:
    """An amount and the GDP of its year that it may be divided by."""

    amount: Found
    gdp: Found


def _vintage(pair: Pair) -> str:
    return vintage(pair.amount)


T = TypeVar("T")


def _best(chains: Iterable[Mapping[int, T]]) -> dict[int, T]:
    """Return what each year has in the best vintage that has the year; chains come best first."""
    found: dict[int, T] = {}
    for chain in chains:
        found = {**chain, **found}
    return found


def _pairs(
    lookup: Lookup, entity: str, amounts: Mapping[int, Found], base_year: int
) -> tuple[dict[int, Pair], dict[int, str]]:
    """Return the years that have both sides in one vintage, and those that have them in two (with what differs)."""
    pairs: dict[int, Pair] = {}
    apart: dict[int, str] = {}
    for year, amount in amounts.items():
        own = gdp.level(lookup, entity, year, base_year, vintage(amount))
        other = gdp.level(lookup, entity, year, base_year)
        if own is not None:
            pairs[year] = Pair(amount, own)
        elif other is not None:
            apart[year] = clash([amount, other])
    return pairs, apart


def _apart(entity: str, measure: Measure, apart: Mapping[int, str]) -> list[Problem]:
    """One problem for all years in which amount and GDP differ in the same way."""
    return [
        gdp.problem(
            "DEF-BREAK", f"{measure.id}@{entity}:{','.join(str(year) for year in sorted(apart) if apart[year] == difference)}",
            difference, "",
        )
        for difference in dict.fromkeys(apart[year] for year in sorted(apart))
    ]  # fmt: skip


def _amounts(lookup: Lookup, entity: str, years: Sequence[int], measure: Measure) -> dict[str, dict[int, Found]]:
    """Return the amounts by vintage, best first, of the numerator that has most years."""
    series = [
        {year: _by_vintage(lookup, metric, entity, year, measure) for year in years} for metric in measure.numerators
    ]
    chosen = max(series, key=lambda one: sum(bool(found) for found in one.values()))
    names = sorted({name for found in chosen.values() for name in found}, key=lambda name: (age(name), name))
    return {name: {year: found[name] for year, found in chosen.items() if name in found} for name in names}


def _by_vintage(lookup: Lookup, metric: str, entity: str, year: int, measure: Measure) -> dict[str, Found]:
    """Return the amounts of a year by vintage; one that has two figures (two definitions) is ambiguous and left out."""
    found = {}
    for name in {vintage(one) for one in lookup.all(metric, entity, str(year), measure.qualifiers)}:
        best = lookup.best(metric, entity, str(year), {**measure.qualifiers, "vintage": name})
        if len(best) == 1:
            found[name] = best[0].converted(measure.amount_unit)
    return found


def _record_level(book: MetricBook, entity: str, year: int, pair: Pair, measure: Measure, base_year: int) -> None:
    amount, money = pair.amount, pair.gdp
    said = vintage(money) and vintage(money) != vintage(amount)
    book.add(
        measure.id, amount.value / money.value, measure.unit, entity=entity, period=str(year),
        equation="I(t) = E(t) / G(t)", rule=measure.rule,
        terms=(amount.term("E(t)"), money.term(words(f"G(t) {base_year}年价", f"G(t) at {base_year} prices"))),
        note=words("地区生产总值的版本", "vintage of GDP") + f"：{vintage_name(vintage(money))}" if said else "",
        evidence=weakest([amount.evidence, money.evidence]), **_keys(measure, base_year, amount),
    )  # fmt: skip


def _keys(measure: Measure, base_year: int, amount: Found) -> dict[str, str]:
    """Return the qualifiers of an intensity: prices, basis or definition, and the vintage of its amount."""
    name = vintage(amount)
    return {"price_year": str(base_year), **measure.keys, **({"vintage": name} if name else {})}


def _unbroken(pairs: Mapping[int, Pair], year: int) -> bool:
    return year - 1 in pairs and not _difference(pairs[year - 1], pairs[year])


def _difference(before: Pair, now: Pair) -> str:
    return mixed([before.amount, now.amount]) or clash([before.gdp, now.gdp])


def _broken(entity: str, measure: Measure, pairs: Mapping[int, Pair], changed: Collection[int]) -> list[Problem]:
    """One problem for every year that follows another and has no change from it in any vintage."""
    return [
        gdp.problem(
            "DEF-BREAK", f"{measure.id}_change@{entity}:{year}", _difference(pairs[year - 1], pairs[year]), ""
        )
        for year in sorted(pairs)
        if year - 1 in pairs and year not in changed
    ]  # fmt: skip


def _record_change(
    book: MetricBook, entity: str, year: int, pairs: Mapping[int, Pair], measure: Measure, base_year: int,
    changes: dict[int, float], newer: Sequence[str],
) -> None:  # fmt: skip
    lookup, keys = Lookup(book), _keys(measure, base_year, pairs[year].amount)
    of_it = {**keys, "vintage": _vintage(pairs[year])}
    before, now = (lookup.best(measure.id, entity, str(at), of_it)[0] for at in (year - 1, year))
    decimals = measure.round_before_ratio
    values = [one.value if decimals is None else round_half_up(one.value, decimals) for one in (before, now)]
    changes[year] = rates.change(values[1], values[0])
    rounding = (
        words("比值前不先修约（round_before_ratio）", "the ratio is of unrounded intensities (round_before_ratio)")
        if decimals is None
        else words(
            f"比值前两年强度先修约到 {decimals} 位小数（round_before_ratio: {decimals}）",
            f"both intensities are rounded to {decimals} decimals before the ratio (round_before_ratio: {decimals})",
        )
    )
    book.add(
        f"{measure.id}_change", changes[year], "%", entity=entity, period=str(year), equation="d = I(t) / I(t-1) - 1",
        rule=rounding,
        terms=(before.term("I(t-1)"), now.term("I(t)")), note=_said(_vintage(pairs[year]), newer),
        evidence=weakest([before.evidence, now.evidence]), **keys,
    )  # fmt: skip


def _said(mine: str, newer: Sequence[str]) -> str:
    """Say which vintage a change is of where its year has a better one, too."""
    if not newer:
        return ""
    own, other = vintage_name(mine), vintage_name(newer[0])
    return words(f"两年同用{own}，本年另有{other}", f"both years are {own}; this year also has {other}")


def _record_cumulative(
    book: MetricBook, entity: str, changes: Mapping[int, float], pairs: Mapping[int, Pair], measure: Measure,
    base_year: int,
) -> None:  # fmt: skip
    lookup = Lookup(book)
    year = base_year + 1
    terms: list[Term] = []
    evidence: list[str] = []
    while year in changes:
        keys = _keys(measure, base_year, pairs[year].amount)
        of_it = {**keys, "vintage": _vintage(pairs[year])}
        found = lookup.best(f"{measure.id}_change", entity, str(year), of_it)[0]
        terms.append(found.term(words(f"d {year}年", f"d {year}")))
        evidence.append(found.evidence)
        total = rates.chain(changes[at] for at in range(base_year + 1, year + 1))
        book.add(
            f"{measure.id}_cumulative", total, "%", entity=entity, period=span(base_year + 1, year),
            equation="D = Π(1 + d) - 1", rule=words("逐年变化率连乘，不相加 (青海省统计局 2009-09-17)", "yearly changes compound and are not added (Qinghai Bureau of Statistics, 2009-09-17)"), terms=tuple(terms),
            evidence=weakest(evidence), **keys,
        )  # fmt: skip
        year += 1


def compare_definitions(one: Found, other: Found) -> Problem | None:
    """Return DEF-BREAK if two figures must not be compared, else None (e.g. a chain in ci_2016 and -17.7 in ci_2025)."""
    difference = mixed([one, other])
    return gdp.problem("DEF-BREAK", f"{one.key} / {other.key}", difference, "") if difference else None


def incomparable(book: MetricBook, entity: str) -> list[Problem]:
    """Return DEF-BREAK for every published cumulative result whose definition none of our chains of its period has."""
    lookup = Lookup(book)
    published = {(str(row["metric"]), str(row["period"])) for row in book.rows.values() if row["entity"] == entity}
    found = []
    for metric, period in sorted(one for one in published if one[0].endswith(PUBLISHED)):
        ours = lookup.all(metric.removesuffix("_published"), entity, period)
        known = {"", *(_definition(one) for one in ours)}  # a result that states no definition may be of any
        theirs = (one for one in lookup.all(metric, entity, period) if _definition(one) not in known)
        found += [compare_definitions(ours[0], one) for one in theirs if ours]
    return [problem for problem in found if problem is not None]


def _definition(found: Found) -> str:
    return found.qualifiers.get("definition", "")

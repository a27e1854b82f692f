"""Energy and carbon intensity: constant-price GDP, level, yearly change, cumulative change, one definition at a time.

    G(t) = G(base) · Π(1 + g)          GDP at the prices of the base year, chained from real growth
    I(t) = E(t) / G(t)                 10^4 tce / 10^8 yuan = tce/10^4 yuan;  10^4 t / 10^8 yuan = t/10^4 yuan
    d(t) = I(t) / I(t-1) - 1           both at 4 decimals first for energy (河北经济年鉴2012 表20-32 注1), unrounded for CO2
    D    = Π(1 + d) - 1                inside one five-year period, never the sum of yearly rates

Prices are those of 2005 for 2006-2010, 2010 for 2011-2015 and so on. GDP at current prices never enters but in the
base year; a rate across two definitions or vintages is refused (DEF-BREAK).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from . import rates
from .metric_lookup import Found, Lookup, mixed, span
from .metrics import MetricBook
from .models import weakest
from .problems import Problem, ProblemList, Where
from .rounding import round_half_up
from .steps import Term
from .target_messages import MESSAGES

GDP_UNIT = "10^8 yuan"


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
        round_before_ratio=decimals, rule="单位GDP能耗 = 能源消费总量（等价值）/ 地区生产总值（可比价）",
    )  # fmt: skip


def carbon_measure(definition: str, numerator: str, decimals: int | None = None) -> Measure:
    """Return the measure of 单位地区生产总值二氧化碳排放 in one dated definition; `numerator` is its CO2 metric."""
    return Measure(
        "carbon_intensity", (numerator,), "t/10^4 yuan", definition=definition, round_before_ratio=decimals,
        amount_unit="10^4 t", rule=f"单位GDP二氧化碳排放（{definition}）= 二氧化碳排放量 / 地区生产总值（可比价）",
    )  # fmt: skip


def period_base(year: int) -> int:
    """Return the base year of the five-year period a year lies in: 2006-2010 -> 2005, 2011-2015 -> 2010."""
    return year - 1 - (year - 1) % 5


def constant_gdp(book: MetricBook, entity: str, base_year: int, years: Sequence[int]) -> ProblemList:
    """Chain GDP at the prices of `base_year` up to the last of `years` and record `gdp_constant`.

    Levels the book already holds at those prices are kept and checked. Returns the problems; a year that cannot be
    chained gets no level.
    """
    problems = ProblemList()
    lookup, price = Lookup(book), {"price_year": str(base_year)}
    problems.extend(_current_as_constant(lookup, entity, base_year, years))
    start = _constant(lookup, entity, base_year, base_year) or _first_level(book, lookup, entity, base_year)
    if start is None:
        problems.add(_problem("GDP-BASE", f"gdp_constant@{entity}", "", base_year))
        return problems
    for year in range(base_year + 1, max(years, default=base_year) + 1):
        lookup = Lookup(book)
        if _constant(lookup, entity, year, base_year) is not None:
            continue
        growth = lookup.best("gdp_growth", entity, str(year))
        before = _constant(lookup, entity, year - 1, base_year)
        if len(growth) != 1 or before is None:
            problems.add(_problem("GDP-GROWTH", f"gdp_constant@{entity}:{year}", year, ""))
            return problems
        _chain_gdp(book, entity, year, before, growth[0], price)
    return problems


def _chain_gdp(
    book: MetricBook, entity: str, year: int, before: Found, growth: Found, price: Mapping[str, str]
) -> None:
    book.add(
        "gdp_constant", before.value * (1 + growth.value / 100), GDP_UNIT, entity=entity, period=str(year),
        equation="G(t) = G(t-1) × (1 + g)", rule="以可比价增速推算，不用当年价",
        terms=(before.term("G(t-1) 可比价"), growth.term("g 可比价增速")),
        evidence=weakest([before.evidence, growth.evidence]), **price,
    )  # fmt: skip


def _constant(lookup: Lookup, entity: str, year: int, base_year: int) -> Found | None:
    found = lookup.best("gdp_constant", entity, str(year), {"price_year": str(base_year)})
    return found[0] if found else None


def _first_level(book: MetricBook, lookup: Lookup, entity: str, base_year: int) -> Found | None:
    current = lookup.best("gdp_current", entity, str(base_year))
    if len(current) != 1:
        return None
    price, level = {"price_year": str(base_year)}, current[0].converted(GDP_UNIT)
    book.add(
        "gdp_constant", level.value, GDP_UNIT, entity=entity, period=str(base_year),
        equation="G(0) = 基年当年价地区生产总值", rule="基年价格即可比价", terms=(current[0].term("基年当年价 GDP"),),
        evidence=current[0].evidence, **price,
    )  # fmt: skip
    return _constant(Lookup(book), entity, base_year, base_year)


def _current_as_constant(lookup: Lookup, entity: str, base_year: int, years: Sequence[int]) -> list[Problem]:
    """Find levels entered as constant-price GDP that are GDP at current prices: same number, or no price year."""
    found: list[Problem] = []
    for year in (year for year in years if year != base_year):
        current = {item.value for item in lookup.all("gdp_current", entity, str(year))}
        found += [
            _problem("GDP-CURRENT", level.key, f"{level.value:g}", "")
            for level in lookup.all("gdp_constant", entity, str(year))
            if level.value in current or not level.qualifiers.get("price_year")
        ]
    return found


def _problem(code: str, key: str, found: object, expected: object) -> Problem:
    return MESSAGES.problem(code, Where(key=key), found, expected, key=key)


def intensity(book: MetricBook, entity: str, years: Sequence[int], measure: Measure, base_year: int) -> ProblemList:
    """Record level, yearly change and cumulative change of an intensity for the years that can be computed.

    `years` are consecutive and may start with the base year. All years use one numerator metric: the first that has
    every year, else the one with most. Returns DEF-BREAK and GDP problems; what is broken is not recorded. Raises
    UnitFault for an amount in a unit of another kind.
    """
    problems = constant_gdp(book, entity, base_year, years)
    amounts = _amounts(Lookup(book), entity, years, measure)
    for year, amount in amounts.items():
        _record_level(book, entity, year, amount, measure, base_year)
    changes: dict[int, float] = {}
    for year in sorted(amounts):
        if all(_constant(Lookup(book), entity, at, base_year) for at in (year - 1, year)) and year - 1 in amounts:
            problems.extend(_record_change(book, entity, year, amounts, measure, base_year, changes))
    _record_cumulative(book, entity, changes, amounts, measure, base_year)
    return problems


def _amounts(lookup: Lookup, entity: str, years: Sequence[int], measure: Measure) -> dict[int, Found]:
    series: list[dict[int, Found]] = []
    for metric in measure.numerators:
        best = {year: lookup.best(metric, entity, str(year), measure.qualifiers) for year in years}
        single = {year: found[0] for year, found in best.items() if len(found) == 1}
        series.append({year: found.converted(measure.amount_unit) for year, found in single.items()})
    return max(series, key=len)


def _record_level(book: MetricBook, entity: str, year: int, amount: Found, measure: Measure, base_year: int) -> None:
    gdp = _constant(Lookup(book), entity, year, base_year)
    if gdp is None:
        return
    book.add(
        measure.id, amount.value / gdp.value, measure.unit, entity=entity, period=str(year),
        equation="I(t) = E(t) / G(t)", rule=measure.rule,
        terms=(amount.term("E(t)"), gdp.term(f"G(t) {base_year}年价")),
        evidence=weakest([amount.evidence, gdp.evidence]), **_keys(measure, base_year, amount),
    )  # fmt: skip


def _keys(measure: Measure, base_year: int, amount: Found) -> dict[str, str]:
    """Return the qualifiers of an intensity: prices, basis or definition, and the vintage of its amount."""
    vintage = amount.qualifiers.get("vintage", "")
    return {"price_year": str(base_year), **measure.keys, **({"vintage": vintage} if vintage else {})}


def _record_change(
    book: MetricBook, entity: str, year: int, amounts: Mapping[int, Found], measure: Measure, base_year: int,
    changes: dict[int, float],
) -> list[Problem]:  # fmt: skip
    difference = mixed([amounts[year - 1], amounts[year]])
    name = f"{measure.id}_change"
    if difference:
        return [_problem("DEF-BREAK", f"{name}@{entity}:{year}", difference, "")]
    lookup, keys = Lookup(book), _keys(measure, base_year, amounts[year])
    before, now = (lookup.best(measure.id, entity, str(at), keys)[0] for at in (year - 1, year))
    decimals = measure.round_before_ratio
    values = [one.value if decimals is None else round_half_up(one.value, decimals) for one in (before, now)]
    changes[year] = rates.change(values[1], values[0])
    rounding = "不先修约" if decimals is None else f"两年强度先修约到 {decimals} 位小数"
    book.add(
        name, changes[year], "%", entity=entity, period=str(year), equation="d = I(t) / I(t-1) - 1",
        rule=f"比值前{rounding} (round_before_ratio: {decimals})",
        terms=(before.term("I(t-1)"), now.term("I(t)")),
        evidence=weakest([before.evidence, now.evidence]), **keys,
    )  # fmt: skip
    return []


def _record_cumulative(
    book: MetricBook, entity: str, changes: Mapping[int, float], amounts: Mapping[int, Found], measure: Measure,
    base_year: int,
) -> None:  # fmt: skip
    lookup = Lookup(book)
    year = base_year + 1
    terms: list[Term] = []
    evidence: list[str] = []
    while year in changes:
        # a change of vintage has no rate, so all years up to here are of one
        keys = _keys(measure, base_year, amounts[year])
        found = lookup.best(f"{measure.id}_change", entity, str(year), keys)[0]
        terms.append(found.term(f"d {year}年"))
        evidence.append(found.evidence)
        total = rates.chain(changes[at] for at in range(base_year + 1, year + 1))
        book.add(
            f"{measure.id}_cumulative", total, "%", entity=entity, period=span(base_year + 1, year),
            equation="D = Π(1 + d) - 1", rule="逐年变化率连乘，不相加 (青海省统计局 2009-09-17)", terms=tuple(terms),
            evidence=weakest(evidence), **keys,
        )  # fmt: skip
        year += 1


def growth(book: MetricBook, entity: str, year: int, base_year: int) -> None:
    """Record growth of energy, elasticity (none unless energy and GDP grow) and 节能量 of a year, where inputs exist."""
    lookup, place = Lookup(book), {"entity": entity, "period": str(year)}
    amounts = _amounts(lookup, entity, (year - 1, year), energy_measure())
    gdp_growth = lookup.best("gdp_growth", entity, str(year))
    if len(amounts) == 2 and not mixed(list(amounts.values())):
        before, now = amounts[year - 1], amounts[year]
        rise = rates.change(now.value, before.value)
        key = book.add(
            "energy_growth", rise, "%", **place, equation="E(t) / E(t-1) - 1",
            terms=(before.term("E(t-1)"), now.term("E(t)")), evidence=weakest([before.evidence, now.evidence]),
        )  # fmt: skip
        if len(gdp_growth) == 1:
            book.add(
                "energy_elasticity", rates.elasticity(rise, gdp_growth[0].value), "1", **place,
                equation="能源消费增速 / 地区生产总值增速", rule="两者不都大于 0 时为“—”（中国能源统计年鉴）",
                terms=(Term("能源消费增速", rise, "%", f"figure:{key}"), gdp_growth[0].term("可比价增速")),
            )  # fmt: skip
    _record_saving(book, entity, year, base_year)


def _record_saving(book: MetricBook, entity: str, year: int, base_year: int) -> None:
    lookup, keys = Lookup(book), {"price_year": str(base_year)}
    levels = [lookup.best("energy_intensity", entity, str(at), keys) for at in (year - 1, year)]
    gdp = _constant(lookup, entity, year, base_year)
    if gdp is None or any(len(found) != 1 for found in levels):
        return
    before, now = levels[0][0], levels[1][0]
    book.add(
        "energy_saving", rates.energy_saving(before.value, now.value, gdp.value), "10^4 tce", entity=entity,
        period=str(year), equation="节能量 = (I(t-1) - I(t)) × G(t)", rule="可比价",
        terms=(before.term("I(t-1)"), now.term("I(t)"), gdp.term("G(t)")),
        evidence=weakest([before.evidence, now.evidence, gdp.evidence]), price_year=str(base_year),
    )  # fmt: skip


def compare_definitions(one: Found, other: Found) -> Problem | None:
    """Return DEF-BREAK if two figures must not be compared, else None (e.g. a chain in ci_2016 and -17.7 in ci_2025)."""
    difference = mixed([one, other])
    return _problem("DEF-BREAK", f"{one.key} / {other.key}", difference, "") if difference else None

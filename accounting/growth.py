"""Growth from year to year: growth, elasticity, energy saved, increment. Rates need both years of one series.

growth      = x(t) / x(t-1) - 1
elasticity  = energy growth / GDP growth            blank where either is not positive, as the yearbook prints it
saving      = (I(t-1) - I(t)) x G(t)                节能量, constant prices
increment   = E(t) - E(base year of the plan)
"""

from __future__ import annotations

from . import gdp, rates
from .metric_lookup import Found, Lookup, mixed
from .metrics import MetricBook
from .models import weakest
from .wording import words

SERIES: tuple[tuple[str, tuple[str, ...], dict[str, str]], ...] = (
    ("energy_growth", ("energy_total", "energy_total_published"), {"basis": "equivalent"}),
    ("electricity_growth", ("electricity_consumption",), {}),
    ("co2_growth", ("co2_literature",), {"gas": "co2"}),
)
UNDEFINED = words("增速不为正，按年鉴惯例不计算", "growth not above zero: none, as the yearbook prints it")
"""note of an elasticity that has inputs and no value: printed “—”, not as missing"""
ELASTICITIES = (
    ("energy_elasticity", "energy_growth", words("能源消费增速", "growth of energy consumption")), ("electricity_elasticity", "electricity_growth", words("用电量增速", "growth of electricity consumption")),
)  # fmt: skip


def record(book: MetricBook, entity: str, years: list[int], bases: list[int]) -> None:
    """Record growth, elasticity, saving and increments of an entity for the years that have both ends."""
    for year in years:
        for metric, names, keys in SERIES:
            _growth(book, entity, year, metric, names, keys)
        _elasticity(book, entity, year)
        for base in bases:
            _saving(book, entity, year, base)


def _pair(book: MetricBook, entity: str, year: int, names: tuple[str, ...], keys: dict[str, str]) -> list[Found]:
    """The last series in `names` that holds both years as one definition and vintage, or nothing."""
    lookup = Lookup(book)
    for name in names:
        found = lookup.together(name, entity, [str(year - 1), str(year)], keys)
        if all(len(one) == 1 for one in found):
            pair = [one[0] for one in found]
            if not mixed(pair):
                return pair
    return []


def _growth(
    book: MetricBook, entity: str, year: int, metric: str, names: tuple[str, ...], keys: dict[str, str]
) -> None:
    pair = _pair(book, entity, year, names, keys)
    if not pair or book.value(metric, entity, str(year)) is not None or not pair[0].value:
        return
    book.add(
        metric, rates.change(pair[1].value, pair[0].value), "%", entity=entity, period=str(year),
        equation="x(t) / x(t-1) - 1", terms=(pair[0].term(words("上年", "previous year")), pair[1].term(words("本年", "this year"))),
        evidence=weakest([one.evidence for one in pair]),
    )  # fmt: skip


def _elasticity(book: MetricBook, entity: str, year: int) -> None:
    rise = Lookup(book).best("gdp_growth", entity, str(year))
    for metric, growth, name in ELASTICITIES:
        own = book.term(name, growth, entity, str(year))
        if own.value is None or len(rise) != 1:
            continue
        value = rates.elasticity(own.value, rise[0].value)
        book.add(
            metric, value, "1", entity=entity, period=str(year), equation=words(f"{name} / 地区生产总值增速", f"{name} / growth of GDP"),
            terms=(own, rise[0].term(words("地区生产总值增速", "growth of GDP"))), note="" if value is not None else UNDEFINED,
        )  # fmt: skip


def _saving(book: MetricBook, entity: str, year: int, base: int) -> None:
    keys, lookup = {"basis": "equivalent", "price_year": str(base)}, Lookup(book)
    levels = lookup.together("energy_intensity", entity, [str(year - 1), str(year)], keys)
    if any(len(one) != 1 for one in levels) or mixed([levels[0][0], levels[1][0]]):
        return
    before, now = levels[0][0], levels[1][0]
    money = gdp.level(lookup, entity, year, base, now.qualifiers.get("vintage", ""))
    if money is None:
        return
    book.add(
        "energy_saving", rates.energy_saving(before.value, now.value, money.value), "10^4 tce", entity=entity,
        period=str(year), price_year=str(base), equation=words("节能量 = (I(t-1) - I(t)) x G(t)", "energy saved = (I(t-1) - I(t)) x G(t)"),
        terms=(before.term("I(t-1)"), now.term("I(t)"), money.term("G(t)")), rule=words("按可比价", "at constant prices"),
        evidence=weakest([before.evidence, now.evidence, money.evidence]),
    )  # fmt: skip

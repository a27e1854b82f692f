"""Gross regional product at the prices of one year, chained from real growth, one chain for every vintage.

    G(t) = G(t-1) x (1 + g)            GDP at current prices enters in the price year only

A census revises the level of the base year: a chain from the annual figure and one from the verified figure stand
side by side and never meet in one ratio. Growth of another vintage than the level is taken where there is no other,
and said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .metric_lookup import Found, Lookup
from .metrics import MetricBook
from .models import weakest
from .problems import Problem, ProblemList, Where
from .target_messages import MESSAGES
from .wording import coded, words

UNIT = "10^8 yuan"
CONSTANT, CURRENT, GROWTH = "gdp_constant", "gdp_current", "gdp_growth"


def chain(
    book: MetricBook, entity: str, price_year: int, years: Sequence[int], start: int | None = None
) -> ProblemList:
    """Record `gdp_constant` (10^8 yuan at the prices of `price_year`) up to the last of `years`, for every vintage.

    The chain starts in `start` (the price year unless said). Levels the book already holds are kept and checked.
    Returns the problems; a year that cannot be chained gets no level.
    """
    first = price_year if start is None else start
    problems = ProblemList(_current_as_constant(Lookup(book), entity, price_year, years))
    levels = _levels(book, entity, first, price_year)
    if not levels:
        problems.add(problem("GDP-BASE", f"{CONSTANT}@{entity}", "", first))
        return problems
    for year in range(first + 1, max(years, default=first) + 1):
        found = _next(book, entity, year, price_year, levels)
        if len(found) < len({*levels, *found}):
            problems.add(problem("GDP-GROWTH", f"{CONSTANT}@{entity}:{year}", year, ""))
        levels = found
    return problems


def level(lookup: Lookup, entity: str, year: int, price_year: int, vintage: str = "") -> Found | None:
    """Return the level that may stand under an amount of `vintage`: of the same one or unstated; the best for ''."""
    wanted = {"price_year": str(price_year), **({"vintage": vintage} if vintage else {})}
    found = lookup.best(CONSTANT, entity, str(year), wanted)
    return found[0] if found else None


def problem(code: str, key: str, found: object, expected: object) -> Problem:
    """Return a problem whose address is a figure."""
    named = " / ".join(coded("figure", one) for one in key.split(" / "))
    return MESSAGES.problem(code, Where(key=key), found, expected, key=named)


def _vintage(found: Found) -> str:
    return found.qualifiers.get("vintage", "")


def _given(lookup: Lookup, metric: str, entity: str, year: int, wanted: Mapping[str, str]) -> dict[str, Found]:
    """Figures by vintage; a vintage with two figures (two definitions) is ambiguous and left out."""
    found = [
        one for one in lookup.all(metric, entity, str(year), wanted) if not wanted or one.qualifiers.get("price_year")
    ]
    several = [_vintage(one) for one in found]
    return {_vintage(one): one for one in found if several.count(_vintage(one)) == 1}


def _levels(book: MetricBook, entity: str, year: int, price_year: int) -> dict[str, Found]:
    """The level of a year by vintage: entered at constant prices, or in the price year at current prices."""
    price = {"price_year": str(price_year)}
    known = _given(Lookup(book), CONSTANT, entity, year, price)
    if year != price_year:
        return known
    current = _given(Lookup(book), CURRENT, entity, year, {})
    for vintage in (name for name in current if name not in known):
        _first(book, entity, current[vintage], price)
    return _given(Lookup(book), CONSTANT, entity, year, price)


def _first(book: MetricBook, entity: str, current: Found, price: Mapping[str, str]) -> None:
    book.add(
        CONSTANT, current.converted(UNIT).value, UNIT, entity=entity, period=price["price_year"],
        equation=words("G(0) = 基年当年价地区生产总值", "G(0) = GDP of the base year at current prices"), rule=words("基年价格即可比价", "prices of the base year are the constant prices"), terms=(current.term(words("基年当年价 GDP", "GDP of the base year at current prices")),),
        evidence=current.evidence, **price, **_stated(current),
    )  # fmt: skip


def _stated(found: Found) -> dict[str, str]:
    return {"vintage": _vintage(found)} if _vintage(found) else {}


def _next(book: MetricBook, entity: str, year: int, price_year: int, before: Mapping[str, Found]) -> dict[str, Found]:
    """Levels of a year: entered ones, and every chain that can go on."""
    entered = _given(Lookup(book), CONSTANT, entity, year, {"price_year": str(price_year)})
    found = dict(entered)
    for vintage in (name for name in before if name not in entered):
        if "" in entered:
            found[vintage] = entered[""]
            continue
        growth = _growth(Lookup(book), entity, year, vintage)
        if growth is not None:
            _grow(book, entity, year, before[vintage], growth, {"price_year": str(price_year), "vintage": vintage})
            found[vintage] = _given(Lookup(book), CONSTANT, entity, year, {"price_year": str(price_year)})[vintage]
    return found


def _growth(lookup: Lookup, entity: str, year: int, vintage: str) -> Found | None:
    """Growth of the chain's vintage or unstated, else the best of another."""
    own = lookup.best(GROWTH, entity, str(year), {"vintage": vintage}) or lookup.best(GROWTH, entity, str(year))
    return own[0] if len(own) == 1 else None


def _grow(book: MetricBook, entity: str, year: int, before: Found, growth: Found, keys: Mapping[str, str]) -> None:
    other = _vintage(growth) not in ("", keys["vintage"])
    book.add(
        CONSTANT, before.value * (1 + growth.value / 100), UNIT, entity=entity, period=str(year),
        equation="G(t) = G(t-1) × (1 + g)", rule=words("以可比价增速推算，不用当年价", "carried on by growth at constant prices, never by current prices"),
        terms=(before.term(words("G(t-1) 可比价", "G(t-1) at constant prices")), growth.term(words("g 可比价增速", "g growth at constant prices"))),
        evidence=weakest([before.evidence, growth.evidence]),
        note=words("增速的版本", "vintage of growth") + f"：{coded('word', _vintage(growth))}" if other else "",
        **{name: value for name, value in keys.items() if value},
    )  # fmt: skip


def _current_as_constant(lookup: Lookup, entity: str, price_year: int, years: Sequence[int]) -> list[Problem]:
    """Find levels entered as constant-price GDP that are GDP at current prices: same number, or no price year."""
    found: list[Problem] = []
    for year in (year for year in years if year != price_year):
        current = {item.value for item in lookup.all(CURRENT, entity, str(year))}
        found += [
            problem("GDP-CURRENT", one.key, f"{one.value:g}", "")
            for one in lookup.all(CONSTANT, entity, str(year))
            if one.value in current or not one.qualifiers.get("price_year")
        ]
    return found

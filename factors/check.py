"""Check the library: units, items, validity, ranges, and that profiles name what exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..accounting import units
from ..accounting.problems import InputError, Problem, ProblemList
from .editions import span
from .library import FactorLibrary
from .messages import MESSAGES
from .model import PARTS, Factor, FactorSet, Value
from .numbers import GASES
from .profile import Profile

CARRIER_KINDS = frozenset(
    ("standard_coal", "combustion", "electricity", "heat", "coal_rate", "aggregate", "mobile", "density")
)
"""kinds of set whose items are energy carriers; gases and products of the others have their own lists"""
_DENOMINATORS = ("t", "m3", "Nm3", "m3_20C", "m3_15C", "m3_liquid", "m3_water", "kWh", "GJ", "tce")
_PART_UNITS = {"carbon_content": ("tC/GJ",), "oxidation": ("1",)}
_VALUE_HEADS = {"tce_calorific": ("tce",), "tce_equivalent": ("tce_eq",), "coal_rate": ("tce",), "density": ("t",)}


def check(library: FactorLibrary) -> ProblemList:
    """Return everything that is wrong in sets and profiles; an empty list is a sound library."""
    problems = check_sets(library, library.ids())
    for name in library.profiles():
        try:
            problems.extend(_profile(library, library.profile(name)))
        except InputError as error:
            problems.extend(error.problems)
    return problems


def check_sets(library: FactorLibrary, ids: Iterable[str]) -> ProblemList:
    """Return what is wrong in some of the sets: units, items, places, validity beside every other edition."""
    problems = ProblemList()
    sets: dict[str, FactorSet] = {}
    wanted = frozenset(ids)
    for set_id in library.ids():
        try:
            sets[set_id] = library.set(set_id)
        except InputError as error:
            problems.extend(error.problems)
    for factor_set in (sets[name] for name in sets if name in wanted):
        problems.extend(_units(factor_set))
        problems.extend(_items(library, factor_set))
        problems.extend(_validity(sets, factor_set))
    return problems


def _fault(place: str, text: str) -> Problem:
    return MESSAGES.problem("FACTOR-CHECK", "", place, text)


def _units(factor_set: FactorSet) -> Iterator[Problem]:
    for factor in factor_set.factors:
        for part in ("value", *PARTS):
            printed: Value | None = getattr(factor, part)
            if printed is None:
                continue
            place = f"{factor_set.id}#{factor.key()} {part}"
            try:
                units.parse(printed.unit)
            except units.UnitFault as fault:
                yield _fault(place, f"单位 {fault.found}：{fault.proposal}")
                continue
            fits = _fitting(factor, part)
            if fits and not any(units.same_kind(printed.unit, target) for target in fits):
                yield _fault(place, f"单位 {printed.unit} 与量 {factor.quantity} 不符 unit does not fit the quantity")


def _fitting(factor: Factor, part: str) -> tuple[str, ...]:
    """Return units of every kind that a part of a quantity may have; () where nothing is laid down."""
    if part in _PART_UNITS:
        return _PART_UNITS[part]
    if part == "ncv":
        return tuple(f"GJ/{below}" for below in _DENOMINATORS)
    if part == "per_heat":
        gas = GASES.get(factor.quantity)
        return (f"{gas}/GJ", "t/GJ") if gas else ()
    if factor.quantity == "gwp":
        return ("1",)
    gas = GASES.get(factor.quantity)
    heads = (gas,) if gas else _VALUE_HEADS.get(factor.quantity, ())
    return tuple(f"{head}/{below}" for head in heads for below in _DENOMINATORS)


def _items(library: FactorLibrary, factor_set: FactorSet) -> Iterator[Problem]:
    if factor_set.kind not in CARRIER_KINDS:
        return
    for item in dict.fromkeys(factor.item for factor in factor_set.factors):
        if item not in library.carriers:
            near = "、".join(library.carriers.near(item)) or "-"
            yield _fault(
                f"{factor_set.id}#{item}", f"不是已知品种，是否指 {near}？ unknown carrier; did you mean {near}?"
            )
    for place in dict.fromkeys([factor_set.region, *(factor.region for factor in factor_set.factors)]):
        if place and not library.regions.knows(place) and place not in library.regions:
            yield _fault(f"{factor_set.id} region", f"不认识的地区 {place} unknown place")


def _validity(sets: dict[str, FactorSet], factor_set: FactorSet) -> Iterator[Problem]:
    """A set that supersedes another must name one that exists; their validity must meet without overlap or gap."""
    older_id = factor_set.supersedes
    if not older_id:
        return
    older = sets.get(older_id)
    if older is None:
        yield _fault(f"{factor_set.id} supersedes", f"没有编号为 {older_id} 的因子集 no such set")
        return
    if factor_set.id in _line(sets, older):
        yield _fault(f"{factor_set.id} supersedes", f"与 {older_id} 互相取代 the sets supersede each other")
        return
    twins = [one for one in sets.values() if one.supersedes == older_id and one.id < factor_set.id]
    for other in (older, *twins):
        yield from _meeting(other, factor_set)


def _meeting(one: FactorSet, other: FactorSet) -> Iterator[Problem]:
    """Two editions must not hold on one day, and one must follow the other without a gap."""
    if not any((one.valid_from, one.valid_to, other.valid_from, other.valid_to)):
        return
    older, newer = sorted((one, other), key=lambda edition: (edition.first_day, edition.last_day))
    words = (f"{older.id}（{span(older)}）", f"{newer.id}（{span(newer)}）")
    if older.last_day >= newer.first_day:
        yield MESSAGES.problem("FACTOR-OVERLAP", "", *words)
    elif (newer.first_day - older.last_day).days > 1:
        yield MESSAGES.problem("FACTOR-GAP", "", *words)


def _line(sets: dict[str, FactorSet], one: FactorSet) -> list[str]:
    """Return a set and what it supersedes, and so on."""
    out = [one.id]
    while (below := sets.get(one.supersedes)) is not None and below.id not in out:
        out.append(below.id)
        one = below
    return out


def _profile(library: FactorLibrary, profile: Profile) -> Iterator[Problem]:
    named = [*profile.bridges, *(key.partition("/")[0] for key in profile.choices), *profile.fill]
    for bridge in profile.bridges.values():
        named += [word for word in (bridge.item, *bridge.of, *bridge.components) if word]
    for item in dict.fromkeys(named):
        if item not in library.carriers:
            yield _fault(f"{profile.id} {item}", "不是已知品种 unknown carrier")
    for set_id in (
        *(fill.from_set for fill in profile.fill.values()),
        *profile.additions,
        *filter(None, [profile.gwp]),
    ):
        if set_id not in library.paths:
            yield _fault(f"{profile.id} {set_id}", "没有这个因子集 no such set")
    yield from _ranges(library, profile)


def _ranges(library: FactorLibrary, profile: Profile) -> Iterator[Problem]:
    """Printed ranges that the profile could meet and makes no choice for."""
    for set_id in profile.sets():
        for factor in library.set(set_id).factors:
            printed = factor.value
            if printed is None or not printed.is_range or profile.choice(factor.item, factor.quantity):
                continue
            span = f"{printed.low:g}–{printed.high:g} {printed.unit}"
            yield MESSAGES.problem("FACTOR-CHECK-RANGE", "", f"{set_id}#{factor.key()}", span, profile=profile.id)

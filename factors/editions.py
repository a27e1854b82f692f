"""Editions of one document: which of them answers for a data year.

Sets linked by `supersedes` are editions of one document. Of those that an order names, the one in force on the last day
of the data year goes first (figures of a year are compiled after it); then earlier ones, newest first, within `max_age`
years after their end, because a carrier may have been dropped. A later edition answers only where no other set of the
order holds the carrier, as an assumption that is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..accounting.wording import words
from .library import FactorLibrary
from .model import FactorSet


@dataclass(frozen=True, slots=True)
class Edition:
    """A set at its turn, and why it stands there; '' where its date played no part."""

    set_id: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Turns:
    """The sets of an order for one data year."""

    families: tuple[tuple[Edition, ...], ...]
    """editions that may answer, by document in the order of the profile"""
    later: tuple[Edition, ...]
    """editions that came into force after the data year, earliest first"""
    ended: tuple[str, ...]
    """editions out of force for longer than their max_age"""

    def ids(self) -> list[str]:
        """Return the sets that may answer, in turn."""
        return [edition.set_id for family in self.families for edition in family]


def turns(library: FactorLibrary, names: Sequence[str], year: int | None) -> Turns:
    """Return the sets of an order in the turn they have for a data year; without a year the order is kept."""
    families = _families([library.set(name) for name in dict.fromkeys(names)])
    if year is None:
        return Turns(tuple(tuple(Edition(one.id) for one in family) for family in families), (), ())
    today = date(year, 12, 31)
    later = [one for family in families for one in family if one.first_day > today]
    ended = [one for family in families for one in family if year - one.last_day.year > one.max_age]
    out = [_of_family(family, today) for family in families]
    return Turns(
        tuple(family for family in out if family),
        tuple(Edition(one.id, _later_words(one, year)) for one in sorted(later, key=lambda one: one.first_day)),
        tuple(one.id for one in ended),
    )


def _families(sets: Sequence[FactorSet]) -> list[list[FactorSet]]:
    """Put the editions of one document together, at the place of the first that the order names."""
    out: list[list[FactorSet]] = []
    for one in sets:
        own = next((family for family in out if any(_linked(one, other) for other in family)), None)
        if own is None:
            out.append([one])
        else:
            own.append(one)
    return out


def _linked(one: FactorSet, other: FactorSet) -> bool:
    return one.supersedes == other.id or other.supersedes == one.id


def _of_family(family: Sequence[FactorSet], today: date) -> tuple[Edition, ...]:
    if all(one.first_day == date.min and one.last_day == date.max for one in family):
        return tuple(Edition(one.id) for one in family)
    known = sorted((one for one in family if one.first_day <= today), key=lambda one: one.first_day, reverse=True)
    in_force = [one for one in known if one.last_day >= today]
    before = [one for one in known if one.last_day < today and today.year - one.last_day.year <= one.max_age]
    return tuple(
        [Edition(one.id, _force_words(one, today.year)) for one in in_force]
        + [Edition(one.id, _before_words(one)) for one in before]
    )


def _force_words(one: FactorSet, year: int) -> str:
    if not one.valid_from and one.year is not None and year < one.year:
        return words(
            f"{year} 年早于该版（{one.year} 年），更早的版本未收录，取所知最早的一版",
            f"{year} is before this edition ({one.year}); no earlier one is held, the earliest known is taken",
        )
    return words(f"{year} 年适用的版本（{span(one)}）", f"the edition in force in {year} ({span(one)})")


def _before_words(one: FactorSet) -> str:
    return words(
        f"现行版本未收该品种，沿用 {one.valid_to} 停用的版本（停用后 {one.max_age} 年内）",
        f"the edition in force lacks the carrier; the one that ended on {one.valid_to} is used (within {one.max_age} years)",
    )


def _later_words(one: FactorSet, year: int) -> str:
    return words(
        f"{year} 年适用的各集都未收该品种，取 {one.valid_from} 起适用的版本（假定）",
        f"no set in force in {year} holds the carrier; the edition in force from {one.valid_from} is taken (assumed)",
    )


def span(one: FactorSet) -> str:
    """Return the validity as 2021-04-01/…, …/2021-03-31, 2011/2015: no words, so that it stands in every language."""
    return f"{one.valid_from or '…'}/{one.valid_to or '…'}"

"""Looking figures up in a book of metrics when only part of the key is known.

What a plan leaves open (price year, vintage, definition) may be anything, but one rate never mixes two of them.
Of several vintages the one that has been checked longest wins; two definitions or scopes are ambiguous.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .metrics import MetricBook
from .steps import Term
from .units import factor
from .wording import Kind, coded, listed, words

OPEN = ("basis", "price_year", "gwp", "vintage", "definition")
"""parts of the key that a request may leave open; the others are '' unless asked for"""
VINTAGES = ("verified", "annual", "", "preliminary")
"""best first; a vintage not listed stands with ''"""


@dataclass(frozen=True, slots=True)
class Found:
    """One figure: its id, number and what the book says about it."""

    key: str
    value: float
    unit: str
    status: str
    evidence: str
    source: str
    qualifiers: Mapping[str, str]
    printed_in: str = ""
    """document that prints the number, for a base that stands in a plan and not in the book"""

    def term(self, name: str) -> Term:
        """Return the figure as a term of an equation."""
        ref = f"input:{self.printed_in}" if self.printed_in else f"figure:{self.key}"
        return Term(name, self.value, self.unit, ref)

    def converted(self, unit: str) -> Found:
        """Return the figure in another unit of the same kind. Raises UnitFault."""
        if self.unit == unit:
            return self
        return replace(self, value=self.value * factor(self.unit, unit), unit=unit)


@dataclass
class Lookup:
    """The book's figures by metric, entity and period; those of scenarios are left out."""

    book: MetricBook

    def _at(self, metric: str, entity: str, period: str) -> list[Found]:
        """The figures of one metric, place and period that have a value."""
        found = []
        for key in self.book.places.get((metric, entity, period), ()):
            row = self.book.rows[key]
            value = float(str(row["value"]))
            if row["scenario"] or math.isnan(value):
                continue
            qualifiers = {name: str(row[name]) for name in (*OPEN, "category", "sector", "item", "gas") if row[name]}
            words = (str(row["unit"]), str(row["status"]), str(row["evidence"]), str(row["source"]))
            found.append(Found(key, value, *words, qualifiers))
        return found

    def all(self, metric: str, entity: str, period: str, wanted: Mapping[str, str] | None = None) -> list[Found]:
        """Return every figure that fits: those that state what is wanted first, then by vintage."""
        asked = wanted or {}
        fitting = [found for found in self._at(metric, entity, period) if _fits(found.qualifiers, asked)]
        return sorted(fitting, key=lambda found: _rank(found, asked))

    def best(
        self,
        metric: str,
        entity: str,
        period: str,
        wanted: Mapping[str, str] | None = None,
        definitions: Sequence[str] = (),
    ) -> list[Found]:
        """Return the figures that rank first; more than one means that the request is ambiguous.

        `definitions` names accepted definitions; figures of another definition do not fit. Where one is asked for, figures
        that state it go first, else those that state none.
        """
        asked = wanted or {}
        stated = bool(definitions) or "definition" in asked
        fitting = [
            found
            for found in self.all(metric, entity, period, asked)
            if not definitions or found.qualifiers.get("definition", "") in ("", *definitions)
        ]
        ranks = [(bool(found.qualifiers.get("definition")) != stated, *_rank(found, asked)) for found in fitting]
        return [found for found, rank in zip(fitting, ranks, strict=True) if rank == min(ranks)]

    def together(
        self,
        metric: str,
        entity: str,
        periods: Sequence[str],
        wanted: Mapping[str, str] | None = None,
        definitions: Sequence[str] = (),
    ) -> list[list[Found]]:
        """Return `best` of every period; where these differ in vintage, of the best vintage that every period has.

        A rate between two periods is of one vintage: an older pair goes before a newer figure without a partner.
        """
        asked = wanted or {}
        best = [self.best(metric, entity, period, asked, definitions) for period in periods]
        if "vintage" in asked or len({vintage(found) for some in best for found in some}) < 2:
            return best
        for one in dict.fromkeys(vintage(found) for found in self.all(metric, entity, periods[-1], asked)):
            of_it = {**asked, "vintage": one}
            own = [self.best(metric, entity, period, of_it, definitions) for period in periods]
            if all(some and vintage(some[0]) == one for some in own):
                return own
        return best

    def term(self, name: str, metric: str, entity: str, period: str, **wanted: str) -> Term:
        """Return a term that points at the one figure that ranks first; without a value where there is none or several."""
        found = self.best(metric, entity, period, wanted)
        return found[0].term(name) if len(found) == 1 else self.book.term(name, metric, entity, period, **wanted)


def _fits(qualifiers: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Open parts may be unstated; the others must be what is asked, or '' where nothing is asked."""
    names = {*qualifiers, *wanted}
    return all(_part_fits(name, qualifiers.get(name, ""), wanted.get(name)) for name in names)


def _part_fits(name: str, value: str, asked: str | None) -> bool:
    if name in OPEN:
        return asked in (None, value) or not value
    return value == (asked or "")


def _rank(found: Found, wanted: Mapping[str, str]) -> tuple[int, int]:
    unstated = sum(name in OPEN and name not in found.qualifiers for name in wanted)
    return unstated, age(vintage(found))


def vintage(found: Found) -> str:
    """Return the vintage of a figure, '' where none is stated."""
    return found.qualifiers.get("vintage", "")


def age(name: str) -> int:
    """Return the place of a vintage in VINTAGES: 0 has been checked longest."""
    return VINTAGES.index(name) if name in VINTAGES else VINTAGES.index("")


AXES = {
    "definition": ("口径", "definition"), "vintage": ("版本", "vintage"), "price_year": ("价格基期", "price year"),
    "basis": ("折标方法", "method of conversion"),
}  # fmt: skip
"""what parts of a figure's key are called"""


def part_of_key(name: str, value: str) -> str:
    """Return how a part of a figure's key is said: 版本：年报数; a definition is a name by itself."""
    said = _value(name, value)
    return f"{words(*AXES[name])}：{said}" if name in AXES and name != "definition" else said


def _value(name: str, value: str) -> str:
    kind: Kind = "definition" if name == "definition" else "word"
    return coded(kind, value) or words("未注明", "not stated")


def vintage_name(name: str) -> str:
    """Return the wording of a vintage."""
    return _value("vintage", name)


def _apart(name: str, values: set[str]) -> str:
    return f"{words(*AXES[name])}：{listed(_value(name, value) for value in sorted(values))}"


def mixed(figures: Sequence[Found]) -> str:
    """Return which part of the key differs among figures that one rate would combine; '' when none does.

    A definition or vintage that is not stated differs from one that is; an unstated price year or basis does not.
    """
    for name in ("definition", "vintage", "price_year", "basis"):
        values = {found.qualifiers.get(name, "") for found in figures}
        if name in ("price_year", "basis"):
            values.discard("")
        if len(values) > 1:
            return _apart(name, values)
    return ""


def clash(figures: Sequence[Found]) -> str:
    """Return which stated part of the key differs among figures of one ratio or difference; '' when none does.

    Unlike `mixed`, an unstated part goes with any: a total computed here and a GDP that is final are one year's figures.
    """
    for name in ("vintage", "price_year", "basis"):
        values = {found.qualifiers.get(name, "") for found in figures} - {""}
        if len(values) > 1:
            return _apart(name, values)
    return ""


def span(first: int, last: int) -> str:
    """Return the period of a cumulative figure: `2016-2019` is from the start of 2016 to the end of 2019."""
    return f"{first}-{last}"

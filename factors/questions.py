"""From a million keys to the few thousand questions they ask.

Sector, place, year and attributes count only where the factors of the carrier depend on them. Keys are numbered column
by column, every axis is reduced to what counts, and the distinct combinations are the questions. No loop runs over keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..accounting.problems import Problem
from .answer import Answer, Answerer
from .library import FactorLibrary
from .messages import MESSAGES
from .model import BOILERS, Factor, FactorSet
from .narrow import Question, Refusal
from .profile import Profile
from .regions import RegionBook

KEYS = ("entity", "year", "sector", "flow", "item", "attributes", "unit", "quantity")
"""columns of `keys`, all text; unit is the canonical unit of the activity"""
Codes = npt.NDArray[np.int64]
T = TypeVar("T")
Axis = tuple[Codes, list[T]]
"""one number per row and the value each number stands for"""


@dataclass(frozen=True)
class Keys:
    """Keys without repeats, each column as numbers into its distinct values."""

    keys: pd.DataFrame
    numbers: dict[str, Codes]
    values: dict[str, list[str]]

    @classmethod
    def of(cls, keys: pd.DataFrame) -> Keys:
        """Number the columns KEYS and drop repeats. A key that stands with two units keeps both: each has its factor."""
        frame = keys.loc[:, list(KEYS)].reset_index(drop=True)
        numbers, values = _factorize(frame)
        first = ~pd.Series(_joint([numbers[name] for name in KEYS])).duplicated().to_numpy()
        if not first.all():
            frame = frame.loc[first].reset_index(drop=True)
            numbers = {name: column[first] for name, column in numbers.items()}
        return cls(frame, numbers, values)


def _factorize(frame: pd.DataFrame) -> tuple[dict[str, Codes], dict[str, list[str]]]:
    numbers, values = {}, {}
    for name in KEYS:
        codes, uniques = pd.factorize(frame[name].fillna(""))
        numbers[name], values[name] = codes.astype(np.int64), [str(value) for value in uniques]
    return numbers, values


def _joint(columns: Sequence[Codes]) -> Codes:
    """Number the distinct combinations of several code columns."""
    out = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        size = int(column.max()) + 1 if len(column) else 1
        out, _ = pd.factorize(out * size + column)
        out = out.astype(np.int64)
    return out


@dataclass(frozen=True, slots=True)
class _Relevance:
    """What the factors of an item depend on: only that is asked."""

    places: frozenset[str]
    dated: bool
    sectors: frozenset[str]
    technologies: frozenset[str]
    electricity: bool
    product: bool
    """a process source: a technology it declares always counts"""


@dataclass
class Asking:
    """The questions that the keys ask."""

    codes: Keys
    library: FactorLibrary
    profile: Profile
    regions: RegionBook
    answerer: Answerer

    @cached_property
    def _of_item(self) -> dict[str, list[tuple[FactorSet, Factor]]]:
        """The factors of the profile's sets by item."""
        out: dict[str, list[tuple[FactorSet, Factor]]] = {}
        for factor_set in map(self.library.set, self.profile.sets()):
            for factor in factor_set.factors:
                out.setdefault(factor.item, []).append((factor_set, factor))
        return out

    def problems(self) -> list[Problem]:
        """Return what is wrong with the keys themselves: unknown places, years that are none."""
        return [*self._bad_places(), *self._bad_years()]

    def run(self) -> tuple[Codes, list[Answer | Refusal]]:
        """Return the number of the answer of each key, and the answers."""
        answers: list[Answer | Refusal] = []
        out = np.zeros(len(self.codes.keys), dtype=np.int64)
        group = _joint([self.codes.numbers[name] for name in ("item", "quantity", "unit")])
        order = np.argsort(group, kind="stable")
        bounds = np.flatnonzero(np.diff(group[order])) + 1
        for rows in np.split(order, bounds):
            if len(rows):
                out[rows] = self._group(rows, answers)
        return out, answers

    def _group(self, rows: Codes, answers: list[Answer | Refusal]) -> Codes:
        """Answer all keys of one item, quantity and unit; append new answers."""
        item, quantity, unit = (self._value(name, rows[0]) for name in ("item", "quantity", "unit"))
        depends = self._relevance(item, quantity)
        (place, places), (year, years) = self._places(rows, depends), self._years(rows, depends)
        (group, sectors), (tag, tags) = self._sectors(rows, depends), self._tags(rows, depends)
        joint = _joint([place, year, group, tag])
        _, first, inverse = np.unique(joint, return_index=True, return_inverse=True)
        start = len(answers)
        for row in first:
            chain, province = places[place[row]]
            words, kind, unknown, known = tags[tag[row]]
            question = Question(
                item,
                quantity,
                unit,
                chain,
                province,
                years[year[row]],
                sectors[group[row]],
                words,
                kind,
                unknown,
                known,
            )
            answers.append(self.answerer.answer(question))
        return np.asarray(start + inverse, dtype=np.int64)

    def _value(self, name: str, row: int) -> str:
        return self.codes.values[name][int(self.codes.numbers[name][row])]

    # what counts ------------------------------------------------------------------------------------------------

    def _relevance(self, item: str, quantity: str) -> _Relevance:
        """Look through every factor that may play a part: of the item, its bridge's carriers, and its heat value."""
        factors = [pair for name in self._closure(item) for pair in self._of_item.get(name, ())]
        places = {factor.region or factor_set.region for factor_set, factor in factors}
        dated = any(factor.year is not None or one.valid_from or one.valid_to for one, factor in factors)
        for mix in self.answerer.mixes:
            places.add(mix.region)
            dated = dated or mix.year is not None
        for entry in self.profile.fixed:
            places.add(entry.entity or "CN")
            dated = dated or entry.year is not None
        carrier = self.library.carriers.get(item)
        return _Relevance(
            frozenset(places), dated,
            frozenset(factor.sector for _, factor in factors if factor.sector),
            frozenset(f.technology for _, f in factors if f.technology and f.quantity == quantity),
            carrier is not None and "electricity" in carrier.groups and quantity in ("co2", "co2e"),
            item in self.library.products,
        )  # fmt: skip

    def _closure(self, item: str) -> set[str]:
        items, waiting = set[str](), [item]
        while waiting:
            name = waiting.pop()
            if name in items:
                continue
            items.add(name)
            bridge = self.profile.bridges.get(name)
            if bridge is not None:
                waiting += [word for word in (bridge.item, *bridge.of, *bridge.components) if word]
                waiting += [word for mix in self.answerer.mixes if mix.name == bridge.from_workspace for word in mix.of]
        return items

    # axes: (number of the value per row, values) ------------------------------------------------------------------

    def _places(self, rows: Codes, depends: _Relevance) -> Axis[tuple[tuple[str, ...], str]]:
        declared = self.profile.electricity
        if depends.electricity and declared is not None and declared.region:
            return _one(rows, ((declared.region,), ""))
        if depends.places <= {"CN", "WORLD"}:
            return _one(rows, (("CN", "WORLD"), ""))
        pairs, pair_of_row = self._pairs(rows, "entity", "year")
        values = [self._chain(entity, year, depends) for entity, year in pairs]
        return _distinct(pair_of_row, values)

    def _chain(self, entity: str, year: str, depends: _Relevance) -> tuple[tuple[str, ...], str]:
        walk = self.regions.chain(entity, _year(year))
        province = self.regions.province(entity) if depends.electricity else ""
        kept = tuple(place for place in walk if place in depends.places or place in ("CN", "WORLD", province))
        return kept, province

    def _years(self, rows: Codes, depends: _Relevance) -> Axis[int | None]:
        if not depends.dated:
            return _one(rows, None)
        return _distinct(self.codes.numbers["year"][rows], [_year(text) for text in self.codes.values["year"]])

    def _sectors(self, rows: Codes, depends: _Relevance) -> Axis[tuple[str, ...]]:
        if not depends.sectors:
            return _one(rows, ())
        pairs, pair_of_row = self._pairs(rows, "sector", "flow")
        modes = [attributes(text).get("mode", "") for text in self.codes.values["attributes"]]
        mode_of_row, distinct_modes = _distinct(self.codes.numbers["attributes"][rows], modes)
        joint, inverse = np.unique(pair_of_row * len(distinct_modes) + mode_of_row, return_inverse=True)
        size = len(distinct_modes)
        values = [self._labels(pairs[code // size], distinct_modes[code % size], depends) for code in joint]
        return _distinct(inverse.astype(np.int64), values)

    def _labels(self, row: tuple[str, str], mode: str, depends: _Relevance) -> tuple[str, ...]:
        """A row with `mode` is a mobile source: it takes the factors of its mode and no stationary ones."""
        labels = (mode,) if mode else self.library.sectors.labels(*row)
        return tuple(word for word in labels if word in depends.sectors)

    def _tags(self, rows: Codes, depends: _Relevance) -> Axis[tuple[frozenset[str], str, str, tuple[str, ...]]]:
        """Return what a row says of its technology, the kind of factor it asks for, and a technology nobody knows."""
        if not (depends.technologies or depends.electricity or depends.product):
            return _one(rows, (frozenset(), "", "", ()))
        values = []
        for text in self.codes.values["attributes"]:
            pairs = attributes(text)
            tags = frozenset(pairs.values()) & depends.technologies
            kind = pairs.get("ef_kind", "") if depends.electricity else ""
            values.append((tags, kind, *_unknown(pairs, depends)))
        return _distinct(self.codes.numbers["attributes"][rows], values)

    def _pairs(self, rows: Codes, one: str, other: str) -> tuple[list[tuple[str, str]], Codes]:
        left, right = self.codes.numbers[one][rows], self.codes.numbers[other][rows]
        size = len(self.codes.values[other])
        joint, inverse = np.unique(left * size + right, return_inverse=True)
        names = self.codes.values
        return [(names[one][code // size], names[other][code % size]) for code in joint], inverse

    # what is wrong with the keys themselves -------------------------------------------------------------------------

    def _bad_places(self) -> list[Problem]:
        unknown = [entity for entity in self.codes.values["entity"] if not self.regions.knows(entity)]
        near = {entity: "、".join(map(self.regions.label, self.regions.near(entity))) or "-" for entity in unknown}
        return [MESSAGES.problem("REGION-UNKNOWN", "", entity, near[entity]) for entity in unknown]

    def _bad_years(self) -> list[Problem]:
        bad = [text for text in self.codes.values["year"] if text and _year(text) is None]
        return [MESSAGES.problem("YEAR-UNKNOWN", "", text) for text in bad]


def _unknown(declared: Mapping[str, str], depends: _Relevance) -> tuple[str, tuple[str, ...]]:
    """Return the first technology or boiler type that nobody knows, with those that are known; "" where there is none.

    A type of boiler without a factor of its own (stoker) takes the general value: only a word that is no type is refused.
    """
    if not (depends.technologies or depends.product):
        return "", ()
    for key, more in (("technology", ()), ("boiler_type", BOILERS)):
        word, known = declared.get(key, ""), {*depends.technologies, *more}
        if word and word not in known:
            return word, tuple(sorted(known))
    return "", ()


def attributes(text: str) -> dict[str, str]:
    """Return the attributes of a row (`key=value;key=value`)."""
    pairs = (part.partition("=") for part in text.split(";") if part.strip())
    return {key.strip(): value.strip() for key, _, value in pairs}


def _year(text: str) -> int | None:
    return int(text) if len(text) == 4 and text.isdigit() else None


def _one(rows: Codes, value: T) -> Axis[T]:
    """An axis that does not count."""
    return np.zeros(len(rows), dtype=np.int64), [value]


def _distinct(numbers: Codes, values: Sequence[T]) -> Axis[T]:
    """Merge the numbers whose values are equal."""
    place: dict[Any, int] = {}
    merged = np.array([place.setdefault(value, len(place)) for value in values], dtype=np.int64)
    return merged[numbers], list(place)

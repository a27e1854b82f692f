"""A target asked about in one year, and the search for the figure that answers.

Nothing is put in for what is missing: a figure of another definition, scope or kind of unit is refused by name, and
the refusal carries what is missing in both languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from .metric_lookup import OPEN, Found, Lookup, part_of_key
from .models import Title
from .steps import Term
from .target_models import Plan, Target
from .units import UnitFault
from .wording import coded, listed

Words = tuple[str, str]
"""a remark in Chinese and English"""


class Named(Protocol):
    """Anything with a Chinese and an English name, such as an entry of metrics.yaml."""

    @property
    def zh(self) -> str:
        """The Chinese name."""

    @property
    def en(self) -> str:
        """The English name."""


Names = Mapping[str, Named]
"""metric id -> names, for sentences; an id without them is printed as it is"""

LOOKALIKES = {
    "coal_consumption": "coal_consumption_above_size",
    "coal_consumption_above_size": "coal_consumption",
}
"""figures of another scope that look like an answer and are none"""
PUBLISHED_LEVEL = {"energy_total": "energy_total_published", "energy_intensity": "energy_intensity_published"}


@dataclass(frozen=True, slots=True)
class Question:
    """One target asked about in one year; once it was due it is asked about in its target year."""

    plan: Plan
    target: Target
    entity: str
    year: int
    lookup: Lookup
    names: Names = field(default_factory=dict)
    asked: int = 0
    """a later year that was asked about, for information; 0 = none"""

    @property
    def base_year(self) -> int:
        """Year the target starts from."""
        return self.target.base_year or self.plan.base_year

    @property
    def end(self) -> int:
        """Year the target falls due."""
        return self.target.target_year or self.plan.period[1]

    @property
    def first(self) -> int:
        """First year that counts."""
        return self.base_year + 1

    @property
    def final(self) -> bool:
        """Whether the target is due."""
        return self.year >= self.end

    @property
    def begun(self) -> bool:
        """Whether the first year that counts has come."""
        return self.year >= self.first

    def when_due(self) -> Question:
        """Return the question at the target year where a later year is asked: later figures never judge it."""
        return replace(self, year=self.end, asked=self.year) if self.year > self.end else self

    @property
    def wanted(self) -> dict[str, str]:
        """Parts of the key the figures must not contradict; rates of an intensity stand at the plan's prices."""
        prices = str(self.plan.price_year or self.base_year)
        rates_at = {"price_year": prices} if self.target.kind == "cumulative_pct" else {}
        return {**rates_at, **self.target.qualifiers}

    def named(self, metrics: Iterable[str]) -> list[Named]:
        """Return the names of metrics; an id without one stands for itself."""
        return [self.names.get(metric, Title(zh=metric, en=metric)) for metric in metrics]

    def held_against(self) -> int:
        """Return the year whose level the result must not fall behind (hold_level, trend); 0 where there is none."""
        if self.target.kind == "trend":
            return self.year - 1
        printed = self.target.value is not None or self.target.base_value is not None
        return self.base_year if self.target.kind == "hold_level" and not printed else 0

    def by_definition(self) -> list[Question]:
        """Return the question once for each accepted definition, the preferred one first."""
        one_each = [self.target.model_copy(update={"definitions": [name]}) for name in self.target.definitions]
        return [replace(self, target=target) for target in one_each] or [self]


@dataclass(frozen=True, slots=True)
class Actual:
    """A result, or the reason why there is none."""

    value: float | None
    equation: str = ""
    terms: tuple[Term, ...] = ()
    evidence: str = ""
    source: str = ""
    reason: str = ""
    missing: Words = ("", "")
    remarks: tuple[Words, ...] = ()
    definition: str = ""
    """dated definition of the figures used"""


class LackError(Exception):
    """No figure answers; carries the reason code and what is missing."""

    def __init__(self, reason: str, zh: str, en: str) -> None:
        self.reason, self.missing = reason, (zh, en)
        super().__init__(en)


class MixedError(LackError):
    """Figures exist, but of several definitions, vintages or price years."""


def figure(question: Question, metrics: Sequence[str], period: str, unit: str) -> Found:
    """Return the figure of the first metric that has one, in `unit`. Raises LackError."""
    target = question.target
    for metric in metrics:
        found = question.lookup.best(metric, question.entity, period, question.wanted, target.definitions)
        if len(found) > 1:
            keys = listed(coded("figure", item.key) for item in found)
            raise LackError(
                "definition_break", f"有多个口径的数，需在规划中指明口径：{keys}", f"several definitions: {keys}"
            )
        if found:
            return in_unit(found[0], unit)
    raise _why_not(question, metrics, period)


def figures(question: Question, metric: str, periods: Sequence[str], unit: str) -> list[Found]:
    """Return a figure a period, all of one vintage where there is one that every period has. Raises LackError."""
    definitions = question.target.definitions
    found = question.lookup.together(metric, question.entity, periods, question.wanted, definitions)
    if all(len(some) == 1 for some in found):
        return [in_unit(some[0], unit) for some in found]
    return [figure(question, (metric,), period, unit) for period in periods]


def in_unit(found: Found, unit: str) -> Found:
    """Return a figure in another unit of its kind. Raises LackError unit_mismatch."""
    try:
        return found.converted(unit)
    except UnitFault:
        text = f"{coded('figure', found.key)}：{coded('unit', found.unit)} ≠ {coded('unit', unit)}"
        raise LackError("unit_mismatch", f"单位不可换算：{text}", f"units cannot be converted: {text}") from None


def _why_not(question: Question, metrics: Sequence[str], period: str) -> LackError:
    lookup, target = question.lookup, question.target
    fixed = {name: value for name, value in target.qualifiers.items() if name not in OPEN}
    for metric in metrics:
        others = lookup.all(metric, question.entity, period, fixed)
        if others:
            return _other_definition(target, question.wanted, others)
        twin = LOOKALIKES.get(metric, "")
        if twin and lookup.all(twin, question.entity, period):
            return _other_scope(question, twin, metric)
    return no_data(question, metrics, [period])


def _other_scope(question: Question, twin: str, metric: str) -> LackError:
    kept, asked = question.named([twin, metric])
    return LackError(
        "scope_mismatch", f"只有“{kept.zh}”，统计范围与目标不同，不能代替“{asked.zh}”",
        f"only “{kept.en}”, whose scope differs from the target's “{asked.en}”",
    )  # fmt: skip


def _other_definition(target: Target, wanted: Mapping[str, str], others: Sequence[Found]) -> LackError:
    kept = listed(sorted({part_of_key(*pair) for item in others for pair in item.qualifiers.items()}))
    asked = listed(
        [*(coded("definition", one) for one in target.definitions), *(part_of_key(*pair) for pair in wanted.items())]
    )
    return LackError(
        "definition_break",
        f"只有口径 {kept} 的数，目标口径为 {asked}",
        f"only {kept}; the target is in {asked}",
    )


def no_data(question: Question, metrics: Iterable[str], periods: Sequence[str]) -> LackError:
    """Return the lack of figures of some metrics in some years, named for a reader."""
    titles = question.named(metrics)
    zh, en = " 或 ".join(title.zh for title in titles), " or ".join(title.en for title in titles)
    return LackError("no_data", f"缺 {'、'.join(periods)} 年数据：{zh}", f"no figure for {', '.join(periods)}: {en}")


def level(question: Question, year: int) -> Found:
    """Return the level of a year, the published one first. Raises LackError."""
    return figure(question, level_names(question.target.metric), str(year), question.target.unit)


def levels(question: Question, years: Sequence[int]) -> list[Found]:
    """Return the level of every year: of one metric and vintage where there is one, else each year's best. Raises LackError."""
    for name in level_names(question.target.metric):
        try:
            return figures(question, name, [str(year) for year in years], question.target.unit)
        except LackError:
            continue
    return [level(question, year) for year in years]


def level_names(metric: str) -> tuple[str, ...]:
    """Return the metrics that may give a level, the published one first."""
    published = PUBLISHED_LEVEL.get(metric)
    return (published, metric) if published else (metric,)

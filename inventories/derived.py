"""Figures a report needs that are no metric: shares, differences, cells, sums. Each is recorded as a step.

A report asks here and never computes: the number and the step that `explain` shows are made together. Recording is
idempotent: an id that a run knows already keeps its value. Steps go to `Results.steps`; tables stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isnan
from typing import Any

from ..accounting.figure_id import metric_id
from ..accounting.steps import Step, Term
from ..accounting.wording import coded, words
from .evidence import FigureLevels, LineLevels, of_splits
from .results import Results

PER_CENT = "%"


@dataclass
class Derived:
    """The figures of one run, with what is recorded on the way."""

    results: Results
    levels: FigureLevels
    steps: dict[str, Step] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    """metrics by figure id"""

    @classmethod
    def of(cls, results: Results) -> Derived:
        """Index the metrics and steps of a run."""
        records = [{str(name): value for name, value in row.items()} for row in results.metrics.to_dict("records")]
        rows = {metric_id(row): row for row in records}
        steps = dict(results.steps_by_figure)
        splits = of_splits(results.workspace.inventory)
        lines = LineLevels(results.lines, results.factor_parts, results.activity, results.line_inputs, splits)
        known = {key: str(row["evidence"]) for key, row in rows.items()}
        return cls(results, FigureLevels(steps, known, lines), steps, rows)

    def __contains__(self, figure: str) -> bool:
        return figure in self.steps

    def value(self, figure: str) -> float | None:
        """Return a value; None where it is missing or unknown."""
        step = self.steps.get(figure)
        return None if step is None or step.value is None or isnan(step.value) else step.value

    def unit(self, figure: str) -> str:
        """Return the unit of a known figure, '' else."""
        return self.steps[figure].unit if figure in self.steps else ""

    def term(self, figure: str, name: str = "") -> Term:
        """Return a term that points at a figure."""
        return Term(name or coded("figure", figure), self.value(figure), self.unit(figure), f"figure:{figure}")

    def put(
        self,
        figure: str,
        value: float | None,
        unit: str,
        equation: str,
        terms: Sequence[Term] = (),
        *,
        rule: str = "",
        evidence: str = "",
    ) -> str:
        """Record a figure with its step and return its id. Evidence is the weakest of the terms unless given."""
        if figure not in self.steps:
            step = Step(figure, equation, tuple(terms), value, unit, rule)
            self.steps[figure] = step
            self.results.steps.append(step)
        if evidence:
            self.levels.known.setdefault(figure, evidence)
        return figure

    def evidence(self, figure: str) -> str:
        """Return the weakest level a figure rests on, '' where nothing limits it."""
        return self.levels.of(figure)

    def missing(self, figure: str, reason: str, unit: str = "") -> str:
        """Record that a figure is not available, and why."""
        return self.put(figure, None, unit, words("暂缺", "not available"), rule=reason)

    def total(self, figure: str, parts: Sequence[str], equation: str, unit: str = "") -> str:
        """Record a sum of figures; missing parts make it missing."""
        values = [self.value(part) for part in parts]
        known = [value for value in values if value is not None]
        value = sum(known) if known and len(known) == len(values) else None
        unit = unit or (self.unit(parts[0]) if parts else "")
        return self.put(figure, value, unit, equation, [self.term(part) for part in parts])

    def difference(self, figure: str, one: str, other: str, equation: str) -> str:
        """Record one - other."""
        left, right = self.value(one), self.value(other)
        value = None if left is None or right is None else left - right
        return self.put(figure, value, self.unit(one), equation, [self.term(one), self.term(other)])

    def put_rest(self, figure: str, whole: str, parts: Sequence[str]) -> str:
        """Record what is left of a whole after its known parts; missing where any of them is."""
        values = [self.value(name) for name in (whole, *parts)]
        known = [value for value in values if value is not None]
        rest = known[0] - sum(known[1:]) if len(known) == len(values) else None
        terms = [self.term(name) for name in (whole, *parts)]
        return self.put(figure, rest, self.unit(whole), words("总量 - 各项之和", "total - sum of the parts"), terms)

    def share(self, figure: str, part: str, whole: str, equation: str) -> str:
        """Record part / whole in per cent."""
        value = self._ratio(part, whole)
        terms = [self.term(part), self.term(whole)]
        return self.put(figure, None if value is None else 100 * value, PER_CENT, f"{equation} x 100", terms)

    def growth(self, figure: str, now: str, before: str, equation: str) -> str:
        """Record the change of `now` against `before` in per cent."""
        value = self._ratio(now, before)
        terms = [self.term(now), self.term(before)]
        return self.put(figure, None if value is None else 100 * (value - 1), PER_CENT, equation, terms)

    def negated(self, figure: str, other: str, equation: str) -> str:
        """Record -other: what a balance prints as an input, said as a consumption."""
        value = self.value(other)
        return self.put(figure, None if value is None else -value, self.unit(other), equation, [self.term(other)])

    def term_of(self, figure: str, of: str, number: int) -> str:
        """Record one term of another figure's step as a figure of its own."""
        step = self.steps[of]
        term = step.terms[number]
        return self.put(figure, term.value, term.unit, term.name, [term], evidence=self.evidence(of))

    def _ratio(self, above: str, below: str) -> float | None:
        top, bottom = self.value(above), self.value(below)
        return None if top is None or not bottom else top / bottom

"""The book of metrics of one run: every named number with the step that made it.

Modules that compute add to the book; modules that judge and print read from it. Adding the same key twice is our
fault unless the later row is of another status (a published value beside a computed one), which the key's
`vintage` and `definition` keep apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan

import pandas as pd

from .figure_id import figure_id
from .problems import InternalError
from .steps import Step, Term
from .tables import METRIC_KEY, METRICS
from .wording import coded, marked, words

RECOMPUTED = "recomputed"
"""scenario of a computed figure that was also entered"""


@dataclass
class MetricBook:
    """Metrics and steps, in the order they were made."""

    rows: dict[str, dict[str, object]] = field(default_factory=dict)
    places: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    """(metric, entity, period) -> figure ids, so that nobody searches the book"""
    steps: list[Step] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Mapping[str, Mapping[str, object]]) -> MetricBook:
        """Return a book of finished figures (by id), to look things up in."""
        book = cls(rows={key: dict(row) for key, row in rows.items()})
        for key, row in rows.items():
            place = (str(row["metric"]), str(row["entity"]), str(row["period"]))
            book.places.setdefault(place, []).append(key)
        return book

    def add(
        self,
        metric: str,
        value: float | None,
        unit: str,
        *,
        entity: str,
        period: str,
        equation: str,
        terms: Sequence[Term] = (),
        rule: str = "",
        status: str = "computed",
        evidence: str = "",
        source: str = "",
        note: str = "",
        **qualifiers: str,
    ) -> str:
        """Record one computed metric with its step; return its figure id. A value of None is kept as 暂缺.

        Where the same metric was entered, that figure holds and ours is recorded under the scenario `recomputed`.
        """
        key = figure_id(metric, entity, period, **qualifiers)
        entered = key if key in self.rows and self.rows[key]["status"] != "computed" else ""
        if entered:
            # what was entered outranks our number, which is kept beside it
            qualifiers = {**qualifiers, "scenario": RECOMPUTED}
            key = figure_id(metric, entity, period, **qualifiers)
        if key in self.rows:
            raise InternalError(f"the metric {key} is computed twice")
        self.places.setdefault((metric, entity, period), []).append(key)
        self.rows[key] = {
            **{name: "" for name in METRIC_KEY},
            **qualifiers,
            "entity": entity,
            "period": period,
            "metric": metric,
            "value": float("nan") if value is None else float(value),
            "unit": unit,
            "status": status,
            "evidence": evidence,
            "source": source or f"computed:{metric}",
            "note": note,
        }
        self.steps.append(Step(key, equation, tuple(terms), value, unit, rule))
        return entered or key

    def take(self, frame: pd.DataFrame) -> None:
        """Take in metrics that were read (reported, published): their step is the input cell."""
        for row in METRICS.conform(frame).to_dict("records"):
            qualifiers = {name: str(row[name]) for name in METRIC_KEY if name not in ("entity", "period", "metric")}
            key = figure_id(str(row["metric"]), str(row["entity"]), str(row["period"]), **qualifiers)
            if key in self.rows:
                raise InternalError(f"the metric {key} is read twice")
            self.places.setdefault((str(row["metric"]), str(row["entity"]), str(row["period"])), []).append(key)
            self.rows[key] = {str(name): value for name, value in row.items()}
            document = str(row["document"])
            named = document if marked(document) else coded("document", document)
            said = "；".join(text for text in (named, str(row["note"])) if text)
            term = Term(said or str(row["metric"]), float(row["value"]), str(row["unit"]), f"input:{row['source']}")
            self.steps.append(Step(key, words("读入", "read"), (term,), float(row["value"]), str(row["unit"])))

    def value(self, metric: str, entity: str, period: str, **qualifiers: str) -> float | None:
        """Return a value, or None where the book has none."""
        row = self.rows.get(figure_id(metric, entity, period, **qualifiers))
        number = float(str(row["value"])) if row else float("nan")
        return None if isnan(number) else number

    def term(self, name: str, metric: str, entity: str, period: str, **qualifiers: str) -> Term:
        """Return a term that points at a metric of the book."""
        key = figure_id(metric, entity, period, **qualifiers)
        row = self.rows.get(key)
        unit = str(row["unit"]) if row else ""
        return Term(name, self.value(metric, entity, period, **qualifiers), unit, f"figure:{key}")

    def evidence(self, figures: Iterable[str], order: Sequence[str]) -> str:
        """Return the weakest evidence of several figures; `order` is strongest first."""
        found = [str(self.rows[key]["evidence"]) for key in figures if key in self.rows]
        known = [word for word in found if word in order]
        return max(known, key=order.index, default="")

    def frame(self) -> pd.DataFrame:
        """Return the metrics table."""
        return METRICS.conform(pd.DataFrame(list(self.rows.values()), columns=METRICS.names))

"""Results of a run: the tables a report, a test or a person reads. Nothing here computes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from ..accounting.problems import ProblemList
from ..accounting.splitting import Split
from ..accounting.steps import Step, by_figure
from ..accounting.tables import (
    ACTIVITY,
    CHECKS,
    COEFFICIENTS,
    FACTOR_PARTS,
    LINE_INPUTS,
    LINES,
    METRICS,
    RESIDUALS,
    TABLES,
    UNCOUNTED,
    VERDICTS,
)
from ..factors.library import FactorLibrary
from . import line_parts, places, splits
from .frame import Book
from .names import Names
from .rows import Rows
from .workspace.workspace import Workspace

COEFFICIENT_KEY = ("account", "entity", "year", "sector", "flow", "item", "quantity")
"""what a ledger line (its year from the period) tells of the key its coefficient was asked for"""


@dataclass
class Results:
    """Everything one run found. Tables are those of accounting/tables.py."""

    workspace: Workspace
    library: FactorLibrary | None = None
    """carriers, places and factors the run was computed with; None = those of the package"""
    activity: pd.DataFrame = field(default_factory=ACTIVITY.empty)
    coefficients: pd.DataFrame = field(default_factory=COEFFICIENTS.empty)
    factor_parts: pd.DataFrame = field(default_factory=FACTOR_PARTS.empty)
    lines: pd.DataFrame = field(default_factory=LINES.empty)
    line_inputs: pd.DataFrame = field(default_factory=LINE_INPUTS.empty)
    metrics: pd.DataFrame = field(default_factory=METRICS.empty)
    verdicts: pd.DataFrame = field(default_factory=VERDICTS.empty)
    uncounted: pd.DataFrame = field(default_factory=UNCOUNTED.empty)
    residuals: pd.DataFrame = field(default_factory=RESIDUALS.empty)
    checks: pd.DataFrame = field(default_factory=CHECKS.empty)
    steps: list[Step] = field(default_factory=list)
    problems: ProblemList = field(default_factory=ProblemList)
    options: dict[str, Any] = field(default_factory=dict)
    """what the run was asked for: engine, require_evidence, profile overrides"""
    rows: Rows | None = None
    """ledgers of the single rows of large sources; None where there are none, and in a run that was read back"""
    factors: list[dict[str, Any]] = field(default_factory=list)
    """every factor used: id, set title, document, table, parts, evidence (for the annex and `explain`)"""

    @cached_property
    def numbers(self) -> dict[tuple[str, str], list[int]]:
        """Rows of `factor_parts` behind every line, by account and line id."""
        pairs = line_parts.used(self.lines, self.factor_parts, self.activity, self.line_inputs)
        return line_parts.by_line(self.lines, pairs)

    @cached_property
    def parts(self) -> list[dict[str, Any]]:
        """`factor_parts` as records."""
        return [{str(name): value for name, value in row.items()} for row in self.factor_parts.to_dict("records")]

    @cached_property
    def chosen(self) -> dict[tuple[str, ...], list[dict[str, Any]]]:
        """Coefficients as records by COEFFICIENT_KEY: those of one key differ in attributes, unit and factor."""
        out: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row in self.coefficients.to_dict("records"):
            key = tuple(str(row[name]) for name in COEFFICIENT_KEY)
            out.setdefault(key, []).append({str(name): value for name, value in row.items()})
        return out

    @cached_property
    def _chosen(self) -> pd.DataFrame:
        return self.coefficients.drop_duplicates("factor_id").set_index("factor_id")

    def reasons(self, lang: str) -> dict[str, str]:
        """Why a factor was chosen (`coefficients.matched_on`), by factor id: that of its first key."""
        reasons = self._chosen["matched_on" if lang == "zh" else "matched_on_en"]
        return dict(zip(reasons.index.astype(str), reasons.astype(str), strict=True))

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name, in the order of accounting/tables.py."""
        return {name: getattr(self, name) for name in TABLES}

    @cached_property
    def names(self) -> Names:
        """Names of codes, with those of the places that the workspace declares."""
        return Names.of_workspace(self.workspace, self.library or FactorLibrary.bundled())

    @cached_property
    def splits(self) -> list[Split]:
        """The declared splits of the run, in the order in which they applied."""
        library, inventory = self.library or FactorLibrary.bundled(), self.workspace.inventory
        return splits.of(inventory, Book.of(library), places.book(inventory, library), self.activity)

    @property
    def steps_by_figure(self) -> dict[str, Step]:
        """Steps by the figure they explain."""
        return by_figure(self.steps)

    def value(self, figure: str) -> float | None:
        """Return the value of a figure id, None where it is missing. Raises KeyError for an unknown figure."""
        step = self.steps_by_figure.get(figure)
        if step is None:
            raise KeyError(figure)
        return step.value

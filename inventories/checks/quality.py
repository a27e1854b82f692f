"""Data quality of a computed account: closure, entered figures, recovered energy, allocation, age; and what the reviewer's
checks (review.py) tell. Each finding names its number and its limit.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from ...accounting.energy import WAN
from ...accounting.energy_table import EnergyTable
from ...accounting.metrics import RECOMPUTED
from ...accounting.problems import Problem, Where
from ...accounting.review import Compared, problems
from ...accounting.tables import METRIC_KEY
from ...accounting.wording import coded, listed, placed
from .. import documents
from ..results import Results
from ..run_messages import MESSAGES
from . import inputs

CLOSURE = 0.05
"""in units of the printed table"""
HEADS = {"closure": ("final", "supply")}
"""check -> rows at which a reader begins; the other checks are about their own header"""
ENTERED = 0.005
"""relative difference between an entered figure and ours from which it is told; the limit is ours"""


def check(results: Results, tables: Sequence[EnergyTable], compared: Sequence[Compared]) -> list[Problem]:
    """Return the findings for every place and year of a run; `compared` are the reviewer's comparisons."""
    found = [*_closure(results), *_entered(results), *_recovered(results), *_reviewed(results, compared)]
    for table in tables:
        found += _gas_works(table)
    found += inputs.check(results.workspace.inventory, results.activity, results.metrics)
    return [*found, *documents.thin(results), *_age(results)]


def place(row: Mapping[Hashable, Any], *more: str) -> str:
    """Return the codes of a place, year and carrier for a sentence."""
    return placed(row["entity"], row["period"], *more, coded("carrier", row["item"]))


def _closure(results: Results) -> Iterator[Problem]:
    bad = results.residuals[results.residuals["residual"].abs() > CLOSURE]
    for row in bad.to_dict("records"):
        what = f"{place(row)}（{coded('word', row['check'])}）"
        heads = HEADS.get(str(row["check"]), (str(row["check"]).removesuffix("_sum"),))
        where = _cell(results, row, heads, str(row["item"]))
        yield MESSAGES.problem("DQ-CLOSURE", where, what, f"{row['residual']:.2f} {row['unit']}")


def _cell(results: Results, row: Mapping[Hashable, Any], flows: Sequence[str], item: str = "") -> Where:
    """The address of the first of the rows `flows` that the place prints, of its largest cell where no carrier is given."""
    rows = results.activity
    rows = rows[(rows["entity"] == row["entity"]) & (rows["period"] == row["period"]) & (rows["sector"] == "")]
    rows = rows[rows["item"] == item] if item else rows
    rows = rows.assign(standard=rows["attributes"].str.contains("table=standard", regex=False))
    for flow in flows:
        own = rows[rows["flow"] == flow].sort_values("quantity", key=abs, ascending=False, kind="stable")
        if len(own):
            return Where.parse(str(own.sort_values("standard", kind="stable")["source"].iloc[0]))
    return Where()


def _reviewed(results: Results, compared: Sequence[Compared]) -> Iterator[Problem]:
    """What the reviewer's comparisons tell; an efficiency is found at the row of its process."""
    for one in compared:
        for told in problems([one]):
            if told.code == "DQ-EFFICIENCY":
                yield replace(told, where=_cell(results, {"entity": one.entity, "period": one.period}, [one.flow]))
            else:
                yield told


def _entered(results: Results) -> Iterator[Problem]:
    """Figures that were entered and that the tables give differently."""
    metrics = results.metrics
    on = [name for name in METRIC_KEY if name != "scenario"]
    ours = metrics[metrics["scenario"] == RECOMPUTED]
    both = ours.merge(metrics[metrics["scenario"] == ""], on=on, suffixes=("", "_entered"))
    gap = (both["value"] / both["value_entered"] - 1).abs()
    for row in both[gap > ENTERED].to_dict("records"):
        what = place(row, coded("metric", row["metric"]))
        given, found = (f"{row[name]:.10g} {row['unit']}" for name in ("value_entered", "value"))
        yield MESSAGES.problem("DQ-ENTERED", row["source_entered"], given, found, what=what)


def _recovered(results: Results) -> Iterator[Problem]:
    left_out = results.uncounted[results.uncounted["reason"] == "recovered_energy"]
    for (entity, period), own in left_out.groupby(["entity", "period"], sort=True):
        names = listed(coded("carrier", item) for item in own["item"])
        size = f"{own['size'].sum() / WAN:.1f}"
        yield MESSAGES.problem("DQ-RECOVERED", Where(), names, size, label=placed(entity, period))


def _gas_works(table: EnergyTable) -> Iterator[Problem]:
    own, final = table.cell("final/D45", "raw_coal", "physical"), table.net_of(["raw_coal"], "final_physical")
    if final and own / final > 0.1:
        label = placed(table.entity, table.period)
        yield MESSAGES.problem("DQ-ALLOC", Where(), f"{own / 1e4:.1f}", f"{100 * own / final:.1f} %", label=label)


def _age(results: Results) -> Iterator[Problem]:
    report, years = results.workspace.inventory.report.date, pd.Series(results.workspace.inventory.years)
    if int(report[:4]) - int(years.max()) > 2:
        yield MESSAGES.problem("DQ-AGE", Where(file="inventory.yaml"), int(years.max()), report)

"""A computed account beside its own other years and its own second approach (a reviewer's checks).

Limits are data of this module, recalled from practice: efficiencies within 3 points of the year before; implied
standard-coal coefficients within a range of the default and within 5 % of the year before; reference and sectoral
approach within 5 %.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from ...accounting.energy_table import EnergyTable
from ...accounting.problems import Problem, Where
from ...accounting.wording import coded, listed, placed
from ..audit_messages import MESSAGES
from ..results import Results

EFFICIENCY = 3.0
"""percentage points"""
COEFFICIENT_JUMP = 0.05
RANGE = {"oil": 0.1, "gas": 0.3}
"""group -> relative distance from the default coefficient; liquid fuels vary little, coal and gases by origin"""
RANGE_ELSE = 0.4
APPROACH = 5.0
"""per cent"""
SUMMED = ("final", "transform", "supply")


def check(results: Results, tables: Sequence[EnergyTable]) -> list[Problem]:
    """Return the findings of a run."""
    return [*_efficiencies(results.metrics), *_coefficients(results, tables), *_approaches(results.metrics)]


def _efficiencies(metrics: pd.DataFrame) -> Iterator[Problem]:
    rows = _with_before(metrics[metrics["metric"] == "conversion_efficiency"], ["entity", "category"], "value")
    for row in rows[(rows["value"] - rows["before"]).abs() > EFFICIENCY].to_dict("records"):
        label = placed(row["entity"], row["period"], coded("flow", row["category"]))
        now, then = f"{row['value']:.1f} %", f"{row['before']:.1f} %"
        yield MESSAGES.problem("DQ-EFFICIENCY-JUMP", Where(), now, then, label=label)


def _with_before(rows: pd.DataFrame, key: list[str], column: str) -> pd.DataFrame:
    """Add `before`: the value of the year before; rows without one leave."""
    yearly = rows[rows["period"].str.fullmatch(r"\d{4}")]
    last = yearly.assign(period=(yearly["period"].astype("int64") + 1).astype("str"))
    last = last[[*key, "period", column]].rename(columns={column: "before"})
    return yearly.merge(last, on=[*key, "period"])


def _coefficients(results: Results, tables: Sequence[EnergyTable]) -> Iterator[Problem]:
    """Standard over physical quantity of each carrier, where the place prints both."""
    printed = results.activity["attributes"].str.contains("table=standard", regex=False)
    if not printed.any():
        return
    both = set(results.activity.loc[printed, "item"])
    frame = pd.DataFrame([one for table in tables for one in _implied(table, both)], columns=_COLUMNS)
    frame = frame.merge(_defaults(results.coefficients), on="item", how="left")
    away = (frame["implied"] / frame["default"] - 1).abs()
    for row in frame[away > frame["limit"]].to_dict("records"):
        shown, wanted = f"{row['implied']:.4g}", f"{row['default']:.4g}"
        yield MESSAGES.problem(
            "DQ-COEFFICIENT", Where(), shown, wanted, label=row["label"], unit=f"tce/{row['unit']}",
            limit=f"{100 * row['limit']:.0f}",
        )  # fmt: skip
    jumps = _with_before(frame, ["entity", "item"], "implied")
    for row in jumps[(jumps["implied"] / jumps["before"] - 1).abs() > COEFFICIENT_JUMP].to_dict("records"):
        shown, wanted = f"{row['implied']:.4g}", f"{row['before']:.4g}"
        yield MESSAGES.problem(
            "DQ-COEFFICIENT-JUMP", Where(), shown, wanted, label=row["label"], unit=f"tce/{row['unit']}"
        )


_COLUMNS = ["entity", "period", "item", "implied", "unit", "limit", "label"]


def _implied(table: EnergyTable, items: set[str]) -> Iterator[tuple[str, str, str, float, str, float, str]]:
    """The coefficient of the largest header row a carrier has in both tables."""
    for item in sorted(items & set(table.physical.columns)):
        cells = [(abs(table.cell(node, item, "physical")), node) for node in SUMMED]
        size, node = max(cells)
        tce = table.cell(node, item)
        if size > 0 and tce and table.units.get(item, "tce") != "tce":
            limit = next((RANGE[group] for group in RANGE if item in table.groups.get(group, ())), RANGE_ELSE)
            label = placed(table.entity, table.period, coded("carrier", item))
            yield table.entity, table.period, item, abs(tce) / size, table.units[item], limit, label


def _defaults(coefficients: pd.DataFrame) -> pd.DataFrame:
    """The default coefficient of each carrier in the energy account."""
    rows = coefficients[(coefficients["account"] == "energy") & (coefficients["value"] > 0)]
    return rows.groupby("item")["value"].median().rename("default").reset_index()


def _approaches(metrics: pd.DataFrame) -> Iterator[Problem]:
    rows = metrics[metrics["metric"] == "co2_approach_difference"]
    for row in rows[(rows["category"] == "") & (rows["value"].abs() > APPROACH)].to_dict("records"):
        same = (rows["entity"] == row["entity"]) & (rows["period"] == row["period"]) & (rows["category"] != "")
        fuels = listed(
            f"{coded('word', name)} {value:+.1f} %"
            for name, value in zip(rows[same]["category"], rows[same]["value"], strict=True)
        )
        label = placed(row["entity"], row["period"])
        yield MESSAGES.problem(
            "DQ-APPROACH", Where(), f"{row['value']:+.1f}", f"{APPROACH:g}", label=label, items=fuels or "—"
        )

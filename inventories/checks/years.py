"""A computed account beside its own other years and its own second approach (checks 4, 5 and 11 of a reviewer).

Ranges are those of data/rules/reviewer_checks.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from ...accounting.energy_table import EnergyTable
from ...accounting.problems import Where
from ...accounting.review import Compared
from ...accounting.wording import coded, listed, placed
from ..audit_messages import MESSAGES
from ..results import Results
from ..review_rules import limits

SUMMED = ("final", "transform", "supply")
GROUPS = ("oil", "gas")
"""groups of carriers whose coefficients have a range of their own; liquid fuels vary little, coal and gases by origin"""
OTHER = "other"


def compare(results: Results, tables: Sequence[EnergyTable]) -> list[Compared]:
    """Return the comparisons of a run with its own years and approaches."""
    return [*_efficiencies(results.metrics), *_coefficients(results, tables), *_approaches(results.metrics)]


def _efficiencies(metrics: pd.DataFrame) -> Iterator[Compared]:
    rows = _with_before(metrics[metrics["metric"] == "conversion_efficiency"], ["entity", "category"], "value")
    low, high = limits("efficiency_jump")
    for row in rows.to_dict("records"):
        label = placed(row["entity"], row["period"], coded("flow", row["category"]))
        now, then = f"{row['value']:.1f} %", f"{row['before']:.1f} %"
        told = MESSAGES.problem("DQ-EFFICIENCY-JUMP", Where(), now, then, label=label, limit=f"{high:g}")
        yield Compared(
            "efficiency_jump", row["value"] - row["before"], low, high, row["entity"], row["period"],
            flow=row["category"], problem=told,
        )  # fmt: skip


def _with_before(rows: pd.DataFrame, key: list[str], column: str) -> pd.DataFrame:
    """Add `before`: the value of the year before; rows without one leave."""
    yearly = rows[rows["period"].str.fullmatch(r"\d{4}")]
    last = yearly.assign(period=(yearly["period"].astype("int64") + 1).astype("str"))
    last = last[[*key, "period", column]].rename(columns={column: "before"})
    return yearly.merge(last, on=[*key, "period"])


def _coefficients(results: Results, tables: Sequence[EnergyTable]) -> Iterator[Compared]:
    """Standard over physical quantity of each carrier, where the place prints both."""
    printed = results.activity["attributes"].str.contains("table=standard", regex=False)
    if not printed.any():
        return
    both = set(results.activity.loc[printed, "item"])
    frame = pd.DataFrame([one for table in tables for one in _implied(table, both)], columns=_COLUMNS)
    frame = frame.merge(_defaults(results.coefficients), on="item", how="left")
    for row in frame[frame["default"].notna()].to_dict("records"):
        shown, wanted = f"{row['implied']:.4g}", f"{row['default']:.4g}"
        low, high = limits("coefficient", row["group"])
        told = MESSAGES.problem(
            "DQ-COEFFICIENT", Where(), shown, wanted, label=row["label"], unit=f"tce/{row['unit']}", limit=f"{high:g}"
        )
        away = 100 * (row["implied"] / row["default"] - 1)
        yield Compared("coefficient", away, low, high, row["entity"], row["period"], row["item"], problem=told)
    low, high = limits("coefficient_jump")
    for row in _with_before(frame, ["entity", "item"], "implied").to_dict("records"):
        shown, wanted = f"{row['implied']:.4g}", f"{row['before']:.4g}"
        told = MESSAGES.problem(
            "DQ-COEFFICIENT-JUMP",
            Where(),
            shown,
            wanted,
            label=row["label"],
            unit=f"tce/{row['unit']}",
            limit=f"{high:g}",
        )
        change = 100 * (row["implied"] / row["before"] - 1)
        yield Compared("coefficient_jump", change, low, high, row["entity"], row["period"], row["item"], problem=told)


_COLUMNS = ["entity", "period", "item", "implied", "unit", "group", "label"]


def _implied(table: EnergyTable, items: set[str]) -> Iterator[tuple[str, str, str, float, str, str, str]]:
    """The coefficient of the largest header row a carrier has in both tables."""
    for item in sorted(items & set(table.physical.columns)):
        cells = [(abs(table.cell(node, item, "physical")), node) for node in SUMMED]
        size, node = max(cells)
        tce = table.cell(node, item)
        if size > 0 and tce and table.units.get(item, "tce") != "tce":
            group = next((group for group in GROUPS if item in table.groups.get(group, ())), OTHER)
            label = placed(table.entity, table.period, coded("carrier", item))
            yield table.entity, table.period, item, abs(tce) / size, table.units[item], group, label


def _defaults(coefficients: pd.DataFrame) -> pd.DataFrame:
    """The default coefficient of each carrier in the energy account."""
    rows = coefficients[(coefficients["account"] == "energy") & (coefficients["value"] > 0)]
    return rows.groupby("item")["value"].median().rename("default").reset_index()


def _approaches(metrics: pd.DataFrame) -> Iterator[Compared]:
    rows = metrics[metrics["metric"] == "co2_approach_difference"]
    low, high = limits("approach")
    for row in rows[(rows["category"] == "") & rows["value"].notna()].to_dict("records"):
        same = (rows["entity"] == row["entity"]) & (rows["period"] == row["period"]) & (rows["category"] != "")
        fuels = listed(
            f"{coded('word', name)} {value:+.1f} %"
            for name, value in zip(rows[same]["category"], rows[same]["value"], strict=True)
        )
        label = placed(row["entity"], row["period"])
        told = MESSAGES.problem(
            "DQ-APPROACH", Where(), f"{row['value']:+.1f}", f"{high:g}", label=label, items=fuels or "—"
        )
        yield Compared("approach", row["value"], low, high, row["entity"], row["period"], problem=told)

"""The reviewer's fourteen checks of a run, as one table: passed, found (how many, the worst), or not possible and why.

What each compares lies in review_account.py, years.py and readers/audit_identities.py; titles, ranges and needs in
data/rules/reviewer_checks.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isinf
from typing import Literal

import pandas as pd

from ...accounting.energy_table import EnergyTable
from ...accounting.review import NOT_POSSIBLE, Compared, outcome
from ...accounting.tables import CHECKS
from ...accounting.wording import coded, listed, words
from ..codes import flows, sectors
from ..names import Names
from ..results import Results
from ..review_rules import Bound, Check, Need, bounds, checks
from . import review_account, years

ONE_VINTAGE = words("同一版本的相邻两年数", "figures of two successive years in one vintage")
"""what lacks where every input is there and nothing could be compared"""


def compare(results: Results, tables: Sequence[EnergyTable], parents: Mapping[str, str]) -> list[Compared]:
    """Return the comparisons of a computed account; those of figures that were read come with the reading."""
    return [
        *review_account.of_tables(tables, results.metrics),
        *review_account.of_metrics(results.metrics, parents),
        *years.compare(results, tables),
    ]


def table(results: Results, compared: Sequence[Compared], parents: Mapping[str, str], names: Names) -> pd.DataFrame:
    """Return tables.CHECKS: one row a bound, in the order of the checks."""
    own: dict[str, list[Compared]] = {}
    for one in compared:
        own.setdefault(one.bound, []).append(one)
    rows = [
        _row(check, bound, own.get(bound.id, []), results, parents, names)
        for check in checks()
        for bound in check.bounds
    ]
    return CHECKS.conform(pd.DataFrame(rows, columns=CHECKS.names))


def _row(
    check: Check, bound: Bound, compared: Sequence[Compared], results: Results, parents: Mapping[str, str], names: Names
) -> dict[str, object]:  # fmt: skip
    found = outcome(compared)
    lacking = missing(check.needed(bound), results, parents) if found.status == NOT_POSSIBLE else ""
    told = dict.fromkeys(one.problem.code for one in compared if one.exceeds and one.problem is not None)
    worst = found.worst
    return {
        "check": bound.id, "number": check.number, "status": found.status, "tested": found.tested, "found": found.found,
        "codes": " ".join(told or ([bound.code] if found.found else [])), "unit": bound.unit, "evidence": str(bounds()[bound.id].evidence),
        "missing_zh": names.text(lacking, "zh"), "missing_en": names.text(lacking, "en"),
        **({name: getattr(worst, name) for name in ("entity", "period", "item", "flow")} if worst else {}),
        **({name: _end(getattr(worst, name)) for name in ("low", "high")} if worst else {}),
        "worst": worst.value if worst else float("nan"),
    }  # fmt: skip


def _end(value: float) -> float:
    """A range without an end has a blank there."""
    return float("nan") if isinf(value) else value


def missing(needs: Sequence[Need], results: Results, parents: Mapping[str, str]) -> str:
    """Return what a check lacks, in words: the inputs that no table of the run holds."""
    lacking = [_name(need) for need in needs if not _there(need, results, parents)]
    return listed(lacking) if lacking else ONE_VINTAGE


def _there(need: Need, results: Results, parents: Mapping[str, str]) -> bool:
    activity, metrics = results.activity, results.metrics
    if need.metric or need.below or need.vintages:
        return _read(need, metrics[metrics["value"].notna()], results.workspace.inventory.entity, parents)
    if need.flow:
        return bool(activity["flow"].isin(_with_parts(need.flow)).any())
    if need.sector or need.part_of:
        final = set(activity.loc[activity["flow"] == "final", "sector"])
        below = {one.id for one in sectors().codes.values() if one.parent == need.part_of}
        return bool(final & ({need.sector} if need.sector else below))
    return bool(need.attribute) and bool(activity["attributes"].str.contains(need.attribute, regex=False).any())


def _read(need: Need, metrics: pd.DataFrame, home: str, parents: Mapping[str, str]) -> bool:
    if need.vintages:
        return int((metrics["vintage"].unique() != "").sum()) >= need.vintages
    rows = metrics[metrics["metric"].isin((need.metric or need.below).split("|"))]
    return (
        bool(rows["entity"].map(lambda place: parents.get(str(place)) == home).any()) if need.below else len(rows) > 0
    )


def _with_parts(flow: str) -> list[str]:
    """Return flows joined by |, with those below them."""
    wanted = set(flow.split("|"))
    return [one.id for one in flows().codes.values() if one.id in wanted or one.parent in wanted]


def _name(need: Need) -> str:
    """Return an input in words."""
    if need.metric or need.flow:
        kind: Literal["metric", "flow"] = "metric" if need.metric else "flow"
        return words("或", " or ").join(coded(kind, name) for name in (need.metric or need.flow).split("|"))
    if need.sector or need.part_of:
        whole = (
            words("终端消费合计", ", final consumption")
            if need.sector
            else words("分行业终端消费", " by branch, final consumption")
        )
        return coded("sector", need.sector or need.part_of) + whole
    said = {
        "attribute": ("标准量能源平衡表", "an energy balance in coal equivalent"),
        "below": ("下级地区的能源消费总量", "energy consumption of the places below"),
        "vintages": ("同一指标的第二个数据版本", "a second vintage of a figure"),
    }
    known = next((pair for name, pair in said.items() if getattr(need, name)), None)
    if known is None and need.nothing is not None:
        known = need.nothing.zh, need.nothing.en
    return words(*known) if known else ""

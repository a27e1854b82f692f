"""Published figures that must agree: energy, GDP and intensity; totals and increments; vintages of one figure.

Checks 1, 2 and 13 of a reviewer ((1+E)/(1+G)-1 against the published change of intensity; growth of electricity and of
energy, fall of intensity; figures in several vintages) are compared with the ranges of data/rules/reviewer_checks.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ...accounting.problems import Problem
from ...accounting.review import Compared
from ...accounting.wording import coded, listed, words
from ..audit_messages import MESSAGES
from ..review_rules import limits
from .sums import Label

GROWTH = 0.1
"""percentage points by which growth printed to one decimal may differ from that of the totals"""
INCREMENT = 1.5
"""in the unit of the totals, which are printed to whole numbers"""
DEFLATOR = (-6.0, 15.0)
"""per cent a year: price change that current-price GDP and real growth may imply"""
TOTALS = ("energy_total_published", "energy_total")
METRICS = (
    *TOTALS, "gdp_growth", "gdp_current", "energy_intensity_change_published", "energy_intensity_change",
    "energy_increment", "energy_growth", "electricity_consumption",
)  # fmt: skip
KEY = ["entity", "scenario"]
Row = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """One metric in two successive years of one vintage and basis."""

    now: float
    before: float
    cells: tuple[str, ...]

    @property
    def growth(self) -> float:
        """Growth in per cent."""
        return 100 * (self.now / self.before - 1) if self.before else float("nan")


def identities(frame: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield what published figures of one place contradict each other in, beside the reviewer's comparisons."""
    for series in _places(frame):
        yield from _increments(series, label)
        yield from _deflator(series, label)
    yield from vintages(_yearly(frame), label)


def compare(frame: pd.DataFrame, label: Label) -> list[Compared]:
    """Return the reviewer's comparisons of figures that were read (checks 1, 2, 13)."""
    found: list[Compared] = []
    for series in _places(frame):
        found += [*_intensity(series, label), *_electricity(series, label), *_fall(series, label)]
    return [*found, *_revisions(_yearly(frame))]


def _yearly(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["period"].str.fullmatch(r"\d{4}") & frame["value"].notna()]


def _places(frame: pd.DataFrame) -> Iterator[_Series]:
    rows = _yearly(frame)
    for _, own in rows[rows["metric"].isin(METRICS)].groupby(KEY, sort=False):
        yield _Series([{str(name): cell for name, cell in row.items()} for row in own.to_dict("records")])


class _Series:
    """Yearly rows of one place by metric and year, as plain records: they are few and looked up often."""

    def __init__(self, rows: list[Row]) -> None:
        self.by_metric: dict[str, list[Row]] = {}
        for row in rows:
            self.by_metric.setdefault(str(row["metric"]), []).append(row)

    def rows(self, *names: str) -> list[Row]:
        """Return the rows of the first metric that is there."""
        return next((self.by_metric[name] for name in names if name in self.by_metric), [])

    def pairs(self, year: str, *names: str) -> list[Pair]:
        """Return the metric in a year and the year before, once for every vintage, basis and category that has both."""
        rows, last = self.rows(*names), str(int(year) - 1)
        before = {_series_of(row): row for row in rows if row["period"] == last}
        now = [(row, before[_series_of(row)]) for row in rows if row["period"] == year and _series_of(row) in before]
        return [Pair(float(a["value"]), float(b["value"]), (str(a["source"]), str(b["source"]))) for a, b in now]


def _series_of(row: Row) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("vintage", "basis", "definition", "category", "item", "sector"))


def _nearest(published: float, implied: list[tuple[float, tuple[str, ...]]]) -> tuple[float, tuple[str, ...]] | None:
    return min(implied, key=lambda one: abs(one[0] - published), default=None)


def _compared(bound: str, value: float, row: Row, problem: Problem | None = None) -> Compared:
    return Compared(bound, value, *limits(bound), str(row["entity"]), str(row["period"]), problem=problem)


def _limit(bound: str) -> str:
    return f"{limits(bound)[1]:g}"


def _intensity(series: _Series, label: Label) -> Iterator[Compared]:
    """The published change of intensity is (1+E)/(1+G)-1 of the published energy and growth, in one of the vintages."""
    for row in series.rows("energy_intensity_change_published"):
        implied = [
            (100 * ((1 + pair.growth / 100) / (1 + growth["value"] / 100) - 1), (*pair.cells, str(growth["source"])))
            for pair in series.pairs(row["period"], *TOTALS)
            for growth in series.rows("gdp_growth")
            if growth["period"] == row["period"] and growth["value"] > -100
        ]
        near = _nearest(float(row["value"]), implied)
        if near:
            told = _differs("DQ-IDENTITY", row, f"{near[0]:.2f}", near[1], label, _limit("identity"))
            yield _compared("identity", float(row["value"]) - near[0], row, told)


def _increments(series: _Series, label: Label) -> Iterator[Problem]:
    """Increment and growth of energy are those of the totals."""
    for name, limit in (("energy_increment", INCREMENT), ("energy_growth", GROWTH)):
        for row in series.rows(name):
            pairs = series.pairs(row["period"], *TOTALS)
            implied = [(p.growth if name == "energy_growth" else p.now - p.before, p.cells) for p in pairs]
            near = _nearest(float(row["value"]), implied)
            if near and abs(near[0] - row["value"]) > limit:
                yield _differs("DQ-INCREMENT", row, f"{near[0]:.6g}", near[1], label)


def _deflator(series: _Series, label: Label) -> Iterator[Problem]:
    for row in series.rows("gdp_growth"):
        implied = [
            (100 * ((1 + pair.growth / 100) / (1 + row["value"] / 100) - 1), pair.cells)
            for pair in series.pairs(row["period"], "gdp_current")
            if row["value"] > -100
        ]
        near = _nearest(0.0, implied)
        low, high = DEFLATOR
        if near and not low <= near[0] <= high:
            limits, cells = f"{low:g}…{high:g}", _others(row, near[1])
            yield MESSAGES.problem(
                "DQ-DEFLATOR", row["source"], f"{near[0]:.1f}", limits, label=label(row), cells=cells
            )


def _electricity(series: _Series, label: Label) -> Iterator[Compared]:
    for row in series.rows("electricity_consumption"):
        power = series.pairs(row["period"], "electricity_consumption")
        for one in power[:1]:
            implied = [(pair.growth, pair.cells) for pair in series.pairs(row["period"], *TOTALS)]
            near = _nearest(one.growth, implied)
            if near:
                cells, limit = _others(row, (*one.cells, *near[1])), _limit("electricity_growth")
                told = MESSAGES.problem(
                    "DQ-ELECTRICITY", row["source"], f"{one.growth:.1f}", f"{near[0]:.1f}", label=label(row), cells=cells, limit=limit
                )  # fmt: skip
                yield _compared("electricity_growth", one.growth - near[0], row, told)


def _fall(series: _Series, label: Label) -> Iterator[Compared]:
    for row in series.rows("energy_intensity_change_published", "energy_intensity_change"):
        fall, limit = -float(row["value"]), _limit("intensity_fall")
        told = MESSAGES.problem("DQ-INTENSITY-FALL", row["source"], f"{fall:.4g}", limit, label=label(row))
        yield _compared("intensity_fall", fall, row, told)


def _revisions(rows: pd.DataFrame) -> Iterator[Compared]:
    """Every figure that stands in several vintages: its change from the earlier to the later one, in per cent.

    What is told stands once for a metric (`vintages`).
    """
    same = [name for name in rows.columns if name not in _NOT_KEY]
    stated = rows[rows["vintage"] != ""]
    for _, own in stated[stated.duplicated(same, keep=False)].groupby(same, sort=False):
        order = own.sort_values("vintage", key=lambda names: names.map(rank), kind="stable")
        first, last = order.iloc[0], order.iloc[-1]
        change = 100 * (last["value"] / first["value"] - 1) if first["value"] else 0.0
        yield _compared("vintage", float(change), {str(name): cell for name, cell in last.items()})


def rank(vintage: str) -> int:
    """Return how late a vintage is; one nobody knows is the latest."""
    return VINTAGES.index(vintage) if vintage in VINTAGES else len(VINTAGES)


VINTAGES = ("first", "preliminary", "annual", "verified", "census")
"""from the first release to the last revision"""


def _differs(code: str, row: Row, implied: str, cells: tuple[str, ...], label: Label, limit: str = "") -> Problem:
    return MESSAGES.problem(
        code, row["source"], f"{row['value']:.10g}", implied, label=label(row), cells=_others(row, cells), limit=limit
    )


def _others(row: Row, cells: tuple[str, ...]) -> str:
    """Name the other cells; the problem itself stands at the row's own."""
    own, _, _ = str(row["source"]).rpartition("!")
    others = [cell for cell in dict.fromkeys(cells) if cell != row["source"]]
    return ", ".join(cell.removeprefix(f"{own}!") for cell in others)


def vintages(rows: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield one note per metric that stands in two vintages with different numbers for a year."""
    same = [name for name in rows.columns if name not in _NOT_KEY]
    revised = rows["metric"].isin(rows.loc[rows["vintage"] != "", "metric"].unique())
    twice = rows[revised][rows[revised].duplicated(same, keep=False)]
    for _, own in twice.groupby([name for name in same if name != "period"], sort=False):
        years = [
            f"{year}: " + " / ".join(f"{value:.10g}" for value in part["value"])
            for year, part in own.sort_values(["period", "vintage"]).groupby("period")
            if part["value"].nunique() > 1
        ]
        if years:
            last = own.sort_values(["period", "vintage"]).iloc[-1]
            names = listed(
                coded("word", name) or words("未注明", "not stated") for name in sorted(own["vintage"].unique())
            )
            yield MESSAGES.problem("DQ-VINTAGE", last["source"], names, "; ".join(years), label=label(last))


_NOT_KEY = ("value", "unit", "status", "evidence", "source", "document", "note", "vintage")

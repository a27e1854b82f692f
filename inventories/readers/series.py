"""The series layout: one named number a row (GDP, population, published intensity ...), as rows of `metrics`.

The unit of a row must be of the metric's kind and is converted into the metric's unit. `亿元（2015年价）` says the
price year inside the unit. The document of a row stands before that of the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from ...accounting import units
from ...accounting.models import Evidence
from ...accounting.problems import Problem, Where
from ...accounting.tables import METRIC_KEY, METRICS
from ...accounting.wording import words
from ..codes import Metric, carriers, metrics, sectors
from ..messages import MESSAGES
from ..workspace.source_models import VINTAGES
from .columns import Long, address, long_table, need
from .grid import Grid
from .part import Context, Part, book_finder, lookup, numbers, periods, scaled_twice

FIELDS = (
    "metric", "entity", "period", "value", "unit", "basis", "category", "sector", "item", "gas", "scenario",
    "price_year", "gwp", "vintage", "definition", "status", "evidence", "source", "note", "source_en", "note_en",
)  # fmt: skip
STATUS = ("reported", "published", "assumed", "projected")
_CHOICES = {
    "basis": ("calorific", "equivalent"),
    "status": STATUS,
    "evidence": tuple(Evidence),
    "gwp": ("SAR", "AR4", "AR5", "AR6"),
}
_BASIS = {"当量": "calorific", "当量值": "calorific", "等价": "equivalent", "等价值": "equivalent"}
_PRICE = re.compile(r"[(（,，]?\s*(\d{4})\s*年?\s*(?:不变|可比)?\s*(?:价格|价|prices?)\s*[)）]?", re.I)


def read(grid: Grid, context: Context) -> Part:
    """Return the metrics of a series table."""
    part = Part()
    table = long_table(grid, context, FIELDS, part)
    if table is None or not need(table, grid, _needed(table, context), part):
        return part
    frame = _ids(table, grid, context, part)
    frame = frame[(frame["metric"] != "") & (frame["period"] != "") & (frame["entity"] != "")]
    frame = _values(frame, table, grid, context, part)
    part.metrics = METRICS.conform(frame[[name for name in METRICS.names if name in frame]])
    return part


def _needed(table: Long, context: Context) -> list[str]:
    unit = [] if context.source.unit or table.unit_in.get("value") else ["unit"]
    return ["metric", "value", *([] if context.source.period else ["period"]), *unit]


def _text(table: Long, field: str, default: str = "") -> pd.Series:
    if field in table.frame:
        return table.frame[field].where(table.frame[field] != "", default)
    return pd.Series(default, index=table.frame.index, dtype="str")


def _ids(table: Long, grid: Grid, context: Context, part: Part) -> pd.DataFrame:
    frame = pd.DataFrame({name: _text(table, name) for name in METRIC_KEY}, index=table.frame.index)
    book = metrics()
    frame["metric"] = lookup(
        frame["metric"], book_finder(book), book.suggest, "METRIC-UNKNOWN", address(table, grid, "metric"), part
    )
    for row in frame.index[(_text(table, "metric") == "") & (_text(table, "value") != "")]:
        part.problems.add(MESSAGES.problem("CELL-MISSING", address(table, grid, "metric")(row), "", "metric"))
    find, suggest = context.entities.find, context.entities.suggest
    own = lookup(frame["entity"], find, suggest, "ENTITY-UNKNOWN", address(table, grid, "entity"), part)
    frame["entity"] = own.where(frame["entity"] != "", context.entity)
    own = periods(frame["period"], address(table, grid, "period"), part, spans=True)
    frame["period"] = own.where(frame["period"] != "", context.source.period)
    gap = (frame["metric"] != "") & (frame["period"] == "") & (_text(table, "period") == "")
    for row in frame.index[gap & (_text(table, "value") != "")]:
        part.problems.add(MESSAGES.problem("CELL-MISSING", address(table, grid, "period")(row), "", "period"))
    for name, book_of in (("item", carriers()), ("sector", sectors())):
        code = "ITEM-UNKNOWN" if name == "item" else "SECTOR-UNKNOWN"
        at = address(table, grid, name)
        frame[name] = lookup(frame[name], book_finder(book_of), book_of.suggest, code, at, part)
    frame["status"] = _text(table, "status", "reported")
    frame["evidence"] = _text(table, "evidence", str(context.source.evidence))
    frame["basis"] = frame["basis"].replace(_BASIS)
    frame["vintage"] = _text(table, "vintage", context.source.vintage).replace(VINTAGES)
    _check(frame, table, grid, part)
    document = _worded(table, "source", context.source.document)
    return frame.assign(document=document, note=_worded(table, "note"))


def _worded(table: Long, field: str, default: str = "") -> pd.Series:
    """A text of each row: wording where the table gives an English column too."""
    own, english = _text(table, field), _text(table, f"{field}_en")
    both = [words(zh, en) if zh and en else zh or en or default for zh, en in zip(own, english, strict=True)]
    return pd.Series(both, index=own.index, dtype="str")


def _check(frame: pd.DataFrame, table: Long, grid: Grid, part: Part) -> None:
    for name, choices in _CHOICES.items():
        for row in frame.index[(frame[name] != "") & ~frame[name].isin(choices)]:
            where = address(table, grid, name)(row)
            part.problems.add(MESSAGES.problem("CHOICE", where, frame.at[row, name], ", ".join(choices)))


def _values(frame: pd.DataFrame, table: Long, grid: Grid, context: Context, part: Part) -> pd.DataFrame:
    column = table.columns.get("value", 0)
    frame = frame.assign(row=frame.index, column=column, text=_text(table, "value").reindex(frame.index))
    frame = numbers(grid, frame, context, part)
    for row in frame.index[frame["notation"] != ""]:
        part.problems.add(MESSAGES.problem("CELL-NUMBER", grid.where(int(row), column), frame.at[row, "text"]))
    frame = frame[frame["notation"] == ""]
    texts = _text(table, "unit", table.unit_in.get("value") or context.source.unit).reindex(frame.index)
    # 7.0% is per cent whatever the unit column says; of an amount it is nothing
    whole = frame["percent"] & ~texts.isin(["", "%"]) & (texts != "1")
    for row in frame.index[whole]:
        part.problems.add(MESSAGES.problem("CELL-NUMBER", grid.where(int(row), column), frame.at[row, "text"]))
    frame, texts = frame[~whole], texts[~whole]
    scaled_twice(frame.assign(unit=texts.map(_counted)), grid, part)
    frame = _prices(frame.assign(written=texts.where(~frame["percent"], "%")))
    factor = _factors(frame, table, grid, part)
    equivalent = frame["written"].str.contains("_eq|等价", regex=True)
    return frame.assign(
        value=frame["value"] * factor,
        unit=frame["metric"].map({code: metrics()[code].unit for code in frame["metric"].unique()}),
        basis=frame["basis"].where((frame["basis"] != "") | ~equivalent, "equivalent"),
        source=grid.addresses(frame["row"], frame["column"]),
    )


def _counted(text: str) -> str:
    """The unit as the registry writes it, as far as it knows it: `10^4 …` where it counts in 万."""
    try:
        return units.canonical(_PRICE.sub("", text).strip())
    except units.UnitFault:
        return ""


def _prices(frame: pd.DataFrame) -> pd.DataFrame:
    """Move a price year from the unit into its own column."""
    found = frame["written"].str.extract(_PRICE.pattern, flags=re.I)[0].fillna("")
    year = frame["price_year"].where(frame["price_year"] != "", found)
    return frame.assign(price_year=year, written=frame["written"].str.replace(_PRICE, "", regex=True).str.strip())


def _factors(frame: pd.DataFrame, table: Long, grid: Grid, part: Part) -> pd.Series:
    """Return the number each value is multiplied by to be in its metric's unit, told once per metric and unit."""
    at = address(table, grid, "unit")
    keys = frame["metric"] + "\t" + frame["written"]
    factors: dict[str, float] = {}
    for key in keys.unique():
        code, _, text = str(key).partition("\t")
        problem = _unit_problem(text, metrics()[code])
        factors[str(key)] = (
            float("nan") if problem else units.factor(_in_metric(text, metrics()[code]), metrics()[code].unit)
        )
        part.problems.extend(problem(at(row)) for row in frame.index[keys == key] if problem)
    return keys.map(factors).astype("float64")


def _in_metric(text: str, metric: Metric) -> str:
    """Return the canonical unit in which a value is given, as the metric can convert it."""
    given = units.canonical(text)
    return given if units.same_kind(given, metric.unit) else _as_metric(given)


def _unit_problem(text: str, metric: Metric) -> Callable[[Where], Problem] | None:
    """Return what makes the problem of a unit at an address, or None where the unit fits the metric."""
    if not text:
        return lambda where: MESSAGES.problem("UNIT-MISSING", where, f"{metric.zh} {metric.en}")
    try:
        units.factor(_in_metric(text, metric), metric.unit)
    except units.UnitFault as error:
        fault = units.UnitFault("UNIT-KIND", text, metric.unit) if error.code == "UNIT-KIND" else error
        return fault.problem
    return None


def _as_metric(given: str) -> str:
    """A metric names its gas and its method itself: `10^4 tCO2` is 10^4 t of it, `tce_eq` is tce with a basis."""
    return re.sub(r"CO2$|CO2(?=/)", "", given).replace("tce_eq", "tce").replace("gce_eq", "gce")

"""The tables everything stands on: columns, types, units and keys.

Tidy pandas frames; a row never loses the address it came from (`source`). Text columns hold `''` for "none",
number columns hold NaN. See docs/tables for a page a table; a test keeps the pages and this file together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from .problems import InternalError

TEXT, NUMBER, INTEGER = "text", "number", "integer"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, kind (text, number, 64-bit integer), unit and meaning."""

    name: str
    kind: str = TEXT
    doc: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order and the columns that make a row unique."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    doc: str = ""

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]

    def empty(self) -> pd.DataFrame:
        """Return the table without rows, with the right types."""
        return _empty(self).copy()

    def conform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return `frame` with exactly this table's columns and types; missing ones are added empty.

        Raises InternalError for a column the table does not know: a silently dropped column would be lost data.
        """
        unknown = [name for name in frame.columns if name not in self.names]
        if unknown:
            raise InternalError(f"table {self.name} has no column {unknown}")
        out = {column.name: _typed(frame, column) for column in self.columns}
        return pd.DataFrame(out, index=frame.index).reset_index(drop=True)


DTYPES: dict[str, Any] = {TEXT: pd.StringDtype(na_value=float("nan")), NUMBER: "float64", INTEGER: "int64"}
BLANKS: dict[str, Any] = {TEXT: "", NUMBER: float("nan"), INTEGER: 0}


def _typed(frame: pd.DataFrame, column: Column) -> pd.Series:
    if column.name not in frame.columns:
        blank: pd.Series = pd.Series(BLANKS[column.kind], index=frame.index, dtype=DTYPES[column.kind])
        return blank
    series = frame[column.name]
    if series.dtype == DTYPES[column.kind] and not (column.kind == TEXT and series.hasnans):
        return series
    if column.kind == TEXT:
        return series.astype("str").where(series.notna(), "").astype("str")
    return series.astype("int64") if column.kind == INTEGER else pd.to_numeric(series).astype("float64")


@cache
def _empty(table: Table) -> pd.DataFrame:
    return table.conform(pd.DataFrame(columns=table.names))


def _text(*names_docs: tuple[str, str]) -> tuple[Column, ...]:
    return tuple(Column(name, TEXT, doc) for name, doc in names_docs)


PARAMETERS = (
    Column("ncv", NUMBER, "measured net calorific value 低位发热量", "GJ per canonical unit of the item"),
    Column("carbon_content", NUMBER, "measured carbon per heat 单位热值含碳量", "tC/GJ"),
    Column("oxidation", NUMBER, "measured oxidation rate 碳氧化率", "1"),
    Column("tce_factor", NUMBER, "measured standard-coal coefficient 折标系数", "tce per canonical unit"),
)

ACTIVITY = Table(
    "activity",
    (
        *_text(
            ("row_id", "unique id inside a run: `<source id>/<running number>`"),
            ("entity", "who: GB/T 2260 code, CN, GRID:xx, credit code, or an id declared in the workspace"),
            ("period", "`2019`, `2019-H1`, `2019-Q3`, `2019-05`"),
            ("sector", "code of inventories/data/sectors.yaml; '' where a flow has no sector"),
            ("flow", "code of inventories/data/flows.yaml (rows of the energy balance)"),
            ("item", "code of factors/data/carriers.yaml or of a product list"),
            ("attributes", "`key=value;key=value` that a method asks for (boiler_type=cfb, mode=road, ...)"),
        ),
        Column("quantity", NUMBER, "the number in `unit`, in the sign of the NBS balance (inputs -, outputs +)"),
        *_text(
            ("unit", "unit as canonical text of accounting/units.txt"),
            ("notation", "NO, NE, NA, IE or C; then quantity is empty and note says why"),
        ),
        *PARAMETERS,
        *_text(
            ("quality", "measured, metered, purchased, surveyed, estimated (推算), recalled, published"),
            ("evidence", "evidence level of the number itself; '' for the user's own data"),
            ("source", "`file!sheet!cell` (xlsx), `file!cell` (csv) or `file:line`"),
            ("note", "free text kept with the row"),
        ),
    ),
    key=("row_id",),
    doc="one quantity somebody measured or reported",
)

COEFFICIENTS = Table(
    "coefficients",
    (
        *_text(
            ("account", "the account that asked: energy, or the id of a standard"),
            ("entity", "as in activity"),
            ("year", "four digits"),
            ("sector", ""),
            ("flow", ""),
            ("item", ""),
            ("attributes", ""),
            ("quantity", "what is computed: co2, ch4, n2o, heat, tce_calorific, tce_equivalent"),
        ),
        Column("ncv", NUMBER, "net calorific value", "GJ per canonical unit"),
        Column("carbon_content", NUMBER, "carbon per heat", "tC/GJ"),
        Column("oxidation", NUMBER, "oxidation rate", "1"),
        Column("per_heat", NUMBER, "gas per heat, for sources that print it so", "t/GJ"),
        Column("value", NUMBER, "the product where the source prints only the product", "t per canonical unit"),
        *_text(
            ("per", "canonical unit of the activity: t, m3, Nm3, kWh, GJ, tce_calorific, ..."),
            ("factor_id", "`set id#item/quantity[/region/year/kind]`"),
            ("ncv_from", "factor id of the heat value where the family prints none (heat method)"),
            ("set", "id of the factor set"),
            ("kind", "average, residual, fossil, ... for electricity; boiler type; '' otherwise"),
            ("matched_on", "why this factor, in words a reader can follow"),
            ("matched_on_en", "the same in English"),
            ("evidence", "lowest evidence of the parts used"),
        ),
        Column("u_low", NUMBER, "lower bound of the 95 % range, relative", "1"),
        Column("u_high", NUMBER, "upper bound of the 95 % range, relative", "1"),
        *_text(("distribution", "normal, lognormal, triangular, uniform; '' unknown")),
    ),
    key=("account", "entity", "year", "sector", "flow", "item", "attributes", "quantity", "per"),
    doc="the factor chosen for one distinct key",
)

PART_KEY = ("account", "entity", "year", "item", "quantity", "factor_id")
"""what joins a ledger line (its year from the period) with the printed numbers its coefficient rests on"""
FACTOR_PARTS = Table(
    "factor_parts",
    (
        *_text(
            ("account", "the account that asked: energy, or the id of a standard"),
            ("entity", "as in activity"),
            ("year", "four digits"),
            ("item", "the carrier that is computed"),
            ("quantity", "as in coefficients"),
            ("factor_id", "as in coefficients and lines; a mix names several factors"),
            ("printed_in", "id of the factor that prints the number"),
            ("part", "what the factor prints: value, ncv, carbon_content, oxidation, per_heat"),
            (
                "serves",
                "part of the coefficient it becomes; coal_equivalent: its heat, by way of a standard-coal coefficient",
            ),
            ("role", "own, lent (a part the family lacks), stand_in (for another carrier), mix (a kind of a mix)"),
        ),
        Column("share", NUMBER, "share in the mix, else 1"),
        Column("value", NUMBER, "the number taken", "unit"),
        Column("low", NUMBER, "lower end of the printed range; empty where one number is printed", "unit"),
        Column("high", NUMBER, "upper end of the printed range", "unit"),
        *_text(
            ("unit", "unit as printed"),
            ("rule", "how the number was taken: printed, or of a range low, high, named"),
            ("reason", "reason of the profile for what it takes of a range, Chinese"),
            ("reason_en", "the same in English"),
            ("evidence", "weakest level of the number and of the decisions it was taken by"),
        ),
    ),
    key=(*PART_KEY, "printed_in", "part", "serves", "role", "share"),
    doc="one printed number that a coefficient rests on",
)

LINES = Table(
    "lines",
    (
        *_text(
            ("account", "energy, or the id of the standard the line was compiled under"),
            ("line_id", "`row_id/quantity[/rule]` for a product; `method:...` otherwise"),
            ("entity", ""),
            ("period", ""),
            ("sector", ""),
            ("flow", ""),
            ("item", ""),
            ("category", "category of the standard or account the line belongs to"),
            ("scope", "direct, electricity, heat, process, memo"),
            ("quantity", "co2, ch4, n2o, heat (kJ), tce_calorific, tce_equivalent"),
        ),
        Column("value", INTEGER, "exact 64-bit integer, so that sums are the same in every order", "g; kJ for heat"),
        Column("co2e", INTEGER, "value x GWP100 of the run's set; 0 where no GWP applies", "g CO2e"),
        *_text(
            ("bucket", "counted, memo, biogenic, captured"),
            ("factor_id", ""),
            ("method", ""),
            ("tier", ""),
        ),
    ),
    key=("account", "line_id"),
    doc="one computed result: one quantity in one category",
)

LINE_INPUTS = Table(
    "line_inputs",
    _text(
        ("account", ""),
        ("line_id", ""),
        ("row_id", ""),
        (
            "role",
            "what the row is to the line: quantity, deduction, share, coefficient (the standard cell that gives it)",
        ),
    ),
    key=("account", "line_id", "row_id", "role"),
    doc="a row used by a line that needed more than one",
)

METRIC_KEY = (
    "entity",
    "period",
    "scenario",
    "metric",
    "category",
    "sector",
    "item",
    "gas",
    "basis",
    "price_year",
    "gwp",
    "vintage",
    "definition",
)
METRICS = Table(
    "metrics",
    (
        *_text(
            ("entity", ""),
            ("period", "as in activity, or a span `2016-2019` for cumulative figures"),
            ("scenario", "'' = what happened"),
            ("metric", "id of inventories/data/metrics.yaml"),
            ("category", ""),
            ("sector", ""),
            ("item", ""),
            ("gas", "'' = total"),
            ("basis", "calorific, equivalent or ''"),
            ("price_year", "year of constant prices"),
            ("gwp", "SAR, AR4, AR5, AR6 where CO2e"),
            ("vintage", "preliminary 快报, annual 年报, verified 最终核实, census revision, ''"),
            ("definition", "dated definition of the indicator, e.g. ci_2016, ci_2025"),
        ),
        Column("value", NUMBER, "in the unit of the metric"),
        *_text(
            ("unit", ""),
            ("status", "reported, published, computed, assumed, projected"),
            ("evidence", "lowest evidence behind the number"),
            ("source", "address of the input, or `computed:<step>`"),
            ("document", "of a number that was read: id of a document of sources.yaml, or its name in words"),
            ("note", ""),
            ("note_en", "the same in English"),
        ),
    ),
    key=METRIC_KEY,
    doc="one named number",
)

VERDICTS = Table(
    "verdicts",
    (
        *_text(("plan", ""), ("indicator", ""), ("entity", ""), ("period", "year, or `2016-2020` for the whole plan")),
        Column("value", NUMBER, "actual result in the unit of the target"),
        Column("target", NUMBER, "target in its printed unit"),
        *_text(
            ("unit", ""),
            (
                "nature",
                "binding 约束性, anticipatory 预期性, control, supporting; reference: follows from another target",
            ),
            ("verdict", "met, missed, cannot_judge"),
            (
                "reason",
                "target_unresolved, no_data, unit_mismatch, scope_mismatch, definition_break, evidence, hedged, not_applicable",
            ),
            ("pace", "achieved_early, ahead, on_track, behind"),
            ("grade", "word of the dated scheme"),
            ("warning", "word of the dated scheme"),
        ),
        Column("progress", NUMBER, "ln(1-R)/ln(1-T), per cent", "%"),
        Column("share", NUMBER, "R/T linear, per cent", "%"),
        Column("schedule", NUMBER, "what should be reached by this year", "unit of the target"),
        Column("over", NUMBER, "(actual-target)/target, per cent", "%"),
        Column("remaining", NUMBER, "rate still needed on average each year, per cent", "%"),
        *_text(
            ("rule", "id of the rule that judged"),
            ("missing", "what is missing, for cannot_judge"),
            ("missing_en", "the same in English"),
            ("evidence", ""),
            ("source", ""),
            ("source_en", "the same in English"),
            ("note", ""),
            ("note_en", "the same in English"),
        ),
    ),
    key=("plan", "indicator", "entity", "period"),
    doc="one indicator judged in one period",
)

UNCOUNTED = Table(
    "uncounted",
    (
        *_text(
            ("row_id", ""),
            ("entity", ""),
            ("period", ""),
            ("sector", ""),
            ("flow", ""),
            ("item", ""),
            ("account", "the account that left it out: energy, co2, ..."),
            ("reason", "code of the reason: no_factor, refused_unit, double_count, feedstock, control_total, ..."),
        ),
        Column("quantity", NUMBER, "in `unit`"),
        Column("unit", TEXT),
        Column("size", NUMBER, "size in the unit of the account where it can be told", "tce or t"),
        *_text(("size_unit", ""), ("detail", ""), ("detail_en", "the same in English"), ("source", "")),
    ),
    key=("row_id", "account"),
    doc="what was not counted, with its size and the reason",
)

RESIDUALS = Table(
    "residuals",
    (
        *_text(
            ("entity", ""), ("period", ""), ("item", ""), ("check", "closure, supply_sum, transform_sum, final_sum")
        ),
        Column("residual", NUMBER, "left side minus right side, in `unit`"),
        Column("unit", TEXT),
        Column("relative", NUMBER, "residual over supply", "1"),
        *_text(("rule", "the equation"), ("rule_en", "the same in English"), ("source", "")),
    ),
    key=("entity", "period", "item", "check"),
    doc="how well a balance closes",
)

CHECKS = Table(
    "checks",
    (
        Column("check", TEXT, "id of a bound of inventories/data/rules/reviewer_checks.yaml"),
        Column("number", INTEGER, "number of the check the bound belongs to, 1-14"),
        Column("status", TEXT, "passed; found: something lies outside the range; not_possible: nothing to compare"),
        Column("tested", INTEGER, "how many numbers were compared"),
        Column("found", INTEGER, "how many of them lie outside"),
        Column("worst", NUMBER, "the number that lies farthest towards an end of its range, or beyond it", "`unit`"),
        Column("low", NUMBER, "lower end of the range of that number; blank where there is none", "`unit`"),
        Column("high", NUMBER, "upper end", "`unit`"),
        *_text(
            ("unit", ""),
            ("evidence", "of the range"),
            ("entity", "place of the worst number"),
            ("period", ""),
            ("item", ""),
            ("flow", ""),
            ("codes", "codes of the findings, as problems.json lists them"),
            ("missing_zh", "what lacks where the check is not possible"),
            ("missing_en", ""),
        ),
    ),
    key=("check",),
    doc="one number a reviewer compares with a range",
)

_ORDER = (
    ACTIVITY, COEFFICIENTS, FACTOR_PARTS, LINES, LINE_INPUTS, METRICS, VERDICTS, UNCOUNTED, RESIDUALS, CHECKS,
)  # fmt: skip
TABLES = {table.name: table for table in _ORDER}

"""The kernel: activity x coefficient -> ledger lines. Written once, on Narwhals, for pandas, DuckDB and Polars.

Equations (IPCC 2006 Guidelines vol. 2, eq. 2.1 and 2.2; provincial guideline 2011, energy chapter)::

    amount  = quantity x scale                              scale: unit and sign of the rule
    heat    = amount x ncv
    co2     = heat x carbon_content x oxidation x 44/12     parts known
            = heat x per_heat                               source prints gas per heat
            = amount x value                                source prints only the product
    tce     = amount x tce_factor  |  amount x ncv / 29.3076  |  amount x value

Everything that depends on a distinct key (unit, rule, coefficient) is settled before, in `keyed` (see keying.py): the
kernel is one join and one product, whatever the number of rows. A measured parameter of the row always stands before
the coefficient's part; a line of coal equivalent then names no factor. Results are whole grams (tce in grams of coal
equivalent, heat in kJ) as 64-bit integers: sums are exact and the same in every order and engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import narwhals as nw

from .keying import KEY, PARTS
from .tables import LINES

GJ_PER_TCE = 29.3076
"""heat of one tonne of coal equivalent: 7000 kcal(IT)/kg x 4.1868 kJ/kcal (GB/T 2589)"""
CO2_PER_C = 44 / 12
WHOLE_PER_UNIT = 1_000_000
"""grams per tonne and kJ per GJ alike"""
TCE = ("tce_calorific", "tce_equivalent")
PARAMETERS = ("ncv", "carbon_content", "oxidation", "tce_factor")


def compute(
    activity: Any,
    keyed: Any,
    gwp: Mapping[str, float] | None = None,
    keep: Sequence[str] = (),
    on: Sequence[str] = KEY,
) -> Any:
    """Return ledger lines (columns of tables.LINES) of the activity rows whose key is in `keyed`.

    `activity` holds row_id, the columns of KEY, quantity and the measured PARAMETERS (null where not measured);
    `keyed` holds KEY and the columns of keying.KEYED. Both are frames of one backend (pandas, DuckDB relation,
    Polars); so is the result. A row without quantity, or whose coefficient lacks a part that was not measured either,
    gives no line: the caller lists it as uncounted. `gwp` maps gas to GWP100; without it co2e is the CO2 alone.
    `keep` names further columns of either frame to carry along (a row number, to restore an order); `on` the columns to
    join by, where both carry something shorter than the key (keying.numbered).
    """
    rows = nw.from_native(activity)
    own = [name for name in keep if name in rows.collect_schema().names()]
    texts = dict.fromkeys(["row_id", *KEY, *on, *own])
    rows = rows.select(*texts, *_numbers(rows, ("quantity", *PARAMETERS)))
    joined = rows.join(_per_key(nw.from_native(keyed), gwp or {"co2": 1.0}), on=list(on), how="inner")
    lines = joined.select(
        "account",
        nw.concat_str(nw.col("row_id"), nw.col("suffix"), separator="/").alias("line_id"),
        *("entity", "period", "sector", "flow", "item", "category", "scope"),
        nw.col("gas").alias("quantity"),
        (_result() * WHOLE_PER_UNIT).alias("value"),
        "gwp100",
        "bucket",
        # coal equivalent by the row's own coefficient or heat value rests on no factor
        nw.when(_own_coefficient()).then(nw.lit("")).otherwise(nw.col("factor_id")).alias("factor_id"),
        *("method", "tier"),
        *keep,
    )
    whole = lines.filter(~nw.col("value").is_null()).with_columns(value=_whole(nw.col("value")))
    co2e = _whole(nw.col("value").cast(nw.Float64) * nw.col("gwp100"))
    return whole.with_columns(co2e=co2e).select(*LINES.names, *keep).to_native()


def _per_key(keyed: Any, potentials: Mapping[str, float]) -> Any:
    """Settle before the join what does not depend on the row: end of the line id, kind of quantity, GWP, nulls."""
    gas = nw.col("gas")
    potential = nw.lit(0.0)  # coal equivalent and heat have none
    for name, value in potentials.items():
        potential = nw.when(gas == name).then(nw.lit(float(value))).otherwise(potential)
    return keyed.with_columns(
        *_numbers(keyed, (f"c_{part}" for part in PARTS)),
        suffix=nw.concat_str(gas, nw.col("rule"), separator="/"),
        is_tce=gas.is_in(list(TCE)),
        is_heat=gas == "heat",
        is_co2=gas == "co2",
        # a column, not a number: Polars turns a division by a number into a product with its inverse, one gram off
        gj_per_tce=nw.lit(GJ_PER_TCE),
        gwp100=potential,
    )


def _numbers(frame: Any, names: Iterable[str]) -> list[nw.Expr]:
    """Null for NaN, which pandas means by it: an engine with real nulls must see one."""
    columns = {name: nw.col(name).cast(nw.Float64) for name in names}
    if frame.implementation.is_pandas_like():
        return list(columns.values())
    return [nw.when(~column.is_nan()).then(column).alias(name) for name, column in columns.items()]


def _result() -> nw.Expr:
    """Tonnes of gas or of coal equivalent, GJ for heat."""
    amount = nw.col("quantity") * nw.col("scale")
    ncv = nw.coalesce(nw.col("ncv"), nw.col("c_ncv"))
    carbon = nw.coalesce(nw.col("carbon_content"), nw.col("c_carbon_content"))
    oxidation = nw.coalesce(nw.col("oxidation"), nw.col("c_oxidation"))
    # carbon measured in the fuel says nothing about its CH4 and N2O
    by_parts = nw.when(nw.col("is_co2")).then(amount * ncv * carbon * oxidation * CO2_PER_C)
    by_heat = amount * ncv * nw.col("c_per_heat")
    by_product = amount * nw.col("c_value")
    tce = nw.coalesce(amount * nw.col("tce_factor"), amount * nw.col("ncv") / nw.col("gj_per_tce"), by_product)
    gas = nw.coalesce(by_parts, by_heat, by_product)
    other = nw.when(nw.col("is_heat")).then(amount * ncv).otherwise(gas)
    return nw.when(nw.col("is_tce")).then(tce).otherwise(other)


def _own_coefficient() -> nw.Expr:
    return nw.col("is_tce") & ~(nw.col("tce_factor").is_null() & nw.col("ncv").is_null())


def _whole(column: nw.Expr) -> nw.Expr:
    """Round to whole units the same way in every engine: engines differ in ties, floor does not."""
    return (column + 0.5).floor().cast(nw.Int64)

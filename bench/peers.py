"""The same ledger written by hand: what a good engineer writes who has the factor table already."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

COLUMNS = (
    "account line_id entity period sector flow item category scope quantity value co2e bucket factor_id method tier"
).split()
POTENTIALS = {"co2": 1.0, "ch4": 28.0, "n2o": 265.0}
"""GWP100 of the Fifth Assessment Report"""
SQL = """
WITH joined AS (
    SELECT f.*, a.row_id, a.entity, a.period, a.quantity * (u.to_canonical * f.sign) AS amount,
        coalesce(a.ncv, f.c_ncv) AS ncv, coalesce(a.carbon_content, f.c_carbon_content) AS carbon,
        coalesce(a.oxidation, f.c_oxidation) AS oxidation
    FROM read_parquet('{activity}') a
    JOIN units u ON a.item = u.item AND a.unit = u.unit
    JOIN factors f ON a.flow = f.flow AND a.sector = f.sector AND a.item = f.item
), valued AS (
    SELECT *, CAST(floor(coalesce(
        CASE WHEN gas = 'co2' THEN amount * ncv * carbon * oxidation * (44.0::DOUBLE / 12.0::DOUBLE) END,
        amount * ncv * c_per_heat, amount * c_value) * 1000000 + 0.5) AS BIGINT) AS value
    FROM joined
)
SELECT account, row_id || '/' || gas || '/' || rule AS line_id, entity, period, sector, flow, item, category, scope,
    gas AS quantity, value, CAST(floor(value * CASE gas WHEN 'co2' THEN 1.0::DOUBLE WHEN 'ch4' THEN 28.0::DOUBLE
    WHEN 'n2o' THEN 265.0::DOUBLE ELSE 0.0::DOUBLE END + 0.5) AS BIGINT) AS co2e, bucket, factor_id, method, tier
FROM valued WHERE value IS NOT NULL"""


def read_tables(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return (units, factors)."""
    text = {name: "str" for name in ("sector", "tier", "category", "factor_id", "item", "unit", "flow")}
    read = [
        pd.read_csv(folder / name, dtype=text, keep_default_na=False, na_values={})
        for name in ("units.csv", "factors.csv")
    ]
    factors = read[1]
    for name in [name for name in factors.columns if name.startswith("c_")]:
        factors[name] = pd.to_numeric(factors[name].replace("", None))
    return read[0], factors


def by_pandas(activity: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Frame in, frame out."""
    units, factors = read_tables(folder)
    needed = [
        "row_id",
        "entity",
        "period",
        "sector",
        "flow",
        "item",
        "unit",
        "quantity",
        "ncv",
        "carbon_content",
        "oxidation",
    ]
    rows = activity[needed].merge(units, on=["item", "unit"]).merge(factors, on=["flow", "sector", "item"])
    amount = rows["quantity"] * (rows["to_canonical"] * rows["sign"])
    heat = amount * rows["ncv"].fillna(rows["c_ncv"])
    carbon = rows["carbon_content"].fillna(rows["c_carbon_content"])
    tonnes = heat * carbon * rows["oxidation"].fillna(rows["c_oxidation"]) * (44 / 12)
    tonnes = tonnes.where(rows["gas"] == "co2").fillna(heat * rows["c_per_heat"]).fillna(amount * rows["c_value"])
    grams = np.floor(tonnes * 1e6 + 0.5)
    rows = rows.assign(value=grams)[grams.notna()]
    value = rows["value"].astype("int64")
    lines = rows.drop(columns="quantity").rename(columns={"gas": "quantity"}).assign(
        value=value,
        line_id=rows["row_id"] + "/" + (rows["gas"] + "/" + rows["rule"]),
        co2e=np.floor(value.astype("float64") * rows["gas"].map(POTENTIALS).fillna(0.0) + 0.5).astype("int64"),
    )  # fmt: skip
    return lines[COLUMNS]


def by_duckdb(activity: Path, folder: Path, out: Path, memory: str) -> None:
    """File in, file out."""
    units, factors = read_tables(folder)
    with duckdb.connect(config={"memory_limit": memory, "preserve_insertion_order": False}) as database:
        database.from_df(units).create("units")
        numbers = [f"nullif({name}, 'NaN'::DOUBLE) AS {name}" for name in factors.columns if name.startswith("c_")]
        database.from_df(factors).project(f"* REPLACE ({', '.join(numbers)})").create("factors")
        database.execute(f"COPY ({SQL.format(activity=activity)}) TO '{out}' (FORMAT parquet)")

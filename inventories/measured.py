"""Fuel with all three parameters measured needs no default: raw coal whose kind nobody knows, a fuel of the works' own."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ..accounting import keying, wording
from ..accounting.problems import ProblemList
from ..accounting.standard import Standard, select
from ..accounting.tables import COEFFICIENTS
from .accounts import Account, Maker
from .engine import compute

PARAMETERS = {"ncv": "GJ", "carbon_content": "tC/GJ", "oxidation": ""}
"""parameter -> unit (heat is per canonical unit of the carrier)"""
FACTOR = "measured"
"""stands in factor_id of a line that rests on no default; it is no factor of a set"""
ON = ["entity", "year", "sector", "flow", "item", "attributes", "canonical"]


def complete(account: Account, maker: Maker, chosen: Standard) -> Account:
    """Return the account with the CO2 lines of rows for which there is no factor, but every parameter is measured."""
    frame = maker.prepared.frame
    without = account.uncounted[account.uncounted["reason"].str.startswith("FACTOR-")]
    rows = frame[frame["row_id"].isin(without["row_id"]) & frame[list(PARAMETERS)].notna().all(axis=1)]
    if rows.empty:
        return account
    keys = rows[list(maker.prepared.keys.columns)].drop_duplicates(ignore_index=True)
    book = maker.book
    selected = select(keys, chosen, book.items, book.sectors, book.sector_parents).selected.query("gas == 'co2'")
    coefficients = _coefficients(selected, account.id)
    lines = compute(rows, keying.with_coefficients(selected, coefficients), None, maker.engine)
    uncounted = account.uncounted[~account.uncounted["row_id"].isin(rows["row_id"])]
    left = set(uncounted["item"])
    done = {maker.library.carriers.label(item) for item in rows["item"].unique() if item not in left}
    return replace(
        account,
        lines=pd.concat([account.lines, lines], ignore_index=True),
        coefficients=pd.concat([account.coefficients, coefficients], ignore_index=True),
        uncounted=uncounted.reset_index(drop=True),
        problems=ProblemList([p for p in account.problems if p.code != "FACTOR-NONE" or p.found not in done]),
    )


def _coefficients(selected: pd.DataFrame, account: str) -> pd.DataFrame:
    keys = selected[ON].drop_duplicates().rename(columns={"canonical": "per"})
    return COEFFICIENTS.conform(
        keys.assign(
            account=account,
            quantity="co2",
            factor_id=FACTOR,
            matched_on=wording.words("实测参数", "measured parameters"),
        )
    )


def words(rows: pd.DataFrame) -> str:
    """Return the measured parameters of rows as wording, '' where none is measured: how many rows, and the values' span."""
    own = rows.dropna(subset=list(PARAMETERS), how="all")
    if own.empty:
        return ""
    spans = [_span(own, name) for name in PARAMETERS]
    return wording.words(f"实测 {len(own)} 行：", f"measured, {len(own)} rows: ") + "，".join(filter(None, spans))


def _span(rows: pd.DataFrame, name: str) -> str:
    values = rows[name].dropna()
    if values.empty:
        return ""
    unit = f"{PARAMETERS[name]}/{rows['canonical'].iloc[0]}" if name == "ncv" else PARAMETERS[name]
    low, high = values.min(), values.max()
    number = f"{low:.12g}" if low == high else f"{low:.12g}–{high:.12g}"
    return f"{wording.coded('word', name)} {number} {unit}".rstrip()

"""The standard-quantity balance beside the physical one: it prints the local coal-equivalent coefficients.

A bureau keeps two tables of one balance, in physical units and in 10^4 tce. They are the same facts: the standard
table is not added, its cells divided by the physical cells are the place's own coefficients (地方折标系数), which stand
before any default (NBS balance practice; provincial guideline 2011, energy chapter).
"""

from __future__ import annotations

import pandas as pd

CELL = ["entity", "period", "flow", "sector", "item"]


def merge(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return (rows to compute with, standard rows that became coefficients).

    `frame` has the columns of activity and `amount`, `canonical`. Standard rows are marked `table=standard` in their
    attributes, or stand in tce where the same cell also stands in a physical unit. A physical cell without a measured
    `tce_factor` takes standard / physical, and `standard_row` names the row it comes from ('' elsewhere). A standard cell whose partner is printed in tce too is the same number again
    and is set aside; one without a partner stays a row of its own.
    """
    marked = frame["attributes"].str.contains("table=standard", regex=False)
    standard = (frame["canonical"] == "tce") & (marked | _has_other(frame))
    both = frame[~standard].merge(
        frame.loc[standard, [*CELL, "row_id", "amount"]], on=CELL, how="inner", suffixes=("", "_std")
    )
    if both.empty:
        return frame.assign(standard_row=""), frame.iloc[:0]
    pairs = both[(both["canonical"] != "tce") & (both["amount"] != 0) & both["tce_factor"].isna()]
    pairs = pairs.drop_duplicates("row_id").set_index("row_id")
    implied = frame["row_id"].map(pairs["amount_std"] / pairs["amount"])
    frame = frame.assign(
        tce_factor=frame["tce_factor"].fillna(implied), standard_row=frame["row_id"].map(pairs["row_id_std"]).fillna("")
    )
    used = frame["row_id"].isin(both["row_id_std"])
    return frame[~used].reset_index(drop=True), frame[used].reset_index(drop=True)


def _has_other(frame: pd.DataFrame) -> pd.Series:
    """Cells that stand in tce and also in another unit."""
    units = frame.groupby(CELL)["canonical"].transform("nunique")
    return units > 1

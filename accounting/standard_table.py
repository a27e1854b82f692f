"""The standard-quantity balance beside the physical one: it prints the local coal-equivalent coefficients.

A bureau keeps two tables of one balance, in physical units and in 10^4 tce. They are the same facts: the standard
table is not added, its cells divided by the physical cells are the place's own coefficients (地方折标系数), which stand
before any default (NBS balance practice; provincial guideline 2011, energy chapter).
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

CELL = ["entity", "period", "flow", "sector", "item"]


def merge(frame: pd.DataFrame, total_items: Collection[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return (rows to compute with, standard rows that became coefficients).

    `frame` has the columns of activity and `amount`, `canonical`. A physical cell without a measured `tce_factor` takes
    standard / physical; a standard cell without a physical partner stays a row of its own.
    """
    standard = (frame["canonical"] == "tce") & ~frame["item"].isin(list(total_items))
    both = frame[~standard].merge(
        frame.loc[standard, [*CELL, "row_id", "amount"]], on=CELL, how="inner", suffixes=("", "_std")
    )
    pairs = both[(both["canonical"] != "tce") & (both["amount"] != 0)]
    if pairs.empty:
        return frame, frame.iloc[:0]
    implied = (pairs["amount_std"] / pairs["amount"]).set_axis(pairs["row_id"])
    factor = frame["tce_factor"].fillna(frame["row_id"].map(implied[~implied.index.duplicated()]))
    used = frame["row_id"].isin(pairs["row_id_std"])
    return frame.assign(tce_factor=factor)[~used].reset_index(drop=True), frame[used].reset_index(drop=True)

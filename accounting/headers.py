"""Headers of the balance whose parts bring coefficients of their own.

A printed header (终端消费量合计) multiplied with the default coefficient would hide what was measured in its parts::

    tce(header) = Σ tce(parts) + (amount(header) - Σ amount(parts)) x default coefficient

The remainder that no part prints keeps the default. A header that brings a coefficient itself stands as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from .balance import PLACE, node

KEY = [*PLACE, "item", "canonical"]
OWN = ["tce_factor", "ncv"]
NO_LINKS = pd.DataFrame(columns=["row_id", "source_row", "role"], dtype="str")


def settle(lines: pd.DataFrame, frame: pd.DataFrame, parents: Mapping[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the lines with headers settled, and a link (row_id of the header, source_row, role) to every part used.

    `lines` are those of the energy account (one a row, whole grams); `frame` holds row_id, flow, sector, item, entity,
    period, canonical, amount, leaf and the measured `tce_factor` and `ncv`.
    """
    measured = frame[OWN].notna().any(axis=1)
    heads = frame[~frame["leaf"] & ~measured].assign(node=node(frame))[[*KEY, "node", "row_id", "amount"]]
    if heads.empty or not measured.any():
        return lines, NO_LINKS
    below = _below(frame[frame["leaf"]].assign(own=measured), parents)
    pairs = heads.merge(below, on=[*KEY, "node"], suffixes=("", "_part"))
    pairs = pairs[pairs.groupby("row_id")["own"].transform("any")]
    if pairs.empty:
        return lines, NO_LINKS
    ids = lines["line_id"].str.rsplit("/", n=2).str[0]
    value = pd.Series(lines["value"].to_numpy(), index=ids)
    pairs = pairs.assign(grams=pairs["row_id_part"].map(value).fillna(0))
    sums = pairs.groupby("row_id").agg(amount=("amount", "first"), known=("amount_part", "sum"), grams=("grams", "sum"))
    default = (sums.index.map(value.to_dict()) / sums["amount"].where(sums["amount"] != 0)).fillna(0)
    settled = (sums["grams"] + (sums["amount"] - sums["known"]) * default).round().astype("int64")
    new = ids.map(settled)
    links = pairs[["row_id", "row_id_part"]].rename(columns={"row_id_part": "source_row"}).assign(role="part")
    own = pd.DataFrame({"row_id": sums.index, "source_row": sums.index, "role": "quantity"})
    return lines.assign(value=new.fillna(lines["value"]).astype("int64")), pd.concat([own, links], ignore_index=True)


def _below(leaves: pd.DataFrame, parents: Mapping[str, str]) -> pd.DataFrame:
    """Every leaf under each of its ancestors (`node`)."""
    step = leaves.assign(node=node(leaves))[[*KEY, "node", "row_id", "amount", "own"]]
    found = []
    while not step.empty:
        step = step.assign(node=step["node"].map(parents).fillna("")).query("node != ''")
        found.append(step)
    return pd.concat(found, ignore_index=True)

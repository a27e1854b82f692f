"""What stands out by itself in a table: a row in another unit than the rest of its column, an impossible year, a word
written once beside a near-identical one written often."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import pandas as pd

from ...accounting.problems import Problem
from ..audit_messages import MESSAGES
from ..customary import customary, meaning
from .sums import Label

USUAL = 0.75
"""share of the rows of a carrier that makes a unit the usual one"""
FEWEST = 4
WORDS = ("category", "vintage", "definition", "gas")
"""text columns of a metrics table whose words are free"""
NEAR = 0.75
YEARS = ("1949", "2100")


def odd_units(activity: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield a problem for each row whose unit means another than that of the other rows of its source and carrier."""
    rows = activity[activity["unit"] != ""]
    meant = rows["unit"].map({unit: str(meaning(unit)) for unit in rows["unit"].unique()}).astype("str")
    rows = rows.assign(meant=meant)
    source = rows["row_id"].str.rsplit("/", n=1).str[0]
    groups = [source, rows["item"], rows["attributes"].str.contains("table=standard", regex=False)]
    counts = rows.groupby(groups, sort=False)["meant"].agg(["nunique", "size"])
    if not (counts["nunique"].gt(1) & counts["size"].ge(FEWEST)).any():
        return
    for _, own in rows.groupby(groups, sort=False):
        shares = own["meant"].value_counts(normalize=True)
        if len(shares) > 1 and len(own) >= FEWEST and shares.iloc[0] >= USUAL:
            usual = own.loc[own["meant"] == shares.index[0], "unit"].iloc[0]
            for _, row in own[own["meant"] != shares.index[0]].iterrows():
                yield MESSAGES.problem(
                    "UNIT-ODD",
                    row["source"],
                    row["unit"],
                    usual,
                    label=label(row),
                    custom=customary(row["item"]) or "—",
                )


def odd_words(frame: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield a problem for each row with a word of its own that is nearly a word used at least twice."""
    for column in WORDS:
        counts = frame.loc[frame[column] != "", column].value_counts()
        often = list(counts.index[counts > 1])
        for word in counts.index[counts == 1]:
            near = get_close_matches(str(word), often, n=1, cutoff=NEAR)
            if near:
                row = frame[frame[column] == word].iloc[0]
                yield MESSAGES.problem("WORD-ODD", row["source"], word, near[0], label=label(row), column=column)


def odd_years(frame: pd.DataFrame, label: Label) -> Iterator[Problem]:
    """Yield a problem for each row of a year that no energy statistics of the country reach."""
    first, last = YEARS
    years = frame["period"].str[:4]
    for _, row in frame[(years != "") & ((years < first) | (years > last))].iterrows():
        yield MESSAGES.problem("YEAR-RANGE", row["source"], row["period"], f"{first}-{last}", label=label(row))

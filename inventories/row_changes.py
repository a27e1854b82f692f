"""Input rows that differ between two runs: changed, added, removed, told apart by what they are, not by their number."""

from __future__ import annotations

import pandas as pd

from ..accounting.tables import METRIC_KEY
from .results import Results

KEY = ("entity", "period", "sector", "flow", "item", "attributes")
READ = ("reported", "published", "assumed")
"""status of metrics that were read, not computed"""
COLUMNS = ("state", "source", "row", "a", "b", "unit")


def changed_rows(one: Results, other: Results) -> pd.DataFrame:
    """Return the rows of activity and of read metrics that differ: state, source, row, a, b, unit; in reading order."""
    frames = [
        _compared(_activity(one), _activity(other)),
        _compared(_metrics(one), _metrics(other)),
    ]
    return pd.concat(frames, ignore_index=True)[list(COLUMNS)]


def _activity(results: Results) -> pd.DataFrame:
    frame = results.activity
    table = frame["row_id"].str.rpartition("/")[0]
    return _numbered(frame, ["table", *KEY], frame["quantity"], table)


def _metrics(results: Results) -> pd.DataFrame:
    frame = results.metrics[results.metrics["status"].isin(READ)]
    return _numbered(frame, list(METRIC_KEY), frame["value"], pd.Series("", index=frame.index))


def _numbered(frame: pd.DataFrame, key: list[str], value: pd.Series, table: pd.Series) -> pd.DataFrame:
    """Return row (its key as text, numbered where it repeats), value, unit, source."""
    named = frame.assign(table=table)
    text = named[key[0]].astype(str)
    for name in key[1:]:
        text = text + "/" + named[name].astype(str)
    text = text.str.replace(r"/{2,}", "/", regex=True).str.strip("/")
    twin = text.groupby(text).cumcount()
    row = text.where(twin.eq(0), text + "#" + (twin + 1).astype(str))
    return pd.DataFrame({"row": row, "value": value, "unit": frame["unit"], "source": frame["source"]})


def _compared(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    both = one.merge(other, on="row", how="outer", suffixes=("_a", "_b"), indicator=True, sort=False)
    same = both["value_a"].eq(both["value_b"]) | (both["value_a"].isna() & both["value_b"].isna())
    same &= both["unit_a"].eq(both["unit_b"]) & both["_merge"].eq("both")
    found = both[~same]
    state = found["_merge"].astype(str).map({"both": "changed", "left_only": "removed", "right_only": "added"})
    unit = found["unit_b"].fillna(found["unit_a"])
    source = found["source_b"].fillna(found["source_a"])
    return pd.DataFrame(
        {
            "state": state,
            "source": source,
            "row": found["row"],
            "a": found["value_a"],
            "b": found["value_b"],
            "unit": unit,
        }
    )

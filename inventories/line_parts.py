"""Which printed numbers a ledger line rests on: those of its coefficient, less what its row brought itself.

As in the kernel (accounting/emissions.py): a row's heat value stands before the coefficient's, so does its own
coal-equivalent coefficient where the profile takes heat from such; its carbon content and oxidation stand before those
of the factor. A number that was replaced bears nothing of the line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..accounting.models import Evidence
from ..accounting.splitting import origin
from ..accounting.tables import PART_KEY

REPLACED_BY = {
    "ncv": ("ncv",), "coal_equivalent": ("ncv", "tce_factor"), "carbon_content": ("carbon_content",),
    "oxidation": ("oxidation",),
}  # fmt: skip
"""what a number serves -> parameters of the row that stand before it"""
PARAMETERS = ("ncv", "carbon_content", "oxidation", "tce_factor")
COEFFICIENT = "coefficient"
"""role of the cell of a standard-quantity table that gives the row's own coal-equivalent coefficient"""
Codes = npt.NDArray[Any]


def row_of(line_ids: pd.Series) -> pd.Series:
    """Return the printed row of every line, without the parts it was split into."""
    return line_ids.str.rsplit("/", n=2).str[0].map(origin)


def used(lines: pd.DataFrame, parts: pd.DataFrame, rows: pd.DataFrame, inputs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of a line and a number it rests on: `line` and `part` are positions in `lines` and `parts`.

    `parts` is tables.FACTOR_PARTS, `rows` holds row_id and the measured PARAMETERS, `inputs` is tables.LINE_INPUTS.
    """
    left, right = _numbered(lines.assign(year=lines["period"].str[:4]), parts)
    pairs = pd.DataFrame({"key": left, "line": np.arange(len(left))}).merge(
        pd.DataFrame({"key": right, "part": np.arange(len(right))}), on="key"
    )
    own = _own(lines, rows, inputs)
    if not any(mask.any() for mask in own.values()):
        return pairs[["line", "part"]]
    line, serves = pairs["line"].to_numpy(), parts["serves"].to_numpy()[pairs["part"]]
    replaced = np.zeros(len(pairs), dtype=bool)
    for name, parameters in REPLACED_BY.items():
        for parameter in parameters:
            replaced |= (serves == name) & own[parameter][line]
    whole = own["carbon_content"] & own["oxidation"] & own["ncv"]
    replaced |= np.isin(serves, ("per_heat", "value")) & whole[line]
    return pairs.loc[~replaced, ["line", "part"]].reset_index(drop=True)


def by_line(lines: pd.DataFrame, pairs: pd.DataFrame) -> dict[tuple[str, str], list[int]]:
    """Return the positions of the numbers behind every line, by account and line id."""
    out: dict[tuple[str, str], list[int]] = {}
    accounts, ids = lines["account"].tolist(), lines["line_id"].tolist()
    for line, part in zip(pairs["line"].tolist(), pairs["part"].tolist(), strict=True):
        out.setdefault((accounts[line], ids[line]), []).append(part)
    return out


def levels(lines: pd.DataFrame, parts: pd.DataFrame, pairs: pd.DataFrame) -> pd.Series:
    """Return the weakest evidence of the numbers of every line, by its index; '' for a line that rests on none.

    `pairs` is what `used` returned.
    """
    names = ["", *map(str, Evidence)]
    rank: Mapping[Any, int] = {level: number for number, level in enumerate(names)}
    found = np.zeros(len(lines), dtype="int64")
    np.maximum.at(found, pairs["line"].to_numpy(), parts["evidence"].map(rank).to_numpy("int64")[pairs["part"]])
    return pd.Series(np.array(names, dtype=object)[found], index=lines.index, dtype="str")


def _numbered(lines: pd.DataFrame, parts: pd.DataFrame) -> tuple[Codes, Codes]:
    """Number the keys of lines and parts alike."""
    both = pd.concat([lines[list(PART_KEY)], parts[list(PART_KEY)]], ignore_index=True)
    numbers = both.groupby(list(PART_KEY), sort=False, observed=True).ngroup().to_numpy()
    return numbers[: len(lines)], numbers[len(lines) :]


def _own(lines: pd.DataFrame, rows: pd.DataFrame, inputs: pd.DataFrame) -> dict[str, npt.NDArray[np.bool_]]:
    """Tell for every line which parameters its row brought."""
    out = {name: np.zeros(len(lines), dtype=bool) for name in PARAMETERS}
    given = {name: set(rows.loc[rows[name].notna(), "row_id"].map(origin)) for name in PARAMETERS}
    cells = inputs[inputs["role"] == COEFFICIENT]
    if not len(cells) and not any(given.values()):
        return out
    row = row_of(lines["line_id"])
    for name, ids in given.items():
        if ids:
            out[name] = row.isin(ids).to_numpy()
    if len(cells):
        linked = set(zip(cells["account"], cells["line_id"], strict=True))
        pairs = zip(lines["account"], lines["line_id"], strict=True)
        out["tce_factor"] = out["tce_factor"] | np.fromiter((pair in linked for pair in pairs), bool, len(lines))
    return out

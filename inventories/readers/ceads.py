"""The provincial energy inventory of CEADs: 47 sectors and transformation rows by 20 energies.

Sources: Shan et al. 2018, 2020 Scientific Data; Guan et al. 2021 Earth's Future. Its signs are turned into those of
the NBS table: "Inputs(+) outputs(-)" there, inputs negative here. A printed 0 means nothing was reported: zeros are
left out and counted. `Total Consumption` is final + inputs - outputs; where it does so without the row Loss, the
loss is inside the final consumption and carries the attribute `included_in=final`.
"""

from __future__ import annotations

import pandas as pd

from ...accounting.balance import INCLUDED_IN_FINAL
from .balance import finish, inputs_sign, labels, quantities, turn_transformation, unusual_units
from .grid import Grid
from .matrix import header
from .part import Context, Part

TOLERANCE = 1e-6


def read(grid: Grid, context: Context) -> Part:
    """Return the rows of an inventory in the signs of the NBS table."""
    part = Part()
    table = header(grid, context, part)
    if table is None:
        return part
    unusual_units(grid, table, part)
    names = labels(grid, table, context, part)
    frame = quantities(grid, table, names, context, part)
    zero = frame["quantity"] == 0
    if zero.any():
        part.notes.append(
            f"{context.source.id}: {int(zero.sum())} 个印为 0 的单元格未作为记录 cells printed 0 are no rows"
        )
    frame = _abroad(frame[~zero])
    if inputs_sign(grid, table, names) != "-":
        frame = turn_transformation(frame)
    frame = _attributes(frame)
    finish(frame, context, part)
    return part


def _abroad(frame: pd.DataFrame) -> pd.DataFrame:
    """Bunkers of foreign ships and aircraft count as a deduction."""
    abroad = frame["flow"] == "bunker_foreign"
    return frame.assign(quantity=frame["quantity"].where(~abroad, -frame["quantity"].abs()))


def _attributes(frame: pd.DataFrame) -> pd.DataFrame:
    """Mark losses that the final consumption already holds, carrier by carrier, by the table's own total."""
    top = frame[(frame["sector"] == "") & frame["flow"].isin(["final", "transform", "loss", "total"])]
    wide = top.pivot_table(index="item", columns="flow", values="quantity", aggfunc="sum").fillna(0)
    wide = wide.reindex(columns=["final", "transform", "loss", "total"], fill_value=0.0)
    without = (wide["final"] - wide["transform"] - wide["total"]).abs()
    inside = wide.index[without <= TOLERANCE * wide.abs().max(axis=1) + 1e-9]
    marked = (frame["flow"] == "loss") & frame["item"].isin(inside)
    return frame.assign(attributes=marked.map({True: INCLUDED_IN_FINAL, False: ""}))

"""The energy balance of NBS: national or regional, physical or standard quantities, old and new place of 回收能.

Source of the form: China Energy Statistical Yearbook, 能源平衡表（实物量／标准量）. Signs are kept as printed, unless the header of
transformation says 投入（＋）产出（－）. Block 一
(supply) held 回收能 in tables to about 2009; later ones list it as the last row of block 二 (transformation): the
reader tells by the block it stands in.
"""

from __future__ import annotations

from .balance import finish, inputs_sign, labels, quantities, turn_transformation, unusual_units
from .grid import Grid
from .matrix import header
from .part import Context, Part

BLOCKS = ("supply", "transform", "loss", "final", "stat_diff", "total")


def read(grid: Grid, context: Context) -> Part:
    """Return the rows of a balance. A blank cell is no row; a printed 0 is one."""
    part = Part()
    table = header(grid, context, part)
    if table is None:
        return part
    unusual_units(grid, table, part)
    names = _recovery(labels(grid, table, context, part))
    frame = quantities(grid, table, names, context, part)
    if inputs_sign(grid, table, names) == "+":
        frame = turn_transformation(frame)
    finish(frame, context, part)
    return part


def _recovery(names: dict[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
    """Name 回收能 `tr_recovery` where it stands in the block of transformation."""
    block, out = "", {}
    for row, (flow, sector) in names.items():
        block = flow if flow in BLOCKS and not sector else block
        moved = flow == "recovery" and block == "transform"
        out[row] = ("tr_recovery" if moved else flow, sector)
    return out

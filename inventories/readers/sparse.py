"""Which rows and columns of a sheet make its table, and which stand so far away that they were left there by accident."""

from __future__ import annotations

from collections.abc import Mapping

FAR_ROWS, FAR_COLUMNS = 1000, 200
"""blank rows and blank columns that part two blocks; the limits are ours"""


def blocks(counts: Mapping[int, int], gap: int) -> tuple[range, list[range]]:
    """Return the block of lines that holds most cells, and the others.

    `counts` are cells by row or column; blocks are parted where more than `gap` lines are blank. The range of no line
    at all is empty.
    """
    lines = sorted(counts)
    starts = [line for line, before in zip(lines[1:], lines, strict=False) if line - before > gap + 1]
    ends = [before for line, before in zip(lines[1:], lines, strict=False) if line - before > gap + 1]
    found = [range(a, b + 1) for a, b in zip([*lines[:1], *starts], [*ends, *lines[-1:]], strict=True)]
    if len(found) < 2:
        return (found[0] if found else range(0)), []
    sizes = {block: sum(counts[line] for line in lines if line in block) for block in found}
    largest = max(found, key=sizes.__getitem__)
    return largest, [block for block in found if block != largest]

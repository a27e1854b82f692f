"""How wide the columns of a table are: by what stands in them, so that numbers do not break and words have room."""

from __future__ import annotations

from collections.abc import Sequence

from .nodes import HeadCell, RowNode

PAGE, TURNED = 84.0, 121.0
"""half-width characters at 10.5 pt across an upright and a turned page"""
# a table of many columns is set in smaller letters, so that more of them fit: columns, share of the letter size
SMALLER = ((13, 7.5 / 10.5), (9, 8.5 / 10.5), (7, 9.5 / 10.5))
PADDING = 2.5
WORD, LONGEST, HEAD, BROKEN = 10.0, 60.0, 12.0, 7.0
"""narrowest column of words; most that one text asks for; most that a title asks for, and what it needs when broken"""


def text_width(text: str) -> int:
    """Return the width in half-width characters."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


def column_widths(head: Sequence[Sequence[HeadCell]], rows: Sequence[RowNode], count: int, wide: bool) -> list[float]:
    """Return relative widths of `count` columns: numbers whole, the rest shared out by what the texts ask for."""
    room = (TURNED if wide else PAGE) / next((size for columns, size in SMALLER if count >= columns), 1.0)
    titles = [HEAD / 2] * count
    if len(head) == 1:
        titles = [min(HEAD, float(text_width(cell.text))) for cell in head[0]]
    # a title breaks where the numbers below it are short; words of the first column need the room more
    needed = [min(title, BROKEN) + PADDING for title in titles]
    wanted = [title + PADDING for title in titles]
    for row in rows:
        if row.kind == "group":
            continue
        for column, cell in enumerate(row.cells):
            width = float(text_width("".join(run.text + run.mark for run in cell.line)))
            number = bool(cell.line) and cell.line[0].figure is not None and len(cell.line) == 1
            indent = 2.0 * row.indent if column == 0 else 0.0
            least = width if number else min(width, WORD)
            needed[column] = max(needed[column], least + PADDING)
            wanted[column] = max(wanted[column], min(width + indent, LONGEST) + PADDING)
    asked = [want - need for want, need in zip(wanted, needed, strict=True)]
    free = room - sum(needed)
    if free <= 0 or not sum(asked):
        return needed
    given = min(1.0, free / sum(asked))
    return [need + given * ask for need, ask in zip(needed, asked, strict=True)]

"""Tables of the Word file: head rows repeat, groups of columns share a cell, numbers stand right."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from .docx_parts import add_runs, keep_whole, line_below, repeat_head, set_borders, set_margins, set_widths, shade
from .docx_template import CELL
from .nodes import HeadCell, RowNode, Run, TableNode
from .sign_off import Pair

HEAD_FILL = "EEF1F5"
# columns from which on the letters get smaller
SIZES = ((13, 7.5), (9, 8.5), (7, 9.5))


Looks = dict[str, Any]
"""alignment -> paragraph properties of a cell"""


def add_table(word: Any, node: TableNode, width: int) -> None:
    """Append a table `width` EMU wide."""
    from docx.enum.table import WD_TABLE_ALIGNMENT

    size = next((size for columns, size in SIZES if len(node.widths) >= columns), 0.0)
    table = word.add_table(rows=len(node.head) + len(node.rows), cols=len(node.widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    set_borders(table)
    set_margins(table, 50 if size else 90)
    set_widths(table, node.widths, width)
    # one look through the grid: a cell by its address costs a search each time
    grid = [list(row.cells) for row in table.rows]
    looks: Looks = {}
    _head(word, table, grid, node.head, size, looks)
    for row, cells in zip(node.rows, grid[len(node.head) :], strict=True):
        _row(word, cells, row, size, looks)
    for row in table.rows:
        keep_whole(row)


def _head(word: Any, table: Any, grid: list[list[Any]], head: list[list[HeadCell]], size: float, looks: Looks) -> None:
    taken: set[tuple[int, int]] = set()
    for down, line in enumerate(head):
        across = 0
        for cell in line:
            while (down, across) in taken:
                across += 1
            taken |= {(down + i, across + j) for i in range(cell.rows) for j in range(cell.columns)}
            place = grid[down][across]
            if cell.rows > 1 or cell.columns > 1:
                place = place.merge(grid[down + cell.rows - 1][across + cell.columns - 1])
            _write(word, place, [Run(cell.text)], "center", size, looks, bold=True)
            across += cell.columns
        for place in grid[down]:
            shade(place, HEAD_FILL)
    for row in table.rows[: len(head)]:
        repeat_head(row)


def _row(word: Any, cells: list[Any], row: RowNode, size: float, looks: Looks) -> None:
    from docx.shared import Pt

    if row.kind == "group":
        cells[len(row.cells) - 1].merge(cells[-1])
    for index, (cell, content) in enumerate(zip(cells, row.cells, strict=False)):
        paragraph = _write(word, cell, content.line, content.align, size, looks, bold=row.kind in ("total", "group"))
        if index == 0 and row.indent:
            paragraph.paragraph_format.left_indent = Pt((size or 10.5) * row.indent)


def _write(word: Any, cell: Any, line: list[Run], align: str, size: float, looks: Looks, bold: bool = False) -> Any:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

    paragraph = cell.paragraphs[0]
    # a look is made once and copied: naming a style searches all styles of the file, thousands of cells long
    if align not in looks:
        _look(word, paragraph, align)
        looks[align] = deepcopy(paragraph._p.pPr)
    else:
        for old in paragraph._p.findall(looks[align].tag):
            paragraph._p.remove(old)
        paragraph._p.insert(0, deepcopy(looks[align]))
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    add_runs(paragraph, line, bold, size or 10.5)
    return paragraph


def _look(word: Any, paragraph: Any, align: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.style = CELL if CELL in word.styles else "Normal"
    paragraph.alignment = {
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
    }[align]
    # a template's Normal may indent and space its text; a cell must not
    layout = paragraph.paragraph_format
    layout.first_line_indent = layout.space_before = layout.space_after = 0
    layout.line_spacing = 1.0


def add_sign_off(word: Any, rows: list[tuple[Pair, Pair]], stamp: str, style: str, width: int) -> None:
    """Append the lines to sign on: labels, and cells with a line below; `width` in EMU."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    word.add_paragraph()
    table = word.add_table(rows=len(rows), cols=4)
    set_widths(table, [1.5, 2.2, 1.5, 1.8], width)
    looks: Looks = {}
    for row, pairs in zip(table.rows, rows, strict=True):
        row.height = Cm(1.1)
        keep_whole(row)
        for index, (label, value) in enumerate(pairs):
            _write(word, row.cells[2 * index], [Run(label)], "left", 12, looks)
            _write(word, row.cells[2 * index + 1], [Run(value)], "left", 12, looks)
            line_below(row.cells[2 * index + 1])
    last = word.add_paragraph(style=style if style in word.styles else "Normal")
    add_runs(last, [Run(stamp)], size=12)
    last.alignment, last.paragraph_format.space_before = WD_ALIGN_PARAGRAPH.RIGHT, 240000

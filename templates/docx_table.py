"""Tables of the Word file: head rows repeat, groups of columns share a cell, numbers stand right.

A table is written as one piece of XML: an account has thousands of cells, and python-docx takes milliseconds for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from .docx_parts import add_runs, keep_whole, line_below, set_widths
from .docx_template import CELL
from .nodes import HeadCell, Line, RowNode, Run, TableNode
from .numbers import split_formulas
from .sign_off import Pair

HEAD_FILL = "EEF1F5"
# columns from which on the letters get smaller
SIZES = ((13, 7.5), (9, 8.5), (7, 9.5))
FULL_SIZE = 10.5
EMU_PER_TWIP = 635
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
    for side, size, colour in (("top", 12, "000000"), ("bottom", 12, "000000"), ("insideH", 4, "8C8C8C"))
)
"""thick lines above and below, thin ones between rows, none at the sides"""
# a template's Normal may indent and space its text; a cell must not
SPACING = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'


def add_table(word: Any, node: TableNode, width: int) -> None:
    """Append a table `width` EMU wide."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    small = next((size for columns, size in SIZES if len(node.widths) >= columns), 0.0)
    widths = [int(one * width / sum(node.widths)) // EMU_PER_TWIP for one in node.widths]
    style = word.styles[CELL if CELL in word.styles else "Normal"].style_id
    cells = _Cells(escape(style, {'"': "&quot;"}), small or FULL_SIZE, widths)
    margin = 50 if small else 90
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    kept = kept_rows(len(node.rows), bool(node.notes))
    rows = "".join([*cells.head(node.head), *(cells.row(row, keep) for row, keep in zip(node.rows, kept, strict=True))])
    word.element.body._insert_tbl(
        parse_xml(
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:type="auto" w:w="0"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
            f'<w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        )
    )


SHORT, ENDS = 8, 2
"""rows of a table that is not broken over pages; rows that stay together at both ends of a longer one"""


def kept_rows(count: int, notes: bool) -> list[bool]:
    """Say of each row whether the next stands on the same page: no lone first rows, no notes without a row above."""
    last = count - 1
    return [(count <= SHORT or n < ENDS or n >= count - ENDS) and (n < last or notes) for n in range(count)]


@dataclass(frozen=True)
class _Cells:
    """Writes rows as XML."""

    style: str
    size: float
    widths: list[int]

    def head(self, head: list[list[HeadCell]]) -> Iterator[str]:
        """Yield the head rows; they are printed again on each page."""
        below: dict[int, int] = {}
        for number, line in enumerate(head):
            row, across, waiting = "", 0, list(line)
            while across < len(self.widths):
                if number and across in below:
                    row += self._cell(
                        [], across, below[across], "center", merge='<w:vMerge w:val="continue"/>', fill=True, keep=True
                    )
                    across += below[across]
                    continue
                cell = waiting.pop(0)
                merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
                row += self._cell(
                    [Run(cell.text)], across, cell.columns, "center", True, merge=merge, fill=True, keep=True
                )
                if cell.rows > 1:
                    below[across] = cell.columns
                across += cell.columns
            yield f'<w:tr><w:trPr><w:tblHeader w:val="true"/><w:cantSplit w:val="true"/></w:trPr>{row}</w:tr>'

    def row(self, row: RowNode, keep: bool) -> str:
        """Return a row of the body; the last cell of a subheading takes the rest of the columns."""
        bold, last = row.kind in ("total", "group"), len(row.cells) - 1
        cells = ""
        for index, cell in enumerate(row.cells):
            span = len(self.widths) - last if row.kind == "group" and index == last else 1
            indent = int(self.size * 20 * row.indent) if index == 0 else 0
            cells += self._cell(cell.line, index, span, cell.align, bold, indent, keep=keep)
        return f'<w:tr><w:trPr><w:cantSplit w:val="true"/></w:trPr>{cells}</w:tr>'

    def _cell(
        self, line: Line, across: int, span: int, align: str, bold: bool = False, indent: int = 0, merge: str = "",
        fill: bool = False, keep: bool = False,
    ) -> str:  # fmt: skip
        width = sum(self.widths[across : across + span])
        spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEAD_FILL}"/>' if fill else ""
        left = f' w:left="{indent}"' if indent else ""
        next_ = "<w:keepNext/>" if keep else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{spans}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{self.style}"/>{next_}{SPACING}<w:ind{left} w:firstLine="0"/>'
            f'<w:jc w:val="{align}"/></w:pPr>{self._runs(line, bold)}</w:p></w:tc>'
        )

    def _runs(self, line: Line, bold: bool) -> str:
        """Return the runs of a line: subscripts of formulas, marks raised."""
        strong = "<w:b/>" if bold else ""
        out = ""
        for run in line:
            pieces = [(text, "subscript" if low else "") for text, low in split_formulas(run.text)]
            for text, place in [*pieces, (run.mark, "superscript")]:
                if text:
                    raised = f'<w:vertAlign w:val="{place}"/>' if place else ""
                    out += (
                        f'<w:r><w:rPr>{strong}<w:sz w:val="{int(self.size * 2)}"/>{raised}</w:rPr>'
                        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
                    )
        return out


def add_sign_off(word: Any, rows: list[tuple[Pair, Pair]], stamp: str, style: str, width: int) -> None:
    """Append the lines to sign on: labels, and cells with a line below; `width` in EMU."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    word.add_paragraph()
    table = word.add_table(rows=len(rows), cols=4)
    set_widths(table, [1.5, 2.2, 1.5, 1.8], width)
    for row, pairs in zip(table.rows, rows, strict=True):
        row.height = Cm(1.1)
        keep_whole(row)
        for index, (label, value) in enumerate(pairs):
            _write(word, row.cells[2 * index], label)
            _write(word, row.cells[2 * index + 1], value)
            line_below(row.cells[2 * index + 1])
    last = word.add_paragraph(style=style if style in word.styles else "Normal")
    add_runs(last, [Run(stamp)], size=12)
    last.alignment, last.paragraph_format.space_before = WD_ALIGN_PARAGRAPH.RIGHT, 240000


def _write(word: Any, cell: Any, text: str) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

    paragraph = cell.paragraphs[0]
    paragraph.style = CELL if CELL in word.styles else "Normal"
    layout = paragraph.paragraph_format
    layout.first_line_indent = layout.space_before = layout.space_after = 0
    layout.line_spacing = 1.0
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    add_runs(paragraph, [Run(text)], size=12)

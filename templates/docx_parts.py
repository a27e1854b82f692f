"""Small pieces of Word that python-docx has no call for: borders, repeated head rows, merged cells, turned pages."""

from __future__ import annotations

from typing import Any

from .nodes import Line
from .numbers import split_formulas

THICK, THIN = "12", "4"  # eighths of a point
# what the schema puts before these children of a cell's properties
BEFORE_BORDERS = ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge")
BEFORE_SHADE = (*BEFORE_BORDERS, "tcBorders")


def element(tag: str, **attributes: str) -> Any:
    """Return an element of the w: namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def add_runs(paragraph: Any, line: Line, bold: bool = False, size: float = 0) -> None:
    """Write the runs of a line: subscripts of formulas, marks raised; size in points, 0 as the style has it."""
    from docx.shared import Pt

    for run in line:
        pieces = [(text, "low" if low else "") for text, low in split_formulas(run.text)]
        for text, place in [*pieces, (run.mark, "high")]:
            if text:
                font = paragraph.add_run(text).font
                if place == "low":
                    font.subscript = True
                elif place == "high":
                    font.superscript = True
                font.bold = True if bold else None
                font.size = Pt(size) if size else None


def _insert_in_order(parent: Any, child: Any, after: tuple[str, ...]) -> None:
    """Word refuses children in another order than the schema's."""
    from docx.oxml.ns import qn

    tags = {qn(f"w:{name}") for name in after}
    index = max((i + 1 for i, item in enumerate(parent) if item.tag in tags), default=0)
    parent.insert(index, child)


def set_widths(table: Any, widths: list[float], total: int) -> None:
    """Fix the column widths, in proportion, to `total` (EMU)."""
    from docx.shared import Emu

    table.autofit = False
    scale = total / sum(widths)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(int(width * scale))
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Emu(int(width * scale))


def keep_whole(row: Any) -> None:
    """Do not break the row over two pages."""
    row._tr.get_or_add_trPr().append(element("cantSplit", val="true"))


def shade(cell: Any, colour: str) -> None:
    """Fill a cell."""
    _insert_in_order(cell._tc.get_or_add_tcPr(), element("shd", val="clear", color="auto", fill=colour), BEFORE_SHADE)


def line_below(cell: Any) -> None:
    """Draw a line to write on."""
    borders = element("tcBorders")
    borders.append(element("bottom", val="single", sz="6", space="0", color="000000"))
    _insert_in_order(cell._tc.get_or_add_tcPr(), borders, BEFORE_BORDERS)


def end_section(document: Any, landscape: bool) -> None:
    """Append a paragraph that ends a section; it takes page, header and footer of the document's last section."""
    from copy import deepcopy

    from docx.shared import Pt

    own = document.element.body.sectPr
    section = deepcopy(own)
    _plain(own)  # a restart of page numbers or another first page holds for the first of the sections only
    if landscape:
        _turn(section)
    paragraph = document.add_paragraph()
    # as low as can be: after a full page it must not start another
    paragraph.paragraph_format.line_spacing = Pt(1)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = 0
    paragraph._p.get_or_add_pPr().append(section)


# the sheet turns to the left: what was its right edge is on top
TURNED_EDGES = {"top": "right", "right": "bottom", "bottom": "left", "left": "top"}


def _turn(section: Any) -> None:
    """Turn page and margins: the area of print stays the same, turned as well; feet stay inside their margin."""
    from docx.oxml.ns import qn

    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    size.set(qn("w:w"), height)
    size.set(qn("w:h"), width)
    size.set(qn("w:orient"), "landscape")
    if margins is None:
        return
    upright = {edge: margins.get(qn(f"w:{edge}")) for edge in TURNED_EDGES}
    for edge, before in TURNED_EDGES.items():
        margins.set(qn(f"w:{edge}"), upright[before] or "0")
    for part, edge in (("header", "top"), ("footer", "bottom")):
        room, own = int(margins.get(qn(f"w:{edge}"))), int(margins.get(qn(f"w:{part}")) or 0)
        margins.set(qn(f"w:{part}"), str(min(own, max(room - LEAST_ROOM, 0))))


LEAST_ROOM = 567
"""twentieths of a point that a line at the head or foot needs inside its margin: 1 cm"""


def _plain(section: Any) -> None:
    from docx.oxml.ns import qn

    for found in section.findall(qn("w:titlePg")):
        section.remove(found)
    for found in section.findall(qn("w:pgNumType")):
        found.attrib.pop(qn("w:start"), None)

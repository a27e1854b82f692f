"""Print a report's tables as a workbook: real numbers, live formulas with their values, an index of all figures."""

from __future__ import annotations

import io
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..accounting.problems import ProblemList
from . import words
from .chart_table import has_totals
from .charts.alt import axis_title, is_cut, uneven
from .charts.colours import colours
from .charts.render import colour_keys
from .charts.spec import load
from .column_widths import text_width
from .dates import document_date, long_date
from .figure import Edition, Figure, Formula, Lang, Rounding
from .layout import Document, lay_out
from .nodes import CellNode, HeadCell, Line, RowNode
from .numbers import number_format, significant, unit_label, with_subscripts
from .sign_off import sign_off_rows
from .xlsx_sheets import Address, Placed, Sheets, place, quoted
from .zipfile_stable import repack

if TYPE_CHECKING:
    from .report import Report

FONT, HEAD_FILL = "宋体", "#EEF1F5"
GRID = {"color": "#E3E3E3"}
NARROW, BROAD = 9, 46
UPRIGHT = 110
"""letters that an upright page holds in a size that can be read"""
NOTE_LINE, NOTE_SIZE = 12.5, 9 / 10.5
"""height of a line of a note in points, and its letters as part of those of the table"""


def render(
    report: Report, lang: Lang, edition: Edition, rounding: Rounding, template: Path | None, problems: ProblemList
) -> bytes:
    """Return the .xlsx. `template` and `problems` are not used."""
    import xlsxwriter

    document = lay_out(report, lang, edition, rounding)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {
            "title": document.text(report.title),
            "author": document.text(report.issuer),
            "created": document_date(report.date),
        }
    )
    _Book(book, document).write()
    book.close()
    return repack(out.getvalue())


class _Book:
    """Writes cover, tables and index into an xlsxwriter workbook."""

    def __init__(self, book: Any, document: Document) -> None:
        self.book = book
        self.document = document
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.cover = document.text(words.COVER)
        self.index = document.text(words.FIGURE_INDEX)
        self.sheets: Sheets = place(document, [self.cover, self.index])

    def write(self) -> None:
        """Write all sheets."""
        made = {name: self.book.add_worksheet(name) for name in (self.cover, *self.sheets.names, self.index)}
        self._cover(made[self.cover])
        for name in self.sheets.names:
            tables = [placed for placed in self.sheets.tables if placed.sheet == name]
            widths = _widths(tables)
            for placed in tables:
                self._table(made[name], placed, widths)
            self._page(made[name], tables, widths)
        self._index(made[self.index])
        for sheet in made.values():
            # sheets printed on paper say which report and page they are; a blank keeps a size from eating digits
            sheet.set_header(f"&L&9 {_escaped(self.document.text(self.document.report.title))}&R&9 &A")
            sheet.set_footer("&C&9 &P / &N")

    def style(self, **properties: Any) -> Any:
        """Return a format; equal ones are one object."""
        full = {"font_name": FONT, "font_size": 10.5, "valign": "vcenter", **properties}
        key = tuple(sorted(full.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(full)
        return self.formats[key]

    def _cover(self, sheet: Any) -> None:
        report, document = self.document.report, self.document
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 60)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, document.text(report.title), self.style(font_size=16, bold=True))
        pairs = [
            ("", document.text(report.subtitle)),
            (document.text(words.ISSUER), document.text(report.issuer)),
            (document.text(words.DATE), long_date(report.date, document.lang)),
            *((document.text(name), document.text(value)) for name, value in report.meta),
        ]
        row = 1
        for name, value in pairs:
            if value:
                sheet.write_string(row, 0, name, self.style())
                sheet.write_string(row, 1, value, self.style(text_wrap=True))
                row += 1
        row = self._contents(sheet, row + 1)
        for pair in (pair for pairs in sign_off_rows(report.sign_off, document.lang) for pair in pairs):
            sheet.write_string(row, 0, pair[0], self.style())
            sheet.write_string(row, 1, pair[1], self.style(bottom=1))
            row += 1

    def _contents(self, sheet: Any, row: int) -> int:
        sheet.write_string(row, 0, self.document.text(words.CONTENTS), self.style(bold=True))
        for name in (*self.sheets.names, self.index):
            row += 1
            link = self.style(font_color="#1B4965", underline=1)
            sheet.write_url(row, 0, f"internal:{quoted(name)}!A1", link, name)
            # the name of a sheet is cut at 31 letters
            caption = next((placed.caption for placed in self.sheets.tables if placed.sheet == name), "")
            sheet.write_string(row, 1, with_subscripts(caption), self.style(text_wrap=True))
        if self.document.legend:
            row += 2
            sheet.write_string(row, 0, self.document.legend, self.style())
        return row + 2

    def _table(self, sheet: Any, placed: Placed, widths: list[float]) -> None:
        node = placed.node
        sheet.write_string(placed.top, 0, with_subscripts(placed.caption), self.style(bold=True, font_size=12))
        if node.unit:
            sheet.write_string(
                placed.top + 1, len(node.widths) - 1, with_subscripts(node.unit), self.style(align="right")
            )
        self._head(sheet, placed.head, node.head)
        for down, row in enumerate(node.rows):
            self._row(sheet, placed, placed.body + down, row)
        for down, line in enumerate(placed.notes):
            self._note(sheet, placed.body + len(node.rows) + down, _plain(line), widths[: len(node.widths)])
        if placed.chart:
            self._chart(sheet, placed)

    def _note(self, sheet: Any, row: int, text: str, widths: list[float]) -> None:
        """Write a note across the table, broken into lines: running on to the right it would shrink the print."""
        style = self.style(font_size=9, text_wrap=True, valign="top")
        sheet.set_row(row, NOTE_LINE * max(1, ceil(text_width(text) * NOTE_SIZE / sum(widths))))
        if len(widths) > 1:
            sheet.merge_range(row, 0, row, len(widths) - 1, text, style)
        else:
            sheet.write_string(row, 0, text, style)

    def _head(self, sheet: Any, top: int, head: list[list[HeadCell]]) -> None:
        style = self.style(bold=True, align="center", text_wrap=True, border=1, bg_color=HEAD_FILL)
        taken: set[tuple[int, int]] = set()
        for down, line in enumerate(head):
            across = 0
            for cell in line:
                while (down, across) in taken:
                    across += 1
                taken |= {(down + i, across + j) for i in range(cell.rows) for j in range(cell.columns)}
                first, last = top + down, top + down + cell.rows - 1
                if cell.rows > 1 or cell.columns > 1:
                    sheet.merge_range(first, across, last, across + cell.columns - 1, with_subscripts(cell.text), style)
                else:
                    sheet.write_string(first, across, with_subscripts(cell.text), style)
                across += cell.columns

    def _row(self, sheet: Any, placed: Placed, row: int, content: RowNode) -> None:
        look = {"border": 1, "bold": content.kind in ("total", "group")}
        for column, cell in enumerate(content.cells):
            indent = {"indent": content.indent} if column == 0 and content.indent else {}
            self._cell(sheet, placed.sheet, row, column, cell, {**look, **indent})
        for column in range(len(content.cells), len(placed.node.widths)):
            sheet.write_blank(row, column, None, self.style(**look))

    def _cell(self, sheet: Any, name: str, row: int, column: int, cell: CellNode, look: dict[str, Any]) -> None:
        figure = cell.cell.figure if isinstance(cell.cell, Formula) else cell.cell
        if not isinstance(figure, Figure) or Address(name, row, column) not in self.sheets.numeric:
            wrap = self.style(align=cell.align, text_wrap=column > 0, **look)
            sheet.write_string(row, column, _plain(cell.line), wrap)
            return
        shown = number_format(figure, self.document.lang, self.document.rounding)
        mark = cell.line[0].mark
        style = self.style(align="right", num_format=shown + (f'" {mark}"' if mark else ""), **look)
        value = significant(figure.value or 0.0)
        formula = self.sheets.formula(cell.cell, name) if isinstance(cell.cell, Formula) else None
        if formula:
            sheet.write_formula(row, column, formula, style, value)
        else:
            sheet.write_number(row, column, value, style)

    def _chart(self, sheet: Any, placed: Placed) -> None:
        """Draw Excel's own chart beside the numbers; not where a number is missing: Excel would draw a zero."""
        node = placed.chart
        kind = load(node.chart.spec).get("workbook") if node and node.chart.table is None else None
        if node is None or not kind or not self._whole(placed):
            return
        cut = is_cut(node.chart, self.document.edition)
        if kind["type"] == "line" and uneven(node.chart):
            # a line of Excel sets years side by side whatever lies between; columns claim nothing about the way
            kind, cut = {"type": "column"}, False
        rows, columns = len(placed.node.rows), len(placed.node.widths) - has_totals(node.chart)
        names = [with_subscripts(cell.text) for cell in placed.node.head[-1]][1:columns]
        fills = colours(names, colour_keys(node.chart, self.document.lang), lines=kind["type"] == "line")
        chart = self.book.add_chart(kind)
        first, last = placed.body, placed.body + rows - 1
        for column in range(1, columns):
            chart.add_series(
                {
                    "name": [placed.sheet, placed.head, column],
                    "categories": [placed.sheet, first, 0, last, 0],
                    "values": [placed.sheet, first, column, last, column],
                    **_series_look(kind["type"], fills[column - 1]),
                }
            )
        # bars run from top to bottom as in the table; the other axis stays below. The library's x is the horizontal one
        bars = kind["type"] == "bar"
        turned = {"reverse": True, "crossing": "max"} if bars else {}
        groups, amounts = (chart.set_y_axis, chart.set_x_axis) if bars else (chart.set_x_axis, chart.set_y_axis)
        chart.set_title({"name": with_subscripts(node.caption), "name_font": {"size": 12}})
        groups({"name": self.document.text(node.chart.x), "major_gridlines": {"visible": False}, **turned})
        # Excel may begin an axis above zero by itself, even one of bars
        start = {} if cut or self._negative(placed) else {"min": 0}
        lang, edition = self.document.lang, self.document.edition
        title = with_subscripts(axis_title(node.chart, lang, edition) if cut else node.chart.y.in_(lang))
        amounts({**start, "name": title, "major_gridlines": {"visible": True, "line": GRID}})
        chart.set_legend({"position": "bottom"} if columns > 2 else {"none": True})
        chart.set_size({"width": 680, "height": 380})
        chart.show_blanks_as("gap")
        sheet.insert_chart(placed.end + 1, 0, chart)

    def _whole(self, placed: Placed) -> bool:
        """Tell whether every cell holds a number or is left blank by the builder."""
        return all(
            cell.cell is None or Address(placed.sheet, placed.body + down, across) in self.sheets.numeric
            for down, row in enumerate(placed.node.rows)
            for across, cell in enumerate(row.cells)
            if across
        )

    def _negative(self, placed: Placed) -> bool:
        figures = [run.figure for row in placed.node.rows for cell in row.cells for run in cell.line if run.figure]
        return any((figure.value or 0.0) < 0 for figure in figures)

    def _page(self, sheet: Any, tables: list[Placed], widths: list[float]) -> None:
        """Set widths, frozen head and the printed page of one sheet."""
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        if len(tables) == 1:
            sheet.freeze_panes(tables[0].body, 1)
            sheet.repeat_rows(tables[0].head, tables[0].body - 1)
        if sum(widths) > UPRIGHT:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _index(self, sheet: Any) -> None:
        """List every figure: id, where it stands, value, unit, status, evidence."""
        heads = [self.document.text(text) for text in words.INDEX_COLUMNS]
        for column, (head, width) in enumerate(zip(heads, (58, 30, 8, 18, 18, 10, 22), strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, self.style(bold=True, bg_color=HEAD_FILL, border=1))
        row = 0
        for figure, address, text in self._entries():
            row += 1
            place_ = f"internal:{quoted(address.sheet)}!{address.name}"
            sheet.write_string(row, 0, figure.id, self.style())
            sheet.write_string(row, 1, address.sheet, self.style())
            sheet.write_url(row, 2, place_, self.style(font_color="#1B4965", underline=1), address.name)
            if address in self.sheets.numeric:
                sheet.write_number(row, 3, significant(figure.value or 0.0), self.style())
            else:
                sheet.write_string(row, 3, text, self.style(align="right"))
            sheet.write_string(row, 4, with_subscripts(unit_label(figure.unit, self.document.lang)), self.style())
            for column, known, key in ((5, words.STATUSES, figure.status), (6, words.EVIDENCES, figure.evidence)):
                sheet.write_string(row, column, self.document.text(known[key]) if key in known else key, self.style())
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, row, len(heads) - 1)

    def _entries(self) -> list[tuple[Figure, Address, str]]:
        """Return each figure with its cell and printed text, in the order of the sheets."""
        entries = []
        for placed in self.sheets.tables:
            for down, row in enumerate(placed.node.rows):
                for column, cell in enumerate(row.cells):
                    figure = cell.cell.figure if isinstance(cell.cell, Formula) else cell.cell
                    if isinstance(figure, Figure):
                        address = Address(placed.sheet, placed.body + down, column)
                        entries.append((figure, address, _plain(cell.line)))
        return entries


def _widths(tables: list[Placed]) -> list[float]:
    """Return the widths of the columns of a sheet, in letters of its font."""
    out = []
    for column in range(max(len(placed.node.widths) for placed in tables)):
        texts = [
            _plain(row.cells[column].line)
            for placed in tables
            for row in placed.node.rows
            if column < len(row.cells) and row.kind != "group"
        ]
        head = [cell.text for placed in tables for cell in placed.node.head[-1]]
        widest = max([text_width(text) for text in texts] + [min(16, max(map(text_width, head), default=0))])
        out.append(float(min(BROAD, max(NARROW, widest + 2))))
    return out


def _escaped(text: str) -> str:
    return text.replace("&", "&&")


def _series_look(kind: str, colour: str) -> dict[str, Any]:
    """Colour a series as the drawn chart does; lines are never smoothed, that would move a peak."""
    if kind == "line":
        marker = {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}}
        return {"smooth": False, "line": {"color": colour, "width": 2}, "marker": marker}
    return {"fill": {"color": colour}, "gap": 60}


def _plain(line: Line) -> str:
    return with_subscripts("".join(run.text for run in line))

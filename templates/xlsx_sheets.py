"""Which sheet and cell every number of a workbook gets, before anything is written: formulas point at them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .figure import Edition, Figure, Formula
from .layout import Document
from .nodes import ChartNode, Line, TableNode

NAME_LIMIT = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
GAP_ROWS = 2


@dataclass
class Placed:
    """A table on its sheet; rows and columns count from 0. `top` is the row of the caption."""

    node: TableNode
    caption: str
    sheet: str
    top: int
    chart: ChartNode | None = None

    @property
    def head(self) -> int:
        """First row of the head."""
        return self.top + 2

    @property
    def body(self) -> int:
        """First row below the head."""
        return self.head + len(self.node.head)

    @property
    def end(self) -> int:
        """First row below the notes."""
        return self.body + len(self.node.rows) + len(self.notes)

    @property
    def notes(self) -> list[Line]:
        """Notes below the table, and those of its chart."""
        return [*self.node.notes, *(self.chart.notes if self.chart else [])]


@dataclass(frozen=True)
class Address:
    """A cell; row and column count from 0."""

    sheet: str
    row: int
    column: int

    @property
    def name(self) -> str:
        """Return B7."""
        return f"{column_letters(self.column)}{self.row + 1}"

    def seen_from(self, sheet: str) -> str:
        """Return B7, or '表1 能源'!B7 from another sheet."""
        return self.name if sheet == self.sheet else f"{quoted(self.sheet)}!{self.name}"


def quoted(sheet: str) -> str:
    """Return a sheet name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def column_letters(column: int) -> str:
    """Return A for 0, AA for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass
class Sheets:
    """All tables with their places, and the cells of all figures."""

    tables: list[Placed] = field(default_factory=list)
    cells: dict[str, list[Address]] = field(default_factory=dict)
    numeric: set[Address] = field(default_factory=set)

    @property
    def names(self) -> list[str]:
        """Sheet names in order."""
        return list(dict.fromkeys(table.sheet for table in self.tables))

    def formula(self, formula: Formula, sheet: str) -> str | None:
        """Return the Excel formula, or None when a cell it needs is not there or holds no number."""
        found = [self._cell(ref, sheet) for ref in formula.refs]
        cells = [cell for cell in found if cell is not None and cell in self.numeric]
        if len(cells) != len(found):
            return None
        names = [cell.seen_from(sheet) for cell in cells]
        return "=" + formula.expression.replace("{all}", ",".join(_ranges(cells, sheet))).format(*names)

    def _cell(self, figure_id: str, sheet: str) -> Address | None:
        cells = self.cells.get(figure_id, [])
        return next((cell for cell in cells if cell.sheet == sheet), cells[0] if cells else None)


def place(document: Document, taken: Sequence[str]) -> Sheets:
    """Give every table and chart table its sheet; `taken` are the names of other sheets."""
    sheets = Sheets()
    names: dict[str, str] = {}
    rows: dict[str, int] = {}
    for node, caption, wanted, chart in _tables(document):
        if wanted not in names:
            names[wanted] = sheet_name(wanted, [*taken, *names.values()])
        sheet = names[wanted]
        placed = Placed(node, caption, sheet, rows.get(sheet, 0), chart)
        rows[sheet] = placed.end + GAP_ROWS
        sheets.tables.append(placed)
        _note_cells(sheets, placed, document.edition)
    return sheets


def _tables(document: Document) -> Iterator[tuple[TableNode, str, str, ChartNode | None]]:
    for node in document.nodes:
        if isinstance(node, TableNode):
            sheet = node.table.sheet
            yield node, node.caption, document.text(sheet) if sheet else f"{node.label} {node.title}", None
        elif isinstance(node, ChartNode):
            yield node.table, node.caption, f"{node.label} {node.title}", node


def sheet_name(wanted: str, taken: Sequence[str]) -> str:
    """Return a name Excel accepts: at most 31 characters, none of []:*?/\\, no apostrophe at the ends, not taken."""
    clean = _FORBIDDEN.sub(" ", wanted).strip().strip("'")
    name, number = clean[:NAME_LIMIT].rstrip(), 1
    low = {other.lower() for other in taken}
    while name.lower() in low:
        number += 1
        tail = f" ({number})"
        name = clean[: NAME_LIMIT - len(tail)].rstrip() + tail
    return name


def _note_cells(sheets: Sheets, placed: Placed, edition: Edition) -> None:
    for down, row in enumerate(placed.node.rows):
        for across, cell in enumerate(row.cells):
            figure = cell.cell.figure if isinstance(cell.cell, Formula) else cell.cell
            if isinstance(figure, Figure):
                address = Address(placed.sheet, placed.body + down, across)
                sheets.cells.setdefault(figure.id, []).append(address)
                if figure.value is not None and not figure.withheld(edition):
                    sheets.numeric.add(address)


def _ranges(cells: Sequence[Address], sheet: str) -> Iterator[str]:
    """Yield ranges of cells that lie below or beside each other, single cells else."""
    start = 0
    while start < len(cells):
        end = start
        for step in ((1, 0), (0, 1)):
            while end + 1 < len(cells) and _follows(cells[end], cells[end + 1], step):
                end += 1
            if end > start:
                break
        first, last = cells[start], cells[end]
        yield first.seen_from(sheet) + (f":{last.name}" if end > start else "")
        start = end + 1


def _follows(one: Address, other: Address, step: tuple[int, int]) -> bool:
    return other == Address(one.sheet, one.row + step[0], one.column + step[1])

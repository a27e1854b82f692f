"""What a laid-out report consists of: headings, paragraphs, tables and charts in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .figure import Figure
from .report import Cell, Chart, Table


@dataclass(frozen=True)
class Run:
    """A piece of a line: plain text, a printed figure with its mark, or a link to a table or chart."""

    text: str
    figure: Figure | None = None
    mark: str = ""
    link: str = ""


Line = list[Run]


@dataclass(frozen=True)
class HeadingNode:
    """A heading with its number; level 1 to 3."""

    what: ClassVar[str] = "heading"
    level: int
    number: str
    text: str
    anchor: str

    @property
    def full(self) -> str:
        """Number and text: 一、能源消费情况."""
        gap = "" if self.number.endswith(("、", "）")) or not self.number else " "
        return f"{self.number}{gap}{self.text}"


@dataclass(frozen=True)
class ParagraphNode:
    """A paragraph of the body, or a note with its kind."""

    what: ClassVar[str] = "paragraph"
    line: Line
    kind: str = ""


@dataclass(frozen=True)
class HeadCell:
    """A cell of a table's head, with the columns and rows it spans."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class CellNode:
    """A cell: what is printed, and what the builder gave, for workbooks."""

    line: Line
    cell: Cell
    align: str


@dataclass(frozen=True)
class RowNode:
    """A row of a table."""

    cells: list[CellNode]
    kind: str
    indent: int


@dataclass(frozen=True)
class TableNode:
    """A table: caption, unit line, one or two head rows, body rows, notes."""

    what: ClassVar[str] = "table"
    table: Table
    label: str
    title: str
    unit: str
    head: list[list[HeadCell]]
    rows: list[RowNode]
    notes: list[Line]
    widths: list[float]

    @property
    def caption(self) -> str:
        """表1 能源消费总量与构成."""
        return f"{self.label}  {self.title}" if self.label else self.title


@dataclass(frozen=True)
class ChartNode:
    """A chart with its caption and the table of its numbers."""

    what: ClassVar[str] = "chart"
    chart: Chart
    label: str
    title: str
    table: TableNode
    notes: list[Line]

    @property
    def caption(self) -> str:
        """图1 能源消费构成."""
        return f"{self.label}  {self.title}"


Node = HeadingNode | ParagraphNode | TableNode | ChartNode

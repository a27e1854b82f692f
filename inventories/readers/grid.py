"""A grid: the cells of one table as text, each with its address, and what is odd about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from ...accounting.problems import Where

Cells = npt.NDArray[np.object_]
Span = tuple[int, int, int, int]
"""first row, first column, last row, last column, counted from 0 and inclusive"""


def letters(column: int) -> str:
    """Return the name of a column counted from 0: 0 -> A, 26 -> AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def index_of(name: str) -> tuple[int, int]:
    """Return (row, column) from 0 of a cell name such as C7."""
    head = name.rstrip("0123456789")
    column = 0
    for letter in head:
        column = column * 26 + ord(letter) - 64
    return int(name[len(head) :]) - 1, column - 1


@dataclass(frozen=True)
class Grid:
    """Text cells of one sheet or csv file; a blank cell is `''`."""

    file: str
    """path relative to the workspace"""
    sheet: str
    """'' for csv"""
    cells: Cells
    """two dimensions, text"""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    """cells that hold an error value"""
    formulas: frozenset[tuple[int, int]] = frozenset()
    """cells that hold a formula without a computed value"""
    merged: tuple[Span, ...] = ()
    """merged ranges; their text stands in every cell of the range"""

    @classmethod
    def of(cls, rows: Iterable[Iterable[str]], file: str, sheet: str = "") -> Grid:
        """Make a grid from rows of unequal length."""
        listed = [list(row) for row in rows]
        width = max((len(row) for row in listed), default=0)
        cells = np.full((len(listed), width), "", dtype=object)
        for number, row in enumerate(listed):
            cells[number, : len(row)] = row
        return cls(file, sheet, cells)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.cells.shape[0], self.cells.shape[1]

    @property
    def prefix(self) -> str:
        """The part of an address before the cell."""
        return f"{self.file}!{self.sheet}!" if self.sheet else f"{self.file}!"

    def where(self, row: int, column: int) -> Where:
        """Return the address of a cell."""
        return Where(file=self.file, sheet=self.sheet, cell=f"{letters(column)}{row + 1}")

    def table(self) -> Where:
        """Return the address of the whole table."""
        return Where(file=self.file, sheet=self.sheet)

    def addresses(self, rows: pd.Series, columns: pd.Series) -> pd.Series:
        """Return the addresses of many cells as text."""
        names = columns.map({column: letters(column) for column in columns.unique()})
        return self.prefix + names.astype("str") + (rows + 1).astype("str")

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell without blanks around it."""
        return str(self.cells[row, column]).strip()

    def row(self, row: int) -> list[str]:
        """Return the texts of a row."""
        return [str(text).strip() for text in self.cells[row]]

    def blank(self) -> bool:
        """Tell whether no cell holds anything."""
        return not any(str(text).strip() for text in self.cells.flat) and not self.errors and not self.formulas

"""A grid: the cells of one table as text, each with its address, and what is odd about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from ...accounting.problems import Where

Cells = npt.NDArray[np.object_]
Span = tuple[int, int, int, int]
"""first row, first column, last row, last column, counted from 0 and inclusive"""
MOST_CELLS = 30_000_000
"""cells of one table that are made, blank ones too; more is a mistake and would not fit into memory"""


def letters(column: int) -> str:
    """Return the name of a column counted from 0: 0 -> A, 26 -> AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def index_of(name: str) -> tuple[int, int]:
    """Return (row, column) from 0 of a cell name such as C7. Raises ValueError for another text."""
    head = name.rstrip("0123456789")
    return int(name[len(head) :]) - 1, column_of(head)


@cache
def column_of(name: str) -> int:
    """Return the number from 0 of a column: A -> 0, AA -> 26. Raises ValueError for another text."""
    if not re.fullmatch("[A-Z]{1,3}", name):
        raise ValueError(f"no column is called {name!r}")
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - 64
    return column - 1


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
    def sparse(
        cls,
        rows: Mapping[int, Mapping[int, str]],
        shape: tuple[int, int],
        file: str,
        sheet: str,
        errors: dict[tuple[int, int], str],
        formulas: frozenset[tuple[int, int]],
        merged: Iterable[Span],
    ) -> Grid:
        """Make a grid from filled cells (row -> column -> text); merged ranges are unfolded as far as it reaches."""
        cells = np.full(shape, "", dtype=object)
        for row, texts in rows.items():
            cells[row, list(texts)] = list(texts.values())
        last = shape[0] - 1, shape[1] - 1
        inside = [
            (top, left, min(bottom, last[0]), min(right, last[1]))
            for top, left, bottom, right in sorted(merged)
            if top <= last[0] and left <= last[1]
        ]
        for top, left, bottom, right in inside:
            cells[top : bottom + 1, left : right + 1] = cells[top, left]
        for cell in (*errors, *formulas):
            cells[cell] = ""
        return cls(file, sheet, cells, errors, formulas, tuple(inside))

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

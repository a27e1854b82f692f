"""The layout `records`: a long table of any size whose rows of one key add up, as meter readings or forms of enterprises do.

DuckDB reads the file (csv in UTF-8, or parquet) and never holds it whole. Rows that agree in everything but the number
become one record with their exact decimal sum; the records then pass through the tidy reader, so that names, units and
faults are treated alike, each at the address of its first row. The single numbers stay on disk (`Detail`): the ledger is
computed from them row by row (inventories/rows.py).
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ...accounting.problems import InputError, Where
from .. import engine
from . import tidy
from .columns import field_of, known_names
from .grid import Grid
from .part import Context, Part

if TYPE_CHECKING:
    import duckdb

EXACT = "DECIMAL(38, 9)"
"""numbers with up to nine decimals are added exactly; a longer one stands as a record of its own"""
ADDED = " 行之和 sum of "
"""in the note of a record of several rows"""
LONGER = "DECIMAL(38, 12)"


@dataclass(frozen=True)
class Detail:
    """The single rows of a source: a parquet file of record, line (of the file) and quantity. It goes with this object."""

    source: str
    path: Path
    rows: int
    records: dict[str, int]
    """row_id of the activity table -> record"""


@dataclass(frozen=True)
class Records(Grid):
    """Records as a grid; `lines` is the row of the file (from 0) at which each of its rows first stands."""

    lines: tuple[int, ...] = ()

    def where(self, row: int, column: int) -> Where:
        """Return the address of a cell in the file."""
        return super().where(self.lines[row], column)

    def addresses(self, rows: pd.Series, columns: pd.Series) -> pd.Series:
        """Return the addresses of many cells in the file as text."""
        return super().addresses(rows.map(lambda row: self.lines[row]), columns)


def read(path: Path, context: Context) -> tuple[Part, Detail | None]:
    """Return the records of a table and its single rows. A fault of the file is a problem, as everywhere in reading."""
    folder = Path(tempfile.mkdtemp(prefix="carbonpeak-"))
    try:
        with engine.connection(folder, ordered=True) as database, engine.readable(path):
            grid, counts = _records(database, path, context, folder)
    except InputError as error:
        shutil.rmtree(folder, ignore_errors=True)
        part = Part()
        part.problems.extend(error.problems)
        return part, None
    return _linked(tidy.read(grid, context), context, grid, counts, folder)


def _records(
    database: duckdb.DuckDBPyConnection, path: Path, context: Context, folder: Path
) -> tuple[Records, list[int]]:
    """Write the single rows and return the records with the number of rows of each (0: not added up)."""
    skip = (context.source.options.header_row or 1) - 1
    source = engine.table(database, path, skip)
    headers = list(source.columns)
    names = known_names(tidy.FIELDS, context)
    fields = [field_of(text, names) for text in headers]
    if "quantity" not in fields:  # the tidy reader says what is missing
        bare = Grid.of([headers], context.source.file)
        return Records(bare.file, bare.sheet, bare.cells, lines=(skip,)), [0]
    _numbered(source, headers, fields, context).create_view("numbered")
    keys = ", ".join(f"k{place}" for place in range(len(headers)) if fields[place] != "quantity")
    database.execute(
        f"""CREATE TABLE records AS SELECT row_number() OVER (ORDER BY min(line)) AS record, min(line) AS line,
        {keys}, own, CASE WHEN bool_and(plain) THEN CAST(sum(exact) AS VARCHAR) ELSE any_value(text) END AS quantity,
        CASE WHEN bool_and(plain) THEN count(*) ELSE 0 END AS rows FROM numbered GROUP BY {keys}, own"""
    )
    database.sql(
        f"""SELECT record, numbered.line + {skip + 2} AS line, CAST(text AS DOUBLE) AS quantity
        FROM numbered JOIN records USING ({keys}, own) WHERE plain"""
    ).write_parquet(str(folder / "detail.parquet"))
    shown = ", ".join("quantity" if field == "quantity" else f"k{place}" for place, field in enumerate(fields))
    rows = database.sql(f"SELECT line, rows, {shown} FROM records ORDER BY record").fetchall()
    grid = Grid.of([headers, *(row[2:] for row in rows)], context.source.file)
    lines = (skip, *(int(row[0]) + skip + 1 for row in rows))
    return Records(grid.file, grid.sheet, grid.cells, lines=lines), [0, *(int(row[1]) for row in rows)]


def _numbered(
    source: duckdb.DuckDBPyRelation, headers: Sequence[str], fields: Sequence[str], context: Context
) -> duckdb.DuckDBPyRelation:
    """Number the rows from 0 and split each into its key (k0, k1, …) and its number.

    `plain`: the number can be added exactly. Any other text is a record of its own (`own` is its line), all blanks of a
    key are one. Columns that nobody reads and notes are no part of the key.
    """
    kept = {*context.source.options.only, *(text for text, field in zip(headers, fields, strict=True) if field)}
    texts = []
    for place, (header, field) in enumerate(zip(headers, fields, strict=True)):
        cell = f"""coalesce(trim(CAST("{header.replace('"', '""')}" AS VARCHAR)), '')"""
        name = "text" if field == "quantity" else f"k{place}"
        texts.append(f"{cell if header in kept else repr('')} AS {name}")
    plain = f"coalesce(TRY_CAST(text AS {EXACT}) = TRY_CAST(text AS {LONGER}), false)"
    notes = [f"CASE WHEN plain THEN '' ELSE k{place} END AS k{place}" for place, f in enumerate(fields) if f == "note"]
    return (
        source.project(f"row_number() OVER () - 1 AS line, {', '.join(texts)}")
        .project(f"*, TRY_CAST(text AS {EXACT}) AS exact, {plain} AS plain")
        .project(f"* REPLACE ({', '.join(notes)})" if notes else "*")
        .project("*, CASE WHEN plain OR text = '' THEN -1 ELSE line END AS own")
    )


def _linked(
    part: Part, context: Context, grid: Records, counts: Sequence[int], folder: Path
) -> tuple[Part, Detail | None]:
    """Name the rows of the activity table by the records they came from, and say of how many rows each is the sum."""
    record_at = {line: record for record, line in enumerate(grid.lines)}
    at = part.activity["source"].str.extract(r"(\d+)$", expand=False).astype("int64") - 1
    record = at.map(record_at)
    count = record.map(lambda number: counts[number])
    words = count.astype("str") + ADDED + count.astype("str") + " rows"
    part.activity["note"] = part.activity["note"].where(count < 2, words)
    added = count > 0
    known = dict(zip(part.activity.loc[added, "row_id"], record[added], strict=True))
    if not known:
        shutil.rmtree(folder, ignore_errors=True)
        return part, None
    detail = Detail(context.source.id, folder / "detail.parquet", sum(counts), known)
    weakref.finalize(detail, shutil.rmtree, str(folder), True)
    return part, detail

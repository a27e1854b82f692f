"""The engine under the kernel: pandas for a region, embedded DuckDB for tables that stay on disk.

The kernel (accounting/emissions.py) is one text for both. DuckDB pays where rows come from a file and lines go to a file
(bulk.py); between two pandas frames every text would be copied twice, so there it runs only when asked for. The ledger is
the same in both: `compute` gives equal frames, row for row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from ..accounting import emissions
from ..accounting.keying import KEY
from ..accounting.problems import InputError, Where
from ..accounting.tables import ACTIVITY, INTEGER, LINES, NUMBER, TEXT
from .messages import MESSAGES

if TYPE_CHECKING:
    import duckdb

Engine = Literal["pandas", "duckdb"]
Asked = Literal["auto", "pandas", "duckdb"]
LARGE = 200_000
"""single rows above which a run that is not told takes DuckDB: pandas then holds some 0.5 GB"""
MEMORY = "600MB"
"""what DuckDB may hold before it writes to disk; the process around it holds the keys (about 0.3 GB)"""
DTYPES = {TEXT: "str", INTEGER: "int64", NUMBER: "float64"}
ORDER = ("row_number", "key_number")
READ = ("row_id", *KEY, "quantity", "notation", *emissions.PARAMETERS)
"""columns of activity that the kernel and the keys need"""
OPTIONAL = ("attributes", "notation", *emissions.PARAMETERS)
"""columns that a table may leave out"""


@contextmanager
def connection(
    scratch: Path | None = None, memory: str = MEMORY, ordered: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory that spills below `scratch` and fetches nothing.

    Unless `ordered` it keeps no order it is not asked for. Ordered it works in one thread: the same rows give the same
    bytes, which the threads' race for the parts of a join does not.
    """
    import duckdb  # 40 ms that a run on pandas need not pay

    with TemporaryDirectory(dir=scratch, prefix=".duckdb-") as spill:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "temp_directory": spill,
            "preserve_insertion_order": ordered,
            "autoinstall_known_extensions": False,
        }
        if ordered:
            settings["threads"] = 1
        database = duckdb.connect(config=settings)
        try:
            yield database
        finally:
            database.close()


def chosen(asked: Asked, rows: int) -> Engine:
    """Return the engine of a run whose sources hold so many single rows."""
    return asked if asked != "auto" else "duckdb" if rows > LARGE else "pandas"


def compute(
    rows: pd.DataFrame, keyed: pd.DataFrame, gwp: Mapping[str, float] | None = None, engine: Engine = "pandas"
) -> pd.DataFrame:
    """Return the ledger lines of pandas rows (see emissions.compute), in the order of the rows, whatever the engine."""
    if engine == "pandas":
        return _typed(pd.DataFrame(emissions.compute(rows, keyed, gwp)))
    numbered = rows.assign(**{ORDER[0]: np.arange(len(rows))}), keyed.assign(**{ORDER[1]: np.arange(len(keyed))})
    with connection() as database:
        activity = database.from_df(numbered[0][["row_id", *KEY, "quantity", *emissions.PARAMETERS, ORDER[0]]])
        lines = emissions.compute(activity, database.from_df(numbered[1]), gwp, keep=ORDER)
        # a hash join answers in any order; the rows' own order comes back by their numbers
        frame = lines.order(", ".join(ORDER)).df().drop(columns=list(ORDER))
    return _typed(frame)


def _typed(lines: pd.DataFrame) -> pd.DataFrame:
    """Conform lines that are not so already: three passes over fourteen text columns cost as much as the product."""
    right = all(lines[column.name].dtype == DTYPES[column.kind] for column in LINES.columns)
    return lines.reset_index(drop=True) if right else LINES.conform(lines)


def relation(database: duckdb.DuckDBPyConnection, activity: Path | pd.DataFrame) -> duckdb.DuckDBPyRelation:
    """Return an activity table with the columns READ: texts without nulls, numbers without NaN.

    `activity` is a pandas frame or a parquet or csv file (UTF-8) with the columns of tables.ACTIVITY; other columns are
    left alone. Raises InputError FILE-MISSING, FILE-FORMAT, FILE-BROKEN, COLUMN-MISSING; a cell that is no number is found when
    the rows are read (`numeric`).
    """
    source = database.from_df(activity) if isinstance(activity, pd.DataFrame) else table(database, activity)
    missing = [name for name in READ if name not in source.columns and name not in OPTIONAL]
    if missing:
        known = ", ".join(name for name in source.columns)
        raise InputError(MESSAGES.problem("COLUMN-MISSING", _where(activity), ", ".join(missing), known))
    return source.project(", ".join(_column(name, name in source.columns) for name in READ))


def stored(database: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame) -> duckdb.DuckDBPyRelation:
    """Copy a pandas frame into a table, NaN as null."""
    numbers = [f"nullif({column}, 'NaN'::DOUBLE) AS {column}" for column in frame.select_dtypes("float64").columns]
    source = database.from_df(frame)
    (source.project(f"* REPLACE ({', '.join(numbers)})") if numbers else source).create(name)
    return database.table(name)


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame to parquet: equal frames give equal bytes."""
    with connection(path.parent, ordered=True) as database:
        database.from_df(frame).write_parquet(str(path))


def read_parquet(path: Path) -> pd.DataFrame:
    """Return a parquet file as a frame. Raises InputError FILE-BROKEN for what is no parquet."""
    with connection(ordered=True) as database, readable(path):
        frame: pd.DataFrame = database.read_parquet(str(path)).df()
        return frame


def _column(name: str, present: bool) -> str:
    number = {column.name: column.kind == NUMBER for column in ACTIVITY.columns}[name]
    if not present:
        return f"CAST(NULL AS DOUBLE) AS {name}" if number else f"'' AS {name}"
    if number:
        return f"nullif(CAST({name} AS DOUBLE), 'NaN'::DOUBLE) AS {name}"
    return f"coalesce(CAST({name} AS VARCHAR), '') AS {name}"


def table(database: duckdb.DuckDBPyConnection, path: Path, skip: int = 0) -> duckdb.DuckDBPyRelation:
    """Return a parquet or csv file (UTF-8, a header after `skip` lines) as it is; the cells of a csv file are text.

    Raises InputError FILE-MISSING, FILE-FORMAT, FILE-OPEN, FILE-BROKEN; faults further down are found by `readable`.
    """
    if not path.is_file():
        raise InputError(MESSAGES.problem("FILE-MISSING", Where(file=path.name), path.name))
    suffix = path.suffix.lower()
    with readable(path):
        if suffix == ".parquet":
            return database.read_parquet(str(path))
        if suffix == ".csv":
            # codes such as 0123 stay text; numbers are cast where they are used
            return database.read_csv(str(path), header=True, all_varchar=True, na_values=[""], skiprows=skip)
    raise InputError(MESSAGES.problem("FILE-FORMAT", Where(file=path.name), path.suffix or path.name, ".csv, .parquet"))


@contextmanager
def numeric(activity: Path | pd.DataFrame) -> Iterator[None]:
    """Turn a cell that is no number, or too large for 64 bits of grams, into the problem CELL-NUMBER."""
    import duckdb

    try:
        yield
    except duckdb.ConversionException as error:
        raise InputError(MESSAGES.problem("CELL-NUMBER", _where(activity), _first_line(error))) from error


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn a file that DuckDB cannot open or understand into the problems FILE-OPEN and FILE-BROKEN."""
    import duckdb

    try:
        yield
    except duckdb.IOException as error:
        raise InputError(MESSAGES.problem("FILE-OPEN", _where(path), _first_line(error))) from error
    except (duckdb.InvalidInputException, duckdb.BinderException) as error:
        raise InputError(MESSAGES.problem("FILE-BROKEN", _where(path), _first_line(error))) from error


def _where(activity: Path | pd.DataFrame) -> Where:
    return Where(file=activity.name) if isinstance(activity, Path) else Where()


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]

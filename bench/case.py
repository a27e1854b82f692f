"""One measurement in a process of its own: `python bench/case.py CASE FOLDER` prints seconds, CPU seconds and peak memory as JSON.

FOLDER holds activity.parquet (keys.parquet for the resolution) and the peers' tables; ledgers are written into it.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd
import peers
import synthetic

from carbonpeak.accounting import emissions, keying
from carbonpeak.factors.questions import KEYS
from carbonpeak.factors.resolve import resolve
from carbonpeak.inventories import engine

Record = dict[str, float]


@contextmanager
def measured(record: Record) -> Iterator[None]:
    """Time a block: wall clock, CPU of all threads, and the peak of the process so far."""
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    yield
    record["seconds"] = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF)
    record["cpu"] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    record["peak_mb"] = _peak_mb(after.ru_maxrss)


def _peak_mb(largest: int) -> float:
    """Peak memory. On Linux getrusage also counts the parent's pages at the fork; VmHWM does not."""
    status = Path("/proc/self/status")
    if status.is_file():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return largest / (1024 * 1024 if sys.platform == "darwin" else 1024)


def duckdb_ours(folder: Path, record: Record) -> None:
    """Keys, units, rules, factors, lines and the list of what is not counted; file to file."""
    with measured(record):
        ledger = synthetic.compiler().write(folder / "activity.parquet", folder / "ours")
    record["keys"] = ledger.keys


def duckdb_peer(folder: Path, record: Record) -> None:
    with measured(record):
        peers.by_duckdb(folder / "activity.parquet", folder, folder / "peer.parquet", engine.MEMORY)


def duckdb_kernel(folder: Path, record: Record) -> None:
    """The kernel alone: the keyed tables are there."""
    with engine.connection(folder) as database:
        rows = engine.relation(database, folder / "activity.parquet")
        keys = rows.project(", ".join(keying.KEY)).distinct().df().astype("str")
        compiler = synthetic.compiler()
        numbers, recipes = keying.numbered(compiler.compile(keys).keyed)
        database.from_df(numbers).create("numbers")
        database.from_df(recipes).create("recipes")
        rows.create_view("activity")
        with measured(record):
            joined = database.sql(f"SELECT * FROM activity JOIN numbers USING ({', '.join(keying.KEY)})")
            lines = emissions.compute(joined, database.table("recipes"), compiler.gwp, on=["number"])
            lines.write_parquet(str(folder / "kernel.parquet"))


def pandas_ours(folder: Path, record: Record) -> None:
    """The same steps, frame to frame."""
    rows = _frame(folder)
    with measured(record):
        compiler = synthetic.compiler()
        compiled = compiler.compile(keying.distinct(rows))
        lines = engine.compute(rows, compiled.keyed, compiler.gwp)
    _write(lines, folder / "ours_pandas.parquet")


def pandas_peer(folder: Path, record: Record) -> None:
    rows = _frame(folder)
    with measured(record):
        lines = peers.by_pandas(rows, folder)
    _write(lines, folder / "peer_pandas.parquet")


def pandas_by_duckdb(folder: Path, record: Record) -> None:
    """Frame to frame through DuckDB: what `--engine duckdb` costs a run whose tables are pandas frames."""
    rows = _frame(folder)
    with measured(record):
        compiler = synthetic.compiler()
        compiled = compiler.compile(keying.distinct(rows))
        engine.compute(rows, compiled.keyed, compiler.gwp, "duckdb")


def resolution(folder: Path, record: Record) -> None:
    """Distinct keys to coefficients (CO2 only: one question a key)."""
    compiler = synthetic.compiler()
    keys = pd.read_pickle(folder / "keys.pkl")
    frame = keying.canonicalise(keys, {}, {}).frame
    asked = frame.assign(unit=frame["canonical"], quantity="co2")[list(KEYS)]
    with measured(record):
        found = resolve(asked, compiler.library, compiler.profile)
    record["keys"] = len(asked)
    record["matched"] = len(found.coefficients)


def _frame(folder: Path) -> pd.DataFrame:
    with duckdb.connect() as database:
        frame = database.read_parquet(str(folder / "activity.parquet")).df()
    texts = ["row_id", *keying.KEY, "notation"]
    return frame.astype({name: "str" for name in texts})


def _write(lines: pd.DataFrame, path: Path) -> None:
    with duckdb.connect() as database:
        database.from_df(lines).write_parquet(str(path))


CASES: dict[str, Callable[[Path, Record], None]] = {
    case.__name__: case
    for case in (duckdb_ours, duckdb_peer, duckdb_kernel, pandas_ours, pandas_peer, pandas_by_duckdb, resolution)
}

if __name__ == "__main__":
    found: Record = {}
    CASES[sys.argv[1]](Path(sys.argv[2]), found)
    print(json.dumps(found))

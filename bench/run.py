"""`python bench/run.py [--quick] [--out FILE]`: measure, compare the ledgers, print the tables and write docs/benchmarks.md.

Every measurement is a process of its own; ours and the peer take turns, so that a busy machine disturbs both alike.
--quick takes few rows, runs each case once and writes nothing unless --out is given.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median

import case
import commands
import duckdb
import synthetic
from report import Row, page, table

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "docs" / "benchmarks.md"
FULL_COMPARISON = 1_000_000
"""rows up to which the ledgers are compared line by line; above by count, sums and the sum of the lines' hashes"""
HASHED = "SELECT count(*), sum(value), sum(co2e), sum(hash(l)::HUGEINT) FROM read_parquet('{}') l"
DIFFERENT = "SELECT count(*) FROM (FROM read_parquet('{0}') EXCEPT ALL FROM read_parquet('{1}'))"


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    tables: tuple[tuple[int, tuple[str, ...]], ...]
    """rows, and the years they are drawn from: a year has 39 432 distinct keys"""
    repeats: int
    key_years: tuple[str, ...] = synthetic.LONG_YEARS
    command_line: bool = True
    own_process: bool = True
    """whether every case runs in a process of its own, as a measurement must"""


ONE = synthetic.YEARS[-1:]
SIZES = {
    "full": Size(((1_000_000, ONE), (1_000_000, synthetic.YEARS), (10_000_000, synthetic.YEARS)), 3),
    "quick": Size(((5_000, ONE),), 1, ONE, command_line=False, own_process=False),
}
FRAMES_UP_TO = 1_000_000
"""rows up to which the pandas cases run: 10 M rows as Python objects take some 20 GB"""


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rows, one run, no file")
    parser.add_argument("--out", type=Path, help="file to write; default docs/benchmarks.md")
    asked = parser.parse_args()
    facts = machine()
    size = SIZES["quick" if asked.quick else "full"]
    with tempfile.TemporaryDirectory(prefix="carbonpeak-bench-") as name:
        rows = measure(size, Path(name))
        if size.command_line:
            rows += commands.measure(size.repeats, Path(name))
    print(table(rows))
    out = asked.out or (None if asked.quick else TARGET)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(page(rows, facts), encoding="utf-8")


def measure(size: Size, folder: Path) -> list[Row]:
    """Return the rows of the tables of ledgers and resolution. Raises SystemExit where two ledgers differ."""
    synthetic.write_peer_tables(folder)
    synthetic.keys(size.key_years).to_pickle(folder / "keys.pkl")
    out = []
    for rows, years in size.tables:
        synthetic.write_activity(folder / "activity.parquet", rows, years)
        found = repeated(["duckdb_ours", "duckdb_peer", "duckdb_kernel"], folder, size)
        compare(folder / "ours" / "lines.parquet", folder / "peer.parquet", rows)
        compare(folder / "kernel.parquet", folder / "peer.parquet", rows)
        if rows <= FRAMES_UP_TO:
            found |= repeated(["pandas_ours", "pandas_peer", "pandas_by_duckdb"], folder, size)
            compare(folder / "ours_pandas.parquet", folder / "peer.parquet", rows)
            compare(folder / "peer_pandas.parquet", folder / "peer.parquet", rows)
        out += [Row.of(case, rows, found) for case in found]
    asked = repeated(["resolution"], folder, size)
    return [*out, Row.of("resolution", int(asked["resolution"][0]["keys"]), asked)]


def repeated(cases: list[str], folder: Path, size: Size) -> dict[str, list[dict[str, float]]]:
    """Run the cases in turn, `size.repeats` times each."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in cases}
    measure_one = measured_apart if size.own_process else measured_here
    for _ in range(size.repeats):
        for name in cases:
            found[name].append(measure_one(name, folder))
    return found


def measured_apart(name: str, folder: Path) -> dict[str, float]:
    """Measure a case in a process of its own. Raises SystemExit with what it said where it fails."""
    command = [sys.executable, str(HERE / "case.py"), name, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr[-2000:]}")
    record: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return record


def measured_here(name: str, folder: Path) -> dict[str, float]:
    """Run a case in this process: the ledgers are those of a measurement, the times are not."""
    record: dict[str, float] = {}
    case.CASES[name](folder, record)
    return record


def compare(ours: Path, peer: Path, rows: int) -> None:
    """Stop unless two ledgers hold the same lines."""
    with duckdb.connect(config={"memory_limit": "2GB"}) as database:
        one, other = (database.execute(HASHED.format(path)).fetchone() for path in (ours, peer))
        differing = 0
        if rows <= FULL_COMPARISON:
            counts = [database.execute(DIFFERENT.format(*pair)).fetchone() for pair in ((ours, peer), (peer, ours))]
            differing = sum(count[0] for count in counts if count)
    if one != other or differing:
        raise SystemExit(f"the ledgers differ: {ours.name} {one}, {peer.name} {other}, {differing} lines")


def machine() -> dict[str, str]:
    """Return what a reader needs to judge the numbers; no names, no paths."""
    packages = ("duckdb", "narwhals", "pandas", "numpy", "pint", "polars")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    return {
        "date": date.today().isoformat(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory / 2**30:.0f} GB" if memory else "?",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        **{name: version(name) for name in packages},
        "load before the run": f"{median(os.getloadavg()):.1f}" if hasattr(os, "getloadavg") else "?",
    }


if __name__ == "__main__":
    main()

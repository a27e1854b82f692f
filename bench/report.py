"""The tables of the benchmark and the page docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

PEERS = {"duckdb_ours": "duckdb_peer", "duckdb_kernel": "duckdb_peer", "pandas_ours": "pandas_peer",
         "pandas_by_duckdb": "pandas_peer"}  # fmt: skip
NAMES = {
    "duckdb_ours": "carbonpeak on DuckDB, file to file: keys, units, rules, factors, lines, uncounted rows",
    "duckdb_kernel": "carbonpeak on DuckDB: the kernel alone (keyed table given)",
    "duckdb_peer": "hand-written DuckDB SQL, file to file (factor table given)",
    "pandas_ours": "carbonpeak on pandas, frame to frame: keys, units, rules, factors, lines",
    "pandas_by_duckdb": "carbonpeak, frame to frame through DuckDB",
    "pandas_peer": "hand-written pandas, frame to frame (factor table given)",
    "resolution": "choice of a factor for every distinct key (CO2)",
    "help": "`carbonpeak --help`",
    "html": "`carbonpeak run henan`, results and html, warm",
    "html_docx_xlsx": "`carbonpeak run henan`, with docx and xlsx, warm",
    "cold": "`carbonpeak run henan`, with docx and xlsx, no compiled bytecode",
}
HEAD = """# Benchmarks

Written by `python bench/run.py`; do not edit. What is measured, and how, is told in `bench/README.md`. The activity is synthetic
(real carriers, sectors and places, seeded random quantities) and serves for timing only. Medians; *CPU* is the time of all
threads, *peak* the largest resident memory of the process, *ratio* the median wall time over that of the hand-written peer. The
ledgers of all cases of one size hold the same lines: compared line by line up to 1 M rows, above by count, sums and hashes.
"""


@dataclass(frozen=True)
class Row:
    """One line of a table: medians of a case."""

    case: str
    group: str
    rows: int | None
    seconds: float
    cpu: float | None
    peak_mb: float | None
    ratio: float | None
    aim: float | None = None
    keys: int | None = None

    @classmethod
    def of(
        cls,
        case: str,
        rows: int,
        records: Sequence[Mapping[str, float]],
        all_: Mapping[str, Sequence[Mapping[str, float]]],
    ) -> Row:
        """Return the medians of a case, and its ratio to its peer among all cases."""
        middle = {name: median(record[name] for record in records) for name in ("seconds", "cpu", "peak_mb")}
        peer = all_.get(PEERS.get(case, ""))
        ratio = middle["seconds"] / median(record["seconds"] for record in peer) if peer else None
        group = "resolution" if case == "resolution" else "ledger"
        counted = [
            record["keys"] for record in (*records, *(one for own in all_.values() for one in own)) if "keys" in record
        ]
        keys = int(counted[0]) if counted else None
        return cls(case, group, rows, middle["seconds"], middle["cpu"], middle["peak_mb"], ratio, keys=keys)


def table(rows: Sequence[Row]) -> str:
    """Return the tables as Markdown."""
    ledgers = [row for row in rows if row.group != "command"]
    lines = ["| case | rows | keys | seconds | CPU s | peak MB | ratio |", "|---|--:|--:|--:|--:|--:|--:|"]
    lines += [
        f"| {NAMES[row.case]} | {row.rows:,} | {row.keys or 0:,} | {row.seconds:.2f} | {row.cpu:.2f} | {row.peak_mb:,.0f} | "
        f"{f'{row.ratio:.2f}' if row.ratio else ''} |"
        for row in ledgers
    ]
    commands = [row for row in rows if row.group == "command"]
    if commands:
        lines += ["", "| command | seconds | aim | |", "|---|--:|--:|---|"]
        lines += [
            f"| {NAMES[row.case]} | {row.seconds:.2f} | {row.aim:.1f} | {'' if row.seconds < (row.aim or 0) else 'missed'} |"
            for row in commands
        ]
    return "\n".join(lines)


def page(rows: Sequence[Row], facts: Mapping[str, str]) -> str:
    """Return docs/benchmarks.md."""
    named = ", ".join(f"{name} {value}" for name, value in facts.items())
    return f"{HEAD}\nMachine: {named}.\n\n{table(rows)}\n"

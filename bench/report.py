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
threads, *peak* the largest resident memory of the process, the *ratios* are those of the medians to the hand-written peer. On a
machine that does other work at the same time the CPU ratio is the one to trust. The ledgers of all cases of one size hold the
same lines: compared line by line up to 1 M rows, above by count, sums and hashes.
"""
Record = Mapping[str, float]


@dataclass(frozen=True)
class Row:
    """The medians of one case: seconds, cpu, and peak_mb or aim (s)."""

    case: str
    middle: Record
    rows: int = 0
    keys: int = 0
    peer: Record | None = None

    @classmethod
    def of(cls, case: str, rows: int, found: Mapping[str, Sequence[Record]]) -> Row:
        """Return the medians of a case among all cases of one size."""
        keys = max((int(record.get("keys", 0)) for records in found.values() for record in records), default=0)
        peer = found.get(PEERS.get(case, ""))
        return cls(case, middles(found[case]), rows, keys, middles(peer) if peer else None)

    def ratio(self, name: str) -> str:
        """Return the ratio to the peer as text; '' where there is none."""
        return f"{self.middle[name] / self.peer[name]:.2f}" if self.peer else ""


def middles(records: Sequence[Record]) -> Record:
    """Return the median of every number of several runs."""
    return {name: median(record[name] for record in records) for name in records[0]}


def table(rows: Sequence[Row]) -> str:
    """Return the tables as Markdown."""
    lines = ["| case | rows | keys | seconds | CPU s | peak MB | ratio, wall | ratio, CPU |", "|---|" + "--:|" * 7]
    lines += [
        f"| {NAMES[row.case]} | {row.rows:,} | {row.keys:,} | {row.middle['seconds']:.2f} | {row.middle['cpu']:.2f} | "
        f"{row.middle['peak_mb']:,.0f} | {row.ratio('seconds')} | {row.ratio('cpu')} |"
        for row in rows
        if "aim" not in row.middle
    ]
    commands = [row for row in rows if "aim" in row.middle]
    if commands:
        lines += ["", "| command | seconds | CPU s | aim, seconds |", "|---|" + "--:|" * 3]
        lines += [
            f"| {NAMES[row.case]} | {row.middle['seconds']:.2f} | {row.middle['cpu']:.2f} | {row.middle['aim']:.1f} |"
            for row in commands
        ]
    return "\n".join(lines)


def page(rows: Sequence[Row], facts: Mapping[str, str]) -> str:
    """Return docs/benchmarks.md."""
    named = ", ".join(f"{name} {value}" for name, value in facts.items())
    return f"{HEAD}\nMachine: {named}.\n\n{table(rows)}\n"

"""Times of the command line: each run is a new process, as a person starts it."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from report import Record, Row, middles

PROGRAM = [sys.executable, "-m", "carbonpeak"]
EXAMPLE = "henan"
AIMS = {"help": 0.3, "html": 2.0, "html_docx_xlsx": 4.0, "cold": 6.0}


def measure(repeats: int, folder: Path) -> list[Row]:
    """Return the rows: help, warm runs, and a run without any compiled bytecode (first start after installing)."""
    cases: dict[str, Callable[[], Record]] = {
        "help": lambda: _timed([*PROGRAM, "--help"]),
        "html": lambda: _timed(_run(folder, "html")),
        "html_docx_xlsx": lambda: _timed(_run(folder, "html,docx,xlsx")),
        "cold": lambda: _cold(folder),
    }
    out = []
    for name, case in cases.items():
        if name != "cold":
            case()  # the first one warms the file cache
        found = middles([case() for _ in range(repeats)])
        out.append(Row(name, {**found, "aim": AIMS[name]}))
    return out


def _run(folder: Path, formats: str) -> list[str]:
    return [*PROGRAM, "run", EXAMPLE, "--out", str(folder / "run"), "--force", "--format", formats]


def _timed(command: list[str], environment: dict[str, str] | None = None) -> Record:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **(environment or {})}
    )
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[1:])}: {done.stderr[-2000:]}")
    return {"seconds": seconds, "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


def _cold(folder: Path) -> Record:
    with tempfile.TemporaryDirectory(dir=folder) as empty:
        return _timed(_run(folder, "html,docx,xlsx"), {"PYTHONPYCACHEPREFIX": empty})

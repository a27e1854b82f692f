"""The benchmark runs and its ledgers agree. Nothing is timed."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_quick_benchmark_runs_and_its_ledgers_agree(tmp_path):
    """The program stops with an error where a ledger differs from the hand-written one."""
    page = tmp_path / "benchmarks.md"
    command = [sys.executable, str(ROOT / "bench" / "run.py"), "--quick", "--out", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "| case | rows | keys | seconds | CPU s |" in done.stdout
    text = page.read_text(encoding="utf-8")
    assert "hand-written DuckDB SQL" in text
    assert str(ROOT) not in text

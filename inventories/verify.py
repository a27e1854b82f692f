"""Is this run what it says? Recompute from the run's own copies and name the cause of every difference."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from .. import __version__
from ..accounting.problems import CarbonpeakError, InputError
from ..accounting.tables import NUMBER, TABLES
from . import freeze, store
from .results import Results
from .run import run
from .workspace.workspace import Workspace

TOLERANCE = 1e-11
"""relative: tables are stored with 12 significant digits"""


@dataclass
class Verdict:
    """`same` is True where every table agrees; `causes` name what differs from the manifest, `differences` the cells."""

    same: bool = True
    causes: list[dict[str, str]] = field(default_factory=list)
    differences: list[dict[str, str]] = field(default_factory=list)


def verify(folder: Path) -> Verdict:
    """Recompute a run from its own inputs and factors. Raises InputError where the folder is no run."""
    record = store.manifest(folder)
    verdict = Verdict(causes=_causes(folder, record))
    try:
        again = recomputed(folder)
    except InputError as error:
        # what was damaged after the run may no longer be readable at all
        kind = next((cause["cause"] for cause in verdict.causes if cause["cause"] in ("input", "factor")), "input")
        verdict.causes += [{"cause": kind, "what": one.text("zh"), "state": "broken"} for one in error.problems.errors]
    else:
        stored = _stored(folder)
        verdict.differences = compare(stored, again) if stored else []
    verdict.same = not verdict.differences and not any(map(_breaks, verdict.causes))
    return verdict


def _stored(folder: Path) -> Results | None:
    """Read the stored tables; None where they are damaged, which the manifest has already told."""
    try:
        return store.load(folder)
    except (OSError, ValueError, KeyError, CarbonpeakError):
        return None


def _breaks(cause: dict[str, str]) -> bool:
    """Tell whether a cause alone makes a run untrue. Another program or environment does not, nor an added note."""
    kind = cause["cause"]
    return kind in ("input", "factor", "result", "signature") or (kind == "document" and cause["state"] != "added")


def recomputed(folder: Path) -> Results:
    """Run a folder's own inputs with its own factors and options. Raises InputError where that is not possible."""
    options = store.manifest(folder)["options"]
    least = str(options.get("require_evidence", ""))
    return run(
        Workspace.open(folder / "inputs"),
        library=store.library(folder),
        require_evidence=least,
        engine=options.get("engine", "auto"),
    )


def _causes(folder: Path, record: dict[str, Any]) -> list[dict[str, str]]:
    """Compare the folder with its manifest: changed files, program, environment."""
    kinds = {"inputs": "input", "factors": "factor", "results": "result"}
    now, then = store.hashes(folder, freeze.NOT_SEALED), record["files"]
    causes = []
    if freeze.broken(folder):
        causes.append({"cause": "signature", "what": freeze.SIGNED, "state": "broken"})
    for name in sorted(set(now) | set(then)):
        if now.get(name) != then.get(name):
            state = "added" if name not in then else "missing" if name not in now else "changed"
            causes.append({"cause": kinds.get(name.partition("/")[0], "document"), "what": name, "state": state})
    if record["program"]["carbonpeak"] != __version__:
        causes.append(
            {"cause": "program", "what": f"{record['program']['carbonpeak']} -> {__version__}", "state": "changed"}
        )
    for name, value in store.environment().items():
        if record["environment"].get(name) != value:
            causes.append(
                {
                    "cause": "environment",
                    "what": f"{name} {record['environment'].get(name)} -> {value}",
                    "state": "changed",
                }
            )
    return causes


def compare(stored: Results, again: Results) -> list[dict[str, str]]:
    """Return the cells in which two results differ, by table and key."""
    out: list[dict[str, str]] = []
    for name in ("metrics", "verdicts", "lines", "factor_parts", "uncounted", "residuals"):
        out += _differences(name, getattr(stored, name), getattr(again, name))
    return out


def _differences(name: str, one: pd.DataFrame, other: pd.DataFrame) -> list[dict[str, str]]:
    table = TABLES[name]
    key = list(table.key)
    both = one.merge(other, on=key, how="outer", suffixes=("", "_again"), indicator=True)
    out = [
        {"table": name, "key": _key(row, key), "column": "-", "stored": str(row["_merge"]), "again": ""}
        for row in both[both["_merge"] != "both"].to_dict("records")
    ]
    paired = both[both["_merge"] == "both"]
    for column in table.columns:
        if column.name in key or column.name in ("source", "note"):
            continue
        left, right = paired[column.name], paired[f"{column.name}_again"]
        differs = _unequal_numbers(left, right) if column.kind == NUMBER else left.ne(right)
        out += [
            {"table": name, "key": _key(row, key), "column": column.name, "stored": str(row[column.name]), "again": str(row[f"{column.name}_again"])}
            for row in paired[differs].to_dict("records")
        ]  # fmt: skip
    return out


def _unequal_numbers(left: pd.Series, right: pd.Series) -> pd.Series:
    close = (left - right).abs() <= TOLERANCE * left.abs().clip(lower=1e-300)
    return ~(close | (left.isna() & right.isna()))


def _key(row: dict[Any, Any], key: list[str]) -> str:
    return "/".join(str(row[name]) for name in key if row[name] != "")

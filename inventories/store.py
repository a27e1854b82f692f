"""A run on disk: tables, steps, problems, verbatim inputs and factors, and a manifest that proves them.

OUT/results/*.csv          tables of accounting/tables.py, utf-8-sig, 12 significant digits
OUT/results/*.parquet      the same where asked for, or where a table is longer than a worksheet; full precision
OUT/results/rows_*.parquet the ledger of the single rows of a source with the layout `records`
OUT/steps.json             the step behind every figure
OUT/problems.json          the problem list
OUT/factors.json           the factor annex
OUT/inputs/                the workspace as read: inventory.yaml, sources.yaml, tables, plans, own factors
OUT/factors/               the factor data as used: carriers, regions, profiles, sets
OUT/manifest.json          versions, options, sha256 of every file above
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from os.path import isfile
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from .. import __version__
from ..accounting.problems import InputError, Level, Problem, ProblemList, Where
from ..accounting.steps import Step
from ..accounting.tables import INTEGER, NUMBER, TABLES
from ..factors.library import FactorLibrary
from . import engine, plans, rules
from .results import Results
from .run_messages import MESSAGES
from .workspace.workspace import INVENTORY, SOURCES, Workspace

MANIFEST = "manifest.json"
PACKAGES = ("pandas", "numpy", "narwhals", "pint", "pydantic", "pyyaml", "duckdb")
DIGITS = "%.12g"
WORKSHEET = 1_048_575
"""rows of a worksheet below its header"""
Tables = Literal["auto", "csv", "parquet", "both"]


def save(results: Results, folder: Path, library: FactorLibrary, tables: Tables = "auto") -> None:
    """Write a run into an empty folder (without its reports). The manifest is written last, by `seal`.

    `tables` is the format of the result tables; `auto` is csv, which a person opens, and parquet for a table that no
    spreadsheet opens.
    """
    place = folder / "results"
    place.mkdir(parents=True)
    for name, frame in results.tables.items():
        wanted = ("csv", "parquet") if tables == "both" else (tables,)
        if tables == "auto":
            wanted = ("parquet",) if len(frame) > WORKSHEET else ("csv",)
        if "csv" in wanted:
            path = place / f"{name}.csv"
            frame.to_csv(path, index=False, float_format=DIGITS, encoding="utf-8-sig", lineterminator="\n")
        if "parquet" in wanted:
            engine.write_parquet(frame, place / f"{name}.parquet")
    for name, path in sorted(results.rows.files.items()) if results.rows else ():
        shutil.copyfile(path, place / name)
    write_json(folder / "steps.json", [step.record() for step in results.steps])
    write_json(folder / "problems.json", [problem.record() for problem in results.problems])
    write_json(folder / "factors.json", results.factors)
    copy_inputs(results.workspace, folder / "inputs")
    copy_factors(library, folder / "factors")


def copy_inputs(workspace: Workspace, target: Path) -> None:
    """Copy every file of the workspace that a run reads: YAML, declared tables, own factors, plans and schemes."""
    target.mkdir(parents=True)
    for name in input_files(workspace):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(workspace.root / name, target / name)


def input_files(workspace: Workspace) -> list[str]:
    """Return the files of a workspace that a run reads, by path relative to it, sorted."""
    root, inventory = workspace.root, workspace.inventory
    named = [*inventory.plans, *(entry.plan for entry in inventory.room)]
    found = [plans.own_file(name, root) for name in named] + [rules.own_file(name, root) for name in inventory.schemes]
    own = [path for path in found if path is not None]
    own += [path for folder in ("factors", "standards") for path in (root / folder).rglob("*.yaml")]
    names = {INVENTORY, SOURCES, *(source.file for source in workspace.sources)}
    names |= {path.relative_to(root).as_posix() for path in own}
    return sorted(name for name in names if isfile(root / name))


def copy_factors(library: FactorLibrary, target: Path) -> None:
    """Copy the factor data a run used: the lists of codes, the profiles, and the sets that were read."""
    lists = [path for path in sorted(library.data.glob("*.yaml"))]
    profiles = sorted((library.data / "profiles").glob("*.yaml"))
    sets = [path for name, path in library.paths.items() if library.is_read(name) and path.is_relative_to(library.data)]
    for path in (*lists, *profiles, *sets):
        place = target / path.relative_to(library.data)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)


def seal(folder: Path, options: dict[str, Any]) -> None:
    """Write the manifest over everything that lies in the folder."""
    record = {
        "program": {"carbonpeak": __version__},
        "environment": environment(),
        "options": options,
        "files": hashes(folder),
    }
    write_json(folder / MANIFEST, record)


def environment() -> dict[str, str]:
    """Return Python, platform and the versions of the packages that numbers depend on."""
    found = {"python": platform.python_version(), "platform": platform.system()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "-"
    return found


def hashes(folder: Path, skip: Iterable[str] = (MANIFEST, "run.log")) -> dict[str, str]:
    """Return sha256 by relative path of every file below a folder."""
    left_out = set(skip)
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in left_out)
    return {path.relative_to(folder).as_posix(): sha256(path) for path in paths}


def sha256(path: Path) -> str:
    """Return the sha256 of a file of any size."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a run. Raises InputError RUN-NOT where there is none."""
    path = folder / MANIFEST
    if not path.is_file():
        raise InputError(MESSAGES.problem("RUN-NOT", Where(file=str(folder)), folder.name))
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record


def library(folder: Path) -> FactorLibrary:
    """Return the factors of a run: its copies, and the sets its workspace brought."""
    own = folder / "inputs" / "factors"
    return FactorLibrary(folder / "factors", (own,) if own.is_dir() else ())


def load(folder: Path) -> Results:
    """Read a run back, for explain, diff and reports. Nothing is recomputed."""
    manifest(folder)
    frames = {name: _table(folder / "results", name) for name in TABLES}
    return Results(
        workspace=Workspace.open(folder / "inputs"),
        library=library(folder),
        rows=None,
        **frames,
        steps=[Step.from_record(record) for record in _read(folder / "steps.json")],
        problems=ProblemList([_problem(record) for record in _read(folder / "problems.json")]),
        factors=_read(folder / "factors.json"),
        options=manifest(folder)["options"],
    )


def _table(folder: Path, name: str) -> pd.DataFrame:
    table, path = TABLES[name], folder / f"{name}.csv"
    if not path.is_file() and (folder / f"{name}.parquet").is_file():
        return table.conform(engine.read_parquet(folder / f"{name}.parquet"))
    kinds = {column.name: column.kind for column in table.columns}
    raw = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    for column, kind in kinds.items():
        if kind == NUMBER:
            raw[column] = pd.to_numeric(raw[column].replace("", None))
        elif kind == INTEGER:
            raw[column] = raw[column].astype("int64")
    return table.conform(raw)


def _problem(record: dict[str, Any]) -> Problem:
    return Problem(**{**record, "level": Level(record["level"]), "where": Where.parse(record["where"])})


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def write_json(path: Path, data: Any) -> None:
    """Write JSON with sorted keys: a list as one record a line (a run has thousands), anything else indented."""
    if isinstance(data, list):
        encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str).encode
        text = "[\n" + ",\n".join(map(encode, data)) + "\n]" if data else "[]"
    else:
        text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True, default=str)
    path.write_text(text + "\n", encoding="utf-8")

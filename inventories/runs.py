"""Where runs of a workspace lie, what they are called, which is the latest, and whether its inputs still stand.

`runs/<period>-<hash8>` below the workspace; below the current folder for a bundled example, which is not written to.
The hash covers what decides the result: inputs, factors and codes, program, environment and options. Equal names are
equal runs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..accounting.problems import InputError, Problem, ProblemList, Where
from . import store
from .folder_messages import MESSAGES
from .workspace.workspace import Workspace, examples

PACKAGE = Path(__file__).parent.parent
PARTS = ("accounting", "factors", "inventories", "templates")
CODE = (".py", ".yaml", ".txt", ".json", ".j2", ".css", ".docx")
LENGTH = 8


def home(workspace: Workspace) -> Path:
    """Return the folder that holds the runs of a workspace."""
    bundled = any(workspace.root == path.resolve() for path in examples().values())
    return (Path.cwd() if bundled else workspace.root) / "runs"


def default_folder(workspace: Workspace, options: Mapping[str, Any]) -> Path:
    """Return `runs/<period>-<hash8>` for a run with these options."""
    years = sorted(workspace.inventory.years)
    period = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
    return home(workspace) / f"{period}-{digest(workspace, options)}"


def digest(workspace: Workspace, options: Mapping[str, Any]) -> str:
    """Return eight hexadecimal digits over everything that decides the result."""
    total = hashlib.sha256()
    for name, path in (*_inputs(workspace), *_program()):
        total.update(name.encode())
        total.update(bytes.fromhex(store.sha256(path)))
    rest = {"options": dict(options), "environment": store.environment()}
    total.update(json.dumps(rest, sort_keys=True, default=str).encode())
    return total.hexdigest()[:LENGTH]


def _inputs(workspace: Workspace) -> Iterator[tuple[str, Path]]:
    """The files of a workspace that a run reads, by relative path."""
    for name in store.input_files(workspace):
        yield name, workspace.root / name


def _program() -> Iterator[tuple[str, Path]]:
    """Code and data of the package, without the examples."""
    left_out = PACKAGE / "inventories" / "examples"
    for part in PARTS:
        for path in sorted((PACKAGE / part).rglob("*")):
            if path.suffix in CODE and path.is_file() and not path.is_relative_to(left_out):
                yield path.relative_to(PACKAGE).as_posix(), path


def is_run(folder: str | Path) -> bool:
    """Tell whether a folder is a run."""
    return (Path(folder) / store.MANIFEST).is_file()


def refuse_incomplete(folder: str | Path) -> None:
    """Raise InputError: RUN-NOT for a folder that is no run, RUN-ALTERED for a run of which files are missing."""
    problems = ProblemList()
    for name in store.manifest(Path(folder))["files"]:
        if not (Path(folder) / name).is_file():
            problems.add(MESSAGES.problem("RUN-ALTERED", Where(file=name), name, "missing"))
    problems.raise_errors()


def latest(workspace: Workspace) -> Path | None:
    """Return the run of a workspace that was finished last, None where there is none."""
    found = [path.parent for path in home(workspace).glob(f"*/{store.MANIFEST}") if _is_of(path.parent, workspace)]
    return max(found, key=lambda path: (path / store.MANIFEST).stat().st_mtime_ns, default=None)


def _is_of(folder: Path, workspace: Workspace) -> bool:
    """Runs of several examples may lie in one folder: the id of the inventory tells them apart."""
    try:
        return Workspace.open(folder / "inputs").inventory.id == workspace.inventory.id
    except InputError:
        return False


def find(place: str | Path) -> tuple[Path | None, list[Problem]]:
    """Return a run folder, or the latest run of a workspace, and what a reader must be told about it.

    A workspace whose files changed since gives RUN-INPUTS-CHANGED; one that was never run gives None and RUN-NONE.
    Raises InputError WORKSPACE-MISSING where the place is neither.
    """
    if is_run(place):
        return Path(place), []
    workspace = Workspace.open(place)
    folder = latest(workspace)
    if folder is None:
        return None, [MESSAGES.problem("RUN-NONE", Where(), str(place), str(home(workspace)))]
    names = changed(workspace, folder)
    where = Where(file=folder.name)
    return folder, [MESSAGES.problem("RUN-INPUTS-CHANGED", where, ", ".join(names))] if names else []


def changed(workspace: Workspace, folder: Path) -> list[str]:
    """Return the files of a workspace that differ from the copies in a run, by relative path."""
    then = store.hashes(folder / "inputs")
    now = {name: store.sha256(path) for name, path in _inputs(workspace)}
    return sorted(name for name in {*now, *then} if now.get(name) != then.get(name))

"""`check`: every problem of a workspace or file in one list. No figure is shown and nothing is written.

What is wrong in the tables shows when they are read. What is wrong between the tables, the factors and the plan (an
orphaned feedstock row, a factor of another unit, a target of another definition) shows only where they meet; a
workspace that reads without an error is therefore also computed, and only its problems are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from os.path import isfile
from pathlib import Path

import pandas as pd

from ..accounting.problems import InputError, ProblemList
from ..accounting.tables import CHECKS
from ..factors.check import check_sets
from .draft import Progress
from .readers.check import check as check_tables
from .run import library_for, run
from .workspace.workspace import INVENTORY, Workspace, examples


@dataclass(frozen=True)
class Checked:
    """What `check` found: the problems, and the reviewer's checks of a workspace that could be computed."""

    problems: ProblemList
    checks: pd.DataFrame = field(default_factory=CHECKS.empty)


def check(place: str | Path, progress: Progress = lambda _: None) -> ProblemList:
    """Return every problem of a workspace folder, a bundled example, a YAML file or a single table."""
    return examine(place, progress).problems


def examine(place: str | Path, progress: Progress = lambda _: None) -> Checked:
    """Return the problems as `check` does, with the reviewer's checks of a workspace that could be computed."""
    found = check_tables(place)
    workspace = isfile(Path(place) / INVENTORY) or str(place) in examples()
    if found.errors or not workspace:
        return Checked(found)
    try:
        opened = Workspace.open(place)
        library = library_for(opened)
        own = library.own_ids()
        results = run(opened, progress)
        return Checked(ProblemList([*results.problems, *(check_sets(library, own) if own else ())]), results.checks)
    except InputError as error:
        return Checked(ProblemList(list(dict.fromkeys([*found, *error.problems]))))

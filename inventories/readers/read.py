"""Read every table of a workspace: `read_all(workspace)`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from ...accounting.problems import Problem, ProblemList
from ...accounting.review import Compared
from ...accounting.tables import ACTIVITY, METRICS
from ..checks import inputs
from ..messages import MESSAGES
from ..workspace.source_models import Source
from ..workspace.workspace import INVENTORY, SOURCES, Workspace
from . import ceads, coal_table, form_205, nbs_balance, options, records, series, tidy
from .audit import audit
from .audit_metrics import audit_metrics
from .entities import Entities
from .files import FileFact, Files
from .grid import Grid
from .part import Context, Part, concat
from .records import Detail

LAYOUTS: dict[str, Callable[[Grid, Context], Part]] = {
    "tidy": tidy.read,
    "nbs_balance": nbs_balance.read,
    "ceads": ceads.read,
    "series": series.read,
    "coal_table": coal_table.read,
    "form_205": form_205.read,
}
RECORDS = "records"
"""the layout that is read from disk, without a grid of the whole"""
PUBLISHED = ("nbs_balance", "ceads")
"""layouts of whole published balances"""
ONE_PERIOD = ("nbs_balance", "ceads", "form_205")
"""layouts whose table says nothing about its period"""


@dataclass(frozen=True)
class ReadResult:
    """Everything the tables of a workspace say."""

    activity: pd.DataFrame
    metrics: pd.DataFrame
    problems: ProblemList
    files: tuple[FileFact, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """what was left out on purpose, with its count"""
    details: tuple[Detail, ...] = ()
    """single rows behind the records of large sources"""
    compared: tuple[Compared, ...] = ()
    """what a reviewer compares among the figures that were read"""


def read_all(workspace: Workspace) -> ReadResult:
    """Return the activity and metrics tables of a workspace with every problem found on the way.

    Nothing is raised: whoever computes calls `problems.raise_errors()` first.
    """
    problems = ProblemList()
    entities = Entities.of(workspace.inventory)
    files = Files(workspace)
    home = _home(workspace, entities, problems)
    details: list[Detail] = []
    blank: list[Problem] = []
    parts = [_read(workspace, source, files, entities, home, problems, details, blank) for source in workspace.sources]
    activity = concat([part.activity for part in parts], ACTIVITY.empty())
    metrics = concat([part.metrics for part in parts], METRICS.empty())
    published = [s.id for s in workspace.sources if s.layout in PUBLISHED or s.quality == "published"]
    if not (activity.empty and metrics.empty):
        problems.extend(blank)
    elif not problems.errors:
        files_read = ", ".join(dict.fromkeys(source.file for source in workspace.sources)) or SOURCES
        problems.add(MESSAGES.problem("DATA-NONE", SOURCES, files_read))
    problems.extend(audit(activity, published, [detail.source for detail in details]).items)
    compared: list[Compared] = []
    problems.extend(audit_metrics(metrics, compared).items)
    if not problems.errors:
        problems.extend(inputs.check(workspace.inventory, activity, metrics))
    notes = tuple(note for part in parts for note in part.notes)
    return ReadResult(activity, metrics, problems, tuple(files.facts.values()), notes, tuple(details), tuple(compared))


def _home(workspace: Workspace, entities: Entities, problems: ProblemList) -> str:
    name = workspace.inventory.entity.strip()
    if not name:
        problems.add(MESSAGES.problem("ENTITY-BLANK", INVENTORY))
        return ""
    found = entities.find(name)
    if found is None:
        problems.add(MESSAGES.problem("ENTITY-UNKNOWN", INVENTORY, name, entities.suggest(name)))
    return found or name


def _read(
    workspace: Workspace, source: Source, files: Files, entities: Entities, home: str, problems: ProblemList,
    details: list[Detail], blank: list[Problem],
) -> Part:  # fmt: skip
    """Read one source; `details` receives single rows, `blank` the problem of a table without a row of data."""
    grid = files.grid(source, problems) if source.layout != RECORDS else None
    entity = home
    if source.entity:
        entity = entities.find(source.entity) or ""
        if not entity:
            where = workspace.where(source, "entity")
            problems.add(MESSAGES.problem("ENTITY-UNKNOWN", where, source.entity, entities.suggest(source.entity)))
    if source.layout in ONE_PERIOD and not source.period:
        problems.add(MESSAGES.problem("PERIOD", workspace.where(source), source.id))
    context = Context(source, entities, entity, lambda key: workspace.where(source, key))
    if grid is None and source.layout != RECORDS:
        return Part()
    settings = options.check(grid, context)
    problems.extend(settings)
    if options.stops(settings):
        return Part()
    if source.layout == RECORDS:
        path = files.place(source, problems)
        part, detail = records.read(path, context) if path else (Part(), None)
        details += [detail] if detail else []
    elif grid is not None:
        part = LAYOUTS[source.layout](grid, context)
    else:
        return Part()
    problems.extend(part.problems.items)
    if part.empty and not part.problems.errors:
        blank.append(MESSAGES.problem("TABLE-EMPTY", grid.table() if grid is not None else workspace.where(source)))
    return part

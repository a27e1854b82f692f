"""Plans: bundled by id or read from a path, checked against the metrics and against their own printed text."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from os.path import isfile
from pathlib import Path

from ..accounting.problems import InputError, Problem, ProblemList, Where
from ..accounting.target_messages import MESSAGES
from ..accounting.target_models import Plan, Target, edge_of, hedge_of
from ..accounting.units import UnitFault, same_kind
from ..factors import yamlfile
from . import codes
from .workspace.models import Room
from .workspace.workspace import own_yaml

PLANS = Path(__file__).parent / "data" / "plans"
ROOM_METRIC = "carbon_intensity"
_SHARES = ("cumulative_pct", "reduction_pct")


@cache
def bundled() -> dict[str, Path]:
    """Return the files of the bundled plans by id."""
    return {path.stem: path for path in sorted(PLANS.glob("*.yaml"))}


def load(name: str | Path, base: Path | None = None, problems: ProblemList | None = None) -> Plan:
    """Return a plan: a bundled id, or the path of a YAML file (relative to `base`, a workspace).

    Warnings go to `problems` where given. Raises InputError with every error of the file, PLAN-UNKNOWN for a name
    that is neither.
    """
    path = _find(str(name), base)
    document = yamlfile.load(path, str(name) if str(name).endswith(".yaml") else path.name)
    plan = yamlfile.validate(Plan, document)
    found = ProblemList(_check(plan, path, document))
    found.raise_errors()
    if problems is not None:
        problems.extend(found)
    return plan


def room(entry: Room, base: Path) -> tuple[Plan, Target]:
    """Return the plan and target an entry of `room` names.

    Raises InputError PLAN-UNKNOWN, or ROOM-TARGET where the plan has no such cumulative reduction of carbon intensity.
    """
    plan = load(entry.plan, base)
    fitting = {t.id: t.settled() for t in plan.targets if t.metric == ROOM_METRIC}
    target = fitting.get(entry.indicator)
    if target is None or target.kind != "cumulative_pct" or target.value is None:
        known = ", ".join(name for name, one in fitting.items() if one.kind == "cumulative_pct") or "-"
        raise InputError(MESSAGES.problem("ROOM-TARGET", Where(key=entry.plan), entry.indicator, known))
    return plan, target


def own_file(name: str, base: Path) -> Path | None:
    """Return the file of a workspace's own plan; None for a bundled one, a missing one, or a path that leads outside."""
    return None if name in bundled() else own_yaml(base, name)


def _anywhere(name: str) -> Path | None:
    """A path that no workspace named, such as that of a script."""
    return next((path for path in (Path(name), Path(f"{name}.yaml")) if isfile(path)), None)


def _find(name: str, base: Path | None) -> Path:
    path = bundled().get(name) or (own_file(name, base) if base else _anywhere(name))
    if path is not None:
        return path
    near = get_close_matches(name, list(bundled()), n=3, cutoff=0.4) or sorted(bundled())
    raise InputError(MESSAGES.problem("PLAN-UNKNOWN", Where(key=name), name, ", ".join(near)))


def _check(plan: Plan, path: Path, document: yamlfile.Document) -> list[Problem]:
    problems: list[Problem] = []
    if plan.id != path.stem:
        problems.append(MESSAGES.problem("PLAN-ID", document.where(("id",)), plan.id, path.stem))
    for number, target in enumerate(plan.targets):
        key = ("targets", number)
        problems += [
            *_metric(target, document.where((*key, "metric"))),
            *_wording(target, document.where((*key, "printed"))),
        ]
    return problems


def _metric(target: Target, where: Where) -> list[Problem]:
    if not target.metric:
        return []
    metric = codes.metrics().codes.get(target.metric)
    if metric is None:
        near = get_close_matches(target.metric, list(codes.metrics().codes), n=3, cutoff=0.4)
        return [MESSAGES.problem("PLAN-METRIC", where, target.metric, ", ".join(near) or "-", key=target.id)]
    kind = target.resolves_to or target.kind
    expected = "%" if kind in _SHARES else metric.unit
    if _fits(target.unit, expected):
        return []
    return [MESSAGES.problem("PLAN-UNIT", where, target.unit, expected, key=target.id)]


def _fits(unit: str, expected: str) -> bool:
    try:
        return unit == expected or same_kind(unit, expected)
    except UnitFault:
        return False


def _wording(target: Target, where: Where) -> list[Problem]:
    """Compare the printed words with op and hedge, where a number stands beside them."""
    problems: list[Problem] = []
    if target.value is None:
        return problems
    edge = edge_of(target.printed)
    if edge and edge != target.op:
        problems.append(MESSAGES.problem("PLAN-EDGE", where, target.printed, target.op, key=target.id))
    hedge = hedge_of(target.printed)
    if hedge != target.hedge:
        problems.append(MESSAGES.problem("PLAN-HEDGE", where, target.printed, target.hedge or "''", key=target.id))
    return problems

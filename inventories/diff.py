"""Why two runs differ: the change of every total, split into inputs, factors, options and program.

Sequential substitution: the first run's parts are replaced by the second's, one cause at a time, and the run is
computed again after each. The effect of a cause is the step it makes, so the effects add up to the whole change:

    A as stored -> A today -> + tables of B, one by one -> + factors of B -> + inventory.yaml of B -> B as stored
      program        inputs                              factors             options                program

The split depends on the order, as every sequential decomposition does; the order is fixed and printed. A state that
cannot be computed (the tables of one run with the settings of the other) joins its cause to the next.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from ..accounting.figure_id import metric_id
from ..accounting.problems import InputError
from ..factors import yamlfile
from . import runs, store
from .row_changes import changed_rows
from .verify import recomputed
from .workspace.workspace import INVENTORY, SOURCES

DIGITS = 12
"""significant digits of stored tables; states are compared at this precision, so that a split leaves no remainder"""
BY_SET = 6
"""up to so many changed factor files are split one by one, more are one cause"""
Progress = Callable[[str], None]
State = dict[str, Decimal]
"""figure id -> value"""


@dataclass(frozen=True)
class Diff:
    """`effects`: figure, unit, a, b, cause, what, effect; `rows`: input rows that differ; `residual`: what is left."""

    effects: pd.DataFrame
    rows: pd.DataFrame
    residual: float
    new: tuple[str, ...] = ()
    """totals that only the second run has"""
    gone: tuple[str, ...] = ()
    """totals that only the first run has"""

    @property
    def same(self) -> bool:
        """Whether no input row and no total differs."""
        return not (len(self.rows) or len(self.effects) or self.new or self.gone)

    def record(self) -> dict[str, Any]:
        """Return a JSON-ready record."""
        return {
            "effects": self.effects.to_dict("records"),
            "rows": self.rows.to_dict("records"),
            "residual": self.residual,
            "new": list(self.new),
            "gone": list(self.gone),
        }


@dataclass(frozen=True)
class _Cause:
    kind: str
    what: str
    apply: Callable[[Path], None]
    """replaces a part in the folder of the mixed run"""


def diff(one: str | Path, other: str | Path, progress: Progress = lambda _: None) -> Diff:
    """Split what changed between two run folders. Raises InputError RUN-NOT where one is no run, RUN-ALTERED where files miss."""
    a, b = Path(one), Path(other)
    for folder in (a, b):
        runs.refuse_incomplete(folder)
    first, second = store.load(a), store.load(b)
    before, after = _state(first.metrics), _state(second.metrics)
    states = [("program", "", before)]
    with tempfile.TemporaryDirectory() as scratch:
        mixed = Path(scratch) / "run"
        for part in ("inputs", "factors"):
            shutil.copytree(a / part, mixed / part)
        shutil.copyfile(a / store.MANIFEST, mixed / store.MANIFEST)
        states += _walk(mixed, _causes(a, b), progress)
    states.append(("program", _program(a, b), after))
    units = {**_units(second.metrics), **_units(first.metrics)}
    effects, residual = _effects(states, before, after, units)
    return Diff(effects, changed_rows(first, second), residual, _only(after, before), _only(before, after))


def _walk(mixed: Path, causes: list[_Cause], progress: Progress) -> list[tuple[str, str, State]]:
    """Compute the first run as it is and after each cause."""
    states: list[tuple[str, str, State]] = []
    waiting: list[tuple[str, str]] = []
    for cause in [_Cause("program", "", lambda _: None), *causes]:
        progress(f"重算 recomputing: {cause.kind} {cause.what}")
        cause.apply(mixed)
        waiting.append((cause.kind, cause.what))
        try:
            state = _state(recomputed(mixed).metrics)
        except InputError:
            continue
        kinds = "+".join(dict.fromkeys(kind for kind, _ in waiting))
        states.append((kinds, "; ".join(what for _, what in waiting if what), state))
        waiting = []
    return states


def _least(folder: Path) -> str:
    return str(store.manifest(folder)["options"].get("require_evidence", ""))


def _state(metrics: pd.DataFrame) -> State:
    """Totals: metrics that are no part of a sector, item or category. Missing numbers are left out."""
    total = metrics[(metrics[["sector", "item", "category"]] == "").all(axis=1) & metrics["value"].notna()]
    return dict(zip(_ids(total), map(_exact, total["value"]), strict=True))


def _ids(metrics: pd.DataFrame) -> list[str]:
    return [metric_id({str(name): str(value) for name, value in row.items()}) for row in metrics.to_dict("records")]


def _exact(number: float) -> Decimal:
    return Decimal(f"{number:.{DIGITS}g}")


def _units(metrics: pd.DataFrame) -> dict[str, str]:
    return dict(zip(_ids(metrics), metrics["unit"], strict=True))


def _only(state: State, other: State) -> tuple[str, ...]:
    return tuple(sorted(set(state) - set(other)))


def _effects(
    states: list[tuple[str, str, State]], before: State, after: State, units: dict[str, str]
) -> tuple[pd.DataFrame, float]:
    """Return the steps between successive states of every total that changed, and the largest remainder."""
    rows: list[dict[str, Any]] = []
    left = Decimal(0)
    for figure in sorted(set(before) & set(after)):
        if before[figure] == after[figure]:
            continue
        steps = _steps(figure, states)
        left = max(left, abs(after[figure] - before[figure] - sum((step for _, _, step in steps), Decimal(0))))
        ends = {"figure": figure, "unit": units[figure], "a": float(before[figure]), "b": float(after[figure])}
        rows += [{**ends, "cause": kind, "what": what, "effect": float(step)} for kind, what, step in steps if step]
    return pd.DataFrame(rows, columns=["figure", "unit", "a", "b", "cause", "what", "effect"]), float(left)


def _steps(figure: str, states: list[tuple[str, str, State]]) -> list[tuple[str, str, Decimal]]:
    """Steps of one figure. A state that lacks it joins its cause to the next that has it."""
    steps: list[tuple[str, str, Decimal]] = []
    last = states[0][2][figure]
    kinds: list[str] = []
    whats: list[str] = []
    for kind, what, state in states[1:]:
        kinds.append(kind)
        whats += [what] if what else []
        if figure in state:
            steps.append(("+".join(dict.fromkeys(kinds)), "; ".join(whats), state[figure] - last))
            last, kinds, whats = state[figure], [], []
    return steps


# causes ---------------------------------------------------------------------------------------------------------


def _causes(a: Path, b: Path) -> list[_Cause]:
    return [*_tables(a, b), *_factors(a, b), *_options(a, b)]


def _tables(a: Path, b: Path) -> Iterator[_Cause]:
    """Tables and sources.yaml of the inputs: a file at a time, the declarations together with the last."""
    changed = [name for name in _changed(a / "inputs", b / "inputs") if _is_table(name)]
    if SOURCES in changed:
        # a declaration and the file it names only make sense together
        yield _Cause("input", ", ".join(changed), _replacer("inputs", changed, b))
        return
    for name in changed:
        yield _Cause("input", name, _replacer("inputs", [name], b))


def _is_table(name: str) -> bool:
    return name != INVENTORY and not name.startswith("factors/") and not (name.endswith(".yaml") and name != SOURCES)


def _factors(a: Path, b: Path) -> Iterator[_Cause]:
    """Factor data and the workspace's own factors; sets one by one while they are few."""
    shared = [("factors", name) for name in _changed(a / "factors", b / "factors")]
    own = [("inputs", name) for name in _changed(a / "inputs", b / "inputs") if name.startswith("factors/")]
    changed = [*shared, *own]
    groups = [[one] for one in changed] if len(changed) <= BY_SET else [changed]
    for group in groups:
        names = [name for _, name in group]

        def apply(mixed: Path, group: list[tuple[str, str]] = group) -> None:
            for part, name in group:
                _replacer(part, [name], b)(mixed)

        yield _Cause("factor", ", ".join(name.removeprefix("sets/").removesuffix(".yaml") for name in names), apply)


def _options(a: Path, b: Path) -> Iterator[_Cause]:
    """inventory.yaml and plans: standard, profile, mixes, coal rate and all other settings."""
    names = [name for name in _changed(a / "inputs", b / "inputs") if name.endswith(".yaml") and name != SOURCES]
    names = [name for name in names if not name.startswith("factors/")]
    keys = _keys(a / "inputs" / INVENTORY, b / "inputs" / INVENTORY) if INVENTORY in names else []
    keys += ["require_evidence"] if _least(a) != _least(b) else []
    replace = _replacer("inputs", names, b)

    def apply(mixed: Path) -> None:
        replace(mixed)
        shutil.copyfile(b / store.MANIFEST, mixed / store.MANIFEST)

    if names or keys:
        yield _Cause("option", ", ".join([*keys, *(name for name in names if name != INVENTORY)]), apply)


def _keys(one: Path, other: Path) -> list[str]:
    """Return the top keys of inventory.yaml that differ."""
    left, right = (dict(yamlfile.load(path).data) for path in (one, other))
    return [key for key in dict.fromkeys([*left, *right]) if left.get(key) != right.get(key)]


def _changed(one: Path, other: Path) -> list[str]:
    left, right = store.hashes(one), store.hashes(other)
    return sorted(name for name in {*left, *right} if left.get(name) != right.get(name))


def _replacer(part: str, names: list[str], source: Path) -> Callable[[Path], None]:
    """Return a function that puts the second run's files in place of the first's, or takes away what it has not."""

    def apply(mixed: Path) -> None:
        for name in names:
            target, wanted = mixed / part / name, source / part / name
            target.unlink(missing_ok=True)
            if wanted.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(wanted, target)

    return apply


def _program(a: Path, b: Path) -> str:
    """Name what differs between the program and environment of two runs."""
    left, right = store.manifest(a), store.manifest(b)
    then, now = ({**record["program"], **record["environment"]} for record in (left, right))
    return ", ".join(f"{name} {then.get(name)} -> {now.get(name)}" for name in now if then.get(name) != now.get(name))

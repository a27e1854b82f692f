"""What a switch of factors does to a workspace: two profiles, or one set in place of another, all else equal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from ..accounting.figure_id import metric_id
from ..accounting.problems import FactorError, Where
from ..accounting.tables import METRIC_KEY
from ..factors.library import FactorLibrary
from ..factors.profile import Profile
from .folder_messages import MESSAGES
from .run import run
from .standards import standard
from .workspace.workspace import Workspace

COLUMNS = ("figure", "metric", "entity", "period", "sector", "item", "gas", "unit", "a", "b", "change")
"""figure: the id that `explain` takes; change = b / a - 1"""


@dataclass
class Switched(FactorLibrary):
    """A library whose profiles name the set `other` wherever they name `one`."""

    one: str = ""
    other: str = ""

    def profile(self, profile_id: str) -> Profile:
        """Return a profile with the set exchanged."""
        own = super().profile(profile_id)
        order = {
            quantity: [self.other if name == self.one else name for name in names]
            for quantity, names in own.order.items()
        }
        return own.model_copy(update={"order": order})


def switch(
    workspace: Workspace, library: FactorLibrary, one: str, other: str, progress: Callable[[str], None] = lambda _: None
) -> pd.DataFrame:
    """Return every metric that differs when `other` stands in for `one` (columns COLUMNS), the largest change first.

    Both are profiles, or both are sets; then the profile of the workspace's main standard is switched. Raises
    FactorError for unknown ids and SWITCH-NONE where that profile does not use the set `one`.
    """
    main = replace(
        workspace, inventory=workspace.inventory.model_copy(update={"standards": workspace.inventory.standards[:1]})
    )
    if one in library.profiles() or other in library.profiles():
        sides = [(_with(main, library.profile(name).id), library) for name in (one, other)]
    else:
        _used(main, library, one, other)
        sides = [(main, library), (main, Switched(library.data, library.extra, one=one, other=other))]
    metrics = [run(place, progress, shelf).metrics for place, shelf in sides]
    return _compared(*metrics)


def _with(workspace: Workspace, profile: str) -> Workspace:
    return replace(workspace, inventory=workspace.inventory.model_copy(update={"profile": profile}))


def _used(workspace: Workspace, library: FactorLibrary, one: str, other: str) -> None:
    """Make sure that both sets exist and that the switch can have an effect."""
    library.set(one)
    library.set(other)
    name = workspace.inventory.profile or standard(workspace.inventory.standards[0]).profile
    used = sorted({entry for names in library.profile(name).order.values() for entry in names})
    if one not in used:
        raise FactorError(MESSAGES.problem("SWITCH-NONE", Where(key=name), one, ", ".join(used)))


def _compared(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    both = one.merge(other, on=[*METRIC_KEY, "unit"], how="outer", suffixes=("_a", "_b"))
    both = both.rename(columns={"value_a": "a", "value_b": "b"})
    differs = both["a"].ne(both["b"]) & ~(both["a"].isna() & both["b"].isna())
    found = both[differs]
    ids = [metric_id({str(k): str(v) for k, v in row.items()}) for row in found[list(METRIC_KEY)].to_dict("records")]
    found = found.assign(change=found["b"] / found["a"] - 1, figure=pd.Series(ids, index=found.index, dtype="str"))
    order = found["change"].abs().sort_values(ascending=False, kind="stable", na_position="first").index
    return found.loc[order, list(COLUMNS)].reset_index(drop=True)

"""What a workspace's tables say together: each table may be right by itself and still not fit the others."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...accounting.problems import Problem, Where
from ..audit_messages import MESSAGES
from ..readers.entities import Entities
from ..workspace.models import Inventory
from . import pairs


def check(inventory: Inventory, activity: pd.DataFrame, metrics: pd.DataFrame) -> list[Problem]:
    """Return the problems between the tables that were read, and between them and inventory.yaml."""
    return [*pairs.check(activity, metrics), *_years(inventory, activity)]


def _years(inventory: Inventory, activity: pd.DataFrame) -> Iterator[Problem]:
    """A declared year of the account without any activity of the place, where other places or years have some."""
    home = Entities.of(inventory).find(inventory.entity) or inventory.entity
    there = sorted(set(zip(activity["entity"], activity["period"], strict=True)))
    known = ", ".join(f"{entity} {period}" for entity, period in there)
    for year in inventory.years if there else ():
        if not any(entity == home and period[:4] == str(year) for entity, period in there):
            yield MESSAGES.problem("YEAR-EMPTY", Where(file="inventory.yaml", key="years"), f"{home} {year}", known)

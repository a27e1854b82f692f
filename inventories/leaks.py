"""Biogenic carbon that a balance hides: ethanol in gasoline, village biomass outside the commercial balance."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..accounting.problems import Problem, Where
from ..accounting.wording import coded, placed
from ..factors.regions import RegionBook
from .draft import Draft
from .run_messages import MESSAGES

E10 = ("410000", "130000")
"""Henan, and parts of Hebei"""
VILLAGE = ("RES", "RES_R")
"""rows of the balance that hold villages"""


def check(draft: Draft) -> list[Problem]:
    """Return E10-UNKNOWN and BIOMASS-NONE of every place and year that has a balance."""
    frame = draft.prepared.frame
    final = frame[frame["flow"] == "final"]
    return [*_ethanol(draft, final), *_biomass(draft, final)]


def _ethanol(draft: Draft, final: pd.DataFrame) -> Iterator[Problem]:
    declared = {entry.year for entry in draft.inventory.biogenic_share if entry.item == "gasoline"}
    regions = draft.maker.regions or draft.library.regions
    burnt = final[(final["item"] == "gasoline") & (final["amount"] > 0)]
    for entity, year in burnt[["entity", "year"]].drop_duplicates().itertuples(index=False, name=None):
        if not declared & {None, int(year)} and _sells(regions, str(entity), int(year)):
            where = Where(file="inventory.yaml", key="biogenic_share")
            yield MESSAGES.problem("E10-UNKNOWN", where, coded("region", entity), year)


def _sells(regions: RegionBook, entity: str, year: int) -> bool:
    return bool({entity, *regions.chain(entity, year)} & set(E10))


def _biomass(draft: Draft, final: pd.DataFrame) -> Iterator[Problem]:
    homes = final[final["sector"].isin(VILLAGE)]
    # a row NE says it too
    said = pd.concat([final, draft.prepared.notation])
    said = said[said["item"].isin(list(draft.book.items["biomass"])) & said["sector"].str.startswith("RES")]
    told = set(zip(said["entity"], said["period"], strict=True))
    for place in homes[["entity", "period"]].drop_duplicates().itertuples(index=False, name=None):
        if place not in told:
            yield MESSAGES.problem("BIOMASS-NONE", Where(), placed(*place))

"""What a workspace's tables say together, and what inventory.yaml declares that they do not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ...accounting import units
from ...accounting.problems import Problem, Where
from ...accounting.wording import coded, listed, placed
from ..audit_messages import MESSAGES
from ..codes import carriers, regions, sectors
from ..messages import MESSAGES as READING
from ..readers.audit_size import MOST
from ..readers.entities import Entities
from ..workspace.models import Inventory
from . import pairs

DECLARED = (
    "coal_mix", "gas_mix", "other_energy_mix", "coal_rate", "road_split", "biogenic_share", "boiler_types", "vehicle_technology", "stored_carbon",
    "electricity", "heat", "certificates",
)  # fmt: skip
"""lists of inventory.yaml whose entries may name a year, a carrier, a sector or a place"""
MIXES = ("coal_mix", "gas_mix", "other_energy_mix")
LEG_UNITS = {"electricity": "kWh", "heat": "GJ", "certificates": "kWh"}


def check(inventory: Inventory, activity: pd.DataFrame, metrics: pd.DataFrame) -> list[Problem]:
    """Return the problems between the tables that were read, and between them and inventory.yaml."""
    return [
        *pairs.check(activity, metrics),
        *_years(inventory, activity),
        *_beside(inventory, activity),
        *_declared(inventory, activity),
    ]


def _years(inventory: Inventory, activity: pd.DataFrame) -> Iterator[Problem]:
    """A declared year of the account without any activity of the place, where other places or years have some."""
    home = Entities.of(inventory).find(inventory.entity) or inventory.entity
    there = sorted(set(zip(activity["entity"], activity["period"], strict=True)))
    known = listed(placed(entity, period) for entity, period in there)
    for year in inventory.years if there else ():
        if not any(entity == home and period[:4] == str(year) for entity, period in there):
            yield MESSAGES.problem("YEAR-EMPTY", Where(file="inventory.yaml", key="years"), placed(home, year), known)


def _beside(inventory: Inventory, activity: pd.DataFrame) -> Iterator[Problem]:
    """Years of a region's activity that the account does not ask for: nothing of them is printed.

    An enterprise brings the year before on purpose: its closing stock is carried over.
    """
    if inventory.kind != "region":
        return
    home = Entities.of(inventory).find(inventory.entity) or inventory.entity
    there = set(activity.loc[activity["entity"] == home, "period"].str[:4]) - {""}
    wanted = {str(year) for year in inventory.years}
    beside = sorted(there - wanted)
    if beside and there & wanted:  # where nothing is there for the years asked, YEAR-EMPTY names the others
        asked = listed(map(str, sorted(inventory.years)))
        label = coded("region", home) if regions().knows(home) else home
        yield MESSAGES.problem(
            "YEAR-BESIDE", Where(file="inventory.yaml", key="years"), listed(beside), asked, label=label
        )


def _declared(inventory: Inventory, activity: pd.DataFrame) -> Iterator[Problem]:
    """Entries of inventory.yaml that name a carrier, sector, place or unit nobody knows, or a year without an account."""
    known = sorted({*map(str, inventory.years), *activity["period"].str[:4]})
    places = _places(inventory, activity)
    entities = Entities.of(inventory)
    for name in DECLARED:
        where = Where(file="inventory.yaml", key=name)
        for entry in (entry.model_dump() for entry in getattr(inventory, name)):
            year = entry.get("year")
            if year is not None and str(year) not in known:
                yield MESSAGES.problem("DECLARED-UNUSED", where, year, ", ".join(known), label=name)
            place = entities.find(str(entry.get("entity") or ""))
            if place and place not in places:
                yield MESSAGES.problem(
                    "DECLARED-UNUSED",
                    where,
                    coded("region", place),
                    listed(coded("region", one) for one in sorted(places)),
                    label=name,
                )
            yield from _names(name, entry, entities, where)
            yield from _amount(entry, LEG_UNITS.get(name, ""), where, name)


def _places(inventory: Inventory, activity: pd.DataFrame) -> set[str]:
    """Places of the account and what lies above them: a mix of the province holds for its cities."""
    own = {str(entity) for entity in activity["entity"].unique()}
    own.add(Entities.of(inventory).find(inventory.entity) or inventory.entity)
    parents = {entity.id: entity.parent for entity in inventory.entities if entity.parent}
    own |= {parents[one] for one in own & parents.keys()}
    return own | {above for one in own if regions().knows(one) for above in regions().line(one)}


def _names(name: str, entry: dict[str, Any], entities: Entities, where: Where) -> Iterator[Problem]:
    items = [entry.get("item"), *(entry.get("of") or () if name in MIXES else ())]
    for item in (item for item in items if item and item not in carriers()):
        yield READING.problem("ITEM-UNKNOWN", where, item, carriers().suggest(item))
    sector, place = entry.get("sector"), entry.get("entity") or entry.get("counterpart")
    if sector and sector not in sectors():
        yield READING.problem("SECTOR-UNKNOWN", where, sector, sectors().suggest(sector))
    if place and entities.find(place) is None:
        yield READING.problem("ENTITY-UNKNOWN", where, place, entities.suggest(place))


def _amount(entry: dict[str, Any], base: str, where: Where, name: str) -> Iterator[Problem]:
    """Unit and size of electricity or heat that crosses the boundary."""
    try:
        factor = units.factor(entry["unit"], base) if base else 0.0
    except units.UnitFault as fault:
        yield fault.problem(where)
        return
    if base and entry["value"] * factor > MOST[base]:
        label = f"{name} {entry['year']}"
        yield MESSAGES.problem("NUMBER-HUGE", where, f"{entry['value']:.4g} {entry['unit']}", label=label)

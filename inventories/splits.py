"""The splits a workspace declares (road fuel, boilers, biogenic fuel, stored carbon), as accounting/splitting.py takes
them. Declared shares carry their source and evidence in inventory.yaml; nothing is split by default.
"""

from __future__ import annotations

import pandas as pd

from ..accounting.splitting import Part, Split
from ..factors.regions import RegionBook
from . import codes, mixes
from .frame import Book
from .workspace.models import Inventory

ROAD, EMITTED, STORED, BIOFUEL = "road", "non_energy_emitted", "non_energy_stored", "biofuel"
BOILERS = {"cfb": "boiler_type=cfb"}
"""boiler types with a factor of their own; the others take the general value of coal boilers"""
_NONE = frozenset[str]()


FLIGHTS = Split(
    frozenset({"final"}), frozenset({"kerosene"}), (Part("~air", 1.0, "", "mode=civil_aviation"),), frozenset({"G"})
)
"""kerosene of transport is burnt in aircraft"""


def of(inventory: Inventory, book: Book, regions: RegionBook, rows: pd.DataFrame) -> list[Split]:
    """Return the declared splits in the order in which they apply: other energy, road, biogenic, vehicles, boilers, non-energy use.

    `rows` holds entity and period of the rows that are split.
    """
    places = zip(rows["entity"], rows["period"], strict=True)
    return [
        *mixes.other_energy(inventory, regions, places), *_road(inventory, book), *_biogenic(inventory), *_vehicles(inventory), *_boilers(inventory, book),
        *_stored(inventory),
    ]  # fmt: skip


def _road(inventory: Inventory, book: Book) -> list[Split]:
    # fuel of vehicles is never stationary: without a declared split it stays where the balance prints it
    whole = Part("~road", 1.0, ROAD if inventory.road_split else "", "mode=road")
    own = Split(frozenset({"final"}), book.items["motor_fuel"], (whole,), frozenset({"G"}))
    declared = [
        Split(
            frozenset({"final"}), frozenset({entry.item}), (Part("~road", entry.share, ROAD, "mode=road"),),
            codes.below(entry.sector), year=str(entry.year or ""),
        )
        for entry in inventory.road_split
        # motor fuel of transport is road fuel whole; gas of transport only where declared
        if entry.sector != "G" or entry.item not in book.items["motor_fuel"]
    ]  # fmt: skip
    return [own, *declared, FLIGHTS]


def _biogenic(inventory: Inventory) -> list[Split]:
    return [
        Split(
            frozenset({"final", ROAD}), frozenset({entry.item}), (Part("~bio", entry.share, BIOFUEL),),
            year=str(entry.year or ""),
        )
        for entry in inventory.biogenic_share
    ]  # fmt: skip


def _vehicles(inventory: Inventory) -> list[Split]:
    """Road fuel by exhaust technology; without a road split it still stands in transport."""
    out = []
    for entry in inventory.vehicle_technology:
        parts = tuple(Part(f"~{name}", share, attribute=f"technology={name}") for name, share in entry.of.items())
        item, year = frozenset({entry.item}), str(entry.year or "")
        out.append(Split(frozenset({ROAD}), item, parts, _NONE, entry.entity, year))
        out.append(Split(frozenset({"final"}), item, parts, frozenset({"G"}), entry.entity, year))
    return out


def _boilers(inventory: Inventory, book: Book) -> list[Split]:
    out = []
    for entry in inventory.boiler_types:
        parts = [Part(f"~{name}", share, attribute=BOILERS.get(name, "")) for name, share in entry.of.items()]
        out.append(Split(
            frozenset({entry.flow or "tr_power"}), book.items["coal_columns"], tuple(parts),
            codes.below(entry.sector) if entry.sector else _NONE, entry.entity, str(entry.year or ""),
        ))  # fmt: skip
    return out


def _stored(inventory: Inventory) -> list[Split]:
    return [
        Split(
            frozenset({"non_energy"}), frozenset({entry.item}),
            (Part("~emitted", 1 - entry.share, EMITTED, extra=True), Part("~stored", entry.share, STORED, extra=True)),
            year=str(entry.year or ""),
        )
        for entry in inventory.stored_carbon
    ]  # fmt: skip

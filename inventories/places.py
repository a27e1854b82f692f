"""The places of a workspace: those of GB/T 2260 and the ones it declares itself."""

from __future__ import annotations

from ..accounting.metrics import MetricBook
from ..factors.library import FactorLibrary
from ..factors.regions import Region, RegionBook
from .workspace.models import Inventory


def book(inventory: Inventory, library: FactorLibrary) -> RegionBook:
    """Return the book of places with the workspace's own."""
    own = [
        Region(
            code=entity.id,
            zh=entity.zh,
            en=entity.en,
            kind="enterprise" if entity.kind != "region" else "other",
            parent=entity.parent,
        )
        for entity in inventory.entities
    ]
    return library.regions.with_places(own) if own else library.regions


def above(inventory: Inventory, regions: RegionBook, metrics: MetricBook) -> dict[str, str]:
    """Place -> the one it lies in, of the places that have numbers: as declared, else by GB/T 2260."""
    declared = {one.id: one.parent for one in inventory.entities}
    known = {str(row["entity"]) for row in metrics.rows.values()}
    return {place: declared.get(place) or regions.parent(place) for place in known}

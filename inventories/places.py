"""The places of a workspace: those of GB/T 2260 and the ones it declares itself."""

from __future__ import annotations

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

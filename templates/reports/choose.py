"""Which report a run gets."""

from __future__ import annotations

from ...factors.library import FactorLibrary
from ...inventories.results import Results
from ..report import Report


def build(results: Results, library: FactorLibrary) -> Report:
    """Return the main report of a run: the enterprise's own for an enterprise, the account report otherwise."""
    from . import account, enterprise

    if results.workspace.inventory.kind == "enterprise":
        return enterprise.build(results, library)
    return account.build(results, library)

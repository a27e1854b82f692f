"""Small workspaces of a case: a few rows in the plain layout, run as a user's folder would be."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from carbonpeak.factors.library import FactorLibrary
from carbonpeak.inventories.results import Results
from carbonpeak.inventories.run import run
from carbonpeak.inventories.workspace.workspace import Workspace

from .places import write_csv

HEAD = ["sector", "flow", "item", "attributes", "quantity", "unit"]
Row = tuple[str, str, str, str, float, str]
"""sector, flow, item, attributes, quantity, unit"""
NAMES = {"zh": "算例", "en": "case"}
REGION, WORKS = "410000", "works"


class Ordered(FactorLibrary):
    """The bundled library with the CO2 factors of one profile taken from given sets."""

    @classmethod
    def of(cls, profile: str, sets: Sequence[str]) -> Ordered:
        """Return the library; `sets` stand in their order and are the only ones."""
        found = cls(FactorLibrary.bundled().data)
        found.changed, found.sets = profile, list(sets)
        return found

    changed: str = ""
    sets: Sequence[str] = ()

    def profile(self, profile_id: str) -> Any:
        """Return a profile, with other sets where it is the changed one."""
        found = super().profile(profile_id)
        order = {**found.order, "co2": list(self.sets)}
        return found.model_copy(update={"order": order}) if profile_id == self.changed else found


def region(
    rows: Iterable[Row],
    year: int,
    standards: Sequence[str] = ("provincial_2011",),
    library: FactorLibrary | None = None,
    **fields: Any,
) -> Results:
    """Run rows as the account of a region; `fields` are further fields of its inventory."""
    return _run(rows, year, {"kind": "region", "entity": REGION, "standards": list(standards), **fields}, library)


def enterprise(rows: Iterable[Row], year: int, standard: str = "enterprise_2024") -> Results:
    """Run rows as the account of an enterprise."""
    works = {"id": WORKS, **NAMES, "kind": "enterprise", "parent": REGION}
    fields = {"kind": "enterprise", "entity": WORKS, "standards": [standard]}
    return _run(rows, year, {**fields, "entities": [works]})


def _run(rows: Iterable[Row], year: int, fields: dict[str, Any], library: FactorLibrary | None = None) -> Results:
    head = {"schema": 1, "id": "case", "title": NAMES, "years": [year], "report": {"date": f"{year + 1}-06-30"}}
    source = {"id": "rows", "file": "data/rows.csv", "layout": "tidy", "period": str(year)}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_csv(root / "data/rows.csv", [HEAD, *([*row[:4], repr(row[4]), row[5]] for row in rows)])
        # JSON is YAML
        (root / "inventory.yaml").write_text(json.dumps({**head, **fields}, ensure_ascii=False), encoding="utf-8")
        (root / "sources.yaml").write_text(json.dumps({"schema": 1, "sources": [source]}), encoding="utf-8")
        return run(Workspace.open(root), library=library)

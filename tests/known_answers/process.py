"""Simple process sources: factors of the library against the parts their documents print."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from math import prod
from pathlib import Path

from carbonpeak.accounting.emissions import CO2_PER_C
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.inventories.run import run
from carbonpeak.inventories.scaffold import write_inventory, write_sources
from carbonpeak.inventories.workspace.workspace import Workspace

from .compare import Answer
from .places import write_csv

HEAD = ["flow", "item", "attributes", "quantity", "unit"]


def _account(rows: Sequence[tuple[str, str, float]]) -> list[float]:
    """CO2 (t) of product, attributes, tonnes; each through the process account of a workspace."""
    cells = [["activity", item, attributes, repr(amount), "t"] for item, attributes, amount in rows]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_inventory(root, "p", "region", {"zh": "过程", "en": "process"}, "410000", [2020], ["provincial_2011"])
        write_csv(root / "data/p.csv", [HEAD, *cells])
        write_sources(root, ["- {id: p, file: data/p.csv, layout: tidy, period: '2020'}"])
        results = run(Workspace.open(root))
    lines = results.lines[results.lines["account"] == "process"].set_index("line_id")["value"]
    by_row = {name.rsplit("/", 2)[0]: value / 1e6 for name, value in lines.items()}
    return [by_row.get(f"p/{number}", float("nan")) for number in range(1, len(rows) + 1)]


def carbonates(weights: Mapping[str, Sequence[float]], co2_weight: float) -> Answer:
    """Factor of each carbonate against CO2 per formula x weight of CO2 / formula weight."""
    found = _account([(item, "", 1000.0) for item in weights])
    expected = {item: co2_weight * count / weight for item, (weight, count) in weights.items()}
    return Answer({item: value / 1000 for item, value in zip(weights, found, strict=True)}, expected)


def product(parts: Sequence[float], factor: str, carbon: bool = False) -> Answer:
    """A factor of the library against the product of its printed parts (x 44/12 where the parts are carbon)."""
    return Answer({"ef": _factor(factor)}, {"ef": prod(parts) * (CO2_PER_C if carbon else 1.0)})


def mix(shares: Mapping[str, float]) -> Answer:
    """Factor of a printed mix of kinds; `shares` maps a factor's full id to its share."""
    return Answer({"default": sum(share * _factor(name) for name, share in shares.items())})


def _factor(name: str) -> float:
    found = FactorLibrary.bundled().factor(name)[1].value
    assert found is not None
    assert found.value is not None
    return float(found.value)


def carbon(contents: Mapping[str, float]) -> Answer:
    """CO2 per tonne of metal from its carbon content."""
    return Answer({name: content * CO2_PER_C for name, content in contents.items()})


def steel(pig_iron: float) -> Answer:
    """CO2 (t) of decarburisation, by the process account."""
    return Answer({"co2_t": _account([("steel_decarburisation", "", pig_iron)])[0]})

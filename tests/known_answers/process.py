"""Simple process sources through the process account, and factors of the library beside the parts their documents print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

import pandas as pd

from carbonpeak.accounting.emissions import CO2_PER_C, compute
from carbonpeak.accounting.keying import KEY, KEYED
from carbonpeak.factors.library import FactorLibrary

from . import small
from .compare import Answer

YEAR = 2020
GRAMS = 1e6


def _account(rows: Sequence[tuple[str, str, float]], library: FactorLibrary | None = None) -> list[float]:
    """CO2 (t) of product, attributes, tonnes; each through the process account of a workspace."""
    cells = [("", "activity", item, attributes, amount, "t") for item, attributes, amount in rows]
    results = small.region(cells, YEAR, library=library)
    lines = results.lines[results.lines["account"] == "process"].set_index("line_id")["value"]
    by_row = {name.rsplit("/", 2)[0]: value / GRAMS for name, value in lines.items()}
    return [by_row.get(f"rows/{number}", float("nan")) for number in range(1, len(rows) + 1)]


def carbonates(weights: Mapping[str, Sequence[float]], co2_weight: float) -> Answer:
    """CO2 of a tonne of each carbonate against CO2 per formula x weight of CO2 / formula weight."""
    found = _account([(item, "", 1000.0) for item in weights])
    expected = {item: co2_weight * count / weight for item, (weight, count) in weights.items()}
    return Answer({item: value / 1000 for item, value in zip(weights, found, strict=True)}, expected)


def lime(kinds: Mapping[str, float]) -> Answer:
    """CO2 (t) of 1000 t of lime of a printed mix of kinds, by the factors of IPCC; `kinds` maps a kind to its share."""
    rows = [("lime", f"technology={kind}", 1000 * share) for kind, share in kinds.items()]
    return Answer({"co2_t": sum(_account(rows, small.Ordered.of("process", ["process/ipcc2006"])))})


def ammonia(fuel_gj: float, carbon_kg_per_gj: float) -> Answer:
    """CO2 (t) of a tonne of ammonia from its fuel, by the kernel: heat x carbon content x 44/12, all carbon oxidised."""
    key = {**dict.fromkeys(KEY, ""), "item": "natural_gas", "unit": "t"}
    row = {"row_id": "1", **key, "quantity": 1.0, "ncv": fuel_gj, "carbon_content": carbon_kg_per_gj / 1000}
    keyed = {**dict.fromkeys(KEYED, ""), **key, "gas": "co2", "scale": 1.0, "rule": "r"}
    parts = {f"c_{part}": float("nan") for part in ("ncv", "carbon_content", "oxidation", "per_heat", "value")}
    activity = pd.DataFrame([{**row, "oxidation": 1.0, "tce_factor": float("nan")}])
    lines = compute(activity, pd.DataFrame([{**keyed, **parts}]))
    return Answer({"ef": float(lines["value"].sum()) / GRAMS})


def steel(pig_iron: float) -> Answer:
    """CO2 (t) of decarburisation, by the process account."""
    return Answer({"co2_t": _account([("steel_decarburisation", "", pig_iron)])[0]})


def product(parts: Sequence[float], factor: str) -> Answer:
    """A factor of the library beside the product of the parts its document prints. Nothing is computed."""
    found = FactorLibrary.bundled().factor(factor)[1].value
    assert found is not None
    assert found.value is not None
    return Answer({"ef": float(found.value)}, {"ef": prod(parts)})


def carbon(contents: Mapping[str, float], factors: Mapping[str, float]) -> Answer:
    """Two printed columns beside each other: CO2 per tonne of metal, and carbon content x 44/12."""
    return Answer({name: content * CO2_PER_C for name, content in contents.items()}, dict(factors))

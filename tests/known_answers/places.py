"""Workspaces the cases run: bundled examples, and the re-tabulated tables of tests/data in the layouts users bring."""

from __future__ import annotations

import csv
import gzip
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from carbonpeak.factors.library import FactorLibrary
from carbonpeak.inventories.imports import import_table
from carbonpeak.inventories.results import Results
from carbonpeak.inventories.run import run
from carbonpeak.inventories.workspace.models import Inventory, Mix
from carbonpeak.inventories.workspace.source_models import Source
from carbonpeak.inventories.workspace.workspace import Workspace, examples

DATA = Path(__file__).parents[1] / "data"
HENAN = examples()["henan"] / "data"
ENERGY = {"henan": HENAN / "energy_inventory_2019.csv", "hebei": DATA / "hebei_2019_energy.csv"}
CO2 = {"henan": HENAN / "co2_ceads_2019.csv", "hebei": DATA / "hebei_2019_co2.csv"}
ENTITY = {"henan": "410000", "hebei": "130000"}
HEADERS = {
    "raw_coal": "Raw_Coal", "cleaned_coal": "Cleaned_Coal", "other_washed_coal": "Other_Washed_Coal",
    "briquettes": "Briquettes", "coke": "Coke", "coke_oven_gas": "Coke_Oven_Gas", "other_gas": "Other_Gas",
    "other_coking_products": "Other_Coking_Products", "crude_oil": "Crude_Oil", "gasoline": "Gasoline",
    "kerosene": "Kerosene", "diesel": "Diesel_Oil", "fuel_oil": "Fuel_Oil", "lpg": "LPG",
    "refinery_gas": "Refinery_Gas", "other_petroleum": "Other_Petroleum_Products", "natural_gas": "Natural_Gas",
    "heat": "Heat", "electricity": "Electricity", "other_energy": "Other_Energy",
}  # fmt: skip
"""carriers of the CEADs energy inventory, in its order and spelling"""
UNITS = {"10^4 t": "10^4 ton", "10^8 m3": "10^8 cu.m", "10^10 kJ": "1010 kj", "10^8 kWh": "10^8 kwh"}
"""unit -> as CEADs prints it"""


def read(path: Path) -> pd.DataFrame:
    """Return a re-tabulated table as text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def ceads_grid(place: str) -> list[list[str]]:
    """Return the energy inventory of a place in the layout CEADs publishes: its names, units, signs and zeros."""
    table = read(ENERGY[place])
    flipped = table["flow"].str.startswith("tr")
    value = table["quantity"].astype(float)
    value = value.where(~flipped, -value)
    cells = dict(zip(zip(table["flow"], table["sector"], table["item"], strict=True), value, strict=True))
    unit = dict(zip(table["item"], table["unit"], strict=True))
    units = ["unit", *(UNITS.get(unit.get(item, "10^4 t"), unit.get(item, "10^4 t")) for item in HEADERS)]
    rows = [["row", *HEADERS.values()], units]
    for row in read(DATA / "ceads_rows.csv").to_dict("records"):
        found = (cells.get((row["flow"], row["sector"], item), 0.0) for item in HEADERS)
        rows.append([row["row"], *(f"{number:.15g}" for number in found)])
    return rows


def write_csv(path: Path, rows: list[list[str]]) -> Path:
    """Write rows of text as csv and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path


def published_cells(place: str) -> pd.Series:
    """Return published CO2 in tonnes by `sector/item`; cells printed 0 are left out."""
    table = read(CO2[place])
    table = table[(table["sector"] != "") & (table["item"] != "")]
    return pd.Series(table["value"].astype(float).to_numpy() * 1e4, index=table["sector"] + "/" + table["item"])


def published_total(place: str, category: str = "", item: str = "") -> float:
    """Return a published total in Mt: of the place, of a category (process) or of a fuel."""
    table = read(CO2[place])
    chosen = table[(table["sector"] == "") & (table["category"] == category) & (table["item"] == item)]
    return float(chosen["value"].astype(float).sum()) / 100


@cache
def imported(place: str) -> Results:
    """Run a place from its CEADs table as `import ceads` makes it, with everything default."""
    with tempfile.TemporaryDirectory() as folder:
        return run(import_ceads(Path(folder), place))


def import_ceads(folder: Path, place: str) -> Workspace:
    """Write the CEADs table of a place and import it into a new workspace."""
    table = write_csv(folder / f"{place.title()}2019.csv", ceads_grid(place))
    return import_table("ceads", table, folder / "workspace")


class Declared(FactorLibrary):
    """The bundled library with standard-coal coefficients declared by hand, before all others."""

    ID = "standard_coal/declared"

    @classmethod
    def with_coefficients(cls, folder: Path, coefficients: Mapping[str, tuple[float, str]]) -> Declared:
        """Return the library with a set written to a folder; `coefficients` maps item to value and unit."""
        lines = [
            f"- {{item: {item}, quantity: tce_calorific, value: {{value: {value}, unit: {unit}, evidence: assumed}}}}"
            for item, (value, unit) in coefficients.items()
        ]
        head = [
            "schema: 1", f"id: {cls.ID}", "kind: standard_coal", "title: {zh: 申报, en: declared}",
            "publisher: '-'", "document: declared for a case", "year: 2019", "factors:",
        ]  # fmt: skip
        path = folder / "sets" / f"{cls.ID}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")
        return cls(FactorLibrary.bundled().data, (folder,))

    def profile(self, profile_id: str) -> Any:
        """Return a profile whose coal equivalent is looked up among the declared coefficients first."""
        found = super().profile(profile_id)
        order = dict(found.order)
        if "tce_calorific" in order:
            order["tce_calorific"] = [self.ID, *order["tce_calorific"]]
        return found.model_copy(update={"order": order})


def imported_with(
    place: str, coefficients: Mapping[str, tuple[float, str]], recovered: pd.DataFrame | None = None
) -> Results:
    """Run a place from its CEADs table with declared standard-coal coefficients.

    `recovered` (item, quantity, unit) stands in the row 回收能, in the supply block as in balances up to about 2009: a
    balance that has this row counts recovered energy itself.
    """
    with tempfile.TemporaryDirectory() as folder:
        library = Declared.with_coefficients(Path(folder) / "factors", coefficients)
        workspace = import_ceads(Path(folder), place)
        if recovered is not None:
            cells = zip(recovered["item"], recovered["quantity"], recovered["unit"], strict=True)
            rows = [["recovery", item, repr(float(quantity)), unit] for item, quantity, unit in cells]
            write_csv(workspace.root / "data" / "recovery.csv", [["flow", "item", "quantity", "unit"], *rows])
            source = Source(id="recovery", file="data/recovery.csv", layout="tidy", period="2019")
            workspace = replace(workspace, sources=(*workspace.sources, source))
        return run(workspace, library=library)


@cache
def example(name: str) -> Results:
    """Run a bundled example as it stands."""
    return run(Workspace.open(name))


def example_with(name: str, **changes: Any) -> Results:
    """Run a bundled example with fields of its inventory replaced."""
    workspace = Workspace.open(name)
    inventory: Inventory = workspace.inventory.model_copy(update=changes)
    return run(replace(workspace, inventory=inventory))


@cache
def henan_by_coal(mix: str) -> Results:
    """Run Henan 2019 under the provincial guideline and IPCC with one declared coal mix (`kind=share,…`, by heat)."""
    of = {name: float(share) for name, _, share in (part.partition("=") for part in mix.split(","))}
    declared = Mix(entity="410000", year=2019, of=of, basis="heat", source="case", evidence="assumed")
    return example_with(
        "henan", coal_mix=[declared], standards=["provincial_2011", "ipcc_2006"], plans=[], price_years=[]
    )


@cache
def provinces_2007() -> Results:
    """Run the thirty provincial balances of 2007 as one workspace."""
    inventory = {
        "schema": 1, "id": "provinces_2007", "kind": "region", "title": {"zh": "三十省", "en": "thirty provinces"},
        "entity": "CN", "years": [2007], "standards": ["provincial_2011"], "report": {"date": "2008-12-31"},
    }  # fmt: skip
    source = '- {id: balances, file: data/balances_2007.csv, layout: tidy, period: "2007"}'
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "data").mkdir()
        (root / "data/balances_2007.csv").write_bytes(gzip.decompress((DATA / "balances_2007.csv.gz").read_bytes()))
        (root / "inventory.yaml").write_text(_yaml(inventory), encoding="utf-8")
        (root / "sources.yaml").write_text(f"schema: 1\nsources:\n{source}\n", encoding="utf-8")
        return run(Workspace.open(root))


def _yaml(fields: Mapping[str, Any]) -> str:
    import json

    return "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()) + "\n"


def metric(results: Results, name: str, **key: str) -> float:
    """Return the one metric with this key; the parts that are not named must be blank or may differ only in vintage."""
    table = results.metrics[results.metrics["metric"] == name]
    for column in ("entity", "period", "basis", "definition", "item", "sector", "category", "price_year"):
        if column in key:
            table = table[table[column] == key[column]]
        elif column in ("item", "sector", "category"):
            table = table[table[column] == ""]
    values = table["value"].unique()
    assert len(values) == 1, f"{name} {key}: {len(table)} metrics"
    return float(values[0])

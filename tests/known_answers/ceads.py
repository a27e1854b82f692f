"""CEADs: factors derived from one province, tested on the other; what is recovered gas in the published totals."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd

from carbonpeak.accounting.co2 import GRAMS_PER_WAN_T
from carbonpeak.inventories import derive_ceads
from carbonpeak.inventories.results import Results
from carbonpeak.inventories.run import run

from . import places
from .compare import Answer

PROFILE = "ceads_from_one"
OTHER = {"hebei": "henan", "henan": "hebei"}
NOTHING = "另一省该行业没有这类燃料的终端消费 the other province prints no such fuel for the sector"
DEDUCTED = (
    "另一省该行业的这类燃料全部用作原料，净量为零 in the other province all of it is non-energy use: the net is zero"
)
UNPUBLISHED = "另一省该行业有净量而没有公布排放 the other province has a net quantity and prints no emission for it"


def cross(source: str, target: str) -> Answer:
    """Derive factors from `source`, run `target` with them, compare every published cell of `target` (tonnes).

    A cell is left out only where the cells of `source` show that it can give no factor; any other must be computed.
    """
    published = places.published_cells(target)
    left_out = reasons(source, list(published.index))
    expected = {name: float(value) for name, value in published.items() if name not in left_out}
    return Answer(_cells_by(source, target).to_dict(), expected, left_out)


def reasons(source: str, wanted: Sequence[str]) -> dict[str, str]:
    """Return the cells (`sector/item`) for which a province has no factor, with the reason its own cells give.

    Coals share a sector's factor through their ratio: a coal has one where any coal of the sector has. Every other fuel
    has one factor in all sectors.
    """
    usable = derive_ceads.cells(places.ENTITY[source], places.ENERGY[source], places.CO2[source])
    net = derive_ceads.net_quantities(places.ENTITY[source], places.ENERGY[source])
    printed = places.read(places.ENERGY[source])
    printed = printed[(printed["flow"] == "final") & (printed["quantity"].astype(float) > 0)]
    found = {}
    for name in wanted:
        sector, item = name.split("/")
        coal = item in derive_ceads.COALS
        items = list(derive_ceads.COALS) if coal else [item]
        here = [_of(table, items, sector if coal else "") for table in (usable, net, printed)]
        if here[0].empty:
            found[name] = UNPUBLISHED if len(here[1]) else DEDUCTED if len(here[2]) else NOTHING
    return found


def _of(table: pd.DataFrame, items: list[str], sector: str) -> pd.DataFrame:
    own = table[table["item"].isin(items)]
    return own[own["sector"] == sector] if sector else own


@cache
def _cells_by(source: str, target: str) -> pd.Series:
    """CO2 (t) by cell of `target` with the factors of `source`."""
    derived = derive_ceads.cells(places.ENTITY[source], places.ENERGY[source], places.CO2[source])
    table = derive_ceads.factors([derived])
    set_id = f"combustion/{PROFILE}"
    text = derive_ceads.as_yaml(table, {places.ENTITY[source]: source}, set_id)
    with tempfile.TemporaryDirectory() as folder:
        workspace = places.import_ceads(Path(folder), target)
        own = workspace.root / "factors"
        _write(own / "sets" / f"{set_id}.yaml", text)
        _write(own / "profiles" / f"{PROFILE}.yaml", _profile(set_id))
        inventory = workspace.inventory.model_copy(update={"profile": PROFILE})
        return cells(run(replace(workspace, inventory=inventory)))


def _profile(set_id: str) -> str:
    return (
        f"schema: 1\nid: {PROFILE}\nextends: energy\ntitle: {{zh: 一省推导, en: derived from one province}}\n"
        f"purpose: inventory\ngwp: null\ngwp_reason: 只计二氧化碳 CO2 only\norder: {{co2: [{set_id}]}}\nheat_from: ncv\n"
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")


def cells(results: Results) -> pd.Series:
    """Return the CO2 of the CEADs account in tonnes by `sector/item`."""
    lines = results.lines[results.lines["account"] == "ceads"]
    return lines.groupby(lines["sector"] + "/" + lines["item"])["value"].sum() / 1e6


def recovered_gas() -> Answer:
    """CO2 (Mt) of other gas of each province, by the factors of the other one."""
    return Answer({f"{target}_other_gas_Mt": _other_gas(_cells_by(source, target)) for source, target in OTHER.items()})


def _other_gas(fuel: pd.Series) -> float:
    return float(fuel[fuel.index.str.endswith("/other_gas")].sum()) / 1e6


def recovered_share() -> Answer:
    """Totals (Mt) with the shipped factors and the published processes, and the share of other gas in them."""
    computed = {}
    for place in OTHER:
        fuel = cells(places.imported(place))
        total = float(fuel.sum()) / 1e6 + places.published_total(place, "process")
        computed |= {f"{place}_total_Mt": total, f"{place}_share_pct": 100 * _other_gas(fuel) / total}
    return Answer(computed)


def other_standards_without_gas() -> Answer:
    """CO2 of gas made at gas works (10^4 t) in two accounts of Henan; recovered gas has none and is listed as double count."""
    results = places.example("henan")
    lines = results.lines[(results.lines["item"] == "other_gas") & (results.lines["quantity"] == "co2")]
    listed = results.uncounted[(results.uncounted["item"] == "recovered_coal_gas")]
    computed = {}
    for account in ("provincial_2011", "ipcc_2006"):
        computed[f"{account}_10kt"] = lines[lines["account"] == account]["value"].sum() / GRAMS_PER_WAN_T
        reasons = listed[(listed["account"] == account) & listed["flow"].isin(["final", "tr_power", "tr_heat"])]
        counted = reasons[reasons["reason"] != "subtotal"]["reason"].unique()
        computed[f"{account}_reason"] = ", ".join(sorted(counted))
    return Answer(computed)


def gas_works() -> Answer:
    """Raw coal booked as final use of gas works, and the CO2 of that sector in the CEADs account of Henan."""
    results = places.imported("henan")
    rows = results.activity
    coal = rows[(rows["flow"] == "final") & (rows["sector"] == "D45") & (rows["item"] == "raw_coal")]["quantity"].sum()
    found = cells(results)
    co2 = found[found.index.str.startswith("D45/")].sum() / 1e6
    flagged = [problem.code for problem in results.problems.items if problem.code == "DQ-ALLOC"]
    return Answer({"coal_10kt": coal, "co2_Mt": co2, "flag": flagged[0] if flagged else ""})

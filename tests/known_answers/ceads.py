"""CEADs: factors derived from one province, tested on the other; what is recovered gas in the published totals."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pandas as pd

from carbonpeak.accounting.co2 import GRAMS_PER_WAN_T
from carbonpeak.inventories import derive_ceads
from carbonpeak.inventories.results import Results
from carbonpeak.inventories.run import run

from . import places
from .compare import Answer

PROFILE = "ceads_from_one"
NO_FACTOR = "另一省没有这个格子，因子无从推导 the other province has no such cell, so there is no factor"


def cross(source: str, target: str) -> Answer:
    """Derive factors from `source`, run `target` with them, compare every published cell of `target` (tonnes)."""
    computed = cells(_run(source, target))
    published = places.published_cells(target)
    missing = sorted(set(published.index) - set(computed.index))
    expected = {name: float(value) for name, value in published.items() if name not in missing}
    return Answer(computed.to_dict(), expected, dict.fromkeys(missing, NO_FACTOR))


def _run(source: str, target: str) -> Results:
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
        return run(replace(workspace, inventory=inventory))


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
    """CO2 (Mt) that the published totals hold as other gas: recovered gas whose carbon is counted with coke."""
    computed = {}
    for place in ("hebei", "henan"):
        fuel = cells(places.imported(place))
        total = fuel.sum() / 1e6 + places.published_total(place, "process")
        gas = fuel[fuel.index.str.endswith("/other_gas")].sum() / 1e6
        computed |= {
            f"{place}_total_Mt": total,
            f"{place}_other_gas_Mt": gas,
            f"{place}_share_pct": 100 * gas / total,
        }
    return Answer(computed)


def other_standards_without_gas() -> Answer:
    """CO2 of recovered gas (10^4 t) in the provincial and IPCC accounts of Henan: none, listed as double count."""
    results = places.example("henan")
    lines = results.lines[(results.lines["item"] == "other_gas") & (results.lines["quantity"] == "co2")]
    listed = results.uncounted[(results.uncounted["item"] == "other_gas")]
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

"""Declared synthetic activity: real carriers, sectors, flows and places, seeded random quantities. For timing only.

Written beside it: the tables that the hand-written peers are given ready-made (units.csv, factors.csv). A peer resolves
nothing: it gets the outcome of the resolution as a table by flow, sector, carrier and gas.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from carbonpeak.accounting import units
from carbonpeak.accounting.keying import KEY, PARTS
from carbonpeak.accounting.standard import Standard
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.factors.profile import Profile
from carbonpeak.inventories import codes
from carbonpeak.inventories.bulk import Compiled, Compiler
from carbonpeak.inventories.standards import standard

STANDARD = "ipcc_2006"
GWP = "gwp/ar5"
SEED = 20251125
YEARS = ("2016", "2017", "2018", "2019", "2020")
LONG_YEARS = tuple(str(year) for year in range(1991, 2021))
"""enough years for a million distinct keys"""
ITEMS = (
    "anthracite bituminous coking_bituminous lignite cleaned_coal other_washed_coal coke coke_oven_gas blast_furnace_gas "
    "crude_oil gasoline kerosene diesel fuel_oil naphtha petroleum_coke lpg refinery_gas natural_gas lng bitumen coal_tar "
    "electricity heat"
).split()
"""columns of the balance; blast furnace gas, electricity and heat are left out by the standard and give no line"""
UNITS = {
    "t": ("10^4 t", "t"),
    "m3": ("10^8 m3", "10^4 m3"),
    "Nm3": ("10^8 Nm3",),
    "kWh": ("10^8 kWh",),
    "GJ": ("10^4 GJ",),
}
MEASURED = {"ncv": (18, 45, 0.03), "carbon_content": (0.015, 0.03, 0.02), "oxidation": (0.9, 1.0, 0.02)}
"""parameter: lowest, highest, share of rows that measured it"""


def places() -> list[str]:
    """The 31 provinces of the mainland (GB/T 2260), those with energy balances."""
    regions = codes.regions()
    return sorted(code for code in regions if regions[code].kind == "province" and code[0] < "7")


def keys(years: tuple[str, ...] = YEARS) -> pd.DataFrame:
    """Every key: place x year x balance node x carrier, the unit changing with the place."""
    sectors = codes.sectors().codes
    parents = {sector.parent for sector in sectors.values()}
    nodes = [("final", name) for name in sectors if name not in parents] + [("tr_power", ""), ("tr_heat", "")]
    frame = pd.DataFrame({"entity": places()}).merge(pd.DataFrame({"period": years}), how="cross")
    frame = frame.merge(pd.DataFrame(nodes, columns=["flow", "sector"]), how="cross")
    frame = frame.merge(pd.DataFrame({"item": ITEMS}), how="cross").assign(attributes="")
    # a printed unit per place and carrier
    pairs = frame[["entity", "item"]].drop_duplicates()
    known = [UNITS[codes.unit_of(item)] for item in pairs["item"]]
    number = pd.factorize(pairs["entity"])[0]
    unit = [choices[place % len(choices)] for choices, place in zip(known, number, strict=True)]
    return frame.merge(pairs.assign(unit=unit), on=["entity", "item"])[list(KEY)]


def write_activity(path: Path, rows: int, years: tuple[str, ...] = YEARS) -> None:
    """Write `rows` seeded rows to parquet, columns as in tables.ACTIVITY as far as the kernel reads them."""
    known = keys(years)
    rng = np.random.default_rng(SEED)
    drawn = pd.DataFrame({"number": np.arange(rows), "key": rng.integers(0, len(known), rows)})
    drawn["amount"] = np.round(rng.lognormal(1.0, 1.0, rows), 4)
    for name, (low, high, share) in MEASURED.items():
        value = np.round(rng.uniform(low, high, rows), 5)
        drawn[name] = np.where(rng.random(rows) < share, value, np.nan)
    with duckdb.connect() as database:
        database.register("drawn", drawn)
        database.register("known", known.reset_index(names="key"))
        measured = ", ".join(f"nullif({name}, 'NaN'::DOUBLE) AS {name}" for name in MEASURED)
        database.execute(
            f"""COPY (SELECT 'bench/' || number AS row_id, {", ".join(KEY)},
                CASE WHEN flow = 'final' THEN amount ELSE -amount END AS quantity, '' AS notation, {measured},
                CAST(NULL AS DOUBLE) AS tce_factor FROM drawn JOIN known USING (key)) TO '{path}' (FORMAT parquet)"""
        )


def compiler() -> Compiler:
    """Return the compiler that is measured, with a library that has read nothing yet."""
    library = FactorLibrary.bundled()
    return Compiler(library, profile(library), account(), potentials(library))


def profile(library: FactorLibrary) -> Profile:
    return library.profile(STANDARD)


def account() -> Standard:
    return standard(STANDARD)


def potentials(library: FactorLibrary) -> dict[str, float]:
    """GWP100 by gas."""
    factors = library.set(GWP).factors
    return {f.item: float(f.value.value) for f in factors if f.value is not None and f.value.value is not None}


def write_peer_tables(folder: Path) -> None:
    """Write what a peer would have typed in by hand: units by carrier, factors by flow, sector, carrier and gas."""
    compiled = compiler().compile(keys())
    table = _units(compiled)
    table.to_csv(folder / "units.csv", index=False)
    keyed = compiled.keyed.merge(table, on=["item", "unit"])
    keyed = keyed.assign(sign=keyed["scale"] / keyed["to_canonical"])
    own = ["account", "rule", "category", "scope", "bucket", "method", "tier", "sign", *(f"c_{part}" for part in PARTS)]
    on = ["flow", "sector", "item", "gas"]
    factors = keyed[[*on, *own, "factor_id"]].drop_duplicates()
    if factors.duplicated(on).any():
        raise ValueError("the factors depend on more than the peers look at: choose another standard")
    factors.to_csv(folder / "factors.csv", index=False)


def _units(compiled: Compiled) -> pd.DataFrame:
    pairs = compiled.keyed[["item", "unit"]].drop_duplicates(ignore_index=True)
    sizes = [units.factor(unit, codes.unit_of(item)) for item, unit in zip(pairs["item"], pairs["unit"], strict=True)]
    return pairs.assign(to_canonical=sizes)

"""Henan 2019 under two standards and several coal mixes: spans, and differences explained by heat and factor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from carbonpeak.accounting.emissions import CO2_PER_C, GJ_PER_TCE
from carbonpeak.inventories.results import Results

from . import places, small
from .compare import Answer

ONE, OTHER = "provincial_2011", "ipcc_2006"
GRAMS_PER_MT = 1e12
WORKS = 40.19 / (314.13 + 102.34)
"""Henan 2019, 其他煤气 (10^8 m3): output of gas works over final use and input to power; the rest was recovered"""


def differences(mixes: Mapping[str, str]) -> Answer:
    """CO2 of one standard less the other by fuel (Mt), against sum of heat x difference of the factors per heat."""
    computed, expected = {}, {}
    for name, mix in mixes.items():
        results = places.henan_by_coal(mix)
        both = _lines(results, ONE).merge(
            _lines(results, OTHER), left_index=True, right_index=True, suffixes=("_one", "_other"), how="outer"
        )
        heat = _heat(results).reindex(both.index.get_level_values("row"))
        explained = both["share_one"] * heat.to_numpy() * (both["factor_one"] - both["factor_other"])
        gap = both["value_one"] - both["value_other"]
        items = both["item_one"].fillna(both["item_other"])
        computed |= {f"{name}/{item}": value / GRAMS_PER_MT for item, value in gap.groupby(items).sum().items()}
        expected |= {f"{name}/{item}": value / 1e6 for item, value in explained.groupby(items).sum().items()}
    return Answer(computed, expected)


def _lines(results: Results, account: str) -> pd.DataFrame:
    """CO2 lines of an account by printed row and part: value (g), item, signed share of the row, factor (t/GJ)."""
    lines = results.lines[(results.lines["account"] == account) & (results.lines["quantity"] == "co2")]
    ids = lines["line_id"].str.rsplit("/", n=2).str[0]
    table = lines.assign(row=ids.str.partition("~")[0], part=ids.str.partition("~")[2])
    # deductions are negative lines of a positive row
    table["share"] = _shares(results, table).where(table["value"] >= 0, -_shares(results, table))
    table["factor"] = _factors(results, account, table)
    return table.set_index(["row", "part"])[["value", "item", "share", "factor"]]


def _shares(results: Results, table: pd.DataFrame) -> pd.Series:
    """Share of the printed row in a line: declared road shares, 1 for rows that are not split."""
    declared = {(one.sector, one.item): one.share for one in results.workspace.inventory.road_split}
    parents = _parents()

    def share(sector: str, item: str, road: bool) -> float:
        if item == "other_gas":
            return WORKS
        if sector == "G":
            return 1.0
        found = declared.get((sector, item), declared.get((parents.get(sector, ""), item)))
        if found is None:
            return 1.0
        return found if road else 1 - found

    final = table["flow"].isin(["final", "road"]) | (table["item"] == "other_gas")
    values = [
        share(sector, item, part == "road") if use else 1.0
        for sector, item, part, use in zip(table["sector"], table["item"], table["part"], final, strict=True)
    ]
    return pd.Series(values, index=table.index)


def _parents() -> dict[str, str]:
    from carbonpeak.inventories import codes

    return {sector.id: sector.parent for sector in codes.sectors().codes.values()}


def _factors(results: Results, account: str, table: pd.DataFrame) -> pd.Series:
    """Factor per heat (tCO2/GJ) of the coefficient that each line names."""
    chosen = results.coefficients[
        (results.coefficients["account"] == account) & (results.coefficients["quantity"] == "co2")
    ]
    by_parts = chosen["carbon_content"] * chosen["oxidation"] * CO2_PER_C
    per_heat = chosen["per_heat"].fillna(by_parts)
    keys = pd.MultiIndex.from_frame(chosen[["sector", "flow", "item", "attributes"]])
    known = pd.Series(per_heat.to_numpy(), index=keys)
    assert known.index.is_unique
    attributes = table["part"].map({"road": "mode=road", "air": "mode=civil_aviation"}).fillna("")
    return pd.Series(
        known.reindex(
            pd.MultiIndex.from_arrays([table["sector"], table["flow"], table["item"], attributes])
        ).to_numpy(),
        index=table.index,
    )


def _heat(results: Results) -> pd.Series:
    """Heat of each printed row (GJ) from its coal equivalent."""
    lines = results.lines[results.lines["account"] == "energy"]
    rows = lines["line_id"].str.rsplit("/", n=2).str[0]
    return pd.Series(lines["value"].abs().to_numpy() / 1e6 * GJ_PER_TCE, index=rows)


def by_coal(mix: str) -> Answer:
    """CO2 of a tonne of raw coal burnt in industry by heat (provincial guideline); totals of Henan with this mix beside."""
    declared = {
        "entity": small.REGION,
        "year": 2019,
        "of": {mix: 1.0},
        "basis": "heat",
        "source": "case",
        "evidence": "assumed",
    }
    results = small.region([("C31", "final", "raw_coal", "", 1000.0, "t")], 2019, coal_mix=[declared])
    per_tonne = places.metric(results, "co2_energy", definition=ONE, period="2019") * 1e4 / 1000
    henan = places.henan_by_coal(f"{mix}=1")
    beside = {
        f"{mix}_{account}_Mt": places.metric(henan, "co2_energy", definition=account, period="2019") / 100
        for account in (ONE, OTHER)
    }
    return Answer({"t_per_t": per_tonne}, beside=beside)


def span(kinds: Sequence[str]) -> Answer:
    """CO2 (Mt) of Henan's burnt raw coal as each kind of coal, in tonnes and the family's own heat values.

    The cells of the balance stand in the account of one enterprise: burnt as production use, non-energy use as feedstock.
    """
    computed = {}
    for kind in kinds:
        rows = [("", flow, kind, "", amount, "10^4 t") for flow, amount in _raw_coal().items()]
        results = small.enterprise(rows, 2019)
        computed[f"{kind}_Mt"] = places.metric(results, "co2_scope1", entity=small.WORKS, period="2019") / 1e6
    return Answer(computed)


def burnt() -> Answer:
    """Raw coal burnt (10^4 t) as the cells of the balance add up: nothing is computed by the package."""
    cells = _raw_coal()
    return Answer({"burnt_10kt": cells["production_use"] - cells["feedstock_use"]})


def _raw_coal() -> dict[str, float]:
    """Raw coal of Henan (10^4 t): final consumption with the input of power and heat, and non-energy use."""
    rows = places.example("henan").activity
    rows = rows[(rows["item"] == "raw_coal") & (rows["period"] == "2019")]
    final = rows[(rows["flow"] == "final") & (rows["sector"] == "")]["quantity"].sum()
    power = -rows[rows["flow"].isin(["tr_power", "tr_heat"])]["quantity"].sum()
    return {
        "production_use": float(final + power),
        "feedstock_use": float(rows[rows["flow"] == "non_energy"]["quantity"].sum()),
    }

"""Henan 2019 under two standards and several coal mixes: spans, and differences explained by heat and factor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from carbonpeak.accounting.emissions import CO2_PER_C, GJ_PER_TCE
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.factors.resolve import KEYS, resolve
from carbonpeak.inventories.results import Results

from . import places
from .compare import Answer

ONE, OTHER = "provincial_2011", "ipcc_2006"
GRAMS_PER_MT = 1e12


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
        if sector == "G":
            return 1.0
        found = declared.get((sector, item), declared.get((parents.get(sector, ""), item)))
        if found is None:
            return 1.0
        return found if road else 1 - found

    final = table["flow"].isin(["final", "road"])
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
    attributes = (table["part"] == "road").map({True: "mode=road", False: ""})
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


def by_coal(mixes: Mapping[str, str]) -> Answer:
    """CO2 of raw coal per tonne by heat (provincial guideline), and totals of each mix beside it."""
    computed, beside = {}, {}
    for name, mix in mixes.items():
        results = places.henan_by_coal(mix)
        lines = results.lines[(results.lines["quantity"] == "co2") & (results.lines["bucket"] == "counted")]
        coal = lines[(lines["account"] == ONE) & (lines["item"] == "raw_coal")]
        burnt = _burnt(results)
        computed[f"{name}_t_per_t"] = coal["value"].sum() / 1e10 / burnt
        for account in (ONE, OTHER):
            beside[f"{name}_{account}_Mt"] = lines[lines["account"] == account]["value"].sum() / GRAMS_PER_MT
    return Answer(computed, beside=beside)


def _burnt(results: Results) -> float:
    """Raw coal burnt (10^4 t): final consumption less non-energy use, and input of power and heat."""
    rows = results.activity[results.activity["item"] == "raw_coal"]
    final = rows[(rows["flow"] == "final") & (rows["sector"] == "")]["quantity"].sum()
    burnt = -rows[rows["flow"].isin(["tr_power", "tr_heat"])]["quantity"].sum()
    return float(final + burnt - rows[rows["flow"] == "non_energy"]["quantity"].sum())


def span(kinds: Sequence[str], profile: str) -> Answer:
    """What Henan's burnt raw coal (10^4 t) would emit as each kind of coal, tonnes x the family's own heat value (Mt)."""
    burnt = _burnt(places.example("henan"))
    library = FactorLibrary.bundled()
    keys = pd.DataFrame([
        {name: "" for name in KEYS} | {
            "entity": "410000", "year": "2019", "flow": "final", "item": kind, "quantity": "co2", "unit": "t",
            "printed": "t",
        }
        for kind in kinds
    ])  # fmt: skip
    chosen = resolve(keys.loc[:, list(KEYS)], library, library.profile(profile)).coefficients.set_index("item")
    per_tonne = chosen["ncv"] * chosen["carbon_content"] * chosen["oxidation"] * CO2_PER_C
    return Answer({"burnt_10kt": burnt, **{f"{kind}_Mt": burnt * per_tonne[kind] / 100 for kind in kinds}})

"""The bundled examples as data: ids, evidence, closure, and totals printed by the sources themselves."""

from pathlib import Path

import pandas as pd
import pytest

from carbonpeak.accounting import units
from carbonpeak.accounting.models import Evidence
from carbonpeak.inventories import codes
from carbonpeak.inventories.run import library_for, run
from carbonpeak.inventories.workspace.workspace import Workspace

EXAMPLES = Path(__file__).parents[1] / "inventories" / "examples"
BALANCES = {
    "henan": EXAMPLES / "henan/data/energy_inventory_2019.csv",
    "china_standard": EXAMPLES / "china_2007/data/balance_standard_2007.csv",
    "china_physical": EXAMPLES / "china_2007/data/balance_physical_2007.csv",
    "henan_2007": EXAMPLES / "henan_2007/data/balance_physical_2007.csv",
}
SYNTHETIC = EXAMPLES / "enterprise_demo"
SERIES = sorted(
    path for path in EXAMPLES.rglob("data/*.csv") if path not in BALANCES.values() and SYNTHETIC not in path.parents
)
CLOSED = ["china_standard", "china_physical", "henan_2007"]
TOLERANCE = 0.05
PARTS = {
    "supply": "opening_stock production recovery inflow import bunker_abroad outflow export bunker_foreign stock_change "
    "closing_stock",
    "transform": "tr_power tr_heat tr_wash tr_coking tr_refining tr_gasworks tr_coke_input tr_briquette",
}
RESTORED = {
    "china_standard": {
        ("tr_coke_input", "coke"),
        ("tr_coke_input", "other_coking_products"),
        ("tr_coke_input", "energy_total_calorific"),
        ("tr_coke_input", "energy_total_equivalent"),
        ("export", "kerosene"),
        ("bunker_foreign", "kerosene"),
    },
    "china_physical": {("tr_coke_input", "coke"), ("tr_coke_input", "other_coking_products")},
    "henan_2007": set(),
}
"""cells whose minus the public copy lost; the printed subtotals hold with it"""
ROUNDED = {("china_standard", "supply", "energy_total_equivalent"): -0.11}
"""the outflow rows of the copy hold two decimals, the rest six"""


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def balance(name: str) -> pd.DataFrame:
    frame = read(BALANCES[name])
    return frame.assign(quantity=frame["quantity"].astype(float))


def pivot(name: str) -> pd.DataFrame:
    frame = balance(name)
    return frame.pivot(index=["flow", "sector"], columns="item", values="quantity").fillna(0)


@pytest.mark.parametrize("name", BALANCES)
def test_ids_units_and_evidence_of_a_balance(name):
    frame = read(BALANCES[name])
    assert set(frame["flow"]) <= set(codes.flows().codes)
    assert set(frame["sector"]) - {""} <= set(codes.sectors().codes)
    assert set(frame["item"]) <= set(codes.carriers().codes)
    assert set(frame["evidence"]) <= {Evidence.TRANSCRIBED, Evidence.DERIVED}
    assert all(units.parse(unit) for unit in frame["unit"].unique())
    assert not frame.duplicated(["flow", "sector", "item"]).any()
    assert (frame["quantity"].astype(float) != 0).all()


@pytest.mark.parametrize("path", SERIES, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_ids_units_and_evidence_of_a_series(path):
    frame = read(path)
    assert set(frame["metric"]) <= set(codes.metrics().codes)
    assert set(frame["item"]) - {""} <= set(codes.carriers().codes)
    assert set(frame["sector"]) - {""} <= set(codes.sectors().codes)
    assert set(frame["evidence"]) <= {level.value for level in Evidence} - {"confirmed", "assumed"}
    assert (frame["source"] != "").all()
    assert frame["unit"].eq(frame["metric"].map(lambda metric: codes.metrics()[metric].unit)).all()
    frame["value"].astype(float)
    key = [name for name in frame.columns if name not in ("value", "unit", "status", "evidence", "source", "note")]
    assert not frame.duplicated(key).any()


@pytest.mark.parametrize("name", CLOSED)
def test_every_item_closes(name):
    """supply + transform - loss - final - stat_diff = 0 within 0.05 of the printed unit."""
    headers = pivot(name).xs("", level="sector")
    rest = headers.loc["supply"] + headers.loc["transform"] - headers.loc["loss"]
    rest = rest - headers.loc["final"] - headers.loc["stat_diff"]
    assert rest.abs().max() <= TOLERANCE


@pytest.mark.parametrize("name", CLOSED)
@pytest.mark.parametrize("flow", PARTS)
def test_header_is_the_sum_of_its_rows(name, flow):
    headers = pivot(name).xs("", level="sector")
    rows = [row for row in PARTS[flow].split() if row in headers.index]
    gap = headers.loc[rows].sum() - headers.loc[flow]
    found = {(name, flow, item): value for item, value in gap.items() if abs(value) > TOLERANCE}
    known = {key: value for key, value in ROUNDED.items() if key[:2] == (name, flow)}
    assert found == pytest.approx(known, abs=0.01)


@pytest.mark.parametrize("name", BALANCES)
def test_final_is_the_sum_of_its_sectors(name):
    final = pivot(name).loc["final"]
    parents = {code.parent for code in codes.sectors().codes.values() if code.parent} & set(final.index)
    top = [sector for sector in final.index if sector and codes.sectors()[sector].parent not in parents]
    assert (final.loc[top].sum() - final.loc[""]).abs().max() <= TOLERANCE


@pytest.mark.parametrize("name", CLOSED)
def test_residential_is_urban_and_rural(name):
    final = pivot(name).loc["final"]
    assert (final.loc[["RES_U", "RES_R"]].sum() - final.loc["RES"]).abs().max() <= TOLERANCE


def test_restored_signs_are_named_in_the_note():
    for name, cells in RESTORED.items():
        frame = balance(name)
        noted = frame[frame["note"].str.contains("已恢复")]
        assert set(zip(noted["flow"], noted["item"], strict=True)) == cells
        assert (noted["quantity"] < 0).all()


def test_published_totals_of_china_2007():
    """China Energy Statistical Yearbook 2008: total consumption by both methods (cases EV-04)."""
    total = pivot("china_standard").loc[("total", "")]
    assert total["energy_total_equivalent"] == pytest.approx(265582.99, abs=0.01)
    assert total["energy_total_calorific"] == pytest.approx(253488.458, abs=0.01)


def test_henan_2019_signs_and_sums():
    """CEADs prints inputs (+) and outputs (-); the example has the signs of the NBS balance."""
    table = pivot("henan")
    headers = table.xs("", level="sector")
    assert headers.at["tr_power", "raw_coal"] == -9950.8
    assert headers.at["tr_power", "electricity"] == 2553.5
    rows = [row for row in PARTS["transform"].split() if row in headers.index]
    assert (headers.loc[rows].sum() - headers.loc["transform"]).abs().max() < 1e-6
    # CEADs' total consumption leaves losses out in every column
    assert (headers.loc["final"] - headers.loc["transform"] - headers.loc["total"]).abs().max() < 1e-6
    included = balance("henan").query("attributes == 'included_in=final'")
    losses = balance("henan").query("flow == 'loss'")
    assert included[["flow", "item"]].to_numpy().tolist() == losses[["flow", "item"]].to_numpy().tolist()


def test_published_co2_of_henan_2019():
    """CEADs: 460.6308 Mt, equal to the sum of sectors, of fuels and process, and of all cells."""
    frame = read(EXAMPLES / "henan/data/co2_ceads_2019.csv")
    value = frame["value"].astype(float)
    total, plain = frame["sector"] == "", (frame["item"] == "") & (frame["category"] == "")
    assert value[total & plain].tolist() == pytest.approx([46063.08], abs=0.005)
    expected = pytest.approx(value[total & plain].item(), abs=1e-6)
    assert value[~total & plain].sum() == expected
    assert value[total & ~plain].sum() == expected
    assert value[~total & ~plain].sum() == expected
    assert set(frame["gas"]) == {"co2"}


def test_published_co2_series_of_henan():
    """Fuels and process of each year sum to the published total (four decimals of Mt a cell)."""
    frame = read(EXAMPLES / "henan/data/co2_ceads_1997_2018.csv")
    value = frame["value"].astype(float)
    plain = (frame["item"] == "") & (frame["category"] == "")
    totals = value[plain].groupby(frame["period"]).sum()
    parts = value[~plain].groupby(frame["period"]).sum()
    assert totals.index.tolist() == [str(year) for year in range(1997, 2019)]
    assert (totals - parts).abs().max() <= 0.1
    assert totals["2011"] == pytest.approx(55607.60)


def test_published_rates_of_the_13th_plan():
    frame = read(EXAMPLES / "henan/data/published_results.csv").set_index(["metric", "period"])
    rates = frame.loc["energy_intensity_change_published", "value"].astype(float)
    assert rates.to_dict() == {"2016": -7.64, "2017": -7.9, "2018": -5.01, "2019": -7.98, "2020": 0.76}


def test_recalled_energy_totals_agree_with_published_rates():
    """Totals (recalled) and growth (transcribed) of Henan give the bulletin's yearly rates within one census vintage."""
    energy = read(EXAMPLES / "henan/data/energy_2014_2020.csv").query("metric == 'energy_total_published'")
    economy = read(EXAMPLES / "henan/data/economy_2015_2020.csv").query("metric == 'gdp_growth'")
    published = read(EXAMPLES / "henan/data/published_results.csv")
    rates = (
        published[published["metric"] == "energy_intensity_change_published"].set_index("period")["value"].astype(float)
    )
    total = energy.set_index("period")["value"].astype(float)
    vintage = energy.set_index("period")["vintage"]
    growth = economy.set_index("period")["value"].astype(float)
    for year in ("2016", "2017", "2019", "2020"):
        before = str(int(year) - 1)
        assert vintage[year] == vintage[before]
        change = 100 * (total[year] / total[before] / (1 + growth[year] / 100) - 1)
        assert change == pytest.approx(rates[year], abs=0.05)
    assert vintage["2018"] != vintage["2017"]
    assert set(energy["evidence"]) == {"recalled"}


IMPLIED = {
    "other_gas": (2260.174641, 785.929008, 1e-4), "coke_oven_gas": (2955.937884, 481.188, 1e-4),
    "natural_gas": (7705.780131, 579.381965, 1e-4), "other_washed_coal": (3197.897423, 6088.9136, 1.0),
    "briquettes": (693.078069, 1141.43292, 1.0), "other_coking_products": (693.429253, 600.8919, 1.0),
    "other_petroleum": (9436.014489, 7198.668362, 1.0),
}  # fmt: skip
"""row 终端消费量 of the balance of China 2007: 10^4 tce, and 10^8 m3 or 10^4 t (1e-4: 10^4 tce / 10^8 m3 to tce/m3)"""


def test_henan_2007_takes_what_the_national_balance_implies():
    """Standard over physical quantity, in every row of the national tables, is the coefficient of the workspace's set."""
    library = library_for(Workspace.open("henan_2007"))
    factors = {one.item: one.value for one in library.set("standard_coal/national_balance_2007").factors}
    assert set(factors) == set(IMPLIED)
    both = balance("china_physical").merge(balance("china_standard"), on=["flow", "sector", "item"])
    for item, (tce, amount, scale) in IMPLIED.items():
        value = factors[item]
        assert value is not None and value.evidence is Evidence.DERIVED
        mine = value.value * units.factor(value.unit, "tce/t" if scale == 1 else "tce/m3")
        assert mine == pytest.approx(tce / amount * scale, rel=1e-5)
        rows = both[both["item"] == item]
        # printed to six decimals: a small cell shows few digits of the ratio
        assert (rows["quantity_y"] - rows["quantity_x"] * mine / scale).abs().max() < 0.01, item


def test_energy_and_heat_take_the_same_coefficient():
    """Other gas of the works: 2.8758 tce/10^4 m3 in the energy account and 2.8758e-4 x 29.3076 GJ/m3 under the guideline."""
    results = run(Workspace.open("henan_2007"))
    rows = results.coefficients[results.coefficients["item"] == "other_gas"]
    energy = rows[rows["account"] == "energy"]
    assert set(energy["value"].round(12)) == {2.8758e-4} and set(energy["evidence"]) == {"derived"}
    heat = rows[(rows["account"] == "provincial_2011") & (rows["quantity"] == "co2")]
    assert set(heat["ncv"].round(10)) == {round(2.8758e-4 * 29.3076, 10)}

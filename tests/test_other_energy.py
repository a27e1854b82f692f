"""The column 其他能源 (other energy): a declared mix gives each part the rules of its own carrier; without one there is no CO2.

By hand: 10^5 tce x 0.6 x 29.3076 GJ/tce = 1 758.456 TJ of biomass in manufacturing; IPCC 2006 table 2.3, other solid
biomass: 100 t CO2, 30 kg CH4 and 4 kg N2O per TJ.
"""

from pathlib import Path

import pytest

from carbonpeak.inventories.evidence import of_splits
from carbonpeak.inventories.explain import explain
from carbonpeak.inventories.results import Results
from carbonpeak.inventories.run import run
from carbonpeak.inventories.workspace.models import OTHERS
from carbonpeak.inventories.workspace.workspace import Workspace

from . import small_balance

ROWS = "C31,final,other_energy,10,10^4 tce,\n,tr_power,other_energy,-5,10^4 tce,\n"
MIX = (
    "other_energy_mix:\n- {{year: {year}, of: {{biomass_fuel: 0.6, waste_heat_pressure: 0.3, municipal_waste_fuel: 0.1}}, "
    "basis: heat, source: 测试 test, evidence: recalled}}\n"
)
TJ = 1e5 * 0.6 * 29.3076 / 1000


def result(folder: Path, more: str) -> Results:
    small_balance.write(folder, small_balance.ROWS + ROWS, "provincial_2011, ipcc_2006", more)
    return run(Workspace.open(folder))


def tonnes(results: Results, account: str, gas: str, flow: str = "final") -> float:
    lines = results.lines[(results.lines["account"] == account) & (results.lines["quantity"] == gas)]
    return float(lines[(lines["item"] == "biomass_fuel") & (lines["flow"] == flow)]["value"].sum()) / 1e6


def listed(results: Results, account: str = "ipcc_2006") -> dict[str, tuple[str, float]]:
    """Reason and 10^4 tce (final less power) of what an account leaves out."""
    rows = results.uncounted[(results.uncounted["account"] == account) & (results.uncounted["unit"] == "10^4 tce")]
    return {item: (part["reason"].iloc[0], float(part["quantity"].sum())) for item, part in rows.groupby("item")}


def test_without_a_mix_the_column_has_no_gas_and_is_listed(tmp_path: Path) -> None:
    results = result(tmp_path, "")
    assert listed(results) == {"other_energy": ("unsplit", 5.0)}
    assert tonnes(results, "ipcc_2006", "co2") == 0


@pytest.mark.parametrize("year", ["2019", "2017"])
def test_each_declared_part_follows_the_rules_of_its_carrier(tmp_path: Path, year: str) -> None:
    """A mix of two years before holds, too. Waste heat and waste stay listed: (10 - 5) x 0.3 and x 0.1."""
    results = result(tmp_path, MIX.format(year=year))
    assert tonnes(results, "provincial_2011", "ch4") == pytest.approx(TJ * 30 / 1000, rel=1e-6)
    assert tonnes(results, "provincial_2011", "n2o") == pytest.approx(TJ * 4 / 1000, rel=1e-6)
    assert tonnes(results, "ipcc_2006", "co2") == pytest.approx(TJ * 100)
    # what power plants put in stands with a minus in the balance and with a plus in the memo
    assert tonnes(results, "ipcc_2006", "co2", "tr_power") == pytest.approx(TJ / 2 * 100)
    found = listed(results)
    assert found["waste_heat_pressure"] == ("indirect", pytest.approx(1.5))
    assert found["municipal_waste_fuel"] == ("waste", pytest.approx(0.5))
    assert "other_energy" not in found
    # CO2 of biomass is for information, and the energy account keeps the column
    biogenic = results.lines[(results.lines["item"] == "biomass_fuel") & (results.lines["quantity"] == "co2")]
    assert set(biogenic["bucket"]) == {"biogenic"}
    assert "other_energy" in set(results.lines[results.lines["account"] == "energy"]["item"])
    # the factors are transcribed and the stand-in for the kind of biomass is assumed; the declared shares are recalled
    splits = of_splits(results.workspace.inventory)
    assert {splits[f"~{item}"] for item in OTHERS if item != "industrial_waste_fuel"} == {"recalled"}
    text = str(explain(results, "ch4_energy@410000:2019?definition=provincial_2011"))
    assert "0.6（申报的其他能源中的生物质）" in text


def test_a_mix_of_ten_years_before_does_not_hold(tmp_path: Path) -> None:
    assert "other_energy" in listed(result(tmp_path, MIX.format(year="2009")))

"""The column 其他煤气: what of it was recovered (its carbon counted with coke) and what was made at gas works.

By hand, per 10^8 m3 of the column: 1e4 x 1.786 tce (form 205-1) x 29.3076 GJ/tce; carbon 12.2 kg/GJ, oxidation 0.99
(provincial guideline), 44/12.
"""

from pathlib import Path

import pytest

from carbonpeak.inventories.explain import explain
from carbonpeak.inventories.results import Results
from carbonpeak.inventories.run import run
from carbonpeak.inventories.workspace.workspace import Workspace

from . import small_balance

HEAT = 1e4 * 1.786 * 29.3076
CO2 = HEAT * 0.0122 * 0.99 * 44 / 12
"""t per 10^8 m3"""
BASE = ",production,raw_coal,100,10^4 t,\nC31,final,raw_coal,50,10^4 t,\n"
BURNT = "C31,final,other_gas,8,10^8 m3,\n,tr_power,other_gas,-2,10^8 m3,\n"
MADE = ",tr_gasworks,other_gas,4,10^8 m3,\n,tr_gasworks,raw_coal,-20,10^4 t,\n"
BFG = "C31,final,blast_furnace_gas,3,10^8 m3,\n"


def result(folder: Path, rows: str, more: str = "") -> Results:
    text = small_balance.HEADER + BASE + rows
    small_balance.write(
        folder, rows=text.removeprefix(small_balance.HEADER), standards="provincial_2011, ipcc_2006", more=more
    )
    return run(Workspace.open(folder))


def co2(results: Results, account: str = "provincial_2011") -> float:
    """t of CO2 of the column."""
    lines = results.lines[(results.lines["account"] == account) & (results.lines["quantity"] == "co2")]
    assert "recovered_coal_gas" not in set(lines["item"])
    return float(lines[lines["item"] == "other_gas"]["value"].sum()) / 1e6


def share(results: Results) -> float | None:
    return results.value("other_gas_recovered_share@410000:2019?item=other_gas")


def energy(results: Results) -> float:
    found = results.value("energy_total@410000:2019?basis=calorific")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("rows", "recovered", "counted"),
    [
        # the balance books 6 recovered beside 4 of the gas works (block 一 of old tables, block 二 of later ones)
        (BURNT + MADE + ",recovery,other_gas,6,10^8 m3,\n", 60.0, 4.0),
        (BURNT + MADE + ",tr_recovery,other_gas,6,10^8 m3,\n", 60.0, 4.0),
        # no such row and no column for furnace gas: what is burnt beyond the output of the gas works was recovered
        (BURNT + MADE, 60.0, 4.0),
        (BURNT, 100.0, 0.0),
        # furnace gas has a column of its own: this column is gas made from coal
        (BURNT + MADE + BFG, 0.0, 10.0),
        (BURNT + BFG, 0.0, 10.0),
        # 6 of 10 that flow in carry carbon that is counted nowhere else in the place
        (BURNT + ",inflow,other_gas,6,10^8 m3,\n", 40.0, 6.0),
    ],
)
def test_what_was_recovered_is_not_counted_and_what_was_made_is(
    tmp_path: Path, rows: str, recovered: float, counted: float
) -> None:
    results = result(tmp_path, rows)
    assert share(results) == pytest.approx(recovered)
    assert co2(results) == pytest.approx(counted * CO2, abs=1)
    assert co2(results, "ipcc_2006") == pytest.approx(counted * HEAT * 0.0444, abs=1)
    listed = results.uncounted[results.uncounted["item"] == "recovered_coal_gas"]
    reasons = set(listed[listed["account"] == "provincial_2011"]["reason"])
    assert reasons == ({"double_count"} if recovered else set())


def test_a_declared_mix_outranks_the_balance(tmp_path: Path) -> None:
    more = (
        "gas_mix:\n- {year: 2019, of: {blast_furnace_gas: 0.5, coke_oven_gas: 0.1, other_gas: 0.4}, basis: heat, "
        "source: 测试 test, evidence: assumed}\n"
    )
    results = result(tmp_path, BURNT + MADE, more)
    assert share(results) == pytest.approx(50)
    # 5 x 10^8 m3 remain, by heat one fifth coke oven gas (13.58 kgC/GJ) and four fifths other gas
    guideline = HEAT * (0.2 * 0.01358 + 0.8 * 0.0122) * 0.99 * 44 / 12
    assert co2(results) == pytest.approx(5 * guideline, rel=1e-6)
    # IPCC: coke oven gas and gas works gas both 44.4 kg/GJ; the mix calls the latter by the column's name
    assert co2(results, "ipcc_2006") == pytest.approx(5 * HEAT * 0.0444, rel=1e-6)


def test_energy_leaves_out_what_is_recovered_only(tmp_path: Path) -> None:
    """Calorific value, 10^4 tce: net of the column is 8 + 2 - 4 = 6 x 10^8 m3."""
    rows = BURNT + MADE
    merged, apart = result(tmp_path / "a", rows), result(tmp_path / "b", rows + BFG.replace(",3,", ",0.001,"))
    declared = "gas_mix:\n- {year: 2019, of: {other_gas: 1.0}, basis: heat, source: 测试 test, evidence: assumed}\n"
    own = result(tmp_path / "c", rows, declared)
    net = 6 * 1e4 * 1.786 / 1e4
    assert energy(apart) - energy(merged) == pytest.approx(net, rel=1e-6)
    assert energy(own) - energy(merged) == pytest.approx(net, rel=1e-6)
    assert share(own) == 0


def test_explain_says_which_part_of_the_cell_was_taken(tmp_path: Path) -> None:
    results = result(tmp_path, BURNT + MADE)
    text = str(explain(results, "co2_by_item@410000:2019?item=other_gas&definition=provincial_2011"))
    assert "balance.csv!D4" in text
    assert "取该行的0.4（" in text
    share_text = str(explain(results, "other_gas_recovered_share@410000:2019?item=other_gas"))
    assert "60 %" in share_text
    assert "1 - W / B" in share_text


def test_the_two_layouts_of_recovered_energy_are_told_apart(tmp_path: Path) -> None:
    """One balance, 回收能 in block 一 (old tables) or in block 二: 6 x 10^8 m3 x 1.786 x 1e4 tce = 10.716 x 10^4 tce apart."""
    old = result(tmp_path / "old", BURNT + MADE + ",recovery,other_gas,6,10^8 m3,\n")
    new = result(tmp_path / "new", BURNT + MADE + ",tr_recovery,other_gas,6,10^8 m3,\n")
    less = "energy_total_less_recovery@410000:2019?basis=calorific"
    recovered = 6 * HEAT / 29.3076 / 1e4
    assert recovered == pytest.approx(10.716)
    assert energy(old) - energy(new) == pytest.approx(recovered)
    assert old.value(less) == pytest.approx(energy(new))
    assert "energy_total_less_recovery" not in set(new.metrics["metric"])

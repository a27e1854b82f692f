"""CH4 and N2O by technology: declared shares, the range where nothing is declared. Values by hand from IPCC 2006 vol. 2
table 3.2.2 (road: gasoline 33/3.2, 25/8.0, 3.8/5.7; natural gas 92/3 kg/TJ) and the guideline's N2O of power boilers
(1.4, fluidised bed 61 kg/TJ)."""

import shutil
from pathlib import Path

import pytest

import carbonpeak as cp
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.inventories import leaks, store
from carbonpeak.inventories.evidence import LineLevels, of_splits
from carbonpeak.inventories.explain import explain
from carbonpeak.inventories.results import Results
from carbonpeak.inventories.run import run
from carbonpeak.inventories.workspace.workspace import Workspace

from .small_balance import ROWS, write

ROAD = ROWS + "G,final,gasoline,10,10^4 t,\n"
GASOLINE = 10e4 * 1.4714 * 29.3076 / 1e3
"""TJ of 10 x 10^4 t"""
DIESEL = 8e4 * 1.4571 * 29.3076 / 1e3
TECHNOLOGY = """\
vehicle_technology:
- {item: gasoline, of: {uncontrolled: 0.1, oxidation_catalyst: 0.4, low_mileage_ldv_1995_on: 0.5}, source: 测试 test, evidence: assumed}
"""


def result(folder: Path, **options: str) -> Results:
    return run(Workspace.open(write(folder, **options)))


def transport(results: Results, gas: str) -> float:
    """Tonnes of a gas from transport in the ledger."""
    lines = results.lines[(results.lines["account"] == "provincial_2011") & (results.lines["quantity"] == gas)]
    return float(lines.loc[lines["category"].str.startswith("E1.4"), "value"].sum()) / 1e6


@pytest.mark.parametrize(
    "split", ["", "road_split:\n- {sector: IND, item: diesel, share: 0, source: 测试 test, evidence: assumed}\n"]
)
def test_declared_technologies_count_by_their_shares(tmp_path: Path, split: str) -> None:
    results = result(tmp_path, rows=ROAD, more=TECHNOLOGY + split)
    ch4 = GASOLINE * (0.1 * 33 + 0.4 * 25 + 0.5 * 3.8) / 1e3 + DIESEL * 3.9 / 1e3
    n2o = GASOLINE * (0.1 * 3.2 + 0.4 * 8 + 0.5 * 5.7) / 1e3 + DIESEL * 3.9 / 1e3
    assert transport(results, "ch4") == pytest.approx(ch4, rel=1e-6)
    assert transport(results, "n2o") == pytest.approx(n2o, rel=1e-6)
    assert "FACTOR-SECTOR" not in {problem.code for problem in results.problems}
    assert results.value("co2_energy@410000:2019?definition=provincial_2011") == pytest.approx(
        result(tmp_path / "plain", rows=ROAD).value("co2_energy@410000:2019?definition=provincial_2011")
    )


def test_what_is_not_declared_stays_listed(tmp_path: Path) -> None:
    more = TECHNOLOGY.replace("low_mileage_ldv_1995_on: 0.5", "low_mileage_ldv_1995_on: 0.2")
    results = result(tmp_path, rows=ROAD, more=more)
    left = results.uncounted[
        (results.uncounted["account"] == "provincial_2011") & (results.uncounted["item"] == "gasoline")
    ]
    assert left["quantity"].tolist() == pytest.approx([3.0])  # 10 x (1 - 0.7)
    assert "FACTOR-SECTOR" in {problem.code for problem in results.problems}


def test_gas_of_transport_in_vehicles(tmp_path: Path) -> None:
    """Gas of 12 tce per 10^4 m3 (measured), half of it in vehicles at 92 and 3 kg/TJ."""
    table = "sector,flow,item,quantity,unit,tce_factor\nG,final,natural_gas,2,10^8 m3,0.0012\n"
    share = "road_split:\n- {sector: G, item: natural_gas, share: 0.5, source: 测试 test, evidence: assumed}\n"
    write(tmp_path, more=share)
    (tmp_path / "balance.csv").write_text(table, encoding="utf-8")
    heat = 2e8 * 0.0012 * 29.3076 / 1e3  # TJ
    lines = run(Workspace.open(tmp_path)).lines
    road = lines[(lines["account"] == "provincial_2011") & (lines["flow"] == "road")]
    grams = road.groupby("quantity")["value"].sum()
    assert grams["ch4"] / 1e6 == pytest.approx(0.5 * heat * 92 / 1e3, rel=1e-6)
    assert grams["n2o"] / 1e6 == pytest.approx(0.5 * heat * 3 / 1e3, rel=1e-6)


def test_declared_boilers_pass_their_evidence_on(tmp_path: Path) -> None:
    more = "boiler_types:\n- {of: {cfb: 0.25}, source: 测试 test, evidence: assumed}\n"
    results = result(tmp_path, more=more)
    heat = 40e4 * 0.7143 * 29.3076 / 1e3
    by_hand = heat * (0.25 * 61 + 0.75 * 1.4) / 1e3
    lines = results.lines[(results.lines["account"] == "provincial_2011") & (results.lines["category"] == "E1.1.1")]
    assert lines.loc[lines["quantity"] == "n2o", "value"].sum() / 1e6 == pytest.approx(by_hand, rel=1e-6)
    metrics = results.metrics.set_index("metric")
    assert metrics.loc["n2o_energy", "evidence"] == "assumed"


def options(folder: Path) -> dict[str, float | None]:
    """Figures of the technologies a report prints, by category and gas (or co2e)."""
    done = cp.run(folder)
    done.report()
    found = {
        key: step.value for key, step in done.results.steps_by_figure.items() if key.startswith("gas_if_technology")
    }
    return {key.partition("category=")[2].partition("&definition")[0]: value for key, value in found.items()}


def test_undeclared_technologies_are_printed_as_a_range(tmp_path: Path) -> None:
    """10 x 10^4 t of gasoline by each technology; GWP of the guideline: SAR 21 and 310. Power coal at 1.4 and at 61."""
    found = options(write(tmp_path, rows=ROAD))
    for name, ch4, n2o in (
        ("uncontrolled", 33, 3.2),
        ("oxidation_catalyst", 25, 8),
        ("low_mileage_ldv_1995_on", 3.8, 5.7),
    ):
        one = f"gasoline_vehicles/{name}"
        assert found[f"{one}&gas=ch4"] == pytest.approx(GASOLINE * ch4 / 1e3, rel=1e-6)
        assert found[f"{one}&gas=n2o"] == pytest.approx(GASOLINE * n2o / 1e3, rel=1e-6)
        assert found[f"{one}&gwp=gwp/sar"] == pytest.approx(GASOLINE * (ch4 * 21 + n2o * 310) / 1e3 / 1e4, rel=1e-6)
    power = 40e4 * 0.7143 * 29.3076 / 1e3
    assert found["coal_boilers/coal_other&gas=n2o"] == pytest.approx(power * 1.4 / 1e3, rel=1e-6)
    assert found["coal_boilers/cfb&gas=n2o"] == pytest.approx(power * 61 / 1e3, rel=1e-6)


def test_nothing_is_printed_of_what_is_declared(tmp_path: Path) -> None:
    more = TECHNOLOGY + "boiler_types:\n- {of: {cfb: 0.25, pulverized: 0.75}, source: 测试 test, evidence: assumed}\n"
    assert options(write(tmp_path, rows=ROAD, more=more)) == {}


def test_ethanol_is_a_memo_and_its_silence_a_warning(tmp_path: Path) -> None:
    """7 % of the heat of 10 x 10^4 t of gasoline: CO2 at 18.9 tC/TJ and 0.98, as memo and out of the total."""
    total, memo = (
        "co2_energy@410000:2019?definition=provincial_2011",
        "co2_biogenic@410000:2019?definition=provincial_2011",
    )
    silent = result(tmp_path / "a", rows=ROAD)
    assert "E10-UNKNOWN" in {problem.code for problem in silent.problems}
    share = "biogenic_share:\n- {year: 2019, item: gasoline, share: 0.07, source: 测试 test, evidence: assumed}\n"
    told = result(tmp_path / "b", rows=ROAD, more=share)
    assert "E10-UNKNOWN" not in {problem.code for problem in told.problems}
    ethanol = 0.07 * GASOLINE * 18.9 * 0.98 * 44 / 12 / 1e4
    assert told.value(memo) == pytest.approx(ethanol, rel=1e-6)
    before, after = silent.value(total), told.value(total)
    assert before is not None and after is not None
    assert before - after == pytest.approx(ethanol, rel=1e-6)


@pytest.mark.parametrize(
    ("place", "year", "first"),
    [
        ("410000", 2007, 2004), ("410500", 2019, 2004), ("410100", 2003, 2002), ("410000", 2001, 0), ("130500", 2004, 2004),
        ("130200", 2018, 0), ("130200", 2019, 2019), ("130000", 2010, 2004), ("CN", 2007, 2004), ("440000", 2019, 0),
    ],
)  # fmt: skip
def test_where_and_since_when_ethanol_gasoline_is_sold(place: str, year: int, first: int) -> None:
    """The rule of February 2004 names five provinces and 27 cities; Zhengzhou was a pilot in 2002; northern Hebei began in 2019."""
    found = leaks.sold(FactorLibrary.bundled().regions, place, year)
    assert (found[0].first if found else 0) == first
    assert found is None or found[1].evidence.value == "transcribed"
    assert sum(len(sale.codes) for sale, paper in leaks.sales() if paper.id == "ndrc_2004") == 5 + 9 + 7 + 6 + 5


def test_a_form_of_an_enterprise_is_no_balance_of_a_region(tmp_path: Path) -> None:
    """Its energy total is not 0: there is none, and a message says why."""
    write(tmp_path)
    (tmp_path / "balance.csv").write_text("flow,item,quantity,unit\nproduction_use,diesel,3,t\n", encoding="utf-8")
    results = run(Workspace.open(tmp_path))
    assert [problem.code for problem in results.problems] == ["BALANCE-NONE"]
    assert results.metrics.empty


def test_village_biomass_that_is_entered_or_named_is_not_asked_for(tmp_path: Path) -> None:
    homes = "RES_R,final,raw_coal,1,10^4 t,\n"
    assert "BIOMASS-NONE" in {problem.code for problem in result(tmp_path / "a", rows=ROWS + homes).problems}
    straw = homes + "RES_R,final,solid_biomass,5,10^4 t,\n"
    assert "BIOMASS-NONE" not in {problem.code for problem in result(tmp_path / "b", rows=ROWS + straw).problems}


def test_the_weakest_of_two_shares_in_a_row_counts(tmp_path: Path) -> None:
    """The road split is the place's own, the fleet is assumed: so is CH4, which rests on both."""
    split = "road_split:\n- {sector: IND, item: diesel, share: 0, source: 测试 test, evidence: measured}\n"
    results = result(tmp_path, rows=ROAD, more=TECHNOLOGY + split)
    found = LineLevels(results.lines, results.factor_parts, results.activity, results.line_inputs,
                       of_splits(results.workspace.inventory))  # fmt: skip
    assert found.of("lines:account=provincial_2011&quantity=ch4&item=gasoline") == "assumed"
    assert found.of("lines:account=provincial_2011&quantity=ch4&item=diesel") != "assumed"


def test_explain_names_the_part_of_the_cell(tmp_path: Path) -> None:
    text = "\n".join(explain(result(tmp_path, rows=ROAD, more=TECHNOLOGY), "ch4_energy").lines())
    assert "0.4（氧化型催化器的汽油车" in text


def test_explain_knows_the_carriers_of_the_run(tmp_path: Path) -> None:
    """A list in which coke is a coal column: boiler types split it, and `explain` says so, also of a run read back."""
    data = tmp_path / "data"
    shutil.copytree(FactorLibrary.bundled().data, data)
    text = (data / "carriers.yaml").read_text(encoding="utf-8")
    own = text.replace(
        "id: coke, zh: 焦炭, en: coke, unit: t, groups: [",
        "id: coke, zh: 焦炭, en: coke, unit: t, groups: [coal_columns, ",
    )
    assert own != text
    (data / "carriers.yaml").write_text(own, encoding="utf-8")
    folder = write(
        tmp_path / "ws", rows=ROWS + ",tr_power,coke,-4,10^4 t,\n",
        more="boiler_types:\n- {of: {cfb: 0.25}, source: 测试 test, evidence: assumed}\n",
    )  # fmt: skip
    library = FactorLibrary(data)
    results = run(Workspace.open(folder), library=library)
    figure, said = "co2_by_item@410000:2019?item=coke&definition=provincial_2011", "0.25（循环流化床锅炉"
    assert said in str(explain(results, figure))
    store.save(results, tmp_path / "out", library)
    store.seal(tmp_path / "out", results.options)
    assert said in str(explain(store.load(tmp_path / "out"), figure))

"""The energy and emission accounts of a balance small enough to compute by hand."""

import math
from pathlib import Path

import pytest

from carbonpeak.accounting.problems import InputError
from carbonpeak.accounting.splitting import origin
from carbonpeak.inventories.codes import words
from carbonpeak.inventories.explain import explain
from carbonpeak.inventories.results import Results
from carbonpeak.inventories.run import run
from carbonpeak.inventories.workspace.workspace import Workspace

from .small_balance import ROWS, write

# GB/T 2589-2020 table A.1/A.2: raw coal 0.7143, coke 0.9714, diesel 1.4571 tce/t, electricity 1.229 tce/10^4 kWh;
# NBS reference: blast furnace gas 1.286 tce/10^4 m3
RAW, COKE, DIESEL, ELECTRICITY, BFG = 0.7143, 0.9714, 1.4571, 1.229e4, 1.286e4


def result(folder: Path, **options: str) -> Results:
    return run(Workspace.open(write(folder, **options)))


def value(results: Results, figure: str) -> float:
    found = results.value(figure)
    assert found is not None
    return found


def test_total_by_calorific_value_is_final_plus_loss_minus_transformation(tmp_path: Path) -> None:
    ours = result(tmp_path).value("energy_total@410000:2019?basis=calorific")
    final = 60e4 * RAW + 20e4 * COKE + 10e4 * DIESEL + 14 * ELECTRICITY
    transform = -40e4 * RAW + 10 * ELECTRICITY
    by_hand = (final + 1 * ELECTRICITY - transform) / 1e4  # the recovered gas is left out
    assert ours is not None
    assert math.isclose(ours, by_hand, rel_tol=1e-9)


def test_coal_rate_comes_from_the_balance_and_moves_only_primary_electricity(tmp_path: Path) -> None:
    results = result(tmp_path)
    k = 40e4 * RAW / 10e8  # tce per kWh
    rate = results.value("coal_rate@410000:2019")
    calorific = results.value("energy_total@410000:2019?basis=calorific")
    equivalent = results.value("energy_total@410000:2019?basis=equivalent")
    assert rate is not None and calorific is not None and equivalent is not None
    assert math.isclose(rate, k * 1000, rel_tol=1e-9)
    not_from_fuel = 14 + 1 - 10  # 10^8 kWh
    assert math.isclose(equivalent - calorific, not_from_fuel * 1e8 * (k - 0.1229e-3) / 1e4, rel_tol=1e-9)


def test_recovered_gas_is_left_out_and_listed_with_its_size(tmp_path: Path) -> None:
    results = result(tmp_path)
    listed = results.uncounted[results.uncounted["reason"] == "recovered_energy"]
    assert list(listed["item"]) == ["blast_furnace_gas"]
    assert math.isclose(float(listed["size"].iloc[0]), 3 * BFG, rel_tol=1e-9)


def test_a_balance_that_prints_recovered_energy_is_taken_as_it_is(tmp_path: Path) -> None:
    with_row = ROWS + ",tr_recovery,blast_furnace_gas,3,10^8 m3,\n"
    results = result(tmp_path, rows=with_row)
    assert results.uncounted[results.uncounted["reason"] == "recovered_energy"].empty
    assert math.isclose(
        value(results, "energy_total@410000:2019?basis=calorific"),
        value(result(tmp_path / "b"), "energy_total@410000:2019?basis=calorific"),
        rel_tol=1e-9,
    )


@pytest.mark.parametrize("row", [",tr_recovery,blast_furnace_gas,0,10^8 m3,\n", ",tr_recovery,heat,1,10^10 kJ,\n"])
def test_a_recovery_row_that_books_nothing_for_a_gas_leaves_it_out(tmp_path: Path, row: str) -> None:
    results = result(tmp_path, rows=ROWS + row)
    listed = results.uncounted[results.uncounted["reason"] == "recovered_energy"]
    assert "blast_furnace_gas" in list(listed["item"])


def test_co2_by_heat_carbon_and_oxidation(tmp_path: Path) -> None:
    """Provincial guideline: heat (standard coal x 29.3076) x carbon x oxidation x 44/12; bituminous 26.1 and 0.93."""
    results = result(tmp_path)
    steel = 50e4 * RAW * 29.3076 * 0.0261 * 0.93 * 44 / 12
    steel += 20e4 * COKE * 29.3076 * 0.0295 * 0.93 * 44 / 12
    steel += 2e4 * DIESEL * 29.3076 * 0.0202 * 0.98 * 44 / 12
    value = results.value("co2_by_sector@410000:2019?category=E1.3.1&definition=provincial_2011")
    assert value is not None
    assert math.isclose(value, steel / 1e4, rel_tol=1e-9)


def test_blast_furnace_gas_emits_nothing_twice(tmp_path: Path) -> None:
    left = result(tmp_path).uncounted
    gas = left[(left["item"] == "blast_furnace_gas") & (left["account"] == "provincial_2011")]
    assert set(gas["reason"]) == {"double_count"}


def test_rows_in_are_rows_computed_plus_rows_listed(tmp_path: Path) -> None:
    results = result(tmp_path, standards="provincial_2011, ipcc_2006")
    for account in ("provincial_2011", "ipcc_2006"):
        lines = results.lines[results.lines["account"] == account]
        computed = set(lines["line_id"].str.rsplit("/", n=2).str[0].map(origin))
        listed = set(results.uncounted.loc[results.uncounted["account"].isin([account, "all"]), "row_id"].map(origin))
        assert computed | listed >= set(results.activity["row_id"])


def test_parts_add_up_to_the_total_exactly(tmp_path: Path) -> None:
    results = result(tmp_path)
    lines = results.lines[(results.lines["account"] == "provincial_2011") & (results.lines["quantity"] == "co2")]
    total = results.value("co2_energy@410000:2019?definition=provincial_2011")
    assert total is not None
    assert int(lines["value"].sum()) == round(total * 1e10)


def test_row_order_never_matters(tmp_path: Path) -> None:
    turned = "".join(f"{line}\n" for line in reversed(ROWS.strip().splitlines()))
    one, other = result(tmp_path / "a"), result(tmp_path / "b", rows=turned)
    assert dict(zip(one.metrics["metric"], one.metrics["value"], strict=True)).keys() == set(other.metrics["metric"])
    for step in one.steps:
        again = other.value(step.figure)
        assert (step.value is None) == (again is None)
        assert step.value is None or math.isclose(step.value, again or 0.0, rel_tol=1e-12)


@pytest.mark.parametrize(("unit", "scale"), [("t", 1e4), ("kt", 10.0), ("万吨", 1.0), ("Mt", 0.01)])
def test_any_unit_of_the_kind_gives_the_same_result(tmp_path: Path, unit: str, scale: float) -> None:
    lines = []
    for line in ROWS.strip().splitlines():
        cells = line.split(",")
        if cells[4] == "10^4 t":
            cells[3], cells[4] = f"{float(cells[3]) * scale:.12g}", unit
        lines.append(",".join(cells))
    one, other = result(tmp_path / "a"), result(tmp_path / "b", rows="\n".join(lines) + "\n")
    figure = "co2_energy@410000:2019?definition=provincial_2011"
    assert math.isclose(value(one, figure), value(other, figure), rel_tol=1e-12)


def test_road_split_moves_fuel_between_categories_and_keeps_the_sum(tmp_path: Path) -> None:
    shares = "road_split:\n- {sector: IND, item: diesel, share: 0.35, source: 测试 test, evidence: assumed}\n"
    plain, split = result(tmp_path / "a"), result(tmp_path / "b", more=shares)
    total = "co2_energy@410000:2019?definition=provincial_2011"
    assert math.isclose(value(plain, total), value(split, total), rel_tol=1e-9)
    per_t = DIESEL * 29.3076 * 0.0202 * 0.98 * 44 / 12
    road = split.value("co2_road@410000:2019?definition=provincial_2011")
    assert road is not None
    assert math.isclose(road, (8 + 0.35 * 2) * per_t, rel_tol=1e-9)


def test_stored_carbon_is_printed_beside_what_is_emitted(tmp_path: Path) -> None:
    rows = ROWS + "IND,non_energy,diesel,1,10^4 t,\n"
    more = "stored_carbon:\n- {item: diesel, share: 0.8, source: 测试 test, evidence: assumed}\n"
    results = result(tmp_path, rows=rows, more=more)
    per_t = DIESEL * 29.3076 * 0.0202 * 0.98 * 44 / 12
    emitted = results.value("co2_non_energy@410000:2019?definition=provincial_2011")
    stored = results.value("co2_stored@410000:2019?definition=provincial_2011")
    assert emitted is not None and stored is not None
    assert math.isclose(emitted, 0.2 * per_t, rel_tol=1e-9)
    assert math.isclose(stored, 0.8 * per_t, rel_tol=1e-9)


def test_feedstock_is_never_read_from_the_balance_row(tmp_path: Path) -> None:
    folder = write(tmp_path, rows=ROWS + "IND,non_energy,diesel,1,10^4 t,\n")
    (folder / "series.csv").write_text(
        "metric,entity,period,value,unit,status\nenergy_feedstock,410000,2019,1.4571,10^4 tce,reported\n",
        encoding="utf-8",
    )
    with (folder / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("- {id: series, file: series.csv, layout: series}\n")
    with pytest.raises(InputError) as stopped:
        run(Workspace.open(folder))
    assert "FEEDSTOCK-ROW" in {problem.code for problem in stopped.value.problems}


def test_an_orphaned_non_energy_row_stops_the_run(tmp_path: Path) -> None:
    rows = ROWS + "IND,non_energy,diesel,1,10^4 t,\n"
    with pytest.raises(InputError) as orphan:
        result(tmp_path / "a", rows=rows, more="options: {non_energy_owner: process}\n")
    assert "NEU-ORPHAN" in {problem.code for problem in orphan.value.problems}
    unknown = result(tmp_path / "b", rows=rows)
    assert "NEU-STORED" in {problem.code for problem in unknown.problems}


def test_process_sources_are_product_times_factor(tmp_path: Path) -> None:
    results = result(tmp_path, rows=ROWS + ",activity,clinker,100,10^4 t,\n")
    energy = results.uncounted[results.uncounted["account"] == "energy"]
    assert "clinker" not in set(energy["item"])
    value = results.value("co2_process@410000:2019")
    assert value is not None
    assert math.isclose(value, 100 * 0.538, rel_tol=1e-9)  # provincial guideline 2011, clinker (recalled)


def test_two_kinds_of_unit_in_one_column_are_refused(tmp_path: Path) -> None:
    rows = ROWS + "C30,final,raw_coal,3,10^4 tce,\n"
    with pytest.raises(InputError) as error:
        result(tmp_path, rows=rows)
    assert "MIXED-UNITS" in {problem.code for problem in error.value.problems}


def test_explain_reaches_the_input_cell_and_the_document(tmp_path: Path) -> None:
    text = "\n".join(explain(result(tmp_path), "co2_energy").lines())
    assert "balance.csv!D" in text
    assert "省级温室气体清单编制指南" in text
    assert "44/12" in text


def test_explain_of_an_unknown_figure_lists_near_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        explain(result(tmp_path), "energy_totl")
    assert "energy_total" in error.value.problems.text("zh")


MEASURED = """\
sector,flow,item,quantity,unit,ncv
,final,raw_coal,100,10^4 t,
A,final,raw_coal,40,10^4 t,
C31,final,raw_coal,60,10^4 t,25
"""


def measured(folder: Path, table: str) -> Results:
    write(folder)
    (folder / "balance.csv").write_text(table, encoding="utf-8")
    return run(Workspace.open(folder))


def test_a_printed_header_does_not_hide_the_measured_heat_of_its_parts(tmp_path: Path) -> None:
    """40 x 0.7143 + 60 x 25/29.3076, not 100 x 0.7143."""
    results = measured(tmp_path, MEASURED)
    by_hand = 40 * RAW + 60 * 25 / 29.3076
    assert math.isclose(value(results, "energy_total@410000:2019?basis=calorific"), by_hand, rel_tol=1e-9)
    heat = 40e4 * RAW * 29.3076 + 60e4 * 25  # GJ
    co2 = heat * 0.0261 * 0.93 * 44 / 12 / 1e4
    assert math.isclose(value(results, "co2_energy@410000:2019?definition=provincial_2011"), co2, rel_tol=1e-9)
    text = "\n".join(explain(results, "energy_final").lines())
    assert "balance.csv!D4" in text  # the measured part stands under the header


def test_what_no_part_prints_keeps_the_default_coefficient(tmp_path: Path) -> None:
    """The header is 10 larger than its parts: 50 x 0.7143 + 60 x 25/29.3076; the gap is listed."""
    results = measured(tmp_path, MEASURED.replace("100", "110"))
    by_hand = 50 * RAW + 60 * 25 / 29.3076
    assert math.isclose(value(results, "energy_total@410000:2019?basis=calorific"), by_hand, rel_tol=1e-9)
    assert "DQ-CLOSURE" in {problem.code for problem in results.problems}


def test_the_total_comes_from_the_header_and_emissions_from_the_parts(tmp_path: Path) -> None:
    """SUM-MISMATCH says what is used for what: 12 printed against 5 + 5; 12 x 1.4571 tce, and CO2 of the two parts."""
    table = (
        "sector,flow,item,quantity,unit\n,final,diesel,12,10^4 t\nC31,final,diesel,5,10^4 t\nG,final,diesel,5,10^4 t\n"
    )
    results = measured(tmp_path, table)
    assert math.isclose(value(results, "energy_total@410000:2019?basis=calorific"), 12 * 1.4571, rel_tol=1e-9)
    parts = results.lines[(results.lines["quantity"] == "co2") & (results.lines["bucket"] == "counted")]
    assert set(parts["sector"]) == {"C31", "G"}
    (problem,) = (problem for problem in results.problems if problem.code == "SUM-MISMATCH")
    assert "按终端消费量、损失量、加工转换的合计行计算" in problem.text("zh")


def test_a_header_with_its_own_heat_stands_as_it_is(tmp_path: Path) -> None:
    results = measured(tmp_path, MEASURED.replace(",final,raw_coal,100,10^4 t,\n", ",final,raw_coal,100,10^4 t,22\n"))
    by_hand = 100 * 22 / 29.3076
    assert math.isclose(value(results, "energy_total@410000:2019?basis=calorific"), by_hand, rel_tol=1e-9)


def test_residuals_of_rows_in_two_units_are_in_one(tmp_path: Path) -> None:
    """Supply 100, final 60 + 30: 100 - 90 - 2 = 8 x 10^4 t, though rows stand in t and in 10^4 t; 2 / 100 of difference."""
    table = (
        "sector,flow,item,quantity,unit\n,supply,raw_coal,1000000,t\n,production,raw_coal,100,10^4 t\n"
        ",final,raw_coal,90,10^4 t\nA,final,raw_coal,300000,t\nC31,final,raw_coal,60,10^4 t\n,stat_diff,raw_coal,20000,t\n"
    )
    results = measured(tmp_path, table)
    found = results.residuals.set_index("check")
    assert set(found["unit"]) == {"10^4 t"}
    assert math.isclose(found.loc["closure", "residual"], 8.0, abs_tol=1e-9)
    assert math.isclose(found.loc["closure", "relative"], 0.08, rel_tol=1e-9)
    assert math.isclose(found.loc["final_sum", "residual"], 0.0, abs_tol=1e-9)
    assert math.isclose(found.loc["supply_sum", "residual"], 0.0, abs_tol=1e-9)
    assert "DQ-STAT-DIFF" not in {problem.code for problem in results.problems}  # 2 %, not 20 000 / 100


def test_a_difference_above_five_per_cent_of_supply_is_named(tmp_path: Path) -> None:
    table = "sector,flow,item,quantity,unit\n,supply,raw_coal,100,10^4 t\n,final,raw_coal,94,10^4 t\n,stat_diff,raw_coal,60000,t\n"
    results = measured(tmp_path, table)
    assert [p.expected for p in results.problems if p.code == "DQ-STAT-DIFF"] == ["6.0 %"]


RATES = [
    # the bureau's own value from 2024 on stands before the rate of the balance: 40 x 10^4 t x 0.7143 tce/t / 10^9 kWh
    ("310000", 2024, "", 0.28078, "prescribed"), ("310115", 2025, "", 0.28078, "prescribed"),
    ("310000", 2023, "", 0.28572, "local_balance"), ("410000", 2024, "", 0.28572, "local_balance"),
    ("310000", 2024, "prescribed", 0.3, "prescribed"), ("310000", 2024, "national_balance", 0.28078, "prescribed"),
    ("410000", 2024, "national_balance", 0.3, "national_balance"),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "year", "declared", "rate", "basis"), RATES)
def test_the_order_of_coal_rates(
    tmp_path: Path, entity: str, year: int, declared: str, rate: float, basis: str
) -> None:
    """Prescribed (by the workspace, else by the place's bureau) > national balance > local balance.

    W = 14 + 1 - 10 = 5 x 10^8 kWh: the two totals differ by 5 x 10^8 x (k - 0.1229) / 10^7 in 10^4 tce.
    """
    more = f"coal_rate:\n- {{year: {year}, value: 0.3, basis: {declared}, source: 测试 test, evidence: assumed}}\n"
    write(tmp_path, more=more if declared else "")
    for name in ("inventory.yaml", "sources.yaml"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("410000", entity).replace("2019", str(year)), encoding="utf-8")
    results = run(Workspace.open(tmp_path))
    metric = results.metrics[results.metrics["metric"] == "coal_rate"].iloc[0]
    assert (metric["value"], metric["note"]) == (pytest.approx(rate), words()[basis].zh)
    both = [results.value(f"energy_total@{entity}:{year}?basis={name}") for name in ("equivalent", "calorific")]
    assert both[0] - both[1] == pytest.approx(50 * (rate - 0.1229))
    if rate == 0.28078:
        assert metric["source"] == "standard_coal/local#electricity/tce_equivalent"
        assert "DB31/T 783-2026" in str(explain(results, f"coal_rate@{entity}:{year}"))

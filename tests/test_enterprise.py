"""The enterprise kind against values computed by hand from GB/T 2589-2020 and GB/T 32151.22-2024 table C.1."""

import math
from pathlib import Path

import pytest

from carbonpeak.accounting.enterprise import status
from carbonpeak.accounting.problems import InputError
from carbonpeak.inventories.explain import explain
from carbonpeak.inventories.results import Results
from carbonpeak.inventories.run import run
from carbonpeak.inventories.workspace.workspace import Workspace

INVENTORY = """\
schema: 1
id: works
kind: enterprise
title: {{zh: 测试企业, en: test works}}
entity: works
years: [2023]
standards: [enterprise_2024]
purpose: enterprise
entities:
- {{id: works, zh: 测试企业, en: test works, kind: enterprise, parent: "410000"}}
report: {{date: 2024-03-15}}
coal_rate:
- {{year: 2023, value: 0.3, basis: prescribed, source: 测试 test, evidence: assumed}}
{more}
"""
HEAD = "flow,item,quantity,unit,ncv,carbon_content,oxidation,period,attributes\n"


def works(folder: Path, rows: str, more: str = "", layout: str = "tidy", period: str = "") -> Results:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "inventory.yaml").write_text(INVENTORY.format(more=more), encoding="utf-8")
    extra = f", period: '{period}'" if period else ""
    (folder / "sources.yaml").write_text(
        f"schema: 1\nsources:\n- {{id: use, file: use.csv, layout: {layout}{extra}}}\n", encoding="utf-8"
    )
    (folder / "use.csv").write_text(HEAD * (layout == "tidy") + rows, encoding="utf-8")
    return run(Workspace.open(folder))


def value(results: Results, metric: str, **query: str) -> float:
    tail = "?" + "&".join(f"{key}={word}" for key, word in query.items()) if query else ""
    found = results.value(f"{metric}@works:2023{tail}")
    assert found is not None
    return found


def test_co2_of_coal_by_the_common_table(tmp_path: Path) -> None:
    """1000 t of bituminous coal: 19.57 GJ/t x 26.1 tC/TJ x 0.93 x 44/12 = 1741.75 t."""
    results = works(tmp_path, "production_use,bituminous,1000,t,,,,2023,\n")
    assert math.isclose(value(results, "co2_scope1"), 1741.75, abs_tol=0.01)


def test_measured_parameters_stand_before_defaults(tmp_path: Path) -> None:
    results = works(tmp_path, "production_use,bituminous,1000,t,22.35,0.02618,0.98,2023,\n")
    assert math.isclose(value(results, "co2_scope1"), 1000 * 22.35 * 0.02618 * 0.98 * 44 / 12, rel_tol=1e-9)


def test_raw_coal_without_its_kind_is_not_counted_and_listed(tmp_path: Path) -> None:
    results = works(tmp_path, "production_use,raw_coal,1000,t,,,,2023,\nproduction_use,diesel,1,t,,,,2023,\n")
    assert "raw_coal" in set(results.uncounted.loc[results.uncounted["account"] == "enterprise_2024", "item"])
    assert math.isclose(value(results, "co2_scope1"), 42.652 * 0.0202 * 0.98 * 44 / 12, rel_tol=1e-6)


def test_comprehensive_energy_subtracts_output_and_recovery(tmp_path: Path) -> None:
    rows = (
        "production_use,coke,1000,t,,,,2023,\nproduction_use,electricity,100,10^4 kWh,,,,2023,\n"
        "transformation_output,electricity,40,10^4 kWh,,,,2023,\nrecovered,blast_furnace_gas,50,10^4 m3,,,,2023,\n"
    )
    results = works(tmp_path, rows)
    by_hand = 1000 * 0.9714 + (100 - 40) * 1.229 - 50 * 1.286
    assert math.isclose(value(results, "energy_comprehensive", basis="calorific"), by_hand / 1e4, rel_tol=1e-9)
    equivalent = by_hand + 60e4 * (0.3 - 0.1229) / 1000
    assert math.isclose(value(results, "energy_comprehensive", basis="equivalent"), equivalent / 1e4, rel_tol=1e-9)


def test_months_add_up_to_the_year(tmp_path: Path) -> None:
    months = "".join(f"production_use,diesel,{month},t,,,,2023-{month:02d},\n" for month in range(1, 13))
    one = works(tmp_path / "a", months)
    other = works(tmp_path / "b", "production_use,diesel,78,t,,,,2023,\n")
    for metric, query in (("co2_scope1", {}), ("energy_comprehensive", {"basis": "calorific"})):
        assert math.isclose(value(one, metric, **query), value(other, metric, **query), rel_tol=1e-9)


def test_kinds_are_not_added_to_their_carrier(tmp_path: Path) -> None:
    rows = "production_use,raw_coal,100,t,,,,2023,\nproduction_use,general_bituminous,100,t,,,,2023,\n"
    results = works(tmp_path, rows)
    assert math.isclose(value(results, "energy_comprehensive", basis="calorific"), 100 * 0.7143 / 1e4, rel_tol=1e-9)


def test_electricity_location_and_market_based(tmp_path: Path) -> None:
    """2023: national average 0.5306, excluding market-traded non-fossil 0.6096 kgCO2/kWh (MEE/NBS announcement)."""
    more = "certificates:\n- {year: 2023, value: 200, unit: 10^4 kWh, retired_on: 2024-01-20, source: 测试 test}\n"
    rows = "purchase,electricity,6000,10^4 kWh,,,,2023,\npurchase,heat,1000,GJ,,,,2023,\n"
    results = works(tmp_path, rows, more)
    assert math.isclose(value(results, "co2_scope2_location"), 6000e4 * 0.5306e-3, rel_tol=1e-9)
    assert math.isclose(value(results, "co2_scope2_market"), 5800e4 * 0.6096e-3, rel_tol=1e-9)
    assert math.isclose(value(results, "co2_scope2_heat"), 1000 * 0.11, rel_tol=1e-9)


def test_without_certificates_there_is_no_market_based_line(tmp_path: Path) -> None:
    results = works(tmp_path, "purchase,electricity,6000,10^4 kWh,,,,2023,\n")
    assert "co2_scope2_market" not in set(results.metrics["metric"])


@pytest.mark.parametrize(("tce", "limit"), [(4_999.9, 1_000), (5_000.0, 5_000), (9_999.99, 5_000), (10_000, 10_000)])
def test_thresholds_are_inclusive(tce: float, limit: int) -> None:
    assert str(limit) in status(tce)
    assert "1000" in status(999.9) and "不足" in status(999.9)


FORM = "能源名称,计量单位,年初库存量,购进量,消费量合计,工业生产消费量,非工业生产消费量,期末库存量,采用折标系数\n"


@pytest.mark.parametrize(
    ("rows", "code", "cell"),
    [
        ("柴油,吨,20,310,300,120,170,30,1.4571\n", "EF-PARTS", "E2"),
        ("电力,万千瓦时,5,100,100,100,0,,\n", "EF-STOCK", "C2"),
        ("柴油,吨,20,310,300,120,180,30,1.9\n", "EF-COEFFICIENT", ""),
        ("柴油,吨,20,310,300,120,180,30,1.4571\n能源合计,吨标准煤,,,500,200,,,\n", "EF-TOTAL", "E3"),
    ],
)
def test_audit_rules_name_the_cell(tmp_path: Path, rows: str, code: str, cell: str) -> None:
    try:
        found = works(tmp_path, FORM + rows, layout="form_205", period="2023").problems
    except InputError as error:
        found = error.problems
    hits = [problem for problem in found if problem.code == code]
    assert hits, found.text("zh")
    assert cell in str(hits[0].where)


def test_the_bundled_demo_runs_and_explains_itself() -> None:
    results = run(Workspace.open("enterprise_demo"))
    text = str(explain(results, "co2_enterprise@demo:2023"))
    assert "measured_2023.csv" in text
    assert "GB/T 32151" in text
    assert "合成" in results.workspace.inventory.title.zh

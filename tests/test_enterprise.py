"""The enterprise kind against values computed by hand from GB/T 2589-2020 and GB/T 32151.22-2024 table C.1."""

import math
import re
import shutil
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml

from carbonpeak.accounting.enterprise import reached, status
from carbonpeak.accounting.problems import InputError
from carbonpeak.accounting.wording import halves
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.inventories.enterprise_messages import MESSAGES
from carbonpeak.inventories.explain import explain
from carbonpeak.inventories.results import Results
from carbonpeak.inventories.run import run
from carbonpeak.inventories.workspace.workspace import Workspace
from carbonpeak.templates.figures import printed
from carbonpeak.templates.reports.choose import build

INVENTORY = """\
schema: 1
id: works
kind: enterprise
title: {{zh: 测试企业, en: test works}}
entity: works
years: [2023]
standards: [enterprise_2024]
entities:
- {{id: works, zh: 测试企业, en: test works, kind: enterprise, parent: "410000"}}
report: {{date: 2024-03-15}}
coal_rate:
- {{year: 2023, value: 0.3, basis: prescribed, source: 测试 test, evidence: assumed}}
{more}
"""
HEAD = "flow,item,quantity,unit,ncv,carbon_content,oxidation,period,attributes\n"


BAD = Path(__file__).parent / "bad_input_enterprise"
FOLDERS = sorted(str(path.parent.relative_to(BAD)) for path in BAD.rglob("expected.yaml"))


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
    notes = results.metrics.set_index("metric")["note"]
    assert notes["co2_enterprise"].startswith("不完整：") and "原煤" in notes["co2_enterprise"]
    assert math.isclose(value(results, "co2_scope1"), 42.652 * 0.0202 * 0.98 * 44 / 12, rel_tol=1e-6)


def test_fully_measured_coal_needs_no_kind(tmp_path: Path) -> None:
    results = works(tmp_path, "production_use,raw_coal,1000,t,20.0,0.026,0.95,2023,\n")
    assert math.isclose(value(results, "co2_scope1"), 1000 * 20.0 * 0.026 * 0.95 * 44 / 12, rel_tol=1e-9)
    assert "FACTOR-NONE" not in {problem.code for problem in results.problems}
    assert results.uncounted.empty
    text = str(explain(results, "co2_scope1@works:2023"))
    assert "低位发热量 20 GJ/t" in text and "实测参数" in text


def test_fuel_without_a_factor_leaves_no_total(tmp_path: Path) -> None:
    results = works(tmp_path, "production_use,raw_coal,1000,t,,,,2023,\n")
    assert results.value("co2_scope1@works:2023") is None
    assert "co2_enterprise" not in set(results.metrics["metric"])


def test_an_enterprise_without_fuel_has_zero_combustion(tmp_path: Path) -> None:
    results = works(
        tmp_path, "purchase,electricity,10,10^4 kWh,,,,2023,\nproduction_use,electricity,10,10^4 kWh,,,,2023,\n"
    )
    assert value(results, "co2_scope1") == 0
    assert math.isclose(value(results, "co2_enterprise"), 10e4 * 0.5306e-3, rel_tol=1e-9)


FURNACE = {"blast_furnace_gas": 33 * 0.0708 * 0.99 * 44 / 12}
"""t CO2 per 10^4 Nm3, GB/T 32151.22-2024 table C.1"""
COKE = 28.435 * 0.0295 * 0.93 * 44 / 12


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # own gas: its carbon came in with the coke
        ("production_use,coke,1000,t,,,,2023,\nproduction_use,blast_furnace_gas,60,10^4 Nm3,,,,2023,\n", 1000 * COKE),
        # bought gas is counted as bought, supplied gas is deducted
        ("purchase,blast_furnace_gas,100,10^4 Nm3,,,,2023,\nproduction_use,blast_furnace_gas,100,10^4 Nm3,,,,2023,\n", 100 * FURNACE["blast_furnace_gas"]),
        ("production_use,coke,1000,t,,,,2023,\nsold,blast_furnace_gas,40,10^4 Nm3,,,,2023,\n", 1000 * COKE - 40 * FURNACE["blast_furnace_gas"]),
        # coal for coking leaves with its products, coal for gas works is counted where it goes in
        ("production_use,cleaned_coal,1000,t,,,,2023,\ntransformation_input,cleaned_coal,1000,t,,,,2023,process=tr_coking\n", 0.0),
        ("production_use,bituminous,1000,t,,,,2023,\ntransformation_input,bituminous,1000,t,,,,2023,process=tr_gasworks\nproduction_use,other_gas,300,10^4 Nm3,,,,2023,\n", 1741.75),
        # fuel used as feedstock is not burnt
        ("production_use,natural_gas,10,10^4 Nm3,,,,2023,\nfeedstock_use,natural_gas,10,10^4 Nm3,,,,2023,\n", 0.0),
    ],
)  # fmt: skip
def test_carbon_is_counted_once(tmp_path: Path, rows: str, expected: float) -> None:
    assert math.isclose(value(works(tmp_path, rows), "co2_scope1"), expected, abs_tol=0.01)


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


def test_cumulative_months_are_not_added(tmp_path: Path) -> None:
    """Form 205-1 holds figures from 1 January, a file a month: the last one is the year."""
    form = FORM + "柴油,吨,20,{0},{0},{0},0,20,1.4571\n"
    for month in (1, 2, 12):
        (tmp_path / f"{month}.csv").write_text(form.format(10 * month), encoding="utf-8")
    sources = "".join(
        f"- {{id: m{month}, file: {month}.csv, layout: form_205, period: '2023-{month:02d}'{{0}}}}\n"
        for month in (1, 2, 12)
    )
    (tmp_path / "inventory.yaml").write_text(INVENTORY.format(more=""), encoding="utf-8")
    single = ", options: {attributes: span=month}"
    for more, tonnes in (("", 120), (single, 150)):
        text = "schema: 1\nsources:\n" + sources.replace("{0}", more)
        (tmp_path / "sources.yaml").write_text(text, encoding="utf-8")
        results = run(Workspace.open(tmp_path))
        assert math.isclose(
            value(results, "energy_comprehensive", basis="calorific"), tonnes * 1.4571 / 1e4, rel_tol=1e-9
        )
        assert math.isclose(value(results, "co2_scope1"), tonnes * 42.652 * 0.0202 * 0.98 * 44 / 12, rel_tol=1e-6)


def test_a_long_table_says_that_its_months_are_cumulative(tmp_path: Path) -> None:
    months = "".join(f"production_use,diesel,{10 * month},t,,,,2023-{month:02d},span=ytd\n" for month in range(1, 13))
    results = works(tmp_path, months)
    assert math.isclose(value(results, "co2_scope1"), 120 * 42.652 * 0.0202 * 0.98 * 44 / 12, rel_tol=1e-6)
    assert math.isclose(value(results, "energy_comprehensive", basis="calorific"), 120 * 1.4571 / 1e4, rel_tol=1e-9)


def test_a_year_stands_before_its_months_in_both_accounts(tmp_path: Path) -> None:
    rows = "production_use,diesel,120,t,,,,2023,\nproduction_use,diesel,60,t,,,,2023-01,\nproduction_use,diesel,60,t,,,,2023-02,\n"
    results = works(tmp_path, rows)
    assert math.isclose(value(results, "co2_scope1"), 120 * 42.652 * 0.0202 * 0.98 * 44 / 12, rel_tol=1e-6)
    assert math.isclose(value(results, "energy_comprehensive", basis="calorific"), 120 * 1.4571 / 1e4, rel_tol=1e-9)


def test_a_table_of_totals_stands_in_for_production_use(tmp_path: Path) -> None:
    """A table that prints only 消费量合计 counts with it, beside another that prints the uses."""
    (tmp_path / "other.csv").write_text(HEAD + "consumption,coke,10,t,,,,2023,\n", encoding="utf-8")
    (tmp_path / "inventory.yaml").write_text(INVENTORY.format(more=""), encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(
        "schema: 1\nsources:\n- {id: use, file: use.csv, layout: tidy}\n- {id: other, file: other.csv, layout: tidy}\n",
        encoding="utf-8",
    )
    (tmp_path / "use.csv").write_text(
        HEAD + "consumption,diesel,3,t,,,,2023,\nproduction_use,diesel,2,t,,,,2023,\nother_use,diesel,1,t,,,,2023,\n",
        encoding="utf-8",
    )
    results = run(Workspace.open(tmp_path))
    by_hand = 10 * 0.9714 + 2 * 1.4571
    assert math.isclose(value(results, "energy_comprehensive", basis="calorific"), by_hand / 1e4, rel_tol=1e-9)
    diesel = 42.652 * 0.0202 * 0.98 * 44 / 12
    assert math.isclose(value(results, "co2_scope1"), 10 * COKE + 3 * diesel, rel_tol=1e-6)


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


@pytest.mark.parametrize(
    ("tce", "limit"),
    [(999.9, 0), (1_000, 1_000), (4_999.9, 1_000), (5_000, 5_000), (9_999.99, 5_000), (10_000, 10_000)],
)
def test_thresholds_are_inclusive(tce: float, limit: int) -> None:
    assert reached(tce) == limit


def test_the_limit_in_words() -> None:
    assert halves(status(999.9)) == ("不足 1000 吨标准煤", "below the first limit of 1000 tce")
    assert halves(status(5_000)) == ("达到 5000 吨标准煤", "reaches the limit of 5000 tce")


@pytest.mark.parametrize(("tonnes", "limit"), [("4999.9", 1_000), ("5000.0", 5_000), ("999.9", 0), ("10000", 10_000)])
def test_the_limit_is_judged_on_exact_sums(tmp_path: Path, tonnes: str, limit: int) -> None:
    """Rows in coal equivalent: 2 x 0.1 + the rest, so that a sum of floats would miss the limit."""
    rest = float(tonnes) - 0.2
    rows = f"production_use,coke,0.1,tce,,,,2023,\nproduction_use,diesel,0.1,tce,,,,2023,\nproduction_use,lpg,{rest:.1f},tce,,,,2023,\n"
    results = works(tmp_path, rows)
    tce = value(results, "energy_comprehensive", basis="calorific") * 1e4
    assert reached(tce) == limit
    note = results.metrics.query("metric == 'energy_comprehensive' and basis == 'calorific'")["note"].iloc[0]
    assert note.startswith(f"达到 {limit} 吨标准煤" if limit else "不足 1000 吨标准煤")


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


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_bad_folder_gives_exactly_its_problems(folder: str, tmp_path: Path) -> None:
    root = tmp_path / "bad"
    shutil.copytree(BAD / folder, root)
    try:
        found = list(run(Workspace.open(root)).problems)
    except InputError as error:
        found = list(error.problems)
    expected = yaml.safe_load((BAD / folder / "expected.yaml").read_text(encoding="utf-8"))["problems"]
    shown = [(p.code, p.level.value, str(p.where), p.found) for p in found]
    wanted = [(p["code"], p["level"], p["where"], p["found"]) for p in expected]
    assert len(shown) == len(wanted), shown
    for one, other in zip(shown, wanted, strict=True):
        assert all(fnmatchcase(text, pattern) or text == pattern for text, pattern in zip(one, other, strict=True)), (
            shown
        )
    assert folder.split("/", maxsplit=1)[0] in {code for code, *_ in shown}
    texts = [problem.text(lang) for problem in found for lang in ("zh", "en")]
    assert not [text for text in texts if re.search(r"\{\w*\}|\bnan\b", text)]


def test_every_code_of_the_enterprise_has_a_folder() -> None:
    raised = {name.split("/")[0] for name in FOLDERS} | {path.name for path in (BAD.parent / "bad_run").iterdir()}
    assert set(MESSAGES) <= raised


def test_the_demo_by_hand() -> None:
    """Forms 205-1 and 205-2 and twelve measured months; purchases 4 700 x 10^4 kWh and 24 000 GJ."""
    results = run(Workspace.open("enterprise_demo"))
    assert not list(results.problems)
    tonnes = (900, 780, 860, 820, 800, 780, 820, 840, 780, 800, 800, 860)
    ncv = (22.30, 22.41, 22.35, 22.28, 22.33, 22.38, 22.31, 22.29, 22.36, 22.34, 22.27, 22.32)
    heat = sum(t * q for t, q in zip(tonnes, ncv, strict=True))
    physical = 5000 * 0.9714 + 115 * 13.3 + 120 * 1.4571 + (5900 - 1300) * 1.229
    tce = physical + (heat + 94000 - 70000 + 5000 - 5000) / 29.3076
    found = results.value("energy_comprehensive@demo:2023?basis=calorific")
    assert found is not None and math.isclose(found * 1e4, tce, abs_tol=1e-3)
    other = results.value("energy_comprehensive@demo:2023?basis=equivalent")
    assert other is not None and math.isclose(other * 1e4, tce + 4600e4 * (0.3022 - 0.1229) / 1000, abs_tol=1e-3)
    coal = results.value("co2_scope1@demo:2023?item=bituminous")
    assert coal is not None and math.isclose(coal, heat * 0.02618 * 0.98 * 44 / 12, abs_tol=1e-3)
    total = results.value("co2_enterprise@demo:2023")
    fuel = (
        heat * 0.02618 * 0.98 * 44 / 12
        + 5000 * COKE
        + (42.652 * 0.0202 * 300 + 389.31 * 0.0153 * 120 * 273.15 / 293.15 * 0.99 / 0.98) * 0.98 * 44 / 12
    )
    assert total is not None and math.isclose(total, fuel + 4700e4 * 0.5306e-3 + 24000 * 0.11, abs_tol=0.05)


@pytest.mark.parametrize("place", ["enterprise_demo", "raw"])
def test_every_number_of_the_report_is_explained(place: str, tmp_path: Path) -> None:
    if place == "raw":
        results = works(tmp_path, "production_use,raw_coal,1000,t,,,,2023,\nproduction_use,diesel,1,t,42,,,2023-01,\n")
    else:
        results = run(Workspace.open(place))
    report = build(results, FactorLibrary.bundled())
    ids = {figure.id for figure in printed(report)}
    assert len(ids) > 15
    assert ids <= set(results.steps_by_figure)
    for figure in sorted(ids):
        assert explain(results, figure, depth=2).below, figure


def test_the_electricity_term_of_the_equivalent_value_names_its_own_rows(tmp_path: Path) -> None:
    rows = "purchase,electricity,70,10^4 kWh,,,,2023,\nproduction_use,electricity,100,10^4 kWh,,,,2023,\ntransformation_output,electricity,40,10^4 kWh,,,,2023,\n"
    text = str(explain(works(tmp_path, rows), "energy_comprehensive@works:2023?basis=equivalent"))
    assert "工业生产消费 = 100 万千瓦时" in text and "加工转换产出 = 40 万千瓦时" in text
    assert "purchase" not in text and "购" not in text


def test_the_bundled_demo_runs_and_explains_itself() -> None:
    results = run(Workspace.open("enterprise_demo"))
    text = str(explain(results, "co2_enterprise@demo:2023"))
    assert "measured_2023.csv" in text
    assert "GB/T 32151" in text
    assert "合成" in results.workspace.inventory.title.zh


def test_a_measured_coal_rate_limits_nothing(tmp_path: Path) -> None:
    """W = 1 x 10^4 kWh: 1.229 + 10 (0.3 - 0.1229) = 3 tce, by the works' own rate."""
    folder = tmp_path / "w"
    works(folder, "production_use,electricity,1,10^4 kWh,,,,2023-01,\n")
    path = folder / "inventory.yaml"
    path.write_text(
        path.read_text("utf-8").replace(
            "source: 测试 test, evidence: assumed", "source: 测试 test, evidence: measured"
        ),
        encoding="utf-8",
    )
    results = run(Workspace.open(folder))
    assert value(results, "energy_comprehensive", basis="equivalent") == pytest.approx(3e-4)
    rate = results.metrics.query("metric == 'coal_rate'")
    assert rate["evidence"].tolist() == [""]
    shares = results.metrics.query("metric == 'energy_evidence_share' and basis == 'equivalent'")
    assert shares[["category", "value"]].to_numpy().tolist() == [["own_data", 100.0]]

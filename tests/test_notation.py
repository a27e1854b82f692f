"""A notation key adds nothing to a sum; a sum over NE or C carries the mark 不完整, and only such a sum."""

from pathlib import Path

import pytest

import carbonpeak as cp
from carbonpeak.accounting.completeness import INCOMPLETE, left_out, marked, of_note, plain
from carbonpeak.accounting.figure_id import metric_id
from carbonpeak.inventories.results import Results
from carbonpeak.inventories.run import run
from carbonpeak.inventories.workspace.workspace import Workspace
from carbonpeak.templates.figures import figures

from .small_balance import write
from .test_enterprise import FORM, HEAD, works

TABLE = """\
sector,flow,item,quantity,unit,note
A,final,raw_coal,10,10^4 t,
C31,final,raw_coal,50,10^4 t,
C30,final,raw_coal,{key},10^4 t,测试 test
C31,final,diesel,2,10^4 t,
"""
DEFINITION = "?definition=provincial_2011"


def region(folder: Path, table: str) -> Results:
    write(folder)
    (folder / "balance.csv").write_text(table, encoding="utf-8")
    return run(Workspace.open(folder))


def notes(results: Results) -> dict[str, str]:
    """The mark of every figure by metric, period and qualifiers."""
    return {
        metric_id({k: str(v) for k, v in row.items()}): of_note(str(row["note"]))
        for row in results.metrics.to_dict("records")
    }


@pytest.mark.parametrize("key", ["NE", "C"])
def test_every_sum_over_it_is_marked_and_no_other(tmp_path: Path, key: str) -> None:
    results = region(tmp_path, TABLE.format(key=key))
    found = notes(results)
    mark = f"不完整：原煤（{key}）"
    place = "@410000:2019"
    for figure in (f"energy_total{place}?basis=calorific", f"energy_final{place}?basis=calorific", f"coal_consumption{place}",
                   f"co2_energy{place}{DEFINITION}", f"co2_by_item{place}?item=raw_coal&definition=provincial_2011"):  # fmt: skip
        assert found[figure] == mark, figure
    for figure in (f"energy_by_sector{place}?sector=C31&basis=calorific", f"oil_consumption{place}",
                   f"co2_by_item{place}?item=diesel&definition=provincial_2011",
                   f"co2_by_sector{place}?category=E1.3.1&definition=provincial_2011"):  # fmt: skip
        assert found[figure] == "", figure
    # 60 x 10^4 t of raw coal are counted as they are: nothing is filled in
    assert results.value(f"coal_consumption{place}") == pytest.approx(60)
    assert [(p.code, p.expected) for p in results.problems if p.code == "NOTATION-OPEN"] == [("NOTATION-OPEN", key)]


@pytest.mark.parametrize("key", ["NO", "NA", "IE"])
def test_what_does_not_exist_or_stands_elsewhere_leaves_nothing_out(tmp_path: Path, key: str) -> None:
    results = region(tmp_path, TABLE.format(key=key))
    assert not any(notes(results).values())
    assert "NOTATION-OPEN" not in {problem.code for problem in results.problems}


def test_a_printed_header_holds_a_confidential_part(tmp_path: Path) -> None:
    """Energy is the header's 75; the CO2 of the parts knows 60 of it."""
    found = notes(region(tmp_path, TABLE.format(key="C") + ",final,raw_coal,75,10^4 t,\n"))
    assert found["energy_total@410000:2019?basis=calorific"] == ""
    assert found[f"co2_energy@410000:2019{DEFINITION}"] == "不完整：原煤（C）"


def test_a_header_that_is_summed_whole_holds_it_everywhere(tmp_path: Path) -> None:
    table = TABLE.format(key="C").replace("C31,final,raw_coal,50", "IND,final,raw_coal,70")
    assert not any(notes(region(tmp_path, table)).values())


def test_a_carrier_without_any_number_is_missing_in_the_total(tmp_path: Path) -> None:
    table = TABLE.format(key="NO") + "C31,final,coke,NE,10^4 t,测试 test\n"
    found = notes(region(tmp_path, table))
    assert found["energy_total@410000:2019?basis=calorific"] == "不完整：焦炭（NE）"
    assert found["coal_consumption_tce@410000:2019"] == "不完整：焦炭（NE）"
    assert found["coal_consumption@410000:2019"] == ""  # coal columns hold no coke


ALONE = """\
sector,flow,item,quantity,unit,note
C31,final,raw_coal,50,10^4 t,
,tr_power,raw_coal,-20,10^4 t,
,tr_power,other_washed_coal,NE,10^4 t,测试 test
C31,final,natural_gas,NE,10^8 m3,测试 test
C31,final,electricity,3,10^8 kWh,
,tr_power,electricity,4,10^8 kWh,
"""
"""all numbers are of raw coal and electricity; the group gas has no number at all"""


def test_a_group_with_one_carrier_or_none_says_what_it_leaves_out(tmp_path: Path) -> None:
    found = notes(region(tmp_path, ALONE))
    place, gas, coal = "@410000:2019", "天然气（NE）", "其他洗煤（NE）"
    said = {
        f"gas_consumption_tce{place}": [gas], f"energy_share{place}?category=gas&basis=equivalent": [coal, gas],
        f"coal_by_use{place}?category=tr_power": [coal], f"coal_by_use{place}?category=tr_power&item=raw_coal": [],
        f"coal_consumption{place}": [coal], f"coal_consumption_tce{place}": [coal], f"oil_consumption_tce{place}": [],
        f"co2_assessment_2016{place}?definition=ci_2016": [coal, gas], f"electricity_not_from_fuel{place}": [],
        f"energy_total{place}?basis=calorific": [coal, gas],
    }  # fmt: skip
    assert {figure: set(found[figure].removeprefix("不完整：").split("、")) - {""} for figure in said} == {
        figure: set(v) for figure, v in said.items()
    }


def test_the_total_leaves_out_what_no_group_of_its_carriers_holds(tmp_path: Path) -> None:
    """All numbers are of coal columns: the total is not a sum of coal for that."""
    table = TABLE.format(key="NO").replace("C31,final,diesel,2,10^4 t,", "C31,final,diesel,NE,10^4 t,测试 test")
    found = notes(region(tmp_path, table))
    assert found["energy_total@410000:2019?basis=calorific"] == "不完整：柴油（NE）"
    assert found["oil_consumption_tce@410000:2019"] == "不完整：柴油（NE）"
    assert found["coal_consumption_tce@410000:2019"] == ""


def test_an_intensive_industry_without_any_number_is_missing_in_the_six(tmp_path: Path) -> None:
    """C30 has no number at all; the other sectors' sums are whole."""
    found = notes(region(tmp_path, TABLE.format(key="NE")))
    assert found["energy_six_intensive@410000:2019?basis=calorific"] == "不完整：原煤（NE）"
    other = TABLE.format(key="NE").replace("C30,final,raw_coal,NE", "C13,final,raw_coal,NE")
    assert notes(region(tmp_path, other))["energy_six_intensive@410000:2019?basis=calorific"] == ""


def test_the_mark_is_printed_and_stands_in_figures_json(tmp_path: Path) -> None:
    region(tmp_path, TABLE.format(key="NE"))
    own = [one for one in figures(cp.run(tmp_path).report()) if one["id"] == f"co2_energy@410000:2019{DEFINITION}"]
    assert own and all(one["status"] == "incomplete" and "i" in one["mark"] for one in own)


def test_notes_keep_what_they_say() -> None:
    note = marked("local_balance", ["原煤（NE）"])
    assert (plain(note), left_out(note)) == ("local_balance", ["原煤（NE）"])
    assert marked(note, ["原煤（NE）", "焦炭（C）"]) == f"local_balance；{INCOMPLETE}：原煤（NE）、焦炭（C）"


def form(folder: Path, month: int, december: str) -> Results:
    """Form 205-1 to November with 110 t of diesel, and December as given."""
    more = (
        "- {id: n, file: n.csv, layout: form_205, period: '2023-12', options: {notation_reason: 未报 not reported}}\n"
    )
    folder.mkdir(parents=True, exist_ok=True)
    works(folder, FORM + "柴油,吨,20,110,110,110,0,20,1.4571\n", layout="form_205", period=f"2023-{month:02d}")
    (folder / "n.csv").write_text(FORM + december, encoding="utf-8")
    with (folder / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write(more)
    return run(Workspace.open(folder))


def test_december_without_a_number_is_said(tmp_path: Path) -> None:
    results = form(tmp_path, 11, "柴油,吨,20,NE,NE,NE,0,NE,1.4571\n")
    found = notes(results)
    assert results.value("energy_comprehensive@works:2023?basis=calorific") == pytest.approx(110 * 1.4571 / 1e4)
    assert found["energy_comprehensive@works:2023?basis=calorific"] == "不完整：柴油（NE）"
    assert found["co2_enterprise@works:2023"] == "不完整：柴油（NE）"
    # the stock of November is not held against purchases and use as if it were that of December
    assert {problem.code for problem in results.problems} == {"NOTATION-OPEN", "EF-PERIOD"}


def test_a_month_that_december_covers_is_no_gap(tmp_path: Path) -> None:
    table = "production_use,diesel,NE,t,,,,2023-06,span=ytd\nproduction_use,diesel,120,t,,,,2023-12,span=ytd\n"
    assert HEAD.endswith("attributes\n")
    results = works(tmp_path, table)
    assert not any(notes(results).values())


def test_an_elasticity_without_growth_prints_a_dash(tmp_path: Path) -> None:
    """Energy falls from 100 to 90: the report prints “—”, not 暂缺."""
    write(tmp_path)
    series = "metric,period,value,unit,basis\nenergy_total_published,2018,100,10^4 tce,equivalent\n"
    series += (
        "energy_total_published,2019,90,10^4 tce,equivalent\ngdp_growth,2019,5,%,\ngdp_current,2015,100,10^8 yuan,\n"
    )
    (tmp_path / "s.csv").write_text(series, encoding="utf-8")
    with (tmp_path / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("- {id: s, file: s.csv, layout: series}\n")
    with (tmp_path / "inventory.yaml").open("a", encoding="utf-8") as file:
        file.write("price_years: [2015]\n")
    found = {one["id"]: one for one in figures(cp.run(tmp_path).report())}
    assert (found["energy_elasticity@410000:2019"]["zh"], found["energy_elasticity@410000:2019"]["en"]) == ("—", "—")


def test_a_fuel_without_factor_is_missing_in_every_sum_of_its_gas(tmp_path: Path) -> None:
    """Raw coal without a declared mix has no CO2 factor (COAL-MIX): CO2 is that of diesel, energy is whole."""
    write(tmp_path)
    settings = tmp_path / "inventory.yaml"
    text = settings.read_text(encoding="utf-8")
    head, _, rest = text.partition("coal_mix:")
    settings.write_text(head + rest.partition("\n\n")[2], encoding="utf-8")
    supply = ",production,raw_coal,60,10^4 t,\n,production,diesel,2,10^4 t,\n"
    (tmp_path / "balance.csv").write_text(TABLE.format(key="NO") + supply, encoding="utf-8")
    results = run(Workspace.open(tmp_path))
    assert {"COAL-MIX"} <= {problem.code for problem in results.problems}
    found = notes(results)
    mark, place = "不完整：原煤（无CO2因子）", "@410000:2019"
    for figure in (f"co2_energy{place}{DEFINITION}", f"co2_by_sector{place}?category=E1.3.1&definition=provincial_2011",
                   f"co2_reference{place}", f"carbon_per_energy{place}{DEFINITION}"):  # fmt: skip
        assert found[figure] == mark, figure
    for figure in (f"energy_total{place}?basis=calorific", f"coal_consumption{place}",
                   f"co2_by_item{place}?item=diesel&definition=provincial_2011"):  # fmt: skip
        assert found[figure] == "", figure
    # what is missing is not compared
    assert "DQ-APPROACH" not in {problem.code for problem in results.problems}
    assert results.value(f"co2_approach_difference{place}{DEFINITION}") is None
    assert "NOTATION-OPEN" not in {problem.code for problem in results.problems}

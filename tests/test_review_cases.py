"""Faults that a review found, each with the input that showed it."""

import shutil

import pandas as pd
import pytest
import yaml

import carbonpeak as cp
from carbonpeak.accounting.problems import InputError
from carbonpeak.inventories import plans
from carbonpeak.inventories.readers.cells import number, parse, period
from carbonpeak.inventories.run import run
from carbonpeak.inventories.workspace.workspace import Workspace, examples

from .known_answers.places import example
from .small_balance import ROWS, write


@pytest.mark.parametrize("text", ["20①", "5²", "7₂"])
def test_a_footnote_mark_is_no_digit(text):
    assert parse(pd.Series([text])).fault.tolist() == [True]


def test_full_width_digits_are_digits():
    assert number("0.7143") == (0.7143, False)
    assert parse(pd.Series(["０.７１４３"])).value.tolist() == [0.7143]


@pytest.mark.parametrize(("text", "found"), [("2019-02-30", "2019-02"), ("2019-02-32", ""), ("2019-13", "")])
def test_days_of_a_date(text, found):
    """A day beyond 31 is no date; whether February has 30 days is not asked of a monthly figure."""
    assert period(text) == found


@pytest.mark.parametrize("value", [-16, 120])
def test_a_reduction_is_positive_and_below_100(tmp_path, value):
    """-16 was met by an intensity that rises 2 % a year."""
    plan = {
        "schema": 1, "id": "p", "title": {"zh": "规划", "en": "plan"}, "entity": "410000", "document": "d",
        "base_year": 2015, "period": [2016, 2020],
        "targets": [{"id": "t", "title": {"zh": "指标", "en": "indicator"}, "metric": "energy_intensity",
                     "kind": "cumulative_pct", "value": value, "evidence": "assumed"}],
    }  # fmt: skip
    (tmp_path / "p.yaml").write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    with pytest.raises(InputError, match="positive"):
        plans.load("p.yaml", tmp_path)


def test_recovered_energy_is_that_of_the_carriers():
    """National balance 2007: 2 138.13 of gases and 918.42 of heat; the printed total columns are not added."""
    assert example("china_2007").value("recovered_energy@CN:2007") == pytest.approx(3056.55, abs=0.01)


def test_a_region_may_be_written_by_its_name(tmp_path):
    root = tmp_path / "w"
    shutil.copytree(examples()["henan"], root)
    text = (root / "inventory.yaml").read_text("utf-8").replace('entity: "410000"\nyears', "entity: 河南省\nyears")
    assert "entity: 河南省" in text
    (root / "inventory.yaml").write_text(text, encoding="utf-8")
    one, other = cp.run(root).results, example("henan")
    key = "co2_energy@410000:2019?definition=provincial_2011"
    assert one.value(key) == other.value(key)
    assert len(one.verdicts) == len(other.verdicts)


def test_a_net_quantity_is_as_weak_as_the_rows_behind_it(tmp_path):
    write(tmp_path, ROWS, standards="provincial_2011, ceads")
    text = (tmp_path / "sources.yaml").read_text("utf-8")
    (tmp_path / "sources.yaml").write_text(text.replace("layout: tidy", "layout: tidy, evidence: recalled"), "utf-8")
    book = run(Workspace.open(tmp_path)).metrics
    rows = book[(book["metric"] == "co2_energy") & (book["value"] > 0)].set_index("definition")["evidence"]
    assert rows["ceads"] in ("recalled", "assumed")


def test_years_with_a_level_keep_it_where_another_lacks_gdp(tmp_path):
    """GDP growth to 2018, energy to 2019: 2016-2018 have an intensity, 2019 has none."""
    root = tmp_path / "w"
    shutil.copytree(examples()["henan"], root)
    series = root / "data" / "economy_2015_2020.csv"
    lines = series.read_text("utf-8-sig").splitlines()
    kept = [line for line in lines if not line.startswith(("gdp_growth,410000,2019", "gdp_growth,410000,2020"))]
    assert len(kept) < len(lines)
    series.write_text("\n".join(kept) + "\n", encoding="utf-8")
    book = run(Workspace.open(root)).metrics
    years = set(book[(book["metric"] == "energy_intensity") & book["value"].notna()]["period"])
    assert {"2016", "2017", "2018"} <= years
    assert "2019" not in years


def test_a_torn_number_in_a_short_table_is_told(tmp_path):
    """1,100 without quotes gave raw coal 1 and cleaned coal 100."""
    text = "项目,原煤,洗精煤,焦炭,柴油\n,万吨,万吨,万吨,万吨\n四、终端消费量,1,100,5,20,10\n"
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    assert "CSV-ROW" in [problem.code for problem in cp.check(tmp_path / "t.csv")]


def test_one_kind_of_generation_is_not_all_primary_electricity(tmp_path):
    """The balance has 5 x 10^8 kWh of primary electricity; entering wind of 1 does not make it 1."""
    assert ",production,electricity,5,10^8 kWh,\n" in ROWS
    write(tmp_path)
    with (tmp_path / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("- {id: wind, file: wind.csv, layout: series}\n")
    (tmp_path / "wind.csv").write_text(
        "metric,period,value,unit,item,category\nelectricity_generation,2019,1,10^8 kWh,electricity,wind\n", "utf-8"
    )
    results = run(Workspace.open(tmp_path))
    assert results.value("non_fossil_energy@410000:2019?basis=calorific") == pytest.approx(5 * 1.229)


def legs(tmp_path, year, entry):
    root = tmp_path / str(year)
    shutil.copytree(examples()["henan"], root)
    text = (root / "inventory.yaml").read_text("utf-8").replace("years: [2019]", f"years: [2019, {year}]")
    (root / "inventory.yaml").write_text(f"{text}\nelectricity:\n- {{year: {year}, {entry}}}\n", encoding="utf-8")
    return cp.run(root).results


def test_power_of_an_unknown_sender_is_valued_at_the_grid_region_and_flagged(tmp_path):
    """100 x 10^8 kWh in 2022: the average of the Central China grid, not Henan's own."""
    results = legs(tmp_path, 2022, "direction: in, value: 100, unit: 亿千瓦时, source: s")
    step = results.steps_by_figure["co2_electricity@410000:2022"]
    assert "送端未知" in step.terms[0].name
    assert "GRID:CC" in step.terms[1].ref
    assert step.value == pytest.approx(100e8 * step.terms[1].value / 1e4)


def test_a_leg_without_a_factor_is_a_problem(tmp_path):
    """No announcement covers 2019, and 2012 is older than three years."""
    root = tmp_path / "w"
    shutil.copytree(examples()["henan"], root)
    with (root / "inventory.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "\nelectricity:\n- {year: 2019, direction: in, counterpart: '140000', value: 100, unit: 亿千瓦时, source: s}\n"
        )
    codes = [problem.code for problem in cp.check(root)]
    assert "FACTOR-AGE" in codes

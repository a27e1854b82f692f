"""Room left by an intensity target. Expected numbers by hand: I x (1-T)^(n/N) x G."""

import shutil

import pytest

import carbonpeak as cp
from carbonpeak.inventories.workspace.workspace import examples

ROOM = "room/china_15th/carbon_intensity@410000"
BASE = "carbon_intensity,2025,0.8,t/10^4 yuan,ci_2025,2025,assumed\ngdp_current,2025,68000,10^8 yuan,,,assumed\n"
HEAD = "metric,period,value,unit,definition,price_year,status\n"


def run(tmp_path, rows):
    root = tmp_path / "henan"
    shutil.copytree(examples()["henan"], root)
    (root / "data" / "room.csv").write_text(HEAD + rows, encoding="utf-8")
    with (root / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("\n- {id: room, file: data/room.csv, layout: series}\n")
    done = cp.run(root)
    done.report()
    return done.results.steps_by_figure


@pytest.fixture(scope="module")
def entered(tmp_path_factory):
    growth = "".join(f"gdp_growth,{year},5,%,,,assumed\n" for year in range(2026, 2031))
    return run(tmp_path_factory.mktemp("room"), BASE + growth)


def test_the_last_year_by_hand(entered):
    assert entered[f"{ROOM}:2030"].value == pytest.approx(0.8 * 0.83 * 68000 * 1.05**5)


def test_the_first_year_by_hand(entered):
    """0.83 ** 0.2 = 0.96341991; 0.8 x 0.96341991 x 68 000 x 1.05 = 55 030.5."""
    assert entered[f"{ROOM}:2026"].value == pytest.approx(55030.5, abs=0.1)


def test_gdp_that_is_entered_stands_before_the_chain(tmp_path):
    rows = BASE + "gdp_constant,2026,70000,10^8 yuan,,2025,assumed\n"
    steps = run(tmp_path, rows)
    assert steps[f"{ROOM}:2026"].value == pytest.approx(0.8 * 0.83**0.2 * 70000)
    assert steps[f"{ROOM}:2027"].value is None


def test_without_a_base_only_the_fall_is_printed():
    done = cp.run("henan")
    done.report()
    steps = done.results.steps_by_figure
    assert steps["room_due/china_15th/carbon_intensity@410000:2030"].value == pytest.approx(17)
    assert steps[f"{ROOM}:2030"].value is None


def test_a_years_room_is_last_years_lowered_and_grown(entered):
    """Even yearly fall of a target of 17 % in five years: 1 - 0.83 ** 0.2; growth 5 %."""
    for year in range(2027, 2031):
        before, now = entered[f"{ROOM}:{year - 1}"].value, entered[f"{ROOM}:{year}"].value
        assert now == pytest.approx(before * 0.83**0.2 * 1.05)

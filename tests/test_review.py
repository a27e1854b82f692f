"""The reviewer's fourteen checks: hand-made cases that pass and that are found, known values, and what lacks."""

from __future__ import annotations

from dataclasses import replace
from math import inf, isnan
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

import carbonpeak as cp
from carbonpeak.accounting.energy_table import EnergyTable
from carbonpeak.accounting.review import FOUND, NOT_POSSIBLE, PASSED, Compared, outcome
from carbonpeak.accounting.tables import METRICS
from carbonpeak.inventories.checks import review_account, years
from carbonpeak.inventories.readers.audit_identities import compare
from carbonpeak.inventories.review_rules import bounds, checks, limits
from carbonpeak.templates import api

PLACE = "410000"


def metrics(*rows: dict[str, Any]) -> pd.DataFrame:
    plain = {"entity": PLACE, "period": "2019", "unit": "", "source": "data/s.csv!C2"}
    return METRICS.conform(pd.DataFrame([{**plain, **row} for row in rows]))


def one(metric: str, value: float, period: str = "2019", **more: str) -> dict[str, Any]:
    return {"metric": metric, "value": value, "period": period, **more}


def balance(cells: dict[tuple[str, str], float], units: dict[str, str] | None = None) -> EnergyTable:
    """A balance from {(node, item): amount}; coal equivalent is the amount itself."""
    frame = pd.Series(cells).unstack()
    frame.index.name, frame.columns.name = "node", "item"
    used = frame.loc["final"] if "final" in frame.index else pd.Series(0.0, index=frame.columns)
    net = pd.DataFrame({"net_physical": used}, index=frame.columns)
    parents = {"final/IND": "final", "final/C31": "final/IND", "final/C25": "final/IND"}
    return EnergyTable(PLACE, "2019", frame, frame, frame.notna(), net, units or {}, {}, parents)


def statuses(compared: Any) -> list[tuple[str, float, bool]]:
    return [(each.bound, round(each.value, 6), each.exceeds) for each in compared]


# ranges --------------------------------------------------------------------------------------------------------------


def test_the_data_hold_fourteen_checks_and_every_bound_once() -> None:
    assert [check.number for check in checks()] == list(range(1, 15))
    ids = [bound.id for check in checks() for bound in check.bounds]
    assert len(ids) == len(set(ids)) == len(bounds())
    assert {str(bound.evidence) for bound in bounds().values()} == {"recalled", "assumed", "derived"}


@pytest.mark.parametrize(
    ("bound", "part", "ends"),
    [
        ("identity", "", (-0.1, 0.1)), ("electricity_growth", "", (-inf, 5)), ("intensity_fall", "", (-inf, 8)),
        ("stat_diff", "", (-5, 5)), ("efficiency_jump", "", (-3, 3)), ("coefficient_jump", "", (-5, 5)),
        ("power_coal", "", (280, 340)), ("approach", "", (-5, 5)), ("co2_energy", "", (1.5, 2.8)),
        ("efficiency", "tr_power", (25, 60)), ("efficiency", "tr_lng", (-inf, inf)),
    ],
)  # fmt: skip
def test_ranges_are_those_of_the_review(bound: str, part: str, ends: tuple[float, float]) -> None:
    assert limits(bound, part) == ends


@pytest.mark.parametrize(
    ("value", "low", "high", "exceeds", "distance"),
    [
        (0.1, -0.1, 0.1, False, 1), (0.1 + 0.2 - 0.2, -0.1, 0.1, False, 1), (-0.2, -0.1, 0.1, True, 2),
        (310, 280, 340, False, 0), (355, 280, 340, True, 1.5), (4, -inf, 5, False, 0.8), (10, -inf, 5, True, 2),
        (25, 50, inf, True, 1.5), (100, 50, inf, False, 0), (0, 0, 0, False, 0), (0.6, 0, 0, True, 1.6), (3, -inf, inf, False, 0),
    ],
)  # fmt: skip
def test_a_number_and_its_range(value: float, low: float, high: float, exceeds: bool, distance: float) -> None:
    each = Compared("x", value, low, high)
    assert each.exceeds is exceeds
    assert each.distance == pytest.approx(distance)


def test_an_outcome_counts_and_names_the_farthest() -> None:
    inside, outside = Compared("x", 1, -5, 5), Compared("x", -9, -5, 5)
    assert (outcome([]).status, outcome([]).worst) == (NOT_POSSIBLE, None)
    assert outcome([inside]).status == PASSED
    both = outcome([inside, outside])
    assert (both.status, both.tested, both.found, both.worst) == (FOUND, 2, 1, outside)


# each check: passed and found ----------------------------------------------------------------------------------------


def published(change: float, electricity: float = 103.0) -> pd.DataFrame:
    """Energy +2 %, GDP +6 %: (1.02 / 1.06 - 1) x 100 = -3.773585 %."""
    return metrics(
        one("energy_total_published", 1000, "2018"), one("energy_total_published", 1020), one("gdp_growth", 6),
        one("energy_intensity_change_published", change), one("electricity_consumption", 100, "2018"),
        one("electricity_consumption", electricity),
    )  # fmt: skip


def test_1_identity() -> None:
    found = {each.bound: each for each in compare(published(-3.8), str)}
    assert found["identity"].value == pytest.approx(-3.8 + 3.773585, abs=1e-6)
    assert not found["identity"].exceeds
    (wrong,) = (each for each in compare(published(-4.0), lambda row: "x") if each.bound == "identity")
    assert wrong.exceeds
    assert wrong.problem is not None
    assert wrong.problem.code == "DQ-IDENTITY"


def test_2_growth_of_electricity_and_fall_of_intensity() -> None:
    found = {each.bound: (round(each.value, 6), each.exceeds) for each in compare(published(-3.8), str)}
    assert found["electricity_growth"] == (1.0, False)
    assert found["intensity_fall"] == (3.8, False)
    found = {each.bound: (round(each.value, 6), each.exceeds) for each in compare(published(-8.1, 108.0), str)}
    assert found["electricity_growth"] == (6.0, True)
    assert found["intensity_fall"] == (8.1, True)


def test_3_statistical_difference() -> None:
    table = balance(
        {("supply", "coke"): 100, ("stat_diff", "coke"): -5, ("supply", "diesel"): 50, ("stat_diff", "diesel"): 4}
    )
    assert statuses(review_account.stat_diff(table)) == [("stat_diff", -5.0, False), ("stat_diff", 8.0, True)]
    assert list(review_account.stat_diff(balance({("supply", "coke"): 100}))) == []


def test_4_efficiency_in_its_range_and_against_the_year_before() -> None:
    rows = metrics(
        one("conversion_efficiency", 40, "2018", category="tr_power"), one("conversion_efficiency", 44, category="tr_power"),
        one("conversion_efficiency", 99.5, category="tr_coking"), one("conversion_efficiency", 80, category="tr_lng"),
    )  # fmt: skip
    assert statuses(review_account.efficiency(rows)) == [
        ("efficiency", 40, False), ("efficiency", 44, False), ("efficiency", 99.5, True),
    ]  # fmt: skip
    assert statuses(years._efficiencies(rows)) == [("efficiency_jump", 4.0, True)]


def test_5_implied_coefficients() -> None:
    """Coke, default 0.9714 tce/t: 0.97 is 0.1 % off; 1.4 is 44.1 % off, and 44.3 % above the year before."""
    coke = balance({("final", "coke"): 100.0}, {"coke": "t"})
    before = replace(coke, period="2018", tce=coke.tce * 0.97)
    results: Any = SimpleNamespace(
        activity=pd.DataFrame({"attributes": ["table=standard"], "item": ["coke"]}),
        coefficients=pd.DataFrame({"account": ["energy"], "item": ["coke"], "value": [0.9714]}),
    )
    assert statuses(years._coefficients(results, [before])) == [("coefficient", -0.144122, False)]
    assert statuses(years._coefficients(results, [before, replace(coke, tce=coke.tce * 1.4)])) == [
        ("coefficient", -0.144122, False), ("coefficient", 44.121886, True), ("coefficient_jump", 44.329897, True),
    ]  # fmt: skip
    results.activity = results.activity.assign(attributes="")
    assert list(years._coefficients(results, [before])) == []


def test_6_industries_and_above_designated_size() -> None:
    parts = {("final", "coke"): 100.0, ("final/IND", "coke"): 100.0, ("final/C31", "coke"): 60.0}
    assert statuses(review_account.industry_sum(balance({**parts, ("final/C25", "coke"): 40.0}))) == [
        ("industry_sum", 0.0, False)
    ]
    assert statuses(review_account.industry_sum(balance({**parts, ("final/C25", "coke"): 39.0}))) == [
        ("industry_sum", -1.0, True)
    ]
    assert list(review_account.industry_sum(balance({("final/IND", "coke"): 100}))) == []
    for part, share, exceeds in ((80, 80.0, False), (120, 120.0, True)):
        rows = metrics(one("coal_consumption_above_size", part), one("coal_consumption", 100))
        assert statuses(review_account.above_size(rows)) == [("above_size", share, exceeds)]


@pytest.mark.parametrize(
    ("coal", "rate", "exceeds"), [(30_000, 300.0, False), (35_000, 350.0, True), (27_000, 270.0, True)]
)
def test_7_coal_of_power_plants(coal: float, rate: float, exceeds: bool) -> None:
    """100 million kWh from so many tce."""
    table = balance({("tr_power", "raw_coal"): -coal, ("tr_power", "electricity"): 1e8})
    assert statuses(review_account.power_coal(table)) == [("power_coal", rate, exceeds)]


@pytest.mark.parametrize(("sold", "gap", "exceeds"), [(48, 4.166667, False), (40, 25.0, True)])
def test_8_motor_fuel_against_sales(sold: float, gap: float, exceeds: bool) -> None:
    table = balance({("final", "diesel"): 50e4})
    rows = metrics(one("motor_fuel_sales", sold, item="diesel", unit="10^4 t"))
    assert statuses(review_account.sales(table, rows)) == [("motor_fuel_sales", gap, exceeds)]
    assert list(review_account.sales(table, metrics(one("gdp_growth", 6)))) == []


def test_9_places_below() -> None:
    rows = [one("energy_total_published", 1000), one("energy_total_published", 600, entity="410100")]
    last = one("energy_total_published", 420, entity="410200")
    above = {"410100": PLACE, "410200": PLACE, PLACE: "CN"}
    assert statuses(review_account.places(metrics(*rows, last), above)) == [("places", 2.0, False)]
    assert statuses(review_account.places(metrics(*rows), above)) == [("places", -40.0, True)]
    assert list(review_account.places(metrics(rows[0]), above)) == []


@pytest.mark.parametrize(("value", "exceeds"), [(-4.9, False), (5.1, True)])
def test_11_approaches(value: float, exceeds: bool) -> None:
    rows = metrics(one("co2_approach_difference", value), one("co2_approach_difference", 9, category="coal"))
    (found,) = years._approaches(rows)
    assert (found.value, found.exceeds) == (value, exceeds)
    assert found.problem is not None
    assert "+9.0 %" in found.problem.zh


@pytest.mark.parametrize(("value", "exceeds"), [(1.5, False), (2.81, True), (1.2, True)])
def test_12_co2_per_energy(value: float, exceeds: bool) -> None:
    assert statuses(review_account.co2_energy(metrics(one("carbon_per_energy", value)))) == [
        ("co2_energy", value, exceeds)
    ]


def test_13_vintages() -> None:
    """From the annual 200 to the verified 203: 1.5 %."""
    rows = [one("gdp_current", 200, vintage="annual"), one("gdp_current", 203, vintage="verified")]
    (found,) = (each for each in compare(metrics(*rows), str) if each.bound == "vintage")
    assert (found.value, found.exceeds) == (pytest.approx(1.5), True)
    same = metrics(rows[0], one("gdp_current", 200, vintage="verified"))
    assert [each.exceeds for each in compare(same, str)] == [False]
    assert compare(metrics(rows[0]), str) == []


@pytest.mark.parametrize(("now", "share", "exceeds"), [(108, 80.0, False), (101, 10.0, True)])
def test_14_projects(now: float, share: float, exceeds: bool) -> None:
    rows = metrics(
        one("energy_by_sector", 100, "2018", sector="IND", basis="calorific"),
        one("energy_by_sector", now, sector="IND", basis="calorific"), one("new_project_energy", 10),
    )  # fmt: skip
    assert statuses(review_account.projects(rows)) == [("projects", share, exceeds)]


# whole runs ----------------------------------------------------------------------------------------------------------


def test_henan_2007() -> None:
    """Raw coal, as the yearbook prints it: difference -5867.36 of a supply of 20703.21 (28.3 %), 22 % of what is used, 26570.57."""
    run = cp.open("henan_2007").run()
    found = run.results.checks.set_index("check")
    assert (found.loc["stat_diff", "status"], found.loc["stat_diff", "codes"]) == (FOUND, "DQ-STAT-DIFF")
    assert pytest.approx(22.08, abs=0.005) == 100 * 5867.36 / 26570.57
    told = [problem.zh for problem in run.problems if problem.code == "DQ-STAT-DIFF"]
    assert pytest.approx(28.34, abs=0.005) == 100 * 5867.36 / 20703.21
    assert any("原煤" in text and "28.3 %" in text for text in told)
    assert len(told) == found.loc["stat_diff", "found"]
    # published: -4.11 %; recalled totals and growth: 17838 / 16234 / 1.146 - 1 = -4.118 %
    assert found.loc["identity", "worst"] == pytest.approx(-4.11 - 100 * (17838 / 16234 / 1.146 - 1), abs=1e-9)
    assert found.loc["gas_sales", "missing_zh"] == "天然气销售量"
    assert isnan(found.loc["cost", "worst"])


def test_a_check_that_lacks_its_input_says_which() -> None:
    found = cp.open("henan").run().results.checks.set_index("check")
    assert found.loc["stat_diff", "missing_en"] == "statistical difference, total primary energy supply"
    assert found.loc["coefficient", "missing_zh"] == "标准量能源平衡表"
    assert found.loc["industry_sum", "missing_zh"] == "工业终端消费合计"
    assert set(found["status"]) == {PASSED, FOUND, NOT_POSSIBLE}


def test_check_gives_the_table_where_a_run_is_possible(tmp_path: Any) -> None:
    assert len(api.review("china_2007").checks) == len(bounds())
    (tmp_path / "t.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert api.review(tmp_path / "t.csv").checks.empty
